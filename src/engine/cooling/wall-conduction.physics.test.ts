import { expect, test } from 'vitest';
import { createState, TOTAL } from '../gas-oscillation/state.ts';
import { farmWith } from '../testing.ts';
import { conductAlongDucts, ductWallConductance, strutConductance } from './wall-conduction.ts';

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

test('a strut carries heat from a heated chamber to its neighbour: T₁ − T₂ = P/(G + 2K), T₁ + T₂ = P/G above the room', () => {
  const farm = farmWith({
    'layout.size': [2, 1, 1],
    'drive.enabled': false,
    'simulation.losses': 'none',
    'simulation.fidelity': 'averaged',
    'simulation.averaged_step_s': 60,
    'cooling.room_model': 'uniform',
    'duct.wall_thickness_m': 0,
    'duct.strut_diameter_m': 0.1,
    'chips.power_W': [20, 0],
  });
  while (farm.time_s < 100 * 3600) farm.step(1);
  const room = farm.surroundings.roomTemperature;
  const [first, second] = [farm.state.wall[0] as number, farm.state.wall[1] as number].map((T) => T - room) as [
    number,
    number,
  ];
  const G = farm.surroundings.roomConductance;
  const K = strutConductance(6.7, 0.1, farm.ducts.lengths)[0] as number;
  expect(Math.abs((first + second) / (20 / G) - 1)).toBeLessThan(1e-4);
  expect(Math.abs((first - second) / (20 / (G + 2 * K)) - 1)).toBeLessThan(1e-3);
  expect((first - second) * G).toBeLessThan(19);
});
