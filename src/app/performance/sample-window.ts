// Figures of the last seconds: samples with their time, and what half and what nineteen of twenty of them stay below.
// Knows nothing of what is sampled.

export interface Spread {
  readonly median: number;
  readonly p95: number;
}

export class SampleWindow {
  private readonly times: Float64Array;
  private readonly values: Float64Array;
  private next = 0;
  private filled = 0;

  /** @param spanMs older samples are forgotten; @param capacity so many are kept at most, the newest */
  constructor(
    readonly spanMs: number,
    capacity = 512,
  ) {
    this.times = new Float64Array(capacity);
    this.values = new Float64Array(capacity);
  }

  add(atMs: number, value: number): void {
    this.times[this.next] = atMs;
    this.values[this.next] = value;
    this.next = (this.next + 1) % this.times.length;
    this.filled = Math.min(this.times.length, this.filled + 1);
  }

  /** Samples of the last span, oldest order not kept. */
  recent(nowMs: number): Float64Array {
    const found = new Float64Array(this.filled);
    let count = 0;
    for (let i = 0; i < this.filled; i++) {
      if ((this.times[i] as number) > nowMs - this.spanMs) found[count++] = this.values[i] as number;
    }
    return found.subarray(0, count);
  }

  /** Median and 95th percentile (nearest rank) of the last span; null without samples. */
  spread(nowMs: number): Spread | null {
    const sorted = this.recent(nowMs).sort();
    if (sorted.length === 0) return null;
    const rank = (p: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)] as number;
    return { median: rank(0.5), p95: rank(0.95) };
  }

  /** Sum of the last span per second; null before half of the span has passed since `sinceMs`. */
  perSecond(nowMs: number, sinceMs: number): number | null {
    const span = Math.min(this.spanMs, nowMs - sinceMs);
    if (span < this.spanMs / 2) return null;
    return (1000 * this.recent(nowMs).reduce((sum, value) => sum + value, 0)) / span;
  }

  forget(): void {
    this.filled = 0;
    this.next = 0;
  }
}
