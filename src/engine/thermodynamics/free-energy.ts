// Free energies and efficiencies: Helmholtz, Gibbs, chemical potentials and exergy of a gas body; Carnot and its relatives;
// the cost of erasing a bit. Functions of state only; what is produced on the way is in entropy-calculator.ts.

import { BOLTZMANN, GAS_CONSTANT as R, STANDARD_PRESSURE } from '../constants.ts';
import { enthalpy, standardEntropy } from '../gas/ideal.ts';
import { SPECIES_COUNT } from '../gas/species.ts';
import { mixtureVirial } from '../gas/virial.ts';
import { log } from '../numerics/elementary.ts';

const LN2 = log(2);

/** Thermodynamic potentials of a body of gas; energies J, entropy J/K, elements at 298.15 K being zero. */
export interface Potentials {
  readonly amount: number;
  readonly volume: number;
  readonly enthalpy: number;
  readonly internalEnergy: number;
  readonly entropy: number;
  /** A = U − TS. */
  readonly helmholtz: number;
  /** G = H − TS. */
  readonly gibbs: number;
  /** μ_k = h_k − T s_k, J/mol; −Infinity for a gas that is absent. */
  readonly chemicalPotentials: Float64Array;
}

/**
 * Potentials of amounts n_k (mol) at T (K), p (Pa). Ideal mixture of NASA-9 gases; with `virial` the second virial correction
 * to first order in p (Callen 1985 ch. 5; Prausnitz et al. 1999 §3). G = Σ n_k μ_k holds to round-off in both. 200–6000 K, ≤ 10 atm.
 */
export function potentials(
  amounts: ArrayLike<number>,
  T: number,
  p: number,
  model: 'ideal' | 'virial' = 'ideal',
): Potentials {
  let n = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) n += amounts[k];
  const x = Float64Array.from({ length: SPECIES_COUNT }, (_, k) => amounts[k] / n);
  let H = 0;
  let S = 0;
  const mu = new Float64Array(SPECIES_COUNT).fill(Number.NEGATIVE_INFINITY);
  for (let k = 0; k < SPECIES_COUNT; k++) {
    if (!(x[k] > 0)) continue;
    const h = enthalpy(k, T);
    const s = standardEntropy(k, T) - R * log((x[k] * p) / STANDARD_PRESSURE);
    H += amounts[k] * h;
    S += amounts[k] * s;
    mu[k] = h - T * s;
  }
  let volume = (n * R * T) / p;
  if (model === 'virial') {
    const { B, dB } = mixtureVirial(x, T);
    volume += n * B;
    H += n * (B - T * dB) * p;
    S -= n * dB * p;
    addResidualPotentials(mu, x, T, p, B);
  }
  const G = H - T * S;
  return {
    amount: n,
    volume,
    enthalpy: H,
    internalEnergy: H - p * volume,
    entropy: S,
    helmholtz: G - p * volume,
    gibbs: G,
    chemicalPotentials: mu,
  };
}

/** μ_k − μ_k,ideal = (2 Σ_j x_j B_kj − B) p. The sums are halves of ∂(x·B·x)/∂x_k, taken exactly as B is a quadratic form. */
function addResidualPotentials(mu: Float64Array, x: Float64Array, T: number, p: number, B: number): void {
  const raised = Float64Array.from(x);
  const lowered = new Float64Array(SPECIES_COUNT);
  for (let k = 0; k < SPECIES_COUNT; k++) {
    if (!(x[k] > 0)) continue;
    // 2 Σ_j x_j B_kj = [Q(x + e_k) − Q(x) − Q(e_k)] for Q(x) = x·B·x.
    raised[k] = x[k] + 1;
    lowered.fill(0);
    lowered[k] = 1;
    const twice = mixtureVirial(raised, T).B - B - mixtureVirial(lowered, T).B;
    raised[k] = x[k];
    mu[k] += (twice - B) * p;
  }
}

/** Specific flow exergy e = (h − h₀) − T₀(s − s₀), per mole or per kg as the arguments are (Gouy 1889; Rant 1956). */
export const flowExergy = (h: number, s: number, h0: number, s0: number, ambient: number): number =>
  h - h0 - ambient * (s - s0);

/** Flow exergy of a gas stream at constant composition, J/mol: at T, p against ambient T₀, p₀. */
export function streamExergy(
  x: ArrayLike<number>,
  T: number,
  p: number,
  ambient: number,
  ambientPressure: number,
): number {
  let h = 0;
  let s = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) {
    if (!(x[k] > 0)) continue;
    h += x[k] * (enthalpy(k, T) - enthalpy(k, ambient));
    s += x[k] * (standardEntropy(k, T) - standardEntropy(k, ambient));
  }
  return flowExergy(h, s - R * log(p / ambientPressure), 0, 0, ambient);
}

/** Exergy destroyed, W, by entropy production (W/K) at ambient T₀ (K) (Gouy 1889, Stodola 1905). */
export const exergyDestruction = (ambient: number, entropyProduction: number): number => ambient * entropyProduction;

/** Most work from heat, 1 − T_c/T_h (Carnot 1824). */
export const carnotEfficiency = (hot: number, cold: number): number => 1 - cold / hot;

/** Efficiency at maximum power with finite conductances, 1 − √(T_c/T_h) (Novikov 1958; Curzon & Ahlborn 1975). */
export const curzonAhlbornEfficiency = (hot: number, cold: number): number => 1 - Math.sqrt(cold / hot);

/** Hot temperature that a Carnot engine needs for an efficiency, T_c/(1 − η), K. */
export const hotTemperatureFor = (efficiency: number, cold: number): number => cold / (1 - efficiency);

/** Coefficient of performance of the ideal cooler, T_c/(T_h − T_c). */
export const carnotCooler = (hot: number, cold: number): number => cold / (hot - cold);

/** Least work to erase `bits` at T, bits·kT ln 2, J (Landauer 1961). */
export const landauerLimit = (T: number, bits = 1): number => bits * BOLTZMANN * T * LN2;
