import { describe, expect, it } from 'vitest';
import { commonPrefix, completed, recalled, remembered } from './terminal-line.ts';

describe('completion', () => {
  it('goes as far as all candidates agree', () => {
    expect(commonPrefix(['sensors/', 'sensors/all/'])).toBe('sensors/');
    expect(commonPrefix(['a', 'b'])).toBe('');
    expect(commonPrefix([])).toBe('');
  });
  it('replaces the last word; a whole one is followed by a blank, a directory is not', () => {
    expect(completed('cat sta', ['status'])).toBe('cat status ');
    expect(completed('ls s', ['status', 'sensors/'])).toBe('ls s');
    expect(completed('read pressure-c', ['pressure-controller/'])).toBe('read pressure-controller/');
    expect(completed('cat sensors/pressure/1', ['sensors/pressure/10', 'sensors/pressure/11'])).toBe(
      'cat sensors/pressure/1',
    );
    expect(completed('nothing', [])).toBe('nothing');
    expect(completed('', ['help', 'ls'])).toBe('');
  });
});

describe('lines typed before', () => {
  const history = ['ls', 'cat status', 'help'];
  it('come back with the arrows, and the new line is kept as it was left', () => {
    const first = recalled(history, { at: 3, draft: '' }, 'read p', -1);
    expect(first).toEqual({ line: 'help', recall: { at: 2, draft: 'read p' } });
    const second = recalled(history, first.recall, 'help', -1);
    expect(second.line).toBe('cat status');
    const oldest = recalled(history, { at: 0, draft: 'x' }, 'ls', -1);
    expect(oldest.line).toBe('ls');
    const back = recalled(history, first.recall, 'help', 1);
    expect(back).toEqual({ line: 'read p', recall: { at: 3, draft: 'read p' } });
    expect(recalled([], { at: 0, draft: '' }, 'typed', -1).line).toBe('typed');
  });
  it('are kept once in a row, and not without end', () => {
    expect(remembered(history, 'help')).toBe(history);
    expect(remembered(history, 'ls')).toEqual([...history, 'ls']);
    let long: readonly string[] = [];
    for (let k = 0; k < 500; k++) long = remembered(long, `line ${k}`);
    expect(long.length).toBe(200);
    expect(long.at(-1)).toBe('line 499');
  });
});
