// The seed's own demands, on a smaller block: actuators at their stops, trips in order, nothing diverges, the log says why.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readScenario } from '../../config/read.ts';
import { findScenario } from '../../config/scenarios.ts';
import { Farm } from '../../farm.ts';
import { withEdits } from '../../parameters/edit.ts';

test('seed-as-written: it cannot hold, and the safety system says so', () => {
  const path = findScenario('seed-as-written')?.path ?? '';
  const text = readFileSync(new URL(`../../../../public/${path}`, import.meta.url), 'utf8');
  const { values } = readScenario(text, path);
  if (!values) throw new Error('not read');
  const made = Farm.create(withEdits(values, { 'layout.size': [2, 2, 2] }));
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  const { farm } = made;
  let swing = 0;
  let tripAt = Number.NaN;
  while (farm.intact && farm.time_s < 1) {
    farm.step(40);
    const { readings } = farm.detector;
    if (readings.count === 3) swing = Math.max(...readings.pressure) - Math.min(...readings.pressure);
    if (Number.isNaN(tripAt) && farm.plant.interlocks.tripped) tripAt = farm.time_s;
  }
  expect(farm.stopReason).toBeNull();
  // The headers' 0.1 to 10 atm are not reached within a millisecond: the mean pressures of the chambers stay together.
  expect(swing).toBeLessThan(3 * 101325);
  expect(tripAt).toBeGreaterThan(0.02);
  expect(tripAt).toBeLessThan(1);
  const said = farm.plant.log.entries().map(({ what }) => what);
  expect(said.some((what) => what.startsWith('Interlock trip'))).toBe(true);
  const tripped = farm.plant.interlocks.actions.findIndex((bits) => bits !== 0);
  expect(farm.surroundings.chipPower[tripped]).toBe(0);
  expect(farm.state.pressure.every((p) => Number.isFinite(p) && p > 0)).toBe(true);
  expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-9);
  expect(farm.balance().mass).toBeLessThan(1e-12);
});
