// Alarms that merely follow from one that is shown are suppressed by design and listed under it, so that an upset gives a few
// alarms instead of hundreds. Never the first cause; and of critical consequences the first of each kind is shown all the same.

import { ALARM_TABLE_ROWS } from './alarm-definitions.ts';
import type { AlarmMachine } from './alarm-machine.ts';
import { type AlarmEvent, SHELVED } from './alarm-states.ts';
import type { AlarmTable } from './alarm-table.ts';
import { CauseFinder, type Deviation, type PlantTopology } from './cause.ts';
import { placeText } from './places.ts';

/** After its cause has gone a consequence stays suppressed so long, s: the process needs time to recover. */
export const RECOVERY_S = 600;

export const GROUP_LOGIC = 'group logic';

export interface GroupSnapshot {
  readonly parents: readonly (readonly [alarm: number, cause: number])[];
  readonly shown: readonly (readonly [cause: number, kinds: readonly number[]])[];
  readonly releases: readonly (readonly [cause: number, time: number])[];
  readonly present: readonly number[];
}

export class GroupSuppression {
  /** Cause of each alarm suppressed here. */
  private parents = new Map<number, number>();
  /** Critical kinds already shown under a cause. */
  private shown = new Map<number, Set<number>>();
  /** When the consequences of a cause that has gone are released. */
  private releases = new Map<number, number>();
  private present = new Set<number>();
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
    for (const alarm of onsets) {
      const cause = this.visibleCause(finder, alarm, (root) => coming.has(root));
      if (cause === undefined || this.mustShow(alarm, cause)) continue;
      const root = this.table.place(cause);
      const why = `follows from ${ALARM_TABLE_ROWS[this.table.kindOf[cause]].label} (${placeText(root)})`;
      const reply = this.machine.command({ kind: 'suppress', alarm, who: GROUP_LOGIC, why }, time);
      if (reply.ok) this.parents.set(alarm, cause);
    }
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
    };
  }

  restore({ parents, shown, releases, present }: GroupSnapshot): void {
    this.parents = new Map(parents);
    this.shown = new Map(shown.map(([cause, kinds]) => [cause, new Set(kinds)]));
    this.releases = new Map(releases);
    this.present = new Set(present);
    this.gone = [];
  }

  private deviation(alarm: number, onset_s: number): Deviation {
    return { kind: this.table.kind(alarm), place: this.table.place(alarm), onset_s };
  }

  /** The root of an alarm if that is another one and the operator sees it. */
  private visibleCause(finder: CauseFinder, alarm: number, isComing: (root: number) => boolean): number | undefined {
    const root = finder.rootOf(this.table.kind(alarm), this.table.place(alarm).index);
    if (root === undefined) return undefined;
    const cause = this.table.instance(root.kind, root.place.index);
    const seen = this.machine.stateNumber(cause) < SHELVED && (this.machine.condition(cause) || isComing(cause));
    return cause !== alarm && seen ? cause : undefined;
  }

  private isCause(alarm: number): boolean {
    if (this.shown.has(alarm)) return true;
    for (const cause of this.parents.values()) if (cause === alarm) return true;
    return false;
  }

  /** Whether a consequence is the first critical one of its kind under its cause; then it counts as shown. */
  private mustShow(alarm: number, cause: number): boolean {
    const kind = this.table.kindOf[alarm];
    if (ALARM_TABLE_ROWS[kind].priority !== 'critical') return false;
    const kinds = this.shown.get(cause) ?? new Set<number>();
    this.shown.set(cause, kinds);
    if (kinds.has(kind)) return false;
    kinds.add(kind);
    return true;
  }

  /** What still stands when its cause is long gone is announced, unless it follows from another one. */
  private dissolve(cause: number, time: number): void {
    const finder = this.finder();
    for (const alarm of this.consequencesOf(cause)) {
      const other = this.visibleCause(finder, alarm, () => false);
      if (other !== undefined && other !== cause) this.parents.set(alarm, other);
      else this.release(alarm, 'its cause is over and it stands', time);
    }
  }

  private release(alarm: number, why: string, time: number): void {
    this.parents.delete(alarm);
    this.machine.command({ kind: 'unsuppress', alarm, who: GROUP_LOGIC, why }, time);
  }
}
