import { expect, test } from 'vitest';
import { ATM } from '../../constants.ts';
import { farmWith } from '../../testing.ts';
import type { HeaderSettings } from '../headers/settings.ts';
import { cycleRemark, leastSwing } from './cycle-reach.ts';

const SWING = {
  'layout.size': [2, 1, 1],
  'simulation.fidelity': 'waveform',
  'drive.enabled': false,
  'headers.enabled': true,
  'headers.cycle': 'square',
  'headers.low_pressure_Pa': 2 * ATM,
  'headers.high_pressure_Pa': 8 * ATM,
};
const settingsOf = (edits: Readonly<Record<string, unknown>>): [HeaderSettings, ReturnType<typeof farmWith>] => {
  const farm = farmWith({ ...SWING, ...edits });
  const { present } = farm.headers;
  if (!present) throw new Error('no headers');
  return [present.settings, farm];
};

test('the least time of a swing: litre, nozzle of 1 mm², monatomic gas at 800 m/s, by hand', () => {
  const [settings] = settingsOf({});
  const given = { ...settings, valveArea: 1e-6, supplyPressure: 10 * ATM };
  // τ = V/(γΨ A √(RT/M)) with γΨ = 5/3 · 0.726184.
  const time = 1e-3 / ((5 / 3) * 0.726184 * 1e-6 * 800);
  expect(leastSwing(given, 2 * ATM, 8 * ATM, 1e-3, 800) / (time * (0.6 + Math.log(4)))).toBeCloseTo(1, 5);
});

test('a cycle too fast for its valves is told once, one that they can follow is not', () => {
  const [slow, calm] = settingsOf({ 'headers.cycle_period_s': 5 });
  expect(cycleRemark(slow, calm.state)).toBeNull();
  const [fast, farm] = settingsOf({ 'headers.cycle_period_s': 0.02 });
  const remark = cycleRemark(fast, farm.state);
  expect(remark?.join('; ')).toMatch(
    /^Valves at their stops: the cycle asks for 2 to 8 atm and back in 0\.02 s; wide open they need 0\.\d+ s$/,
  );
  farm.step(300);
  farm.edit({ 'headers.cycle_duty': 0.4 });
  farm.step(300);
  expect(farm.plant.log.entries({ text: 'Valves at their stops' })).toHaveLength(1);
});
