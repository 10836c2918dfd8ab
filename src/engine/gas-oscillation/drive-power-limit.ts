// Keeps the mean power of the drive at a limit: all strokes are scaled down together, slowly against the oscillation's own settling.
// Integral action on the logarithm of the power, which goes about as the square of the strokes.

import { exp, log, PI } from '../numerics/elementary.ts';
import type { WindowReadings } from './oscillation-detector.ts';
import type { FarmState } from './state.ts';

/** Time in which strokes follow, s: several times what the network needs to settle. */
const TIME_S = 0.25;
/** Largest change of the logarithm of the strokes at once. */
const LARGEST_MOVE = 0.7;
/** Power off the limit by less than this share is at it. */
const AT_LIMIT = 2e-4;
/** Power below this share of the limit is that of a drive that stands. */
const STANDING = 1e-6;

export class DrivePowerLimit {
  /** [share of the strokes that is left]. For snapshots. */
  private readonly state = new Float64Array([1]);

  get share(): number {
    return this.state[0];
  }

  set share(value: number) {
    this.state[0] = value;
  }

  /**
   * After a window.
   * @param power mean drive power of the window, W; @param limit W, 0: none; @param dt length of the window, s
   * @returns whether the strokes have changed
   */
  follow(power: number, limit: number, dt: number): boolean {
    const before = this.share;
    if (limit === 0) this.share = 1;
    else if (power > STANDING * limit && (before < 1 || power > limit)) {
      const off = 0.5 * log(limit / power);
      if (Math.abs(off) < 0.5 * AT_LIMIT) return false;
      const move = (1 - exp(-dt / TIME_S)) * Math.max(-LARGEST_MOVE, Math.min(LARGEST_MOVE, off));
      this.share = Math.min(1, before * exp(move));
    }
    return this.share !== before;
  }

  /** What is not done, for people; null: nothing. */
  get remark(): string | null {
    if (this.share === 1) return null;
    return `The drive’s power limit leaves ${(100 * this.share).toPrecision(3)} % of the stroke.`;
  }
}

/**
 * Mean power of the pistons' oscillation in a window, W. While cycles are resolved −½ ω Im(P X~) from the phasors: the work against the mean
 * pressure of pistons whose stroke is being changed is left out, which comes back with the next change.
 * @param state whose pistons move; null: averaged
 */
export function oscillatingPower(readings: WindowReadings, frequency: number, state: FarmState | null): number {
  let sum = 0;
  for (let i = 0; i < readings.drivePower.length; i++) {
    sum += state
      ? PI * frequency * (readings.sine[i] * state.pistonRe[i] + readings.cosine[i] * state.pistonIm[i])
      : readings.drivePower[i];
  }
  return sum;
}
