// Geometry of the energy-flow diagram: bands between four columns (sources, gas and chips, walls, room and store), widths in
// proportion to power. Pure; drawn by FarmFlows.tsx.

import type { EnergyFlows } from '../../engine/thermodynamics/energy-flows.ts';

export interface Band {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** W, positive from → to. */
  readonly power: number;
  /** Column of each end, 0 … 3, and centre and width of the band, in units of the diagram's height. */
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  readonly width: number;
}
export interface FlowNode {
  readonly name: string;
  readonly column: number;
  readonly top: number;
  readonly height: number;
}
export interface FlowDiagram {
  readonly bands: readonly Band[];
  readonly nodes: readonly FlowNode[];
}

interface Link {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly power: number;
}

const COLUMNS: readonly (readonly string[])[] = [
  ['Pistons', 'Chips'],
  ['Gas', 'Chip mass'],
  ['Walls'],
  ['Room', 'Stored'],
];
/** Share of the height left between the nodes of a column, and the least height of a node. */
const GAP = 0.1;
const LEAST = 0.012;

export function linksOf(f: EnergyFlows): Link[] {
  const storedGas = f.storedInGas_W + f.storedInDucts_W;
  // Friction leaves the gas for the walls directly; the rest of the gas's heat goes through its boundary layer.
  return [
    { from: 'Pistons', to: 'Gas', label: 'Drive', power: f.driveToGas_W },
    { from: 'Chips', to: 'Chip mass', label: 'Chips', power: f.chipPower_W },
    { from: 'Gas', to: 'Walls', label: 'Gas to walls', power: f.gasToWall_W + f.frictionToWall_W },
    { from: 'Chip mass', to: 'Walls', label: 'Chips to walls', power: f.chipToWall_W },
    { from: 'Gas', to: 'Stored', label: 'Stored in gas', power: storedGas },
    { from: 'Chip mass', to: 'Stored', label: 'Stored in chips', power: f.storedInChips_W },
    { from: 'Walls', to: 'Stored', label: 'Stored in walls', power: f.storedInWalls_W },
    { from: 'Walls', to: 'Room', label: 'To the room', power: f.wallToRoom_W },
  ];
}

/** Bands and nodes in a unit square; links below a thousandth of the largest are left out of the picture. */
export function flowDiagram(flows: EnergyFlows): FlowDiagram {
  const links = linksOf(flows);
  const largest = Math.max(...links.map(({ power }) => Math.abs(power)));
  if (!(largest > 0)) return { bands: [], nodes: [] };
  const shown = links.filter(({ power }) => Math.abs(power) > 1e-3 * largest);
  const through = new Map<string, number>();
  const side = (name: string, end: 'from' | 'to') =>
    shown.filter((l) => l[end] === name).reduce((s, l) => s + Math.abs(l.power), 0);
  for (const name of COLUMNS.flat()) through.set(name, Math.max(side(name, 'from'), side(name, 'to')));
  const total = Math.max(...COLUMNS.map((column) => column.reduce((s, name) => s + (through.get(name) ?? 0), 0)));
  const scale = (1 - GAP - 2 * LEAST) / total;
  const heightOf = (name: string): number => Math.max(LEAST, (through.get(name) ?? 0) * scale);
  const nodes: FlowNode[] = COLUMNS.flatMap((column, index) => {
    const present = column.filter((name) => (through.get(name) ?? 0) > 0);
    const gap = present.length > 1 ? GAP : 0;
    const used = present.reduce((sum, name) => sum + heightOf(name), 0) + gap * (present.length - 1);
    let top = (1 - used) / 2;
    return present.map((name) => {
      const height = heightOf(name);
      const node = { name, column: index, top, height };
      top += height + gap;
      return node;
    });
  });
  const offset = new Map<string, number>();
  const place = (name: string, end: string, width: number): number => {
    const node = nodes.find((n) => n.name === name);
    const key = `${name} ${end}`;
    const y = (node?.top ?? 0) + (offset.get(key) ?? 0) + width / 2;
    offset.set(key, (offset.get(key) ?? 0) + width);
    return y;
  };
  const columnOf = (name: string): number => COLUMNS.findIndex((column) => column.includes(name));
  const bands = shown.map((link) => {
    const width = Math.abs(link.power) * scale;
    return {
      ...link,
      width,
      x0: columnOf(link.from),
      x1: columnOf(link.to),
      y0: place(link.from, 'from', width),
      y1: place(link.to, 'to', width),
    };
  });
  return { bands, nodes };
}
