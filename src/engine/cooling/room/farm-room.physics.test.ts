// The room as the farm has it: its settings act, its books close.

import { expect, test } from 'vitest';
import { farmWith } from '../../testing.ts';

test('vents, shroud and supply act on the running farm; the air keeps its balance', () => {
  const farm = farmWith({
    'layout.size': [3, 3, 3],
    'physical_infrastructure.room_dimensions': [3, 3, 2.5],
    'cooling.circulation_rate': 2,
    'simulation.fidelity': 'averaged',
    'simulation.averaged_step_s': 20,
    'drive.enabled': false,
  });
  const readings = () => {
    for (let m = 0; m < 30; m++) farm.step(1);
    const room = farm.room.readings();
    if (!room) throw new Error('no room');
    expect(Math.abs(farm.room.balanceResidual())).toBeLessThan(1e-9);
    return room;
  };
  const wall = readings();
  expect(farm.edit({ 'cooling.supply_vent': 'high', 'cooling.return_vent': 'high' }).ok).toBe(true);
  const high = readings();
  // The jet under the ceiling passes over the lattice and loses more at its vents.
  expect(Math.abs(high.blockFlow / wall.blockFlow - 1)).toBeGreaterThan(0.02);
  expect(high.velocityHead).toBeGreaterThan(10 * wall.velocityHead);
  expect(farm.edit({ 'cooling.supply_vent': 'wall', 'cooling.return_vent': 'wall', 'cooling.shrouded': true }).ok).toBe(
    true,
  );
  const shrouded = readings();
  expect(shrouded.blockShare).toBeGreaterThan(0.9);
  expect(farm.edit({ 'cooling.room_temperature_K': 290 }).ok).toBe(true);
  expect(readings().outletTemperature).toBeLessThan(shrouded.outletTemperature - 8);
  expect(farm.balance().energy).toBeLessThan(1e-9);
});
