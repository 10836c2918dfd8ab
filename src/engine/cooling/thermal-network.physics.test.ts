import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { farmWith } from '../testing.ts';

// Golden values: the chip–wall–gas–room network of two chambers in ngspice, its elements computed apart from the twin
// (e2e/golden/thermal.py).
interface Golden {
  readonly case: { readonly powers_W: readonly number[]; readonly emissivity: number; readonly room_K: number };
  readonly conductances_W_per_K: { readonly room: number; readonly metal: number; readonly gas: number };
  readonly capacities_J_per_K: { readonly wall: number; readonly gas: number };
  readonly steady_K: Readonly<Record<string, number>>;
  readonly time_s: readonly number[];
  readonly transient_K: Readonly<Record<string, readonly number[]>>;
}
const golden = JSON.parse(readFileSync(new URL('../../../e2e/golden/thermal.json', import.meta.url), 'utf8')) as Golden;
const STEFAN_BOLTZMANN = 5.670374419e-8;

const farmOfCase = (emissivity: number) =>
  farmWith({
    'layout.size': [2, 1, 1],
    'drive.enabled': false,
    'gas.mixture': { He: 1 },
    'initial.pressure_Pa': 101325,
    'chips.power_W': golden.case.powers_W,
    'chips.heat_capacity_J_per_K': 20,
    'chips.conductance_W_per_K': 5,
    'gas_chambers.wall_thickness_m': 0.0005,
    'cooling.room_model': 'uniform',
    'cooling.circulation_rate': 1000,
    'cooling.block_air_share': 0.09,
    'cooling.emissivity': emissivity,
    'simulation.time_step_s': 2e-4,
    'drive.frequency_Hz': 100,
  });

test('elements: wall capacity, gas conductance and wall–room conductance as computed apart, 1e-3 and 1.5 %', () => {
  const farm = farmOfCase(golden.case.emissivity);
  const { room, gas } = golden.conductances_W_per_K;
  expect(Math.abs(farm.surroundings.wallCapacity / golden.capacities_J_per_K.wall - 1)).toBeLessThan(1e-6);
  expect(Math.abs((farm.coefficients.wallConductance[0] as number) / gas - 1)).toBeLessThan(1e-3);
  // Our mixture rule gives air's conductivity 1.6 % low (X14).
  expect(Math.abs(farm.surroundings.roomConductance / room - 1)).toBeLessThan(0.015);
});

test('transient and steady temperatures of chips and walls as ngspice has them, 0.15 % of the largest rise', () => {
  // The same conductance to the room as the network's: what convection lacks is given to radiation.
  const plain = farmOfCase(golden.case.emissivity).surroundings.roomConductance;
  const outer = 0.06203504908994 + 0.0005;
  const radiation = 4 * STEFAN_BOLTZMANN * golden.case.room_K ** 3 * 4 * Math.PI * outer * outer;
  const farm = farmOfCase(golden.case.emissivity + (golden.conductances_W_per_K.room - plain) / radiation);
  expect(Math.abs(farm.surroundings.roomConductance / golden.conductances_W_per_K.room - 1)).toBeLessThan(1e-9);
  const largest = golden.steady_K.chip0 as number;
  const value = (name: string) =>
    (name.startsWith('chip') ? farm.state.chip : farm.state.wall)[Number(name.at(-1))] as number;
  let worst = 0;
  golden.time_s.forEach((t, k) => {
    farm.step(Math.round((t - farm.time_s) / farm.coefficients.timeStep));
    for (const [name, series] of Object.entries(golden.transient_K)) {
      worst = Math.max(worst, Math.abs(value(name) - (series[k] as number)) / largest);
    }
  });
  farm.step(500_000);
  let steady = 0;
  for (const [name, expected] of Object.entries(golden.steady_K)) {
    steady = Math.max(steady, Math.abs(value(name) - expected) / largest);
  }
  expect(worst).toBeLessThan(1.5e-3);
  expect(steady).toBeLessThan(2e-4);
});
