// The farm with supply and return headers: a full swing of the pressure, gas and energy accounted for, in both modes.

import { expect, test } from 'vitest';
import { ATM } from './constants.ts';
import type { Farm } from './farm.ts';
import { loadSnapshot, saveSnapshot } from './snapshot.ts';
import { farmWith } from './testing.ts';
import { energyFlows } from './thermodynamics/energy-flows.ts';

const SWING = {
  'layout.size': [2, 2, 2],
  'drive.enabled': false,
  'cooling.room_model': 'uniform',
  'headers.enabled': true,
  'pressure_control.cycling_enabled': true,
  'headers.cycle': 'square',
  'headers.cycle_period_s': 1,
  'headers.low_pressure_Pa': 0.1 * ATM,
  'headers.high_pressure_Pa': 10 * ATM,
  'headers.supply_pressure_Pa': 12 * ATM,
  'headers.return_pressure_Pa': 0.05 * ATM,
  'headers.valve_diameter_m': 0.01,
  'simulation.averaged_step_s': 0.05,
};

function expectClosed(farm: Farm): void {
  const balance = farm.balance();
  expect(balance.mass).toBeLessThan(1e-12);
  expect(balance.species).toBeLessThan(1e-12);
  expect(balance.energy).toBeLessThan(1e-9);
}

test('a full swing from 0.1 to 10 atm and back, every cycle resolved: no blow-up, the balances close', () => {
  const farm = farmWith(SWING);
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  farm.step(Math.round(1.5 / farm.stepLength_s), () => {
    low = Math.min(low, farm.state.pressure[0] as number);
    high = Math.max(high, farm.state.pressure[0] as number);
  });
  expect(farm.intact).toBe(true);
  expect(low).toBeLessThan(0.2 * ATM);
  expect(low).toBeGreaterThan(0.04 * ATM);
  expect(high).toBeGreaterThan(9 * ATM);
  expect(high).toBeLessThan(12 * ATM);
  expectClosed(farm);
  for (const produced of Object.values(energyFlows(farm).entropy_W_per_K)) expect(produced).toBeGreaterThanOrEqual(0);
});

test('the swing averaged: the same pressures, balances closed, a snapshot goes on as the run', () => {
  const farm = farmWith({ ...SWING, 'simulation.fidelity': 'averaged' });
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (let m = 0; m < 30; m++) {
    farm.step(1);
    low = Math.min(low, farm.state.pressure[0] as number);
    high = Math.max(high, farm.state.pressure[0] as number);
  }
  expect(farm.mode).toBe('averaged');
  expect(low).toBeLessThan(0.25 * ATM);
  expect(high).toBeGreaterThan(9 * ATM);
  expectClosed(farm);
  const loaded = loadSnapshot(saveSnapshot(farm));
  if (!loaded.ok) throw new Error(loaded.message);
  farm.step(5);
  loaded.farm.step(5);
  expect(loaded.farm.stateHash()).toBe(farm.stateHash());
});

test('a vent brings the farm to the pressure of the room; edits of the headers keep the balance', () => {
  const farm = farmWith({
    ...SWING,
    'pressure_control.cycling_enabled': false,
    'initial.pressure_Pa': 4 * ATM,
    'vents.opening': 1,
    'vents.diameter_m': 0.01,
  });
  farm.step(Math.round(1 / farm.stepLength_s));
  expect(Math.abs((farm.state.pressure[0] as number) / ATM - 1)).toBeLessThan(0.01);
  expect(farm.headers.vented).toBeGreaterThan(0);
  expect(farm.edit({ 'vents.opening': 0, 'headers.supply_opening': 1 }).ok).toBe(true);
  farm.step(2000);
  expect(farm.state.pressure[0]).toBeGreaterThan(1.05 * ATM);
  expect(farm.edit({ 'headers.enabled': false }).ok).toBe(true);
  farm.step(400);
  expectClosed(farm);
});

test('a cycle whose low pressure is above its high one is refused with the remedy, and changes nothing', () => {
  const farm = farmWith(SWING);
  const hash = farm.stateHash();
  const result = farm.edit({ 'headers.low_pressure_Pa': 5 * ATM, 'headers.high_pressure_Pa': 2 * ATM });
  expect(result.ok).toBe(false);
  if (!result.ok) expect(result.problems[0]?.remedy).toContain('headers.low_pressure_Pa');
  expect(farm.stateHash()).toBe(hash);
});
