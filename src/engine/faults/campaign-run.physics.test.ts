// A few runs of the fault campaign (npm run campaign makes hundreds): whatever fails, the farm stays sound and the alarms
// name what failed.

import { expect, test } from 'vitest';
import { farmWith } from '../testing.ts';
import { pairedFaults, singleFaults } from './campaign.ts';
import { runCampaignCase } from './campaign-run.ts';

const HORIZON_S = 3;
const farm = () => farmWith({ 'layout.size': [2, 2, 2], 'simulation.fidelity': 'waveform', 'headers.enabled': true });

test('faults alone and in pairs: no number is lost, pressure stays relieved, the balance holds, the first cause is named', () => {
  const { targets, measurement } = farm().plant;
  const singles = singleFaults(11, targets, HORIZON_S, 1, measurement.numbers);
  const pairs = pairedFaults(11, targets, HORIZON_S, 1, measurement.numbers);
  const cases = [...singles.filter((_, k) => k % 3 === 0), ...pairs.filter((_, k) => k % 60 === 3)];
  expect(cases.length).toBeGreaterThanOrEqual(8);
  let alarmed = 0;
  let right = 0;
  for (const faults of cases) {
    const result = runCampaignCase(farm(), faults, HORIZON_S);
    const name = faults.map(({ kind }) => kind).join(' + ');
    expect([name, result.stopped, result.finite, result.relieved]).toEqual([name, null, true, true]);
    expect(result.energyResidual).toBeLessThan(1e-9);
    if (result.right !== null) alarmed++;
    if (result.right) right++;
  }
  expect(alarmed).toBeGreaterThan(3);
  expect(right / alarmed).toBeGreaterThanOrEqual(0.95);
}, 300_000);
