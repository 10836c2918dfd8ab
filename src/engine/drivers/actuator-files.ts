// The virtual files of the actuators: one a valve, vent, relief valve, injector, pump and fan.

import type { Farm } from '../farm.ts';
import { type LoopNames, type ManualCommand, manualPlace } from '../pressure-control/plant/manual-commands.ts';
import { causesText } from '../pressure-control/plant/manual-control.ts';
import { VALVES } from '../pressure-control/plant/plant-topology.ts';
import {
  fanState,
  type Hindrance,
  hindranceText,
  injectorState,
  pumpState,
  servingHeaders,
  type ValveState,
  valveState,
  ventState,
} from './device-states.ts';
import { number, oneLine, row } from './lines.ts';
import type { SensorSource } from './proc.ts';

const OFF = 'not in service: the headers are off (headers.enabled)';
const NO_STEM =
  'not felt: the valve stands at once where it is told (pressure_control.valve_response_time below 1 ms, or cycling)';

/** "held at 0.4 by Ada since 12.5 s": how a manual command stands. */
export const manualText = (
  { device, index, value, off, who, since_s }: ManualCommand,
  loops: LoopNames | null,
): string =>
  oneLine(
    `${manualPlace(device, index, loops)} ${off ? 'off' : 'held'} at ${number(value)} by ${who} since ${number(since_s)} s`,
  );

const mode = (manual: ManualCommand | undefined): readonly string[] =>
  manual === undefined
    ? ['mode automatic']
    : ['mode manual', row('who', oneLine(manual.who)), row('since_s', manual.since_s)];

function state(farm: Farm, chamber: number, hindrance: Hindrance): string {
  const causes = hindrance === 'interlock' ? `: ${causesText(farm.plant.interlocks, chamber)}` : '';
  return row('state', hindranceText(hindrance) + causes);
}

function valveLines(farm: Farm, chamber: number, which: number): readonly string[] {
  const valve = valveState(farm, chamber, which);
  const at = VALVES * chamber + which;
  const { valveWear } = farm.plant;
  const lines = [row('chamber', chamber), ...openingLines(valve)];
  if (Number.isNaN(valve.travel)) lines.push(row('stem', servingHeaders(farm) ? NO_STEM : OFF));
  else lines.push(row('stem_travel', valve.travel), row('stem_wanted_travel', valve.wantedTravel));
  lines.push(...mode(valve.manual), state(farm, chamber, valve.hindrance));
  lines.push(
    row('travelled_strokes', valveWear.travel[at]),
    row('reversals', valveWear.reversals[at]),
    row('openings', valveWear.cycles[at]),
  );
  return lines;
}

const openingLines = ({ position, command, flow }: ValveState): string[] => [
  row('opening', position),
  row('command', command),
  row('flow_mol_per_s', flow),
];

function ventLines(farm: Farm, chamber: number): readonly string[] {
  const vent = ventState(farm, chamber);
  return [row('chamber', chamber), ...openingLines(vent), ...mode(vent.manual), state(farm, chamber, vent.hindrance)];
}

function reliefLines(farm: Farm, chamber: number): readonly string[] {
  const { relief } = farm.plant;
  return [
    row('chamber', chamber),
    row('lift', relief.lift[chamber]),
    row('open_area_m2', relief.openArea[chamber]),
    row('set_pressure_Pa', relief.settings.setPressure),
    row('openings', relief.openings[chamber]),
    row('open_time_s', relief.openTime[chamber]),
    row('state', relief.isRelieving(chamber) ? 'relieving' : 'shut'),
  ];
}

function injectorLines(farm: Farm, chamber: number): readonly string[] {
  const injector = injectorState(farm, chamber);
  return [
    row('chamber', chamber),
    row('flow_mol_per_s', injector.position),
    row('command_mol_per_s', injector.command),
    ...mode(injector.manual),
    servingHeaders(farm) ? state(farm, chamber, injector.hindrance) : row('state', OFF),
  ];
}

function pumpLines(farm: Farm, k: number): readonly string[] {
  const pump = pumpState(farm, k);
  return [
    row('speed', pump.position),
    row('command', pump.command),
    row('power_W', pump.output),
    ...mode(pump.manual),
    row('state', servingHeaders(farm) ? hindranceText(pump.hindrance) : OFF),
  ];
}

function fanLines(farm: Farm, k: number): readonly string[] {
  const fan = fanState(farm, k);
  return [
    row('flow_m3_per_s', fan.output),
    row('speed', fan.position),
    row('command', fan.command),
    ...mode(fan.manual),
    row('state', hindranceText(fan.hindrance)),
  ];
}

/** The actuators by kind. */
export function actuatorSources(farm: Farm): Readonly<Record<string, SensorSource>> {
  const { chamber, pump, fan } = farm.plant.targets;
  const each = (count: number, lines: (farm: Farm, index: number) => readonly string[]): SensorSource => ({
    count: () => count,
    lines: (index) => lines(farm, index),
  });
  return {
    'supply-valve': each(chamber, (f, i) => valveLines(f, i, 0)),
    'return-valve': each(chamber, (f, i) => valveLines(f, i, 1)),
    vent: each(chamber, ventLines),
    'relief-valve': each(farm.plant.relief.settings.effectiveArea > 0 ? chamber : 0, reliefLines),
    injector: each(chamber, injectorLines),
    pump: each(pump, pumpLines),
    fan: each(fan, fanLines),
  };
}
