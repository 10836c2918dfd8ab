// The caloric law of the gas in rigid vessels: variable heat capacities (NASA-9), or one constant γ for comparison with
// textbook cases. Amounts of the six gases at `offset`; thermally ideal, p V = n R T.

import { GAS_CONSTANT as R } from '../constants.ts';
import { molarEnergy } from '../gas/caloric.ts';
import { heatCapacity } from '../gas/ideal.ts';
import { SPECIES_COUNT } from '../gas/species.ts';

/** Entries of the state per vessel: six amounts, energy, heat given to the wall. */
export const VESSEL_STRIDE = SPECIES_COUNT + 2;
export const ENERGY = SPECIES_COUNT;
export const WALL_HEAT = SPECIES_COUNT + 1;

export interface GasLaw {
  /** Molar internal energy of gas k at T, J/mol. */
  partialEnergy(species: number, T: number): number;
  /** Molar c_v of gas k at T, J/(mol·K). */
  partialHeatCapacity(species: number, T: number): number;
}

/** Range of the NASA-9 polynomials, K: outside, the heat capacity keeps its value at the end. */
const LOWEST = 200;
const HIGHEST = 6000;
const clamp = (T: number): number => Math.min(HIGHEST, Math.max(LOWEST, T));

/** NASA-9 heat capacities (McBride, Zehe & Gordon 2002), energies from 300 K; below 200 K c_v stays that of 200 K. */
export const NASA9_LAW: GasLaw = {
  partialEnergy: (k, T) => {
    const inside = clamp(T);
    const energy = molarEnergy(k, inside);
    return T === inside ? energy : energy + (heatCapacity(k, inside) - R) * (T - inside);
  },
  partialHeatCapacity: (k, T) => heatCapacity(k, clamp(T)) - R,
};

/** One constant c_v = R/(γ − 1) for every gas, energies from 0 K. */
export const constantGammaLaw = (gamma: number): GasLaw => ({
  partialEnergy: (_, T) => (R / (gamma - 1)) * T,
  partialHeatCapacity: () => R / (gamma - 1),
});

/** Energy of a body of gas, J. */
export function bodyEnergy(law: GasLaw, amounts: ArrayLike<number>, offset: number, T: number): number {
  let sum = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) {
    const n = amounts[offset + k];
    if (n !== 0) sum += n * law.partialEnergy(k, T);
  }
  return sum;
}

/** Heat capacity at constant volume of a body of gas, J/K. */
export function bodyHeatCapacity(law: GasLaw, amounts: ArrayLike<number>, offset: number, T: number): number {
  let sum = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) {
    const n = amounts[offset + k];
    if (n !== 0) sum += n * law.partialHeatCapacity(k, T);
  }
  return sum;
}

const NEWTON_LIMIT = 40;

/**
 * Temperature of a body of gas with this energy (J), K, by Newton's method from `guess`; NaN when no positive temperature fits.
 * The energy rises with T, so the root is unique.
 */
export function bodyTemperature(
  law: GasLaw,
  amounts: ArrayLike<number>,
  offset: number,
  energy: number,
  guess: number,
): number {
  let T = guess > 0 ? guess : 300;
  for (let k = 0; k < NEWTON_LIMIT; k++) {
    const capacity = bodyHeatCapacity(law, amounts, offset, T);
    if (!(capacity > 0)) return Number.NaN;
    const change = (energy - bodyEnergy(law, amounts, offset, T)) / capacity;
    if (!Number.isFinite(change)) return Number.NaN;
    T += change;
    if (Math.abs(change) <= 2e-15 * Math.abs(T)) break;
    // A last correction below 1e-9 K is squared by the next one: converged.
    if (Math.abs(change) < 1e-7 && k > 0) break;
  }
  return T > 0 ? T : Number.NaN;
}
