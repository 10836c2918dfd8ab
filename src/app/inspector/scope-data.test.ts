// The scope stands still: whatever the time, the window begins at a turn of the drive clock and holds whole cycles.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smoothed, wholeCycles } from './scope-data.ts';

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

describe('a curve through the steps', () => {
  it('is that of the wave: twelve steps a cycle to 0.2 %, its second harmonic too', () => {
    const wave = (turn: number): number => Math.sin(2 * Math.PI * turn) + 0.02 * Math.sin(4 * Math.PI * turn + 1);
    const samples = Float64Array.from({ length: 37 }, (_, m) => wave(m / 12));
    smoothed(samples, 4).forEach((value, m) => {
      expect(Math.abs(value - wave(m / 48))).toBeLessThan(m > 8 && m < 136 ? 2e-3 : 1e-2);
    });
  });

  it('goes through every step, and leaves short records as they are', () => {
    const samples = Float64Array.from([0, 3, -1, 4, 1, -5, 9, 2]);
    const curve = smoothed(samples, 3);
    samples.forEach((value, m) => {
      expect(curve[3 * m]).toBeCloseTo(value, 12);
    });
    expect(smoothed(samples.slice(0, 4), 3)).toHaveLength(4);
    expect(smoothed(samples, 1)).toBe(samples);
  });
});
