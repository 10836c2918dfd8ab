// What the alarm system is told at every scan: measured pressures and temperatures, and what equipment reports of itself.

import { OXYGEN, SPECIES_COUNT } from '../../gas/species.ts';
import type { AlarmKind } from '../../monitoring/alarms/alarm-definitions.ts';
import type { AlarmSystem } from '../../monitoring/alarms/alarm-system.ts';
import { TWO_PI } from '../../numerics/elementary.ts';
import { RETURN, SUPPLY, VENT_LINK } from '../headers/header-rates.ts';
import type { Interlocks } from '../safety/interlocks.ts';
import type { SafetyLimits } from '../safety/ladder.ts';
import { STOP_DRIVE } from '../safety/trip-table.ts';
import { SENSORS } from '../sensors/catalogue.ts';
import { type Acting, coolingShare, leakArea, powerShare } from './effects.ts';
import type { Measurement } from './measurement.ts';
import { VALVES, VOTING_SENSORS } from './plant-topology.ts';
import type { PlantEffects, PlantView } from './plant-view.ts';

/** Amplitude of the pressure difference below which a duct's flow says nothing of its bore, Pa. */
const LEAST_DIFFERENCE = 50;
/** A sensor that is suspected for another reason than its distance counts as this many spreads off. */
const SUSPECTED = 6;

/** Kinds that equipment reports of itself, and those of them that are states. */
const EQUIPMENT = new Set<AlarmKind>(['pump-tripped', 'fan-failed', 'valve-slow', 'valve-mismatch']);
const STATES = new Set<AlarmKind>(['pump-tripped', 'fan-failed']);

export interface Observed {
  readonly alarms: AlarmSystem;
  readonly measurement: Measurement;
  readonly interlocks: Interlocks;
  readonly effects: PlantEffects;
  readonly acting: Acting;
  readonly limits: SafetyLimits;
  /** Chip temperature that is alarmed, K. */
  readonly chipAlert_K: number;
  readonly view: PlantView;
  /** Oxygen of the room, mole fraction. */
  readonly roomOxygen: number;
  readonly bypassed: boolean;
}

/** First instance of each kind, looked up once. */
export class Observation {
  private readonly first = new Map<AlarmKind, number>();
  /** Sensors last seen wrong, and kinds of equipment that last had a fault: they are told when they are well again. */
  private readonly suspects = new Set<number>();
  private readonly troubled = new Set<number>();

  constructor(private readonly alarms: AlarmSystem) {}

  /** After alarms were restored: what stands is looked at again. */
  restored(): void {
    for (let alarm = 0; alarm < this.alarms.table.count; alarm++) {
      if (!this.alarms.machine.condition(alarm)) continue;
      const kind = this.alarms.table.kind(alarm);
      const { index, target } = this.alarms.table.place(alarm);
      if (target === 'sensor') this.suspects.add(index);
      if (EQUIPMENT.has(kind)) this.troubled.add(alarm);
    }
  }

  private at(kind: AlarmKind): number {
    let first = this.first.get(kind);
    if (first === undefined) {
      first = this.alarms.first(kind);
      this.first.set(kind, first);
    }
    return first;
  }

  observe(o: Observed): void {
    const t = o.view.time_s;
    this.chambers(o, t);
    this.surfaces(o, t);
    this.ducts(o, t);
    this.sensors(o, t);
    this.equipment(o, t);
    this.farm(o, t);
    this.alarms.step(t);
  }

  private chambers({ alarms, measurement, interlocks, effects, acting, limits, view }: Observed, t: number): void {
    const { state } = view;
    const high = this.at('chamber-pressure-high');
    const trip = this.at('chamber-pressure-trip');
    const low = this.at('chamber-pressure-low');
    const raised = this.at('chamber-temperature-raised');
    const hot = this.at('chamber-temperature-high');
    const hottest = this.at('chamber-temperature-trip');
    const oxygen = this.at('oxygen-enrichment');
    const chips = this.at('chip-power-high');
    const leak = this.at('leak-suspected');
    const relief = this.at('relief-open');
    const failed = this.at('relief-failed');
    const stopped = this.at('drive-stopped');
    const headers = view.headers.present;
    for (let i = 0; i < state.chambers; i++) {
      const p = measurement.pressureVote.value[i];
      const T = measurement.temperatureVote.value[i];
      alarms.observe(high + i, p, t, limits.alert_Pa);
      alarms.observe(trip + i, p, t, limits.trip_Pa);
      alarms.observe(low + i, p, t, limits.vacuum_Pa);
      alarms.observe(raised + i, T, t, limits.operateHigh_K);
      alarms.observe(hot + i, T, t, limits.alert_K);
      alarms.observe(hottest + i, T, t, limits.trip_K);
      const share = state.amounts[i * SPECIES_COUNT + OXYGEN] / state.amount[i];
      alarms.observe(oxygen + i, share * p, t);
      alarms.observe(chips + i, effects.chips[i], t);
      const hole = leakArea(acting.faults, i);
      if (hole > 0 || alarms.machine.condition(leak + i)) {
        // The twin's own mass balance: of what passes the chamber's hull, the share that goes through no commanded opening.
        const open = headers ? headers.controls.roomArea[i] : 0;
        const lost = headers && open > 0 ? (-headers.flowInto(i, VENT_LINK) * hole) / open : 0;
        alarms.observe(leak + i, Math.abs(lost) / state.amount[i], t);
      }
      alarms.observeState(relief + i, acting.relief[i] > 0, t);
      alarms.observeState(failed + i, acting.reliefFailed(i, p), t);
      alarms.observeState(stopped + i, (interlocks.actions[i] & STOP_DRIVE) !== 0, t);
    }
  }

  /** Walls and chips, those polled in this turn. */
  private surfaces({ alarms, measurement, limits, chipAlert_K }: Observed, t: number): void {
    const { wall, chip, first, stride } = measurement.surfaces;
    const raised = this.at('wall-temperature-raised');
    const high = this.at('wall-temperature-high');
    const rating = this.at('wall-temperature-rating');
    const chips = this.at('chip-temperature-high');
    for (let i = first; i < wall.length; i += stride) {
      alarms.observe(raised + i, wall[i], t, limits.operateHigh_K);
      alarms.observe(high + i, wall[i], t, limits.alert_K);
      alarms.observe(rating + i, wall[i], t, limits.trip_K);
      alarms.observe(chips + i, chip[i], t, chipAlert_K);
    }
  }

  /** Flow over what the pressure difference would drive through the duct as built. */
  private ducts({ alarms, view }: Observed, t: number): void {
    const { readings, edges, inertance, frequency } = view;
    if (readings.count === 0 || inertance.length === 0) return;
    const blocked = this.at('duct-blocked');
    const omega = TWO_PI * frequency;
    for (let e = 0; e < inertance.length; e++) {
      const [i, j] = [edges[2 * e], edges[2 * e + 1]];
      const c = readings.cosine[i] - readings.cosine[j];
      const s = readings.sine[i] - readings.sine[j];
      const difference = Math.sqrt(c * c + s * s);
      if (difference < LEAST_DIFFERENCE) continue;
      alarms.observe(blocked + e, (readings.peakFlow[e] * omega * inertance[e]) / difference, t);
    }
  }

  private sensors({ alarms, measurement }: Observed, t: number): void {
    const bad = this.at('sensor-bad');
    const off = this.at('sensor-deviation');
    const seen = new Set(this.suspects);
    const votes = [measurement.pressureVote, measurement.temperatureVote] as const;
    votes.forEach((vote, q) => {
      for (let g = 0; g < vote.groups; g++) {
        if (vote.suspect[g] >= 0) seen.add(VOTING_SENSORS * g + 3 * q + vote.suspect[g]);
      }
    });
    this.suspects.clear();
    for (const sensor of seen) {
      const slot = sensor % VOTING_SENSORS;
      const q = slot < 3 ? 0 : 1;
      const g = Math.floor(sensor / VOTING_SENSORS);
      const vote = votes[q];
      const reason = vote.suspect[g] === slot % 3 ? vote.reason(g) : null;
      const spread = (q === 0 ? SENSORS.pressure : SENSORS.temperature).biasSpread;
      const distance = Math.abs(vote.readings[3 * g + (slot % 3)] - vote.value[g]) / spread;
      const lost = reason === 'lost' || reason === 'range';
      alarms.observeState(bad + sensor, lost, t);
      alarms.observe(off + sensor, reason !== null && !lost ? Math.max(SUSPECTED, distance) : 0, t);
      const standing = alarms.machine.condition(bad + sensor) || alarms.machine.condition(off + sensor);
      if (reason !== null || standing) this.suspects.add(sensor);
    }
  }

  /** Valves, pumps and fans report themselves; only those with a fault, or that had one, have anything to tell. */
  private equipment({ alarms, acting, view }: Observed, t: number): void {
    const wrong = new Map<number, number>();
    const note = (kind: AlarmKind, index: number, value: number): void => {
      wrong.set(this.at(kind) + index, value);
    };
    const headers = view.headers.present;
    for (const { kind, targets, magnitudes } of acting.faults.active) {
      for (const k of targets) {
        if (kind === 'pump-trip') note('pump-tripped', k, 1);
        else if (kind === 'fan-failure') note('fan-failed', k, 1);
        else if (kind === 'slow-valve') note('valve-slow', k, magnitudes[0]);
        else if (kind === 'stuck-valve') {
          const chamber = Math.floor(k / VALVES);
          const held = acting.manual.at(k % VALVES === 0 ? 'supply-valve' : 'return-valve', chamber);
          const wanted = headers ? (held ?? headers.wantedOpening(chamber, k % VALVES)) : 0;
          note('valve-mismatch', k, Math.abs(magnitudes[0] - wanted));
        }
      }
    }
    for (const alarm of new Set([...wrong.keys(), ...this.troubled])) {
      const kind = alarms.table.kind(alarm);
      const value = wrong.get(alarm) ?? 0;
      if (STATES.has(kind)) alarms.observeState(alarm, value > 0, t);
      else alarms.observe(alarm, value, t);
      if (wrong.has(alarm) || alarms.machine.condition(alarm)) this.troubled.add(alarm);
      else this.troubled.delete(alarm);
    }
  }

  private farm(o: Observed, t: number): void {
    const { alarms, acting, interlocks, view } = o;
    const headers = view.headers.present;
    if (headers && headers.settings.regulatorTime < Number.POSITIVE_INFINITY) {
      for (const [h, set] of [
        [SUPPLY, headers.settings.supplyPressure],
        [RETURN, headers.settings.returnPressure],
      ] as const) {
        alarms.observe(this.at('header-pressure-low') + h, headers.pressure(h) / set, t);
        alarms.observe(this.at('header-pressure-high') + h, headers.pressure(h) / set, t);
      }
    }
    alarms.observe(this.at('room-oxygen-low'), o.roomOxygen, t);
    alarms.observe(this.at('cooling-flow-low'), coolingShare(acting), t);
    alarms.observe(this.at('supply-power-low'), powerShare(acting), t);
    alarms.observe(this.at('network-late'), acting.faults.at('network-delay', 0)?.[0] ?? 0, t);
    alarms.observeState(this.at('network-lost'), acting.faults.at('network-loss', 0) !== undefined, t);
    const clock = acting.faults.at('clock-failure', 0);
    // A relative error makes that many seconds in a second.
    alarms.observe(this.at('clock-deviation'), clock ? Math.abs(clock[0]) + clock[1] : 0, t);
    alarms.observeState(this.at('safety-bypass-active'), o.bypassed, t);
    alarms.observeState(this.at('safety-trip'), interlocks.tripped, t);
  }
}
