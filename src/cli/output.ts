// How the CLI speaks: tables for people on stdout, one JSON document with --json, progress and errors on stderr.

import type { Problem } from '../engine/config/problem.ts';

export const EXIT = { done: 0, badInput: 1, usage: 2, physicalLimit: 3 } as const;

/** Ends the command with an exit code and a message on stderr. */
export class CliError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

export const usage = (message: string): CliError => new CliError(EXIT.usage, message);
export const badInput = (message: string): CliError => new CliError(EXIT.badInput, message);

/** file:line:column: key: message remedy. */
export function formatProblem(p: Problem): string {
  const place = [p.file, p.line, p.column].filter((x) => x !== undefined).join(':');
  return [place, p.key, `${p.message} ${p.remedy}`].filter((x) => x !== undefined && x !== '').join(': ');
}

/** JSON has no NaN or Infinity: they become null. */
export const printJson = (document: unknown): void => {
  process.stdout.write(
    `${JSON.stringify(document, (_, value) => (ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value))}\n`,
  );
};

/** Rows of name, value, unit, aligned. */
export function printTable(rows: readonly (readonly [string, string, string?])[]): void {
  const width = Math.max(...rows.map(([name]) => name.length));
  const valueWidth = Math.max(...rows.map(([, value]) => value.length));
  for (const [name, value, unit = ''] of rows) {
    process.stdout.write(`  ${name.padEnd(width)}  ${value.padStart(valueWidth)}  ${unit}`.trimEnd());
    process.stdout.write('\n');
  }
}

/** A number for people: six significant digits. */
export const number = (value: number): string => {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '–' : String(value);
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  return magnitude >= 1e6 || magnitude < 1e-3 ? value.toExponential(5) : String(Number(value.toPrecision(6)));
};

/** "soundSpeed_m_per_s" → ["Sound speed", "m/s"]. */
export function keyToWords(key: string): [string, string] {
  const at = key.indexOf('_');
  const name = at < 0 ? key : key.slice(0, at);
  const unit =
    at < 0
      ? ''
      : key
          .slice(at + 1)
          .replace('_per_', '/')
          .replaceAll('_', '·');
  const words = name.replace(/([A-Z])/g, ' $1').toLowerCase();
  return [words.charAt(0).toUpperCase() + words.slice(1), unit];
}

/** A bar on stderr, only where a person watches. */
export function progressBar(label: string): (share: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  let last = -1;
  return (share) => {
    const percent = Math.floor(100 * share);
    if (percent === last) return;
    last = percent;
    const filled = Math.round(share * 30);
    process.stderr.write(
      `\r${label} [${'='.repeat(filled)}${' '.repeat(30 - filled)}] ${percent} %${share >= 1 ? '\n' : ''}`,
    );
  };
}
