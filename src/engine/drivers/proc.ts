// Virtual files like those of /proc: directories and files that exist only while they are looked at. A farm has 118,000
// sensors; so listing and reading go page by page, and nothing is made that is not asked for.

import type { Problem } from '../config/problem.ts';
import { nearestWord } from '../parameters/nearest.ts';

/** Something of which there are many, one line each. */
export interface LineProvider {
  count(): number;
  /** 0 ≤ index < count. One line, without its end. */
  line(index: number): string;
  /** All lines at once, where they are made together. */
  whole?(): readonly string[];
}

export interface ProcFile extends LineProvider {
  readonly type: 'file';
}

export interface ProcDirectory {
  readonly type: 'directory';
  count(): number;
  /** Name of an entry; directories end in "/". */
  name(index: number): string;
  /** The entry of that name, without "/"; undefined if there is none. */
  open(name: string): ProcNode | undefined;
}

export type ProcNode = ProcFile | ProcDirectory;

/** Entries or lines of a page. */
export type ProcPage =
  | {
      readonly ok: true;
      readonly lines: readonly string[];
      readonly total: number;
      /** Where the next page begins; undefined: this is the last. */
      readonly next?: number;
    }
  | { readonly ok: false; readonly problem: Problem };

/** Most lines of a page. */
export const LARGEST_PAGE = 10_000;
export const PROC_ROOT = '/proc/gas_oscillation';

/** A file whose lines are told anew at each look. */
export const textFile = (lines: () => readonly string[]): ProcFile => ({
  type: 'file',
  count: () => lines().length,
  line: (index) => lines()[index],
  whole: lines,
});

export const lineFile = (provider: LineProvider): ProcFile => ({
  type: 'file',
  count: () => provider.count(),
  line: (index) => provider.line(index),
  ...(provider.whole && { whole: () => provider.whole?.() ?? [] }),
});

/** Many lines that are made together. */
export const linesTogether = (lines: () => readonly string[]): LineProvider => ({
  count: () => lines().length,
  line: (index) => lines()[index],
  whole: lines,
});

/** A directory with a few entries of fixed names. */
export function directory(entries: Readonly<Record<string, ProcNode>>): ProcDirectory {
  const names = Object.keys(entries);
  return {
    type: 'directory',
    count: () => names.length,
    name: (index) => (entries[names[index]].type === 'directory' ? `${names[index]}/` : names[index]),
    open: (name) => (Object.hasOwn(entries, name) ? entries[name] : undefined),
  };
}

/**
 * A directory of numbered files "0", "1", …, each with the lines told for its number.
 * @param find number of a file by another name it has, as a tag
 */
export const numbered = (
  count: () => number,
  lines: (index: number) => readonly string[],
  find: (name: string) => number | undefined = () => undefined,
): ProcDirectory => ({
  type: 'directory',
  count,
  name: String,
  open: (name) => {
    const index = /^(?:0|[1-9]\d{0,8})$/.test(name) ? Number(name) : (find(name) ?? Number.NaN);
    return index < count() ? textFile(() => lines(index)) : undefined;
  },
});

/** A place that the seed names and that is empty so far. */
export const notAvailableYet = (what: string): ProcDirectory =>
  directory({ status: textFile(() => [`not available yet: ${what} is not modelled`]) });

/** What the files of a farm tell. */
export interface ProcSources {
  readonly status: () => readonly string[];
  readonly alarms: LineProvider;
  readonly faults: LineProvider;
  readonly log: LineProvider;
  /** Kinds of sensors and actuators: how many, and what each one tells. */
  readonly sensors: Readonly<Record<string, SensorSource>>;
  readonly actuators: Readonly<Record<string, SensorSource>>;
  /** Parts that are modelled already take the place of "not available yet". */
  readonly parts?: Readonly<Partial<Record<'consciousness' | 'entropy' | 'oscillation' | 'cooling', ProcDirectory>>>;
  /** What the seed does not name; after the rest. */
  readonly more?: Readonly<Record<string, ProcNode>>;
}

export interface SensorSource {
  readonly count: () => number;
  readonly lines: (index: number) => readonly string[];
  /** Number by another name, as a tag. */
  readonly find?: (name: string) => number | undefined;
}

/** The tree under /proc/gas_oscillation. */
export function farmFiles({
  status,
  alarms,
  faults,
  log,
  sensors,
  actuators,
  parts = {},
  more = {},
}: ProcSources): ProcDirectory {
  const all = (sources: Readonly<Record<string, SensorSource>>): ProcDirectory =>
    directory(
      Object.fromEntries(
        Object.entries(sources).map(([kind, { count, lines, find }]) => [kind, numbered(count, lines, find)]),
      ),
    );
  return directory({
    status: textFile(status),
    alarms: lineFile(alarms),
    faults: lineFile(faults),
    log: lineFile(log),
    sensors: all(sensors),
    actuators: all(actuators),
    consciousness: parts.consciousness ?? notAvailableYet('the coordination substrate'),
    entropy: parts.entropy ?? notAvailableYet('entropy by driver'),
    oscillation: parts.oscillation ?? notAvailableYet('oscillation by driver'),
    cooling: parts.cooling ?? notAvailableYet('cooling by driver'),
    ...more,
  });
}

export class Proc {
  constructor(private readonly root: ProcDirectory) {}

  /** A page of a directory's entries. */
  list(path: string, offset = 0, limit = 100): ProcPage {
    const found = this.find(path);
    if ('problem' in found) return found;
    const { node } = found;
    if (node.type === 'file') return no(path, `${path} is a file.`, 'Read it.');
    return page(path, node.count(), offset, limit, (index) => node.name(index));
  }

  /** A page of a file's lines. */
  read(path: string, offset = 0, limit = 100): ProcPage {
    const found = this.find(path);
    if ('problem' in found) return found;
    const { node } = found;
    if (node.type === 'directory') return no(path, `${path} is a directory.`, 'List it.');
    const whole = node.whole?.();
    if (whole) return page(path, whole.length, offset, limit, (index) => whole[index]);
    return page(path, node.count(), offset, limit, (index) => node.line(index));
  }

  /** The node at a path, absolute or below PROC_ROOT. */
  find(path: string): { ok: true; node: ProcNode } | Extract<ProcPage, { ok: false }> {
    const whole = path.startsWith('/') ? path : `${PROC_ROOT}/${path}`;
    const parts = whole.split('/').filter((part) => part !== '' && part !== '.');
    if (`/${parts.slice(0, 2).join('/')}` !== PROC_ROOT)
      return no(path, `There is nothing at ${short(path)}.`, `All files are below ${PROC_ROOT}.`);
    let node: ProcNode = this.root;
    let place = PROC_ROOT;
    for (const part of parts.slice(2)) {
      if (node.type === 'file') return no(path, `${place} is a file: nothing is below it.`, `Read ${place}.`);
      const next = node.open(part);
      if (next === undefined) return no(path, `There is no ${short(part)} in ${place}.`, hint(node, part));
      node = next;
      place += `/${part}`;
    }
    return { ok: true, node };
  }
}

const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

const no = (key: string, message: string, remedy: string): Extract<ProcPage, { ok: false }> => ({
  ok: false,
  problem: { key: short(key), message, remedy, severity: 'error' },
});

function hint(node: ProcDirectory, typed: string): string {
  const count = node.count();
  if (count === 0) return 'It is empty.';
  if (count > 100) return `It holds ${node.name(0)} to ${node.name(count - 1)}.`;
  const names = Array.from({ length: count }, (_, k) => node.name(k));
  const near = nearestWord(
    typed,
    names.map((name) => name.replace('/', '')),
  );
  return near ? `Did you mean "${near}"?` : `It holds ${names.join(', ')}.`;
}

function page(path: string, total: number, offset: number, limit: number, line: (index: number) => string): ProcPage {
  if (!Number.isInteger(offset) || offset < 0)
    return no(path, `${offset} is no place to begin.`, `Give 0 to ${total}.`);
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE)
    return no(path, `${limit} lines are no page.`, `Give 1 to ${LARGEST_PAGE}.`);
  const end = Math.min(total, offset + limit);
  const lines: string[] = [];
  for (let k = offset; k < end; k++) lines.push(line(k));
  return end < total ? { ok: true, lines, total, next: end } : { ok: true, lines, total };
}
