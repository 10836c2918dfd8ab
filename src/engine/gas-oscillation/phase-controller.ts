// The drive's phase pattern: which chambers are driven and with which source phase, from their positions.

import type { Layout } from '../lattice/layout.ts';
import { PI, TWO_PI } from '../numerics/elementary.ts';
import { patternPhases } from '../pressure-control/cycling/phases.ts';

export interface DrivePattern {
  /** 1 where a piston acts. */
  readonly driven: Uint8Array;
  /** Source phase, rad: an isolated chamber's pressure would have it. */
  readonly phase: Float64Array;
}

const LAYER_PHASES = 8;

/** @param wavelengthM length of the source wave for the plane patterns */
export function drivePattern(kind: string, layout: Layout, spacingM: number, wavelengthM: number): DrivePattern {
  const driven = new Uint8Array(layout.count).fill(1);
  const phase = new Float64Array(layout.count);
  const axis = { plane_x: 0, plane_y: 1, plane_z: 2 }[kind];
  const position = (i: number, a: number): number => layout.positions[3 * i + a];
  if (axis !== undefined) {
    for (let i = 0; i < layout.count; i++) phase[i] = (-TWO_PI * position(i, axis)) / wavelengthM;
  } else if (kind === 'layers_z') {
    for (let i = 0; i < layout.count; i++) phase[i] = (-TWO_PI * (layout.layers[i] % LAYER_PHASES)) / LAYER_PHASES;
  } else if (kind === 'spiral' || kind === 'eight') {
    const turns = patternPhases(kind, layout);
    for (let i = 0; i < layout.count; i++) phase[i] = -TWO_PI * turns[i];
  } else if (kind === 'checker') {
    for (let i = 0; i < layout.count; i++) phase[i] = layout.layers[i] % 2 === 0 ? 0 : PI;
  } else if (kind === 'face_x') {
    // The first column and its half-spacing offsets.
    for (let i = 0; i < layout.count; i++) driven[i] = position(i, 0) < 0.75 * spacingM ? 1 : 0;
  } else if (kind === 'corner' || kind === 'centre') {
    driven.fill(0);
    driven[nearestTo(layout, kind === 'corner' ? 0 : 0.5)] = 1;
  }
  return { driven, phase };
}

/** The chamber nearest to the given share of the way through the block along each axis; the first of equals. */
function nearestTo(layout: Layout, share: number): number {
  const last = [0, 0, 0];
  for (let i = 0; i < layout.count; i++) {
    for (let a = 0; a < 3; a++) last[a] = Math.max(last[a], layout.positions[3 * i + a]);
  }
  let best = 0;
  let bestSquare = Number.POSITIVE_INFINITY;
  for (let i = 0; i < layout.count; i++) {
    let square = 0;
    for (let a = 0; a < 3; a++) {
      const d = layout.positions[3 * i + a] - share * last[a];
      square += d * d;
    }
    if (square < bestSquare - 1e-12) {
      bestSquare = square;
      best = i;
    }
  }
  return best;
}
