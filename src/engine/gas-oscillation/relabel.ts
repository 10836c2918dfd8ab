// Gas that leaves the half duct of its chamber changes chamber: mixing at fixed total amount, energy and volume, so its
// entropy can only grow. Donor shares use the states before the step, so the order of the ducts does not matter.

import { GAS_CONSTANT as R, STANDARD_PRESSURE } from '../constants.ts';
import { expandCaloric, REFERENCE_TEMPERATURE } from '../gas/caloric.ts';
import { residualEnergy, residualEntropy, VIRIAL_LENGTH, virialAt } from '../gas/equation-of-state.ts';
import { standardEntropy } from '../gas/ideal.ts';
import { SPECIES_COUNT } from '../gas/species.ts';
import { mixtureVirial } from '../gas/virial.ts';
import { log } from '../numerics/elementary.ts';
import { type FarmState, TOTAL } from './state.ts';

export interface Relabelling {
  /** Ducts whose displacement left the half duct this step, and by how much (m³, signed). */
  count: number;
  readonly duct: Uint32Array;
  readonly excess: Float64Array;
  /** Piston move of this step per chamber, m³. */
  readonly pistonMove: Float64Array;
  readonly touched: Uint8Array;
  readonly volumeChange: Float64Array;
  readonly energyChange: Float64Array;
  readonly amountChange: Float64Array;
}

export const createRelabelling = (chambers: number, ducts: number): Relabelling => ({
  count: 0,
  duct: new Uint32Array(ducts),
  excess: new Float64Array(ducts),
  pistonMove: new Float64Array(chambers),
  touched: new Uint8Array(chambers),
  volumeChange: new Float64Array(chambers),
  energyChange: new Float64Array(chambers),
  amountChange: new Float64Array(chambers * SPECIES_COUNT),
});

/** Moves the gas listed in `r`; pressures stay those of the last step, temperatures follow the mixed energy. */
export function relabel(s: FarmState, edges: Uint32Array, r: Relabelling): void {
  if (r.count === 0) return;
  for (let m = 0; m < r.count; m++) {
    const e = r.duct[m];
    const forward = r.excess[m] > 0;
    const donor = forward ? edges[2 * e] : edges[2 * e + 1];
    const receiver = forward ? edges[2 * e + 1] : edges[2 * e];
    const moved = Math.abs(r.excess[m]);
    const share = moved / s.volume[donor];
    s.totals[TOTAL.exchangedVolume] += moved;
    r.volumeChange[donor] -= moved;
    r.volumeChange[receiver] += moved;
    r.energyChange[donor] -= share * s.energy[donor];
    r.energyChange[receiver] += share * s.energy[donor];
    for (let k = 0; k < SPECIES_COUNT; k++) {
      const n = share * s.amounts[donor * SPECIES_COUNT + k];
      r.amountChange[donor * SPECIES_COUNT + k] -= n;
      r.amountChange[receiver * SPECIES_COUNT + k] += n;
    }
    r.touched[donor] = 1;
    r.touched[receiver] = 1;
  }
  for (let m = 0; m < r.count; m++) {
    mix(s, r, edges[2 * r.duct[m]]);
    mix(s, r, edges[2 * r.duct[m] + 1]);
  }
}

function mix(s: FarmState, r: Relabelling, i: number): void {
  if (r.touched[i] === 0) return;
  r.touched[i] = 0;
  const entropyBefore = gasEntropy(s, i);
  s.volume[i] += r.volumeChange[i];
  s.energy[i] += r.energyChange[i];
  r.volumeChange[i] = 0;
  r.energyChange[i] = 0;
  let total = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) {
    const at = i * SPECIES_COUNT + k;
    s.amounts[at] += r.amountChange[at];
    r.amountChange[at] = 0;
    total += s.amounts[at];
  }
  s.amount[i] = total;
  s.temperature[i] = temperatureOf(s, i, s.temperature[i]);
  s.totals[TOTAL.entropyMixing] += gasEntropy(s, i) - entropyBefore;
}

/** Renews the caloric (and virial) expansion of chamber i about T (− 300 K). */
export function recentre(s: FarmState, i: number, T: number): void {
  s.centre[i] = T;
  expandCaloric(s.amounts, i * SPECIES_COUNT, REFERENCE_TEMPERATURE + T, s.caloric, 4 * i);
  if (s.gasModel === 'virial') expandVirial(s, i, REFERENCE_TEMPERATURE + T);
}

function expandVirial(s: FarmState, i: number, T: number): void {
  const n = s.amount[i];
  const { B, dB, ddB } = mixtureVirial(
    s.amounts.subarray(i * SPECIES_COUNT, (i + 1) * SPECIES_COUNT).map((part) => part / n),
    T,
  );
  s.virial[VIRIAL_LENGTH * i] = n * B;
  s.virial[VIRIAL_LENGTH * i + 1] = n * dB;
  s.virial[VIRIAL_LENGTH * i + 2] = n * ddB;
}

/** T − 300 K at which the gas of chamber i has its energy: Newton's method, re-centring as it goes. */
export function temperatureOf(s: FarmState, i: number, guess: number): number {
  let T = guess;
  for (let pass = 0; pass < 20; pass++) {
    recentre(s, i, T);
    const at = VIRIAL_LENGTH * i;
    const Tk = REFERENCE_TEMPERATURE + T;
    const residual = residualEnergy(s.amount[i], Tk, s.volume[i], s.virial[at + 1]);
    const capacity =
      s.caloric[4 * i + 1] - (s.amount[i] * R * Tk * (2 * s.virial[at + 1] + Tk * s.virial[at + 2])) / s.volume[i];
    const change = (s.energy[i] - s.caloric[4 * i] - residual) / capacity;
    T += change;
    if (Math.abs(change) < 1e-9) return T;
  }
  return T;
}

/** Entropy of the gas of chamber i, J/K (NASA-9 mixture, second virial when the model has it). */
export function gasEntropy(s: FarmState, i: number): number {
  const T = REFERENCE_TEMPERATURE + s.temperature[i];
  const [b, db] = virialAt(s.virial, i, s.temperature[i] - s.centre[i]);
  let sum = residualEntropy(s.amount[i], T, s.volume[i], b, db);
  for (let k = 0; k < SPECIES_COUNT; k++) {
    const n = s.amounts[i * SPECIES_COUNT + k];
    if (n > 0) sum += n * (standardEntropy(k, T) - R * log((n * R * T) / (s.volume[i] * STANDARD_PRESSURE)));
  }
  return sum;
}
