// The farm: owns every system and states the one order in which they step.
//   waveform: commands (edits) → acoustic step (ducts, pistons, relabelling, chambers, solids; gas-oscillation/step.ts)
//   → recorders → detector window complete? readings, condensation, conduction, room → property refresh when due
//   averaged: commands → slow step of the means (gas-oscillation/averaged/) → readings, condensation, conduction, room, refresh
// Deterministic: same values, same edits at the same steps → the same bits, in Node and in the browser.

import type { Problem } from './config/problem.ts';
import type { FarmRoom } from './cooling/room/farm-room.ts';
import { FarmDrive } from './farm-drive.ts';
import { FarmHeat } from './farm-heat.ts';
import { type FarmMode, FarmModes } from './farm-modes.ts';
import { FarmNetwork } from './farm-network.ts';
import { plantViewOf, takeShares } from './farm-plant.ts';
import { changedKeys, contradiction, isSlow } from './farm-refusals.ts';
import { carryState, changeGasModel, fillState, refill, resizeLayers } from './filling.ts';
import type { FarmGasModel } from './gas/equation-of-state.ts';
import type { AveragedMode } from './gas-oscillation/averaged/averaged-mode.ts';
import { POLE_SETS } from './gas-oscillation/boundary-layer.ts';
import type { Coefficients, DuctGeometry, StepCoefficients } from './gas-oscillation/coefficients.ts';
import { createStepper, type Stepper } from './gas-oscillation/kernel.ts';
import type { LinearMean } from './gas-oscillation/linear-network.ts';
import { OscillationDetector } from './gas-oscillation/oscillation-detector.ts';
import type { DrivePattern } from './gas-oscillation/phase-controller.ts';
import { createRelabelling } from './gas-oscillation/relabel.ts';
import { Settling } from './gas-oscillation/settling.ts';
import { CLOCK, createState, type FarmState, stateArrays } from './gas-oscillation/state.ts';
import type { StepWork, Surroundings } from './gas-oscillation/step.ts';
import { TideCentre } from './gas-oscillation/tide-centre.ts';
import { isFast, isSteady, type StepKind } from './gas-oscillation/time-step.ts';
import { WaveformRecorder } from './gas-oscillation/waveform-recorder.ts';
import { buildLayout, type Layout } from './lattice/layout.ts';
import { lostNumber } from './lost-numbers.ts';
import { hashNumbers } from './numerics/hash.ts';
import { type ParameterEdits, withEdits } from './parameters/edit.ts';
import { type ParameterKey, type ParameterValues, parameterRow } from './parameters/table.ts';
import { FarmHeaders } from './pressure-control/headers/farm-headers.ts';
import { headerSettingsOf, isHeaderKey } from './pressure-control/headers/header-parameters.ts';
import type { ManualOrder } from './pressure-control/plant/manual-control.ts';
import { Plant } from './pressure-control/plant/plant.ts';
import { isPlantKey, plantSettingsOf } from './pressure-control/plant/plant-parameters.ts';
import type { PlantSnapshot } from './pressure-control/plant/plant-snapshot.ts';
import { applySurroundings, createSurroundings, ductGeometry, networkSettings, restVolumes } from './settings.ts';
import { EnergyBook } from './thermodynamics/energy-book.ts';
import { type StoredByPlace, storedByPlace } from './thermodynamics/energy-flows.ts';
import { type Balance, balance, type StoredEnergy, storedEnergy } from './thermodynamics/first-law.ts';
import { WindowBook } from './thermodynamics/window-book.ts';

const BROKEN_PRESSURE = 'A pressure was no longer finite and positive.';
/** Windows between checks whether a chamber's mean temperature has moved to another property bin. */
const REFRESH_WINDOWS = 20;
/** Steps between looks whether a valve has changed a pressure many times over. */
const JUMP_STEPS = 8;
/** Averaged, properties and oscillation are renewed together, at this multiple of the waveform's limits. */
const AVERAGED_REFRESH = 1.8;

export type FarmResult = { ok: true; farm: Farm } | { ok: false; problems: Problem[] };

export class Farm {
  readonly warnings: Problem[] = [];
  /** False after a pressure was no longer finite and positive: the state is kept as it was when it broke. */
  intact = true;
  /** The limit at which the farm stopped, for people; null while it is intact. */
  stopReason: string | null = null;
  /** Coefficients and the length of the step. */
  readonly network: FarmNetwork;
  /** Strokes and phases of the pistons. */
  readonly drive: FarmDrive;
  state: FarmState;
  readonly detector: OscillationDetector;
  /** Keeps tides about the middle of their ducts. */
  readonly tides: TideCentre;
  readonly recorder = new WaveformRecorder();
  readonly surroundings: Surroundings;
  readonly restVolume: Float64Array;
  private readonly smallestVolume: number;
  readonly ducts: DuctGeometry;
  /** Condensation, conduction along the ducts and the room. */
  readonly heat: FarmHeat;
  /** Whether every cycle is resolved, and the averaged mode. */
  readonly modes: FarmModes;
  private watched = false;
  /** Sums of the present window and of the one finished last. */
  readonly window: WindowBook;
  /** Whether the oscillation still changes from window to window. */
  readonly settling: Settling;
  /** Supply and return headers, vents and injectors; off unless asked for. */
  readonly headers: FarmHeaders;
  /** Sensors, safety, alarms and faults. */
  plant!: Plant;
  /** What of the plant's effects the farm already has. */
  private obeyed = 0;
  /** What the balance is reckoned from. */
  readonly book: EnergyBook;
  /** Workspace of a step. */
  readonly work: StepWork;
  /** Steps `state`; made when first wanted, because it moves the arrays into its own memory. */
  private stepper: Stepper | null = null;

  private constructor(
    public values: ParameterValues,
    readonly layout: Layout,
  ) {
    const { count } = layout;
    const ductCount = layout.edges.length / 2;
    const poles = POLE_SETS[networkSettings(values).poleSet].theta.length;
    this.state = createState(count, ductCount, poles, values['simulation.gas_model'] as FarmGasModel);
    this.detector = new OscillationDetector(count, ductCount);
    this.tides = new TideCentre(ductCount);
    this.surroundings = createSurroundings(count);
    this.ducts = ductGeometry(values, layout);
    this.restVolume = restVolumes(values, layout, this.ducts);
    this.smallestVolume = this.restVolume.reduce((least, v) => Math.min(least, v), Number.POSITIVE_INFINITY);
    this.window = new WindowBook(this.state.totals.length);
    this.settling = new Settling(count);
    this.headers = new FarmHeaders(count);
    this.network = new FarmNetwork(this);
    this.drive = new FarmDrive(this);
    this.heat = new FarmHeat(this);
    this.modes = new FarmModes(this);
    this.book = new EnergyBook(
      () => this.state,
      () => this.stored(),
      this.headers,
    );
    this.work = {
      volumeChange: new Float64Array(count),
      frictionHeat: new Float64Array(count),
      minorHeat: new Float64Array(count),
      relabelling: createRelabelling(count, ductCount),
    };
  }

  /** Builds a farm from checked values. With `from`, gas and temperatures are carried over where chambers correspond. */
  static create(values: ParameterValues, from?: Farm): FarmResult {
    const built = buildLayout(values);
    if (!built.ok) return built;
    const refused = contradiction(values);
    if (refused) return { ok: false, problems: [refused] };
    const farm = new Farm(values, built.layout);
    farm.warnings.push(...built.layout.warnings);
    fillState(farm.state, values, farm.restVolume);
    if (from) {
      carryState(from.state, from.layout, farm.state, farm.layout);
      farm.state.clock[CLOCK.timeBase] = from.time_s;
      farm.state.clock[CLOCK.stepsSinceBase] = 0;
    }
    farm.network.properties.take(farm.state.temperature, farm.state.pressure);
    const problem = farm.configure();
    if (problem) return { ok: false, problems: [problem] };
    if (from) {
      farm.heat.room.adopt(from.heat.room);
      farm.drive.inherit(from.drive);
      farm.plant.inherit(from.plant);
      farm.plant.controlHeaders();
      farm.obeyPlant();
    }
    farm.drive.retune();
    farm.network.begin();
    farm.book.rebase();
    farm.beginWindow();
    const refusal = farm.modes.followFidelity();
    if (refusal) return { ok: false, problems: [refusal] };
    return { ok: true, farm };
  }

  get coefficients(): Coefficients {
    return this.network.coefficients;
  }

  get stepping(): StepCoefficients {
    return this.network.stepping;
  }

  /** Stability limit of the time step, s. */
  get stableStep(): number {
    return this.network.stableStep;
  }

  get pattern(): DrivePattern {
    return this.drive.pattern;
  }

  /** Half the peak-to-peak stroke in use, m³. */
  get pistonAmplitude(): number {
    return this.drive.amplitude;
  }

  get room(): FarmRoom {
    return this.heat.room;
  }

  /** Whether every cycle is resolved now. */
  get mode(): FarmMode {
    return this.modes.mode;
  }

  /** Why the farm cannot be averaged as it is set; null while nobody has found out. */
  get modeRemark(): string | null {
    return this.modes.remark;
  }

  get averaged(): AveragedMode {
    return this.modes.averaged;
  }

  get time_s(): number {
    const { clock } = this.state;
    const { stepsSinceBase } = CLOCK;
    // A farm that is being made has no step yet.
    return clock[CLOCK.timeBase] + (clock[stepsSinceBase] > 0 ? clock[stepsSinceBase] * this.coefficients.timeStep : 0);
  }

  get steps(): number {
    return this.state.clock[CLOCK.steps];
  }

  /** Simulated seconds of one step() in the present mode. */
  get stepLength_s(): number {
    return this.mode === 'averaged' ? this.modes.slowStep : this.coefficients.timeStep;
  }

  /** Advances n steps of stepLength_s. @returns steps done: fewer when the farm broke or had to change its mode */
  step(n: number, afterStep?: () => void): number {
    for (let m = 0; m < n; m++) {
      if (!this.intact) return m;
      if (this.mode === 'averaged') {
        if (!this.stepAveraged()) return m;
        afterStep?.();
        continue;
      }
      const outcome = this.stepperOfState().step(this.stepping);
      const failure =
        outcome === 'broken' ? BROKEN_PRESSURE : this.headers.collect(this.state, this.coefficients.timeStep);
      if (failure !== null) this.stop(failure);
      this.followJump();
      this.recorder.record(this.state, this.time_s);
      if (this.plant.collect(this.coefficients.timeStep)) this.followPlant();
      this.tides.follow(this.state, this.stepping, this.surroundings.frequency);
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
    if (changed.length === 0) return { ok: true, farm: this };
    const refused = contradiction(next);
    if (refused) return { ok: false, problems: [refused] };
    // The averaged mode knows the ideal gas only; and automatic fidelity shows how a changed oscillation settles.
    const unsettles = next['simulation.fidelity'] === 'auto' && changed.some((key) => !isSlow(key));
    if (unsettles || next['simulation.gas_model'] !== 'ideal') this.modes.leave();
    const before = this.values;
    this.values = next;
    const problem = this.book.bookedWithGas(() => this.configure(changed, before));
    if (problem) {
      this.values = before;
      return { ok: false, problems: [problem] };
    }
    if (changed.some((key) => !isSlow(key))) {
      this.drive.retune();
      this.settling.restart();
    }
    if (changed.includes('simulation.averaged_step_s')) this.modes.averagedStep_s = next['simulation.averaged_step_s'];
    this.modes.reconsider();
    const refusal = this.modes.followFidelity();
    if (refusal) {
      const restored = this.edit(before);
      return restored.ok ? { ok: false, problems: [refusal] } : restored;
    }
    this.detector.readings.previousPhase.fill(Number.NaN);
    this.beginWindow();
    return { ok: true, farm: this };
  }

  /** Holds a device of the plant by hand, or releases it. @returns why it is refused, with nothing changed; undefined: it is done */
  order(order: ManualOrder, who: string): Problem | undefined {
    const refused = this.plant.order(order, who);
    if (!refused) this.obeyPlant();
    return refused;
  }

  /** Presses or lets go the emergency stop. What it stops has stopped when this returns, however long the next step is. */
  emergencyStop(pressed: boolean, who: string, why: string): void {
    this.plant.emergencyStop(pressed, who, why);
    this.obeyPlant();
  }

  /** Resolves cycles or averages, as simulation.fidelity asks for. @param looking a chamber's waveform or slow motion is wanted */
  chooseMode(looking: boolean): void {
    this.modes.choose(looking);
  }

  /** Stored energy by kind, J above 300 K and rest. */
  stored(): StoredEnergy {
    return storedEnergy(this.state, this.stepping, this.layout.edges, this.surroundings);
  }

  balance(): Balance {
    return balance(this.state, this.stepping, this.layout.edges, this.surroundings, this.book.origin, this.headers);
  }

  /** Fingerprint of the whole state, equal for equal histories in every JavaScript engine. */
  stateHash(): string {
    return hashNumbers(stateArrays(this.state));
  }

  /** Mean state about which the network is linear: readings once there are any. */
  linearMean(): LinearMean {
    return this.network.linearMean();
  }

  /**
   * Starts a detector window about the mean pressure as far as it is known.
   * @param stored what the farm stores now, if somebody has just summed it
   */
  beginWindow(stored?: StoredByPlace): void {
    const { readings } = this.detector;
    const period = 1 / this.values['drive.frequency_Hz'];
    const steps = Math.max(
      4,
      Math.round((this.values['simulation.detector_cycles'] * period) / this.coefficients.timeStep),
    );
    this.detector.begin(steps, readings.count > 0 ? readings.pressure : this.network.properties.pressure);
    this.markWindow(stored);
  }

  /** One slow step. @returns false when no oscillation was found: the farm then resolves every cycle, and says so */
  private stepAveraged(): boolean {
    const dt = this.modes.slowStep;
    this.markWindow();
    if (this.headers.isOn) {
      const failure = this.headers.exchange(this.state, this.network.parts, dt);
      if (failure !== null) {
        this.stop(failure);
        return false;
      }
      this.averaged.disturb();
    }
    if (!this.modes.advance(dt)) {
      this.followPlant();
      return false;
    }
    this.heat.condense(this.detector.readings.temperature, dt);
    this.closeWindow();
    this.plant.scan();
    if (!this.followPlant()) return true;
    this.refreshProperties(AVERAGED_REFRESH * this.averaged.patience);
    this.adaptDrive();
    return true;
  }

  private markWindow(stored = storedByPlace(this)): void {
    this.window.begin(this.state.totals, this.headers, stored);
  }

  /** @returns what the farm stores */
  private closeWindow(): StoredByPlace {
    const stored = storedByPlace(this);
    this.window.close(this.state.totals, this.headers, stored);
    return stored;
  }

  /** Ends the run: nothing can be computed from here on. The plant holds everything. */
  private stop(reason: string): void {
    if (!this.intact) return;
    this.intact = false;
    this.stopReason = reason;
    this.plant.hold(reason);
  }

  /** After a scan. @returns whether the farm can go on */
  private followPlant(): boolean {
    const lost = lostNumber(this.state, {
      'air of the room': this.room.arrays(),
      'properties of the gas': this.network.properties.arrays(),
    });
    if (lost !== null) this.stop(`A number of the farm's state was lost: ${lost}.`);
    else this.obeyPlant();
    return this.intact;
  }

  /** What steps the farm: the kernel or the plain step, among how many threads, and how many steps others shared; null before a step. */
  get presentStepper(): Stepper | null {
    return this.stepper;
  }

  private stepperOfState(): Stepper {
    if (this.stepper?.state !== this.state)
      this.stepper = createStepper(this.state, this.layout.edges, this.surroundings, this.detector.sums, this.work);
    return this.stepper;
  }

  private finishWindow(): void {
    this.settling.measure(this.detector.readings, () => this.detector.finish(this.stepping, this.time_s));
    const { readings } = this.detector;
    this.heat.exchange(readings.temperature, readings.duration_s);
    const stored = this.closeWindow();
    const { stepping } = this;
    this.chooseStep();
    // Valves change the gas faster than heat does.
    if (this.headers.isOn || readings.count % REFRESH_WINDOWS === 0) this.refreshProperties();
    this.adaptDrive();
    // Other coefficients hold other energies.
    this.beginWindow(stepping === this.stepping ? stored : undefined);
  }

  /** Recomputes the coefficients when a mean temperature has moved by more than half a bin; books the energy difference. */
  refreshProperties(limits = 1): void {
    this.heat.refresh();
    const { temperature, pressure } = this.detector.readings;
    const { properties } = this.network;
    if (!properties.hasMoved(temperature, pressure, limits)) return;
    properties.take(temperature, pressure);
    this.book.booked(() => this.network.renew());
    this.averaged.invalidate();
  }

  /** Valves change a pressure many times over in less than a window: coefficients far behind would make the step unstable. */
  private followJump(): void {
    const { temperature, pressure, clock } = this.state;
    const { properties } = this.network;
    if (!this.headers.isOn || clock[CLOCK.steps] % JUMP_STEPS !== 0 || !properties.hasJumped(pressure)) return;
    properties.take(temperature, pressure);
    this.book.booked(() => this.network.renew());
  }

  /** Sets everything that follows from the values except the strokes. @returns why it cannot be */
  private configure(changed: readonly ParameterKey[] = [], before?: ParameterValues): Problem | null {
    const { values, layout, state } = this;
    const settings = networkSettings(values);
    const poles = POLE_SETS[settings.poleSet].theta.length;
    if (before) refill(state, before, values, changed);
    if (changed.some((key) => key === 'gas.mixture' || key.startsWith('initial.'))) {
      this.network.properties.take(state.temperature, state.pressure);
      this.detector.forget();
    }
    const model = values['simulation.gas_model'] as FarmGasModel;
    if (model !== state.gasModel) changeGasModel(state, model);
    if (poles !== state.poles) this.state = resizeLayers(state, poles);
    applySurroundings(values, layout, this.surroundings);
    if (!before || changed.some(isPlantKey)) this.buildPlant();
    takeShares(this.plant.effects, this.surroundings);
    this.heat.configure();
    if (!before || changed.some(isHeaderKey)) {
      this.headers.configure(headerSettingsOf(values, layout), values['headers.enabled']);
    }
    this.plant.controlHeaders();
    this.drive.configure();
    const problem = this.network.configure(before && this.stepping);
    if (problem) return problem;
    this.heat.refresh();
    return null;
  }

  private adaptDrive(): void {
    if (this.drive.adapt()) this.averaged.invalidate();
  }

  private buildPlant(): void {
    const before = this.plant as Plant | undefined;
    this.plant = new Plant(plantSettingsOf(this.values, this.layout.layers), plantViewOf(this));
    if (before) this.plant.inherit(before);
    this.obeyed = 0;
  }

  /** Follows what interlocks, sequence and faults have changed; booked. */
  private obeyPlant(): void {
    const { effects } = this.plant;
    if (effects.version === this.obeyed) return;
    this.obeyed = effects.version;
    const { pistonTargetRe, pistonTargetIm } = this.surroundings;
    const drive = [pistonTargetRe.slice(), pistonTargetIm.slice()];
    this.surround();
    this.heat.refresh();
    this.drive.aim();
    const closed = effects.ducts.some((open, e) => open !== this.network.openDucts[e]);
    if (closed) this.openDuctsTo(effects.ducts);
    const driven = pistonTargetRe.some((x, i) => x !== drive[0][i]) || pistonTargetIm.some((x, i) => x !== drive[1][i]);
    if (closed || driven) this.settling.restart();
    this.modes.reconsider();
  }

  /** Surroundings as set, with the plant's shares of them; where the pistons aim is the drive's. */
  private surround(): void {
    applySurroundings(this.values, this.layout, this.surroundings);
    takeShares(this.plant.effects, this.surroundings);
    this.heat.followFans();
  }

  /** After the plant's arrays were overwritten from a snapshot: its effects are in the state already. */
  plantRestored(kept: PlantSnapshot): void {
    this.plant.restored(kept);
    this.obeyed = this.plant.effects.version;
    this.network.restoreOpen(this.plant.effects.ducts);
    this.surround();
  }

  /** Opens and shuts ducts. Gas that falls from one part into another is resolved, unless the farm is to be averaged throughout. */
  private openDuctsTo(shares: Float64Array): void {
    if (this.values['simulation.fidelity'] === 'auto' && this.network.gasFalls(shares)) this.modes.leave();
    this.book.booked(() => this.network.openTo(shares));
  }

  /** Whether somebody looks at single steps: they are then short, at once. */
  get isWatched(): boolean {
    return this.watched;
  }

  set isWatched(watched: boolean) {
    if (watched === this.watched) return;
    this.watched = watched;
    if (!watched || this.mode === 'averaged') return;
    this.chooseStep();
    this.beginWindow();
  }

  /** Fine steps while somebody looks at single ones or gas rushes through the ducts, long ones once the wave is steady. */
  private chooseStep(): void {
    const steady = isSteady(this.network.kind === 'long', this.settling.isSettled, this.settling.change);
    const fast = isFast(this.detector.readings.peakFlow, this.smallestVolume);
    this.takeStep(this.isWatched || fast ? 'fine' : steady ? 'long' : 'short');
  }

  /** Goes on with steps of this kind. */
  takeStep(kind: StepKind): void {
    if (kind === this.network.kind) return;
    const timeStep = this.network.chooseStep(kind);
    if (timeStep === this.coefficients.timeStep) return;
    // A record is evenly spaced.
    this.recorder.clear();
    this.book.booked(() => this.network.takeStep(timeStep));
  }
}
