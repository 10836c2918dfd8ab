// What the operator and the interlocks know of the chambers: pressures and temperatures through the instruments' lag, three
// sensors each, voted. All sensors exist; of the voting ones those are read at every scan whose chamber stands near a limit
// or has a faulty sensor, the others in turn, as a plant's polling does. Also the truth the other sensors read.

import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import { CLOCK, type FarmState } from '../../gas-oscillation/state.ts';
import { cos, sin, TWO_PI } from '../../numerics/elementary.ts';
import { RETURN_LINK, SUPPLY_LINK } from '../headers/header-rates.ts';
import type { SafetyLimits } from '../safety/ladder.ts';
import { SENSORS, type SensorKind } from '../sensors/catalogue.ts';
import { LagHoldBank, sampleIndex } from '../sensors/lag-hold.ts';
import { type Point, type SensorCounts, SensorPlacement } from '../sensors/placement.ts';
import { SensorBank, type SensorTruth } from '../sensors/sensor-bank.ts';
import { VotingBank } from '../sensors/voting.ts';
import { VALVES } from './plant-topology.ts';
import type { PlantView } from './plant-view.ts';
import { isVoter, SensorNumbers, VOTERS } from './sensor-numbers.ts';
import { SurfaceTemperatures } from './surface-temperatures.ts';

/** Samples of the pressure in a cycle of the drive. */
export const SAMPLES_PER_CYCLE = 4;
/** Every chamber is polled once in so many scans. */
const POLL_SCANS = 20;
/** Scans further apart than this, s (averaged steps), poll more chambers: every one once in so many. */
const SLOW_SCAN_S = 0.05;
const SLOW_POLL_SCANS = 4;
/** Distance from a limit within which a chamber is read at every scan: shares of the pressure limits, K. */
const NEAR_SHARE = 0.1;
const NEAR_K = 20;
/** Readings further apart are suspected: five spreads of calibration and more. */
const PRESSURE_DEVIATION = 8000;
const TEMPERATURE_DEVIATION = 0.8;

export class Measurement implements SensorTruth {
  readonly placement: SensorPlacement;
  readonly sensors: SensorBank;
  /** How faults number the sensors. */
  readonly numbers: SensorNumbers;
  readonly surfaces: SurfaceTemperatures;
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
  /** Lag of analysers (a value per gas), of flow meters (supply, return) and of thermometers at wall and chips. */
  private readonly compositionLag: LagHoldBank;
  private readonly flowLag: LagHoldBank;
  private readonly wallLag: LagHoldBank;
  private readonly chipLag: LagHoldBank;
  /** Sums of the samples since the last scan: pressure, Pa, and temperature, K above 300. */
  private readonly sum: Float64Array;
  private readonly warmth: Float64Array;
  /** Sums of the samples of this cycle and of the one before, Pa, and the mean of both at the last scan: what relief valves feel. */
  private readonly cycle: Float64Array;
  private readonly cycleBefore: Float64Array;
  readonly recent: Float64Array;
  /** What a bank is given. */
  private readonly input: Float64Array;
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
    this.numbers = new SensorNumbers(this.placement);
    this.surfaces = new SurfaceTemperatures(this.sensors);
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
    this.wallLag = new LagHoldBank(chambers, t.lag, t.rate);
    this.chipLag = new LagHoldBank(chambers, t.lag, t.rate);
    const { composition: x, flow: n } = SENSORS;
    this.compositionLag = new LagHoldBank(SPECIES_COUNT * chambers, x.lag, x.rate);
    this.flowLag = new LagHoldBank(VALVES * chambers, n.lag, n.rate);
    this.truth = new Float64Array(chambers).fill(Number.NaN);
    this.sum = new Float64Array(chambers);
    this.warmth = new Float64Array(chambers);
    this.cycle = new Float64Array(chambers);
    this.cycleBefore = new Float64Array(chambers);
    this.recent = new Float64Array(chambers);
    this.input = new Float64Array(SPECIES_COUNT * chambers);
  }

  /** Takes a sample of pressures and temperatures for the means over this scan: one instant alone would always be the same phase. */
  sample({ pressure, temperature }: FarmState): void {
    const { sum, warmth, cycle, cycleBefore, progress } = this;
    if (progress[0] % SAMPLES_PER_CYCLE === 0) {
      cycleBefore.set(cycle);
      cycle.fill(0);
    }
    for (let i = 0; i < sum.length; i++) {
      const p = pressure[i];
      sum[i] += p;
      warmth[i] += temperature[i];
      cycle[i] += p;
    }
    progress[0] += 1;
  }

  /** Reads the voting sensors, dt (s) after the scan before. */
  scan(limits: SafetyLimits, dt: number): void {
    const { state, time_s } = this.view();
    const { truth, sum, warmth, input, progress, recent, cycle, cycleBefore } = this;
    const samples = progress[0];
    const begun = ((samples + SAMPLES_PER_CYCLE - 1) % SAMPLES_PER_CYCLE) + 1;
    const inCycles = begun + (cycleBefore[0] > 0 ? SAMPLES_PER_CYCLE : 0);
    for (let i = 0; i < this.chambers; i++) {
      truth[i] = samples > 0 ? sum[i] / samples : state.pressure[i];
      input[i] = REFERENCE_TEMPERATURE + (samples > 0 ? warmth[i] / samples : state.temperature[i]);
      recent[i] = samples > 0 ? (cycle[i] + cycleBefore[i]) / inCycles : state.pressure[i];
    }
    this.pressureLag.step(truth, time_s, dt);
    this.temperatureLag.step(input, time_s, dt);
    this.stepOthers(time_s, dt);
    const isSlow = dt > SLOW_SCAN_S;
    const turns = isSlow ? SLOW_POLL_SCANS : POLL_SCANS;
    const turn = progress[1] % turns;
    // The first scan reads all.
    const all = progress[1] === 0;
    for (let i = 0; i < this.chambers; i++) {
      if (all || i % turns === turn || this.isUrgent(i, limits)) this.read(i, time_s, isSlow);
    }
    progress[1] += 1;
    progress[0] = 0;
    sum.fill(0);
    warmth.fill(0);
  }

  /** The instruments that no interlock votes on. */
  private stepOthers(time: number, dt: number): void {
    const { state, headers } = this.view();
    const { input } = this;
    for (let i = 0; i < this.chambers; i++) input[i] = REFERENCE_TEMPERATURE + state.wall[i];
    this.wallLag.step(input, time, dt);
    for (let i = 0; i < this.chambers; i++) input[i] = REFERENCE_TEMPERATURE + state.chip[i];
    this.chipLag.step(input, time, dt);
    const { amounts, amount } = state;
    for (let i = 0; i < this.chambers; i++) {
      const share = 1 / amount[i];
      for (let k = SPECIES_COUNT * i; k < SPECIES_COUNT * (i + 1); k++) input[k] = amounts[k] * share;
    }
    this.compositionLag.step(input, time, dt);
    // mol/s into the chamber through its valves; without headers there is none.
    for (let i = 0; i < this.chambers; i++) {
      input[VALVES * i] = headers.present?.flowInto(i, SUPPLY_LINK) ?? 0;
      input[VALVES * i + 1] = headers.present?.flowInto(i, RETURN_LINK) ?? 0;
    }
    this.flowLag.step(input, time, dt);
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
    this.surfaces.poll(this.view().time_s, time > SLOW_SCAN_S);
  }

  /** Chambers whose voting sensors have faults are read at every scan. */
  followFaults(): void {
    const { placement } = this;
    this.faulty.clear();
    for (const id of this.sensors.faulty()) if (isVoter(placement, id)) this.faulty.add(placement.chamberOf(id));
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

  private read(i: number, time: number, isSlow: boolean): void {
    for (let k = 0; k < VOTERS; k++) {
      const at = VOTERS * i + k;
      this.pressure[at] = this.ask('pressure', i, k, time, isSlow);
      this.temperature[at] = this.ask('temperature', i, k, time, isSlow);
      this.pressureGood[at] = Number.isFinite(this.pressure[at]) ? 1 : 0;
      this.temperatureGood[at] = Number.isFinite(this.temperature[at]) ? 1 : 0;
    }
  }

  /** Between slow scans a plant asks again: one lost sample is no lost sensor until the next of them. */
  private ask(kind: 'pressure' | 'temperature', chamber: number, voter: number, time: number, isSlow: boolean): number {
    const id = this.placement.id(kind, chamber, voter);
    const reading = this.sensors.read(id, time);
    return isSlow && Number.isNaN(reading) ? this.sensors.read(id, time - 1 / SENSORS[kind].rate) : reading;
  }

  lagged(kind: SensorKind, chamber: number, point: Point, time: number, channel: number): number {
    if (kind === 'pressure') return this.pressureLag.held[chamber];
    if (kind === 'temperature') {
      if (point.kind === 'wall') return this.wallLag.held[chamber];
      return point.kind === 'chip' ? this.chipLag.held[chamber] : this.temperatureLag.held[chamber];
    }
    if (kind === 'composition') return this.compositionLag.held[chamber * SPECIES_COUNT + channel];
    const { state, readings, frequency } = this.view();
    if (kind === 'oscillation') {
      // From the detector's phasors, turned back from the drive's present phase to the instant of the sample.
      const turns = state.clock[CLOCK.turns] - frequency * (this.view().time_s - time);
      const phase = TWO_PI * (turns - Math.floor(turns));
      return readings.cosine[chamber] * cos(phase) + readings.sine[chamber] * sin(phase);
    }
    return this.flowLag.held[VALVES * chamber + (point.index === 0 ? 0 : 1)];
  }

  /** Time of the last sample of a sensor, s; NaN before the first. @param time now, s */
  sampled(id: number, time: number): number {
    const kind = this.placement.kindOf(id);
    const point = this.placement.pointOf(id).kind;
    if (kind === 'pressure') return this.pressureLag.sampled;
    if (kind === 'composition') return this.compositionLag.sampled;
    if (kind === 'flow') return this.flowLag.sampled;
    if (kind === 'temperature')
      return (point === 'wall' ? this.wallLag : point === 'chip' ? this.chipLag : this.temperatureLag).sampled;
    const { rate } = SENSORS[kind];
    return sampleIndex(time, rate) / rate;
  }

  /** What the pressure controller reads of a chamber now, Pa: of its three sensors the middle one, of two the mean, the only one. */
  controlled(i: number, time: number): number {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    let sum = 0;
    let n = 0;
    for (let k = 0; k < VOTERS; k++) {
      const p = this.sensors.read(this.placement.id('pressure', i, k), time);
      if (!Number.isFinite(p)) continue;
      low = Math.min(low, p);
      high = Math.max(high, p);
      sum += p;
      n += 1;
    }
    return n === VOTERS ? sum - low - high : sum / n;
  }

  arrays(): Float64Array[] {
    return [
      this.pressure,
      this.temperature,
      this.pressureGood,
      this.temperatureGood,
      this.truth,
      this.sum,
      this.warmth,
      this.cycle,
      this.cycleBefore,
      this.progress,
      ...this.pressureLag.arrays(),
      ...this.temperatureLag.arrays(),
      ...this.wallLag.arrays(),
      ...this.chipLag.arrays(),
      ...this.compositionLag.arrays(),
      ...this.flowLag.arrays(),
      ...this.pressureVote.arrays(),
      ...this.temperatureVote.arrays(),
      ...this.surfaces.arrays(),
    ];
  }
}
