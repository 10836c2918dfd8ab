// Where the room's air can flow: faces open to it, the shroud, the openings in the walls, and the mixing lengths.
// Computed once per room. Not here: the flow itself (flow.ts).

import { cellAt, cellIndices, type RoomGrid } from './grid.ts';

/** Padded arrays for the faces (or components) along x, y, z. */
export type Triple = readonly [Float64Array, Float64Array, Float64Array];
export const triple = (n: number): Triple => [new Float64Array(n), new Float64Array(n), new Float64Array(n)];

/** A rectangle of a wall x = 0 or x = L as shares of its width (y) and height (z), 0 to 1. */
export interface Opening {
  readonly y: readonly [number, number];
  readonly z: readonly [number, number];
}
export const WHOLE_WALL: Opening = { y: [0, 1], z: [0, 1] };

/** Mixing length in the block, sphere diameters: dispersion 0.08 u d, near the 0.1 u d of packed beds. */
const PORE_LENGTH = 2;
/** Faces between two cells, less those closed by the shroud. */
export function openFaces(grid: RoomGrid, shrouded: boolean): Triple {
  const open = triple(grid.total);
  const { blockFirst: low, blockLast: high } = grid;
  for (const c of grid.interior) {
    const n = cellIndices(grid, c);
    const within = n.map((index, a) => index >= low[a] && index <= high[a]);
    for (let a = 0; a < 3; a++) open[a][c] = n[a] > 1 ? 1 : 0;
    if (!shrouded) continue;
    if (n[0] === low[0] && !(within[1] && within[2])) open[0][c] = 0;
    for (const [a, b] of [
      [1, 2],
      [2, 1],
    ]) {
      if (within[0] && within[b] && (n[a] === low[a] || n[a] === high[a] + 1)) open[a][c] = 0;
    }
  }
  return open;
}

/** Faces of an opening: those whose centres it covers, at least one. Inlets are at x = 0, outlets at x = L. */
export function openingFaces(
  grid: RoomGrid,
  opening: Opening,
  side: 'inlet' | 'outlet',
  shrouded: boolean,
): Uint32Array {
  const [nx, ny, nz] = grid.cells;
  const { y, z } = opening;
  const { blockFirst: low, blockLast: high } = grid;
  // A shrouded block that touches the wall leaves only its own section to the opening.
  const atBlock = side === 'inlet' ? low[0] === 1 : high[0] === nx;
  const narrowed = shrouded && atBlock;
  const share = (axis: 1 | 2, n: number): number =>
    (0.5 * (grid.edges[axis][n - 1] + grid.edges[axis][n])) / grid.size[axis];
  const found: number[] = [];
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let k = 1; k <= nz; k++) {
    for (let j = 1; j <= ny; j++) {
      if (narrowed && (j < low[1] || j > high[1] || k < low[2] || k > high[2])) continue;
      const c = cellAt(grid, side === 'inlet' ? 1 : nx + 1, j, k);
      const [sy, sz] = [share(1, j), share(2, k)];
      if (sy >= y[0] && sy <= y[1] && sz >= z[0] && sz <= z[1]) found.push(c);
      const far = Math.abs(sy - 0.5 * (y[0] + y[1])) + Math.abs(sz - 0.5 * (z[0] + z[1]));
      if (far < least) {
        least = far;
        nearest = c;
      }
    }
  }
  return Uint32Array.from(found.length > 0 ? found : [nearest]);
}

/** Distance to the nearest of floor, ceiling, side walls and block; inside the block the pores' length. */
export function mixingLengths(grid: RoomGrid, inBlock: Uint8Array, diameter: number): Float64Array {
  const length = new Float64Array(grid.total);
  const pore = PORE_LENGTH * diameter;
  const hasBlock = grid.blockLast[0] >= grid.blockFirst[0];
  for (const c of grid.interior) {
    const n = cellIndices(grid, c);
    const centre = n.map((index, a) => 0.5 * (grid.edges[a][index - 1] + grid.edges[a][index]));
    let wall = Number.POSITIVE_INFINITY;
    for (const a of [1, 2]) wall = Math.min(wall, centre[a], grid.size[a] - centre[a]);
    if (inBlock[c]) {
      length[c] = Math.min(wall, pore);
      continue;
    }
    let square = 0;
    for (let a = 0; hasBlock && a < 3; a++) {
      const low = grid.edges[a][grid.blockFirst[a] - 1];
      const high = grid.edges[a][grid.blockLast[a]];
      const gap = Math.max(0, low - centre[a], centre[a] - high);
      square += gap * gap;
    }
    length[c] = hasBlock ? Math.min(wall, Math.max(pore, Math.sqrt(square))) : wall;
  }
  return length;
}
