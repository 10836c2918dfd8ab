// Where each loop's gains come from: the valves' sizes, or the scenario that gives them; and those a loop had before the last change, so
// that they can be given back. Not here: finding gains (autotune.ts, simc.ts), the gains in use (pid.ts).

/** sizes: first gains, from the valves' sizes. given: by the scenario, mostly from a step test. */
export const GAIN_SOURCES = ['sizes', 'given'] as const;
export type GainSource = (typeof GAIN_SOURCES)[number];

/** Gains of a PI controller. */
export interface PiGains {
  /** Output per Pa. */
  readonly gain: number;
  /** s. */
  readonly integralTime: number;
}

export interface GainsBefore extends PiGains {
  readonly source: GainSource;
}

/** Per loop: whether there are earlier gains, their source, gain and integral time. */
const ROW = 4;

export class KeptGains {
  private readonly n: Float64Array;

  /** @param given per loop; null: from the valves' sizes */
  constructor(private readonly given: readonly (PiGains | null)[]) {
    this.n = new Float64Array(ROW * given.length);
  }

  source(loop: number): GainSource {
    return this.given[loop] ? 'given' : 'sizes';
  }

  /** The gains that a loop had before its last change; null when there are none, or when it has got them back. */
  before(loop: number): GainsBefore | null {
    const [has, source, gain, integralTime] = this.n.subarray(ROW * loop, ROW * (loop + 1));
    return has === 1 ? { source: GAIN_SOURCES[source], gain, integralTime } : null;
  }

  /**
   * Goes on from the same loops before an edit.
   * @param had gains that a loop used @returns loops whose gains are others now
   */
  inherit(from: KeptGains, had: (loop: number) => PiGains): number[] {
    this.n.set(from.n);
    const changed: number[] = [];
    for (let g = 0; g < this.given.length; g++) {
      if (same(this.given[g], from.given[g])) continue;
      changed.push(g);
      const before = from.before(g);
      const back = before && same(this.given[g], before.source === 'given' ? before : null);
      const { gain, integralTime } = from.given[g] ?? had(g);
      const row = back ? [0, 0, 0, 0] : [1, GAIN_SOURCES.indexOf(from.source(g)), gain, integralTime];
      this.n.set(row, ROW * g);
    }
    return changed;
  }

  /** The state, for snapshots; the gains in use are the bank's. */
  arrays(): Float64Array[] {
    return [this.n];
  }
}

const same = (a: PiGains | null, b: PiGains | null): boolean =>
  a?.gain === b?.gain && a?.integralTime === b?.integralTime;
