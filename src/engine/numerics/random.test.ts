import { describe, expect, it } from 'vitest';
import { createRandom, restoreRandom } from './random.ts';

const take = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);

describe('random', () => {
  it('gives the values of the reference implementation (xoshiro128starstar.c 1.1, state 1, 2, 3, 4)', () => {
    const random = restoreRandom([1, 2, 3, 4]);
    const expected = [
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ];
    expect(take(10, random.nextUint32)).toEqual(expected);
  });

  it('gives fixed values for a seed', () => {
    // The states for 0 and 42 are those of other implementations of splitmix32 with these constants.
    expect(createRandom(0).state()).toEqual([1684164658, 3653269916, 2939563536, 2141751570]);
    expect(createRandom(42).state()).toEqual([551831576, 144025891, 322543647, 3034809370]);
    expect(take(3, createRandom(1).next)).toEqual([0.09156953175513294, 0.8881928137485323, 0.43427017709149285]);
    expect(take(2, createRandom(4294967295).nextUint32)).toEqual([4104197751, 1825856343]);
  });

  it('continues from a saved state', () => {
    const random = createRandom(7);
    take(5, random.next);
    const saved = random.state();
    expect(take(5, restoreRandom(saved).next)).toEqual(take(5, random.next));
  });

  it('is uniform in [0, 1) within sampling error', () => {
    const random = createRandom(3);
    const values = take(100_000, random.next);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const square = values.reduce((sum, x) => sum + x * x, 0) / values.length;
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(4 * Math.sqrt(1 / 12 / 100_000));
    expect(Math.abs(square - 1 / 3)).toBeLessThan(4 * Math.sqrt(4 / 45 / 100_000));
  });

  it('refuses the state from which it would never move', () => {
    expect(() => restoreRandom([0, 0, 0, 0])).toThrow(/all zeros/);
  });
});
