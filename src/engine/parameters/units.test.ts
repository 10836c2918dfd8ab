import { expect, test } from 'vitest';
import { alternatives, convert, fromSI, parseQuantity, toSI, unitSymbol } from './units.ts';

const read = (text: string, fallback: string, target: string) => {
  const parsed = parseQuantity(text, fallback, target);
  return parsed.ok ? parsed.value : parsed.reason;
};

test('typed quantities take a unit of the same dimension, however it is spelt', () => {
  expect(read('2.5 bar', 'atm', 'Pa')).toBe(250000);
  expect(read('5', 'atm', 'Pa')).toBe(506625);
  expect(read('27 °C', 'K', 'K')).toBeCloseTo(300.15, 10);
  expect(read('27degC', 'K', 'K')).toBeCloseTo(300.15, 10);
  expect(read('0.9 kHz', 'Hz', 'Hz')).toBe(900);
  expect(read('10.5 mL', 'mL', 'm3')).toBeCloseTo(1.05e-5, 15);
  expect(read('10.5 cm³', 'mL', 'm3')).toBeCloseTo(1.05e-5, 15);
  expect(read('1 %', 'percent', 'fraction')).toBe(0.01);
  expect(read('25 µs', 's', 's')).toBeCloseTo(25e-6, 15);
  expect(read('1e3', 'Hz', 'Hz')).toBe(1000);
  expect(read('.5 MW', 'W', 'W')).toBe(500000);
  expect(read('5 mW', 'W', 'W')).toBe(0.005);
});

test('what is no quantity of that dimension is refused with the units that fit', () => {
  expect(read('2.5 Hz', 'atm', 'Pa')).toContain('bar');
  expect(read('abc', 'atm', 'Pa')).toContain('not a number');
  expect(read('', 'atm', 'Pa')).toContain('not a number');
  expect(read('1e999', 'Hz', 'Hz')).toContain('too large');
  expect(read('constructor', 'Hz', 'Hz')).toContain('not a number');
  expect(read('1 constructor', 'Hz', 'Hz')).toContain('does not fit');
});

test('hostile text ends at once', () => {
  for (const text of [
    '9'.repeat(50_000),
    ' '.repeat(50_000),
    `1${' '.repeat(50_000)}x`,
    `1 ${'k'.repeat(50_000)}`,
    '-'.repeat(50_000),
  ]) {
    expect(parseQuantity(text, 'Hz', 'Hz')).toHaveProperty('ok');
  }
});

test('conversions are inverse, and equal units give the same bits', () => {
  for (const unit of ['Pa', 'atm', 'degC', 'mm', 'mL', 'kHz', 'min', 'kW', 'm3_per_h', 'deg', 'percent']) {
    expect(fromSI(toSI(12.345, unit), unit)).toBeCloseTo(12.345, 10);
    expect(convert(0.1, unit, unit)).toBe(0.1);
    expect(unitSymbol(unit).length).toBeGreaterThan(0);
    expect(alternatives(unit)).toContain(unit);
  }
  expect(() => toSI(1, 'furlong')).toThrow('furlong');
});
