import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LayoutData } from '../../worker/protocol.ts';
import { ChamberGrid } from './chamber-grid.ts';

const layoutOf = (positions: readonly number[], chamberRadiusM: number): LayoutData => ({
  version: 1,
  chambers: positions.length / 3,
  ducts: 0,
  positions: Float32Array.from(positions),
  layers: new Uint16Array(positions.length / 3),
  layerCount: 1,
  edges: new Uint32Array(0),
  chamberRadiusM,
  ductRadiusM: 0.01,
  roomM: [10, 10, 10],
  roomProblem: null,
});
const every = () => true;

/** What the grid must agree with: every chamber asked. */
function firstOfAll(
  { positions, chambers }: LayoutData,
  o: readonly number[],
  d: readonly number[],
  radius: number,
): number | null {
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < chambers; i++) {
    const to = [0, 1, 2].map((axis) => (positions[3 * i + axis] as number) - (o[axis] as number));
    const along = to.reduce((sum, x, axis) => sum + x * (d[axis] as number), 0);
    const inside = radius ** 2 - (to.reduce((sum, x) => sum + x * x, 0) - along ** 2);
    const distance = along - Math.sqrt(inside);
    if (inside >= 0 && distance > 0 && distance < least) {
      least = distance;
      best = i;
    }
  }
  return best;
}

test('a ray meets the nearest chamber in its way, and none behind it or filtered out', () => {
  const grid = new ChamberGrid(layoutOf([0, 0, 0, 2, 0, 0, 4, 0, 0], 0.5));
  expect(grid.first({ origin: [-3, 0.1, 0], direction: [1, 0, 0] }, 0.5, every)).toBe(0);
  expect(grid.first({ origin: [9, 0.1, 0], direction: [-1, 0, 0] }, 0.5, every)).toBe(2);
  expect(grid.first({ origin: [1, 0, 0], direction: [1, 0, 0] }, 0.5, every)).toBe(1);
  expect(grid.first({ origin: [-3, 0, 0], direction: [1, 0, 0] }, 0.5, (i) => i > 0)).toBe(1);
  expect(grid.first({ origin: [-3, 0.7, 0], direction: [1, 0, 0] }, 0.5, every)).toBeNull();
  expect(grid.first({ origin: [-3, 0, 0], direction: [-1, 0, 0] }, 0.5, every)).toBeNull();
});

test('one chamber, and none', () => {
  expect(
    new ChamberGrid(layoutOf([1, 2, 3], 0.1)).first({ origin: [1, 2, 9], direction: [0, 0, -1] }, 0.1, every),
  ).toBe(0);
  expect(new ChamberGrid(layoutOf([], 0.1)).first({ origin: [0, 0, 9], direction: [0, 0, -1] }, 0.1, every)).toBeNull();
});

test('it agrees with asking every chamber, for scattered chambers and any ray', () => {
  const place = fc.double({ min: -3, max: 3, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(place, { minLength: 3, maxLength: 240 }),
      fc.tuple(place, place, place),
      fc.tuple(place, place, place),
      fc.double({ min: 0.2, max: 1, noNaN: true }),
      (numbers, origin, aim, share) => {
        const layout = layoutOf(numbers.slice(0, 3 * Math.floor(numbers.length / 3)), 0.3);
        const length = Math.hypot(...aim);
        fc.pre(length > 1e-3);
        const direction = aim.map((x) => x / length) as [number, number, number];
        const far = origin.map((x) => 3 * x) as [number, number, number];
        const found = new ChamberGrid(layout).first({ origin: far, direction }, 0.3 * share, every);
        expect(found).toBe(firstOfAll(layout, far, direction, 0.3 * share));
      },
    ),
    { seed: 7, numRuns: 3000 },
  );
});
