import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../numerics/random.ts';
import { type ParameterEdits, withEdits } from '../parameters/edit.ts';
import {
  defaultValues,
  PARAMETER_KEYS,
  type ParameterKey,
  type ParameterValues,
  parameterRow,
} from '../parameters/table.ts';
import type { ParameterRow } from '../parameters/types.ts';
import { checkTogether, checkValue } from '../parameters/validate.ts';
import { readScenario } from './read.ts';
import { placeFinder, scanToml } from './scan.ts';
import { writeScenario } from './write.ts';

const numberIn = (row: ParameterRow): fc.Arbitrary<number> =>
  fc.double({ min: row.min ?? -1e300, max: row.max ?? 1e300, noNaN: true, noDefaultInfinity: true });
const text = fc.string({ unit: 'grapheme', maxLength: 60 });

/** Any value the row allows. */
function anyValue(key: ParameterKey): fc.Arbitrary<unknown> {
  const row = parameterRow(key);
  if (key === 'layout.size') return fc.tuple(...Array(3).fill(fc.integer({ min: 1, max: 9 })));
  switch (row.kind) {
    case 'number':
    case 'perChamber':
      return numberIn(row);
    case 'integer':
      return fc.integer({ min: row.min ?? 0, max: Math.min(row.max ?? 1e6, 2 ** 31) });
    case 'auto':
      return fc.oneof(fc.constant('auto'), numberIn(row));
    case 'boolean':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...(row.choices ?? []));
    case 'choices':
      return fc.shuffledSubarray([...(row.choices ?? [])], { minLength: 1 });
    case 'text':
      return text;
    case 'vector':
    case 'range':
      return fc
        .array(numberIn(row), { minLength: row.length ?? 2, maxLength: row.length ?? 2 })
        .map((list) => list.sort((a, b) => a - b));
    case 'mixture':
      return fc.array(fc.double({ min: 1e-9, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }).map((weights) => {
        const sum = weights.reduce((total, weight) => total + weight, 0);
        return Object.fromEntries((row.choices ?? []).map((species, n) => [species, weights[n] / sum]));
      });
    case 'positions':
      return fc.array(fc.tuple(numberIn(row), numberIn(row), numberIn(row)), { maxLength: 5 });
    case 'edges':
      return fc.array(fc.tuple(...Array(2).fill(fc.integer({ min: 0, max: 99999 }))), { maxLength: 5 });
    case 'points':
      return fc.array(fc.tuple(numberIn(row), numberIn(row)), { minLength: 1, maxLength: 5 });
  }
}

/** Edits of up to a dozen keys; per-chamber lists are added where the count is small. */
const anyValues: fc.Arbitrary<ParameterValues> = fc
  .tuple(fc.shuffledSubarray([...PARAMETER_KEYS], { maxLength: 12 }), fc.boolean())
  .chain(([keys, lists]) =>
    fc.tuple(
      fc.constant(keys),
      fc.tuple(...keys.map(anyValue)),
      fc.constant(lists),
      fc.infiniteStream(fc.double({ min: 200, max: 400, noNaN: true })),
    ),
  )
  .map(([keys, raw, lists, stream]) => {
    const edits: Record<string, unknown> = {};
    keys.forEach((key, n) => {
      const checked = checkValue(key, raw[n]);
      if (checked.ok) edits[key] = checked.value;
    });
    const values = withEdits(defaultValues(), edits as ParameterEdits);
    const count = values['gas_oscillation.chamber_count'];
    if (!lists || count > 200) return values;
    const temperatures = Array.from({ length: count }, () => stream.next().value as number);
    return withEdits(values, { 'initial.temperature_K': temperatures });
  })
  .filter((values) => checkTogether(values).every((problem) => problem.severity === 'warning'));

describe('writeScenario', () => {
  it('is read back as the same values, doubles bit for bit', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const { problems, values: read } = readScenario(writeScenario(values, { title: 'Any' }), 'any.toml');
        expect(problems.filter((problem) => problem.severity === 'error')).toEqual([]);
        expect(read).toEqual(values);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('writes numbers of every size so that they come back exactly', () => {
    const row = 'duct.resistance_Pa_s_per_m3';
    const write = (value: number) => writeScenario({ ...defaultValues(), [row]: value });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), (value) => {
        expect(readScenario(write(value), 'f').values?.[row]).toBe(value + 0);
      }),
      { seed: 4, numRuns: 500 },
    );
    const huge = writeScenario({ ...defaultValues(), [row]: 2 ** 66 });
    expect(readScenario(huge, 'f').problems[0]?.message).toContain('73786976294838210000 is out of range');
  });

  it('brings back a hundred thousand doubles bit for bit', () => {
    const random = createRandom(5);
    const batch = 5000;
    for (let round = 0; round < 20; round++) {
      const list = Array.from({ length: batch }, () => random.next() * 10 ** Math.floor(12 * random.next() - 6));
      const values = {
        ...defaultValues(),
        'layout.size': [50, 10, 10],
        'gas_oscillation.chamber_count': batch,
        'chips.power_W': list,
      };
      const { values: read } = readScenario(writeScenario(values), 'list.toml');
      expect(read?.['chips.power_W']).toEqual(list);
    }
  });

  it('writes every parameter once, its unit behind it, and the title without line breaks', () => {
    const written = writeScenario(defaultValues(), { title: 'A farm\n[drive]\nenabled = 3' });
    const { keys } = scanToml(written, { keys: 10_000, depth: 8 });
    const lines = written.split('\n');
    expect(lines[0]).toBe('# A farm [drive] enabled = 3');
    for (const key of PARAMETER_KEYS) {
      if (key === 'layout.positions_m' || key === 'layout.edges') continue;
      const path = key.split('.');
      expect(keys.filter((known) => known.path.join('.') === key)).toHaveLength(1);
      const place = placeFinder(keys)(path);
      expect(lines[(place?.line ?? 0) - 1]).toContain(`${path.slice(1).join('.')} = `);
    }
    expect(written).toContain('frequency_Hz = 1000  # Hz\n');
    expect(written).toContain('precision_target = 1e-18  # s\n');
  });
});
