// The reference page of all parameters (docs/parameters.md), generated from the table so that it cannot fall behind.

import { PARAMETER_KEYS, type ParameterKey, parameterRow } from './table.ts';
import { GROUPS, type GroupId, type ParameterRow, type ParameterValue } from './types.ts';
import { unitSymbol } from './units.ts';
import { validityRule } from './validity-limits.ts';

const EFFECTS: Readonly<Record<ParameterRow['effect'], string>> = {
  live: 'live',
  rebuild: 'rebuilds the lattice',
  planned: 'kept, not modelled yet',
};

const INTRODUCTION = `# Parameters

Generated from \`src/engine/parameters/table.ts\` by \`npx tsx tools/parameter-reference.ts\`; do not edit.

A key is \`section.name\`: in a scenario file it stands as \`name = value\` below \`[section]\`, on the command line as
\`--set section.name=value\`. Numbers are in the unit of the table. Where the seed's files name the same thing differently,
that name is read as well (column *Seed*) and the twin's own name is written. *Effect* says when a change acts: live (at
the next step), by rebuilding the lattice, or not at all because its system is not modelled yet.
`;

/** The whole page as Markdown. */
export function parameterReference(): string {
  const groups = (Object.keys(GROUPS) as GroupId[]).map(groupTable);
  return `${[INTRODUCTION, ...groups.filter((text) => text !== '')].join('\n')}`;
}

const HEADINGS = ['Key', 'Label', 'Unit', 'Range', 'Default', 'Seed', 'Effect', 'Affects', 'Valid while', 'What it is'];

function groupTable(group: GroupId): string {
  const rows = PARAMETER_KEYS.map((key) => [key, parameterRow(key)] as const).filter(([, row]) => row.group === group);
  if (rows.length === 0) return '';
  const lines = [HEADINGS, HEADINGS.map(() => '---'), ...rows.map(([key, row]) => cells(key, row))];
  return `## ${GROUPS[group]}\n\n${lines.map((line) => `| ${line.join(' | ')} |`).join('\n')}\n`;
}

function cells(key: ParameterKey, row: ParameterRow): string[] {
  return [
    code(key),
    row.label,
    row.unit === '' || row.unit === 'fraction' ? '' : unitSymbol(row.unit),
    rangeText(row),
    code(valueText(row.default)),
    seedText(key, row),
    EFFECTS[row.effect],
    row.affects,
    validityRule(key),
    row.help,
  ].map(escaped);
}

function rangeText(row: ParameterRow): string {
  const kinds: Partial<Record<ParameterRow['kind'], string>> = {
    integer: 'whole, ',
    vector: `${row.length} numbers, `,
    range: 'two numbers, ',
    perChamber: 'one or a list, ',
    positions: 'n × 3 numbers, ',
    edges: 'n × 2 chamber numbers, ',
    points: 'n × 2 numbers, ',
    mixture: 'mole fractions that sum to 1: ',
  };
  if (row.kind === 'boolean') return '`true`, `false`';
  if (row.kind === 'text') return 'text';
  if (row.kind === 'choice') return (row.choices ?? []).map(code).join(', ');
  if (row.kind === 'choices') return `a list of ${(row.choices ?? []).map(code).join(', ')}`;
  if (row.kind === 'mixture') return `${kinds.mixture}${(row.choices ?? []).join(', ')}`;
  const limits = row.min === undefined && row.max === undefined ? 'any' : `${row.min ?? '…'} … ${row.max ?? '…'}`;
  return `${kinds[row.kind] ?? ''}${limits}${row.kind === 'auto' ? ' or `"auto"`' : ''}`;
}

function seedText(key: string, row: ParameterRow): string {
  if (!row.seed && !row.aliases) return '';
  const names = row.aliases?.filter((name) => name !== key) ?? [];
  const values = Object.entries(row.aliasValues ?? {}).map(([theirs, ours]) => `${code(theirs)} = ${code(ours)}`);
  const aliases = names.length > 0 ? `: ${names.map(code).join(', ')}` : '';
  return `${row.seed ?? ''}${aliases}${values.length > 0 ? ` (${values.join(', ')})` : ''}`;
}

function valueText(value: ParameterValue): string {
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${(value as ParameterValue[]).map(valueText).join(', ')}]`;
  return `{ ${Object.entries(value)
    .map(([name, share]) => `${name} = ${share}`)
    .join(', ')} }`;
}

const code = (text: string): string => `\`${text}\``;
/** A bar would end the cell. */
const escaped = (cell: string): string => cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
