// Colour ranges that follow the data: robust percentiles, round ends, and a reluctance to move.
// Pure arithmetic on samples of a frame; nothing here knows the screen.

import type { FieldInfo } from '../../engine/fields.ts';

export type Range = readonly [number, number];

/** Values looked at per estimate: enough for a percentile, few enough for four estimates a second of 100 000 chambers. */
export const SAMPLE = 4096;

/** Sizes of the (c, s) pairs, evenly spaced through the data; returns how many were written. Values not finite are left out. */
export function sampleAmplitudes(pairs: Float32Array, into: Float32Array): number {
  const chambers = pairs.length >> 1;
  const stride = Math.max(1, Math.ceil(chambers / into.length));
  let count = 0;
  for (let i = 0; i < chambers; i += stride) {
    const value = Math.hypot(pairs[2 * i] as number, pairs[2 * i + 1] as number);
    if (Number.isFinite(value)) into[count++] = value;
  }
  return count;
}

/** The values c·turn[0] + s·turn[1] of pairs, evenly spaced through the data; returns how many were written. */
export function samplePhased(pairs: Float32Array, cosine: number, sine: number, into: Float32Array): number {
  const chambers = pairs.length >> 1;
  const stride = Math.max(1, Math.ceil(chambers / into.length));
  let count = 0;
  for (let i = 0; i < chambers; i += stride) {
    const value = (pairs[2 * i] as number) * cosine + (pairs[2 * i + 1] as number) * sine;
    if (Number.isFinite(value)) into[count++] = value;
  }
  return count;
}

/** Values evenly spaced through the data; returns how many were written. Values not finite are left out. */
export function sampleValues(values: Float32Array, into: Float32Array): number {
  const stride = Math.max(1, Math.ceil(values.length / into.length));
  let count = 0;
  for (let i = 0; i < values.length; i += stride) {
    const value = values[i] as number;
    if (Number.isFinite(value)) into[count++] = value;
  }
  return count;
}

/** Percentile by linear interpolation of sorted values, p in 0…1; NaN of nothing. */
export function percentile(sorted: Float32Array, p: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = p * (sorted.length - 1);
  const low = Math.floor(place);
  const a = sorted[low] as number;
  const b = sorted[Math.min(low + 1, sorted.length - 1)] as number;
  return a + (place - low) * (b - a);
}

/**
 * The range that shows most of the sample: 2nd to 98th percentile, symmetric about zero for diverging fields, the whole
 * circle for phase. Amplitudes (of the stroboscope) give ± their 90th percentile. Sorts the sample. Null without values.
 */
export function robustRange(sample: Float32Array, scale: FieldInfo['scale'], amplitudes: boolean): Range | null {
  if (scale === 'cyclic') return [-Math.PI, Math.PI];
  if (sample.length === 0) return null;
  sample.sort();
  if (amplitudes) {
    const size = percentile(sample, 0.9);
    return [-size, size];
  }
  const low = percentile(sample, 0.02);
  const high = percentile(sample, 0.98);
  if (scale !== 'diverging') return [low, high];
  const size = Math.max(Math.abs(low), Math.abs(high));
  return [-size, size];
}

const ROUND = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The smallest round number not below x (x > 0). */
export function roundUp(x: number): number {
  const decade = 10 ** Math.floor(Math.log10(x));
  const scaled = x / decade;
  const step = ROUND.find((r) => r >= scaled * (1 - 1e-9)) ?? 10;
  return Number((step * decade).toPrecision(3));
}

/**
 * Widens a range to round ends; a flat one becomes a small range around its value.
 * @param least the smallest span worth showing, in the field's unit
 */
export function roundRange([low, high]: Range, scale: FieldInfo['scale'], least = 1e-9): Range {
  if (scale === 'cyclic') return [low, high];
  if (scale === 'diverging') {
    const size = roundUp(Math.max(Math.abs(low), Math.abs(high), least / 2));
    return [-size, size];
  }
  const smallest = Math.max(least, Math.max(Math.abs(low), Math.abs(high)) * 1e-4);
  const middle = (low + high) / 2;
  const span = Math.max(high - low, smallest);
  const step = roundUp(span / 20);
  const bottom = Math.floor((middle - span / 2) / step + 1e-6) * step;
  // A magnitude that is never negative gets no negative end.
  if (low >= 0 && bottom < 0) return [0, Number((Math.ceil(span / step - 1e-6) * step).toPrecision(9))];
  const top = Math.ceil((middle + span / 2) / step - 1e-6) * step;
  return [Number(bottom.toPrecision(9)), Number(top.toPrecision(9))];
}

/** How long smaller data must last before the range shrinks: a standing wave passes zero twice a cycle. */
const SHRINK_AFTER_MS = 2500;
/** Data may fill this little of the range before it counts as too wide. */
const FILL = 0.66;

/** A range that grows at once, shrinks late, and otherwise stays where it is. */
export class AutoRange {
  private current: Range | null = null;
  private wideSince: number | null = null;
  private filled = 0;

  /** Forgets the past: the next update is taken as it is. */
  reset(): void {
    this.current = null;
    this.wideSince = null;
  }

  /** Takes the robust range of new data at a time and gives the range to show. */
  update(data: Range, scale: FieldInfo['scale'], nowMs: number, least = 1e-9): Range {
    const current = this.current;
    if (!current) return this.set(roundRange(data, scale, least));
    const span = current[1] - current[0];
    const slack = 0.04 * span;
    if (data[0] < current[0] - slack || data[1] > current[1] + slack) return this.set(roundRange(data, scale, least));
    const fill = (data[1] - data[0]) / span;
    if (fill >= FILL) {
      this.wideSince = null;
      return current;
    }
    if (this.wideSince === null) {
      this.wideSince = nowMs;
      this.filled = 0;
    }
    this.filled = Math.max(this.filled, fill);
    if (nowMs - this.wideSince < SHRINK_AFTER_MS) return current;
    // Shrinks to the widest seen while waiting, not to the moment.
    const middle = (data[0] + data[1]) / 2;
    const half = (this.filled * span) / 2;
    return this.set(roundRange([middle - half, middle + half], scale, least));
  }

  private set(range: Range): Range {
    this.current = range;
    this.wideSince = null;
    return range;
  }
}
