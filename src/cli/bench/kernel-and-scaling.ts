// Benchmarks of the step: the kernel against its references at some sizes, and its cost and memory against size.

import { compileC, inScratch } from './c-step.ts';
import type { BenchmarkSettings } from './command.ts';
import { drawFigure, type Series } from './figure.ts';
import { type Benchmark, type BenchmarkPart, benchmark } from './report.ts';
import { type StepTimings, timeSteps } from './steps.ts';
import type { Timing } from './timing.ts';

export const NS = 'ns per chamber and step';
const BYTES = 'bytes per chamber';
const KERNEL_SIZES = [10, 100, 1000, 10_000, 100_000];
const SCALING_SIZES = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];
const NO_COMPILER = 'C is skipped: there is no compiler (cc).';

function timeSizes(sizes: readonly number[], rounds: number, settings: BenchmarkSettings) {
  return inScratch((folder) => {
    const c = compileC(folder);
    const timings = sizes.map((chambers, m) => {
      settings.progress(m / sizes.length);
      return timeSteps(chambers, rounds, c);
    });
    const crossed = c ? timings.filter((t) => !t.c).map((t) => t.chambers) : [];
    const notes = c ? [] : [NO_COMPILER];
    if (crossed.length > 0) notes.push(`C is left out at ${crossed.join(', ')} chambers: gas changes chamber there.`);
    return { timings, notes };
  });
}

export function kernelBenchmark(settings: BenchmarkSettings): BenchmarkPart {
  const { timings, notes } = timeSizes(settings.chambers ?? KERNEL_SIZES, settings.rounds ?? 40, settings);
  return {
    title: `kernel: one acoustic step on one core, ${timings[0]?.states} boundary-layer states; the same step from the same state in TypeScript and in C (cc -O3 -march=native; "exact": with -ffp-contract=off). Kernel, TypeScript and exact C agree bit for bit.`,
    benchmarks: timings.flatMap(kernelRows),
    notes,
  };
}

export function kernelRows(t: StepTimings): Benchmark[] {
  const references: [string, Timing | null][] = [
    ['TypeScript', t.plain],
    ['C', t.c],
    ['C, exact', t.exactC],
  ];
  return references.flatMap(([reference, against]) =>
    against
      ? [benchmark({ name: 'kernel', chambers: t.chambers, unit: NS, timing: t.kernel, reference, against })]
      : [],
  );
}

export function scalingBenchmark(settings: BenchmarkSettings): BenchmarkPart {
  const { timings, notes } = timeSizes(settings.chambers ?? SCALING_SIZES, settings.rounds ?? 20, settings);
  if (settings.plot !== null) settings.write(settings.plot, costFigure(timings));
  return {
    title: `scaling: the kernel's step and its memory against the farm's size, one core, ${timings[0]?.states} boundary-layer states.`,
    benchmarks: scalingRows(timings),
    notes: settings.plot === null ? notes : [...notes, `Plot: ${settings.plot}`],
  };
}

/** Against the size next to a thousand chambers. */
export function scalingRows(timings: readonly StepTimings[]): Benchmark[] {
  const distance = (t: StepTimings): number => Math.abs(Math.log(t.chambers / 1000));
  const middle = timings.reduce((a, b) => (distance(b) < distance(a) ? b : a));
  const reference = `${middle.chambers} chambers`;
  const cost = timings.map((t) =>
    benchmark({
      name: 'scaling',
      chambers: t.chambers,
      unit: NS,
      timing: t.kernel,
      reference,
      against: middle.kernel,
    }),
  );
  const once = (value: number): Timing => ({ median: value, p95: value, rounds: 1 });
  const memory = timings.map((t) =>
    benchmark({
      name: 'memory',
      chambers: t.chambers,
      unit: BYTES,
      timing: once(t.kernelBytesPerChamber),
      reference,
      against: once(middle.kernelBytesPerChamber),
    }),
  );
  return [...cost, ...memory];
}

export function costFigure(timings: readonly StepTimings[]): string {
  const line = (label: string, of: (t: StepTimings) => number | undefined): Series => ({
    label,
    points: timings.flatMap((t) => {
      const y = of(t);
      return y === undefined ? [] : [{ x: t.chambers, y }];
    }),
  });
  const x = { label: 'chambers', scale: 'log' } as const;
  const lines = [
    line('kernel (WebAssembly)', (t) => t.kernel.median),
    line('TypeScript', (t) => t.plain.median),
    line('C', (t) => t.c?.median),
  ];
  return drawFigure({
    title: 'Cost of a step and memory against the size of the farm, one core',
    panels: [
      {
        title: 'ns per chamber and step (median)',
        x,
        y: { label: 'ns per chamber and step', scale: 'log' },
        series: lines.filter((series) => series.points.length > 0),
      },
      {
        title: 'bytes per chamber in the kernel’s memory',
        x,
        y: { label: 'bytes per chamber', scale: 'log' },
        series: [line('kernel (WebAssembly)', (t) => t.kernelBytesPerChamber)],
      },
    ],
  });
}
