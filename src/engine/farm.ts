// The farm: owns every system and states the one order in which they step.
//   waveform: commands (edits) → acoustic step (ducts, pistons, relabelling, chambers, solids; gas-oscillation/step.ts)
//   → recorders → detector window complete? readings, condensation, conduction, room → property refresh when due
//   averaged: commands → slow step of the means (gas-oscillation/averaged/) → readings, condensation, conduction, room, refresh
// Deterministic: same values, same edits at the same steps → the same bits, in Node and in the browser.

import type { Problem } from './config/problem.ts';
import { FarmRoom, type FarmRoomSettings, type RoomSnapshot } from './cooling/room/farm-room.ts';
import { conductAlongDucts } from './cooling/wall-conduction.ts';
import { FarmNetwork } from './farm-network.ts';
import { plantViewOf, takeDriveShares, takePistons, takeShares } from './farm-plant.ts';
import { changedKeys, contradiction, isSlow, noOscillation, refusedProblem, virialRefused } from './farm-refusals.ts';
import { carryState, changeGasModel, fillState, refill, resizeLayers } from './filling.ts';
import { REFERENCE_TEMPERATURE } from './gas/caloric.ts';
import { type FarmGasModel, pressureOf, virialAt } from './gas/equation-of-state.ts';
import { aimPistons, driveAmplitude, scaleStrokes } from './gas-oscillation/amplitude-manager.ts';
import { AveragedMode, type AveragedSnapshot } from './gas-oscillation/averaged/averaged-mode.ts';
import type { AveragedContext } from './gas-oscillation/averaged/averaged-state.ts';
import { graphParts } from './gas-oscillation/averaged/network-solve.ts';
import { POLE_SETS } from './gas-oscillation/boundary-layer.ts';
import type { Coefficients, DuctGeometry, StepCoefficients } from './gas-oscillation/coefficients.ts';
import { condense } from './gas-oscillation/condensation.ts';
import { DrivePowerLimit, oscillatingPower } from './gas-oscillation/drive-power-limit.ts';
import { createStepper, type Stepper } from './gas-oscillation/kernel.ts';
import type { LinearMean } from './gas-oscillation/linear-network.ts';
import { OscillationDetector } from './gas-oscillation/oscillation-detector.ts';
import type { DrivePattern } from './gas-oscillation/phase-controller.ts';
import { collectCrossed, createRelabelling, relabel } from './gas-oscillation/relabel.ts';
import { Settling } from './gas-oscillation/settling.ts';
import { CLOCK, createState, type FarmState, stateArrays } from './gas-oscillation/state.ts';
import type { StepWork, Surroundings } from './gas-oscillation/step.ts';
import { TideCentre } from './gas-oscillation/tide-centre.ts';
import { isFast, isSteady, type StepKind } from './gas-oscillation/time-step.ts';
import { forgetUnseen, restateUnseen } from './gas-oscillation/unseen-energy.ts';
import { WaveformRecorder } from './gas-oscillation/waveform-recorder.ts';
import { buildLayout, type Layout } from './lattice/layout.ts';
import { lostNumber } from './lost-numbers.ts';
import { TWO_PI } from './numerics/elementary.ts';
import { hashNumbers } from './numerics/hash.ts';
import { type ParameterEdits, withEdits } from './parameters/edit.ts';
import { type ParameterKey, type ParameterValues, parameterRow } from './parameters/table.ts';
import { DriveFeedforward } from './pressure-control/controller/drive-feedforward.ts';
import type { NetworkState } from './pressure-control/controller/network-inverse.ts';
import { FarmHeaders } from './pressure-control/headers/farm-headers.ts';
import { headerSettingsOf, isHeaderKey } from './pressure-control/headers/header-parameters.ts';
import { shutDucts } from './pressure-control/plant/duct-closure.ts';
import type { ManualOrder } from './pressure-control/plant/manual-control.ts';
import { Plant, type PlantSnapshot } from './pressure-control/plant/plant.ts';
import { isPlantKey, plantSettingsOf } from './pressure-control/plant/plant-parameters.ts';
import {
  applySurroundings,
  createSurroundings,
  driveWish,
  ductConductance,
  ductGeometry,
  networkSettings,
  patternOf,
  restVolumes,
  roomConductance,
  roomSettings,
} from './settings.ts';
import { EnergyBook } from './thermodynamics/energy-book.ts';
import { type StoredByPlace, storedByPlace } from './thermodynamics/energy-flows.ts';
import {
  type Balance,
  type BalanceOrigin,
  balance,
  type StoredEnergy,
  storedEnergy,
} from './thermodynamics/first-law.ts';
import { WindowBook, type WindowSnapshot } from './thermodynamics/window-book.ts';

const BROKEN_PRESSURE = 'A pressure was no longer finite and positive.';
/** Windows between checks whether a chamber's mean temperature has moved to another property bin. */
const REFRESH_WINDOWS = 20;
/** Steps between looks whether a valve has changed a pressure many times over. */
const JUMP_STEPS = 8;
/** Averaged, properties and oscillation are renewed together, at this multiple of the waveform's limits. */
const AVERAGED_REFRESH = 1.8;
/** Averaged steps that move no mean by more than so many kelvins may be longer than so many seconds. */
const STEP_KELVIN = 0.3;
const SHORT_AVERAGED_S = 10;
/** Parts of the farm whose mean pressures differ by no more than this share are level. */
const LEVEL = 1e-3;
/** Longest averaged step while the pressure controller acts, s. */
const CONTROL_PERIOD_S = 0.1;
/** Largest farm that automatic fidelity averages: beyond it one balance takes seconds, and many of them minutes. */
const LARGEST_AUTOMATIC = 5000;

/** Whether every cycle is resolved or means and amplitudes are carried. */
export type FarmMode = 'waveform' | 'averaged';

export type FarmResult = { ok: true; farm: Farm } | { ok: false; problems: Problem[] };

export class Farm {
  readonly warnings: Problem[] = [];
  /** False after a pressure was no longer finite and positive: the state is kept as it was when it broke. */
  intact = true;
  /** The limit at which the farm stopped, for people; null while it is intact. */
  stopReason: string | null = null;
  /** Coefficients and the length of the step. */
  readonly network: FarmNetwork;
  pattern!: DrivePattern;
  /** Half the peak-to-peak stroke in use, m³, and whether it was computed for the wanted ratio. */
  pistonAmplitude = 0;
  /** What of the strokes was asked and could not be done. */
  private strokeRemark: string | null = null;
  private readonly powerLimit = new DrivePowerLimit();
  /** Corrects the pistons to a wanted pressure pattern; null: they move as set. */
  driveControl: DriveFeedforward | null = null;
  state: FarmState;
  readonly detector: OscillationDetector;
  /** Keeps tides about the middle of their ducts. */
  private readonly tides: TideCentre;
  readonly recorder = new WaveformRecorder();
  readonly surroundings: Surroundings;
  readonly restVolume: Float64Array;
  private readonly smallestVolume: number;
  readonly ducts: DuctGeometry;
  readonly room: FarmRoom;
  /** Whether every cycle is resolved now; follows simulation.fidelity, where that is "auto" chooseMode(). */
  mode: FarmMode = 'waveform';
  /** Why the farm cannot be averaged as it is set; null while nobody has found out. */
  modeRemark: string | null = null;
  readonly averaged: AveragedMode;
  private watched = false;
  /** Longest averaged step, s, and the time at which one must end. */
  averagedStep_s: number;
  horizon_s = Number.POSITIVE_INFINITY;
  /** Sums of the present window and of the one finished last. */
  readonly window: WindowBook;
  /** Whether the oscillation still changes from window to window. */
  readonly settling: Settling;
  /** Of the ducts' metal, W/K. */
  private ductConductance: Float64Array = new Float64Array(0);
  /** Lowest chamber of each chamber's connected part; ducts that are shut connect nothing. */
  private parts: Uint32Array;
  /** Supply and return headers, vents and injectors; off unless asked for. */
  readonly headers: FarmHeaders;
  /** Sensors, safety, alarms and faults. */
  plant!: Plant;
  /** What of the plant's effects the farm already has. */
  private obeyed = 0;
  private readonly book: EnergyBook;
  private readonly work: StepWork;
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
    this.averaged = new AveragedMode(count, ductCount);
    this.averagedStep_s = values['simulation.averaged_step_s'];
    this.parts = graphParts(count, layout.edges);
    this.room = new FarmRoom(count);
    this.headers = new FarmHeaders(count);
    this.network = new FarmNetwork(this);
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
    if (from) farm.room.adopt(from.room);
    if (from) farm.powerLimit.share = from.powerLimit.share;
    if (from) {
      farm.plant.inherit(from.plant);
      farm.plant.controlHeaders();
      farm.obeyPlant();
    }
    farm.retune();
    farm.network.begin();
    farm.book.rebase();
    farm.beginWindow();
    const refusal = farm.followFidelity();
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

  /** Open share of each duct's bore. */
  get openDucts(): Float64Array {
    return this.network.openDucts;
  }

  get origin(): BalanceOrigin {
    return this.book.origin;
  }

  /** What of the drive was asked and could not be done, for people. */
  get driveRemark(): string | null {
    return [this.strokeRemark, this.powerLimit.remark].filter((text) => text !== null).join(' ') || null;
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
    return this.mode === 'averaged' ? this.slowStep : this.coefficients.timeStep;
  }

  /** Length of an averaged step: the controller's period while it acts, short while the plant or the means are on the move. */
  private get slowStep(): number {
    const controlled = this.plant.loops !== null && this.headers.hasHeaders;
    const calm = this.plant.isCalm ? STEP_KELVIN / this.averaged.pace : 0;
    const longest = controlled ? CONTROL_PERIOD_S : Math.max(SHORT_AVERAGED_S, calm);
    const left = this.horizon_s - this.time_s;
    return Math.min(this.averagedStep_s, longest, left > 0 ? left : Number.POSITIVE_INFINITY);
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
    if (unsettles || next['simulation.gas_model'] !== 'ideal') this.leaveAveraged();
    const before = this.values;
    this.values = next;
    const problem = this.book.bookedWithGas(() => this.configure(changed, before));
    if (problem) {
      this.values = before;
      return { ok: false, problems: [problem] };
    }
    if (changed.some((key) => !isSlow(key))) {
      this.retune();
      this.settling.restart();
    }
    if (changed.includes('simulation.averaged_step_s')) this.averagedStep_s = next['simulation.averaged_step_s'];
    this.modeRemark = null;
    this.averaged.disturb();
    const refusal = this.followFidelity();
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

  /**
   * With automatic fidelity: resolves cycles while the oscillation settles or somebody looks at it, averages otherwise. With averaged
   * fidelity: averages again once an oscillation that could not be averaged has changed and is steady.
   * @param looking a chamber's waveform or slow motion is wanted
   */
  chooseMode(looking: boolean): void {
    const wanted = this.values['simulation.fidelity'];
    if (wanted === 'waveform') return;
    const isAuto = wanted === 'auto';
    if (!this.settling.isSettled || (isAuto && (looking || this.layout.count > LARGEST_AUTOMATIC))) {
      // Averaged, it is solved and does not settle: only a look ends that.
      if (looking && isAuto) this.leaveAveraged();
    } else if (this.mode === 'waveform' && this.modeRemark === null) {
      const failure = this.enterAveraged();
      if (failure) this.modeRemark = failure.message;
    }
  }

  /** Stored energy by kind, J above 300 K and rest. */
  stored(): StoredEnergy {
    return storedEnergy(this.state, this.stepping, this.layout.edges, this.surroundings);
  }

  balance(): Balance {
    return balance(this.state, this.stepping, this.layout.edges, this.surroundings, this.origin, this.headers);
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

  /** Everything a snapshot stores besides the state: detector and bookkeeping. */
  snapshotArrays(): Float64Array[] {
    return [
      ...stateArrays(this.state),
      ...this.detector.arrays(),
      ...this.tides.arrays(),
      ...this.window.arrays(),
      ...this.network.properties.arrays(),
      ...this.room.arrays(),
      ...this.headers.arrays(),
      ...this.averaged.arrays(),
      ...this.plant.arrays(),
      ...(this.driveControl?.arrays() ?? []),
    ];
  }

  /** What a snapshot keeps besides arrays. */
  snapshotFigures(): SnapshotFigures {
    return {
      timeStep: this.coefficients.timeStep,
      pistonAmplitude: this.pistonAmplitude,
      driveShare: this.powerLimit.share,
      roomConductance: this.surroundings.roomConductance,
      origin: { ...this.origin, species: [...this.origin.species] },
      mode: this.mode,
      stepKind: this.network.kind,
      stableStep: this.network.stableStep,
      averagedStep_s: this.averagedStep_s,
      // JSON knows no infinity.
      settling: Number.isFinite(this.settling.change) ? this.settling.change : null,
      window: this.window.snapshot(),
      room: this.room.snapshot(),
      averaged: this.averaged.snapshot(),
      openingsNeeded: this.headers.openingsNeeded,
      plant: this.plant.snapshot(),
    };
  }

  /** Before snapshotArrays() are overwritten: makes room for what the snapshot has. */
  prepareRestore(kept: SnapshotFigures): void {
    this.plant.prepare(kept.plant);
    this.room.configure(this.roomWanted());
    if (kept.room) this.room.prepare(kept.room);
    this.headers.need(kept.openingsNeeded);
    this.averaged.prepare(kept.averaged);
  }

  /** After snapshotArrays() were overwritten: what is derived from them. */
  restored(kept: SnapshotFigures): void {
    this.detector.restored();
    this.plant.restored(kept.plant);
    this.obeyed = this.plant.effects.version;
    this.openDucts.set(this.plant.effects.ducts);
    this.parts = graphParts(this.layout.count, this.layout.edges, shutDucts(this.openDucts));
    applySurroundings(this.values, this.layout, this.surroundings);
    takeShares(this.plant.effects, this.surroundings);
    this.room.configure(this.roomWanted());
    this.network.renew(kept.timeStep, null);
    this.pistonAmplitude = kept.pistonAmplitude;
    if (this.driveControl) this.strokeRemark = this.driveControl.remark;
    this.powerLimit.share = kept.driveShare;
    this.aim();
    this.surroundings.roomConductance = kept.roomConductance;
    this.mode = kept.mode;
    this.network.kind = kept.stepKind;
    this.network.stableStep = kept.stableStep;
    this.averagedStep_s = kept.averagedStep_s;
    this.settling.change = kept.settling ?? Number.POSITIVE_INFINITY;
    this.window.restored(kept.window);
    if (kept.room) this.room.restored(kept.room);
    this.averaged.restored(kept.averaged);
    this.book.restore({ ...kept.origin, species: Float64Array.from(kept.origin.species) });
  }

  /** Sets the mode that simulation.fidelity names. @returns why it cannot be */
  private followFidelity(): Problem | null {
    const wanted = this.values['simulation.fidelity'];
    if (wanted === 'waveform') this.leaveAveraged();
    return wanted === 'averaged' ? this.enterAveraged() : null;
  }

  /** Averages now whatever simulation.fidelity says, until resumeFidelity(). @returns why it cannot be */
  average(): Problem | null {
    return this.enterAveraged();
  }

  /** Goes back to the mode simulation.fidelity asks for. */
  resumeFidelity(): void {
    this.averagedStep_s = this.values['simulation.averaged_step_s'];
    const problem = this.followFidelity();
    if (problem) this.modeRemark = problem.message;
  }

  private enterAveraged(): Problem | null {
    if (this.mode === 'averaged') return null;
    if (this.state.gasModel !== 'ideal') return virialRefused;
    const { readings } = this.detector;
    const temperature = readings.count > 0 ? readings.temperature : this.state.temperature;
    // Averages are those of short steps, and looking at a chamber begins with them.
    this.takeStep('short');
    collectCrossed(this.state, this.work.relabelling);
    relabel(this.state, this.layout.edges, this.work.relabelling);
    const failure = this.book.booked(() => {
      restateUnseen(this.state, 1);
      forgetUnseen(this.state);
      return this.averaged.enter(this.state, temperature, this.averagedContext());
    });
    if (failure) {
      restateUnseen(this.state, this.stepping.powerFactor);
      return refusedProblem('simulation.fidelity', noOscillation(failure), 'Use "waveform", or drive less.');
    }
    this.setMode('averaged');
    this.modeRemark = null;
    this.averaged.read(readings, this.averagedContext(), this.averagedStep_s, this.time_s);
    this.beginWindow();
    return null;
  }

  /** Back to every cycle, at the present phase of the drive. */
  private leaveAveraged(): void {
    if (this.mode === 'waveform') return;
    this.refreshProperties();
    const failure = this.book.booked(() => this.averaged.leave(this.state, this.averagedContext()));
    if (failure) this.modeRemark = noOscillation(failure);
    this.setMode('waveform');
    restateUnseen(this.state, this.stepping.powerFactor);
    this.beginWindow();
  }

  private setMode(mode: FarmMode): void {
    this.state.clock[CLOCK.timeBase] = this.time_s;
    this.state.clock[CLOCK.stepsSinceBase] = 0;
    this.mode = mode;
    this.tides.begin();
  }

  private averagedContext(): AveragedContext {
    const air = this.room.airAtWalls(this.state.wall);
    return {
      edges: this.layout.edges,
      restVolume: this.restVolume,
      coefficients: this.stepping,
      surroundings: this.surroundings,
      wallLinks: this.ductConductance,
      ...(air && { air }),
    };
  }

  /** One slow step. @returns false when no oscillation was found: the farm then resolves every cycle, and says so */
  private stepAveraged(): boolean {
    const dt = this.slowStep;
    const { clock } = this.state;
    this.markWindow();
    if (this.headers.isOn) {
      const failure = this.headers.exchange(this.state, this.parts, dt);
      if (failure !== null) {
        this.stop(failure);
        return false;
      }
      this.averaged.disturb();
    }
    const result = this.averaged.advance(this.state, this.averagedContext(), dt);
    if (!result.ok) {
      clock[CLOCK.timeBase] += this.averaged.s.time_s;
      this.leaveAveraged();
      this.modeRemark = noOscillation(result);
      this.followPlant();
      return false;
    }
    clock[CLOCK.timeBase] += dt;
    clock[CLOCK.steps] += 1;
    const turns = clock[CLOCK.turns] + this.surroundings.frequency * dt;
    clock[CLOCK.turns] = turns - Math.floor(turns);
    this.room.absorb(this.averaged.s.roomHeat, this.state, dt);
    this.averaged.read(this.detector.readings, this.averagedContext(), dt, this.time_s);
    this.condense(this.detector.readings.temperature, dt);
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
    this.exchangeSlowly(readings.temperature, readings.duration_s);
    const stored = this.closeWindow();
    const { stepping } = this;
    this.chooseStep();
    // Valves change the gas faster than heat does.
    if (this.headers.isOn || readings.count % REFRESH_WINDOWS === 0) this.refreshProperties();
    this.adaptDrive();
    // Other coefficients hold other energies.
    this.beginWindow(stepping === this.stepping ? stored : undefined);
  }

  private condense(temperature: Float64Array, dt: number): void {
    condense(this.state, temperature, this.layout.sphereRadius_m, this.surroundings.wallCapacity, dt);
  }

  /** What is slow against the cycle, over `dt` seconds at the given mean gas temperatures. */
  private exchangeSlowly(temperature: Float64Array, dt: number): void {
    const { state, surroundings } = this;
    this.condense(temperature, dt);
    conductAlongDucts(
      state,
      this.layout.edges,
      this.ductConductance,
      surroundings.wallCapacity,
      dt,
      this.work.volumeChange,
    );
    this.room.exchange(state, surroundings, dt);
  }

  /** Recomputes the coefficients when a mean temperature has moved by more than half a bin; books the energy difference. */
  private refreshProperties(limits = 1): void {
    this.refreshRoom();
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

  /** Conductance to uniform room air; the solved room has its own. */
  private refreshRoom(): void {
    if (this.room.isSolved) {
      this.surroundings.roomConductance = 0;
      return;
    }
    let sum = 0;
    for (let i = 0; i < this.layout.count; i++) sum += this.state.wall[i];
    this.surroundings.roomConductance = roomConductance(
      this.values,
      this.layout,
      sum / this.layout.count - this.surroundings.roomTemperature,
      this.plant.effects.cooling,
    );
  }

  /** Sets everything that follows from the values except the piston amplitude. @returns why it cannot be */
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
    this.room.configure(this.roomWanted());
    if (!before || changed.some(isHeaderKey)) {
      this.headers.configure(headerSettingsOf(values, layout), values['headers.enabled']);
    }
    this.plant.controlHeaders();
    this.ductConductance = ductConductance(values, this.ducts);
    this.pattern = patternOf(values, layout);
    const problem = this.network.configure(before && this.stepping);
    if (problem) return problem;
    this.refreshRoom();
    return null;
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
    this.strokeRemark = remark;
    const wish = driveWish(this.values);
    const before = this.driveControl;
    this.driveControl = wish && new DriveFeedforward(this.layout.count, this.layout.edges, wish, this.pattern);
    if (this.driveControl) {
      if (before) this.driveControl.inherit(before);
      const state = this.networkState();
      this.driveControl.retune(state, state.mean.pressure);
      this.strokeRemark = this.driveControl.remark;
    }
    this.aim();
  }

  private aim(): void {
    if (this.driveControl) takePistons(this.driveControl, this.surroundings);
    else aimPistons(this.pattern, this.values['drive.enabled'] ? this.pistonAmplitude : 0, this.surroundings);
    takeDriveShares(this.plant.effects, this.surroundings);
    scaleStrokes(this.powerLimit.share, this.surroundings);
  }

  private networkState(): NetworkState {
    return { mean: this.linearMean(), coefficients: this.coefficients, omega: TWO_PI * this.surroundings.frequency };
  }

  /** Corrects the pistons by the window that has just passed, where the drive is controlled or beyond its power. */
  private adaptDrive(): void {
    const { readings } = this.detector;
    const limit = this.values['drive.power_limit_W'];
    if (limit > 0 || this.powerLimit.share < 1) {
      const power = oscillatingPower(
        readings,
        this.surroundings.frequency,
        this.mode === 'averaged' ? null : this.state,
      );
      if (this.powerLimit.follow(power, limit, readings.duration_s)) {
        this.aim();
        this.averaged.invalidate();
      }
    }
    const control = this.driveControl;
    if (!control) return;
    const averaged = this.mode === 'averaged';
    // What the power limit leaves is not the control's to make up for.
    const { share } = this.powerLimit;
    const { drive } = this.plant.effects;
    const shares = share === 1 ? drive : drive.map((own) => own * share);
    if (!control.adapt(() => this.networkState(), readings, shares, averaged)) return;
    this.strokeRemark = control.remark;
    this.aim();
    this.averaged.invalidate();
  }

  private buildPlant(): void {
    const before = this.plant as Plant | undefined;
    this.plant = new Plant(plantSettingsOf(this.values, this.layout.layers), plantViewOf(this));
    if (before) this.plant.inherit(before);
    this.obeyed = 0;
  }

  /** The room as set, with the share of the fans that run. */
  private roomWanted(): FarmRoomSettings | null {
    const settings = roomSettings(this.values, this.layout);
    return settings && { ...settings, supplyFlow: settings.supplyFlow * this.plant.effects.cooling };
  }

  /** Follows what interlocks, sequence and faults have changed; booked. */
  private obeyPlant(): void {
    const { effects } = this.plant;
    if (effects.version === this.obeyed) return;
    this.obeyed = effects.version;
    const { pistonTargetRe, pistonTargetIm } = this.surroundings;
    const drive = [pistonTargetRe.slice(), pistonTargetIm.slice()];
    applySurroundings(this.values, this.layout, this.surroundings);
    takeShares(this.plant.effects, this.surroundings);
    this.room.configure(this.roomWanted());
    this.refreshRoom();
    this.aim();
    const closed = effects.ducts.some((open, e) => open !== this.openDucts[e]);
    if (closed) this.openDuctsTo(effects.ducts);
    const driven = pistonTargetRe.some((x, i) => x !== drive[0][i]) || pistonTargetIm.some((x, i) => x !== drive[1][i]);
    if (closed || driven) this.settling.restart();
    // What could not be averaged may be now.
    this.modeRemark = null;
    this.averaged.disturb();
  }

  /** Opens and shuts ducts. Gas that falls from one part into another is resolved, unless the farm is to be averaged throughout. */
  private openDuctsTo(shares: Float64Array): void {
    const parts = graphParts(this.layout.count, this.layout.edges, shutDucts(shares));
    const { pressure } = this.state;
    const falls = parts.some((part, i) => Math.abs(pressure[this.parts[i]] / pressure[this.parts[part]] - 1) > LEVEL);
    if (falls && this.values['simulation.fidelity'] === 'auto') this.leaveAveraged();
    this.book.booked(() => this.network.openTo(shares));
    this.parts = parts;
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

  private takeStep(kind: StepKind): void {
    if (kind === this.network.kind) return;
    const timeStep = this.network.chooseStep(kind);
    if (timeStep === this.coefficients.timeStep) return;
    // A record is evenly spaced.
    this.recorder.clear();
    this.book.booked(() => this.network.takeStep(timeStep));
  }
}

/** What a snapshot keeps of a farm besides its values and arrays. */
export interface SnapshotFigures {
  readonly timeStep: number;
  readonly pistonAmplitude: number;
  readonly driveShare: number;
  readonly roomConductance: number;
  readonly origin: { energy: StoredEnergy; editEnergy: number; species: number[] };
  readonly mode: FarmMode;
  readonly stepKind: StepKind;
  readonly stableStep: number;
  readonly averagedStep_s: number;
  readonly settling: number | null;
  readonly window: WindowSnapshot;
  readonly room: RoomSnapshot | null;
  readonly averaged: AveragedSnapshot;
  readonly openingsNeeded: boolean;
  readonly plant: PlantSnapshot;
}
