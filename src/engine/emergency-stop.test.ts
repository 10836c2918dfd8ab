// The emergency stop of a farm: it waits for no step, and no step that is under way at long intervals goes on with drive or chips.

import { expect, test } from 'vitest';
import { FARM } from './pressure-control/safety/interlocks.ts';
import { farmWith } from './testing.ts';

for (const fidelity of ['waveform', 'averaged'] as const) {
  test(`${fidelity}: drive and chips are off when the press returns, and the interlock is latched after the next scan`, () => {
    const farm = farmWith({
      'layout.size': [2, 2, 1],
      'simulation.fidelity': fidelity,
      'simulation.averaged_step_s': 10,
      'headers.enabled': true,
    });
    farm.step(4);
    expect(farm.surroundings.chipPower.some((power) => power > 0)).toBe(true);
    farm.emergencyStop(true, 'Ada', 'drill');
    const { chipPower, pistonTargetRe, pistonTargetIm } = farm.surroundings;
    for (const off of [chipPower, pistonTargetRe, pistonTargetIm]) expect(off.every((x) => x === 0)).toBe(true);
    const { controls } = farm.headers.present as NonNullable<typeof farm.headers.present>;
    expect(controls.supplyHigh.every((opening) => opening === 0)).toBe(true);
    farm.step(fidelity === 'averaged' ? 1 : Math.ceil(0.021 / farm.stepLength_s));
    expect(farm.plant.interlocks.latchedCauses(FARM)).toContain('manual-stop');
    expect(farm.plant.sequence.phase).toBe('emergency');
    expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-10);
    farm.emergencyStop(false, 'Ada', 'over');
    expect(farm.surroundings.chipPower.every((power) => power === 0)).toBe(true);
  });
}
