// Steps shared by real threads are the steps of one.

import { afterEach, expect, test } from 'vitest';
import { setThreadPool } from '../engine/gas-oscillation/kernel-crew.ts';
import { farmWith } from '../engine/testing.ts';
import { lendThreads } from './step-threads.ts';

afterEach(() => setThreadPool(null));

const FARM = { 'layout.size': [15, 15, 14], 'simulation.fidelity': 'waveform' };
/** Steps a worker needs to come are far fewer. */
const PATIENCE = 400_000;

test('a farm stepped by two threads has the bits of one thread, through edits and gas that crosses', () => {
  lendThreads(2);
  const shared = farmWith({ ...FARM, 'drive.pressure_ratio': 0.04 });
  expect(shared.layout.count).toBe(3150);
  const edits = [{}, { 'drive.frequency_Hz': 700 }, { 'simulation.thermoviscous_states': '4' }, { 'gas.mixture': AIR }];
  const counts: number[] = [];
  for (const edit of edits) {
    expect(shared.edit(edit).ok).toBe(true);
    const begun = shared.presentStepper?.helpedSteps() ?? 0;
    const start = shared.steps;
    const before = shared.presentStepper;
    do shared.step(100);
    while (
      (shared.presentStepper?.helpedSteps() ?? 0) - (shared.presentStepper === before ? begun : 0) < 200 &&
      shared.steps - start < PATIENCE
    );
    counts.push(shared.steps - start);
    expect(shared.presentStepper?.threads).toBe(2);
    expect(counts.at(-1)).toBeLessThan(PATIENCE);
  }
  expect(shared.state.totals[12]).toBeGreaterThan(0);
  setThreadPool(null);
  const alone = farmWith({ ...FARM, 'drive.pressure_ratio': 0.04 });
  edits.forEach((edit, m) => {
    expect(alone.edit(edit).ok).toBe(true);
    alone.step(counts[m] as number);
  });
  expect(alone.presentStepper?.threads).toBe(1);
  expect(alone.stateHash()).toBe(shared.stateHash());
}, 120_000);

const AIR = { N2: 0.78, O2: 0.21, H2O: 0.001, He: 0, Ne: 0, Ar: 0.009 };
