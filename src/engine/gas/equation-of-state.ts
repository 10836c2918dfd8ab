// The equation of state of a body of gas in the farm: ideal, or with the second virial coefficient in density form,
//   p = (nRT/v)(1 + nB/v),  U = U_ideal − nR T² (nB′)/v,  S = S_ideal − nR (nB + T nB′)/v.
// Consistent for any B(T): ∂U/∂v = T ∂p/∂T − p. With B = 0 it is the ideal gas, so one code serves both.

import { GAS_CONSTANT as R } from '../constants.ts';

export type FarmGasModel = 'ideal' | 'virial';

/** Numbers per chamber in `virial` arrays: nB (m³), nB′ (m³/K), nB″ (m³/K²) at the caloric centre. */
export const VIRIAL_LENGTH = 3;

/** nB, nB′ at T, from the quadratic about the centre. @param fromCentre T minus the centre, K */
export function virialAt(virial: Float64Array, chamber: number, fromCentre: number): [number, number] {
  const at = VIRIAL_LENGTH * chamber;
  return [
    virial[at] + fromCentre * (virial[at + 1] + 0.5 * fromCentre * virial[at + 2]),
    virial[at + 1] + fromCentre * virial[at + 2],
  ];
}

/** Pressure, Pa, and its derivatives by T (Pa/K) and v (Pa/m³), of n mol at T (K) in v (m³). */
export function pressureOf(
  n: number,
  T: number,
  v: number,
  b: number,
  db: number,
): { p: number; byT: number; byV: number } {
  const nR = n * R;
  return {
    p: ((nR * T) / v) * (1 + b / v),
    byT: (nR / v) * (1 + (b + T * db) / v),
    byV: ((-nR * T) / (v * v)) * (1 + (2 * b) / v),
  };
}

/** Energy beyond the ideal gas, J. */
export const residualEnergy = (n: number, T: number, v: number, db: number): number => (-n * R * T * T * db) / v;

/** Entropy beyond the ideal gas, J/K. */
export const residualEntropy = (n: number, T: number, v: number, b: number, db: number): number =>
  (-n * R * (b + T * db)) / v;

/** Amount, mol, of gas with molar B (m³/mol) that fills v at p and T: the smaller root of p = (nRT/v)(1 + nB/v). */
export function amountAt(p: number, T: number, v: number, B: number): number {
  const ideal = (p * v) / (R * T);
  if (B === 0) return ideal;
  // n (1 + nB/v) = ideal.
  const discriminant = 1 + (4 * B * ideal) / v;
  return discriminant > 0 ? (2 * ideal) / (1 + Math.sqrt(discriminant)) : ideal;
}
