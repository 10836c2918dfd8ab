// The block of chambers in its room: where it stands, and by how much it does not fit. Room coordinates run from a
// corner of the floor, z up, metres. A block that does not fit is still built: the twin marks it, it does not refuse.

import { bounds } from './neighbours.ts';

/** The block stands on a plinth of this height, m, lowered if the ceiling asks for it. */
const PLINTH_M = 0.3;
const AXES = ['x', 'y', 'z'] as const;

/** Outer size of the block, spheres included, m. */
export function blockExtent(positions: Float64Array, sphereRadiusM: number): [number, number, number] {
  const along = (axis: number): number => {
    const [low, high] = bounds(positions, axis);
    return high - low + 2 * sphereRadiusM;
  };
  return [along(0), along(1), along(2)];
}

/** 3n room coordinates: the block centred in x and y, standing on the plinth. */
export function placeInRoom(
  positions: Float64Array,
  sphereRadiusM: number,
  room: readonly number[],
): Float64Array<ArrayBuffer> {
  const extent = blockExtent(positions, sphereRadiusM);
  const plinth = Math.max(0, Math.min(PLINTH_M, room[2] - extent[2]));
  const corner = [(room[0] - extent[0]) / 2, (room[1] - extent[1]) / 2, plinth];
  const placed = new Float64Array(positions.length);
  for (let axis = 0; axis < 3; axis++) {
    const shift = corner[axis] + sphereRadiusM - bounds(positions, axis)[0];
    for (let n = axis; n < positions.length; n += 3) placed[n] = positions[n] + shift;
  }
  return placed;
}

/** Why the block does not fit its room, axis by axis with the lacking length; null if it fits. */
export function roomProblem(extent: readonly number[], room: readonly number[]): string | null {
  const lacking = AXES.flatMap((name, axis) => {
    const lack = extent[axis] - room[axis];
    if (lack <= 0) return [];
    return [
      `along ${name} it needs ${metres(extent[axis])} and has ${metres(room[axis])} (${metres(lack)} too little)`,
    ];
  });
  return lacking.length > 0 ? `The farm does not fit the room: ${lacking.join('; ')}.` : null;
}

/** Rounded up to the centimetre, so that following the message is enough. */
const metres = (length: number): string => `${(Math.ceil(length * 100 - 1e-9) / 100).toFixed(2)} m`;
