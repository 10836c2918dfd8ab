import { describe, expect, it } from 'vitest';
import { boxEdges, gridStep } from './room.ts';

describe('the room', () => {
  it('has twelve edges from inside and leaves out those before the eye from outside', () => {
    expect(boxEdges(4, 3, 2, 0)).toHaveLength(12 * 6);
    // Before the wall y = 0 and above the ceiling: the edge between them is left out.
    const edges = boxEdges(4, 3, 2, (1 << 2) | (1 << 5));
    expect(edges).toHaveLength(11 * 6);
    const kept = Array.from({ length: 11 }, (_, i) => edges.slice(6 * i, 6 * i + 6));
    expect(kept).not.toContainEqual([0, 0, 2, 4, 0, 2]);
  });

  it('has a grid of metres, coarser in a hall', () => {
    expect(gridStep(10, 8)).toBe(1);
    expect(gridStep(900, 900)).toBe(10);
  });
});
