// The threads that share a kernel's step: the caller's and, where the environment lends some (setThreadPool), helpers (kernel-helper.ts)
// that wait for its steps on shared memory. Each does its share (kernel-threads.ts); they meet twice a step, more often when
// gas changes chamber. Without helpers, or while these are slow to come, the caller does every share itself: the same bits.

import {
  CONTROL_COUNT,
  CONTROL_DONE,
  CONTROL_LISTED,
  CONTROL_MIXED,
  CONTROL_MIXED_PART,
  CONTROL_MOVED,
  CONTROL_PREPARED,
  CONTROL_QUIT,
  CONTROL_STATE,
  CONTROL_STEP,
  CONTROL_THREAD_WORDS,
  CONTROL_THREADS,
  CONTROL_WORDS,
  MOST_THREADS,
} from '../../kernel/block.ts';
import type { KernelMemory } from './kernel-memory.ts';

export interface KernelExports {
  prepare(thread: number): void;
  ownDucts(thread: number): void;
  sharedDucts(thread: number): void;
  /** @returns through how many ends of ducts gas crossed since it was last called */
  collect(): number;
  /** @returns how many chambers there are to mix; −1 when one's gas is beyond the kernel's table: nothing has changed then */
  exchange(crossed: number): number;
  /** Mixes a part of the chambers listed; endExchange() when all are. */
  mix(from: number, to: number): void;
  endExchange(listed: number): void;
  chambers(thread: number): void;
  /** @returns the sum of the new pressures */
  close(): number;
}

/** What the kernel asks of the engine. */
export interface KernelHost {
  recentre(chamber: number, T: number): void;
  toGrid(chamber: number): void;
  moveCentre(chamber: number): number;
  log(x: number): number;
}

export const instantiateKernel = (
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  host: KernelHost,
): KernelExports =>
  new WebAssembly.Instance(module, { env: { memory }, host: { ...host } }).exports as unknown as KernelExports;

/** What a helping thread needs to know of a farm. */
export interface HelperTask {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Byte offset of the control words. */
  readonly control: number;
  readonly thread: number;
  readonly threads: number;
}

/** Threads that the environment lends: workers that run helpWith() for every task they get. */
export interface ThreadPool {
  /** Threads in all, the caller's included. */
  readonly threads: number;
  /** Hands over the tasks of a farm; those of the farm before end. Does not wait. */
  assign(tasks: readonly HelperTask[]): void;
}

/** Sends the helper of a farm that nobody steps any more back to its messages. */
export function giveUp(task: HelperTask): void {
  const control = new Int32Array(task.memory.buffer, task.control, CONTROL_WORDS);
  Atomics.store(control, CONTROL_QUIT, 1);
  Atomics.notify(control, CONTROL_STEP);
}

/** Smallest farm that is shared: below, meeting and moving lines between cores cost more than is saved (docs/performance.md). */
export const SMALLEST_SHARED = 3000;

let pool: ThreadPool | null = null;

/** Lends threads to the kernels made from now on; null takes them back. */
export function setThreadPool(next: ThreadPool | null): void {
  pool = next;
}

/** Among how many threads a farm of this size is shared. */
export const threadsFor = (chambers: number): number =>
  pool && chambers >= SMALLEST_SHARED ? Math.min(pool.threads, MOST_THREADS) : 1;

/** States of a helper: away, waiting for a step, in use. */
export const AWAY = 0;
export const WAITING = 1;
const IN_USE = 2;

/** Index of a thread's control word. */
export const word = (thread: number, place: number): number => CONTROL_THREADS + thread * CONTROL_THREAD_WORDS + place;

/** Looks before a thread that waits sleeps a little. */
export const LOOKS = 4000;
/** Looks for each chamber of the farm beyond those: what one thread may be behind grows with the work. */
const LOOKS_PER_CHAMBER = 3;
/** Steps of a trial, naps in it that are too many, and steps without help after them: first, and at most after trials in vain. */
const TRIAL = 256;
const TOO_MANY_NAPS = 96;
const SHORTEST_REST = 2000;
const LONGEST_REST = 50_000;
/** Steps between calls for helpers that have not come. */
const CALL_AGAIN = 2000;
const NAP_MS = 0.2;
/** Naps after which a helper counts as lost, about ten seconds. */
const LOST = 50_000;

export interface Crew {
  /** Steps that helpers shared. */
  readonly helped: number;
  /**
   * One step. @param exchange where gas changes chamber in it: lists the chambers to mix and says how many
   * @returns the sum of the new pressures
   */
  step(exchange: (() => number) | null): number;
}

export function createCrew(
  kernel: KernelExports,
  module: WebAssembly.Module,
  { memory, control }: KernelMemory,
  threads: number,
  chambers: number,
): Crew {
  const alone = (exchange: (() => number) | null): number => {
    for (let t = 0; t < threads; t++) kernel.prepare(t);
    for (let t = 0; t < threads; t++) kernel.ownDucts(t);
    for (let t = 0; t < threads; t++) kernel.sharedDucts(t);
    const listed = exchange?.() ?? 0;
    if (listed > 0) {
      kernel.mix(0, listed);
      kernel.endExchange(listed);
    }
    for (let t = 0; t < threads; t++) kernel.chambers(t);
    return kernel.close();
  };
  if (threads < 2 || !pool) return { helped: 0, step: alone };
  const lent = pool;
  const call = (): void =>
    lent.assign(
      Array.from({ length: threads - 1 }, (_, m) => ({
        module,
        memory,
        control: control.byteOffset,
        thread: m + 1,
        threads,
      })),
    );
  let naps = 0;
  let trial = 0;
  let rest = 0;
  let nextRest = SHORTEST_REST;
  let number = 0;
  const looks = LOOKS + LOOKS_PER_CHAMBER * chambers;

  const together = (exchange: (() => number) | null): number => {
    number = (number + 1) | 0;
    if (!exchange) {
      Atomics.store(control, CONTROL_COUNT, 0);
      Atomics.store(control, CONTROL_LISTED, number);
      Atomics.store(control, CONTROL_MIXED, number);
    }
    Atomics.store(control, CONTROL_STEP, number);
    Atomics.notify(control, CONTROL_STEP);
    kernel.prepare(0);
    Atomics.store(control, word(0, CONTROL_PREPARED), number);
    kernel.ownDucts(0);
    naps += waitForAll(control, threads, CONTROL_PREPARED, number, looks);
    kernel.sharedDucts(0);
    if (exchange) {
      naps += waitForAll(control, threads, CONTROL_MOVED, number, looks);
      const listed = exchange();
      Atomics.store(control, CONTROL_COUNT, listed);
      Atomics.store(control, CONTROL_LISTED, number);
      if (listed > 0) {
        mixPart(kernel, listed, 0, threads);
        naps += waitForAll(control, threads, CONTROL_MIXED_PART, number, looks);
        kernel.endExchange(listed);
      }
      Atomics.store(control, CONTROL_MIXED, number);
    }
    kernel.chambers(0);
    naps += waitForAll(control, threads, CONTROL_DONE, number, looks);
    for (let t = 1; t < threads; t++) Atomics.store(control, word(t, CONTROL_STATE), WAITING);
    return kernel.close();
  };

  /** Takes all helpers into use, or none. */
  const gather = (): boolean => {
    for (let t = 1; t < threads; t++) {
      if (Atomics.compareExchange(control, word(t, CONTROL_STATE), WAITING, IN_USE) === WAITING) continue;
      for (let u = 1; u < t; u++) Atomics.store(control, word(u, CONTROL_STATE), WAITING);
      return false;
    }
    return true;
  };

  let helped = 0;
  let sinceCall = CALL_AGAIN;
  const step = (exchange: (() => number) | null): number => {
    if (rest > 0) {
      rest--;
      return alone(exchange);
    }
    if (!gather()) {
      if (++sinceCall > CALL_AGAIN) {
        sinceCall = 0;
        call();
      }
      return alone(exchange);
    }
    const sum = together(exchange);
    helped++;
    if (++trial === TRIAL) {
      // Somebody else needs the cores: sharing then costs more than it saves.
      if (naps > TOO_MANY_NAPS) {
        rest = nextRest;
        nextRest = Math.min(2 * nextRest, LONGEST_REST);
      } else {
        nextRest = SHORTEST_REST;
      }
      trial = 0;
      naps = 0;
    }
    return sum;
  };
  return {
    get helped() {
      return helped;
    },
    step,
  };
}

/** A thread's part of the chambers to mix. */
export function mixPart(kernel: KernelExports, listed: number, thread: number, threads: number): void {
  kernel.mix(Math.floor((listed * thread) / threads), Math.floor((listed * (thread + 1)) / threads));
}

/** Waits until every helper has reached the step. @returns naps taken */
function waitForAll(control: Int32Array, threads: number, place: number, number: number, most: number): number {
  let naps = 0;
  for (let t = 1; t < threads; t++) naps += waitFor(control, word(t, place), number, most);
  return naps;
}

/** Waits until a word has reached `number`, in any thread. @returns naps taken; throws when it never does */
export function waitFor(control: Int32Array, at: number, number: number, most: number): number {
  let naps = 0;
  for (let looks = 0; ; looks++) {
    const seen = Atomics.load(control, at);
    if (((seen - number) | 0) >= 0) return naps;
    if (looks < most) continue;
    Atomics.wait(control, at, seen, NAP_MS);
    naps++;
    if (naps > LOST) throw new Error('A thread of the kernel does not answer.');
  }
}
