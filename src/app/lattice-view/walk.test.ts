import { describe, expect, it } from 'vitest';
import type { LayoutData } from '../../worker/protocol.ts';
import { selectionAfterClick } from './picking.ts';
import { neighboursOf, stepByNumber, stepTowards } from './walk.ts';

/** A 3 × 3 sheet in the x–z plane with ducts along both axes; layer = row. */
const SHEET: LayoutData = {
  version: 1,
  chambers: 9,
  ducts: 12,
  positions: Float32Array.from({ length: 27 }, (_, i) => [Math.floor(i / 3) % 3, 0, Math.floor(i / 9)][i % 3] ?? 0),
  layers: Uint16Array.from({ length: 9 }, (_, i) => Math.floor(i / 3)),
  layerCount: 3,
  edges: Uint32Array.from(
    [0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((i) => [...(i % 3 < 2 ? [i, i + 1] : []), ...(i < 6 ? [i, i + 3] : [])]),
  ),
  chamberRadiusM: 0.4,
  ductRadiusM: 0.1,
  roomM: [5, 5, 5],
  roomProblem: null,
};

describe('walk through the lattice', () => {
  it('knows the neighbours of a chamber', () => {
    expect([...neighboursOf(SHEET, 4)].sort()).toEqual([1, 3, 5, 7]);
    expect([...neighboursOf(SHEET, 0)].sort()).toEqual([1, 3]);
  });

  it('steps to the neighbour that lies most in the direction', () => {
    expect(stepTowards(SHEET, 4, [1, 0, 0.2], null)).toBe(5);
    expect(stepTowards(SHEET, 4, [0.1, 0, -3], null)).toBe(1);
  });

  it('stays at the edge and does not enter hidden layers', () => {
    expect(stepTowards(SHEET, 0, [-1, 0, 0], null)).toBeNull();
    expect(stepTowards(SHEET, 4, [0, 0, 1], [0, 1])).toBeNull();
  });

  it('goes round by number, over shown layers only', () => {
    expect(stepByNumber(SHEET, 8, 1, null)).toBe(0);
    expect(stepByNumber(SHEET, 5, 1, [0, 1])).toBe(0);
    expect(stepByNumber(SHEET, 0, -1, [0, 1])).toBe(5);
  });
});

describe('clicks', () => {
  it('select one, toggle more, and clear on empty ground', () => {
    expect(selectionAfterClick([1, 2], 7, false)).toEqual([7]);
    expect(selectionAfterClick([1, 2], 7, true)).toEqual([1, 2, 7]);
    expect(selectionAfterClick([1, 2], 2, true)).toEqual([1]);
    expect(selectionAfterClick([1, 2], null, false)).toEqual([]);
    expect(selectionAfterClick([1, 2], null, true)).toEqual([1, 2]);
  });
});
