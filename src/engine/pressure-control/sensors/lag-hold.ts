// What a kind of sensor feels: the truth through the instrument's lag, held at its sample instants. One value per chamber (or
// per whatever the caller numbers); noise and converter come later, for the sensors that are read.

import { exp } from '../../numerics/elementary.ts';

/** A sample instant a rounding error ahead has been reached: shares of a sample. */
const SAMPLE_TOLERANCE = 1e-6;

/** Number of the last sample at or before a time (s). */
export const sampleIndex = (time: number, rate: number): number => Math.floor(time * rate + SAMPLE_TOLERANCE);

export class LagHoldBank {
  /** The truth behind the lag, at the last step. */
  readonly lagged: Float64Array;
  /** The same at the last sample instant that a step has passed. */
  readonly held: Float64Array;
  /** [index of the last sample, share of the lag per step, the step it holds for, 1 once started]. */
  private readonly progress = new Float64Array(4);

  /** @param lag s, 0 for none @param rate samples per second */
  constructor(
    readonly count: number,
    readonly lag: number,
    readonly rate: number,
  ) {
    this.lagged = new Float64Array(count);
    this.held = new Float64Array(count);
    this.progress[0] = -1;
  }

  /**
   * Advances to `time` (s) by a step dt over which the input was constant: y⁺ = u + (y − u)e^{−dt/τ}, exact. The first step starts the
   * instruments at the input.
   */
  step(input: ArrayLike<number>, time: number, dt: number): void {
    const { progress: p, lagged, count } = this;
    if (p[3] === 0) {
      for (let i = 0; i < count; i++) lagged[i] = input[i];
      p[3] = 1;
    } else {
      if (dt !== p[2] || !(p[1] <= 1)) {
        p[1] = this.lag > 0 ? 1 - exp(-dt / this.lag) : 1;
        p[2] = dt;
      }
      const share = p[1];
      for (let i = 0; i < count; i++) {
        const u = input[i];
        const y = lagged[i] + share * (u - lagged[i]);
        // An instrument that has lost its number starts anew.
        lagged[i] = y - y === 0 ? y : u;
      }
    }
    const index = sampleIndex(time, this.rate);
    if (index !== p[0]) {
      this.held.set(lagged);
      p[0] = index;
    }
  }

  /** Time of the sample that is held, s; NaN before the first. */
  get sampled(): number {
    return this.progress[0] < 0 ? Number.NaN : this.progress[0] / this.rate;
  }

  /** The whole state, for snapshots. */
  arrays(): Float64Array[] {
    return [this.lagged, this.held, this.progress];
  }
}
