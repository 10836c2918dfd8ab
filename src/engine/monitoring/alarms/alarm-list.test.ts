import { describe, expect, it } from 'vitest';
import { ATM } from '../../constants.ts';
import { alarmJournal, alarmsCsv, alarmsJson, journalCsv, journalJson, queryAlarms } from './alarm-list.ts';
import { AlarmSystem } from './alarm-system.ts';

const NONE = () => [];

function farm(capacity?: number) {
  const journal = alarmJournal(capacity);
  const alarms = new AlarmSystem({
    targets: { chamber: 5, duct: 4, valve: 10, pump: 2, fan: 1, header: 2, sensor: 15 },
    topology: { neighbours: NONE, ductsOf: NONE, valvesOf: NONE, sensorsOf: NONE },
    onEvent: (event) => journal.push(event),
    onFlood: () => {},
  });
  alarms.observeState(alarms.table.instance('pump-tripped', 1), true, 1);
  alarms.step(1);
  for (const t of [2, 3]) {
    alarms.observe(alarms.first('header-pressure-low'), 0.5, t);
    alarms.step(t);
  }
  alarms.observe(alarms.first('chamber-pressure-trip') + 4, 16 * ATM, 5);
  alarms.observe(alarms.first('chamber-pressure-trip') + 2, 16 * ATM, 5);
  alarms.observeState(alarms.table.instance('relief-open', 0), true, 5);
  alarms.step(5);
  const valve = alarms.first('valve-slow');
  alarms.command({ kind: 'take-out-of-service', alarm: valve, who: '=Ada', why: 'being "replaced", today' }, 6);
  return { alarms, journal };
}

const labels = (...args: Parameters<typeof queryAlarms>): string[] =>
  queryAlarms(...args).rows.map((row) => `${row.kind}@${row.index}`);

describe('the alarm list', () => {
  const { alarms } = farm();

  it('shows what is not normal, the most urgent first, the latest of equals first', () => {
    expect(labels(alarms)).toEqual([
      'chamber-pressure-trip@2',
      'chamber-pressure-trip@4',
      'relief-open@0',
      'header-pressure-low@0',
      'pump-tripped@1',
      'valve-slow@0',
    ]);
  });

  it.each([
    [{ states: ['out-of-service'] as const }, ['valve-slow@0']],
    [{ states: ['suppressed-by-design'] as const }, ['header-pressure-low@0']],
    [
      { priorities: ['critical', 'low'] as const },
      ['chamber-pressure-trip@2', 'chamber-pressure-trip@4', 'valve-slow@0'],
    ],
    [{ target: 'chamber' as const, index: 4 }, ['chamber-pressure-trip@4']],
    [{ text: 'PUMP 1' }, ['header-pressure-low@0', 'pump-tripped@1']],
    [{ text: 'nothing like it' }, []],
    [{ sort: 'time' as const, limit: 2 }, ['pump-tripped@1', 'header-pressure-low@0']],
    [{ sort: 'time' as const, descending: true, limit: 1 }, ['valve-slow@0']],
    [
      { sort: 'place' as const, target: 'chamber' as const },
      ['relief-open@0', 'chamber-pressure-trip@2', 'chamber-pressure-trip@4'],
    ],
    [{ sort: 'label' as const, offset: 2, limit: 2 }, ['header-pressure-low@0', 'pump-tripped@1']],
    [{ sort: 'state' as const, descending: true, limit: 2 }, ['valve-slow@0', 'header-pressure-low@0']],
  ])('with %o', (query, expected) => {
    expect(labels(alarms, query)).toEqual(expected);
  });

  it('tells how many there are beyond the page', () => {
    expect(queryAlarms(alarms, { limit: 1 })).toMatchObject({ total: 6, rows: [{}] });
    expect(queryAlarms(alarms, { states: ['normal'] }).total).toBe(alarms.table.count - 6);
  });

  it('lists consequences under their cause', () => {
    const [header, pump] = queryAlarms(alarms, { text: 'pump 1' }).rows;
    expect(header.cause).toBe(pump.alarm);
    expect(header.hidden).toBe('suppressed-by-design by group logic: follows from Pump tripped (pump 1)');
    expect(pump.consequences).toBe(1);
  });

  it('leaves as CSV in which nothing runs, and as JSON', () => {
    const { rows } = queryAlarms(alarms, { states: ['out-of-service'] });
    const csv = alarmsCsv(rows).split('\r\n');
    expect(csv.length).toBe(3);
    expect(csv[0].split(',').length).toBe(15);
    expect(csv[1]).toContain('"out-of-service by =Ada: being ""replaced"", today"');
    expect(JSON.parse(alarmsJson(rows)).alarms).toEqual(JSON.parse(JSON.stringify(rows)));
  });
});

describe('the journal', () => {
  it('has every event with its names', () => {
    const { alarms, journal } = farm();
    const lines = journalCsv(alarms.table, journal).trimEnd().split('\r\n');
    expect(lines.length).toBe(1 + journal.length);
    expect(lines[1]).toContain('Pump tripped,pump 1,normal,unacknowledged,true,process,condition in');
    expect(lines.at(-1)).toContain(`'=Ada`);
    expect(JSON.parse(journalJson(alarms.table, journal)).events[0]).toMatchObject({
      kind: 'pump-tripped',
      place: 'pump 1',
    });
  });

  it('when full drops the oldest and says how many', () => {
    const { alarms, journal } = farm(3);
    expect(journal.length).toBe(3);
    expect(journal.dropped).toBe(4);
    expect(journalCsv(alarms.table, journal)).toContain('4 earlier entries were dropped: the log was full');
    expect(JSON.parse(journalJson(alarms.table, journal)).dropped).toBe(4);
  });
});
