import { expect, test } from 'vitest';
import { sphereForcedNusselt } from './convection.ts';
import { freeSphereNusselt, wakaoNusselt, wallHeatCapacity, wallRoomConductance } from './wall-room.ts';

test('H05 free convection of a sphere, simple form, 1 %', () => {
  expect(Math.abs(freeSphereNusselt(0.7e6, 0.7) / 15.1455 - 1)).toBeLessThan(0.01);
});

test('H06 forced convection of a sphere (Whitaker)', () => {
  expect(Math.abs(sphereForcedNusselt(1e4, 707e-3) / 61.0629 - 1)).toBeLessThan(1e-4);
});

test('the wall loses more heat in faster air, and some in still air', () => {
  const at = (airSpeed: number, excess: number) =>
    wallRoomConductance({ radius: 0.064, roomTemperature: 300, airSpeed, emissivity: 0.2, excess });
  expect(at(0, 0)).toBeGreaterThan(0);
  expect(at(0, 20)).toBeGreaterThan(at(0, 1));
  expect(at(3, 5)).toBeGreaterThan(at(1, 5));
  // Design estimate for 3.1 m/s: a film difference of 4.3 K at 20 W, within its ±30 %.
  expect(Math.abs(20 / at(3.1, 4) / 4.3 - 1)).toBeLessThan(0.3);
  expect(wakaoNusselt(0, 0.7)).toBe(2);
});

test('a 2 mm wall of Ti-6Al-4V around 1 L holds about 233 J/K', () => {
  expect(wallHeatCapacity(0.062035, 0.002, 'titanium_alloy')).toBeCloseTo(232.7, 0);
});
