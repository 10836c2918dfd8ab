// The nonlinear terms of one cycle, evaluated at samples of the phase and returned as phasors: here the gas that crosses a duct.
// The loss of a duct: duct-terms.ts; the departure of a chamber's p(v, T) from linearity: chamber-terms.ts. No network here.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { cos, PI, sin } from '../../numerics/elementary.ts';
import type { HarmonicSymbols } from './discrete-symbols.ts';
import type { HarmonicInput, HarmonicSolution } from './harmonic-types.ts';
import { type PhaseSamples, toPhasors, toSamples } from './phase-samples.ts';

export interface NonlinearTerms {
  /** K|q̂|q̂ per duct, Pa (harmonic-major); harmonic 0 its mean. */
  readonly dragRe: Float64Array;
  readonly dragIm: Float64Array;
  /** Mean slope of the drag, 2K⟨|q̂|⟩, Pa·s/m³. */
  readonly dragSlope: Float64Array;
  /** Second harmonic of that slope: what a change of the mean flow adds to the second harmonic of the drag. */
  readonly dragTurnRe: Float64Array;
  readonly dragTurnIm: Float64Array;
  /** Minor-loss power that warms the second and the first chamber of each duct, W. */
  readonly minorForward: Float64Array;
  readonly minorBackward: Float64Array;
  /** Oscillation of the minor-loss heat of each chamber, W (harmonic-major): it falls downstream, in one half of the cycle. */
  readonly heatRe: Float64Array;
  readonly heatIm: Float64Array;
  /** Scratch: that heat at the phase samples, chamber-major. */
  heatSamples: Float64Array;
  /** Pressure beyond the linear compliance, Pa (harmonic-major); harmonic 0: mean of p v̄/(nRT̄). */
  readonly excessRe: Float64Array;
  readonly excessIm: Float64Array;
  /** Volume flow equivalent to the mixing of gas that crossed, m³/s (harmonic-major, at whole steps). */
  readonly mixingRe: Float64Array;
  readonly mixingIm: Float64Array;
}

export function createTerms(chambers: number, ducts: number, harmonics: number): NonlinearTerms {
  const perDuct = () => new Float64Array(ducts);
  const ductPhasors = () => new Float64Array(ducts * (harmonics + 1));
  const chamberPhasors = () => new Float64Array(chambers * (harmonics + 1));
  return {
    dragRe: ductPhasors(),
    dragIm: ductPhasors(),
    dragSlope: perDuct(),
    dragTurnRe: perDuct(),
    dragTurnIm: perDuct(),
    minorForward: perDuct(),
    minorBackward: perDuct(),
    heatRe: chamberPhasors(),
    heatIm: chamberPhasors(),
    heatSamples: new Float64Array(0),
    excessRe: chamberPhasors(),
    excessIm: chamberPhasors(),
    mixingRe: chamberPhasors(),
    mixingIm: chamberPhasors(),
  };
}

/**
 * Gas that changes chamber: mean flow, and where the tide is longer than its half duct what is clipped at ±½Al, both ways.
 * Receiving a parcel at the donor's pressure acts as a volume source J(p_d − p_r)/γp (scheme.md §3).
 */
export function crossingTerms(
  input: HarmonicInput,
  s: HarmonicSolution,
  samples: PhaseSamples,
  symbols: readonly HarmonicSymbols[],
  out: NonlinearTerms,
): void {
  const { halfVolume, closed } = input.coefficients;
  const ducts = halfVolume.length;
  out.mixingRe.fill(0);
  out.mixingIm.fill(0);
  s.exchangeForward.fill(0);
  s.exchangeBackward.fill(0);
  s.exchangeAmount.fill(0);
  s.powers.ductCross.fill(0);
  let tides: Tides | null = null;
  for (let e = 0; e < ducts; e++) {
    if (halfVolume[e] === 0 || closed?.[e]) continue;
    let reach = 0;
    for (let h = 1; h <= s.harmonics; h++) {
      const at = h * ducts + e;
      reach += Math.sqrt(s.flowRe[at] * s.flowRe[at] + s.flowIm[at] * s.flowIm[at]) / symbols[h].work;
    }
    if (reach > halfVolume[e]) {
      tides ??= createTides(samples.count, s.harmonics);
      clippedTide(input, s, samples, symbols, tides, e, out);
    }
    meanCrossing(input, s, e, out);
  }
}

/** What of the mean flow of duct e no clipped tide has carried, at the donor's mean densities. */
function meanCrossing(input: HarmonicInput, s: HarmonicSolution, e: number, out: NonlinearTerms): void {
  const n = input.amount.length;
  const flow = s.flowRe[e] - (s.exchangeForward[e] - s.exchangeBackward[e]);
  if (flow === 0) return;
  const donor = input.edges[flow > 0 ? 2 * e : 2 * e + 1];
  const receiver = input.edges[flow > 0 ? 2 * e + 1 : 2 * e];
  const rate = Math.abs(flow);
  if (flow > 0) s.exchangeForward[e] += rate;
  else s.exchangeBackward[e] += rate;
  s.exchangeAmount[e] += (flow * input.amount[donor]) / s.volumeRe[donor];
  s.powers.ductCross[e] += (flow * input.energy[donor]) / s.volumeRe[donor];
  const share = rate / (gammaOf(input, receiver) * s.pressureRe[receiver]);
  for (let h = 1; h <= s.harmonics; h++) {
    out.mixingRe[h * n + receiver] += share * (s.pressureRe[h * n + donor] - s.pressureRe[h * n + receiver]);
    out.mixingIm[h * n + receiver] += share * (s.pressureIm[h * n + donor] - s.pressureIm[h * n + receiver]);
  }
}

const gammaOf = (input: HarmonicInput, i: number): number => 1 + (input.amount[i] * R) / input.heatCapacity[i];

/** One duct and its two chambers at the phase samples. */
interface Tides {
  readonly displacement: Float64Array;
  readonly displacementRe: Float64Array;
  readonly displacementIm: Float64Array;
  readonly ends: readonly {
    readonly pressure: Float64Array;
    readonly volume: Float64Array;
    readonly warmth: Float64Array;
    readonly source: Float64Array;
  }[];
  readonly phasors: Float64Array;
}

const createTides = (count: number, harmonics: number): Tides => ({
  displacement: new Float64Array(count),
  displacementRe: new Float64Array(harmonics + 1),
  displacementIm: new Float64Array(harmonics + 1),
  ends: [0, 1].map(() => ({
    pressure: new Float64Array(count),
    volume: new Float64Array(count),
    warmth: new Float64Array(count),
    source: new Float64Array(count),
  })),
  phasors: new Float64Array(2 * (harmonics + 1)),
});

/** Rates at which the tide of duct e, longer than its half duct, and its mean flow carry gas beyond the ends. */
function clippedTide(
  input: HarmonicInput,
  s: HarmonicSolution,
  samples: PhaseSamples,
  symbols: readonly HarmonicSymbols[],
  { displacement: xi, displacementRe: xiRe, displacementIm: xiIm, ends: pair, phasors }: Tides,
  e: number,
  out: NonlinearTerms,
): void {
  const { edges, energy } = input;
  const limit = input.coefficients.halfVolume[e];
  const ducts = s.exchangeAmount.length;
  const n = input.amount.length;
  const { count } = samples;
  const cycle = 1 / input.frequency;
  for (let h = 1; h <= s.harmonics; h++) {
    xiRe[h] = s.flowIm[h * ducts + e] / symbols[h].work;
    xiIm[h] = -s.flowRe[h * ducts + e] / symbols[h].work;
  }
  toSamples(samples, xiRe, xiIm, 1, 0, 1, s.harmonics, xi);
  const ends = [edges[2 * e], edges[2 * e + 1]];
  ends.forEach((i, side) => {
    const a = pair[side];
    toSamples(samples, s.pressureRe, s.pressureIm, n, i, 0, s.harmonics, a.pressure);
    toSamples(samples, s.volumeRe, s.volumeIm, n, i, 0, s.harmonics, a.volume);
    toSamples(samples, s.warmthRe, s.warmthIm, n, i, 1, s.harmonics, a.warmth);
    a.source.fill(0);
  });
  const drift = (s.flowRe[e] * cycle) / count;
  let place = xi[0];
  // The first turn settles where the tide touches.
  for (let turn = 0; turn < 2; turn++) {
    for (let m = 0; m < count; m++) {
      place += xi[m + 1 < count ? m + 1 : 0] - xi[m] + drift;
      const excess = place > limit ? place - limit : place < -limit ? place + limit : 0;
      place -= excess;
      if (excess === 0 || turn === 0) continue;
      const donor = excess > 0 ? 0 : 1;
      const i = ends[donor];
      const j = ends[1 - donor];
      const rate = Math.abs(excess) / cycle;
      const share = excess / (cycle * pair[donor].volume[m]);
      if (donor === 0) s.exchangeForward[e] += rate;
      else s.exchangeBackward[e] += rate;
      s.exchangeAmount[e] += share * input.amount[i];
      s.powers.ductCross[e] +=
        share *
        (energy[i] + input.heatCapacity[i] * (REFERENCE_TEMPERATURE + input.temperature[i]) * pair[donor].warmth[m]);
      pair[1 - donor].source[m] +=
        (rate * count * (pair[donor].pressure[m] - pair[1 - donor].pressure[m])) /
        (gammaOf(input, j) * s.pressureRe[j]);
    }
  }
  ends.forEach((i, side) => {
    toPhasors(samples, pair[side].source, s.harmonics, phasors);
    // The mixing happens between two samples: half a sample later.
    for (let h = 1; h <= s.harmonics; h++) {
      const late = (PI * h) / count;
      const a = cos(late);
      const b = -sin(late);
      out.mixingRe[h * n + i] += phasors[2 * h] * a - phasors[2 * h + 1] * b;
      out.mixingIm[h * n + i] += phasors[2 * h] * b + phasors[2 * h + 1] * a;
    }
  });
}
