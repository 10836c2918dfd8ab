import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MinMaxRing } from './min-max-ring.ts';

test('no peak is lost and no sample is out of order, however long it runs and whatever is asked', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 60 }),
      fc.nat(1e6),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (samples, points, seed, share) => {
        const ring = new MinMaxRing(16, 2);
        const value = (k: number): number => ((k * 7919 + seed) % 1013) - 500;
        for (let k = 0; k < samples; k++) ring.add(k, [value(k), k % 5 === 0 ? Number.NaN : k]);
        const all = Array.from({ length: samples }, (_, k) => value(k));
        const { time, series } = ring.query([0], Number.NaN, Number.NaN, points);
        expect(ring.length).toBeLessThanOrEqual(16);
        expect(time.length).toBeLessThanOrEqual(Math.min(points, 16));
        expect(Math.min(...(series[0]?.min ?? []))).toBe(Math.min(...all));
        expect(Math.max(...(series[0]?.max ?? []))).toBe(Math.max(...all));
        expect(time.every((t, b) => b === 0 || t > (time[b - 1] ?? 0))).toBe(true);
        expect(time[time.length - 1]).toBe(samples - 1);
        // What a bucket tells came after the bucket before.
        const from = Math.floor(share * samples);
        const late = ring.query([1], from, Number.NaN, points);
        const { min, max } = late.series[0] ?? { min: [], max: [] };
        for (let b = 1; b < late.time.length; b++) {
          expect(min[b] ?? Number.NaN).not.toBeLessThanOrEqual(late.time[b - 1] ?? 0);
          expect(max[b] ?? Number.NaN).not.toBeGreaterThan(late.time[b] ?? 0);
        }
        expect(ring.span[1]).toBe(samples - 1);
      },
    ),
    { numRuns: 300, seed: 3 },
  );
});

test('the newest half is kept sample by sample; the oldest spans grow', () => {
  const ring = new MinMaxRing(8, 1);
  for (let k = 0; k < 100; k++) ring.add(k, [k]);
  const { time, series } = ring.query([0], Number.NaN, Number.NaN, 100);
  expect([...time].slice(-4)).toEqual([96, 97, 98, 99]);
  expect([...(series[0]?.min ?? [])].slice(-4)).toEqual([96, 97, 98, 99]);
  expect(series[0]?.min[0]).toBe(0);
});

test('columns begin, pause and are forgotten for themselves', () => {
  const ring = new MinMaxRing(8, 3);
  ring.add(0, [1, Number.NaN, Number.NaN]);
  ring.add(1, [2, 20, Number.NaN]);
  ring.add(2, [Number.NaN, 30, Number.NaN]);
  const [a, b, c] = ring.query([0, 1, 2], Number.NaN, Number.NaN, 9).series;
  expect([...(a?.max ?? [])]).toEqual([1, 2, Number.NaN]);
  expect([...(b?.max ?? [])]).toEqual([Number.NaN, 20, 30]);
  expect([...(c?.max ?? [])]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  // One bucket over all has what there is.
  expect(ring.query([0], Number.NaN, Number.NaN, 1).series[0]?.max[0]).toBe(2);
  ring.clearColumn(1);
  ring.add(3, [3, 40, 1]);
  expect([...(ring.query([1], Number.NaN, Number.NaN, 9).series[0]?.min ?? [])]).toEqual([
    Number.NaN,
    Number.NaN,
    Number.NaN,
    40,
  ]);
  ring.clear();
  expect([ring.length, ring.span, ring.query([0], 0, 9, 5).time.length]).toEqual([0, [0, 0], 0]);
  expect(() => new MinMaxRing(6, 1)).toThrow(RangeError);
});
