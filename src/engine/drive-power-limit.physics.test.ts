// A drive whose power is limited: both modes keep the limit and agree, the remark says so, snapshots and edits keep the share.

import { expect, test } from 'vitest';
import type { Farm } from './farm.ts';
import { METRIC_NAMES } from './metrics.ts';
import { computeMetrics } from './readings.ts';
import { loadSnapshot, saveSnapshot } from './snapshot.ts';
import { farmWith } from './testing.ts';

const SMALL = { 'layout.size': [3, 3, 2], 'drive.stroke_m3': 1.05e-5, 'simulation.averaged_step_s': 0.05 };
const metric = (farm: Farm, name: (typeof METRIC_NAMES)[number]): number =>
  computeMetrics(farm)[METRIC_NAMES.indexOf(name)] as number;
const power = (farm: Farm): number => metric(farm, 'drivePower_W');
function runTo(farm: Farm, seconds: number): Farm {
  farm.modes.horizon_s = seconds;
  while (farm.time_s < seconds - 1e-6) farm.step(farm.mode === 'averaged' ? 1 : 50);
  return farm;
}

test('both modes hold the drive at its limit with the same strokes and amplitudes; without one nothing is scaled', () => {
  const free = runTo(farmWith({ ...SMALL, 'simulation.fidelity': 'averaged' }), 0.1);
  const limit = 0.5 * power(free);
  expect(free.drive.remark).toBeNull();
  const [resolved, averaged] = ['waveform', 'averaged'].map((fidelity) =>
    runTo(farmWith({ ...SMALL, 'simulation.fidelity': fidelity, 'drive.power_limit_W': limit }), 3),
  ) as [Farm, Farm];
  for (const farm of [resolved, averaged]) {
    expect(Math.abs(power(farm) / limit - 1)).toBeLessThan(1e-3);
    expect(farm.drive.remark).toMatch(/power limit leaves 7\d\.\d % of the stroke/);
    expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-9);
  }
  const ratios = [resolved, averaged].map((farm) => metric(farm, 'pressureRatioRms')) as [number, number];
  expect(Math.abs(ratios[0] / ratios[1] - 1)).toBeLessThan(3e-3);
  // A limit that is not met changes nothing.
  const wide = runTo(
    farmWith({ ...SMALL, 'simulation.fidelity': 'averaged', 'drive.power_limit_W': 2 * power(free) }),
    0.1,
  );
  expect(wide.stateHash()).toBe(free.stateHash());
});

test('one long averaged step after another comes to the limit, too', () => {
  const edits = { ...SMALL, 'simulation.fidelity': 'averaged', 'simulation.averaged_step_s': 10 };
  const limit = 0.2 * power(runTo(farmWith(edits), 10));
  const farm = farmWith({ ...edits, 'drive.power_limit_W': limit });
  farm.step(12);
  expect(Math.abs(power(farm) / limit - 1)).toBeLessThan(1e-2);
});

test.each(['waveform', 'averaged'])(
  '%s: snapshots go on bit for bit, edits keep the share, a raised limit gives it back',
  (fidelity) => {
    const farm = runTo(farmWith({ ...SMALL, 'simulation.fidelity': fidelity, 'drive.power_limit_W': 12 }), 0.4);
    expect(farm.drive.remark).not.toBeNull();
    const loaded = loadSnapshot(saveSnapshot(farm));
    if (!loaded.ok) throw new Error(loaded.message);
    expect(loaded.farm.drive.remark).toBe(farm.drive.remark);
    for (const one of [farm, loaded.farm]) runTo(one, 0.6);
    expect(loaded.farm.stateHash()).toBe(farm.stateHash());
    const remark = farm.drive.remark;
    const rebuilt = farm.edit({ 'layout.size': [3, 3, 3] });
    expect(rebuilt.ok && rebuilt.farm.drive.remark).toBe(remark);
    const raised = farm.edit({ 'drive.power_limit_W': 0 });
    expect(raised.ok && runTo(farm, 0.8).drive.remark).toBeNull();
  },
);
