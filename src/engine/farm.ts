// The farm: owns every system and states the one order in which they step.
//   commands (edits) → acoustic step (ducts, pistons, relabelling, chambers, solids; gas-oscillation/step.ts)
//   → recorders → detector window complete? readings, metrics, validity → property refresh when due
// Deterministic: same values, same edits at the same steps → the same bits, in Node and in the browser.

import type { Problem } from './config/problem.ts';
import { conductAlongDucts } from './cooling/wall-conduction.ts';
import { carryState, changeGasModel, fillState, refill, resizeLayers } from './filling.ts';
import { REFERENCE_TEMPERATURE } from './gas/caloric.ts';
import { type FarmGasModel, pressureOf, virialAt } from './gas/equation-of-state.ts';
import { aimPistons, driveAmplitude } from './gas-oscillation/amplitude-manager.ts';
import { POLE_SETS } from './gas-oscillation/boundary-layer.ts';
import {
  allocateCoefficients,
  type Coefficients,
  computeCoefficients,
  type DuctGeometry,
  GasCache,
  type StepCoefficients,
  stableTimeStep,
  stepCoefficients,
} from './gas-oscillation/coefficients.ts';
import { condense } from './gas-oscillation/condensation.ts';
import type { LinearMean } from './gas-oscillation/linear-network.ts';
import { OscillationDetector } from './gas-oscillation/oscillation-detector.ts';
import type { DrivePattern } from './gas-oscillation/phase-controller.ts';
import { createRelabelling } from './gas-oscillation/relabel.ts';
import { CLOCK, createState, type FarmState, stateArrays } from './gas-oscillation/state.ts';
import { acousticStep, type StepWork, type Surroundings } from './gas-oscillation/step.ts';
import { WaveformRecorder } from './gas-oscillation/waveform-recorder.ts';
import { buildLayout, type Layout } from './lattice/layout.ts';
import { hashNumbers } from './numerics/hash.ts';
import { type ParameterEdits, withEdits } from './parameters/edit.ts';
import { type ParameterKey, type ParameterValues, parameterRow } from './parameters/table.ts';
import {
  applySurroundings,
  createSurroundings,
  ductConductance,
  ductGeometry,
  networkSettings,
  patternOf,
  restVolumes,
  roomConductance,
} from './settings.ts';
import { type StoredByPlace, storedByPlace } from './thermodynamics/energy-flows.ts';
import {
  type Balance,
  type BalanceOrigin,
  balance,
  type StoredEnergy,
  speciesTotals,
  storedEnergy,
  totalStored,
} from './thermodynamics/first-law.ts';

/** Longest automatic step, s: transients of the whole band stay true, not only the drive's frequency. */
const LONGEST_STEP = 25e-6;
/** Share of the stability limit an automatic step may use. */
const STABLE_SHARE = 0.8;
/** Windows between checks whether a chamber's mean temperature has moved to another property bin. */
const REFRESH_WINDOWS = 20;
const REFRESH_KELVIN = 0.5;

export type FarmResult = { ok: true; farm: Farm } | { ok: false; problems: Problem[] };

export class Farm {
  readonly warnings: Problem[] = [];
  /** False after a pressure was no longer finite and positive: the state is kept as it was when it broke. */
  intact = true;
  /** The network's physical coefficients, and those the step multiplies with (prewarped at the drive frequency). */
  coefficients!: Coefficients;
  stepping!: StepCoefficients;
  pattern!: DrivePattern;
  /** Half the peak-to-peak stroke in use, m³, and whether it was computed for the wanted ratio. */
  pistonAmplitude = 0;
  /** What of the drive was asked and could not be done. */
  driveRemark: string | null = null;
  state: FarmState;
  readonly detector: OscillationDetector;
  readonly recorder = new WaveformRecorder();
  readonly surroundings: Surroundings;
  readonly restVolume: Float64Array;
  readonly ducts: DuctGeometry;
  readonly origin: BalanceOrigin;
  /** Totals at the start of the detector window, and of the one finished last. */
  readonly windowStart: Float64Array;
  readonly lastWindow: Float64Array;
  /** Stored energy at the beginning and the end of the window finished last. */
  windowStored: { before: StoredByPlace; after: StoredByPlace } = {
    before: { gas: 0, ducts: 0, walls: 0, chips: 0 },
    after: { gas: 0, ducts: 0, walls: 0, chips: 0 },
  };
  /** Of the ducts' metal, W/K. */
  private ductConductance: Float64Array = new Float64Array(0);
  private startStored: StoredByPlace = { gas: 0, ducts: 0, walls: 0, chips: 0 };
  private readonly cache = new GasCache();
  private readonly work: StepWork;
  /** Mean T − 300 K for which the coefficients were computed. */
  private readonly propertyTemperature: Float64Array;
  private readonly meanPressure: Float64Array;

  private constructor(
    public values: ParameterValues,
    readonly layout: Layout,
  ) {
    const { count } = layout;
    const ductCount = layout.edges.length / 2;
    const poles = POLE_SETS[values['simulation.thermoviscous_states']].theta.length;
    this.state = createState(count, ductCount, poles, values['simulation.gas_model'] as FarmGasModel);
    this.detector = new OscillationDetector(count, ductCount);
    this.surroundings = createSurroundings(count);
    this.ducts = ductGeometry(values, layout);
    this.restVolume = restVolumes(values, layout, this.ducts);
    this.windowStart = new Float64Array(this.state.totals.length);
    this.lastWindow = new Float64Array(this.state.totals.length);
    this.propertyTemperature = new Float64Array(count);
    this.meanPressure = new Float64Array(count);
    this.work = {
      volumeChange: new Float64Array(count),
      frictionHeat: new Float64Array(count),
      minorHeat: new Float64Array(count),
      relabelling: createRelabelling(count, ductCount),
    };
    this.origin = { energy: { gas: 0, layers: 0, solids: 0, ducts: 0 }, editEnergy: 0, species: new Float64Array(6) };
  }

  /** Builds a farm from checked values. With `from`, gas and temperatures are carried over where chambers correspond. */
  static create(values: ParameterValues, from?: Farm): FarmResult {
    const built = buildLayout(values);
    if (!built.ok) return built;
    const refusal = refusedSettings(values);
    if (refusal) return { ok: false, problems: [refusal] };
    const farm = new Farm(values, built.layout);
    farm.warnings.push(...built.layout.warnings);
    fillState(farm.state, values, farm.restVolume);
    if (from) {
      carryState(from.state, from.layout, farm.state, farm.layout);
      farm.state.clock[CLOCK.timeBase] = from.time_s;
      farm.state.clock[CLOCK.stepsSinceBase] = 0;
    }
    farm.propertyTemperature.set(farm.state.temperature);
    farm.meanPressure.set(farm.state.pressure);
    const problem = farm.configure();
    if (problem) return { ok: false, problems: [problem] };
    farm.retune();
    farm.settleFlow();
    farm.rebase();
    farm.beginWindow();
    return { ok: true, farm };
  }

  get time_s(): number {
    const { clock } = this.state;
    return clock[CLOCK.timeBase] + clock[CLOCK.stepsSinceBase] * this.coefficients.timeStep;
  }

  get steps(): number {
    return this.state.clock[CLOCK.steps];
  }

  /** Advances n steps. @returns steps done: fewer when the farm broke */
  step(n: number, afterStep?: () => void): number {
    for (let m = 0; m < n; m++) {
      if (!this.intact) return m;
      const outcome = acousticStep(
        this.state,
        this.stepping,
        this.layout.edges,
        this.surroundings,
        this.detector.sums,
        this.work,
      );
      if (outcome === 'broken') this.intact = false;
      this.recorder.record(this.state, this.time_s);
      if (this.detector.advance()) this.finishWindow();
      afterStep?.();
    }
    return n;
  }

  /**
   * Applies checked edits at the present step. Edits that change the lattice answer with a new farm, carried over.
   * @returns this or another farm, or the problems (then nothing has changed)
   */
  edit(edits: ParameterEdits): FarmResult {
    const next = withEdits(this.values, edits);
    const changed = changedKeys(this.values, next);
    if (changed.some((key) => parameterRow(key).effect === 'rebuild')) {
      const rebuilt = Farm.create(next, this);
      if (rebuilt.ok)
        rebuilt.farm.recorder.select(this.recorder.selected.filter((id) => id < rebuilt.farm.layout.count));
      return rebuilt;
    }
    const refusal = refusedSettings(next);
    if (refusal) return { ok: false, problems: [refusal] };
    if (changed.length === 0) return { ok: true, farm: this };
    const before = this.values;
    const energyBefore = totalStored(this.stored());
    const speciesBefore = speciesTotals(this.state);
    this.values = next;
    const problem = this.configure(changed, before);
    if (problem) {
      this.values = before;
      return { ok: false, problems: [problem] };
    }
    if (changed.some((key) => parameterRow(key).group !== 'cooling')) this.retune();
    this.postEdit(energyBefore, speciesBefore);
    this.detector.readings.previousPhase.fill(Number.NaN);
    this.beginWindow();
    return { ok: true, farm: this };
  }

  /** Stored energy by kind, J above 300 K and rest. */
  stored(): StoredEnergy {
    return storedEnergy(this.state, this.stepping, this.layout.edges, this.surroundings);
  }

  balance(): Balance {
    return balance(this.state, this.stepping, this.layout.edges, this.surroundings, this.origin);
  }

  /** Fingerprint of the whole state, equal for equal histories in every JavaScript engine. */
  stateHash(): string {
    return hashNumbers(stateArrays(this.state));
  }

  /** Mean state about which the network is linear: readings once there are any. */
  linearMean(): LinearMean {
    const { amount } = this.state;
    const temperature = this.detector.readings.count > 0 ? this.detector.readings.temperature : this.state.temperature;
    return {
      amount,
      volume: this.restVolume,
      temperature,
      pressure: Float64Array.from(amount, (n, i) => this.eosAt(i, n, temperature[i]).p),
      byT: Float64Array.from(amount, (n, i) => this.eosAt(i, n, temperature[i]).byT),
      byV: Float64Array.from(amount, (n, i) => this.eosAt(i, n, temperature[i]).byV),
    };
  }

  private eosAt(i: number, n: number, temperature: number): { p: number; byT: number; byV: number } {
    const [b, db] = virialAt(this.state.virial, i, temperature - this.state.centre[i]);
    return pressureOf(n, REFERENCE_TEMPERATURE + temperature, this.restVolume[i], b, db);
  }

  /** Starts a detector window; `offset` is the mean pressure as far as it is known. */
  beginWindow(): void {
    const { readings } = this.detector;
    const period = 1 / this.values['drive.frequency_Hz'];
    const steps = Math.max(
      4,
      Math.round((this.values['simulation.detector_cycles'] * period) / this.coefficients.timeStep),
    );
    this.detector.begin(steps, readings.count > 0 ? readings.pressure : this.meanPressure);
    this.windowStart.set(this.state.totals);
    this.startStored = storedByPlace(this);
  }

  /** Everything a snapshot stores besides the state: detector and bookkeeping. */
  snapshotArrays(): Float64Array[] {
    return [
      ...stateArrays(this.state),
      ...this.detector.arrays(),
      this.windowStart,
      this.lastWindow,
      this.propertyTemperature,
      this.meanPressure,
    ];
  }

  /** After snapshotArrays() were overwritten: what is derived from them. */
  restored(timeStep: number, pistonAmplitude: number, conductance: number, origin: BalanceOrigin): void {
    this.detector.restored();
    this.recompute(timeStep);
    this.pistonAmplitude = pistonAmplitude;
    this.aim();
    this.surroundings.roomConductance = conductance;
    Object.assign(this.origin, { energy: origin.energy, editEnergy: origin.editEnergy });
    this.origin.species.set(origin.species);
  }

  private finishWindow(): void {
    this.detector.finish(this.coefficients.timeStep, this.time_s);
    for (let m = 0; m < this.lastWindow.length; m++) this.lastWindow[m] = this.state.totals[m] - this.windowStart[m];
    const { readings } = this.detector;
    this.windowStored = { before: this.startStored, after: storedByPlace(this) };
    condense(
      this.state,
      readings.temperature,
      this.layout.sphereRadius_m,
      this.surroundings.wallCapacity,
      readings.duration_s,
    );
    conductAlongDucts(
      this.state,
      this.layout.edges,
      this.ductConductance,
      this.surroundings.wallCapacity,
      readings.duration_s,
      this.work.volumeChange,
    );
    if (readings.count % REFRESH_WINDOWS === 0) this.refreshProperties();
    this.beginWindow();
  }

  /** Recomputes the coefficients when a mean temperature has moved by more than half a bin; posts the energy difference. */
  private refreshProperties(): void {
    this.refreshRoom();
    const { temperature, pressure } = this.detector.readings;
    let largest = 0;
    for (let i = 0; i < temperature.length; i++)
      largest = Math.max(largest, Math.abs(temperature[i] - this.propertyTemperature[i]));
    if (largest < REFRESH_KELVIN) return;
    const energyBefore = totalStored(this.stored());
    this.propertyTemperature.set(temperature);
    this.meanPressure.set(pressure);
    this.recompute(this.coefficients.timeStep);
    this.origin.editEnergy += totalStored(this.stored()) - energyBefore;
  }

  private refreshRoom(): void {
    let sum = 0;
    for (let i = 0; i < this.layout.count; i++) sum += this.state.wall[i];
    this.surroundings.roomConductance = roomConductance(
      this.values,
      this.layout,
      sum / this.layout.count - this.surroundings.roomTemperature,
    );
  }

  /** Sets everything that follows from the values except the piston amplitude. @returns why it cannot be */
  private configure(changed: readonly ParameterKey[] = [], before?: ParameterValues): Problem | null {
    const { values, layout, state } = this;
    const settings = networkSettings(values);
    const poles = POLE_SETS[settings.poleSet].theta.length;
    if (before) refill(state, before, values, changed);
    if (changed.some((key) => key === 'gas.mixture' || key.startsWith('initial.'))) {
      this.propertyTemperature.set(state.temperature);
      this.meanPressure.set(state.pressure);
      this.detector.forget();
    }
    const model = values['simulation.gas_model'] as FarmGasModel;
    if (model !== state.gasModel) changeGasModel(state, model);
    if (poles !== state.poles) this.state = resizeLayers(state, poles);
    applySurroundings(values, layout, this.surroundings);
    this.ductConductance = ductConductance(values, this.ducts);
    this.pattern = patternOf(values, layout);
    const previousStep = before ? this.coefficients.timeStep : 0;
    const now = this.time_s_of(previousStep);
    this.recompute(1e-6);
    const stable = stableTimeStep(layout.edges, this.coefficients.inertance, this.stiffCompliance());
    const wanted = values['simulation.time_step_s'];
    if (wanted !== 'auto' && wanted > stable) {
      if (before) this.recompute(previousStep);
      return refusedProblem(
        'simulation.time_step_s',
        `A time step of ${wanted} s is beyond the stability limit of ${stable.toExponential(3)} s for these ducts and chambers.`,
        `Use at most ${(0.9 * stable).toExponential(2)} s, or "auto".`,
      );
    }
    const period = 1 / values['drive.frequency_Hz'];
    const perCycle = Math.max(
      values['simulation.steps_per_cycle'],
      Math.ceil(period / Math.min(LONGEST_STEP * (1 + 1e-9), STABLE_SHARE * stable)),
    );
    const timeStep = wanted === 'auto' ? period / perCycle : wanted;
    this.recompute(timeStep);
    this.state.clock[CLOCK.timeBase] = now;
    this.state.clock[CLOCK.stepsSinceBase] = 0;
    if (previousStep > 0 && previousStep !== timeStep) this.shiftFlow(0.5 * (previousStep - timeStep));
    this.refreshRoom();
    return null;
  }

  private time_s_of(timeStep: number): number {
    return this.state.clock[CLOCK.timeBase] + this.state.clock[CLOCK.stepsSinceBase] * timeStep;
  }

  private recompute(timeStep: number): void {
    const settings = networkSettings(this.values);
    this.coefficients = allocateCoefficients(this.layout.count, this.layout.edges.length / 2, settings, timeStep);
    const mean = {
      amounts: this.state.amounts,
      amount: this.state.amount,
      temperature: this.propertyTemperature,
      pressure: this.meanPressure,
    };
    computeCoefficients(
      this.coefficients,
      mean,
      REFERENCE_TEMPERATURE,
      this.layout.sphereRadius_m,
      this.layout.edges,
      this.ducts,
      settings,
      this.cache,
    );
    this.stepping = stepCoefficients(this.coefficients, this.values['drive.enabled'] ? settings.frequency : 0);
  }

  /** Adiabatic compliance, the stiffest the chambers can be, m³/Pa. */
  private stiffCompliance(): Float64Array {
    return Float64Array.from(this.restVolume, (v, i) => v / (this.coefficients.gas[i].gamma * this.meanPressure[i]));
  }

  /** Chooses the piston amplitude and aims the pistons. */
  private retune(): void {
    const { amplitude, remark } = driveAmplitude(
      this.values,
      this.pattern,
      () => this.linearMean(),
      this.coefficients,
      this.layout.edges,
    );
    this.pistonAmplitude = amplitude;
    this.driveRemark = remark;
    this.aim();
  }

  private aim(): void {
    aimPistons(this.pattern, this.values['drive.enabled'] ? this.pistonAmplitude : 0, this.surroundings);
  }

  /** Flow at n − ½ such that it is zero at the start, to second order. */
  private settleFlow(): void {
    if (this.state.flow.every((q) => q === 0)) this.shiftFlow(-0.5 * this.coefficients.timeStep);
  }

  /** Moves the flows' half-step time by `dt` along the present pressure difference. */
  private shiftFlow(dt: number): void {
    const { flow, pressure } = this.state;
    const { edges } = this.layout;
    for (let e = 0; e < flow.length; e++) {
      flow[e] += (dt * (pressure[edges[2 * e]] - pressure[edges[2 * e + 1]])) / this.stepping.inertance[e];
    }
  }

  /** Takes the present state as the origin of the balance. */
  private rebase(): void {
    this.origin.energy = this.stored();
    this.origin.editEnergy = 0;
    this.origin.species.set(speciesTotals(this.state));
    this.state.totals.fill(0);
  }

  /** Books what an edit added to energy and gas, so that the balance stays closed and the addition visible. */
  private postEdit(energyBefore: number, speciesBefore: Float64Array): void {
    const after = totalStored(this.stored());
    this.origin.editEnergy += after - energyBefore;
    const species = speciesTotals(this.state);
    for (let k = 0; k < species.length; k++) this.origin.species[k] += species[k] - speciesBefore[k];
  }
}

function changedKeys(before: ParameterValues, after: ParameterValues): ParameterKey[] {
  return (Object.keys(after) as ParameterKey[]).filter(
    (key) => before[key] !== after[key] && JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
}

const refusedProblem = (key: ParameterKey, message: string, remedy: string): Problem => ({
  key,
  message,
  remedy,
  severity: 'error',
});
/** Settings whose system is still to come. */
function refusedSettings(v: ParameterValues): Problem | null {
  if (v['simulation.fidelity'] === 'averaged')
    return refusedProblem('simulation.fidelity', 'The averaged mode is not modelled yet.', 'Use "waveform" or "auto".');
  return null;
}
