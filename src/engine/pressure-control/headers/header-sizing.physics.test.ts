// Automatic sizes of compressor and headers: the default farm controlled or cycling raises no alarm; equipment given too small does.

import { describe, expect, test } from 'vitest';
import { ATM } from '../../constants.ts';
import type { Farm } from '../../farm.ts';
import { farmWith, valuesWith } from '../../testing.ts';
import { COMPRESSOR, RETURN } from './header-rates.ts';
import { compressorLimitOf, designFlow, fullFlow, headerVolumeOf } from './header-sizing.ts';
import type { HeaderSystem } from './header-system.ts';

const CONTROLLED = { 'headers.enabled': true, 'pressure_control.cycling_enabled': false, 'control.enabled': true };
const SMALL = { 'layout.size': [2, 2, 2] };

const alarms = ({ plant }: Farm): string[] =>
  plant.journal.entries().flatMap(({ alarm, to }) => (to === 'unacknowledged' ? [plant.alarmText(alarm)] : []));
const headers = (farm: Farm): HeaderSystem => {
  if (!farm.headers.present) throw new Error('no headers');
  return farm.headers.present;
};
const run = (farm: Farm, time_s: number): void => {
  while (farm.intact && farm.time_s < time_s - 1e-9) farm.step(farm.mode === 'averaged' ? 1 : 20);
  expect(farm.stopReason).toBeNull();
};

test('1000 chambers at rest ask for 105 mol/s, more than the 100 mol/s that were the limit; the automatic one is three times that', () => {
  const v = valuesWith(CONTROLLED);
  // At 5 atm as much flows in as out where u = −b (p_s − p)/(p_s + p): b + u = 2bp/(p_s + p) of the full flow.
  const opening = (2 * 0.05 * 5) / (10 + 5);
  expect(opening * fullFlow(v)).toBeGreaterThan(100);
  expect(opening * fullFlow(v)).toBeLessThan(110);
  expect(designFlow(v)).toBeCloseTo(2 * 0.05 * fullFlow(v), 9);
  // The regulator's droop, q R T τ/V: in 1 m³ those 105 mol/s alone lifted the return by half of its 0.1 atm; now by 5 % at the full flow.
  const lift = (flow: number, volume: number): number => (flow * 8.314462618 * 300 * 0.02) / volume;
  expect(lift(105, 1) / (0.1 * ATM)).toBeGreaterThan(0.5);
  expect(lift(designFlow(v), headerVolumeOf(v)) / (0.1 * ATM)).toBeCloseTo(0.05, 9);
});

test('sizes follow the number of chambers, their valves and what these do; what is given is taken as it is', () => {
  const flow = (edits: Record<string, unknown>): number => compressorLimitOf(valuesWith(edits));
  const farm = flow(CONTROLLED);
  expect(flow({ ...CONTROLLED, 'layout.size': [10, 10, 20] }) / farm).toBeCloseTo(2, 12);
  expect(flow({ ...CONTROLLED, 'headers.valve_diameter_m': 0.01 }) / farm).toBeCloseTo(4, 12);
  expect(flow({ ...CONTROLLED, 'control.valve_bias': 0.1 }) / farm).toBeCloseTo(2, 12);
  expect(flow({ ...CONTROLLED, 'headers.compressor_flow_mol_per_s': 7 })).toBe(7);
  expect(headerVolumeOf(valuesWith({ ...CONTROLLED, 'headers.volume_m3': 2 }))).toBe(2);
  // Valves of 1 µs follow the sound and pass half of their full flow at 6 atm; of 10 ms they do not.
  const cycling = { 'headers.enabled': true };
  expect(flow(cycling) / fullFlow(valuesWith(cycling))).toBeCloseTo(0.5 * 0.6, 12);
  expect(flow({ ...cycling, 'pressure_control.valve_response_time': 0.01 }) / farm).toBeCloseTo(1, 12);
  // Chambers that are not in phase: gas passes from those that fill to those that empty, through wide open valves.
  const layered = { ...cycling, 'headers.phase_pattern': 'layers' };
  expect(flow(layered) / fullFlow(valuesWith(layered))).toBeCloseTo(0.6, 12);
});

test('headers and control switched on in the running default farm: no alarm', () => {
  const farm = farmWith({ 'simulation.fidelity': 'averaged' });
  farm.step(1);
  const switched = farm.edit(CONTROLLED);
  if (!switched.ok) throw new Error(JSON.stringify(switched.problems));
  run(farm, farm.time_s + 4);
  expect(farm.layout.count).toBe(1000);
  expect(headers(farm).headerFlow(COMPRESSOR)).toBeGreaterThan(100);
  expect(headers(farm).pressure(RETURN)).toBeLessThan(1.03 * 0.1 * ATM);
  expect(alarms(farm)).toEqual([]);
}, 120_000);

describe('eight chambers of it', () => {
  const CASES: readonly (readonly [string, Record<string, unknown>])[] = [
    ['controlled, every cycle resolved', CONTROLLED],
    [
      'controlled, pumps by curve',
      { ...CONTROLLED, 'headers.compressor_model': 'curve', 'simulation.fidelity': 'averaged' },
    ],
    ['cycling, with valves that follow the sound', { 'headers.enabled': true }],
    [
      'cycling layer after layer, gas passing from one to the next',
      { 'headers.enabled': true, 'headers.cycle': 'trapezoid', 'headers.phase_pattern': 'layers' },
    ],
  ];
  for (const [name, edits] of CASES)
    test(`${name}: no alarm in 3 s`, () => {
      const farm = farmWith({ ...SMALL, ...edits });
      run(farm, 3);
      expect(headers(farm).headerFlow(COMPRESSOR)).toBeGreaterThan(0);
      expect(alarms(farm)).toEqual([]);
    }, 60_000);

  test('a compressor given too small still alarms', () => {
    const farm = farmWith({ ...SMALL, ...CONTROLLED, 'headers.compressor_flow_mol_per_s': 0.7 });
    run(farm, 3);
    expect(headers(farm).headerFlow(COMPRESSOR)).toBe(0.7);
    expect(alarms(farm)).toEqual(['Header pressure high, header 1']);
  }, 60_000);

  test('from control to cycling and back the headers grow and shrink at their pressures; gas and energy stay accounted for', () => {
    const farm = farmWith({ ...SMALL, ...CONTROLLED, 'simulation.fidelity': 'averaged' });
    run(farm, 1);
    const { supplyVolume } = headers(farm).settings;
    const before = headers(farm).pressure(RETURN);
    for (const cycling of [true, false]) {
      const edited = farm.edit({ 'pressure_control.cycling_enabled': cycling });
      if (!edited.ok) throw new Error(JSON.stringify(edited.problems));
      if (cycling) expect(headers(farm).settings.supplyVolume).toBeGreaterThan(2 * supplyVolume);
      else expect(headers(farm).settings.supplyVolume).toBe(supplyVolume);
      if (cycling) expect(headers(farm).pressure(RETURN) / before).toBeCloseTo(1, 12);
      run(farm, farm.time_s + 1);
    }
    expect(alarms(farm)).toEqual([]);
    expect(farm.balance().mass).toBeLessThan(1e-12);
    expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-9);
  }, 60_000);
});
