// What the headers' walls are where the scenario says "auto": horizontal steel pipes ten diameters long. Free convection and radiation
// outside, free convection inside, held at 50 K; what flows through a header stirs it more. Docs: docs/model.md §8.

import { GRAVITY, GAS_CONSTANT as R, STEFAN_BOLTZMANN } from '../../constants.ts';
import { horizontalCylinderNusselt } from '../../cooling/convection.ts';
import { AIR, ATM, fractions, gasProperties } from '../../gas/mixture.ts';
import { cbrt, PI, pow } from '../../numerics/elementary.ts';
import type { ParameterValues } from '../../parameters/table.ts';
import { headerVolumeOf } from './header-sizing.ts';
import { DENSITY_EXPONENT, type HeaderWall } from './header-walls.ts';

/** Length over diameter. */
const SLENDERNESS = 10;
/** Plain carbon steel: kg/m³, J/(kg·K), and emissivity of its paint (Incropera, tables A.1 and A.11). */
const DENSITY = 7854;
const SPECIFIC_HEAT = 434;
const EMISSIVITY = 0.8;
/** Allowable stress of A106 B, Pa, and the coefficient of wall in t = pD/2(S + pY) (ASME B31.3, 304.1.2); thinnest wall, m. */
const STRESS = 138e6;
const WALL_COEFFICIENT = 0.4;
const THINNEST = 0.003;
/** Difference at which convection is taken, K. */
const DIFFERENCE = 50;

/** Inner diameter of a header of this volume, m. */
const diameterOf = (volume: number): number => cbrt((4 * volume) / (PI * SLENDERNESS));

/** Surface with both ends, m². */
const surfaceOf = (diameter: number): number => PI * diameter * diameter * (SLENDERNESS + 0.5);

function rayleigh(x: ArrayLike<number>, T: number, p: number, D: number): { Ra: number; Pr: number; k: number } {
  const g = gasProperties(x, T, p, 'ideal');
  const k = g.conductivity_W_per_mK;
  const product = (g.viscosity_Pa_s * k) / (g.density_kg_per_m3 * g.density_kg_per_m3 * g.cp_J_per_kgK);
  return { Ra: (GRAVITY * DIFFERENCE * D * D * D) / (T * product), Pr: g.prandtl, k };
}

/** Outside: horizontal cylinder in still air (Churchill & Chu 1975) and linearised radiation, W/(m²·K). */
function outsideOf(D: number, room: number): number {
  const { Ra, Pr, k } = rayleigh(AIR, room, ATM, D);
  return (horizontalCylinderNusselt(Ra, Pr) * k) / D + 4 * EMISSIVITY * STEFAN_BOLTZMANN * room * room * room;
}

/** Inside: enclosed horizontal cylinder, Nu = 0.104 Ra^0.352 (Daney 1976), W/(m²·K). */
function insideOf(v: ParameterValues, D: number, pressure: number): number {
  const { Ra, k } = rayleigh(fractions(v['gas.mixture']), v['cooling.room_temperature_K'], pressure, D);
  return (0.104 * pow(Ra, 0.5 * DENSITY_EXPONENT) * k) / D;
}

/** Walls of supply and return; null: adiabatic. */
export function headerWallsOf(v: ParameterValues): readonly [HeaderWall, HeaderWall] | null {
  const given = v['headers.wall_conductance_W_per_K'];
  if (given === 0) return null;
  const volume = headerVolumeOf(v);
  const room = v['cooling.room_temperature_K'];
  const D = diameterOf(volume);
  const A = surfaceOf(D);
  const outside = A * outsideOf(D, room);
  const capacity = wallCapacityOf(v, D);
  const wall = (pressure: number): HeaderWall => {
    const inside = A * insideOf(v, D, pressure);
    // Given is both in series: they keep their ratio.
    const factor = given === 'auto' ? 1 : given * (1 / inside + 1 / outside);
    const amount = (pressure * volume) / (R * room);
    return { inside: factor * inside, amount, outside: factor * outside, capacity };
  };
  return [wall(v['headers.supply_pressure_Pa']), wall(v['headers.return_pressure_Pa'])];
}

/** J/K of either: both are made for the supply's pressure. */
function wallCapacityOf(v: ParameterValues, D: number): number {
  const given = v['headers.wall_heat_capacity_J_per_K'];
  if (given !== 'auto') return given;
  const p = v['headers.supply_pressure_Pa'];
  const thickness = Math.max(THINNEST, (p * D) / (2 * (STRESS + p * WALL_COEFFICIENT)));
  return surfaceOf(D) * thickness * DENSITY * SPECIFIC_HEAT;
}
