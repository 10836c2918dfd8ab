// Which chamber a ray meets first: the chambers sorted into a uniform grid, walked cell by cell along the ray (Amanatides
// and Woo 1987). A few microseconds whatever the size of the lattice, and no work for the graphics device. Pure.

import type { LayoutData } from '../../worker/protocol.ts';

export interface Ray {
  readonly origin: readonly [number, number, number];
  /** Of length one. */
  readonly direction: readonly [number, number, number];
}

export class ChamberGrid {
  /** Lower corner of the grid, edge of a cell and cells along each axis. */
  private readonly low: readonly [number, number, number] = [0, 0, 0];
  private readonly cells: [number, number, number] = [1, 1, 1];
  private readonly edge: number;
  /** Start of each cell's chambers in `members`; one longer than the cells. */
  private readonly start: Uint32Array;
  private readonly members: Uint32Array;

  constructor(private readonly layout: LayoutData) {
    const { chambers, positions, chamberRadiusM } = layout;
    const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let k = 0; k < 3 * chambers; k++) {
      const place = positions[k] as number;
      if (place < (low[k % 3] as number)) low[k % 3] = place;
      if (place > (high[k % 3] as number)) high[k % 3] = place;
    }
    if (chambers > 0) this.low = low as [number, number, number];
    const span = (axis: 0 | 1 | 2): number => (chambers > 0 ? (high[axis] as number) - (low[axis] as number) : 0);
    const wide = (axis: 0 | 1 | 2): number => span(axis) + 2 * chamberRadiusM;
    const room = wide(0) * wide(1) * wide(2);
    // About one chamber to a cell, and no cell smaller than a radius: a chamber then reaches into its neighbours at most.
    this.edge = Math.max(chamberRadiusM, Math.cbrt(room / Math.max(1, chambers)), 1e-9);
    for (const axis of [0, 1, 2] as const) this.cells[axis] = Math.floor(span(axis) / this.edge) + 1;
    const [nx, ny, nz] = this.cells;
    this.start = new Uint32Array(nx * ny * nz + 1);
    this.members = new Uint32Array(chambers);
    this.sort();
  }

  /**
   * The first chamber a ray meets among those shown.
   * @param radiusM of a chamber, in the coordinates of the ray; at most the layout's
   */
  first({ origin, direction }: Ray, radiusM: number, shown: (chamber: number) => boolean): number | null {
    const { edge, low, cells } = this;
    // The grid with a margin of one cell, in which the chambers at its faces bulge out.
    let enter = 0;
    let leave = Number.POSITIVE_INFINITY;
    for (const axis of [0, 1, 2] as const) {
      const a = (low[axis] - edge - origin[axis]) / direction[axis];
      const b = (low[axis] + (cells[axis] + 1) * edge - origin[axis]) / direction[axis];
      // A ray along a face gives NaN there, which Math.min would spread.
      if (direction[axis] === 0) {
        if (origin[axis] < low[axis] - edge || origin[axis] > low[axis] + (cells[axis] + 1) * edge) return null;
        continue;
      }
      enter = Math.max(enter, Math.min(a, b));
      leave = Math.min(leave, Math.max(a, b));
    }
    if (enter > leave) return null;

    const cell: [number, number, number] = [0, 0, 0];
    const next: [number, number, number] = [0, 0, 0];
    for (const axis of [0, 1, 2] as const) {
      const at = (origin[axis] + enter * direction[axis] - low[axis]) / edge;
      cell[axis] = Math.min(cells[axis], Math.max(-1, Math.floor(at)));
      const wall = low[axis] + (cell[axis] + (direction[axis] > 0 ? 1 : 0)) * edge;
      next[axis] = direction[axis] === 0 ? Number.POSITIVE_INFINITY : (wall - origin[axis]) / direction[axis];
    }
    const best = { chamber: -1, distance: Number.POSITIVE_INFINITY };
    let reached = enter;
    while (reached <= leave && best.distance > reached) {
      this.meet(cell, { origin, direction }, radiusM, shown, best);
      const axis = next[0] < next[1] ? (next[0] < next[2] ? 0 : 2) : next[1] < next[2] ? 1 : 2;
      reached = next[axis];
      cell[axis] += Math.sign(direction[axis]);
      next[axis] += edge / Math.abs(direction[axis]);
    }
    return best.chamber >= 0 ? best.chamber : null;
  }

  /** Meets the chambers of a cell and of its neighbours. */
  private meet(
    [x, y, z]: readonly [number, number, number],
    { origin, direction }: Ray,
    radiusM: number,
    shown: (chamber: number) => boolean,
    best: { chamber: number; distance: number },
  ): void {
    const { positions } = this.layout;
    const [nx, ny, nz] = this.cells;
    for (let k = Math.max(0, z - 1); k <= Math.min(nz - 1, z + 1); k++) {
      for (let j = Math.max(0, y - 1); j <= Math.min(ny - 1, y + 1); j++) {
        // The cells of a row lie one after the other, and so do their chambers.
        const row = (k * ny + j) * nx;
        const first = this.start[row + Math.max(0, x - 1)] as number;
        const last = this.start[row + Math.min(nx - 1, x + 1) + 1] as number;
        if (x < -1 || x > nx) continue;
        for (let m = first; m < last; m++) {
          const chamber = this.members[m] as number;
          const distance = meets(positions, chamber, origin, direction, radiusM);
          if (distance < best.distance && shown(chamber)) {
            best.chamber = chamber;
            best.distance = distance;
          }
        }
      }
    }
  }

  /** Counts the chambers of each cell, then puts them behind one another. */
  private sort(): void {
    const { chambers, positions } = this.layout;
    const { start, members, edge } = this;
    const [x0, y0, z0] = this.low;
    const [nx, ny, nz] = this.cells;
    const cellOf = new Uint32Array(chambers);
    for (let i = 0; i < chambers; i++) {
      const x = Math.min(nx - 1, Math.floor(((positions[3 * i] as number) - x0) / edge));
      const y = Math.min(ny - 1, Math.floor(((positions[3 * i + 1] as number) - y0) / edge));
      const z = Math.min(nz - 1, Math.floor(((positions[3 * i + 2] as number) - z0) / edge));
      const cell = (z * ny + y) * nx + x;
      cellOf[i] = cell;
      start[cell + 1] = (start[cell + 1] as number) + 1;
    }
    for (let c = 0; c < start.length - 1; c++) start[c + 1] = (start[c + 1] as number) + (start[c] as number);
    const next = start.slice();
    for (let i = 0; i < chambers; i++) {
      const cell = cellOf[i] as number;
      members[next[cell] as number] = i;
      next[cell] = (next[cell] as number) + 1;
    }
  }
}

/** Distance along the ray to the near side of a chamber; infinite when it misses, starts inside or leaves it behind. */
function meets(
  positions: Float32Array,
  chamber: number,
  origin: readonly [number, number, number],
  direction: readonly [number, number, number],
  radius: number,
): number {
  const dx = (positions[3 * chamber] as number) - origin[0];
  const dy = (positions[3 * chamber + 1] as number) - origin[1];
  const dz = (positions[3 * chamber + 2] as number) - origin[2];
  const along = dx * direction[0] + dy * direction[1] + dz * direction[2];
  const inside = radius * radius - (dx * dx + dy * dy + dz * dz - along * along);
  if (inside < 0) return Number.POSITIVE_INFINITY;
  const distance = along - Math.sqrt(inside);
  return distance > 0 ? distance : Number.POSITIVE_INFINITY;
}
