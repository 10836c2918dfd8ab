// Dilute-gas viscosity, conductivity and diffusion: pure-gas fits, and first-order Chapman–Enskog mixtures
// (Hirschfelder, Curtiss & Bird 1954, §8.2) with Kim–Monroe collision integrals. Evaluated when composition or
// temperature change by a bin, never per step. The effect of density is in dense-transport.ts.

import { AVOGADRO, BOLTZMANN, GAS_CONSTANT as R } from '../constants.ts';
import { exp, log, PI } from '../numerics/elementary.ts';
import { COLLISION_INTEGRALS, SPECIES } from './species.ts';

function transportFit(c: readonly number[], T: number): number {
  const x = log(T / 300);
  let sum = 0;
  for (let k = c.length - 1; k >= 0; k--) sum = sum * x + c[k];
  return exp(sum);
}

/** Viscosity of the dilute pure gas, Pa·s. */
export const pureViscosity = (species: number, T: number): number =>
  transportFit(SPECIES[species].lnViscosity, T) * 1e-6;
/** Thermal conductivity of the dilute pure gas, W/(m·K). */
export const pureConductivity = (species: number, T: number): number =>
  transportFit(SPECIES[species].lnConductivity, T) * 1e-3;

export type CollisionIntegral = keyof typeof COLLISION_INTEGRALS;

/** Reduced collision integral at the reduced temperature T* = kT/ε. */
export function collisionIntegral(order: CollisionIntegral, reducedT: number): number {
  const { A, B, C } = COLLISION_INTEGRALS[order];
  const logT = log(reducedT);
  let sum = A;
  let inverse = 1;
  let power = 1;
  for (let k = 0; k < 6; k++) {
    inverse /= reducedT;
    power *= logT;
    sum += B[k] * inverse + C[k] * power;
  }
  return sum;
}

interface Pair {
  readonly sigma: number;
  readonly omega11: number;
  readonly aStar: number;
  readonly bStar: number;
  readonly omega22: number;
}

function pair(i: number, j: number, T: number): Pair {
  const [sigmaI, epsilonI] = SPECIES[i].lennardJones;
  const [sigmaJ, epsilonJ] = SPECIES[j].lennardJones;
  const reducedT = T / Math.sqrt(epsilonI * epsilonJ);
  const omega11 = collisionIntegral('1,1', reducedT);
  const omega22 = collisionIntegral('2,2', reducedT);
  return {
    sigma: 0.5 * (sigmaI + sigmaJ) * 1e-10,
    omega11,
    omega22,
    aStar: omega22 / omega11,
    bStar: (5 * collisionIntegral('1,2', reducedT) - 4 * collisionIntegral('1,3', reducedT)) / omega11,
  };
}

/** Binary diffusion coefficient at T, p (first order), m²/s. */
export function binaryDiffusion(i: number, j: number, T: number, p: number): number {
  return diffusion(pair(i, j, T), i, j, T, p);
}

function diffusion({ sigma, omega11 }: Pair, i: number, j: number, T: number, p: number): number {
  const mI = SPECIES[i].molarMass / AVOGADRO;
  const mJ = SPECIES[j].molarMass / AVOGADRO;
  const reduced = (mI * mJ) / (mI + mJ);
  const kT = BOLTZMANN * T;
  return ((3 / 16) * Math.sqrt((2 * PI * kT * kT * kT) / reduced)) / (p * PI * sigma * sigma * omega11);
}

export interface Transport {
  /** Pa·s. */
  readonly viscosity: number;
  /** W/(m·K). */
  readonly conductivity: number;
}

/** Viscosity and conductivity of the mixture with mole fractions x at T (independent of pressure in the dilute limit). */
export function mixtureTransport(x: ArrayLike<number>, T: number): Transport {
  const present: number[] = [];
  for (let k = 0; k < SPECIES.length; k++) if (x[k] > 1e-12) present.push(k);
  if (present.length === 1) {
    return { viscosity: pureViscosity(present[0], T), conductivity: pureConductivity(present[0], T) };
  }
  const n = present.length;
  const H = new Float64Array(n * n);
  const L = new Float64Array(n * n);
  const xs = Float64Array.from(present, (k) => x[k]);
  const translational = present.map((k) => (15 / 4) * (R / SPECIES[k].molarMass) * pureViscosity(k, T));
  const p = 101325;
  const D = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    const i = present[a];
    const Mi = SPECIES[i].molarMass;
    H[a * n + a] += (xs[a] * xs[a]) / pureViscosity(i, T);
    L[a * n + a] += (-4 * xs[a] * xs[a]) / translational[a];
    for (let b = 0; b < n; b++) {
      const k = present[b];
      const cross = pair(i, k, T);
      D[a * n + b] = diffusion(cross, i, k, T, p);
      if (a === b) continue;
      const Mk = SPECIES[k].molarMass;
      const reducedMass = (2 * Mi * Mk) / (Mi + Mk) / AVOGADRO;
      const crossViscosity =
        ((5 / 16) * Math.sqrt(PI * reducedMass * BOLTZMANN * T)) / (PI * cross.sigma * cross.sigma * cross.omega22);
      const f = ((2 * xs[a] * xs[b]) / crossViscosity) * ((Mi * Mk) / ((Mi + Mk) * (Mi + Mk)));
      H[a * n + a] += f * (5 / (3 * cross.aStar) + Mk / Mi);
      H[a * n + b] = -f * (5 / (3 * cross.aStar) - 1);
      const q = (16 * T * xs[a] * xs[b]) / (25 * p * D[a * n + b] * (Mi + Mk) * (Mi + Mk));
      L[a * n + a] -= q * (7.5 * Mi * Mi + 6.25 * Mk * Mk - 3 * Mk * Mk * cross.bStar + 4 * Mi * Mk * cross.aStar);
      L[a * n + b] = q * Mi * Mk * (55 / 4 - 3 * cross.bStar - 4 * cross.aStar);
    }
  }
  const viscosity = quadraticForm(H, xs, n);
  let conductivity = -4 * quadraticForm(L, xs, n);
  // Hirschfelder–Eucken: internal energy diffuses with its molecules. For monatomic gases this carries the small
  // excess of the measured conductivity over first order, so that pure limits are exact.
  for (let a = 0; a < n; a++) {
    const internal = pureConductivity(present[a], T) - translational[a];
    let sum = 1;
    for (let b = 0; b < n; b++) if (b !== a) sum += (xs[b] * D[a * n + a]) / (xs[a] * D[a * n + b]);
    conductivity += internal / sum;
  }
  return { viscosity, conductivity };
}

/** xᵀ A⁻¹ x by Gaussian elimination with partial pivoting. */
function quadraticForm(A: Float64Array, x: Float64Array, n: number): number {
  const m = Float64Array.from(A);
  const y = Float64Array.from(x);
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++) if (Math.abs(m[r * n + c]) > Math.abs(m[pivot * n + c])) pivot = r;
    if (pivot !== c) {
      for (let k = 0; k < n; k++) [m[c * n + k], m[pivot * n + k]] = [m[pivot * n + k], m[c * n + k]];
      [y[c], y[pivot]] = [y[pivot], y[c]];
    }
    for (let r = c + 1; r < n; r++) {
      const f = m[r * n + c] / m[c * n + c];
      for (let k = c; k < n; k++) m[r * n + k] -= f * m[c * n + k];
      y[r] -= f * y[c];
    }
  }
  for (let r = n - 1; r >= 0; r--) {
    for (let k = r + 1; k < n; k++) y[r] -= m[r * n + k] * y[k];
    y[r] /= m[r * n + r];
  }
  let sum = 0;
  for (let k = 0; k < n; k++) sum += x[k] * y[k];
  return sum;
}
