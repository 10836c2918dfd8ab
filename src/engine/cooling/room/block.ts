// The block of chambers as the room's air meets it: a box of spheres with drag (Ergun), and which share of each chamber
// stands in which cell. Not here: heat transfer at the walls (film.ts).

import type { Layout } from '../../lattice/layout.ts';
import { bounds } from '../../lattice/neighbours.ts';
import { PI } from '../../numerics/elementary.ts';
import { type Box, cellAt, type RoomGrid } from './grid.ts';

export interface PorousBlock extends Box {
  /** Share of the box that is air. */
  readonly voidFraction: number;
  /** Outer diameter of the spheres, m. */
  readonly diameter: number;
}

/** Densest and sparsest packing for which Ergun's equation is used. */
const LEAST_VOID = 0.26;
const MOST_VOID = 0.999;

/**
 * The box around all spheres, with its mean void fraction. Holes inside a custom layout are smeared over the box.
 * @param positions 3 per chamber, m, room coordinates
 * @param radius outer radius of a chamber, m
 */
export function blockAround(positions: Float64Array, radius: number): PorousBlock {
  const spans = [0, 1, 2].map((axis) => bounds(positions, axis));
  const low = [spans[0][0] - radius, spans[1][0] - radius, spans[2][0] - radius] as const;
  const high = [spans[0][1] + radius, spans[1][1] + radius, spans[2][1] + radius] as const;
  const box = (high[0] - low[0]) * (high[1] - low[1]) * (high[2] - low[2]);
  const solid = (positions.length / 3) * (4 / 3) * PI * radius * radius * radius;
  const voidFraction = Math.max(LEAST_VOID, Math.min(MOST_VOID, 1 - solid / box));
  return { low, high, voidFraction, diameter: 2 * radius };
}

/** The block of a layout. @param wallThickness of the chambers, m */
export const blockOfLayout = (layout: Layout, wallThickness: number): PorousBlock =>
  blockAround(layout.roomPositions, layout.sphereRadius_m + wallThickness);

export interface Drag {
  /** 1/K, 1/m²: −dp/dx = μ u/K + ρ c |u| u, u superficial. */
  readonly viscous: number;
  /** c, 1/m. */
  readonly quadratic: number;
}

/** Ergun (1952): 1/K = 150 (1−ε)²/(ε³d²), c = 1.75 (1−ε)/(ε³d). */
export function ergun(voidFraction: number, diameter: number): Drag {
  const solid = 1 - voidFraction;
  const cube = voidFraction * voidFraction * voidFraction;
  return {
    viscous: (150 * solid * solid) / (cube * diameter * diameter),
    quadratic: (1.75 * solid) / (cube * diameter),
  };
}

/** Which cells each chamber stands in: chamber i has entries start[i] … start[i+1]−1, their shares sum to 1. */
export interface ChamberCells {
  readonly start: Uint32Array;
  /** Padded cell index. */
  readonly cell: Uint32Array;
  readonly share: Float64Array;
}

/** Cells of one axis that a chamber's diameter overlaps, with shares; a chamber outside the room joins the nearest cell. */
function overlaps(edges: Float64Array, low: number, high: number): [cell: number, share: number][] {
  const found: [number, number][] = [];
  const last = edges.length - 1;
  const from = Math.max(0, Math.min(low, edges[last]));
  const to = Math.max(0, Math.min(high, edges[last]));
  if (to - from < 1e-9) return [[low <= 0 ? 1 : last, 1]];
  for (let n = 1; n <= last; n++) {
    const common = Math.min(to, edges[n]) - Math.max(from, edges[n - 1]);
    if (common > 1e-9 * (to - from)) found.push([n, common / (to - from)]);
  }
  const sum = found.reduce((total, [, share]) => total + share, 0);
  return found.map(([n, share]) => [n, share / sum]);
}

/** Shares of each chamber's circumscribed cube in the cells. @param positions 3 per chamber, m, room coordinates */
export function chamberCells(grid: RoomGrid, positions: Float64Array, radius: number): ChamberCells {
  const count = positions.length / 3;
  const start = new Uint32Array(count + 1);
  const cell: number[] = [];
  const share: number[] = [];
  for (let i = 0; i < count; i++) {
    const [x, y, z] = [0, 1, 2].map((a) => {
      const centre = positions[3 * i + a];
      return overlaps(grid.edges[a], centre - radius, centre + radius);
    });
    for (const [kz, wz] of z) {
      for (const [jy, wy] of y) {
        for (const [ix, wx] of x) {
          cell.push(cellAt(grid, ix, jy, kz));
          share.push(wx * wy * wz);
        }
      }
    }
    start[i + 1] = cell.length;
  }
  return { start, cell: Uint32Array.from(cell), share: Float64Array.from(share) };
}
