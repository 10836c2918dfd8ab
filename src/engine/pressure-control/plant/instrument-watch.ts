// Instruments that do not vote: what can be known of those with a fault. Sound ones agree with what they are held against
// (redundancy.test.ts), so they are not read. Judged at the alarm scans, from new samples: lost, out of range, frozen, apart, scattering.

import { SENSORS, type SensorKind } from '../sensors/catalogue.ts';
import { sampleIndex } from '../sensors/lag-hold.ts';
import { companions, figure, isAtEnd, reference, spreads } from '../sensors/redundancy.ts';
import type { SensorBank } from '../sensors/sensor-bank.ts';
import { SUSPICIONS, type Suspicion } from '../sensors/voting.ts';

/** Instruments judged at a scan at most; more take turns. */
const MOST_JUDGED = 500;
/** A reading repeated so often to the bit is frozen: the noise of sound ones moves them. */
export const FROZEN_SAMPLES = 24;
/** Share of a new sample in the mean squares. */
const SHARE = 0.1;
/** rms of figure − reference in spreads from which an instrument is apart, and below which it no longer is; the same of its noise. */
export const APART = 6;
const AGAIN = 5;
export const SCATTERING = 3;
const CALM = 2.5;
/** A single jump counts as at most so many spreads of the noise: it does not make scatter. */
const LARGEST_STEP = 10;
/** Numbers of an instrument in a snapshot. */
const SAVED = 8;
const NONE = -1;
const [LOST, RANGE, FROZEN, DEVIATION, SCATTER] = (['lost', 'range', 'frozen', 'deviation', 'scatter'] as const).map(
  (one) => SUSPICIONS.indexOf(one),
);

interface Watched {
  readonly id: number;
  readonly kind: SensorKind;
  readonly chamber: number;
  readonly group: readonly number[];
  /** Number of the last sample judged; −1: none. */
  sample: number;
  /** Last figure, how often it has been repeated, and last figure − reference; 0 before the first. */
  last: number;
  repeats: number;
  away: number;
  /** Mean squares, in spreads: of figure − reference; of its change from sample to sample, 1 for sound ones. */
  apart: number;
  scatter: number;
  /** Index into SUSPICIONS, or −1. */
  suspicion: number;
  /** Whether the log has named it. */
  told: number;
}

export class InstrumentWatch {
  /** By id. */
  private watched: Watched[] = [];
  private readonly byId = new Map<number, Watched>();
  private readonly byChamber = new Map<number, Watched[]>();
  /** Where the next turn begins. */
  private turn = 0;
  /** Chambers whose alarms were last told that something is wrong. */
  readonly alarmed = new Set<number>();

  constructor(private readonly sensors: SensorBank) {}

  /** Instruments to watch from now on, rising; what is known of those watched before stays. */
  follow(ids: readonly number[]): void {
    const { placement } = this.sensors;
    const known = new Map(this.byId);
    this.byId.clear();
    this.watched = ids.map((id) => known.get(id) ?? fresh(id, companions(placement, id), placement));
    this.byChamber.clear();
    for (const one of this.watched) {
      this.byId.set(one.id, one);
      const together = this.byChamber.get(one.chamber);
      if (together) together.push(one);
      else this.byChamber.set(one.chamber, [one]);
    }
    if (this.turn >= this.watched.length) this.turn = 0;
  }

  get isEmpty(): boolean {
    return this.watched.length === 0;
  }

  /** Judges what has a new sample. @param time s @param isStill no gas can flow through any valve */
  step(time: number, isStill: boolean): void {
    const { watched } = this;
    const n = Math.min(MOST_JUDGED, watched.length);
    for (let k = 0; k < n; k++) this.judge(watched[(this.turn + k) % watched.length], time, isStill);
    if (watched.length > 0) this.turn = (this.turn + n) % watched.length;
  }

  private judge(one: Watched, time: number, isStill: boolean): void {
    const { sensors } = this;
    const { kind, id, group } = one;
    const sample = sampleIndex(time, SENSORS[kind].rate);
    if (sample === one.sample) return;
    const isFirst = one.sample < 0;
    one.sample = sample;
    const y = figure(sensors, kind, id, time);
    if (Number.isNaN(y)) {
      one.suspicion = LOST;
      return;
    }
    one.repeats = !isFirst && y === one.last ? Math.min(one.repeats + 1, FROZEN_SAMPLES) : 0;
    one.last = y;
    const wanted = reference(sensors, kind, group, y, time, isStill);
    if (!Number.isNaN(wanted)) {
      const { whole, noise } = SPREADS[kind];
      const away = y - wanted;
      const step = isFirst ? 0 : Math.min(LARGEST_STEP, Math.abs(away - one.away) / noise);
      const spread = away / whole;
      one.apart += SHARE * (spread * spread - one.apart);
      // Each change holds the noise of two samples.
      one.scatter += SHARE * (0.5 * step * step - one.scatter);
      one.away = away;
    }
    one.suspicion = this.suspicionOf(one, y, wanted);
  }

  private suspicionOf({ kind, repeats, apart, scatter, suspicion }: Watched, y: number, wanted: number): number {
    if (isAtEnd(kind, y) && !isAtEnd(kind, wanted)) return RANGE;
    if (repeats >= FROZEN_SAMPLES) return FROZEN;
    const most = suspicion === SCATTER ? CALM : SCATTERING;
    const away = suspicion === DEVIATION ? AGAIN : APART;
    const { whole, noise } = SPREADS[kind];
    const scatters = scatter > most * most;
    // Noise that is all there is of the distance.
    if (scatters && apart * whole * whole < 2 * scatter * noise * noise) return SCATTER;
    if (apart > away * away) return DEVIATION;
    return scatters ? SCATTER : NONE;
  }

  /** Why an instrument is suspected; null: it is not, or it votes. */
  suspicion(id: number): Suspicion | null {
    const one = this.byId.get(id);
    return one && one.suspicion >= 0 ? SUSPICIONS[one.suspicion] : null;
  }

  /** Chambers with watched instruments. */
  get chambers(): IterableIterator<number> {
    return this.byChamber.keys();
  }

  /** Whether a chamber has a suspect: one without a usable reading (isBad), or one that is implausible. */
  has(chamber: number, isBad: boolean): boolean {
    return this.byChamber.get(chamber)?.some((one) => isSuspect(one, isBad)) ?? false;
  }

  /** Ids of a chamber's suspects. */
  suspects(chamber: number, isBad: boolean): number[] {
    return (this.byChamber.get(chamber) ?? []).filter((one) => isSuspect(one, isBad)).map(({ id }) => id);
  }

  /** Of a chamber's suspects those that the log has not named since they became suspects; they count as named then. */
  untold(chamber: number, isBad: boolean): number[] {
    const ids: number[] = [];
    for (const one of this.byChamber.get(chamber) ?? []) {
      if (one.suspicion === NONE) one.told = 0;
      else if (isSuspect(one, isBad) && one.told === 0) {
        one.told = 1;
        ids.push(one.id);
      }
    }
    return ids;
  }

  /** The whole state, for snapshots. */
  save(): { readonly turn: number; readonly watched: readonly number[]; readonly alarmed: readonly number[] } {
    return {
      turn: this.turn,
      watched: this.watched.flatMap((w) => [
        w.id,
        w.sample,
        w.last,
        w.repeats,
        w.away,
        w.apart,
        w.scatter,
        w.suspicion + 16 * w.told,
      ]),
      alarmed: [...this.alarmed],
    };
  }

  /** The inverse of save. */
  restore({ turn, watched, alarmed }: ReturnType<InstrumentWatch['save']>): void {
    this.follow([]);
    this.follow(watched.filter((_, k) => k % SAVED === 0));
    this.watched.forEach((w, k) => {
      const [, sample, last, repeats, away, apart, scatter, flags] = watched.slice(SAVED * k, SAVED * (k + 1));
      const told = flags >= 15 ? 1 : 0;
      Object.assign(w, { sample, last, repeats, away, apart, scatter, suspicion: flags - 16 * told, told });
    });
    this.turn = turn;
    this.alarmed.clear();
    for (const chamber of alarmed) this.alarmed.add(chamber);
  }
}

const isSuspect = ({ suspicion }: Watched, isBad: boolean): boolean =>
  suspicion !== NONE && (suspicion === LOST || suspicion === RANGE) === isBad;

const SPREADS: Readonly<Record<SensorKind, ReturnType<typeof spreads>>> = {
  temperature: spreads('temperature'),
  pressure: spreads('pressure'),
  composition: spreads('composition'),
  oscillation: spreads('oscillation'),
  flow: spreads('flow'),
};

const fresh = (id: number, group: readonly number[], placement: SensorBank['placement']): Watched => ({
  id,
  kind: placement.kindOf(id),
  chamber: placement.chamberOf(id),
  group,
  sample: -1,
  last: 0,
  repeats: 0,
  away: 0,
  apart: 0,
  scatter: 0,
  suspicion: NONE,
  told: 0,
});
