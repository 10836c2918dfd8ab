import { expect, test } from 'vitest';
import { DrawPace, RESOLUTIONS } from './draw-pace.ts';

/** Pictures of one cost for so long, as far apart as the pace wants. */
function draw(pace: DrawPace, fromMs: number, forMs: number, cost: (resolution: number) => number): number {
  let now = fromMs;
  while (now < fromMs + forMs) {
    pace.finished(now, cost(pace.resolution));
    now += pace.intervalMs(false);
  }
  return now;
}

test('a graphics card draws as the screen asks, in full resolution, whatever a picture costs', () => {
  const pace = new DrawPace(false);
  for (let k = 0; k < 100; k++) pace.finished(100 * k, 80);
  expect(pace.intervalMs(false)).toBe(0);
  expect(pace.resolution).toBe(1);
});

test('where the processor draws, the device is busy for a fifth of the time, between ten and fifteen pictures a second', () => {
  const pace = new DrawPace(true);
  draw(pace, 0, 5000, () => 16);
  expect(16 / pace.intervalMs(false)).toBeCloseTo(0.2, 6);
  draw(pace, 5000, 5000, () => 5);
  expect(1000 / pace.intervalMs(false)).toBeCloseTo(15, 0);
  expect(pace.resolution).toBe(1);
});

test('a person who moves the view gets pictures as fast as they can be drawn', () => {
  const pace = new DrawPace(true);
  draw(pace, 0, 5000, () => 60);
  expect(pace.intervalMs(true)).toBeLessThan(40);
});

test('while the engine lags there are five pictures a second at most, unless a person moves the view or a graphics card draws', () => {
  const pace = new DrawPace(true);
  draw(pace, 0, 5000, () => 16);
  expect(pace.intervalMs(false, true)).toBe(200);
  expect(pace.intervalMs(true, true)).toBeLessThan(40);
  // Dear ones come less often, but two a second at least.
  draw(pace, 5000, 5000, () => 90);
  expect(pace.intervalMs(false, true)).toBeCloseTo(300, 6);
  draw(pace, 10_000, 5000, () => 400);
  expect(pace.intervalMs(false, true)).toBe(500);
  expect(new DrawPace(false).intervalMs(false, true)).toBe(0);
});

test('pictures that wait for a core now and then do not slow the pace', () => {
  const pace = new DrawPace(true);
  for (let k = 0; k < 40; k++) pace.finished(100 * k, k % 3 === 0 ? 14 : 70);
  expect(pace.intervalMs(false)).toBeCloseTo(70, 6);
  expect(pace.resolution).toBe(1);
});

test('too many pixels cost resolution first, then pictures; both come back when drawing is cheap again', () => {
  const pace = new DrawPace(true);
  let now = draw(pace, 0, 30_000, (resolution) => 24 * resolution ** 2);
  expect(pace.resolution).toBe(0.75);
  expect(pace.intervalMs(false)).toBeLessThanOrEqual(100);
  now = draw(pace, now, 30_000, () => 150);
  expect(pace.resolution).toBe(RESOLUTIONS.at(-1));
  expect(pace.intervalMs(false)).toBe(200);
  draw(pace, now, 30_000, (resolution) => 12 * resolution ** 2);
  expect(pace.resolution).toBe(1);
  expect(pace.intervalMs(false)).toBe(66);
});

test('a cost at the edge does not make the resolution swing', () => {
  const pace = new DrawPace(true);
  const seen = new Set<number>();
  let now = draw(pace, 0, 20_000, (resolution) => 25 * resolution ** 2);
  for (let k = 0; k < 20; k++) {
    now = draw(pace, now, 1000, (resolution) => 25 * resolution ** 2);
    seen.add(pace.resolution);
  }
  expect(seen.size).toBe(1);
});
