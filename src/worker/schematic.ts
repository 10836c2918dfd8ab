// The plant as a piping and instrumentation diagram: one small message of plain data, made when it is asked for. Figures of machines
// and headers, rows of layers (schematic-layers.ts), and by part the most urgent alarm in view.

import { controllerMode, MODE_AUTOMATIC } from '../engine/drivers/device-access.ts';
import { compressorState, servingHeaders } from '../engine/drivers/device-states.ts';
import type { Farm } from '../engine/farm.ts';
import { airTemperature } from '../engine/field-readings.ts';
import { REFERENCE_TEMPERATURE } from '../engine/gas/caloric.ts';
import { ALARM_TABLE_ROWS, PRIORITIES, type Priority } from '../engine/monitoring/alarms/alarm-definitions.ts';
import { NORMAL, SHELVED, UNACKNOWLEDGED } from '../engine/monitoring/alarms/alarm-states.ts';
import type { Place } from '../engine/monitoring/alarms/places.ts';
import {
  MAKE_UP_RETURN,
  MAKE_UP_SUPPLY,
  RELIEF_LINK,
  RETURN,
  SUPPLY,
} from '../engine/pressure-control/headers/header-rates.ts';
import type { HeaderSystem } from '../engine/pressure-control/headers/header-system.ts';
import { coolingShare, fanFlow, pumpSpeed } from '../engine/pressure-control/plant/effects.ts';
import { VALVES, VOTING_SENSORS } from '../engine/pressure-control/plant/plant-topology.ts';
import type { PhaseName } from '../engine/pressure-control/safety/sequence-phases.ts';
import { rowOfLayer, type SchematicLayer, type Spread, schematicLayers } from './schematic-layers.ts';

export type { SchematicLayer, SchematicValves, Spread } from './schematic-layers.ts';

/** The most urgent alarm of a part. */
export interface PartAlarm {
  readonly alarm: number;
  readonly priority: Priority;
  readonly text: string;
  /** Whether nobody has acknowledged it. */
  readonly isNew: boolean;
  /** Alarms in view of this part. */
  readonly count: number;
}

export interface SchematicHeader {
  /** Pa, Pa, K, mol/s. */
  readonly pressure: number;
  readonly setPressure: number;
  readonly temperature: number;
  readonly makeUp: number;
  /** Supply only: mol/s back to the store. */
  readonly relief: number;
  readonly alarm: PartAlarm | null;
}

export interface SchematicMachines {
  readonly count: number;
  /** Of their speed that is there, 0–1. */
  readonly running: number;
  readonly stopped: number;
  readonly manual: number;
  readonly alarm: PartAlarm | null;
}

export interface Schematic {
  readonly time_s: number;
  /** Whether there are headers in service. */
  readonly headers: boolean;
  readonly movedBy: 'cycle' | 'controller' | 'openings';
  readonly supply: SchematicHeader | null;
  readonly back: SchematicHeader | null;
  /** mol/s, W, K; null without headers. */
  readonly compressor: { readonly flow: number; readonly power: number; readonly outlet: number } | null;
  readonly pumps: SchematicMachines;
  readonly fans: SchematicMachines & {
    /** m³/s, K. */
    readonly flow: number;
    readonly temperature: number;
  };
  readonly room: {
    /** Air at the chambers, K; mole fraction. */
    readonly temperature: Spread;
    readonly oxygen: number;
    readonly alarm: PartAlarm | null;
  };
  readonly controller: {
    readonly mode: 'fixed' | 'adaptive' | 'predictive';
    readonly loops: number;
    /** Pa; −1 to 1. */
    readonly setpoint: Spread;
    readonly output: Spread;
    /** Loops off or in manual, and setpoints ordered by hand. */
    readonly manual: number;
    readonly ordered: number;
    readonly networkLost: boolean;
  } | null;
  /** Wanted pressure of the cycle, Pa; null without one. */
  readonly cycle: Spread | null;
  readonly phase: PhaseName;
  readonly tripped: number;
  /** Manual commands that stand. */
  readonly manual: number;
  readonly layers: readonly (SchematicLayer & { readonly alarm: PartAlarm | null })[];
}

/** Rows of layers drawn at most. */
export const MOST_ROWS = 12;

export function schematicOf(farm: Farm): Schematic {
  const { plant, layout } = farm;
  const headers = servingHeaders(farm);
  const alarms = new PartAlarms(farm);
  const layers = schematicLayers(farm, headers, MOST_ROWS);
  return {
    time_s: farm.time_s,
    headers: headers !== null,
    movedBy: plant.loops ? 'controller' : headers?.settings.cycle ? 'cycle' : 'openings',
    supply: headers && headerOf(headers, SUPPLY, alarms.of('supply')),
    back: headers && headerOf(headers, RETURN, alarms.of('back')),
    compressor: headers && compressorOf(farm, headers),
    pumps: pumpsOf(farm, headers, alarms.of('pumps')),
    fans: fansOf(farm, alarms.of('fans')),
    room: { temperature: airOf(farm), oxygen: plant.roomOxygen, alarm: alarms.of('room') },
    controller: headers && controllerOf(farm),
    cycle: headers?.settings.cycle ? spreadOf(layout.count, (i) => headers.wantedPressure(i)) : null,
    phase: plant.sequence.phase,
    tripped: layers.reduce((n, { tripped }) => n + tripped, 0),
    manual: plant.manual.count,
    layers: layers.map((layer, row) => ({ ...layer, alarm: alarms.of(row) })),
  };
}

function spreadOf(count: number, value: (index: number) => number): Spread {
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const x = value(i);
    sum += x;
    if (x < min) min = x;
    if (x > max) max = x;
  }
  return count > 0 ? { mean: sum / count, min, max } : { mean: Number.NaN, min: Number.NaN, max: Number.NaN };
}

function headerOf(
  headers: HeaderSystem,
  which: typeof SUPPLY | typeof RETURN,
  alarm: PartAlarm | null,
): SchematicHeader {
  const { settings: s, controls } = headers;
  const set = which === SUPPLY ? s.supplyPressure : s.returnPressure;
  return {
    pressure: headers.pressure(which),
    setPressure: set * controls.pressureShare[which],
    temperature: headers.temperature(which),
    makeUp: headers.headerFlow(which === SUPPLY ? MAKE_UP_SUPPLY : MAKE_UP_RETURN),
    relief: which === SUPPLY ? headers.headerFlow(RELIEF_LINK) : 0,
    alarm,
  };
}

function compressorOf(farm: Farm, headers: HeaderSystem): Schematic['compressor'] {
  const { flow, power } = compressorState(farm);
  return { flow, power, outlet: headers.machines?.readings[1] ?? headers.settings.roomTemperature };
}

function pumpsOf({ plant }: Farm, headers: HeaderSystem | null, alarm: PartAlarm | null): SchematicMachines {
  const { acting, manual } = plant;
  const speeds = headers?.machines?.pumps.speed;
  let stopped = 0;
  let sum = 0;
  for (let k = 0; k < acting.pumps; k++) {
    const speed = speeds ? speeds[k] : pumpSpeed(acting, k);
    sum += speed;
    if (speed === 0) stopped++;
  }
  return { count: acting.pumps, running: sum / acting.pumps, stopped, manual: manual.countOf('pump'), alarm };
}

function fansOf(farm: Farm, alarm: PartAlarm | null): Schematic['fans'] {
  const { acting, manual } = farm.plant;
  let stopped = 0;
  const share = coolingShare(acting);
  if (share < 1) for (let k = 0; k < acting.fans; k++) if (share === 0 || fanFlow(acting, k) === 0) stopped++;
  return {
    count: acting.fans,
    running: share,
    stopped,
    manual: manual.countOf('fan'),
    alarm,
    flow: farm.values['cooling.circulation_rate'] * share,
    temperature: REFERENCE_TEMPERATURE + farm.surroundings.roomTemperature,
  };
}

const airOf = (farm: Farm): Spread => spreadOf(farm.layout.count, (i) => airTemperature(farm, i));

function controllerOf(farm: Farm): Schematic['controller'] {
  const { loops, manual, faults } = farm.plant;
  if (!loops) return null;
  let held = 0;
  for (let g = 0; g < loops.count; g++) if (controllerMode(farm, g) !== MODE_AUTOMATIC) held++;
  return {
    mode: loops.settings.mode,
    loops: loops.count,
    setpoint: spreadOf(loops.count, (g) => loops.target(g)),
    output: spreadOf(loops.count, (g) => loops.output(g)),
    manual: held,
    ordered: manual.countOf('loop-setpoint'),
    networkLost: faults.at('network-loss', 0) !== undefined,
  };
}

type Part = 'supply' | 'back' | 'pumps' | 'fans' | 'room' | number;

/** The most urgent alarm in view of each part; rows of layers by their number. */
class PartAlarms {
  private readonly found = new Map<Part, PartAlarm>();

  constructor(private readonly farm: Farm) {
    const { alarms } = farm.plant;
    for (let alarm = 0; alarm < alarms.table.count; alarm++) {
      const state = alarms.machine.stateNumber(alarm);
      if (state === NORMAL || state >= SHELVED) continue;
      const part = this.partOf(alarms.table.place(alarm));
      if (part !== null) this.add(part, alarm, state === UNACKNOWLEDGED);
    }
  }

  of(part: Part): PartAlarm | null {
    return this.found.get(part) ?? null;
  }

  private add(part: Part, alarm: number, isNew: boolean): void {
    const { alarms } = this.farm.plant;
    const { priority } = ALARM_TABLE_ROWS[alarms.table.kindOf[alarm]];
    const before = this.found.get(part);
    const urgency = (p: Priority, unseen: boolean): number => 2 * PRIORITIES.indexOf(p) + (unseen ? 0 : 1);
    const leads = !before || urgency(priority, isNew) < urgency(before.priority, before.isNew);
    const count = (before?.count ?? 0) + 1;
    if (leads) this.found.set(part, { alarm, priority, text: this.farm.plant.alarmText(alarm), isNew, count });
    else this.found.set(part, { ...before, count });
  }

  private partOf({ target, index }: Place): Part | null {
    const { layout } = this.farm;
    const row = (chamber: number): number => rowOfLayer(layout.layers[chamber], layout.layerCount, MOST_ROWS);
    switch (target) {
      case 'chamber':
        return row(index);
      case 'duct':
        return row(layout.edges[2 * index]);
      case 'valve':
        return row(Math.floor(index / VALVES));
      case 'sensor':
        return row(Math.floor(index / VOTING_SENSORS));
      case 'header':
        return index === SUPPLY ? 'supply' : 'back';
      case 'pump':
        return 'pumps';
      case 'fan':
        return 'fans';
      case 'room':
        return 'room';
      default:
        return null;
    }
  }
}
