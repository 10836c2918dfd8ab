// `twin bench [NAME]…`: runs benchmarks and says what they found.

import { writeFileSync } from 'node:fs';
import { MOST_THREADS } from '../../kernel/block.ts';
import { printJson, progressBar, usage } from '../output.ts';
import { averagedBenchmark } from './averaged.ts';
import { farmBenchmark } from './farm.ts';
import { kernelBenchmark, scalingBenchmark } from './kernel-and-scaling.ts';
import { type BenchmarkPart, benchmarkDocument, machineForPeople, presentMachine, tableForPeople } from './report.ts';
import { spiceBenchmark } from './spice.ts';
import { threadsBenchmark } from './threads.ts';

export interface BenchmarkOptions {
  chambers?: string | undefined;
  threads?: string | undefined;
  rounds?: string | undefined;
  plot?: string | undefined;
  json?: boolean | undefined;
}

/** What the benchmarks are told; null leaves it to each. */
export interface BenchmarkSettings {
  readonly chambers: readonly number[] | null;
  readonly threads: number | null;
  readonly rounds: number | null;
  readonly plot: string | null;
  readonly progress: (share: number) => void;
  readonly write: (file: string, text: string) => void;
}

const BENCHMARKS: Readonly<Record<string, (settings: BenchmarkSettings) => BenchmarkPart>> = {
  kernel: kernelBenchmark,
  scaling: scalingBenchmark,
  threads: threadsBenchmark,
  farm: farmBenchmark,
  averaged: averagedBenchmark,
  spice: spiceBenchmark,
};
export const BENCHMARK_NAMES: readonly string[] = Object.keys(BENCHMARKS);

const MOST_CHAMBERS = 200_000;
const MOST_ROUNDS = 10_000;

export function benchCommand(names: readonly string[], options: BenchmarkOptions): void {
  const wanted = namesWanted(names);
  const settings = settingsFrom(wanted, options);
  const machine = presentMachine();
  if (!options.json) process.stdout.write(`${machineForPeople(machine)}\n\n`);
  const parts = wanted.map((name) => {
    const bar = progressBar(name);
    const part = BENCHMARKS[name]({ ...settings, progress: bar });
    bar(1);
    if (!options.json) process.stdout.write(`${tableForPeople(part)}\n`);
    return part;
  });
  if (options.json) printJson(benchmarkDocument(machine, parts));
}

/** All benchmarks when none is named. */
export function namesWanted(names: readonly string[]): readonly string[] {
  for (const name of names) {
    if (BENCHMARK_NAMES.includes(name)) continue;
    const remedy = /^\d+$/.test(name) ? `, and sizes as --chambers ${name}` : '';
    throw usage(
      `There is no benchmark "${name}". Name some of ${BENCHMARK_NAMES.join(', ')}${remedy}, or none for all.`,
    );
  }
  return names.length > 0 ? names : BENCHMARK_NAMES;
}

export function settingsFrom(names: readonly string[], options: BenchmarkOptions): BenchmarkSettings {
  const { plot = null } = options;
  if (plot !== null && !plot.endsWith('.svg')) throw usage(`--plot ${plot}: only .svg is written.`);
  if (plot !== null && !names.includes('scaling'))
    throw usage(`--plot: only "scaling" has a plot. Write twin bench scaling --plot ${plot}.`);
  if (options.chambers !== undefined && names.every((name) => name === 'farm'))
    throw usage('--chambers: "farm" measures the scenario default as it is. Leave --chambers out.');
  const chambers = options.chambers?.split(',').map((text) => whole('--chambers', text, 2, MOST_CHAMBERS)) ?? null;
  return {
    chambers,
    threads: options.threads === undefined ? null : whole('--threads', options.threads, 1, MOST_THREADS),
    rounds: options.rounds === undefined ? null : whole('--rounds', options.rounds, 1, MOST_ROUNDS),
    plot,
    progress: () => undefined,
    write: (file, text) => writeFileSync(file, text),
  };
}

function whole(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
  const list = option === '--chambers' ? ', several separated by commas' : '';
  throw usage(`${option} ${text}: give a whole number from ${least} to ${most}${list}.`);
}
