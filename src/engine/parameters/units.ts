// Units people type and read, and their conversion to and from SI. Not a unit algebra: one factor (and offset) each.

interface Unit {
  readonly dimension: string;
  /** SI value = value × factor + offset. */
  readonly factor: number;
  readonly offset?: number;
  /** How it is written on screen. */
  readonly symbol: string;
}

export const ATM_PA = 101325;

const UNITS: Readonly<Record<string, Unit>> = {
  Pa: { dimension: 'pressure', factor: 1, symbol: 'Pa' },
  kPa: { dimension: 'pressure', factor: 1e3, symbol: 'kPa' },
  MPa: { dimension: 'pressure', factor: 1e6, symbol: 'MPa' },
  mbar: { dimension: 'pressure', factor: 100, symbol: 'mbar' },
  bar: { dimension: 'pressure', factor: 1e5, symbol: 'bar' },
  atm: { dimension: 'pressure', factor: ATM_PA, symbol: 'atm' },
  psi: { dimension: 'pressure', factor: 6894.757293168, symbol: 'psi' },
  K: { dimension: 'temperature', factor: 1, symbol: 'K' },
  degC: { dimension: 'temperature', factor: 1, offset: 273.15, symbol: '°C' },
  m: { dimension: 'length', factor: 1, symbol: 'm' },
  cm: { dimension: 'length', factor: 1e-2, symbol: 'cm' },
  mm: { dimension: 'length', factor: 1e-3, symbol: 'mm' },
  um: { dimension: 'length', factor: 1e-6, symbol: 'µm' },
  m3: { dimension: 'volume', factor: 1, symbol: 'm³' },
  L: { dimension: 'volume', factor: 1e-3, symbol: 'L' },
  mL: { dimension: 'volume', factor: 1e-6, symbol: 'mL' },
  Hz: { dimension: 'frequency', factor: 1, symbol: 'Hz' },
  kHz: { dimension: 'frequency', factor: 1e3, symbol: 'kHz' },
  s: { dimension: 'time', factor: 1, symbol: 's' },
  ms: { dimension: 'time', factor: 1e-3, symbol: 'ms' },
  us: { dimension: 'time', factor: 1e-6, symbol: 'µs' },
  ns: { dimension: 'time', factor: 1e-9, symbol: 'ns' },
  min: { dimension: 'time', factor: 60, symbol: 'min' },
  h: { dimension: 'time', factor: 3600, symbol: 'h' },
  W: { dimension: 'power', factor: 1, symbol: 'W' },
  mW: { dimension: 'power', factor: 1e-3, symbol: 'mW' },
  kW: { dimension: 'power', factor: 1e3, symbol: 'kW' },
  MW: { dimension: 'power', factor: 1e6, symbol: 'MW' },
  m3_per_s: { dimension: 'volume flow', factor: 1, symbol: 'm³/s' },
  L_per_s: { dimension: 'volume flow', factor: 1e-3, symbol: 'L/s' },
  m3_per_h: { dimension: 'volume flow', factor: 1 / 3600, symbol: 'm³/h' },
  J: { dimension: 'energy', factor: 1, symbol: 'J' },
  kJ: { dimension: 'energy', factor: 1e3, symbol: 'kJ' },
  mol: { dimension: 'amount', factor: 1, symbol: 'mol' },
  mol_per_s: { dimension: 'molar flow', factor: 1, symbol: 'mol/s' },
  J_per_K: { dimension: 'heat capacity', factor: 1, symbol: 'J/K' },
  W_per_K: { dimension: 'thermal conductance', factor: 1, symbol: 'W/K' },
  m_per_s: { dimension: 'speed', factor: 1, symbol: 'm/s' },
  Pa_s_per_m3: { dimension: 'acoustic resistance', factor: 1, symbol: 'Pa·s/m³' },
  per_Pa: { dimension: 'controller gain', factor: 1, symbol: '1/Pa' },
  percent_per_atm: { dimension: 'controller gain', factor: 0.01 / ATM_PA, symbol: '%/atm' },
  rad: { dimension: 'angle', factor: 1, symbol: 'rad' },
  deg: { dimension: 'angle', factor: Math.PI / 180, symbol: '°' },
  fraction: { dimension: 'ratio', factor: 1, symbol: '' },
  percent: { dimension: 'ratio', factor: 0.01, symbol: '%' },
  ppm: { dimension: 'ratio', factor: 1e-6, symbol: 'ppm' },
  chips_per_m3: { dimension: 'number density', factor: 1, symbol: '/m³' },
};

/** Other ways people type a unit, lower-cased and without spaces. */
const SPELLINGS: Readonly<Record<string, string>> = {
  '%': 'percent',
  '°c': 'degC',
  c: 'degC',
  celsius: 'degC',
  k: 'K',
  'm³': 'm3',
  'm^3': 'm3',
  l: 'L',
  litre: 'L',
  liter: 'L',
  ml: 'mL',
  'cm³': 'mL',
  cm3: 'mL',
  cc: 'mL',
  µm: 'um',
  μm: 'um',
  µs: 'us',
  μs: 'us',
  'm³/s': 'm3_per_s',
  'm3/s': 'm3_per_s',
  'l/s': 'L_per_s',
  'mol/s': 'mol_per_s',
  'm³/h': 'm3_per_h',
  'm3/h': 'm3_per_h',
  'j/k': 'J_per_K',
  'w/k': 'W_per_K',
  'm/s': 'm_per_s',
  '1/pa': 'per_Pa',
  '/pa': 'per_Pa',
  '%/atm': 'percent_per_atm',
  '°': 'deg',
  '/m³': 'chips_per_m3',
  'pa·s/m³': 'Pa_s_per_m3',
};

/** The unit of that name; throws on a name the table lacks (a programmer's error). */
export function unitOf(name: string): Unit {
  if (name === '') return UNITS.fraction as Unit;
  const unit = UNITS[name];
  if (!unit) throw new Error(`Unknown unit "${name}"`);
  return unit;
}

/** How the unit is written on screen. */
export const unitSymbol = (name: string): string => unitOf(name).symbol;

export function toSI(value: number, unit: string): number {
  const { factor, offset = 0 } = unitOf(unit);
  return value * factor + offset;
}

export function fromSI(value: number, unit: string): number {
  const { factor, offset = 0 } = unitOf(unit);
  return (value - offset) / factor;
}

/** Converts between two units of one dimension; equal units give the same number, bit for bit. */
export function convert(value: number, from: string, to: string): number {
  return from === to ? value : fromSI(toSI(value, from), to);
}

/** Names of all units of the dimension of `unit`, for menus. */
export function alternatives(unit: string): string[] {
  const { dimension } = unitOf(unit);
  return Object.keys(UNITS).filter((name) => UNITS[name]?.dimension === dimension);
}

export type ParsedQuantity = { ok: true; value: number } | { ok: false; reason: string };

/**
 * Reads a number with an optional unit, as typed by a person ("2.5 bar", "1e3", "27 °C").
 * @param fallbackUnit the unit meant when none is typed
 * @param target the unit of the result
 */
export function parseQuantity(text: string, fallbackUnit: string, target: string): ParsedQuantity {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s{0,4}(\S{0,16})$/.exec(text.slice(0, 64).trim());
  if (!match) return { ok: false, reason: 'not a number: type for example 2.5 or 2.5 bar' };
  const value = Number(match[1]);
  const typed = match[2] ?? '';
  if (typed === '') return finite(convert(value, fallbackUnit, target));
  const unit = findUnit(typed, unitOf(target).dimension);
  if (!unit) {
    const known = alternatives(target).map(unitSymbol).join(', ');
    return { ok: false, reason: `unit "${typed}" does not fit here; use ${known || 'no unit'}` };
  }
  return finite(convert(value, unit, target));
}

function finite(value: number): ParsedQuantity {
  return Number.isFinite(value) ? { ok: true, value } : { ok: false, reason: 'the number is too large' };
}

function findUnit(typed: string, dimension: string): string | undefined {
  const candidates = [typed, SPELLINGS[typed.toLowerCase()]];
  for (const name of Object.keys(UNITS)) {
    if (UNITS[name]?.symbol === typed || name.toLowerCase() === typed.toLowerCase()) candidates.push(name);
  }
  return candidates.find(
    (name) => name !== undefined && Object.hasOwn(UNITS, name) && UNITS[name]?.dimension === dimension,
  );
}
