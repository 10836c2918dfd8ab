// Exact linear acoustics of chambers and ducts: thermoviscous functions of plates, tubes and spheres, duct impedance, sphere
// modes, wall losses. The time step uses few-state forms of these (boundary-layer.ts); here is the truth they are held to.

import { PI } from '../numerics/elementary.ts';
import {
  besselRatio,
  type Complex,
  complexDivide,
  complexMultiply,
  sphericalBesselDerivativeZero,
} from '../numerics/special.ts';
import { penetrationDepth } from './boundary-layer.ts';

/** Cross-section of the gas: between plates (size: half gap), in a round tube or a sphere (size: radius). */
export type PoreShape = 'plates' | 'tube' | 'sphere';
const DIMENSION = { plates: 1, tube: 2, sphere: 3 } as const;

/** f, its complement 1 − f and f/(1 − f), each without cancellation at thick or thin layers. */
export interface Thermoviscous {
  readonly f: Complex;
  readonly complement: Complex;
  readonly quotient: Complex;
}

/**
 * Thermoviscous function of a pore whose size is `sizeOverDepth` penetration depths, w = (1 + i) size/δ:
 * plates tanh(w)/w, tube 2I₁(w)/(w I₀(w)) = 2J₁(z)/(zJ₀(z)) with z = iw, sphere (3/w²)(w coth w − 1)
 * (Rott 1969; Swift 2002 §4.2). One family: with d = 1, 2, 3 and ν = d/2, f = d I_ν/(w I_{ν−1}), 1 − f = I_{ν+1}/I_{ν−1}.
 * Use δ_κ for f_κ and δ_ν for f_ν. Relative error below 1e-13 for 1e-4 ≤ size/δ ≤ 1e6. Continuum gas, rigid wall.
 */
export function thermoviscous(shape: PoreShape, sizeOverDepth: number): Thermoviscous {
  const d = DIMENSION[shape];
  const w: Complex = [sizeOverDepth, sizeOverDepth];
  const first = besselRatio(d, w);
  const second = besselRatio(d + 2, w);
  return {
    f: complexDivide([d * first[0], d * first[1]], w),
    complement: complexMultiply(first, second),
    quotient: complexDivide([d, 0], complexMultiply(w, second)),
  };
}

/** What acoustics needs to know of a gas at its mean state. */
export interface AcousticGas {
  /** kg/m³. */
  readonly density: number;
  /** Pa. */
  readonly pressure: number;
  /** m/s. */
  readonly soundSpeed: number;
  readonly gamma: number;
  /** Dynamic viscosity, Pa·s. */
  readonly viscosity: number;
  /** W/(m·K). */
  readonly conductivity: number;
  /** J/(kg·K). */
  readonly heatCapacity: number;
}

/** The fields of `gasProperties` (gas/mixture.ts) that make an acoustic gas; pressure in Pa. */
export function acousticGas(
  g: {
    readonly density_kg_per_m3: number;
    readonly soundSpeed_m_per_s: number;
    readonly gamma: number;
    readonly viscosity_Pa_s: number;
    readonly conductivity_W_per_mK: number;
    readonly cp_J_per_kgK: number;
  },
  pressure: number,
): AcousticGas {
  return {
    density: g.density_kg_per_m3,
    pressure,
    soundSpeed: g.soundSpeed_m_per_s,
    gamma: g.gamma,
    viscosity: g.viscosity_Pa_s,
    conductivity: g.conductivity_W_per_mK,
    heatCapacity: g.cp_J_per_kgK,
  };
}

/** Viscous penetration depth √(2ν/ω), m, at f in Hz. */
export const viscousDepth = (gas: AcousticGas, frequency: number): number =>
  penetrationDepth(gas.viscosity / gas.density, 2 * PI * frequency);

/** Thermal penetration depth √(2α/ω), m, at f in Hz. */
export const thermalDepth = (gas: AcousticGas, frequency: number): number =>
  penetrationDepth(gas.conductivity / (gas.density * gas.heatCapacity), 2 * PI * frequency);

/** ka = ωa/c of a chamber of radius a (m): a lumped chamber wants < 0.3 and is outside validity beyond 0.5. */
export const wavenumberRadius = (soundSpeed: number, frequency: number, radius: number): number =>
  (2 * PI * frequency * radius) / soundSpeed;

/** Resistance Pa·s/m³ and inertance kg/m⁴ of Z = R + iωL. */
export interface Impedance {
  readonly resistance: number;
  readonly inertance: number;
}

/**
 * Series impedance of a round duct, Z = iωρl/[A(1 − f_ν)] (Swift 2002 §4.2.2), radius and length in m, f in Hz.
 * Limits: R → 8μl/πr⁴ and L → 4ρl/3A at low, R → ωρlδ_ν/(rA) and L → ρl/A at high frequency. Laminar, kl ≪ 1, no end terms.
 */
export function exactDuctImpedance(gas: AcousticGas, frequency: number, radius: number, length: number): Impedance {
  const { quotient } = thermoviscous('tube', radius / viscousDepth(gas, frequency));
  const bore = (gas.density * length) / (PI * radius * radius);
  return { resistance: -2 * PI * frequency * bore * quotient[1], inertance: bore * (1 + quotient[0]) };
}

/**
 * Complex compliance of a chamber, (V/γp)[1 + (γ − 1) f_κ/(1 + ε_s)], m³/Pa (Swift 2002 §4.3.2).
 * @param wallRatio ε_s = √(kρc_p)_gas/√(kρc)_wall, 0 for an ideal wall
 */
export function sphereCompliance(gas: AcousticGas, frequency: number, radius: number, wallRatio = 0): Complex {
  const { f } = thermoviscous('sphere', radius / thermalDepth(gas, frequency));
  const adiabatic = ((4 / 3) * PI * radius * radius * radius) / (gas.gamma * gas.pressure);
  const share = (gas.gamma - 1) / (1 + wallRatio);
  return [adiabatic * (1 + share * f[0]), adiabatic * share * f[1]];
}

/** Mean power that the wall of a spherical chamber takes from a pressure amplitude |p₁| (Pa, peak), W: ½ω(−Im C)|p₁|². */
export function wallDissipation(
  gas: AcousticGas,
  frequency: number,
  radius: number,
  pressureAmplitude: number,
  wallRatio = 0,
): number {
  const loss = -sphereCompliance(gas, frequency, radius, wallRatio)[1];
  return PI * frequency * loss * pressureAmplitude * pressureAmplitude;
}

/**
 * Frequency of mode (degree, order) of a rigid sphere, Hz: j_n′(ka) = 0 (Rayleigh 1877 §331). (1,1) is the lowest,
 * (0,1) the first radial one. Ports and boundary layers shift it by parts in a thousand.
 */
export const sphereModeFrequency = (soundSpeed: number, radius: number, degree: number, order: number): number =>
  (sphericalBesselDerivativeZero(degree, order) * soundSpeed) / (2 * PI * radius);

/** Q of a radial mode at f (Hz) from the thermal layer alone, a/[(γ − 1)δ_T] (Moldover, Mehl & Greenspan 1986). */
export const radialModeQuality = (gas: AcousticGas, frequency: number, radius: number): number =>
  radius / ((gas.gamma - 1) * thermalDepth(gas, frequency));
