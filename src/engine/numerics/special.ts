// Special functions of acoustics: complex arithmetic, ratios of modified Bessel functions, spherical Bessel zeros.
// Only + − × ÷, sqrt and numerics/elementary inside, so the bits are the same in every JavaScript engine.

import { cos, hypot, PI, sin } from './elementary.ts';

/** Real and imaginary part. */
export type Complex = readonly [number, number];

export const complexMultiply = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];

/** x/y by Smith's scaling (1962), which neither over- nor underflows before the quotient does. */
export function complexDivide([a, b]: Complex, [c, d]: Complex): Complex {
  if (Math.abs(c) >= Math.abs(d)) {
    const ratio = d / c;
    const scale = c + d * ratio;
    return [(a + b * ratio) / scale, (b - a * ratio) / scale];
  }
  const ratio = c / d;
  const scale = c * ratio + d;
  return [(a * ratio + b) / scale, (b * ratio - a) / scale];
}

/** |w| beyond which the asymptotic series replaces the continued fraction: e^{−√2|w|} is then below 1e-20. */
const ASYMPTOTIC_FROM = 33;

/**
 * The ratio I_ν(w)/I_{ν−1}(w) of modified Bessel functions for 2ν = `twiceOrder` ≥ 1 and |arg w| ≤ π/4, w ≠ 0.
 * Continued fraction 1/(2ν/w + 1/(2(ν+1)/w + …)) evaluated backwards (DLMF 10.33.1), for large |w| the quotient of
 * Hankel's series (DLMF 10.40.1). Relative error below 1e-14 for 1e-8 ≤ |w| ≤ 1e8 on the rays arg w = 0, ±π/4.
 */
export function besselRatio(twiceOrder: number, w: Complex): Complex {
  const size = hypot(w[0], w[1]);
  if (size > ASYMPTOTIC_FROM + twiceOrder * twiceOrder) {
    return complexDivide(hankelSeries(twiceOrder, w), hankelSeries(twiceOrder - 2, w));
  }
  const inverse = complexDivide([1, 0], w);
  let ratio: Complex = [0, 0];
  for (let k = Math.ceil(size) + 40; k >= 0; k--) {
    const order = twiceOrder + 2 * k;
    ratio = complexDivide([1, 0], [order * inverse[0] + ratio[0], order * inverse[1] + ratio[1]]);
  }
  return ratio;
}

/** Σ (−1)^k a_k(ν)/w^k, the factor of e^w/√(2πw) in I_ν(w), summed to its smallest term. */
function hankelSeries(twiceOrder: number, w: Complex): Complex {
  const mu = twiceOrder * twiceOrder;
  let term: Complex = [1, 0];
  let sum: Complex = [1, 0];
  let last = 1;
  for (let k = 1; k < 60; k++) {
    const odd = 2 * k - 1;
    const factor = -(mu - odd * odd) / (8 * k);
    term = complexDivide([factor * term[0], factor * term[1]], w);
    const size = hypot(term[0], term[1]);
    if (size === 0 || (size > last && k > 2)) break;
    sum = [sum[0] + term[0], sum[1] + term[1]];
    if (size < 1e-18) break;
    last = size;
  }
  return sum;
}

/** Spherical Bessel function j_n and its derivative at x ≥ n > 0 (upward recurrence, stable there; DLMF 10.51). */
export function sphericalBessel(degree: number, x: number): { readonly value: number; readonly derivative: number } {
  let below = cos(x) / x;
  let here = sin(x) / x;
  for (let n = 0; n < degree; n++) {
    const next = ((2 * n + 1) / x) * here - below;
    below = here;
    here = next;
  }
  return { value: here, derivative: below - ((degree + 1) / x) * here };
}

/**
 * The `order`-th positive zero (1, 2, …) of j_n′: eigenvalue ka of a rigid sphere of degree n. (0,1) is the first radial mode
 * 4.493409; the trivial zero at 0 is not counted. Absolute error about 1e-14 · x.
 */
export function sphericalBesselDerivativeZero(degree: number, order: number): number {
  const slope = (x: number): number => sphericalBessel(degree, x).derivative;
  // All zeros lie beyond √(n(n+1)) (DLMF 10.58) and more than 2.8 apart.
  const stride = 0.25;
  let low = degree === 0 ? 0.5 : Math.sqrt(degree * (degree + 1));
  let found = 0;
  let before = slope(low);
  for (;;) {
    const high = low + stride;
    const after = slope(high);
    if (before === 0 || before * after < 0) {
      found++;
      if (found === order) return bisect(slope, low, high);
    }
    low = high;
    before = after;
  }
}

function bisect(f: (x: number) => number, from: number, to: number): number {
  let low = from;
  let high = to;
  const sign = f(low) > 0;
  for (let k = 0; k < 60; k++) {
    const middle = 0.5 * (low + high);
    if (middle === low || middle === high) break;
    if (f(middle) > 0 === sign) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

/**
 * Gain of the fundamental of an odd law under a sine: (1/πX) ∮ law(X sin θ) sin θ dθ, by the midpoint rule.
 * For law = |u|u and X = 1 it is 8/3π (Krylov & Bogoliubov 1937). Error falls as points⁻⁴ for a kink in the second derivative.
 */
export function describingFunction(law: (u: number) => number, amplitude: number, points = 512): number {
  let sum = 0;
  for (let k = 0; k < points; k++) {
    const s = sin((2 * PI * (k + 0.5)) / points);
    sum += law(amplitude * s) * s;
  }
  return (2 * sum) / (points * amplitude);
}
