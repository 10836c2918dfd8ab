// From the engine's buckets to what a chart draws, and from a pointer to a time. Pure.

import { METRICS, type MetricInfo, type MetricName } from '../../engine/metrics.ts';
import { convert } from '../../engine/parameters/units.ts';
import type { SeriesReply } from '../../worker/protocol.ts';
import { prefixFor, symbolOf } from '../shell/format.ts';
import { linearTicks, paddedRange, tickLabels } from './ticks.ts';

export interface Point {
  readonly t: number;
  readonly mid: number;
  readonly band: readonly [number, number];
}
export interface Ticked {
  readonly range: readonly [number, number];
  readonly ticks: readonly number[];
  readonly labels: readonly string[];
  readonly unit: string;
}
export interface Chart {
  readonly points: readonly Point[];
  /** Some bucket has a peak apart from its middle. */
  readonly hasBand: boolean;
  readonly x: Ticked;
  readonly y: Ticked;
  /** A value in the metric's unit as the vertical axis shows it. */
  shown(value: number): number;
}

export const metricInfo = (name: MetricName): MetricInfo => METRICS[name];

/** A reply for one metric as a chart over [from, to] simulated seconds; the vertical axis follows the data. */
export function toChart(metric: MetricName, reply: SeriesReply, from: number, to: number): Chart {
  const { unit, displayUnit = unit } = metricInfo(metric);
  const shown = (value: number): number => (displayUnit === unit ? value : convert(value, unit, displayUnit));
  const series = reply.series[metric];
  const rows: [number, number, number][] = [];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; series && i < reply.time.length; i++) {
    const [t, lo, hi] = [reply.time[i] as number, shown(series.min[i] as number), shown(series.max[i] as number)];
    if (!Number.isFinite(lo) || !Number.isFinite(hi)) continue;
    rows.push([t, lo, hi]);
    if (lo < low) low = lo;
    if (hi > high) high = hi;
  }
  const { factor, symbol } = prefixFor(Math.max(Math.abs(low), Math.abs(high)), symbolOf(displayUnit));
  const points = rows.map(
    ([t, lo, hi]): Point => ({ t, mid: (lo + hi) / 2 / factor, band: [lo / factor, hi / factor] }),
  );
  const range = paddedRange(low / factor, high / factor, 0.06, 1e-4);
  const ticks = linearTicks(range[0], range[1], 4);
  return {
    points,
    hasBand: rows.some(([, lo, hi]) => hi - lo > (high - low) * 1e-3),
    x: timeAxis(from, to),
    y: { range, ticks, labels: tickLabels(ticks), unit: symbol },
    shown: (value) => shown(value) / factor,
  };
}

/** A time axis: ticks in seconds of simulated time, labelled in the unit that reads best. */
export function timeAxis(from: number, to: number): Ticked {
  const unit =
    to <= 1
      ? { factor: 1e-3, symbol: 'ms' }
      : to < 600
        ? { factor: 1, symbol: 's' }
        : to < 36_000
          ? { factor: 60, symbol: 'min' }
          : { factor: 3600, symbol: 'h' };
  const ticks = linearTicks(from / unit.factor, to / unit.factor, 4);
  return {
    range: [from, Math.max(to, from + 1e-9)],
    ticks: ticks.map((t) => t * unit.factor),
    labels: tickLabels(ticks),
    unit: unit.symbol,
  };
}

/** The point nearest to a time, or null when there is none. */
export function nearestPoint(points: readonly Point[], timeS: number): Point | null {
  if (points.length === 0) return null;
  let [low, high] = [0, points.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((points[middle] as Point).t <= timeS) low = middle;
    else high = middle;
  }
  const [a, b] = [points[low] as Point, points[high] as Point];
  return timeS - a.t <= b.t - timeS ? a : b;
}

/** A followed span holds at least so many steps of the engine: averaged steps may be longer than the span. */
const LEAST_STEPS = 40;

/** The followed span as it is shown, s. */
export const followedSpan = (followS: number, stepS: number): number => Math.max(followS, LEAST_STEPS * stepS);

/** The span to show: the zoom, or the newest `followS` seconds (more when the engine's steps are long), or everything. */
export function shownSpan(
  zoom: readonly [number, number] | null,
  followS: number | null,
  nowS: number,
  stepS: number,
): readonly [number, number] {
  if (zoom) return zoom;
  return [followS === null ? 0 : Math.max(0, nowS - followedSpan(followS, stepS)), nowS];
}

const NARROWEST_S = 1e-3;

/** A span zoomed about a time: factor below 1 zooms in. Stays within what is recorded. */
export function zoomed(
  span: readonly [number, number],
  about: number,
  factor: number,
  recorded: readonly [number, number],
): [number, number] {
  const width = Math.min(Math.max((span[1] - span[0]) * factor, NARROWEST_S), recorded[1] - recorded[0]);
  const share = (about - span[0]) / (span[1] - span[0] || 1);
  return within([about - share * width, about + (1 - share) * width], recorded);
}

/** A span moved into the recorded one, its width kept where it can be. */
export function within(span: readonly [number, number], recorded: readonly [number, number]): [number, number] {
  const width = Math.min(span[1] - span[0], recorded[1] - recorded[0]);
  const from = Math.min(Math.max(span[0], recorded[0]), recorded[1] - width);
  return [from, from + width];
}

/** The visible window as CSV: raw SI values, one row a bucket, min and max of each metric. */
export function toCsv(metrics: readonly MetricName[], reply: SeriesReply): string {
  const header = ['time_s', ...metrics.flatMap((m) => [`${m}_min`, `${m}_max`])];
  const rows = Array.from(reply.time, (t, i) =>
    [t, ...metrics.flatMap((m) => [reply.series[m]?.min[i] ?? Number.NaN, reply.series[m]?.max[i] ?? Number.NaN])]
      .map((x) => (Number.isFinite(x) ? String(x) : ''))
      .join(','),
  );
  return `${[header.join(','), ...rows].join('\n')}\n`;
}
