// Work of the compressor from the return to the supply header, and what it and its cooler do to the entropy. Ideal gas with
// NASA-9 heat capacities; for constant c_p it is the (c_p T₁/η)(r^{(γ−1)/γ} − 1) of the textbooks (models.md 6.3).

import { GAS_CONSTANT as R } from '../../constants.ts';
import { molarEnergy } from '../../gas/caloric.ts';
import { heatCapacity, standardEntropy } from '../../gas/ideal.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import { exp, log } from '../../numerics/elementary.ts';

/** Molar enthalpy above 300 K (in the zero of the gas energies) of gas k at T (K), J/mol. */
export const molarEnthalpy = (k: number, T: number): number => molarEnergy(k, T) + R * T;

/**
 * Work per mole, J/mol, of compressing gas of amounts n_k (SPECIES_COUNT from `at`) at T (K) through the pressure ratio with an
 * isentropic efficiency; 0 when the ratio is below 1. Isentropic end: s°(T₂) = s°(T₁) + R ln r by Newton's method in ln T.
 */
export function compressorWork(
  amounts: Float64Array,
  at: number,
  T: number,
  pressureRatio: number,
  efficiency: number,
): number {
  if (!(pressureRatio > 1)) return 0;
  let n = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) n += amounts[at + k];
  if (!(n > 0)) return 0;
  const wanted = R * log(pressureRatio);
  let end = T * exp(0.3 * log(pressureRatio));
  for (let pass = 0; pass < 12; pass++) {
    let entropy = 0;
    let cp = 0;
    for (let k = 0; k < SPECIES_COUNT; k++) {
      const x = amounts[at + k] / n;
      if (x === 0) continue;
      entropy += x * (standardEntropy(k, end) - standardEntropy(k, T));
      cp += x * heatCapacity(k, end);
    }
    const change = (wanted - entropy) / cp;
    end *= exp(change);
    if (Math.abs(change) < 1e-10) break;
  }
  let rise = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) {
    const x = amounts[at + k] / n;
    if (x !== 0) rise += x * (molarEnthalpy(k, end) - molarEnthalpy(k, T));
  }
  return rise / efficiency;
}

/**
 * Entropy per mole made by compressor and coolers together, J/(mol·K): s(T₂, p₂) − s(T₁, p₁) + q/T_room, T₂ after the last cooler.
 */
export function compressionEntropy(
  amounts: Float64Array,
  at: number,
  T: number,
  pressureRatio: number,
  work: number,
  outlet: number,
  roomTemperature: number,
): number {
  let n = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) n += amounts[at + k];
  let entropy = -R * log(pressureRatio);
  let heat = work;
  for (let k = 0; k < SPECIES_COUNT; k++) {
    const x = amounts[at + k] / n;
    if (x === 0) continue;
    entropy += x * (standardEntropy(k, outlet) - standardEntropy(k, T));
    heat += x * (molarEnthalpy(k, T) - molarEnthalpy(k, outlet));
  }
  return entropy + heat / roomTemperature;
}
