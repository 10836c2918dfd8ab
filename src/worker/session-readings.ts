// What a session reads of its farm and keeps: the latest metrics, their history for charts, trends, the state's hash. Changes
// nothing in the farm, tells nobody.

import type { Farm } from '../engine/farm.ts';
import { METRIC_NAMES, type MetricName } from '../engine/metrics.ts';
import { computeMetrics } from '../engine/readings.ts';
import { PressureTrends } from './pressure-trends.ts';
import type { SeriesReply } from './protocol.ts';
import { TelemetryHistory } from './telemetry.ts';

export class SessionReadings {
  /** Latest metrics, in the order of METRIC_NAMES. */
  metrics: Float64Array = new Float64Array(METRIC_NAMES.length).fill(Number.NaN);
  readonly trends = new PressureTrends();
  private readonly history = new TelemetryHistory();
  private windowsSeen = -1;
  private hash: { steps: number; version: number; text: string } | null = null;

  /** Goes on with another farm; history and trends stay. */
  turnTo(farm: Farm): void {
    this.windowsSeen = -1;
    this.refresh(farm);
  }

  /** Forgets history and trends: time begins anew. */
  clear(): void {
    this.history.clear();
    this.trends.clear();
  }

  /** After each step: trends, and metrics from a detector window just finished. */
  collect(farm: Farm): void {
    this.trends.collect(farm);
    const { readings } = farm.detector;
    if (readings.count === this.windowsSeen || readings.count === 0) return;
    this.windowsSeen = readings.count;
    this.metrics = computeMetrics(farm);
    this.history.add(readings.end_s, this.metrics);
  }

  /** After a change of the farm between steps. */
  refresh(farm: Farm): void {
    this.metrics = computeMetrics(farm);
    this.hash = null;
  }

  /** At most `points` buckets between two simulated times, s (NaN: everything). */
  series(metrics: readonly MetricName[], from_s: number, to_s: number, points: number): Omit<SeriesReply, 'events'> {
    return this.history.query(metrics, from_s, to_s, points);
  }

  /** The state's hash, found once per step. @param version of the farm's parameters */
  stateHash(farm: Farm, version: number): string {
    if (!this.hash || this.hash.steps !== farm.steps || this.hash.version !== version) {
      this.hash = { steps: farm.steps, version, text: farm.stateHash() };
    }
    return this.hash.text;
  }
}
