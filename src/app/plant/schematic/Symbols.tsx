// Symbols after the habit of ISA-5.1, drawn about a centre: grey lines, and colour only where something is wrong.

import type { ReactNode } from 'react';
import type { PartAlarm } from '../../../worker/schematic.ts';
import { PRIORITY_SHAPES } from '../priorities.tsx';
import { type Badge, LEAST_FLOW } from './figures.ts';
import own from './Schematic.module.css';

interface At {
  readonly x: number;
  readonly y: number;
}

/** A pipe; brighter while something flows. */
export const Pipe = ({ d, flows, off }: { d: string; flows?: boolean; off?: boolean }) => (
  <path d={d} className={own.pipe} data-flows={flows || undefined} data-off={off || undefined} />
);

/** An arrowhead on a pipe; nothing while nothing flows. */
export function Arrow({ x, y, flow, turn = 0 }: At & { flow: number; turn?: number }) {
  if (!(Math.abs(flow) >= LEAST_FLOW)) return null;
  return (
    <path
      d="M-4-4 4 0-4 4Z"
      className={own.arrow}
      transform={`translate(${x} ${y}) rotate(${flow > 0 ? turn : turn + 180})`}
    />
  );
}

/** Bow-tie: solid when shut, hollow when open. */
export const Valve = ({ x, y, opening, turn = 0 }: At & { opening: number; turn?: number }) => (
  <path
    d="M-9-6V6L9-6V6Z"
    className={own.symbol}
    data-solid={opening === 0 || undefined}
    transform={`translate(${x} ${y}) rotate(${turn})`}
  />
);

/** Instrument in the field: a circle with its letters. */
export const Balloon = ({ x, y, letters }: At & { letters: string }) => (
  <g transform={`translate(${x} ${y})`}>
    <circle r="9.5" className={own.symbol} />
    <text className={own.letters} y="3.5">
      {letters}
    </text>
  </g>
);

/** Shared control: a circle in a square. */
export const ControlBalloon = ({ x, y, letters }: At & { letters: string }) => (
  <g transform={`translate(${x} ${y})`}>
    <rect x="-11" y="-11" width="22" height="22" className={own.symbol} />
    <circle r="11" className={own.symbol} />
    <text className={own.letters} y="3.5">
      {letters}
    </text>
  </g>
);

/** Compressor: a circle with lines that narrow in the direction of flow, here to the left. */
export const CompressorSymbol = ({ x, y }: At) => (
  <g transform={`translate(${x} ${y})`}>
    <circle r="14" className={own.symbol} />
    <path d="M8.5-11-12.5-5.5M8.5 11-12.5 5.5" className={own.stroke} />
  </g>
);

/** Cooler: a circle crossed by a broken line. */
export const CoolerSymbol = ({ x, y }: At) => (
  <g transform={`translate(${x} ${y})`}>
    <circle r="11" className={own.symbol} />
    <path d="M0 15V4L-4 1 4-3 0-5V-15" className={own.stroke} />
  </g>
);

export const FanSymbol = ({ x, y }: At) => (
  <g transform={`translate(${x} ${y})`}>
    <circle r="10" className={own.symbol} />
    <path
      d="M0 0C-2-6 2-9 5-7 5-3 2-1 0 0ZM0 0C6 2 6 7 3 8-1 6-1 2 0 0ZM0 0C-4 4-9 3-8-1-5-4-2-2 0 0Z"
      className={own.stroke}
    />
  </g>
);

/** A vent to the room, on a branch up from the pipe: solid when shut. */
export const VentSymbol = ({ x, y, open }: At & { open: boolean }) => (
  <g transform={`translate(${x} ${y})`}>
    <path d="M0 0V-2.5" className={own.stroke} />
    <path d="M-4.5-2.5H4.5L-4.5-11H4.5Z" className={own.small} data-solid={!open || undefined} />
  </g>
);

/** A relief valve, on a branch up from the pipe: a cone under its spring; solid when shut. */
export const ReliefSymbol = ({ x, y, open }: At & { open: boolean }) => (
  <g transform={`translate(${x} ${y})`}>
    <path d="M0 0V-2.5M0-7-3-8.2 3-9.8-3-11.4" className={own.stroke} />
    <path d="M-4.5-2.5H4.5L0-7Z" className={own.small} data-solid={!open || undefined} />
  </g>
);

/** An injector: a needle from above into the pipe. */
export const InjectorSymbol = ({ x, y, flow }: At & { flow: number }) => (
  <path
    d="M0-11V-1.5M-2.5-5.5 0-1.5 2.5-5.5"
    className={own.needle}
    data-flows={flow > 0 || undefined}
    transform={`translate(${x} ${y})`}
  />
);

export const TankSymbol = ({ x, y, width, height }: At & { width: number; height: number }) => (
  <rect x={x} y={y} width={width} height={height} rx="9" className={own.symbol} />
);

const BADGE_PITCH = 15;

/** Letters in small squares: what is unusual about a part, in the colour of its alarm where it is one. */
export const Badges = ({ x, y, badges }: At & { badges: readonly Badge[] }) => (
  <>
    {badges.map(({ letter, priority }, k) => (
      <g
        key={letter}
        transform={`translate(${x + BADGE_PITCH * k} ${y})`}
        style={{ color: priority === null ? 'var(--text)' : `var(--${priority})` }}
      >
        <rect x="0" y="-6.5" width="13" height="13" rx="2" className={own.badge} />
        <text x="6.5" y="4" className={own.badgeLetter}>
          {letter}
        </text>
      </g>
    ))}
  </>
);

/** Shape and count of the most urgent alarm of a part. */
export function AlarmMark({
  x,
  y,
  alarm,
  children,
}: At & { alarm: Pick<PartAlarm, 'priority' | 'isNew'>; children?: ReactNode }) {
  return (
    <g transform={`translate(${x} ${y})`} style={{ color: `var(--${alarm.priority})` }}>
      <path
        d={PRIORITY_SHAPES[alarm.priority]}
        transform="translate(-7 -7) scale(0.875)"
        className={own.mark}
        data-filled={alarm.isNew || undefined}
      />
      <text x="11" y="4" className={own.markText}>
        {children}
      </text>
    </g>
  );
}
