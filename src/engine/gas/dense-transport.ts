// The effect of density on viscosity and conductivity up to about 10 atm: a factor 1 + a(T) ρ per gas, linear in the molar
// density, fitted to reference_pure_gas.csv (how: density-fit.md). Zero at zero density; the dilute part is transport.ts.

import { SPECIES, SPECIES_COUNT, type SpeciesSymbol } from './species.ts';
import { mixtureTransport, pureConductivity, pureViscosity, type Transport } from './transport.ts';

interface DensityFit {
  /** a(T) = Σ a_k (300 K/T − 1)^k, m³/mol. */
  readonly viscosity: readonly number[];
  readonly conductivity: readonly number[];
}

/**
 * Least squares over 200–400 K, 0.1–10 atm, to Lemmon & Jacobsen 2004 (N2, O2, Ar), Arp et al. 1998 and Hands & Arp 1981 (He),
 * IAPWS R12-08 and R15-11 (H2O: 373–400 K only). Neon: its reference correlation is dilute, so nothing is added.
 */
const FITS: Readonly<Record<SpeciesSymbol, DensityFit>> = {
  N2: {
    viscosity: [1.90057e-5, 2.08687e-5, 2.25948e-6],
    conductivity: [3.41253e-5, 3.20724e-5, 3.32661e-6],
  },
  O2: {
    viscosity: [2.59222e-5, 6.6495e-6, -8.11581e-6],
    conductivity: [4.25033e-5, 3.81138e-5, 1.33378e-6],
  },
  H2O: { viscosity: [-1.88e-4], conductivity: [4.89e-4] },
  He: {
    viscosity: [4.55486e-6, 5.17903e-6, 4.33384e-6],
    conductivity: [1.20354e-5, -1.83065e-6, 1.07365e-6],
  },
  Ne: { viscosity: [0], conductivity: [0] },
  Ar: {
    viscosity: [1.93255e-5, 1.90621e-5, -5.45048e-7],
    conductivity: [4.702e-5, 3.49366e-5, -1.03759e-6],
  },
};

/** Temperatures between which the fits are evaluated, K; beyond, the end's value is kept (positive for all but water). */
const COLDEST = 150;
const HOTTEST = 1000;

function coefficient(fit: readonly number[], T: number): number {
  const u = 300 / Math.min(HOTTEST, Math.max(COLDEST, T)) - 1;
  let sum = 0;
  for (let k = fit.length - 1; k >= 0; k--) sum = sum * u + fit[k];
  return sum;
}

/** Relative rise of viscosity per molar density of a pure gas at T, m³/mol. */
export const viscosityDensityCoefficient = (species: number, T: number): number =>
  coefficient(FITS[SPECIES[species].symbol].viscosity, T);

/** Relative rise of conductivity per molar density of a pure gas at T, m³/mol. */
export const conductivityDensityCoefficient = (species: number, T: number): number =>
  coefficient(FITS[SPECIES[species].symbol].conductivity, T);

/**
 * Viscosity and conductivity of a pure gas at T (K) and molar density (mol/m³, p/ZRT). Within 0.15 % of the reference
 * correlations for 200–400 K and p ≤ 10 atm; not for dense gas (ρ above about 1000 mol/m³) or near saturation.
 */
export const densePureTransport = (species: number, T: number, molarDensity: number): Transport => ({
  viscosity: pureViscosity(species, T) * (1 + viscosityDensityCoefficient(species, T) * molarDensity),
  conductivity: pureConductivity(species, T) * (1 + conductivityDensityCoefficient(species, T) * molarDensity),
});

/**
 * The same of a mixture: the dilute Chapman–Enskog values times 1 + ρ Σ x_k a_k(T), the pure gases' coefficients weighted by mole
 * fraction. A rule of thumb (no cross terms): exact for pure gases; the whole effect is below 2 % (η) and 4 % (λ) at 10 atm.
 */
export function denseMixtureTransport(x: ArrayLike<number>, T: number, molarDensity: number): Transport {
  const dilute = mixtureTransport(x, T);
  let viscosity = 0;
  let conductivity = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) {
    if (!(x[k] > 0)) continue;
    viscosity += x[k] * viscosityDensityCoefficient(k, T);
    conductivity += x[k] * conductivityDensityCoefficient(k, T);
  }
  return {
    viscosity: dilute.viscosity * (1 + viscosity * molarDensity),
    conductivity: dilute.conductivity * (1 + conductivity * molarDensity),
  };
}
