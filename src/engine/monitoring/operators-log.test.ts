import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CappedLog } from './capped-log.ts';
import { OperatorsLog } from './operators-log.ts';

function filled(): OperatorsLog {
  const log = new OperatorsLog(4);
  log.add('act', 'Ada', 'reset group 3', 'valve replaced', 10);
  log.add('event', 'interlock', 'trip of group 3', 'pressure-high', 5);
  log.note('Grace', '=HYPERLINK("http://x")', 20);
  return log;
}

describe('the operators’ log', () => {
  it('keeps who, when, what and why, in order', () => {
    expect(
      filled()
        .entries()
        .map((e) => [e.number, e.time_s, e.kind, e.who]),
    ).toEqual([
      [0, 10, 'act', 'Ada'],
      [1, 5, 'event', 'interlock'],
      [2, 20, 'note', 'Grace'],
    ]);
  });

  it.each([
    [{ kinds: ['act', 'note'] as const }, [0, 2]],
    [{ who: 'Ada' }, [0]],
    [{ text: 'VALVE' }, [0]],
    [{ text: 'group 3' }, [0, 1]],
    [{ from_s: 10 }, [0, 2]],
    [{ to_s: 10 }, [0, 1]],
    [{ from_s: 11, to_s: 19 }, []],
  ])('is filtered by %o', (filter, numbers) => {
    expect(
      filled()
        .entries(filter)
        .map((e) => e.number),
    ).toEqual(numbers);
  });

  it('is read in pages, the latest first, with how many there are', () => {
    const log = new OperatorsLog(50);
    for (let k = 0; k < 60; k++) log.add(k % 2 === 0 ? 'event' : 'act', 'plant', `entry ${k}`, '', k);
    const numbers = (offset: number, limit: number) => log.page({}, offset, limit).entries.map((e) => e.number);
    expect(log.page({}, 0, 3)).toMatchObject({ total: 50, dropped: 10 });
    expect(numbers(0, 3)).toEqual([59, 58, 57]);
    expect(numbers(3, 3)).toEqual([56, 55, 54]);
    expect(numbers(48, 10)).toEqual([11, 10]);
    expect(numbers(50, 10)).toEqual([]);
    const acts = log.page({ kinds: ['act'], text: 'ENTRY' }, 24, 5);
    expect([acts.total, acts.entries.map((e) => e.number)]).toEqual([25, [11]]);
  });

  it('takes no note without text or name, and no entry at no time', () => {
    const log = filled();
    expect(log.note('', 'x', 1)).toBeUndefined();
    expect(log.note('Ada', '  ', 1)).toBeUndefined();
    expect(() => log.add('act', 'Ada', 'x', '', Number.NaN)).toThrow(RangeError);
    expect(log.entries().length).toBe(3);
  });

  it('counts what it drops and tells it in every export', () => {
    const log = filled();
    expect(log.csv()).not.toContain('dropped');
    log.note('Ada', 'a', 30);
    log.note('Ada', 'b', 31);
    expect(log.dropped).toBe(1);
    expect(log.entries().map((e) => e.number)).toEqual([1, 2, 3, 4]);
    expect(log.csv()).toContain('1 earlier entry was dropped: the log was full');
    expect(JSON.parse(log.json())).toMatchObject({ dropped: 1, entries: [{ number: 1 }, {}, {}, {}] });
  });

  it('exports nothing that a spreadsheet would run', () => {
    const csv = filled().csv();
    expect(csv.split('\r\n')[0]).toBe('number,time_s,kind,who,what,why');
    expect(csv).toContain(`2,20,note,Grace,"'=HYPERLINK(""http://x"")",`);
  });

  it('cuts what is too long, with a mark', () => {
    const entry = new OperatorsLog().add('note', 'Ada', 'x'.repeat(5000), '', 0);
    expect(entry.what.length).toBe(2000);
    expect(entry.what.endsWith('…')).toBe(true);
  });

  it('goes on after a snapshot', () => {
    const log = new OperatorsLog(4);
    log.restore(JSON.parse(JSON.stringify(filled().snapshot())));
    expect(log.note('Ada', 'x', 40)?.number).toBe(3);
  });
});

describe('a capped log', () => {
  it('keeps the last entries, whatever its size and history', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(40), fc.nat(45), fc.nat(40), (capacity, pushes, from, cut) => {
        const log = new CappedLog<number>(capacity);
        const other = new CappedLog<number>(capacity);
        for (let k = 0; k < pushes; k++) {
          if (k === cut) other.restore(log.snapshot());
          log.push(k);
          if (k >= cut) other.push(k);
        }
        const all = Array.from({ length: pushes }, (_, k) => k);
        expect(log.entries()).toEqual(all.slice(-capacity));
        expect(log.entries(from)).toEqual(all.slice(-capacity).filter((k) => k >= from));
        expect(log.total).toBe(pushes);
        expect(log.dropped + log.length).toBe(pushes);
        if (cut < pushes) expect(other.snapshot()).toEqual(log.snapshot());
      }),
      { numRuns: 2000, seed: 8 },
    );
  });

  it('of no entries is a mistake', () => {
    expect(() => new CappedLog(0)).toThrow(RangeError);
    expect(() => new CappedLog(Number.NaN)).toThrow(RangeError);
  });
});
