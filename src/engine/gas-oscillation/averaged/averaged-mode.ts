// The farm in averaged mode: takes the means out of a waveform state, moves them with the harmonic balance in long steps, and
// gives an oscillating state back. Between steps the farm's own state holds the means (flows and pistons at rest, layers at
// the gas temperature), so that everything that reads a farm reads this one. Not here: energy bookkeeping of the change.

import { hypot } from '../../numerics/elementary.ts';
import type { StepCoefficients } from '../coefficients.ts';
import type { WindowReadings } from '../oscillation-detector.ts';
import { recentre } from '../relabel.ts';
import { CLOCK, type FarmState } from '../state.ts';
import {
  type AveragedContext,
  type AveragedState,
  createAveragedState,
  followEnergy,
  layerCapacity,
} from './averaged-state.ts';
import {
  type AveragedResult,
  advanceAveraged,
  haveMoved,
  RENEW_TOLERANCE,
  RESOLVE_TOLERANCE,
  renew,
} from './averaged-step.ts';
import { createSolution, type HarmonicFailure, type HarmonicSolution } from './harmonic-types.ts';
import { averagedFromWaveform, waveformFromAveraged } from './waveform-exchange.ts';

/** Arrays that farm state and workspace have in common. */
const MEANS = ['amounts', 'amount', 'temperature', 'volume', 'pressure', 'wall', 'chip'] as const;

/** While means move fast, renewals are this far apart, s, as long as nothing has moved HASTE times as far as usual. */
const RENEWAL_PAUSE_S = 45;
const HASTE = 2;
/** Where they hardly move any more, the limits shrink with the time since the last renewal: over so many s, to this share. */
const CALM_S = 400;
const LEAST_PATIENCE = 0.05;
/**
 * From this size on the means may move further, as the root of the size: a balance then takes seconds, and of so many chambers
 * some are always far from the rest.
 */
const LARGE_FARM = 10_000;

/** What a snapshot keeps of the mode besides its arrays. */
export interface AveragedSnapshot {
  readonly stale: boolean;
  readonly sinceRenewal_s: number;
  readonly pace: number;
  readonly solution: { readonly harmonics: number; readonly iterations: number; readonly change: number | null } | null;
}

export class AveragedMode {
  readonly s: AveragedState;
  /** The farm's settings have changed: the oscillation must be solved again before the next step. */
  private stale = true;
  /** Simulated time since the oscillation was last solved, s. */
  private sinceRenewal_s = 0;
  /** How fast the means moved in the last step, at the fastest place, K/s. */
  pace = Number.MAX_VALUE;

  constructor(chambers: number, ducts: number) {
    this.s = createAveragedState(chambers, ducts);
  }

  /** The oscillation the farm is in; null before the first. */
  get solution(): HarmonicSolution | null {
    return this.s.solution;
  }

  /** By how much more than usual the means may move before oscillation and properties are renewed: soon after the last time, and in large farms, more. */
  get patience(): number {
    const large = Math.sqrt(Math.max(1, this.s.chambers / LARGE_FARM));
    const since = this.sinceRenewal_s - RENEWAL_PAUSE_S;
    return large * (since < 0 ? HASTE : Math.max(LEAST_PATIENCE, 1 - since / CALM_S));
  }

  /** After a change of properties. */
  invalidate(): void {
    this.stale = true;
  }

  /** After what may make the means move at another pace than before. */
  disturb(): void {
    this.stale = true;
    this.pace = Number.MAX_VALUE;
  }

  /**
   * Solves the oscillation about the means of a waveform state and writes the means into it.
   * @param temperature window means, T − 300 K per chamber
   * @returns the failure; the state is then as it was
   */
  enter(state: FarmState, temperature: Float64Array, context: AveragedContext): HarmonicFailure | null {
    const { s } = this;
    copyMeans(averagedFromWaveform(state, temperature, context, 0), s);
    const result = renew(s, context, { tolerance: RESOLVE_TOLERANCE });
    if (!result.ok) return result;
    this.stale = false;
    this.sinceRenewal_s = 0;
    this.store(state, context.coefficients);
    return null;
  }

  /** Writes the oscillating state at the present phase of the drive. @returns the failure; the state is then as it was */
  leave(state: FarmState, context: AveragedContext): HarmonicFailure | null {
    this.load(state, context.coefficients);
    if (this.stale || !this.s.solution || haveMoved(this.s)) {
      const result = renew(this.s, context, { tolerance: RESOLVE_TOLERANCE });
      if (!result.ok) return result;
    }
    if (this.s.solution) waveformFromAveraged(this.s, this.s.solution, context, state.clock[CLOCK.turns], state);
    this.stale = true;
    return null;
  }

  /** Moves the means by `dt` seconds and adds to the state's totals. */
  advance(state: FarmState, context: AveragedContext, dt: number): AveragedResult {
    const { s } = this;
    this.load(state, context.coefficients);
    s.totals.fill(0);
    s.roomHeat.fill(0);
    s.time_s = 0;
    if (this.stale) {
      const result = renew(s, context, { tolerance: RENEW_TOLERANCE });
      if (!result.ok) return { ...result, steps: 0, solves: 1 };
      this.stale = false;
      this.sinceRenewal_s = 0;
    }
    const result = advanceAveraged(s, context, dt, { patience: this.patience });
    this.sinceRenewal_s = result.solves > 0 ? 0 : this.sinceRenewal_s + dt;
    this.pace = result.ok ? result.pace : Number.MAX_VALUE;
    this.store(state, context.coefficients);
    for (let m = 0; m < s.totals.length; m++) state.totals[m] += s.totals[m];
    return result;
  }

  /** Fills the detector's readings from the oscillation and the means. @param dt length of the step they stand for, s */
  read(readings: WindowReadings, context: AveragedContext, dt: number, end_s: number): void {
    const { s } = this;
    const { solution: hb } = s;
    if (!hb) return;
    const n = s.chambers;
    const p = hb.powers;
    for (let i = 0; i < n; i++) {
      readings.cosine[i] = hb.pressureRe[n + i];
      readings.sine[i] = -hb.pressureIm[n + i];
      readings.pressure[i] = s.pressure[i];
      readings.temperature[i] = s.temperature[i];
      readings.drivePower[i] = p.drive[i];
      readings.wallHeat[i] = p.thermal[i] + context.coefficients.wallConductance[i] * (s.temperature[i] - s.wall[i]);
      readings.friction[i] = p.friction[i];
      readings.minorLoss[i] = p.minorHeat[i];
      // Locked to the drive: the phase does not move.
      readings.previousPhase[i] = Number.NaN;
    }
    for (let e = 0; e < s.ducts; e++) readings.peakFlow[e] = largestFlow(hb, s.ducts, e);
    readings.duration_s = dt;
    readings.end_s = end_s;
    readings.count += 1;
  }

  /** Largest share of a higher harmonic's pressure, over the largest pressure of the first: how far the few carried suffice. */
  harmonicShare(): number {
    const { solution: hb, chambers: n } = this.s;
    if (!hb) return 0;
    let first = 0;
    let higher = 0;
    for (let i = 0; i < n; i++) first = Math.max(first, hypot(hb.pressureRe[n + i], hb.pressureIm[n + i]));
    for (let at = 2 * n; at < hb.pressureRe.length; at++) {
      higher = Math.max(higher, hypot(hb.pressureRe[at], hb.pressureIm[at]));
    }
    return first > 0 ? higher / first : 0;
  }

  /** What a snapshot keeps besides arrays(). */
  snapshot(): AveragedSnapshot {
    const { solution } = this.s;
    return {
      stale: this.stale,
      sinceRenewal_s: this.sinceRenewal_s,
      pace: this.pace,
      solution: solution && {
        harmonics: solution.harmonics,
        iterations: solution.iterations,
        change: finiteOrNull(solution.change),
      },
    };
  }

  /** Arrays of the oscillation last solved: a continued run starts from the same guess and gives the same bits. */
  arrays(): Float64Array[] {
    const { solution, solved } = this.s;
    return solution ? [...Object.values(solved), ...solutionArrays(solution)] : [];
  }

  /** Before arrays() are overwritten from a snapshot. */
  prepare(kept: AveragedSnapshot): void {
    this.s.solution = kept.solution
      ? {
          ...createSolution(this.s.chambers, this.s.ducts, kept.solution.harmonics),
          iterations: kept.solution.iterations,
          change: kept.solution.change ?? Number.POSITIVE_INFINITY,
        }
      : null;
  }

  restored(kept: AveragedSnapshot): void {
    this.stale = kept.stale;
    this.sinceRenewal_s = kept.sinceRenewal_s;
    this.pace = kept.pace;
  }

  /** The means of the farm's state into the workspace: edits, condensation and the room may have moved them. */
  private load(state: FarmState, c: StepCoefficients): void {
    const { s } = this;
    for (const key of MEANS) s[key].set(state[key]);
    for (let i = 0; i < s.chambers; i++) {
      recentre(state, i, state.temperature[i]);
      s.gasEnergy[i] = state.energy[i];
      s.heatCapacity[i] = state.caloric[4 * i + 1];
      s.heatCapacitySlope[i] = state.caloric[4 * i + 2];
      s.energy[i] = state.energy[i] + layerEnergy(state, c, i);
      // Condensation warms the gas alone: layers and gas share what they hold.
      if (state.instantLayer[i] !== state.temperature[i]) followEnergy(s, c, i, s.energy[i]);
    }
  }

  /** The means into the farm's state, nothing oscillating. Gas and layers hold the energy of the workspace to round-off. */
  private store(state: FarmState, c: StepCoefficients): void {
    const { s } = this;
    for (const key of MEANS) state[key].set(s[key]);
    state.instantLayer.set(s.temperature);
    for (let k = 0; k < state.poles; k++) state.layer.set(s.temperature, k * s.chambers);
    state.flow.fill(0);
    state.displacement.fill(0);
    state.viscous.fill(0);
    state.trapFlow.fill(0);
    state.trapPressure.fill(0);
    state.piston.fill(0);
    state.pistonRe.fill(0);
    state.pistonIm.fill(0);
    state.pendingHeat.fill(0);
    for (let i = 0; i < s.chambers; i++) {
      recentre(state, i, s.temperature[i]);
      state.energy[i] = s.energy[i] - layerCapacity(c, i) * s.temperature[i];
    }
  }
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Every array of a solution, in the order of its members. */
function solutionArrays(hb: HarmonicSolution): Float64Array[] {
  const own = Object.values(hb).filter((member): member is Float64Array => member instanceof Float64Array);
  return [...own, ...Object.values(hb.powers)];
}

function layerEnergy(state: FarmState, c: StepCoefficients, i: number): number {
  let sum = c.instantCapacity[i] * state.instantLayer[i];
  for (let at = i; at < state.layer.length; at += state.chambers) sum += c.layerCapacity[at] * state.layer[at];
  return sum;
}

function copyMeans(from: AveragedState, to: AveragedState): void {
  for (const key of [...MEANS, 'energy', 'gasEnergy', 'heatCapacity', 'heatCapacitySlope'] as const)
    to[key].set(from[key]);
}

/** No flow of the cycle is larger than this sum of magnitudes, m³/s. */
function largestFlow(hb: HarmonicSolution, ducts: number, e: number): number {
  let sum = Math.abs(hb.flowRe[e]);
  for (let at = ducts + e; at < hb.flowRe.length; at += ducts) sum += hypot(hb.flowRe[at], hb.flowIm[at]);
  return sum;
}
