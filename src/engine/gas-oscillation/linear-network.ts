// The farm's linearised network in the frequency domain: complex pressures of all chambers under the pistons' drive.
// Shares every coefficient with the time step. Used to choose the stroke for a wanted pressure ratio, and by tests.
//   iω C_i(ω) P_i + Σ_e ± Y_e(ω)(P_i − P_j) = −iω X_i,   Y_e = 1/(iωL + R₀ + Σ R_k iωτ_k/(1+iωτ_k) + (8/3π)K|Q_e|)

import { REFERENCE_TEMPERATURE } from '../gas/caloric.ts';
import {
  ComplexNetworkSolver,
  type ComplexSymmetricSystem,
  type ComplexVector,
  NetworkStructure,
  solveComplexSymmetric,
} from '../numerics/complex-solver.ts';
import { PI } from '../numerics/elementary.ts';
import type { Coefficients } from './coefficients.ts';

export interface LinearMean {
  readonly amount: Float64Array;
  readonly volume: Float64Array;
  /** T − 300 K. */
  readonly temperature: Float64Array;
  readonly pressure: Float64Array;
  /** ∂p/∂T, Pa/K, and ∂p/∂v, Pa/m³. */
  readonly byT: Float64Array;
  readonly byV: Float64Array;
}

/**
 * Complex compliance of chamber i at ω, m³/Pa: C = 1/(−∂p/∂v + T (∂p/∂T)²/(n c_v + g(ω))), g the heat capacity of the boundary layer.
 * For the ideal gas (v/p)/(1 + nR/(n c_v + g)).
 */
export function compliance(mean: LinearMean, c: Coefficients, i: number, omega: number): [number, number] {
  const chambers = mean.amount.length;
  let re = mean.amount[i] * c.gas[i].cv_J_per_molK + c.instantCapacity[i];
  let im = -c.wallConductance[i] / omega;
  for (let k = 0; k < c.poleTime.length; k++) {
    const x = omega * c.poleTime[k];
    const capacity = c.layerCapacity[k * chambers + i] / (1 + x * x);
    re += capacity;
    im -= capacity * x;
  }
  const square = re * re + im * im;
  const T = REFERENCE_TEMPERATURE + mean.temperature[i];
  const stiff = (T * mean.byT[i] * mean.byT[i]) / square;
  const a = -mean.byV[i] + stiff * re;
  const b = -stiff * im;
  const modulus = a * a + b * b;
  return [a / modulus, -b / modulus];
}

/** Series impedance of duct e at ω, Pa·s/m³, without the minor loss. */
export function ductImpedance(c: Coefficients, e: number, omega: number): [number, number] {
  const ducts = c.inertance.length;
  let re = c.resistance[e];
  let im = omega * c.inertance[e];
  for (let k = 0; k < c.poleTime.length; k++) {
    const x = omega * c.poleTime[k];
    const resistance = c.layerResistance[k * ducts + e] / (1 + x * x);
    re += resistance * x * x;
    im += resistance * x;
  }
  return [re, im];
}

export interface LinearSolution {
  readonly pressureRe: Float64Array;
  readonly pressureIm: Float64Array;
  /** |Q| per duct, m³/s. */
  readonly flow: Float64Array;
  /** Share of the minor loss in each duct's impedance, as linearised. */
  readonly lossShare: Float64Array;
}

/** What a series of solutions of one network shares: the solver, and the last pressures as the next guess. */
export interface NetworkSeries {
  readonly solver: ComplexNetworkSolver;
  readonly tolerance: number;
  /** Share of the residual of the last pressures that a solution leaves to the next. */
  readonly share: number;
  /** Relative change of stroke and flows (rms) below which the series has converged. */
  readonly converged: number;
  readonly pressure: ComplexVector;
}

/** Residual left in the series of an automatic stroke: rounding with a full factor, well below what the stroke needs without. */
const SERIES_TOLERANCE = 1e-12;
const LARGE_SERIES_TOLERANCE = 1e-6;
/** Without a full factor a solution costs hundreds of iterations: each need only be better than the flows it is found with. */
const LARGE_SHARE = 0.03;
const CONVERGED = 1e-5;
const LARGE_CONVERGED = 1e-4;

/**
 * Steady oscillation under piston amplitudes X (m³, complex) at ω; `flow` holds |Q| for the minor loss's linearisation.
 * @param series of solutions this one continues; its pressures are overwritten
 * @returns null when the solver does not converge
 */
export function solveNetwork(
  mean: LinearMean,
  c: Coefficients,
  edges: Uint32Array,
  omega: number,
  pistonRe: Float64Array,
  pistonIm: Float64Array,
  flow: Float64Array,
  series?: NetworkSeries,
): LinearSolution | null {
  const n = mean.amount.length;
  const ducts = c.inertance.length;
  const diagonalRe = new Float64Array(n);
  const diagonalIm = new Float64Array(n);
  const admittanceRe = new Float64Array(ducts);
  const admittanceIm = new Float64Array(ducts);
  for (let i = 0; i < n; i++) {
    const [re, im] = compliance(mean, c, i, omega);
    diagonalRe[i] = -omega * im;
    diagonalIm[i] = omega * re;
  }
  for (let e = 0; e < ducts; e++) {
    const [re, im] = ductImpedance(c, e, omega);
    const total = re + (8 / (3 * PI)) * c.quadratic[e] * flow[e];
    const square = total * total + im * im;
    admittanceRe[e] = total / square;
    admittanceIm[e] = -im / square;
    for (const node of [edges[2 * e], edges[2 * e + 1]]) {
      diagonalRe[node] += admittanceRe[e];
      diagonalIm[node] += admittanceIm[e];
    }
  }
  const rightRe = new Float64Array(n);
  const rightIm = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    rightRe[i] = omega * pistonIm[i];
    rightIm[i] = -omega * pistonRe[i];
  }
  const system = {
    n,
    edges,
    diagonalRe,
    diagonalIm,
    offRe: admittanceRe.map((y) => -y),
    offIm: admittanceIm.map((y) => -y),
    rightRe,
    rightIm,
  };
  const solution = series ? solveOn(series, system) : solveComplexSymmetric(system);
  if (!solution) return null;
  const result = new Float64Array(ducts);
  const lossShare = new Float64Array(ducts);
  for (let e = 0; e < ducts; e++) {
    const i = edges[2 * e];
    const j = edges[2 * e + 1];
    const dRe = solution.re[i] - solution.re[j];
    const dIm = solution.im[i] - solution.im[j];
    lossShare[e] =
      (8 / (3 * PI)) *
      c.quadratic[e] *
      flow[e] *
      Math.sqrt(admittanceRe[e] * admittanceRe[e] + admittanceIm[e] * admittanceIm[e]);
    result[e] = Math.sqrt(
      (dRe * dRe + dIm * dIm) * (admittanceRe[e] * admittanceRe[e] + admittanceIm[e] * admittanceIm[e]),
    );
  }
  return { pressureRe: solution.re, pressureIm: solution.im, flow: result, lossShare };
}

function solveOn(
  { solver, tolerance, share, pressure }: NetworkSeries,
  system: ComplexSymmetricSystem,
): ComplexVector | null {
  return solver.solve(system, pressure, { tolerance, reduction: share })
    ? { re: pressure.re.slice(), im: pressure.im.slice() }
    : null;
}

function createSeries(n: number, edges: Uint32Array, limit?: number): NetworkSeries {
  const structure = new NetworkStructure(n, edges, limit);
  return {
    solver: new ComplexNetworkSolver(structure),
    tolerance: structure.symbolic ? SERIES_TOLERANCE : LARGE_SERIES_TOLERANCE,
    share: structure.symbolic ? 0 : LARGE_SHARE,
    converged: structure.symbolic ? CONVERGED : LARGE_CONVERGED,
    pressure: { re: new Float64Array(n), im: new Float64Array(n) },
  };
}

/** rms over chambers of |P|/p. */
export function pressureRatioRms(mean: LinearMean, s: LinearSolution): number {
  let sum = 0;
  for (let i = 0; i < mean.amount.length; i++) {
    sum +=
      (s.pressureRe[i] * s.pressureRe[i] + s.pressureIm[i] * s.pressureIm[i]) / (mean.pressure[i] * mean.pressure[i]);
  }
  return Math.sqrt(sum / mean.amount.length);
}

const PICARD_LIMIT = 40;

/**
 * Piston amplitude (half the stroke, m³) for which the rms pressure ratio is `ratio`, the unit drive being (unitRe, unitIm).
 * @param limit multiply-adds a full factorisation may take (numerics/complex-solver.ts)
 * @returns null when the network has no such solution within the iteration limit
 */
export function amplitudeForRatio(
  mean: LinearMean,
  c: Coefficients,
  edges: Uint32Array,
  omega: number,
  unitRe: Float64Array,
  unitIm: Float64Array,
  ratio: number,
  limit?: number,
): number | null {
  const flow = new Float64Array(c.inertance.length);
  const series = createSeries(mean.amount.length, edges, limit);
  let amplitude = isolatedAmplitude(mean, c, ratio);
  for (let pass = 0; pass < PICARD_LIMIT; pass++) {
    const solution = solveNetwork(
      mean,
      c,
      edges,
      omega,
      unitRe.map((x) => x * amplitude),
      unitIm.map((x) => x * amplitude),
      flow,
      series,
    );
    if (!solution) return null;
    const reached = pressureRatioRms(mean, solution);
    if (!(reached > 0)) return null;
    const factor = ratio / reached;
    amplitude *= factor;
    let moved = 0;
    let size = 0;
    for (let e = 0; e < flow.length; e++) {
      // The more the minor loss is of the impedance, the more a flow overshoots: halfway when it is all.
      const step = (solution.flow[e] * factor - flow[e]) / (1 + solution.lossShare[e]);
      moved += step * step;
      flow[e] += step;
      size += flow[e] * flow[e];
    }
    const change = size > 0 ? Math.sqrt(moved / size) : 0;
    if (Math.max(Math.abs(factor - 1), change) < series.converged) return amplitude;
  }
  return amplitude;
}

/** Piston amplitude that gives one closed chamber the pressure ratio: v·ratio/γ, mean over the farm. */
export function isolatedAmplitude(mean: LinearMean, c: Coefficients, ratio: number): number {
  let sum = 0;
  for (let i = 0; i < mean.amount.length; i++) sum += (mean.volume[i] * ratio) / c.gas[i].gamma;
  return sum / mean.amount.length;
}
