import { expect, test } from 'vitest';
import { Farm } from '../farm.ts';
import { withEdits } from '../parameters/edit.ts';
import { defaultValues } from '../parameters/table.ts';
import { OscillationDetector } from './oscillation-detector.ts';
import { Settling } from './settling.ts';

/** Windows of one amplitude after another, Pa about 1 atm, in two chambers; the change after each. */
function changes(amplitudes: readonly number[]): number[] {
  const { readings } = new OscillationDetector(2, 1);
  const settling = new Settling(2);
  return amplitudes.map((amplitude) => {
    settling.measure(readings, () => {
      readings.cosine.fill(amplitude);
      readings.pressure.fill(101_325);
      readings.count += 1;
    });
    return settling.change;
  });
}

test('rest is settled whatever its rounding does; the first trace of a wave is not', () => {
  expect(changes([1e-9, -1e-9, 0, 3e-9])).toEqual([Number.POSITIVE_INFINITY, 0, 0, 0]);
  expect(changes([1e-9, 1e-9, 1])[2]).toBeGreaterThan(0.9);
  expect(changes([1, 1e-9])[1]).toBeGreaterThan(1e6);
});

test('a wave is settled when it changes by less than a hundredth between windows', () => {
  const [, slowly, fast] = changes([1000, 1005, 1100]);
  expect(slowly).toBeCloseTo(5 / 1005, 9);
  expect(fast).toBeCloseTo(95 / 1100, 9);
});

test('a farm whose drive is off is averaged after a few windows instead of being resolved cycle by cycle', () => {
  const made = Farm.create(
    withEdits(defaultValues(), { 'layout.size': [3, 3, 3], 'drive.enabled': false, 'simulation.fidelity': 'auto' }),
  );
  if (!made.ok) throw new Error('refused');
  const { farm } = made;
  while (farm.mode === 'waveform' && farm.time_s < 1) {
    farm.step(1);
    farm.chooseMode(false);
  }
  expect(farm.mode).toBe('averaged');
  expect(farm.time_s).toBeLessThan(0.05);
});
