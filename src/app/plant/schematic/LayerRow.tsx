// One row of the schematic: supply header, valve, the chambers of a layer, valve, return header, with what is measured on the way.

import type { PartAlarm, Schematic, SchematicLayer } from '../../../worker/schematic.ts';
import { selectChambers } from '../../state/actions.ts';
import { useTwin } from '../../state/store.ts';
import { PRIORITY_WORDS } from '../priorities.tsx';
import { atm, kelvin, LEAST_FLOW, layerName, molPerS, shownFlow, valveBadges, withPercent } from './figures.ts';
import { type Geometry, rowY } from './geometry.ts';
import { Part } from './Part.tsx';
import own from './Schematic.module.css';
import {
  AlarmMark,
  Arrow,
  Badges,
  Balloon,
  InjectorSymbol,
  Pipe,
  ReliefSymbol,
  Valve,
  VentSymbol,
} from './Symbols.tsx';

interface Props {
  readonly row: number;
  readonly layer: SchematicLayer & { readonly alarm: PartAlarm | null };
  readonly geometry: Geometry;
  readonly data: Schematic;
}

/** Selects chambers of a row: those named, or all of its layers. */
function select(layer: SchematicLayer, named: readonly number[]): void {
  const { layout } = useTwin.getState();
  if (named.length > 0 || !layout) {
    selectChambers(named);
    return;
  }
  const ids: number[] = [];
  layout.layers.forEach((of, chamber) => {
    if (of >= layer.first && of <= layer.last) ids.push(chamber);
  });
  selectChambers(ids);
}

export function LayerRow({ row, layer, geometry, data }: Props) {
  const y = rowY(geometry, row);
  return (
    <g>
      <ValveGroup which="supply" y={y} layer={layer} geometry={geometry} data={data} />
      <Vessel y={y} layer={layer} geometry={geometry} data={data} />
      <ValveGroup which="back" y={y} layer={layer} geometry={geometry} data={data} />
    </g>
  );
}

/** Middle of the first balloon, from the vessel's end, and of the second from the first. */
export const MEASURED = 132;
export const TEMPERATURE = 62;
const TRIPPED = { priority: 'critical', isNew: true } as const;
const BY_HAND = { letter: 'M', words: 'held by hand', priority: null } as const;

interface GroupProps {
  readonly which: 'supply' | 'back';
  readonly y: number;
  readonly layer: Props['layer'];
  readonly geometry: Geometry;
  readonly data: Schematic;
}

/** Places of the parts of a valve group, from the header on; the return's stand mirrored but for the text. */
const METER = 20;
const FIGURE = 33;
const VALVE = 98;
const OPENING = 110;
const BADGES = 140;
const RETURN_VALVE = 64;

function ValveGroup({ which, y, layer, geometry: g, data }: GroupProps) {
  const supply = which === 'supply';
  const valves = layer[which];
  const off = !data.headers;
  const sign = supply ? 1 : -1;
  const flow = sign * valves.flow;
  const start = supply ? g.supplyX : g.vesselX + g.vesselWidth;
  const end = supply ? g.vesselX : g.returnX;
  // The return's group reads from the vessel: vents, valve, opening, then meter and flow at the header.
  const valveX = supply ? start + VALVE : start + RETURN_VALVE;
  const meterX = supply ? start + METER : end - 70;
  const figureX = supply ? start + FIGURE : end - 57;
  const openingX = supply ? start + OPENING : valveX + 12;
  const badgeX = supply ? start + BADGES : openingX + 34;
  const partX = supply ? start + 6 : start + 52;
  const half = g.rowHeight / 2;
  return (
    <Part
      id={`${which}-${layer.first}`}
      data={data}
      area={{ x: partX, y: y - half + 1, width: (supply ? end - 24 : end - 6) - partX, height: g.rowHeight - 2 }}
      onPress={() => select(layer, valves.chambers)}
    >
      <Pipe d={`M${start} ${y}H${end}`} flows={Math.abs(flow) >= LEAST_FLOW} off={off} />
      <g data-off={off || undefined} className={own.fades}>
        <Balloon x={meterX} y={y} letters="FT" />
        <text x={figureX} y={y - 4} className={own.figure}>
          {off ? '–' : molPerS(sign * shownFlow(valves))}
        </text>
        <Valve x={valveX} y={y} opening={off ? 0 : valves.opening.mean} />
        <text x={openingX} y={y - 4} className={own.figure}>
          {off ? '–' : withPercent(valves.opening.mean)}
        </text>
        {!off && <Badges x={badgeX} y={y - 7} badges={valveBadges(valves)} />}
        {!off && <Arrow x={supply ? end - 6 : end - 7} y={y} flow={flow} />}
      </g>
    </Part>
  );
}

function Vessel({ y, layer, geometry: g, data }: Omit<GroupProps, 'which'>) {
  const { vesselX: x, vesselWidth: width, rowHeight } = g;
  const { vents, injectors, relieving, tripped, alarm } = layer;
  const height = rowHeight - 5;
  const end = x + width;
  const measured = end - MEASURED;
  return (
    <Part
      id={`layer-${layer.first}`}
      data={data}
      area={{ x: x - 23, y: y - rowHeight / 2 + 1, width: width + 72, height: rowHeight - 2 }}
      onPress={() => select(layer, layer.abnormal)}
    >
      <rect x={x} y={y - height / 2} width={width} height={height} rx={height / 2} className={own.vessel} />
      <InjectorSymbol x={x - 16} y={y} flow={injectors.flow} />
      <text x={x + 14} y={y + 4} className={own.name}>
        {layer.first === layer.last ? layerName(layer) : `${layer.first + 1}–${layer.last + 1}`}
      </text>
      {tripped > 0 || alarm ? (
        <AlarmMark x={measured - 70} y={y} alarm={tripped > 0 || !alarm ? TRIPPED : alarm}>
          {tripped > 0 || !alarm ? 'Tripped' : PRIORITY_WORDS[alarm.priority]}
        </AlarmMark>
      ) : (
        vents.manual + injectors.manual > 0 && <Badges x={measured - 30} y={y} badges={[BY_HAND]} />
      )}
      <Balloon x={measured} y={y} letters="PT" />
      <text x={measured + 13} y={y + 4} className={own.figure}>
        {atm(layer.pressure.mean)}
      </text>
      <Balloon x={measured + TEMPERATURE} y={y} letters="TT" />
      <text x={measured + TEMPERATURE + 13} y={y + 4} className={own.figure}>
        {kelvin(layer.temperature.mean)}
      </text>
      <g data-alarmed={vents.held > 0 || undefined} className={own.opens}>
        <VentSymbol x={end + 14} y={y} open={vents.open > 0} />
      </g>
      <g data-alarmed={relieving > 0 || undefined} className={own.opens}>
        <ReliefSymbol x={end + 36} y={y} open={relieving > 0} />
      </g>
    </Part>
  );
}
