// The farm's network as it is stepped: coefficients about the present means, the length of the step, which ducts are open, and
// what must go with a change of these. Not here: when to change them, and the booking of the energy that a change moves (farm.ts).

import type { Problem } from './config/problem.ts';
import type { FarmMode } from './farm-modes.ts';
import { refusedProblem } from './farm-refusals.ts';
import { REFERENCE_TEMPERATURE } from './gas/caloric.ts';
import { pressureOf, virialAt } from './gas/equation-of-state.ts';
import { graphParts } from './gas-oscillation/averaged/network-solve.ts';
import {
  type Coefficients,
  type DuctGeometry,
  type StepCoefficients,
  stableTimeStep,
  stepCoefficients,
} from './gas-oscillation/coefficients.ts';
import { beginTraps, releaseTraps, setTraps } from './gas-oscillation/dispersion-trap.ts';
import type { LinearMean } from './gas-oscillation/linear-network.ts';
import type { OscillationDetector } from './gas-oscillation/oscillation-detector.ts';
import { FarmProperties } from './gas-oscillation/properties.ts';
import { CLOCK, type FarmState } from './gas-oscillation/state.ts';
import type { Surroundings } from './gas-oscillation/step.ts';
import { longestStable, type StepKind, shiftFlow, timeStepFor, warpFrequency } from './gas-oscillation/time-step.ts';
import { restateUnseen } from './gas-oscillation/unseen-energy.ts';
import type { Layout } from './lattice/layout.ts';
import type { ParameterValues } from './parameters/table.ts';
import { closeDucts, moveDucts, shutDucts } from './pressure-control/plant/duct-closure.ts';
import { networkSettings } from './settings.ts';

/** Step for a first look at what is stable, s: the coefficients asked for do not depend on it. */
const ANY_STEP = 1e-6;
/** Parts of the farm whose mean pressures differ by no more than this share are level. */
const LEVEL = 1e-3;

/** What of a farm the network needs; its members may be replaced as the farm goes on. */
export interface NetworkHost {
  readonly values: ParameterValues;
  readonly layout: Layout;
  readonly state: FarmState;
  readonly surroundings: Surroundings;
  readonly mode: FarmMode;
  readonly restVolume: Float64Array;
  readonly ducts: DuctGeometry;
  readonly detector: OscillationDetector;
  /** Whether somebody looks at single steps. */
  readonly isWatched: boolean;
}

export class FarmNetwork {
  /** Physical coefficients, and those the step multiplies with (prewarped at the drive frequency). */
  coefficients!: Coefficients;
  stepping!: StepCoefficients;
  /** Stability limit of the time step, s. */
  stableStep = Number.POSITIVE_INFINITY;
  /** What the present steps are for. */
  kind: StepKind = 'short';
  readonly properties: FarmProperties;
  /** Open share of each duct's bore that the coefficients have. */
  readonly openDucts: Float64Array;
  /** Lowest chamber of each chamber's connected part; ducts that are shut connect nothing. */
  parts: Uint32Array;

  constructor(private readonly host: NetworkHost) {
    this.properties = new FarmProperties(host.layout.count);
    this.openDucts = new Float64Array(host.layout.edges.length / 2).fill(1);
    this.parts = this.partsAt(this.openDucts);
  }

  /** Renews the coefficients at the same step. @param composition null: the one taken last, after a snapshot */
  renew(timeStep = this.coefficients.timeStep, composition: FarmState | null = this.host.state): void {
    const { values, layout, ducts } = this.host;
    const open = this.properties.coefficients(
      composition,
      layout.sphereRadius_m,
      layout.edges,
      ducts,
      networkSettings(values),
      timeStep,
    );
    this.coefficients = closeDucts(open, this.openDucts);
    this.stepping = stepCoefficients(this.coefficients, warpFrequency(values));
  }

  /** Opens or closes the ducts' bores to these shares. */
  openTo(shares: Float64Array): void {
    moveDucts(this.host.state, this.openDucts, shares);
    this.renew();
    this.parts = this.partsAt(shares);
  }

  /** Whether gas would fall from one part into another if the ducts opened to these shares. */
  gasFalls(shares: Float64Array): boolean {
    const { pressure } = this.host.state;
    const { parts } = this;
    return this.partsAt(shares).some((part, i) => Math.abs(pressure[parts[i]] / pressure[parts[part]] - 1) > LEVEL);
  }

  /** After a snapshot: the shares that its state has already; the coefficients follow with renew(). */
  restoreOpen(shares: Float64Array): void {
    this.openDucts.set(shares);
    this.parts = this.partsAt(shares);
  }

  private partsAt(shares: Float64Array): Uint32Array {
    const { count, edges } = this.host.layout;
    return graphParts(count, edges, shutDucts(shares));
  }

  /** After an edit: short steps about the present means, fine ones for eyes and for averages. @param previous coefficients before it @returns why it cannot be */
  configure(previous: StepCoefficients | undefined): Problem | null {
    const { values, state, mode, isWatched } = this.host;
    const before = previous?.timeStep ?? 0;
    const now = state.clock[CLOCK.timeBase] + state.clock[CLOCK.stepsSinceBase] * before;
    this.renew(ANY_STEP);
    const stable = this.plainStableStep();
    const wanted = values['simulation.time_step_s'];
    const limit = wanted === 'auto' ? stable : longestStable(values, stable, wanted);
    if (wanted !== 'auto' && wanted > limit) {
      if (previous) this.renew(before);
      return refusedProblem(
        'simulation.time_step_s',
        `A time step of ${wanted} s is beyond the stability limit of ${limit.toExponential(3)} s for these ducts and chambers.`,
        `Use at most ${(0.9 * limit).toExponential(2)} s, or "auto".`,
      );
    }
    this.kind = isWatched || mode === 'averaged' ? 'fine' : 'short';
    const timeStep = timeStepFor(values, stable, this.kind);
    if (previous) releaseTraps(state, previous);
    this.renew(timeStep);
    this.stableStep = longestStable(values, stable, timeStep);
    state.clock[CLOCK.timeBase] = now;
    state.clock[CLOCK.stepsSinceBase] = 0;
    if (mode === 'waveform' && before > 0 && before !== timeStep) this.shiftFlow(0.5 * before, 0.5 * timeStep);
    this.settle();
    return null;
  }

  /** Length of the step, s, that the present means ask for. */
  chooseStep(kind: StepKind): number {
    const { values } = this.host;
    this.kind = kind;
    // Warmer gas is stiffer than when the farm was configured.
    const stable = this.plainStableStep();
    const timeStep = timeStepFor(values, stable, kind);
    this.stableStep = longestStable(values, stable, timeStep);
    return timeStep;
  }

  /** Goes on with steps of this length, s. */
  takeStep(timeStep: number): void {
    const { state } = this.host;
    const before = this.coefficients.timeStep;
    const now = state.clock[CLOCK.timeBase] + state.clock[CLOCK.stepsSinceBase] * before;
    releaseTraps(state, this.stepping);
    this.renew(timeStep);
    this.shiftFlow(0.5 * before, 0.5 * timeStep);
    this.settle();
    state.clock[CLOCK.timeBase] = now;
    state.clock[CLOCK.stepsSinceBase] = 0;
  }

  /** Of gas at rest: flow at n − ½ such that it is zero at the start, to second order. */
  begin(): void {
    const { state, layout } = this.host;
    if (!state.flow.every((q) => q === 0)) return;
    this.shiftFlow(0, 0.5 * this.coefficients.timeStep);
    beginTraps(state, this.stepping, layout.edges);
  }

  /** Mean state about which the network is linear: readings once there are any. */
  linearMean(): LinearMean {
    const { state, restVolume, detector } = this.host;
    const { amount } = state;
    const temperature = detector.readings.count > 0 ? detector.readings.temperature : state.temperature;
    return {
      amount,
      volume: restVolume,
      temperature,
      pressure: Float64Array.from(amount, (n, i) => this.eosAt(i, n, temperature[i]).p),
      byT: Float64Array.from(amount, (n, i) => this.eosAt(i, n, temperature[i]).byT),
      byV: Float64Array.from(amount, (n, i) => this.eosAt(i, n, temperature[i]).byV),
    };
  }

  private eosAt(i: number, n: number, temperature: number): { p: number; byT: number; byV: number } {
    const { state, restVolume } = this.host;
    const [b, db] = virialAt(state.virial, i, temperature - state.centre[i]);
    return pressureOf(n, REFERENCE_TEMPERATURE + temperature, restVolume[i], b, db);
  }

  /** After the step's length or the mode has changed: what of the state goes with it. */
  private settle(): void {
    const { state, mode } = this.host;
    setTraps(state, this.stepping);
    restateUnseen(state, mode === 'waveform' ? this.stepping.powerFactor : 1);
  }

  /** Longest stable step of the leapfrog without traps, s. */
  private plainStableStep(): number {
    return stableTimeStep(this.host.layout.edges, this.coefficients.inertance, this.stiffCompliance());
  }

  /** Adiabatic compliance, the stiffest the chambers can be, m³/Pa. */
  private stiffCompliance(): Float64Array {
    const { gas } = this.coefficients;
    return this.host.restVolume.map((v, i) => v / (gas[i].gamma * this.properties.pressure[i]));
  }

  /** Moves the flows from half a step of one length before the pressures to half a step of another. */
  private shiftFlow(before: number, after: number): void {
    const { state, layout, surroundings } = this.host;
    const motion = {
      edges: layout.edges,
      inertance: this.stepping.inertance,
      compliance: this.stiffCompliance(),
      frequency: surroundings.frequency,
    };
    shiftFlow(state, motion, before, after);
  }
}
