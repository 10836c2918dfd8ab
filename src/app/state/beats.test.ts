import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Beats } from './beats.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('stopped, everything is shown at once', () => {
  const beats = new Beats();
  const seen: string[] = [];
  beats.show({}, () => seen.push('now'));
  expect(seen).toEqual(['now']);
});

test('beating, updates wait for the beat, of each owner the newest, and listeners are called after them', () => {
  const beats = new Beats();
  const seen: string[] = [];
  const [a, b] = [{}, {}];
  beats.each(() => seen.push('picture'));
  beats.start();
  beats.show(a, () => seen.push('a1'));
  beats.show(b, () => seen.push('b1'));
  beats.show(a, () => seen.push('a2'));
  vi.advanceTimersByTime(99);
  expect(seen).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(seen).toEqual(['a2', 'b1', 'picture']);
  vi.advanceTimersByTime(100);
  expect(seen).toEqual(['a2', 'b1', 'picture', 'picture']);
});

test('an update that an owner no longer wants is not shown; what waits when the beats stop is', () => {
  const beats = new Beats();
  const seen: string[] = [];
  const [gone, kept] = [{}, {}];
  const end = beats.each(() => seen.push('picture'));
  beats.start();
  beats.show(gone, () => seen.push('gone'));
  beats.show(kept, () => seen.push('kept'));
  beats.forget(gone);
  beats.stop();
  expect(seen).toEqual(['kept']);
  vi.advanceTimersByTime(1000);
  expect(seen).toEqual(['kept']);
  end();
  beats.start();
  vi.advanceTimersByTime(500);
  expect(seen).toEqual(['kept']);
});

test('the time between beats is asked anew for each', () => {
  const beats = new Beats();
  let interval = 50;
  let count = 0;
  beats.intervalMs = () => interval;
  beats.each(() => count++);
  beats.start();
  vi.advanceTimersByTime(100);
  expect(count).toBe(2);
  interval = 200;
  vi.advanceTimersByTime(50);
  expect(count).toBe(3);
  vi.advanceTimersByTime(199);
  expect(count).toBe(3);
  vi.advanceTimersByTime(1);
  expect(count).toBe(4);
});

test('what is dear comes one a beat, in turn', () => {
  const beats = new Beats();
  const seen: string[] = [];
  const [a, b, c] = [{}, {}, {}];
  beats.start();
  beats.showInTurn(a, () => seen.push('a'));
  beats.showInTurn(b, () => seen.push('b1'));
  beats.showInTurn(c, () => seen.push('c'));
  beats.showInTurn(b, () => seen.push('b2'));
  beats.show({}, () => seen.push('all'));
  vi.advanceTimersByTime(100);
  expect(seen).toEqual(['all', 'a']);
  vi.advanceTimersByTime(100);
  expect(seen).toEqual(['all', 'a', 'b2']);
  beats.stop();
  expect(seen).toEqual(['all', 'a', 'b2', 'c']);
  beats.showInTurn(a, () => seen.push('at once'));
  expect(seen.at(-1)).toBe('at once');
});
