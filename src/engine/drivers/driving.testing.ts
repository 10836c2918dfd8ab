// Shared by the drivers' tests: farms to drive, and how a line is typed to them. Not part of the product.

import { expect } from 'vitest';
import type { Farm } from '../farm.ts';
import { parseFault } from '../faults/parse.ts';
import { farmDrivers } from './farm-drivers.ts';

export const SMALL = { 'layout.size': [2, 2, 2], 'drive.stroke_m3': 1e-5, 'simulation.fidelity': 'waveform' };
/** Headers and a controller with one loop a layer; quiet gas. */
export const CONTROLLED = {
  ...SMALL,
  'drive.enabled': false,
  'chips.power_W': 0,
  'headers.enabled': true,
  'pressure_control.cycling_enabled': false,
  'control.enabled': true,
  'control.scope': 'layer',
  'pressure_control.control_mode': 'fixed',
  'vents.diameter_m': 0.01,
};

export const runTo = (farm: Farm, time_s: number): void => {
  while (farm.intact && farm.time_s < time_s - 1e-9) farm.step(10);
  expect(farm.stopReason).toBeNull();
};
export const fault = (farm: Farm, text: string): void => {
  const parsed = parseFault(text, farm.plant.targets, farm.plant.measurement.numbers);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  farm.plant.addFault({ ...parsed.fault, start_s: farm.time_s }, 'test');
};
/** One line, as Ada types it. */
export const say = (farm: Farm, line: string): readonly string[] => {
  const reply = farmDrivers(farm, 'Ada').console.run(line);
  if (!reply.ok) throw new Error(`${line}: ${reply.problem.message} ${reply.problem.remedy}`);
  return reply.lines;
};
export const value = (farm: Farm, path: string): number => {
  const reply = farmDrivers(farm, 'Ada').registers.readNamed(path);
  if (!reply.ok) throw new Error(`${path}: ${reply.problem.message}`);
  return reply.value;
};
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(a).equals(b);
export const mean = (farm: Farm): number => farm.state.pressure.reduce((a, p) => a + p, 0) / farm.state.chambers;
