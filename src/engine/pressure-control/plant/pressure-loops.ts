// The pressure controller on the farm: loops over chambers, layers or the whole farm, each moving the supply and return valves
// of its chambers through their stems, split in range about a small opening of both, by fixed, adapted or predictive control.
// Works on what is measured; with the control network lost it holds. Not here: the headers' flows, the interlocks above it.

import { TWO_PI } from '../../numerics/elementary.ts';
import { relativeCoefficient, travelFor } from '../actuators/valve-characteristic.ts';
import { ValveStemBank } from '../actuators/valve-stem.ts';
import { WearBank } from '../actuators/wear.ts';
import { AdaptiveTuner } from '../controller/adaptive.ts';
import type { PiGains } from '../controller/kept-gains.ts';
import { PidBank } from '../controller/pid.ts';
import { PredictiveBank } from '../controller/predictive.ts';
import { simcTuning } from '../controller/simc.ts';
import { TrackingBank } from '../controller/tracking.ts';
import { type PidTuning, standardTuning } from '../controller/tuning.ts';
import type { HeaderSystem } from '../headers/header-system.ts';
import { DelayLine } from './delay-line.ts';
import { gainsText, givenGains } from './given-gains.ts';
import { HeldValves } from './held-valves.ts';
import { type LoopScope, loopText } from './loop-name.ts';
import { balancedOutput, fillingModel, predictiveSettings } from './loop-process.ts';
import { LoopTuning, requestProblem, type StepTestRequest } from './loop-tuning.ts';
import type { ManualCommands } from './manual-commands.ts';
import { CHARACTERISTIC, VALVES } from './plant-topology.ts';
import type { PlantView } from './plant-view.ts';
import { type GainConditions, Takeover } from './takeover.ts';

const CONTROL_MODES = ['fixed', 'adaptive', 'predictive'] as const;
export type ControlMode = (typeof CONTROL_MODES)[number];

export interface LoopSettings {
  readonly mode: ControlMode;
  /** What the chambers of a loop have in common. */
  readonly scope: LoopScope;
  /** Loop of each chamber, from 0 without gaps. */
  readonly loopOf: ArrayLike<number>;
  /** Wanted pressure per chamber, Pa; a loop wants the mean of its chambers'. */
  readonly setpoint: ArrayLike<number>;
  /** Gains per chamber, for control with fixed ones: output per Pa (0: from the valves' sizes) and integral time, s. */
  readonly gain: ArrayLike<number>;
  readonly integralTime: ArrayLike<number>;
  /** Opening of both valves at rest, 0–1. */
  readonly bias: number;
  /** Whether the opening that holds a setpoint is given in advance. */
  readonly feedForward: boolean;
  /** Wanted closed-loop time constant, s. */
  readonly closedLoopTime: number;
  /** Natural frequency of the stems, Hz. */
  readonly stemFrequency: number;
}

/** Damping of the stems, their largest speed (travel per second), deadband and stiction. */
const STEM = { damping: 0.7, rateLimit: 10, deadband: 0.001, stiction: 0.0005 } as const;
/** Period of adaptation and prediction, s: they know one step length. */
const PERIOD_S = 0.1;
const LONGEST_DELAY_S = 5;
/**
 * What moves a loop's output now. manual: a person or a step test. tracking: people hold all its valves, and it follows them. held: the
 * control network is lost. starting: nothing was scanned yet.
 */
export type LoopMode = 'automatic' | 'manual' | 'tracking' | 'held' | 'starting';

export class PressureLoops {
  readonly count: number;
  readonly bank: PidBank;
  readonly stems: ValveStemBank;
  readonly tracking: TrackingBank;
  readonly predictive: PredictiveBank;
  readonly adaptive: AdaptiveTuner;
  /** Chambers of each loop, and the first of them. */
  private readonly size: Float64Array;
  private readonly first: Int32Array;
  private readonly wanted: Float64Array;
  /** Setpoints as set, Pa; `wanted` has those ordered by hand in their place. */
  private readonly asSet: Float64Array;
  /** Valves that are held by hand. */
  private readonly held: HeldValves;
  /** Outputs at which loops are held by hand; NaN: automatic. */
  private readonly heldOutput: Float64Array;
  /** 1 for each loop that follows its held valves. */
  private readonly tracks: Float64Array;
  /** Outputs that the stems stand for, while a loop tracks. */
  private readonly standing: Float64Array;
  /** Step tests, and where gains come from. */
  readonly tuning: LoopTuning;
  /** Gains that the scenario gives; null: from the valves' sizes. */
  private readonly given: readonly (PiGains | null)[];
  /** What the first scan takes over. */
  private readonly takeover: Takeover;
  /** Chambers of each loop that gave a reading. */
  private readonly known: Float64Array;
  private readonly line: DelayLine;
  /** [started, time since the last prediction, s, held]. */
  private readonly progress = new Float64Array(3);

  constructor(
    readonly settings: LoopSettings,
    private readonly chambers: number,
    /** Of the stems; the plant keeps it. */
    readonly wear = new WearBank(VALVES * chambers),
  ) {
    const { loopOf, setpoint } = settings;
    let count = 0;
    for (let i = 0; i < chambers; i++) count = Math.max(count, loopOf[i] + 1);
    this.count = count;
    this.size = new Float64Array(count);
    this.first = new Int32Array(count);
    this.wanted = new Float64Array(count);
    for (let i = 0; i < chambers; i++) {
      if (this.size[loopOf[i]] === 0) this.first[loopOf[i]] = i;
      this.size[loopOf[i]] += 1;
      this.wanted[loopOf[i]] += setpoint[i];
    }
    for (let g = 0; g < count; g++) this.wanted[g] /= this.size[g];
    this.asSet = this.wanted.slice();
    this.held = new HeldValves(loopOf, chambers, count);
    this.tracks = new Float64Array(count);
    this.standing = new Float64Array(count);
    this.heldOutput = new Float64Array(count).fill(Number.NaN);
    this.bank = new PidBank(count);
    this.given = givenGains(loopOf, count, settings.gain, settings.integralTime);
    this.tuning = new LoopTuning(this.bank, this.given);
    this.takeover = new Takeover(count);
    this.known = new Float64Array(count);
    this.line = new DelayLine(count);
    this.tracking = new TrackingBank(count);
    this.predictive = new PredictiveBank(count, PERIOD_S, LONGEST_DELAY_S);
    this.adaptive = new AdaptiveTuner(this.bank, PERIOD_S, LONGEST_DELAY_S);
    // Stems start where the valves are open as at rest.
    const stem = { ...STEM, naturalFrequency: TWO_PI * settings.stemFrequency };
    this.stems = new ValveStemBank(VALVES * chambers, stem, travelFor(CHARACTERISTIC, settings.bias));
  }

  /**
   * One scan, dt (s) after the last: measures, controls, moves the stems and tells the headers.
   * @param pressure a reading per chamber, Pa; NaN for a lost one
   * @param network delay of the control network, s; Infinity: it is lost and outputs stay
   */
  step(
    dt: number,
    pressure: (chamber: number) => number,
    headers: HeaderSystem,
    view: PlantView,
    network: number,
  ): void {
    const isHeld = network === Number.POSITIVE_INFINITY;
    this.progress[2] = isHeld ? 1 : 0;
    this.measure(pressure);
    if (!isHeld) this.line.pass(this.bank.measurement, network, dt);
    const { takeover } = this;
    const { bias } = this.settings;
    const { supplyPressure } = headers.settings;
    for (let g = 0; g < this.count; g++) {
      // A new setpoint comes a scan after the takeover, so that it is answered as one and not taken as part of it.
      this.bank.setpoint[g] = takeover.isWaiting ? takeover.setpoint(g) : this.wanted[g];
      this.bank.feedForward[g] = this.settings.feedForward
        ? balancedOutput(this.bank.setpoint[g], supplyPressure, bias)
        : 0;
    }
    if (this.progress[0] === 0) this.start(headers, view);
    if (!isHeld) {
      this.track();
      this.control(dt);
    }
    takeover.done();
    this.tracking.step(dt, this.wanted, this.bank.measurement);
    this.tuning.note(dt, this.settings.closedLoopTime);
    this.moveStems(dt, headers);
  }

  /** Begins a step test of a loop, which proposes gains. @returns why it cannot begin, and the remedy; null: it has */
  startTest(request: StepTestRequest): readonly [message: string, remedy: string] | null {
    const { loop } = request;
    const wrong = requestProblem(request, this.count);
    if (wrong) return wrong;
    if (this.settings.mode !== 'fixed')
      return ['A step test needs fixed gains: others would change while it runs.', 'Set the control mode to "fixed".'];
    if (this.progress[0] === 0) return ['The controller has not started.', 'Run the farm, with its headers on.'];
    if (this.tuning.isTesting) return ['A step test is running.', 'Wait for its end, or cancel it.'];
    if (!Number.isNaN(this.heldOutput[loop]))
      return [`The output of ${this.nameOf(loop)} is held by hand.`, 'Set it to automatic first.'];
    if (this.held.holdsAllOf(loop))
      return [`All valves of ${this.nameOf(loop)} are held by hand.`, 'Release them first.'];
    this.tuning.start(request, this.settings.closedLoopTime);
    return null;
  }

  /** What moves a loop's output. */
  mode(loop: number): LoopMode {
    if (this.progress[0] === 0) return 'starting';
    if (this.progress[2] === 1) return 'held';
    if (!Number.isNaN(this.heldOutput[loop])) return 'manual';
    if (this.tracks[loop] === 1) return 'tracking';
    return this.settings.mode === 'predictive' || this.bank.mode(loop) === 'automatic' ? 'automatic' : 'manual';
  }

  /** Which valve a loop's output has opened wide: more of it changes nothing. */
  saturated(loop: number): 'supply' | 'return' | null {
    const u = this.output(loop);
    const { bias } = this.settings;
    return u >= 1 - bias ? 'supply' : u <= bias - 1 ? 'return' : null;
  }

  /** Sluggish stems: times the normal travel time, by valve. */
  slowValves(factor: (valve: number) => number): void {
    this.stems.slow(factor);
  }

  /** Output of a loop, −1 (return open) to 1 (supply open). */
  output(loop: number): number {
    if (!Number.isNaN(this.heldOutput[loop])) return this.heldOutput[loop];
    const predicts = this.settings.mode === 'predictive' && this.tracks[loop] === 0;
    return predicts ? this.predictive.output[loop] : this.bank.output[loop];
  }

  /** Wanted pressure of a loop, Pa. */
  target(loop: number): number {
    return this.wanted[loop];
  }

  private measure(pressure: (chamber: number) => number): void {
    const { measurement } = this.bank;
    const { loopOf } = this.settings;
    const { known } = this;
    known.fill(0);
    measurement.fill(0);
    for (let i = 0; i < this.chambers; i++) {
      const p = pressure(i);
      if (!Number.isFinite(p)) continue;
      measurement[loopOf[i]] += p;
      known[loopOf[i]] += 1;
    }
    for (let g = 0; g < this.count; g++) {
      measurement[g] = known[g] > 0 ? measurement[g] / known[g] : Number.NaN;
    }
  }

  /** First gains from the valves' sizes: in choked flow a chamber with both valves open fills like a first-order lag. */
  private start(headers: HeaderSystem, view: PlantView): void {
    this.progress[0] = 1;
    const { takeover } = this;
    const { bias } = this.settings;
    const keepsGains = takeover.suits(this.conditions);
    for (let g = 0; g < this.count; g++) {
      const model = fillingModel(view.state, this.first[g], headers.settings, bias, this.asSet[g]);
      const closedLoopTime = Math.max(this.settings.closedLoopTime, model.delay);
      const given = this.settings.mode === 'fixed' ? this.given[g] : null;
      const kept = keepsGains ? takeover.gains(g) : null;
      const first = (): PidTuning => kept ?? simcTuning(model, closedLoopTime).pid;
      this.bank.tune(g, given ? standardTuning(given.gain, given.integralTime) : first());
      this.bank.setLimits(g, -1, 1);
      const output = takeover.isWaiting
        ? takeover.output(g)
        : balancedOutput(this.bank.measurement[g], headers.settings.supplyPressure, bias);
      this.bank.setManual(g, output);
      this.bank.setAutomatic(g);
      if (this.settings.mode === 'adaptive') this.adaptive.start(g, model, closedLoopTime);
      if (this.settings.mode === 'predictive')
        this.predictive.configure(g, predictiveSettings(model, closedLoopTime, PERIOD_S, STEM.rateLimit));
      if (this.settings.mode === 'predictive') this.predictive.enable(g, output, this.bank.measurement[g]);
      if (!Number.isNaN(this.heldOutput[g])) this.holdOutput(g, this.heldOutput[g]);
    }
  }

  /** Wanted pressure of a loop by its settings, Pa, whatever is ordered by hand. */
  setpointAsSet(loop: number): number {
    return this.asSet[loop];
  }

  /** Whether another controller has the same chambers in its loops. */
  sameLoops({ settings: { loopOf }, chambers }: PressureLoops): boolean {
    if (chambers !== this.chambers) return false;
    for (let i = 0; i < chambers; i++) if (loopOf[i] !== this.settings.loopOf[i]) return false;
    return true;
  }

  /** Takes over what is held by hand: setpoints, openings, outputs. Changes no mode. */
  follow(manual: ManualCommands): void {
    this.wanted.set(this.asSet);
    for (const { index, value } of manual.of('loop-setpoint')) this.wanted[index] = value;
    this.heldOutput.fill(Number.NaN);
    for (const { index, value } of manual.of('loop-output')) this.heldOutput[index] = value;
    this.held.follow(manual);
  }

  /** Loops without a valve to move follow where their stems stand; one that gets a valve back takes over from there. */
  private track(): void {
    const { held, tracks, heldOutput, standing, bank } = this;
    if (held.holdsALoop) held.standFor(this.stems.position, this.settings.bias, standing);
    for (let g = 0; g < this.count; g++) {
      const follows = held.holdsAllOf(g) && Number.isNaN(heldOutput[g]);
      if (follows) {
        bank.setManual(g, standing[g]);
        this.predictive.disable(g);
      } else if (tracks[g] === 1 && Number.isNaN(heldOutput[g])) {
        this.takeOver(g, bank.output[g]);
      }
      tracks[g] = follows ? 1 : 0;
    }
  }

  /** Makes a loop automatic from an output. */
  private takeOver(loop: number, output: number): void {
    this.bank.setManual(loop, output);
    this.bank.setAutomatic(loop);
    if (this.settings.mode === 'predictive') this.predictive.enable(loop, output, this.bank.measurement[loop]);
  }

  /** Sets a loop to manual at an output, −1 to 1. */
  holdOutput(loop: number, output: number): void {
    this.heldOutput[loop] = output;
    this.bank.setManual(loop, output);
    this.predictive.disable(loop);
  }

  /** Hands a loop back to its controller, which starts from where it is. */
  releaseOutput(loop: number): void {
    const output = this.output(loop);
    this.heldOutput[loop] = Number.NaN;
    if (this.progress[0] === 0) return;
    this.takeOver(loop, output);
  }

  /** Gains found for the same loops and the same wanted speed stay. */
  private get conditions(): GainConditions {
    const { mode, closedLoopTime, bias } = this.settings;
    return { mode: CONTROL_MODES.indexOf(mode), closedLoopTime, bias };
  }

  /** Gains that a loop uses or, before its first scan after an edit, will use; null: not known before the first scan. */
  tuningOf(g: number): PidTuning | null {
    if (this.progress[0] === 1) return this.bank.tuning(g);
    const given = this.given[g];
    if (given && this.settings.mode === 'fixed') return standardTuning(given.gain, given.integralTime);
    return this.takeover.suits(this.conditions) ? this.takeover.gains(g) : null;
  }

  private gainsNow(g: number): PiGains {
    const tuning = this.tuningOf(g);
    if (!tuning) return { gain: 0, integralTime: Number.NaN };
    return { gain: tuning.proportional, integralTime: tuning.proportional / tuning.integral };
  }

  /** A loop as people know it, in a sentence. */
  nameOf(loop: number): string {
    return loop >= 0 && loop < this.count ? loopText(this.settings.scope, loop) : `loop ${loop}`;
  }

  /** What became of the gains of loops, for the log. */
  gainsChanged(loops: readonly number[]): string {
    if (loops.length > 1) return `Gains of ${loops.length} loops changed`;
    const given = this.given[loops[0]];
    const what = given ? `given: ${gainsText(given)}` : 'again by the valves’ sizes';
    return `Gains of ${this.nameOf(loops[0])} ${what}`;
  }

  /** Goes on where a controller with other settings stood: no jump of output or stems. @returns loops whose gains are others now */
  inherit(from: PressureLoops): readonly number[] {
    if (from.stems.count === this.stems.count) {
      this.stems.position.set(from.stems.position);
      this.stems.command.set(from.stems.command);
      this.held.inherit(from.held);
    }
    if (from.count !== this.count) return [];
    if (from.progress[0] === 1) {
      this.takeover.begin(from.conditions);
      for (let g = 0; g < this.count; g++)
        this.takeover.put(g, from.output(g), from.target(g), from.given[g] ? null : from.bank.tuning(g));
    } else {
      copyArrays(from.takeover.arrays(), this.takeover.arrays());
    }
    copyArrays(from.tracking.arrays(), this.tracking.arrays());
    return this.tuning.inherit(from.tuning, (g) => from.gainsNow(g));
  }

  private control(dt: number): void {
    const { progress } = this;
    const { mode } = this.settings;
    progress[1] += dt;
    const due = progress[1] >= PERIOD_S - 1e-9;
    if (due) progress[1] = 0;
    if (mode === 'predictive') {
      if (!due) return;
      this.predictive.setpoint.set(this.bank.setpoint);
      this.predictive.measurement.set(this.bank.measurement);
      this.predictive.step();
      return;
    }
    if (mode === 'adaptive' && due) this.adaptive.step();
    this.tuning.step(dt);
    this.bank.step(dt);
  }

  private moveStems(dt: number, headers: HeaderSystem): void {
    const { loopOf, bias } = this.settings;
    const { command, position } = this.stems;
    const { held } = this;
    const left = HeldValves.left(dt, this.settings.closedLoopTime);
    for (let i = 0; i < this.chambers; i++) {
      const u = this.output(loopOf[i]);
      const supply = held.command(VALVES * i, share(bias + u), left);
      const back = held.command(VALVES * i + 1, share(bias - u), left);
      command[VALVES * i] = travelFor(CHARACTERISTIC, supply);
      command[VALVES * i + 1] = travelFor(CHARACTERISTIC, back);
    }
    this.stems.step(dt);
    this.wear.step(dt, position);
    this.tell(headers);
  }

  /** Openings of the valves where their stems stand, into the headers' controls. */
  tell(headers: HeaderSystem): void {
    if (this.progress[0] === 0 && !this.takeover.isWaiting) return;
    const { position } = this.stems;
    for (let i = 0; i < this.chambers; i++) {
      headers.controls.supply[i] = relativeCoefficient(CHARACTERISTIC, position[VALVES * i]);
      headers.controls.back[i] = relativeCoefficient(CHARACTERISTIC, position[VALVES * i + 1]);
    }
  }

  /** The state, for snapshots. */
  arrays(): Float64Array[] {
    return [
      this.progress,
      this.tracks,
      ...this.held.arrays(),
      ...this.takeover.arrays(),
      ...this.line.arrays(),
      ...this.bank.arrays(),
      ...this.stems.arrays(),
      ...this.tracking.arrays(),
      ...this.tuning.arrays(),
      ...this.adaptive.arrays(),
      ...this.predictive.arrays(),
    ];
  }

  /** After the arrays have been filled. */
  restored(): void {
    this.tuning.restored();
    this.predictive.restored();
  }
}

function copyArrays(from: readonly Float64Array[], to: readonly Float64Array[]): void {
  to.forEach((array, m) => {
    array.set(from[m]);
  });
}

const share = (opening: number): number => Math.min(1, Math.max(0, opening));
