// How each actuator of the farm stands: where it is, where it should be, who holds it, what holds it up. One description for registers,
// virtual files and the schematic; read off the plant and the headers, changing nothing.

import type { Farm } from '../farm.ts';
import { relativeCoefficient } from '../pressure-control/actuators/valve-characteristic.ts';
import {
  COMPRESSOR,
  RETURN,
  RETURN_LINK,
  SUPPLY,
  SUPPLY_LINK,
  VENT_LINK,
} from '../pressure-control/headers/header-rates.ts';
import type { HeaderSystem } from '../pressure-control/headers/header-system.ts';
import {
  coolingPower,
  fanCommand,
  fanFlow,
  injectorShut,
  powerShare,
  pumpSpeed,
  supplyShut,
  ventOpened,
} from '../pressure-control/plant/effects.ts';
import type { ManualCommand } from '../pressure-control/plant/manual-commands.ts';
import { CHARACTERISTIC, VALVES } from '../pressure-control/plant/plant-topology.ts';

/** What keeps an actuator from where it is told to be; null: nothing. */
export type Hindrance = 'stuck' | 'slow' | 'interlock' | 'sequence' | 'tripped' | 'failed' | null;

export interface ActuatorState {
  /** Where it is: opening, speed or lift, 0–1; NaN: not in service. */
  readonly position: number;
  /** Where it should be. */
  readonly command: number;
  readonly manual: ManualCommand | undefined;
  readonly hindrance: Hindrance;
}

export interface ValveState extends ActuatorState {
  /** mol/s into the chamber. */
  readonly flow: number;
  /** Travel of the stem and the travel it is told, 0–1; NaN where valves stand at once where they are told. */
  readonly travel: number;
  readonly wantedTravel: number;
}

/** The headers while they are in service; null: off, or only openings to the room. */
export const servingHeaders = ({ headers }: Farm): HeaderSystem | null => (headers.hasHeaders ? headers.present : null);

/** Where a valve stands that is asked for an opening and may stand between two; NaN before the first exchange of a cycle. */
const between = (asked: number, low: number, high: number): number =>
  low === high ? low : Math.min(high, Math.max(low, asked));

/** Interlock or sequence, of two things that can hold an actuator. */
const holder = (farm: Farm, chamber: number): Hindrance =>
  farm.plant.acting.actions[chamber] !== 0 ? 'interlock' : 'sequence';

/** Supply (0) or return valve (1) of a chamber. */
export function valveState(farm: Farm, chamber: number, which: number): ValveState {
  const { plant } = farm;
  const { acting, loops } = plant;
  const headers = servingHeaders(farm);
  const manual = plant.manual.command(which === 0 ? 'supply-valve' : 'return-valve', chamber);
  const valve = VALVES * chamber + which;
  const stuck = acting.faults.at('stuck-valve', valve) !== undefined;
  const plain = plant.stems?.bank;
  const slow = (loops !== null || plain !== undefined) && acting.faults.at('slow-valve', valve) !== undefined;
  const supply = which === 0;
  const hindrance: Hindrance = stuck
    ? 'stuck'
    : supply && supplyShut(acting, chamber)
      ? holder(farm, chamber)
      : supply && acting.demand.purge
        ? 'sequence'
        : slow
          ? 'slow'
          : null;
  if (!headers) return { position: Number.NaN, command: Number.NaN, manual, hindrance, flow: Number.NaN, ...NO_STEM };
  const { controls: c } = headers;
  const asked = headers.wantedOpening(chamber, which);
  const position = supply
    ? between(asked, c.supplyLow[chamber], c.supplyHigh[chamber])
    : between(asked, c.backLow[chamber], c.backHigh[chamber]);
  const bank = loops?.stems ?? plain;
  const stem = bank && { travel: bank.position[valve], wantedTravel: bank.command[valve] };
  const told = loops && stem ? relativeCoefficient(CHARACTERISTIC, stem.wantedTravel) : (stem?.wantedTravel ?? asked);
  return {
    position,
    command: manual?.value ?? told,
    manual,
    hindrance,
    flow: headers.flowInto(chamber, supply ? SUPPLY_LINK : RETURN_LINK),
    ...(stem ?? NO_STEM),
  };
}

const NO_STEM = { travel: Number.NaN, wantedTravel: Number.NaN } as const;

/** Vent of a chamber. Without headers it opens for interlock, sequence and hand alone. */
export function ventState(farm: Farm, chamber: number): ValveState {
  const { plant, headers } = farm;
  const { acting } = plant;
  const manual = plant.manual.command('vent', chamber);
  const opened = ventOpened(acting, chamber);
  const settings = headers.present?.settings;
  const command = manual?.value ?? settings?.ventOpening[chamber] ?? 0;
  const position = opened ? 1 : command;
  const area = (settings?.ventArea ?? 0) * position;
  const all = headers.present?.controls.roomArea[chamber] ?? 0;
  const flow = headers.present?.flowInto(chamber, VENT_LINK) ?? 0;
  return {
    position,
    command,
    manual,
    hindrance: opened ? holder(farm, chamber) : null,
    // The openings of a chamber to the room share its flow by their areas.
    flow: all > 0 ? (flow * area) / all : 0,
    ...NO_STEM,
  };
}

/** Injector of a chamber; position and command in mol/s. */
export function injectorState(farm: Farm, chamber: number): ActuatorState {
  const headers = servingHeaders(farm);
  const manual = farm.plant.manual.command('injector', chamber);
  const shut = injectorShut(farm.plant.acting, chamber);
  return {
    position: headers ? headers.controls.injector[chamber] : Number.NaN,
    command: headers ? (manual?.value ?? headers.settings.injectorFlow[chamber]) : Number.NaN,
    manual,
    hindrance: shut ? holder(farm, chamber) : null,
  };
}

export interface MachineState extends ActuatorState {
  /** Pump: W of shaft power. Fan: m³/s of air. */
  readonly output: number;
}

/** Pump k: the pumps share the compression from return to supply by their speeds. */
export function pumpState(farm: Farm, k: number): MachineState {
  const headers = servingHeaders(farm);
  const { acting, manual } = farm.plant;
  const tripped = acting.faults.at('pump-trip', k) !== undefined;
  const hindrance: Hindrance = tripped ? 'tripped' : null;
  const machines = headers?.machines;
  if (machines) {
    const { speed, command, power } = machines.pumps;
    const held = manual.command('pump', k);
    return { position: speed[k], command: held?.value ?? command[k], manual: held, hindrance, output: power[k] };
  }
  const speed = pumpSpeed(acting, k);
  let all = 0;
  for (let m = 0; m < acting.pumps; m++) all += pumpSpeed(acting, m);
  return {
    position: headers ? speed * powerShare(acting) : Number.NaN,
    command: headers ? (manual.at('pump', k) ?? 1) : Number.NaN,
    manual: manual.command('pump', k),
    hindrance,
    output: headers && all > 0 ? (headers.compressorPower * speed) / all : 0,
  };
}

/** Fan k of the cooling. */
export function fanState(farm: Farm, k: number): MachineState {
  const { acting, manual } = farm.plant;
  const flow = fanFlow(acting, k) * coolingPower(acting);
  const held = manual.command('fan', k);
  const failed = acting.faults.at('fan-failure', k) !== undefined || coolingPower(acting) < 1;
  return {
    position: flow,
    command: held?.value ?? fanCommand(acting, k),
    manual: held,
    hindrance: failed ? 'failed' : held && held.value < fanCommand(acting, k) ? 'sequence' : null,
    output: (farm.values['cooling.circulation_rate'] * flow) / acting.fans,
  };
}

export interface CompressorState {
  /** mol/s, W; NaN without headers. */
  readonly flow: number;
  readonly power: number;
  /** Pa. */
  readonly suction: number;
  readonly discharge: number;
}

export function compressorState(farm: Farm): CompressorState {
  const headers = servingHeaders(farm);
  return {
    flow: headers?.headerFlow(COMPRESSOR) ?? Number.NaN,
    power: headers?.compressorPower ?? Number.NaN,
    suction: headers?.pressure(RETURN) ?? Number.NaN,
    discharge: headers?.pressure(SUPPLY) ?? Number.NaN,
  };
}

const HINDRANCES: Readonly<Record<Exclude<Hindrance, null>, string>> = {
  stuck: 'stuck',
  slow: 'slow',
  interlock: 'held by an interlock',
  sequence: 'held by the sequence',
  tripped: 'tripped',
  failed: 'failed or without power',
};

export const hindranceText = (hindrance: Hindrance): string => (hindrance === null ? 'free' : HINDRANCES[hindrance]);
