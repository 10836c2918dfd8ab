// Heat transfer coefficient between each chamber's wall and the air around it: Wakao's packed array at the local
// superficial speed, Churchill's free sphere at the local excess, linearised radiation. Not here: the air's temperature.

import { GRAVITY, STEFAN_BOLTZMANN } from '../../constants.ts';
import { AIR, ATM, gasProperties } from '../../gas/mixture.ts';
import { cbrt, PI, pow } from '../../numerics/elementary.ts';
import { freeSphereNusselt, wakaoNusselt } from '../wall-room.ts';

export interface RoomAirProperties {
  /** K at which they are taken. */
  readonly temperature: number;
  /** kg/m³. */
  readonly density: number;
  /** ρ c_p, J/(m³·K). */
  readonly volumetric: number;
  /** W/(m·K). */
  readonly conductivity: number;
  /** Kinematic viscosity, m²/s. */
  readonly kinematic: number;
  readonly prandtl: number;
  /** 1/K, of an ideal gas. */
  readonly expansion: number;
  /** Nu − 2 of the packed array at Re = 1 and of the free sphere at Ra = 1. */
  readonly forced: number;
  readonly free: number;
}

/** Dry air at 1 atm. @param temperature K */
export function roomAirProperties(temperature: number): RoomAirProperties {
  const air = gasProperties(AIR, temperature, ATM, 'ideal');
  return {
    temperature,
    density: air.density_kg_per_m3,
    volumetric: air.density_kg_per_m3 * air.cp_J_per_kgK,
    conductivity: air.conductivity_W_per_mK,
    kinematic: air.viscosity_Pa_s / air.density_kg_per_m3,
    prandtl: air.prandtl,
    expansion: 1 / temperature,
    forced: wakaoNusselt(1, air.prandtl) - 2,
    free: freeSphereNusselt(1, air.prandtl) - 2,
  };
}

/**
 * Conductance of one wall to the air around it, W/K, (Nu_F³ + Nu_N³)^(1/3) (models.md 4.2) and radiation, as
 * wallRoomConductance but at the local speed.
 * @param diameter outer, m; @param speed local superficial speed, m/s; @param excess wall minus local air, K
 */
export function filmConductance(
  air: RoomAirProperties,
  diameter: number,
  speed: number,
  excess: number,
  emissivity: number,
): number {
  const T = air.temperature;
  const forced = 2 + air.forced * pow((speed * diameter) / air.kinematic, 0.6);
  const diffusivity = air.conductivity / air.volumetric;
  const rayleigh =
    (GRAVITY * air.expansion * Math.abs(excess) * diameter * diameter * diameter) / (air.kinematic * diffusivity);
  const free = 2 + air.free * Math.sqrt(Math.sqrt(rayleigh));
  const nusselt = cbrt(forced * forced * forced + free * free * free);
  const radiation = 4 * emissivity * STEFAN_BOLTZMANN * T * T * T;
  return ((nusselt * air.conductivity) / diameter + radiation) * PI * diameter * diameter;
}
