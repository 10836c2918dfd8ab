// One chamber's heat flows as links of a diagram. What leaves for the neighbours by oscillation and crossing gas is what the
// first law leaves over; what is stored in chips and walls likewise. Pure.

import type { ChamberFlows } from '../../engine/thermodynamics/chamber-ledger.ts';
import type { Columns, Link } from './flow-diagram.ts';

export const CHAMBER_COLUMNS: Columns = [
  ['Piston', 'Duct losses', 'Chips'],
  ['Gas', 'Chip mass'],
  ['Walls'],
  ['Neighbours', 'Room air', 'Stored'],
];

/** The links that balance at gas, chip mass and walls. */
export function chamberLinks(f: ChamberFlows): Link[] {
  return [
    { from: 'Piston', to: 'Gas', label: 'Drive', power: f.driveToGas_W },
    { from: 'Duct losses', to: 'Gas', label: 'Minor loss to gas', power: f.minorLossToGas_W },
    { from: 'Duct losses', to: 'Walls', label: 'Friction to walls', power: f.frictionToWall_W },
    { from: 'Chips', to: 'Chip mass', label: 'Chips', power: f.chipPower_W },
    { from: 'Gas', to: 'Neighbours', label: 'To neighbours', power: f.gasToNeighbours_W },
    { from: 'Gas', to: 'Walls', label: 'Gas to walls', power: f.gasToWall_W },
    { from: 'Chip mass', to: 'Walls', label: 'Chips to walls', power: f.chipToWall_W },
    { from: 'Walls', to: 'Room air', label: 'Walls to room air', power: f.wallToRoom_W },
    { from: 'Chip mass', to: 'Stored', label: 'Stored in chips', power: f.chipPower_W - f.chipToWall_W },
    {
      from: 'Walls',
      to: 'Stored',
      label: 'Stored in walls',
      power: f.gasToWall_W + f.frictionToWall_W + f.chipToWall_W - f.wallToRoom_W,
    },
  ];
}
