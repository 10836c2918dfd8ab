// Parameter values → scenario TOML: every key under the twin's own name, section by section, units as comments.
// What it writes reads back as the same values, doubles bit for bit (read.ts).

import { PARAMETER_KEYS, type ParameterKey, type ParameterValues, parameterRow } from '../parameters/table.ts';
import type { ParameterKind, ParameterRow, ParameterValue } from '../parameters/types.ts';
import { unitSymbol } from '../parameters/units.ts';

/** Sections in the order of interest; any other follows in the order of the table. */
const SECTION_ORDER = [
  'layout',
  'gas_chambers',
  'duct',
  'gas',
  'initial',
  'drive',
  'gas_oscillation',
  'chips',
  'cooling',
  'physical_infrastructure',
  'simulation',
];

/** Written only when not empty: a regular layout has none. */
const OPTIONAL: readonly ParameterKey[] = ['layout.positions_m', 'layout.edges'];

const LONG: ReadonlySet<ParameterKind> = new Set<ParameterKind>(['positions', 'edges', 'points', 'perChamber']);

/** @param title first line of the file, as a comment */
export function writeScenario(values: ParameterValues, { title }: { title?: string } = {}): string {
  const sections = new Map<string, ParameterKey[]>(SECTION_ORDER.map((section) => [section, []]));
  for (const key of PARAMETER_KEYS) {
    const [section = ''] = key.split('.');
    const value: ParameterValue = values[key];
    if (OPTIONAL.includes(key) && Array.isArray(value) && value.length === 0) continue;
    sections.set(section, [...(sections.get(section) ?? []), key]);
  }
  const blocks = [...sections]
    .filter(([, keys]) => keys.length > 0)
    .map(([section, keys]) => `[${section}]\n${keys.map((key) => line(section, key, values[key])).join('')}`);
  const heading = title ? `# ${title.replace(/[\p{Cc}\p{Cs}]+/gu, ' ')}\n\n` : '';
  return heading + blocks.join('\n');
}

/** One key: dotted below its section (alert_thresholds.pressure), its unit after it. */
function line(section: string, key: ParameterKey, value: ParameterValue): string {
  const row = parameterRow(key);
  const name = key.slice(section.length + 1);
  return `${name} = ${written(row, value)}${unitComment(row)}\n`;
}

function unitComment(row: ParameterRow): string {
  if (row.unit === '' || row.unit === 'fraction') return '';
  return `  # ${unitSymbol(row.unit)}`;
}

function written(row: ParameterRow, value: ParameterValue): string {
  if (typeof value === 'number') return tomlNumber(value);
  if (typeof value === 'string') return tomlText(value);
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) {
    const items = value as readonly (number | string | readonly number[])[];
    const texts = items.map((item) => (Array.isArray(item) ? list(item.map(tomlNumber)) : scalar(item)));
    return LONG.has(row.kind) ? wrapped(texts) : list(texts);
  }
  const shares = Object.entries(value).map(([species, share]) => `${species} = ${tomlNumber(share)}`);
  return `{ ${shares.join(', ')} }`;
}

const scalar = (item: unknown): string => (typeof item === 'number' ? tomlNumber(item) : tomlText(String(item)));
const list = (items: readonly string[]): string => `[${items.join(', ')}]`;

/** A long list over several lines of at most about 120 characters. */
function wrapped(items: readonly string[]): string {
  const lines: string[] = [];
  let current = '';
  for (const item of items) {
    if (current.length + item.length > 115) {
      lines.push(current);
      current = '';
    }
    current += `${current === '' ? '  ' : ' '}${item},`;
  }
  lines.push(current);
  return lines.length === 1 ? list(items) : `[\n${lines.join('\n')}\n]`;
}

/** JavaScript's shortest exact form is valid TOML, except that TOML reads a long run of digits as an integer. */
function tomlNumber(value: number): string {
  const text = String(value);
  return Number.isInteger(value) && !Number.isSafeInteger(value) && !text.includes('e') ? `${text}.0` : text;
}

/** A basic string; what TOML does not allow in one is escaped. */
function tomlText(text: string): string {
  const escaped = text.replace(/["\\\p{Cc}]/gu, (c) => {
    if (c === '"' || c === '\\') return `\\${c}`;
    return `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}
