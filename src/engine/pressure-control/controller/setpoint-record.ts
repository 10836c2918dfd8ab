// How one loop answered the last change of its setpoint: measurement against time since the change, for the comparison with what
// its process model predicts. Not here: the prediction (response.ts), the running figures of all loops (tracking.ts).

/** Samples kept; when it is full every second is dropped. */
const CAPACITY = 512;

const N = { loop: 0, from: 1, to: 2, clock: 3, samples: 4, stride: 5, sinceSample: 6, isOn: 7 } as const;

export interface RecordedStep {
  readonly loop: number;
  /** Setpoint before and after, measurement units. */
  readonly from: number;
  readonly to: number;
  /** s since the change; measurement. */
  readonly time: Float64Array;
  readonly measurement: Float64Array;
}

export class SetpointRecord {
  private readonly n = new Float64Array(8);
  private readonly time = new Float64Array(CAPACITY);
  private readonly measurement = new Float64Array(CAPACITY);

  constructor() {
    this.n[N.to] = Number.NaN;
  }

  /** The loop that is watched. */
  get loop(): number {
    return this.n[N.loop];
  }

  /** Watches another loop; what was recorded of the one before goes. */
  watch(loop: number): void {
    if (loop === this.n[N.loop]) return;
    this.n.fill(0);
    this.n[N.loop] = loop;
    this.n[N.to] = Number.NaN;
  }

  /** One scan, dt (s) long, that ends with these of the watched loop. @param longest s recorded at most */
  step(dt: number, setpoint: number, measurement: number, longest: number): void {
    const { n } = this;
    if (setpoint !== n[N.to]) {
      const before = n[N.to];
      n[N.from] = before;
      n[N.to] = setpoint;
      n[N.isOn] = Number.isNaN(before) ? 0 : 1;
      n[N.clock] = 0;
      n[N.samples] = 0;
      n[N.stride] = 1;
      n[N.sinceSample] = 1;
    } else {
      n[N.clock] += dt;
      n[N.sinceSample] += 1;
    }
    if (n[N.isOn] === 0 || n[N.clock] > longest || n[N.sinceSample] < n[N.stride]) return;
    n[N.sinceSample] = 0;
    if (!Number.isFinite(measurement)) return;
    if (n[N.samples] === CAPACITY) this.thin();
    this.time[n[N.samples]] = n[N.clock];
    this.measurement[n[N.samples]] = measurement;
    n[N.samples] += 1;
  }

  private thin(): void {
    for (let k = 0; k < CAPACITY / 2; k++) {
      this.time[k] = this.time[2 * k];
      this.measurement[k] = this.measurement[2 * k];
    }
    this.n[N.samples] = CAPACITY / 2;
    this.n[N.stride] *= 2;
  }

  /** What was recorded; null before the first change. */
  recorded(): RecordedStep | null {
    const { n } = this;
    if (n[N.isOn] === 0 || n[N.samples] < 2) return null;
    return {
      loop: n[N.loop],
      from: n[N.from],
      to: n[N.to],
      time: this.time.slice(0, n[N.samples]),
      measurement: this.measurement.slice(0, n[N.samples]),
    };
  }

  /** The whole state, for snapshots. */
  arrays(): Float64Array[] {
    return [this.n, this.time, this.measurement];
  }
}
