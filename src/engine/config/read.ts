// Scenario TOML → parameter values. Guards first (nothing large or deep is parsed), then syntax, then every key against
// the parameter table, then what must fit together. All problems are collected, each with its place; never throws.

import { parse, TomlError } from 'smol-toml';
import { checkSize } from '../parameters/check-edits.ts';
import { type ParameterEdits, withEdits } from '../parameters/edit.ts';
import { nearestWord } from '../parameters/nearest.ts';
import {
  defaultValues,
  isParameterKey,
  PARAMETER_KEYS,
  type ParameterKey,
  type ParameterValues,
  parameterRow,
} from '../parameters/table.ts';
import type { ParameterValue } from '../parameters/types.ts';
import { checkTogether, checkValue, described, isTable, quoted } from '../parameters/validate.ts';
import type { Problem } from './problem.ts';
import { type Place, placeFinder, type Scan, type ScannedKey, scanToml } from './scan.ts';

export const MAX_BYTES = 256 * 1024;
export const MAX_KEYS = 10_000;
export const MAX_DEPTH = 8;
const MAX_PROBLEMS = 50;

export interface ScenarioReading {
  /** No errors (there may be warnings). */
  readonly ok: boolean;
  /** Present when ok. Keys the text does not give are at their defaults. */
  readonly values?: ParameterValues;
  /** In the order of the text. */
  readonly problems: readonly Problem[];
}

/**
 * Reads a scenario: the seed's sections and keys, and the twin's. Values are in the units of the parameter table.
 * @param fileName named in each problem
 */
export function readScenario(text: string, fileName: string): ScenarioReading {
  const refusal = tooLarge(text);
  if (refusal) return reading([{ ...refusal, file: fileName }]);
  const scan = scanToml(text, { keys: MAX_KEYS, depth: MAX_DEPTH });
  if (scan.broken) return reading([{ ...limitProblem(scan.broken), file: fileName }]);
  let root: unknown;
  try {
    root = parse(text, { maxDepth: 2 * MAX_DEPTH });
  } catch (error) {
    return reading([{ ...syntaxProblem(error), file: fileName }]);
  }
  const reader = new Reader(scan.keys, fileName);
  reader.readTable(root, []);
  return reader.finish();
}

const reading = (problems: Problem[], values?: ParameterValues): ScenarioReading =>
  values ? { ok: true, values, problems } : { ok: false, problems };

function tooLarge(text: string): Problem | undefined {
  let bytes = text.length;
  // UTF-8 length: two bytes more for each character above U+07FF, one more above U+007F; surrogate halves make four together.
  for (let n = 0; n < text.length && bytes <= MAX_BYTES; n++) {
    const code = text.charCodeAt(n);
    if (code > 0x7f) bytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  if (bytes <= MAX_BYTES) return undefined;
  const message = `The file is larger than ${MAX_BYTES / 1024} kB, the most the twin reads.`;
  return { message, remedy: 'Leave out what is at its default, or shorten the lists.', severity: 'error' };
}

function limitProblem({ limit, line, column }: NonNullable<Scan['broken']>): Problem {
  const message =
    limit === 'keys'
      ? `The file has more than ${MAX_KEYS} keys.`
      : `Keys or brackets are nested deeper than ${MAX_DEPTH}.`;
  const remedy = 'A scenario needs about a hundred keys, nested at most four deep: remove the rest.';
  return { line, column, message, remedy, severity: 'error' };
}

/** What the parser's messages ask of the writer of the file. */
const SYNTAX_REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/redefin|already defined/, 'Give each section and each key once: remove or rename one of them.'],
  [/losslessly|too large/, 'Write a smaller number, or one with an exponent such as 1e9.'],
  [/end-of-line|end of line/, 'Put each key on a line of its own; comments start with #.'],
  [/key/, 'Write key = value; keys hold letters, digits, "_" and "-".'],
  [/string|escape|control|newline/, 'Check that the text starts and ends with the same quote, on one line.'],
  [/number|date|time|leading zero/, 'Write numbers as 12, 0.5 or 1e-3, and texts in quotes.'],
];

function syntaxProblem(error: unknown): Problem {
  if (!(error instanceof TomlError)) {
    return { message: 'The file could not be read as TOML.', remedy: 'Check its syntax.', severity: 'error' };
  }
  const [first = ''] = error.message.split('\n');
  const reason = first.replace(/^Invalid TOML document:\s{0,4}/, '').slice(0, 200);
  const remedy = SYNTAX_REMEDIES.find(([pattern]) => pattern.test(reason))?.[1];
  return {
    line: error.line,
    column: error.column,
    message: `Not valid TOML here: ${reason}.`,
    remedy: remedy ?? 'Check quotes, brackets and commas; texts need quotes, numbers do not.',
    severity: 'error',
  };
}

/** Names a key can be given by in a file → the parameter. */
const PARAMETER_OF_NAME: ReadonlyMap<string, ParameterKey> = new Map(
  PARAMETER_KEYS.flatMap((key) => [key, ...(parameterRow(key).aliases ?? [])].map((name) => [name, key] as const)),
);
const NAMES = [...PARAMETER_OF_NAME.keys()];
/** Every proper beginning of a name: sections and subsections. */
const SECTIONS: ReadonlySet<string> = new Set(
  NAMES.flatMap((name) => {
    const parts = name.split('.');
    return parts.slice(1).map((_, n) => parts.slice(0, n + 1).join('.'));
  }),
);

interface Given {
  readonly name: string;
  readonly path: readonly string[];
  readonly value: ParameterValue;
}

/** Reads one parsed file key by key. */
class Reader {
  private readonly given = new Map<ParameterKey, Given>();
  private readonly problems: Problem[] = [];
  /** Problems found after the list was full: counted only, since finding the place and the nearest name takes time. */
  private more = 0;

  private finder: ReturnType<typeof placeFinder> | undefined;

  constructor(
    private readonly keys: readonly ScannedKey[],
    private readonly file: string,
  ) {}

  /** `path` is at most as deep as the longest parameter name, so this does not recurse far. */
  readTable(table: unknown, path: readonly string[]): void {
    if (!isTable(table)) return;
    for (const [part, value] of Object.entries(table)) {
      const here = [...path, part];
      // A quoted key may hold a dot itself; such a name is unknown even if it reads like a known one.
      const name = part.includes('.') ? undefined : here.join('.');
      const key = name === undefined ? undefined : PARAMETER_OF_NAME.get(name);
      if (name !== undefined && key) this.readValue(key, name, here, value);
      else if (name === undefined || !SECTIONS.has(name)) this.unknown(here, value);
      else if (isTable(value)) this.readTable(value, here);
      else this.notASection(name, here, value);
    }
  }

  private readValue(key: ParameterKey, name: string, path: readonly string[], raw: unknown): void {
    const result = checkValue(key, raw);
    if (!result.ok) {
      this.add('error', path, `${name}: ${result.message}`, result.remedy);
      return;
    }
    const other = this.given.get(key);
    const own = name === key;
    if (other && JSON.stringify(other.value) !== JSON.stringify(result.value)) {
      const [used, unused] = own ? [name, other.name] : [other.name, name];
      const message = `${used} and ${unused} set the same thing to different values; ${used} is used.`;
      this.add('warning', own ? other.path : path, message, `Remove ${unused}.`);
    }
    if (!other || own) this.given.set(key, { name, path, value: result.value });
  }

  private unknown(path: readonly string[], value: unknown): void {
    if (this.isFull()) return;
    const name = path.join('.');
    if (path.at(-1)?.includes('.') && NAMES.includes(name)) {
      this.add('error', path, `${quoted(name)} is one key with a dot in it.`, `Write ${name} without quotes.`);
      return;
    }
    const section = isTable(value);
    const candidates = section ? [...SECTIONS, ...NAMES] : NAMES;
    const nearest = nearestName(name, candidates);
    const what = section ? 'section' : 'key';
    const remedy = nearest ? `Did you mean ${nearest}?` : `Remove this ${what}; docs/parameters.md lists all keys.`;
    this.add('error', path, `${quoted(name)} is not a ${what} of the twin.`, remedy);
  }

  private notASection(name: string, path: readonly string[], value: unknown): void {
    const message = `${name} is ${described(value)}, but it is the name of a section.`;
    this.add('error', path, message, `Write [${name}] on a line of its own, its keys below.`);
  }

  private placeOf(path: readonly string[]): Place | undefined {
    this.finder ??= placeFinder(this.keys);
    return this.finder(path);
  }

  /** Whether the list is full; if so, the problem at hand is counted. */
  private isFull(): boolean {
    const full = this.problems.length >= MAX_PROBLEMS;
    if (full) this.more++;
    return full;
  }

  private add(severity: Problem['severity'], path: readonly string[], message: string, remedy: string): void {
    if (this.isFull()) return;
    const key = path.join('.').slice(0, 100);
    this.problems.push({ file: this.file, ...this.placeOf(path), key, message, remedy, severity });
  }

  /** A problem of values together stands where the file gives its key. */
  private addTogether(problem: Problem): void {
    const given = problem.key && isParameterKey(problem.key) ? this.given.get(problem.key) : undefined;
    const path = given?.path ?? problem.key?.split('.') ?? [];
    this.add(problem.severity, path, `${given?.name ?? problem.key}: ${problem.message}`, problem.remedy);
  }

  finish(): ScenarioReading {
    const edits = Object.fromEntries([...this.given].map(([key, { value }]) => [key, value])) as ParameterEdits;
    const values = withEdits(defaultValues(), edits);
    for (const problem of [...checkSize(edits), ...checkTogether(values), ...this.customCount(values, edits)]) {
      this.addTogether(problem);
    }
    const byPlace = this.problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
    const failed = this.more > 0 || byPlace.some((problem) => problem.severity === 'error');
    if (this.more > 0) {
      const message = `There are ${this.more} more problems in the file.`;
      byPlace.push({ file: this.file, message, remedy: 'Correct those above first.', severity: 'error' });
    }
    return reading(byPlace, failed ? undefined : values);
  }

  private customCount(values: ParameterValues, edits: ParameterEdits): Problem[] {
    const key = 'gas_oscillation.chamber_count';
    const count = edits[key];
    const positions = values['layout.positions_m'].length;
    if (values['layout.kind'] !== 'custom' || count === undefined || positions === 0 || count === positions) return [];
    const message = `${count} chambers are asked for, but layout.positions_m places ${positions}; ${positions} are built.`;
    return [{ key, message, remedy: `Write ${positions}, or remove the key.`, severity: 'warning' }];
  }
}

/** The known name nearest to `name`: by its whole, else by its last part in any section. */
function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const whole = nearestWord(name, candidates);
  if (whole) return whole;
  const lastPart = (text: string): string => text.slice(text.lastIndexOf('.') + 1);
  const word = nearestWord(lastPart(name), candidates.map(lastPart));
  return word === undefined ? undefined : candidates.find((candidate) => lastPart(candidate) === word);
}
