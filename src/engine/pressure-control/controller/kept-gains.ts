// Where each loop's gains come from, and those it had before the last that a person took over, so that they can be given back.
// Not here: finding gains (autotune.ts, simc.ts).

import type { PidBank } from './pid.ts';
import type { PidTuning } from './tuning.ts';

/** sizes: first gains, from the valves' sizes. step-test: taken over from a step test. */
export const GAIN_SOURCES = ['sizes', 'step-test'] as const;
export type GainSource = (typeof GAIN_SOURCES)[number];

/** Per loop: source now, whether there are earlier gains, their source, the five of them. */
const ROW = 8;
const NOW = 0;
const HAS = 1;
const BEFORE = 2;
const GAINS = 3;

export class KeptGains {
  private readonly n: Float64Array;

  constructor(private readonly bank: PidBank) {
    this.n = new Float64Array(ROW * bank.count);
  }

  source(loop: number): GainSource {
    return GAIN_SOURCES[this.n[ROW * loop + NOW]];
  }

  /** The gains that would come back; null when there are none. */
  before(loop: number): PidTuning | null {
    const at = ROW * loop;
    const [proportional, integral, derivative, filter, setpointWeight] = this.n.subarray(at + GAINS, at + ROW);
    return this.n[at + HAS] === 1 ? { proportional, integral, derivative, filter, setpointWeight } : null;
  }

  /** Gives a loop gains of a step test and keeps those it had. @throws RangeError when they are no tuning */
  use(loop: number, tuning: PidTuning): void {
    const had = this.bank.tuning(loop);
    this.bank.tune(loop, tuning);
    const at = ROW * loop;
    this.n[at + BEFORE] = this.n[at + NOW];
    this.n[at + NOW] = GAIN_SOURCES.indexOf('step-test');
    this.n[at + HAS] = 1;
    this.n.set([had.proportional, had.integral, had.derivative, had.filter, had.setpointWeight], at + GAINS);
  }

  /** Gives a loop back the gains it had before. @returns whether there were any */
  takeBack(loop: number): boolean {
    const tuning = this.before(loop);
    if (!tuning) return false;
    const at = ROW * loop;
    this.bank.tune(loop, tuning);
    this.n[at + NOW] = this.n[at + BEFORE];
    this.n[at + HAS] = 0;
    return true;
  }

  /** Whether any loop has gains of a step test. */
  get any(): boolean {
    for (let at = NOW; at < this.n.length; at += ROW) if (this.n[at] !== 0) return true;
    return false;
  }

  /** The loops got first gains again. */
  forget(): void {
    this.n.fill(0);
  }

  /** The state, for snapshots; the gains in use are the bank's. */
  arrays(): Float64Array[] {
    return [this.n];
  }
}
