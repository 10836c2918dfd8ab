// How long an acoustic step is: short while the oscillation builds up, turns or is looked at step by step, long once it is
// steady, when the prewarped step is exact at the drive's frequency whatever its length (docs/performance.md has the errors).

import { cos as cosine, sin as sine, TWO_PI } from '../numerics/elementary.ts';
import type { ParameterValues } from '../parameters/table.ts';
import { dispersionTrap, stableShare } from './dispersion-trap.ts';
import { CLOCK, type FarmState } from './state.ts';

/** How finely a cycle is resolved: for eyes on single steps, while the oscillation changes, once it is steady. */
export type StepKind = 'fine' | 'short' | 'long';

/** Longest automatic step of each kind, s. */
const LONGEST_STEP: Readonly<Record<StepKind, number>> = { fine: 25e-6, short: 50e-6, long: 84e-6 };
/** Fine steps for each short one. */
const FINE = 2;
/** Share of the stability limit an automatic step may use: gas that warms by half grows as stiff as this leaves room for. */
const STABLE_SHARE = 0.82;
/** Share of a chamber that may pass one duct in a short step: with more, twelve ducts could take in one step what a chamber holds. */
const LARGEST_PASSAGE = 0.008;
/** Change of the phasors between windows (rms over rms) that ends the long steps. */
const UNSTEADY_CHANGE = 0.03;

/**
 * Time step, s: the one asked for, or a whole part of the drive's cycle.
 * @param stable stability limit of the plain leapfrog, s
 */
export function timeStepFor(values: ParameterValues, stable: number, wantedKind: StepKind): number {
  const wanted = values['simulation.time_step_s'];
  if (wanted !== 'auto') return wanted;
  const period = 1 / values['drive.frequency_Hz'];
  const kind = wantedKind === 'long' && !values['drive.enabled'] ? 'short' : wantedKind;
  const asked = values['simulation.steps_per_cycle'];
  const perCycle = {
    fine: FINE * asked,
    short: asked,
    long: Math.min(asked, values['simulation.steady_steps_per_cycle']),
  };
  const longest = Math.min(LONGEST_STEP[kind] * (1 + 1e-9), STABLE_SHARE * stable);
  let n = Math.max(perCycle[kind], Math.ceil(period / longest));
  while (period / n > STABLE_SHARE * longestStable(values, stable, period / n)) n++;
  return period / n;
}

/** Stability limit of steps near `timeStep`, s. @param stable that of the plain leapfrog, s */
export const longestStable = (values: ParameterValues, stable: number, timeStep: number): number =>
  stable * stableShare(dispersionTrap(warpFrequency(values), timeStep));

/** Frequency at which the step is exact, Hz; 0 while nothing drives the farm. */
export const warpFrequency = (values: ParameterValues): number =>
  values['drive.enabled'] ? values['drive.frequency_Hz'] : 0;

/** Whether the wave counts as steady: it must have settled, and stays so until it changes more. */
export const isSteady = (was: boolean, settled: boolean, change: number): boolean =>
  was ? change <= UNSTEADY_CHANGE : settled;

/** Whether the ducts' flows (m³/s) are so fast that steps must be fine. @param volume of the smallest chamber, m³ */
export function isFast(peakFlow: Float64Array, volume: number): boolean {
  const most = (LARGEST_PASSAGE * volume) / LONGEST_STEP.short;
  for (let e = 0; e < peakFlow.length; e++) if (peakFlow[e] > most) return true;
  return false;
}

/** What flows are moved with, by duct and chamber. */
export interface FlowMotion {
  readonly edges: Uint32Array;
  /** kg/m⁴ as the step multiplies with. */
  readonly inertance: Float64Array;
  /** Adiabatic compliance, m³/Pa. */
  readonly compliance: Float64Array;
  /** Hz of the drive clock. */
  readonly frequency: number;
}

/**
 * Moves the flows, known `before` seconds ahead of the pressures, to `after` seconds ahead of them: along the present
 * pressure difference and, to second order, along its change (ducts and pistons compress the gas adiabatically).
 */
export function shiftFlow(s: FarmState, m: FlowMotion, before: number, after: number): void {
  const { flow, pressure, chambers } = s;
  const { edges, inertance, compliance } = m;
  const omega = TWO_PI * m.frequency;
  const rate = new Float64Array(chambers);
  const turn = TWO_PI * s.clock[CLOCK.turns];
  const [cos, sin] = [cosine(turn), sine(turn)];
  for (let i = 0; i < chambers; i++) rate[i] = -omega * (s.pistonRe[i] * sin + s.pistonIm[i] * cos);
  for (let e = 0; e < flow.length; e++) {
    rate[edges[2 * e]] += flow[e];
    rate[edges[2 * e + 1]] -= flow[e];
  }
  for (let i = 0; i < chambers; i++) rate[i] *= -1 / compliance[i];
  const first = before - after;
  const second = 0.5 * (after * after - before * before);
  for (let e = 0; e < flow.length; e++) {
    const i = edges[2 * e];
    const j = edges[2 * e + 1];
    flow[e] += (first * (pressure[i] - pressure[j]) + second * (rate[i] - rate[j])) / inertance[e];
  }
}
