// Gas at rest in the averaged mode: its rates are rounding errors, which must not pass for a network without a solution.

import { expect, test } from 'vitest';
import { farmWith } from '../../testing.ts';

test('a farm without drive, held by its controller, stays averaged whatever its sensors’ errors', () => {
  for (let seed = 1; seed <= 12; seed++) {
    const farm = farmWith({
      'layout.size': [2, 1, 1],
      'simulation.fidelity': 'averaged',
      'simulation.seed': seed,
      'drive.enabled': false,
      'chips.power_W': 0,
      'headers.enabled': true,
      'pressure_control.cycling_enabled': false,
      'pressure_control.control_mode': 'fixed',
      'control.enabled': true,
    });
    expect([seed, farm.step(12), farm.modeRemark]).toEqual([seed, 12, null]);
    expect(farm.balance().mass).toBeLessThan(1e-12);
  }
});
