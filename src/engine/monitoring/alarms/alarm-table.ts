// The alarm instances of one farm: every kind once at each place it can occur, numbered kind after kind.

import {
  ALARM_DEFINITIONS,
  ALARM_KINDS,
  ALARM_TABLE_ROWS,
  type AlarmKind,
  type Priority,
} from './alarm-definitions.ts';
import { type Place, type TargetCounts, targetCount } from './places.ts';

export class AlarmTable {
  readonly count: number;
  /** Index into ALARM_KINDS of each instance. */
  readonly kindOf: Uint8Array;
  /** First instance of each kind, and the count at the end. */
  private readonly first: number[] = [0];

  constructor(readonly targets: TargetCounts) {
    for (const kind of ALARM_KINDS) {
      const n = targetCount(targets, ALARM_DEFINITIONS[kind].target);
      if (!Number.isInteger(n) || n < 0)
        throw new RangeError(`A farm cannot have ${n} ${ALARM_DEFINITIONS[kind].target}s.`);
      this.first.push(this.first[this.first.length - 1] + n);
    }
    this.count = this.first[ALARM_KINDS.length];
    this.kindOf = new Uint8Array(this.count);
    ALARM_KINDS.forEach((_, k) => {
      this.kindOf.fill(k, this.first[k], this.first[k + 1]);
    });
  }

  /** The instance of a kind at a place. @throws RangeError if the farm has no such place */
  instance(kind: AlarmKind, index: number): number {
    const k = ALARM_KINDS.indexOf(kind);
    const alarm = this.first[k] + index;
    if (!Number.isInteger(index) || index < 0 || alarm >= this.first[k + 1])
      throw new RangeError(`The farm has no ${ALARM_DEFINITIONS[kind].target} ${index}.`);
    return alarm;
  }

  kind(alarm: number): AlarmKind {
    return ALARM_KINDS[this.kindOf[alarm]];
  }

  place(alarm: number): Place {
    const k = this.kindOf[alarm];
    return { target: ALARM_TABLE_ROWS[k].target, index: alarm - this.first[k] };
  }

  /** Share of the configured alarms that has a priority, 0–1. */
  share(priority: Priority): number {
    let n = 0;
    ALARM_TABLE_ROWS.forEach((row, k) => {
      if (row.priority === priority) n += this.first[k + 1] - this.first[k];
    });
    return this.count === 0 ? 0 : n / this.count;
  }
}
