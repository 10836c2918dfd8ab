import { expect, test } from 'vitest';
import type { Status } from '../../worker/protocol.ts';
import { groupsOf, holdNote, NONE, type Readings } from './figures.ts';

const nothing: Readings = {
  interval: null,
  work: null,
  device: null,
  longestTask: null,
  tasksTold: false,
  status: null,
  traffic: { messages: null, messageBytes: null, frames: null, frameBytes: null },
  heap: null,
};
const status = {
  running: true,
  fidelity: 'waveform',
  realTimeFactor: 0.3141,
  timeStep_s: 25e-6,
  nsPerChamberStep: 54.32,
  engine: { kernel: 'simd', threads: 2, memoryBytes: 1_640_000 },
} as Status;
const everything: Readings = {
  interval: { median: 83.26, p95: 101.4 },
  work: { median: 1.234, p95: 3.4 },
  device: { median: 14.9, p95: 33.3 },
  longestTask: 71.4,
  tasksTold: true,
  status,
  traffic: { messages: 14.49, messageBytes: 255_712, frames: 13.3, frameBytes: 1_060_000 },
  heap: 42_049_000,
};

const rows = (readings: Readings) =>
  Object.fromEntries(
    groupsOf(readings).flatMap(({ title, rows }) => rows.map((row) => [`${title}/${row.label}`, row])),
  );

test('what cannot be measured is a dash with a reason', () => {
  for (const row of Object.values(rows(nothing))) {
    expect(row.values).toEqual([NONE]);
    expect(row.note.length).toBeGreaterThan(20);
  }
});

test('measured figures have a fixed number of digits', () => {
  const found = rows(everything);
  expect(found['Page/Picture every']?.values).toEqual(['83.3', '101']);
  expect(found['Page/Main thread']?.values).toEqual(['1.2', '3.4']);
  expect(found['Page/Longest task']?.values).toEqual(['71']);
  expect(found['Engine/Real time']?.values).toEqual(['0.314']);
  expect(found['Engine/Chamber and step']?.values).toEqual(['54.3']);
  expect(found['Engine/Steps']?.values).toEqual(['12\u202f564']);
  expect(found['Engine/Kernel']?.values).toEqual(['SIMD, 2 threads']);
  expect(found['Each second/Messages']?.values).toEqual(['14.5', '255.7']);
  expect(found['Each second/Frames']?.values).toEqual(['13.3', '1060']);
  expect(found['Memory/Page']?.values).toEqual(['42.0']);
  expect(found['Memory/Kernel']?.values).toEqual(['1.6']);
});

test('a paused farm has no speed', () => {
  const found = rows({ ...everything, status: { ...status, running: false } });
  expect(found['Engine/Real time']).toMatchObject({ values: [NONE], note: 'The farm is paused.' });
  expect(found['Engine/Kernel']?.values).toEqual(['SIMD, 2 threads']);
});

test('what holds the pictures back is said', () => {
  expect(holdNote(false, 0, 1, false)).toBeNull();
  expect(holdNote(true, 66, 1, false)).toContain('15 pictures a second:');
  expect(holdNote(true, 250, 0.5, false)).toContain('4.0 pictures a second at 50\u202f% resolution');
  expect(holdNote(true, 250, 0.5, true)).toContain('as fast as it can');
});
