// History of the metrics for charts: one sample a detector window, in a ring that loses no peak, so that the page receives at most
// what it can draw.

import { METRIC_NAMES, type MetricName } from '../engine/metrics.ts';
import { MinMaxRing } from './min-max-ring.ts';
import type { SeriesReply } from './protocol.ts';

const CAPACITY = 20_000;

export class TelemetryHistory {
  private readonly ring = new MinMaxRing(CAPACITY, METRIC_NAMES.length);

  clear(): void {
    this.ring.clear();
  }

  /** Adds a sample; time must not decrease. */
  add(timeS: number, values: Float64Array): void {
    this.ring.add(timeS, values);
  }

  get span(): [number, number] {
    return this.ring.span;
  }

  /** At most `points` buckets between two times (NaN: everything). */
  query(metrics: readonly MetricName[], fromS: number, toS: number, points: number): Omit<SeriesReply, 'events'> {
    const known = metrics.filter((name) => METRIC_NAMES.includes(name));
    const columns = known.map((name) => METRIC_NAMES.indexOf(name));
    const { time, series } = this.ring.query(columns, fromS, toS, points);
    return { time, series: Object.fromEntries(known.map((name, m) => [name, series[m]])), span: this.span };
  }
}
