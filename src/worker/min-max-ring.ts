// Series over simulated time in bounded memory: min and max are kept when old samples are merged, and handed out in min/max buckets,
// so that no peak is lost however long a run gets. Knows nothing of what the columns mean.

export interface Buckets {
  /** Time of each bucket's last sample, s. */
  readonly time: Float64Array;
  readonly series: readonly { readonly min: Float64Array; readonly max: Float64Array }[];
}

export class MinMaxRing {
  private count = 0;
  private readonly time: Float64Array;
  /** Made when a column first has a number: many are never used. */
  private readonly min: (Float64Array | null)[];
  private readonly max: (Float64Array | null)[];

  /** @param capacity samples before the older half is merged in pairs; a multiple of 4 */
  constructor(
    readonly capacity: number,
    readonly columns: number,
  ) {
    if (!Number.isInteger(capacity) || capacity < 4 || capacity % 4 !== 0)
      throw new RangeError(`A ring cannot hold ${capacity} samples: give a multiple of 4.`);
    this.time = new Float64Array(capacity);
    this.min = new Array<Float64Array | null>(columns).fill(null);
    this.max = new Array<Float64Array | null>(columns).fill(null);
  }

  clear(): void {
    this.count = 0;
    this.min.fill(null);
    this.max.fill(null);
  }

  /** Forgets a column: it means something else from now on. */
  clearColumn(column: number): void {
    this.min[column] = null;
    this.max[column] = null;
  }

  get length(): number {
    return this.count;
  }

  get span(): [number, number] {
    return this.count > 0 ? [this.time[0], this.time[this.count - 1]] : [0, 0];
  }

  /** Adds a sample of every column; NaN: none. Time must not decrease. */
  add(time: number, values: ArrayLike<number>): void {
    if (this.count === this.capacity) this.mergeOldHalf();
    const at = this.count++;
    this.time[at] = time;
    for (let c = 0; c < this.columns; c++) {
      const value = values[c];
      const low = this.min[c];
      const high = this.max[c];
      if (low && high) {
        low[at] = value;
        high[at] = value;
      } else if (!Number.isNaN(value)) {
        this.min[c] = this.started(at, value);
        this.max[c] = this.started(at, value);
      }
    }
  }

  private started(at: number, value: number): Float64Array {
    const array = new Float64Array(this.capacity).fill(Number.NaN, 0, at);
    array[at] = value;
    return array;
  }

  /** At most `points` buckets of some columns between two times (NaN: everything). */
  query(columns: readonly number[], from: number, to: number, points: number): Buckets {
    const first = Number.isNaN(from) ? 0 : this.indexAt(from);
    const last = Number.isNaN(to) ? this.count : Math.min(this.count, this.indexAt(to) + 1);
    const n = Math.max(0, last - first);
    const buckets = Math.min(n, Math.max(1, Math.floor(points)));
    const bound = (b: number): number => first + Math.floor((b * n) / buckets);
    const time = new Float64Array(buckets);
    for (let b = 0; b < buckets; b++) time[b] = this.time[bound(b + 1) - 1];
    const series = columns.map((column) => {
      const min = new Float64Array(buckets).fill(Number.NaN);
      const max = new Float64Array(buckets).fill(Number.NaN);
      const low = this.min[column];
      const high = this.max[column];
      if (!low || !high) return { min, max };
      for (let b = 0; b < buckets; b++) {
        for (let i = bound(b); i < bound(b + 1); i++) {
          min[b] = lesser(min[b], low[i]);
          max[b] = greater(max[b], high[i]);
        }
      }
      return { min, max };
    });
    return { time, series };
  }

  private indexAt(time: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.time[middle] < time) low = middle + 1;
      else high = middle;
    }
    return Math.min(low, Math.max(0, this.count - 1));
  }

  private mergeOldHalf(): void {
    const { capacity } = this;
    const half = capacity / 2;
    const merged = half / 2;
    for (let i = 0; i < merged; i++) this.time[i] = this.time[2 * i + 1];
    this.time.copyWithin(merged, half, capacity);
    for (let c = 0; c < this.columns; c++) {
      const low = this.min[c];
      const high = this.max[c];
      if (!low || !high) continue;
      for (let i = 0; i < merged; i++) {
        low[i] = lesser(low[2 * i], low[2 * i + 1]);
        high[i] = greater(high[2 * i], high[2 * i + 1]);
      }
      low.copyWithin(merged, half, capacity);
      high.copyWithin(merged, half, capacity);
    }
    this.count = capacity - merged;
  }
}

/** The lesser, or greater, of two, of which either may be no number. */
const lesser = (a: number, b: number): number => (Number.isNaN(a) || b < a ? b : a);
const greater = (a: number, b: number): number => (Number.isNaN(a) || b > a ? b : a);
