// The linear solves of a harmonic balance: pressures and flows of one harmonic under pistons, drag and chamber excess, and the
// mean flow that the rectified drag drives round the loops of the graph.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { type ComplexVector, solveComplexSymmetric } from '../../numerics/complex-solver.ts';
import { ductImpedance, type HarmonicSymbols } from './discrete-symbols.ts';
import type { HarmonicInput, HarmonicSolution } from './harmonic-types.ts';
import type { NonlinearTerms } from './nonlinear-terms.ts';

/** Linear compliance of every chamber at harmonic h, m³/Pa (harmonic-major). */
export interface Compliances {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** C = v̄/p_T · (c + g)/(c + nR + g) about the present mean volumes, p_T = nRT̄/v̄, for harmonics 1…H. */
export function fillCompliances(
  input: HarmonicInput,
  s: HarmonicSolution,
  layers: { readonly re: Float64Array; readonly im: Float64Array },
  out: Compliances,
): void {
  const n = input.amount.length;
  for (let i = 0; i < n; i++) {
    const nR = input.amount[i] * R;
    const isothermal = (s.volumeRe[i] * s.volumeRe[i]) / (nR * (REFERENCE_TEMPERATURE + input.temperature[i]));
    for (let h = 1; h <= s.harmonics; h++) {
      const at = h * n + i;
      const re = input.heatCapacity[i] + layers.re[at];
      const im = layers.im[at];
      const d = re + nR;
      const square = d * d + im * im;
      out.re[at] = (isothermal * (re * d + im * im)) / square;
      out.im[at] = (isothermal * (im * d - re * im)) / square;
    }
  }
}

/**
 * Solves harmonic h with drag and chamber excess held, the drag linearised by its mean slope: writes P_h, V_h and q̂_h.
 * @returns false when the network has no solution
 */
export function solveHarmonic(
  h: number,
  input: HarmonicInput,
  symbols: HarmonicSymbols,
  compliance: Compliances,
  terms: NonlinearTerms,
  s: HarmonicSolution,
): boolean {
  const { edges, coefficients: c } = input;
  const n = input.amount.length;
  const ducts = c.inertance.length;
  const w = symbols.work;
  const half = w / symbols.difference;
  const system = {
    n,
    edges,
    diagonalRe: new Float64Array(n),
    diagonalIm: new Float64Array(n),
    offRe: new Float64Array(ducts),
    offIm: new Float64Array(ducts),
    rightRe: new Float64Array(n),
    rightIm: new Float64Array(n),
  };
  for (let i = 0; i < n; i++) {
    const at = h * n + i;
    const cRe = -w * compliance.im[at];
    const cIm = w * compliance.re[at];
    system.diagonalRe[i] = cRe;
    system.diagonalIm[i] = cIm;
    system.rightRe[i] = cRe * terms.excessRe[at] - cIm * terms.excessIm[at] + half * terms.mixingRe[at];
    system.rightIm[i] = cRe * terms.excessIm[at] + cIm * terms.excessRe[at] + half * terms.mixingIm[at];
    if (h === 1) {
      system.rightRe[i] += w * input.pistonIm[i];
      system.rightIm[i] -= w * input.pistonRe[i];
    }
  }
  const driftRe = new Float64Array(ducts);
  const driftIm = new Float64Array(ducts);
  for (let e = 0; e < ducts; e++) {
    const at = h * ducts + e;
    const [zRe, zIm] = ductImpedance(c, e, symbols);
    const slope = terms.dragSlope[e];
    const total = zRe + slope;
    const square = total * total + zIm * zIm;
    const yRe = total / square;
    const yIm = -zIm / square;
    system.offRe[e] = -yRe;
    system.offIm[e] = -yIm;
    // Drag beyond its linear part, as a pressure.
    const fRe = terms.dragRe[at] - slope * s.flowRe[at];
    const fIm = terms.dragIm[at] - slope * s.flowIm[at];
    driftRe[e] = yRe * fRe - yIm * fIm;
    driftIm[e] = yRe * fIm + yIm * fRe;
    for (let side = 0; side < 2; side++) {
      const node = edges[2 * e + side];
      const sign = side === 0 ? 1 : -1;
      system.diagonalRe[node] += yRe;
      system.diagonalIm[node] += yIm;
      system.rightRe[node] += sign * driftRe[e];
      system.rightIm[node] += sign * driftIm[e];
    }
  }
  const P = solveComplexSymmetric(system);
  if (!P) return false;
  writeHarmonic(h, input, system.offRe, system.offIm, driftRe, driftIm, P, compliance, terms, s);
  return true;
}

function writeHarmonic(
  h: number,
  input: HarmonicInput,
  offRe: Float64Array,
  offIm: Float64Array,
  driftRe: Float64Array,
  driftIm: Float64Array,
  P: ComplexVector,
  compliance: Compliances,
  terms: NonlinearTerms,
  s: HarmonicSolution,
): void {
  const n = input.amount.length;
  const ducts = offRe.length;
  for (let e = 0; e < ducts; e++) {
    const i = input.edges[2 * e];
    const j = input.edges[2 * e + 1];
    const dRe = P.re[i] - P.re[j];
    const dIm = P.im[i] - P.im[j];
    s.flowRe[h * ducts + e] = -(offRe[e] * dRe - offIm[e] * dIm) - driftRe[e];
    s.flowIm[h * ducts + e] = -(offRe[e] * dIm + offIm[e] * dRe) - driftIm[e];
  }
  for (let i = 0; i < n; i++) {
    const at = h * n + i;
    s.pressureRe[at] = P.re[i];
    s.pressureIm[at] = P.im[i];
    const dRe = P.re[i] - terms.excessRe[at];
    const dIm = P.im[i] - terms.excessIm[at];
    s.volumeRe[at] = -(compliance.re[at] * dRe - compliance.im[at] * dIm);
    s.volumeIm[at] = -(compliance.re[at] * dIm + compliance.im[at] * dRe);
  }
}

/** Connected parts of the graph: the number of the part of each chamber. */
export function graphParts(chambers: number, edges: Uint32Array): Uint32Array {
  const parent = Uint32Array.from({ length: chambers }, (_, i) => i);
  const root = (i: number): number => {
    let r = i;
    while (parent[r] !== r) {
      parent[r] = parent[parent[r]];
      r = parent[r];
    }
    return r;
  };
  for (let e = 0; e < edges.length / 2; e++) {
    const a = root(edges[2 * e]);
    const b = root(edges[2 * e + 1]);
    if (a < b) parent[b] = a;
    else parent[a] = b;
  }
  return parent.map((_, i) => root(i));
}

/** Resistance to mean flow below which a duct is taken to have this share of its inertive impedance (lossless ducts). */
const LEAST_RESISTANCE = 1e-6;

/**
 * Mean flows q̄ and mean pressures: R₀q̄ + ⟨K|q̂|q̂⟩ = p̄_i − p̄_j with Σ±q̄ = the given volume rates; the level of each part
 * follows from its whole volume. Writes q̄, p̄ and the mean volumes v̄ = nRT̄k/p̄.
 * @returns false when the network has no solution
 */
export function solveMean(
  input: HarmonicInput,
  parts: Uint32Array,
  first: HarmonicSymbols,
  terms: NonlinearTerms,
  s: HarmonicSolution,
): boolean {
  const { edges, coefficients: c } = input;
  const n = input.amount.length;
  const ducts = c.inertance.length;
  const system = {
    n,
    edges,
    diagonalRe: new Float64Array(n),
    diagonalIm: new Float64Array(n),
    offRe: new Float64Array(ducts),
    offIm: new Float64Array(ducts),
    // Σ±q̄ = v̇.
    rightRe: Float64Array.from(s.volumeRate),
    rightIm: new Float64Array(n),
  };
  const admittance = new Float64Array(ducts);
  const drift = new Float64Array(ducts);
  for (let e = 0; e < ducts; e++) {
    const slope = terms.dragSlope[e];
    const resistance = Math.max(c.resistance[e] + slope, LEAST_RESISTANCE * first.midpoint * c.inertance[e]);
    admittance[e] = 1 / resistance;
    drift[e] = admittance[e] * (terms.dragRe[e] - slope * s.flowRe[e]);
    for (let side = 0; side < 2; side++) {
      const node = edges[2 * e + side];
      system.diagonalRe[node] += admittance[e];
      system.rightRe[node] += side === 0 ? drift[e] : -drift[e];
    }
    const grounded = parts[edges[2 * e]] === edges[2 * e] || parts[edges[2 * e + 1]] === edges[2 * e + 1];
    system.offRe[e] = grounded ? 0 : -admittance[e];
  }
  for (let i = 0; i < n; i++) {
    if (parts[i] !== i) continue;
    system.diagonalRe[i] = 1;
    system.rightRe[i] = 0;
  }
  const level = solveComplexSymmetric(system);
  if (!level) return false;
  for (let e = 0; e < ducts; e++) {
    s.flowRe[e] = admittance[e] * (level.re[edges[2 * e]] - level.re[edges[2 * e + 1]]) - drift[e];
  }
  settleVolumes(input, parts, level.re, terms, s);
  return true;
}

/** Level of each part such that its volumes fill it: Σ nRT̄k/(p + δ_i) = Σ v. */
function settleVolumes(
  input: HarmonicInput,
  parts: Uint32Array,
  offset: Float64Array,
  terms: NonlinearTerms,
  s: HarmonicSolution,
): void {
  const n = input.amount.length;
  const product = (i: number): number =>
    input.amount[i] * R * (REFERENCE_TEMPERATURE + input.temperature[i]) * terms.excessRe[i];
  const room = new Float64Array(n);
  const sum = new Float64Array(n);
  const level = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    room[parts[i]] += input.restVolume[i];
    sum[parts[i]] += product(i);
  }
  for (let i = 0; i < n; i++) level[i] = parts[i] === i ? sum[i] / room[i] : 0;
  for (let pass = 0; pass < 6; pass++) {
    sum.fill(0);
    for (let i = 0; i < n; i++) sum[parts[i]] += product(i) / (level[parts[i]] + offset[i]);
    for (let i = 0; i < n; i++) if (parts[i] === i) level[i] *= sum[i] / room[i];
  }
  for (let i = 0; i < n; i++) {
    s.pressureRe[i] = level[parts[i]] + offset[i];
    s.volumeRe[i] = product(i) / s.pressureRe[i];
  }
}
