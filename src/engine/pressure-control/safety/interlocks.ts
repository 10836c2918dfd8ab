// The safety interlocks: inputs to votes to latched trips to actions, all in one step, with nothing of the controller. Acts in
// the very step in which its input is true, stays until somebody resets it with the cause gone, and takes whatever is no number
// for a reason to hold. Decisions stand in trip-table.ts; this file only counts votes and keeps what is latched.

import type { Problem } from '../../config/problem.ts';
import { type SafetyLimits, SEED_LIMITS } from './ladder.ts';
import {
  actionTable,
  bypassableBits,
  causeBit,
  causesOf,
  SAFE_HOLD,
  sensorsOf,
  TRIP_TABLES,
  type TripCauseId,
  type TripTables,
} from './trip-table.ts';
import { BadTimers, type Voted, voteBits } from './votes.ts';

const MANUAL = causeBit('manual-stop');
const PRESSURE_HIGH = causeBit('pressure-high');
const PRESSURE_LOW = causeBit('pressure-low');
const PRESSURE_LOST = causeBit('pressure-lost');
const TEMPERATURE_HIGH = causeBit('temperature-high');
const TEMPERATURE_LOST = causeBit('temperature-lost');
const OXYGEN_LOW = causeBit('room-oxygen-low');
const OXYGEN_LOST = causeBit('room-oxygen-lost');
const POWER_LOW = causeBit('supply-power-low');
const POWER_LOST = causeBit('supply-power-lost');
const INVALID = causeBit('invalid-input');

export interface InterlockInputs {
  /** Readings of the sensors, chamber by chamber, as many each as the vote has; Pa. */
  readonly pressure: ArrayLike<number>;
  /** 1: good; anything else is bad, and the reading is not used. */
  readonly pressureGood: ArrayLike<number>;
  /** K. */
  readonly temperature: ArrayLike<number>;
  readonly temperatureGood: ArrayLike<number>;
  /** Mole fraction, 0–1. */
  readonly roomOxygen: ArrayLike<number>;
  readonly roomOxygenGood: ArrayLike<number>;
  /** Of the rated supply, 0–1. */
  readonly supplyPower: ArrayLike<number>;
  readonly supplyPowerGood: ArrayLike<number>;
  /** Anything but false stops: a broken wire too. */
  readonly manualStop: boolean;
}

export interface InterlockSettings {
  /** Group of each chamber that trips together, from 0 without gaps: its own number, its layer's, or 0 for all. */
  readonly groupOf: ArrayLike<number>;
  readonly limits?: SafetyLimits;
  /** Trip of the room's oxygen, mole fraction, and of the supply, share of the rated. */
  readonly oxygenLimit?: number;
  readonly powerLimit?: number;
  /** Time after which a sensor that stays bad counts as a vote to trip, s. */
  readonly lostAfter_s?: number;
  readonly tables?: TripTables;
}

export interface InterlockEvent {
  readonly time_s: number;
  readonly what: 'trip' | 'reset';
  /** Of a trip: the causes that are new. Of a reset: those that were latched. */
  readonly causes: readonly TripCauseId[];
  /** Group of chambers; −1: the farm. */
  readonly group: number;
  /** Chamber at which it began; −1: none in particular. */
  readonly chamber: number;
  readonly who: string;
  readonly why: string;
}

export type InterlockReply = { readonly ok: true } | { readonly ok: false; readonly problem: Problem };

const no = (message: string, remedy: string): InterlockReply => ({
  ok: false,
  problem: { message, remedy, severity: 'error' },
});

/** The farm's place among groups. */
export const FARM = -1;

export class Interlocks {
  readonly chambers: number;
  readonly groups: number;
  /** What must be done at each chamber: bits of trip-table.ts. Binding in the step in which it appears. */
  readonly actions: Uint8Array;
  /** Causes by group, the farm's last: true now, whether bypassed or not; latched; bypassed. */
  private readonly present: Float64Array;
  private readonly latched: Float64Array;
  private readonly bypassed: Float64Array;
  /** Cause bit, chamber and time of the first cause since the last reset, by group. */
  private readonly firstCause: Float64Array;
  private readonly firstChamber: Float64Array;
  private readonly firstTime: Float64Array;
  private readonly lastTime = new Float64Array([0]);
  private readonly timers: readonly BadTimers[];
  private readonly voted: readonly Voted[];
  private readonly actionsOf: Uint8Array;
  private readonly bypassable: number;
  private readonly allBits: number;
  private readonly groupOf: ArrayLike<number>;

  constructor(
    settings: InterlockSettings,
    private readonly sink: (event: InterlockEvent) => void,
  ) {
    const { groupOf, limits = SEED_LIMITS, oxygenLimit = 0.195, powerLimit = 0.8, lostAfter_s = 5 } = settings;
    const tables = settings.tables ?? TRIP_TABLES;
    this.groupOf = groupOf;
    this.chambers = groupOf.length;
    let groups = 0;
    for (let i = 0; i < groupOf.length; i++) {
      if (!Number.isInteger(groupOf[i]) || groupOf[i] < 0)
        throw new RangeError(`Chamber ${i} is in group ${groupOf[i]}: groups are whole numbers from 0.`);
      groups = Math.max(groups, groupOf[i] + 1);
    }
    this.groups = groups;
    this.actions = new Uint8Array(this.chambers);
    const perGroup = (): Float64Array => new Float64Array(groups + 1);
    this.present = perGroup();
    this.latched = perGroup();
    this.bypassed = perGroup();
    this.firstCause = perGroup();
    this.firstChamber = perGroup().fill(FARM);
    this.firstTime = perGroup();
    this.actionsOf = actionTable(tables.causes);
    this.allBits = (1 << tables.causes.length) - 1;
    this.bypassable = bypassableBits(tables.causes);
    const none = Number.NEGATIVE_INFINITY;
    const never = Number.POSITIVE_INFINITY;
    const bits = (above: number, below: number, lost: number) => ({ above, below, lost, invalid: INVALID });
    this.voted = [
      {
        vote: tables.pressureVote,
        high: limits.trip_Pa,
        low: limits.vacuum_Pa,
        bits: bits(PRESSURE_HIGH, PRESSURE_LOW, PRESSURE_LOST),
      },
      {
        vote: tables.temperatureVote,
        high: limits.trip_K,
        low: none,
        bits: bits(TEMPERATURE_HIGH, 0, TEMPERATURE_LOST),
      },
      { vote: tables.oxygenVote, high: never, low: oxygenLimit, bits: bits(0, OXYGEN_LOW, OXYGEN_LOST) },
      { vote: tables.powerVote, high: never, low: powerLimit, bits: bits(0, POWER_LOW, POWER_LOST) },
    ];
    const places = [this.chambers, this.chambers, 1, 1];
    this.timers = this.voted.map(({ vote }, q) => new BadTimers(places[q] * sensorsOf(vote), lostAfter_s));
  }

  /**
   * Reads the inputs and acts: `actions` is right when it returns. Never throws and never loops without end; what it cannot
   * read it holds. @param time simulated s
   */
  step(inputs: InterlockInputs, time: number): void {
    const farm = this.groups;
    this.present.fill(0);
    const [pressure, temperature, oxygen, power] = this.voted;
    const [pressureTimers, temperatureTimers, oxygenTimers, powerTimers] = this.timers;
    let whole = inputs.manualStop === false ? 0 : MANUAL;
    if (!(time >= this.lastTime[0]) || !Number.isFinite(time)) whole |= INVALID;
    if (Number.isFinite(time)) this.lastTime[0] = time;
    whole |= voteBits(oxygen, inputs.roomOxygen, inputs.roomOxygenGood, 0, oxygenTimers, time);
    whole |= voteBits(power, inputs.supplyPower, inputs.supplyPowerGood, 0, powerTimers, time);
    this.present[farm] = whole;
    if (this.mustTrip(farm, whole)) this.trip(farm, whole, FARM, time);
    for (let i = 0; i < this.chambers; i++) {
      const bits =
        voteBits(pressure, inputs.pressure, inputs.pressureGood, i, pressureTimers, time) |
        voteBits(temperature, inputs.temperature, inputs.temperatureGood, i, temperatureTimers, time);
      const group = this.groupOf[i];
      this.present[group] |= bits;
      if (this.mustTrip(group, bits)) this.trip(group, bits, i, time);
    }
    this.act();
  }

  /** Trips the farm for an input that is no number, found elsewhere. @param time simulated s */
  hold(time: number): void {
    const farm = this.groups;
    this.present[farm] |= INVALID;
    if (this.mustTrip(farm, INVALID)) this.trip(farm, INVALID, FARM, time);
    this.act();
  }

  /** Causes true at the last step, bypassed or not. @param group or FARM */
  presentCauses(group: number): TripCauseId[] {
    return causesOf(this.present[this.at(group)]);
  }

  latchedCauses(group: number): TripCauseId[] {
    return causesOf(this.latched[this.at(group)]);
  }

  /** Whether anything is latched anywhere. */
  get tripped(): boolean {
    return this.latched.some((bits) => bits !== 0);
  }

  /** The first cause since the last reset: what, at which chamber (FARM: none), when (simulated s). */
  firstOut(group: number): { cause: TripCauseId; chamber: number; time_s: number } | undefined {
    const g = this.at(group);
    const [cause] = causesOf(this.firstCause[g]);
    return cause === undefined ? undefined : { cause, chamber: this.firstChamber[g], time_s: this.firstTime[g] };
  }

  /** Unlatches a group or the farm: only if every cause is gone, bypassed or not, and somebody says who and why. @param time simulated s */
  reset(group: number, who: string, why: string, time: number): InterlockReply {
    if (!this.has(group))
      return no(`There is no group ${group}.`, `Groups are 0 … ${this.groups - 1}, the farm ${FARM}.`);
    if (who.trim() === '') return no('Reset: nobody is named.', 'Say who resets.');
    const g = this.at(group);
    if (this.latched[g] === 0) return no('Reset: nothing is latched here.', 'Nothing is to be done.');
    if (this.present[g] !== 0) {
      const causes = causesOf(this.present[g]).join(', ');
      return no(`Reset: still present: ${causes}.`, 'Remove the cause first.');
    }
    const causes = causesOf(this.latched[g]);
    this.latched[g] = 0;
    this.firstCause[g] = 0;
    this.firstChamber[g] = FARM;
    this.firstTime[g] = 0;
    this.act();
    this.sink({ time_s: time, what: 'reset', causes, group, chamber: FARM, who, why });
    return { ok: true };
  }

  /** For bypass.ts alone. A cause that may not be bypassed acts all the same. */
  setBypass(group: number, cause: TripCauseId): void {
    const g = this.at(group);
    this.bypassed[g] |= causeBit(cause);
  }

  /** For bypass.ts alone. */
  clearBypasses(): void {
    this.bypassed.fill(0);
  }

  /** The state, for snapshots. `actions` follows from it at `restored`. */
  arrays(): Float64Array[] {
    const own = [this.present, this.latched, this.bypassed, this.firstCause, this.firstChamber, this.firstTime];
    return [...own, this.lastTime, ...this.timers.map((timer) => timer.since)];
  }

  /** After the arrays have been filled. */
  restored(): void {
    this.act();
  }

  private has(group: number): boolean {
    return group === FARM || (Number.isInteger(group) && group >= 0 && group < this.groups);
  }

  private at(group: number): number {
    if (!this.has(group)) throw new RangeError(`There is no group ${group} of ${this.groups}.`);
    return group === FARM ? this.groups : group;
  }

  /** Whether bits that are true now add to what is latched. */
  private mustTrip(g: number, bits: number): boolean {
    return (bits & ~(this.bypassed[g] & this.bypassable) & ~this.latched[g]) !== 0;
  }

  private trip(g: number, bits: number, chamber: number, time: number): void {
    const fresh = bits & ~(this.bypassed[g] & this.bypassable) & ~this.latched[g];
    if (this.firstCause[g] === 0) {
      this.firstCause[g] = fresh;
      this.firstChamber[g] = chamber;
      this.firstTime[g] = time;
    }
    this.latched[g] |= fresh;
    const group = g === this.groups ? FARM : g;
    this.sink({ time_s: time, what: 'trip', causes: causesOf(fresh), group, chamber, who: 'interlock', why: 'vote' });
  }

  private act(): void {
    for (let g = 0; g <= this.groups; g++) {
      // A damaged latch has forgotten what it held: it holds.
      if (this.latched[g] >= 0 && this.latched[g] <= this.allBits) continue;
      this.latched[g] = 0;
      this.trip(g, INVALID, FARM, this.lastTime[0]);
    }
    const whole = this.latched[this.groups];
    for (let i = 0; i < this.chambers; i++) {
      this.actions[i] = this.actionsOf[this.latched[this.groupOf[i]] | whole] ?? SAFE_HOLD;
    }
  }
}
