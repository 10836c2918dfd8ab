// What dragging or typing an end of the colour range means. Pure.

import type { FieldInfo } from '../../engine/fields.ts';
import type { Range } from './ranges.ts';

/** Share of the range shown beyond each end, in the colours of values out of range. */
const BEYOND = 0.13;
/** Smallest range as a share of the one before: the ends cannot meet. */
const LEAST = 0.004;

export type End = 'low' | 'high';

/** Values at the ends of the legend's bar: the range and a little beyond, or what the data need. */
export function barDomain(range: Range, automatic: Range, scale: FieldInfo['scale']): Range {
  if (scale === 'cyclic') return range;
  const low = Math.min(range[0], automatic[0]);
  const high = Math.max(range[1], automatic[1]);
  const beyond = BEYOND * (high - low);
  return [low - beyond, high + beyond];
}

/** The range after one end went to a value: diverging ranges stay centred on zero, ends never cross. */
export function moveEnd(range: Range, end: End, value: number, scale: FieldInfo['scale']): Range {
  const least = LEAST * (range[1] - range[0]);
  if (scale === 'diverging') {
    const size = Math.max(end === 'high' ? value : -value, least);
    return [-size, size];
  }
  return end === 'low' ? [Math.min(value, range[1] - least), range[1]] : [range[0], Math.max(value, range[0] + least)];
}

/** Rounds a dragged value to what the range lets one see: a two-hundredth of it, in decimal steps. */
export function settle(value: number, range: Range): number {
  const step = 10 ** Math.floor(Math.log10((range[1] - range[0]) / 100));
  return Number((Math.round(value / step) * step).toPrecision(9));
}
