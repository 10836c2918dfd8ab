// The alarms of a farm, thousands of instances in typed arrays: each one's life (alarm-states.ts), and above it what hides it:
// shelving, suppression by design, out of service. Hiding never stops the life underneath. Each change is one event to the
// sink. Knows neither limits nor delays (condition-filter.ts), nor what an alarm means (alarm-definitions.ts).

import {
  ACKNOWLEDGED,
  ALARM_STATES,
  type AlarmCommand,
  type AlarmEvent,
  type AlarmReply,
  type AlarmState,
  type Lawful,
  NEEDS_REASON,
  NORMAL,
  ON_ACKNOWLEDGE,
  ON_CONDITION_IN,
  ON_CONDITION_OUT,
  ON_RESET,
  OUT_OF_SERVICE,
  RETURNED,
  refusal,
  SHELVED,
  SUPPRESSED,
  UNACKNOWLEDGED,
} from './alarm-states.ts';

/** What the life cycle must know of a kind of alarm. */
export interface AlarmLife {
  readonly latching: boolean;
  /** Longest shelving, s; 0: may not be shelved. */
  readonly longestShelving_s: number;
}

/** Why an alarm is hidden, for people. */
export interface HidingNote {
  readonly alarm: number;
  readonly state: 'shelved' | 'suppressed-by-design' | 'out-of-service';
  readonly who: string;
  readonly why: string;
}

const HIDING = ['shelved', 'suppressed-by-design', 'out-of-service'] as const;

export class AlarmMachine {
  readonly count: number;
  /** State underneath, as if nothing hid the alarm; 0 … 5. */
  private readonly life: Float64Array;
  private readonly present: Float64Array;
  /** Simulated time at which a shelving ends; 0: not shelved. */
  private readonly shelvedUntil: Float64Array;
  private readonly suppressed: Float64Array;
  private readonly outOfService: Float64Array;
  /** 1 if the alarm was unacknowledged when it was hidden: it still owes an acknowledgement when its condition goes. */
  private readonly owed: Float64Array;
  private readonly onset: Float64Array;
  private readonly entered: Float64Array;
  private readonly occurrences: Float64Array;
  /** [last time, earliest end of a shelving] */
  private readonly clock = new Float64Array([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  private readonly notes: Map<number, HidingNote>[] = HIDING.map(() => new Map());

  /**
   * @param kinds what each kind's life is like
   * @param kindOf each instance's kind, an index into `kinds`
   * @param sink receives every event at once, in order
   */
  constructor(
    private readonly kinds: readonly AlarmLife[],
    private readonly kindOf: ArrayLike<number>,
    private readonly sink: (event: AlarmEvent) => void,
  ) {
    const n = kindOf.length;
    for (let i = 0; i < n; i++)
      if (kinds[kindOf[i]] === undefined)
        throw new RangeError(`Alarm ${i} is of kind ${kindOf[i]}, which is not given.`);
    this.count = n;
    this.life = new Float64Array(n);
    this.present = new Float64Array(n);
    this.shelvedUntil = new Float64Array(n);
    this.suppressed = new Float64Array(n);
    this.outOfService = new Float64Array(n);
    this.owed = new Float64Array(n);
    this.onset = new Float64Array(n);
    this.entered = new Float64Array(n);
    this.occurrences = new Float64Array(n);
  }

  /** Number of the state shown: what hides it most, or its life. */
  stateNumber(alarm: number): number {
    if (this.outOfService[alarm] === 1) return OUT_OF_SERVICE;
    if (this.suppressed[alarm] === 1) return SUPPRESSED;
    return this.shelvedUntil[alarm] > 0 ? SHELVED : this.life[alarm];
  }

  state(alarm: number): AlarmState {
    return ALARM_STATES[this.stateNumber(alarm)];
  }

  /** Whether the condition is present, hidden or not. */
  condition(alarm: number): boolean {
    return this.present[alarm] === 1;
  }

  /** Simulated s at which the present (or last) condition came. */
  onset_s(alarm: number): number {
    return this.onset[alarm];
  }

  /** Simulated s at which the state shown was entered. */
  entered_s(alarm: number): number {
    return this.entered[alarm];
  }

  /** How often the condition has come, hidden or not. */
  occurrenceCount(alarm: number): number {
    return this.occurrences[alarm];
  }

  /** Simulated s at which its shelving ends; undefined if not shelved. */
  shelvedUntil_s(alarm: number): number | undefined {
    return this.shelvedUntil[alarm] > 0 ? this.shelvedUntil[alarm] : undefined;
  }

  /** Who hid the alarm and why, the strongest first; empty if it is in view. */
  hiding(alarm: number): HidingNote[] {
    return this.notes.flatMap((notes) => notes.get(alarm) ?? []).reverse();
  }

  /** The condition of an alarm, after deadband and delays. Does nothing if it is as it was. @param time simulated s */
  setCondition(alarm: number, present: boolean, time: number): void {
    if (this.known(alarm) === false) throw new RangeError(`Alarm ${alarm} does not exist: 0 … ${this.count - 1}.`);
    this.advance(time);
    if ((this.present[alarm] === 1) === present) return;
    const from = this.stateNumber(alarm);
    const before = this.life[alarm];
    this.present[alarm] = present ? 1 : 0;
    if (present) {
      this.life[alarm] = ON_CONDITION_IN[before];
      this.onset[alarm] = time;
      this.occurrences[alarm]++;
    } else {
      const next = ON_CONDITION_OUT[this.kinds[this.kindOf[alarm]].latching ? 1 : 0][before];
      // What came and went unseen asks for no acknowledgement; what was unacknowledged before it was hidden still does.
      this.life[alarm] = next === RETURNED && from >= SHELVED && this.owed[alarm] === 0 ? NORMAL : next;
    }
    this.moved(alarm, from, time, 'process', present ? 'condition in' : 'condition out');
  }

  /** Ends the shelvings whose time is over. Call once a step. @param time simulated s, never before an earlier one */
  step(time: number): void {
    this.advance(time);
    if (time < this.clock[1]) return;
    let earliest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.count; i++) {
      const until = this.shelvedUntil[i];
      if (until === 0) continue;
      if (until <= time) this.unshelve(i, time, 'timer', 'time of shelving over');
      else if (until < earliest) earliest = until;
    }
    this.clock[1] = earliest;
  }

  /** Carries a command out, or says why not and what would be right; then nothing has changed. @param time simulated s */
  command(command: AlarmCommand, time: number): AlarmReply {
    const { kind, alarm, who, why } = command;
    if (!this.known(alarm)) return refusal(`Alarm ${alarm} does not exist.`, `Alarms are 0 … ${this.count - 1}.`);
    if (who.trim() === '') return refusal(`${kind}: nobody is named.`, 'Say who acts.');
    if (NEEDS_REASON.has(kind) && why.trim() === '') return refusal(`${kind}: no reason is given.`, 'Say why.');
    this.advance(time);
    switch (kind) {
      case 'acknowledge':
        return this.inView(command, ON_ACKNOWLEDGE, time);
      case 'reset':
        return this.kinds[this.kindOf[alarm]].latching
          ? this.inView(command, ON_RESET, time)
          : refusal('Cannot reset: the alarm does not latch.', 'Acknowledge it.');
      case 'shelve':
        return this.shelve(command, time);
      case 'unshelve':
        if (this.shelvedUntil[alarm] === 0)
          return refusal('Cannot unshelve: it is not shelved.', 'Nothing is to be done.');
        this.unshelve(alarm, time, who, why);
        return { ok: true };
      case 'suppress':
      case 'unsuppress':
        return this.hide(command, this.suppressed, 1, kind === 'suppress', time);
      case 'take-out-of-service':
      case 'return-to-service':
        return this.hide(command, this.outOfService, 2, kind === 'take-out-of-service', time);
      default:
        return refusal(`There is no command "${String(kind)}".`, 'See ALARM_COMMANDS.');
    }
  }

  /** All numbers of the state, for snapshots; the notes of `snapshotNotes` go with them. */
  arrays(): Float64Array[] {
    return [
      this.life,
      this.present,
      this.shelvedUntil,
      this.suppressed,
      this.outOfService,
      this.owed,
      this.onset,
      this.entered,
      this.occurrences,
      this.clock,
    ];
  }

  snapshotNotes(): HidingNote[] {
    return this.notes.flatMap((notes) => [...notes.values()]);
  }

  restoreNotes(saved: readonly HidingNote[]): void {
    for (const notes of this.notes) notes.clear();
    for (const note of saved) this.notes[HIDING.indexOf(note.state)].set(note.alarm, note);
  }

  private known(alarm: number): boolean {
    return Number.isInteger(alarm) && alarm >= 0 && alarm < this.count;
  }

  private advance(time: number): void {
    // A clock that was lost begins anew.
    const isBack = this.clock[0] < Number.POSITIVE_INFINITY && time < this.clock[0];
    if (isBack || !Number.isFinite(time))
      throw new RangeError(`Alarm time ${time} s is before ${this.clock[0]} s or not finite.`);
    this.clock[0] = time;
  }

  private inView({ kind, alarm, who, why }: AlarmCommand, table: readonly Lawful[], time: number): AlarmReply {
    const from = this.stateNumber(alarm);
    if (from >= SHELVED) {
      return refusal(
        `Cannot ${kind}: the alarm is ${ALARM_STATES[from]}.`,
        'Bring it back into view first; nothing of it is lost meanwhile.',
      );
    }
    const next = table[from];
    if (typeof next !== 'number') return refusal(`Cannot ${kind}: ${next[0]}.`, next[1]);
    this.life[alarm] = next;
    this.moved(alarm, from, time, who, why === '' ? kind : `${kind}: ${why}`);
    return { ok: true };
  }

  private shelve({ alarm, who, why, duration_s = Number.NaN }: AlarmCommand, time: number): AlarmReply {
    const from = this.stateNumber(alarm);
    const longest = this.kinds[this.kindOf[alarm]].longestShelving_s;
    if (longest <= 0) return refusal('Cannot shelve: this kind of alarm may not be shelved.', 'Remove its cause.');
    if (from >= SHELVED) {
      return refusal(`Cannot shelve: the alarm is ${ALARM_STATES[from]}.`, 'Bring it back into view first.');
    }
    if (!(duration_s > 0 && duration_s <= longest)) {
      return refusal(`Cannot shelve for ${duration_s} s.`, `Give a time above 0 and up to ${longest} s.`);
    }
    this.rememberOwed(alarm, from);
    const until = time + duration_s;
    this.shelvedUntil[alarm] = until;
    this.clock[1] = Math.min(this.clock[1], until);
    this.notes[0].set(alarm, { alarm, state: 'shelved', who, why });
    this.moved(alarm, from, time, who, `shelve for ${duration_s} s: ${why}`);
    return { ok: true };
  }

  private unshelve(alarm: number, time: number, who: string, why: string): void {
    const from = this.stateNumber(alarm);
    this.shelvedUntil[alarm] = 0;
    this.notes[0].delete(alarm);
    this.backInView(alarm);
    this.moved(alarm, from, time, who, why === '' ? 'unshelve' : `unshelve: ${why}`);
  }

  private hide(command: AlarmCommand, flags: Float64Array, level: 1 | 2, hide: boolean, time: number): AlarmReply {
    const { kind, alarm, who, why } = command;
    if ((flags[alarm] === 1) === hide) {
      const is = hide ? 'already' : 'not';
      return refusal(`Cannot ${kind}: the alarm is ${is} ${HIDING[level]}.`, 'Nothing is to be done.');
    }
    const from = this.stateNumber(alarm);
    if (hide) {
      this.rememberOwed(alarm, from);
      this.notes[level].set(alarm, { alarm, state: HIDING[level], who, why });
    } else {
      this.notes[level].delete(alarm);
    }
    flags[alarm] = hide ? 1 : 0;
    if (!hide) this.backInView(alarm);
    this.moved(alarm, from, time, who, why === '' ? kind : `${kind}: ${why}`);
    return { ok: true };
  }

  private rememberOwed(alarm: number, from: number): void {
    if (from < SHELVED) this.owed[alarm] = from === UNACKNOWLEDGED || from === RETURNED ? 1 : 0;
  }

  /** ISA-18.2: an alarm that comes back into view with its condition present is announced anew, acknowledged before or not. */
  private backInView(alarm: number): void {
    if (this.stateNumber(alarm) === ACKNOWLEDGED) this.life[alarm] = UNACKNOWLEDGED;
  }

  private moved(alarm: number, from: number, time: number, who: string, why: string): void {
    const to = this.stateNumber(alarm);
    if (to !== from) this.entered[alarm] = time;
    this.sink({
      time_s: time,
      alarm,
      from: ALARM_STATES[from],
      to: ALARM_STATES[to],
      condition: this.present[alarm] === 1,
      who,
      why,
    });
  }
}
