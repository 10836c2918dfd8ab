// The room's field as the page draws it: cell-centred temperature and velocity with the grid they belong to, copied.

import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import type { Flow } from './flow.ts';

export interface RoomField {
  /** Cells along x, y, z; arrays run x fastest. */
  readonly cells: readonly [number, number, number];
  /** Faces of the cells along each axis, m, room coordinates: cells + 1 values each; the spacing is not even. */
  readonly edges: readonly [Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>];
  /** K, one per cell. */
  readonly temperature: Float32Array<ArrayBuffer>;
  /** m/s, three per cell (superficial inside the block). */
  readonly velocity: Float32Array<ArrayBuffer>;
}

/** Copies the field. @param temperature padded, T − 300 K */
export function roomField(flow: Flow, temperature: Float64Array): RoomField {
  const { grid, velocity } = flow;
  const { interior, strides } = grid;
  const kelvin = new Float32Array(interior.length);
  const centred = new Float32Array(3 * interior.length);
  for (let n = 0; n < interior.length; n++) {
    const c = interior[n];
    kelvin[n] = REFERENCE_TEMPERATURE + temperature[c];
    for (let a = 0; a < 3; a++) centred[3 * n + a] = 0.5 * (velocity[a][c] + velocity[a][c + strides[a]]);
  }
  return {
    cells: [grid.cells[0], grid.cells[1], grid.cells[2]],
    edges: [Float32Array.from(grid.edges[0]), Float32Array.from(grid.edges[1]), Float32Array.from(grid.edges[2])],
    temperature: kelvin,
    velocity: centred,
  };
}
