// Statistical mechanics of the six gases: translation (Sackur–Tetrode), rigid rotors, harmonic vibrations. A check of the
// NASA-9 tables from first principles; "quantum" here means discrete rotations and vibrations, nothing more: acoustic modes at
// 1 kHz hold kT/ħω ≈ 6e9 quanta and are classical.

import { AVOGADRO, BOLTZMANN, GAS_CONSTANT as R, STANDARD_PRESSURE } from '../constants.ts';
import { SPECIES, type SpeciesSymbol } from '../gas/species.ts';
import { exp, log, PI } from '../numerics/elementary.ts';

/** Planck constant, J·s, exact in the SI. */
export const PLANCK = 6.62607015e-34;
/** Speed of light, m/s, exact in the SI. */
const SPEED_OF_LIGHT = 299792458;
/** hc/k in cm·K: temperature of a wavenumber. */
const KELVIN_PER_WAVENUMBER = (PLANCK * SPEED_OF_LIGHT * 100) / BOLTZMANN;

interface Molecule {
  /** Rotational constants, cm⁻¹: none, one (linear) or three. */
  readonly rotation: readonly number[];
  readonly symmetry: number;
  /** Degeneracy of the electronic ground state. */
  readonly degeneracy: number;
  /** Fundamental wavenumbers, cm⁻¹. */
  readonly vibrations: readonly number[];
}
const ATOM: Molecule = { rotation: [], symmetry: 1, degeneracy: 1, vibrations: [] };

/** Constants of models.md 7.4 (Herzberg 1945, 1950; Huber & Herzberg 1979). */
const MOLECULES: Readonly<Record<SpeciesSymbol, Molecule>> = {
  N2: { rotation: [1.98957], symmetry: 2, degeneracy: 1, vibrations: [2358.57] },
  O2: { rotation: [1.4376766], symmetry: 2, degeneracy: 3, vibrations: [1580.19] },
  H2O: {
    rotation: [27.8778, 14.5092, 9.2869],
    symmetry: 2,
    degeneracy: 1,
    vibrations: [1594.75, 3657.05, 3755.93],
  },
  He: ATOM,
  Ne: ATOM,
  Ar: ATOM,
};

/** Thermal de Broglie wavelength h/√(2πmkT), m; molar mass kg/mol. */
export const thermalWavelength = (molarMass: number, T: number): number =>
  PLANCK / Math.sqrt((2 * PI * molarMass * BOLTZMANN * T) / AVOGADRO);

/** Translational entropy, R[ln(kT/(pΛ³)) + 5/2], J/(mol·K) (Sackur 1911, Tetrode 1912). Needs nΛ³ ≪ 1. */
export function sackurTetrode(molarMass: number, T: number, p: number): number {
  const wavelength = thermalWavelength(molarMass, T);
  return R * (log((BOLTZMANN * T) / (p * wavelength * wavelength * wavelength)) + 2.5);
}

/** Einstein's function x²eˣ/(eˣ − 1)², the heat capacity of a mode in units of k at x = ħω/kT (Einstein 1907). */
export function einsteinFunction(x: number): number {
  const a = Math.abs(x);
  // Below, the series 1 − x²/12 + x⁴/240 is exact to 1e-16 and free of cancellation.
  if (a < 0.02) return 1 - (a * a) / 12 + (a * a * a * a) / 240;
  const decay = exp(-a);
  return (a * a * decay) / ((1 - decay) * (1 - decay));
}

/** Mean energy of an oscillator, ½ħω + ħω/(e^{ħω/kT} − 1), J, at f in Hz (Planck 1900, Bose 1924). */
export function oscillatorEnergy(frequency: number, T: number): number {
  const quantum = PLANCK * frequency;
  const x = quantum / (BOLTZMANN * T);
  // For small x the bracket 1/(eˣ−1) + ½ = 1/x + x/12 − …
  if (x < 1e-3) return BOLTZMANN * T * (1 + (x * x) / 12);
  return quantum * (0.5 + 1 / (exp(x) - 1));
}

/** Ideal-gas entropy and heat capacity of a gas, J/(mol·K), by mode. */
export interface PartitionFigures {
  readonly entropy: number;
  readonly cp: number;
  readonly translation: number;
  readonly rotation: number;
  readonly vibration: number;
  readonly electronic: number;
}

/**
 * Rigid-rotor harmonic-oscillator entropy and c_p at T (K) and p (Pa) (McQuarrie 1976, ch. 6 and 8). Linear rotors with the first
 * quantum correction, q = (T/σθ)(1 + θ/3T). No anharmonicity, no centrifugal stretching, no excited electronic states: within
 * 0.15 J/(mol·K) of NASA-9 in entropy at 298 K (water 0.17 at 500 K), 0.25 in c_p from 200 to 500 K.
 */
export function rigidRotorHarmonicOscillator(
  symbol: SpeciesSymbol,
  T: number,
  p: number = STANDARD_PRESSURE,
): PartitionFigures {
  const index = SPECIES.findIndex((s) => s.symbol === symbol);
  const molecule = MOLECULES[symbol];
  const translation = sackurTetrode(SPECIES[index].molarMass, T, p);
  const theta = molecule.rotation.map((b) => b * KELVIN_PER_WAVENUMBER);
  let rotation = 0;
  let cp = 2.5 * R;
  if (theta.length === 1) {
    const u = theta[0] / (3 * T);
    // S = R[ln q + T d ln q/dT], d ln q/dT = 1/T − (θ/3T²)/(1 + θ/3T).
    rotation = R * (log((T / (molecule.symmetry * theta[0])) * (1 + u)) + 1 - u / (1 + u));
    cp += R * (1 - (u * u) / ((1 + u) * (1 + u)));
  } else if (theta.length === 3) {
    const q = Math.sqrt((PI * T * T * T) / (theta[0] * theta[1] * theta[2])) / molecule.symmetry;
    rotation = R * (log(q) + 1.5);
    cp += 1.5 * R;
  }
  let vibration = 0;
  for (const wavenumber of molecule.vibrations) {
    const x = (wavenumber * KELVIN_PER_WAVENUMBER) / T;
    const decay = exp(-x);
    vibration += R * ((x * decay) / (1 - decay) - log(1 - decay));
    cp += R * einsteinFunction(x);
  }
  const electronic = R * log(molecule.degeneracy);
  return {
    entropy: translation + rotation + vibration + electronic,
    cp,
    translation,
    rotation,
    vibration,
    electronic,
  };
}
