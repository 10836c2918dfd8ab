import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell, csvText } from './csv.ts';

/** Reads RFC 4180 back, character by character. */
function parse(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let k = 0; k < csv.length; k++) {
    const c = csv[k];
    if (quoted && c === '"' && csv[k + 1] === '"') {
      cell += '"';
      k++;
    } else if (c === '"') quoted = !quoted;
    else if (!quoted && (c === ',' || c === '\n')) {
      row.push(c === '\n' ? cell.replace(/\r$/, '') : cell);
      cell = '';
      if (c === '\n') {
        rows.push(row);
        row = [];
      }
    } else cell += c;
  }
  return rows;
}

describe('cells', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '"=1', '＝1', '|calc', '\r=1'])('%j cannot run', (text) => {
    expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/);
  });

  it.each([
    [-5, '-5'],
    [1e-7, '1e-7'],
    [Number.NaN, ''],
    [Number.POSITIVE_INFINITY, ''],
    [true, 'true'],
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
  ])('%j is written %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it('any text comes back as it was, or marked as text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 }), (texts) => {
        const [, row] = parse(
          csvText(
            texts.map((_, k) => `c${k}`),
            [texts],
          ),
        );
        row.forEach((cell, k) => {
          expect([texts[k], `'${texts[k]}`]).toContain(cell);
          expect(cell).not.toMatch(/^\s*[=+\-@]/);
        });
        expect(row.length).toBe(texts.length);
      }),
      { numRuns: 3000, seed: 4180 },
    );
  });
});
