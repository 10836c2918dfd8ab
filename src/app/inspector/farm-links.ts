// The farm's energy flows as links of a diagram: sources, gas and chips, walls, room and store.

import type { EnergyFlows } from '../../engine/thermodynamics/energy-flows.ts';
import type { Columns, Link } from './flow-diagram.ts';

export const FARM_COLUMNS: Columns = [
  ['Pistons', 'Chips', 'Headers'],
  ['Gas', 'Chip mass'],
  ['Walls'],
  ['Room air', 'Stored'],
];

/** The links that balance at gas, chip mass and walls. */
export function farmLinks(f: EnergyFlows): Link[] {
  const storedGas = f.storedInGas_W + f.storedInDucts_W;
  // Friction leaves the gas for the walls directly; the rest of the gas's heat goes through its boundary layer.
  return [
    { from: 'Pistons', to: 'Gas', label: 'Drive', power: f.driveToGas_W },
    { from: 'Chips', to: 'Chip mass', label: 'Chips', power: f.chipPower_W },
    ...(f.headersToGas_W === 0
      ? []
      : [{ from: 'Headers', to: 'Gas', label: 'Gas from headers', power: f.headersToGas_W }]),
    { from: 'Gas', to: 'Walls', label: 'Gas to walls', power: f.gasToWall_W + f.frictionToWall_W },
    { from: 'Chip mass', to: 'Walls', label: 'Chips to walls', power: f.chipToWall_W },
    { from: 'Walls', to: 'Room air', label: 'Walls to room air', power: f.wallToRoom_W },
    { from: 'Gas', to: 'Stored', label: 'Stored in gas', power: storedGas },
    { from: 'Chip mass', to: 'Stored', label: 'Stored in chips', power: f.storedInChips_W },
    { from: 'Walls', to: 'Stored', label: 'Stored in walls', power: f.storedInWalls_W },
  ];
}
