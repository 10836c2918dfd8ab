import { expect, test } from 'vitest';
import { DelayLine } from './delay-line.ts';

/** A ramp through the line: what comes out at time t. */
function ramp(delay: number, dt: number, end: number): number {
  const line = new DelayLine(2);
  const values = new Float64Array(2);
  for (let t = 0; t < end - 1e-9; t += dt) {
    values.set([t, -t]);
    line.pass(values, delay, dt);
  }
  expect(values[1]).toBe(-(values[0] as number));
  return values[0] as number;
}

test.each([0.5, 2, 10])('a ramp comes out %s s late, to a thirtieth of the delay', (delay) => {
  expect(Math.abs(3 * delay - ramp(delay, 0.01, 3 * delay) - delay)).toBeLessThan(delay / 25 + 0.02);
});

test('steps longer than the delay, and no delay', () => {
  expect(ramp(0.1, 0.5, 5)).toBe(4.5);
  expect(ramp(0, 0.01, 1)).toBeCloseTo(0.99, 9);
});

test('a delay that begins or ends starts from the present values', () => {
  const line = new DelayLine(1);
  const at = (value: number, delay: number): number => {
    const values = Float64Array.of(value);
    line.pass(values, delay, 0.1);
    return values[0] as number;
  };
  expect(at(5, 0)).toBe(5);
  expect(at(6, 2)).toBe(6);
  expect(at(7, 2)).toBe(6);
  expect(at(8, 0)).toBe(8);
  expect(at(9, 2)).toBe(9);
});
