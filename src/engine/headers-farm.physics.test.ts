// The farm with supply and return headers: a full swing of the pressure, gas and energy accounted for, in both modes.

import { expect, test } from 'vitest';
import { ATM } from './constants.ts';
import type { Farm } from './farm.ts';
import { parseFault } from './faults/parse.ts';
import { hashNumbers } from './numerics/hash.ts';
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

test('cycle shapes and phases: chambers almost without ducts each follow their own; impossible ones are refused', () => {
  const edits = {
    ...SWING,
    'layout.kind': 'custom',
    'layout.positions_m': [
      [0.2, 0, 0],
      [0, 0.2, 0],
      [-0.2, 0, 0],
      [0, -0.2, 0],
    ],
    // Ducts like hairs: as good as none.
    'duct.diameter_m': 1e-4,
    'headers.cycle': 'trapezoid',
    'headers.cycle_feed_forward': true,
    'headers.low_pressure_Pa': 2 * ATM,
    'headers.high_pressure_Pa': 6 * ATM,
    'headers.phase_pattern': 'spiral',
  };
  const farm = farmWith(edits);
  farm.step(Math.round(1.6 / farm.stepLength_s));
  const { present } = farm.headers;
  if (!present) throw new Error('no headers');
  const wanted = [0, 1, 2, 3].map((i) => present.wantedPressure(i));
  expect(new Set(wanted.map((p) => Math.round(p))).size).toBeGreaterThan(2);
  wanted.forEach((p, i) => {
    expect(Math.abs((farm.state.pressure[i] as number) / p - 1)).toBeLessThan(0.03);
  });
  expectClosed(farm);
  const refusal = (changes: Parameters<Farm['edit']>[0]) => {
    const reply = farm.edit(changes);
    return reply.ok ? 'accepted' : `${reply.problems[0]?.key}: ${reply.problems[0]?.message}`;
  };
  expect(refusal({ 'headers.cycle_hold': 0.9 })).toMatch(/cycle_rise: Rise, hold and fall together/);
  expect(
    refusal({
      'headers.cycle': 'custom',
      'headers.cycle_table': [
        [0.5, 0],
        [0.2, 1],
      ],
    }),
  ).toMatch(/cycle_table: Point 2/);
  expect(refusal({ 'headers.cycle': 'triangle', 'headers.cycle_rise': 0, 'headers.cycle_fall': 0 })).toMatch(/neither/);
  expect(refusal({ 'headers.cycle': 'custom' })).toBe('accepted');
  expect(refusal({ 'headers.phase_pattern': 'custom', 'headers.cycle_start': [0, 0.1, 0.2, 0.3] })).toBe('accepted');
});

const CURVE = {
  'layout.size': [2, 2, 4],
  'drive.enabled': false,
  'cooling.room_model': 'uniform',
  'headers.enabled': true,
  'headers.compressor_model': 'curve',
  'headers.cycle_period_s': 1,
  'headers.pump_ramp_s': 0.5,
  'simulation.averaged_step_s': 0.05,
};
const machines = (farm: Farm) => {
  const found = farm.headers.present?.machines;
  if (!found) throw new Error('no machines');
  return found;
};

for (const fidelity of ['waveform', 'averaged']) {
  test(`pumps by curve, ${fidelity}: the supply is held, balances close, a trip is of one pump, a snapshot goes on bit for bit`, () => {
    const farm = farmWith({ ...CURVE, 'simulation.fidelity': fidelity });
    const run = (other: Farm, time: number) => {
      while (other.intact && other.time_s < time - 1e-9) other.step(fidelity === 'waveform' ? 20 : 1);
      expect(other.stopReason).toBeNull();
    };
    run(farm, 1.5);
    expect(machines(farm).pumps.count).toBe(8);
    expect(Math.abs((farm.headers.present?.pressure(0) ?? 0) / (10 * ATM) - 1)).toBeLessThan(0.025);
    expect(machines(farm).control.running).toBeGreaterThan(0);
    const victim = machines(farm).control.isOn.indexOf(1);
    const parsed = parseFault(`pump-trip@${victim}:1.5:2.2`, farm.plant.targets);
    if (!parsed.ok) throw new Error('fault');
    farm.plant.addFault(parsed.fault, 'test');
    run(farm, 1.9);
    const loaded = loadSnapshot(saveSnapshot(farm));
    if (!loaded.ok) throw new Error(loaded.message);
    run(farm, 2.4);
    run(loaded.farm, 2.4);
    expect(machines(farm).pumps.isTripped(victim)).toBe(false);
    expect(loaded.farm.stateHash()).toBe(farm.stateHash());
    expect(hashNumbers(loaded.farm.headers.arrays())).toBe(hashNumbers(farm.headers.arrays()));
    const rise = farm.edit({ 'headers.supply_pressure_Pa': 10.5 * ATM, 'gas.mixture': { He: 0.5, Ar: 0.5 } });
    if (!rise.ok) throw new Error(JSON.stringify(rise.problems));
    expect(machines(farm).isMixing).toBe(true);
    run(farm, 2.8);
    expect(farm.edit({ 'headers.compressor_model': 'ideal' }).ok).toBe(true);
    run(farm, 3);
    expect(farm.headers.present?.machines).toBeNull();
    expectClosed(farm);
    for (const produced of Object.values(energyFlows(farm).entropy_W_per_K)) expect(produced).toBeGreaterThanOrEqual(0);
    const impossible = farm.edit({
      'headers.compressor_model': 'curve',
      'headers.pump_shut_off_Pa': 9e5,
      'headers.pump_pressure_Pa': 6e5,
    });
    expect(impossible.ok ? '' : impossible.problems[0]?.message).toMatch(/cannot lift/);
    const flat = farm.edit({ 'headers.compressor_model': 'curve', 'headers.pump_pressure_Pa': 1.55e6 });
    expect(flat.ok ? '' : flat.problems[0]?.remedy).toMatch(/headers.pump_pressure_Pa below 1.2/);
  }, 60_000);
}

test('without headers there are no pumps, whatever their model and whatever opens to the room', () => {
  const farm = farmWith({ ...CURVE, 'simulation.fidelity': 'waveform', 'headers.enabled': false });
  const parsed = parseFault('leak=2mm@3:0.01', farm.plant.targets);
  if (!parsed.ok) throw new Error('fault');
  farm.plant.addFault(parsed.fault, 'test');
  while (farm.time_s < 0.05) farm.step(20);
  expect(farm.headers.present).not.toBeNull();
  expect(farm.headers.present?.machines).toBeNull();
  expectClosed(farm);
});
