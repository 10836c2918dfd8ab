import { expect, test } from 'vitest';
import { METRIC_NAMES } from '../engine/metrics.ts';
import { TelemetryHistory } from './telemetry.ts';

const sample = (value: number) => new Float64Array(METRIC_NAMES.length).fill(value);

test('buckets keep the smallest and largest value, so that no peak is lost', () => {
  const history = new TelemetryHistory();
  for (let k = 0; k < 1000; k++) history.add(k * 0.01, sample(k === 637 ? 99 : Math.sin(k)));
  const { time, series, span } = history.query(['drivePower_W'], Number.NaN, Number.NaN, 50);
  expect(time.length).toBe(50);
  expect(span).toEqual([0, 9.99]);
  expect(Math.max(...(series.drivePower_W?.max ?? []))).toBe(99);
  expect(Math.min(...(series.drivePower_W?.min ?? []))).toBeLessThan(-0.99);
});

test('a window of time gives only its samples', () => {
  const history = new TelemetryHistory();
  for (let k = 0; k < 100; k++) history.add(k, sample(k));
  const { time, series } = history.query(['orderParameter'], 10, 19, 200);
  expect(time[0]).toBe(10);
  expect(time.at(-1)).toBe(19);
  expect(series.orderParameter?.max.at(-1)).toBe(19);
});

test('a full history merges its old half and forgets no extreme', () => {
  const history = new TelemetryHistory();
  for (let k = 0; k < 50_000; k++) history.add(k, sample(k === 11 ? -5 : k === 12_345 ? 1e6 : 1));
  const { series, span, time } = history.query(['orderParameter'], Number.NaN, Number.NaN, 100);
  expect(span[1]).toBe(49_999);
  expect(Math.max(...(series.orderParameter?.max ?? []))).toBe(1e6);
  expect(Math.min(...(series.orderParameter?.min ?? []))).toBe(-5);
  for (let b = 1; b < time.length; b++) expect(time[b]).toBeGreaterThan(time[b - 1] as number);
});

test('an empty history answers with nothing', () => {
  expect(new TelemetryHistory().query(['orderParameter'], Number.NaN, Number.NaN, 10).time.length).toBe(0);
});
