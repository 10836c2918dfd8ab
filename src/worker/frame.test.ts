import { expect, test } from 'vitest';
import { SharedFrameReader, SharedFrameWriter } from './frame.ts';

test('the reader gets each newest frame once, with its field, layout and values', () => {
  const writer = new SharedFrameWriter(8);
  const reader = new SharedFrameReader({ type: 'sharedFrames', buffer: writer.buffer, capacity: writer.capacity });
  expect(reader.read()).toBeNull();
  writer.write('amplitude_Pa', 3, 4, (target) => target.set([1, 2, 3, 4]));
  const frame = reader.read();
  expect(frame?.field).toBe('amplitude_Pa');
  expect(frame?.layoutVersion).toBe(3);
  expect([...(frame?.data ?? [])]).toEqual([1, 2, 3, 4]);
  expect(reader.read()).toBeNull();
  for (let k = 0; k < 10; k++) writer.write('strobe', 3, 4, (target) => target.fill(k));
  const newest = reader.read();
  expect(newest?.data.length).toBe(8);
  expect(newest?.data[7]).toBe(9);
});

test('a slot being written is not read', () => {
  const writer = new SharedFrameWriter(2);
  const reader = new SharedFrameReader({ type: 'sharedFrames', buffer: writer.buffer, capacity: writer.capacity });
  writer.write('pressure_Pa', 1, 2, (target) => target.fill(1));
  let during: unknown = 'not asked';
  writer.write('pressure_Pa', 1, 2, (target) => {
    target[0] = 2;
    during = reader.read()?.data[0];
    target[1] = 2;
  });
  expect(during).toBe(1);
  expect([...(reader.read()?.data ?? [])]).toEqual([2, 2]);
});
