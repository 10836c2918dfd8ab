// All alarms of one farm, put together: values → conditions → groups → life → journal, flood figures and list. Within a step
// the onsets are gathered and come in the order of their numbers, so that a burst of any size has one order.

import { ALARM_KINDS, ALARM_TABLE_ROWS, type AlarmKind } from './alarm-definitions.ts';
import { AlarmMachine, type HidingNote } from './alarm-machine.ts';
import type { AlarmCommand, AlarmEvent, AlarmReply } from './alarm-states.ts';
import { AlarmTable } from './alarm-table.ts';
import type { Explanation, PlantTopology } from './cause.ts';
import { ConditionFilter } from './condition-filter.ts';
import { type FloodEvent, FloodMonitor, type FloodSnapshot } from './flood.ts';
import { type GroupSnapshot, GroupSuppression } from './group-suppression.ts';
import type { TargetCounts } from './places.ts';

export interface AlarmSystemSettings {
  readonly targets: TargetCounts;
  readonly topology: PlantTopology;
  /** Number of operators and who looks after what; one for all if left out. */
  readonly operators?: { readonly count: number; readonly of: (alarm: number) => number };
  readonly onEvent: (event: AlarmEvent) => void;
  readonly onFlood: (event: FloodEvent) => void;
  /** What is wrong at an alarm's place, for people; '' where the place says it all. */
  readonly detail?: (alarm: number) => string;
}

/** What `arrays` does not hold. */
export interface AlarmSystemSnapshot {
  readonly notes: readonly HidingNote[];
  readonly flood: FloodSnapshot;
  readonly groups: GroupSnapshot;
}

export class AlarmSystem {
  readonly table: AlarmTable;
  readonly machine: AlarmMachine;
  readonly flood: FloodMonitor;
  readonly groups: GroupSuppression;
  readonly detail: (alarm: number) => string;
  private readonly filter: ConditionFilter;
  /** Alarms whose condition changes in this step, some perhaps twice. */
  private coming: number[] = [];
  private going: number[] = [];

  constructor({ targets, topology, operators, onEvent, onFlood, detail }: AlarmSystemSettings) {
    this.table = new AlarmTable(targets);
    this.detail = detail ?? (() => '');
    const { kindOf, count } = this.table;
    this.machine = new AlarmMachine(ALARM_TABLE_ROWS, kindOf, (event) => {
      this.flood.onEvent(event);
      this.groups.onEvent(event);
      onEvent(event);
    });
    this.flood = new FloodMonitor(count, operators?.count ?? 1, operators?.of ?? (() => 0), onFlood);
    this.groups = new GroupSuppression(this.table, this.machine, topology);
    const gather = {
      count,
      condition: (alarm: number) => this.machine.condition(alarm),
      setCondition: (alarm: number, present: boolean) => {
        (present ? this.coming : this.going).push(alarm);
      },
    };
    this.filter = new ConditionFilter(gather, ALARM_TABLE_ROWS, kindOf);
  }

  /** First instance of a kind; with a place's index added it is that place's. Look it up once, not each step. */
  first(kind: AlarmKind): number {
    return this.table.instance(kind, 0);
  }

  /** A value watched, in the kind's unit. Takes effect at `step`. @param limit instead of the kind's @param time simulated s */
  observe(alarm: number, value: number, time: number, limit?: number): void {
    this.filter.observe(alarm, value, time, limit);
  }

  /** Whether something watched is wrong. Takes effect at `step`. @param time simulated s */
  observeState(alarm: number, wrong: boolean, time: number): void {
    this.filter.observeState(alarm, wrong, time);
  }

  /** Carries out what has been observed. Once a step, after all observations. @param time simulated s */
  step(time: number): void {
    if (this.coming.length > 0) {
      const onsets = [...new Set(this.coming)].sort((a, b) => a - b);
      this.coming.length = 0;
      this.groups.beforeOnsets(onsets, time);
      for (const alarm of onsets) this.machine.setCondition(alarm, true, time);
    }
    if (this.going.length > 0) {
      const ends = [...new Set(this.going)].sort((a, b) => a - b);
      this.going.length = 0;
      for (const alarm of ends) this.machine.setCondition(alarm, false, time);
    }
    this.groups.step(time);
    this.machine.step(time);
    this.flood.step(time);
  }

  /** @param time simulated s */
  command(command: AlarmCommand, time: number): AlarmReply {
    return this.machine.command(command, time);
  }

  /** Why an alarm is there; undefined if its condition is not present. */
  explain(alarm: number): Explanation | undefined {
    const kind = ALARM_KINDS[this.table.kindOf[alarm]];
    return this.groups.finder().explain(kind, this.table.place(alarm).index);
  }

  /** The numbers of the state, for snapshots, with `snapshot`. */
  arrays(): Float64Array[] {
    return [...this.machine.arrays(), ...this.filter.arrays(), ...this.flood.arrays()];
  }

  snapshot(): AlarmSystemSnapshot {
    return { notes: this.machine.snapshotNotes(), flood: this.flood.snapshot(), groups: this.groups.snapshot() };
  }

  /** After the arrays have been filled. */
  restore({ notes, flood, groups }: AlarmSystemSnapshot): void {
    this.machine.restoreNotes(notes);
    this.flood.restore(flood);
    this.groups.restore(groups);
  }
}
