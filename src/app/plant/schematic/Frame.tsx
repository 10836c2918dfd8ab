// What stands around the rows of the schematic: store and make-up, both headers, compressor with cooler, control, the room with its
// fans.

import type { Schematic } from '../../../worker/schematic.ts';
import { quantityText, THIN, withUnit } from '../../shell/format.ts';
import { PRIORITY_WORDS } from '../priorities.tsx';
import { atm, kelvin, LEAST_FLOW, molPerS, percent, watts } from './figures.ts';
import type { Geometry } from './geometry.ts';
import { MEASURED, TEMPERATURE } from './LayerRow.tsx';
import { Part } from './Part.tsx';
import own from './Schematic.module.css';
import {
  AlarmMark,
  Arrow,
  Badges,
  Balloon,
  CompressorSymbol,
  ControlBalloon,
  CoolerSymbol,
  FanSymbol,
  Pipe,
  TankSymbol,
  Valve,
} from './Symbols.tsx';

interface Props {
  readonly data: Schematic;
  readonly geometry: Geometry;
}

const flows = (flow: number | undefined): boolean => Math.abs(flow ?? 0) >= LEAST_FLOW;
const BY_HAND = { letter: 'M', words: 'held by hand', priority: null } as const;

/** Names of the columns, with their units, over the rows. */
export function Heads({ geometry: g, grouped }: { geometry: Geometry; grouped: boolean }) {
  const end = g.vesselX + g.vesselWidth;
  const measured = end - MEASURED;
  const heads: readonly (readonly [x: number, text: string])[] = [
    [g.supplyX + 33, 'mol/s'],
    [g.supplyX + 90, 'Supply valves'],
    ...(grouped ? [[g.vesselX + 14, 'Layers'] as const] : []),
    [measured + 13, 'atm'],
    [measured + TEMPERATURE + 13, 'K'],
    [end + 4, 'Vent, relief'],
    [end + 74, 'Return valves'],
    [g.returnX - 57, 'mol/s'],
    [g.returnX + 8, 'Return header'],
  ];
  return (
    <g>
      <text x={g.supplyX - 8} y="14" className={own.quietEnd}>
        Supply header
      </text>
      {heads.map(([x, text]) => (
        <text key={x} x={x} y="14" className={own.head}>
          {text}
        </text>
      ))}
    </g>
  );
}

/** Store, make-up and relief, supply header with its pressure, and what moves the valves. */
export function SupplySide({ data, geometry: g }: Props) {
  const { supply, back } = data;
  const off = supply === null;
  const makeUp = supply && back ? supply.makeUp + back.makeUp : Number.NaN;
  const y = g.top + 14;
  const reliefY = g.top + 44;
  return (
    <g>
      <Part id="supply-header" data={data} area={{ x: 8, y: g.top - 2, width: g.supplyX - 2, height: 114 }}>
        <Pipe d={`M66 ${y}H${g.supplyX}`} flows={flows(makeUp)} off={off} />
        <Pipe d={`M${g.supplyX} ${reliefY}H40V${y + 13}`} flows={flows(supply?.relief)} off={off} />
        <g data-off={off || undefined} className={own.fades}>
          <TankSymbol x={14} y={y - 13} width={52} height={26} />
          <text x="40" y={y + 4} className={own.centred}>
            Store
          </text>
          <Valve x={92} y={y} opening={flows(makeUp) ? 1 : 0} />
          <Arrow x={g.supplyX - 12} y={y} flow={off ? 0 : makeUp} />
          <text x="108" y={y - 4} className={own.figure}>
            {off ? 'Make-up' : withUnit(molPerS(makeUp), 'mol/s')}
          </text>
          <Valve x={92} y={reliefY} opening={flows(supply?.relief) ? 1 : 0} />
          <Arrow x={68} y={reliefY} flow={-(supply?.relief ?? 0)} />
          <text x="108" y={reliefY - 4} className={own.quiet}>
            {off ? 'Relief' : `Relief ${molPerS(supply.relief)}`}
          </text>
          <Pipe d={`M${g.supplyX - 32} ${g.top + 94}H${g.supplyX}`} off={off} />
          <Balloon x={g.supplyX - 30} y={g.top + 94} letters="PT" />
          <text x={g.supplyX - 46} y={g.top + 93} className={own.strongEnd}>
            {off ? '–' : withUnit(atm(supply.pressure), 'atm')}
          </text>
          <text x={g.supplyX - 46} y={g.top + 106} className={own.quietEnd}>
            {off ? '' : `set ${atm(supply.setPressure)}`}
          </text>
          {supply?.alarm && (
            <AlarmMark x={20} y={g.top + 80} alarm={supply.alarm}>
              {PRIORITY_WORDS[supply.alarm.priority]}
            </AlarmMark>
          )}
        </g>
      </Part>
      <path d={`M${g.supplyX} ${g.top - 4}V${g.rowsEnd}`} className={own.header} data-off={off || undefined} />
      <Control data={data} geometry={g} />
    </g>
  );
}

function Control({ data, geometry: g }: Props) {
  const { controller, cycle, headers } = data;
  const y = g.top + 130;
  const wanted = controller?.setpoint.mean ?? cycle?.mean;
  const words = !headers
    ? 'no control'
    : controller
      ? `${controller.mode}, wanted`
      : cycle
        ? 'cycle, wanted now'
        : 'valves as set';
  const byHand = (controller?.manual ?? 0) + (controller?.ordered ?? 0) > 0;
  return (
    <Part id="control" data={data} area={{ x: 52, y: y - 15, width: g.supplyX - 58, height: 30 }}>
      <g data-off={!headers || undefined} className={own.fades}>
        <ControlBalloon x={g.supplyX - 30} y={y} letters="PIC" />
        <text x={g.supplyX - 46} y={y - 1} className={own.strongEnd}>
          {wanted === undefined || !headers ? '–' : withUnit(atm(wanted), 'atm')}
        </text>
        <text x={g.supplyX - 46} y={y + 12} className={own.quietEnd}>
          {words}
        </text>
        {byHand && <Badges x={56} y={y - 5} badges={[BY_HAND]} />}
      </g>
    </Part>
  );
}

/** The return header, the way back through compressor and cooler, and its join to the supply. */
export function ReturnSide({ data, geometry: g }: Props) {
  const { back, compressor, pumps } = data;
  const off = back === null;
  const flow = compressor?.flow ?? 0;
  const y = g.bottomY;
  const join = g.top + 62;
  return (
    <g>
      <Pipe d={`M${g.returnX} ${g.rowsEnd}V${y}H24V${join}H${g.supplyX}`} flows={flows(flow)} off={off} />
      <path d={`M${g.returnX} ${g.top - 4}V${g.rowsEnd}`} className={own.header} data-off={off || undefined} />
      <Arrow x={g.returnX} y={g.rowsEnd + 16} flow={off ? 0 : flow} turn={90} />
      <Arrow x={g.supplyX + 120} y={y} flow={off ? 0 : -flow} />
      <Arrow x={24} y={(y + join) / 2} flow={off ? 0 : flow} turn={-90} />
      <Part id="compressor" data={data} area={{ x: 36, y: y - 46, width: g.supplyX - 42, height: 76 }}>
        <g data-off={off || undefined} className={own.fades}>
          <CompressorSymbol x={154} y={y} />
          <CoolerSymbol x={76} y={y} />
          <text x="44" y={y - 32} className={own.figure}>
            {off ? 'Compressor' : `${watts(compressor?.power ?? Number.NaN)}, ${withUnit(molPerS(flow), 'mol/s')}`}
          </text>
          <text x="44" y={y - 19} className={own.quiet}>
            {off ? '' : `pumps ${pumps.count - pumps.stopped} of ${pumps.count}, ${percent(pumps.running)}${THIN}%`}
          </text>
          {pumps.alarm && (
            <AlarmMark x={98} y={y + 22} alarm={pumps.alarm}>
              {PRIORITY_WORDS[pumps.alarm.priority]}
            </AlarmMark>
          )}
          {pumps.manual > 0 && <Badges x={174} y={y} badges={[BY_HAND]} />}
        </g>
      </Part>
      <Part
        id="return-header"
        data={data}
        area={{ x: g.returnX + 5, y: g.top - 4, width: g.width - g.returnX - 9, height: 66 }}
      >
        <g data-off={off || undefined} className={own.fades}>
          <Pipe d={`M${g.returnX} ${g.top + 10}H${g.returnX + 14}`} off={off} />
          <Balloon x={g.returnX + 20} y={g.top + 10} letters="PT" />
          <text x={g.returnX + 33} y={g.top + 14} className={own.strong}>
            {off ? '–' : withUnit(atm(back.pressure), 'atm')}
          </text>
          <text x={g.returnX + 33} y={g.top + 28} className={own.quiet}>
            {off ? '' : `set ${atm(back.setPressure)}`}
          </text>
          {back?.alarm && (
            <AlarmMark x={g.returnX + 18} y={g.top + 50} alarm={back.alarm}>
              {PRIORITY_WORDS[back.alarm.priority]}
            </AlarmMark>
          )}
        </g>
      </Part>
    </g>
  );
}

/** The room around the chambers, what the fans move and what its air is like. */
export function Room({ data, geometry: g }: Props) {
  const { fans, room } = data;
  const x = g.supplyX + 8;
  const y = g.roomY;
  return (
    <g>
      <rect
        x={x}
        y={g.top - 4}
        width={g.returnX - g.supplyX - 16}
        height={y + 15 - g.top + 4}
        rx="6"
        className={own.room}
      />
      <Part id="room" data={data} area={{ x: x + 4, y: y - 13, width: g.returnX - g.supplyX - 24, height: 26 }}>
        <FanSymbol x={x + 20} y={y} />
        <text x={x + 38} y={y + 4} className={own.figure}>
          {`Fans ${quantityText(fans.flow, 'm3_per_s')} at ${withUnit(kelvin(fans.temperature), 'K')}`}
        </text>
        {fans.manual > 0 && <Badges x={x + 196} y={y} badges={[BY_HAND]} />}
        {fans.alarm && (
          <AlarmMark x={x + 226} y={y} alarm={fans.alarm}>
            {PRIORITY_WORDS[fans.alarm.priority]}
          </AlarmMark>
        )}
        <text x={g.returnX - 290} y={y + 4} className={own.quietEnd}>
          Room
        </text>
        <Balloon x={g.returnX - 272} y={y} letters="TT" />
        <text x={g.returnX - 258} y={y + 4} className={own.figure}>
          {withUnit(kelvin(room.temperature.mean), 'K')}
        </text>
        <Balloon x={g.returnX - 184} y={y} letters="AT" />
        <text x={g.returnX - 170} y={y + 4} className={own.figure}>
          {`O₂ ${percent(room.oxygen, 2)}${THIN}%`}
        </text>
        {room.alarm && (
          <AlarmMark x={g.returnX - 88} y={y} alarm={room.alarm}>
            {PRIORITY_WORDS[room.alarm.priority]}
          </AlarmMark>
        )}
      </Part>
    </g>
  );
}
