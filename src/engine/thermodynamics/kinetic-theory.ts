// Kinetic theory of dilute gases: Maxwell's speeds, collisions, mean free path, Knudsen number. Hard spheres of the kinetic
// diameter; pure gas (gas/mixture.ts has the mean free path of mixtures).

import { BOLTZMANN, GAS_CONSTANT as R } from '../constants.ts';
import { exp, PI } from '../numerics/elementary.ts';

/** Mean speed √(8RT/πM), m/s; molar mass kg/mol, T in K (Maxwell 1860). */
export const meanSpeed = (molarMass: number, T: number): number => Math.sqrt((8 * R * T) / (PI * molarMass));

/** Most probable speed √(2RT/M), m/s. */
export const mostProbableSpeed = (molarMass: number, T: number): number => Math.sqrt((2 * R * T) / molarMass);

/** Root-mean-square speed √(3RT/M), m/s. */
export const rmsSpeed = (molarMass: number, T: number): number => Math.sqrt((3 * R * T) / molarMass);

/** Maxwell's distribution of speeds, 4π(M/2πRT)^{3/2} v² e^{−Mv²/2RT}, s/m. */
export function speedDistribution(speed: number, molarMass: number, T: number): number {
  const u = speed / mostProbableSpeed(molarMass, T);
  return ((4 / Math.sqrt(PI)) * u * u * exp(-u * u)) / mostProbableSpeed(molarMass, T);
}

/** Mean free path kT/(√2 π d² p), m; diameter d in m. Valid while it is long against d (p below about 100 atm). */
export const meanFreePath = (diameter: number, T: number, p: number): number =>
  (BOLTZMANN * T) / (Math.sqrt(2) * PI * diameter * diameter * p);

/** Collisions of one molecule per second, c̄/ℓ. */
export const collisionRate = (molarMass: number, diameter: number, T: number, p: number): number =>
  meanSpeed(molarMass, T) / meanFreePath(diameter, T, p);

/** Molecules striking a wall, ¼ n c̄, 1/(m²·s) (Hertz 1882, Knudsen 1909). */
export const wallFlux = (molarMass: number, T: number, p: number): number =>
  (0.25 * p * meanSpeed(molarMass, T)) / (BOLTZMANN * T);

export type FlowRegime = 'continuum' | 'slip' | 'transition' | 'free_molecular';

/** Knudsen number ℓ/length. */
export const knudsenNumber = (freePath: number, length: number): number => freePath / length;

/** Regime by Knudsen number: < 0.01, < 0.1, < 10, above (Schaaf & Chambré 1961). */
export function flowRegime(knudsen: number): FlowRegime {
  if (knudsen < 0.01) return 'continuum';
  if (knudsen < 0.1) return 'slip';
  return knudsen < 10 ? 'transition' : 'free_molecular';
}
