import { expect, test } from 'vitest';
import type { Farm } from '../farm.ts';
import { fractions, gasProperties } from '../gas/mixture.ts';
import { farmWith } from '../testing.ts';
import { networkModes } from './modes.ts';
import { helmholtzFrequency } from './resonance.ts';

const within = (value: number, expected: number, relative: number) =>
  expect(Math.abs(value / expected - 1), `${value} against ${expected}`).toBeLessThan(relative);

/** C04's chain: 10 chambers of 1 L nitrogen, ducts 10 × 60 mm, the textbook network without duct volume. */
const CHAIN = {
  'layout.kind': 'custom',
  'layout.positions_m': Array.from({ length: 10 }, (_, i) => [0.3 * i, 0, 0]),
  'layout.edges': Array.from({ length: 9 }, (_, i) => [i, i + 1]),
  'duct.diameter_m': 0.01,
  'duct.length_m': 0.06,
  'duct.minor_loss': 0,
  'duct.include_volume': false,
  'gas.mixture': { N2: 1 },
  'initial.pressure_Pa': 101325,
  'drive.enabled': false,
  'chips.power_W': 0,
  'simulation.losses': 'none',
};

/** Sound speed that the reference case assumes, and ours: its frequencies scale by the ratio. */
const REFERENCE_SOUND_SPEED = 353.029;
const soundSpeed = (farm: Farm): number => farm.coefficients.gas[0]?.idealSoundSpeed_m_per_s ?? Number.NaN;

/** Frequency of the pressure of chamber 0 about its middle, from its falling crossings. */
function swing(farm: Farm, timeStep: number): number {
  const mean = ((farm.state.pressure[0] as number) + (farm.state.pressure[1] as number)) / 2;
  const crossings: number[] = [];
  let before = 1;
  farm.step(20000, () => {
    const now = (farm.state.pressure[0] as number) - mean;
    if (before > 0 && now <= 0) crossings.push(farm.time_s - (timeStep * -now) / (before - now));
    before = now;
  });
  return (crossings.length - 1) / ((crossings.at(-1) as number) - (crossings[0] as number));
}

test('C01 Helmholtz resonator, nitrogen, 60.1631 Hz', () => {
  within(helmholtzFrequency(REFERENCE_SOUND_SPEED, 1e-3, 0.01, 0.06, 0.85), 60.1631, 1e-5);
});

test('C02 Helmholtz resonator, helium, 844.106 Hz', () => {
  within(helmholtzFrequency(1019.133, 1e-3, 0.05, 0.03, 0.85), 844.106, 1e-5);
});

test('C01 in the engine: two chambers through one neck swing at √2 times the Helmholtz frequency', () => {
  const farm = farmWith({
    ...CHAIN,
    'layout.positions_m': [
      [0, 0, 0],
      [0.3, 0, 0],
    ],
    'layout.edges': [[0, 1]],
    'initial.pressure_Pa': [101325.5, 101324.5],
    'simulation.time_step_s': 1e-5,
  });
  within(swing(farm, 1e-5), Math.SQRT2 * helmholtzFrequency(soundSpeed(farm), 1e-3, 0.01, 0.06, 0.85), 2e-5);
});

test('the virial gas in the engine rings at the real sound speed: nitrogen and helium at 10 atm, 1e-4', () => {
  for (const symbol of ['N2', 'He']) {
    const edits = {
      ...CHAIN,
      'layout.positions_m': [
        [0, 0, 0],
        [0.3, 0, 0],
      ],
      'layout.edges': [[0, 1]],
      'gas.mixture': { [symbol]: 1 },
      'initial.pressure_Pa': [1013255, 1013245],
      'simulation.time_step_s': 1e-5,
      'simulation.gas_model': 'virial',
    };
    const frequency = swing(farmWith(edits), 1e-5);
    const { soundSpeed_m_per_s, idealSoundSpeed_m_per_s } = gasProperties(
      fractions({ [symbol]: 1 }),
      300,
      1013250,
      'virial',
    );
    within(frequency, Math.SQRT2 * helmholtzFrequency(soundSpeed_m_per_s, 1e-3, 0.01, 0.06, 0.85), 1e-4);
    // The ideal gas would be off by far more than that.
    expect(Math.abs(soundSpeed_m_per_s / idealSoundSpeed_m_per_s - 1)).toBeGreaterThan(2e-3);
    within(networkModes(farmWith(edits), 1).frequencies_Hz[0] as number, frequency, 1e-4);
  }
});

test('C04 modes of the free chain of ten, 1e-5', () => {
  const farm = farmWith(CHAIN);
  const expected = [18.8232, 37.1829, 54.627, 70.726, 85.0835, 97.346, 107.2115, 114.4371, 118.8449];
  const { frequencies_Hz, qualityFactors } = networkModes(farm, 9);
  const scale = REFERENCE_SOUND_SPEED / soundSpeed(farm);
  expected.forEach((f, k) => {
    within((frequencies_Hz[k] as number) * scale, f, 1e-5);
  });
  expect(qualityFactors.every((q) => q === Number.POSITIVE_INFINITY)).toBe(true);
});

/** Pressures of chambers 1, 5 and 10 at 0.5 s after 100 Pa in the first, scaled from a small step so that the gas stays linear. */
function ringDown(timeStep: number): number[] {
  const small = 0.1;
  const farm = farmWith({
    ...CHAIN,
    'duct.resistance_Pa_s_per_m3': 4989.39,
    'initial.pressure_Pa': [101325 + small, ...Array.from({ length: 9 }, () => 101325)],
    'simulation.time_step_s': timeStep,
  });
  // The reference case has its own sound speed (6e-5 more): time is scaled by the ratio, which leaves the damping exp(−Rt/2L)
  // off by 7e-5; hence 2e-3 Pa below.
  const end = 0.5 * (REFERENCE_SOUND_SPEED / soundSpeed(farm));
  const steps = Math.floor(end / timeStep);
  farm.step(steps);
  const at = (i: number) => (farm.state.pressure[i] as number) - 101325;
  const first = [0, 4, 9].map(at);
  farm.step(1);
  const share = end / timeStep - steps;
  return [0, 4, 9].map((i, m) => ((first[m] as number) * (1 - share) + at(i) * share) * (100 / small));
}

test('C05 ring-down of the chain with a given resistance against the matrix exponential', () => {
  const expected = [-7.7127, 11.4347, 12.5352];
  const coarse = ringDown(50e-6);
  const fine = ringDown(25e-6);
  // Second order: the error falls fourfold, and the extrapolated value is the exact one.
  fine.forEach((value, k) => {
    const exact = expected[k] as number;
    const extrapolated = value + (value - (coarse[k] as number)) / 3;
    expect(Math.abs(extrapolated - exact)).toBeLessThan(2e-3);
    expect(Math.abs(value - exact)).toBeLessThan(0.03);
  });
});
