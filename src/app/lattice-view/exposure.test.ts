import { describe, expect, it } from 'vitest';
import type { LayoutData } from '../../worker/protocol.ts';
import { deepestShell, exposureOf } from './exposure.ts';

/** A straight row of seven chambers, each in its own layer. */
const ROW: LayoutData = {
  version: 1,
  chambers: 7,
  ducts: 6,
  positions: new Float32Array(21),
  layers: Uint16Array.of(0, 1, 2, 3, 4, 5, 6),
  layerCount: 7,
  edges: Uint32Array.of(0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6),
  chamberRadiusM: 1,
  ductRadiusM: 0.1,
  roomM: [1, 1, 1],
  roomProblem: null,
};
const openness = (exposure: Uint8Array): number[] => [...exposure].filter((_, i) => i % 2 === 0);
const shells = (exposure: Uint8Array): number[] => [...exposure].filter((_, i) => i % 2 === 1);

describe('exposure', () => {
  it('is none where every neighbour is there', () => {
    expect(openness(exposureOf(ROW, null))).toEqual([128, 0, 0, 0, 0, 0, 128]);
  });

  it('counts shells inwards from the skin', () => {
    expect(shells(exposureOf(ROW, null))).toEqual([0, 1, 2, 3, 2, 1, 0]);
  });

  it('counts only shown neighbours', () => {
    const exposure = exposureOf(ROW, [2, 4]);
    expect(openness(exposure).slice(2, 5)).toEqual([128, 0, 128]);
    expect(shells(exposure).slice(2, 5)).toEqual([0, 1, 0]);
  });

  it('draws deeper shells the further the chambers stand apart', () => {
    expect(deepestShell(1)).toBeLessThan(deepestShell(1.2));
    expect(deepestShell(2)).toBe(255);
  });
});
