import { expect, test } from 'vitest';
import type { Farm } from '../../farm.ts';
import { fractions } from '../../gas/mixture.ts';
import { recentre, temperatureOf } from '../../gas-oscillation/relabel.ts';
import { TOTAL } from '../../gas-oscillation/state.ts';
import { farmWith } from '../../testing.ts';
import { speciesTotals, totalStored } from '../../thermodynamics/first-law.ts';
import { IdealChambers } from './chamber-gas.ts';
import { FarmGas } from './farm-gas.ts';
import { headerSettingsOf } from './header-parameters.ts';
import { HeaderSystem } from './header-system.ts';
import { HEADER_TOTAL, headerEntropy } from './settings.ts';
import { ATM, headerSettings } from './testing.ts';

const at = (a: ArrayLike<number>, i: number) => a[i] as number;
const pressureOfState = (farm: Farm, i: number) => {
  const gas = new FarmGas(farm.state, null);
  gas.refresh();
  return at(gas.pressure, i);
};

/** Steps a farm without headers and a header system beside it, and holds every balance to what was exchanged. */
function runWithHeaders(edits: Readonly<Record<string, unknown>>, steps: number) {
  const farm = farmWith({ 'layout.size': [3, 2, 1], ...edits });
  const settings = headerSettingsOf({ ...farm.values, 'headers.enabled': true }, farm.layout);
  if (!settings) throw new Error('headers are off');
  const system = new HeaderSystem(settings, farm.layout.count);
  // The first step moves the arrays into the kernel's memory.
  farm.step(1);
  const gas = new FarmGas(farm.state, null);
  const totals = farm.state.totals.slice();
  const stored = totalStored(farm.stored());
  const species = speciesTotals(farm.state);
  for (let m = 0; m < steps; m++) {
    expect(farm.step(1)).toBe(1);
    system.exchange(gas, farm.coefficients.timeStep);
  }
  const t = farm.state.totals.map((total, m) => total - at(totals, m));
  const through =
    at(t, TOTAL.driveWork) +
    at(t, TOTAL.chipHeat) -
    at(t, TOTAL.roomHeat) +
    at(system.totals, HEADER_TOTAL.chamberEnergy);
  const residual = totalStored(farm.stored()) - stored - through;
  const scale =
    at(t, TOTAL.driveWorkMagnitude) + at(t, TOTAL.chipHeat) + Math.abs(at(system.totals, HEADER_TOTAL.chamberEnergy));
  const now = speciesTotals(farm.state);
  let gasResidual = 0;
  for (let k = 0; k < 6; k++) {
    const gained = at(system.totals, HEADER_TOTAL.chambers + k);
    gasResidual = Math.max(
      gasResidual,
      Math.abs(at(now, k) - at(species, k) - gained) / (at(species, k) + Math.abs(gained)),
    );
  }
  return { farm, system, gas, residual: Math.abs(residual) / scale, gasResidual };
}

for (const model of ['ideal', 'virial']) {
  test(`${model} gas: a driven farm with cycling valves, vents and injectors closes its balances`, () => {
    const { farm, system, residual, gasResidual } = runWithHeaders(
      {
        'simulation.gas_model': model,
        'headers.cycle_period_s': 0.05,
        'headers.valve_diameter_m': 0.01,
        'headers.phase_pattern': 'checker',
        'vents.opening': 0.2,
        'injectors.flow_mol_per_s': 0.01,
      },
      3000,
    );
    expect(gasResidual).toBeLessThan(1e-12);
    expect(residual).toBeLessThan(1e-9);
    expect(headerEntropy(system.totals)).toBeGreaterThan(0);
    expect(at(system.totals, HEADER_TOTAL.vented + 3)).toBeGreaterThan(0);
    // The expansions summed from molar ones are those of a fresh start.
    const { state } = farm;
    for (let i = 0; i < state.chambers; i++) {
      const [T, caloric, virial] = [at(state.temperature, i), at(state.caloric, 4 * i + 1), at(state.virial, 3 * i)];
      const off = T - at(state.centre, i);
      recentre(state, i, at(state.centre, i));
      expect(Math.abs(at(state.caloric, 4 * i + 1) / caloric - 1)).toBeLessThan(1e-12);
      expect(Math.abs(at(state.virial, 3 * i) - virial)).toBeLessThan(1e-12 * Math.abs(virial) + 1e-25);
      // An expansion some kelvin from its centre against one about the temperature itself: B(T) is a quadratic there.
      expect(Math.abs(temperatureOf(state, i, T) - T)).toBeLessThan(3.2e-6 * off * off + 1e-8);
    }
  });
}

test('a lone chamber blown down in a farm does as the ideal chamber alone', () => {
  const farm = farmWith({
    'layout.size': [1, 1, 1],
    'drive.enabled': false,
    'chips.power_W': 0,
    'simulation.losses': 'none',
    'simulation.gas_model': 'ideal',
    'gas.mixture': { N2: 1 },
    'initial.pressure_Pa': 8 * ATM,
  });
  const settings = headerSettings(1, { returnVolume: 1e6, returnOpening: 1, valveArea: 2e-5 });
  const system = new HeaderSystem(settings, 1);
  // The first step moves the arrays into the kernel's memory.
  farm.step(1);
  const gas = new FarmGas(farm.state, null);
  const alone = new HeaderSystem(settings, 1);
  const chamber = new IdealChambers(farm.restVolume);
  chamber.fill(0, 8 * ATM, 300, fractions({ N2: 1 }));
  for (let m = 0; m < 4000; m++) {
    farm.step(1);
    system.exchange(gas, 25e-6);
    alone.exchange(chamber, 25e-6);
  }
  expect(at(chamber.pressure, 0)).toBeLessThan(5 * ATM);
  expect(Math.abs(pressureOfState(farm, 0) / at(chamber.pressure, 0) - 1)).toBeLessThan(1e-6);
});

test('with parts, as in averaged mode, the state takes the common pressure; without open valves nothing is touched', () => {
  const farm = farmWith({ 'layout.size': [2, 1, 1], 'drive.enabled': false, 'chips.power_W': 0 });
  const untouched = farm.stateHash();
  const shut = new HeaderSystem(headerSettings(2), 2);
  expect(shut.exchange(new FarmGas(farm.state, null), 25e-6)).toBe(0);
  expect(farm.stateHash()).toBe(untouched);
  const system = new HeaderSystem(headerSettings(2, { ventOpening: [1, 0], ventArea: 1e-5 }), 2);
  system.exchange(new FarmGas(farm.state, new Uint32Array(2)), 60);
  for (const i of [0, 1]) {
    expect(Math.abs(at(farm.state.pressure, i) / ATM - 1)).toBeLessThan(5e-3);
    expect(pressureOfState(farm, i)).toBe(at(farm.state.pressure, i));
  }
});
