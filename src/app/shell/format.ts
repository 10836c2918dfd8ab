// How numbers are written on screen: significant digits, SI prefixes, a thin space before the unit, a true minus sign.
// Widths hold still (trailing zeros stay) so that live readings do not jitter. Units of the table come from units.ts.

import { convert, unitSymbol } from '../../engine/parameters/units.ts';

/** Narrow no-break space: between a number and its unit, and between groups of three digits. */
export const THIN = '\u202f';
const MINUS = '\u2212';
const NOTHING = '–';
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

export interface Quantity {
  readonly value: string;
  readonly unit: string;
}

/** Units that take SI prefixes when a value is far from one. */
const PREFIXED = new Set(['Pa', 'W', 'J', 'Hz', 's', 'm']);
const PREFIXES: readonly (readonly [number, string])[] = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
  [1, ''],
  [1e-3, 'm'],
  [1e-6, 'µ'],
  [1e-9, 'n'],
  [1e-12, 'p'],
];

const trueMinus = (text: string): string => text.replaceAll('-', MINUS);
const superscript = (exponent: number): string =>
  (exponent < 0 ? '⁻' : '') + [...String(Math.abs(exponent))].map((d) => SUPERSCRIPTS[Number(d)]).join('');

/** A number with that many significant digits, trailing zeros kept; powers of ten where plain digits get long. */
export function significant(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return NOTHING;
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(digits));
  const magnitude = Math.floor(Math.log10(Math.abs(rounded)));
  if (magnitude < -4 || magnitude > 6) return powerOfTen(value, digits);
  return trueMinus(group(rounded.toFixed(Math.max(0, digits - 1 - magnitude))));
}

/** A number as mantissa and power of ten: 3.1·10⁻¹⁶. */
export function powerOfTen(value: number, digits = 2): string {
  if (!Number.isFinite(value)) return NOTHING;
  if (value === 0) return '0';
  const [mantissa = '', exponent = '0'] = value.toExponential(digits - 1).split('e');
  return `${trueMinus(mantissa)}·10${superscript(Number(exponent))}`;
}

/** Groups of three digits before the point from five digits on: 100 000, but 1000. */
function group(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const digits = whole.replace('-', '');
  const grouped = digits.length < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, THIN);
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

export const count = (value: number): string => (Number.isFinite(value) ? group(String(Math.round(value))) : NOTHING);

/** Symbol of a unit name; names the unit table lacks are shown as written. */
export function symbolOf(unit: string): string {
  if (unit === '') return '';
  try {
    return unitSymbol(unit);
  } catch {
    return unit.replace('_per_', '/').replaceAll('_', '·');
  }
}

/** The factor and prefix in which a magnitude reads best (1…999) in that unit symbol. */
export function prefixFor(magnitude: number, symbol: string): { readonly factor: number; readonly symbol: string } {
  if (!PREFIXED.has(symbol) || !(magnitude > 0) || !Number.isFinite(magnitude)) return { factor: 1, symbol };
  const found = PREFIXES.find(([factor]) => magnitude >= factor * 0.9995) ?? PREFIXES[PREFIXES.length - 1];
  const [factor, prefix] = found as readonly [number, string];
  // Kiloseconds and megametres are not how people read time and length.
  if (factor > 1 && (symbol === 's' || symbol === 'm')) return { factor: 1, symbol };
  return { factor, symbol: prefix + symbol };
}

/** A value of a table unit as text and unit, in the display unit if one is given, with an SI prefix where it helps. */
export function quantity(value: number, unit: string, displayUnit: string = unit, digits = 3): Quantity {
  if (!Number.isFinite(value)) return { value: NOTHING, unit: '' };
  const shown = displayUnit === unit ? value : convert(value, unit, displayUnit);
  const { factor, symbol } = prefixFor(Math.abs(shown), symbolOf(displayUnit));
  return { value: significant(shown / factor, digits), unit: symbol };
}

/** The same as one string. */
export function quantityText(value: number, unit: string, displayUnit: string = unit, digits = 3): string {
  const { value: text, unit: symbol } = quantity(value, unit, displayUnit, digits);
  return withUnit(text, symbol);
}

export const withUnit = (text: string, symbol: string): string => (symbol === '' ? text : text + THIN + symbol);

/** Simulated time: milliseconds, seconds, then minutes and hours, always with the same digits within a range. */
export function simulatedTime(seconds: number): Quantity {
  if (!Number.isFinite(seconds)) return { value: NOTHING, unit: 's' };
  if (seconds < 1) return { value: (seconds * 1e3).toFixed(2), unit: 'ms' };
  if (seconds < 60) return { value: seconds.toFixed(3), unit: 's' };
  const whole = Math.floor(seconds);
  const two = (n: number) => String(n).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) {
    const tenths = Math.floor((seconds - whole) * 10);
    return { value: `${two(minutes)}:${two(whole % 60)}.${tenths}`, unit: 'min' };
  }
  return { value: `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`, unit: 'h' };
}

/** A span of simulated time in two or three digits: 45 s, 12 min, 3.4 h, 1.2 days. */
export function shownDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return NOTHING;
  if (seconds < 60) return withUnit(seconds.toFixed(0), 's');
  if (seconds < 3600) return withUnit((seconds / 60).toFixed(0), 'min');
  if (seconds < 86_400) return withUnit((seconds / 3600).toFixed(1), 'h');
  return withUnit((seconds / 86_400).toFixed(1), 'days');
}

/** A time scale: 1×, 10×, 1/1000×. */
export function timeScale(scale: number): string {
  if (!(scale > 0) || !Number.isFinite(scale)) return NOTHING;
  const large = scale >= 0.999;
  const n = large ? scale : 1 / scale;
  const rounded = Number(n.toPrecision(n < 10 ? 2 : 3));
  return large ? `${group(String(rounded))}×` : `1/${group(String(rounded))}×`;
}

/** A measured factor: 0.143×. */
export const factor = (value: number): string => `${significant(value, value < 0.1 ? 2 : 3)}×`;

/** A number as one would type it, at most six significant digits, no trailing zeros: the text of a number field. */
export function typed(value: number): string {
  if (!Number.isFinite(value)) return '';
  const rounded = Number(value.toPrecision(6));
  const magnitude = rounded === 0 ? 0 : Math.log10(Math.abs(rounded));
  return magnitude >= -4 && magnitude < 7 ? String(rounded) : rounded.toExponential().replace('e+', 'e');
}
