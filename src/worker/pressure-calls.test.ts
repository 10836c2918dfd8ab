// The calls of the Pressure tab, the bypasses, the log and the plant's overview on a real farm in a session.

import { beforeAll, describe, expect, test } from 'vitest';
import { ATM } from '../engine/constants.ts';
import { loopName } from '../engine/pressure-control/plant/loop-name.ts';
import type { Problem } from './protocol.ts';
import { Session } from './session.ts';

const SCENARIO = `[layout]
size = [2, 2, 2]
[simulation]
fidelity = "averaged"
[drive]
stroke_m3 = 1e-5
`;

function start() {
  let now = 0;
  const nothing = (): void => undefined;
  const session = new Session({ notify: nothing, layoutChanged: nothing, offerFrame: nothing }, () => (now += 0.05));
  expect(session.calls.load(SCENARIO, 'small.toml').ok).toBe(true);
  return session.calls;
}
type Calls = ReturnType<typeof start>;

const turnOn = (calls: Calls, edits: Parameters<Calls['edit']>[0] = {}): void => {
  const reply = calls.edit(
    {
      'headers.enabled': true,
      'control.enabled': true,
      'pressure_control.cycling_enabled': false,
      'pressure_control.control_mode': 'fixed',
      ...edits,
    },
    'control',
  );
  if (!reply.ok) throw new Error(JSON.stringify(reply.problems));
};
const reason = (reply: { ok: boolean; problems?: readonly Problem[] }): string => {
  expect(reply.ok).toBe(false);
  return `${reply.problems?.[0]?.message} ${reply.problems?.[0]?.remedy}`;
};
const all = (calls: Calls, ...names: Parameters<Calls['pressureTrends']>[0]) =>
  calls.pressureTrends(names, Number.NaN, Number.NaN, 10_000);
const numbers = (values: Float64Array | undefined): number[] => [...(values ?? [])].filter((x) => !Number.isNaN(x));

describe('without headers and control', () => {
  test('every list is empty and says so; pressures are recorded all the same', () => {
    const calls = start();
    calls.step(5);
    expect(calls.loops({ sort: 'error', offset: 0, limit: 10 })).toMatchObject({ rows: [], total: 0, control: null });
    expect(calls.valves({ sort: 'deviation', offset: 0, limit: 10 })).toMatchObject({ rows: [], total: 0 });
    expect(calls.machines()).toMatchObject({ headers: [], compressor: null, open: 0, chambers: 8 });
    expect(calls.tuning(null)).toBeNull();
    expect(reason(calls.startStepTest(0, 0.005, 30, 'Ada'))).toMatch(/controller is off.*Turn headers and control on/);
    const { series, interval_s } = all(calls, 'sensedMean', 'truthMean', 'supplyOpening');
    expect(interval_s).toBe(0.05);
    expect(numbers(series[1]?.min).length).toBe(5);
    // It warms up.
    const truth = numbers(series[1]?.min);
    expect(truth).toEqual([...truth].sort((a, b) => a - b));
    expect([(truth[0] ?? 0) > 4.99 * ATM, (truth[4] ?? 0) < 6 * ATM]).toEqual([true, true]);
    expect(numbers(series[2]?.min)).toEqual([]);
  });
});

describe('trends', () => {
  test('go on over edits and changes of mode, never back in time, and begin anew with another farm', () => {
    const calls = start();
    turnOn(calls);
    calls.step(30);
    const before = all(calls, 'truthMean').time.length;
    calls.edit({ 'control.setpoint_Pa': 5.2 * ATM }, 'setpoint');
    calls.step(30);
    calls.edit({ 'simulation.fidelity': 'waveform' }, 'waveform');
    // A sample every 50 ms of steps of microseconds.
    const from = calls.status().simulated_s;
    while (calls.status().simulated_s < from + 0.26) calls.step(500);
    const { time, series, span } = all(
      calls,
      'truthMean',
      'setpoint',
      'sensedMean',
      'loop 0 sensed',
      'compressorPower',
    );
    expect(time.length).toBeGreaterThanOrEqual(before + 30 + 4);
    expect(time.length).toBeLessThanOrEqual(before + 30 + 9);
    for (let k = 1; k < time.length; k++) expect(time[k]).toBeGreaterThan(time[k - 1] ?? 0);
    expect(span[1]).toBeGreaterThan(from + 0.2);
    expect(new Set(numbers(series[1]?.min))).toEqual(new Set([5 * ATM, 5.2 * ATM]));
    const [truth, sensed] = [series[0]?.min.at(-1) ?? 0, series[2]?.min.at(-1) ?? 0];
    expect(Math.abs(truth / (5.2 * ATM) - 1)).toBeLessThan(0.02);
    expect(sensed).not.toBe(truth);
    expect(Math.abs(sensed - truth)).toBeLessThan(3000);
    expect(Math.max(...numbers(series[4]?.max))).toBeGreaterThan(1000);
    calls.load(SCENARIO, 'again.toml');
    expect(all(calls, 'truthMean').time.length).toBe(0);
  });

  test('chambers are recorded while they are selected, loops as they are made up', () => {
    const calls = start();
    turnOn(calls, { 'control.scope': 'layer' });
    calls.step(5);
    calls.select([3]);
    calls.step(5);
    calls.select([3, 5, 99]);
    calls.step(5);
    const { series } = all(
      calls,
      'chamber 3 truth',
      'chamber 5 sensed',
      'chamber 1 truth',
      'loop 1 setpoint',
      'loop 7 sensed',
    );
    expect(series.map(({ min }) => numbers(min).length)).toEqual([10, 5, 0, 15, 0]);
    turnOn(calls, { 'control.scope': 'farm' });
    calls.step(3);
    const after = all(calls, 'loop 0 output', 'loop 1 setpoint', 'truthMean').series;
    expect(after.map(({ min }) => numbers(min).length)).toEqual([3, 0, 18]);
  });
});

describe('lists', () => {
  let calls: Calls;
  beforeAll(() => {
    calls = start();
    turnOn(calls, { 'control.scope': 'chamber' });
    calls.step(40);
  });

  test('loops come worst first, a page at a time, with what each does and how well', () => {
    const first = calls.loops({ sort: 'error', offset: 0, limit: 3 });
    const rest = calls.loops({ sort: 'error', offset: 3, limit: 50 });
    expect(first).toMatchObject({ total: 8, control: { mode: 'fixed', scope: 'chamber' } });
    const rows = [...first.rows, ...rest.rows];
    expect(rows.map(({ loop }) => loop).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const errors = rows.map((row) => Math.abs(row.setpoint_Pa - row.measured_Pa));
    expect(errors).toEqual([...errors].sort((a, b) => b - a));
    expect(first.worstError_Pa).toBe(errors[0]);
    for (const row of rows) {
      expect(row).toMatchObject({ mode: 'automatic', saturated: null, gainSource: 'sizes', chambers: 1 });
      expect(Math.abs(row.truth_Pa / (5 * ATM) - 1)).toBeLessThan(0.02);
      expect(row.gains?.proportional).toBeGreaterThan(0);
      expect(row.tracking.integralAbsolute).toBeGreaterThan(0);
    }
    expect(calls.loops({ sort: 'loop', loops: [5, 2, 99], offset: 0, limit: 9 }).rows.map((r) => r.loop)).toEqual([
      2, 5,
    ]);
  });

  test('valves come furthest from their command first; a stuck one is what it is', () => {
    expect(calls.valves({ sort: 'deviation', offset: 0, limit: 4 })).toMatchObject({ total: 16, states: { free: 16 } });
    expect(calls.injectFault('stuck-valve=1@9:0', 'Ada')).toEqual({ ok: true });
    calls.step(3);
    const { rows, states, worst } = calls.valves({ sort: 'deviation', offset: 0, limit: 4 });
    expect(rows[0]).toMatchObject({ valve: 9, chamber: 4, which: 'return', position: 1, opening: 1, state: 'stuck' });
    expect(rows[0]?.command).toBeLessThan(0.9);
    expect(states).toMatchObject({ stuck: 1, free: 15 });
    expect(worst).toBe(Math.abs((rows[0]?.command ?? 0) - 1));
    for (const row of rows) expect(row.wear.strokes).toBeGreaterThan(0);
    const own = calls.valves({ sort: 'chamber', chambers: [4, 7], offset: 0, limit: 9 });
    expect(own.rows.map(({ valve }) => valve)).toEqual([8, 9, 14, 15]);
    calls.clearFaults('Ada');
  });

  test('machines tell what they do: the compressor moves what the valves let through', () => {
    const { headers, compressor, open, reliefOpen } = calls.machines();
    expect(headers.map(({ name, setpoint_Pa }) => [name, setpoint_Pa])).toEqual([
      ['supply', 10 * ATM],
      ['return', 0.1 * ATM],
    ]);
    expect(compressor?.running).toBe(1);
    expect(compressor?.flow).toBeGreaterThan(0.1);
    expect(compressor?.power_W).toBeGreaterThan(1000);
    expect([open, reliefOpen]).toEqual([0, 0]);
  });

  test('sensors furthest from the truth come first, and the suspected one is named', () => {
    // The stuck valve’s swing has died away.
    calls.step(60);
    calls.injectFault('sensor-bias=0.1@13:0', 'Ada');
    calls.step(10);
    const { rows, total, suspects, qualities, rmsDifference_Pa } = calls.pressureSensors({ offset: 0, limit: 8 });
    const apart = rows.map((row) => Math.abs(row.voted_Pa - row.truth_Pa));
    expect(apart).toEqual([...apart].sort((a, b) => b - a));
    expect([total, suspects]).toEqual([8, 1]);
    expect(qualities.good + qualities.uncertain).toBe(8);
    expect(rmsDifference_Pa).toBeGreaterThan(10);
    expect(rmsDifference_Pa).toBeLessThan(3000);
    const [second] = calls.pressureSensors({ chambers: [2], offset: 0, limit: 8 }).rows;
    expect(second).toMatchObject({ chamber: 2, suspect: 1, reason: 'deviation' });
    expect((second?.readings[1] ?? 0) - (second?.readings[0] ?? 0)).toBeGreaterThan(1e5);
    calls.clearFaults('Ada');
  });

  test('a sensor of 1000 Hz shows a drive of 1000 Hz standing still, one of 1030 Hz at 30 Hz', () => {
    expect(calls.sampling()).toMatchObject([
      { kind: 'pressure', perCycle: 1, sampling: 'aliased', alias_Hz: 0 },
      { kind: 'oscillation', perCycle: 50, sampling: 'resolved', alias_Hz: null, warning: null },
    ]);
    const other = start();
    other.edit({ 'drive.frequency_Hz': 1030 }, 'frequency');
    expect(other.sampling()[0]).toMatchObject({ alias_Hz: 30, warning: expect.stringContaining('as 30 Hz') });
  });
});

describe('tuning', () => {
  test('a step test is run, its gains used, compared with what they promise, and taken back, all in the log', () => {
    const calls = start();
    turnOn(calls);
    calls.step(20);
    expect(reason(calls.startStepTest(0, 2, 30, 'Ada'))).toMatch(/2 is no step of the output/);
    expect(reason(calls.cancelStepTest('Ada'))).toMatch(/No step test is running/);
    expect(calls.startStepTest(0, 0.004, 30, 'Ada')).toEqual({ ok: true });
    calls.step(5);
    expect(calls.tuning(null)?.test).toMatchObject({ isRunning: true, phase: 'settling', step: null });
    expect(calls.cancelStepTest('Ada')).toEqual({ ok: true });
    expect(calls.tuning(null)?.test).toMatchObject({ isRunning: false, failure: 'The test was cancelled.' });
    expect(calls.startStepTest(0, 0.004, 30, 'Ada')).toEqual({ ok: true });
    let last = 0;
    for (let k = 0; k < 60 && calls.tuning(null)?.test?.isRunning; k++) {
      calls.step(10);
      const { progress = 0 } = calls.tuning(null)?.test ?? {};
      expect(progress).toBeGreaterThanOrEqual(last);
      last = progress;
    }
    const view = calls.tuning(null);
    const found = view?.found;
    if (!found || !view?.test) throw new Error(view?.test?.failure ?? 'nothing found');
    expect(found.rSquared).toBeGreaterThan(0.97);
    // The fitted curve passes through the record.
    const off = found.fitted.pressure.map((p, k) => p - (view.test?.record.pressure[k] ?? 0));
    const rms = Math.sqrt(off.reduce((sum, d) => sum + d * d, 0) / off.length);
    expect(rms).toBeLessThan(1.5 * found.residual_Pa);
    const slow = calls.tuning(2)?.found;
    expect(slow?.tuning.closedLoopTime).toBe(2);
    expect(slow?.tuning.pid.proportional).toBeLessThan(0.5 * found.tuning.pid.proportional);
    expect(slow?.predicted.settling[1]).toBeGreaterThan(2 * (found.predicted.settling[1] ?? Number.NaN));

    const before = view.gains?.now;
    expect(found.inUse).toBe(false);
    const { tuning } = calls.tuning(0.5)?.found ?? found;
    const use = { 'control.gain_per_Pa': tuning.gain, 'control.integral_time_s': tuning.integralTime };
    expect(calls.edit(use, 'Gains').ok).toBe(true);
    // At once, also while the farm is paused.
    expect(calls.tuning(0.5)).toMatchObject({
      found: { inUse: true },
      gains: { source: 'given', before: { source: 'sizes', gain: before?.proportional } },
    });
    calls.step(60);
    calls.edit({ 'control.setpoint_Pa': 5.3 * ATM }, 'setpoint');
    calls.step(80);
    const comparison = calls.tuning(0.5)?.comparison;
    if (!comparison) throw new Error('no comparison');
    expect([comparison.from_Pa, comparison.to_Pa]).toEqual([5 * ATM, 5.3 * ATM]);
    expect(Math.abs(comparison.measured.overshoot - comparison.predicted.overshoot)).toBeLessThan(0.1);
    const [measured, predicted] = [comparison.measured.settling[1], comparison.predicted.settling[1]];
    expect(Math.abs((measured ?? 99) - (predicted ?? 0))).toBeLessThan(0.5);
    const acts = calls.log({ kinds: ['act'], who: 'Ada' }, 0, 20).entries.map(({ what }) => what);
    expect(acts).toEqual([
      'Step test of the whole farm begun: 0.4 % of its output',
      'Step test of the whole farm cancelled',
      'Step test of the whole farm begun: 0.4 % of its output',
    ]);
    expect(calls.log({ text: 'Gains of' }, 0, 20).entries.map(({ what }) => what)).toEqual([
      expect.stringMatching(/^Gains of the whole farm given: [\d.]+ %\/atm, integral time [\d.]+ s$/),
    ]);
    // A reset and a reload of the saved scenario keep them.
    calls.reset();
    calls.step(2);
    expect(calls.loops({ sort: 'loop', offset: 0, limit: 1 }).rows[0]).toMatchObject({
      gainSource: 'given',
      gains: { proportional: tuning.gain },
    });
    expect(calls.load(calls.save(), 'saved.toml').ok).toBe(true);
    calls.step(2);
    expect(calls.loops({ sort: 'loop', offset: 0, limit: 1 }).rows[0]?.gains?.proportional).toBe(tuning.gain);
    expect(calls.edit({ 'control.gain_per_Pa': 0 }, 'Take back').ok).toBe(true);
    calls.step(2);
    expect(calls.loops({ sort: 'loop', offset: 0, limit: 1 }).rows[0]?.gainSource).toBe('sizes');
  });

  test('a loop has one name: the log says layer 2 where the page says Layer 2', () => {
    const calls = start();
    turnOn(calls, { 'control.scope': 'layer' });
    calls.step(5);
    expect(loopName('layer', 1)).toBe('Layer 2');
    expect(calls.startStepTest(1, 0.004, 30, 'Ada')).toEqual({ ok: true });
    calls.edit({ 'control.setpoint_Pa': 5.1 * ATM }, 'setpoint');
    calls.step(2);
    expect(calls.driverCommand('write pressure-controller/7/mode 1', 'Ada').ok).toBe(true);
    expect(calls.log({ text: 'layer' }, 0, 20).entries.map(({ what }) => what)).toEqual([
      expect.stringMatching(/^Manual: output of layer 2 held at/),
      'Step test of layer 2 ended',
      'Step test of layer 2 begun: 0.4 % of its output',
    ]);
  });

  test('a reset ends manual commands, keeps the scenario’s gains, and the log says so', () => {
    const calls = start();
    turnOn(calls, { 'control.gain_per_Pa': 1e-7 });
    calls.step(2);
    expect(calls.driverCommand('write pressure-valve/3/command 0.2', 'Ada').ok).toBe(true);
    expect(calls.log({ text: 'held at' }, 0, 5).entries[0]?.why).toBe('until it is released or the farm is reset');
    calls.reset();
    expect(calls.log({ text: 'Manual commands' }, 0, 5).entries).toMatchObject([
      { what: 'Manual commands ended: 1', why: 'the farm was reset' },
    ]);
    calls.step(2);
    expect(calls.loops({ sort: 'loop', offset: 0, limit: 1 }).rows[0]).toMatchObject({ gainSource: 'given' });
    expect(calls.valves({ sort: 'chamber', offset: 0, limit: 1 }).states['by-hand']).toBe(0);
  });
});

describe('safety', () => {
  test('a bypass takes two acts, holds its trip back, is counted, and is ended', () => {
    const calls = start();
    calls.step(2);
    const ask = { group: 3, cause: 'pressure-high', duration_s: 600, who: 'Ada', why: 'calibration' } as const;
    expect(reason(calls.requestBypass({ ...ask, why: '' }))).toMatch(/who and why/);
    expect(calls.requestBypass(ask)).toEqual({ ok: true });
    expect(calls.plant().bypasses).toMatchObject([{ id: 1, group: 3, until_s: null, requestedBy: 'Ada' }]);
    expect(reason(calls.confirmBypass(1, 'Grace', ''))).toMatch(/who and why/);
    expect(calls.confirmBypass(1, 'Grace', 'watched')).toEqual({ ok: true });
    calls.injectFault('sensor-stuck@18,19:0', 'Ada');
    calls.step(2);
    const [bypass] = calls.plant().bypasses;
    expect(bypass?.until_s).toBeGreaterThan(600);
    expect(calls.plant().trips.count).toBe(0);
    expect(calls.endBypass(1, 'Ada', '')).toEqual({ ok: true });
    expect(calls.plant().bypasses).toEqual([]);
    expect(reason(calls.endBypass(1, 'Ada', ''))).toMatch(/no number 1/);
  });

  test('the restart’s conditions stand in the overview, met or not', () => {
    const calls = start();
    calls.step(2);
    const before = calls.plant().permissives;
    expect(before.find(({ label }) => label === 'Gas in the supply header')?.met).toBe(false);
    expect(before.find(({ label }) => label === 'Oxygen in the room')).toMatchObject({
      met: true,
      reading: expect.stringMatching(/^20\.9\d %, wanted above 19\.5 %$/),
    });
    calls.emergencyStop(true, 'Ada', '');
    calls.step(1);
    expect(calls.plant().permissives.find(({ label }) => label === 'No interlock latched')?.met).toBe(false);
  });

  test('bell and list count the same: also what has returned without being acknowledged', () => {
    const calls = start();
    calls.step(2);
    const agree = (): { standing: number; unacknowledged: number } => {
      const { alarms } = calls.plant();
      const sum = { standing: 0, unacknowledged: 0 };
      for (const counts of Object.values(alarms)) {
        sum.standing += counts.standing;
        sum.unacknowledged += counts.unacknowledged;
      }
      const owed = ['unacknowledged', 'returned-unacknowledged', 'latched-unacknowledged'] as const;
      const list = (states: Parameters<Calls['alarms']>[0]['states']) =>
        calls.alarms({ ...(states && { states }) }).total;
      expect(sum.standing).toBe(list([...owed, 'acknowledged', 'latched-acknowledged']));
      expect(sum.unacknowledged).toBe(list(owed));
      expect(calls.plant().foremost === null).toBe(sum.unacknowledged === 0);
      return sum;
    };
    expect(agree()).toEqual({ standing: 0, unacknowledged: 0 });
    calls.injectFault('pump-trip@0:0', 'Ada');
    calls.step(20);
    expect(agree()).toEqual({ standing: 1, unacknowledged: 1 });
    calls.clearFaults('Ada');
    calls.step(60);
    // Gone, and nobody has seen it.
    expect(calls.alarms({ states: ['returned-unacknowledged'] }).total).toBe(1);
    expect(agree()).toEqual({ standing: 1, unacknowledged: 1 });
    expect(calls.plant().foremost?.text).toMatch(/Pump tripped/);
    calls.acknowledgeAll('Ada');
    expect(agree()).toEqual({ standing: 0, unacknowledged: 0 });
    // A latching one: gone, acknowledged or not, it stays in view until it is reset.
    calls.emergencyStop(true, 'Ada', '');
    calls.step(20);
    const tripped = agree();
    expect(tripped.unacknowledged).toBeGreaterThan(0);
    calls.acknowledgeAll('Ada');
    expect(agree()).toEqual({ standing: tripped.standing, unacknowledged: 0 });
  });
});

test('the log comes in pages, the latest first', () => {
  const calls = start();
  for (let k = 0; k < 12; k++) calls.note('Ada', `note ${k}`);
  const { entries, total } = calls.log({ kinds: ['note'] }, 0, 5);
  expect(total).toBe(12);
  expect(entries.map(({ what }) => what)).toEqual(['note 11', 'note 10', 'note 9', 'note 8', 'note 7']);
  expect(calls.log({ kinds: ['note'] }, 10, 5).entries.map(({ what }) => what)).toEqual(['note 1', 'note 0']);
  expect(calls.log({ text: 'note 1' }, 0, 5).total).toBe(3);
  expect(
    calls
      .logFile({ text: 'note 11' }, 'csv')
      .split('\r\n')
      .filter((line) => line.includes('note')),
  ).toHaveLength(1);
});
