// Is a value fit for a parameter? One check per kind of row, used alike for TOML, --set, the page and links. Takes
// anything (values come from outside) and never throws; says what is wrong and what would be right.

import type { Problem } from '../config/problem.ts';
import { nearestWord } from './nearest.ts';
import {
  isParameterKey,
  PARAMETER_KEYS,
  type ParameterKey,
  type ParameterValues,
  parameterRow,
  SPECIES_SYMBOLS,
} from './table.ts';
import type { MixtureValue, ParameterRow, ParameterValue } from './types.ts';
import { unitSymbol } from './units.ts';

export type Checked<T = ParameterValue> = { ok: true; value: T } | { ok: false; message: string; remedy: string };

/** A sum of shares off by no more than this is brought to 1; farther off is an error. */
const SUM_TOLERANCE = 1e-6;
/** A sum this near 1 is 1 but for rounding, and left as it is: checking a checked mixture changes nothing. */
const SUM_ROUNDING = 4e-15;
const LONGEST_LIST = 100_000;
const LONGEST_TEXT = 200;

const pass = <T>(value: T): Checked<T> => ({ ok: true, value });
const fail = (message: string, remedy: string): Checked<never> => ({ ok: false, message, remedy });

/** Checks one value against the row of its key; the value returned is normalised (shares sum to 1, −0 is 0, the seed's names ours). */
export function checkValue(key: ParameterKey | (string & {}), value: unknown): Checked {
  if (!isParameterKey(key)) {
    const nearest = nearestWord(key, PARAMETER_KEYS);
    return fail(`${quoted(key)} is not a parameter.`, nearest ? `Did you mean ${nearest}?` : 'See docs/parameters.md.');
  }
  const row = parameterRow(key);
  switch (row.kind) {
    case 'number':
      return checkNumber(row, value);
    case 'integer':
      return checkInteger(row, value);
    case 'auto':
      if (value === 'auto') return pass('auto');
      return checkNumber(row, value, ' or "auto"');
    case 'boolean':
      if (typeof value === 'boolean') return pass(value);
      return fail(`${described(value)} is neither true nor false.`, 'Write true or false, without quotes.');
    case 'choice':
      return checkChoice(row, value);
    case 'choices':
      return checkChoices(row, value);
    case 'text':
      return checkText(value);
    case 'vector':
      return checkVector(row, value, key === 'layout.size');
    case 'range':
      return checkRange(row, value);
    case 'mixture':
      return checkMixture(value);
    case 'perChamber':
      return Array.isArray(value) ? checkNumberList(row, value) : checkNumber(row, value, ', or a list of them');
    case 'positions':
      return checkTuples<readonly [number, number, number]>(row, value, 3, 'Write [[x, y, z], …] in metres.');
    case 'edges':
      return checkTuples<readonly [number, number]>(
        row,
        value,
        2,
        'Write [[i, j], …] with chamber numbers from 0.',
        true,
      );
    case 'points':
      return checkTuples<readonly [number, number]>(
        row,
        value,
        2,
        `Write [[x, y], …] with numbers ${limitsText(row)}.`,
      );
  }
}

/** How a value from outside is named in a message: short, on one line. */
export function described(value: unknown): string {
  if (typeof value === 'string') return `the text ${quoted(value)}`;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value === null || value === undefined) return 'nothing';
  if (isTable(value)) return 'a table';
  // TOML's dates and times arrive as objects of a class; nothing else from a file does.
  return typeof value === 'object' ? 'a date or time' : `a ${typeof value}`;
}

/** A plain object: a TOML table (which has no prototype) or an object literal. */
export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** Text from outside in quotes, cut to 40 characters, control characters shown as spaces. */
export function quoted(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 39)}…` : text;
  return `"${short.replace(/[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')}"`;
}

/** The limits of a row in words: "from 0.01 to 2 m", "0 m or more"; empty if there are none. */
export function limitsText(row: ParameterRow): string {
  const unit = row.unit === '' || row.unit === 'fraction' ? '' : ` ${unitSymbol(row.unit)}`;
  if (row.min !== undefined && row.max !== undefined) return `from ${row.min} to ${row.max}${unit}`;
  if (row.min !== undefined) return `${row.min}${unit} or more`;
  return row.max !== undefined ? `${row.max}${unit} or less` : '';
}

function checkNumber(row: ParameterRow, value: unknown, alternative = ''): Checked<number> {
  const limits = limitsText(row);
  const remedy = `Write a ${row.kind === 'integer' ? 'whole number' : 'number'}${limits && ` ${limits}`}${alternative}.`;
  if (typeof value !== 'number') return fail(`${capital(described(value))} is not a number.`, remedy);
  if (!Number.isFinite(value)) return fail(`${value} is not a finite number.`, remedy);
  if ((row.min !== undefined && value < row.min) || (row.max !== undefined && value > row.max)) {
    return fail(`${value} is out of range.`, remedy);
  }
  return pass(value + 0);
}

function checkInteger(row: ParameterRow, value: unknown): Checked<number> {
  const checked = checkNumber(row, value);
  if (!checked.ok || Number.isSafeInteger(checked.value)) return checked;
  return fail(`${checked.value} is not a whole number.`, `Write a whole number ${limitsText(row)}.`);
}

const listed = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(', ');

function checkChoice(row: ParameterRow, value: unknown): Checked<string> {
  const { choices = [], aliasValues = {} } = row;
  if (typeof value === 'string') {
    if (choices.includes(value)) return pass(value);
    if (Object.hasOwn(aliasValues, value)) return pass(aliasValues[value]);
  }
  const nearest = typeof value === 'string' ? nearestWord(value, [...choices, ...Object.keys(aliasValues)]) : undefined;
  const remedy = `${nearest ? `Did you mean "${nearest}"? ` : ''}Choose one of ${listed(choices)}.`;
  return fail(`${capital(described(value))} is not one of the choices.`, remedy);
}

function checkChoices(row: ParameterRow, value: unknown): Checked<readonly string[]> {
  const choices = row.choices ?? [];
  const remedy = `Give a list of ${listed(choices)}, each at most once.`;
  if (!Array.isArray(value)) return fail(`${capital(described(value))} is not a list.`, remedy);
  if (value.length === 0) return fail('The list is empty.', remedy);
  const items: string[] = [];
  for (const item of value.slice(0, choices.length + 1)) {
    const checked = checkChoice(row, item);
    if (!checked.ok) return checked;
    if (items.includes(checked.value)) return fail(`"${checked.value}" is listed twice.`, remedy);
    items.push(checked.value);
  }
  return pass(items);
}

function checkText(value: unknown): Checked<string> {
  if (typeof value !== 'string') return fail(`${capital(described(value))} is not a text.`, 'Write a text in quotes.');
  const remedy = `Write one line of at most ${LONGEST_TEXT} characters.`;
  if (value.length > LONGEST_TEXT) return fail(`The text has ${value.length} characters.`, remedy);
  if (/[\p{Cc}\p{Cs}]/u.test(value)) return fail('The text holds control characters.', remedy);
  return pass(value);
}

function checkNumberList(row: ParameterRow, value: readonly unknown[], whole = false): Checked<readonly number[]> {
  if (value.length > LONGEST_LIST) {
    return fail(`The list has ${value.length} values.`, `Give at most ${LONGEST_LIST}, one per chamber.`);
  }
  if (value.length === 0) return fail('The list is empty.', 'Give one number, or a list with one per chamber.');
  const numbers: number[] = [];
  for (let n = 0; n < value.length; n++) {
    const checked = whole ? checkInteger(row, value[n]) : checkNumber(row, value[n]);
    if (!checked.ok) return fail(`Value ${n + 1} of ${value.length}: ${checked.message}`, checked.remedy);
    numbers.push(checked.value);
  }
  return pass(numbers);
}

function checkVector(row: ParameterRow, value: unknown, whole = false): Checked<readonly number[]> {
  const length = row.length ?? 0;
  const kind = whole ? 'whole numbers' : 'numbers';
  const remedy = `Give ${length} ${kind} in brackets, each ${limitsText(row)}.`;
  if (!Array.isArray(value)) return fail(`${capital(described(value))} is not a list of ${length} ${kind}.`, remedy);
  if (value.length !== length) return fail(`The list has ${value.length} values instead of ${length}.`, remedy);
  return checkNumberList(row, value, whole);
}

function checkRange(row: ParameterRow, value: unknown): Checked<readonly number[]> {
  const checked = checkVector(row, value);
  if (!checked.ok) return checked;
  const [low = 0, high = 0] = checked.value;
  if (low <= high) return checked;
  return fail(`The lower end ${low} is above the upper end ${high}.`, `Write [${high}, ${low}].`);
}

function checkMixture(value: unknown): Checked<MixtureValue> {
  const remedy = `Write mole fractions that sum to 1, for example { He = 0.95, Ar = 0.05 }; species: ${SPECIES_SYMBOLS.join(', ')}.`;
  if (!isTable(value)) return fail(`${capital(described(value))} is not a table of shares.`, remedy);
  const shares: [string, number][] = [];
  let sum = 0;
  for (const [species, share] of Object.entries(value).slice(0, 20)) {
    if (!(SPECIES_SYMBOLS as readonly string[]).includes(species)) {
      const nearest = nearestWord(species, SPECIES_SYMBOLS);
      return fail(`${quoted(species)} is not a species of the twin.`, nearest ? `Did you mean ${nearest}?` : remedy);
    }
    if (typeof share !== 'number' || !(share >= 0 && share <= 1)) {
      return fail(`The share of ${species} is ${described(share)}, not a number from 0 to 1.`, remedy);
    }
    shares.push([species, share + 0]);
    sum += share;
  }
  if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
    return fail(`The shares sum to ${Number(sum.toPrecision(9))}, not 1.`, remedy);
  }
  const scale = Math.abs(sum - 1) <= SUM_ROUNDING ? 1 : sum;
  return pass(Object.fromEntries(shares.map(([species, share]) => [species, share / scale])));
}

function checkTuples<T extends readonly number[]>(
  row: ParameterRow,
  value: unknown,
  length: number,
  remedy: string,
  whole = false,
): Checked<readonly T[]> {
  if (!Array.isArray(value)) return fail(`${capital(described(value))} is not a list.`, remedy);
  const most = whole ? 10 * LONGEST_LIST : LONGEST_LIST;
  if (value.length > most) return fail(`The list has ${value.length} entries.`, `Give at most ${most}.`);
  const tuples: T[] = [];
  for (let n = 0; n < value.length; n++) {
    const item: unknown = value[n];
    if (!Array.isArray(item) || item.length !== length) {
      return fail(`Entry ${n + 1} is ${described(item)}, not a list of ${length} numbers.`, remedy);
    }
    const checked = checkNumberList(row, item, whole);
    if (!checked.ok) return fail(`Entry ${n + 1}: ${checked.message}`, checked.remedy);
    tuples.push(checked.value as unknown as T);
  }
  return pass(tuples);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The parameters that belong together and do not fit together, in values that are each valid by themselves. */
export function checkTogether(values: ParameterValues): Problem[] {
  return [...checkLists(values), ...checkGases(values), ...checkSteps(values)];
}

const PER_CHAMBER = PARAMETER_KEYS.filter((key) => parameterRow(key).kind === 'perChamber');

function checkLists(values: ParameterValues): Problem[] {
  const count = values['gas_oscillation.chamber_count'];
  return PER_CHAMBER.flatMap((key): Problem[] => {
    const value: ParameterValue = values[key];
    if (!Array.isArray(value) || value.length === count) return [];
    const message = `The list has ${value.length} values for ${count} chambers.`;
    const remedy = `Give one number, or ${count} in a list; or set gas_oscillation.chamber_count to ${value.length}.`;
    return [{ key, message, remedy, severity: 'error' }];
  });
}

function checkGases(values: ParameterValues): Problem[] {
  const listedGases = values['gas_oscillation.gas_mixture'];
  const mixture = values['gas.mixture'];
  const extra = SPECIES_SYMBOLS.filter((species) => (mixture[species] ?? 0) > 0 && !listedGases.includes(species));
  if (extra.length === 0) return [];
  const message = `The mixture holds ${extra.join(', ')}, which gas_oscillation.gas_mixture does not list.`;
  const remedy = `Add ${extra.join(', ')} to gas_oscillation.gas_mixture, or set the share to 0.`;
  return [{ key: 'gas.mixture', message, remedy, severity: 'error' }];
}

function checkSteps(values: ParameterValues): Problem[] {
  const step = values['simulation.time_step_s'];
  if (step === 'auto' || !values['drive.enabled']) return [];
  const perCycle = 1 / (step * values['drive.frequency_Hz']);
  if (perCycle >= 8) return [];
  const message = `A time step of ${step} s gives only ${Number(perCycle.toPrecision(3))} steps per drive cycle.`;
  const remedy = `Write at most ${Number((0.125 / values['drive.frequency_Hz']).toPrecision(3))} s, or "auto".`;
  return [{ key: 'simulation.time_step_s', message, remedy, severity: 'warning' }];
}
