// What the card beside a part of the schematic says: all there is to know of it, in words and units. Pure.

import type {
  PartAlarm,
  Schematic,
  SchematicHeader,
  SchematicLayer,
  SchematicMachines,
  SchematicValves,
} from '../../../worker/schematic.ts';
import { count, quantityText, withUnit } from '../../shell/format.ts';
import { PRIORITY_WORDS } from '../priorities.tsx';
import { atm, kelvin, layerName, molPerS, percent, spreadText, valveBadges, watts, withPercent } from './figures.ts';

export interface Detail {
  readonly title: string;
  readonly rows: readonly (readonly [name: string, value: string])[];
  /** What a click does; '' where it does nothing. */
  readonly hint: string;
}

const flow = (value: number): string => withUnit(molPerS(value), 'mol/s');
const MOVED_BY: Readonly<Record<Schematic['movedBy'], string>> = {
  cycle: 'the pressure cycle',
  controller: 'the pressure controller',
  openings: 'nothing: they stand as set',
};

const alarmRows = (alarm: PartAlarm | null): Detail['rows'] =>
  alarm === null
    ? []
    : [
        [
          alarm.count === 1 ? 'Alarm' : `Alarms, ${alarm.count}`,
          `${PRIORITY_WORDS[alarm.priority]}: ${alarm.text}${alarm.isNew ? ', not acknowledged' : ''}`,
        ],
      ];

const some = (name: string, n: number): Detail['rows'] => (n > 0 ? [[name, count(n)]] : []);

export function layerDetail(layer: SchematicLayer & { readonly alarm: PartAlarm | null }): Detail {
  const { pressure, temperature, vents, relieving, injectors, tripped } = layer;
  return {
    title: `${layerName(layer)}, ${count(layer.chambers)} chambers`,
    rows: [
      ['Pressure, as voted', spreadText(pressure, atm, 'atm')],
      ['Gas temperature, as voted', spreadText(temperature, kelvin, 'K')],
      ...some('Tripped', tripped),
      ...some('Relief valves open', relieving),
      ...(vents.open > 0 ? ([['Open to the room', `${count(vents.open)}, ${flow(vents.flow)} out`]] as const) : []),
      ...some('Vents held open', vents.held),
      ...some('Vents held by hand', vents.manual),
      ...(injectors.flow > 0 ? ([['Injected', flow(injectors.flow)]] as const) : []),
      ...some('Injectors held by hand', injectors.manual),
      ...alarmRows(layer.alarm),
    ],
    hint: tripped + relieving > 0 ? 'Click selects those that tripped or relieve' : 'Click selects its chambers',
  };
}

export function valvesDetail(layer: SchematicLayer, which: 'supply' | 'back', movedBy: Schematic['movedBy']): Detail {
  const valves: SchematicValves = layer[which];
  const sign = which === 'supply' ? 1 : -1;
  return {
    title: `${which === 'supply' ? 'Supply' : 'Return'} valves, ${layerName(layer).toLowerCase()}`,
    rows: [
      ['Opening', spreadText(valves.opening, (share) => percent(share, 1), '%')],
      [which === 'supply' ? 'Flow in' : 'Flow out', flow(sign * valves.flow)],
      ...(Number.isNaN(valves.sensedFlow) ? [] : ([['The flow meters tell', flow(sign * valves.sensedFlow)]] as const)),
      ['Moved by', MOVED_BY[movedBy]],
      ...valveBadges(valves).map(({ words }) => ['Not free', words] as const),
    ],
    hint:
      valves.chambers.length > 0 ? 'Click selects the chambers where one is not free' : 'Click selects its chambers',
  };
}

export function headerDetail(header: SchematicHeader, which: 'supply' | 'back'): Detail {
  return {
    title: which === 'supply' ? 'Supply header' : 'Return header',
    rows: [
      ['Pressure', withUnit(atm(header.pressure), 'atm')],
      ['Set pressure', withUnit(atm(header.setPressure), 'atm')],
      ['Temperature', withUnit(kelvin(header.temperature), 'K')],
      ['Make-up from the store', flow(header.makeUp)],
      ...(which === 'supply' ? ([['Relief to the store', flow(header.relief)]] as const) : []),
      ...alarmRows(header.alarm),
    ],
    hint: '',
  };
}

export function compressorDetail({ compressor, pumps }: Schematic): Detail {
  return {
    title: 'Compressor with cooler',
    rows: [
      ['Flow', flow(compressor?.flow ?? Number.NaN)],
      ['Shaft power', watts(compressor?.power ?? Number.NaN)],
      ['After the cooler', withUnit(kelvin(compressor?.outlet ?? Number.NaN), 'K')],
      ...machineRows('Pumps', pumps),
    ],
    hint: '',
  };
}

const machineRows = (name: string, machines: SchematicMachines): Detail['rows'] => [
  [name, `${count(machines.count - machines.stopped)} of ${count(machines.count)} turn`],
  ['Of their speed', withPercent(machines.running)],
  ...some('Held by hand', machines.manual),
  ...alarmRows(machines.alarm),
];

export function roomDetail({ fans, room }: Schematic): Detail {
  return {
    title: 'Room and fans',
    rows: [
      ['Air at the chambers', spreadText(room.temperature, kelvin, 'K')],
      ['Oxygen', withUnit(percent(room.oxygen, 2), '%')],
      ['Supply air', `${quantityText(fans.flow, 'm3_per_s')} at ${withUnit(kelvin(fans.temperature), 'K')}`],
      ...machineRows('Fans', fans),
      ...alarmRows(room.alarm),
    ],
    hint: '',
  };
}

export function controlDetail(data: Schematic): Detail {
  const { controller, cycle } = data;
  if (controller) {
    return {
      title: `Pressure controller, ${controller.mode}`,
      rows: [
        ['Loops', count(controller.loops)],
        ['Wanted', spreadText(controller.setpoint, atm, 'atm')],
        ['Output', spreadText(controller.output, (u) => percent(u, 1), '%')],
        ...some('Held by hand or off', controller.manual),
        ...some('Setpoints by hand', controller.ordered),
        ...(controller.networkLost ? ([['Control network', 'lost: outputs stay']] as const) : []),
      ],
      hint: '',
    };
  }
  return {
    title: cycle ? 'Pressure cycle' : 'Valves as set',
    rows: cycle
      ? [['Wanted now', spreadText(cycle, atm, 'atm')]]
      : [['Moved by', 'nothing: the valves stand at the openings of the settings']],
    hint: '',
  };
}

/** Parts by name; those of a row with the number of its first layer: "layer-3", "supply-3", "back-3". */
export type PartId =
  | 'supply-header'
  | 'return-header'
  | 'compressor'
  | 'control'
  | 'room'
  | `${'layer' | 'supply' | 'back'}-${number}`;

const off = (title: string): Detail => ({ title, rows: [['State', 'off']], hint: '' });

/** What there is to know of a part now; null where the drawing has no such part any longer. */
export function detailOf(id: PartId, data: Schematic): Detail | null {
  switch (id) {
    case 'supply-header':
      return data.supply ? headerDetail(data.supply, 'supply') : off('Supply header');
    case 'return-header':
      return data.back ? headerDetail(data.back, 'back') : off('Return header');
    case 'compressor':
      return data.compressor ? compressorDetail(data) : off('Compressor with cooler');
    case 'control':
      return controlDetail(data);
    case 'room':
      return roomDetail(data);
    default: {
      const [kind, first] = id.split('-');
      const layer = data.layers.find((one) => one.first === Number(first));
      if (!layer) return null;
      return kind === 'layer'
        ? layerDetail(layer)
        : valvesDetail(layer, kind === 'back' ? 'back' : 'supply', data.movedBy);
    }
  }
}
