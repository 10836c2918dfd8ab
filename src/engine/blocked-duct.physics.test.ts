// Ducts that are shut, in averaged mode: it agrees with the resolved cycles, the balances close, what is cut off is a part of its own,
// and a farm that could not be averaged is averaged again once it has changed and is steady.

import { expect, test, vi } from 'vitest';
import type { Farm } from './farm.ts';
import { parseFault } from './faults/parse.ts';
import { loadSnapshot, saveSnapshot } from './snapshot.ts';
import { farmWith } from './testing.ts';

const SMALL = { 'layout.size': [3, 3, 2], 'drive.stroke_m3': 1.05e-5, 'simulation.averaged_step_s': 0.05 };
/** A chamber in the midst, and all its ducts. */
const CUT = 4;
const { edges } = farmWith(SMALL).layout;
const AROUND = Array.from({ length: edges.length / 2 }, (_, e) => e)
  .filter((e) => edges[2 * e] === CUT || edges[2 * e + 1] === CUT)
  .join();
const FIDELITIES = ['auto', 'averaged'];

function fail(farm: Farm, text: string): Farm {
  const parsed = parseFault(text, farm.plant.targets);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  farm.plant.addFault(parsed.fault, 'test');
  return farm;
}

function runTo(farm: Farm, seconds: number): void {
  farm.modes.horizon_s = seconds;
  while (farm.time_s < seconds - 1e-6) {
    farm.chooseMode(false);
    farm.step(farm.mode === 'averaged' ? 1 : 50);
  }
}

interface Phasors {
  readonly cosine: Float64Array;
  readonly sine: Float64Array;
}
const phasorsOf = ({ detector }: Farm): Phasors => ({
  cosine: detector.readings.cosine.slice(),
  sine: detector.readings.sine.slice(),
});

/** Largest difference of a chamber's phasor over the largest amplitude. */
function difference(farm: Farm, other: Phasors): number {
  const own = phasorsOf(farm);
  const size = (i: number, share: number): number =>
    Math.hypot(
      (own.cosine[i] as number) - share * (other.cosine[i] as number),
      (own.sine[i] as number) - share * (other.sine[i] as number),
    );
  const chambers = [...own.cosine.keys()];
  return Math.max(...chambers.map((i) => size(i, 1))) / Math.max(...chambers.map((i) => size(i, 0)));
}

test.each([
  ['one duct', '1@12'],
  ['three ducts, a tenth open', '0.9@3,5,12'],
  ['a chamber cut off', `1@${AROUND}`],
])('%s: averaged as with every cycle resolved, shut and open again; the balances close', (_, fault) => {
  const [resolved, averaged] = ['waveform', 'averaged'].map((fidelity) =>
    fail(farmWith({ ...SMALL, 'simulation.fidelity': fidelity }), `blocked-duct=${fault}:0.1:0.5`),
  ) as [Farm, Farm];
  const open = farmWith({ ...SMALL, 'simulation.fidelity': 'averaged' });
  for (const farm of [resolved, averaged, open]) runTo(farm, 0.495);
  expect(resolved.settling.change).toBeLessThan(1e-3);
  expect(difference(averaged, phasorsOf(resolved))).toBeLessThan(3e-3);
  // The fault is felt: without it the amplitudes are others.
  expect(difference(open, phasorsOf(averaged))).toBeGreaterThan(2e-2);
  for (const farm of [resolved, averaged, open]) runTo(farm, 0.9);
  expect(difference(averaged, phasorsOf(open))).toBeLessThan(1e-2);
  // What the opening has pushed through the ducts stays where it is: averaged about that, the oscillation is the same.
  const last = phasorsOf(resolved);
  expect(resolved.edit({ 'simulation.fidelity': 'averaged' }).ok).toBe(true);
  expect(difference(resolved, last)).toBeLessThan(3e-3);
  expect([averaged.mode, averaged.modeRemark]).toEqual(['averaged', null]);
  for (const farm of [resolved, averaged]) {
    expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-12);
    expect(farm.balance().mass).toBeLessThan(1e-12);
  }
});

test.each(FIDELITIES)('%s: a chamber cut off leaks empty alone, and fills again when its ducts open', (fidelity) => {
  const farm = farmWith({ ...SMALL, 'simulation.fidelity': fidelity });
  while (!farm.settling.isSettled && fidelity === 'auto') farm.step(100);
  const start = farm.time_s;
  fail(farm, `leak=5mm@${CUT}:${start + 0.1}:${start + 2}`);
  fail(farm, `blocked-duct=1@${AROUND}:${start + 0.1}:${start + 2}`);
  runTo(farm, start + 1.99);
  expect(farm.mode).toBe('averaged');
  const low = farm.state.pressure[CUT] as number;
  const others = farm.state.pressure[0] as number;
  expect(low).toBeLessThan(0.7 * others);
  expect(others).toBeGreaterThan(500_000);
  const loaded = loadSnapshot(saveSnapshot(farm));
  if (!loaded.ok) throw new Error(loaded.message);
  let fell = false;
  for (const one of [farm, loaded.farm]) {
    one.modes.horizon_s = start + 3;
    while (one.time_s < start + 3 - 1e-6) {
      one.chooseMode(false);
      one.step(1);
      fell ||= one.mode === 'waveform';
    }
  }
  expect(loaded.farm.stateHash()).toBe(farm.stateHash());
  // Gas that falls from one pressure to another is resolved where the farm may choose.
  expect(fell).toBe(fidelity === 'auto');
  expect(farm.mode).toBe('averaged');
  const { pressure } = farm.state;
  expect(Math.abs((pressure[CUT] as number) / (pressure[0] as number) - 1)).toBeLessThan(1e-3);
  expect(pressure[0]).toBeLessThan(others - (0.5 * (others - low)) / farm.layout.count);
  expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-9);
  expect(farm.balance().mass).toBeLessThan(1e-12);
});

test.each(FIDELITIES)('%s: what could not be averaged is averaged again once a fault is cleared', (fidelity) => {
  const farm = farmWith({ ...SMALL, 'simulation.fidelity': fidelity });
  runTo(farm, 0.5);
  fail(farm, 'blocked-duct=1@12:0.6:1');
  runTo(farm, 0.7);
  expect(farm.mode).toBe('averaged');
  const failure = { ok: false, reason: 'diverged', iterations: 80, change: 1, steps: 0, solves: 1 } as const;
  const advance = vi.spyOn(farm.averaged, 'advance').mockReturnValueOnce(failure);
  runTo(farm, 0.95);
  expect(farm.mode).toBe('waveform');
  expect(farm.modeRemark).toContain('diverged after 80 passes');
  advance.mockRestore();
  runTo(farm, 1.4);
  expect([farm.mode, farm.modeRemark]).toEqual(['averaged', null]);
  expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-9);
});
