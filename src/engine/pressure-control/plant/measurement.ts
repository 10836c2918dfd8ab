// What the operator and the interlocks know of the chambers: pressures and temperatures through the instruments' lag, three
// sensors each, voted. All sensors exist; of the voting ones those are read at every scan whose chamber stands near a limit
// or has a faulty sensor, the others in turn, as a plant's polling does. Also the truth the other sensors read.

import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import { CLOCK } from '../../gas-oscillation/state.ts';
import { cos, sin, TWO_PI } from '../../numerics/elementary.ts';
import { RETURN_LINK, SUPPLY_LINK } from '../headers/header-rates.ts';
import type { SafetyLimits } from '../safety/ladder.ts';
import { SENSORS, type SensorKind } from '../sensors/catalogue.ts';
import { LagHoldBank, sampleIndex } from '../sensors/lag-hold.ts';
import { type Point, type SensorCounts, SensorPlacement } from '../sensors/placement.ts';
import { SensorBank, type SensorTruth } from '../sensors/sensor-bank.ts';
import { VotingBank } from '../sensors/voting.ts';
import { VOTING_SENSORS } from './plant-topology.ts';
import type { PlantView } from './plant-view.ts';

/** Every chamber is polled once in so many scans. */
const POLL_SCANS = 20;
/** Scans further apart than this, s (averaged steps), poll more chambers: every one once in so many. */
const SLOW_SCAN_S = 0.05;
const SLOW_POLL_SCANS = 4;
/** Distance from a limit within which a chamber is read at every scan: shares of the pressure limits, K. */
const NEAR_SHARE = 0.1;
const NEAR_K = 20;
const VOTERS = 3;
/** Readings further apart are suspected: five spreads of calibration and more. */
const PRESSURE_DEVIATION = 8000;
const TEMPERATURE_DEVIATION = 0.8;

export class Measurement implements SensorTruth {
  readonly placement: SensorPlacement;
  readonly sensors: SensorBank;
  /** Last readings of the voting sensors, Pa and K, VOTERS per chamber; 1 where they are good. */
  readonly pressure: Float64Array;
  readonly temperature: Float64Array;
  readonly pressureGood: Float64Array;
  readonly temperatureGood: Float64Array;
  readonly pressureVote: VotingBank;
  readonly temperatureVote: VotingBank;
  private readonly faulty = new Set<number>();
  private readonly pressureLag: LagHoldBank;
  private readonly temperatureLag: LagHoldBank;
  /** What the pressure really was: its mean over the last scan, Pa per chamber. Only the engine knows it. */
  readonly truth: Float64Array;
  /** Sum of the pressure's samples since the last scan, and temperature, K. */
  private readonly sum: Float64Array;
  private readonly kelvin: Float64Array;
  /** [samples in the sum, scans so far]. */
  private readonly progress = new Float64Array(2);

  constructor(
    private readonly chambers: number,
    hardware: SensorCounts,
    seed: number,
    private readonly view: () => PlantView,
  ) {
    this.placement = new SensorPlacement(chambers, hardware);
    this.sensors = new SensorBank(this.placement, this, seed);
    const perVoter = (): Float64Array => new Float64Array(VOTERS * chambers);
    this.pressure = perVoter();
    this.temperature = perVoter();
    this.pressureGood = perVoter().fill(1);
    this.temperatureGood = perVoter().fill(1);
    const { pressure: p, temperature: t } = SENSORS;
    this.pressureVote = new VotingBank(chambers, {
      deviation: PRESSURE_DEVIATION,
      low: p.low,
      high: 0.999 * p.high,
      fastest: 1e8,
      frozenAfter: 3,
    });
    this.temperatureVote = new VotingBank(chambers, {
      deviation: TEMPERATURE_DEVIATION,
      low: t.low,
      high: 0.999 * t.high,
      fastest: 1e4,
      frozenAfter: 8,
    });
    this.pressureLag = new LagHoldBank(chambers, p.lag, p.rate);
    this.temperatureLag = new LagHoldBank(chambers, t.lag, t.rate);
    this.truth = new Float64Array(chambers).fill(Number.NaN);
    this.sum = new Float64Array(chambers);
    this.kelvin = new Float64Array(chambers);
  }

  /** Takes a sample of the pressures for the mean over this scan. */
  sample(pressure: Float64Array): void {
    for (let i = 0; i < this.chambers; i++) this.sum[i] += pressure[i];
    this.progress[0] += 1;
  }

  /** Reads the voting sensors, dt (s) after the scan before. */
  scan(limits: SafetyLimits, dt: number): void {
    const { state, time_s } = this.view();
    const { truth, sum, kelvin, progress } = this;
    const samples = progress[0];
    for (let i = 0; i < this.chambers; i++) {
      truth[i] = samples > 0 ? sum[i] / samples : state.pressure[i];
      kelvin[i] = REFERENCE_TEMPERATURE + state.temperature[i];
    }
    this.pressureLag.step(truth, time_s, dt);
    this.temperatureLag.step(kelvin, time_s, dt);
    const turns = dt > SLOW_SCAN_S ? SLOW_POLL_SCANS : POLL_SCANS;
    const turn = progress[1] % turns;
    // The first scan reads all.
    const all = progress[1] === 0;
    for (let i = 0; i < this.chambers; i++) {
      if (all || i % turns === turn || this.isUrgent(i, limits)) this.read(i, time_s);
    }
    progress[1] += 1;
    progress[0] = 0;
    sum.fill(0);
  }

  /**
   * Votes on what was read, dt (s) after the vote before. Long averaged steps count as short ones: whether a sensor is frozen is a
   * matter of how many readings it has repeated, not of the time between them.
   */
  vote(time: number): void {
    const dt = Math.min(time, SLOW_SCAN_S);
    this.pressureVote.readings.set(this.pressure);
    this.temperatureVote.readings.set(this.temperature);
    this.pressureVote.step(dt);
    this.temperatureVote.step(dt);
  }

  /** Id of a voting sensor: chamber · VOTING_SENSORS + 0–2 for pressure, 3–5 for temperature. */
  sensorId(voting: number): number {
    const slot = voting % VOTING_SENSORS;
    const chamber = Math.floor(voting / VOTING_SENSORS);
    return this.placement.id(slot < VOTERS ? 'pressure' : 'temperature', chamber, slot % VOTERS);
  }

  /** Chambers whose sensors have faults are read at every scan. */
  followFaults(): void {
    this.faulty.clear();
    for (const id of this.sensors.faulty()) this.faulty.add(this.placement.chamberOf(id));
  }

  private isUrgent(i: number, limits: SafetyLimits): boolean {
    const p = this.pressureLag.lagged[i];
    const T = this.temperatureLag.lagged[i];
    return (
      !(p < (1 - NEAR_SHARE) * limits.alert_Pa) ||
      !(p > (1 + NEAR_SHARE) * limits.vacuum_Pa) ||
      !(T < limits.alert_K - NEAR_K) ||
      this.faulty.has(i)
    );
  }

  private read(i: number, time: number): void {
    for (let k = 0; k < VOTERS; k++) {
      const at = VOTERS * i + k;
      this.pressure[at] = this.sensors.read(this.placement.id('pressure', i, k), time);
      this.temperature[at] = this.sensors.read(this.placement.id('temperature', i, k), time);
      this.pressureGood[at] = Number.isFinite(this.pressure[at]) ? 1 : 0;
      this.temperatureGood[at] = Number.isFinite(this.temperature[at]) ? 1 : 0;
    }
  }

  lagged(kind: SensorKind, chamber: number, point: Point, time: number, channel: number): number {
    const { state, readings, frequency } = this.view();
    if (kind === 'pressure') return this.pressureLag.held[chamber];
    if (kind === 'temperature') {
      if (point.kind === 'wall') return REFERENCE_TEMPERATURE + state.wall[chamber];
      if (point.kind === 'chip') return REFERENCE_TEMPERATURE + state.chip[chamber];
      return this.temperatureLag.held[chamber];
    }
    if (kind === 'composition') return state.amounts[chamber * SPECIES_COUNT + channel] / state.amount[chamber];
    if (kind === 'oscillation') {
      // From the detector's phasors, turned back from the drive's present phase to the instant of the sample.
      const turns = state.clock[CLOCK.turns] - frequency * (this.view().time_s - time);
      const phase = TWO_PI * (turns - Math.floor(turns));
      return readings.cosine[chamber] * cos(phase) + readings.sine[chamber] * sin(phase);
    }
    // mol/s into the chamber through its supply or return valve; without headers there is none.
    return this.view().headers.present?.flowInto(chamber, point.index === 0 ? SUPPLY_LINK : RETURN_LINK) ?? 0;
  }

  /** Time of the last sample of a sensor, s; NaN before the first. @param time now, s */
  sampled(id: number, time: number): number {
    const kind = this.placement.kindOf(id);
    if (kind === 'pressure') return this.pressureLag.sampled;
    const inGas = this.placement.pointOf(id).kind === 'gas' || this.placement.pointOf(id).kind === 'valve';
    if (kind === 'temperature' && inGas) return this.temperatureLag.sampled;
    const { rate } = SENSORS[kind];
    return sampleIndex(time, rate) / rate;
  }

  /** What the pressure controller reads of a chamber now: the first of its sensors that gives a value, Pa. */
  controlled(i: number, time: number): number {
    for (let k = 0; k < VOTERS; k++) {
      const p = this.sensors.read(this.placement.id('pressure', i, k), time);
      if (Number.isFinite(p)) return p;
    }
    return Number.NaN;
  }

  arrays(): Float64Array[] {
    return [
      this.pressure,
      this.temperature,
      this.pressureGood,
      this.temperatureGood,
      this.truth,
      this.sum,
      this.progress,
      ...this.pressureLag.arrays(),
      ...this.temperatureLag.arrays(),
      ...this.pressureVote.arrays(),
      ...this.temperatureVote.arrays(),
    ];
  }
}
