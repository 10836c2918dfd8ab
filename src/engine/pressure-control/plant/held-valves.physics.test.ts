// Valves held by hand under a loop: the loop follows them instead of winding up, and whatever is released goes on without a bump.

import { describe, expect, test } from 'vitest';
import { ATM } from '../../constants.ts';
import type { Farm } from '../../farm.ts';
import { loadSnapshot, saveSnapshot } from '../../snapshot.ts';
import { farmWith } from '../../testing.ts';
import { relativeCoefficient } from '../actuators/valve-characteristic.ts';
import { CONTROLLED, HELIUM, loops, run } from './control.testing.ts';
import type { ManualDevice } from './manual-commands.ts';
import { CHARACTERISTIC, VALVES } from './plant-topology.ts';

const QUIET = {
  ...CONTROLLED,
  'gas.mixture': HELIUM,
};
/** Time between scans, s. */
const SCAN = 0.01;

const order = (farm: Farm, device: ManualDevice, index: number, value: number | null): void => {
  expect(farm.order({ device, index, value }, 'Ada')).toBeUndefined();
};
const holdAll = (farm: Farm, supply: number | null, back: number | null): void => {
  for (let i = 0; i < farm.layout.count; i++) {
    order(farm, 'supply-valve', i, supply);
    order(farm, 'return-valve', i, back);
  }
};
const openings = (farm: Farm): number[] =>
  [...loops(farm).stems.position].map((travel) => relativeCoefficient(CHARACTERISTIC, travel));
const mean = (farm: Farm): number => farm.state.pressure.reduce((a, p) => a + p, 0) / farm.state.chambers;

/** Largest change of any opening, and of the loop's output, in the fifteen scans after `act`. */
function bump(farm: Farm, act: () => void): { valve: number; output: number } {
  let [valve, output] = [0, 0];
  let before = openings(farm);
  let u = loops(farm).output(0);
  act();
  for (let scan = 0; scan < 15; scan++) {
    run(farm, farm.time_s + SCAN);
    const now = openings(farm);
    for (let k = 0; k < now.length; k++) valve = Math.max(valve, Math.abs((now[k] as number) - (before[k] as number)));
    output = Math.max(output, Math.abs(loops(farm).output(0) - u));
    before = now;
    u = loops(farm).output(0);
  }
  return { valve, output };
}

describe('every valve of the loop held', () => {
  for (const mode of ['fixed', 'adaptive', 'predictive'])
    test(`${mode}: the output follows the stems; let go after 10 s far from the setpoint nothing jumps, and the setpoint is reached`, () => {
      const farm = farmWith({ ...QUIET, 'pressure_control.control_mode': mode });
      run(farm, 2);
      holdAll(farm, 0.07, 0.03);
      run(farm, 2.5);
      expect(loops(farm).mode(0)).toBe('tracking');
      expect(loops(farm).startTest({ loop: 0, size: 0.01, longestRecord: 30, lowest: 0, highest: 1e7 })?.[0]).toMatch(
        mode === 'fixed' ? /held by hand/ : /fixed gains/,
      );
      run(farm, 12);
      // Both valves stand for u = 0.02; far above the setpoint, an integral left to itself would be at −1 long since.
      expect(mean(farm)).toBeGreaterThan(6.5 * ATM);
      expect(Math.abs(loops(farm).output(0) - 0.02)).toBeLessThan(0.001);
      const { valve, output } = bump(farm, () => holdAll(farm, null, null));
      expect(loops(farm).mode(0)).toBe('automatic');
      // 4.5 atm off, the integral alone moves the output by 0.03 % in 10 ms, and the valves by 0.05 %. Predictive control makes the
      // first move of its plan. With u at −1 the return valves would have gone from 3 to 100 % open.
      const largest = mode === 'predictive' ? 0.03 : 0.001;
      expect(valve).toBeLessThan(largest);
      expect(output).toBeLessThan(largest);
      let lowest = Number.POSITIVE_INFINITY;
      while (farm.time_s < 22) {
        farm.step(20);
        lowest = Math.min(lowest, mean(farm));
      }
      expect(Math.abs(mean(farm) / (5 * ATM) - 1)).toBeLessThan(0.015);
      expect(lowest).toBeGreaterThan(4.3 * ATM);
    }, 120_000);
});

test('some valves held: the loop goes on with the others, free of offset; one let go fades over to them within seconds', () => {
  const farm = farmWith({ ...QUIET, 'layout.size': [2, 2, 1] });
  run(farm, 2);
  order(farm, 'supply-valve', 0, 0.12);
  run(farm, 10);
  expect(loops(farm).mode(0)).toBe('automatic');
  expect(Math.abs(mean(farm) / (5 * ATM) - 1)).toBeLessThan(0.01);
  const { valve } = bump(farm, () => order(farm, 'supply-valve', 0, null));
  // From 12 % towards 3 %, by a two hundredth of the way a scan.
  expect(valve).toBeLessThan(0.002);
  let lowest = Number.POSITIVE_INFINITY;
  while (farm.time_s < 23) {
    farm.step(20);
    lowest = Math.min(lowest, mean(farm));
  }
  expect(lowest).toBeGreaterThan(4.5 * ATM);
  const [held, other] = [openings(farm)[0] as number, openings(farm)[VALVES] as number];
  expect(Math.abs(held - other)).toBeLessThan(0.001);
  expect(Math.abs(mean(farm) / (5 * ATM) - 1)).toBeLessThan(0.01);
}, 60_000);

test('tracking and fading are in snapshots bit for bit and go over edits', () => {
  const farm = farmWith(QUIET);
  run(farm, 1);
  holdAll(farm, 0.08, 0.05);
  run(farm, 3);
  order(farm, 'return-valve', 1, null);
  run(farm, 3.1);
  const edited = farm.edit({ 'control.setpoint_Pa': 5.2 * ATM });
  if (!edited.ok) throw new Error('edit');
  const before = openings(farm);
  run(farm, 3.15);
  openings(farm).forEach((open, k) => {
    expect(Math.abs(open - (before[k] as number))).toBeLessThan(0.01);
  });
  holdAll(farm, 0.06, 0.04);
  run(farm, 3.5);
  const loaded = loadSnapshot(saveSnapshot(farm));
  if (!loaded.ok) throw new Error(loaded.message);
  for (const one of [farm, loaded.farm]) {
    expect(loops(one).mode(0)).toBe('tracking');
    holdAll(one, null, null);
    run(one, 5);
  }
  expect(loaded.farm.stateHash()).toBe(farm.stateHash());
  expect(loops(loaded.farm).output(0)).toBe(loops(farm).output(0));
}, 60_000);
