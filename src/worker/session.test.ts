import { expect, test } from 'vitest';
import type { WorkerNotice } from './protocol.ts';
import { type Outlet, Session } from './session.ts';

/** A session on a clock of its own: a millisecond passes with every look at it. */
function start() {
  const notices: WorkerNotice[] = [];
  const frames: { field: string; data: Float32Array }[] = [];
  let now = 0;
  const outlet: Outlet = {
    notify: (notice) => notices.push(notice),
    layoutChanged: () => undefined,
    offerFrame: (field, _, chambers, fill) => {
      const data = new Float32Array(chambers * (field === 'strobe' ? 2 : 1));
      fill(data);
      frames.push({ field, data });
    },
  };
  const session = new Session(outlet, () => (now += 0.05));
  session.announceLayout();
  const small = '[layout]\nsize = [3, 2, 2]\n[drive]\nstroke_m3 = 1e-5\n';
  expect(session.calls.load(small, 'small.toml').ok).toBe(true);
  return {
    session,
    notices,
    frames,
    wait: (ms: number) => {
      now += ms;
    },
  };
}

test('it runs what is due, tells its status, and streams the chosen field', () => {
  const { session, notices, frames, wait } = start();
  session.calls.stream('strobe');
  session.calls.run();
  for (let k = 0; k < 50; k++) {
    wait(10);
    session.turn();
  }
  const status = session.calls.status();
  expect(status.steps).toBeGreaterThan(400);
  expect(status.running).toBe(true);
  expect(status.residuals.energy).toBeLessThan(1e-9);
  expect(status.realTimeFactor).toBeGreaterThan(0);
  expect(notices.filter((n) => n.type === 'status').length).toBeGreaterThan(3);
  expect(frames.at(-1)?.data.length).toBe(24);
  const series = session.calls.series(['drivePower_W'], Number.NaN, Number.NaN, 100);
  expect(series.time.length).toBeGreaterThan(0);
  expect(series.events.some((event) => event.kind === 'load')).toBe(true);
});

test('slow motion does the steps that are due and no more', () => {
  const { session, wait } = start();
  session.calls.setTimeScale(1e-3);
  session.calls.run();
  for (let k = 0; k < 100; k++) {
    wait(10);
    session.turn();
  }
  // 1 s of wall time is 1 ms of the farm's: 40 steps of 25 µs.
  expect(session.calls.status().steps).toBeGreaterThan(35);
  expect(session.calls.status().steps).toBeLessThan(45);
});

test('a refused file or edit names the problem and leaves the farm as it is', () => {
  const { session } = start();
  session.calls.step(50);
  const { stateHash } = session.calls.status();
  const load = session.calls.load('[drive]\nfrequency = 3\n', 'bad.toml');
  expect(load.ok).toBe(false);
  expect(load.problems[0]).toMatchObject({ file: 'bad.toml', line: 2 });
  const edit = session.calls.edit({ 'drive.frequency_Hz': Number.NaN }, 'frequency');
  expect(edit.ok).toBe(false);
  expect(session.calls.status().stateHash).toBe(stateHash);
});

test('selected chambers are recorded and inspected', () => {
  const { session } = start();
  session.calls.select([3, 3, 99, 0]);
  session.calls.step(900);
  const [first, second] = session.calls.inspect();
  expect(first?.id).toBe(3);
  expect(second?.id).toBe(0);
  expect(first?.waveform.pressure_Pa.length).toBeGreaterThan(50);
  const peak = first?.spectrum.amplitude_Pa.indexOf(Math.max(...(first?.spectrum.amplitude_Pa ?? []))) ?? 0;
  expect(Math.abs((first?.spectrum.frequency_Hz[peak] ?? 0) - 1000)).toBeLessThan(100);
  expect(first?.neighbours.length).toBeGreaterThan(2);
});

test('the gas table varies one quantity and refuses what is no gas', () => {
  const { session } = start();
  const request = { mixture: { He: 1 }, temperature_K: 300, pressure_Pa: 101325, model: 'ideal', points: 11 } as const;
  const share = session.calls.gas({ ...request, along: 'Ar', from: 0, to: 1 });
  if (!share.ok) throw new Error('refused');
  expect(share.axis.length).toBe(11);
  expect(share.properties.molarMass_kg_per_mol?.[0]).toBeCloseTo(4.0026e-3, 6);
  expect(share.properties.molarMass_kg_per_mol?.[10]).toBeCloseTo(39.948e-3, 6);
  expect(Math.min(...(share.properties.prandtl ?? []))).toBeLessThan(0.42);
  expect(session.calls.gas({ ...request, mixture: { Xe: 1 }, along: null, from: 0, to: 0 }).ok).toBe(false);
  expect(session.calls.gas({ ...request, along: 'temperature', from: -5, to: 300 }).ok).toBe(false);
  expect(session.calls.flows().residual_W).toBe(0);
});

test('reset goes back to time zero with the same settings', () => {
  const { session } = start();
  session.calls.edit({ 'drive.frequency_Hz': 800 }, 'frequency');
  session.calls.step(100);
  session.calls.reset();
  expect(session.calls.status().simulated_s).toBe(0);
  expect(session.calls.values()['drive.frequency_Hz']).toBe(800);
});

test('a fast-forward goes on as fast as it can when the time scale changes, and keeps the new scale afterwards', () => {
  const { session } = start();
  session.calls.fastForward();
  session.calls.setTimeScale(2);
  const before = session.calls.status();
  for (let k = 0; k < 200 && session.calls.status().fastForward; k++) session.turn();
  const status = session.calls.status();
  expect(status.fastForward).toBeNull();
  expect(status.timeScale).toBe(2);
  // Minutes a step, not the half second that a scale of 2 asks for.
  expect((status.simulated_s - before.simulated_s) / (status.steps - before.steps)).toBeGreaterThan(20);
});
