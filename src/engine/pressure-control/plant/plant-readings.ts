// What the sequence reads of the plant, and the fresh gas of a purge, which it waits for. Not here: what it makes of them (../safety/).

import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { SUPPLY, SUPPLY_LINK } from '../headers/header-rates.ts';
import { FARM, type Interlocks } from '../safety/interlocks.ts';
import type { PlantReadings } from '../safety/sequence-phases.ts';
import { type Acting, coolingShare } from './effects.ts';
import type { Measurement } from './measurement.ts';
import type { PlantEffects, PlantView } from './plant-view.ts';

/** What of a plant is read. */
export interface ReadingsHost {
  readonly view: PlantView;
  readonly measurement: Measurement;
  readonly interlocks: Interlocks;
  readonly effects: PlantEffects;
  readonly acting: Acting;
  /** Fresh gas through each chamber since purging began, in its contents. */
  readonly purged: Float64Array;
  /** Mole fraction. */
  readonly roomOxygen: number;
}

/** What the sequence knows of the plant. */
export function readPlant({
  view,
  measurement,
  interlocks,
  effects,
  acting,
  purged,
  roomOxygen,
}: ReadingsHost): PlantReadings {
  const { state } = view;
  let hottest = Number.NEGATIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  let lowest = Number.POSITIVE_INFINITY;
  let drive = 0;
  for (let i = 0; i < state.chambers; i++) {
    hottest = Math.max(hottest, measurement.temperature[3 * i], REFERENCE_TEMPERATURE + state.wall[i]);
    highest = Math.max(highest, measurement.pressure[3 * i]);
    lowest = Math.min(lowest, measurement.pressure[3 * i]);
    drive = Math.max(drive, effects.drive[i]);
  }
  const present = view.headers.present;
  const supplies = present?.controls.supplyHigh;
  return {
    drive,
    isolated: !supplies || supplies.every((high) => high === 0),
    hottest_K: hottest,
    highestPressure_Pa: highest,
    lowestPressure_Pa: lowest,
    purgedVolumes: purged.reduce((least, n) => Math.min(least, n), Number.POSITIVE_INFINITY),
    supplyReady:
      present !== null && view.headers.hasHeaders && present.pressure(SUPPLY) > 0.9 * present.settings.supplyPressure,
    roomOxygen,
    coolingFlow: coolingShare(acting),
    farmTripped: interlocks.latchedCauses(FARM).length > 0,
    anyTripped: interlocks.tripped,
    anyCause: anyCause(interlocks),
  };
}

function anyCause(interlocks: Interlocks): boolean {
  for (let g = FARM; g < interlocks.groups; g++) if (interlocks.presentCauses(g).length > 0) return true;
  return false;
}

/** Counts the fresh gas of a purge. @param dt s since it was counted last */
export function countPurge({ view, acting, purged }: ReadingsHost, dt: number): void {
  if (!acting.demand.purge) return;
  const { present } = view.headers;
  const { amount } = view.state;
  if (!present) return;
  for (let i = 0; i < amount.length; i++) purged[i] += (Math.max(0, present.flowInto(i, SUPPLY_LINK)) * dt) / amount[i];
}
