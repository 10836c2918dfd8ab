import { expect, test } from 'vitest';
import { Farm } from '../farm.ts';
import { withEdits } from '../parameters/edit.ts';
import { defaultValues } from '../parameters/table.ts';
import { amplitudeForRatio } from './linear-network.ts';

test('the automatic stroke is the same with a full factor and with the iterations of large farms, 2e-4', () => {
  const made = Farm.create(
    withEdits(defaultValues(), { 'layout.size': [8, 8, 8], 'drive.stroke_m3': 'auto', 'drive.pressure_ratio': 0.08 }),
  );
  if (!made.ok) throw new Error('refused');
  const { farm } = made;
  const { phase, driven } = farm.pattern;
  const unit = (part: (angle: number) => number) => phase.map((angle, i) => (driven[i] ? -part(angle) : 0));
  const omega = 2 * Math.PI * farm.values['drive.frequency_Hz'];
  const { coefficients, layout } = farm;
  const find = (limit?: number) =>
    amplitudeForRatio(
      farm.linearMean(),
      coefficients,
      layout.edges,
      omega,
      unit(Math.cos),
      unit(Math.sin),
      0.08,
      limit,
    );
  const direct = find() as number;
  const iterated = find(0) as number;
  expect(direct).toBeCloseTo(farm.pistonAmplitude, 12);
  expect(Math.abs(iterated / direct - 1)).toBeLessThan(2e-4);
  expect(iterated).not.toBe(direct);
});
