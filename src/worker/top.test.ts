import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageOf, topIndices } from './top.ts';

test('the page is that of the whole list sorted', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(Number.NaN)), { maxLength: 60 }),
      fc.nat(70),
      fc.nat(20),
      (keys, offset, limit) => {
        const value = (k: number): number => (Number.isNaN(keys[k]) ? Number.NEGATIVE_INFINITY : (keys[k] ?? 0));
        const sorted = keys.map((_, k) => k);
        sorted.sort((a, b) => (value(a) === value(b) ? a - b : value(b) > value(a) ? 1 : -1));
        expect(pageOf(keys.length, (k) => keys[k] ?? 0, offset, limit)).toEqual(sorted.slice(offset, offset + limit));
      },
    ),
    { numRuns: 2000, seed: 5 },
  );
  expect(topIndices(0, () => 1, 5)).toEqual([]);
  expect(topIndices(3, (k) => k, 0)).toEqual([]);
});
