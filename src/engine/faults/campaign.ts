// Random faults for test campaigns: the same seed gives the same faults. Every kind comes equally often, so that none is
// tested by luck only.

import { type TargetCounts, targetCount } from '../monitoring/alarms/places.ts';
import { exp, log } from '../numerics/elementary.ts';
import { createRandom, type Random } from '../numerics/random.ts';
import type { SensorNumbers } from '../pressure-control/plant/sensor-numbers.ts';
import { SENSOR_KINDS } from '../pressure-control/sensors/catalogue.ts';
import { FAULT_KIND_NAMES, type FaultKind, type FaultMagnitude, type FaultSpec, faultKind } from './fault-kinds.ts';

/** One run of a campaign: its faults. */
export type FaultCase = readonly FaultSpec[];

/**
 * Each kind alone, `perKind` times, kind after kind.
 * @param horizon_s length of a run, simulated s: faults start in its first half; half of them end before it
 * @param counts a kind whose target the farm lacks is left out
 * @param sensors the farm's sensors: faults then strike those that vote and the others by halves, of these each kind equally often
 */
export function singleFaults(
  seed: number,
  counts: TargetCounts,
  horizon_s: number,
  perKind: number,
  sensors?: SensorNumbers,
): FaultCase[] {
  const random = createRandom(seed);
  return possibleKinds(counts).flatMap((kind) =>
    Array.from({ length: perKind }, () => [randomFault(random, kind, counts, horizon_s, sensors)]),
  );
}

/** Each unordered pair of different kinds, `perPair` times. */
export function pairedFaults(
  seed: number,
  counts: TargetCounts,
  horizon_s: number,
  perPair: number,
  sensors?: SensorNumbers,
): FaultCase[] {
  const random = createRandom(seed);
  const kinds = possibleKinds(counts);
  const cases: FaultCase[] = [];
  for (let a = 0; a < kinds.length; a++)
    for (let b = a + 1; b < kinds.length; b++)
      for (let k = 0; k < perPair; k++)
        cases.push([
          randomFault(random, kinds[a], counts, horizon_s, sensors),
          randomFault(random, kinds[b], counts, horizon_s, sensors),
        ]);
  return cases;
}

/** One fault of a kind at a random place, with random magnitudes and times. */
export function randomFault(
  random: Random,
  kind: FaultKind,
  counts: TargetCounts,
  horizon_s: number,
  sensors?: SensorNumbers,
): FaultSpec {
  const row = faultKind(kind);
  const u = random.next();
  const target =
    row.target === 'sensor' && sensors
      ? randomSensor(random, sensors, u)
      : Math.floor(u * targetCount(counts, row.target));
  const magnitudes = row.magnitudes.map((one) => randomMagnitude(random, one));
  const start_s = 0.5 * horizon_s * random.next();
  const ends = random.next() < 0.5;
  const left = horizon_s - start_s;
  const end_s = ends ? start_s + left * (0.1 + 0.8 * random.next()) : null;
  return { kind, targets: [target], magnitudes, start_s, end_s };
}

function randomSensor(random: Random, sensors: SensorNumbers, u: number): number {
  if (u < 0.5) return Math.floor(2 * u * sensors.voting);
  const kind = SENSOR_KINDS[Math.floor(random.next() * SENSOR_KINDS.length)];
  return sensors.otherAt(kind, 2 * u - 1) ?? Math.floor((2 * u - 1) * sensors.voting);
}

const possibleKinds = (counts: TargetCounts): FaultKind[] =>
  FAULT_KIND_NAMES.filter((kind) => targetCount(counts, faultKind(kind).target) > 0);

function randomMagnitude(random: Random, { min, max, logarithmic }: FaultMagnitude): number {
  const u = random.next();
  const value = logarithmic ? exp(log(min) + u * (log(max) - log(min))) : min + u * (max - min);
  return Math.min(max, Math.max(min, value));
}
