// Entropy production, mechanism by mechanism, W/K or J/K, each ≥ 0 for every physical state; and the lumped pair of bodies as
// the smallest complete example. Sources: Bejan 1996, "Entropy Generation Minimization", ch. 3; de Groot & Mazur 1962.

import { GAS_CONSTANT as R, STANDARD_PRESSURE } from '../constants.ts';
import { standardEntropy } from '../gas/ideal.ts';
import { SPECIES_COUNT } from '../gas/species.ts';
import { exp, log } from '../numerics/elementary.ts';

/** Heat G(T_i − T_j) through a conductance G (W/K): G(T_i − T_j)²/(T_iT_j), W/K. */
export const heatExchangeEntropy = (conductance: number, Ti: number, Tj: number): number =>
  (conductance * (Ti - Tj) * (Ti - Tj)) / (Ti * Tj);

/** Heat flow Q (W) from a body at `from` to one at `to` (K): Q(1/T_to − 1/T_from), W/K. */
export const heatFlowEntropy = (heat: number, from: number, to: number): number => heat * (1 / to - 1 / from);

/** Throttling of a molar flow (mol/s) of ideal gas at constant enthalpy from p₁ to p₂ ≤ p₁: ṅR ln(p₁/p₂), W/K. */
export const throttlingEntropy = (molarFlow: number, upstreamPressure: number, downstreamPressure: number): number =>
  molarFlow * R * log(upstreamPressure / downstreamPressure);

/** Mechanical power (W) turned into heat in a body at T: friction of a duct ½R|Q|², minor loss, stirring. W/K. */
export const frictionEntropy = (dissipated: number, T: number): number => dissipated / T;

/** Ideal molar entropy of mixing, −R Σ x_k ln x_k, J/(mol·K) (Gibbs 1876). */
export function mixingEntropy(x: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < x.length; k++) if (x[k] > 0) sum -= x[k] * log(x[k]);
  return R * sum;
}

/** Two streams of amounts a_k, b_k (mol or mol/s) mixed at one T and p: the entropy that appears, J/K or W/K. */
export function streamMixingEntropy(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const total = (n: ArrayLike<number>): number => {
    let sum = 0;
    for (let k = 0; k < n.length; k++) sum += n[k];
    return sum;
  };
  const share = (n: ArrayLike<number>, sum: number): Float64Array => Float64Array.from(n, (v) => v / sum);
  const na = total(a);
  const nb = total(b);
  const both = Float64Array.from(a, (v, k) => (v + b[k]) / (na + nb));
  const before = (na > 0 ? na * mixingEntropy(share(a, na)) : 0) + (nb > 0 ? nb * mixingEntropy(share(b, nb)) : 0);
  return (na + nb) * mixingEntropy(both) - before;
}

/** Entropy of amounts n_k (mol) of ideal gas at T and p, J/K: Σ n_k [s°_k(T) − R ln(x_k p/p°)]. */
export function gasEntropy(amounts: ArrayLike<number>, T: number, p: number): number {
  let n = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) n += amounts[k];
  let sum = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) {
    if (amounts[k] > 0)
      sum += amounts[k] * (standardEntropy(k, T) - R * log(((amounts[k] / n) * p) / STANDARD_PRESSURE));
  }
  return sum;
}

/** Two bodies of constant heat capacity joined by a conductance, otherwise alone. */
export interface LumpedPair {
  /** J/K. */
  readonly C1: number;
  readonly C2: number;
  /** W/K. */
  readonly conductance: number;
  /** K, at the start. */
  readonly T1: number;
  readonly T2: number;
}

export interface LumpedPairState {
  readonly T1: number;
  readonly T2: number;
  /** Entropy produced so far, J/K. */
  readonly entropy: number;
}

/** Final common temperature, (C₁T₁ + C₂T₂)/(C₁ + C₂), K. */
export const pairEquilibrium = ({ C1, C2, T1, T2 }: LumpedPair): number => (C1 * T1 + C2 * T2) / (C1 + C2);

/** Time constant C₁C₂/[(C₁ + C₂)G], s. */
export const pairTimeConstant = ({ C1, C2, conductance }: LumpedPair): number => (C1 * C2) / ((C1 + C2) * conductance);

/** State at time t (s; Infinity for the end): exponential approach; entropy C₁ ln(T₁(t)/T₁) + C₂ ln(T₂(t)/T₂). */
export function pairAt(pair: LumpedPair, time: number): LumpedPairState {
  const end = pairEquilibrium(pair);
  const rest = exp(-time / pairTimeConstant(pair));
  const T1 = end + (pair.T1 - end) * rest;
  const T2 = end + (pair.T2 - end) * rest;
  return { T1, T2, entropy: pair.C1 * log(T1 / pair.T1) + pair.C2 * log(T2 / pair.T2) };
}
