// All properties of a gas mixture at one state: what the CLI's `gas`, the network's coefficients and the page use.

import { ATM, BOLTZMANN, GAS_CONSTANT as R } from '../constants.ts';
import { exp, log, PI } from '../numerics/elementary.ts';
import type { MixtureValue } from '../parameters/types.ts';
import { denseMixtureTransport } from './dense-transport.ts';
import { enthalpy, heatCapacity, mixtureEntropy, molarAverage, molarMass } from './ideal.ts';
import { SPECIES } from './species.ts';
import { mixtureTransport } from './transport.ts';
import { mixtureVirial } from './virial.ts';
import { saturationPressure } from './water.ts';

export type GasModel = 'ideal' | 'virial';

export interface GasProperties {
  readonly molarMass_kg_per_mol: number;
  readonly density_kg_per_m3: number;
  readonly compressibility: number;
  readonly cp_J_per_molK: number;
  readonly cp_J_per_kgK: number;
  readonly cv_J_per_molK: number;
  readonly gamma: number;
  readonly soundSpeed_m_per_s: number;
  readonly idealSoundSpeed_m_per_s: number;
  readonly viscosity_Pa_s: number;
  readonly conductivity_W_per_mK: number;
  readonly prandtl: number;
  readonly enthalpy_J_per_mol: number;
  readonly entropy_J_per_molK: number;
  readonly secondVirial_m3_per_mol: number;
  readonly waterSaturationPressure_Pa: number;
  readonly meanFreePath_m: number;
  readonly meanSpeed_m_per_s: number;
}

/** Mole fractions in species order. */
export const fractions = (mixture: MixtureValue): Float64Array =>
  Float64Array.from(SPECIES, (s) => mixture[s.symbol] ?? 0);

/**
 * Properties at T (K) and p (Pa). Virial corrections to first order in p (Trusler 1991 for the sound speed).
 * Valid 200–500 K and up to about 10 atm; transport in the dilute limit for the ideal gas, with density for the virial one.
 */
export function gasProperties(x: ArrayLike<number>, T: number, p: number, model: GasModel): GasProperties {
  const M = molarMass(x);
  const cp0 = molarAverage(x, (k) => heatCapacity(k, T));
  const cv0 = cp0 - R;
  const gamma0 = cp0 / cv0;
  const virial = mixtureVirial(x, T);
  const { B, dB, ddB } = model === 'virial' ? virial : { B: 0, dB: 0, ddB: 0 };
  const Z = 1 + (B * p) / (R * T);
  const cp = cp0 - T * ddB * p;
  const cv = cv0 - (p / T) * (2 * T * dB + T * T * ddB);
  const g1 = gamma0 - 1;
  const idealSquare = (gamma0 * R * T) / M;
  const square = idealSquare * (1 + ((2 * p) / (R * T)) * (B + g1 * T * dB + ((g1 * g1) / (2 * gamma0)) * T * T * ddB));
  const { viscosity, conductivity } =
    model === 'virial' ? denseMixtureTransport(x, T, p / (Z * R * T)) : mixtureTransport(x, T);
  return {
    molarMass_kg_per_mol: M,
    density_kg_per_m3: (p * M) / (Z * R * T),
    compressibility: Z,
    cp_J_per_molK: cp,
    cp_J_per_kgK: cp / M,
    cv_J_per_molK: cv,
    gamma: cp / cv,
    soundSpeed_m_per_s: Math.sqrt(square),
    idealSoundSpeed_m_per_s: Math.sqrt(idealSquare),
    viscosity_Pa_s: viscosity,
    conductivity_W_per_mK: conductivity,
    prandtl: (viscosity * cp) / (M * conductivity),
    enthalpy_J_per_mol: molarAverage(x, (k) => enthalpy(k, T)) + (B - T * dB) * p,
    entropy_J_per_molK: mixtureEntropy(x, T, p) - dB * p,
    secondVirial_m3_per_mol: virial.B,
    waterSaturationPressure_Pa: saturationPressure(T),
    meanFreePath_m: meanFreePath(x, T, p),
    meanSpeed_m_per_s: molarAverage(x, (k) => Math.sqrt((8 * R * T) / (PI * SPECIES[k].molarMass))),
  };
}

/** Mean over molecules of the hard-sphere mean free path, 1/ℓ_i = Σ_j n_j π d_ij² √(1 + m_i/m_j), m. */
function meanFreePath(x: ArrayLike<number>, T: number, p: number): number {
  const density = p / (BOLTZMANN * T);
  return molarAverage(x, (i) => {
    let rate = 0;
    for (let j = 0; j < SPECIES.length; j++) {
      const d = 0.5 * (SPECIES[i].kineticDiameter + SPECIES[j].kineticDiameter) * 1e-10;
      rate += x[j] * density * PI * d * d * Math.sqrt(1 + SPECIES[i].molarMass / SPECIES[j].molarMass);
    }
    return 1 / rate;
  });
}

/** Dry air by mole fraction (without CO2), for the room. */
export const AIR = fractions({ N2: 0.7811, O2: 0.2096, Ar: 0.0093 });

/** Why a state cannot be computed, or null. */
export function gasStateProblem(T: number, p: number): string | null {
  if (!(T >= 50 && T <= 6000)) return `temperature ${T} K is outside 50 to 6000 K`;
  if (!(p > 0 && p <= 1e9)) return `pressure ${p} Pa is outside 0 to 1e9 Pa`;
  return null;
}

/** Highest mole fraction of water vapour before it condenses, at T and p. */
export const maximumWaterFraction = (T: number, p: number): number => Math.min(1, saturationPressure(T) / p);

/** p-independent adiabatic temperature ratio for a pressure ratio at constant γ. */
export const adiabaticTemperatureRatio = (pressureRatio: number, gamma: number): number =>
  exp(((gamma - 1) / gamma) * log(pressureRatio));

export { ATM };
