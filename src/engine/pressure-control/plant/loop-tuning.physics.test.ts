// Step tests, gains taken over and setpoint records on a running farm, over edits and snapshots.

import { expect, test } from 'vitest';
import { readScenario } from '../../config/read.ts';
import { writeScenario } from '../../config/write.ts';
import { ATM } from '../../constants.ts';
import { Farm } from '../../farm.ts';
import { snapshotArrays } from '../../farm-snapshot.ts';
import { loadSnapshot, saveSnapshot } from '../../snapshot.ts';
import { farmWith } from '../../testing.ts';
import { CONTROLLED, HELIUM, loops } from './control.testing.ts';

/** Helium at rest, in averaged steps of a tenth of a second. */
const QUIET = {
  ...CONTROLLED,
  'simulation.fidelity': 'averaged',
  'gas.mixture': HELIUM,
};
const REQUEST = { loop: 0, size: 0.004, longestRecord: 30, lowest: ATM, highest: 10 * ATM };

const steps = (farm: Farm, n: number): void => {
  expect(farm.step(n)).toBe(n);
};
const edit = (farm: Farm, edits: Parameters<Farm['edit']>[0]): void => {
  const reply = farm.edit(edits);
  if (!reply.ok) throw new Error(JSON.stringify(reply.problems));
};
function finishTest(farm: Farm): void {
  for (let k = 0; k < 100 && loops(farm).tuning.isTesting; k++) steps(farm, 10);
  expect(loops(farm).tuning.test?.phase).toBe('done');
}
const logged = (farm: Farm): string[] => farm.plant.log.entries().map((e) => e.what);
const bits = (farm: Farm): number[][] => snapshotArrays(farm).map((array) => [...array]);

test('a snapshot in the midst of a step test goes on as it would have, and proposes the same', () => {
  const farm = farmWith(QUIET);
  steps(farm, 20);
  expect(loops(farm).startTest(REQUEST)).toBeNull();
  steps(farm, 40);
  expect(loops(farm).tuning.test?.phase).toBe('recording');
  expect(loops(farm).mode(0)).toBe('manual');
  const loaded = loadSnapshot(saveSnapshot(farm));
  if (!loaded.ok) throw new Error(loaded.message);
  finishTest(farm);
  finishTest(loaded.farm);
  expect(bits(loaded.farm)).toEqual(bits(farm));
  const proposal = loops(farm).tuning.test?.proposal;
  expect(proposal?.identification.rSquared).toBeGreaterThan(0.97);
  expect(loops(loaded.farm).tuning.test?.proposal).toEqual(proposal);
  expect(logged(farm).at(-1)).toMatch(/^Step test of the whole farm ended: fits with R² 0\.9/);
});

test('gains of a test belong to the scenario: they stay over edits, snapshots and files, and are taken back like any edit', () => {
  const farm = farmWith(QUIET);
  steps(farm, 20);
  const first = loops(farm).bank.tuning(0);
  expect(loops(farm).startTest(REQUEST)).toBeNull();
  finishTest(farm);
  const tuning = loops(farm).tuning.test?.proposal?.tuning;
  if (!tuning) throw new Error('nothing found');
  const { pid: found } = tuning;
  expect(found.integral).not.toBe(first.integral);
  const output = loops(farm).output(0);
  const use = { 'control.gain_per_Pa': tuning.gain, 'control.integral_time_s': tuning.integralTime };
  edit(farm, use);
  expect(logged(farm).at(-1)).toMatch(/^Gains of the whole farm given: [\d.]+ %\/atm, integral time [\d.]+ s$/);
  expect(loops(farm).tuningOf(0)).toEqual(found);
  steps(farm, 1);
  expect(Math.abs(loops(farm).output(0) - output)).toBeLessThan(1e-3);
  // Back from where the test has left it.
  steps(farm, 60);
  // Two edits without a step between them, as while paused.
  edit(farm, { 'control.setpoint_Pa': 5.1 * ATM });
  edit(farm, { 'control.setpoint_Pa': 5.2 * ATM });
  expect(loops(farm).mode(0)).toBe('starting');
  const cut = loadSnapshot(saveSnapshot(farm));
  if (!cut.ok) throw new Error(cut.message);
  steps(farm, 60);
  steps(cut.farm, 60);
  expect(bits(cut.farm)).toEqual(bits(farm));
  expect(loops(farm).bank.tuning(0)).toEqual(found);
  expect(loops(farm).tuning.gains.source(0)).toBe('given');
  const { gain, integralTime } = { gain: first.proportional, integralTime: first.proportional / first.integral };
  expect(loops(farm).tuning.gains.before(0)).toEqual({ source: 'sizes', gain, integralTime });
  expect(loops(farm).tuning.test?.phase).toBe('done');

  // What it made of the step: from the setpoint before, to the one after, with the figures of tracking.
  const step = loops(farm).tuning.record.recorded();
  expect(step?.from).toBe(5 * ATM);
  expect(step?.to).toBe(5.2 * ATM);
  expect(step?.measurement.length).toBeGreaterThan(50);
  const tracking = loops(farm).tracking.figures(0);
  expect(tracking.overshoot).toBeLessThan(0.1);
  expect(tracking.largest).toBeGreaterThan(0.19 * ATM);
  expect(tracking.time).toBeCloseTo(6, 0);

  // A closed-loop time asks nothing of gains that are given; taken back, those from the sizes follow it.
  edit(farm, { 'control.closed_loop_s': 2 });
  steps(farm, 2);
  expect(loops(farm).bank.tuning(0)).toEqual(found);
  edit(farm, { 'control.closed_loop_s': 0.5 });
  edit(farm, { 'control.gain_per_Pa': 0 });
  expect(logged(farm).at(-1)).toBe('Gains of the whole farm again by the valves’ sizes');
  steps(farm, 2);
  expect(loops(farm).tuning.gains).toMatchObject({ given: [null] });
  expect([loops(farm).tuning.gains.source(0), loops(farm).tuning.gains.before(0)]).toEqual(['sizes', null]);
  expect(loops(farm).bank.tuning(0).proportional / first.proportional).toBeCloseTo(1, 1);

  // A file carries them to another farm.
  const read = readScenario(writeScenario({ ...farm.values, ...use }), 'saved.toml');
  if (!read.values) throw new Error(JSON.stringify(read.problems));
  const made = Farm.create(read.values);
  if (!made.ok) throw new Error('create');
  steps(made.farm, 2);
  expect(loops(made.farm).bank.tuning(0)).toEqual(found);
});

test('gains are of loops: a list gives each layer its own, one without leaves it to the sizes; other modes find theirs', () => {
  const edits = { ...QUIET, 'layout.size': [2, 1, 2], 'control.scope': 'layer' };
  const farm = farmWith({ ...edits, 'control.gain_per_Pa': [1e-7, 3e-7, 2e-7, 0], 'control.integral_time_s': 2 });
  steps(farm, 2);
  expect(loops(farm).count).toBe(2);
  expect(loops(farm).bank.tuning(0)).toMatchObject({ proportional: 2e-7, integral: 1e-7 });
  expect([loops(farm).tuning.gains.source(0), loops(farm).tuning.gains.source(1)]).toEqual(['given', 'sizes']);
  edit(farm, { 'control.gain_per_Pa': 1e-7 });
  expect(logged(farm).at(-1)).toBe('Gains of 2 loops changed');
  for (const mode of ['adaptive', 'predictive']) {
    edit(farm, { 'pressure_control.control_mode': mode });
    steps(farm, 2);
    expect(loops(farm).bank.tuning(0).proportional).not.toBe(1e-7);
  }
});

test('an edit ends a running step test and says so; the loop goes on by itself', () => {
  const farm = farmWith(QUIET);
  steps(farm, 20);
  expect(loops(farm).startTest(REQUEST)).toBeNull();
  steps(farm, 15);
  edit(farm, { 'control.setpoint_Pa': 5.1 * ATM });
  const { test: ended } = loops(farm).tuning;
  expect(ended?.failure?.kind).toBe('edited');
  steps(farm, 60);
  expect(loops(farm).mode(0)).toBe('automatic');
  expect(Math.abs(loops(farm).bank.measurement[0] / (5.1 * ATM) - 1)).toBeLessThan(0.01);
  expect(logged(farm)).toContain('Step test of the whole farm ended');
});

test('a step test is refused with reason and remedy, and changes nothing', () => {
  const farm = farmWith(QUIET);
  expect(loops(farm).startTest(REQUEST)?.[0]).toMatch(/has not started/);
  steps(farm, 5);
  for (const [wrong, reason] of [
    [{ loop: 1 }, /There is no loop 1 of 1/],
    [{ loop: 0.5 }, /There is no loop/],
    [{ size: 0 }, /0 is no step/],
    [{ size: 1 }, /1 is no step/],
    [{ size: Number.NaN }, /NaN is no step/],
    [{ longestRecord: 1 }, /A record of 1 s/],
  ] as const)
    expect(loops(farm).startTest({ ...REQUEST, ...wrong })?.[0]).toMatch(reason);
  expect(loops(farm).tuning.test).toBeNull();
  edit(farm, { 'pressure_control.control_mode': 'adaptive' });
  steps(farm, 1);
  expect(loops(farm).startTest(REQUEST)?.[0]).toMatch(/needs fixed gains/);
});

test('a setpoint beyond the supply saturates, and the truth is what the gas does', () => {
  const farm = farmWith({ ...QUIET, 'headers.supply_pressure_Pa': 5.2 * ATM, 'control.closed_loop_s': 0.1 });
  edit(farm, { 'control.setpoint_Pa': 9 * ATM });
  steps(farm, 150);
  expect(loops(farm).saturated(0)).toBe('supply');
  edit(farm, { 'control.setpoint_Pa': 1000, 'headers.return_pressure_Pa': 2 * ATM });
  steps(farm, 250);
  expect(loops(farm).saturated(0)).toBe('return');
  farm.plant.measurement.truth.forEach((p, i) => {
    expect(p).toBe(farm.state.pressure[i]);
  });
});
