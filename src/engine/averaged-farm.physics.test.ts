// The farm in averaged mode: the balances close, it agrees with the waveform it came from and goes back to, and it heats up to
// the state where what goes in leaves.

import { expect, test } from 'vitest';
import type { Farm } from './farm.ts';
import { METRIC_NAMES, type MetricName } from './metrics.ts';
import { computeMetrics } from './readings.ts';
import { loadSnapshot, saveSnapshot } from './snapshot.ts';
import { farmWith } from './testing.ts';
import { energyFlows } from './thermodynamics/energy-flows.ts';

const SMALL = {
  'layout.size': [4, 4, 3],
  'drive.stroke_m3': 1.05e-5,
  'simulation.averaged_step_s': 20,
};
const metric = (farm: Farm, name: MetricName): number => computeMetrics(farm)[METRIC_NAMES.indexOf(name)] as number;
const relative = (value: number, expected: number): number => Math.abs(value / expected - 1);
const runTo = (farm: Farm, seconds: number): void => {
  while (farm.time_s < seconds - 0.5 * farm.stepLength_s) farm.step(1);
};
/** Waveform farm past its start-up transient. */
const settled = (edits: Readonly<Record<string, unknown>> = {}): Farm => {
  const farm = farmWith({ ...SMALL, 'simulation.fidelity': 'auto', ...edits });
  while (!farm.settling.isSettled) farm.step(100);
  farm.step(8000);
  return farm;
};

test('averaging a settled farm changes no amplitude and no power by more than a few thousandths', () => {
  const farm = settled();
  const names: MetricName[] = [
    'pressureRatioRms',
    'drivePower_W',
    'viscousPower_W',
    'minorLossPower_W',
    'thermalLossPower_W',
  ];
  const before = names.map((name) => metric(farm, name));
  farm.chooseMode(false);
  expect(farm.mode).toBe('averaged');
  // A short step: its totals are powers, and nothing slow has moved.
  farm.modes.averagedStep_s = 0.01;
  farm.step(1);
  const after = names.map((name) => metric(farm, name));
  names.forEach((name, m) => {
    expect(relative(after[m] as number, before[m] as number), name).toBeLessThan(5e-3);
  });
});

test('looking at a chamber gives back the waveform the averages describe, at once', () => {
  const farm = settled({ 'simulation.averaged_step_s': 0.2 });
  farm.chooseMode(false);
  farm.step(20);
  const amplitudes = Float64Array.from(farm.detector.readings.cosine);
  const scale = Math.max(...amplitudes.map(Math.abs));
  farm.chooseMode(true);
  expect(farm.mode).toBe('waveform');
  const windows = farm.detector.readings.count;
  while (farm.detector.readings.count === windows) farm.step(1);
  farm.detector.readings.cosine.forEach((c, i) => {
    expect(Math.abs(c - (amplitudes[i] as number)) / scale).toBeLessThan(0.01);
  });
  expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-9);
});

for (const model of ['field', 'uniform']) {
  test(`a day of averaged time with ${model} room air: balances close, entropy grows, it ends in thermal balance`, () => {
    const farm = farmWith({
      ...SMALL,
      'simulation.fidelity': 'averaged',
      'cooling.room_model': model,
      'cooling.circulation_rate': 100,
      'chips.pattern': 'gradient_x',
    });
    let entropy = 0;
    for (let hour = 1; hour <= 24; hour++) {
      runTo(farm, 3600 * hour);
      expect(metric(farm, 'entropyProduction_W_per_K')).toBeGreaterThan(0);
      entropy = Math.min(entropy, ...Object.values(energyFlows(farm).entropy_W_per_K));
    }
    const balance = farm.balance();
    expect(farm.mode).toBe('averaged');
    expect(balance.energy).toBeLessThan(1e-6);
    expect(balance.mass).toBeLessThan(1e-12);
    expect(balance.species).toBeLessThan(1e-12);
    expect(entropy).toBeGreaterThanOrEqual(0);
    expect(Math.abs(metric(farm, 'thermalImbalance'))).toBeLessThan(1e-3);
    if (model === 'field') expect(Math.abs(farm.room.balanceResidual())).toBeLessThan(1e-9);
  });
}

test.each(['field', 'uniform'])(
  'an averaged run in pieces, by way of snapshots, is the same run (%s room air)',
  (room) => {
    const start = () => farmWith({ ...SMALL, 'simulation.fidelity': 'averaged', 'cooling.room_model': room });
    const whole = start();
    whole.step(40);
    const half = start();
    half.step(17);
    const loaded = loadSnapshot(saveSnapshot(half));
    if (!loaded.ok) throw new Error(loaded.message);
    loaded.farm.step(23);
    expect(loaded.farm.stateHash()).toBe(whole.stateHash());
  },
);

test('edits act on an averaged farm; the balance stays closed', () => {
  const farm = farmWith({ ...SMALL, 'simulation.fidelity': 'averaged' });
  farm.step(5);
  const before = metric(farm, 'drivePower_W');
  const edited = farm.edit({ 'drive.stroke_m3': 0.5 * 1.05e-5 });
  expect(edited.ok).toBe(true);
  farm.step(1);
  expect(metric(farm, 'drivePower_W')).toBeLessThan(0.4 * before);
  expect(farm.edit({ 'initial.pressure_Pa': 200_000 }).ok).toBe(true);
  farm.step(5);
  expect(relative(metric(farm, 'pressureMean_Pa'), 200_000)).toBeLessThan(0.05);
  expect(farm.balance().energy).toBeLessThan(1e-6);
  expect(farm.balance().mass).toBeLessThan(1e-12);
});

test('a virial gas is not averaged, with the reason; nothing changes', () => {
  const farm = farmWith({ ...SMALL, 'simulation.gas_model': 'virial' });
  const result = farm.edit({ 'simulation.fidelity': 'averaged' });
  expect(result.ok).toBe(false);
  if (!result.ok) expect(result.problems[0]?.message).toContain('ideal');
  expect(farm.mode).toBe('waveform');
  expect(farm.values['simulation.fidelity']).toBe('auto');
  expect(farm.edit({ 'simulation.gas_model': 'ideal', 'simulation.fidelity': 'averaged' }).ok).toBe(true);
  expect(farm.edit({ 'simulation.gas_model': 'virial' }).ok).toBe(false);
  expect(farm.edit({ 'simulation.gas_model': 'virial', 'simulation.fidelity': 'auto' }).ok).toBe(true);
  expect(farm.mode).toBe('waveform');
});

test('automatic fidelity shows how a changed drive settles: cycles resolved after the edit, averaged again afterwards', () => {
  const farm = settled();
  farm.chooseMode(false);
  expect(farm.mode).toBe('averaged');
  const before = metric(farm, 'pressureRatioRms');
  expect(farm.edit({ 'cooling.circulation_rate': 5 }).ok).toBe(true);
  expect(farm.mode).toBe('averaged');
  expect(farm.edit({ 'drive.stroke_m3': 0.5e-5 }).ok).toBe(true);
  expect(farm.mode).toBe('waveform');
  // The first window is still on its way down.
  const windows = farm.detector.readings.count;
  while (farm.detector.readings.count === windows) farm.step(1);
  expect(metric(farm, 'pressureRatioRms')).toBeGreaterThan(0.5 * before);
  while (farm.mode === 'waveform') {
    farm.step(100);
    farm.chooseMode(false);
  }
  expect(metric(farm, 'pressureRatioRms')).toBeLessThan(0.52 * before);
  expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-9);
});
