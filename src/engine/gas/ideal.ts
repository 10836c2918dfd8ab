// Ideal-gas thermodynamics of the six gases: NASA-9 polynomials (McBride, Zehe & Gordon 2002), per mole.
// Valid 200–6000 K; outside, the heat capacity keeps its value at the end (gas blown down from 10 to 0.1 atm reaches 50 K, where
// the polynomials of N2 and O2 have lost all sense), and the caller should say so.

import { GAS_CONSTANT as R, STANDARD_PRESSURE } from '../constants.ts';
import { log } from '../numerics/elementary.ts';
import { SPECIES } from './species.ts';

const coefficients = (species: number, T: number): readonly number[] =>
  T > 1000 ? SPECIES[species].nasa9.high : SPECIES[species].nasa9.low;

/** Range of the polynomials, K. */
export const LOWEST_TEMPERATURE = 200;
export const HIGHEST_TEMPERATURE = 6000;
const inside = (T: number): number => Math.min(HIGHEST_TEMPERATURE, Math.max(LOWEST_TEMPERATURE, T));

/** c_p°, J/(mol·K), at T in K. */
export function heatCapacity(species: number, temperature: number): number {
  const T = inside(temperature);
  const a = coefficients(species, T);
  return R * ((a[0] / T + a[1]) / T + a[2] + T * (a[3] + T * (a[4] + T * (a[5] + T * a[6]))));
}

/** h°, J/mol, elements at 298.15 K being zero. */
export function enthalpy(species: number, temperature: number): number {
  const T = inside(temperature);
  const a = coefficients(species, T);
  const perRT =
    (-a[0] / T + a[1] * log(T) + a[7]) / T + a[2] + T * (a[3] / 2 + T * (a[4] / 3 + T * (a[5] / 4 + (T * a[6]) / 5)));
  return T === temperature ? R * T * perRT : R * T * perRT + heatCapacity(species, T) * (temperature - T);
}

/** s°, J/(mol·K), at 1 bar. */
export function standardEntropy(species: number, temperature: number): number {
  const T = inside(temperature);
  const a = coefficients(species, T);
  const perR =
    (-a[0] / (2 * T) - a[1]) / T + a[2] * log(T) + T * (a[3] + T * (a[4] / 2 + T * (a[5] / 3 + (T * a[6]) / 4))) + a[8];
  return T === temperature ? R * perR : R * perR + heatCapacity(species, T) * log(temperature / T);
}

/** Sum over species of fraction × property. */
export function molarAverage(x: ArrayLike<number>, property: (species: number) => number): number {
  let sum = 0;
  for (let k = 0; k < SPECIES.length; k++) if (x[k] > 0) sum += x[k] * property(k);
  return sum;
}

/** Molar mass of the mixture, kg/mol; x are mole fractions. */
export const molarMass = (x: ArrayLike<number>): number => molarAverage(x, (k) => SPECIES[k].molarMass);

/** Entropy of the ideal mixture, J/(mol·K), at T, p. */
export const mixtureEntropy = (x: ArrayLike<number>, T: number, p: number): number =>
  molarAverage(x, (k) => standardEntropy(k, T) - R * log((x[k] * p) / STANDARD_PRESSURE));
