import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkEdits } from './check-edits.ts';
import { nearestWord } from './nearest.ts';
import { defaultValues, PARAMETER_KEYS, type ParameterKey, parameterRow } from './table.ts';
import { checkTogether, checkValue } from './validate.ts';

const failure = (key: string, value: unknown): string => {
  const checked = checkValue(key, value);
  if (checked.ok) throw new Error(`${key} took ${JSON.stringify(value)}`);
  expect(checked.message.length).toBeGreaterThan(5);
  expect(checked.remedy.length).toBeGreaterThan(5);
  return `${checked.message} ${checked.remedy}`;
};

describe('checkValue', () => {
  it('takes every default unchanged', () => {
    for (const key of PARAMETER_KEYS) {
      const value: unknown = parameterRow(key).default;
      expect(checkValue(key, value)).toEqual({ ok: true, value });
    }
  });

  it.each([
    ['drive.frequency_Hz', 0, '0 is out of range. Write a number from 1 to 20000 Hz.'],
    ['drive.frequency_Hz', '1000', 'The text "1000" is not a number.'],
    ['drive.frequency_Hz', Number.NaN, 'NaN is not a finite number.'],
    ['drive.frequency_Hz', Number.POSITIVE_INFINITY, 'Infinity is not a finite number.'],
    ['gas_oscillation.chamber_count', 10.5, '10.5 is not a whole number. Write a whole number from 1 to 100000.'],
    ['gas_oscillation.chamber_count', 10n, '10 is not a number.'],
    ['duct.length_m', 'automatic', 'or "auto"'],
    ['drive.enabled', 1, '1 is neither true nor false.'],
    ['drive.pattern', 'uniformm', 'Did you mean "uniform"?'],
    ['layout.kind', 'hexagonal_close_pack', 'Did you mean "hexagonal_close_packed"?'],
    ['gas_oscillation.gas_mixture', ['He', 'He'], '"He" is listed twice.'],
    ['gas_oscillation.gas_mixture', [], 'The list is empty.'],
    ['gas_oscillation.gas_mixture', ['Xe'], 'Choose one of'],
    ['physical_infrastructure.room_dimensions', [1, 2], 'The list has 2 values instead of 3.'],
    ['physical_infrastructure.room_dimensions', [1, 2, 300], 'Value 3 of 3: 300 is out of range.'],
    ['layout.size', [1, 2, 2.5], 'Value 3 of 3: 2.5 is not a whole number.'],
    ['gas_oscillation.pressure_range', [3, 1], 'Write [1, 3].'],
    ['initial.temperature_K', [], 'The list is empty.'],
    ['initial.temperature_K', [300, 20], 'Value 2 of 2: 20 is out of range.'],
    ['initial.temperature_K', null, 'Nothing is not a number.'],
    ['gas.mixture', { He: 0.9, Ar: 0.05 }, 'The shares sum to 0.95, not 1.'],
    ['gas.mixture', { He: 1.5, Ar: -0.5 }, 'The share of He is 1.5'],
    ['gas.mixture', {}, 'The shares sum to 0, not 1.'],
    ['gas.mixture', { he: 1 }, 'Did you mean He?'],
    ['gas.mixture', [1], 'A list of 1 is not a table of shares.'],
    ['gas.mixture', new Date(0), 'A date or time is not a table'],
    [
      'layout.positions_m',
      [
        [0, 0, 0],
        [1, 2],
      ],
      'Entry 2 is a list of 2',
    ],
    ['layout.positions_m', [[0, 0, 5000]], 'Entry 1: Value 3 of 3: 5000 is out of range.'],
    ['layout.edges', [[0, 0.5]], 'is not a whole number'],
    ['cooling.atom_selection', 'a\nb', 'control characters'],
    ['cooling.atom_selection', 'x'.repeat(201), '201 characters'],
    ['drive.frequncy_Hz', 1, 'Did you mean drive.frequency_Hz?'],
    ['__proto__', 1, 'is not a parameter'],
    ['constructor', 1, 'is not a parameter'],
  ])('%s refuses what is wrong (case %#)', (key, value, text) => {
    expect(failure(key, value)).toContain(text);
  });

  it('brings shares that are nearly right to a sum of 1, and leaves right ones alone', () => {
    const checked = checkValue('gas.mixture', { He: 0.62, Ar: 0.3800004 });
    expect(checked).toEqual({ ok: true, value: { He: 0.62 / 1.0000004, Ar: 0.3800004 / 1.0000004 } });
    if (checked.ok) expect(checkValue('gas.mixture', checked.value)).toEqual(checked);
  });

  it('takes the seed’s names, and normalises −0', () => {
    expect(checkValue('layout.kind', 'face_centered_cubic')).toEqual({ ok: true, value: 'fcc' });
    expect(checkValue('layout.kind', 'toString')).toMatchObject({ ok: false });
    expect(checkValue('chips.power_W', -0)).toEqual({ ok: true, value: 0 });
  });

  it('never throws, says what is wrong and right on one line each, and what it returns it takes again', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PARAMETER_KEYS),
        fc.anything({ withDate: true, withNullPrototype: true, withBigInt: true }),
        (key, value) => {
          const checked = checkValue(key, value);
          if (checked.ok) expect(checkValue(key, checked.value)).toEqual(checked);
          else {
            expect(checked.message).toMatch(/^[^\n]{5,300}$/);
            expect(checked.remedy).toMatch(/^[^\n]{5,300}$/);
          }
          expect(Object.keys(Object.prototype)).toEqual([]);
        },
      ),
      { seed: 2, numRuns: 3000 },
    );
  });
});

describe('checkEdits', () => {
  it('applies what is right, links included', () => {
    const checked = checkEdits(defaultValues(), { 'layout.size': [4, 4, 4], 'drive.pressure_ratio': 0.02 });
    if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
    expect(checked.values['gas_oscillation.chamber_count']).toBe(64);
    expect(checked.warnings).toEqual([]);
  });

  it('fills the size again when a custom layout is left', () => {
    const custom = checkEdits(defaultValues(), {
      'layout.positions_m': [
        [0, 0, 0],
        [1, 0, 0],
      ],
    });
    if (!custom.ok) throw new Error(JSON.stringify(custom.problems));
    expect(custom.values).toMatchObject({ 'layout.kind': 'custom', 'gas_oscillation.chamber_count': 2 });
    const regular = checkEdits(custom.values, { 'layout.kind': 'hcp' });
    expect(regular).toMatchObject({ ok: true, values: { 'gas_oscillation.chamber_count': 1000 } });
  });

  it('collects all that is wrong', () => {
    const checked = checkEdits(defaultValues(), { 'drive.pattern': 3, nonsense: 1, 'initial.pressure_Pa': [1e5, 2e5] });
    if (checked.ok) throw new Error('taken');
    expect(checked.problems.map((problem) => problem.key)).toEqual([
      'drive.pattern',
      'nonsense',
      'initial.pressure_Pa',
    ]);
  });

  it.each<[Record<string, unknown>, ParameterKey]>([
    [{ 'layout.size': [3, 3, 3], 'gas_oscillation.chamber_count': 28 }, 'gas_oscillation.chamber_count'],
    [{ 'layout.size': [100, 100, 100] }, 'layout.size'],
    [{ 'gas.mixture': { He: 1 }, 'gas_oscillation.gas_mixture': ['Ar'] }, 'gas.mixture'],
    [{ 'chips.power_W': Array(999).fill(1) }, 'chips.power_W'],
  ])('refuses what does not fit together: %j', (edits, key) => {
    const checked = checkEdits(defaultValues(), edits);
    expect(checked).toMatchObject({ ok: false, problems: [{ key }] });
  });

  it('keeps a list only while it has one value per chamber', () => {
    const values = { ...defaultValues(), 'chips.power_W': Array(1000).fill(5) };
    expect(checkEdits(values, { 'drive.enabled': false }).ok).toBe(true);
    expect(checkEdits(values, { 'layout.size': [2, 2, 2] })).toMatchObject({
      ok: false,
      problems: [{ key: 'chips.power_W' }],
    });
    expect(checkEdits(values, { 'layout.size': [2, 2, 2], 'chips.power_W': 5 }).ok).toBe(true);
  });

  it('warns of a time step too coarse for the drive', () => {
    const checked = checkEdits(defaultValues(), { 'simulation.time_step_s': 2e-4 });
    expect(checked).toMatchObject({ ok: true, warnings: [{ key: 'simulation.time_step_s' }] });
    expect(checkTogether({ ...defaultValues(), 'drive.enabled': false, 'simulation.time_step_s': 2e-4 })).toEqual([]);
  });
});

describe('nearestWord', () => {
  it('finds swapped, missing and wrong letters, and nothing far away', () => {
    expect(nearestWord('frequnecy', ['frequency', 'pattern'])).toBe('frequency');
    expect(nearestWord('Chamber-Count', ['chamber_count'])).toBe('chamber_count');
    expect(nearestWord('zebra', ['frequency', 'pattern'])).toBeUndefined();
    expect(nearestWord('x'.repeat(50_000), ['x'.repeat(49_999)])).toBeUndefined();
  });
});
