// How sensors become causes: which of them vote to trip, and since when a bad one has been bad.

/** One quantity that sensors vote on. */
export interface Voted {
  /** Trip or not, by the bits of the sensors that vote for it. */
  readonly vote: readonly number[];
  /** At or above `high`, at or below `low`, a sensor votes. */
  readonly high: number;
  readonly low: number;
  /** Causes, as bits. */
  readonly bits: { readonly above: number; readonly below: number; readonly lost: number; readonly invalid: number };
}

const GOOD = -1;

/** Since when each sensor has been bad. */
export class BadTimers {
  /** Simulated s; −1: good. */
  readonly since: Float64Array;

  constructor(
    sensors: number,
    private readonly lostAfter_s: number,
  ) {
    this.since = new Float64Array(sensors).fill(GOOD);
  }

  good(sensor: number): void {
    this.since[sensor] = GOOD;
  }

  /** Notes that a sensor is bad. @returns whether it has been for so long that it counts as a vote; at once if time is unknown */
  bad(sensor: number, time: number): boolean {
    if (!(this.since[sensor] >= 0 && this.since[sensor] <= time)) this.since[sensor] = time;
    return !(time - this.since[sensor] < this.lostAfter_s);
  }
}

/**
 * Causes that the sensors of one place vote for. A sensor that has been bad too long votes with whichever side the others
 * take; a good one that reads no number is an invalid input at once, whatever the others say.
 * @param place from 0: its sensors follow each other in `readings`
 */
export function voteBits(
  { vote, high, low, bits }: Voted,
  readings: ArrayLike<number>,
  good: ArrayLike<number>,
  place: number,
  timers: BadTimers,
  time: number,
): number {
  let above = 0;
  let below = 0;
  let lost = 0;
  let causes = 0;
  for (let bit = 1, k = place * sensorCount(vote); bit < vote.length; bit *= 2, k++) {
    if (good[k] !== 1) {
      if (timers.bad(k, time)) lost |= bit;
      continue;
    }
    timers.good(k);
    const reading = readings[k];
    if (!Number.isFinite(reading)) causes |= bits.invalid;
    if (reading >= high) above |= bit;
    if (reading <= low) below |= bit;
  }
  if (above !== 0 && vote[above | lost] !== 0) causes |= bits.above;
  if (below !== 0 && vote[below | lost] !== 0) causes |= bits.below;
  if (vote[lost] !== 0) causes |= bits.lost;
  return causes;
}

const sensorCount = (vote: readonly number[]): number => 31 - Math.clz32(vote.length);
