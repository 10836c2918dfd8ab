// Which places a farm has that can fail or be alarmed, and how they belong together.

import type { PlantTopology } from '../../monitoring/alarms/cause.ts';
import type { TargetCounts } from '../../monitoring/alarms/places.ts';

/** Voting sensors of a chamber: three of its pressure, then three of its temperature. */
export const VOTING_SENSORS = 6;
/** Valves of a chamber: supply, return. */
export const VALVES = 2;
/** Their inherent characteristic: fine near the seat, where they stand. */
export const CHARACTERISTIC = 'equal-percentage';

/** How many of what 1000 chambers have `count` of; at least one. */
export const shareOf = (count: number, chambers: number): number => Math.max(1, Math.round((count * chambers) / 1000));

export interface PlantPlaces {
  /** Of alarms. */
  readonly targets: TargetCounts;
  readonly topology: PlantTopology;
}

/**
 * Places of a farm: of sensors, those that vote (VOTING_SENSORS a chamber).
 * @param hardware pumps and cooling units for 1000 chambers; at least one of each
 */
export function plantPlaces(
  chambers: number,
  edges: Uint32Array,
  hardware: { readonly pumps: number; readonly fans: number },
): PlantPlaces {
  const neighbours: number[][] = Array.from({ length: chambers }, () => []);
  const ducts: number[][] = Array.from({ length: chambers }, () => []);
  for (let e = 0; e < edges.length / 2; e++) {
    const [i, j] = [edges[2 * e], edges[2 * e + 1]];
    neighbours[i].push(j);
    neighbours[j].push(i);
    ducts[i].push(e);
    ducts[j].push(e);
  }
  const run = (first: number, count: number): number[] => Array.from({ length: count }, (_, k) => first + k);
  return {
    targets: {
      chamber: chambers,
      duct: edges.length / 2,
      valve: VALVES * chambers,
      pump: shareOf(hardware.pumps, chambers),
      fan: shareOf(hardware.fans, chambers),
      header: 2,
      sensor: VOTING_SENSORS * chambers,
    },
    topology: {
      neighbours: (chamber) => neighbours[chamber],
      ductsOf: (chamber) => ducts[chamber],
      valvesOf: (chamber) => run(VALVES * chamber, VALVES),
      sensorsOf: (chamber) => run(VOTING_SENSORS * chamber, VOTING_SENSORS),
    },
  };
}
