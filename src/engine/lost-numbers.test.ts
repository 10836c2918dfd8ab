// Poison: a number that is none, anywhere in the state, holds the farm within one scan of the plant (goal D3).

import { describe, expect, test } from 'vitest';
import type { Farm } from './farm.ts';
import { stateArrays } from './gas-oscillation/state.ts';
import { lostNumber } from './lost-numbers.ts';
import { createRandom } from './numerics/random.ts';
import { FARM } from './pressure-control/safety/interlocks.ts';
import { SAFE_HOLD } from './pressure-control/safety/trip-table.ts';
import { farmWith } from './testing.ts';

const SMALL = { 'layout.size': [2, 2, 1], 'headers.enabled': true, 'pressure_control.cycling_enabled': false };
const MODES = [
  ['waveform', { ...SMALL, 'simulation.fidelity': 'waveform' }],
  ['averaged', { ...SMALL, 'simulation.fidelity': 'averaged' }],
] as const;
/** Whole scans of every mode. */
const scanned = (farm: Farm): number => farm.step(farm.mode === 'averaged' ? 1 : Math.ceil(0.021 / farm.stepLength_s));

/** Every number that the plant asks of the farm. */
const asked = ({ plant: { effects } }: Farm): number[] => [
  ...effects.chips,
  ...effects.drive,
  ...effects.ducts,
  effects.cooling,
  effects.frequency,
];

/** Arrays in which a lost number must be found; each by what it holds now, because the kernel moves them. */
const PARTS: readonly (readonly [string, (farm: Farm) => Float64Array[]])[] = [
  ['state', (farm) => stateArrays(farm.state)],
  ['room', (farm) => farm.room.arrays()],
  ['properties', (farm) => farm.network.properties.arrays()],
];

describe.each(MODES)('%s', (_, edits) => {
  test.each(PARTS)('whatever of the %s is lost: the farm stops within a scan, held, and says why', (name, arraysOf) => {
    const random = createRandom(20261123);
    const clean = farmWith(edits);
    scanned(clean);
    expect(lostNumber(clean.state, { all: PARTS.flatMap(([, of]) => of(clean)) })).toBeNull();
    const count = arraysOf(clean).length;
    let stopped = 0;
    for (let k = 0; k < count; k++) {
      const farm = farmWith(edits);
      scanned(farm);
      const array = arraysOf(farm)[k];
      if (array.length === 0) continue;
      const at = Math.floor(random.next() * array.length);
      array[at] = random.next() < 0.5 ? Number.NaN : Number.POSITIVE_INFINITY;
      scanned(farm);
      expect([name, k, at, asked(farm).every(Number.isFinite)]).toEqual([name, k, at, true]);
      if (farm.intact) {
        // Overwritten before anything read it: then nothing is lost.
        expect([name, k, at, lostNumber(farm.state, { all: PARTS.flatMap(([, of]) => of(farm)) })]).toEqual([
          name,
          k,
          at,
          null,
        ]);
        continue;
      }
      stopped++;
      expect(farm.plant.interlocks.latchedCauses(FARM)).toContain('invalid-input');
      expect(farm.plant.interlocks.actions.every((bits) => (bits & SAFE_HOLD) === SAFE_HOLD)).toBe(true);
      expect(farm.plant.effects.drive.every((share) => share === 0)).toBe(true);
      expect(farm.plant.log.entries().some(({ what }) => what === 'Everything is held')).toBe(true);
      expect(farm.step(1)).toBe(0);
    }
    expect(stopped).toBeGreaterThan(0.4 * count);
  });

  test('a lost time of the last scan holds, and the next scans go on', () => {
    const farm = farmWith(edits);
    scanned(farm);
    farm.plant.arrays()[0][3] = Number.NaN;
    scanned(farm);
    expect(farm.plant.interlocks.latchedCauses(FARM)).toEqual(['invalid-input']);
    expect(farm.plant.effects.drive.every((share) => share === 0)).toBe(true);
    scanned(farm);
    expect(farm.plant.resetInterlocks('Ada', 'clock looked at')).toEqual([]);
  });
});

test('a number is found wherever it is lost, and named', () => {
  const { state } = farmWith({ 'layout.size': [2, 2, 1] });
  state.wall[2] = Number.NaN;
  expect(lostNumber(state, {})).toBe('wall of chamber 2');
  state.wall[2] = 0;
  state.amounts[7] = Number.NEGATIVE_INFINITY;
  expect(lostNumber(state, {})).toBe('amounts, number 7');
  state.amounts[7] = 0;
  expect(lostNumber(state, { 'air of the room': [new Float64Array(3), Float64Array.of(1, Number.NaN)] })).toBe(
    'air of the room',
  );
  expect(lostNumber(state, { 'air of the room': [Float64Array.of(-1e300, 5e-324)] })).toBeNull();
});
