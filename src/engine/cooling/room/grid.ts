// The room's cells: a Cartesian grid whose faces coincide with the block's, fine in the block and growing towards the
// walls. Arrays over cells are padded by one ghost cell on every side, so that neighbours need no bounds checks.
// Not here: what flows in them (flow.ts, heat.ts).

export type Vector3 = readonly [number, number, number];

/** An axis-aligned box in room coordinates (from a corner of the floor, z up), m. */
export interface Box {
  readonly low: Vector3;
  readonly high: Vector3;
}

export interface RoomGrid {
  /** Inner size of the room, m. */
  readonly size: Vector3;
  /** Cells along x, y, z (without ghosts). */
  readonly cells: Vector3;
  /** Cell faces along each axis, m: cells + 1 values, from 0 to the room's size. */
  readonly edges: readonly [Float64Array, Float64Array, Float64Array];
  /** Index distance of neighbours along each axis: cell (i, j, k), 1-based, is i + j·strides[1] + k·strides[2]. */
  readonly strides: Vector3;
  /** Length of a padded array, and the range that holds all cells. */
  readonly total: number;
  readonly first: number;
  readonly end: number;
  /** Padded index of every cell, x fastest. */
  readonly interior: Uint32Array;
  /** Padded; m³, 0 in ghosts. */
  readonly volume: Float64Array;
  /** Padded, per axis: width of the cell, m. */
  readonly width: readonly [Float64Array, Float64Array, Float64Array];
  /** Padded, per axis: area of the face on the cell's low side, m². Faces of the walls included. */
  readonly area: readonly [Float64Array, Float64Array, Float64Array];
  /** Padded, per axis: distance of the centres on both sides of the low face, m; half a cell at a wall. */
  readonly distance: readonly [Float64Array, Float64Array, Float64Array];
  /** First and last cell (1-based) inside the block along each axis; last < first without a block. */
  readonly blockFirst: Vector3;
  readonly blockLast: Vector3;
}

export interface GridOptions {
  /** Cells across the block along each axis; fewer if they would be smaller than `finest`. */
  readonly acrossBlock: number;
  /** No cell of the block is smaller than this, m: one sphere diameter, below which a porous mean has no meaning. */
  readonly finest: number;
  /** Largest ratio of neighbouring widths outside the block, and largest width as a share of the room. */
  readonly growth: number;
  readonly largest: number;
}

export const DEFAULT_GRID = { acrossBlock: 6, growth: 1.35, largest: 0.1 };

/** A gap to the wall thinner than this share of a block cell is closed: the block then touches the wall. */
const SNAP_SHARE = 0.2;

/** Widths of the cells of a gap, from the block outwards: geometric from `start`, each at most `growth` times the last. */
function gapWidths(gap: number, start: number, growth: number, largest: number): number[] {
  if (gap <= 0) return [];
  const widths: number[] = [];
  let sum = 0;
  for (let next = Math.min(largest, start * growth); sum < gap; next = Math.min(largest, next * growth)) {
    widths.push(next);
    sum += next;
  }
  return widths.map((width) => (width * gap) / sum);
}

interface AxisCells {
  readonly edges: Float64Array;
  readonly first: number;
  readonly last: number;
}

function axisCells(length: number, span: readonly [number, number] | null, options: GridOptions): AxisCells {
  const largest = options.largest * length;
  if (!span) {
    const count = Math.round(1 / options.largest);
    return { edges: Float64Array.from({ length: count + 1 }, (_, n) => (length * n) / count), first: 1, last: 0 };
  }
  let low = Math.max(0, Math.min(span[0], length));
  let high = Math.max(low, Math.min(span[1], length));
  const across = Math.max(
    1,
    Math.min(options.acrossBlock, Math.floor((high - low) / options.finest + 1e-6)),
    Math.ceil((high - low) / (2 * largest)),
  );
  const near = (SNAP_SHARE * (high - low)) / across;
  if (low < near) low = 0;
  if (length - high < near) high = length;
  const step = (high - low) / across;
  const before = gapWidths(low, step, options.growth, largest).reverse();
  const after = gapWidths(length - high, step, options.growth, largest);
  const edges = [0];
  for (const width of before) edges.push(edges[edges.length - 1] + width);
  edges[edges.length - 1] = low;
  for (let n = 1; n <= across; n++) edges.push(n === across ? high : low + n * step);
  for (const width of after) edges.push(edges[edges.length - 1] + width);
  edges[edges.length - 1] = length;
  return { edges: Float64Array.from(edges), first: before.length + 1, last: before.length + across };
}

const three = (make: () => Float64Array): [Float64Array, Float64Array, Float64Array] => [make(), make(), make()];

/** Builds the grid of a room of `size` (m) around `block` (clipped to the room), or an even one without a block. */
export function roomGrid(size: Vector3, block: Box | null, options: GridOptions): RoomGrid {
  const axes = [0, 1, 2].map((a) => axisCells(size[a], block ? [block.low[a], block.high[a]] : null, options));
  const edges = [axes[0].edges, axes[1].edges, axes[2].edges] as const;
  const [nx, ny, nz] = edges.map((e) => e.length - 1);
  const strides = [1, nx + 2, (nx + 2) * (ny + 2)] as const;
  const total = strides[2] * (nz + 2);
  const at = (i: number, j: number, k: number): number => i + j * strides[1] + k * strides[2];
  const volume = new Float64Array(total);
  const zeros = (): Float64Array => new Float64Array(total);
  const width = three(zeros);
  const area = three(zeros);
  const distance = three(zeros);
  const interior = new Uint32Array(nx * ny * nz);
  const d = edges.map((e) =>
    Float64Array.from({ length: e.length + 1 }, (_, n) => (e[n] ?? 0) - (e[n - 1] ?? e[n] ?? 0)),
  );
  const inside = (n: number, axis: number): boolean => n >= 1 && n < edges[axis].length;
  let count = 0;
  for (let k = 1; k <= nz + 1; k++) {
    for (let j = 1; j <= ny + 1; j++) {
      for (let i = 1; i <= nx + 1; i++) {
        const c = at(i, j, k);
        const index = [i, j, k];
        const within = index.map(inside);
        if (within[0] && within[1] && within[2]) {
          interior[count++] = c;
          volume[c] = d[0][i] * d[1][j] * d[2][k];
          for (let a = 0; a < 3; a++) width[a][c] = d[a][index[a]];
        }
        for (let a = 0; a < 3; a++) {
          const b = (a + 1) % 3;
          const e = (a + 2) % 3;
          if (!within[b] || !within[e]) continue;
          area[a][c] = d[b][index[b]] * d[e][index[e]];
          const below = index[a] > 1 ? d[a][index[a] - 1] : 0;
          const above = within[a] ? d[a][index[a]] : 0;
          distance[a][c] = 0.5 * (below + above);
        }
      }
    }
  }
  return {
    size,
    cells: [nx, ny, nz],
    edges,
    strides,
    total,
    first: at(1, 1, 1),
    end: at(nx, ny, nz) + 1,
    interior,
    volume,
    width,
    area,
    distance,
    blockFirst: [axes[0].first, axes[1].first, axes[2].first],
    blockLast: [axes[0].last, axes[1].last, axes[2].last],
  };
}

/** Padded index of cell (i, j, k), 1-based. */
export const cellAt = (grid: RoomGrid, i: number, j: number, k: number): number =>
  i + j * grid.strides[1] + k * grid.strides[2];

/** The 1-based indices of a padded index. */
export function cellIndices(grid: RoomGrid, c: number): [number, number, number] {
  const k = Math.floor(c / grid.strides[2]);
  const rest = c - k * grid.strides[2];
  const j = Math.floor(rest / grid.strides[1]);
  return [rest - j * grid.strides[1], j, k];
}

/** Padded: 1 in the block's cells, 0 elsewhere. */
export function blockMask(grid: RoomGrid): Uint8Array {
  const mask = new Uint8Array(grid.total);
  const { blockFirst: low, blockLast: high } = grid;
  for (let k = low[2]; k <= high[2]; k++) {
    for (let j = low[1]; j <= high[1]; j++) {
      for (let i = low[0]; i <= high[0]; i++) mask[cellAt(grid, i, j, k)] = 1;
    }
  }
  return mask;
}
