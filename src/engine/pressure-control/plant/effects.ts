// From faults, interlocks and sequence to what they make of the farm: the shares of plant-view.ts and the headers' controls.
// The interlocks stand above the sequence, a broken part above both. Computed anew whenever one of them has changed.

import type { FaultSchedule } from '../../faults/schedule.ts';
import { PI } from '../../numerics/elementary.ts';
import type { HeaderControls } from '../headers/header-controls.ts';
import type { HeaderSettings } from '../headers/settings.ts';
import type { Demand } from '../safety/sequence-phases.ts';
import { CHIPS_OFF, CLOSE_INJECTORS, CLOSE_SUPPLY, OPEN_VENTS, STOP_DRIVE } from '../safety/trip-table.ts';
import { VALVES } from './plant-topology.ts';
import type { PlantEffects } from './plant-view.ts';

/** Discharge coefficient of a hole in a wall. */
const LEAK_DISCHARGE = 0.61;

/** Opening of the supply valves while the farm is purged. */
const PURGE_OPENING = 0.1;

/** What acts on the plant now. */
export interface Acting {
  readonly faults: FaultSchedule;
  /** Bits of trip-table.ts per chamber. */
  readonly actions: Uint8Array;
  readonly demand: Demand;
  readonly pumps: number;
  readonly fans: number;
  /** Open area of each relief valve, m². */
  readonly relief: Float64Array;
}

/** Share of the power supply that is there. */
export const powerShare = ({ faults }: Acting): number => 1 - (faults.at('power-dip', 0)?.[0] ?? 0);

/** Of the pumps that run, 0–1. */
export function runningPumps({ faults, pumps }: Acting): number {
  let stopped = 0;
  for (let k = 0; k < pumps; k++) if (faults.at('pump-trip', k)) stopped++;
  return 1 - stopped / pumps;
}

/** Of the fans' flow that is there. */
export function coolingShare(a: Acting): number {
  let lost = 0;
  for (let k = 0; k < a.fans; k++) lost += a.faults.at('fan-failure', k)?.[0] ?? 0;
  return powerShare(a) * (1 - lost / a.fans) * (1 - (a.faults.at('cooling-loss', 0)?.[0] ?? 0));
}

/** m² of a leak at a chamber. */
export function leakArea(faults: FaultSchedule, chamber: number): number {
  const bore = faults.at('leak', chamber)?.[0] ?? 0;
  return LEAK_DISCHARGE * 0.25 * PI * bore * bore;
}

/** Renews the shares. Grows their version when one has changed. */
export function renewEffects(e: PlantEffects, a: Acting): void {
  const power = powerShare(a);
  let changed = false;
  const put = (array: Float64Array, i: number, value: number): void => {
    if (array[i] === value) return;
    array[i] = value;
    changed = true;
  };
  for (let i = 0; i < e.chips.length; i++) {
    const chips = a.actions[i] & CHIPS_OFF || !a.demand.chips ? 0 : power;
    put(e.chips, i, chips * (a.faults.at('chip-overload', i)?.[0] ?? 1));
    put(e.drive, i, a.actions[i] & STOP_DRIVE ? 0 : power * a.demand.drive);
  }
  const blocked = new Float64Array(e.ducts.length);
  for (const fault of a.faults.active) {
    if (fault.kind === 'blocked-duct') for (const duct of fault.targets) blocked[duct] = fault.magnitudes[0];
  }
  for (let d = 0; d < e.ducts.length; d++) put(e.ducts, d, 1 - blocked[d]);
  const cooling = coolingShare(a);
  const frequency = 1 + (a.faults.at('clock-failure', 0)?.[0] ?? 0);
  if (cooling !== e.cooling || frequency !== e.frequency) changed = true;
  e.cooling = cooling;
  e.frequency = frequency;
  if (changed) e.version++;
}

/** Whether anything opens a chamber to the room that the settings do not. */
export const needsHeaders = (a: Acting): boolean =>
  a.demand.vents ||
  a.faults.active.some((fault) => fault.kind === 'leak') ||
  a.relief.some((area) => area > 0) ||
  a.actions.some((bits) => (bits & OPEN_VENTS) !== 0);

/** Renews what the headers obey. */
export function renewControls(c: HeaderControls, s: HeaderSettings, a: Acting): void {
  for (let i = 0; i < c.supply.length; i++) {
    const shut = (a.actions[i] & CLOSE_SUPPLY) !== 0 || !a.demand.supply;
    const stuckSupply = a.faults.at('stuck-valve', VALVES * i)?.[0];
    const stuckReturn = a.faults.at('stuck-valve', VALVES * i + 1)?.[0];
    // A purge sends fresh gas through every chamber that has not tripped, and out by its vent.
    const purge = a.demand.purge && !shut ? PURGE_OPENING : 0;
    c.supplyLow[i] = stuckSupply ?? purge;
    c.supplyHigh[i] = stuckSupply ?? (shut ? 0 : a.demand.purge ? purge : 1);
    c.backLow[i] = stuckReturn ?? 0;
    c.backHigh[i] = stuckReturn ?? 1;
    c.injector[i] = (a.actions[i] & CLOSE_INJECTORS) !== 0 || !a.demand.supply ? 0 : 1;
    const vented = (a.actions[i] & OPEN_VENTS) !== 0 || a.demand.vents ? 1 : s.ventOpening[i];
    c.roomArea[i] = s.ventArea * vented + leakArea(a.faults, i) + a.relief[i];
  }
  c.compressorShare = runningPumps(a) * powerShare(a);
  for (let h = 0; h < 2; h++) c.pressureShare[h] = 1 - (a.faults.at('header-loss', h)?.[0] ?? 0);
}
