import { describe, expect, it } from 'vitest';
import { countInto } from './histogram.ts';

describe('histogram', () => {
  it('counts every value once, those outside in the end bins', () => {
    const bins = new Uint32Array(4);
    const largest = countInto(bins, Float32Array.of(-9, 0, 0.3, 0.6, 0.61, 1, 50), 0, 1);
    expect([...bins]).toEqual([2, 1, 2, 2]);
    expect(largest).toBe(2);
  });

  it('forgets the counts of before', () => {
    const bins = Uint32Array.of(7, 7);
    expect(countInto(bins, new Float32Array(0), 0, 1)).toBe(0);
  });
});
