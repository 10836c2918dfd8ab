// The gas of a running farm as the header system sees it: its pressures from the farm's equation of state, and what a chamber
// receives put into the state as relabel.ts does it (amounts, energy, caloric and virial expansion, temperature; the pressure of
// the last step stays, since the leapfrog's own energy is made with it, and the next step forms the new one). Because every open
// valve changes its chamber at every step, the expansions are summed from molar ones kept per chamber for its present centre.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { CALORIC_LENGTH, expandCaloric, RECENTRE_K, REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { residualEnergy, VIRIAL_LENGTH } from '../../gas/equation-of-state.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import { crossVirial, pureVirial } from '../../gas/virial.ts';
import { recentre, temperatureOf } from '../../gas-oscillation/relabel.ts';
import { CLOCK, type FarmState } from '../../gas-oscillation/state.ts';
import type { ChamberGas } from './chamber-gas.ts';

const PAIRS = (SPECIES_COUNT * (SPECIES_COUNT + 1)) / 2;
const PASSES = 6;
/** Share of a chamber's gas that one exchange may add or take before ducts must be looked at. */
const RUSH = 0.004;

export class FarmGas implements ChamberGas {
  readonly count: number;
  readonly amounts: Float64Array;
  readonly volume: Float64Array;
  readonly temperature: Float64Array;
  readonly pressure: Float64Array;
  /** Centre for which a chamber's molar expansions hold, T − 300 K; NaN: none yet. */
  private readonly centre: Float64Array;
  private readonly molar: Float64Array;
  /** B, B′, B″ of each pair of gases at the centre; once both were present. */
  private readonly pairs: Float64Array;
  private readonly one = new Float64Array(SPECIES_COUNT);

  /** @param parts in averaged mode: lowest chamber of each connected part; null in waveform mode, where ducts have their own flow */
  constructor(
    readonly state: FarmState,
    readonly parts: Uint32Array | null,
  ) {
    const { chambers } = state;
    this.count = chambers;
    this.amounts = state.amounts;
    this.volume = state.volume;
    this.temperature = state.temperature;
    this.pressure = new Float64Array(chambers);
    this.centre = new Float64Array(chambers).fill(Number.NaN);
    this.molar = new Float64Array(chambers * SPECIES_COUNT * CALORIC_LENGTH);
    this.pairs = new Float64Array(state.gasModel === 'virial' ? chambers * PAIRS * VIRIAL_LENGTH : 0);
  }

  /** Whether the state still has the gas model this view was made for. */
  fits(): boolean {
    return this.pairs.length > 0 === (this.state.gasModel === 'virial');
  }

  refresh(): void {
    for (let i = 0; i < this.count; i++) this.pressure[i] = this.pressureAt(i);
  }

  /** Pressure of the present amounts, temperature and volume, Pa. */
  private pressureAt(i: number): number {
    const { amount, temperature, volume, virial, centre } = this.state;
    const d = temperature[i] - centre[i];
    const at = VIRIAL_LENGTH * i;
    const b = virial[at] + d * (virial[at + 1] + 0.5 * d * virial[at + 2]);
    const density = 1 / volume[i];
    return amount[i] * R * (REFERENCE_TEMPERATURE + temperature[i]) * density * (1 + b * density);
  }

  receive(i: number, amounts: Float64Array, at: number, energy: number): void {
    const { state: s } = this;
    let total = 0;
    for (let k = 0; k < SPECIES_COUNT; k++) {
      s.amounts[i * SPECIES_COUNT + k] += amounts[at + k];
      total += s.amounts[i * SPECIES_COUNT + k];
    }
    // Gas that rushes in or out drives gas through the ducts as fast: what crosses them must change chamber before long.
    if (!this.parts && Math.abs(total - s.amount[i]) > RUSH * s.amount[i]) {
      s.clock[CLOCK.exchangeSpan] = 1;
      s.clock[CLOCK.nextExchange] = s.clock[CLOCK.steps] + 1;
    }
    s.amount[i] = total;
    s.energy[i] += energy;
    if (this.centre[i] !== s.centre[i]) this.expand(i, s.centre[i]);
    this.sumExpansions(i);
    s.temperature[i] = this.newTemperature(i);
    if (Math.abs(s.temperature[i] - s.centre[i]) > RECENTRE_K) {
      recentre(s, i, s.temperature[i]);
      s.temperature[i] = temperatureOf(s, i, s.temperature[i]);
    }
    // Means have no leapfrog to keep in step with.
    if (this.parts) s.pressure[i] = this.pressureAt(i);
  }

  /** Molar expansions of every gas, and the virial coefficients of every pair, about T (− 300 K). */
  private expand(i: number, T: number): void {
    const { molar, one, pairs } = this;
    this.centre[i] = T;
    const kelvin = REFERENCE_TEMPERATURE + T;
    for (let k = 0; k < SPECIES_COUNT; k++) {
      one[k] = 1;
      expandCaloric(one, 0, kelvin, molar, (i * SPECIES_COUNT + k) * CALORIC_LENGTH);
      one[k] = 0;
    }
    if (pairs.length === 0) return;
    let at = i * PAIRS * VIRIAL_LENGTH;
    for (let j = 0; j < SPECIES_COUNT; j++) {
      for (let k = j; k < SPECIES_COUNT; k++, at += VIRIAL_LENGTH) {
        const { B, dB, ddB } = j === k ? pureVirial(j, kelvin) : crossVirial(j, k, kelvin);
        const weight = j === k ? 1 : 2;
        pairs[at] = weight * B;
        pairs[at + 1] = weight * dB;
        pairs[at + 2] = weight * ddB;
      }
    }
  }

  /** Expansions of the chamber's gas from the molar ones: linear in the amounts, quadratic for the virial coefficients. */
  private sumExpansions(i: number): void {
    const { state: s, molar, pairs } = this;
    for (let m = 0; m < CALORIC_LENGTH; m++) {
      let sum = 0;
      for (let k = 0; k < SPECIES_COUNT; k++) {
        sum += s.amounts[i * SPECIES_COUNT + k] * molar[(i * SPECIES_COUNT + k) * CALORIC_LENGTH + m];
      }
      s.caloric[CALORIC_LENGTH * i + m] = sum;
    }
    if (pairs.length === 0) return;
    const to = VIRIAL_LENGTH * i;
    let b = 0;
    let db = 0;
    let ddb = 0;
    let at = i * PAIRS * VIRIAL_LENGTH;
    for (let j = 0; j < SPECIES_COUNT; j++) {
      const share = s.amounts[i * SPECIES_COUNT + j] / s.amount[i];
      for (let k = j; k < SPECIES_COUNT; k++, at += VIRIAL_LENGTH) {
        const product = share * s.amounts[i * SPECIES_COUNT + k];
        b += product * pairs[at];
        db += product * pairs[at + 1];
        ddb += product * pairs[at + 2];
      }
    }
    s.virial[to] = b;
    s.virial[to + 1] = db;
    s.virial[to + 2] = ddb;
  }

  /** T − 300 K at which the gas has its energy, on the present expansion. */
  private newTemperature(i: number): number {
    const { state: s } = this;
    const c = CALORIC_LENGTH * i;
    const at = VIRIAL_LENGTH * i;
    let T = s.temperature[i];
    for (let pass = 0; pass < PASSES; pass++) {
      const d = T - s.centre[i];
      const kelvin = REFERENCE_TEMPERATURE + T;
      const db = s.virial[at + 1] + d * s.virial[at + 2];
      const stored =
        s.caloric[c] +
        d * (s.caloric[c + 1] + d * (0.5 * s.caloric[c + 2] + (d * s.caloric[c + 3]) / 6)) +
        residualEnergy(s.amount[i], kelvin, s.volume[i], db);
      const capacity =
        s.caloric[c + 1] +
        d * (s.caloric[c + 2] + 0.5 * d * s.caloric[c + 3]) -
        (s.amount[i] * R * kelvin * (2 * db + kelvin * s.virial[at + 2])) / s.volume[i];
      const change = (s.energy[i] - stored) / capacity;
      T += change;
      // Beyond its reach the expansion is renewed anyway.
      if (Math.abs(change) < 1e-9 || Math.abs(T - s.centre[i]) > RECENTRE_K) break;
    }
    return T;
  }
}
