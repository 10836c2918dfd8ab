// Gas that leaves the half duct of its chamber changes chamber: mixing at fixed total amount, energy and volume, so its
// entropy can only grow. Donor shares use the states before the step, so the order of the ducts does not matter.

import { GAS_CONSTANT as R, STANDARD_PRESSURE } from '../constants.ts';
import {
  CENTRE_TERMS,
  centreOf,
  centreTerms,
  expandCaloric,
  RECENTRE_K,
  REFERENCE_TEMPERATURE,
} from '../gas/caloric.ts';
import { residualEnergy, residualEntropy, VIRIAL_LENGTH, virialAt } from '../gas/equation-of-state.ts';
import { standardEntropy } from '../gas/ideal.ts';
import { SPECIES_COUNT } from '../gas/species.ts';
import { mixtureVirial } from '../gas/virial.ts';
import { log } from '../numerics/elementary.ts';
import { CLOCK, type FarmState, TOTAL } from './state.ts';

export interface Relabelling {
  /** Ends of ducts whose gas crossed since the last exchange (as in FarmState.crossed), ascending, and how much, m³. */
  count: number;
  readonly end: Uint32Array;
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
  end: new Uint32Array(2 * ducts),
  excess: new Float64Array(2 * ducts),
  pistonMove: new Float64Array(chambers),
  touched: new Uint8Array(chambers),
  volumeChange: new Float64Array(chambers),
  energyChange: new Float64Array(chambers),
  amountChange: new Float64Array(chambers * SPECIES_COUNT),
});

/** Lists in `r` what crossed since the last exchange, and begins anew. */
export function collectCrossed(s: FarmState, r: Relabelling): void {
  const { crossed } = s;
  r.count = 0;
  for (let end = 0; end < crossed.length; end++) {
    if (crossed[end] === 0) continue;
    r.end[r.count] = end;
    r.excess[r.count] = crossed[end];
    r.count++;
    crossed[end] = 0;
  }
}

/** Share of a chamber's gas that may leave it through one end at once; half cycles between exchanges where less does. */
const LARGEST_SHARE = 0.004;
const LONG_SPAN = 5;

/**
 * When gas next changes chamber: after one half cycle of the drive where much has crossed, else after five, an odd number, so that
 * the phase at which it does changes sides. Call it between collectCrossed and relabel. @param halfCycle in steps
 */
export function planExchange(s: FarmState, edges: Uint32Array, r: Relabelling, halfCycle: number): void {
  const { clock, volume } = s;
  let largest = 0;
  for (let m = 0; m < r.count; m++) largest = Math.max(largest, r.excess[m] / volume[edges[r.end[m]]]);
  const before = Math.max(1, clock[CLOCK.exchangeSpan]);
  const span = largest * LONG_SPAN > LARGEST_SHARE * before ? 1 : LONG_SPAN;
  clock[CLOCK.exchangeSpan] = span;
  clock[CLOCK.nextExchange] = clock[CLOCK.steps] + 1 + span * halfCycle;
}

/** Moves the gas listed in `r`; pressures stay those of the last step, temperatures follow the mixed energy. */
export function relabel(s: FarmState, edges: Uint32Array, r: Relabelling): void {
  if (r.count === 0) return;
  for (let m = 0; m < r.count; m++) {
    const donor = edges[r.end[m]];
    const receiver = edges[r.end[m] ^ 1];
    const moved = r.excess[m];
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
    mix(s, r, edges[r.end[m]]);
    mix(s, r, edges[r.end[m] ^ 1]);
  }
}

/** Applies what chamber i gave and got. */
function mix(s: FarmState, r: Relabelling, i: number): void {
  if (r.touched[i] === 0) return;
  r.touched[i] = 0;
  s.totals[TOTAL.entropyMixing] += s.gasModel === 'ideal' ? mixIdeal(s, r, i) : mixReal(s, r, i);
}

function mixReal(s: FarmState, r: Relabelling, i: number): number {
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
  return gasEntropy(s, i) - entropyBefore;
}

/** Amounts up to here, mol, count as none in an entropy: their logarithms would be those of subnormal numbers. */
export const LEAST_AMOUNT = 1e-30;
/** Relative changes up to here take ln(1 + x) from its series. */
export const SMALL_CHANGE = 0.05;

/**
 * The same for the ideal gas, from the table of the chamber's centre: with S = Σ nσ + ∫C/T dT − R Σ n ln(n/V) only what
 * changes is summed, which loses less to round-off than two entropies would. Even and odd gases are summed apart, as
 * the kernel does. @returns entropy gained, J/K
 */
function mixIdeal(s: FarmState, r: Relabelling, i: number): number {
  if (s.centre[i] !== centreOf(s.centre[i])) recentre(s, i, centreOf(s.temperature[i]));
  const table = centreTerms(s.centre[i]);
  const volumeBefore = s.volume[i];
  const volume = volumeBefore + r.volumeChange[i];
  const lnVolume = log1p(r.volumeChange[i] / volumeBefore);
  const thermalBefore = thermalEntropy(s, i);
  const gain = [0, 0];
  const total = [0, 0];
  const terms = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let k = 0; k < SPECIES_COUNT; k++) {
    const at = i * SPECIES_COUNT + k;
    const lane = k & 1;
    const before = s.amounts[at];
    const change = r.amountChange[at];
    const n = before + change;
    s.amounts[at] = n;
    r.amountChange[at] = 0;
    total[lane] += n;
    const place = CENTRE_TERMS * k;
    for (let m = 0; m < 4; m++) terms[2 * m + lane] += n * table[place + m];
    const was = before > LEAST_AMOUNT;
    const is = n > LEAST_AMOUNT;
    const dense = was ? before / volumeBefore : is ? n / volume : 1;
    const swelling = was ? log1p(change / before) - lnVolume : 0;
    const mixed = (was ? change : n) * log(dense) + n * swelling;
    gain[lane] += change * table[place + 4] - (is ? R * mixed : 0);
  }
  s.volume[i] = volume;
  s.energy[i] += r.energyChange[i];
  r.volumeChange[i] = 0;
  r.energyChange[i] = 0;
  s.amount[i] = total[0] + total[1];
  for (let m = 0; m < 4; m++) s.caloric[4 * i + m] = terms[2 * m] + terms[2 * m + 1];
  const fromOtherCentre = settle(s, i);
  return gain[0] + gain[1] + (thermalEntropy(s, i) - thermalBefore) + fromOtherCentre;
}

/**
 * Temperature of an ideal gas of known energy from its expansion: Newton's method.
 * @returns what a new centre adds to Σ nσ, J/K; 0 when the centre stays
 */
function settle(s: FarmState, i: number): number {
  const { caloric, centre } = s;
  const at = 4 * i;
  const wanted = s.energy[i] - caloric[at];
  let d = s.temperature[i] - centre[i];
  for (let pass = 0; pass < 20; pass++) {
    const stored = d * (caloric[at + 1] + d * (0.5 * caloric[at + 2] + d * caloric[at + 3] * SIXTH));
    const change = (wanted - stored) / (caloric[at + 1] + d * (caloric[at + 2] + 0.5 * d * caloric[at + 3]));
    d += change;
    if (Math.abs(change) < 1e-9) break;
  }
  s.temperature[i] = centre[i] + d;
  return Math.abs(d) <= RECENTRE_K ? 0 : moveCentre(s, i);
}

/** Settles chamber i about another centre of the grid. @returns what that adds to Σ nσ, J/K */
export function moveCentre(s: FarmState, i: number): number {
  const before = centreTerms(s.centre[i]);
  s.temperature[i] = temperatureOf(s, i, s.temperature[i]);
  recentre(s, i, centreOf(s.temperature[i]));
  const after = centreTerms(s.centre[i]);
  let sum = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) {
    const place = CENTRE_TERMS * k + 4;
    sum += s.amounts[i * SPECIES_COUNT + k] * (after[place] - before[place]);
  }
  return sum;
}

const SIXTH = 1 / 6;

/** ∫C/T dT from the centre to the temperature of chamber i, J/K, C being its quadratic. */
function thermalEntropy(s: FarmState, i: number): number {
  const C1 = s.caloric[4 * i + 2];
  const halfC2 = 0.5 * s.caloric[4 * i + 3];
  const centre = REFERENCE_TEMPERATURE + s.centre[i];
  const d = s.temperature[i] - s.centre[i];
  const atZero = s.caloric[4 * i + 1] + centre * (centre * halfC2 - C1);
  return atZero * log1p(d / centre) + d * (C1 + halfC2 * (0.5 * d - centre));
}

/** ln(1 + x): its series where that is exact to 1e-13. */
function log1p(x: number): number {
  if (!(Math.abs(x) <= SMALL_CHANGE)) return log(1 + x);
  let sum = LOG_SERIES[LOG_SERIES.length - 1];
  for (let m = LOG_SERIES.length - 2; m >= 0; m--) sum = LOG_SERIES[m] + x * sum;
  return x * sum;
}

/** (−1)^m/(m + 1). */
export const LOG_SERIES = Float64Array.from({ length: 9 }, (_, m) => (m % 2 === 0 ? 1 : -1) / (m + 1));

/** The gas of the chambers and its expansions. */
export type ChamberExpansions = Pick<FarmState, 'gasModel' | 'amounts' | 'amount' | 'centre' | 'caloric' | 'virial'>;

/** Renews the caloric (and virial) expansion of chamber i about T (− 300 K). */
export function recentre(s: ChamberExpansions, i: number, T: number): void {
  s.centre[i] = T;
  expandCaloric(s.amounts, i * SPECIES_COUNT, REFERENCE_TEMPERATURE + T, s.caloric, 4 * i);
  if (s.gasModel === 'virial') expandVirial(s, i, REFERENCE_TEMPERATURE + T);
}

function expandVirial(s: ChamberExpansions, i: number, T: number): void {
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
