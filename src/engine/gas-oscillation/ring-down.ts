// Exact free decay of a network of equal lumped chambers and equal ducts with a constant resistance, by its modes. The closed
// form that the time step is held against; the farm's own losses depend on frequency and are not here.

import { lowestModes } from '../numerics/eigen.ts';
import { cos, exp, sin } from '../numerics/elementary.ts';
import { weightedLaplacian } from '../numerics/sparse.ts';

/** Chambers of compliance C and ducts of inertance L and resistance R along the edges. */
export interface EqualNetwork {
  readonly chambers: number;
  /** 2 per duct. */
  readonly edges: Uint32Array;
  /** m³/Pa. */
  readonly compliance: number;
  /** kg/m⁴. */
  readonly inertance: number;
  /** Pa·s/m³. */
  readonly resistance: number;
}

/**
 * Pressures at time t (s) from pressures p₀ (Pa) and ducts at rest: p = Σ φ_k (φ_k·p₀) a_k(t), where
 * LC a″ + RC a′ + λ_k a = 0 and λ_k, φ_k are the graph Laplacian's. Chambers up to a few thousand.
 */
export function ringDown(network: EqualNetwork, start: ArrayLike<number>, time: number): Float64Array {
  const { chambers, edges, compliance, inertance, resistance } = network;
  const { values, vectors } = lowestModes(
    weightedLaplacian(chambers, edges),
    new Float64Array(chambers).fill(1),
    chambers,
  );
  const result = new Float64Array(chambers);
  vectors.forEach((mode, k) => {
    let amplitude = 0;
    for (let i = 0; i < chambers; i++) amplitude += mode[i] * start[i];
    amplitude *= freeDecay(values[k] / (inertance * compliance), resistance / (2 * inertance), time);
    for (let i = 0; i < chambers; i++) result[i] += amplitude * mode[i];
  });
  return result;
}

/** a(t) of a″ + 2σa′ + ω²a = 0 with a(0) = 1, a′(0) = 0; `square` is ω², which rounding may leave slightly negative. */
function freeDecay(square: number, sigma: number, t: number): number {
  const discriminant = square - sigma * sigma;
  if (discriminant > 0) {
    const omega = Math.sqrt(discriminant);
    return exp(-sigma * t) * (cos(omega * t) + (sigma / omega) * sin(omega * t));
  }
  const root = Math.sqrt(-discriminant);
  const slow = root - sigma;
  if (root === 0) return exp(-sigma * t) * (1 + sigma * t);
  return ((root + sigma) * exp(slow * t) + (root - sigma) * exp(-(root + sigma) * t)) / (2 * root);
}
