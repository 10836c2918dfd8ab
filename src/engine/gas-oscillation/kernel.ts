// The acoustic step at run time: the WebAssembly SIMD kernel (src/kernel/assembly), bit for bit `acousticStep` of step.ts,
// which stays the readable truth, the oracle of the tests and the step where WebAssembly SIMD is missing.
// Here: compiling once, feeding the scalars, and the parts of a step that stay in TypeScript because they are rare
// (real gas that changes chamber, re-centred expansions) or once a step (the drive clock).

import { KERNEL_BASE64 } from '../../kernel/binary.ts';
import {
  CHIP_STEP,
  COS,
  FOLLOW,
  MOST_POLES,
  MUCH_WAITS,
  PER_CHIP,
  PER_ROOM,
  PER_WALL,
  ROOM_STEP,
  ROOM_TEMPERATURE,
  SIN,
  VIRIAL,
  WEIGHTED_COS,
  WEIGHTED_SIN,
} from '../../kernel/block.ts';
import { centreOf, REFERENCE_TEMPERATURE } from '../gas/caloric.ts';
import { cos as cosine, exp, log, sin as sine, TWO_PI } from '../numerics/elementary.ts';
import type { StepCoefficients } from './coefficients.ts';
import { writeCentres, writeCoefficients, writeConstants } from './kernel-blocks.ts';
import { createCrew, instantiateKernel, threadsFor } from './kernel-crew.ts';
import { moveIn } from './kernel-memory.ts';
import { moveCentre, planExchange, recentre, relabel } from './relabel.ts';
import { CLOCK, type FarmState } from './state.ts';
import {
  acousticStep,
  exchangeIsDue,
  type StepOutcome,
  type StepWork,
  type Surroundings,
  type WindowSums,
} from './step.ts';

/** Steps the farm whose objects it was made with. */
export interface Stepper {
  /** The state it steps: a farm with another state object needs another stepper. */
  readonly state: FarmState;
  readonly kind: 'kernel' | 'plain';
  /** Threads among which the kernel shares a step, the caller's included. */
  readonly threads: number;
  /** Steps so far that other threads shared. */
  helpedSteps(): number;
  /** As `acousticStep`. Coefficients may be another object at every call; their contents are taken in when they are. */
  step(c: StepCoefficients): StepOutcome;
}

/** The fastest stepper there is here: the kernel, or the TypeScript step. */
export function createStepper(
  state: FarmState,
  edges: Uint32Array,
  around: Surroundings,
  sums: WindowSums,
  work: StepWork,
): Stepper {
  return (
    createKernel(state, edges, around, sums, work) ?? {
      state,
      kind: 'plain',
      threads: 1,
      helpedSteps: () => 0,
      step: (c) => acousticStep(state, c, edges, around, sums, work),
    }
  );
}

const compiled = new Map<boolean, WebAssembly.Module | null>();

/** The compiled kernel, compiled at the first call; null where WebAssembly or its SIMD is missing or forbidden. */
function kernelModule(shared: boolean): WebAssembly.Module | null {
  let module = compiled.get(shared);
  if (module === undefined) {
    try {
      module = new WebAssembly.Module(shared ? withSharedMemory(kernelBytes()) : kernelBytes());
    } catch {
      module = null;
    }
    compiled.set(shared, module);
  }
  return module;
}

/** Import of the memory: "env", "memory", a memory, with a maximum. */
const MEMORY_IMPORT = [3, 0x65, 0x6e, 0x76, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2, 1];

/** The same binary for a memory shared among threads: one flag. */
function withSharedMemory(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const at = bytes.findIndex((_, m) => MEMORY_IMPORT.every((byte, k) => bytes[m + k] === byte));
  if (at < 0) throw new Error('the kernel imports no memory');
  const shared = bytes.slice();
  shared[at + MEMORY_IMPORT.length - 1] = 3;
  return shared;
}

/** The kernel's binary. */
export const kernelBytes = (): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(KERNEL_BASE64), (c) => c.charCodeAt(0));

/**
 * The kernel for one farm, or null where it cannot run. Moves the arrays of `state`, `around`, `sums` and
 * `work.relabelling` into the kernel's memory: these objects hold other arrays afterwards, with the same numbers.
 * @param threads among which a step is shared where others help (setThreadPool); the results are the same for any number
 */
export function createKernel(
  state: FarmState,
  edges: Uint32Array,
  around: Surroundings,
  sums: WindowSums,
  work: StepWork,
  threads = threadsFor(state.chambers),
): Stepper | null {
  const module = kernelModule(threads > 1);
  if (!module || state.poles > MOST_POLES) return null;
  const kernelMemory = moveIn(state, around, sums, work.relabelling, edges, threads);
  if (!kernelMemory) return null;
  const { words, numbers } = kernelMemory;
  const host = {
    recentre: (i: number, T: number) => recentre(state, i, T),
    toGrid: (i: number) => recentre(state, i, centreOf(state.temperature[i])),
    moveCentre: (i: number) => moveCentre(state, i),
    log,
  };
  const kernel = instantiateKernel(module, kernelMemory.memory, host);
  const crew = createCrew(kernel, module, kernelMemory, threads, state.chambers);
  writeConstants(numbers);
  writeCentres(kernelMemory);
  let coefficients: StepCoefficients | null = null;
  let halfCycle = 1;

  /** Hands over what crossed. @returns chambers still to mix: the kernel's, unless the gas is the engine's own to mix */
  const exchange = (): number => {
    const crossed = kernel.collect();
    words[MUCH_WAITS / 4] = 0;
    work.relabelling.count = crossed;
    planExchange(state, edges, work.relabelling, halfCycle);
    if (crossed === 0) return 0;
    const listed = state.gasModel === 'virial' ? -1 : kernel.exchange(crossed);
    if (listed >= 0) return listed;
    relabel(state, edges, work.relabelling);
    return 0;
  };

  const step = (c: StepCoefficients): StepOutcome => {
    work.relabelling.count = 0;
    if (c !== coefficients) {
      writeCoefficients(kernelMemory, c, state);
      coefficients = c;
      halfCycle = c.halfCycle;
    }
    const { clock } = state;
    const turns = clock[CLOCK.turns] + around.frequency * c.timeStep;
    clock[CLOCK.turns] = turns - Math.floor(turns);
    const cos = cosine(TWO_PI * clock[CLOCK.turns]);
    const sin = sine(TWO_PI * clock[CLOCK.turns]);
    words[VIRIAL / 4] = state.gasModel === 'virial' ? 1 : 0;
    numbers[COS / 8] = cos;
    numbers[SIN / 8] = sin;
    numbers[WEIGHTED_COS / 8] = sums.weight * cos;
    numbers[WEIGHTED_SIN / 8] = sums.weight * sin;
    numbers[FOLLOW / 8] = around.rampTime > 0 ? 1 - exp(-c.timeStep / around.rampTime) : 1;
    numbers[PER_WALL / 8] = 1 / around.wallCapacity;
    numbers[PER_CHIP / 8] = 1 / around.chipCapacity;
    numbers[PER_ROOM / 8] = 1 / (REFERENCE_TEMPERATURE + around.roomTemperature);
    numbers[ROOM_STEP / 8] = c.timeStep * around.roomConductance;
    numbers[CHIP_STEP / 8] = c.timeStep * around.chipConductance;
    numbers[ROOM_TEMPERATURE / 8] = around.roomTemperature;
    const checksum = crew.step(exchangeIsDue(state) ? exchange : null);
    if (words[MUCH_WAITS / 4] !== 0) {
      words[MUCH_WAITS / 4] = 0;
      clock[CLOCK.nextExchange] = 0;
    }
    clock[CLOCK.stepsSinceBase] += 1;
    clock[CLOCK.steps] += 1;
    return checksum > 0 && checksum < 1e300 ? 'ok' : 'broken';
  };
  return { state, kind: 'kernel', threads, helpedSteps: () => crew.helped, step };
}
