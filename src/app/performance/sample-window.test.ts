import { expect, test } from 'vitest';
import { SampleWindow } from './sample-window.ts';

test('median and 95th percentile of the last span, by nearest rank', () => {
  const window = new SampleWindow(1000);
  for (let k = 1; k <= 20; k++) window.add(k, k);
  expect(window.spread(20)).toEqual({ median: 10, p95: 19 });
  expect(window.spread(1010)).toEqual({ median: 15, p95: 20 });
  expect(window.spread(2000)).toBeNull();
});

test('sums per second wait for half a span, and forget what is older', () => {
  const window = new SampleWindow(1000);
  window.add(100, 40);
  expect(window.perSecond(400, 0)).toBeNull();
  expect(window.perSecond(500, 0)).toBe(80);
  window.add(1050, 10);
  expect(window.perSecond(1200, 0)).toBe(10);
  window.forget();
  expect(window.perSecond(1200, 0)).toBe(0);
});

test('it keeps the newest when there are too many', () => {
  const window = new SampleWindow(1e6, 4);
  for (let k = 0; k < 10; k++) window.add(k, k);
  expect([...window.recent(10)].sort()).toEqual([6, 7, 8, 9]);
});
