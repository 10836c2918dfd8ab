import { describe, expect, it } from 'vitest';
import {
  AutoRange,
  percentile,
  robustRange,
  roundRange,
  roundUp,
  sampleAmplitudes,
  samplePhased,
  sampleValues,
} from './ranges.ts';

const floats = (...values: number[]): Float32Array => Float32Array.from(values);

describe('samples', () => {
  it('takes every value of a small frame and leaves out what is not a number', () => {
    const into = new Float32Array(8);
    expect(sampleValues(floats(1, Number.NaN, 3, Number.POSITIVE_INFINITY), into)).toBe(2);
    expect([...into.subarray(0, 2)]).toEqual([1, 3]);
  });

  it('never writes more than the sample holds', () => {
    const into = new Float32Array(100);
    expect(sampleValues(new Float32Array(100_001), into)).toBeLessThanOrEqual(100);
    expect(sampleAmplitudes(new Float32Array(200_002), into)).toBeLessThanOrEqual(100);
    expect(samplePhased(new Float32Array(200_002), 1, 0, into)).toBeLessThanOrEqual(100);
  });

  it('measures amplitudes and momentary values of pairs', () => {
    const into = new Float32Array(4);
    expect(sampleAmplitudes(floats(3, 4, 0, -2), into)).toBe(2);
    expect([...into.subarray(0, 2)]).toEqual([5, 2]);
    samplePhased(floats(3, 4, 0, -2), 0, 1, into);
    expect([...into.subarray(0, 2)]).toEqual([4, -2]);
  });
});

describe('robust range', () => {
  it('interpolates percentiles', () => {
    expect(percentile(floats(0, 10), 0.25)).toBe(2.5);
    expect(percentile(floats(7), 0.9)).toBe(7);
    expect(percentile(floats(), 0.5)).toBeNaN();
  });

  it('is the 90th percentile of the amplitudes on both sides of zero', () => {
    const amplitudes = Float32Array.from({ length: 101 }, (_, i) => i);
    expect(robustRange(amplitudes, 'diverging', true)).toEqual([-90, 90]);
  });

  it('is symmetric for deviations and leaves out the extremes of magnitudes', () => {
    const values = Float32Array.from({ length: 101 }, (_, i) => i - 20);
    expect(robustRange(values.slice(), 'diverging', false)).toEqual([-78, 78]);
    expect(robustRange(values.slice(), 'sequential', false)).toEqual([-18, 78]);
  });

  it('is the whole circle for phase and nothing without values', () => {
    expect(robustRange(floats(0.1), 'cyclic', false)).toEqual([-Math.PI, Math.PI]);
    expect(robustRange(floats(), 'heat', false)).toBeNull();
  });
});

describe('round ends', () => {
  it('rounds up to numbers people read easily', () => {
    expect([7.1, 6891, 0.013, 1, 10].map(roundUp)).toEqual([8, 8000, 0.015, 1, 10]);
  });

  it('contains the data', () => {
    const [low, high] = roundRange([299.213, 304.871], 'heat');
    expect(low).toBeLessThanOrEqual(299.213);
    expect(high).toBeGreaterThanOrEqual(304.871);
    expect(high - low).toBeLessThan(7);
  });

  it('gives a flat field a small range around it', () => {
    const [low, high] = roundRange([300, 300], 'heat');
    expect(low).toBeLessThan(300);
    expect(high).toBeGreaterThan(300);
    expect(high - low).toBeLessThan(1);
    const [zeroLow, zeroHigh] = roundRange([0, 0], 'sequential');
    expect(zeroHigh).toBeGreaterThan(zeroLow);
  });
});

describe('quiet fields', () => {
  it('do not shrink the range below what is worth showing', () => {
    expect(roundRange([0, 0], 'diverging', 2)).toEqual([-1, 1]);
    expect(roundRange([0, 0], 'sequential', 2)).toEqual([0, 2]);
  });

  it('keep a magnitude from starting below zero', () => {
    expect(roundRange([0.0001, 0.0002], 'sequential', 1)[0]).toBe(0);
  });

  it('rest at a quiet range without flicker', () => {
    const auto = new AutoRange();
    for (let t = 0; t < 20_000; t += 250) expect(auto.update([-1e-7, 1e-7], 'diverging', t, 2)).toEqual([-1, 1]);
  });
});

describe('automatic range', () => {
  it('takes the first data as they are, and grows at once', () => {
    const auto = new AutoRange();
    expect(auto.update([-71, 71], 'diverging', 0)).toEqual([-80, 80]);
    expect(auto.update([-130, 130], 'diverging', 250)).toEqual([-150, 150]);
  });

  it('does not move while the data flicker within it', () => {
    const auto = new AutoRange();
    auto.update([-71, 71], 'diverging', 0);
    for (let i = 1; i < 100; i++) {
      const size = 70 + 8 * Math.sin(i);
      expect(auto.update([-size, size], 'diverging', 250 * i)).toEqual([-80, 80]);
    }
  });

  it('does not shrink when a standing wave passes zero, only when the data stay small', () => {
    const auto = new AutoRange();
    auto.update([-100, 100], 'diverging', 0);
    expect(auto.update([-5, 5], 'diverging', 250)).toEqual([-100, 100]);
    expect(auto.update([-95, 95], 'diverging', 500)).toEqual([-100, 100]);
    for (let t = 750; t < 3200; t += 250) expect(auto.update([-20, 20], 'diverging', t)).toEqual([-100, 100]);
    expect(auto.update([-20, 20], 'diverging', 3500)).toEqual([-20, 20]);
  });

  it('starts afresh after a reset', () => {
    const auto = new AutoRange();
    auto.update([-100, 100], 'diverging', 0);
    auto.reset();
    expect(auto.update([-5, 5], 'diverging', 10)).toEqual([-5, 5]);
  });
});
