// Bypasses of the interlocks: one cause at one place does not trip for a while. Two separate acts, each with a name and a
// reason; limited in time; alarmed and logged as long as it lasts; ends by itself. The emergency stop has none (IEC 61511-1,
// 11.7.3: bypasses are authorised, timed, announced, recorded).

import { FARM, type InterlockReply, type Interlocks } from './interlocks.ts';
import { TRIP_CAUSES, type TripCause, type TripCauseId } from './trip-table.ts';

/** Longest bypass, s. */
export const LONGEST_BYPASS_S = 4 * 3600;
/** A request that is not confirmed within this time lapses, s. */
export const CONFIRM_WITHIN_S = 60;

export interface Bypass {
  /** From 1, never used again. */
  readonly id: number;
  /** Group of chambers; FARM for causes of the farm. */
  readonly group: number;
  readonly cause: TripCauseId;
  readonly duration_s: number;
  readonly requestedBy: string;
  readonly reason: string;
  readonly requested_s: number;
  /** Simulated s at which it ends; null: requested, not yet confirmed. */
  readonly until_s: number | null;
}

export interface BypassRequest {
  readonly group: number;
  readonly cause: TripCauseId;
  readonly duration_s: number;
  readonly who: string;
  readonly why: string;
}

export interface BypassEvent {
  readonly time_s: number;
  readonly what: 'requested' | 'begun' | 'lapsed' | 'expired' | 'ended';
  readonly bypass: Bypass;
  readonly who: string;
  readonly why: string;
}

export interface BypassSnapshot {
  readonly bypasses: readonly Bypass[];
  readonly next: number;
}

export type BypassReply = { readonly ok: true; readonly id: number } | Extract<InterlockReply, { ok: false }>;

const no = (message: string, remedy: string): Extract<InterlockReply, { ok: false }> => ({
  ok: false,
  problem: { message: `Bypass: ${message}.`, remedy, severity: 'error' },
});

export class Bypasses {
  private bypasses: Bypass[] = [];
  private next = 1;

  constructor(
    private readonly interlocks: Interlocks,
    private readonly sink: (event: BypassEvent) => void,
  ) {}

  /** Bypasses that act now. While there is one, "safety bypass active" is alarmed. */
  get active(): Bypass[] {
    return this.bypasses.filter((bypass) => bypass.until_s !== null);
  }

  get isActive(): boolean {
    return this.bypasses.some((bypass) => bypass.until_s !== null);
  }

  /** Requests that wait for their second act. */
  get requested(): Bypass[] {
    return this.bypasses.filter((bypass) => bypass.until_s === null);
  }

  /** First act: says what, where, how long, who and why. Nothing is bypassed yet. @param time simulated s */
  request({ group, cause, duration_s, who, why }: BypassRequest, time: number): BypassReply {
    const row = TRIP_CAUSES.find((one) => one.id === cause) as TripCause | undefined;
    if (row === undefined)
      return no(`there is no cause "${cause}"`, `Causes: ${TRIP_CAUSES.map((one) => one.id).join(', ')}.`);
    if (!row.bypassable) return no(`"${row.label}" can never be bypassed`, 'Remove its cause.');
    const place = this.placeProblem(row, group);
    if (place !== null) return place;
    if (who.trim() === '' || why.trim() === '') return no('who and why must be said', 'Give a name and a reason.');
    if (!(duration_s > 0 && duration_s <= LONGEST_BYPASS_S))
      return no(`${duration_s} s is no duration for it`, `Give a time above 0 and up to ${LONGEST_BYPASS_S} s.`);
    if (!Number.isFinite(time)) return no('the time is not known', 'Repair the clock first.');
    const same = this.bypasses.find((one) => one.group === group && one.cause === cause);
    if (same) return no('there is one already, or a request', `Confirm or end number ${same.id}.`);
    const bypass: Bypass = {
      id: this.next++,
      group,
      cause,
      duration_s,
      requestedBy: who,
      reason: why,
      requested_s: time,
      until_s: null,
    };
    this.bypasses.push(bypass);
    this.sink({ time_s: time, what: 'requested', bypass, who, why });
    return { ok: true, id: bypass.id };
  }

  /** Second act: the bypass begins. @param time simulated s, at most CONFIRM_WITHIN_S after the request */
  confirm(id: number, who: string, why: string, time: number): BypassReply {
    this.step(time);
    const k = this.bypasses.findIndex((one) => one.id === id);
    if (k < 0) return no(`there is no request ${id}`, `Request it anew; a request lapses after ${CONFIRM_WITHIN_S} s.`);
    const { until_s, duration_s } = this.bypasses[k];
    if (until_s !== null) return no(`number ${id} is confirmed already`, 'Nothing is to be done.');
    if (who.trim() === '' || why.trim() === '') return no('who and why must be said', 'Give a name and a reason.');
    const bypass: Bypass = { ...this.bypasses[k], until_s: time + duration_s };
    this.bypasses[k] = bypass;
    this.apply();
    this.sink({ time_s: time, what: 'begun', bypass, who, why });
    return { ok: true, id };
  }

  /** Ends a bypass or withdraws a request. Needs no reason: it makes the farm safer. @param time simulated s */
  end(id: number, who: string, why: string, time: number): BypassReply {
    const bypass = this.bypasses.find((one) => one.id === id);
    if (bypass === undefined) return no(`there is no number ${id}`, 'It may have ended by itself.');
    this.drop(bypass, 'ended', time, who, why);
    this.apply();
    return { ok: true, id };
  }

  /** Ends what is over. Call once a step, before the interlocks step. @param time simulated s; if it is no number, all end */
  step(time: number): void {
    for (let k = this.bypasses.length - 1; k >= 0; k--) {
      const bypass = this.bypasses[k];
      const begun = bypass.until_s !== null;
      const end = bypass.until_s ?? bypass.requested_s + CONFIRM_WITHIN_S;
      if (time < end) continue;
      this.drop(
        bypass,
        begun ? 'expired' : 'lapsed',
        time,
        'timer',
        begun ? 'its time is over' : 'not confirmed in time',
      );
    }
    this.apply();
  }

  snapshot(): BypassSnapshot {
    return { bypasses: this.bypasses.slice(), next: this.next };
  }

  restore({ bypasses, next }: BypassSnapshot): void {
    this.bypasses = bypasses.slice();
    this.next = next;
    this.apply();
  }

  private placeProblem({ reach, label }: TripCause, group: number): Extract<InterlockReply, { ok: false }> | null {
    const ofFarm = reach === 'farm';
    if (ofFarm && group !== FARM) return no(`"${label}" is of the whole farm`, `Give ${FARM} as its place.`);
    const isGroup = Number.isInteger(group) && group >= 0 && group < this.interlocks.groups;
    return ofFarm || isGroup ? null : no(`there is no group ${group}`, `Groups are 0 … ${this.interlocks.groups - 1}.`);
  }

  private drop(bypass: Bypass, what: 'lapsed' | 'expired' | 'ended', time_s: number, who: string, why: string): void {
    this.bypasses.splice(this.bypasses.indexOf(bypass), 1);
    this.sink({ time_s, what, bypass, who, why });
  }

  /** Writes the whole set anew, so that the interlocks never hold a bypass that is not listed here. */
  private apply(): void {
    this.interlocks.clearBypasses();
    for (let k = 0; k < this.bypasses.length; k++) {
      const { until_s, group, cause } = this.bypasses[k];
      if (until_s !== null) this.interlocks.setBypass(group, cause);
    }
  }
}
