// The dispersion trap: the step's network is that of the continuum at f and 2f, fourth order elsewhere, stable up to the limit
// told, and lossless.

import { describe, expect, test } from 'vitest';
import { farmWith } from '../testing.ts';
import { dispersionTrap, inertanceFactor, stableShare } from './dispersion-trap.ts';

const square = (x: number): number => Math.sin(x) ** 2;
/** What the step makes of the true inertance at x, over the truth. */
const seen = (trap: ReturnType<typeof dispersionTrap>, x: number): number =>
  (inertanceFactor(trap, square(x)) * square(x)) / (x * x);

describe('reactance of a duct in the step against the truth', () => {
  test.each([12, 16, 20, 40, 160])('%i steps a cycle: exact at f and 2f', (steps) => {
    const x = Math.PI / steps;
    const trap = dispersionTrap(1000, 1e-3 / steps);
    expect(seen(trap, x)).toBeCloseTo(1, 12);
    expect(seen(trap, 2 * x)).toBeCloseTo(1, steps > 100 ? 7 : 12);
  });

  test('below 11 steps a cycle only f, and below 5 there is no trap; nothing jumps on the way', () => {
    for (const steps of [8, 6]) expect(seen(dispersionTrap(1000, 1e-3 / steps), Math.PI / steps)).toBeCloseTo(1, 12);
    expect(dispersionTrap(1000, 1e-3 / 4)).toMatchObject({ caught: 0, ease: 0, push: 0, flowShare: 1 });
    const [one, other] = [10.27, 10.28].map((n) => dispersionTrap(1000, 1e-3 / n));
    expect(Math.abs((one?.caught ?? 0) - (other?.caught ?? 1))).toBeLessThan(1e-3);
  });

  test('without a drive: of fourth order at every frequency', () => {
    const error = (x: number): number => Math.abs(seen(dispersionTrap(0, 1e-5), x) - 1);
    expect(error(0.1) / error(0.05)).toBeCloseTo(16, 0);
    expect(error(0.1)).toBeLessThan(1e-4);
    expect(Math.abs(square(0.1) / 0.01 - 1)).toBeGreaterThan(3e-3);
  });
});

describe('a chain without losses', () => {
  const chain = (timeStep: number) =>
    farmWith({
      'layout.kind': 'sc',
      'layout.size': [6, 1, 1],
      'drive.enabled': false,
      'simulation.losses': 'none',
      'duct.minor_loss': 0,
      'chips.power_W': 0,
      'initial.pressure_Pa': [511625, 506625, 506625, 506625, 506625, 506625],
      'simulation.time_step_s': timeStep,
    });

  test('just below the limit told it is stable and keeps its energy; the limit of the plain leapfrog would be longer', () => {
    const { stableStep } = chain(1e-6);
    const farm = chain(0.97 * stableStep);
    farm.step(20_000);
    expect(farm.intact).toBe(true);
    expect(Math.max(...farm.state.pressure) - Math.min(...farm.state.pressure)).toBeLessThan(10_000);
    expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-10);
    expect(stableShare(farm.stepping.trap)).toBeLessThan(1);
  });
});

test('the step changes its length in a steady wave without a jump: traps go over, powers stay, the balance closes', () => {
  const farm = farmWith({ 'layout.size': [4, 3, 3], 'simulation.fidelity': 'waveform' });
  const ends: number[][] = [];
  const powers: number[] = [];
  let steps = farm.coefficients.timeStep;
  while (ends.length < 2) {
    farm.step(1);
    if (farm.coefficients.timeStep === steps && !(ends.length === 1 && farm.time_s > 0.5)) continue;
    steps = farm.coefficients.timeStep;
    const { readings } = farm.detector;
    powers.push(readings.drivePower.reduce((sum, p) => sum + p, 0));
    ends.push([...readings.cosine, ...readings.sine]);
  }
  const [before, after] = ends as [number[], number[]];
  const scale = Math.max(...before.map(Math.abs));
  expect(farm.coefficients.timeStep).toBeGreaterThan(8e-5);
  before.forEach((value, m) => {
    expect(Math.abs((after[m] as number) - value) / scale).toBeLessThan(6e-3);
  });
  // Without the factor of powers it would be 4 % less.
  expect(Math.abs((powers[1] as number) / (powers[0] as number) - 1)).toBeLessThan(2e-2);
  expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-12);
});
