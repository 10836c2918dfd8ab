import { describe, expect, it } from 'vitest';
import { ATM } from '../../constants.ts';
import { ALARM_DEFINITIONS, ALARM_KINDS, alarmDefinition, PRIORITIES } from './alarm-definitions.ts';
import { AlarmTable } from './alarm-table.ts';

/** What is alarmed of the seed's farm (plant/plant-topology.ts): of its sensors those that vote, the others by chamber. */
const SEED = {
  chamber: 1000,
  duct: 5130,
  valve: 2000,
  pump: 500,
  fan: 200,
  header: 2,
  sensor: 6_000,
};

describe('the kinds of alarm', () => {
  it('hold the seed’s limits', () => {
    const d = ALARM_DEFINITIONS;
    expect(d['chamber-pressure-high'].limit / ATM).toBe(12);
    expect(d['chamber-pressure-trip'].limit / ATM).toBe(15);
    expect(d['chamber-pressure-low'].limit / ATM).toBeCloseTo(0.05, 15);
    expect(d['chamber-temperature-raised'].limit).toBe(400);
    expect(d['chamber-temperature-high'].limit).toBe(450);
    expect(d['chamber-temperature-trip'].limit).toBe(500);
    expect(d['room-oxygen-low'].limit).toBe(0.195);
    // A wall is as hot as its gas may be.
    expect(d['wall-temperature-raised'].limit).toBe(400);
    expect(d['wall-temperature-high'].limit).toBe(450);
    expect(d['wall-temperature-rating'].limit).toBe(500);
  });

  // Somewhat above the 5 and 15 % that EEMUA 191 recommends: every chamber has three trips of its own.
  it('of the seed’s farm: critical at most 8 %, high at most 16 %', () => {
    const table = new AlarmTable(SEED);
    expect(table.share('critical')).toBeLessThanOrEqual(0.08);
    expect(table.share('high')).toBeLessThanOrEqual(0.16);
    expect(PRIORITIES.reduce((sum, p) => sum + table.share(p), 0)).toBeCloseTo(1, 12);
  });

  it.each(ALARM_KINDS)('%s can be understood, acted on, and does not chatter', (kind) => {
    const row = alarmDefinition(kind);
    expect(row.consequence).toMatch(/^[A-Z].{10,}\.$/);
    expect(row.action).toMatch(/^[A-Z].{8,}\.$/);
    expect(row.deadband >= 0 && row.onDelay_s >= 0 && row.offDelay_s >= 0).toBe(true);
    if (row.direction !== 'state') expect(row.deadband).toBeGreaterThan(0);
    if (row.priority === 'critical') expect(row).toMatchObject({ latching: true, longestShelving_s: 0, onDelay_s: 0 });
  });

  it('alerts come before their trips', () => {
    const d = ALARM_DEFINITIONS;
    expect(d['chamber-pressure-high'].limit).toBeLessThan(d['chamber-pressure-trip'].limit - ATM);
    expect(d['chamber-temperature-high'].limit).toBeLessThan(d['chamber-temperature-trip'].limit - 10);
  });
});

describe('the table of instances', () => {
  const table = new AlarmTable({ chamber: 3, duct: 2, valve: 4, pump: 1, fan: 0, header: 2, sensor: 5 });

  it('numbers every kind at every place once', () => {
    const seen = new Set<string>();
    for (let i = 0; i < table.count; i++) {
      const kind = table.kind(i);
      const { index, target } = table.place(i);
      expect(table.instance(kind, index)).toBe(i);
      expect(target).toBe(ALARM_DEFINITIONS[kind].target);
      seen.add(`${kind}@${index}`);
    }
    expect(seen.size).toBe(table.count);
  });

  it('knows no place the farm lacks', () => {
    expect(() => table.instance('fan-failed', 0)).toThrow(RangeError);
    expect(() => table.instance('pump-tripped', 1)).toThrow(RangeError);
    expect(() => table.instance('room-oxygen-low', -1)).toThrow(RangeError);
    expect(table.instance('room-oxygen-low', 0)).toBeGreaterThan(0);
  });
});
