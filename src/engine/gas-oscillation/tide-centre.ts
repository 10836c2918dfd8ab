// Keeps the tide of every duct about its middle. Mean flow carries gas past the middle for good: what it has carried there changes
// chamber, so that a chamber's control mass stays its own sphere and its halves of the ducts, and its compliance what it is,
// wherever its gas comes from. The tide itself moves nothing: means are taken over whole cycles of the drive.

import type { StepCoefficients } from './coefficients.ts';
import { CLOCK, type FarmState } from './state.ts';

/** Tides are centred as often, s, in whole cycles, and every so many cycles at least. */
const PERIOD_S = 0.01;
const MOST_CYCLES = 10;
/** Share of a half duct that may stay off the middle: what is less is left, and pure tides exchange nothing. */
const LEFT = 1e-4;
/** Half cycles until the gas changes chamber, in turn: at four phases, so that the swing of the moment carries nothing in the mean. */
const PAUSES = [1, 2, 1.5, 2.5];

export class TideCentre {
  /** Displacements summed over the present cycle, m³ per duct. */
  private readonly sum: Float64Array;
  /** [steps since the tides were centred, how often they have been, length of these steps in s, their number in a cycle]. */
  private readonly progress = new Float64Array(4);

  constructor(ducts: number) {
    this.sum = new Float64Array(ducts);
  }

  /** Begins anew, as with steps or cycles of another length. */
  begin(): void {
    this.sum.fill(0);
    this.progress[0] = 0;
  }

  /** After every step. @param frequency of the drive, Hz */
  follow(s: FarmState, c: StepCoefficients, frequency: number): void {
    const { sum, progress } = this;
    const cycle = Math.max(1, Math.round(1 / (frequency * c.timeStep)));
    const cycles = Math.max(1, Math.min(MOST_CYCLES, Math.round(PERIOD_S * frequency)));
    if (progress[2] !== c.timeStep || progress[3] !== cycle) this.begin();
    progress[2] = c.timeStep;
    progress[3] = cycle;
    progress[0] += 1;
    if (progress[0] <= (cycles - 1) * cycle) return;
    const { displacement } = s;
    for (let e = 0; e < sum.length; e++) sum[e] += displacement[e];
    if (progress[0] < cycles * cycle) return;
    this.centre(s, c, cycle);
    this.begin();
  }

  private centre(s: FarmState, { halfVolume, halfCycle }: StepCoefficients, cycle: number): void {
    const { sum, progress } = this;
    let moves = false;
    for (let e = 0; e < sum.length; e++) {
      const off = sum[e] / cycle;
      if (!(Math.abs(off) > LEFT * halfVolume[e])) continue;
      s.displacement[e] -= off;
      s.crossed[off > 0 ? 2 * e : 2 * e + 1] += Math.abs(off);
      moves = true;
    }
    if (!moves) return;
    const pause = Math.round(halfCycle * PAUSES[progress[1] % PAUSES.length]);
    progress[1] += 1;
    s.clock[CLOCK.nextExchange] = Math.min(s.clock[CLOCK.nextExchange], s.clock[CLOCK.steps] + pause);
  }

  /** What a snapshot must keep. */
  arrays(): Float64Array[] {
    return [this.sum, this.progress];
  }
}
