// How well loops follow their setpoints: integrals of the error since the last change of the setpoint or reset. Not here: control.

/** Share of a setpoint's change within which a loop counts as settled. */
const SETTLING_BAND = 0.02;

export interface TrackingFigures {
  /** Since the last change of setpoint or reset, s. */
  readonly time: number;
  /** ∫|e|dt, ∫e²dt, ∫t|e|dt in measurement units and s. */
  readonly integralAbsolute: number;
  readonly integralSquare: number;
  readonly integralTimeAbsolute: number;
  readonly largest: number;
  readonly rms: number;
  /** Time after which the error has stayed within 2 % of the setpoint's change, s; null while it does not, or without a change. */
  readonly settlingTime: number | null;
  /** Share of the setpoint's change by which the measurement went beyond the setpoint; null without a change. */
  readonly overshoot: number | null;
}

/** Errors are taken as linear between steps (trapezoidal rule). A measurement that is not finite is left out. */
export class TrackingBank {
  private readonly time: Float64Array;
  private readonly absolute: Float64Array;
  private readonly square: Float64Array;
  private readonly timeAbsolute: Float64Array;
  private readonly largest: Float64Array;
  private readonly lastOutside: Float64Array;
  /** Of the setpoint, with its sign; NaN before there was one. */
  private readonly change: Float64Array;
  /** Furthest beyond the setpoint in the direction of its change, measurement units. */
  private readonly beyond: Float64Array;
  private readonly lastError: Float64Array;
  private readonly lastSetpoint: Float64Array;

  constructor(readonly count: number) {
    const perLoop = (value = 0): Float64Array => new Float64Array(count).fill(value);
    this.time = perLoop();
    this.absolute = perLoop();
    this.square = perLoop();
    this.timeAbsolute = perLoop();
    this.largest = perLoop();
    this.lastOutside = perLoop();
    this.change = perLoop(Number.NaN);
    this.beyond = perLoop();
    this.lastError = perLoop(Number.NaN);
    this.lastSetpoint = perLoop(Number.NaN);
  }

  /** Adds dt (s) that ends with these setpoints and measurements; a loop whose setpoint changed starts anew, with no time yet. */
  step(dt: number, setpoint: ArrayLike<number>, measurement: ArrayLike<number>): void {
    for (let i = 0; i < this.count; i++) {
      const e = setpoint[i] - measurement[i];
      if (!Number.isFinite(e)) continue;
      if (setpoint[i] !== this.lastSetpoint[i]) {
        this.reset(i);
        this.change[i] = setpoint[i] - this.lastSetpoint[i];
        this.lastSetpoint[i] = setpoint[i];
      } else if (!Number.isNaN(this.lastError[i])) {
        this.add(i, dt, this.lastError[i], e);
      }
      this.largest[i] = Math.max(this.largest[i], Math.abs(e));
      this.beyond[i] = Math.max(this.beyond[i], this.change[i] < 0 ? e : -e);
      if (!(Math.abs(e) <= this.band(i))) this.lastOutside[i] = this.time[i];
      this.lastError[i] = e;
    }
  }

  private add(i: number, dt: number, e0: number, e1: number): void {
    const a0 = Math.abs(e0);
    const a1 = Math.abs(e1);
    const t0 = this.time[i];
    this.time[i] = t0 + dt;
    this.absolute[i] += 0.5 * dt * (a0 + a1);
    this.square[i] += (dt / 3) * (e0 * e0 + e0 * e1 + e1 * e1);
    this.timeAbsolute[i] += 0.5 * dt * (t0 * a0 + (t0 + dt) * a1);
  }

  /** Distance from the setpoint within which the loop counts as settled; NaN without a change. */
  private band(i: number): number {
    return SETTLING_BAND * Math.abs(this.change[i]);
  }

  /** Starts the figures of a loop anew. */
  reset(i: number): void {
    this.time[i] = 0;
    this.absolute[i] = 0;
    this.square[i] = 0;
    this.timeAbsolute[i] = 0;
    this.largest[i] = 0;
    this.lastOutside[i] = 0;
    this.beyond[i] = 0;
    this.lastError[i] = Number.NaN;
  }

  figures(i: number): TrackingFigures {
    const time = this.time[i];
    const change = Math.abs(this.change[i]);
    const settled = change > 0 && Math.abs(this.lastError[i]) <= this.band(i);
    return {
      time,
      integralAbsolute: this.absolute[i],
      integralSquare: this.square[i],
      integralTimeAbsolute: this.timeAbsolute[i],
      largest: this.largest[i],
      rms: time > 0 ? Math.sqrt(this.square[i] / time) : 0,
      settlingTime: settled ? this.lastOutside[i] : null,
      overshoot: change > 0 ? this.beyond[i] / change : null,
    };
  }

  /** The whole state, for snapshots. */
  arrays(): Float64Array[] {
    return [
      this.time,
      this.absolute,
      this.square,
      this.timeAbsolute,
      this.largest,
      this.lastOutside,
      this.change,
      this.beyond,
      this.lastError,
      this.lastSetpoint,
    ];
  }
}
