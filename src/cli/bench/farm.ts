// Benchmark of the whole farm: how much of real time `default` reaches with every cycle resolved, everything included.

import { availableParallelism } from 'node:os';
import type { Farm } from '../../engine/farm.ts';
import { setThreadPool } from '../../engine/gas-oscillation/kernel-crew.ts';
import { lendThreads } from '../step-threads.ts';
import type { BenchmarkSettings } from './command.ts';
import { shippedFarm, simulate } from './farms.ts';
import { type Benchmark, type BenchmarkPart, benchmark } from './report.ts';
import { secondsOf, speedOf } from './timing.ts';

const FACTOR = 'of real time';
/** Simulated seconds of a round, and those of the build-up from rest to the steady wave. */
const ROUND_S = 0.05;
const BUILD_UP_S = 0.3;
const WARM_UP_S = 0.05;
const SHORT_STEPS = ['simulation.steps_per_cycle=40', 'simulation.steady_steps_per_cycle=40'];

/** Real-time factor over the next so many simulated seconds. */
function factorOver(farm: Farm, duration_s: number): number {
  let simulated = 0;
  const seconds = secondsOf(() => {
    simulated = simulate(farm, duration_s);
  });
  return simulated / seconds;
}

/** Rounds of farms that take turns, so that other work on the machine meets all of them. */
export function factorsInTurn(farms: readonly Farm[], rounds: number): number[][] {
  const factors: number[][] = farms.map(() => []);
  for (let m = 0; m < rounds; m++) for (const [f, farm] of farms.entries()) factors[f].push(factorOver(farm, ROUND_S));
  return factors;
}

export function farmBenchmark(settings: BenchmarkSettings): BenchmarkPart {
  const rounds = settings.rounds ?? 14;
  lendThreads(1);
  const create = (...sets: string[]): Farm => shippedFarm('simulation.fidelity=waveform', ...sets);
  settings.progress(0);
  // For the JavaScript engine to have compiled it.
  simulate(create(), WARM_UP_S);
  const farms = [create(), create(...SHORT_STEPS)];
  const fromRest = farms.map((farm) => speedOf([factorOver(farm, BUILD_UP_S)]));
  settings.progress(0.2);
  const [long, short] = factorsInTurn(farms, rounds).map(speedOf);
  const common = { chambers: farms[0].layout.count, unit: FACTOR, moreIsBetter: true, reference: '40 steps a cycle' };
  const perCycle = Math.round(1 / (farms[0].values['drive.frequency_Hz'] * farms[0].stepLength_s));
  const benchmarks: Benchmark[] = [
    benchmark({
      ...common,
      name: `farm, first ${BUILD_UP_S} s from rest`,
      timing: fromRest[0],
      against: fromRest[1],
    }),
    benchmark({ ...common, name: `farm, then (${perCycle} steps a cycle)`, timing: long, against: short }),
  ];
  settings.progress(0.6);
  const threads = settings.threads ?? Math.min(4, availableParallelism());
  const notes: string[] = [];
  if (threads > 1) benchmarks.push(sharedFarm(create, threads, rounds, notes));
  return {
    title: `farm: default, every cycle resolved, everything included; real-time factor in rounds of ${ROUND_S} simulated seconds (p95: only one round in twenty is slower).`,
    benchmarks,
    notes,
  };
}

/** The same farm with threads against one without, one after the other: only one farm can have the threads. */
function sharedFarm(create: () => Farm, threads: number, rounds: number, notes: string[]): Benchmark {
  const run = (count: number) => {
    lendThreads(count);
    const farm = create();
    simulate(farm, BUILD_UP_S);
    const begun = { helped: farm.presentStepper?.helpedSteps() ?? 0, steps: farm.steps };
    const [factors] = factorsInTurn([farm], rounds);
    const helped = (farm.presentStepper?.helpedSteps() ?? 0) - begun.helped;
    setThreadPool(null);
    return { farm, timing: speedOf(factors), helped: helped / (farm.steps - begun.steps) };
  };
  const shared = run(threads);
  const alone = run(1);
  if (shared.farm.stateHash() !== alone.farm.stateHash()) throw new Error('Threads do not do the step of one.');
  if (shared.helped < 0.99) notes.push(`${threads} threads: ${Math.round(100 * shared.helped)} % of the steps shared.`);
  return benchmark({
    name: `farm, ${threads} threads`,
    chambers: alone.farm.layout.count,
    unit: FACTOR,
    moreIsBetter: true,
    timing: shared.timing,
    reference: 'one thread',
    against: alone.timing,
  });
}
