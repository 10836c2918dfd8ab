import { expect, test } from 'vitest';
import { noCycles } from './fidelity.ts';

const averaged = { fidelity: 'averaged', fastForward: null, running: true } as const;

test('cycles are there while every cycle is resolved', () => {
  expect(noCycles({ ...averaged, fidelity: 'waveform' }, 'auto')).toBeNull();
  expect(noCycles(null, 'auto')).toBeNull();
});

test('averaged: says what would show cycles, and offers it where it helps', () => {
  expect(noCycles(averaged, 'auto')).toMatchObject({
    choosable: true,
    message: expect.stringContaining('slow motion'),
  });
  expect(noCycles(averaged, 'averaged')).toMatchObject({
    choosable: true,
    message: expect.stringContaining('Waveform'),
  });
  expect(noCycles({ ...averaged, running: false }, 'auto')?.message).toContain('as soon as the farm runs');
  const forward = { progress: 0.2, imbalance: 0.1, target: 1e-3, elapsed_s: 60 };
  expect(noCycles({ ...averaged, fastForward: forward }, 'auto')).toMatchObject({ choosable: false });
});
