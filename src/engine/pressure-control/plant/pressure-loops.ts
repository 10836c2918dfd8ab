// The pressure controller on the farm: loops over chambers, layers or the whole farm, each moving the supply and return valves
// of its chambers through their stems, split in range about a small opening of both, by fixed, adapted or predictive control.
// Works on what is measured; with the control network lost it holds. Not here: the headers' flows, the interlocks above it.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { molarMass } from '../../gas/ideal.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import { TWO_PI } from '../../numerics/elementary.ts';
import { relativeCoefficient, travelFor } from '../actuators/valve-characteristic.ts';
import { ValveStemBank } from '../actuators/valve-stem.ts';
import { WearBank } from '../actuators/wear.ts';
import { AdaptiveTuner } from '../controller/adaptive.ts';
import { StepTest } from '../controller/autotune.ts';
import { PidBank } from '../controller/pid.ts';
import { PredictiveBank } from '../controller/predictive.ts';
import type { FirstOrderModel } from '../controller/process-model.ts';
import { simcTuning } from '../controller/simc.ts';
import { TrackingBank } from '../controller/tracking.ts';
import type { HeaderSystem } from '../headers/header-system.ts';
import { chokingConstant } from '../valves.ts';
import { DelayLine } from './delay-line.ts';
import { VALVES } from './plant-topology.ts';
import type { PlantView } from './plant-view.ts';

export interface LoopSettings {
  readonly mode: 'fixed' | 'adaptive' | 'predictive';
  /** Loop of each chamber, from 0 without gaps. */
  readonly loopOf: ArrayLike<number>;
  /** Wanted pressure per chamber, Pa; a loop wants the mean of its chambers'. */
  readonly setpoint: ArrayLike<number>;
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
/** Inherent characteristic: fine near the seat, where the valves stand. */
const CHARACTERISTIC = 'equal-percentage';
/** Period of adaptation and prediction, s: they know one step length. */
const PERIOD_S = 0.1;
const LONGEST_DELAY_S = 5;
/** Dead time of scan, sensor and stem, s. */
const DEAD_TIME_S = 0.03;
/** Step tests: rest within 200 Pa over a second, half a minute at most to find it and to record, Pa. */
const TEST = {
  steadyTolerance: 200,
  steadyWindow: 1,
  longestWait: 30,
  longestRecord: 30,
  smallestResponse: 2000,
  largestResponse: 5e5,
} as const;
/** Heat capacity ratio for first gains. */
const GAMMA = 1.5;

export class PressureLoops {
  readonly count: number;
  readonly bank: PidBank;
  readonly stems: ValveStemBank;
  readonly wear: WearBank;
  readonly tracking: TrackingBank;
  readonly predictive: PredictiveBank;
  readonly adaptive: AdaptiveTuner;
  /** Chambers of each loop. */
  private readonly size: Float64Array;
  private readonly wanted: Float64Array;
  /** The step test that runs or ran last. */
  test: StepTest | null = null;
  /** Whose outputs the first scan takes over. */
  private taken: PressureLoops | null = null;
  private readonly line: DelayLine;
  /** [started, time since the last prediction, s]. */
  private readonly progress = new Float64Array(2);

  constructor(
    readonly settings: LoopSettings,
    private readonly chambers: number,
  ) {
    const { loopOf, setpoint } = settings;
    let count = 0;
    for (let i = 0; i < chambers; i++) count = Math.max(count, loopOf[i] + 1);
    this.count = count;
    this.size = new Float64Array(count);
    this.wanted = new Float64Array(count);
    for (let i = 0; i < chambers; i++) {
      this.size[loopOf[i]] += 1;
      this.wanted[loopOf[i]] += setpoint[i];
    }
    for (let g = 0; g < count; g++) this.wanted[g] /= this.size[g];
    this.bank = new PidBank(count);
    this.line = new DelayLine(count);
    this.tracking = new TrackingBank(count);
    this.predictive = new PredictiveBank(count, PERIOD_S, LONGEST_DELAY_S);
    this.adaptive = new AdaptiveTuner(this.bank, PERIOD_S, LONGEST_DELAY_S);
    // Stems start where the valves are open as at rest.
    const stem = { ...STEM, naturalFrequency: TWO_PI * settings.stemFrequency };
    this.stems = new ValveStemBank(VALVES * chambers, stem, travelFor(CHARACTERISTIC, settings.bias));
    this.wear = new WearBank(VALVES * chambers);
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
    this.measure(pressure);
    if (!isHeld) this.line.pass(this.bank.measurement, network, dt);
    for (let g = 0; g < this.count; g++) {
      // A new setpoint comes a scan after the takeover, so that it is answered as one and not taken as part of it.
      this.bank.setpoint[g] = this.taken ? this.taken.target(g) : this.wanted[g];
      this.bank.feedForward[g] = this.settings.feedForward ? this.balanced(this.bank.setpoint[g], headers) : 0;
    }
    if (this.progress[0] === 0) this.start(headers, view);
    if (!isHeld) this.control(dt);
    this.taken = null;
    this.tracking.step(dt, this.wanted, this.bank.measurement);
    this.moveStems(dt, headers);
  }

  /**
   * Begins a step test of a loop, which proposes gains. @param size step of the output, 0–1 @returns why it cannot begin; null: it has
   */
  startTest(loop: number, size: number): string | null {
    if (!(Number.isInteger(loop) && loop >= 0 && loop < this.count))
      return `There is no loop ${loop} of ${this.count}.`;
    if (!(Math.abs(size) > 0 && Math.abs(size) < 1)) return 'The step must lie between 0 and 1.';
    if (this.settings.mode !== 'fixed') return 'A step test needs fixed gains: set the control mode to "fixed" first.';
    if (this.test?.isRunning) return 'A step test is running: cancel it first.';
    const p = this.bank.measurement[loop];
    this.test = new StepTest(this.bank, loop, {
      ...TEST,
      stepSize: size,
      lowest: 0.2 * p,
      highest: 2 * p,
      closedLoopTime: this.settings.closedLoopTime,
    });
    this.test.start();
    return null;
  }

  /** Takes over the gains that the step test proposes. @returns whether there were any */
  applyProposal(): boolean {
    const proposal = this.test?.proposal;
    if (!this.test || !proposal) return false;
    this.bank.tune(this.test.loop, proposal.tuning.pid);
    return true;
  }

  /** Sluggish stems: times the normal travel time, by valve. */
  slowValves(factor: (valve: number) => number): void {
    for (let k = 0; k < this.stems.count; k++) {
      const slow = factor(k);
      this.stems.setFault(k, slow > 1 ? { kind: 'slow', factor: slow } : null);
    }
  }

  /** Output of a loop, −1 (return open) to 1 (supply open). */
  output(loop: number): number {
    return this.settings.mode === 'predictive' ? this.predictive.output[loop] : this.bank.output[loop];
  }

  /** Wanted pressure of a loop, Pa. */
  target(loop: number): number {
    return this.wanted[loop];
  }

  private measure(pressure: (chamber: number) => number): void {
    const { measurement } = this.bank;
    const { loopOf } = this.settings;
    const known = new Float64Array(this.count);
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
    for (let g = 0; g < this.count; g++) {
      const model = this.modelOf(g, headers, view);
      const closedLoopTime = Math.max(this.settings.closedLoopTime, model.delay);
      const tuning = simcTuning(model, closedLoopTime);
      this.bank.tune(g, this.keepsGains ? (this.taken as PressureLoops).bank.tuning(g) : tuning.pid);
      this.bank.setLimits(g, -1, 1);
      const output = this.taken ? this.taken.output(g) : this.balanced(this.bank.measurement[g], headers);
      this.bank.setManual(g, output);
      this.bank.setAutomatic(g);
      if (this.settings.mode === 'adaptive') this.adaptive.start(g, model, closedLoopTime);
      if (this.settings.mode === 'predictive') this.configurePredictive(g, model, closedLoopTime);
      if (this.settings.mode === 'predictive') this.predictive.enable(g, output, this.bank.measurement[g]);
    }
  }

  /** Gains found for the same loops and the same wanted speed stay. */
  private get keepsGains(): boolean {
    const { taken, settings: s } = this;
    return (
      taken?.settings.mode === s.mode &&
      taken.settings.closedLoopTime === s.closedLoopTime &&
      taken.settings.bias === s.bias
    );
  }

  /** Output at which as much flows in as out at a pressure, both valves choked. */
  private balanced(pressure: number, headers: HeaderSystem): number {
    const { supplyPressure } = headers.settings;
    if (!Number.isFinite(pressure)) return 0;
    return (-this.settings.bias * (supplyPressure - pressure)) / (supplyPressure + pressure);
  }

  /** Goes on where a controller with other settings stood: no jump of output or stems. */
  inherit(from: PressureLoops): void {
    if (from.stems.count === this.stems.count) {
      this.stems.position.set(from.stems.position);
      this.stems.command.set(from.stems.command);
      const wear = from.wear.arrays();
      this.wear.arrays().forEach((array, m) => {
        array.set(wear[m]);
      });
    }
    if (from.count === this.count && from.progress[0] === 1) this.taken = from;
  }

  private configurePredictive(g: number, model: FirstOrderModel, closedLoopTime: number): void {
    this.predictive.configure(g, {
      model: { ...model, delay: Math.max(PERIOD_S, model.delay) },
      closedLoopTime: Math.max(closedLoopTime, 2 * PERIOD_S),
      observerTime: Math.max(closedLoopTime, 2 * PERIOD_S),
      low: -1,
      high: 1,
      rateLimit: STEM.rateLimit,
      moveSuppression: 0.1,
    });
  }

  /** k = (p_supply + p)/b, τ = V/(γ b A Ψ √(RT/M)): one choked valve fills a chamber adiabatically, the other empties it. */
  private modelOf(g: number, headers: HeaderSystem, view: PlantView): FirstOrderModel {
    const { loopOf, bias } = this.settings;
    const { state } = view;
    let i = 0;
    while (loopOf[i] !== g) i++;
    const amounts = state.amounts.subarray(i * SPECIES_COUNT, (i + 1) * SPECIES_COUNT);
    const x = amounts.map((n) => n / state.amount[i]);
    const speed = Math.sqrt((R * (REFERENCE_TEMPERATURE + state.temperature[i])) / molarMass(x));
    const conductance = chokingConstant(GAMMA) * headers.settings.valveArea * speed;
    const open = Math.max(0.01, bias);
    return {
      kind: 'first-order',
      gain: (headers.settings.supplyPressure + this.wanted[g]) / open,
      timeConstant: state.volume[i] / (GAMMA * open * conductance),
      delay: DEAD_TIME_S,
    };
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
    this.test?.step(dt);
    this.bank.step(dt);
  }

  private moveStems(dt: number, headers: HeaderSystem): void {
    const { loopOf, bias } = this.settings;
    const { command, position } = this.stems;
    for (let i = 0; i < this.chambers; i++) {
      const u = this.output(loopOf[i]);
      command[VALVES * i] = travelFor(CHARACTERISTIC, Math.min(1, Math.max(0, bias + u)));
      command[VALVES * i + 1] = travelFor(CHARACTERISTIC, Math.min(1, Math.max(0, bias - u)));
    }
    this.stems.step(dt);
    this.wear.step(dt, position);
    this.tell(headers);
  }

  /** Openings of the valves where their stems stand, into the headers' controls. */
  tell(headers: HeaderSystem): void {
    if (this.progress[0] === 0) return;
    const { position } = this.stems;
    for (let i = 0; i < this.chambers; i++) {
      headers.controls.supply[i] = relativeCoefficient(CHARACTERISTIC, position[VALVES * i]);
      headers.controls.back[i] = relativeCoefficient(CHARACTERISTIC, position[VALVES * i + 1]);
    }
  }

  /** The state, for snapshots. Predictive loops are configured anew when they are restored. */
  arrays(): Float64Array[] {
    return [
      this.progress,
      ...this.line.arrays(),
      ...this.bank.arrays(),
      ...this.stems.arrays(),
      ...this.wear.arrays(),
      ...this.tracking.arrays(),
      ...this.adaptive.arrays(),
      ...this.predictive.arrays(),
    ];
  }

  /** After the arrays have been filled. */
  restored(headers: HeaderSystem | null, view: PlantView): void {
    if (this.settings.mode !== 'predictive' || this.progress[0] === 0 || !headers) return;
    const kept = this.predictive.arrays().map((array) => array.slice());
    for (let g = 0; g < this.count; g++) {
      const model = this.modelOf(g, headers, view);
      this.configurePredictive(g, model, Math.max(this.settings.closedLoopTime, model.delay));
    }
    this.predictive.arrays().forEach((array, m) => {
      array.set(kept[m]);
    });
  }
}
