// The scope stands still: whatever the time, the window begins at a turn of the drive clock and holds whole cycles.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wholeCycles } from './scope-data.ts';

const record = (endS: number, stepS: number, n: number) =>
  Float64Array.from({ length: n }, (_, i) => endS - (n - 1 - i) * stepS);

describe('whole cycles', () => {
  it('begin at a turn of the drive clock, at any time', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 100, noNaN: true }), (end) => {
        const time = record(end, 1 / 40_000, 400);
        const { from, to, startS } = wholeCycles(time, 1000);
        expect(startS * 1000).toBeCloseTo(Math.round(startS * 1000), 6);
        expect(to - from).toBeGreaterThanOrEqual(119);
        expect(to - from).toBeLessThanOrEqual(122);
      }),
    );
  });
  it('take everything when less than a cycle is recorded', () => {
    const time = record(0.0005, 1 / 40_000, 10);
    expect(wholeCycles(time, 1000)).toMatchObject({ from: 0, to: 10 });
    expect(wholeCycles(new Float64Array(0), 1000)).toEqual({ from: 0, to: 0, startS: 0 });
  });
});
