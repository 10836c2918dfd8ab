import { expect, test } from 'vitest';
import { AIR, ATM, gasProperties } from '../gas/mixture.ts';
import {
  airChangesPerHour,
  airTemperatureRise,
  cylinderNusselt,
  faceSpeed,
  horizontalCylinderNusselt,
  laminarVerticalPlateNusselt,
  mixedNusselt,
  rayleighNumber,
  sphereForcedNusselt,
  sphereFreeNusselt,
  verticalPlateNusselt,
} from './convection.ts';
import { freeSphereNusselt } from './wall-room.ts';

const within = (value: number, expected: number, relative: number) =>
  expect(Math.abs(value / expected - 1), `${value} against ${expected}`).toBeLessThan(relative);

test('H03 vertical plate (Churchill & Chu), 1e-4', () => {
  within(verticalPlateNusselt(0.69 * 2.63e9, 0.69), 147.1619, 1e-6);
});

test('H05 free convection of a sphere: Gr 1e6 and 1e8; the full form gives both, the simple one the first within 1 %', () => {
  within(sphereFreeNusselt(0.7e6, 0.7), 15.1455, 1e-4);
  within(sphereFreeNusselt(0.7e8, 0.7), 47.2718, 1e-4);
  within(freeSphereNusselt(0.7e6, 0.7), 15.1455, 0.01);
  expect(freeSphereNusselt(0.7e8, 0.7)).toBeLessThan(0.95 * 47.2718);
});

test('H06 sphere in a stream (Whitaker), 1e-4, with its viscosity ratio', () => {
  within(sphereForcedNusselt(1e4, 707e-3), 61.0629, 1e-4);
  within((sphereForcedNusselt(1e4, 707e-3, 16) - 2) / (sphereForcedNusselt(1e4, 707e-3) - 2), 2, 1e-12);
});

test('H07 room at the founding circulation: 12000 air changes, 33.3 m/s, 8.44 K for 100 kW in 10 m³/s, 1 %', () => {
  within(airChangesPerHour(1000, 300), 12000, 1e-12);
  within(faceSpeed(1000, 30), 33.3, 0.01);
  const air = gasProperties(AIR, 300, ATM, 'ideal');
  within(airTemperatureRise(1e5, air.density_kg_per_m3, air.cp_J_per_kgK, 10), 8.44, 0.01);
});

test('plates and cylinders against the textbooks, and their limits', () => {
  // Incropera & DeWitt, 6th ed.: example 9.2 (Ra 1.813e9, Pr 0.690: Nu 147), 9.4 (cylinder, Ra 5.073e6, Pr 0.697: Nu 23.3),
  // 7.4 (cylinder in cross-flow, Re 6071, Pr 0.70: Nu 40.6).
  within(verticalPlateNusselt(1.813e9, 0.69), 147, 0.005);
  within(horizontalCylinderNusselt(5.073e6, 0.697), 23.3, 0.01);
  within(cylinderNusselt(6071, 0.7), 40.6, 0.005);
  within(laminarVerticalPlateNusselt(1e6, 0.7), verticalPlateNusselt(1e6, 0.7), 0.1);
  expect(sphereFreeNusselt(0, 0.7)).toBe(2);
  expect(cylinderNusselt(0, 0.7)).toBeCloseTo(0.3, 12);
  within(mixedNusselt(10, 10), 10 * Math.cbrt(2), 1e-12);
  expect(mixedNusselt(10, 10, true)).toBe(0);
  within(rayleighNumber(9.81, 1 / 300, 10, 0.1, 1.6e-5, 2.2e-5), 9.29e5, 1e-3);
});
