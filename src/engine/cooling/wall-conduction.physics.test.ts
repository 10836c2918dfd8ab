import { expect, test } from 'vitest';
import { createState, TOTAL } from '../gas-oscillation/state.ts';
import { conductAlongDucts, ductWallConductance } from './wall-conduction.ts';

test('H01 two walls joined by a conductance relax as the lumped pair, energy kept, entropy as computed', () => {
  // C = 100 and 300 J/K become two walls of 150 J/K here: τ = C/2G.
  const s = createState(2, 1, 1);
  s.wall.set([100, 0]);
  const work = new Float64Array(2);
  for (let k = 0; k < 500; k++) conductAlongDucts(s, Uint32Array.of(0, 1), Float64Array.of(2), 150, 0.1, work);
  const difference = (s.wall[0] as number) - (s.wall[1] as number);
  expect(Math.abs(difference / (100 * Math.exp(-50 / 37.5)) - 1)).toBeLessThan(3e-3);
  expect((s.wall[0] as number) + (s.wall[1] as number)).toBeCloseTo(100, 10);
  for (let k = 0; k < 5000; k++) conductAlongDucts(s, Uint32Array.of(0, 1), Float64Array.of(2), 150, 0.1, work);
  const exact = 150 * (Math.log(350 / 400) + Math.log(350 / 300));
  expect(Math.abs((s.totals[TOTAL.entropyConduction] as number) / exact - 1)).toBeLessThan(3e-3);
});

test('a long step is divided, and nothing overshoots', () => {
  const s = createState(3, 2, 1);
  s.wall.set([300, 0, 0]);
  conductAlongDucts(s, Uint32Array.of(0, 1, 1, 2), Float64Array.of(5, 5), 10, 1000, new Float64Array(3));
  for (const T of s.wall) expect(T).toBeCloseTo(100, 6);
});

test('a duct of 40 × 30 mm in 2 mm titanium conducts 0.059 W/K', () => {
  expect(ductWallConductance(6.7, 0.02, 0.002, Float64Array.of(0.03))[0]).toBeCloseTo(0.0589, 3);
});
