// A thread that helps with a kernel's steps (kernel-crew.ts): runs in a worker of the environment and knows of the farm only
// the kernel's memory.

import {
  AMOUNT,
  AMOUNTS,
  CALORIC,
  CENTRE,
  CHAMBERS,
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
  CONTROL_WORDS,
  VIRIAL,
  VIRIAL_TERMS,
} from '../../kernel/block.ts';
import { VIRIAL_LENGTH } from '../gas/equation-of-state.ts';
import { SPECIES_COUNT } from '../gas/species.ts';
import { log } from '../numerics/elementary.ts';
import {
  AWAY,
  type HelperTask,
  instantiateKernel,
  type KernelHost,
  LOOKS,
  mixPart,
  WAITING,
  waitFor,
  word,
} from './kernel-crew.ts';
import { type ChamberExpansions, recentre } from './relabel.ts';

/** Sleep between looks for a step, ms, and how many before the thread goes back to its messages. */
const SLEEP_MS = 50;
const SLEEPS = 20;

/** Multiple of the usual looks before it sleeps. */
const PATIENT = 8;

/** Does the thread's share of every step until the caller is silent for a second or has given the farm up. */
export function helpWith(task: HelperTask): void {
  const { threads, thread: me } = task;
  const control = new Int32Array(task.memory.buffer, task.control, CONTROL_WORDS);
  const kernel = instantiateKernel(task.module, task.memory, hostOf(task.memory));
  const state = word(me, CONTROL_STATE);
  // A helper has nothing else to do.
  const looks = PATIENT * LOOKS;
  let number = Atomics.load(control, CONTROL_STEP);
  if (Atomics.compareExchange(control, state, AWAY, WAITING) !== AWAY) return;
  for (;;) {
    if (!awaitStep(control, number)) {
      if (Atomics.compareExchange(control, state, WAITING, AWAY) === WAITING) return;
      continue;
    }
    number = (number + 1) | 0;
    kernel.prepare(me);
    Atomics.store(control, word(me, CONTROL_PREPARED), number);
    kernel.ownDucts(me);
    for (let t = 0; t < threads; t++) if (t !== me) waitFor(control, word(t, CONTROL_PREPARED), number, looks);
    kernel.sharedDucts(me);
    Atomics.store(control, word(me, CONTROL_MOVED), number);
    waitFor(control, CONTROL_LISTED, number, looks);
    const listed = Atomics.load(control, CONTROL_COUNT);
    if (listed > 0) {
      mixPart(kernel, listed, me, threads);
      Atomics.store(control, word(me, CONTROL_MIXED_PART), number);
      waitFor(control, CONTROL_MIXED, number, looks);
    }
    kernel.chambers(me);
    Atomics.store(control, word(me, CONTROL_DONE), number);
  }
}

/** @returns whether a step after `number` has begun; false when none comes or the farm is given up */
function awaitStep(control: Int32Array, number: number): boolean {
  for (let sleeps = 0; sleeps < SLEEPS; sleeps++) {
    for (let look = 0; look < PATIENT * LOOKS; look++) if (Atomics.load(control, CONTROL_STEP) !== number) return true;
    if (Atomics.load(control, CONTROL_QUIT) !== 0) return false;
    Atomics.wait(control, CONTROL_STEP, number, SLEEP_MS);
  }
  return Atomics.load(control, CONTROL_STEP) !== number;
}

/** What the kernel asks while it steps and mixes chambers; lists and new centres after mixing are the caller's. */
function hostOf(memory: WebAssembly.Memory): KernelHost {
  const words = new Uint32Array(memory.buffer);
  const chambers = words[CHAMBERS / 4];
  const view = (place: number, length: number) => new Float64Array(memory.buffer, words[place / 4], length);
  const gas: ChamberExpansions = {
    get gasModel() {
      return words[VIRIAL / 4] ? 'virial' : 'ideal';
    },
    amounts: view(AMOUNTS, chambers * SPECIES_COUNT),
    amount: view(AMOUNT, chambers),
    centre: view(CENTRE, chambers),
    caloric: view(CALORIC, 4 * chambers),
    virial: view(VIRIAL_TERMS, VIRIAL_LENGTH * chambers),
  };
  const never = (): never => {
    throw new Error('A helping thread does not list or recentre mixed chambers.');
  };
  return { recentre: (i, T) => recentre(gas, i, T), toGrid: never, moveCentre: never, log };
}
