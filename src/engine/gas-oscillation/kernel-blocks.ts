// What the kernel multiplies with, written into its memory in the order in which it reads: constants, thermochemistry of
// the gases, ends of the ducts, and the step's coefficients (whenever they change). Layout: src/kernel/block.ts.

import {
  CENTRE_COUNT,
  CENTRE_SPACING,
  CENTRES,
  CHAMBER_CONDUCTED,
  CHAMBER_HALF_PULL,
  CHAMBER_INSTANT,
  CHAMBER_POLE_BYTES,
  CHAMBER_POLES,
  DUCT_COEFFICIENTS,
  DUCT_DENOMINATOR,
  DUCT_FOUR_QUADRATIC,
  DUCT_HALF_VOLUME,
  DUCT_INERTIAL,
  DUCT_PAIR_BYTES,
  DUCT_POLE_BYTES,
  DUCT_POLES,
  DUCT_RESISTANCE,
  DUCT_TIMED_QUADRATIC,
  FIRST_CENTRE,
  GAS_CONSTANT as GAS_CONSTANT_PLACE,
  GAS_PAIRS,
  HALF,
  HEAT_STEP,
  MOST_WAITING as MOST_WAITING_PLACE,
  PER_STEP,
  POLE_BYTES,
  POLE_TABLE,
  POWER_FACTOR,
  RECENTRE_KELVIN,
  REFERENCE_TEMPERATURE as REFERENCE_PLACE,
  SIXTH,
  SMALLEST_NORMAL as SMALLEST_NORMAL_PLACE,
  TIME_STEP,
  TRAP_EASE,
  TRAP_PUSH,
  WORK_FACTOR,
} from '../../kernel/block.ts';
import { GAS_CONSTANT } from '../constants.ts';
import { CENTRE_TERMS, centreTerms, RECENTRE_K, REFERENCE_TEMPERATURE } from '../gas/caloric.ts';
import type { StepCoefficients } from './coefficients.ts';
import type { KernelMemory } from './kernel-memory.ts';
import type { FarmState } from './state.ts';
import { MOST_WAITING, SMALLEST_NORMAL } from './step.ts';

export function writeConstants(numbers: Float64Array): void {
  numbers[GAS_CONSTANT_PLACE / 8] = GAS_CONSTANT;
  numbers[REFERENCE_PLACE / 8] = REFERENCE_TEMPERATURE;
  numbers[RECENTRE_KELVIN / 8] = RECENTRE_K;
  numbers[HALF / 8] = 0.5;
  numbers[SIXTH / 8] = 1 / 6;
  numbers[MOST_WAITING_PLACE / 8] = MOST_WAITING;
  numbers[SMALLEST_NORMAL_PLACE / 8] = SMALLEST_NORMAL;
}

/** The gases' numbers about every centre of the table. */
export function writeCentres({ words, numbers }: KernelMemory): void {
  let at = words[CENTRES / 4] / 8;
  for (let m = 0; m < CENTRE_COUNT; m++) {
    const terms = centreTerms(FIRST_CENTRE + m * CENTRE_SPACING);
    for (let pair = 0; pair < GAS_PAIRS; pair++) {
      for (let term = 0; term < CENTRE_TERMS; term++) {
        numbers[at++] = terms[CENTRE_TERMS * (2 * pair) + term];
        numbers[at++] = terms[CENTRE_TERMS * (2 * pair + 1) + term];
      }
    }
  }
}

export function writeCoefficients(memory: KernelMemory, c: StepCoefficients, s: FarmState): void {
  const { numbers, words } = memory;
  numbers[TIME_STEP / 8] = c.timeStep;
  numbers[PER_STEP / 8] = 1 / c.timeStep;
  numbers[HEAT_STEP / 8] = c.powerFactor * c.timeStep;
  numbers[POWER_FACTOR / 8] = c.powerFactor;
  numbers[WORK_FACTOR / 8] = -0.5 * c.powerFactor;
  numbers[TRAP_EASE / 8] = c.trap.ease;
  numbers[TRAP_PUSH / 8] = c.trap.push;
  for (let k = 0; k < s.poles; k++) {
    const at = (POLE_TABLE + k * POLE_BYTES) / 8;
    numbers[at] = c.inverse[k];
    numbers[at + 1] = c.doubled[k];
    numbers[at + 2] = c.approach[k];
    numbers[at + 3] = c.poleTime[k];
  }
  const ducts = new DistinctRows(numbers, memory.ductTerms, DUCT_POLES + s.poles * DUCT_POLE_BYTES);
  for (let e = 0; e < s.ducts; e += 2) {
    for (let lane = 0; lane < 2; lane++) putDuct(ducts.row, lane, c, s, Math.min(e + lane, s.ducts - 1));
    words[(memory.ductBlocks + (e >> 1) * DUCT_PAIR_BYTES + DUCT_COEFFICIENTS) / 4] = ducts.address();
  }
  const chambers = new DistinctRows(numbers, memory.chamberTerms, CHAMBER_POLES + s.poles * CHAMBER_POLE_BYTES);
  for (let i = 0; i < s.chambers; i += 2) {
    for (let lane = 0; lane < 2; lane++) putChamber(chambers.row, lane, c, s, Math.min(i + lane, s.chambers - 1));
    words[memory.chamberBlocks / 4 + (i >> 1)] = chambers.address();
  }
}

function putDuct(row: Float64Array, lane: number, c: StepCoefficients, s: FarmState, e: number): void {
  const put = (place: number, value: number): void => {
    row[place / 8 + lane] = value;
  };
  put(DUCT_INERTIAL, c.inertial[e]);
  put(DUCT_DENOMINATOR, c.denominator[e]);
  put(DUCT_FOUR_QUADRATIC, 4 * c.quadratic[e]);
  put(DUCT_TIMED_QUADRATIC, c.powerFactor * c.timeStep * c.quadratic[e]);
  put(DUCT_RESISTANCE, c.resistance[e]);
  put(DUCT_HALF_VOLUME, c.halfVolume[e]);
  for (let k = 0; k < s.poles; k++) {
    put(DUCT_POLES + k * DUCT_POLE_BYTES, c.damping[k * s.ducts + e]);
    put(DUCT_POLES + k * DUCT_POLE_BYTES + 16, c.layerResistance[k * s.ducts + e]);
  }
}

function putChamber(row: Float64Array, lane: number, c: StepCoefficients, s: FarmState, i: number): void {
  const put = (place: number, value: number): void => {
    row[place / 8 + lane] = value;
  };
  put(CHAMBER_CONDUCTED, c.timeStep * c.wallConductance[i]);
  put(CHAMBER_INSTANT, c.instantCapacity[i]);
  put(CHAMBER_HALF_PULL, c.halfPull[i]);
  for (let k = 0; k < s.poles; k++) {
    put(CHAMBER_POLES + k * CHAMBER_POLE_BYTES, c.layerPull[k * s.chambers + i]);
    put(CHAMBER_POLES + k * CHAMBER_POLE_BYTES + 16, c.layerCapacity[k * s.chambers + i]);
  }
}

/** Rows of numbers in the kernel's memory, each kept once: pairs with equal coefficients share them, and so the caches. */
class DistinctRows {
  /** The row to be looked for. */
  readonly row: Float64Array;
  private readonly bits: Int32Array;
  private readonly known = new Map<number, number[]>();
  private count = 0;

  constructor(
    private readonly numbers: Float64Array,
    private readonly at: number,
    private readonly bytes: number,
  ) {
    this.row = new Float64Array(bytes / 8);
    this.bits = new Int32Array(this.row.buffer);
  }

  /** Address of the present row, which is added when it is new. */
  address(): number {
    let hash = 0;
    for (let m = 0; m < this.bits.length; m++) hash = Math.imul(hash ^ this.bits[m], 0x9e3779b1);
    const same = this.known.get(hash);
    if (same) {
      for (const place of same) if (this.isAt(place)) return place;
    }
    const place = this.at + this.count++ * this.bytes;
    this.numbers.set(this.row, place / 8);
    if (same) same.push(place);
    else this.known.set(hash, [place]);
    return place;
  }

  private isAt(place: number): boolean {
    for (let m = 0; m < this.row.length; m++) if (!Object.is(this.numbers[place / 8 + m], this.row[m])) return false;
    return true;
  }
}
