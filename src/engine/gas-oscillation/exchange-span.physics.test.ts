// Gas that crosses ducts changes chamber every few half cycles: what mixes is what would mix if it changed in every step.

import { expect, test } from 'vitest';
import type { Farm } from '../farm.ts';
import { farmWith } from '../testing.ts';
import { CLOCK } from './state.ts';

const END_S = 0.6;
/** Chambers of the lower layer are hot, and the drive is strong enough for gas to cross both ways. */
const farm = (): Farm =>
  farmWith({
    'layout.size': [2, 2, 2],
    'simulation.fidelity': 'waveform',
    'duct.length_m': 0.004,
    'drive.stroke_m3': 2e-5,
    'initial.temperature_K': [340, 340, 340, 340, 300, 300, 300, 300],
    'cooling.room_model': 'uniform',
  });

function runTo(one: Farm, everyStep: boolean): number {
  let longest = 0;
  while (one.time_s < END_S) {
    if (everyStep) one.state.clock[CLOCK.nextExchange] = 0;
    one.step(1);
    longest = Math.max(longest, one.state.clock[CLOCK.exchangeSpan] as number);
  }
  return longest;
}

test('exchange every five half cycles against exchange in every step: the same gas, heat and wave', () => {
  const [planned, each] = [farm(), farm()];
  expect(runTo(planned, false)).toBe(5);
  runTo(each, true);
  const [a, b] = [planned.detector.readings, each.detector.readings];
  expect(planned.state.totals[12]).toBeGreaterThan(1e-3);
  expect(Math.abs((planned.state.totals[12] as number) / (each.state.totals[12] as number) - 1)).toBeLessThan(0.02);
  for (let i = 0; i < 8; i++) {
    // Half a per cent of what they differed by at first.
    expect(Math.abs((a.temperature[i] as number) - (b.temperature[i] as number))).toBeLessThan(0.2);
    expect(Math.abs((planned.state.amount[i] as number) / (each.state.amount[i] as number) - 1)).toBeLessThan(5e-3);
    const [p, q] = [a, b].map((r) => Math.hypot(r.cosine[i] as number, r.sine[i] as number)) as [number, number];
    expect(Math.abs(p / q - 1)).toBeLessThan(0.01);
  }
  for (const one of [planned, each]) expect(Math.abs(one.balance().energy)).toBeLessThan(1e-12);
});
