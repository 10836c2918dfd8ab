// The linear solves of a harmonic balance: pressures and flows of one harmonic under pistons, drag and chamber excess, and the
// mean flow that the rectified drag drives round the loops of the graph.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import type { HarmonicSymbols } from './discrete-symbols.ts';
import type { HarmonicInput, HarmonicSolution } from './harmonic-types.ts';
import type { HarmonicWorkspace } from './harmonic-workspace.ts';
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
 * Solves harmonic h with drag and chamber excess held, the drag linearised by its mean slope: writes P_h, V_h and q̂_h. Begins
 * at the pressures of `s` and leaves a share of the residual they had: the passes repeat it.
 * @returns false when the network has no solution
 */
export function solveHarmonic(
  h: number,
  input: HarmonicInput,
  symbols: HarmonicSymbols,
  w: HarmonicWorkspace,
  s: HarmonicSolution,
): boolean {
  const n = input.amount.length;
  assembleChambers(h, input, symbols, w);
  assembleDucts(h, w, s);
  const P = w.potential;
  P.re.set(s.pressureRe.subarray(h * n, (h + 1) * n));
  P.im.set(s.pressureIm.subarray(h * n, (h + 1) * n));
  if (!w.solvers[h].solve(w.system, P, { reduction: w.share, tolerance: ROUNDING })) return false;
  writeHarmonic(h, w, s);
  return true;
}

/** Residual that rounding leaves: less is not asked for. */
const ROUNDING = 1e-13;

/** Chambers' part of matrix and right side: compliances, excess, mixing, pistons. */
function assembleChambers(h: number, input: HarmonicInput, symbols: HarmonicSymbols, w: HarmonicWorkspace): void {
  const { compliance, terms, system } = w;
  const n = w.chambers;
  const rate = symbols.work;
  const half = rate / symbols.difference;
  for (let i = 0; i < n; i++) {
    const at = h * n + i;
    const cRe = -rate * compliance.im[at];
    const cIm = rate * compliance.re[at];
    system.diagonalRe[i] = cRe;
    system.diagonalIm[i] = cIm;
    system.rightRe[i] = cRe * terms.excessRe[at] - cIm * terms.excessIm[at] + half * terms.mixingRe[at];
    system.rightIm[i] = cRe * terms.excessIm[at] + cIm * terms.excessRe[at] + half * terms.mixingIm[at];
    if (h === 1) {
      system.rightRe[i] += rate * input.pistonIm[i];
      system.rightIm[i] -= rate * input.pistonRe[i];
    }
  }
}

/** Ducts' part: admittances with the slope of the drag, and the drag beyond its linear part as a drift. */
function assembleDucts(h: number, w: HarmonicWorkspace, s: HarmonicSolution): void {
  const { edges, impedance, terms, system, before, driftRe, driftIm } = w;
  const ducts = driftRe.length;
  for (let e = 0; e < ducts; e++) {
    const at = h * ducts + e;
    const slope = terms.dragSlope[e];
    const total = impedance.re[at] + slope;
    const reactance = impedance.im[at];
    const square = total * total + reactance * reactance;
    const yRe = total / square;
    const yIm = -reactance / square;
    system.offRe[e] = -yRe;
    system.offIm[e] = -yIm;
    // Drag beyond its linear part, as a pressure.
    let fRe = terms.dragRe[at] - slope * s.flowRe[at];
    let fIm = terms.dragIm[at] - slope * s.flowIm[at];
    if (h === 2) {
      // The mean flow has been renewed since: its loop with the second harmonic would otherwise take two passes a turn.
      const change = s.flowRe[e] - before.flowRe[e];
      fRe += terms.dragTurnRe[e] * change;
      fIm += terms.dragTurnIm[e] * change;
    }
    const re = yRe * fRe - yIm * fIm;
    const im = yRe * fIm + yIm * fRe;
    driftRe[e] = re;
    driftIm[e] = im;
    const i = edges[2 * e];
    const j = edges[2 * e + 1];
    system.diagonalRe[i] += yRe;
    system.diagonalIm[i] += yIm;
    system.diagonalRe[j] += yRe;
    system.diagonalIm[j] += yIm;
    system.rightRe[i] += re;
    system.rightIm[i] += im;
    system.rightRe[j] -= re;
    system.rightIm[j] -= im;
  }
}

function writeHarmonic(h: number, w: HarmonicWorkspace, s: HarmonicSolution): void {
  const { edges, compliance, terms, driftRe, driftIm, potential: P } = w;
  const { offRe, offIm } = w.system;
  const n = w.chambers;
  const ducts = offRe.length;
  for (let e = 0; e < ducts; e++) {
    const i = edges[2 * e];
    const j = edges[2 * e + 1];
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

/** Connected parts of the graph: the lowest chamber of each chamber's part. Ducts that are `closed` connect nothing. */
export function graphParts(chambers: number, edges: Uint32Array, closed?: Uint8Array): Uint32Array {
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
    if (closed?.[e]) continue;
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
 * follows from its whole volume. Writes q̄, p̄ and the mean volumes v̄ = nRT̄k/p̄, and the volume rates as q̄ has them.
 * Leaves a share of the residual of the mean pressures it begins with.
 * @param first symbols of the first harmonic
 * @returns false when the network has no solution
 */
export function solveMean(
  input: HarmonicInput,
  first: HarmonicSymbols,
  w: HarmonicWorkspace,
  s: HarmonicSolution,
): boolean {
  const { coefficients: c } = input;
  const { edges, parts, terms } = w;
  const n = w.chambers;
  const ducts = c.inertance.length;
  // Σ±q̄ = v̇.
  const right = w.system.rightRe;
  right.set(s.volumeRate);
  const admittance = w.system.offRe;
  const drift = w.driftRe;
  for (let e = 0; e < ducts; e++) {
    if (c.closed?.[e]) {
      admittance[e] = 0;
      drift[e] = 0;
      continue;
    }
    const slope = terms.dragSlope[e];
    const resistance = Math.max(c.resistance[e] + slope, LEAST_RESISTANCE * first.midpoint * c.inertance[e]);
    admittance[e] = 1 / resistance;
    drift[e] = admittance[e] * (terms.dragRe[e] - slope * s.flowRe[e]);
    right[edges[2 * e]] += drift[e];
    right[edges[2 * e + 1]] -= drift[e];
  }
  const level = w.potential.re;
  level.set(s.pressureRe.subarray(0, n));
  for (let i = 0; i < n; i++) level[i] -= s.pressureRe[parts[i]];
  if (!w.mean.solve(admittance, right, level, MEAN_SHARE, ROUNDING)) {
    // At rest the rates are rounding errors, and those of a part need not sum to zero.
    balanceParts(right, parts);
    level.fill(0);
    if (!w.mean.solve(admittance, right, level, MEAN_SHARE, ROUNDING)) return false;
  }
  for (let e = 0; e < ducts; e++) {
    s.flowRe[e] = admittance[e] * (level[edges[2 * e]] - level[edges[2 * e + 1]]) - drift[e];
  }
  // What the solve leaves over must not appear as work of the mean pressure, 10⁵ times itself.
  s.volumeRate.fill(0);
  for (let e = 0; e < ducts; e++) {
    s.volumeRate[edges[2 * e]] += s.flowRe[e];
    s.volumeRate[edges[2 * e + 1]] -= s.flowRe[e];
  }
  settleVolumes(input, parts, level, terms, s);
  return true;
}

/** Takes from each vertex of a part the mean of the part. */
function balanceParts(right: Float64Array, parts: Uint32Array): void {
  const sum = new Float64Array(parts.length);
  const size = new Float64Array(parts.length);
  for (let i = 0; i < parts.length; i++) {
    sum[parts[i]] += right[i];
    size[parts[i]] += 1;
  }
  for (let i = 0; i < parts.length; i++) right[i] -= sum[parts[i]] / size[parts[i]];
}

/**
 * Share of the mean flow's residual that a pass leaves: less than of the oscillation's, because what it leaves over moves gas for
 * as long as the balance is held.
 */
const MEAN_SHARE = 1e-3;

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
