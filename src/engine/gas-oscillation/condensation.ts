// Condensation and evaporation of water in the chambers, once a detector window on its mean state: fog when the gas itself
// is supersaturated (at once, latent heat to the gas), a film on the wall by diffusion to it (latent heat to the wall), and
// evaporation of both back. Water and energy are moved, never made: the film holds its amount and its energy.
// Not modelled: the film's own heat capacity, drainage, nucleation barriers (the cycle's own temperature swing is averaged).

import { GAS_CONSTANT as R } from '../constants.ts';
import { molarEnergy, REFERENCE_TEMPERATURE } from '../gas/caloric.ts';
import { SPECIES, SPECIES_COUNT } from '../gas/species.ts';
import { binaryDiffusion } from '../gas/transport.ts';
import { leastSaturationPressure, saturationPressure } from '../gas/water.ts';
import { exp, log, PI } from '../numerics/elementary.ts';
import { recentre, temperatureOf } from './relabel.ts';
import { type FarmState, TOTAL } from './state.ts';

export const WATER = SPECIES.findIndex((s) => s.symbol === 'H2O');
/** Sherwood number of diffusion to the wall of a sphere, as Nu of slow conduction. */
const SHERWOOD = 10;

/** Heat of vaporisation, J/mol: 2.501 MJ/kg − 2370 J/(kg·K)·(T − 273.15 K). */
export const latentHeat = (T: number): number => (2.501e6 - 2370 * (T - 273.15)) * SPECIES[WATER].molarMass;

/** Energy of liquid water at T in the zero of the gas energies, J/mol. */
const liquidEnergy = (T: number): number => molarEnergy(WATER, T) + R * T - latentHeat(T);

/** Diffusion coefficient of water in the gas of chamber i (Blanc's law), m²/s. */
function waterDiffusion(s: FarmState, i: number, T: number, p: number): number {
  let inverse = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) {
    if (k === WATER) continue;
    const share = s.amounts[i * SPECIES_COUNT + k] / s.amount[i];
    if (share > 0) inverse += share / binaryDiffusion(WATER, k, T, p);
  }
  return inverse > 0 ? 1 / inverse : binaryDiffusion(WATER, WATER, T, p);
}

/**
 * Exchanges water between the gas of each chamber and its film over `dt` seconds.
 * @param meanTemperature window means, T − 300 K per chamber
 * @param radius of the chamber, m; wallCapacity of one wall, J/K
 */
export function condense(
  s: FarmState,
  meanTemperature: Float64Array,
  radius: number,
  wallCapacity: number,
  dt: number,
): void {
  for (let i = 0; i < s.chambers; i++) {
    const vapour = s.amounts[i * SPECIES_COUNT + WATER];
    if (vapour === 0 && s.film[i] === 0) continue;
    const T = REFERENCE_TEMPERATURE + meanTemperature[i];
    const wallT = REFERENCE_TEMPERATURE + s.wall[i];
    // The usual case, decided without the saturation pressures themselves: dry wall, vapour far from saturation at gas and wall.
    const density = (vapour * R * T) / s.volume[i];
    if (s.film[i] === 0 && density < leastSaturationPressure(Math.min(T, wallT))) continue;
    const saturated = (saturationPressure(T) * s.volume[i]) / (R * T);
    // Fog: half of the excess a window, weakened by the warming it causes (Clausius–Clapeyron).
    if (vapour > saturated) {
      const L = latentHeat(T);
      const response = 1 + (L * L * saturated) / (s.caloric[4 * i + 1] * R * T * T);
      move(s, i, (0.5 * (vapour - saturated)) / response, T, null, wallCapacity);
    }
    const atWall = (saturationPressure(wallT) * s.volume[i]) / (R * T);
    const left = s.amounts[i * SPECIES_COUNT + WATER];
    if (left > atWall || s.film[i] > 0) {
      const rate =
        ((SHERWOOD * waterDiffusion(s, i, T, s.pressure[i])) / (2 * radius)) *
        ((4 * PI * radius * radius) / s.volume[i]);
      const wanted = (left - atWall) * (1 - exp(-rate * dt));
      move(s, i, Math.max(wanted, -s.film[i]), T, wallT, wallCapacity);
    }
  }
}

/** Moves `amount` mol from vapour to film (negative: back). Latent heat to the wall at `wallT`, or to the gas when null. */
function move(s: FarmState, i: number, amount: number, T: number, wallT: number | null, wallCapacity: number): void {
  if (amount === 0) return;
  // Into dry gas the first trace would have an infinite affinity: taken at what has evaporated.
  const vapour = s.amounts[i * SPECIES_COUNT + WATER] || -amount;
  const vapourPressure = (vapour * R * T) / s.volume[i];
  // Affinity of the exchange; its sign is that of the amount, so it only produces entropy.
  s.totals[TOTAL.entropyCondensation] += Math.max(0, amount * R * log(vapourPressure / saturationPressure(wallT ?? T)));
  const liquid = amount > 0 ? amount * liquidEnergy(wallT ?? T) : (amount * s.filmEnergy[i]) / s.film[i];
  const fromGas = wallT === null ? liquid : amount * (molarEnergy(WATER, T) + R * T);
  s.energy[i] -= fromGas;
  s.film[i] += amount;
  s.filmEnergy[i] += liquid;
  s.wall[i] += (fromGas - liquid) / wallCapacity;
  s.amounts[i * SPECIES_COUNT + WATER] -= amount;
  let total = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) total += s.amounts[i * SPECIES_COUNT + k];
  s.amount[i] = total;
  recentre(s, i, s.temperature[i]);
  s.temperature[i] = temperatureOf(s, i, s.temperature[i]);
  s.totals[TOTAL.condensed] += amount;
}
