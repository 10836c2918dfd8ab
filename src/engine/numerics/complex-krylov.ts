// Conjugate orthogonal conjugate residuals for complex symmetric networks (Sogabe & Zhang 2007), preconditioned, from a guess:
// short recurrences and a residual that falls nearly evenly, so that it may be stopped early. Nothing is allocated per solve.

import type { ComplexSymmetricSystem, ComplexVector } from './complex-solver.ts';

/** A preconditioner M. */
export interface Factor {
  /** Overwrites b with M⁻¹ b. */
  solve(b: ComplexVector): void;
}

export interface KrylovOutcome {
  readonly converged: boolean;
  readonly iterations: number;
  /** |b − A x| / |b| by the recurrence. */
  readonly residual: number;
}

const complexVector = (n: number): ComplexVector => ({ re: new Float64Array(n), im: new Float64Array(n) });

/** y = A x. */
export function multiplyComplex(s: ComplexSymmetricSystem, x: ComplexVector, y: ComplexVector): void {
  const { n, edges, diagonalRe, diagonalIm, offRe, offIm } = s;
  const xRe = x.re;
  const xIm = x.im;
  const yRe = y.re;
  const yIm = y.im;
  for (let i = 0; i < n; i++) {
    yRe[i] = diagonalRe[i] * xRe[i] - diagonalIm[i] * xIm[i];
    yIm[i] = diagonalRe[i] * xIm[i] + diagonalIm[i] * xRe[i];
  }
  const count = offRe.length;
  // Edges come in runs of one first vertex: its sums stay in registers.
  for (let e = 0; e < count; ) {
    const i = edges[2 * e];
    const a = xRe[i];
    const b = xIm[i];
    let sumRe = 0;
    let sumIm = 0;
    for (; e < count && edges[2 * e] === i; e++) {
      const j = edges[2 * e + 1];
      const p = offRe[e];
      const q = offIm[e];
      const u = xRe[j];
      const v = xIm[j];
      sumRe += p * u - q * v;
      sumIm += p * v + q * u;
      yRe[j] += p * a - q * b;
      yIm[j] += p * b + q * a;
    }
    yRe[i] += sumRe;
    yIm[i] += sumIm;
  }
}

function norm(v: ComplexVector): number {
  const { re, im } = v;
  let sum = 0;
  for (let i = 0; i < re.length; i++) sum += re[i] * re[i] + im[i] * im[i];
  return Math.sqrt(sum);
}

/** Vectors of the recurrence, for one size. */
export class ConjugateResiduals {
  private readonly r: ComplexVector;
  private readonly z: ComplexVector;
  private readonly image: ComplexVector;
  private readonly p: ComplexVector;
  private readonly q: ComplexVector;
  private readonly w: ComplexVector;

  constructor(n: number) {
    this.r = complexVector(n);
    this.z = complexVector(n);
    this.image = complexVector(n);
    this.p = complexVector(n);
    this.q = complexVector(n);
    this.w = complexVector(n);
  }

  /**
   * Improves x until |b − A x| ≤ max(reduction · |b − A x₀|, tolerance · |b|), in at most `limit` iterations.
   */
  solve(
    s: ComplexSymmetricSystem,
    x: ComplexVector,
    factor: Factor,
    { reduction, tolerance }: { readonly reduction: number; readonly tolerance: number },
    limit: number,
  ): KrylovOutcome {
    const { r, z, image, p, q, w } = this;
    const n = s.n;
    multiplyComplex(s, x, r);
    for (let i = 0; i < n; i++) {
      r.re[i] = s.rightRe[i] - r.re[i];
      r.im[i] = s.rightIm[i] - r.im[i];
    }
    const scale = norm({ re: s.rightRe, im: s.rightIm });
    let size = norm(r);
    const target = Math.max(reduction * size, tolerance * scale);
    const outcome = (iterations: number): KrylovOutcome => ({
      converged: size <= target,
      iterations,
      residual: scale > 0 ? size / scale : size,
    });
    if (size <= target) return outcome(0);
    copy(r, z);
    factor.solve(z);
    copy(z, p);
    multiplyComplex(s, p, q);
    // A good factor is done at once: the correction itself, without a second use of the factor.
    const corrected = distance(r, q);
    if (corrected <= target) {
      add(x, p);
      size = corrected;
      return outcome(1);
    }
    let [rhoRe, rhoIm] = product(z, q);
    for (let iteration = 1; iteration <= limit; iteration++) {
      copy(q, w);
      factor.solve(w);
      const [cRe, cIm] = product(q, w);
      const square = cRe * cRe + cIm * cIm;
      const aRe = (rhoRe * cRe + rhoIm * cIm) / square;
      const aIm = (rhoIm * cRe - rhoRe * cIm) / square;
      // A breakdown or a number that is not finite: the caller must not use x.
      if (!(aRe * aRe + aIm * aIm < Number.POSITIVE_INFINITY)) return { ...outcome(iteration), converged: false };
      size = advance(aRe, aIm, x, p, r, q, z, w);
      if (size <= target || !(size < Number.POSITIVE_INFINITY)) return outcome(iteration);
      multiplyComplex(s, z, image);
      const [nextRe, nextIm] = product(z, image);
      const before = rhoRe * rhoRe + rhoIm * rhoIm;
      const bRe = (nextRe * rhoRe + nextIm * rhoIm) / before;
      const bIm = (nextIm * rhoRe - nextRe * rhoIm) / before;
      rhoRe = nextRe;
      rhoIm = nextIm;
      turn(bRe, bIm, p, z, q, image);
    }
    return outcome(limit);
  }
}

function copy(from: ComplexVector, to: ComplexVector): void {
  to.re.set(from.re);
  to.im.set(from.im);
}

function distance(a: ComplexVector, b: ComplexVector): number {
  const [aRe, aIm, bRe, bIm] = [a.re, a.im, b.re, b.im];
  let sum = 0;
  for (let i = 0; i < aRe.length; i++) {
    const re = aRe[i] - bRe[i];
    const im = aIm[i] - bIm[i];
    sum += re * re + im * im;
  }
  return Math.sqrt(sum);
}

/** x += p. */
function add(x: ComplexVector, p: ComplexVector): void {
  const [xRe, xIm, pRe, pIm] = [x.re, x.im, p.re, p.im];
  for (let i = 0; i < xRe.length; i++) {
    xRe[i] += pRe[i];
    xIm[i] += pIm[i];
  }
}

/** aᵀb, without conjugation. */
function product(a: ComplexVector, b: ComplexVector): [number, number] {
  const aRe = a.re;
  const aIm = a.im;
  const bRe = b.re;
  const bIm = b.im;
  let re = 0;
  let im = 0;
  for (let i = 0; i < aRe.length; i++) {
    re += aRe[i] * bRe[i] - aIm[i] * bIm[i];
    im += aRe[i] * bIm[i] + aIm[i] * bRe[i];
  }
  return [re, im];
}

/** x += αp, r −= αq, z −= αw. @returns |r| */
function advance(
  aRe: number,
  aIm: number,
  x: ComplexVector,
  p: ComplexVector,
  r: ComplexVector,
  q: ComplexVector,
  z: ComplexVector,
  w: ComplexVector,
): number {
  const [xRe, xIm, pRe, pIm] = [x.re, x.im, p.re, p.im];
  const [rRe, rIm, qRe, qIm] = [r.re, r.im, q.re, q.im];
  const [zRe, zIm, wRe, wIm] = [z.re, z.im, w.re, w.im];
  let sum = 0;
  for (let i = 0; i < xRe.length; i++) {
    xRe[i] += aRe * pRe[i] - aIm * pIm[i];
    xIm[i] += aRe * pIm[i] + aIm * pRe[i];
    const re = rRe[i] - (aRe * qRe[i] - aIm * qIm[i]);
    const im = rIm[i] - (aRe * qIm[i] + aIm * qRe[i]);
    rRe[i] = re;
    rIm[i] = im;
    sum += re * re + im * im;
    zRe[i] -= aRe * wRe[i] - aIm * wIm[i];
    zIm[i] -= aRe * wIm[i] + aIm * wRe[i];
  }
  return Math.sqrt(sum);
}

/** p = z + βp, q = Az + βq. */
function turn(
  bRe: number,
  bIm: number,
  p: ComplexVector,
  z: ComplexVector,
  q: ComplexVector,
  image: ComplexVector,
): void {
  const [pRe, pIm, zRe, zIm] = [p.re, p.im, z.re, z.im];
  const [qRe, qIm, iRe, iIm] = [q.re, q.im, image.re, image.im];
  for (let i = 0; i < pRe.length; i++) {
    const a = pRe[i];
    const b = pIm[i];
    pRe[i] = zRe[i] + bRe * a - bIm * b;
    pIm[i] = zIm[i] + bRe * b + bIm * a;
    const c = qRe[i];
    const d = qIm[i];
    qRe[i] = iRe[i] + bRe * c - bIm * d;
    qIm[i] = iIm[i] + bRe * d + bIm * c;
  }
}
