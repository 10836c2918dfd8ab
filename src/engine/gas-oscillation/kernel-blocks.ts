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
  DUCT_DENOMINATOR,
  DUCT_FOUR_QUADRATIC,
  DUCT_HALF_VOLUME,
  DUCT_INERTIAL,
  DUCT_POLE_BYTES,
  DUCT_POLES,
  DUCT_RESISTANCE,
  DUCT_TIMED_QUADRATIC,
  FIRST_CENTRE,
  GAS_CONSTANT as GAS_CONSTANT_PLACE,
  GAS_PAIRS,
  HALF,
  POLE_BYTES,
  POLE_TABLE,
  RECENTRE_KELVIN,
  REFERENCE_TEMPERATURE as REFERENCE_PLACE,
  SMALLEST_NORMAL as SMALLEST_NORMAL_PLACE,
  TIME_STEP,
} from '../../kernel/block.ts';
import { GAS_CONSTANT } from '../constants.ts';
import { CENTRE_TERMS, centreTerms, RECENTRE_K, REFERENCE_TEMPERATURE } from '../gas/caloric.ts';
import type { StepCoefficients } from './coefficients.ts';
import type { KernelMemory } from './kernel-memory.ts';
import type { FarmState } from './state.ts';
import { SMALLEST_NORMAL } from './step.ts';

export function writeConstants(numbers: Float64Array): void {
  numbers[GAS_CONSTANT_PLACE / 8] = GAS_CONSTANT;
  numbers[REFERENCE_PLACE / 8] = REFERENCE_TEMPERATURE;
  numbers[RECENTRE_KELVIN / 8] = RECENTRE_K;
  numbers[HALF / 8] = 0.5;
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

export function writeCoefficients(
  { numbers, ductBlocks, chamberBlocks }: KernelMemory,
  c: StepCoefficients,
  s: FarmState,
): void {
  numbers[TIME_STEP / 8] = c.timeStep;
  for (let k = 0; k < s.poles; k++) {
    const at = (POLE_TABLE + k * POLE_BYTES) / 8;
    numbers[at] = c.inverse[k];
    numbers[at + 1] = c.doubled[k];
    numbers[at + 2] = c.approach[k];
    numbers[at + 3] = c.poleTime[k];
  }
  /** Lays an array out in the blocks, `place` bytes from the start of each. */
  const spread = (array: Float64Array, from: number, count: number, blocks: number, bytes: number, place: number) => {
    for (let m = 0; m < count; m++) numbers[(blocks + (m >> 1) * bytes + place) / 8 + (m & 1)] = array[from + m];
  };
  const ductBytes = DUCT_POLES + s.poles * DUCT_POLE_BYTES;
  const duct = (array: Float64Array, place: number, from = 0) =>
    spread(array, from, s.ducts, ductBlocks, ductBytes, place);
  duct(c.inertial, DUCT_INERTIAL);
  duct(c.denominator, DUCT_DENOMINATOR);
  duct(
    c.quadratic.map((K) => 4 * K),
    DUCT_FOUR_QUADRATIC,
  );
  duct(
    c.quadratic.map((K) => c.timeStep * K),
    DUCT_TIMED_QUADRATIC,
  );
  duct(c.resistance, DUCT_RESISTANCE);
  duct(c.halfVolume, DUCT_HALF_VOLUME);
  const chamberBytes = CHAMBER_POLES + s.poles * CHAMBER_POLE_BYTES;
  const chamber = (array: Float64Array, place: number, from = 0) =>
    spread(array, from, s.chambers, chamberBlocks, chamberBytes, place);
  chamber(
    c.wallConductance.map((G) => c.timeStep * G),
    CHAMBER_CONDUCTED,
  );
  chamber(c.instantCapacity, CHAMBER_INSTANT);
  chamber(c.halfPull, CHAMBER_HALF_PULL);
  for (let k = 0; k < s.poles; k++) {
    duct(c.damping, DUCT_POLES + k * DUCT_POLE_BYTES, k * s.ducts);
    duct(c.layerResistance, DUCT_POLES + k * DUCT_POLE_BYTES + 16, k * s.ducts);
    chamber(c.layerPull, CHAMBER_POLES + k * CHAMBER_POLE_BYTES, k * s.chambers);
    chamber(c.layerCapacity, CHAMBER_POLES + k * CHAMBER_POLE_BYTES + 16, k * s.chambers);
  }
}
