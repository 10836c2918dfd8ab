import { expect, test } from 'vitest';
import { Pacing } from './schedule.ts';

test('wall time times the scale gives the steps, none lost between calls', () => {
  const pacing = new Pacing(0.01);
  let steps = 0;
  for (let k = 0; k <= 1000; k++) {
    const due = pacing.due(k * 0.0037, 25e-6);
    pacing.spend(due, 25e-6);
    steps += due;
  }
  expect(Math.abs(steps - (3.7 * 0.01) / 25e-6)).toBeLessThanOrEqual(1);
});

test('of a long absence half a second is caught up', () => {
  const pacing = new Pacing(1);
  pacing.due(0, 1e-3);
  expect(pacing.due(3600, 1e-3)).toBeLessThanOrEqual(502);
});

test('it says how long until the next step', () => {
  const pacing = new Pacing(1e-3);
  pacing.due(0, 25e-6);
  expect(pacing.wait(25e-6)).toBeCloseTo(0.025, 6);
});
