// Linear systems on the room's grid: a row has its cell and the six neighbours. Conjugate gradients (symmetric) and
// BiCGSTAB (any), both preconditioned by an incomplete factorisation that only changes the diagonal (DILU). Works in
// place and allocates nothing. Ghost cells hold zeros throughout.

import { type Triple, triple } from './flow-geometry.ts';
import type { RoomGrid } from './grid.ts';

/** Smallest pivot as a share of the diagonal. */
const LEAST_PIVOT = 1e-3;
/**
 * Values that have decayed below this are set to 0: upstream of a source they would otherwise become subnormal numbers,
 * which processors handle some fifty times more slowly.
 */
const NEGLIGIBLE = 1e-100;

export interface SevenPoint {
  readonly first: number;
  readonly end: number;
  readonly strideY: number;
  readonly strideZ: number;
  /** Padded, as the grid's arrays. Coefficients of the neighbours are ≤ 0 in an M-matrix. */
  readonly diagonal: Float64Array;
  readonly lowX: Float64Array;
  readonly highX: Float64Array;
  readonly lowY: Float64Array;
  readonly highY: Float64Array;
  readonly lowZ: Float64Array;
  readonly highZ: Float64Array;
  /** The same arrays by axis, and all coefficients. */
  readonly lows: Triple;
  readonly highs: Triple;
  readonly coefficients: readonly Float64Array[];
  /** 1 / pivot of the incomplete factorisation; 0 where the diagonal is. The coefficients of the neighbours times it. */
  readonly inversePivot: Float64Array;
  readonly scaledLows: Triple;
  readonly scaledHighs: Triple;
  readonly work: readonly Float64Array[];
}

export function createSevenPoint(grid: RoomGrid): SevenPoint {
  const zeros = (): Float64Array => new Float64Array(grid.total);
  const diagonal = zeros();
  const lows = triple(grid.total);
  const highs = triple(grid.total);
  return {
    first: grid.first,
    end: grid.end,
    strideY: grid.strides[1],
    strideZ: grid.strides[2],
    diagonal,
    lowX: lows[0],
    highX: highs[0],
    lowY: lows[1],
    highY: highs[1],
    lowZ: lows[2],
    highZ: highs[2],
    lows,
    highs,
    coefficients: [diagonal, ...lows, ...highs],
    inversePivot: zeros(),
    scaledLows: triple(grid.total),
    scaledHighs: triple(grid.total),
    work: Array.from({ length: 7 }, zeros),
  };
}

/** Sets all coefficients to zero. */
export function clear(m: SevenPoint): void {
  for (let n = 0; n < m.coefficients.length; n++) m.coefficients[n].fill(0);
}

/** y = A x. */
export function apply(m: SevenPoint, x: Float64Array, y: Float64Array): void {
  const { diagonal, lowX, highX, lowY, highY, lowZ, highZ, strideY, strideZ, first, end } = m;
  for (let c = first; c < end; c++) {
    y[c] =
      diagonal[c] * x[c] +
      lowX[c] * x[c - 1] +
      highX[c] * x[c + 1] +
      lowY[c] * x[c - strideY] +
      highY[c] * x[c + strideY] +
      lowZ[c] * x[c - strideZ] +
      highZ[c] * x[c + strideZ];
  }
}

/** y = A x. @returns d·y */
function applyAlong(m: SevenPoint, x: Float64Array, y: Float64Array, d: Float64Array): number {
  const { diagonal, lowX, highX, lowY, highY, lowZ, highZ, strideY, strideZ, first, end } = m;
  let sum = 0;
  for (let c = first; c < end; c++) {
    const value =
      diagonal[c] * x[c] +
      lowX[c] * x[c - 1] +
      highX[c] * x[c + 1] +
      lowY[c] * x[c - strideY] +
      highY[c] * x[c + strideY] +
      lowZ[c] * x[c - strideZ] +
      highZ[c] * x[c + strideZ];
    y[c] = value;
    sum += d[c] * value;
  }
  return sum;
}

/** r = b − A x. @returns |r|² */
export function residual(m: SevenPoint, b: Float64Array, x: Float64Array, r: Float64Array): number {
  apply(m, x, r);
  let square = 0;
  for (let c = m.first; c < m.end; c++) {
    const left = b[c] - r[c];
    r[c] = left;
    square += left * left;
  }
  return square;
}

/**
 * Pivots of the incomplete factorisation; to be called after the coefficients have changed.
 * @param fill share of the dropped fill that is added to the pivots (Gustafsson 1978): 0 for DILU, near 1 for a
 *   symmetric elliptic system, which then takes about half the iterations
 */
export function factorise(m: SevenPoint, fill: number): void {
  const { diagonal, lowX, highX, lowY, highY, lowZ, highZ, strideY, strideZ, inversePivot: inverse } = m;
  const [lowX1, lowY1, lowZ1] = m.scaledLows;
  const [highX1, highY1, highZ1] = m.scaledHighs;
  for (let c = m.first; c < m.end; c++) {
    const d = diagonal[c];
    const x = c - 1;
    const y = c - strideY;
    const z = c - strideZ;
    const pivot =
      d -
      lowX[c] * (highX[x] + fill * (highY[x] + highZ[x])) * inverse[x] -
      lowY[c] * (highY[y] + fill * (highX[y] + highZ[y])) * inverse[y] -
      lowZ[c] * (highZ[z] + fill * (highX[z] + highY[z])) * inverse[z];
    // A singular system (pressure without a reference) may end on a pivot near zero.
    const i = d > 0 ? 1 / (pivot > LEAST_PIVOT * d ? pivot : d) : 0;
    inverse[c] = i;
    lowX1[c] = lowX[c] * i;
    lowY1[c] = lowY[c] * i;
    lowZ1[c] = lowZ[c] * i;
    highX1[c] = highX[c] * i;
    highY1[c] = highY[c] * i;
    highZ1[c] = highZ[c] * i;
  }
}

/** z = M⁻¹ r with M = (D + L) D⁻¹ (D + U). @returns r·z */
function precondition(m: SevenPoint, r: Float64Array, z: Float64Array): number {
  const { strideY, strideZ, inversePivot: inverse, first, end } = m;
  const [lowX, lowY, lowZ] = m.scaledLows;
  const [highX, highY, highZ] = m.scaledHighs;
  // The neighbour along x is the cell just done: it need not be read back, and all waits for it, so it comes last. Ghosts hold zeros.
  let beside = 0;
  for (let c = first; c < end; c++) {
    const others = r[c] * inverse[c] - lowY[c] * z[c - strideY] - lowZ[c] * z[c - strideZ];
    const value = others - lowX[c] * beside;
    beside = value < NEGLIGIBLE && value > -NEGLIGIBLE ? 0 : value;
    z[c] = beside;
  }
  beside = 0;
  let sum = 0;
  for (let c = end - 1; c >= first; c--) {
    const others = z[c] - highY[c] * z[c + strideY] - highZ[c] * z[c + strideZ];
    const value = others - highX[c] * beside;
    beside = value < NEGLIGIBLE && value > -NEGLIGIBLE ? 0 : value;
    z[c] = beside;
    sum += r[c] * beside;
  }
  return sum;
}

/** `pairs` symmetric Gauss–Seidel sweeps, x improved in place. Rows with diagonal 0 keep their x. */
export function relax(m: SevenPoint, b: Float64Array, x: Float64Array, pairs: number): void {
  const { diagonal, lowX, highX, lowY, highY, lowZ, highZ, strideY, strideZ, first, end } = m;
  for (let sweep = 0; sweep < 2 * pairs; sweep++) {
    const forward = sweep % 2 === 0;
    for (let n = first; n < end; n++) {
      const c = forward ? n : first + end - 1 - n;
      const d = diagonal[c];
      if (d === 0) continue;
      const value =
        (b[c] -
          lowX[c] * x[c - 1] -
          highX[c] * x[c + 1] -
          lowY[c] * x[c - strideY] -
          highY[c] * x[c + strideY] -
          lowZ[c] * x[c - strideZ] -
          highZ[c] * x[c + strideZ]) /
        d;
      x[c] = value < NEGLIGIBLE && value > -NEGLIGIBLE ? 0 : value;
    }
  }
}

function inner(m: SevenPoint, x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let c = m.first; c < m.end; c++) sum += x[c] * y[c];
  return sum;
}

/**
 * Solves A x = b for a symmetric positive (semi-)definite A, from the given x (Hestenes and Stiefel 1952).
 * @param goal |r| at which to stop
 * @returns iterations
 */
export function solveSymmetric(m: SevenPoint, b: Float64Array, x: Float64Array, goal: number, most: number): number {
  const [r, z, p, image] = m.work;
  let square = residual(m, b, x, r);
  let before = 0;
  let n = 0;
  for (; n < most && square > goal * goal; n++) {
    const now = precondition(m, r, z);
    const ratio = n > 0 ? now / before : 0;
    for (let c = m.first; c < m.end; c++) p[c] = z[c] + ratio * p[c];
    const curvature = applyAlong(m, p, image, p);
    if (!(curvature > 0)) break;
    const step = now / curvature;
    square = 0;
    for (let c = m.first; c < m.end; c++) {
      x[c] += step * p[c];
      r[c] -= step * image[c];
      square += r[c] * r[c];
    }
    before = now;
  }
  return n;
}

/**
 * Solves A x = b by BiCGSTAB (van der Vorst 1992), from the given x; restarts on breakdown.
 * @param goal |r| at which to stop
 * @returns iterations
 */
export function solveGeneral(m: SevenPoint, b: Float64Array, x: Float64Array, goal: number, most: number): number {
  const [r, shadow, p, v, pHat, sHat, t] = m.work;
  const { first, end } = m;
  let square = residual(m, b, x, r);
  let rho = 0;
  let alpha = 0;
  let omega = 0;
  let n = 0;
  for (; n < most && square > goal * goal; n++) {
    let next = inner(m, shadow, r);
    if (n === 0 || rho === 0 || omega === 0 || Math.abs(next) < 1e-30 * square) {
      shadow.set(r);
      p.set(r);
      next = square;
    } else {
      const beta = (next / rho) * (alpha / omega);
      for (let c = first; c < end; c++) p[c] = r[c] + beta * (p[c] - omega * v[c]);
    }
    rho = next;
    precondition(m, p, pHat);
    const along = applyAlong(m, pHat, v, shadow);
    if (along === 0) {
      rho = 0;
      continue;
    }
    alpha = rho / along;
    for (let c = first; c < end; c++) r[c] -= alpha * v[c];
    precondition(m, r, sHat);
    const onto = applyAlong(m, sHat, t, r);
    const length = inner(m, t, t);
    omega = length > 0 ? onto / length : 0;
    square = 0;
    for (let c = first; c < end; c++) {
      x[c] += alpha * pHat[c] + omega * sHat[c];
      const left = r[c] - omega * t[c];
      r[c] = left;
      square += left * left;
    }
  }
  return n;
}
