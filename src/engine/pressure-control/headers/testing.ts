// Shared by the tests of this folder: header settings in which nothing acts, to be overridden. Not part of the product.

import { fractions } from '../../gas/mixture.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import type { IdealChambers } from './chamber-gas.ts';
import type { HeaderSystem } from './header-system.ts';
import { HEADER_TOTAL, type HeaderSettings, type PressureCycle } from './settings.ts';

export const ATM = 101325;

/** Everything shut, headers of 1 m³ at 10 and 0.1 atm that nothing regulates. */
export const headerSettings = (chambers: number, changes: Partial<HeaderSettings> = {}): HeaderSettings => ({
  supplyVolume: 1,
  returnVolume: 1,
  supplyPressure: 10 * ATM,
  returnPressure: 0.1 * ATM,
  fractions: fractions({ N2: 1 }),
  valveArea: 1e-5,
  ventArea: 1e-5,
  ventOpening: new Float64Array(chambers),
  cycle: null,
  supplyOpening: 0,
  returnOpening: 0,
  regulatorTime: Number.POSITIVE_INFINITY,
  compressorEfficiency: 0.7,
  compressorLimit: 1000,
  machines: null,
  walls: null,
  injectorFlow: new Float64Array(chambers),
  injectorFractions: fractions({ N2: 1 }),
  injectorTemperature: 300,
  roomPressure: ATM,
  roomTemperature: 300,
  tolerance: 1e-4,
  ...changes,
});

/** 0.1 to 10 atm, half and half. */
export const fullSwing = (chambers: number, changes: Partial<PressureCycle> = {}): PressureCycle => ({
  shape: { kind: 'square', duty: 0.5 },
  period: 1,
  low: 0.1 * ATM,
  high: 10 * ATM,
  band: 2000,
  responseTime: 0,
  feedForward: false,
  phase: new Float64Array(chambers),
  ...changes,
});

/** What chambers, headers and boundary have lost or made since `before` (mol per gas, and J), relative to what moved. */
export function unbalance(
  system: HeaderSystem,
  gas: IdealChambers,
  before: Contents,
): { species: number; energy: number } {
  const now = contents(system, gas);
  const t = system.totals;
  let species = 0;
  let moles = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) moles += now.amounts[k];
  for (let k = 0; k < SPECIES_COUNT; k++) {
    const through =
      t[HEADER_TOTAL.makeUp + k] -
      t[HEADER_TOTAL.relief + k] -
      t[HEADER_TOTAL.vented + k] +
      t[HEADER_TOTAL.injected + k];
    const scale = moles + Math.abs(t[HEADER_TOTAL.makeUp + k]) + Math.abs(t[HEADER_TOTAL.relief + k]);
    species = Math.max(species, Math.abs(now.amounts[k] - before.amounts[k] - through) / scale);
  }
  const terms = [
    t[HEADER_TOTAL.makeUpEnergy],
    -t[HEADER_TOTAL.reliefEnergy],
    -t[HEADER_TOTAL.ventEnergy],
    t[HEADER_TOTAL.injectedEnergy],
    t[HEADER_TOTAL.compressorWork],
    -t[HEADER_TOTAL.coolerHeat],
    -t[HEADER_TOTAL.wallHeat],
  ];
  const through = terms.reduce((sum, x) => sum + x, 0);
  // Energies count from 300 K: what moves is measured by n R T as well.
  const scale = terms.reduce(
    (sum, x) => sum + Math.abs(x),
    moles * 2500 + Math.abs(now.energy) + Math.abs(before.energy),
  );
  return { species, energy: Math.abs(now.energy - before.energy - through) / scale };
}

interface Contents {
  readonly amounts: Float64Array;
  readonly energy: number;
}

/** Amounts of each gas (mol) and energy (J) in chambers and headers. */
export function contents(system: HeaderSystem, gas: IdealChambers): Contents {
  const amounts = new Float64Array(SPECIES_COUNT);
  let energy = system.storedEnergy();
  for (let k = 0; k < SPECIES_COUNT; k++) amounts[k] = system.storedAmount(k);
  for (let i = 0; i < gas.count; i++) {
    energy += gas.energy[i];
    for (let k = 0; k < SPECIES_COUNT; k++) amounts[k] += gas.amounts[i * SPECIES_COUNT + k];
  }
  return { amounts, energy };
}
