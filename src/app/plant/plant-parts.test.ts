// The plant panel without its picture: fault commands, counts in words, the order of the alarm list, the ladder, the dock.

import { describe, expect, it } from 'vitest';
import { FAULT_KIND_NAMES, faultKind } from '../../engine/faults/fault-kinds.ts';
import { parseFault } from '../../engine/faults/parse.ts';
import type { AlarmRow } from '../../engine/monitoring/alarms/alarm-list.ts';
import { ALARM_STATES } from '../../engine/monitoring/alarms/alarm-states.ts';
import { SensorNumbers } from '../../engine/pressure-control/plant/sensor-numbers.ts';
import { SEED_LIMITS } from '../../engine/pressure-control/safety/ladder.ts';
import { standardPanels } from '../state/panels.ts';
import { FIRST_VIEW, queryOf, rowAfterKey, STATE_WORDS, sortedBy, unfolded, VIEWS } from './alarms/alarm-rows.ts';
import { faultCommand, faultGroups, placeHint, placesHint, placesOf, rangesText } from './faults/fault-command.ts';
import { operatorFrom } from './operator.ts';
import { givesWay } from './plant-dock.ts';
import { countsText, floodText, standingCount, worstPriority } from './priorities.tsx';
import { ladderRows, rungCounts } from './safety/ladder-rows.ts';

const targets = { chamber: 1000, duct: 5130, valve: 2000, pump: 8, fan: 8, header: 2, sensor: 6000 };

describe('fault commands', () => {
  it('are what the form says', () => {
    const form = { kind: 'leak', magnitudes: [2e-3], targets: '3, 7,9-12', start_s: 0, duration_s: null } as const;
    expect(faultCommand(form)).toBe('leak=0.002@3,7,9-12:0');
    expect(faultCommand({ ...form, start_s: 0.1, duration_s: 2 })).toBe('leak=0.002@3,7,9-12:0.1:2.1');
    expect(
      faultCommand({ kind: 'network-loss', magnitudes: [], targets: 'ignored', start_s: 5, duration_s: null }),
    ).toBe('network-loss@farm:5');
  });
  it('are read back as they were meant, for every kind and its extremes', () => {
    for (const kind of FAULT_KIND_NAMES) {
      const rows = faultKind(kind).magnitudes;
      for (const which of ['min', 'max', 'default'] as const) {
        const magnitudes = rows.map((row) => row[which]);
        const text = faultCommand({ kind, magnitudes, targets: '0', start_s: 0.25, duration_s: 1 });
        const parsed = parseFault(text, targets);
        expect(parsed.ok && parsed.fault.magnitudes, text).toEqual(magnitudes);
        expect(parsed.ok && [parsed.fault.start_s, parsed.fault.end_s], text).toEqual([0.25, 1.25]);
      }
    }
  });
  it('group every kind once', () => {
    expect(
      faultGroups()
        .flatMap(({ kinds }) => kinds)
        .sort(),
    ).toEqual([...FAULT_KIND_NAMES].sort());
  });
});

describe('places', () => {
  const edges = [0, 1, 1, 2, 2, 3];
  it('belong to the selected chambers', () => {
    expect(placesOf('chamber', [7, 3, 7], edges)).toEqual([3, 7]);
    expect(placesOf('valve', [12, 3], edges)).toEqual([6, 24]);
    expect(placesOf('sensor', [2], edges)).toEqual([12]);
    expect(placesOf('duct', [1], edges)).toEqual([0, 1]);
    expect(placesOf('pump', [1], edges)).toEqual([]);
  });
  it('of sensors that do not vote are named by their tags', () => {
    const sensors = SensorNumbers.of(20, { temperature: 10, pressure: 5, composition: 1, oscillation: 100, flow: 2 });
    const [wall = 0] = sensors.named('TT-12-4') ?? [];
    expect(placeHint('sensor', wall, edges, sensors)).toBe('TT-0012-4, temperature on the wall of chamber 12');
    expect(placesHint('sensor', [13, wall], edges, sensors)).toBe('2 sensors: PT-0002-2, TT-0012-4');
  });
  it('are named', () => {
    expect(placeHint('valve', 25, edges)).toBe('return valve of chamber 12');
    expect(placeHint('sensor', 6 * 12 + 4, edges)).toBe('temperature sensor B of chamber 12');
    expect(placeHint('duct', 1, edges)).toBe('duct between chambers 1 and 2');
    expect(placesHint('chamber', [1, 2, 3], edges)).toBe('3 chambers');
    expect(placesHint('valve', [0, 1, 2], edges)).toBe(
      '3 valves: supply valve of chamber 0, return valve of chamber 0 …',
    );
    expect(rangesText([3, 7, 9, 10, 11, 12])).toBe('3,7,9-12');
  });
});

describe('counts', () => {
  const none = { standing: 0, unacknowledged: 0 };
  const counts = {
    critical: none,
    high: { standing: 2, unacknowledged: 1 },
    medium: none,
    low: { standing: 3, unacknowledged: 0 },
  };
  it('are told in words', () => {
    expect(countsText(counts)).toBe('2 high, 1 not acknowledged; 3 low');
    expect(countsText({ critical: none, high: none, medium: none, low: none })).toBe('no alarms');
    expect(floodText(12)).toBe('Alarm flood: 12 in 10 min');
  });
  it('are led by the most urgent', () => {
    expect(worstPriority(counts)).toBe('high');
    expect(standingCount(counts)).toBe(5);
  });
});

const row = (alarm: number, cause?: number): AlarmRow =>
  ({ alarm, cause, state: 'unacknowledged', priority: 'high' }) as unknown as AlarmRow;

describe('the alarm list', () => {
  it('has a word for every state, and every state but normal in a view', () => {
    expect(Object.keys(STATE_WORDS)).toEqual([...ALARM_STATES]);
    expect(VIEWS.all.states.length).toBe(ALARM_STATES.length - 1);
  });
  it('turns its order round on the second click', () => {
    const byTime = sortedBy(FIRST_VIEW, 'time');
    expect(queryOf(byTime)).toMatchObject({ sort: 'time', descending: true });
    expect(sortedBy(byTime, 'time').descending).toBe(false);
    expect(sortedBy(byTime, 'place')).toMatchObject({ sort: 'place', descending: false });
  });
  it('shows consequences under their unfolded cause only', () => {
    const shape = (open: number[]) =>
      unfolded([row(1), row(2)], [row(5, 1), row(6, 9), row(7, 2)], new Set(open)).map((s) => [s.row.alarm, s.level]);
    expect(shape([])).toEqual([
      [1, 1],
      [2, 1],
    ]);
    expect(shape([1])).toEqual([
      [1, 1],
      [5, 2],
      [2, 1],
    ]);
  });
  it('does not show a consequence twice', () => {
    const rows = [row(1), row(5, 1)];
    expect(unfolded(rows, rows, new Set([1])).map((s) => s.row.alarm)).toEqual([1, 5]);
    expect(unfolded(rows, rows, new Set()).map((s) => s.row.alarm)).toEqual([1, 5]);
  });
  it('is walked by keys', () => {
    const shown = unfolded([row(1), row(2), row(3)], [], new Set());
    expect(rowAfterKey(shown, null, 'ArrowDown')).toBe(1);
    expect(rowAfterKey(shown, 1, 'ArrowDown')).toBe(2);
    expect(rowAfterKey(shown, 1, 'ArrowUp')).toBe(1);
    expect(rowAfterKey(shown, 1, 'End')).toBe(3);
    expect(rowAfterKey(shown, 2, 'x')).toBe(2);
    expect(rowAfterKey([], 2, 'Home')).toBe(2);
  });
});

describe('the ladder', () => {
  it('stands in atm and K, the most urgent first', () => {
    const rows = ladderRows(SEED_LIMITS);
    expect(rows.map((r) => r.rung)).toEqual(['unknown', 'beyond-rating', 'trip', 'alert', 'caution', 'operation']);
    expect(rows[2]).toMatchObject({ pressure: '≥ 15 or ≤ 0.05', temperature: '≥ 500' });
    expect(rows[5]).toMatchObject({ pressure: '0.1 to 10', temperature: '200 to 400' });
  });
  it('counts chambers; what is no rung is not known', () => {
    expect(rungCounts(new Float32Array([0, 0, 2, 5, Number.NaN, 9]))).toEqual([2, 0, 1, 0, 0, 3]);
  });
});

describe('the dock', () => {
  it('holds one panel where there is no room for both', () => {
    const both = standardPanels();
    const plantToo = { ...both, plant: { ...both.plant, open: true } };
    const plantOnly = { ...plantToo, charts: { ...both.charts, open: false } };
    expect(givesWay(plantToo, both, false)).toBe('charts');
    expect(givesWay(plantToo, plantOnly, false)).toBe('plant');
    expect(givesWay(plantToo, both, true)).toBeNull();
    expect(givesWay(both, plantToo, false)).toBeNull();
  });
  it('is kept by an operator with a name, whatever the browser kept', () => {
    expect(operatorFrom('  Ada ')).toBe('Ada');
    for (const kept of [null, 7, {}, []]) expect(operatorFrom(kept)).toBe('');
  });
});
