import { expect, test } from 'vitest';
import { LagWatch, type Pace } from './lag-watch.ts';

const PACE: Pace = { running: true, fidelity: 'waveform', realTimeFactor: 0.8, timeScale: 1, layoutVersion: 1 };

function reports(watch: LagWatch, count: number, change: Partial<Pace> = {}): boolean {
  for (let k = 0; k < count; k++) watch.follow({ ...PACE, ...change });
  return watch.lags;
}

test('a lasting lag counts, a moment of it does not', () => {
  const watch = new LagWatch();
  expect(reports(watch, 5)).toBe(false);
  expect(reports(watch, 1, { realTimeFactor: 1 })).toBe(false);
  expect(reports(watch, 11)).toBe(false);
  expect(reports(watch, 1)).toBe(true);
});

test('it stays while the engine keeps up thanks to it, and ends with another pace, farm or a pause', () => {
  for (const change of [{ timeScale: 0.1 }, { layoutVersion: 2 }, { running: false }]) {
    const watch = new LagWatch();
    reports(watch, 20);
    expect(reports(watch, 50, { realTimeFactor: 1 })).toBe(true);
    expect(reports(watch, 1, { realTimeFactor: 1, ...change })).toBe(false);
  }
});

test('slow motion that is kept up with never lags, nor does an engine not measured yet', () => {
  expect(reports(new LagWatch(), 50, { timeScale: 1e-3, realTimeFactor: 1e-3 })).toBe(false);
  expect(reports(new LagWatch(), 50, { realTimeFactor: 0 })).toBe(false);
});
