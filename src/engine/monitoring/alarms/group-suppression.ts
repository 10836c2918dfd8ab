// Alarms that merely follow from one that is shown are suppressed by design and listed under it, and so are those beyond the first few
// of a kind that come one after another: an upset gives a few alarms instead of hundreds. Never the first cause; and of consequences
// more urgent than their cause, and of critical ones, the first of each kind is shown all the same.

import { ALARM_TABLE_ROWS, PRIORITIES } from './alarm-definitions.ts';
import type { AlarmMachine } from './alarm-machine.ts';
import { type AlarmEvent, SHELVED } from './alarm-states.ts';
import type { AlarmTable } from './alarm-table.ts';
import { CauseFinder, type Deviation, type PlantTopology } from './cause.ts';
import { placeText } from './places.ts';

/** After its cause has gone a consequence stays suppressed so long, s: the process needs time to recover. */
export const RECOVERY_S = 600;

/** Of alarms of one kind without a known cause so many are shown in a series; it ends when none has come for so long, s. */
export const SERIES_SHOWN = 3;
export const SERIES_S = 60;

export const GROUP_LOGIC = 'group logic';

/** Alarms of one kind that came one after another. */
interface Series {
  /** Those shown, the first leads. */
  readonly shown: number[];
  /** Simulated s. */
  last: number;
}

/** Place of a kind's priority, the most urgent 0. */
const urgency = (kind: number): number => PRIORITIES.indexOf(ALARM_TABLE_ROWS[kind].priority);
const CRITICAL = 0;

export interface GroupSnapshot {
  readonly parents: readonly (readonly [alarm: number, cause: number])[];
  readonly shown: readonly (readonly [cause: number, kinds: readonly number[]])[];
  readonly releases: readonly (readonly [cause: number, time: number])[];
  readonly present: readonly number[];
  readonly series: readonly (readonly [kind: number, shown: readonly number[], last: number])[];
}

export class GroupSuppression {
  /** Cause of each alarm suppressed here. */
  private parents = new Map<number, number>();
  /** Kinds already shown although they follow from a cause. */
  private shown = new Map<number, Set<number>>();
  /** When the consequences of a cause that has gone are released. */
  private releases = new Map<number, number>();
  private present = new Set<number>();
  /** By kind. */
  private series = new Map<number, Series>();
  /** Suppressed alarms whose condition went since the last step. */
  private gone: number[] = [];

  constructor(
    private readonly table: AlarmTable,
    private readonly machine: AlarmMachine,
    private readonly topology: PlantTopology,
  ) {}

  /** The alarm shown that an alarm is listed under; undefined: it stands for itself. */
  causeOf(alarm: number): number | undefined {
    return this.parents.get(alarm);
  }

  /** Alarms listed under one, by number. */
  consequencesOf(cause: number): number[] {
    return [...this.parents].flatMap(([alarm, parent]) => (parent === cause ? [alarm] : [])).sort((a, b) => a - b);
  }

  /** Why an alarm is present now. */
  finder(): CauseFinder {
    return new CauseFinder(
      [...this.present].map((alarm) => this.deviation(alarm, this.machine.onset_s(alarm))),
      this.topology,
    );
  }

  /** Of alarms about to come, suppresses those that follow from another. Call before their conditions are set. */
  beforeOnsets(onsets: readonly number[], time: number): void {
    const coming = new Set(onsets);
    const deviations = onsets.map((alarm) => this.deviation(alarm, time));
    for (const alarm of this.present)
      if (!coming.has(alarm)) deviations.push(this.deviation(alarm, this.machine.onset_s(alarm)));
    const finder = new CauseFinder(deviations, this.topology);
    const isComing = (other: number): boolean => coming.has(other) && !this.parents.has(other);
    const caused: number[] = [];
    for (const alarm of onsets) {
      if (this.visibleCause(finder, alarm, isComing) !== undefined) {
        caused.push(alarm);
        continue;
      }
      const leader = this.leaderOf(alarm, time, isComing);
      if (leader !== undefined) this.suppress(alarm, leader, 'one of several, with', time);
    }
    // Now that it is known which first causes are shown.
    for (const alarm of caused) {
      const cause = this.visibleCause(finder, alarm, isComing);
      if (cause !== undefined && !this.mustShow(alarm, cause)) this.suppress(alarm, cause, 'follows from', time);
    }
  }

  private suppress(alarm: number, under: number, how: string, time: number): void {
    const { label } = ALARM_TABLE_ROWS[this.table.kindOf[under]];
    const why = `${how} ${label} (${placeText(this.table.place(under))})`;
    const reply = this.machine.command({ kind: 'suppress', alarm, who: GROUP_LOGIC, why }, time);
    if (reply.ok) this.parents.set(alarm, under);
  }

  /** The alarm that leads a series to which another one, without a cause, is one too many; undefined: it is shown. */
  private leaderOf(alarm: number, time: number, isComing: (other: number) => boolean): number | undefined {
    const kind = this.table.kindOf[alarm];
    if (urgency(kind) === CRITICAL) return undefined;
    const series = this.series.get(kind);
    if (!series || time - series.last > SERIES_S) {
      this.series.set(kind, { shown: [alarm], last: time });
      return undefined;
    }
    series.last = time;
    if (series.shown.includes(alarm)) return undefined;
    const leader = series.shown.find((other) => this.isSeen(other, isComing));
    if (series.shown.length >= SERIES_SHOWN && leader !== undefined) return leader;
    series.shown.push(alarm);
    return undefined;
  }

  private isSeen(alarm: number, isComing: (other: number) => boolean): boolean {
    return this.machine.stateNumber(alarm) < SHELVED && (this.machine.condition(alarm) || isComing(alarm));
  }

  onEvent({ time_s, alarm, condition, from, to }: AlarmEvent): void {
    if (condition) {
      this.present.add(alarm);
      this.releases.delete(alarm);
    } else if (this.present.delete(alarm) && this.isCause(alarm)) this.releases.set(alarm, time_s + RECOVERY_S);
    if (from === 'suppressed-by-design' && to !== from && to !== 'out-of-service') this.parents.delete(alarm);
    if (!condition && this.parents.has(alarm)) this.gone.push(alarm);
  }

  /** Brings back what is over. Call once a step, after the conditions have been set. */
  step(time: number): void {
    for (const alarm of this.gone.splice(0)) {
      if (this.parents.has(alarm) && !this.machine.condition(alarm)) this.release(alarm, 'condition gone', time);
    }
    for (const [cause, until] of this.releases) {
      if (until > time) continue;
      this.releases.delete(cause);
      this.shown.delete(cause);
      this.dissolve(cause, time);
    }
  }

  snapshot(): GroupSnapshot {
    return {
      parents: [...this.parents],
      shown: [...this.shown].map(([cause, kinds]) => [cause, [...kinds]]),
      releases: [...this.releases],
      present: [...this.present],
      series: [...this.series].map(([kind, { shown, last }]) => [kind, [...shown], last]),
    };
  }

  restore({ parents, shown, releases, present, series }: GroupSnapshot): void {
    this.parents = new Map(parents);
    this.shown = new Map(shown.map(([cause, kinds]) => [cause, new Set(kinds)]));
    this.releases = new Map(releases);
    this.present = new Set(present);
    this.series = new Map(series.map(([kind, alarms, last]) => [kind, { shown: [...alarms], last }]));
    this.gone = [];
  }

  private deviation(alarm: number, onset_s: number): Deviation {
    return { kind: this.table.kind(alarm), place: this.table.place(alarm), onset_s };
  }

  /** The root of an alarm, or what that is listed under, if it is another one and the operator sees it. */
  private visibleCause(finder: CauseFinder, alarm: number, isComing: (root: number) => boolean): number | undefined {
    const root = finder.rootOf(this.table.kind(alarm), this.table.place(alarm).index);
    if (root === undefined) return undefined;
    const first = this.table.instance(root.kind, root.place.index);
    if (first === alarm) return undefined;
    const cause = this.parents.get(first) ?? first;
    return cause !== alarm && this.isSeen(cause, isComing) ? cause : undefined;
  }

  private isCause(alarm: number): boolean {
    if (this.shown.has(alarm)) return true;
    for (const cause of this.parents.values()) if (cause === alarm) return true;
    return false;
  }

  /** Whether a consequence is the first of its kind under its cause, and critical or more urgent than that; then it counts as shown. */
  private mustShow(alarm: number, cause: number): boolean {
    const kind = this.table.kindOf[alarm];
    if (urgency(kind) !== CRITICAL && urgency(kind) >= urgency(this.table.kindOf[cause])) return false;
    const kinds = this.shown.get(cause) ?? new Set<number>();
    this.shown.set(cause, kinds);
    if (kinds.has(kind)) return false;
    kinds.add(kind);
    return true;
  }

  /** What still stands when its cause is long gone is announced, the first of each kind for all, unless it follows from another one. */
  private dissolve(cause: number, time: number): void {
    const finder = this.finder();
    const heirs = new Map<number, number>();
    for (const alarm of this.consequencesOf(cause)) {
      const kind = this.table.kindOf[alarm];
      const other = this.visibleCause(finder, alarm, () => false);
      const heir = other !== undefined && other !== cause ? other : heirs.get(kind);
      if (heir !== undefined) this.parents.set(alarm, heir);
      else {
        heirs.set(kind, alarm);
        this.release(alarm, 'its cause is over and it stands', time);
      }
    }
  }

  private release(alarm: number, why: string, time: number): void {
    this.parents.delete(alarm);
    this.machine.command({ kind: 'unsuppress', alarm, who: GROUP_LOGIC, why }, time);
  }
}
