// Benchmark of the threads: the whole waveform step of a farm shared among 1, 2, … threads, the same state at the end.

import { availableParallelism } from 'node:os';
import type { Farm } from '../../engine/farm.ts';
import { SMALLEST_SHARED, setThreadPool } from '../../engine/gas-oscillation/kernel-crew.ts';
import { lendThreads } from '../step-threads.ts';
import type { BenchmarkSettings } from './command.ts';
import { NS } from './kernel-and-scaling.ts';
import { type Benchmark, type BenchmarkPart, benchmark } from './report.ts';
import { farmOfSize } from './steps.ts';
import { perChamberStep, secondsOf, type Timing, warmRounds } from './timing.ts';

const SIZES = [1000, 10_000, 100_000];
const CHAMBER_STEPS = 400_000;
/** Waits for helpers to come, each this long, s. */
const MOST_WAITS = 400;
const WAIT_S = 0.02;

interface Shared {
  readonly timing: Timing;
  /** Of the steps timed, those that helpers shared. */
  readonly helped: number;
  readonly hash: string;
}

export function threadsBenchmark(settings: BenchmarkSettings): BenchmarkPart {
  const most = settings.threads ?? Math.min(4, availableParallelism());
  const sizes = (settings.chambers ?? SIZES).filter((n) => n >= SMALLEST_SHARED);
  const notes: string[] = [];
  if (most < 2) notes.push('One core here: sharing is skipped (--threads 2 tries nevertheless).');
  if (sizes.length === 0) notes.push(`Farms below ${SMALLEST_SHARED} chambers are not shared.`);
  const benchmarks: Benchmark[] = [];
  sizes.forEach((chambers, m) => {
    settings.progress(m / sizes.length);
    benchmarks.push(...sharedAmong(chambers, most, settings.rounds ?? 20, notes));
  });
  setThreadPool(null);
  const title =
    'threads: the waveform step of a farm (detector and windows included) shared among threads; the state hash equals that of one thread.';
  return { title, benchmarks, notes };
}

/** One thread does exactly the steps that several did. */
function sharedAmong(chambers: number, most: number, rounds: number, notes: string[]): Benchmark[] {
  const rows: Benchmark[] = [];
  for (let threads = 2; threads <= most; threads++) {
    const shared = timeFarm(chambers, threads, rounds, null);
    const alone = timeFarm(chambers, 1, rounds, shared.before);
    if (alone.hash !== shared.hash) throw new Error(`${threads} threads do not do the step of one.`);
    rows.push(
      benchmark({
        name: `threads ${threads}`,
        chambers: alone.chambers,
        unit: NS,
        timing: shared.timing,
        reference: 'one thread',
        against: alone.timing,
      }),
    );
    if (shared.helped < 0.99)
      notes.push(`${chambers} chambers, ${threads} threads: ${Math.round(100 * shared.helped)} % of the steps shared.`);
  }
  return rows;
}

/** @param before steps to do before the rounds; null to wait until helpers share them */
function timeFarm(
  chambers: number,
  threads: number,
  rounds: number,
  before: number | null,
): Shared & { readonly before: number; readonly chambers: number } {
  lendThreads(threads);
  const farm = farmOfSize(chambers);
  if (before === null) waitForHelpers(farm);
  else farm.step(before);
  const waited = farm.steps;
  const { count } = farm.layout;
  const steps = Math.max(2, Math.round(CHAMBER_STEPS / count));
  for (let m = 0; m < warmRounds(rounds); m++) farm.step(steps);
  const begun = farm.presentStepper?.helpedSteps() ?? 0;
  const seconds = Array.from({ length: rounds }, () => secondsOf(() => farm.step(steps)));
  const helped = ((farm.presentStepper?.helpedSteps() ?? 0) - begun) / (rounds * steps);
  setThreadPool(null);
  return {
    timing: perChamberStep(seconds, rounds, count, steps),
    helped,
    hash: farm.stateHash(),
    before: waited,
    chambers: count,
  };
}

/** Helpers load their code first, while this thread steps now and then. */
function waitForHelpers(farm: Farm): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let m = 0; m < MOST_WAITS; m++) {
    farm.step(1);
    if ((farm.presentStepper?.helpedSteps() ?? 0) > 0) return;
    Atomics.wait(pause, 0, 0, 1000 * WAIT_S);
  }
}
