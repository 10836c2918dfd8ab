// Figures of repeated measurements: rounds that warm up are left out, of the others the median and the slow end.

import { performance } from 'node:perf_hooks';

export interface Timing {
  readonly median: number;
  /** Only one round in twenty is worse. */
  readonly p95: number;
  readonly rounds: number;
}

/** Rounds that warm up before `rounds` that count. */
export const warmRounds = (rounds: number): number => Math.max(1, Math.round(rounds / 5));

/** The value below which a share of the sorted values lies, interpolated. */
export function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/** Of values that are worse the larger they are. */
export function timingOf(values: readonly number[]): Timing {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), rounds: sorted.length };
}

/** Of values that are worse the smaller they are. */
export function speedOf(values: readonly number[]): Timing {
  const { median, p95, rounds } = timingOf(values.map((value) => -value));
  return { median: -median, p95: -p95, rounds };
}

/** Seconds that `work` takes. */
export function secondsOf(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

/** Seconds of every round, the warming ones first. */
export const secondsOfRounds = (rounds: number, work: () => void): number[] =>
  Array.from({ length: warmRounds(rounds) + rounds }, () => secondsOf(work));

/** Nanoseconds per chamber and step, from the seconds of rounds of so many steps, the warming ones left out. */
export const perChamberStep = (seconds: readonly number[], rounds: number, chambers: number, steps: number): Timing =>
  timingOf(seconds.slice(-rounds).map((s) => (s * 1e9) / chambers / steps));
