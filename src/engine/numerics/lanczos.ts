// Single extreme eigenvalues of large networks by the Lanczos method: the top of the spectrum and the algebraic
// connectivity. A few vectors of memory; time grows with the square root of how crowded that end of the spectrum is.

import { createRandom } from './random.ts';
import { addScaled, dot, multiply, norm, type SparseMatrix } from './sparse.ts';

/**
 * The largest eigenvalue of K φ = λ M φ by the Lanczos method, relative error about 1e-11.
 * @param mass diagonal of M; 1 each if left out
 */
export function largestEigenvalue(stiffness: SparseMatrix, mass?: Float64Array): number {
  const scale = mass?.map((m) => 1 / Math.sqrt(m));
  return lanczosLargest(stiffness.size, (x, y) => {
    multiply(stiffness, scale ? x.map((value, n) => value * scale[n]) : x, y);
    if (scale) for (let n = 0; n < y.length; n++) y[n] *= scale[n];
  });
}

/** The second smallest eigenvalue of a connected Laplacian (its algebraic connectivity), relative error about 1e-11. */
export function algebraicConnectivity(laplacian: SparseMatrix): number {
  const { size } = laplacian;
  const withoutMean = (y: Float64Array): void => {
    const mean = y.reduce((sum, value) => sum + value, 0) / size;
    for (let n = 0; n < size; n++) y[n] -= mean;
  };
  // Among vectors without a mean, the largest eigenvalue of −K.
  const negative = lanczosLargest(
    size,
    (x, y) => {
      multiply(laplacian, x, y);
      for (let n = 0; n < size; n++) y[n] = -y[n];
      withoutMean(y);
    },
    withoutMean,
  );
  return -negative;
}

/** Steps without progress after which the Lanczos method has arrived, and the most it takes. */
const STEADY_STEPS = 12;
const MOST_STEPS = 5000;

/**
 * Largest eigenvalue of a symmetric operator (Lanczos 1950). Without reorthogonalisation: repeated copies of eigenvalues
 * that appear do no harm to the largest (Paige 1971).
 * @param apply y = A x
 * @param prepare brings the start vector into the space wanted
 */
function lanczosLargest(
  size: number,
  apply: (x: Float64Array, y: Float64Array) => void,
  prepare: (x: Float64Array) => void = () => {},
): number {
  const random = createRandom(2);
  const start = Float64Array.from({ length: size }, () => random.next() - 0.5);
  prepare(start);
  let vector = scaled(start, 1 / norm(start));
  let previous: Float64Array = new Float64Array(size);
  const diagonal: number[] = [];
  const offDiagonal: number[] = [];
  let largest = Number.NEGATIVE_INFINITY;
  let extent = 0;
  let steady = 0;
  for (let step = 0; step < MOST_STEPS && steady < STEADY_STEPS; step++) {
    const image = new Float64Array(size);
    apply(vector, image);
    const onDiagonal = dot(image, vector);
    diagonal.push(onDiagonal);
    addScaled(image, -onDiagonal, vector);
    if (step > 0) addScaled(image, -offDiagonal[step - 1], previous);
    const value = largestOfTridiagonal(diagonal, offDiagonal, largest);
    const next = norm(image);
    extent = Math.max(extent, Math.abs(onDiagonal) + next);
    steady = value - largest <= 1e-13 * Math.abs(value) ? steady + 1 : 0;
    largest = value;
    // The vectors so far span a whole invariant space: nothing is left to find.
    if (next <= 1e-13 * extent) break;
    offDiagonal.push(next);
    previous = vector;
    vector = scaled(image, 1 / next);
  }
  return largest;
}

/** Largest eigenvalue of a symmetric tridiagonal matrix by bisection on the Sturm count; `atLeast` is a lower bound. */
function largestOfTridiagonal(diagonal: readonly number[], offDiagonal: readonly number[], atLeast: number): number {
  const size = diagonal.length;
  let high = Number.NEGATIVE_INFINITY;
  for (let n = 0; n < size; n++) {
    high = Math.max(high, diagonal[n] + (n > 0 ? offDiagonal[n - 1] : 0) + (n < size - 1 ? offDiagonal[n] : 0));
  }
  let low = Math.min(high, atLeast);
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (isAboveAll(middle)) high = middle;
    else low = middle;
  }

  /** All pivots of (T − x) are negative exactly if x is above every eigenvalue. */
  function isAboveAll(x: number): boolean {
    let pivot = diagonal[0] - x;
    for (let n = 1; n < size; n++) {
      if (pivot >= 0) return false;
      pivot = diagonal[n] - x - (offDiagonal[n - 1] * offDiagonal[n - 1]) / pivot;
    }
    return pivot < 0;
  }
}

const scaled = (vector: Float64Array, factor: number): Float64Array => vector.map((x) => x * factor);
