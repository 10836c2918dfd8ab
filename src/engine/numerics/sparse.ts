// Sparse symmetric matrices by compressed rows: building the weighted Laplacian of a network, products, and conjugate
// gradients. Not here: eigenvalues (eigen.ts).

export interface SparseMatrix {
  /** Rows and columns. */
  readonly size: number;
  /** size + 1: where each row starts in `columns` and `values`. */
  readonly rowStart: Uint32Array;
  /** Column of each entry, ascending in each row. */
  readonly columns: Uint32Array;
  readonly values: Float64Array;
}

/**
 * Graph Laplacian K: K_ii = Σ weights of the edges at i, K_ij = −weight of edge ij. Every row sums to 0.
 * @param edges 2e node numbers, i < j, sorted, no pair twice
 * @param weights one per edge; 1 each if left out
 */
export function weightedLaplacian(size: number, edges: Uint32Array, weights?: Float64Array): SparseMatrix {
  const rowStart = new Uint32Array(size + 1);
  for (const node of edges) rowStart[node + 1]++;
  for (let row = 0; row < size; row++) rowStart[row + 1] += rowStart[row] + 1;
  const columns = new Uint32Array(rowStart[size]);
  const values = new Float64Array(rowStart[size]);
  const next = rowStart.slice(0, size);
  const put = (row: number, column: number, value: number): number => {
    columns[next[row]] = column;
    values[next[row]] = value;
    return next[row]++;
  };
  // In sorted order the lower neighbours of a node all come before it appears as the lower end itself, so rows fill
  // ascending: lower neighbours, the diagonal, higher neighbours.
  const diagonal = new Uint32Array(size);
  let e = 0;
  for (let row = 0; row < size; row++) {
    diagonal[row] = put(row, row, 0);
    for (; e < edges.length && edges[e] === row; e += 2) {
      const weight = weights ? weights[e / 2] : 1;
      const other = edges[e + 1];
      put(row, other, -weight);
      put(other, row, -weight);
    }
  }
  for (let row = 0; row < size; row++) {
    let sum = 0;
    for (let n = rowStart[row]; n < rowStart[row + 1]; n++) sum -= values[n];
    values[diagonal[row]] = sum;
  }
  return { size, rowStart, columns, values };
}

/** y = A x. */
export function multiply(matrix: SparseMatrix, x: Float64Array, y: Float64Array): void {
  const { size, rowStart, columns, values } = matrix;
  for (let row = 0; row < size; row++) {
    let sum = 0;
    for (let n = rowStart[row]; n < rowStart[row + 1]; n++) sum += values[n] * x[columns[n]];
    y[row] = sum;
  }
}

export function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < x.length; n++) sum += x[n] * y[n];
  return sum;
}

export const norm = (x: Float64Array): number => Math.sqrt(dot(x, x));

/** y += factor x. */
export function addScaled(y: Float64Array, factor: number, x: Float64Array): void {
  for (let n = 0; n < y.length; n++) y[n] += factor * x[n];
}

export interface Solution {
  readonly x: Float64Array<ArrayBuffer>;
  readonly iterations: number;
  /** |b − A x| / |b| by the recurrence. */
  readonly relativeResidual: number;
}

/**
 * Solves A x = b for symmetric positive definite A (Hestenes and Stiefel 1952), from x = 0. A positive semi-definite A
 * is allowed if b has no part in its null space; x then has none either.
 */
export function conjugateGradients(
  matrix: SparseMatrix,
  b: Float64Array,
  { tolerance = 1e-12, maxIterations = 10 * matrix.size }: { tolerance?: number; maxIterations?: number } = {},
): Solution {
  const x = new Float64Array(b.length);
  const residual = b.slice();
  const direction = b.slice();
  const image = new Float64Array(b.length);
  const start = dot(b, b);
  const goal = tolerance * tolerance * start;
  let square = start;
  let iterations = 0;
  for (; iterations < maxIterations && square > goal; iterations++) {
    multiply(matrix, direction, image);
    const curvature = dot(direction, image);
    if (!(curvature > 0)) break;
    const step = square / curvature;
    addScaled(x, step, direction);
    addScaled(residual, -step, image);
    const before = square;
    square = dot(residual, residual);
    const ratio = square / before;
    for (let n = 0; n < b.length; n++) direction[n] = residual[n] + ratio * direction[n];
  }
  return { x, iterations, relativeResidual: start > 0 ? Math.sqrt(square / start) : 0 };
}

/** Connected parts of a matrix seen as a graph: the rows of each, ascending. */
export function connectedRows(matrix: SparseMatrix): Uint32Array[] {
  const { size, rowStart, columns } = matrix;
  const part = new Int32Array(size).fill(-1);
  const parts: Uint32Array[] = [];
  for (let first = 0; first < size; first++) {
    if (part[first] >= 0) continue;
    const rows = [first];
    part[first] = parts.length;
    for (let at = 0; at < rows.length; at++) {
      for (let n = rowStart[rows[at]]; n < rowStart[rows[at] + 1]; n++) {
        if (part[columns[n]] >= 0) continue;
        part[columns[n]] = parts.length;
        rows.push(columns[n]);
      }
    }
    parts.push(Uint32Array.from(rows).sort());
  }
  return parts;
}

/** The rows and columns `rows` (ascending, without outside entries) of D A D, where D is diagonal. */
export function scaledPart(matrix: SparseMatrix, rows: Uint32Array, scale: Float64Array): SparseMatrix {
  const position = new Map<number, number>();
  rows.forEach((row, n) => {
    position.set(row, n);
  });
  const rowStart = new Uint32Array(rows.length + 1);
  rows.forEach((row, n) => {
    rowStart[n + 1] = rowStart[n] + matrix.rowStart[row + 1] - matrix.rowStart[row];
  });
  const columns = new Uint32Array(rowStart[rows.length]);
  const values = new Float64Array(rowStart[rows.length]);
  rows.forEach((row, n) => {
    for (let m = matrix.rowStart[row], to = rowStart[n]; m < matrix.rowStart[row + 1]; m++, to++) {
      columns[to] = position.get(matrix.columns[m]) ?? 0;
      values[to] = scale[row] * matrix.values[m] * scale[matrix.columns[m]];
    }
  });
  return { size: rows.length, rowStart, columns, values };
}
