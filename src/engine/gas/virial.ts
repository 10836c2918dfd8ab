// Second virial coefficients, pure and cross, and their temperature derivatives. Good below about 10 atm and 200–450 K:
// Z within 1e-3, sound speed within 1e-3 of the reference equations of state.

import { AVOGADRO } from '../constants.ts';
import { exp, log, PI } from '../numerics/elementary.ts';
import { SPECIES } from './species.ts';

/** B and its derivatives: m³/mol, m³/(mol·K), m³/(mol·K²). */
export interface Virial {
  readonly B: number;
  readonly dB: number;
  readonly ddB: number;
}

/** Pure gas: B(T) = Σ a_n (298.15/T − 1)^n. */
export function pureVirial(species: number, T: number): Virial {
  const a = SPECIES[species].virial;
  const u = 298.15 / T - 1;
  const du = -298.15 / (T * T);
  const ddu = (2 * 298.15) / (T * T * T);
  let b = 0;
  let b1 = 0;
  let b2 = 0;
  for (let n = a.length - 1; n >= 0; n--) {
    b2 = b2 * u + 2 * b1;
    b1 = b1 * u + b;
    b = b * u + a[n];
  }
  return { B: b * 1e-6, dB: b1 * du * 1e-6, ddB: (b2 * du * du + b1 * ddu) * 1e-6 };
}

const SERIES_TERMS = 40;
/** −[2^(j+1/2)/(4 j!)] Γ((2j−1)/4). */
const LENNARD_JONES_SERIES = lennardJonesSeries();

function lennardJonesSeries(): Float64Array {
  const gamma = new Float64Array(SERIES_TERMS + 2);
  gamma[0] = -4.901666809860711;
  gamma[1] = 3.625609908221908;
  for (let j = 2; j < gamma.length; j++) gamma[j] = ((2 * j - 5) / 4) * gamma[j - 2];
  const terms = new Float64Array(SERIES_TERMS);
  let factor = Math.sqrt(2) / 4;
  for (let j = 0; j < SERIES_TERMS; j++) {
    terms[j] = -factor * gamma[j];
    factor *= 2 / (j + 1);
  }
  return terms;
}

/** Cross coefficient of two gases from the Lennard-Jones (12-6) series (Hirschfelder, Curtiss & Bird 1954, §3.6). */
export function crossVirial(i: number, j: number, T: number): Virial {
  const [sigmaI, epsilonI] = SPECIES[i].lennardJones;
  const [sigmaJ, epsilonJ] = SPECIES[j].lennardJones;
  const sigma = 0.5 * (sigmaI + sigmaJ) * 1e-10;
  const epsilon = Math.sqrt(epsilonI * epsilonJ);
  const b0 = (2 / 3) * PI * AVOGADRO * sigma * sigma * sigma;
  const logTs = log(T / epsilon);
  let B = 0;
  let dB = 0;
  let ddB = 0;
  for (let k = 0; k < SERIES_TERMS; k++) {
    const power = -(2 * k + 1) / 4;
    const term = LENNARD_JONES_SERIES[k] * exp(power * logTs);
    B += term;
    dB += (power * term) / T;
    ddB += (power * (power - 1) * term) / (T * T);
  }
  return { B: b0 * B, dB: b0 * dB, ddB: b0 * ddB };
}

/** Mixture: B = Σ_i Σ_j x_i x_j B_ij. */
export function mixtureVirial(x: ArrayLike<number>, T: number): Virial {
  let B = 0;
  let dB = 0;
  let ddB = 0;
  for (let i = 0; i < SPECIES.length; i++) {
    if (!(x[i] > 0)) continue;
    for (let j = i; j < SPECIES.length; j++) {
      if (!(x[j] > 0)) continue;
      const v = i === j ? pureVirial(i, T) : crossVirial(i, j, T);
      const weight = (i === j ? 1 : 2) * x[i] * x[j];
      B += weight * v.B;
      dB += weight * v.dB;
      ddB += weight * v.ddB;
    }
  }
  return { B, dB, ddB };
}
