import { expect, test } from 'vitest';
import { RateMeter } from './rate-meter.ts';

test('the first figure comes after a fifth of a second, the next each second', () => {
  const meter = new RateMeter();
  meter.start(1000, 5);
  meter.count(1100, 5.05, 80, 4000);
  expect(meter.realTime).toBe(0);
  meter.count(1200, 5.1, 80, 4000);
  expect(meter.realTime).toBeCloseTo(0.5, 12);
  expect(meter.nsPerChamberStep).toBeCloseTo((160 / 8000) * 1e6, 9);
  meter.count(2100, 6.9, 900, 1000);
  expect(meter.realTime).toBeCloseTo(0.5, 12);
  meter.count(2200, 7.1, 100, 1000);
  expect(meter.realTime).toBeCloseTo(2, 12);
  expect(meter.nsPerChamberStep).toBeCloseTo((1000 / 2000) * 1e6, 9);
});

test('without steps the cost of one stays what it was', () => {
  const meter = new RateMeter();
  meter.start(0, 0);
  meter.count(500, 0.1, 10, 1000);
  meter.count(1500, 0.1, 0, 0);
  expect(meter.realTime).toBe(0);
  expect(meter.nsPerChamberStep).toBe(1e4);
});
