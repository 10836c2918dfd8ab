import { expect, test } from 'vitest';
import { checkCase } from './case.ts';
import { CASES } from './cases.ts';

for (const c of CASES) {
  test(`${c.id} ${c.description}`, () => {
    const measurements = checkCase(c);
    expect(measurements.length).toBeGreaterThan(0);
    for (const { label, expected, measured, pass, error } of measurements) {
      expect(pass, `${label}: ${measured} against ${expected}, error ${error}`).toBe(true);
    }
  });
}

test('ids are unique, and a wrong or missing number does not pass', () => {
  expect(new Set(CASES.map((c) => c.id)).size).toBe(CASES.length);
  const [first] = CASES;
  if (!first) throw new Error('no cases');
  const wrong = (measured: number) =>
    checkCase({ ...first, compute: () => [{ label: 'x', expected: 1, measured }] })[0]?.pass;
  expect(wrong(1)).toBe(true);
  expect(wrong(1.1)).toBe(false);
  expect(wrong(Number.NaN)).toBe(false);
});
