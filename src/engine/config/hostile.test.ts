import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultValues } from '../parameters/table.ts';
import { readScenario } from './read.ts';
import { writeScenario } from './write.ts';

const folder = new URL('../../../public/config/', import.meta.url);
const SHIPPED = ['server_farm', 'hardware'].flatMap((kind) =>
  readdirSync(new URL(`${kind}/`, folder)).map((file) => readFileSync(new URL(`${kind}/${file}`, folder), 'utf8')),
);

const expectCleanPrototypes = (): void => {
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(PROTOTYPE);
  expect(Object.keys(Array.prototype)).toEqual([]);
};
const PROTOTYPE = Object.getOwnPropertyNames(Object.prototype).sort();
afterEach(expectCleanPrototypes);

/** Reads anything: an answer, never an exception, every problem complete and placed within the text. */
function survives(text: string): void {
  const { ok, values, problems } = readScenario(text, 'x.toml');
  expect(ok).toBe(values !== undefined);
  expect(ok).toBe(problems.every((problem) => problem.severity === 'warning'));
  expect(problems.length).toBeLessThanOrEqual(51);
  const lines = text.split('\n').length;
  for (const { message, remedy, line, column, file } of problems) {
    expect(file).toBe('x.toml');
    expect(message).toMatch(/^[^\n]{5,400}$/);
    expect(remedy).toMatch(/^[^\n]{5,400}$/);
    if (line !== undefined) expect(line >= 1 && line <= lines && (column ?? 0) >= 1).toBe(true);
  }
  expectCleanPrototypes();
}

const TOKENS = [
  '[',
  ']',
  '[[',
  ']]',
  '{',
  '}',
  '=',
  ',',
  '.',
  '"',
  "'",
  '"""',
  "'''",
  '#',
  '\n',
  '\r\n',
  ' ',
  '\\',
  '1',
  '-0',
  '1e9',
  'inf',
  'nan',
  'true',
  '1979-05-27T07:32:00Z',
  'gas',
  'mixture',
  'He',
  'layout',
  'size',
  'drive',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'auto',
  '\u0000',
  '\ud800',
  'é',
  '😀',
];

describe('hostile scenario text', () => {
  it('random text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), survives), { seed: 11, numRuns: 1500 });
  });

  it('random bytes read as Latin-1', () => {
    const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => String.fromCharCode(...array));
    fc.assert(fc.property(bytes, survives), { seed: 12, numRuns: 1500 });
  });

  it('random heaps of TOML tokens', () => {
    const heap = fc.array(fc.constantFrom(...TOKENS), { maxLength: 60 }).map((tokens) => tokens.join(''));
    fc.assert(fc.property(heap, survives), { seed: 13, numRuns: 4000 });
  });

  it('valid files with parts cut out, doubled, replaced or moved', () => {
    const cut = fc.tuple(
      fc.constantFrom(...SHIPPED, writeScenario(defaultValues())),
      fc.nat(),
      fc.nat(60),
      fc.constantFrom('', 'twice', ...TOKENS),
    );
    const mutated = cut.map(([text, at, length, by]) => {
      const start = at % text.length;
      const part = text.slice(start, start + length);
      return text.slice(0, start) + (by === 'twice' ? part + part : by) + text.slice(start + length);
    });
    fc.assert(fc.property(mutated, survives), { seed: 14, numRuns: 1500 });
  });

  it('names of Object.prototype are just unknown keys', () => {
    const text =
      '[__proto__]\npolluted = 1\n[constructor.prototype]\nx = 1\n[gas.__proto__]\ny = 1\n[drive]\n__proto__ = { z = 1 }\ntoString = 3';
    const { ok, problems } = readScenario(text, 'f');
    expect(ok).toBe(false);
    expect(problems.map((problem) => problem.key)).toEqual([
      '__proto__',
      'constructor',
      'gas.__proto__',
      'drive.__proto__',
      'drive.toString',
    ]);
    expect(problems.map((problem) => problem.line)).toEqual([1, 3, 5, 8, 9]);
    const share = readScenario('[gas]\nmixture = { __proto__ = 1 }', 'f');
    expect(share.problems[0].message).toContain('"__proto__" is not a species');
  });

  it.each([
    ['dotted keys', `${'a.'.repeat(100_000)}a = 1`],
    ['a dotted header', `[${'a.'.repeat(100_000)}a]`],
    ['arrays', `a = ${'['.repeat(100_000)}`],
    ['closed arrays', `a = ${'['.repeat(9)}${']'.repeat(9)}`],
    ['inline tables', `a = ${'{ a = '.repeat(30_000)}`],
    ['arrays and tables in turn', `a.b = ${'[{ c = '.repeat(20_000)}`],
    ['quoted dotted keys', `${'"a".'.repeat(10_000)}"a" = 1`],
    ['a table below a deep header', '[a.b.c.d.e.f]\ng.h.i = 1'],
    ['a key after a comment and a text full of brackets', `# [[[[[[[[[[\nx = "[[[[[[[[[["\n${'a.'.repeat(9)}a = 1`],
  ])('refuses bombs of %s by depth', (_, text) => {
    expect(readScenario(text, 'f').problems).toMatchObject([{ message: 'Keys or brackets are nested deeper than 8.' }]);
  });

  it('does not count brackets in texts and comments', () => {
    const text = `[cooling]\natom_selection = "${'['.repeat(100)}" # ${'['.repeat(100)}\nthermal_control = '{{{{{{{{{{'`;
    expect(readScenario(text, 'f').problems).toEqual([]);
  });

  it('refuses too many keys and too much text, naming the limit', () => {
    const keys = Array.from({ length: 20_000 }, (_, n) => `k${n}=1`).join('\n');
    expect(readScenario(keys, 'f').problems).toMatchObject([
      { line: 10_001, message: 'The file has more than 10000 keys.' },
    ]);
    const headers = '[[a]]\n'.repeat(20_000);
    expect(readScenario(headers, 'f').problems[0].message).toContain('10000 keys');
    const inline = `a = { ${Array.from({ length: 20_000 }, (_, n) => `k${n}=1`).join(',')} }`;
    expect(readScenario(inline, 'f').problems[0].message).toContain('10000 keys');
    for (const large of ['#'.repeat(300_000), '€'.repeat(90_000), '😀'.repeat(70_000)]) {
      expect(readScenario(large, 'f').problems).toMatchObject([
        { message: 'The file is larger than 256 kB, the most the twin reads.' },
      ]);
    }
    expect(readScenario(`# ${'€'.repeat(80_000)}`, 'f').ok).toBe(true);
  });

  it.each([
    ['a long text', `[cooling]\natom_selection = "${'a'.repeat(50_000)}"`],
    ['a long key', `${'a'.repeat(50_000)} = 1`],
    ['a long quoted key', `"${' '.repeat(50_000)}" = 1`],
    ['a long number', `[drive]\nfrequency_Hz = ${'1'.repeat(50_000)}`],
    ['a long list', `[chips]\npower_W = [${'1,'.repeat(100_000)}]`],
    ['a long list of lists', `[layout]\npositions_m = [${'[0,0,0],'.repeat(25_000)}]`],
    ['spaces', `a = ${' '.repeat(50_000)}x`],
    ['backslashes', `a = "${'\\'.repeat(50_001)}"`],
    ['quotes', '"'.repeat(50_000)],
    ['ten thousand unknown keys', Array.from({ length: 10_000 }, (_, n) => `frequency_${n} = 1`).join('\n')],
    ['ten thousand unknown sections', Array.from({ length: 10_000 }, (_, n) => `[layout_${n}]`).join('\n')],
  ])('survives %s', (_, text) => {
    survives(text);
  });
});
