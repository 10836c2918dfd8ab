// Where the camera must stand so that a box fills the view from a given side. Pure geometry.

import { Vector3 } from 'three';
import type { Extent } from './geometry.ts';

/** A camera position and the point it looks at. */
export interface Pose {
  readonly position: Vector3;
  readonly target: Vector3;
}

/** What the camera sees: tangents of half its angles, and the share of the view to leave free at each side (0…1). */
export interface Lens {
  readonly tanX: number;
  readonly tanY: number;
  readonly insets: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

/** Directions from the target to the camera; z is up. The top view leans a hair so that x stays to the right. */
export const SIDES = {
  threeQuarter: new Vector3(0.62, -1, 0.62).normalize(),
  x: new Vector3(1, 0, 0),
  y: new Vector3(0, -1, 0),
  top: new Vector3(0, -1e-4, 1).normalize(),
} as const;

export type Side = keyof typeof SIDES;

/** The pose from which the box, grown by `margin` metres, just fills what the insets leave of the view. */
export function frameBox({ min, max }: Extent, margin: number, side: Vector3, lens: Lens): Pose {
  const back = side.clone().normalize();
  const right = new Vector3(0, 0, 1).cross(back).normalize();
  const up = back.clone().cross(right);
  const centre = min.clone().add(max).multiplyScalar(0.5);
  const half = max.clone().sub(min).multiplyScalar(0.5).addScalar(margin);
  const xs: [number, number][] = [];
  const ys: [number, number][] = [];
  for (let i = 0; i < 8; i++) {
    const corner = new Vector3(i & 1 ? half.x : -half.x, i & 2 ? half.y : -half.y, i & 4 ? half.z : -half.z);
    const depth = corner.dot(back);
    xs.push([corner.dot(right), depth]);
    ys.push([corner.dot(up), depth]);
  }
  const { insets } = lens;
  const across = fitAxis(xs, lens.tanX * (1 - 2 * insets.left), lens.tanX * (1 - 2 * insets.right));
  const along = fitAxis(ys, lens.tanY * (1 - 2 * insets.bottom), lens.tanY * (1 - 2 * insets.top));
  const distance = Math.max(across.distance, along.distance);
  const target = centre.addScaledVector(right, across.shift(distance)).addScaledVector(up, along.shift(distance));
  return { position: target.clone().addScaledVector(back, distance), target };
}

/**
 * One direction of the fit. Points at (offset, depth towards the camera) must stay within tangents −low…high:
 * offset − shift ≤ high·(distance − depth) and ≥ −low·(distance − depth).
 */
function fitAxis(points: readonly [number, number][], low: number, high: number) {
  const upper = Math.max(...points.map(([offset, depth]) => depth + offset / high));
  const lower = Math.max(...points.map(([offset, depth]) => depth - offset / low));
  const best = (upper - lower) / (1 / high + 1 / low);
  const distance = upper - best / high;
  /** The shift that centres the box between its limits at a distance not below the best. */
  const shift = (at: number): number => (high * (upper - at) + low * (at - lower)) / 2;
  return { distance, shift };
}
