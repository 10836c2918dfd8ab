import { describe, expect, it } from 'vitest';
import type { RoomField } from '../../engine/cooling/room/field.ts';
import {
  airAt,
  arrowSpacing,
  arrowTriangles,
  cellAt,
  extremes,
  inPlane,
  meet,
  referenceSpeed,
  roomLength,
  sliceArrows,
  sliceCells,
  slicePlace,
} from './air-slice.ts';

/** A room of 4 × 3 × 2 m in 3 × 2 × 2 uneven cells; temperature counts the cells, the air moves along x and z. */
const field: RoomField = {
  cells: [3, 2, 2],
  edges: [Float32Array.of(0, 1, 1.5, 4), Float32Array.of(0, 2, 3), Float32Array.of(0, 0.5, 2)],
  temperature: Float32Array.from({ length: 12 }, (_, n) => 300 + n),
  velocity: Float32Array.from({ length: 36 }, (_, k) => [0.3, 0, 0.4][k % 3] as number),
};

describe('cells of uneven size', () => {
  it('are found by their faces; outside counts to the outermost', () => {
    const edges = field.edges[0];
    expect([-1, 0, 0.99, 1, 1.4, 1.5, 3.9, 4, 9].map((x) => cellAt(edges, x))).toEqual([0, 0, 0, 1, 1, 2, 2, 2, 2]);
  });

  it('give the air at a point, x fastest', () => {
    const { temperature, velocity, speed } = airAt(field, [1.2, 2.5, 1]);
    expect(temperature).toBe(300 + 1 + 3 * (1 + 2 * 1));
    expect(velocity[0]).toBeCloseTo(0.3, 6);
    expect(speed).toBeCloseTo(0.5, 6);
  });
});

describe('a slice', () => {
  it('stands in the middle of the lattice until it is moved', () => {
    const view = { shown: true, axis: 'x', quantity: 'temperature' } as const;
    expect(slicePlace({ ...view, share: null }, 4, 1.2)).toBe(1.2);
    expect(slicePlace({ ...view, share: 0.25 }, 4, 1.2)).toBe(1);
  });

  it.each([0, 1, 2] as const)('across axis %i covers the room’s section with the true cells', (axis) => {
    const [u, v] = inPlane(axis);
    const place = 0.4 * roomLength(field, axis);
    const { corners, values } = sliceCells(field, axis, place, 'temperature');
    expect(values).toHaveLength(field.cells[u] * field.cells[v]);
    let area = 0;
    for (let n = 0; n < values.length; n++) {
      const at = (corner: number, a: number): number => corners[12 * n + 3 * corner + a] as number;
      area += (at(2, u) - at(0, u)) * (at(2, v) - at(0, v));
      const centre = [0, 1, 2].map((a) => (at(0, a) + at(2, a)) / 2) as [number, number, number];
      expect(centre[axis]).toBeCloseTo(place, 6);
      expect(values[n]).toBe(airAt(field, centre).temperature);
    }
    expect(area).toBeCloseTo(roomLength(field, u) * roomLength(field, v), 5);
  });

  it('shows speed as well, and its extremes', () => {
    const { values } = sliceCells(field, 2, 1, 'speed');
    const range = extremes(values);
    expect(range?.[0]).toBeCloseTo(0.5, 6);
    expect(range?.[1]).toBeCloseTo(0.5, 6);
    expect(extremes([])).toBeNull();
  });
});

describe('arrows', () => {
  it('stand at even distances within the room and show the in-plane components', () => {
    const spacing = arrowSpacing(field, 1);
    const arrows = sliceArrows(field, 1, 1, spacing);
    expect(spacing).toBeCloseTo(4 / 28, 6);
    expect(arrows).toHaveLength(28 * 14);
    for (const { from, along } of arrows) {
      expect(from[1]).toBe(1);
      expect(from[0]).toBeGreaterThan(0);
      expect(from[0]).toBeLessThan(4);
      // Across y the plane runs along z, then x.
      expect(along[0]).toBeCloseTo(0.4, 6);
      expect(along[1]).toBeCloseTo(0.3, 6);
    }
  });

  it('are as long as their speed over the reference, tip from tail', () => {
    const arrows = [{ from: [1, 1, 1] as const, along: [0.25, 0] as const }];
    const reference = referenceSpeed(arrows);
    expect(reference).toBeCloseTo(0.25, 6);
    const full = arrowTriangles(arrows, 1, 0.5, reference, 0);
    const z = (triangles: Float32Array) => Array.from(triangles).filter((_, k) => k % 3 === 2);
    expect(Math.max(...z(full)) - Math.min(...z(full))).toBeCloseTo(0.5, 6);
    const half = arrowTriangles(arrows, 1, 0.5, 2 * reference, 0);
    expect(Math.max(...z(half)) - Math.min(...z(half))).toBeCloseTo(0.25, 6);
  });

  it('are not drawn in still air', () => {
    const arrows = [{ from: [1, 1, 1] as const, along: [0, 0] as const }];
    expect(referenceSpeed(arrows)).toBe(0);
    expect(arrowTriangles(arrows, 1, 0.5, 0, 0)).toHaveLength(0);
  });
});

describe('a line of sight', () => {
  it('meets the slice in the room', () => {
    expect(meet(field, 0, 2, [-2, 1, 1], [1, 0, 0])).toEqual({ point: [2, 1, 1], distance: 4 });
  });
  it('misses it behind the eye, beside the room, and along the plane', () => {
    expect(meet(field, 0, 2, [-2, 1, 1], [-1, 0, 0])).toBeNull();
    expect(meet(field, 0, 2, [-2, 1, 1], [1, 1, 0])).toBeNull();
    expect(meet(field, 0, 2, [-2, 1, 1], [0, 1, 0])).toBeNull();
  });
});
