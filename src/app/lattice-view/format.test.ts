import { describe, expect, it } from 'vitest';
import {
  decimalsFor,
  formatCount,
  formatEnd,
  formatIn,
  formatLength,
  formatNumber,
  formatPeriod,
  formatWithUnit,
  parseEnd,
  readableUnit,
} from './format.ts';

describe('units of the lattice view', () => {
  it('chooses the unit a person would', () => {
    expect(readableUnit('Pa', 7200)).toBe('kPa');
    expect(readableUnit('Pa', -40)).toBe('Pa');
    expect(readableUnit('Pa', 2.5e6)).toBe('MPa');
    expect(readableUnit('W', 0.02)).toBe('mW');
    expect(readableUnit('W', 0)).toBe('W');
    expect(readableUnit('rad', 3)).toBe('deg');
    expect(readableUnit('K', 300)).toBe('K');
    expect(readableUnit('', 0.9)).toBe('');
  });

  it('writes values with digits that fit the range', () => {
    expect(formatIn(7212.4, 'Pa', 'kPa', 14_000)).toBe('7.2');
    expect(formatIn(506_620, 'Pa', 'kPa', 2000)).toBe('506.62');
    expect(formatWithUnit(300.1234, 'K', 0.05)).toBe('300.1234\u202fK');
    expect(formatWithUnit(-Math.PI / 2, 'rad', 2 * Math.PI)).toBe('\u221290°');
    expect(formatWithUnit(Number.NaN, 'Pa', 1)).toBe('–');
    expect(formatWithUnit(12, 'Pa', 14_000)).toBe('0.0\u202fkPa');
  });

  it('writes no negative zero', () => {
    expect(formatNumber(-0.001, 2)).toBe('0.00');
    expect(formatNumber(-1.5, 1)).toBe('\u22121.5');
  });

  it('keeps the number of decimals sensible for odd spans', () => {
    expect(decimalsFor(0)).toBe(1);
    expect(decimalsFor(1e-12)).toBe(6);
    expect(decimalsFor(1e9)).toBe(0);
  });

  it('writes range ends short', () => {
    expect(formatEnd(-8000, 'Pa', 'kPa')).toBe('\u22128');
    expect(formatEnd(299.95, 'K', 'K')).toBe('299.95');
    expect(formatEnd(Math.PI, 'rad', 'deg')).toBe('180');
  });
});

describe('typed range ends', () => {
  it('reads the shown unit, another unit of the kind, and the true minus', () => {
    expect(parseEnd('2.5', 'Pa', 'kPa')).toBe(2500);
    expect(parseEnd('2.5 bar', 'Pa', 'kPa')).toBe(250_000);
    expect(parseEnd('\u22123 kPa', 'Pa', 'Pa')).toBe(-3000);
  });

  it('refuses what is no such quantity', () => {
    expect(parseEnd('loud', 'Pa', 'kPa')).toBeNull();
    expect(parseEnd('3 K', 'Pa', 'kPa')).toBeNull();
  });
});

describe('durations, lengths, counts', () => {
  it('writes periods in three significant digits', () => {
    expect(formatPeriod(1e-3)).toBe('1.00\u202fms');
    expect(formatPeriod(1 / 342)).toBe('2.92\u202fms');
    expect(formatPeriod(2)).toBe('2.00\u202fs');
    expect(formatPeriod(0)).toBe('–');
  });

  it('writes lengths and counts', () => {
    expect(formatLength(0.2)).toBe('200\u202fmm');
    expect(formatLength(5)).toBe('5\u202fm');
    expect(formatCount(561_700)).toBe('561\u202f700');
    expect(formatCount(999)).toBe('999');
  });
});
