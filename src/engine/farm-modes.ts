// The farm's two modes: which one it is in, how it goes from one to the other, and the averaged mode's part of a slow step.
// Not here: the order of what else a step does (farm.ts), and the averaged mode itself (gas-oscillation/averaged/).

import type { Problem } from './config/problem.ts';
import type { FarmHeat } from './farm-heat.ts';
import { noOscillation, refusedProblem, virialRefused } from './farm-refusals.ts';
import { AveragedMode, type AveragedSnapshot } from './gas-oscillation/averaged/averaged-mode.ts';
import type { AveragedContext } from './gas-oscillation/averaged/averaged-state.ts';
import type { StepCoefficients } from './gas-oscillation/coefficients.ts';
import type { OscillationDetector } from './gas-oscillation/oscillation-detector.ts';
import { collectCrossed, type Relabelling, relabel } from './gas-oscillation/relabel.ts';
import type { Settling } from './gas-oscillation/settling.ts';
import { CLOCK, type FarmState } from './gas-oscillation/state.ts';
import type { Surroundings } from './gas-oscillation/step.ts';
import type { TideCentre } from './gas-oscillation/tide-centre.ts';
import type { StepKind } from './gas-oscillation/time-step.ts';
import { forgetUnseen, restateUnseen } from './gas-oscillation/unseen-energy.ts';
import type { Layout } from './lattice/layout.ts';
import type { ParameterValues } from './parameters/table.ts';
import type { FarmHeaders } from './pressure-control/headers/farm-headers.ts';
import type { Plant } from './pressure-control/plant/plant.ts';
import type { EnergyBook } from './thermodynamics/energy-book.ts';

/** Averaged steps that move no mean by more than so many kelvins may be longer than so many seconds. */
const STEP_KELVIN = 0.3;
const SHORT_AVERAGED_S = 10;
/** Longest averaged step while the pressure controller acts, s. */
const CONTROL_PERIOD_S = 0.1;
/** Largest farm that automatic fidelity averages: beyond it one balance takes seconds, and many of them minutes. */
const LARGEST_AUTOMATIC = 5000;

/** Whether every cycle is resolved or means and amplitudes are carried. */
export type FarmMode = 'waveform' | 'averaged';

/** What of a farm its modes need; its members may be replaced as the farm goes on. */
export interface ModesHost {
  readonly values: ParameterValues;
  readonly layout: Layout;
  readonly time_s: number;
  readonly state: FarmState;
  readonly stepping: StepCoefficients;
  readonly surroundings: Surroundings;
  readonly restVolume: Float64Array;
  readonly work: { readonly relabelling: Relabelling };
  readonly detector: OscillationDetector;
  readonly settling: Settling;
  readonly tides: TideCentre;
  readonly heat: FarmHeat;
  readonly headers: FarmHeaders;
  readonly plant: Plant;
  readonly book: EnergyBook;
  /** Goes on with steps of this kind. */
  takeStep(kind: StepKind): void;
  /** Coefficients about the means as last read. */
  refreshProperties(): void;
  beginWindow(): void;
}

export class FarmModes {
  /** Whether every cycle is resolved now; follows simulation.fidelity, where that is "auto" choose(). */
  mode: FarmMode = 'waveform';
  /** Why the farm cannot be averaged as it is set; null while nobody has found out. */
  remark: string | null = null;
  readonly averaged: AveragedMode;
  /** Longest averaged step, s, and the time at which one must end. */
  averagedStep_s: number;
  horizon_s = Number.POSITIVE_INFINITY;

  constructor(private readonly host: ModesHost) {
    const { count, edges } = host.layout;
    this.averaged = new AveragedMode(count, edges.length / 2);
    this.averagedStep_s = host.values['simulation.averaged_step_s'];
  }

  /** Length of an averaged step, s: the controller's period while it acts, short while the plant or the means are on the move. */
  get slowStep(): number {
    const { plant, headers, time_s } = this.host;
    const controlled = plant.loops !== null && headers.hasHeaders;
    const calm = plant.isCalm ? STEP_KELVIN / this.averaged.pace : 0;
    const longest = controlled ? CONTROL_PERIOD_S : Math.max(SHORT_AVERAGED_S, calm);
    const left = this.horizon_s - time_s;
    return Math.min(this.averagedStep_s, longest, left > 0 ? left : Number.POSITIVE_INFINITY);
  }

  /**
   * Moves the means by `dt` seconds, with walls and clock, and reads them.
   * @returns false when no oscillation was found: every cycle is resolved from there on, and `remark` says why
   */
  advance(dt: number): boolean {
    const { state, surroundings, heat, detector } = this.host;
    const { clock } = state;
    const result = this.averaged.advance(state, this.context(), dt);
    if (!result.ok) {
      clock[CLOCK.timeBase] += this.averaged.s.time_s;
      this.leave();
      this.remark = noOscillation(result);
      return false;
    }
    clock[CLOCK.timeBase] += dt;
    clock[CLOCK.steps] += 1;
    const turns = clock[CLOCK.turns] + surroundings.frequency * dt;
    clock[CLOCK.turns] = turns - Math.floor(turns);
    heat.room.absorb(this.averaged.s.roomHeat, state, dt);
    this.averaged.read(detector.readings, this.context(), dt, this.host.time_s);
    return true;
  }

  /**
   * With automatic fidelity: resolves cycles while the oscillation settles or somebody looks at it, averages otherwise. With averaged
   * fidelity: averages again once an oscillation that could not be averaged has changed and is steady.
   * @param looking a chamber's waveform or slow motion is wanted
   */
  choose(looking: boolean): void {
    const { values, layout, settling } = this.host;
    const wanted = values['simulation.fidelity'];
    if (wanted === 'waveform') return;
    const isAuto = wanted === 'auto';
    if (!settling.isSettled || (isAuto && (looking || layout.count > LARGEST_AUTOMATIC))) {
      // Averaged, it is solved and does not settle: only a look ends that.
      if (looking && isAuto) this.leave();
    } else if (this.mode === 'waveform' && this.remark === null) {
      const failure = this.average();
      if (failure) this.remark = failure.message;
    }
  }

  /** Sets the mode that simulation.fidelity names. @returns why it cannot be */
  followFidelity(): Problem | null {
    const wanted = this.host.values['simulation.fidelity'];
    if (wanted === 'waveform') this.leave();
    return wanted === 'averaged' ? this.average() : null;
  }

  /** Goes back to the mode simulation.fidelity asks for, and its step. */
  resumeFidelity(): void {
    this.averagedStep_s = this.host.values['simulation.averaged_step_s'];
    const problem = this.followFidelity();
    if (problem) this.remark = problem.message;
  }

  /** After a change of the farm: what could not be averaged may be now, and the means may move at another pace. */
  reconsider(): void {
    this.remark = null;
    this.averaged.disturb();
  }

  /** Averages now whatever simulation.fidelity says, until resumeFidelity(). @returns why it cannot be */
  average(): Problem | null {
    const { host, averaged } = this;
    if (this.mode === 'averaged') return null;
    if (host.state.gasModel !== 'ideal') return virialRefused;
    const { readings } = host.detector;
    const temperature = readings.count > 0 ? readings.temperature : host.state.temperature;
    // The balance costs the same whatever step it stands for, and looking at a chamber begins with fine ones.
    host.takeStep('fine');
    collectCrossed(host.state, host.work.relabelling);
    relabel(host.state, host.layout.edges, host.work.relabelling);
    const failure = host.book.booked(() => {
      restateUnseen(host.state, 1);
      forgetUnseen(host.state);
      return averaged.enter(host.state, temperature, this.context());
    });
    if (failure) {
      restateUnseen(host.state, host.stepping.powerFactor);
      return refusedProblem('simulation.fidelity', noOscillation(failure), 'Use "waveform", or drive less.');
    }
    this.begin('averaged');
    this.remark = null;
    averaged.read(readings, this.context(), this.averagedStep_s, host.time_s);
    host.beginWindow();
    return null;
  }

  /** Back to every cycle, at the present phase of the drive. */
  leave(): void {
    if (this.mode === 'waveform') return;
    const { host } = this;
    host.refreshProperties();
    const failure = host.book.booked(() => this.averaged.leave(host.state, this.context()));
    if (failure) this.remark = noOscillation(failure);
    this.begin('waveform');
    restateUnseen(host.state, host.stepping.powerFactor);
    host.beginWindow();
  }

  private begin(mode: FarmMode): void {
    const { clock } = this.host.state;
    clock[CLOCK.timeBase] = this.host.time_s;
    clock[CLOCK.stepsSinceBase] = 0;
    this.mode = mode;
    this.host.tides.begin();
  }

  private context(): AveragedContext {
    const { layout, state, stepping, surroundings, restVolume, heat } = this.host;
    const air = heat.room.airAtWalls(state.wall);
    return {
      edges: layout.edges,
      restVolume,
      coefficients: stepping,
      surroundings,
      wallLinks: heat.ductConductance,
      ...(air && { air }),
    };
  }

  /** After the averaged mode's arrays were overwritten from a snapshot. */
  restored(kept: { mode: FarmMode; averagedStep_s: number; averaged: AveragedSnapshot }): void {
    this.mode = kept.mode;
    this.averagedStep_s = kept.averagedStep_s;
    this.averaged.restored(kept.averaged);
  }
}
