// Eigenmodes of the linear network: undamped shapes from K φ = ω² C φ, then frequency and quality factor of each from the
// complex Rayleigh quotient with the engine's own compliances and impedances at the mode's frequency (first order in loss).

import type { Farm } from '../farm.ts';
import { lowestModes } from '../numerics/eigen.ts';
import { PI } from '../numerics/elementary.ts';
import { weightedLaplacian } from '../numerics/sparse.ts';
import { compliance, ductImpedance } from './linear-network.ts';

export interface NetworkModes {
  /** Ascending, without the uniform (zero) modes, Hz. */
  readonly frequencies_Hz: number[];
  /** Re ω/(2 Im ω); Infinity without losses. */
  readonly qualityFactors: number[];
  /** Pressure of each chamber, largest magnitude 1. */
  readonly shapes: number[][];
}

const QUOTIENT_PASSES = 6;

/** The lowest `count` oscillating modes about the farm's mean state. */
export function networkModes(farm: Farm, count: number): NetworkModes {
  const mean = farm.linearMean();
  const { edges, count: chambers, components } = farm.layout;
  const { coefficients } = farm;
  const stiff = Float64Array.from(mean.volume, (v, i) => v / (coefficients.gas[i].gamma * mean.pressure[i]));
  const stiffness = weightedLaplacian(
    chambers,
    edges,
    coefficients.inertance.map((L) => 1 / L),
  );
  const wanted = Math.min(chambers, count + components);
  const modes = lowestModes(stiffness, stiff, wanted);
  const result: NetworkModes = { frequencies_Hz: [], qualityFactors: [], shapes: [] };
  for (let m = components; m < wanted; m++) {
    const shape = modes.vectors[m];
    let re = Math.sqrt(modes.values[m]);
    let im = 0;
    for (let pass = 0; pass < QUOTIENT_PASSES; pass++) [re, im] = rayleigh(farm, mean, shape, re);
    let largest = 0;
    for (const value of shape) largest = Math.max(largest, Math.abs(value));
    result.frequencies_Hz.push(re / (2 * PI));
    result.qualityFactors.push(im > 0 ? re / (2 * im) : Number.POSITIVE_INFINITY);
    result.shapes.push(Array.from(shape, (value) => value / largest));
  }
  return result;
}

/** Complex ω of a shape, coefficients taken at the real frequency `omega`: ω² = Σ (Δφ)²/(Z/iω) / Σ C φ². */
function rayleigh(
  farm: Farm,
  mean: ReturnType<Farm['linearMean']>,
  shape: Float64Array,
  omega: number,
): [number, number] {
  const { edges } = farm.layout;
  let kRe = 0;
  let kIm = 0;
  for (let e = 0; e < edges.length / 2; e++) {
    const [r, x] = ductImpedance(farm.coefficients, e, omega);
    const drop = shape[edges[2 * e]] - shape[edges[2 * e + 1]];
    // iω/Z = iω (r − ix)/(r² + x²)
    const square = r * r + x * x;
    kRe += (drop * drop * omega * x) / square;
    kIm += (drop * drop * omega * r) / square;
  }
  let cRe = 0;
  let cIm = 0;
  for (let i = 0; i < shape.length; i++) {
    const [re, im] = compliance(mean, farm.coefficients, i, omega);
    cRe += re * shape[i] * shape[i];
    cIm += im * shape[i] * shape[i];
  }
  const square = cRe * cRe + cIm * cIm;
  const a = (kRe * cRe + kIm * cIm) / square;
  const b = (kIm * cRe - kRe * cIm) / square;
  // Principal square root of a + ib.
  const modulus = Math.sqrt(a * a + b * b);
  return [
    Math.sqrt(0.5 * (modulus + a)),
    b < 0 ? -Math.sqrt(0.5 * Math.max(0, modulus - a)) : Math.sqrt(0.5 * Math.max(0, modulus - a)),
  ];
}
