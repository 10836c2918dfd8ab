// Heat from a chamber's wall to the room's air: convection in the lattice and linearised radiation. The air is at a given
// temperature and speed; its warming and its path through the room are not modelled yet.

import { GRAVITY, STEFAN_BOLTZMANN } from '../constants.ts';
import { AIR, ATM, gasProperties } from '../gas/mixture.ts';
import { cbrt, PI, pow } from '../numerics/elementary.ts';
import { mixedNusselt, sphereFreeNusselt } from './convection.ts';

export interface WallRoomSettings {
  /** Outer radius of the chamber, m. */
  readonly radius: number;
  readonly roomTemperature: number;
  /** Speed of the air between the chambers, m/s. */
  readonly airSpeed: number;
  readonly emissivity: number;
  /** Wall minus air for the free convection, K. */
  readonly excess: number;
}

/** Packed array of spheres, Nu = 2 + 1.1 Pr^(1/3) Re^0.6 (Wakao & Kaguei 1982), Re on the diameter. */
export const wakaoNusselt = (reynolds: number, prandtl: number): number => 2 + 1.1 * cbrt(prandtl) * pow(reynolds, 0.6);

/** Free convection of a sphere, Nu = 2 + 0.589 Ra^(1/4)/[1 + (0.469/Pr)^(9/16)]^(4/9) (Churchill 1983, simple form). */
export const freeSphereNusselt = (rayleigh: number, prandtl: number): number =>
  2 + (0.589 * Math.sqrt(Math.sqrt(rayleigh))) / pow(1 + pow(0.469 / prandtl, 9 / 16), 4 / 9);

/** Conductance of one wall to the room, W/K: (Nu_F³ + Nu_N³)^(1/3) and radiation at the room's temperature. */
export function wallRoomConductance(s: WallRoomSettings): number {
  const air = gasProperties(AIR, s.roomTemperature, ATM, 'ideal');
  const diameter = 2 * s.radius;
  const kinematic = air.viscosity_Pa_s / air.density_kg_per_m3;
  const diffusivity = air.conductivity_W_per_mK / (air.density_kg_per_m3 * air.cp_J_per_kgK);
  const forced = wakaoNusselt((s.airSpeed * diameter) / kinematic, air.prandtl);
  const rayleigh =
    (GRAVITY * s.excess * diameter * diameter * diameter) / (s.roomTemperature * kinematic * diffusivity);
  const nusselt = mixedNusselt(forced, sphereFreeNusselt(rayleigh, air.prandtl));
  const convection = (nusselt * air.conductivity_W_per_mK) / diameter;
  const radiation = 4 * s.emissivity * STEFAN_BOLTZMANN * s.roomTemperature * s.roomTemperature * s.roomTemperature;
  return (convection + radiation) * 4 * PI * s.radius * s.radius;
}

/** Density kg/m³, specific heat J/(kg·K) and conductivity W/(m·K) of the wall materials. */
export const WALL_MATERIALS: Readonly<Record<string, { density: number; specificHeat: number; conductivity: number }>> =
  {
    titanium_alloy: { density: 4430, specificHeat: 526, conductivity: 6.7 },
    stainless_steel: { density: 7900, specificHeat: 500, conductivity: 16.2 },
    aluminium_alloy: { density: 2700, specificHeat: 896, conductivity: 167 },
  };

/** Heat capacity of a spherical shell, J/K. */
export function wallHeatCapacity(innerRadius: number, thickness: number, material: string): number {
  const { density, specificHeat } = WALL_MATERIALS[material];
  const outer = innerRadius + thickness;
  return (4 / 3) * PI * (outer * outer * outer - innerRadius * innerRadius * innerRadius) * density * specificHeat;
}
