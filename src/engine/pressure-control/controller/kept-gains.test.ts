import { describe, expect, it } from 'vitest';
import { KeptGains, type PiGains } from './kept-gains.ts';

const first: PiGains = { gain: 1, integralTime: 10 };
const second: PiGains = { gain: 2, integralTime: 5 };
const sizes = (): PiGains => first;

describe('kept gains', () => {
  it('tell where a loop’s gains come from and what it had before, one step deep, each loop for itself', () => {
    const start = new KeptGains([null, null]);
    expect([start.source(0), start.before(0)]).toEqual(['sizes', null]);
    const tested = new KeptGains([second, null]);
    expect(tested.inherit(start, sizes)).toEqual([0]);
    expect([tested.source(0), tested.before(0)]).toEqual(['given', { ...first, source: 'sizes' }]);
    expect([tested.source(1), tested.before(1)]).toEqual(['sizes', null]);
    const third = new KeptGains([{ gain: 3, integralTime: 4 }, null]);
    expect(third.inherit(tested, sizes)).toEqual([0]);
    expect(third.before(0)).toEqual({ ...second, source: 'given' });
    const other = new KeptGains([{ gain: 3, integralTime: 4 }, null]);
    expect(other.inherit(third, sizes)).toEqual([]);
    expect(other.before(0)).toEqual({ ...second, source: 'given' });
  });

  it('that come back leave nothing to take back', () => {
    const start = new KeptGains([null]);
    const tested = new KeptGains([second]);
    tested.inherit(start, sizes);
    const back = new KeptGains([null]);
    expect(back.inherit(tested, sizes)).toEqual([0]);
    expect([back.source(0), back.before(0)]).toEqual(['sizes', null]);
  });
});
