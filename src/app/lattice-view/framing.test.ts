import { Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { frameBox, type Lens, type Pose, SIDES } from './framing.ts';
import type { Extent } from './geometry.ts';

const BLOCK: Extent = { min: new Vector3(4, 3, 0.5), max: new Vector3(5.4, 4.2, 1.6) };

/** Corners of the grown box as the camera sees them, −1…1 across the view. */
function seen({ min, max }: Extent, margin: number, { position, target }: Pose, lens: Lens): [number, number][] {
  const back = position.clone().sub(target).normalize();
  const right = new Vector3(0, 0, 1).cross(back).normalize();
  const up = back.clone().cross(right);
  return Array.from({ length: 8 }, (_, i) => {
    const corner = new Vector3(
      i & 1 ? max.x + margin : min.x - margin,
      i & 2 ? max.y + margin : min.y - margin,
      i & 4 ? max.z + margin : min.z - margin,
    ).sub(position);
    const depth = -corner.dot(back);
    return [corner.dot(right) / depth / lens.tanX, corner.dot(up) / depth / lens.tanY];
  });
}

describe('framing', () => {
  for (const [name, side] of Object.entries(SIDES)) {
    for (const aspect of [0.5, 1, 2.2]) {
      it(`fills the free part of the view from ${name} at aspect ${aspect}`, () => {
        const insets = { left: 0.02, right: 0.05, top: 0.1, bottom: 0.04 };
        const lens: Lens = { tanX: 0.3 * aspect, tanY: 0.3, insets };
        const corners = seen(BLOCK, 0.06, frameBox(BLOCK, 0.06, side, lens), lens);
        const slack = [
          Math.min(...corners.map(([x]) => x)) - (-1 + 2 * insets.left),
          1 - 2 * insets.right - Math.max(...corners.map(([x]) => x)),
          Math.min(...corners.map(([, y]) => y)) - (-1 + 2 * insets.bottom),
          1 - 2 * insets.top - Math.max(...corners.map(([, y]) => y)),
        ];
        expect(Math.min(...slack)).toBeGreaterThan(-1e-9);
        // One pair of sides touches; the other is centred as well as perspective allows.
        const touching = slack.filter((free) => free < 1e-6).length;
        expect(touching).toBeGreaterThanOrEqual(2);
      });
    }
  }
});
