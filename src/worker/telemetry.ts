// History of the metrics for charts: one sample a detector window, min and max kept when old samples are merged, and
// min/max buckets on request, so that the page receives at most what it can draw.

import type { MetricName } from '../engine/metrics.ts';
import { METRIC_NAMES } from '../engine/metrics.ts';
import type { SeriesReply } from './protocol.ts';

const CAPACITY = 20_000;

export class TelemetryHistory {
  private count = 0;
  private readonly time = new Float64Array(CAPACITY);
  private readonly min = METRIC_NAMES.map(() => new Float64Array(CAPACITY));
  private readonly max = METRIC_NAMES.map(() => new Float64Array(CAPACITY));

  clear(): void {
    this.count = 0;
  }

  /** Adds a sample; time must not decrease. */
  add(timeS: number, values: Float64Array): void {
    if (this.count === CAPACITY) this.mergeOldHalf();
    this.time[this.count] = timeS;
    for (let m = 0; m < values.length; m++) {
      this.min[m][this.count] = values[m];
      this.max[m][this.count] = values[m];
    }
    this.count++;
  }

  get span(): [number, number] {
    return this.count > 0 ? [this.time[0], this.time[this.count - 1]] : [0, 0];
  }

  /** At most `points` buckets between two times (NaN: everything). */
  query(metrics: readonly MetricName[], fromS: number, toS: number, points: number): Omit<SeriesReply, 'events'> {
    const first = Number.isNaN(fromS) ? 0 : this.indexAt(fromS);
    const last = Number.isNaN(toS) ? this.count : Math.min(this.count, this.indexAt(toS) + 1);
    const n = Math.max(0, last - first);
    const buckets = Math.min(n, Math.max(1, Math.floor(points)));
    const time = new Float64Array(buckets);
    const series: Partial<Record<MetricName, { min: Float64Array; max: Float64Array }>> = {};
    const bound = (b: number): number => first + Math.floor((b * n) / buckets);
    for (let b = 0; b < buckets; b++) time[b] = this.time[bound(b + 1) - 1];
    for (const name of metrics) {
      const index = METRIC_NAMES.indexOf(name);
      if (index < 0) continue;
      const low = new Float64Array(buckets);
      const high = new Float64Array(buckets);
      for (let b = 0; b < buckets; b++) {
        let a = Number.POSITIVE_INFINITY;
        let z = Number.NEGATIVE_INFINITY;
        for (let i = bound(b); i < bound(b + 1); i++) {
          if (this.min[index][i] < a) a = this.min[index][i];
          if (this.max[index][i] > z) z = this.max[index][i];
        }
        low[b] = Number.isFinite(a) ? a : Number.NaN;
        high[b] = Number.isFinite(z) ? z : Number.NaN;
      }
      series[name] = { min: low, max: high };
    }
    return { time, series, span: this.span };
  }

  private indexAt(timeS: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.time[middle] < timeS) low = middle + 1;
      else high = middle;
    }
    return Math.min(low, Math.max(0, this.count - 1));
  }

  private mergeOldHalf(): void {
    const half = CAPACITY / 2;
    const merged = half / 2;
    for (let i = 0; i < merged; i++) this.time[i] = this.time[2 * i + 1];
    this.time.copyWithin(merged, half, CAPACITY);
    for (let m = 0; m < METRIC_NAMES.length; m++) {
      const low = this.min[m];
      const high = this.max[m];
      for (let i = 0; i < merged; i++) {
        low[i] = Math.min(low[2 * i], low[2 * i + 1]);
        high[i] = Math.max(high[2 * i], high[2 * i + 1]);
      }
      low.copyWithin(merged, half, CAPACITY);
      high.copyWithin(merged, half, CAPACITY);
    }
    this.count = CAPACITY - merged;
  }
}
