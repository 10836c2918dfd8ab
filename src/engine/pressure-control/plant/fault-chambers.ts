// Where in the lattice faults strike: the chambers of what they name. Pumps, fans, headers and the farm as a whole are nowhere in it.

import { faultKind } from '../../faults/fault-kinds.ts';
import type { ScheduledFault } from '../../faults/schedule.ts';
import { VALVES } from './plant-topology.ts';
import type { SensorNumbers } from './sensor-numbers.ts';

/** @param edges two chambers per duct @param most chambers listed @returns chambers, ascending */
export function faultyChambers(
  faults: readonly ScheduledFault[],
  edges: Uint32Array,
  sensors: SensorNumbers,
  most: number,
): number[] {
  const struck = new Set<number>();
  for (const { kind, targets } of faults) {
    const { target } = faultKind(kind);
    for (const k of targets) {
      if (struck.size >= most) break;
      if (target === 'chamber') struck.add(k);
      else if (target === 'valve') struck.add(Math.floor(k / VALVES));
      else if (target === 'sensor') struck.add(sensors.chamberOf(k));
      else if (target === 'duct') struck.add(edges[2 * k]).add(edges[2 * k + 1]);
    }
  }
  return [...struck].sort((a, b) => a - b).slice(0, most);
}
