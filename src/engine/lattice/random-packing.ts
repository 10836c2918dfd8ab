// Random sequential packing: centres thrown one after another into a box, each kept only if no earlier one is nearer
// than the spacing. The same seed gives the same packing, bit for bit.

import { createRandom } from '../numerics/random.ts';

/**
 * Centres per spacing³ in the box. As spheres of one spacing in diameter they fill 30 % of it; random sequential
 * packing jams at 38 % (Torquato, Uche and Stillinger 2006), so the last ones still find room within some tens of throws.
 */
const NUMBER_DENSITY = 0.573;
/** Throws for one centre before the box grows by 2 %: only very small or thin boxes need it. */
const THROWS = 5000;

/**
 * @param size proportions of the box (chambers along x, y, z)
 * @param spacingM smallest distance of two centres, m
 * @returns 3·count coordinates, m, sorted from bottom to top
 */
export function randomPositions(
  count: number,
  size: readonly [number, number, number],
  spacingM: number,
  seed: number,
): Float64Array {
  const random = createRandom(seed);
  // Box side per chamber along an axis: the cube root of 1/density, by bisection (no cbrt in every engine alike).
  let low = 1;
  let high = 2;
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (middle * middle * middle * NUMBER_DENSITY < 1) low = middle;
    else high = middle;
  }
  const shrink = count / (size[0] * size[1] * size[2]);
  const box = [size[0] * high, size[1] * high, size[2] * high * shrink];
  const placed = new Placed(count);
  let throws = 0;
  while (placed.length < count) {
    const [x, y, z] = [random.next() * box[0], random.next() * box[1], random.next() * box[2]];
    if (placed.tryAdd(x, y, z)) {
      throws = 0;
    } else if (++throws === THROWS) {
      throws = 0;
      for (let axis = 0; axis < 3; axis++) box[axis] *= 1.02;
    }
  }
  return placed.sortedUpwards(spacingM);
}

/** Centres placed so far, in units of the spacing, in a hashed grid of unit cells. */
class Placed {
  length = 0;
  private readonly coordinates: Float64Array;
  /** First centre of each bucket, and the next one after each centre; −1 ends the chain. */
  private readonly first: Int32Array;
  private readonly next: Int32Array;

  constructor(capacity: number) {
    let buckets = 1;
    while (buckets < 4 * capacity) buckets *= 2;
    this.coordinates = new Float64Array(3 * capacity);
    this.first = new Int32Array(buckets).fill(-1);
    this.next = new Int32Array(capacity);
  }

  private bucket(i: number, j: number, k: number): number {
    const hash = Math.imul(i, 73856093) ^ Math.imul(j, 19349663) ^ Math.imul(k, 83492791);
    return hash & (this.first.length - 1);
  }

  private isFree(x: number, y: number, z: number, cell: number): boolean {
    const c = this.coordinates;
    for (let n = this.first[cell]; n >= 0; n = this.next[n]) {
      const dx = c[3 * n] - x;
      const dy = c[3 * n + 1] - y;
      const dz = c[3 * n + 2] - z;
      if (dx * dx + dy * dy + dz * dz < 1) return false;
    }
    return true;
  }

  tryAdd(x: number, y: number, z: number): boolean {
    const [i, j, k] = [Math.floor(x), Math.floor(y), Math.floor(z)];
    for (let dk = -1; dk <= 1; dk++) {
      for (let dj = -1; dj <= 1; dj++) {
        for (let di = -1; di <= 1; di++) {
          if (!this.isFree(x, y, z, this.bucket(i + di, j + dj, k + dk))) return false;
        }
      }
    }
    const n = this.length++;
    this.coordinates.set([x, y, z], 3 * n);
    const own = this.bucket(i, j, k);
    this.next[n] = this.first[own];
    this.first[own] = n;
    return true;
  }

  sortedUpwards(spacingM: number): Float64Array {
    const c = this.coordinates;
    const order = Uint32Array.from({ length: this.length }, (_, n) => n).sort(
      (a, b) => c[3 * a + 2] - c[3 * b + 2] || a - b,
    );
    const positions = new Float64Array(3 * this.length);
    order.forEach((from, to) => {
      for (let axis = 0; axis < 3; axis++) positions[3 * to + axis] = spacingM * c[3 * from + axis];
    });
    return positions;
  }
}
