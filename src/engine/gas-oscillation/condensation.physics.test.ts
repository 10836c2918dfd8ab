import { expect, test } from 'vitest';
import { REFERENCE_TEMPERATURE } from '../gas/caloric.ts';
import { saturationPressure } from '../gas/water.ts';
import { farmWith } from '../testing.ts';
import { entropyProduced } from '../thermodynamics/first-law.ts';
import { latentHeat, WATER } from './condensation.ts';

/** Vapour pressure of water in chamber i, Pa. */
const vapourPressure = (farm: ReturnType<typeof farmWith>, i: number): number => {
  const { state } = farm;
  const T = REFERENCE_TEMPERATURE + (state.temperature[i] as number);
  return ((state.amounts[i * 6 + WATER] as number) * 8.314462618 * T) / (state.volume[i] as number);
};

const humid = (water: number, temperature: number) => ({
  'layout.size': [2, 1, 1],
  'drive.enabled': false,
  'chips.power_W': 0,
  'gas.mixture': { N2: 1 - water, H2O: water },
  'initial.temperature_K': temperature,
  'initial.pressure_Pa': 101325,
  'simulation.time_step_s': 1e-4,
  'drive.frequency_Hz': 100,
  'cooling.room_temperature_K': temperature,
});

test('supersaturated vapour condenses to saturation, water and energy conserved, entropy produced', () => {
  const farm = farmWith(humid(0.08, 300));
  const before = vapourPressure(farm, 0);
  expect(before).toBeGreaterThan(2 * saturationPressure(300));
  farm.step(60_000);
  const T = REFERENCE_TEMPERATURE + (farm.state.temperature[0] as number);
  expect(T).toBeGreaterThan(300);
  expect(farm.state.film[0]).toBeGreaterThan(0);
  expect(Math.abs(vapourPressure(farm, 0) / saturationPressure(T) - 1)).toBeLessThan(0.02);
  const { mass, species, energy } = farm.balance();
  expect(mass).toBeLessThanOrEqual(1e-12);
  expect(species).toBeLessThanOrEqual(1e-12);
  expect(energy).toBeLessThanOrEqual(1e-9);
  expect(entropyProduced(farm.state)).toBeGreaterThan(0);
});

test('dry gas stays dry, and a film evaporates back when the farm is heated', () => {
  const dry = farmWith(humid(0.02, 300));
  dry.step(5000);
  expect(dry.state.film[0]).toBe(0);
  const wet = farmWith(humid(0.08, 300));
  wet.step(20_000);
  const film = wet.state.film[0] as number;
  expect(wet.edit({ 'initial.temperature_K': 345, 'cooling.room_temperature_K': 345 }).ok).toBe(true);
  wet.step(400_000);
  expect(wet.state.film[0]).toBeLessThan(0.5 * film);
  expect(wet.state.film[0]).toBeGreaterThanOrEqual(0);
  const { species, energy } = wet.balance();
  expect(species).toBeLessThanOrEqual(1e-12);
  expect(energy).toBeLessThanOrEqual(1e-9);
});

test('a film under gas that is exchanged for dry gas evaporates with a finite entropy', () => {
  const farm = farmWith(humid(0.08, 300));
  farm.step(8000);
  expect(farm.state.film[0]).toBeGreaterThan(0);
  expect(farm.edit({ 'gas.mixture': { He: 1 } }).ok).toBe(true);
  expect(farm.state.amounts[2]).toBe(0);
  farm.step(2000);
  expect(farm.state.amounts[2]).toBeGreaterThan(0);
  expect(Number.isFinite(entropyProduced(farm.state))).toBe(true);
});

test('the heat of vaporisation is that of the steam tables within 0.5 %', () => {
  expect(Math.abs(latentHeat(300) / (2437.6e3 * 0.01801528) - 1)).toBeLessThan(0.005);
  expect(Math.abs(latentHeat(350) / (2317.0e3 * 0.01801528) - 1)).toBeLessThan(0.005);
});
