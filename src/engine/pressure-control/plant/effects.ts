// From faults, interlocks, sequence and manual commands to what they make of the farm: the shares of plant-view.ts and the headers'
// controls. The sequence stands above what is held by hand, the interlocks above the sequence, a broken part above all. Computed
// anew whenever one of them has changed.

import type { FaultSchedule } from '../../faults/schedule.ts';
import { PI } from '../../numerics/elementary.ts';
import type { HeaderControls } from '../headers/header-controls.ts';
import type { HeaderSettings } from '../headers/settings.ts';
import type { Demand } from '../safety/sequence-phases.ts';
import { CHIPS_OFF, CLOSE_INJECTORS, CLOSE_SUPPLY, OPEN_VENTS, STOP_DRIVE } from '../safety/trip-table.ts';
import type { ManualCommands } from './manual-commands.ts';
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
  /** Whether a relief valve's lift contradicts a pressure measured at it, Pa. */
  reliefFailed(chamber: number, pressure: number): boolean;
  /** What people hold by hand. */
  readonly manual: ManualCommands;
}

/** Share of the power supply that is there. */
export const powerShare = ({ faults }: Acting): number => 1 - (faults.at('power-dip', 0)?.[0] ?? 0);

/** Speed that pump k gives of its rated one, 0–1, the supply's power aside. */
export const pumpSpeed = ({ faults, manual }: Acting, k: number): number =>
  faults.at('pump-trip', k) ? 0 : (manual.at('pump', k) ?? 1);

/** Of the pumps' speed that is there, 0–1. */
export function runningPumps(a: Acting): number {
  let missing = 0;
  for (let k = 0; k < a.pumps; k++) missing += 1 - pumpSpeed(a, k);
  return 1 - missing / a.pumps;
}

/** Speed that fan k is told, 0–1: all of it while the sequence wants full cooling. */
export const fanCommand = ({ manual, demand }: Acting, k: number): number =>
  demand.fullCooling ? 1 : (manual.at('fan', k) ?? 1);

/** Flow that fan k gives of its share, 0–1, power and losses of the whole cooling aside. */
export const fanFlow = (a: Acting, k: number): number =>
  fanCommand(a, k) * (1 - (a.faults.at('fan-failure', k)?.[0] ?? 0));

/** What of the fans' flow power dips and losses of the whole cooling leave. */
export const coolingPower = (a: Acting): number => powerShare(a) * (1 - (a.faults.at('cooling-loss', 0)?.[0] ?? 0));

/** Of the fans' flow that is there. */
export function coolingShare(a: Acting): number {
  let lost = 0;
  for (let k = 0; k < a.fans; k++) lost += 1 - fanFlow(a, k);
  return coolingPower(a) * (1 - lost / a.fans);
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
  a.manual.of('vent').some(({ value }) => value > 0) ||
  a.faults.active.some((fault) => fault.kind === 'leak') ||
  a.relief.some((area) => area > 0) ||
  a.actions.some((bits) => (bits & OPEN_VENTS) !== 0);

/** Whether the supply valve of a chamber may not open. */
export const supplyShut = (a: Acting, i: number): boolean => (a.actions[i] & CLOSE_SUPPLY) !== 0 || !a.demand.supply;

/** Whether the injector of a chamber may not open. */
export const injectorShut = (a: Acting, i: number): boolean =>
  (a.actions[i] & CLOSE_INJECTORS) !== 0 || !a.demand.supply;

/** Whether the vent of a chamber must be open. */
export const ventOpened = (a: Acting, i: number): boolean => (a.actions[i] & OPEN_VENTS) !== 0 || a.demand.vents;

/**
 * Renews what the headers obey.
 * @param equipped there are headers with valves and injectors, not openings to the room alone
 * @param stems the controller's stems move the valves, those held by hand too; otherwise these stand at once where they are told
 */
export function renewControls(
  c: HeaderControls,
  s: HeaderSettings,
  a: Acting,
  equipped: boolean,
  stems: boolean,
): void {
  const byHand = equipped && !stems;
  for (let i = 0; i < c.supply.length; i++) {
    const shut = supplyShut(a, i);
    const stuckSupply = a.faults.at('stuck-valve', VALVES * i)?.[0];
    const stuckReturn = a.faults.at('stuck-valve', VALVES * i + 1)?.[0];
    // A purge sends fresh gas through every chamber that has not tripped, and out by its vent.
    const purge = a.demand.purge && !shut ? PURGE_OPENING : 0;
    const heldSupply = byHand ? a.manual.at('supply-valve', i) : undefined;
    const heldReturn = byHand ? a.manual.at('return-valve', i) : undefined;
    c.supplyLow[i] = stuckSupply ?? (shut ? 0 : a.demand.purge ? purge : (heldSupply ?? 0));
    c.supplyHigh[i] = stuckSupply ?? (shut ? 0 : a.demand.purge ? purge : (heldSupply ?? 1));
    c.backLow[i] = stuckReturn ?? heldReturn ?? 0;
    c.backHigh[i] = stuckReturn ?? heldReturn ?? 1;
    const flow = (equipped ? a.manual.at('injector', i) : undefined) ?? s.injectorFlow[i];
    c.injector[i] = injectorShut(a, i) ? 0 : flow;
    const vented = ventOpened(a, i) ? 1 : (a.manual.at('vent', i) ?? s.ventOpening[i]);
    c.roomArea[i] = s.ventArea * vented + leakArea(a.faults, i) + a.relief[i];
  }
  c.compressorShare = runningPumps(a) * powerShare(a);
  for (let k = 0; k < c.tripped.length; k++) {
    c.tripped[k] = a.faults.at('pump-trip', k) ? 1 : 0;
    c.pumpSpeed[k] = a.manual.at('pump', k) ?? Number.NaN;
  }
  c.power = powerShare(a);
  c.coolant = coolingShare(a);
  for (let h = 0; h < 2; h++) c.pressureShare[h] = 1 - (a.faults.at('header-loss', h)?.[0] ?? 0);
}
