// Ticks are round, lie within the range, and their labels have the decimals they need.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearTicks, logarithmicTicks, paddedRange, tickLabels } from './ticks.ts';

describe('linear ticks', () => {
  it('fall on round numbers', () => {
    expect(linearTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(linearTicks(-3, 7, 5)).toEqual([-2, 0, 2, 4, 6]);
    expect(tickLabels(linearTicks(0, 1, 5))).toEqual(['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']);
  });
  it('stay within the range and are few, for any range', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
        (min, span) => {
          const max = min + span;
          if (!(max > min) || (max - min) / Math.max(1, Math.abs(min)) < 1e-9) return;
          const ticks = linearTicks(min, max, 5);
          expect(ticks.length).toBeGreaterThan(1);
          expect(ticks.length).toBeLessThan(12);
          for (const t of ticks) {
            expect(t).toBeGreaterThanOrEqual(min - span * 1e-6);
            expect(t).toBeLessThanOrEqual(max + span * 1e-6);
          }
        },
      ),
    );
  });
  it('give up calmly on an empty range', () => {
    expect(linearTicks(2, 2)).toEqual([2]);
    expect(linearTicks(Number.NaN, 1)).toEqual([]);
  });
});

describe('logarithmic ticks', () => {
  it('are powers of ten, thinned', () => {
    expect(logarithmicTicks(0.5, 2000)).toEqual([1, 10, 100, 1000]);
    expect(logarithmicTicks(1e-12, 1e12, 6).length).toBeLessThanOrEqual(7);
    expect(logarithmicTicks(0, 1)).toEqual([]);
  });
});

describe('padded range', () => {
  it('keeps rounding noise flat and does not invent negatives', () => {
    const [low, high] = paddedRange(300, 300 + 1e-10);
    expect(high - low).toBeGreaterThan(1e-4);
    expect(paddedRange(0, 1)[0]).toBe(0);
    expect(paddedRange(-1, 1)[0]).toBeLessThan(-1);
    expect(paddedRange(0, 0)).toEqual([0, 0.56]);
  });
});
