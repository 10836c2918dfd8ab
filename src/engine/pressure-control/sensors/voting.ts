// One value from three sensors of the same quantity: the median of those that are plausible, degraded to two and to one, with
// the name of the one that is suspected and why. Not here: what happens then (alarms, interlocks).

export interface VotingLimits {
  /** Readings further than this from the vote are suspected. */
  readonly deviation: number;
  /** Readings outside are implausible. */
  readonly low: number;
  readonly high: number;
  /** Faster changes, per second, are implausible unless the others make them too. */
  readonly fastest: number;
  /** A reading that repeats itself to the bit for this long, s, is frozen unless the others do so too (Infinity: not checked). */
  readonly frozenAfter: number;
}

/** good: at least two agree. uncertain: one alone, two that differ, or a doubt that concerns all. bad: none; the last value is held. */
export type Quality = 'good' | 'uncertain' | 'bad';
const QUALITIES: readonly Quality[] = ['good', 'uncertain', 'bad'];
const GOOD = 0;
const UNCERTAIN = 1;
const BAD = 2;

export type Suspicion = 'lost' | 'range' | 'rate' | 'frozen' | 'deviation' | 'scatter';
/** In the order of their numbers in snapshots. The vote never finds the last: instruments outside the votes are told by it. */
export const SUSPICIONS: readonly Suspicion[] = ['lost', 'range', 'rate', 'frozen', 'deviation', 'scatter'];

const SENSORS_PER_GROUP = 3;

export class VotingBank {
  /** Three readings per group; NaN for a lost one. */
  readonly readings: Float64Array;
  readonly value: Float64Array;
  private readonly qualities: Float64Array;
  /** Number of sensors that the value rests on. */
  readonly voters: Float64Array;
  /** 0–2, or −1. */
  readonly suspect: Float64Array;
  private readonly reasons: Float64Array;
  private readonly last: Float64Array;
  private readonly frozenFor: Float64Array;
  private readonly doubts = new Float64Array(SENSORS_PER_GROUP);

  constructor(
    readonly groups: number,
    private readonly limits: VotingLimits,
  ) {
    this.readings = new Float64Array(SENSORS_PER_GROUP * groups).fill(Number.NaN);
    this.value = new Float64Array(groups).fill(Number.NaN);
    this.qualities = new Float64Array(groups).fill(BAD);
    this.voters = new Float64Array(groups);
    this.suspect = new Float64Array(groups).fill(-1);
    this.reasons = new Float64Array(groups).fill(-1);
    this.last = new Float64Array(SENSORS_PER_GROUP * groups).fill(Number.NaN);
    this.frozenFor = new Float64Array(SENSORS_PER_GROUP * groups);
  }

  quality(group: number): Quality {
    return QUALITIES[this.qualities[group]];
  }

  /** Why the suspect is one; null without a suspect. */
  reason(group: number): Suspicion | null {
    return this.reasons[group] < 0 ? null : SUSPICIONS[this.reasons[group]];
  }

  /** Votes on the present readings, dt (s) after the ones before. */
  step(dt: number): void {
    for (let g = 0; g < this.groups; g++) this.vote(g, dt);
  }

  private vote(g: number, dt: number): void {
    const { readings, doubts, limits } = this;
    const at = SENSORS_PER_GROUP * g;
    const sharedDoubt = this.doubt(at, dt);
    let a = Number.NaN;
    let b = Number.NaN;
    let c = Number.NaN;
    let voters = 0;
    let suspect = -1;
    for (let k = 0; k < SENSORS_PER_GROUP; k++) {
      if (doubts[k] >= 0) {
        suspect = suspect < 0 ? k : suspect;
        continue;
      }
      if (voters === 0) a = readings[at + k];
      else if (voters === 1) b = readings[at + k];
      else c = readings[at + k];
      voters++;
    }
    if (voters === 3) {
      const median = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
      const odd = this.furthest(at, median, limits.deviation);
      if (odd >= 0) {
        doubts[odd] = SUSPICIONS.indexOf('deviation');
        suspect = odd;
        voters = 2;
        a = readings[at + (odd === 0 ? 1 : 0)];
        b = readings[at + (odd === 2 ? 1 : 2)];
      } else {
        this.value[g] = median;
      }
    }
    if (voters === 2) suspect = this.voteOfTwo(g, a, b, suspect);
    else if (voters === 1) this.value[g] = a;
    const apart = voters === 2 && Math.abs(a - b) > limits.deviation;
    this.qualities[g] = voters === 0 ? BAD : voters === 1 || apart || sharedDoubt ? UNCERTAIN : GOOD;
    this.voters[g] = voters;
    this.suspect[g] = suspect;
    this.reasons[g] = suspect < 0 ? -1 : Math.max(doubts[suspect], 0);
  }

  /** The mean of two; when they differ too much, the one nearer to the vote before, and the other is suspected. */
  private voteOfTwo(g: number, a: number, b: number, suspect: number): number {
    const before = this.value[g];
    if (Math.abs(a - b) <= this.limits.deviation || Number.isNaN(before)) {
      this.value[g] = 0.5 * (a + b);
      return suspect;
    }
    const other = Math.abs(a - before) <= Math.abs(b - before) ? b : a;
    this.value[g] = other === b ? a : b;
    const at = SENSORS_PER_GROUP * g;
    for (let k = 0; k < SENSORS_PER_GROUP; k++) {
      if (this.doubts[k] < 0 && this.readings[at + k] === other) {
        this.doubts[k] = SUSPICIONS.indexOf('deviation');
        return k;
      }
    }
    return suspect;
  }

  /** The sensor furthest from a value, if further than a distance; −1 if none. */
  private furthest(at: number, value: number, distance: number): number {
    let found = -1;
    let most = distance;
    for (let k = 0; k < SENSORS_PER_GROUP; k++) {
      const away = Math.abs(this.readings[at + k] - value);
      if (away > most) {
        most = away;
        found = k;
      }
    }
    return found;
  }

  /**
   * Fills `doubts` (index of the suspicion, −1 for none). @returns whether all moved too fast or all are frozen: then it is the
   * process
   */
  private doubt(at: number, dt: number): boolean {
    const { readings, last, frozenFor, doubts, limits } = this;
    let fast = 0;
    let frozen = 0;
    let present = 0;
    for (let k = 0; k < SENSORS_PER_GROUP; k++) {
      const y = readings[at + k];
      const before = last[at + k];
      frozenFor[at + k] = y === before ? frozenFor[at + k] + dt : 0;
      doubts[k] = !Number.isFinite(y) ? 0 : y < limits.low || y > limits.high ? 1 : -1;
      if (doubts[k] >= 0) continue;
      present++;
      if (Math.abs(y - before) > limits.fastest * dt) {
        doubts[k] = 2;
        fast++;
      } else if (frozenFor[at + k] >= limits.frozenAfter) {
        doubts[k] = 3;
        frozen++;
      }
    }
    const shared = present > 0 && (fast === present || frozen === present);
    for (let k = 0; k < SENSORS_PER_GROUP; k++) {
      if (shared && doubts[k] >= 2) doubts[k] = -1;
      if (Number.isFinite(readings[at + k])) last[at + k] = readings[at + k];
    }
    return shared;
  }

  /** The whole state, for snapshots. */
  arrays(): Float64Array[] {
    return [
      this.readings,
      this.value,
      this.qualities,
      this.voters,
      this.suspect,
      this.reasons,
      this.last,
      this.frozenFor,
    ];
  }
}

const WORDS: Readonly<Record<Suspicion, string>> = {
  lost: 'gives no reading',
  range: 'reads outside its plausible range',
  rate: 'changed faster than the quantity can',
  frozen: 'has stopped changing',
  deviation: 'differs from the others',
  scatter: 'scatters more than its noise',
};

/** "PT-0123-2 differs from the others." */
export const suspectWords = (tag: string, reason: Suspicion): string => `${tag} ${WORDS[reason]}.`;
