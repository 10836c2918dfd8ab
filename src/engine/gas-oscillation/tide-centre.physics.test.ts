// Tides stay about the middle of their ducts whatever circulates, and pure tides exchange nothing. That the precision of long steps
// therefore lasts is shown where it is measured: src/cli/bench/work-precision.physics.test.ts.

import { expect, test } from 'vitest';
import type { Farm } from '../farm.ts';
import { farmWith } from '../testing.ts';
import { TOTAL } from './state.ts';

const at = (a: ArrayLike<number>, i: number) => a[i] as number;
const exchanged = (farm: Farm): number => at(farm.state.totals, TOTAL.exchangedVolume);

function runTo(farm: Farm, time_s: number): void {
  while (farm.time_s < time_s) farm.step(1);
}

/** Mean displacement and mean flow of every duct over the next cycles, m³ and m³/s. */
function means(farm: Farm, cycles: number): { displacement: Float64Array; flow: Float64Array } {
  const { state } = farm;
  const steps = Math.round(cycles / (farm.surroundings.frequency * farm.coefficients.timeStep));
  const displacement = new Float64Array(state.ducts);
  const flow = new Float64Array(state.ducts);
  farm.step(steps, () => {
    for (let e = 0; e < state.ducts; e++) {
      displacement[e] = at(displacement, e) + at(state.displacement, e) / steps;
      flow[e] = at(flow, e) + at(state.flow, e) / steps;
    }
  });
  return { displacement, flow };
}

test('what circulates changes chamber, and every tide stays about its middle', () => {
  const farm = farmWith({ 'layout.size': [3, 3, 3], 'simulation.fidelity': 'waveform', 'drive.stroke_m3': 1.05e-5 });
  runTo(farm, 1);
  const before = exchanged(farm);
  const { displacement, flow } = means(farm, 200);
  const half = farm.coefficients.halfVolume;
  const total = flow.reduce((sum, q) => sum + Math.abs(q), 0);
  // A duct's whole half volume in less than a second.
  expect(Math.max(...flow.map(Math.abs))).toBeGreaterThan(at(half, 0));
  displacement.forEach((mean, e) => {
    expect(Math.abs(mean)).toBeLessThan(0.05 * at(half, e));
  });
  expect(Math.abs((exchanged(farm) - before) / (0.2 * total) - 1)).toBeLessThan(0.03);
  expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-12);
  // Control masses keep their places.
  const { state, restVolume } = farm;
  const moved = restVolume.slice();
  for (let e = 0; e < state.ducts; e++) {
    const [i, j] = [at(farm.layout.edges, 2 * e), at(farm.layout.edges, 2 * e + 1)];
    moved[i] = at(moved, i) + at(state.displacement, e) + at(state.crossed, 2 * e) - at(state.crossed, 2 * e + 1);
    moved[j] = at(moved, j) - at(state.displacement, e) - at(state.crossed, 2 * e) + at(state.crossed, 2 * e + 1);
  }
  state.volume.forEach((v, i) => {
    expect(Math.abs(v - at(moved, i) - at(state.piston, i))).toBeLessThan(1e-12 * v);
  });
});

test('a pure tide, once about its middle, exchanges nothing', () => {
  const farm = farmWith({
    'layout.size': [1, 1, 2],
    'simulation.fidelity': 'waveform',
    'simulation.losses': 'none',
    'chips.power_W': 0,
    'drive.stroke_m3': 1e-6,
    'drive.ramp_cycles': 200,
  });
  runTo(farm, 1);
  const before = exchanged(farm);
  runTo(farm, 3);
  expect(Math.max(...farm.state.flow.map(Math.abs))).toBeGreaterThan(1e-4);
  expect(exchanged(farm)).toBe(before);
});
