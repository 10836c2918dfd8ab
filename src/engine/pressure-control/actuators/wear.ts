// Wear of actuators: what each has done, and the share of its rated life. Counts only; what wear does to a valve is a fault
// that others set.

/** Rated life; Infinity where nothing is stated. */
export interface WearRating {
  /** Sum of strokes up and down. */
  readonly travel: number;
  readonly reversals: number;
  /** Openings from shut. */
  readonly cycles: number;
  readonly hours: number;
}

/**
 * A pneumatic control valve: 1e5 full strokes of its packing, 1e6 reversals, 2.5e5 openings, ten years. Orders of magnitude of
 * data sheets.
 */
export const CONTROL_VALVE_RATING: WearRating = { travel: 2e5, reversals: 1e6, cycles: 2.5e5, hours: 87_600 };

export type WearLimit = keyof WearRating;

/** A turn counts once the stem has come back by this much: noise of the position does not wear. */
const REVERSAL_TRAVEL = 0.005;
/** Positions up to this are shut. */
const SHUT = 1e-3;

export class WearBank {
  readonly travel: Float64Array;
  readonly reversals: Float64Array;
  readonly cycles: Float64Array;
  /** s in which it was moved or open. */
  readonly seconds: Float64Array;
  private readonly last: Float64Array;
  private readonly extreme: Float64Array;
  private readonly direction: Float64Array;

  constructor(
    readonly count: number,
    readonly rating: WearRating = CONTROL_VALVE_RATING,
  ) {
    const perActuator = (value = 0): Float64Array => new Float64Array(count).fill(value);
    this.travel = perActuator();
    this.reversals = perActuator();
    this.cycles = perActuator();
    this.seconds = perActuator();
    this.last = perActuator(Number.NaN);
    this.extreme = perActuator();
    this.direction = perActuator();
  }

  /** Adds dt (s) that ends at these positions (0–1, or speeds). The first step only takes note of where they are. */
  step(dt: number, position: ArrayLike<number>): void {
    for (let i = 0; i < this.count; i++) {
      const x = position[i];
      const before = this.last[i];
      this.last[i] = x;
      if (Number.isNaN(before)) {
        this.extreme[i] = x;
        continue;
      }
      const move = Math.abs(x - before);
      this.travel[i] += move;
      if (move > 0 || x > SHUT) this.seconds[i] += dt;
      if (before <= SHUT && x > SHUT) this.cycles[i] += 1;
      this.turn(i, x);
    }
  }

  private turn(i: number, x: number): void {
    const beyond = x - this.extreme[i];
    if (this.direction[i] === 0) {
      if (Math.abs(beyond) < REVERSAL_TRAVEL) return;
      this.direction[i] = beyond > 0 ? 1 : -1;
      this.extreme[i] = x;
    } else if (beyond * this.direction[i] >= 0) {
      this.extreme[i] = x;
    } else if (Math.abs(beyond) >= REVERSAL_TRAVEL) {
      this.reversals[i] += 1;
      this.direction[i] = -this.direction[i];
      this.extreme[i] = x;
    }
  }

  /** A new actuator in the place of a worn one. */
  replace(i: number): void {
    for (const array of [this.travel, this.reversals, this.cycles, this.seconds]) array[i] = 0;
  }

  /** The largest of the shares of rated life, and which limit it is. */
  lifeUsed(i: number): { readonly share: number; readonly limit: WearLimit } {
    const shares: readonly (readonly [WearLimit, number])[] = [
      ['travel', this.travel[i] / this.rating.travel],
      ['reversals', this.reversals[i] / this.rating.reversals],
      ['cycles', this.cycles[i] / this.rating.cycles],
      ['hours', this.seconds[i] / 3600 / this.rating.hours],
    ];
    let [limit, share] = shares[0];
    for (const [name, value] of shares) {
      if (value > share) {
        limit = name;
        share = value;
      }
    }
    return { share, limit };
  }

  /** The whole state, for snapshots. */
  arrays(): Float64Array[] {
    return [this.travel, this.reversals, this.cycles, this.seconds, this.last, this.extreme, this.direction];
  }
}
