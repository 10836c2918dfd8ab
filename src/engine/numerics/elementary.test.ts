import { expect, test } from 'vitest';
import { atan2, cbrt, cos, exp, log, pow, sin, tanh } from './elementary.ts';
import { hashNumbers } from './hash.ts';

/** Pseudo-random doubles from integer arithmetic only. */
function* samples(count: number): Generator<number> {
  let state = 123456789;
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 4294967296;
  }
}
const relative = (a: number, b: number) => Math.abs(a - b) / Math.max(Math.abs(b), 1e-300);

test('the elementary functions agree with the platform to a few ulp', () => {
  for (const u of samples(20000)) {
    const x = (u - 0.5) * 200;
    expect(relative(exp(x), Math.exp(x))).toBeLessThan(5e-16);
    expect(relative(log(u * 1e6 + 1e-9), Math.log(u * 1e6 + 1e-9))).toBeLessThan(1e-15);
    expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThan(3e-16);
    expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThan(3e-16);
    expect(Math.abs(atan2(x, u - 0.7) - Math.atan2(x, u - 0.7))).toBeLessThan(1e-15);
    expect(relative(cbrt(x), Math.cbrt(x))).toBeLessThan(5e-16);
    expect(relative(pow(u + 0.1, 2.7), (u + 0.1) ** 2.7)).toBeLessThan(2e-15);
    expect(Math.abs(tanh(x / 50) - Math.tanh(x / 50))).toBeLessThan(1e-15);
  }
});

test('edges', () => {
  expect(exp(0)).toBe(1);
  expect(exp(-1000)).toBe(0);
  expect(exp(1000)).toBe(Number.POSITIVE_INFINITY);
  expect(log(1)).toBe(0);
  expect(log(0)).toBe(Number.NEGATIVE_INFINITY);
  expect(log(-1)).toBeNaN();
  expect(atan2(0, -1)).toBe(Math.PI);
  expect(atan2(-1, 0)).toBe(-Math.PI / 2);
  expect(pow(0, 2)).toBe(0);
});

test('their bits are pinned, so that a change of algorithm is seen', () => {
  const values: number[] = [];
  for (const u of samples(2000)) values.push(exp(u * 10), log(u + 0.01), sin(u * 50), cos(u * 50), atan2(u, u - 0.5));
  expect(hashNumbers([Float64Array.from(values)])).toBe('911e22738b5d1134');
});
