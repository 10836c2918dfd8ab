// The acoustic step of one farm, timed in the kernel, in plain TypeScript and in C. All three start from the same state; the
// results of kernel, TypeScript and C without fused products are compared bit for bit.

import { performance } from 'node:perf_hooks';
import type { Farm } from '../../engine/farm.ts';
import { createStepper } from '../../engine/gas-oscillation/kernel.ts';
import { createRelabelling } from '../../engine/gas-oscillation/relabel.ts';
import { acousticStep, type StepWork } from '../../engine/gas-oscillation/step.ts';
import { lendThreads } from '../step-threads.ts';
import { type CStep, dumpFarm, outcomeOf, runC } from './c-step.ts';
import { shippedFarm } from './farms.ts';
import { perChamberStep, secondsOfRounds, type Timing, warmRounds } from './timing.ts';

export interface StepTimings {
  readonly chambers: number;
  readonly ducts: number;
  readonly states: number;
  /** ns per chamber and step. */
  readonly kernel: Timing;
  readonly plain: Timing;
  /** The C program, fast and without fused products; null where there is none. */
  readonly c: Timing | null;
  readonly exactC: Timing | null;
  readonly kernelBytesPerChamber: number;
}

/** Chamber-steps of a round, and most steps: few enough that no chamber of a small farm drifts to where the C program stops. */
const CHAMBER_STEPS = 50_000;
const MOST_STEPS = 500;
/** Compilers work beside the steps, and wait for a core when others have it. */
const WARM_UP_MS = 1000;

/** `default` with so many chambers and a given small stroke, so that farms differ in their size only. */
export const farmOfSize = (chambers: number): Farm =>
  shippedFarm(`gas_oscillation.chamber_count=${chambers}`, 'drive.stroke_m3=1e-6', 'simulation.fidelity=waveform');

export const createWork = ({ state: s }: Farm): StepWork => ({
  volumeChange: new Float64Array(s.chambers),
  frictionHeat: new Float64Array(s.chambers),
  minorHeat: new Float64Array(s.chambers),
  relabelling: createRelabelling(s.chambers, s.ducts),
});

/** A farm within a window of its detector, as the step finds it. */
function farmAtWork(chambers: number): Farm {
  const farm = farmOfSize(chambers);
  farm.detector.sums.weight = 1;
  return farm;
}

let isWarm = false;

/** Runs both steps long enough, once, for the engine to have compiled them well. */
function warmUp(): void {
  if (isWarm) return;
  isWarm = true;
  const [fast, plain] = [stepOf(farmAtWork(100), 'kernel'), stepOf(farmAtWork(100), 'plain')];
  const end = performance.now() + WARM_UP_MS;
  while (performance.now() < end) for (let m = 0; m < 100; m++) for (const step of [fast, plain]) step();
}

/** One step of a farm by the kernel or in TypeScript. */
function stepOf(farm: Farm, kind: 'kernel' | 'plain'): () => void {
  const { state, stepping, layout, surroundings, detector } = farm;
  const work = createWork(farm);
  if (kind === 'plain') return () => acousticStep(state, stepping, layout.edges, surroundings, detector.sums, work);
  const stepper = createStepper(state, layout.edges, surroundings, detector.sums, work);
  if (stepper.kind !== 'kernel') throw new Error('The kernel does not run here: WebAssembly SIMD is missing.');
  return () => stepper.step(stepping);
}

export function timeSteps(chambers: number, rounds: number, c: CStep | null): StepTimings {
  lendThreads(1);
  warmUp();
  const fast = farmAtWork(chambers);
  const plain = farmAtWork(chambers);
  const { count } = plain.layout;
  const steps = Math.min(MOST_STEPS, Math.max(1, Math.round(CHAMBER_STEPS / count)));
  const all = warmRounds(rounds) + rounds;
  const timing = (seconds: readonly number[]): Timing => perChamberStep(seconds, rounds, count, steps);
  const input = c ? dumpFarm(plain, all * steps) : null;

  const kernel = timing(secondsOfRounds(rounds, repeat(steps, stepOf(fast, 'kernel'))));
  const typescript = timing(secondsOfRounds(rounds, repeat(steps, stepOf(plain, 'plain'))));
  const wanted = outcomeOf(plain);
  if (!outcomeOf(fast).equals(wanted)) throw new Error('The kernel is not the step.');

  const exact = c && input ? runC(c.exact, input, all, steps) : null;
  if (exact && !exact.outcome.equals(wanted)) throw new Error('The C program is not the step.');
  const free = c && input ? runC(c.fast, input, all, steps) : null;
  return {
    chambers: count,
    ducts: plain.state.ducts,
    states: plain.state.poles,
    kernel,
    plain: typescript,
    c: free && timing(free.seconds),
    exactC: exact && timing(exact.seconds),
    kernelBytesPerChamber: fast.state.pressure.buffer.byteLength / count,
  };
}

const repeat = (times: number, step: () => void) => (): void => {
  for (let m = 0; m < times; m++) step();
};
