// The seed's own demands, as shipped: actuators at their stops, trips in order, nothing diverges, the log says why.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readScenario } from '../../config/read.ts';
import { findScenario } from '../../config/scenarios.ts';
import { Farm } from '../../farm.ts';
import type { AlarmKind } from '../../monitoring/alarms/alarm-definitions.ts';

test('seed-as-written: it cannot hold, and the safety system says so', () => {
  const path = findScenario('seed-as-written')?.path ?? '';
  const text = readFileSync(new URL(`../../../../public/${path}`, import.meta.url), 'utf8');
  const { values } = readScenario(text, path);
  if (!values) throw new Error('not read');
  const made = Farm.create(values);
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  const { farm } = made;
  expect(farm.layout.count).toBe(64);
  let swing = 0;
  let tripAt = Number.NaN;
  while (farm.intact && farm.time_s < 0.7) {
    farm.step(20);
    const { readings } = farm.detector;
    if (readings.count === 3) swing = Math.max(...readings.pressure) - Math.min(...readings.pressure);
    if (Number.isNaN(tripAt) && farm.plant.interlocks.tripped) tripAt = farm.time_s;
  }
  expect(farm.stopReason).toBeNull();
  // The headers' 0.1 to 10 atm are not reached within a millisecond: the mean pressures of the chambers stay together.
  expect(swing).toBeLessThan(3 * 101325);
  const said = farm.plant.log.entries().map(({ what }) => what);
  expect(said[0]).toBe('Valves at their stops: the cycle asks for 0.1 to 10 atm and back in 0.001 s');

  // Pressures trip first, with the relief valves; the thermometers, two seconds slow, trip what is left. Nothing else is blamed.
  const { journal, alarms, interlocks } = farm.plant;
  const announced = journal.entries().filter(({ to }) => to === 'unacknowledged');
  const first = (kind: AlarmKind): number =>
    announced.find(({ alarm }) => alarms.table.kind(alarm) === kind)?.time_s ?? Number.NaN;
  expect(tripAt).toBeGreaterThan(0.2);
  for (const kind of ['chamber-pressure-trip', 'relief-open', 'safety-trip'] as const)
    expect(Math.abs(first(kind) - tripAt)).toBeLessThan(0.06);
  expect(first('chamber-temperature-trip')).toBeGreaterThan(tripAt + 0.05);
  expect(first('relief-failed')).toBeNaN();
  expect(said.filter((what) => /^Interlock trip, chamber \d+: Pressure at the trip/.test(what)).length).toBeGreaterThan(
    32,
  );
  expect(said.some((what) => /^Interlock trip, chamber \d+: Temperature at the trip/.test(what))).toBe(true);

  // Then everything is off, and the gas leaves.
  expect(interlocks.actions.every((bits) => bits !== 0)).toBe(true);
  expect(farm.surroundings.chipPower.every((power) => power === 0)).toBe(true);
  expect(farm.surroundings.pistonTargetRe.every((x) => x === 0)).toBe(true);
  expect(farm.state.pressure.every((p) => p > 0 && p < 10 * 101325)).toBe(true);
  expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-9);
  expect(farm.balance().mass).toBeLessThan(1e-12);
}, 300_000);
