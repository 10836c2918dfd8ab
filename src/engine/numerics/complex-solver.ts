// Solves A x = b for a complex symmetric (not Hermitian) sparse matrix given as a graph: a diagonal and one value per edge.
// Direct L D Lᵀ in a skyline where that is cheap, otherwise the conjugate orthogonal conjugate gradient method
// (van der Vorst & Melissen 1990) with diagonal scaling.

export interface ComplexSymmetricSystem {
  readonly n: number;
  /** 2 × edges, i < j. */
  readonly edges: Uint32Array;
  readonly diagonalRe: Float64Array;
  readonly diagonalIm: Float64Array;
  readonly offRe: Float64Array;
  readonly offIm: Float64Array;
  readonly rightRe: Float64Array;
  readonly rightIm: Float64Array;
}

export interface ComplexVector {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Multiply-adds beyond which the direct method gives way to the iterative one. */
const DIRECT_LIMIT = 6e8;
const ITERATION_LIMIT = 4000;
const TOLERANCE = 1e-10;

/** @returns the solution, or null when a pivot vanishes or the iteration does not converge */
export function solveComplexSymmetric(system: ComplexSymmetricSystem): ComplexVector | null {
  const { n, edges } = system;
  const first = Uint32Array.from({ length: n }, (_, i) => i);
  for (let e = 0; e < edges.length / 2; e++) {
    const low = Math.min(edges[2 * e], edges[2 * e + 1]);
    const high = Math.max(edges[2 * e], edges[2 * e + 1]);
    if (low < first[high]) first[high] = low;
  }
  let cost = 0;
  for (let i = 0; i < n; i++) cost += ((i - first[i]) * (i - first[i])) / 2;
  return cost <= DIRECT_LIMIT ? solveSkyline(system, first) : solveIteratively(system);
}

function solveSkyline(system: ComplexSymmetricSystem, first: Uint32Array): ComplexVector | null {
  const { n, edges, diagonalRe, diagonalIm, offRe, offIm } = system;
  const start = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) start[i + 1] = start[i] + (i - first[i]);
  const re = new Float64Array(start[n]);
  const im = new Float64Array(start[n]);
  for (let e = 0; e < edges.length / 2; e++) {
    const low = Math.min(edges[2 * e], edges[2 * e + 1]);
    const high = Math.max(edges[2 * e], edges[2 * e + 1]);
    re[start[high] + low - first[high]] += offRe[e];
    im[start[high] + low - first[high]] += offIm[e];
  }
  const dRe = Float64Array.from(diagonalRe);
  const dIm = Float64Array.from(diagonalIm);
  // Row i holds u_ij = l_ij d_j until its own pivot is formed.
  for (let i = 0; i < n; i++) {
    const rowI = start[i] - first[i];
    for (let j = first[i]; j < i; j++) {
      const rowJ = start[j] - first[j];
      let sumRe = re[rowI + j];
      let sumIm = im[rowI + j];
      for (let k = Math.max(first[i], first[j]); k < j; k++) {
        sumRe -= re[rowI + k] * re[rowJ + k] - im[rowI + k] * im[rowJ + k];
        sumIm -= re[rowI + k] * im[rowJ + k] + im[rowI + k] * re[rowJ + k];
      }
      re[rowI + j] = sumRe;
      im[rowI + j] = sumIm;
    }
    for (let j = first[i]; j < i; j++) {
      const uRe = re[rowI + j];
      const uIm = im[rowI + j];
      const square = dRe[j] * dRe[j] + dIm[j] * dIm[j];
      if (!(square > 0)) return null;
      const lRe = (uRe * dRe[j] + uIm * dIm[j]) / square;
      const lIm = (uIm * dRe[j] - uRe * dIm[j]) / square;
      dRe[i] -= lRe * uRe - lIm * uIm;
      dIm[i] -= lRe * uIm + lIm * uRe;
      re[rowI + j] = lRe;
      im[rowI + j] = lIm;
    }
  }
  const xRe = Float64Array.from(system.rightRe);
  const xIm = Float64Array.from(system.rightIm);
  for (let i = 0; i < n; i++) {
    const row = start[i] - first[i];
    for (let k = first[i]; k < i; k++) {
      xRe[i] -= re[row + k] * xRe[k] - im[row + k] * xIm[k];
      xIm[i] -= re[row + k] * xIm[k] + im[row + k] * xRe[k];
    }
  }
  for (let i = 0; i < n; i++) {
    const square = dRe[i] * dRe[i] + dIm[i] * dIm[i];
    if (!(square > 0)) return null;
    const a = xRe[i];
    const b = xIm[i];
    xRe[i] = (a * dRe[i] + b * dIm[i]) / square;
    xIm[i] = (b * dRe[i] - a * dIm[i]) / square;
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = start[i] - first[i];
    for (let k = first[i]; k < i; k++) {
      xRe[k] -= re[row + k] * xRe[i] - im[row + k] * xIm[i];
      xIm[k] -= re[row + k] * xIm[i] + im[row + k] * xRe[i];
    }
  }
  return { re: xRe, im: xIm };
}

function solveIteratively(system: ComplexSymmetricSystem): ComplexVector | null {
  const { n, edges, diagonalRe, diagonalIm, offRe, offIm, rightRe, rightIm } = system;
  const vector = () => ({ re: new Float64Array(n), im: new Float64Array(n) });
  const x = vector();
  const r = { re: Float64Array.from(rightRe), im: Float64Array.from(rightIm) };
  const z = vector();
  const p = vector();
  const Ap = vector();
  const multiply = (): void => {
    for (let i = 0; i < n; i++) {
      Ap.re[i] = diagonalRe[i] * p.re[i] - diagonalIm[i] * p.im[i];
      Ap.im[i] = diagonalRe[i] * p.im[i] + diagonalIm[i] * p.re[i];
    }
    for (let e = 0; e < offRe.length; e++) {
      const i = edges[2 * e];
      const j = edges[2 * e + 1];
      Ap.re[i] += offRe[e] * p.re[j] - offIm[e] * p.im[j];
      Ap.im[i] += offRe[e] * p.im[j] + offIm[e] * p.re[j];
      Ap.re[j] += offRe[e] * p.re[i] - offIm[e] * p.im[i];
      Ap.im[j] += offRe[e] * p.im[i] + offIm[e] * p.re[i];
    }
  };
  const precondition = (): void => {
    for (let i = 0; i < n; i++) {
      const square = diagonalRe[i] * diagonalRe[i] + diagonalIm[i] * diagonalIm[i];
      z.re[i] = (r.re[i] * diagonalRe[i] + r.im[i] * diagonalIm[i]) / square;
      z.im[i] = (r.im[i] * diagonalRe[i] - r.re[i] * diagonalIm[i]) / square;
    }
  };
  /** aᵀb, without conjugation. */
  const dot = (a: ComplexVector, b: ComplexVector): [number, number] => {
    let re = 0;
    let im = 0;
    for (let i = 0; i < n; i++) {
      re += a.re[i] * b.re[i] - a.im[i] * b.im[i];
      im += a.re[i] * b.im[i] + a.im[i] * b.re[i];
    }
    return [re, im];
  };
  const divide = ([a, b]: [number, number], [c, d]: [number, number]): [number, number] => {
    const square = c * c + d * d;
    return [(a * c + b * d) / square, (b * c - a * d) / square];
  };
  const norm = (v: ComplexVector): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += v.re[i] * v.re[i] + v.im[i] * v.im[i];
    return Math.sqrt(sum);
  };
  const target = TOLERANCE * norm(r);
  if (target === 0) return x;
  precondition();
  p.re.set(z.re);
  p.im.set(z.im);
  let rho = dot(r, z);
  for (let iteration = 0; iteration < ITERATION_LIMIT; iteration++) {
    multiply();
    const alpha = divide(rho, dot(p, Ap));
    if (!Number.isFinite(alpha[0]) || !Number.isFinite(alpha[1])) return null;
    for (let i = 0; i < n; i++) {
      x.re[i] += alpha[0] * p.re[i] - alpha[1] * p.im[i];
      x.im[i] += alpha[0] * p.im[i] + alpha[1] * p.re[i];
      r.re[i] -= alpha[0] * Ap.re[i] - alpha[1] * Ap.im[i];
      r.im[i] -= alpha[0] * Ap.im[i] + alpha[1] * Ap.re[i];
    }
    if (norm(r) <= target) return x;
    precondition();
    const next = dot(r, z);
    const beta = divide(next, rho);
    rho = next;
    for (let i = 0; i < n; i++) {
      const a = p.re[i];
      const b = p.im[i];
      p.re[i] = z.re[i] + beta[0] * a - beta[1] * b;
      p.im[i] = z.im[i] + beta[0] * b + beta[1] * a;
    }
  }
  return null;
}
