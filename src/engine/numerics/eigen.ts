// The lowest modes of a network: K φ = λ M φ, where K is a weighted Laplacian and M diagonal. Small problems are solved
// densely; larger ones by a block method with Rayleigh–Ritz, which takes degenerate eigenvalues in its stride.
// Deterministic: the start vectors come from a fixed seed. Single extreme eigenvalues: lanczos.ts.

import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { createRandom } from './random.ts';
import {
  addScaled,
  conjugateGradients,
  connectedRows,
  dot,
  multiply,
  norm,
  type SparseMatrix,
  scaledPart,
} from './sparse.ts';

/** Up to this size a part of the network is solved densely. */
const DENSE_SIZE = 250;
/** Larger dense problems take minutes. */
const LARGEST_DENSE = 3000;
const MAX_ITERATIONS = 80;
/** A vector that loses this much of its length when made orthogonal to the others is one of them but for rounding. */
const DEPENDENT = 1e-8;

export interface Modes {
  /** λ, ascending. */
  readonly values: Float64Array;
  /** φ of each value, M-orthonormal, its largest component positive. */
  readonly vectors: readonly Float64Array[];
  /** Largest |A x − λ x| / |A| of the symmetric form: about the absolute error of λ / λ_max at worst. */
  readonly residual: number;
}

/** Eigenpairs of a symmetric matrix before they are turned back into modes. */
interface Pairs {
  readonly values: number[];
  readonly vectors: Float64Array[];
  readonly residual: number;
}

/**
 * The `count` lowest eigenpairs of K φ = λ M φ. Each connected part of K is solved by itself, so its null vector (if its
 * rows sum to 0) is exact and equal parts keep their equal eigenvalues.
 * @param stiffness K: symmetric positive semi-definite, n × n
 * @param mass diagonal of M, n numbers > 0
 * @param count at most n; more than a quarter of a part larger than 3000 nodes is refused
 * @param precision wanted |A x − λ x| / λ; the error of λ itself goes with its square (over the gap to the next one)
 * @throws RangeError if count is out of reach
 */
export function lowestModes(stiffness: SparseMatrix, mass: Float64Array, count: number, precision = 1e-10): Modes {
  if (!(count >= 1 && count <= stiffness.size))
    throw new RangeError(`There are ${stiffness.size} modes, not ${count}.`);
  const scale = mass.map((m) => 1 / Math.sqrt(m));
  const found: { value: number; vector: Float64Array }[] = [];
  let residual = 0;
  for (const rows of connectedRows(stiffness)) {
    const part = scaledPart(stiffness, rows, scale);
    const pairs = lowestOfPart(part, nullVector(stiffness, rows, mass), Math.min(count, rows.length), precision);
    residual = Math.max(residual, pairs.residual);
    pairs.values.forEach((value, n) => {
      const vector = new Float64Array(stiffness.size);
      rows.forEach((row, at) => {
        vector[row] = pairs.vectors[n][at] * scale[row];
      });
      found.push({ value, vector: pointingUp(vector) });
    });
  }
  found.sort((a, b) => a.value - b.value);
  const lowest = found.slice(0, count);
  return { values: Float64Array.from(lowest, (m) => m.value), vectors: lowest.map((m) => m.vector), residual };
}

/** M^½ 1 on the rows, normalised, if K has the constant as a null vector there. */
function nullVector(stiffness: SparseMatrix, rows: Uint32Array, mass: Float64Array): Float64Array | undefined {
  const { rowStart, values } = stiffness;
  for (const row of rows) {
    let sum = 0;
    let size = 0;
    for (let n = rowStart[row]; n < rowStart[row + 1]; n++) {
      sum += values[n];
      size += Math.abs(values[n]);
    }
    if (Math.abs(sum) > 1e-12 * size) return undefined;
  }
  const vector = Float64Array.from(rows, (row) => Math.sqrt(mass[row]));
  return scaled(vector, 1 / norm(vector));
}

function lowestOfPart(
  matrix: SparseMatrix,
  nullspace: Float64Array | undefined,
  count: number,
  precision: number,
): Pairs {
  const { size } = matrix;
  if (nullspace && count === 1) return { values: [0], vectors: [nullspace], residual: 0 };
  if (size <= DENSE_SIZE || count > size / 4 || (size <= 1200 && count > size / 12)) {
    return lowestDense(matrix, nullspace, count);
  }
  const rest = lowestByBlocks(matrix, nullspace ? [nullspace] : [], nullspace ? count - 1 : count, precision);
  if (!nullspace) return rest;
  return { values: [0, ...rest.values], vectors: [nullspace, ...rest.vectors], residual: rest.residual };
}

function lowestDense(matrix: SparseMatrix, nullspace: Float64Array | undefined, count: number): Pairs {
  const { size, rowStart, columns, values } = matrix;
  if (size > LARGEST_DENSE) {
    throw new RangeError(
      `${count} modes of ${size} connected nodes are too many: ask for at most ${Math.floor(size / 4)}.`,
    );
  }
  const dense = Matrix.zeros(size, size);
  for (let row = 0; row < size; row++) {
    for (let n = rowStart[row]; n < rowStart[row + 1]; n++) dense.set(row, columns[n], values[n]);
  }
  const pairs = symmetricEigenpairs(dense, count);
  if (nullspace) {
    pairs.values[0] = 0;
    pairs.vectors[0] = nullspace;
  }
  return { ...pairs, residual: largestResidual(matrix, pairs) };
}

/** The lowest `count` eigenpairs of a small dense symmetric matrix. */
function symmetricEigenpairs(dense: Matrix, count: number): { values: number[]; vectors: Float64Array[] } {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(dense, { assumeSymmetric: true });
  const order = realEigenvalues.map((_, n) => n).sort((a, b) => realEigenvalues[a] - realEigenvalues[b]);
  const lowest = order.slice(0, count);
  return {
    values: lowest.map((n) => realEigenvalues[n]),
    vectors: lowest.map((n) => Float64Array.from({ length: dense.rows }, (_, row) => eigenvectorMatrix.get(row, n))),
  };
}

function largestResidual(matrix: SparseMatrix, pairs: { values: number[]; vectors: Float64Array[] }): number {
  const bound = rowSumNorm(matrix);
  return pairs.values.reduce((largest, value, n) => {
    return Math.max(largest, norm(residualOf(matrix, value, pairs.vectors[n])) / (bound || 1));
  }, 0);
}

function residualOf(matrix: SparseMatrix, value: number, vector: Float64Array): Float64Array {
  const residual = new Float64Array(matrix.size);
  multiply(matrix, vector, residual);
  addScaled(residual, -value, vector);
  return residual;
}

/** Largest sum of absolute values in a row: at least the largest eigenvalue. */
function rowSumNorm({ size, rowStart, values }: SparseMatrix): number {
  let largest = 0;
  for (let row = 0; row < size; row++) {
    let sum = 0;
    for (let n = rowStart[row]; n < rowStart[row + 1]; n++) sum += Math.abs(values[n]);
    largest = Math.max(largest, sum);
  }
  return largest;
}

/**
 * Locally optimal block iteration (Knyazev 2001, LOBPCG) with a rough solve by conjugate gradients as preconditioner:
 * the best approximation within the present vectors, their last changes, and the solved residuals. Vectors that have
 * converged leave the block, the lowest first.
 * @param known orthonormal eigenvectors to keep out
 */
function lowestByBlocks(matrix: SparseMatrix, known: readonly Float64Array[], count: number, precision: number): Pairs {
  const { size } = matrix;
  const floor = 4e-15 * rowSumNorm(matrix);
  // A few vectors more than asked for: convergence goes by the gap to the first eigenvalue outside the block.
  const extra = Math.max(4, Math.ceil(count / 4));
  const random = createRandom(1);
  const throwVector = (): Float64Array => Float64Array.from({ length: size }, () => random.next() - 0.5);
  const done: { values: number[]; vectors: Float64Array[] } = { values: [], vectors: [] };
  let vectors = orthonormal(Array.from({ length: Math.min(count + extra, Math.floor(size / 3)) }, throwVector), known);
  let changes: Float64Array[] = [];
  let residuals: Float64Array[] = [];
  for (let iteration = 0; iteration < MAX_ITERATIONS && done.values.length < count; iteration++) {
    const out = [...known, ...done.vectors];
    const basis = orthonormal([...vectors, ...changes, ...residuals.map((r) => roughSolution(matrix, r, out))], out);
    const block = vectors.length;
    const ritz = rayleighRitz(matrix, basis, block);
    vectors = ritz.combinations.map((c) => combined(basis, c, 0));
    // The change of a vector is the part that does not come from the old vectors.
    changes = ritz.combinations.map((c) => combined(basis, c, block));
    residuals = vectors.map((vector, n) => residualOf(matrix, ritz.values[n], vector));
    const isDone = residuals.map((residual, n) => norm(residual) <= precision * Math.abs(ritz.values[n]) + floor);
    const ready = isDone.includes(false) ? isDone.indexOf(false) : block;
    done.values.push(...ritz.values.slice(0, ready));
    done.vectors.push(...vectors.slice(0, ready));
    vectors = vectors.slice(ready);
    changes = changes.slice(ready);
    residuals = residuals.filter((_, n) => !isDone[n]);
    if (iteration === MAX_ITERATIONS - 1) {
      done.values.push(...ritz.values.slice(ready));
      done.vectors.push(...vectors);
    }
  }
  const pairs = { values: done.values.slice(0, count), vectors: done.vectors.slice(0, count) };
  return { ...pairs, residual: largestResidual(matrix, pairs) };
}

function roughSolution(matrix: SparseMatrix, residual: Float64Array, known: readonly Float64Array[]): Float64Array {
  for (const vector of known) addScaled(residual, -dot(residual, vector), vector);
  return conjugateGradients(matrix, residual, { tolerance: 0.05, maxIterations: 400 }).x;
}

/** Best eigenpairs within the span of an orthonormal basis. */
function rayleighRitz(matrix: SparseMatrix, basis: readonly Float64Array[], count: number) {
  const projected = Matrix.zeros(basis.length, basis.length);
  const image = new Float64Array(matrix.size);
  basis.forEach((vector, row) => {
    multiply(matrix, vector, image);
    for (let column = 0; column <= row; column++) {
      const entry = dot(basis[column], image);
      projected.set(row, column, entry);
      projected.set(column, row, entry);
    }
  });
  const { values, vectors } = symmetricEigenpairs(projected, count);
  return { values, combinations: vectors };
}

/** Σ coefficients · basis over the basis vectors from `start` on. */
function combined(basis: readonly Float64Array[], coefficients: Float64Array, start: number): Float64Array {
  const sum = new Float64Array(basis[0].length);
  for (let n = start; n < basis.length; n++) addScaled(sum, coefficients[n], basis[n]);
  return sum;
}

/** Gram–Schmidt, twice where needed; vectors that depend on the earlier ones are left out. Orthogonal to `known` as well. */
function orthonormal(vectors: readonly Float64Array[], known: readonly Float64Array[]): Float64Array[] {
  const result: Float64Array[] = [];
  for (const vector of vectors) {
    const before = norm(vector);
    if (!(before > 0)) continue;
    const next = scaled(vector, 1 / before);
    let length = 1;
    for (let pass = 0; pass < 2; pass++) {
      for (const other of known) addScaled(next, -dot(next, other), other);
      for (const other of result) addScaled(next, -dot(next, other), other);
      const left = norm(next);
      length *= left;
      if (length < DEPENDENT) break;
      for (let n = 0; n < next.length; n++) next[n] /= left;
      // Only a vector that lost much of its length can have kept a trace of the others (Daniel et al. 1976).
      if (left > 0.7) break;
    }
    if (length >= DEPENDENT) result.push(next);
  }
  return result;
}

const scaled = (vector: Float64Array, factor: number): Float64Array => vector.map((x) => x * factor);

function pointingUp(vector: Float64Array): Float64Array {
  let largest = 0;
  for (const x of vector) if (Math.abs(x) > Math.abs(largest) * (1 + 1e-9)) largest = x;
  return largest < 0 ? scaled(vector, -1) : vector;
}
