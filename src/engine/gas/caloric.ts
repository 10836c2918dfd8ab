// The caloric equation the waveform engine steps with. A step needs no logarithm: per chamber, the internal energy is a
// cubic in T about a centre T_c, exact NASA-9 there and re-centred when the gas leaves T_c ± RECENTRE_K (error of c_v
// below 3e-6 inside). Zero of energy: 300 K for every gas, so that stored energies are deviations (less round-off).

import { GAS_CONSTANT as R, STANDARD_PRESSURE } from '../constants.ts';
import { log } from '../numerics/elementary.ts';
import { enthalpy, HIGHEST_TEMPERATURE, LOWEST_TEMPERATURE, standardEntropy } from './ideal.ts';
import { SPECIES, SPECIES_COUNT } from './species.ts';

/** Temperature of zero energy, K. Temperatures of the engine are deviations from it. */
export const REFERENCE_TEMPERATURE = 300;
/** Distance from the centre beyond which a chamber's expansion is renewed, K. */
export const RECENTRE_K = 6;
/** Centres lie on a grid this wide, K: gas of one chamber adds to the expansion of another from a table. */
export const CENTRE_SPACING_K = 4;

/** The centre nearest to T; both T − 300 K. */
export const centreOf = (T: number): number => CENTRE_SPACING_K * Math.floor(T / CENTRE_SPACING_K + 0.5);

const REFERENCE_ENTHALPY = SPECIES.map((_, k) => enthalpy(k, REFERENCE_TEMPERATURE));

/** Molar internal energy above 300 K of one gas at T, J/mol. */
export const molarEnergy = (species: number, T: number): number =>
  enthalpy(species, T) - REFERENCE_ENTHALPY[species] - R * (T - REFERENCE_TEMPERATURE);

/** Where `expandCaloric` puts its result: [energy at the centre J, C J/K, C′ J/K², C″ J/K³]. */
export const CALORIC_LENGTH = 4;

/**
 * Energy of a body of gas and its derivatives at T_c, for E(δ) = E_c + δ(C + δ(C′/2 + δ C″/6)), δ = T − T_c.
 * @param amounts mol of each gas, from `offset`
 * @param target receives CALORIC_LENGTH numbers from `at`
 */
export function expandCaloric(
  amounts: Float64Array,
  offset: number,
  temperature: number,
  target: Float64Array,
  at: number,
): void {
  const T = Math.min(HIGHEST_TEMPERATURE, Math.max(LOWEST_TEMPERATURE, temperature));
  const logT = log(T);
  let energy = 0;
  let c0 = 0;
  let c1 = 0;
  let c2 = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) {
    const n = amounts[offset + k];
    if (n === 0) continue;
    const a = T > 1000 ? SPECIES[k].nasa9.high : SPECIES[k].nasa9.low;
    // molarEnergy with one logarithm for all gases; the same operations in the same order, so the same bits.
    const perRT =
      (-a[0] / T + a[1] * logT + a[7]) / T + a[2] + T * (a[3] / 2 + T * (a[4] / 3 + T * (a[5] / 4 + (T * a[6]) / 5)));
    energy +=
      T === temperature
        ? n * (R * T * perRT - REFERENCE_ENTHALPY[k] - R * (T - REFERENCE_TEMPERATURE))
        : n * molarEnergy(k, temperature);
    c0 += n * R * ((a[0] / T + a[1]) / T + a[2] - 1 + T * (a[3] + T * (a[4] + T * (a[5] + T * a[6]))));
    c1 += n * R * ((-2 * a[0]) / T / T / T - a[1] / T / T + a[3] + T * (2 * a[4] + T * (3 * a[5] + T * 4 * a[6])));
    c2 += n * R * (((6 * a[0]) / T + 2 * a[1]) / T / T / T + 2 * a[4] + T * (6 * a[5] + T * 12 * a[6]));
  }
  target[at] = energy;
  target[at + 1] = c0;
  // Beyond the polynomials' range the heat capacity is constant.
  target[at + 2] = T === temperature ? c1 : 0;
  target[at + 3] = T === temperature ? c2 : 0;
}

/** Numbers per gas in `centreTerms`: expansion of the molar energy (CALORIC_LENGTH), then s° − R ln(R T_c/p°). */
export const CENTRE_TERMS = 5;
const tables = new Map<number, Float64Array>();

/**
 * Molar terms of every gas at a centre (T − 300 K, on the grid): energy J/mol, C, C′, C″, and the entropy in
 * S = Σ nσ + ∫C/T dT − R Σ n ln(n/V), J/(mol·K). Gas k from CENTRE_TERMS·k on.
 */
export function centreTerms(centre: number): Float64Array {
  let table = tables.get(centre);
  if (!table) {
    table = new Float64Array(SPECIES_COUNT * CENTRE_TERMS);
    const T = REFERENCE_TEMPERATURE + centre;
    const one = new Float64Array(SPECIES_COUNT);
    for (let k = 0; k < SPECIES_COUNT; k++) {
      one.fill(0);
      one[k] = 1;
      expandCaloric(one, 0, T, table, CENTRE_TERMS * k);
      table[CENTRE_TERMS * k + 4] = standardEntropy(k, T) - R * log((R * T) / STANDARD_PRESSURE);
    }
    tables.set(centre, table);
  }
  return table;
}
