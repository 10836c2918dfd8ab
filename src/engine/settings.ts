// From parameter values (units of the scenario file) to what the engine's parts take (SI). The only place that knows both.

import { blockOfLayout } from './cooling/room/block.ts';
import type { FarmRoomSettings } from './cooling/room/farm-room.ts';
import { type Opening, WHOLE_WALL } from './cooling/room/flow-geometry.ts';
import { ductWallConductance, strutConductance } from './cooling/wall-conduction.ts';
import { WALL_MATERIALS, wallHeatCapacity, wallRoomConductance } from './cooling/wall-room.ts';
import { REFERENCE_TEMPERATURE } from './gas/caloric.ts';
import { LARGEST_SHARE } from './gas-oscillation/amplitude-manager.ts';
import type { DuctGeometry, NetworkSettings } from './gas-oscillation/coefficients.ts';
import { type DrivePattern, drivePattern } from './gas-oscillation/phase-controller.ts';
import type { Surroundings } from './gas-oscillation/step.ts';
import type { Layout } from './lattice/layout.ts';
import { automaticDuctLength } from './lattice/sphere.ts';
import { createRandom } from './numerics/random.ts';
import type { ParameterValues } from './parameters/table.ts';
import type { DriveWish } from './pressure-control/controller/drive-feedforward.ts';

export function networkSettings(v: ParameterValues): NetworkSettings {
  return {
    losses: v['simulation.losses'] as NetworkSettings['losses'],
    poleSet: poleSetOf(v),
    minorLoss: v['duct.minor_loss'],
    resistance: v['duct.resistance_Pa_s_per_m3'],
    gasModel: v['simulation.gas_model'] as NetworkSettings['gasModel'],
    frequency: v['drive.frequency_Hz'],
  };
}

export function ductGeometry(v: ParameterValues, layout: Layout): DuctGeometry {
  const radius = v['duct.diameter_m'] / 2;
  const given = v['duct.length_m'];
  return {
    radius,
    lengths: layout.edgeLengths.map((centres) =>
      given === 'auto' ? automaticDuctLength(centres, layout.sphereRadius_m, radius) : given,
    ),
    endCorrection: v['duct.end_correction'],
    includeVolume: v['duct.include_volume'],
  };
}

/** Boundary-layer states asked for; automatic: exact at the drive's frequency and twice that, or the widest band. */
const poleSetOf = (v: ParameterValues): NetworkSettings['poleSet'] => {
  const asked = v['simulation.thermoviscous_states'] as NetworkSettings['poleSet'] | 'auto';
  return asked !== 'auto' ? asked : v['drive.enabled'] ? '2' : '4';
};

/** Volume of each chamber's control mass at rest, m³: the sphere and half of each of its ducts. */
export function restVolumes(v: ParameterValues, layout: Layout, ducts: DuctGeometry): Float64Array {
  const volumes = new Float64Array(layout.count).fill(v['gas_chambers.chamber_volume']);
  if (!ducts.includeVolume) return volumes;
  const area = Math.PI * ducts.radius * ducts.radius;
  for (let e = 0; e < ducts.lengths.length; e++) {
    volumes[layout.edges[2 * e]] += 0.5 * area * ducts.lengths[e];
    volumes[layout.edges[2 * e + 1]] += 0.5 * area * ducts.lengths[e];
  }
  return volumes;
}

/** Value of chamber i of a per-chamber parameter. */
export const perChamber = (value: number | readonly number[], i: number): number =>
  typeof value === 'number' ? value : value[i];

/** Source phases and driven chambers of the chosen pattern. */
export function patternOf(v: ParameterValues, layout: Layout): DrivePattern {
  const spacing = v['layout.spacing_m'];
  return drivePattern(v['drive.pattern'], layout, spacing, v['drive.wavelength_spacings'] * spacing);
}

/** What the drive's control is to reach; null: pistons move as set. */
export function driveWish(v: ParameterValues): DriveWish | null {
  if (!v['drive.enabled'] || v['drive.control'] === 'off') return null;
  return {
    ratio: v['drive.control_ratio'],
    stepSize: v['drive.control_step'],
    limit: LARGEST_SHARE * v['gas_chambers.chamber_volume'],
  };
}

export function createSurroundings(chambers: number): Surroundings {
  return {
    wallCapacity: 1,
    chipCapacity: 1,
    roomConductance: 0,
    chipConductance: 0,
    roomTemperature: 0,
    chipPower: new Float64Array(chambers),
    frequency: 1,
    pistonTargetRe: new Float64Array(chambers),
    pistonTargetIm: new Float64Array(chambers),
    rampTime: 0,
  };
}

/** Solids, room and clock of the drive; piston targets are set by the farm, which knows the amplitude. */
export function applySurroundings(v: ParameterValues, layout: Layout, around: Surroundings): void {
  around.wallCapacity = wallHeatCapacity(
    layout.sphereRadius_m,
    v['gas_chambers.wall_thickness_m'],
    v['gas_chambers.wall_material'],
  );
  around.chipCapacity = v['chips.heat_capacity_J_per_K'];
  around.chipConductance = v['chips.conductance_W_per_K'];
  around.roomTemperature = v['cooling.room_temperature_K'] - REFERENCE_TEMPERATURE;
  chipLoads(v, layout, around.chipPower);
  around.frequency = v['drive.frequency_Hz'];
  around.rampTime = v['drive.ramp_cycles'] / v['drive.frequency_Hz'];
}

/** Chip power of each chamber, W: the list, or the single power spread by the pattern with its mean kept. */
function chipLoads(v: ParameterValues, layout: Layout, target: Float64Array): void {
  const power = v['chips.power_W'];
  const pattern = v['chips.pattern'];
  const random = createRandom(v['simulation.seed']);
  let far = [0, 0, 0];
  for (let i = 0; i < layout.count; i++) far = far.map((x, a) => Math.max(x, layout.positions[3 * i + a]));
  let sum = 0;
  for (let i = 0; i < layout.count; i++) {
    const offset = far.map((x, a) => (x > 0 ? layout.positions[3 * i + a] / x - 0.5 : 0));
    const distance = offset.reduce((square, u) => square + u * u, 0);
    if (typeof power !== 'number') target[i] = power[i];
    else if (pattern === 'gradient_x') target[i] = 0.5 + offset[0];
    else if (pattern === 'hot_centre') target[i] = 1 / (1 + 20 * distance);
    else if (pattern === 'layers') target[i] = layout.layers[i] % 2 === 0 ? 1 : 0;
    else if (pattern === 'random') target[i] = random.next();
    else target[i] = 1;
    sum += target[i];
  }
  if (typeof power !== 'number') return;
  const scale = sum > 0 ? (power * layout.count) / sum : 0;
  for (let i = 0; i < layout.count; i++) target[i] = pattern === 'uniform' ? power : target[i] * scale;
}

/** Conductance of each duct's metal and of the strut beside it between their walls, W/K. */
export function ductConductance(v: ParameterValues, ducts: DuctGeometry): Float64Array {
  const { conductivity } = WALL_MATERIALS[v['gas_chambers.wall_material']];
  const strut = strutConductance(conductivity, v['duct.strut_diameter_m'], ducts.lengths);
  return ductWallConductance(conductivity, ducts.radius, v['duct.wall_thickness_m'], ducts.lengths).map(
    (duct, e) => duct + strut[e],
  );
}

/** Openings by name, as shares of the wall's width and height. */
const VENTS: Readonly<Record<string, Opening>> = {
  wall: WHOLE_WALL,
  low: { y: [0, 1], z: [0, 0.25] },
  high: { y: [0, 1], z: [0.75, 1] },
  middle: { y: [0.25, 0.75], z: [0.25, 0.75] },
};

/** The solved room air, or null for uniform air: asked for, or because the lattice does not stand in the room. */
export function roomSettings(v: ParameterValues, layout: Layout): FarmRoomSettings | null {
  if (v['cooling.room_model'] !== 'field' || layout.roomProblem !== null) return null;
  const [x, y, z] = v['physical_infrastructure.room_dimensions'];
  return {
    size: [x, y, z],
    block: blockOfLayout(layout, v['gas_chambers.wall_thickness_m']),
    positions: layout.roomPositions,
    supplyFlow: v['cooling.circulation_rate'],
    supplyTemperature: v['cooling.room_temperature_K'],
    emissivity: v['cooling.emissivity'],
    shrouded: v['cooling.shrouded'],
    inlet: VENTS[v['cooling.supply_vent']],
    outlet: VENTS[v['cooling.return_vent']],
    acrossBlock: v['cooling.room_cells'],
    fanEfficiency: v['cooling.fan_efficiency'],
  };
}

/**
 * Conductance of one wall to uniform room air, W/K, for walls `excess` K above the room's air.
 * @param cooling share of the fans' flow that is there
 */
export function roomConductance(v: ParameterValues, layout: Layout, excess: number, cooling: number): number {
  const room = v['physical_infrastructure.room_dimensions'];
  const faceSpeed = (v['cooling.circulation_rate'] * cooling) / (room[1] * room[2]);
  return wallRoomConductance({
    radius: layout.sphereRadius_m + v['gas_chambers.wall_thickness_m'],
    roomTemperature: v['cooling.room_temperature_K'],
    airSpeed: faceSpeed * v['cooling.block_air_share'],
    emissivity: v['cooling.emissivity'],
    excess: Math.max(0, excess),
  });
}
