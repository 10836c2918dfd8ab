// What the tests of the pressure controller share: a quiet farm, time going on, its loops.

import { expect } from 'vitest';
import type { Farm } from '../../farm.ts';
import type { PressureLoops } from './pressure-loops.ts';

/** Two chambers at rest behind headers, controlled with fixed gains, every cycle resolved. */
export const CONTROLLED = {
  'layout.size': [2, 1, 1],
  'simulation.fidelity': 'waveform',
  'drive.enabled': false,
  'chips.power_W': 0,
  'headers.enabled': true,
  'pressure_control.cycling_enabled': false,
  'control.enabled': true,
  'pressure_control.control_mode': 'fixed',
};
export const HELIUM = { N2: 0, O2: 0, H2O: 0, He: 1, Ne: 0, Ar: 0 };

export function run(farm: Farm, time_s: number): void {
  while (farm.intact && farm.time_s < time_s - 1e-9) farm.step(20);
  expect(farm.stopReason).toBeNull();
}

export function loops(farm: Farm): PressureLoops {
  if (!farm.plant.loops) throw new Error('no controller');
  return farm.plant.loops;
}
