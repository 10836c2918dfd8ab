// Whether the oscillation still grows, decays or turns: each window's phasors against those of the one before.

import type { WindowReadings } from './oscillation-detector.ts';

/** Change between windows, rms over rms, below which the oscillation counts as settled. */
const SETTLED_CHANGE = 0.01;
/** Oscillations below this share of the mean pressure, rms, are rest: what still changes there is rounding. */
const REST = 1e-9;

export class Settling {
  /** rms change of the phasors between the last two windows over their rms; infinite before. */
  change = Number.POSITIVE_INFINITY;
  private readonly before: Float64Array;

  constructor(chambers: number) {
    this.before = new Float64Array(2 * chambers);
  }

  get isSettled(): boolean {
    return this.change <= SETTLED_CHANGE;
  }

  /** After an edit that changes the oscillation. */
  restart(): void {
    this.change = Number.POSITIVE_INFINITY;
  }

  /** Compares the window that `finish` completes with the one before. */
  measure(readings: WindowReadings, finish: () => void): void {
    const { before } = this;
    const n = readings.cosine.length;
    const first = readings.count === 0;
    before.set(readings.cosine);
    before.set(readings.sine, n);
    finish();
    let moved = 0;
    let size = 0;
    let still = 0;
    for (let i = 0; i < n; i++) {
      const dc = readings.cosine[i] - before[i];
      const ds = readings.sine[i] - before[n + i];
      moved += dc * dc + ds * ds;
      size += readings.cosine[i] * readings.cosine[i] + readings.sine[i] * readings.sine[i];
      still += readings.pressure[i] * readings.pressure[i];
    }
    // The step from rest to the first trace of a wave is a change, too: both windows must be still.
    const atRest = size + moved <= REST * REST * still;
    this.change = first ? Number.POSITIVE_INFINITY : atRest ? 0 : Math.sqrt(moved / size);
  }
}
