import { expect, test } from 'vitest';
import { farmWith } from '../testing.ts';
import { isFast } from './time-step.ts';

test('flows that would carry much of a chamber in one step ask for fine ones', () => {
  const litre = 1e-3;
  // 8 mL a short step of 50 µs.
  expect(isFast(Float64Array.of(0.01, 0.159), litre)).toBe(false);
  expect(isFast(Float64Array.of(0.161, 0.01), litre)).toBe(true);
  expect(isFast(new Float64Array(0), litre)).toBe(false);
});

test('a wave far outside validity is stepped finely, and a mild one as before', () => {
  const kinds = [0.02, 0.5].map((ratio) => {
    const farm = farmWith({
      'layout.size': [3, 3, 1],
      'simulation.fidelity': 'waveform',
      'drive.pressure_ratio': ratio,
    });
    farm.step(1500);
    expect(farm.stopReason).toBeNull();
    return farm.network.kind;
  });
  expect(kinds[0]).not.toBe('fine');
  expect(kinds[1]).toBe('fine');
});
