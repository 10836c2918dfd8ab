// Mean powers of a harmonic balance, every line as the step books it, and the rates at which the means would move.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { type HarmonicSymbols, secondOrderWeight } from './discrete-symbols.ts';
import type { HarmonicInput, HarmonicSolution } from './harmonic-types.ts';
import type { NonlinearTerms } from './nonlinear-terms.ts';

/** Fills `s.powers` from the phasors of `s` and the terms they were solved with. */
export function fillPowers(
  input: HarmonicInput,
  symbols: readonly HarmonicSymbols[],
  terms: NonlinearTerms,
  s: HarmonicSolution,
): void {
  const { edges, coefficients: c } = input;
  const n = input.amount.length;
  const p = s.powers;
  ductPowers(input, terms, s);
  for (let i = 0; i < n; i++) {
    const T = REFERENCE_TEMPERATURE + input.temperature[i];
    // −½ Re[P (iω̂X)~], the trapezoidal work of the step, and as the step books it.
    const a = n + i;
    p.drive[i] =
      -0.5 *
      c.powerFactor *
      symbols[1].work *
      (s.pressureIm[a] * input.pistonRe[i] - s.pressureRe[a] * input.pistonIm[i]);
    let thermal = 0;
    for (let h = 1; h <= s.harmonics; h++) {
      const at = h * n + i;
      const square = s.warmthRe[at] * s.warmthRe[at] + s.warmthIm[at] * s.warmthIm[at];
      thermal += secondOrderWeight(c, i, symbols[h]) * square * T;
    }
    p.thermal[i] = c.powerFactor * thermal;
    p.conduction[i] = c.wallConductance[i] * (input.temperature[i] - input.wall[i]);
    p.exchange[i] = 0;
  }
  for (let e = 0; e < p.ductCross.length; e++) {
    p.exchange[edges[2 * e]] -= p.ductCross[e];
    p.exchange[edges[2 * e + 1]] += p.ductCross[e];
  }
  for (let i = 0; i < n; i++) {
    p.gas[i] = p.drive[i] - p.flowWork[i] + p.minorHeat[i] - p.thermal[i] - p.conduction[i] + p.exchange[i];
  }
}

function ductPowers(input: HarmonicInput, terms: NonlinearTerms, s: HarmonicSolution): void {
  const { edges, coefficients: c } = input;
  const n = input.amount.length;
  const ducts = c.inertance.length;
  const factor = c.powerFactor;
  const p = s.powers;
  p.flowWork.fill(0);
  p.slowWork.fill(0);
  p.minorHeat.fill(0);
  p.friction.fill(0);
  for (let e = 0; e < ducts; e++) {
    const i = edges[2 * e];
    const j = edges[2 * e + 1];
    const minor = factor * (terms.minorForward[e] + terms.minorBackward[e]);
    // What the pressures give the duct and its minor loss does not take is wall friction: R₀q̄² + Σ ½ Re Z |q̂|², but for what the
    // last pass left over. Booked so, no energy is lost however far the passes went.
    let friction = (s.pressureRe[i] - s.pressureRe[j]) * s.flowRe[e] - minor;
    for (let h = 1; h <= s.harmonics; h++) {
      const at = h * ducts + e;
      const re = s.flowRe[at];
      const im = s.flowIm[at];
      const first = 0.5 * factor * (s.pressureRe[h * n + i] * re + s.pressureIm[h * n + i] * im);
      const second = 0.5 * factor * (s.pressureRe[h * n + j] * re + s.pressureIm[h * n + j] * im);
      p.flowWork[i] += first;
      p.flowWork[j] -= second;
      friction += first - second;
    }
    p.slowWork[i] += s.pressureRe[i] * s.flowRe[e];
    p.slowWork[j] -= s.pressureRe[j] * s.flowRe[e];
    p.ductFriction[e] = friction;
    p.ductMinor[e] = minor;
    p.friction[i] += 0.5 * friction;
    p.friction[j] += 0.5 * friction;
    p.minorHeat[j] += factor * terms.minorForward[e];
    p.minorHeat[i] += factor * terms.minorBackward[e];
  }
}

/**
 * Rates of the mean volumes, quasi-steady at a common pressure rate: with κ = nR/(c + layers),
 * p v̇(1+κ) = κ(power − molar energy·ṅ) + RT̄ṅ − p·(volume relabelled) − ṗv and Σv̇ = 0 in each part of the graph.
 */
export function fillRates(input: HarmonicInput, parts: Uint32Array, s: HarmonicSolution): void {
  const { edges, coefficients: c } = input;
  const n = input.amount.length;
  const amountRate = new Float64Array(n);
  const relabelled = new Float64Array(n);
  for (let e = 0; e < s.exchangeAmount.length; e++) {
    const i = edges[2 * e];
    const j = edges[2 * e + 1];
    const volume = s.exchangeForward[e] - s.exchangeBackward[e];
    amountRate[i] -= s.exchangeAmount[e];
    amountRate[j] += s.exchangeAmount[e];
    relabelled[i] -= volume;
    relabelled[j] += volume;
  }
  const push = new Float64Array(n);
  const yieldOf = new Float64Array(n);
  const sumPush = new Float64Array(n);
  const sumYield = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let capacity = input.heatCapacity[i] + c.instantCapacity[i];
    for (let k = 0; k < c.poleTime.length; k++) capacity += c.layerCapacity[k * n + i];
    const kappa = (input.amount[i] * R) / capacity;
    const T = REFERENCE_TEMPERATURE + input.temperature[i];
    const mean = s.pressureRe[i];
    const molar = input.energy[i] / input.amount[i];
    push[i] =
      (kappa * (s.powers.gas[i] - molar * amountRate[i]) + R * T * amountRate[i] - mean * relabelled[i]) /
      (mean * (1 + kappa));
    yieldOf[i] = s.volumeRe[i] / (mean * (1 + kappa));
    sumPush[parts[i]] += push[i];
    sumYield[parts[i]] += yieldOf[i];
  }
  for (let i = 0; i < n; i++) {
    const rate = sumPush[parts[i]] / sumYield[parts[i]];
    s.volumeRate[i] = push[i] - rate * yieldOf[i];
  }
}
