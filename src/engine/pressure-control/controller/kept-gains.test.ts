import { describe, expect, it } from 'vitest';
import { KeptGains } from './kept-gains.ts';
import { PidBank } from './pid.ts';
import { standardTuning } from './tuning.ts';

describe('kept gains', () => {
  const first = standardTuning(1, 10);
  const second = standardTuning(2, 5, 0.1);
  const third = standardTuning(3, 4);

  it('are used and given back, one step deep, each loop for itself', () => {
    const bank = new PidBank(2);
    bank.tune(0, first);
    bank.tune(1, first);
    const kept = new KeptGains(bank);
    expect([kept.source(0), kept.before(0), kept.takeBack(0)]).toEqual(['sizes', null, false]);
    kept.use(0, second);
    expect(bank.tuning(0)).toEqual(second);
    expect(bank.tuning(1)).toEqual(first);
    expect(kept.any).toBe(true);
    expect([kept.source(0), kept.before(0), kept.source(1)]).toEqual(['step-test', first, 'sizes']);
    kept.use(0, third);
    expect(kept.before(0)).toEqual(second);
    expect(kept.takeBack(0)).toBe(true);
    expect([bank.tuning(0), kept.source(0), kept.takeBack(0)]).toEqual([second, 'step-test', false]);
  });

  it('go over to another bank with their state', () => {
    const bank = new PidBank(1);
    bank.tune(0, first);
    const kept = new KeptGains(bank);
    kept.use(0, second);
    const other = new PidBank(1);
    other.tune(0, bank.tuning(0));
    const taken = new KeptGains(other);
    taken.arrays()[0].set(kept.arrays()[0]);
    expect(taken.takeBack(0)).toBe(true);
    expect(other.tuning(0)).toEqual(first);
    expect(taken.source(0)).toBe('sizes');
    expect(kept.any).toBe(true);
    kept.forget();
    expect([kept.any, kept.takeBack(0)]).toEqual([false, false]);
  });

  it('refuse what is no tuning and change nothing', () => {
    const bank = new PidBank(1);
    bank.tune(0, first);
    const kept = new KeptGains(bank);
    expect(() => kept.use(0, { ...second, proportional: Number.NaN })).toThrow(RangeError);
    expect([bank.tuning(0), kept.source(0), kept.before(0)]).toEqual([first, 'sizes', null]);
  });
});
