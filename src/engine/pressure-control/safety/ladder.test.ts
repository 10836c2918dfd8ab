import { describe, expect, it } from 'vitest';
import { ATM } from '../../constants.ts';
import { classifyChambers, limitProblems, pressureRung, RUNGS, SEED_LIMITS, temperatureRung } from './ladder.ts';

const pressure = (atm: number): string => RUNGS[pressureRung(atm * ATM, SEED_LIMITS)];
const temperature = (kelvin: number): string => RUNGS[temperatureRung(kelvin, SEED_LIMITS)];

describe('the ladder', () => {
  it.each([
    [20, 'beyond-rating'],
    [19.999, 'trip'],
    [15, 'trip'],
    [14.999, 'alert'],
    [12, 'alert'],
    [11.999, 'caution'],
    [10.001, 'caution'],
    [10, 'operation'],
    [0.1, 'operation'],
    [0.0999, 'caution'],
    [0.0501, 'caution'],
    [0.05, 'trip'],
    [0, 'trip'],
    [-1, 'trip'],
    [Number.NaN, 'unknown'],
    [Number.POSITIVE_INFINITY, 'unknown'],
  ])('%d atm is %s', (atm, rung) => {
    expect(pressure(atm)).toBe(rung);
  });

  it.each([
    [500.1, 'beyond-rating'],
    [500, 'trip'],
    [499.9, 'alert'],
    [450, 'alert'],
    [449.9, 'caution'],
    [400.1, 'caution'],
    [400, 'operation'],
    [200, 'operation'],
    [199.9, 'caution'],
    [Number.NaN, 'unknown'],
  ])('%d K is %s', (kelvin, rung) => {
    expect(temperature(kelvin)).toBe(rung);
  });

  it('puts each chamber on the more urgent of its two rungs, and tells the worst of all', () => {
    const rungs = new Uint8Array(4);
    const atm = [5, 13, 5, 5].map((p) => p * ATM);
    const worst = classifyChambers(atm, [300, 300, 501, 410], SEED_LIMITS, rungs);
    expect([...rungs].map((r) => RUNGS[r])).toEqual(['operation', 'alert', 'beyond-rating', 'caution']);
    expect(RUNGS[worst]).toBe('beyond-rating');
  });

  it('refuses limits out of order, each with its place', () => {
    expect(limitProblems(SEED_LIMITS)).toEqual([]);
    expect(limitProblems({ ...SEED_LIMITS, alert_Pa: 16 * ATM }).map((p) => p.key)).toEqual(['trip_Pa']);
    expect(limitProblems({ ...SEED_LIMITS, vacuum_Pa: 0 }).map((p) => p.key)).toEqual(['vacuum_Pa']);
    expect(limitProblems({ ...SEED_LIMITS, trip_K: Number.NaN }).map((p) => p.key)).toEqual(['trip_K']);
  });
});
