// What the header system sees of the chambers' gas: arrays it reads, and one call per chamber that gained or lost gas. Here too
// the plain form for gas that is nothing but ideal (tests, means); the waveform state's form is in farm-gas.ts.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import { idealEnergy, solveTemperature } from './gas-nodes.ts';

export interface ChamberGas {
  readonly count: number;
  /** mol, chamber-major. */
  readonly amounts: Float64Array;
  /** m³. */
  readonly volume: Float64Array;
  /** T − 300 K. */
  readonly temperature: Float64Array;
  /** Pa, as the equation of state gives it for the present amounts (`refresh` sees to it). */
  readonly pressure: Float64Array;
  /** Lowest chamber number of the part that each chamber's ducts equalise it with during one exchange; null: none do. */
  readonly parts: Uint32Array | null;
  /** Called first in each exchange. */
  refresh(): void;
  /** Adds amounts (mol, SPECIES_COUNT from `at`) and energy (J above 300 K) to the gas of chamber i; they may be negative. */
  receive(i: number, amounts: Float64Array, at: number, energy: number): void;
}

/** Ideal gas (NASA-9) in rigid chambers. */
export class IdealChambers implements ChamberGas {
  readonly count: number;
  readonly amounts: Float64Array;
  readonly volume: Float64Array;
  readonly temperature: Float64Array;
  readonly pressure: Float64Array;
  /** J above 300 K. */
  readonly energy: Float64Array;
  parts: Uint32Array | null = null;

  constructor(volumes: ArrayLike<number>) {
    this.count = volumes.length;
    this.volume = Float64Array.from(volumes);
    this.amounts = new Float64Array(this.count * SPECIES_COUNT);
    this.temperature = new Float64Array(this.count);
    this.pressure = new Float64Array(this.count);
    this.energy = new Float64Array(this.count);
  }

  /** p in Pa, T in K. */
  fill(i: number, pressure: number, temperature: number, fractions: ArrayLike<number>): void {
    const amount = (pressure * this.volume[i]) / (R * temperature);
    for (let k = 0; k < SPECIES_COUNT; k++) this.amounts[i * SPECIES_COUNT + k] = amount * fractions[k];
    this.temperature[i] = temperature - REFERENCE_TEMPERATURE;
    this.energy[i] = idealEnergy(this.amounts, i * SPECIES_COUNT, temperature);
    this.pressure[i] = pressure;
  }

  refresh(): void {}

  receive(i: number, amounts: Float64Array, at: number, energy: number): void {
    let total = 0;
    for (let k = 0; k < SPECIES_COUNT; k++) {
      this.amounts[i * SPECIES_COUNT + k] += amounts[at + k];
      total += this.amounts[i * SPECIES_COUNT + k];
    }
    this.energy[i] += energy;
    this.settle(i, total);
  }

  /** Adds heat (J) to the gas of chamber i. */
  heat(i: number, energy: number): void {
    let total = 0;
    for (let k = 0; k < SPECIES_COUNT; k++) total += this.amounts[i * SPECIES_COUNT + k];
    this.energy[i] += energy;
    this.settle(i, total);
  }

  private settle(i: number, total: number): void {
    const guess = REFERENCE_TEMPERATURE + this.temperature[i];
    const T = total > 0 ? solveTemperature(this.amounts, i * SPECIES_COUNT, this.energy[i], guess) : guess;
    this.temperature[i] = T - REFERENCE_TEMPERATURE;
    this.pressure[i] = (total * R * T) / this.volume[i];
  }
}

/** What an exchange added to each chamber, kept apart from the gas: for a caller that moves its own means. */
export class RecordedGas implements ChamberGas {
  readonly count: number;
  /** mol, chamber-major, and J above 300 K since the last refresh. */
  readonly addedAmounts: Float64Array;
  readonly addedEnergy: Float64Array;

  constructor(
    readonly amounts: Float64Array,
    readonly volume: Float64Array,
    readonly temperature: Float64Array,
    readonly pressure: Float64Array,
    readonly parts: Uint32Array | null,
  ) {
    this.count = volume.length;
    this.addedAmounts = new Float64Array(amounts.length);
    this.addedEnergy = new Float64Array(this.count);
  }

  refresh(): void {
    this.addedAmounts.fill(0);
    this.addedEnergy.fill(0);
  }

  receive(i: number, amounts: Float64Array, at: number, energy: number): void {
    for (let k = 0; k < SPECIES_COUNT; k++) this.addedAmounts[i * SPECIES_COUNT + k] += amounts[at + k];
    this.addedEnergy[i] += energy;
  }
}
