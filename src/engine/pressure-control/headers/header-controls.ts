// What the plant's actuators and faults do to the headers from moment to moment, beside their settings: where each valve may
// stand, what opens to the room, how much of the injectors, pumps and set pressures is there. Written by the plant
// (pressure-control/plant), read at every exchange.

import type { HeaderSettings } from './settings.ts';

export interface HeaderControls {
  /** Openings asked for while no cycle runs, 0–1 per chamber. */
  readonly supply: Float64Array;
  readonly back: Float64Array;
  /** Bounds of what the valves really do: [0, 1] free, [0, 0] shut, [x, x] stuck. */
  readonly supplyLow: Float64Array;
  readonly supplyHigh: Float64Array;
  readonly backLow: Float64Array;
  readonly backHigh: Float64Array;
  /** C_d·A from each chamber to the room, m²: vents, leaks, relief valves. */
  readonly roomArea: Float64Array;
  /** Flow of each injector, mol/s. */
  readonly injector: Float64Array;
  /** Share of the compressor's capacity that runs (without pumps by curve). */
  compressorShare: number;
  /** 1 for each pump that is tripped; shares of the electrical power and of the coolant that are there. */
  readonly tripped: Float64Array;
  /** Speed at which each pump is held by hand, share of rated; NaN: its control has it. */
  readonly pumpSpeed: Float64Array;
  power: number;
  coolant: number;
  /** Share of their set pressures at which the regulators hold supply and return. */
  readonly pressureShare: Float64Array;
}

/** Nothing acts: valves and vents as set, everything runs. */
export function restingControls(s: HeaderSettings, chambers: number): HeaderControls {
  const each = (value: number): Float64Array => new Float64Array(chambers).fill(value);
  return {
    supply: each(s.supplyOpening),
    back: each(s.returnOpening),
    supplyLow: each(0),
    supplyHigh: each(1),
    backLow: each(0),
    backHigh: each(1),
    roomArea: Float64Array.from({ length: chambers }, (_, i) => s.ventArea * s.ventOpening[i]),
    injector: Float64Array.from(s.injectorFlow),
    compressorShare: 1,
    tripped: new Float64Array(s.machines?.pumps ?? 0),
    pumpSpeed: new Float64Array(s.machines?.pumps ?? 0).fill(Number.NaN),
    power: 1,
    coolant: 1,
    pressureShare: new Float64Array(2).fill(1),
  };
}

/** For snapshots; the compressor's share is kept in `scalars`. */
export const controlArrays = (c: HeaderControls): Float64Array[] => [
  c.supply,
  c.back,
  c.supplyLow,
  c.supplyHigh,
  c.backLow,
  c.backHigh,
  c.roomArea,
  c.injector,
  c.pressureShare,
];
