// Few-pole forms of the thermal (chamber wall) and viscous (duct wall) boundary layers, and the exact functions they
// stand for. Source: docs/model.md §4 ("Few-pole thermoviscous form"); thin layers: f/(1−f) ≈ G + A (iω̂)^(−1/2).

import { PI } from '../numerics/elementary.ts';

export interface PoleSet {
  /** Relaxation times in units of 1/ω₀, slowest first. */
  readonly theta: readonly number[];
  readonly weight: readonly number[];
  /** Weight of the part without delay. */
  readonly instant: number;
  /** Band in units of ω₀ over which the loss is within 0.5 %. */
  readonly band: readonly [number, number];
}

/** Fits of (iω̂)^(−1/2) by w_∞ + Σ w_k/(1 + iω̂θ_k), by number of states. */
export const POLE_SETS: Readonly<Record<string, PoleSet>> = {
  '1': { theta: [1.7320508075688772], weight: [1.63299], instant: 0.29886, band: [0.9, 1.1] },
  '3': {
    theta: [11.25951, 1.21446, 0.24912],
    weight: [4.203626, 0.543101, 0.304494],
    instant: 0.170329,
    band: [0.5, 3.2],
  },
  '4': {
    theta: [26.63712, 2.94252, 0.71096, 0.15322],
    weight: [6.404223, 0.833012, 0.374006, 0.238131],
    instant: 0.133048,
    band: [0.2, 5],
  },
};

export type BoundaryGeometry = 'sphere' | 'tube';
/** f/(1−f) ≈ A(iω̂)^(−1/2) with A = LAYER/√Ω₀; the curvature lowers the slowest weight by CURVATURE/√Ω₀ · θ₁(1 + θ₁⁻²). */
const LAYER = { sphere: 3, tube: 2 } as const;
const CURVATURE = { sphere: 3, tube: 2.5 } as const;

/**
 * Weights A·w_k of the poles of f/(1−f) for Ω₀ = ω₀a²/D (a radius, D diffusivity), curvature included.
 * @param target receives one weight per pole and, last, the instant weight
 */
export function poleWeights(set: PoleSet, geometry: BoundaryGeometry, omega0: number, target: Float64Array): void {
  const root = Math.sqrt(omega0);
  const A = LAYER[geometry] / root;
  const slowest = set.theta[0];
  const curvature = (CURVATURE[geometry] / root) * (slowest + 1 / slowest);
  for (let k = 0; k < set.theta.length; k++) {
    target[k] = A * Math.max(0, k === 0 ? set.weight[0] - curvature : set.weight[k]);
  }
  target[set.theta.length] = A * set.instant;
}

/** δ = √(2D/ω), m. */
export const penetrationDepth = (diffusivity: number, angularFrequency: number): number =>
  Math.sqrt((2 * diffusivity) / angularFrequency);

/** Volume of a sphere ↔ its radius, and its surface. */
export const sphereSurface = (radius: number): number => 4 * PI * radius * radius;
