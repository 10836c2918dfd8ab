// Few-pole forms of the thermal (chamber wall) and viscous (duct wall) boundary layers, and the exact functions they
// stand for. Source: docs/model.md §4 ("Few-pole thermoviscous form"); thin layers: f/(1−f) ≈ G + A (iω̂)^(−1/2).

import { PI } from '../numerics/elementary.ts';

export interface PoleSet {
  /** Relaxation times in units of 1/ω₀, slowest first. */
  readonly theta: readonly number[];
  readonly weight: readonly number[];
  /** Weight of the part without delay. */
  readonly instant: number;
  /** Weights by which the curvature of the wall lowers the states and, last, the part without delay: 1/(iω̂) by the same poles. */
  readonly curvature: readonly number[];
  /** Band in units of ω₀ over which the loss is within 0.5 %. */
  readonly band: readonly [number, number];
}

/** Fits of (iω̂)^(−1/2) by w_∞ + Σ w_k/(1 + iω̂θ_k), by number of states. */
export const POLE_SETS: Readonly<Record<string, PoleSet>> = {
  '1': slowest({ theta: [1.7320508075688772], weight: [1.63299], instant: 0.29886, band: [0.9, 1.1] }),
  // Exact at ω₀ and 2ω₀, the drive and its second harmonic; of such sets, the one that is best between and around them.
  '2': {
    theta: [5, 0.4600332767416854],
    weight: [2.790527361231397, 0.4489738684706662],
    instant: 0.22922538571930073,
    curvature: [5.296838931374473, -0.04904871517663544, -0.163242999667837],
    band: [0.92, 2.25],
  },
  '3': slowest({
    theta: [11.25951, 1.21446, 0.24912],
    weight: [4.203626, 0.543101, 0.304494],
    instant: 0.170329,
    band: [0.5, 3.2],
  }),
  '4': slowest({
    theta: [26.63712, 2.94252, 0.71096, 0.15322],
    weight: [6.404223, 0.833012, 0.374006, 0.238131],
    instant: 0.133048,
    band: [0.2, 5],
  }),
};

/** A set whose curvature lowers the slowest state alone, exact for its loss at ω₀. */
function slowest(set: Omit<PoleSet, 'curvature'>): PoleSet {
  const [theta] = set.theta;
  return { ...set, curvature: [theta + 1 / theta, ...set.theta.map(() => 0)] };
}

export type BoundaryGeometry = 'sphere' | 'tube';
/** f/(1−f) ≈ A[(iω̂)^(−1/2) − c/(iω̂)] beside its slow part, with A = LAYER/√Ω₀, c = CURVATURE/√Ω₀. */
const LAYER = { sphere: 3, tube: 2 } as const;
const CURVATURE = { sphere: 3, tube: 2.5 } as const;

/**
 * Weights A·w_k of the poles of f/(1−f) for Ω₀ = ω₀a²/D (a radius, D diffusivity), curvature included.
 * @param target receives one weight per pole and, last, the instant weight
 */
export function poleWeights(set: PoleSet, geometry: BoundaryGeometry, omega0: number, target: Float64Array): void {
  const root = Math.sqrt(omega0);
  const A = LAYER[geometry] / root;
  const c = CURVATURE[geometry] / root;
  for (let k = 0; k < set.theta.length; k++) {
    target[k] = A * Math.max(0, set.weight[k] - c * set.curvature[k]);
  }
  target[set.theta.length] = A * Math.max(0, set.instant - c * set.curvature[set.theta.length]);
}

/** δ = √(2D/ω), m. */
export const penetrationDepth = (diffusivity: number, angularFrequency: number): number =>
  Math.sqrt((2 * diffusivity) / angularFrequency);

/** Volume of a sphere ↔ its radius, and its surface. */
export const sphereSurface = (radius: number): number => 4 * PI * radius * radius;
