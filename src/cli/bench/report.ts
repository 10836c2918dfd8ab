// What the benchmarks say: rows with a ratio to a reference of the same run, one document or tables for people.

import { availableParallelism, cpus, loadavg } from 'node:os';
import type { Timing } from './timing.ts';

export interface Benchmark {
  readonly name: string;
  readonly chambers: number;
  readonly median: number;
  readonly p95: number;
  readonly unit: string;
  /** How many times better than the reference: above 1 faster or smaller. */
  readonly ratio: number;
  readonly reference: string;
  readonly referenceMedian: number;
  readonly referenceP95: number;
  readonly rounds: number;
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** Other work counts too: mean of runnable threads in the last minute. */
  readonly load: number;
  readonly node: string;
  readonly system: string;
}

/** One benchmark's result. */
export interface BenchmarkPart {
  /** What is measured and compared. */
  readonly title: string;
  readonly benchmarks: readonly Benchmark[];
  /** What was left out, and why; what a person should know. */
  readonly notes: readonly string[];
}

export interface BenchmarkDocument {
  readonly machine: Machine;
  readonly benchmarks: readonly Benchmark[];
  readonly notes: readonly string[];
}

export const presentMachine = (): Machine => ({
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  load: Math.round(100 * loadavg()[0]) / 100,
  node: process.versions.node,
  system: `${process.platform} ${process.arch}`,
});

export interface Measured {
  readonly name: string;
  readonly chambers: number;
  readonly unit: string;
  readonly timing: Timing;
  readonly reference: string;
  readonly against: Timing;
  /** Of figures that are better the larger they are. */
  readonly moreIsBetter?: boolean;
}

export function benchmark({
  name,
  chambers,
  unit,
  timing,
  reference,
  against,
  moreIsBetter = false,
}: Measured): Benchmark {
  return {
    name,
    chambers,
    median: timing.median,
    p95: timing.p95,
    unit,
    ratio: moreIsBetter ? timing.median / against.median : against.median / timing.median,
    reference,
    referenceMedian: against.median,
    referenceP95: against.p95,
    rounds: timing.rounds,
  };
}

export const benchmarkDocument = (machine: Machine, parts: readonly BenchmarkPart[]): BenchmarkDocument => ({
  machine,
  benchmarks: parts.flatMap((part) => part.benchmarks),
  notes: parts.flatMap((part) => part.notes),
});

/** Three significant digits, whole numbers whole. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const magnitude = Math.abs(value);
  if (magnitude >= 100 || value === 0) return String(Math.round(value));
  return magnitude < 1e-3 ? value.toExponential(2) : String(Number(value.toPrecision(3)));
}

const withEnd = (median: number, p95: number): string => `${figure(median)} (${figure(p95)})`;

/** An aligned table, which Markdown takes as it stands. The columns named are set right. */
export function alignedTable(rows: readonly (readonly string[])[], right: readonly boolean[]): string {
  const widths = rows[0].map((_, column) => Math.max(3, ...rows.map((row) => [...row[column]].length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, c) => (right[c] ? cell.padStart(widths[c]) : cell.padEnd(widths[c]))).join(' | ')} |`;
  const rule = `|${widths.map((width, c) => `${'-'.repeat(width + 1)}${right[c] ? ':' : '-'}`).join('|')}|`;
  return [line(rows[0]), rule, ...rows.slice(1).map(line)].join('\n');
}

const COLUMNS = ['benchmark', 'chambers', 'median (p95)', 'unit', 'times better than', 'that', 'rounds'];
const RIGHT = [false, true, true, false, true, false, true];

export function tableForPeople({ title, benchmarks, notes }: BenchmarkPart): string {
  const rows = benchmarks.map((b) => [
    b.name,
    String(b.chambers),
    withEnd(b.median, b.p95),
    b.unit,
    figure(b.ratio),
    `${b.reference}: ${withEnd(b.referenceMedian, b.referenceP95)}`,
    String(b.rounds),
  ]);
  const table = rows.length > 0 ? [alignedTable([COLUMNS, ...rows], RIGHT)] : [];
  return [wrapped(title), '', ...table, ...notes.map((note) => `  ${note}`), ''].join('\n');
}

const wrapped = (text: string): string => text.replace(/(.{1,118})(?: |$)/g, '$1\n').trimEnd();

export const machineForPeople = (m: Machine): string =>
  `${m.processor}, ${m.cores} cores (load ${m.load}), Node ${m.node}, ${m.system}`;
