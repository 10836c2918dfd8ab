// How the lattice view writes numbers: a readable unit for a magnitude, digits that fit the range, periods, positions.
// Conversion itself belongs to engine/parameters/units.ts.

import { convert, parseQuantity, unitSymbol } from '../../engine/parameters/units.ts';

const NO_VALUE = '–';
const MINUS = '\u2212';
// Thin and not breaking: a number and its unit stay together.
const THIN = '\u202f';

/** The unit in which a magnitude of this SI unit is easily read: 7 200 Pa are 7.2 kPa, a phase is in degrees. */
export function readableUnit(unit: string, magnitude: number): string {
  const size = Math.abs(magnitude);
  if (unit === 'Pa') return size >= 1e6 ? 'MPa' : size >= 1e3 ? 'kPa' : 'Pa';
  if (unit === 'W') return size >= 1e3 ? 'kW' : size > 0 && size < 0.1 ? 'mW' : 'W';
  if (unit === 'Hz') return size >= 1e3 ? 'kHz' : 'Hz';
  if (unit === 'rad') return 'deg';
  return unit;
}

/** Decimals that resolve about a two-hundredth of the span. */
export function decimalsFor(span: number): number {
  if (!(span > 0) || !Number.isFinite(span)) return 1;
  return Math.min(6, Math.max(0, Math.ceil(-Math.log10(span / 100))));
}

/** A number with fixed decimals and a true minus sign; no negative zero. */
export function formatNumber(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return NO_VALUE;
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `${MINUS}${text}` : text;
}

/** A value in SI as the number shown, in `shown` units, with digits that fit a span in SI. */
export function formatIn(value: number, unit: string, shown: string, span: number): string {
  const shownSpan = Math.abs(convert(span, unit, shown) - convert(0, unit, shown));
  return formatNumber(convert(value, unit, shown), decimalsFor(shownSpan));
}

/** The end of a range as written in its field: as short as it can be. */
export function formatEnd(value: number, unit: string, shown: string): string {
  if (!Number.isFinite(value)) return NO_VALUE;
  const text = String(Number(convert(value, unit, shown).toPrecision(6)));
  return text.startsWith('-') ? MINUS + text.slice(1) : text;
}

/** A value with its unit, for readouts and announcements. */
export function formatWithUnit(value: number, unit: string, span: number): string {
  if (!Number.isFinite(value)) return NO_VALUE;
  const shown = readableUnit(unit, unit === 'K' ? value : Math.max(Math.abs(value), span / 4));
  const symbol = unitSymbol(shown);
  const gap = symbol === '' || symbol === '°' ? '' : THIN;
  return `${formatIn(value, unit, shown, span)}${gap}${symbol}`;
}

/** Reads what was typed for a range end, in the shown unit unless another is typed; null if it is no such quantity. */
export function parseEnd(text: string, unit: string, shown: string): number | null {
  const parsed = parseQuantity(text.replaceAll(MINUS, '-'), shown, unit);
  return parsed.ok ? parsed.value : null;
}

/** A duration in three significant digits: "1.00 ms", "2.92 ms", "16.7 ms". */
export function formatPeriod(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds <= 0) return NO_VALUE;
  const [factor, unit] = seconds >= 1 ? [1, 's'] : seconds >= 1e-3 ? [1e3, 'ms'] : [1e6, 'µs'];
  const value = seconds * factor;
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(value) + 1e-9));
  return `${value.toFixed(decimals)}${THIN}${unit}`;
}

/** A length of the scale bar: "200 mm", "1 m". */
export const formatLength = (metres: number): string =>
  metres >= 1 ? `${Number(metres.toPrecision(3))}${THIN}m` : `${Number((metres * 1000).toPrecision(3))}${THIN}mm`;

/** Thousands set apart by a thin space. */
export const formatCount = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, THIN);
