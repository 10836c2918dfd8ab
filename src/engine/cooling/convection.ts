// Convection correlations for the room and the farm's outer surfaces: plates, cylinders, spheres, arrays; and the room's own
// air figures. Film properties are the caller's. The wall model in use (simple sphere, Wakao, Whitaker) is wall-room.ts.

import { cbrt, pow } from '../numerics/elementary.ts';

/** Eighth power is two squarings twice over: [1 + (a/Pr)^{9/16}]^exponent, the Prandtl function of Churchill's family. */
const prandtlFunction = (a: number, prandtl: number, exponent: number): number =>
  pow(1 + pow(a / prandtl, 9 / 16), exponent);

/**
 * Vertical plate, free convection over all Ra on the height: Nu = {0.825 + 0.387 Ra^{1/6}/[1 + (0.492/Pr)^{9/16}]^{8/27}}²
 * (Churchill & Chu 1975, eq. 9). 0.1 < Ra < 1e12, all Pr.
 */
export function verticalPlateNusselt(rayleigh: number, prandtl: number): number {
  const root = 0.825 + (0.387 * pow(rayleigh, 1 / 6)) / prandtlFunction(0.492, prandtl, 8 / 27);
  return root * root;
}

/** The same, laminar and more accurate for Ra < 1e9: Nu = 0.68 + 0.670 Ra^{1/4}/[1 + (0.492/Pr)^{9/16}]^{4/9} (ibid.). */
export const laminarVerticalPlateNusselt = (rayleigh: number, prandtl: number): number =>
  0.68 + (0.67 * Math.sqrt(Math.sqrt(rayleigh))) / prandtlFunction(0.492, prandtl, 4 / 9);

/**
 * Horizontal cylinder, free convection, Ra on the diameter: Nu = {0.60 + 0.387 Ra^{1/6}/[1 + (0.559/Pr)^{9/16}]^{8/27}}²
 * (Churchill & Chu 1975b). Ra < 1e12.
 */
export function horizontalCylinderNusselt(rayleigh: number, prandtl: number): number {
  const root = 0.6 + (0.387 * pow(rayleigh, 1 / 6)) / prandtlFunction(0.559, prandtl, 8 / 27);
  return root * root;
}

/**
 * Cylinder in cross-flow, Re on the diameter: Nu = 0.3 + 0.62 Re^{1/2}Pr^{1/3}/[1 + (0.4/Pr)^{2/3}]^{1/4}·[1 + (Re/282000)^{5/8}]^{4/5}
 * (Churchill & Bernstein 1977). Re Pr > 0.2, Re < 1e7.
 */
export const cylinderNusselt = (reynolds: number, prandtl: number): number =>
  0.3 +
  ((0.62 * Math.sqrt(reynolds) * cbrt(prandtl)) / pow(1 + pow(0.4 / prandtl, 2 / 3), 1 / 4)) *
    pow(1 + pow(reynolds / 282000, 5 / 8), 4 / 5);

/**
 * Sphere, free convection up to turbulence, Ra on the diameter: Nu = 2 + 0.589 Ra^{1/4}/[…]^{4/9}·{1 + 7.44e-8 Ra/[…]^{16/9}}^{1/12},
 * […] = 1 + (0.469/Pr)^{9/16} (Churchill 1983, HEDH §2.5.7, full form). All Pr, Ra < 1e13 or so; the simple form
 * (`freeSphereNusselt`, wall-room.ts) is within 0.2 % of it below Ra 1e6, 1.8 % low at 1e7 and 10 % low at 1e8.
 */
export function sphereFreeNusselt(rayleigh: number, prandtl: number): number {
  const laminar = (0.589 * Math.sqrt(Math.sqrt(rayleigh))) / prandtlFunction(0.469, prandtl, 4 / 9);
  return 2 + laminar * pow(1 + (7.44e-8 * rayleigh) / prandtlFunction(0.469, prandtl, 16 / 9), 1 / 12);
}

/** Sphere in a stream with the viscosity ratio μ_∞/μ_s: Nu = 2 + (0.4 Re^{1/2} + 0.06 Re^{2/3}) Pr^{0.4} (μ_∞/μ_s)^{1/4} (Whitaker 1972). */
export const sphereForcedNusselt = (reynolds: number, prandtl: number, viscosityRatio = 1): number =>
  2 +
  (0.4 * Math.sqrt(reynolds) + 0.06 * pow(reynolds, 2 / 3)) * pow(prandtl, 0.4) * Math.sqrt(Math.sqrt(viscosityRatio));

/** Forced and free convection together, (Nu_F³ ± Nu_N³)^{1/3} (Churchill 1977); `opposed` for flow against buoyancy. */
export function mixedNusselt(forced: number, free: number, opposed = false): number {
  const sum = forced * forced * forced + (opposed ? -1 : 1) * free * free * free;
  return cbrt(Math.abs(sum));
}

/** Rayleigh number gβΔT L³/(να); SI, β in 1/K. */
export const rayleighNumber = (
  gravity: number,
  expansion: number,
  difference: number,
  length: number,
  kinematicViscosity: number,
  diffusivity: number,
): number => (gravity * expansion * difference * length * length * length) / (kinematicViscosity * diffusivity);

/** Air changes of a room per hour for a circulation (m³/s) and its volume (m³). */
export const airChangesPerHour = (circulation: number, roomVolume: number): number => (3600 * circulation) / roomVolume;

/** Mean speed of a circulation (m³/s) across a face (m²), m/s. */
export const faceSpeed = (circulation: number, faceArea: number): number => circulation / faceArea;

/** Warming of an air flow by a heat load, Q/(ρ c_p V̇), K; W, kg/m³, J/(kg·K), m³/s. */
export const airTemperatureRise = (heat: number, density: number, specificHeat: number, circulation: number): number =>
  heat / (density * specificHeat * circulation);
