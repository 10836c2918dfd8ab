import { expect, test } from 'vitest';
import { payloadBytes, TrafficMeter } from './traffic-meter.ts';

test('the payload of a message: numbers, texts and arrays, however deep', () => {
  expect(payloadBytes({ type: 'ab', data: new Float32Array(10), more: [1, { x: 2, on: true, none: null }] })).toBe(
    2 + 40 + 8 + 8 + 1,
  );
});

test('rates per second while watched; nothing is looked at otherwise', () => {
  const meter = new TrafficMeter();
  const never = {
    get looked(): number {
      throw new Error('a message was looked at');
    },
  };
  meter.message(0, never);
  expect(meter.read(0).messages).toBeNull();
  meter.watch(1000);
  for (let k = 0; k < 40; k++) {
    meter.message(1000 + 100 * k, { value: 1 });
    if (k % 2 === 0) meter.frame(1000 + 100 * k, 4000);
  }
  const { messages, messageBytes, frames, frameBytes } = meter.read(4999);
  expect(messages).toBeCloseTo(10, 0);
  expect(messageBytes).toBeCloseTo(80, -1);
  expect(frames).toBeCloseTo(5, 0);
  expect(frameBytes).toBeCloseTo(20_000, -3);
  meter.watch(null);
  expect(meter.read(5000).messages).toBeNull();
});
