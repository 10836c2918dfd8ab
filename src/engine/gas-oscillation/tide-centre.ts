// Keeps the tide of every duct about its middle. Mean flow carries gas past the middle for good: what it has carried there changes
// chamber, so that a chamber's control mass stays its own sphere and its halves of the ducts, and its compliance what it is,
// wherever gas comes from. The tide itself moves nothing. Means are taken over the last cycle of the detector's windows.

import { CLOCK, type FarmState } from './state.ts';

/** Share of a half duct that may stay off the middle: what is less is left, and pure tides exchange nothing. */
const LEFT = 1e-3;

export class TideCentre {
  /** Displacements summed over the cycle so far, m³ per duct. */
  private readonly sum: Float64Array;
  /** [steps in the sum, centrings so far]. */
  private readonly progress = new Float64Array(2);

  constructor(ducts: number) {
    this.sum = new Float64Array(ducts);
  }

  /** Forgets what has been summed. */
  begin(): void {
    if (this.progress[0] === 0) return;
    this.sum.fill(0);
    this.progress[0] = 0;
  }

  /** Counts the displacements of the step just done. */
  add({ displacement }: FarmState): void {
    const { sum } = this;
    for (let e = 0; e < sum.length; e++) sum[e] += displacement[e];
    this.progress[0] += 1;
  }

  /**
   * Sets the tides about the middle of their ducts; the gas between begins to wait for its chamber. It changes chamber one or two
   * half cycles later, in turn: at phases that are half a cycle apart, so that its warmth of that moment carries no heat.
   * @param halfVolume m³ per duct; @param halfCycle of the drive, in steps
   */
  centre(s: FarmState, halfVolume: Float64Array, halfCycle: number): void {
    const { sum, progress } = this;
    const perStep = 1 / progress[0];
    let moves = false;
    for (let e = 0; e < sum.length; e++) {
      const off = sum[e] * perStep;
      if (!(Math.abs(off) > LEFT * halfVolume[e])) continue;
      s.displacement[e] -= off;
      s.crossed[off > 0 ? 2 * e : 2 * e + 1] += Math.abs(off);
      moves = true;
    }
    if (moves) {
      progress[1] += 1;
      s.clock[CLOCK.nextExchange] = Math.min(
        s.clock[CLOCK.nextExchange],
        s.clock[CLOCK.steps] + halfCycle * (1 + (progress[1] % 2)),
      );
    }
    this.begin();
  }

  /** What a snapshot must keep. */
  arrays(): Float64Array[] {
    return [this.sum, this.progress];
  }
}
