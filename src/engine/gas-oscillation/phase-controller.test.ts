import { expect, test } from 'vitest';
import { buildLayout } from '../lattice/layout.ts';
import { TWO_PI } from '../numerics/elementary.ts';
import { defaultValues } from '../parameters/table.ts';
import { drivePattern } from './phase-controller.ts';

const built = buildLayout(defaultValues());
if (!built.ok) throw new Error('no layout');
const { layout } = built;
const turn = (phase: number): number => -phase / TWO_PI;

test('spiral: the source lags by the angle about the vertical axis and by the layer', () => {
  const { driven, phase } = drivePattern('spiral', layout, 0.1474, 1.474);
  expect(driven.every((one) => one === 1)).toBe(true);
  const last = Math.max(...layout.layers);
  // Chambers above each other in the same place differ by their layers alone.
  const place = (i: number): string => [0, 1].map((a) => (layout.positions[3 * i + a] as number).toFixed(6)).join(' ');
  const seen = new Map<string, number>();
  let compared = 0;
  layout.layers.forEach((layer, i) => {
    const first = seen.get(place(i));
    if (first === undefined) {
      seen.set(place(i), i);
      return;
    }
    const apart =
      turn(phase[i] as number) - turn(phase[first] as number) - (layer - (layout.layers[first] as number)) / (last + 1);
    expect(Math.abs(apart - Math.round(apart))).toBeLessThan(1e-12);
    compared++;
  });
  expect(compared).toBeGreaterThan(100);
});

test('eight: eight phases an eighth of a turn apart, each in its sector', () => {
  const { phase } = drivePattern('eight', layout, 0.1474, 1.474);
  const turns = new Set([...phase].map((p) => Math.round(8e6 * turn(p)) / 8e6));
  expect([...turns].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((k) => k / 8));
});
