// The plant on a running farm: each fault is seen for what it is, trips act, relief valves hold the pressure, nothing is lost.

import { describe, expect, test } from 'vitest';
import { ATM } from '../../constants.ts';
import type { Farm } from '../../farm.ts';
import { FAULT_KINDS, type FaultKind } from '../../faults/fault-kinds.ts';
import { parseFault } from '../../faults/parse.ts';
import type { AlarmKind } from '../../monitoring/alarms/alarm-definitions.ts';
import { queryAlarms } from '../../monitoring/alarms/alarm-list.ts';
import { loadSnapshot, saveSnapshot } from '../../snapshot.ts';
import { farmWith } from '../../testing.ts';
import { FARM } from '../safety/interlocks.ts';

const SMALL = { 'layout.size': [3, 2, 2], 'simulation.fidelity': 'waveform' };
const HEADERS = { ...SMALL, 'headers.enabled': true, 'pressure_control.cycling_enabled': true };

function withFault(text: string, edits: Readonly<Record<string, unknown>> = SMALL): Farm {
  const farm = farmWith(edits);
  add(farm, text);
  return farm;
}

function add(farm: Farm, text: string): void {
  const parsed = parseFault(text, farm.plant.targets);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  farm.plant.addFault(parsed.fault, 'test');
}

function runTo(farm: Farm, time_s: number): void {
  while (farm.intact && farm.time_s < time_s - 1e-9) farm.step(40);
  expect(farm.stopReason).toBeNull();
}

const standing = (farm: Farm): string[] => queryAlarms(farm.plant.alarms).rows.map(({ kind }) => kind);
const rootOf = (farm: Farm): string[] => {
  const { alarms } = farm.plant;
  return queryAlarms(alarms).rows.flatMap(({ alarm, condition }) => {
    const root = condition ? alarms.explain(alarm)?.root : undefined;
    return root ? [root.kind] : [];
  });
};

/** A fault of each kind that the small farm shows within seconds, and settings that let it. */
const SHOWN: Readonly<Record<FaultKind, readonly [text: string, edits: Readonly<Record<string, unknown>>]>> = {
  leak: ['leak=3mm@5:0.1', SMALL],
  'blocked-duct': ['blocked-duct@4:0.1', SMALL],
  'stuck-valve': ['stuck-valve=1@2:0.1', HEADERS],
  'slow-valve': ['slow-valve=10@2:0.1', HEADERS],
  'relief-stuck': ['relief-stuck=1@5:0.1', SMALL],
  'pump-trip': ['pump-trip@0:0.1', HEADERS],
  'fan-failure': ['fan-failure@0:0.1', SMALL],
  'header-loss': ['header-loss=0.5@0:0.1', HEADERS],
  'sensor-stuck': ['sensor-stuck@13:0.1', SMALL],
  'sensor-bias': ['sensor-bias=0.1@13:0.1', SMALL],
  'sensor-drift': ['sensor-drift=0.05@13:0.1', SMALL],
  'sensor-dropout': ['sensor-dropout@13:0.1', SMALL],
  'sensor-noise': ['sensor-noise=1000@13:0.1', SMALL],
  'chip-overload': ['chip-overload=20@3:0.1', SMALL],
  'cooling-loss': ['cooling-loss@farm:0.1', SMALL],
  'power-dip': ['power-dip=0.15@farm:0.1', SMALL],
  'network-delay': ['network-delay@farm:0.1', SMALL],
  'network-loss': ['network-loss@farm:0.1', SMALL],
  'clock-failure': ['clock-failure=1e-4@farm:0.1', SMALL],
};

describe('every fault is alarmed as what it is, the balance holds, and clearing it ends it', () => {
  for (const [kind, [text, edits]] of Object.entries(SHOWN) as [FaultKind, (typeof SHOWN)[FaultKind]][]) {
    test(kind, () => {
      const farm = withFault(text, edits);
      const first = FAULT_KINDS[kind].firstAlarm;
      let seen = false;
      for (let t = 0.5; t <= 6 && !seen; t += 0.5) {
        runTo(farm, t);
        seen = rootOf(farm).includes(first);
      }
      expect([first, seen, standing(farm)]).toEqual([first, true, standing(farm)]);
      expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-10);
      farm.plant.faults.clearAll('test', 'done', farm.time_s);
      runTo(farm, farm.time_s + 0.05);
      expect(farm.plant.faults.active).toEqual([]);
      expect(farm.plant.effects.cooling).toBe(1);
      expect(farm.plant.effects.frequency).toBe(1);
      expect([...farm.plant.effects.ducts].every((open) => open === 1)).toBe(true);
    });
  }
});

for (const [name, edits, end_s] of [
  ['averaged steps of half a second', { 'simulation.fidelity': 'averaged', 'simulation.averaged_step_s': 0.5 }, 200],
  ['averaged steps of ten seconds', { 'simulation.fidelity': 'averaged', 'simulation.averaged_step_s': 10 }, 2000],
  ['every cycle resolved', { 'simulation.fidelity': 'waveform' }, 4],
] as const) {
  test(`no fault, no alarm: the calm farm of 200 chambers, ${name}`, () => {
    const farm = farmWith({ ...SMALL, 'layout.size': [8, 5, 5], ...edits });
    while (farm.intact && farm.time_s < end_s) farm.step(1);
    expect(farm.stopReason).toBeNull();
    expect(farm.plant.journal.entries()).toEqual([]);
    expect(farm.plant.interlocks.tripped).toBe(false);
  });
}

test('overpressure: alert, trip and relief in order; the relief valves hold it below set + 10 %', () => {
  const farm = farmWith({
    ...SMALL,
    'headers.enabled': true,
    'pressure_control.cycling_enabled': false,
    'headers.supply_pressure_Pa': 30 * ATM,
    'headers.supply_opening': 0.05,
    // Hot gas that no header wall cools passes the trip.
    'headers.wall_conductance_W_per_K': 0,
    'safety.interlocks_enabled': false,
    'safety.relief_bore_m': 0.006,
  });
  let highest = 0;
  while (farm.time_s < 1.5) {
    farm.step(20);
    for (const p of farm.state.pressure) highest = Math.max(highest, p);
  }
  expect(farm.stopReason).toBeNull();
  expect(highest).toBeGreaterThan(15 * ATM);
  expect(highest).toBeLessThan(1.1 * 15 * ATM);
  const { journal, alarms } = farm.plant;
  const first = (kind: AlarmKind, to: string): number =>
    journal.entries().find((e) => e.to === to && alarms.table.kind(e.alarm) === kind)?.time_s ?? Number.NaN;
  const alert = first('chamber-pressure-high', 'unacknowledged');
  expect(alert).toBeLessThan(first('chamber-pressure-trip', 'unacknowledged'));
  // What follows from the high pressure is noted, not announced.
  expect(alert).toBeLessThanOrEqual(first('relief-open', 'suppressed-by-design'));
  expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-10);
});

test('a relief valve that fails to open: its chamber passes set + 10 %, is alarmed for it, and is relieved once mended', () => {
  const farm = farmWith({
    ...SMALL,
    'layout.size': [1, 1, 2],
    // A duct like a hair: the other relief valve does not help.
    'duct.diameter_m': 1e-4,
    'headers.enabled': true,
    'pressure_control.cycling_enabled': false,
    'headers.supply_pressure_Pa': 30 * ATM,
    'headers.supply_opening': 0.05,
    'safety.interlocks_enabled': false,
  });
  add(farm, 'relief-stuck=0@1:0.1');
  const highest = [0, 0];
  const watch = (time_s: number): void => {
    while (farm.time_s < time_s) {
      farm.step(20);
      farm.state.pressure.forEach((p, i) => {
        highest[i] = Math.max(highest[i] as number, p);
      });
    }
  };
  watch(3);
  expect(highest[0]).toBeGreaterThan(15 * ATM);
  expect(highest[0]).toBeLessThan(1.1 * 15 * ATM);
  expect(highest[1]).toBeGreaterThan(1.1 * 15 * ATM);
  expect(rootOf(farm)).toContain('relief-failed');
  const table = queryAlarms(farm.plant.alarms).rows.filter(({ kind }) => kind === 'relief-failed');
  expect(table.map(({ place }) => place)).toHaveLength(1);
  farm.plant.faults.clearAll('test', 'mended', farm.time_s);
  watch(4);
  highest.fill(0);
  watch(4.5);
  expect(highest[1]).toBeLessThan(1.1 * 15 * ATM);
  expect(farm.plant.relief.openings[1]).toBeGreaterThan(0);
  expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-10);
});

test('wear of the valves: counted while a cycle moves them and while the controller does, kept over edits and snapshots', () => {
  const farm = farmWith({
    ...HEADERS,
    'headers.cycle': 'trapezoid',
    'headers.cycle_period_s': 0.5,
    'drive.enabled': false,
  });
  runTo(farm, 1.5);
  const { travel, cycles, seconds } = farm.plant.valveWear;
  // Two or three times up and down a chamber: each valve opens for its half of the cycle.
  expect(Math.min(...cycles)).toBeGreaterThanOrEqual(2);
  expect(Math.max(...travel)).toBeLessThan(60);
  expect(Math.min(...seconds)).toBeGreaterThan(0.1);
  const before = travel.slice();
  const loaded = loadSnapshot(saveSnapshot(farm));
  if (!loaded.ok) throw new Error(loaded.message);
  expect([...loaded.farm.plant.valveWear.travel]).toEqual([...before]);
  expect(farm.edit({ 'pressure_control.cycling_enabled': false, 'control.enabled': true }).ok).toBe(true);
  expect([...farm.plant.valveWear.travel]).toEqual([...before]);
  expect(farm.plant.loops?.wear).toBe(farm.plant.valveWear);
  runTo(farm, 1.8);
  farm.plant.valveWear.travel.forEach((sum, k) => {
    expect(sum).toBeGreaterThan(before[k] as number);
  });
  runTo(loaded.farm, 1.6);
  const again = loadSnapshot(saveSnapshot(loaded.farm));
  if (!again.ok) throw new Error(again.message);
  expect([...again.farm.plant.valveWear.arrays()]).toEqual([...loaded.farm.plant.valveWear.arrays()]);
});

test('the interlocks isolate, vent and stop what trips, in the scan after, and stay until they are reset', () => {
  const farm = farmWith({
    ...SMALL,
    'headers.enabled': true,
    'pressure_control.cycling_enabled': false,
    'headers.supply_pressure_Pa': 30 * ATM,
    'headers.supply_opening': 0.2,
    'safety.relief_bore_m': 0,
    'vents.diameter_m': 0.01,
  });
  while (!farm.plant.interlocks.tripped && farm.time_s < 3) farm.step(20);
  expect(farm.plant.interlocks.tripped).toBe(true);
  farm.step(200);
  const headers = farm.headers.present;
  farm.plant.interlocks.actions.forEach((bits, i) => {
    if (bits === 0) return;
    expect(headers?.controls.supplyHigh[i]).toBe(0);
    expect(headers?.controls.roomArea[i]).toBeGreaterThan(0);
    expect(farm.plant.effects.drive[i]).toBe(0);
    expect(farm.surroundings.chipPower[i]).toBe(0);
  });
  expect(farm.plant.resetInterlocks('', 'no name')).not.toEqual([]);
  runTo(farm, farm.time_s + 1);
  expect(farm.plant.interlocks.tripped).toBe(true);
  expect(farm.plant.resetInterlocks('Ada', 'pressure has fallen')).toEqual([]);
  expect(farm.plant.interlocks.tripped).toBe(false);
});

test('emergency stop: everything at once, the sequence waits, and only a release and a reset allow the restart', () => {
  const farm = farmWith(SMALL);
  runTo(farm, 0.1);
  farm.plant.emergencyStop(true, 'Ada', 'drill');
  runTo(farm, 0.2);
  expect(farm.plant.sequence.phase).toBe('emergency');
  expect(farm.plant.interlocks.latchedCauses(FARM)).toContain('manual-stop');
  expect(farm.surroundings.pistonTargetRe.every((x) => x === 0)).toBe(true);
  expect(farm.surroundings.chipPower.every((x) => x === 0)).toBe(true);
  expect(farm.plant.resetInterlocks('Ada', 'too early')).not.toEqual([]);
  farm.plant.emergencyStop(false, 'Ada', 'over');
  runTo(farm, 0.3);
  expect(farm.plant.resetInterlocks('Ada', 'over')).toEqual([]);
});

test('after an emergency stop the farm is purged, filled and driven again; without headers the restart is refused', () => {
  const farm = farmWith({
    ...SMALL,
    'simulation.fidelity': 'averaged',
    'headers.enabled': true,
    'pressure_control.cycling_enabled': false,
    'control.enabled': true,
    'pressure_control.control_mode': 'fixed',
    'vents.diameter_m': 0.01,
    'physical_infrastructure.room_dimensions': [20, 20, 10],
  });
  runTo(farm, 2);
  farm.plant.emergencyStop(true, 'Ada', 'drill');
  // Let go before the next scan: it has been pressed all the same.
  farm.plant.emergencyStop(false, 'Ada', 'over');
  farm.step(2);
  expect(farm.plant.interlocks.latchedCauses(FARM)).toEqual(['manual-stop']);
  runTo(farm, 10);
  const { sequence } = farm.plant;
  expect(sequence.restart(farm.plant.plantReadings(), 'Ada', 'too early', farm.time_s).ok).toBe(false);
  expect(farm.plant.resetInterlocks('Ada', 'over')).toEqual([]);
  expect(sequence.phase).toBe('safe');
  runTo(farm, 12);
  expect(sequence.restart(farm.plant.plantReadings(), 'Ada', 'drill over', farm.time_s)).toEqual({ ok: true });
  runTo(farm, 120);
  const phases = farm.plant.log.entries().map(({ what }) => what);
  for (const phase of ['purging', 'pressurising', 'ramping-up', 'running'])
    expect(phases.some((what) => what.endsWith(`→ ${phase}`))).toBe(true);
  expect(farm.plant.effects.drive.every((share) => share === 1)).toBe(true);
  expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-9);

  const bare = farmWith(SMALL);
  expect(bare.plant.sequence.restart(bare.plant.plantReadings(), 'Ada', '', 0)).toMatchObject({ ok: false });
}, 120_000);

test('an edit resets nothing: trips, emergency stop, alarms and sequence go over to the plant built anew', () => {
  const farm = withFault('power-dip=0.5@farm:0.05');
  runTo(farm, 0.3);
  farm.plant.emergencyStop(true, 'Ada', 'drill');
  runTo(farm, 0.4);
  const alarms = standing(farm);
  const latched = farm.plant.interlocks.latchedCauses(FARM);
  expect(latched).toContain('supply-power-low');
  const same = farm.edit({ 'safety.relief_bore_m': 0.01 });
  expect(same.ok && same.farm).toBe(farm);
  const rebuilt = farm.edit({ 'layout.spacing_m': 0.15 });
  if (!rebuilt.ok) throw new Error('edit');
  expect(rebuilt.farm).not.toBe(farm);
  for (const one of [farm, rebuilt.farm]) {
    expect(one.plant.interlocks.latchedCauses(FARM)).toEqual(latched);
    expect(one.plant.sequence.phase).toBe('emergency');
    expect(one.plant.isStopped).toBe(true);
    expect(standing(one)).toEqual(alarms);
    expect(one.surroundings.pistonTargetRe.every((x) => x === 0)).toBe(true);
    expect(one.surroundings.chipPower.every((x) => x === 0)).toBe(true);
    runTo(one, one.time_s + 0.1);
    expect(one.plant.interlocks.tripped).toBe(true);
  }
});

test('a run cut in two by a snapshot is the same run, faults, alarms and trips included', () => {
  const edits = { ...SMALL, 'simulation.seed': 7 };
  const whole = withFault('leak=4mm@5:0.1', edits);
  add(whole, 'sensor-noise=100@13:0.2:0.6');
  add(whole, 'power-dip=0.5@farm:0.5');
  runTo(whole, 0.4);
  const loaded = loadSnapshot(saveSnapshot(whole));
  if (!loaded.ok) throw new Error(loaded.message);
  for (const farm of [whole, loaded.farm]) runTo(farm, 1);
  expect(loaded.farm.stateHash()).toBe(whole.stateHash());
  expect(standing(loaded.farm)).toEqual(standing(whole));
  expect(loaded.farm.plant.log.entries().map(({ what }) => what)).toEqual(
    whole.plant.log.entries().map(({ what }) => what),
  );
});

test('poisoned sensors hold: no number that is none reaches the effects', () => {
  const farm = withFault('sensor-dropout@0,1,2:0.05', SMALL);
  runTo(farm, 8);
  expect(farm.plant.interlocks.latchedCauses(0)).toContain('pressure-lost');
  for (const shares of [farm.plant.effects.chips, farm.plant.effects.drive, farm.plant.effects.ducts])
    expect(shares.every(Number.isFinite)).toBe(true);
  expect(farm.state.pressure.every((p) => p > 0)).toBe(true);
});
