// The benchmarks' own parts: figures of rounds, tables and documents, plots, arguments; and one short run. No wall-clock limits.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { CliError, EXIT } from '../output.ts';
import { BENCHMARK_NAMES, namesWanted, settingsFrom } from './command.ts';
import { drawFigure, scaleFor } from './figure.ts';
import { costFigure, kernelRows, scalingRows } from './kernel-and-scaling.ts';
import { alignedTable, benchmark, benchmarkDocument, figure, presentMachine, tableForPeople } from './report.ts';
import { readAccount, withSteps } from './spice.ts';
import type { StepTimings } from './steps.ts';
import { perChamberStep, quantile, speedOf, timingOf, warmRounds } from './timing.ts';
import { precisionFigure, precisionTable } from './work-precision.ts';

const program = fileURLToPath(new URL('../../../tools/twin.mjs', import.meta.url));
const timing = (median: number) => ({ median, p95: 2 * median, rounds: 9 });
const step = (chambers: number, kernel: number): StepTimings => ({
  chambers,
  ducts: 5 * chambers,
  states: 3,
  kernel: timing(kernel),
  plain: timing(5 * kernel),
  c: timing(2 * kernel),
  exactC: null,
  kernelBytesPerChamber: 1600,
});

test('median and p95 of rounds, whichever end is the bad one', () => {
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(quantile([], 0.5)).toBeNaN();
  expect(timingOf([3, 1, 2])).toEqual({ median: 2, p95: 2.9, rounds: 3 });
  expect(speedOf([3, 1, 2])).toEqual({ median: 2, p95: 1.1, rounds: 3 });
  expect(warmRounds(40)).toBe(8);
  expect(warmRounds(1)).toBe(1);
});

test('nanoseconds per chamber and step leave the warming rounds out', () => {
  expect(perChamberStep([9, 1e-3, 2e-3, 3e-3], 3, 100, 10).median).toBeCloseTo(2000, 9);
});

test('a ratio above one is better than the reference, for times and for speeds', () => {
  const common = { name: 'x', chambers: 10, unit: 'u', reference: 'r', timing: timing(2), against: timing(8) };
  expect(benchmark(common).ratio).toBe(4);
  expect(benchmark({ ...common, moreIsBetter: true }).ratio).toBe(0.25);
});

test('the document has the machine and every benchmark with the keys of the contract', () => {
  const part = { title: 't', benchmarks: kernelRows(step(1000, 50)), notes: ['a word'] };
  const document = JSON.parse(JSON.stringify(benchmarkDocument(presentMachine(), [part, part])));
  expect(document.benchmarks).toHaveLength(4);
  expect(document.benchmarks[0]).toEqual({
    name: 'kernel',
    chambers: 1000,
    median: 50,
    p95: 100,
    unit: 'ns per chamber and step',
    ratio: 5,
    reference: 'TypeScript',
    referenceMedian: 250,
    referenceP95: 500,
    rounds: 9,
  });
  expect(document.benchmarks[1]).toMatchObject({ ratio: 2, reference: 'C' });
  expect(document.machine.cores).toBeGreaterThan(0);
  expect(document.notes).toEqual(['a word', 'a word']);
});

test('tables are aligned, and lines of people’s text are short', () => {
  const table = alignedTable(
    [
      ['name', 'value'],
      ['a', '1'],
      ['longer', '1234.5'],
    ],
    [false, true],
  );
  expect(new Set(table.split('\n').map((line) => line.length)).size).toBe(1);
  expect(table.split('\n')[2]).toBe('| a      |      1 |');
  const text = tableForPeople({ title: 'word '.repeat(60), benchmarks: kernelRows(step(10, 50)), notes: ['a word'] });
  expect(text).toContain('TypeScript: 250 (500)');
  expect(text).toContain('  a word');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(130);
  expect([figure(0), figure(1234.5), figure(0.41234), figure(1.2e-5), figure(Number.NaN)]).toEqual([
    '0',
    '1235',
    '0.412',
    '1.20e-5',
    '–',
  ]);
});

test('scaling compares with the size next to a thousand', () => {
  const rows = scalingRows([step(10, 100), step(900, 50), step(10_000, 75)]);
  expect(rows.map((row) => row.reference)).toEqual(Array(6).fill('900 chambers'));
  expect(rows.slice(0, 3).map((row) => row.ratio)).toEqual([0.5, 1, 50 / 75]);
  expect(rows.slice(3).map((row) => row.name)).toEqual(['memory', 'memory', 'memory']);
});

test('axes end at round numbers', () => {
  const log = scaleFor({ label: '', scale: 'log' }, [12, 90_000]);
  expect(log.ticks).toEqual([10, 100, 1000, 10_000, 100_000]);
  expect(log.at(1000)).toBeCloseTo(0.5, 12);
  expect(scaleFor({ label: '', scale: 'log' }, [30, 90]).ticks).toEqual([20, 50, 100]);
  expect(scaleFor({ label: '', scale: 'linear' }, [0.13, 0.93]).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(scaleFor({ label: '', scale: 'log' }, []).ticks).toEqual([]);
});

/** Every element is closed in order, attributes are quoted, and nothing is drawn at NaN. */
function expectWellFormed(svg: string): void {
  const open: string[] = [];
  const text = svg.replace(/<(\/?)([a-z]+)((?: [a-zA-Z0-9:-]+="[^"<&]*")*)(\/?)>/g, (_, end, name, __, alone) => {
    if (end) expect(open.pop()).toBe(name);
    else if (!alone) open.push(name);
    return '';
  });
  expect(open).toEqual([]);
  expect(text.replaceAll(/&(amp|lt|gt);/g, '')).not.toMatch(/[<>&]/);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  expect(svg).toContain('prefers-color-scheme: dark');
}

test('plots are well-formed, with titles and units', () => {
  const cost = costFigure([step(10, 100), step(1000, 50)]);
  expectWellFormed(cost);
  expect(cost).toContain('ns per chamber and step');
  const precision = [10, 40].map((steps) => ({
    steps,
    states: 3,
    amplitude: 1 / steps,
    phase: 2 / steps,
    share: 0.5,
    pace: timing(0.3),
  }));
  expectWellFormed(precisionFigure(precision));
  expect(precisionTable(precision).split('\n')).toHaveLength(4);
  const axis = { label: 'a & <b>', scale: 'linear' } as const;
  expectWellFormed(drawFigure({ title: 'x < y', panels: [{ title: '&', x: axis, y: axis, series: [] }] }));
});

test('arguments that make no sense are refused with a remedy', () => {
  const refused = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      expect(error.code).toBe(EXIT.usage);
      return error.message;
    }
    return '';
  };
  expect(refused(() => namesWanted(['kernels']))).toContain(BENCHMARK_NAMES.join(', '));
  expect(refused(() => namesWanted(['1000']))).toContain('--chambers 1000');
  expect(refused(() => settingsFrom(['kernel'], { chambers: '10,x' }))).toContain('whole number from 2');
  expect(refused(() => settingsFrom(['farm'], { chambers: '10' }))).toContain('Leave --chambers out');
  expect(refused(() => settingsFrom(['kernel'], { rounds: '0' }))).toContain('from 1');
  expect(refused(() => settingsFrom(['threads'], { threads: '99' }))).toContain('from 1 to 8');
  expect(refused(() => settingsFrom(['scaling'], { plot: 'a.png' }))).toContain('.svg');
  expect(refused(() => settingsFrom(['kernel'], { plot: 'a.svg' }))).toContain('bench scaling');
  expect(namesWanted([])).toEqual(BENCHMARK_NAMES);
  expect(settingsFrom(['kernel'], { chambers: '10,100' }).chambers).toEqual([10, 100]);
  const run = spawnSync(process.execPath, [program, 'bench', 'nothing'], { encoding: 'utf8' });
  expect(run.status).toBe(EXIT.usage);
  expect(run.stderr).toContain('nothing');
});

test('ngspice gets the farm’s steps, and its account is read', () => {
  const text = withSteps('* x\n.options reltol=1\n.print tran v(p0)\n.tran 1 2 0 1 uic\n.end', 25e-6, 200, 'trtol=1');
  expect(text).toBe('* x\n.options acct trtol=1 method=trap\n.tran 0.000025 0.005 0 0.000025 uic\n.end');
  const account = 'Accepted timepoints = 212\nTotal analysis time (seconds) = 0.2\nTransient analysis time = 0.197\n';
  expect(readAccount(account)).toEqual({ seconds: 0.197, steps: 212 });
  expect(readAccount('Error: no such thing')).toBeNull();
});

test('bench kernel prints one document; bench scaling writes its plot', () => {
  const run = (...args: string[]) =>
    JSON.parse(
      execFileSync(process.execPath, [program, 'bench', ...args, '--rounds', '2', '--chambers', '10,20', '--json'], {
        encoding: 'utf8',
      }),
    );
  const { machine, benchmarks } = run('kernel');
  expect(machine.processor).toBeTypeOf('string');
  expect(benchmarks.map((b: { chambers: number }) => b.chambers)).toEqual(expect.arrayContaining([10, 20]));
  for (const b of benchmarks) {
    expect(b).toMatchObject({ name: 'kernel', unit: 'ns per chamber and step', rounds: 2 });
    for (const key of ['median', 'p95', 'ratio', 'referenceMedian']) expect(b[key]).toBeGreaterThan(0);
  }
  const plot = join(mkdtempSync(join(tmpdir(), 'twin-cost-')), 'cost.svg');
  run('scaling', '--plot', plot);
  expectWellFormed(readFileSync(plot, 'utf8'));
});
