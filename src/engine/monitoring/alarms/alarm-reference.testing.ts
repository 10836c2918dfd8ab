// A second, independent alarm life cycle for the tests: one object an alarm, states told from facts by rules, no tables.

import type { AlarmCommand, AlarmState } from './alarm-states.ts';

export class ReferenceAlarm {
  present = false;
  /** The latest occurrence has been acknowledged (or needs none). */
  acknowledged = true;
  /** Latching only: an occurrence awaits its reset. */
  latched = false;
  shelvedUntil: number | null = null;
  suppressed = false;
  outOfService = false;
  /** Unacknowledged when it was hidden. */
  private owed = false;

  constructor(
    private readonly latching: boolean,
    private readonly longestShelving: number,
  ) {}

  get hidden(): boolean {
    return this.outOfService || this.suppressed || this.shelvedUntil !== null;
  }

  get state(): AlarmState {
    if (this.outOfService) return 'out-of-service';
    if (this.suppressed) return 'suppressed-by-design';
    if (this.shelvedUntil !== null) return 'shelved';
    if (this.present) return this.acknowledged ? 'acknowledged' : 'unacknowledged';
    if (this.latched) return this.acknowledged ? 'latched-acknowledged' : 'latched-unacknowledged';
    return this.acknowledged ? 'normal' : 'returned-unacknowledged';
  }

  condition(present: boolean): void {
    if (present === this.present) return;
    this.present = present;
    if (present) {
      this.acknowledged = false;
      if (this.latching) this.latched = true;
    } else if (this.hidden && !this.owed && !this.latching) this.acknowledged = true;
  }

  time(now: number): void {
    if (this.shelvedUntil !== null && this.shelvedUntil <= now) {
      this.shelvedUntil = null;
      this.shown();
    }
  }

  /** Whether the command is lawful; then it is carried out. */
  command({ kind, who, why, duration_s }: AlarmCommand, now: number): boolean {
    if (who === '') return false;
    switch (kind) {
      case 'acknowledge':
        if (this.hidden || this.acknowledged) return false;
        this.acknowledged = true;
        return true;
      case 'reset':
        if (this.hidden || !this.latched || this.present || !this.acknowledged) return false;
        this.latched = false;
        return true;
      case 'shelve':
        if (this.hidden || why === '' || duration_s === undefined) return false;
        if (!(duration_s > 0) || duration_s > this.longestShelving) return false;
        this.hiding();
        this.shelvedUntil = now + duration_s;
        return true;
      case 'unshelve':
        if (this.shelvedUntil === null) return false;
        this.shelvedUntil = null;
        this.shown();
        return true;
      case 'suppress':
        if (this.suppressed || why === '') return false;
        this.hiding();
        this.suppressed = true;
        return true;
      case 'unsuppress':
        if (!this.suppressed) return false;
        this.suppressed = false;
        this.shown();
        return true;
      case 'take-out-of-service':
        if (this.outOfService || why === '') return false;
        this.hiding();
        this.outOfService = true;
        return true;
      case 'return-to-service':
        if (!this.outOfService) return false;
        this.outOfService = false;
        this.shown();
        return true;
    }
  }

  private hiding(): void {
    if (!this.hidden) this.owed = !this.acknowledged && !this.latched;
  }

  private shown(): void {
    if (!this.hidden && this.present) this.acknowledged = false;
  }
}
