// What a reading of an instrument is held against: others that feel the same in the same chamber, or what must be so by itself. As far as
// a plant can know it; a flow meter whose valve is in service and a single instrument have nothing to be held against.

import { SPECIES_COUNT } from '../../gas/species.ts';
import { leastSignificantBit, SENSORS, type SensorKind } from './catalogue.ts';
import type { PointKind, SensorPlacement } from './placement.ts';
import type { SensorBank } from './sensor-bank.ts';

/** Instruments of a chamber that are compared at most. */
const MOST_COMPARED = 5;

/** Points of a kind at which its sensors feel the same: valves and ports open into the chamber's gas. */
const felt = (point: PointKind): PointKind => (point === 'wall' || point === 'chip' ? point : 'gas');

/** Ids of a sensor and of others that feel the same, itself first; alone where there are none. */
export function companions(placement: SensorPlacement, id: number): readonly number[] {
  const kind = placement.kindOf(id);
  const found = [id];
  if (kind === 'composition' || kind === 'flow') return found;
  const [chamber, slot, per] = [placement.chamberOf(id), placement.slotOf(id), placement.perChamber[kind]];
  const point = felt(placement.pointOf(id).kind);
  for (let k = 1; k < per && found.length < MOST_COMPARED; k++) {
    const other = placement.id(kind, chamber, (slot + k) % per);
    if (felt(placement.pointOf(other).kind) === point) found.push(other);
  }
  return found;
}

/** What is judged of an instrument: its reading, in its unit; of an analyser the sum of its mole fractions. NaN: lost. */
export function figure(sensors: SensorBank, kind: SensorKind, id: number, time: number): number {
  if (kind !== 'composition') return sensors.read(id, time);
  let sum = 0;
  for (let gas = 0; gas < SPECIES_COUNT; gas++) sum += sensors.read(id, time, gas);
  return sum;
}

const scratch = new Float64Array(MOST_COMPARED);

/**
 * What the figure should be: the median of the instruments that feel the same, of two the other one; 1 for the sum of fractions; NaN:
 * nothing tells. @param own the instrument's figure @param isStill no gas can flow through any valve
 */
export function reference(
  sensors: SensorBank,
  kind: SensorKind,
  group: readonly number[],
  own: number,
  time: number,
  isStill: boolean,
): number {
  if (kind === 'composition') return 1;
  if (kind === 'flow') return isStill ? 0 : Number.NaN;
  let n = 0;
  if (group.length > 2) scratch[n++] = own;
  for (let k = 1; k < group.length; k++) {
    const y = sensors.read(group[k], time);
    if (y - y === 0) scratch[n++] = y;
  }
  if (n === 0 || (group.length > 2 && n < 2)) return Number.NaN;
  const sorted = scratch.subarray(0, n).sort();
  return n % 2 === 1 ? sorted[(n - 1) / 2] : 0.5 * (sorted[n / 2 - 1] + sorted[n / 2]);
}

/** Standard deviation of figure − reference of sound instruments: calibration of both, noise, converter. And of noise alone. */
export function spreads(kind: SensorKind): { readonly whole: number; readonly noise: number } {
  const { noise, biasSpread, low, high, bits } = SENSORS[kind];
  const bit = leastSignificantBit(high - low, bits);
  const rounding = (bit * bit) / 12;
  if (kind === 'composition') {
    // The offset is the analyser's, the same in each gas; its noise is not.
    const alone = SPECIES_COUNT * (noise * noise + rounding);
    const offset = SPECIES_COUNT * biasSpread;
    return { whole: Math.sqrt(alone + offset * offset), noise: Math.sqrt(alone) };
  }
  const alone = 2 * (noise * noise + rounding);
  return { whole: Math.sqrt(alone + 2 * biasSpread * biasSpread), noise: Math.sqrt(alone) };
}

/** Whether a figure stands at an end of what the instrument can tell. */
export function isAtEnd(kind: SensorKind, value: number): boolean {
  if (kind === 'composition') return false;
  const { low, high } = SENSORS[kind];
  const margin = 0.001 * (high - low);
  return value >= high - margin || value < low + 0.001 * margin;
}
