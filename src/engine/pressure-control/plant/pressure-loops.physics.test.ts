// The pressure controller on a running farm: gains from a step test give the response that Skogestad's rule predicts; every mode
// reaches its setpoint; the balance closes; a lost network holds.

import { describe, expect, test } from 'vitest';
import { ATM } from '../../constants.ts';
import type { Farm } from '../../farm.ts';
import { parseFault } from '../../faults/parse.ts';
import { loadSnapshot, saveSnapshot } from '../../snapshot.ts';
import { farmWith } from '../../testing.ts';
import { predictResponse } from '../controller/response.ts';
import type { HeaderSystem } from '../headers/header-system.ts';
import { chokingConstant } from '../valves.ts';
import { CONTROLLED, HELIUM, loops, run } from './control.testing.ts';

/** Helium at rest, as quiet as a farm can be. */
const QUIET = {
  ...CONTROLLED,
  'pressure_control.control_mode': 'adaptive',
  'layout.size': [2, 2, 1],
  'gas.mixture': HELIUM,
};

const mean = (farm: Farm): number => farm.state.pressure.reduce((a, p) => a + p, 0) / farm.state.chambers;
const want = (farm: Farm, pressure: number): void => {
  const reply = farm.edit({ 'control.setpoint_Pa': pressure });
  if (!reply.ok) throw new Error(JSON.stringify(reply.problems));
};

/** Time after which a curve stays within a band of its end, s. */
function settling(time: ArrayLike<number>, curve: ArrayLike<number>, end: number, band: number): number {
  let last = 0;
  for (let k = 0; k < time.length; k++) if (Math.abs((curve[k] as number) - end) > band) last = time[k] as number;
  return last;
}

test('a step test identifies the process; with its gains steps of setpoint and load settle as predicted within 10 %', () => {
  const farm = farmWith({ ...QUIET, 'pressure_control.control_mode': 'fixed' });
  run(farm, 3);
  const request = { loop: 0, size: 0.002, longestRecord: 30, lowest: ATM, highest: 10 * ATM };
  expect(loops(farm).startTest(request)).toBeNull();
  expect(loops(farm).startTest(request)?.[0]).toMatch(/running/);
  const { test: stepTest } = loops(farm).tuning;
  while (stepTest?.isRunning) run(farm, farm.time_s + 0.5);
  expect(stepTest?.failure).toBeNull();
  const proposal = stepTest?.proposal;
  expect(proposal?.identification.rSquared).toBeGreaterThan(0.98);
  if (!proposal) throw new Error('no proposal');
  const { gain, integralTime } = proposal.tuning;
  expect(farm.edit({ 'control.gain_per_Pa': gain, 'control.integral_time_s': integralTime }).ok).toBe(true);
  // Until the loop is at rest after the test: what is still on its way adds to the answer.
  run(farm, farm.time_s + 10);
  const start = mean(farm);
  const from = loops(farm).target(0);
  const step = 0.2 * ATM;
  want(farm, from + step);
  const begun = farm.time_s;
  let settled = 0;
  let highest = 0;
  while (farm.time_s < begun + 6) {
    farm.step(20);
    const share = (mean(farm) - start) / step;
    highest = Math.max(highest, share);
    if (Math.abs(share - 1) > 0.05) settled = farm.time_s - begun;
  }
  const predicted = proposal.predicted.setpoint;
  expect(Math.abs(highest - 1 - predicted.overshoot)).toBeLessThan(0.1);
  // Settled to 5 %, the band that quantisation and the positioner's deadband leave clear; predicted from the same curve.
  const { time, measurement } = predicted.curve;
  const final = measurement[measurement.length - 1];
  const expected = settling(time, measurement, final, 0.05 * final);
  expect(Math.abs(settled / expected - 1)).toBeLessThan(0.1);

  // Then helium is injected: as much as a step of the output, which opens one valve and shuts the other, lets in and keeps in.
  const { model, tuning } = proposal;
  const loadStep = 0.0025;
  const { settings } = farm.headers.present as HeaderSystem;
  const T = 300 + farm.state.temperature.reduce((sum, x) => sum + x, 0) / farm.state.chambers;
  const perPascal = (settings.valveArea * chokingConstant(5 / 3)) / Math.sqrt(8.314462618 * 300 * 0.004002602);
  const flow = loadStep * perPascal * (settings.supplyPressure + mean(farm) * Math.sqrt(300 / T));
  const load = predictResponse(model, tuning.pid, { loadStep }).load;
  const rest = mean(farm);
  const edited = farm.edit({ 'injectors.flow_mol_per_s': flow, 'injectors.temperature_K': T });
  if (!edited.ok) throw new Error(JSON.stringify(edited.problems));
  const since = farm.time_s;
  const seen: { time: number[]; off: number[] } = { time: [], off: [] };
  while (farm.time_s < since + 8) {
    farm.step(20);
    seen.time.push(farm.time_s - since);
    seen.off.push(mean(farm) - rest);
  }
  const peak = Math.max(...seen.off);
  const when = settling(seen.time, seen.off, 0, 0.1 * load.overshoot);
  const foreseen = settling(load.curve.time, load.curve.measurement, 0, 0.1 * load.overshoot);
  expect(Math.abs(peak / load.overshoot - 1)).toBeLessThan(0.1);
  expect(Math.abs(when / foreseen - 1)).toBeLessThan(0.1);
}, 120_000);

describe('every mode', () => {
  for (const mode of ['fixed', 'adaptive', 'predictive']) {
    test(`${mode}: reaches a new setpoint without a jump, closes the balance, goes on from a snapshot bit for bit`, () => {
      const farm = farmWith({ ...QUIET, 'pressure_control.control_mode': mode });
      run(farm, 1);
      expect(Math.abs(mean(farm) / (5 * ATM) - 1)).toBeLessThan(0.01);
      const before = loops(farm).output(0);
      want(farm, 5.4 * ATM);
      farm.step(20);
      expect(Math.abs(loops(farm).output(0) - before)).toBeLessThan(0.02);
      run(farm, 3);
      const loaded = loadSnapshot(saveSnapshot(farm));
      if (!loaded.ok) throw new Error(loaded.message);
      run(farm, 6);
      run(loaded.farm, 6);
      expect(Math.abs(mean(farm) / (5.4 * ATM) - 1)).toBeLessThan(0.015);
      expect(loaded.farm.stateHash()).toBe(farm.stateHash());
      expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-11);
      expect(farm.balance().mass).toBeLessThan(1e-12);
    }, 120_000);
  }
});

test('a lost network holds the outputs; the loops go on when it is back', () => {
  const farm = farmWith({ ...QUIET, 'pressure_control.control_mode': 'fixed' });
  run(farm, 1);
  const parsed = parseFault('network-loss@farm:1:2', farm.plant.targets);
  if (!parsed.ok) throw new Error('fault');
  farm.plant.addFault(parsed.fault, 'test');
  run(farm, 1.1);
  want(farm, 5.4 * ATM);
  run(farm, 1.2);
  const held = loops(farm).output(0);
  run(farm, 1.9);
  expect(loops(farm).output(0)).toBe(held);
  run(farm, 8);
  expect(Math.abs(mean(farm) / (5.4 * ATM) - 1)).toBeLessThan(0.015);
}, 120_000);
