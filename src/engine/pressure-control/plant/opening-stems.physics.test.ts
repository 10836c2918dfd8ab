// Valves that neither controller nor cycle moves: their stems take the response time to an opening set or held; the seed's 1 µs is at once.

import { expect, test } from 'vitest';
import type { Farm } from '../../farm.ts';
import { parseFault } from '../../faults/parse.ts';
import { loadSnapshot, saveSnapshot } from '../../snapshot.ts';
import { farmWith } from '../../testing.ts';
import type { HeaderSystem } from '../headers/header-system.ts';

const STANDING = {
  'layout.size': [2, 1, 1],
  'simulation.fidelity': 'waveform',
  'drive.enabled': false,
  'headers.enabled': true,
  'pressure_control.cycling_enabled': false,
  'headers.return_opening': 0.05,
};
const RESPONSE = { 'pressure_control.valve_response_time': 0.05 };

const run = (farm: Farm, time_s: number): void => {
  while (farm.intact && farm.time_s < time_s - 1e-9) farm.step(1);
  expect(farm.stopReason).toBeNull();
};
const headers = (farm: Farm): HeaderSystem => {
  if (!farm.headers.present) throw new Error('no headers');
  return farm.headers.present;
};
const supply = (farm: Farm): number => headers(farm).opening(0, 0);
const back = (farm: Farm): number => headers(farm).opening(0, 1);
const hold = (farm: Farm, value: number | null): void => {
  expect(farm.order({ device: 'supply-valve', index: 0, value }, 'Ada')).toBeUndefined();
};
/** Step answer of a stem of ζ 0.7 at x = t/T. */
function share(x: number): number {
  const damped = Math.sqrt(1 - 0.49);
  return 1 - Math.exp(-0.7 * x) * (Math.cos(damped * x) + (0.7 / damped) * Math.sin(damped * x));
}

test('a valve held by hand, and one set anew, move as a damped stem of the response time; of 1 µs they are there at once', () => {
  const farm = farmWith({ ...STANDING, ...RESPONSE });
  run(farm, 0.1);
  expect([supply(farm), back(farm)]).toEqual([0, 0.05]);
  const before = headers(farm).totals[0] as number;
  hold(farm, 0.4);
  expect(supply(farm)).toBe(0);
  const begun = farm.time_s;
  // The command is heard at the next scan, and the stem seen at its end.
  for (const wait of [0.03, 0.06, 0.1, 0.2]) {
    run(farm, begun + wait);
    expect(Math.abs(supply(farm) / 0.4 - share(wait / 0.05))).toBeLessThan(0.13);
  }
  run(farm, begun + 1);
  expect(supply(farm)).toBeCloseTo(0.4, 6);
  expect(headers(farm).totals[0]).toBeGreaterThan(before);
  expect(farm.edit({ 'headers.return_opening': 0.2 }).ok).toBe(true);
  expect(back(farm)).toBeCloseTo(0.05, 9);
  run(farm, farm.time_s + 0.06);
  expect(back(farm)).toBeGreaterThan(0.08);
  expect(back(farm)).toBeLessThan(0.19);
  hold(farm, null);
  expect(supply(farm)).toBeGreaterThan(0.3);
  run(farm, farm.time_s + 1);
  expect(supply(farm)).toBeCloseTo(0, 6);
  expect(farm.plant.valveWear.travel[0]).toBeGreaterThan(0.35);
  expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-9);

  const seed = farmWith(STANDING);
  run(seed, 0.05);
  hold(seed, 0.4);
  expect(supply(seed)).toBe(0.4);
}, 60_000);

test('a slow valve is slower by its factor; stems go on from snapshots bit for bit and over edits of their time', () => {
  const farm = farmWith({ ...STANDING, ...RESPONSE });
  const parsed = parseFault('slow-valve=10@0:0', farm.plant.targets);
  if (!parsed.ok) throw new Error('fault');
  farm.plant.addFault(parsed.fault, 'test');
  run(farm, 0.05);
  hold(farm, 0.4);
  run(farm, 0.25);
  expect(supply(farm)).toBeGreaterThan(0);
  expect(supply(farm)).toBeLessThan(0.4 * share(0.2 / 0.05) * 0.3);
  const loaded = loadSnapshot(saveSnapshot(farm));
  if (!loaded.ok) throw new Error(loaded.message);
  for (const one of [farm, loaded.farm]) {
    const at = supply(one);
    expect(one.edit({ 'pressure_control.valve_response_time': 0.1 }).ok).toBe(true);
    expect(supply(one)).toBe(at);
    run(one, 0.4);
    expect(supply(one)).toBeGreaterThan(at);
  }
  expect(loaded.farm.stateHash()).toBe(farm.stateHash());
  expect(supply(loaded.farm)).toBe(supply(farm));
  // From stems that are not felt to those that are, the valves stay where they stand.
  const at = supply(farm);
  for (const time of [1e-6, 0.05]) expect(farm.edit({ 'pressure_control.valve_response_time': time }).ok).toBe(true);
  expect(supply(farm)).toBe(0.4);
  expect(at).toBeLessThan(0.4);
}, 60_000);
