// One interaction is one step; undoing any edit restores every value, the linked ones too.

import { describe, expect, it } from 'vitest';
import { type ParameterEdits, withEdits } from '../../engine/parameters/edit.ts';
import { defaultValues } from '../../engine/parameters/table.ts';
import { changedKeys, History, sameValue } from './history.ts';

const START = defaultValues();

describe('history', () => {
  it('makes one step of a drag', () => {
    const history = new History();
    let values = START;
    for (const frequency of [1010, 1020, 1030]) {
      const next = withEdits(values, { 'drive.frequency_Hz': frequency });
      history.recordEdit(7, 'Drive frequency', values, next);
      values = next;
    }
    expect(history.undoStep).toMatchObject({
      kind: 'edit',
      before: { 'drive.frequency_Hz': 1000 },
      after: { 'drive.frequency_Hz': 1030 },
    });
    history.movedBack();
    expect(history.undoStep).toBeNull();
    expect(history.redoStep?.label).toBe('Drive frequency');
  });

  it('drops a drag that came back to where it began', () => {
    const history = new History();
    const moved = withEdits(START, { 'drive.frequency_Hz': 1200 });
    history.recordEdit(1, 'Drive frequency', START, moved);
    history.recordEdit(1, 'Drive frequency', moved, withEdits(moved, { 'drive.frequency_Hz': 1000 }));
    expect(history.undoStep).toBeNull();
  });

  it('forgets what was undone when something new is done', () => {
    const history = new History();
    history.recordEdit(1, 'a', START, withEdits(START, { 'drive.frequency_Hz': 900 }));
    history.movedBack();
    history.recordEdit(2, 'b', START, withEdits(START, { 'drive.frequency_Hz': 800 }));
    expect(history.redoStep).toBeNull();
    expect(history.undoStep?.label).toBe('b');
  });

  it('keeps a loaded file as one step', () => {
    const history = new History();
    history.recordLoad({ text: 'a', name: 'default' }, { text: 'b', name: 'mine' });
    expect(history.undoStep).toMatchObject({ kind: 'load', label: 'open mine' });
  });

  const edits: ParameterEdits[] = [
    { 'layout.size': [4, 5, 6] },
    { 'gas_oscillation.chamber_count': 997 },
    { 'drive.pressure_ratio': 0.02 },
    { 'drive.stroke_m3': 1e-6 },
    { 'gas.mixture': { He: 1 } },
    { 'gas_oscillation.gas_mixture': ['He', 'Ar'] },
    { 'layout.kind': 'sc' },
  ];
  it.each(edits)('undoes %j, the linked values too', (edit) => {
    const start = withEdits(START, { 'layout.size': [20, 10, 5], 'drive.stroke_m3': 3e-6 });
    const after = withEdits(start, edit);
    const history = new History();
    history.recordEdit(1, 'x', start, after);
    const step = history.undoStep;
    if (step?.kind !== 'edit') throw new Error('no step');
    expect(changedKeys(withEdits(after, step.before), start)).toEqual([]);
    expect(changedKeys(withEdits(start, step.after), after)).toEqual([]);
  });
});

describe('equality of values', () => {
  it('looks into lists and mixtures', () => {
    expect(sameValue([1, 2], [1, 2])).toBe(true);
    expect(sameValue({ He: 1 }, { He: 1, Ar: 0 })).toBe(true);
    expect(sameValue({ He: 1 }, { He: 0.9, Ar: 0.1 })).toBe(false);
    expect(sameValue([[0, 1, 2]], [[0, 1, 2]])).toBe(true);
    expect(sameValue('auto', 1)).toBe(false);
  });
});
