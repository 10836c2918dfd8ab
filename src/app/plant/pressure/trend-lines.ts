// From what is recorded to what the trends draw: which series, in which colours, against which limits. Pure.

import { ATM } from '../../../engine/constants.ts';
import { type LoopScope, loopName } from '../../../engine/pressure-control/plant/loop-name.ts';
import type { SafetyLimits } from '../../../engine/pressure-control/safety/ladder.ts';
import type { TrendName, TrendsReply } from '../../../worker/pressure-trends.ts';
import type { Band, Curve, Insets, PlotSpec } from '../../charts/canvas-plot.ts';
import { timeAxis } from '../../charts/series.ts';
import { typed } from '../../shell/format.ts';
import type { Seen, TrendSubject } from './pressure-view.ts';

export const MOST_LINES = 6;
export const LINE_COLOURS = ['--data-1', '--data-2', '--data-3', '--data-4', '--data-5', '--data-6'] as const;

/** One line of the pressure plot: by sensors and in truth, and what is wanted. */
export interface TrendLine {
  readonly label: string;
  readonly colour: string;
  readonly sensed: TrendName;
  readonly truth: TrendName;
  readonly setpoint: TrendName | null;
  /** Lowest and highest chamber, where the line is a mean. */
  readonly spread: Readonly<Record<Seen, readonly [low: TrendName, high: TrendName]>> | null;
}

const FARM_LINE: TrendLine = {
  label: 'Mean of all chambers',
  colour: '--data-line',
  sensed: 'sensedMean',
  truth: 'truthMean',
  setpoint: 'setpoint',
  spread: { sensed: ['sensedLow', 'sensedHigh'], truth: ['truthLow', 'truthHigh'] },
};

/** The lines of a subject: the farm, some loops, the selected chambers. */
export function trendLines(
  subject: TrendSubject,
  scope: LoopScope,
  loops: readonly number[],
  chambers: readonly number[],
): TrendLine[] {
  if (subject === 'farm') return [FARM_LINE];
  const numbers = (subject === 'loops' ? loops : chambers).slice(0, MOST_LINES);
  return numbers.map((index, k) => ({
    label: subject === 'loops' ? loopName(scope, index) : `Chamber ${index}`,
    colour: LINE_COLOURS[k] as string,
    sensed: subject === 'loops' ? `loop ${index} sensed` : `chamber ${index} sensed`,
    truth: subject === 'loops' ? `loop ${index} truth` : `chamber ${index} truth`,
    setpoint: subject === 'loops' ? `loop ${index} setpoint` : `chamber ${index} setpoint`,
    spread: null,
  }));
}

/** Below the pressures: openings of the valves, flow and power of the compressor. */
export const MACHINE_TRENDS = ['supplyOpening', 'returnOpening', 'compressorFlow', 'compressorPower'] as const;

/** All that must be asked for some lines. */
export function trendNames(lines: readonly TrendLine[]): TrendName[] {
  const names = lines.flatMap(({ sensed, truth, setpoint, spread }): TrendName[] => [
    sensed,
    truth,
    ...(setpoint ? [setpoint] : []),
    ...(spread ? [...spread.sensed, ...spread.truth] : []),
  ]);
  return [...new Set([...names, ...MACHINE_TRENDS])];
}

/** A reply by name. */
export class Trends {
  constructor(
    private readonly names: readonly TrendName[],
    readonly reply: TrendsReply,
  ) {}

  low(name: TrendName): Float64Array {
    return this.reply.series[this.names.indexOf(name)]?.min ?? NONE;
  }

  high(name: TrendName): Float64Array {
    return this.reply.series[this.names.indexOf(name)]?.max ?? NONE;
  }

  /** Middle of each bucket. */
  middle(name: TrendName): Float64Array {
    const high = this.high(name);
    return this.low(name).map((low, b) => 0.5 * (low + (high[b] as number)));
  }

  /** The value at a time, or the latest before it; NaN where there is none. */
  at(name: TrendName, time: number | null): number {
    const values = this.middle(name);
    const times = this.reply.time;
    let b = times.length - 1;
    while (b > 0 && (time === null ? Number.isNaN(values[b] as number) : (times[b] as number) > time)) b--;
    return values[b] ?? Number.NaN;
  }
}
const NONE = new Float64Array(0);

/** Plots share their left and right edge; the last has room for the time axis. */
export const TREND_INSETS: Insets = { left: 58, right: 10, top: 6, bottom: 6 };
export const LAST_INSETS: Insets = { ...TREND_INSETS, bottom: 32 };

const UNIT_SECONDS: Readonly<Record<string, number>> = { ms: 1e-3, s: 1, min: 60, h: 3600 };

interface PlotFrame {
  readonly from: number;
  readonly to: number;
  readonly last: boolean;
}

/** The time axis of a span, and times as it shows them. */
function timeOf({ from, to, last }: PlotFrame): { readonly x: PlotSpec['x']; shown(time: Float64Array): Float64Array } {
  const { unit } = timeAxis(from, to);
  const factor = UNIT_SECONDS[unit] ?? 1;
  return {
    x: {
      title: `Simulated time (${unit})`,
      min: from / factor,
      max: Math.max(to, from + 1e-9) / factor,
      ticks: 6,
      silent: !last,
    },
    shown: (time) => time.map((t) => t / factor),
  };
}

const scaled = (values: Float64Array, factor: number): Float64Array => values.map((v) => v * factor);

/** Limits as bands, atm. */
export function limitBands({ vacuum_Pa, alert_Pa, trip_Pa }: SafetyLimits): Band[] {
  const text = (pascal: number): string => typed(Number((pascal / ATM).toPrecision(4)));
  return [
    {
      from: trip_Pa / ATM,
      to: Number.POSITIVE_INFINITY,
      colour: '--critical',
      label: `Trip from ${text(trip_Pa)} atm`,
    },
    { from: alert_Pa / ATM, to: trip_Pa / ATM, colour: '--high', label: `Alert from ${text(alert_Pa)} atm` },
    {
      from: Number.NEGATIVE_INFINITY,
      to: vacuum_Pa / ATM,
      colour: '--critical',
      label: `Vacuum below ${text(vacuum_Pa)} atm`,
    },
  ];
}

/** Which limits lie outside a range of atm, in words: "Off axis: vacuum 0.05, alert 12, trip 15 atm". */
export function limitsOutside({ vacuum_Pa, alert_Pa, trip_Pa }: SafetyLimits, low: number, high: number): string {
  const text = (pascal: number): string => typed(Number((pascal / ATM).toPrecision(4)));
  const outside = [
    ...(vacuum_Pa / ATM < low ? [`vacuum ${text(vacuum_Pa)}`] : []),
    ...(alert_Pa / ATM > high ? [`alert ${text(alert_Pa)}`] : []),
    ...(trip_Pa / ATM > high ? [`trip ${text(trip_Pa)}`] : []),
  ];
  return outside.length === 0 ? '' : `Off axis: ${outside.join(', ')}\u202fatm`;
}

/** The pressure plot. @param limits the limits to reach to; null: the axis follows the data */
export function pressureSpec(
  trends: Trends,
  lines: readonly TrendLine[],
  seen: Seen,
  limits: SafetyLimits,
  reach: boolean,
  frame: PlotFrame,
): PlotSpec {
  const time = timeOf(frame);
  const t = time.shown(trends.reply.time);
  const curves = lines.flatMap((line): Curve[] => {
    const [low, high] = line.spread?.[seen] ?? [line[seen], line[seen]];
    const main: Curve = {
      x: t,
      y: scaled(trends.middle(line[seen]), 1 / ATM),
      colour: line.colour,
      spread: { low: scaled(trends.low(low), 1 / ATM), high: scaled(trends.high(high), 1 / ATM) },
    };
    if (!line.setpoint) return [main];
    const wanted = scaled(trends.middle(line.setpoint), 1 / ATM);
    const colour = lines.length === 1 ? '--text' : line.colour;
    return [main, { x: t, y: wanted, colour, dashed: true }];
  });
  return {
    x: time.x,
    y: { title: 'atm', ticks: 4, ...(reach ? { min: 0, max: (1.08 * limits.trip_Pa) / ATM } : {}) },
    curves,
    bands: limitBands(limits),
    insets: frame.last ? LAST_INSETS : TREND_INSETS,
    empty: 'Nothing recorded in this span yet',
  };
}

const NO_HEADERS = 'No headers in this span';
/** Curves with anything to draw. */
const withNumbers = (curves: readonly Curve[]): Curve[] =>
  curves.filter(({ y }) => Array.from(y).some((value) => Number.isFinite(value)));

/** Openings of supply and return valves. */
export function valveSpec(trends: Trends, frame: PlotFrame): PlotSpec {
  const time = timeOf(frame);
  const t = time.shown(trends.reply.time);
  const curve = (name: TrendName, colour: string): Curve => ({
    x: t,
    y: scaled(trends.middle(name), 100),
    colour,
    spread: { low: scaled(trends.low(name), 100), high: scaled(trends.high(name), 100) },
  });
  return {
    x: time.x,
    y: { title: '%', ticks: 2 },
    curves: withNumbers([curve('supplyOpening', '--data-2'), curve('returnOpening', '--data-1')]),
    insets: frame.last ? LAST_INSETS : TREND_INSETS,
    empty: NO_HEADERS,
  };
}

/** Power or flow of the compressor. */
export function compressorSpec(trends: Trends, what: 'power' | 'flow', frame: PlotFrame): PlotSpec {
  const time = timeOf(frame);
  const name = what === 'power' ? 'compressorPower' : 'compressorFlow';
  const factor = what === 'power' ? 1e-3 : 1;
  return {
    x: time.x,
    y: { title: what === 'power' ? 'kW' : 'mol/s', ticks: 2 },
    curves: withNumbers([
      {
        x: time.shown(trends.reply.time),
        y: scaled(trends.middle(name), factor),
        colour: '--data-3',
        spread: { low: scaled(trends.low(name), factor), high: scaled(trends.high(name), factor) },
      },
    ]),
    insets: frame.last ? LAST_INSETS : TREND_INSETS,
    empty: NO_HEADERS,
  };
}
