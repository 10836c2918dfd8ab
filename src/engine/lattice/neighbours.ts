// Who is near whom: pairs within a distance by a hashed cell grid, the smallest distance by a sweep, and the connected
// parts of the resulting graph. Pure geometry on 3n coordinates; linear in the number of points for lattice-like sets.

/** Chamber pairs: 2e numbers, i < j in each pair, sorted by i and then j. */
export type Edges = Uint32Array;

/**
 * All pairs of points no farther apart than `cutoffM`.
 * @param positions 3n coordinates, m
 * @param cutoffM > 0, and coordinates / cutoff below 2³⁰
 */
export function pairsWithin(positions: Float64Array, cutoffM: number): Edges {
  const count = positions.length / 3;
  const grid = new CellGrid(positions, cutoffM);
  const limit = cutoffM * cutoffM;
  let found = new Uint32Array(16 * count + 16);
  let length = 0;
  const near: number[] = [];
  for (let i = 0; i < count; i++) {
    near.length = 0;
    grid.forEachNear(i, (j) => {
      if (j > i && squaredDistance(positions, i, j) <= limit) near.push(j);
    });
    near.sort((a, b) => a - b);
    if (length + 2 * near.length > found.length) found = grown(found, length + 2 * near.length);
    for (const j of near) {
      found[length++] = i;
      found[length++] = j;
    }
  }
  return found.slice(0, length);
}

function grown(array: Uint32Array<ArrayBuffer>, needed: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * needed);
  larger.set(array);
  return larger;
}

/** Distance between two points, m. */
export const distance = (positions: Float64Array, i: number, j: number): number =>
  Math.sqrt(squaredDistance(positions, i, j));

function squaredDistance(positions: Float64Array, i: number, j: number): number {
  const x = positions[3 * i] - positions[3 * j];
  const y = positions[3 * i + 1] - positions[3 * j + 1];
  const z = positions[3 * i + 2] - positions[3 * j + 2];
  return x * x + y * y + z * z;
}

/** Points sorted into cubic cells of one cutoff, found again by a hash of the cell's whole coordinates. */
class CellGrid {
  private readonly cells: Int32Array;
  private readonly bucketStart: Uint32Array;
  private readonly members: Uint32Array;
  private readonly mask: number;

  constructor(positions: Float64Array, cellM: number) {
    const count = positions.length / 3;
    let buckets = 1;
    while (buckets < 2 * count) buckets *= 2;
    this.mask = buckets - 1;
    this.cells = new Int32Array(3 * count);
    for (let n = 0; n < 3 * count; n++) this.cells[n] = Math.floor(positions[n] / cellM);
    this.bucketStart = new Uint32Array(buckets + 1);
    this.members = new Uint32Array(count);
    for (let i = 0; i < count; i++) this.bucketStart[this.bucketOf(i, 0, 0, 0) + 1]++;
    for (let b = 0; b < buckets; b++) this.bucketStart[b + 1] += this.bucketStart[b];
    const next = this.bucketStart.slice();
    for (let i = 0; i < count; i++) this.members[next[this.bucketOf(i, 0, 0, 0)]++] = i;
  }

  private bucketOf(i: number, dx: number, dy: number, dz: number): number {
    const x = Math.imul(this.cells[3 * i] + dx, 73856093);
    const y = Math.imul(this.cells[3 * i + 1] + dy, 19349663);
    const z = Math.imul(this.cells[3 * i + 2] + dz, 83492791);
    return (x ^ y ^ z) & this.mask;
  }

  /** Visits every point in the 27 cells around point i (itself included), each once. */
  forEachNear(i: number, visit: (j: number) => void): void {
    for (let dz = -1; dz <= 1; dz++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) this.visitCell(i, dx, dy, dz, visit);
      }
    }
  }

  private visitCell(i: number, dx: number, dy: number, dz: number, visit: (j: number) => void): void {
    const { cells, members, bucketStart } = this;
    const bucket = this.bucketOf(i, dx, dy, dz);
    for (let m = bucketStart[bucket]; m < bucketStart[bucket + 1]; m++) {
      const j = members[m];
      // Different cells may share a bucket: compare the cell itself, so that no point is visited twice.
      if (
        cells[3 * j] === cells[3 * i] + dx &&
        cells[3 * j + 1] === cells[3 * i + 1] + dy &&
        cells[3 * j + 2] === cells[3 * i + 2] + dz
      ) {
        visit(j);
      }
    }
  }
}

/**
 * The two closest points and their distance in metres; undefined for fewer than two points. Sweeps along the longest
 * axis: up to n² comparisons for points that all lie in one plane across it, far fewer for lattices.
 */
export function closestPair(positions: Float64Array): { i: number; j: number; distanceM: number } | undefined {
  const count = positions.length / 3;
  if (count < 2) return undefined;
  const spans = [0, 1, 2].map((axis) => span(positions, axis));
  const axis = spans.indexOf(Math.max(...spans));
  const order = Uint32Array.from({ length: count }, (_, n) => n).sort(
    (a, b) => positions[3 * a + axis] - positions[3 * b + axis] || a - b,
  );
  let best = { i: order[0], j: order[1], distanceM: distance(positions, order[0], order[1]) };
  for (let a = 0; a < count && best.distanceM > 0; a++) {
    for (let b = a + 1; b < count; b++) {
      if (positions[3 * order[b] + axis] - positions[3 * order[a] + axis] >= best.distanceM) break;
      const distanceM = distance(positions, order[a], order[b]);
      if (distanceM < best.distanceM) best = { i: order[a], j: order[b], distanceM };
    }
  }
  return best.i < best.j ? best : { i: best.j, j: best.i, distanceM: best.distanceM };
}

/** Largest minus smallest coordinate along an axis, m; 0 without points. */
export function span(positions: Float64Array, axis: number): number {
  const [low, high] = bounds(positions, axis);
  return high - low;
}

/** Smallest and largest coordinate along an axis, m; [0, 0] without points. */
export function bounds(positions: Float64Array, axis: number): [number, number] {
  if (positions.length === 0) return [0, 0];
  let low = positions[axis];
  let high = low;
  for (let n = axis + 3; n < positions.length; n += 3) {
    if (positions[n] < low) low = positions[n];
    if (positions[n] > high) high = positions[n];
  }
  return [low, high];
}

/** Connected parts of a graph: the number of each node's part (0 … parts − 1, in order of their lowest node). */
export function connectedParts(count: number, edges: Edges): { parts: number; partOf: Uint32Array } {
  const parent = Uint32Array.from({ length: count }, (_, n) => n);
  const root = (n: number): number => {
    let at = n;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  for (let e = 0; e < edges.length; e += 2) {
    const a = root(edges[e]);
    const b = root(edges[e + 1]);
    if (a < b) parent[b] = a;
    else parent[a] = b;
  }
  const partOf = new Uint32Array(count);
  let parts = 0;
  for (let n = 0; n < count; n++) partOf[n] = root(n) === n ? parts++ : partOf[root(n)];
  return { parts, partOf };
}

/** Number of ducts at each node. */
export function degrees(count: number, edges: Edges): Uint32Array {
  const degree = new Uint32Array(count);
  for (const node of edges) degree[node]++;
  return degree;
}
