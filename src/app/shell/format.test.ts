// Formatting keeps significant digits, chooses prefixes and never changes width within a range.

import { describe, expect, it } from 'vitest';
import {
  count,
  factor,
  powerOfTen,
  prefixFor,
  quantityText,
  shownDuration,
  significant,
  simulatedTime,
  THIN,
  timeScale,
  typed,
} from './format.ts';

describe('significant digits', () => {
  it('keeps trailing zeros', () => {
    expect(significant(1, 3)).toBe('1.00');
    expect(significant(0.01, 3)).toBe('0.0100');
    expect(significant(300.04, 5)).toBe('300.04');
  });
  it('rounds before it places the point', () => {
    expect(significant(9.999, 3)).toBe('10.0');
    expect(significant(506625, 3)).toBe(`507${THIN}000`);
  });
  it('writes a true minus and says when there is nothing', () => {
    expect(significant(-2.5, 2)).toBe('−2.5');
    expect(significant(Number.NaN)).toBe('–');
    expect(significant(0)).toBe('0');
  });
  it('goes to powers of ten where digits get long', () => {
    expect(significant(1.5e-7, 2)).toBe('1.5·10⁻⁷');
    expect(powerOfTen(3.14e-16)).toBe('3.1·10⁻¹⁶');
    expect(powerOfTen(-2e12)).toBe('−2.0·10¹²');
  });
});

describe('units', () => {
  it('chooses an SI prefix', () => {
    expect(quantityText(5066, 'Pa')).toBe(`5.07${THIN}kPa`);
    expect(quantityText(0.0123, 'W')).toBe(`12.3${THIN}mW`);
    expect(prefixFor(999.9, 'Pa').symbol).toBe('kPa');
    expect(prefixFor(3000, 's').symbol).toBe('s');
  });
  it('converts to the display unit and leaves temperatures alone', () => {
    expect(quantityText(0.01, 'fraction', 'percent')).toBe(`1.00${THIN}%`);
    expect(quantityText(1300, 'K', 'K', 5)).toBe(`1300.0${THIN}K`);
  });
  it('shows units the unit table lacks', () => {
    expect(quantityText(12, 'J', 'J', 2)).toBe(`12${THIN}J`);
    expect(quantityText(12, 'W_per_K', 'W_per_K', 2)).toBe(`12${THIN}W/K`);
  });
});

describe('time', () => {
  it('reads in the unit of its size', () => {
    expect(simulatedTime(0.012345)).toEqual({ value: '12.35', unit: 'ms' });
    expect(simulatedTime(12.3456)).toEqual({ value: '12.346', unit: 's' });
    expect(simulatedTime(125.67)).toEqual({ value: '02:05.6', unit: 'min' });
    expect(simulatedTime(3725)).toEqual({ value: '1:02:05', unit: 'h' });
  });
  it('writes slow motion as a fraction', () => {
    expect(timeScale(1)).toBe('1×');
    expect(timeScale(0.001)).toBe('1/1000×');
    expect(timeScale(1e-4)).toBe(`1/10${THIN}000×`);
    expect(timeScale(20)).toBe('20×');
    expect(factor(0.1432)).toBe('0.143×');
  });
});

describe('typed text', () => {
  it('is what one would type', () => {
    expect(typed(0.1 + 0.2)).toBe('0.3');
    expect(typed(147.4)).toBe('147.4');
    expect(typed(1e9)).toBe('1e9');
    expect(typed(1e-18)).toBe('1e-18');
    expect(count(100000)).toBe(`100${THIN}000`);
    expect(count(1000)).toBe('1000');
  });
});

describe('a span of simulated time', () => {
  it('is told in the unit that reads best', () => {
    expect([5, 90, 5400, 200_000].map(shownDuration)).toEqual([
      `5${THIN}s`,
      `2${THIN}min`,
      `1.5${THIN}h`,
      `2.3${THIN}days`,
    ]);
    expect(shownDuration(Number.NaN)).toBe('–');
  });
});
