// The alarm list as people see it: which alarms, filtered and sorted, with all that is needed to act; and the journal of what
// happened. Both leave as CSV or JSON.

import { CappedLog, droppedText } from '../capped-log.ts';
import { csvText } from '../csv.ts';
import { ALARM_TABLE_ROWS, type AlarmKind, PRIORITIES, type Priority } from './alarm-definitions.ts';
import { ALARM_STATES, type AlarmEvent, type AlarmState } from './alarm-states.ts';
import type { AlarmSystem } from './alarm-system.ts';
import type { AlarmTable } from './alarm-table.ts';
import { placeText, type TargetKind } from './places.ts';

export interface AlarmRow {
  readonly alarm: number;
  readonly kind: AlarmKind;
  readonly label: string;
  readonly priority: Priority;
  readonly target: TargetKind;
  readonly index: number;
  /** "chamber 12", "chamber 12: PT-0012-4" */
  readonly place: string;
  readonly state: AlarmState;
  readonly condition: boolean;
  /** Simulated s at which the state was entered, and at which the condition last came (0: never). */
  readonly since_s: number;
  readonly onset_s: number;
  readonly occurrences: number;
  /** Alarm it is listed under. */
  readonly cause: number | undefined;
  /** How many are listed under it. */
  readonly consequences: number;
  /** Who hid it and why; '' if it is in view. */
  readonly hidden: string;
  readonly consequence: string;
  readonly action: string;
}

export interface AlarmQuery {
  /** All but normal if left out. */
  readonly states?: readonly AlarmState[];
  readonly priorities?: readonly Priority[];
  readonly target?: TargetKind;
  readonly index?: number;
  /** In label, kind, place, or why it is hidden; letters' case not counted. */
  readonly text?: string;
  /** Priority if left out; equals the latest first, then by number. */
  readonly sort?: 'priority' | 'time' | 'state' | 'place' | 'label';
  readonly descending?: boolean;
  readonly offset?: number;
  readonly limit?: number;
}

export interface AlarmPage {
  readonly rows: readonly AlarmRow[];
  /** Rows that fit, on all pages. */
  readonly total: number;
}

const UNFINISHED = ALARM_STATES.filter((state) => state !== 'normal');

/** A page of the alarms that fit a query. */
export function queryAlarms(system: AlarmSystem, query: AlarmQuery = {}): AlarmPage {
  const { states = UNFINISHED, priorities = PRIORITIES, target, index, offset = 0, limit = 100 } = query;
  const wanted = query.text?.toLowerCase() ?? '';
  const consequences = consequenceCounts(system);
  const rows: AlarmRow[] = [];
  for (let alarm = 0; alarm < system.table.count; alarm++) {
    const state = system.machine.state(alarm);
    if (!states.includes(state) || !priorities.includes(ALARM_TABLE_ROWS[system.table.kindOf[alarm]].priority))
      continue;
    const place = system.table.place(alarm);
    if ((target !== undefined && place.target !== target) || (index !== undefined && place.index !== index)) continue;
    const row = rowOf(system, alarm, state, consequences);
    if (wanted === '' || `${row.label}\n${row.kind}\n${row.place}\n${row.hidden}`.toLowerCase().includes(wanted))
      rows.push(row);
  }
  const order = ORDERS[query.sort ?? 'priority'];
  const turn = query.descending ? -1 : 1;
  rows.sort((a, b) => turn * order(a, b) || b.since_s - a.since_s || a.alarm - b.alarm);
  return { rows: rows.slice(offset, offset + limit), total: rows.length };
}

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const ORDERS: Readonly<Record<NonNullable<AlarmQuery['sort']>, (a: AlarmRow, b: AlarmRow) => number>> = {
  priority: (a, b) => PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority),
  time: (a, b) => a.since_s - b.since_s,
  state: (a, b) => ALARM_STATES.indexOf(a.state) - ALARM_STATES.indexOf(b.state),
  place: (a, b) => text(a.target, b.target) || a.index - b.index,
  label: (a, b) => text(a.label, b.label),
};

function consequenceCounts({ groups }: AlarmSystem): Map<number, number> {
  const counts = new Map<number, number>();
  for (const [, cause] of groups.snapshot().parents) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  return counts;
}

function rowOf(system: AlarmSystem, alarm: number, state: AlarmState, consequences: Map<number, number>): AlarmRow {
  const { machine, table, groups } = system;
  const { label, priority, consequence, action } = ALARM_TABLE_ROWS[table.kindOf[alarm]];
  const place = table.place(alarm);
  const notes = machine.hiding(alarm).map((note) => `${note.state} by ${note.who}: ${note.why}`);
  return {
    alarm,
    kind: table.kind(alarm),
    label,
    priority,
    target: place.target,
    index: place.index,
    place: placeWords(system, alarm),
    state,
    condition: machine.condition(alarm),
    since_s: machine.entered_s(alarm),
    onset_s: machine.onset_s(alarm),
    occurrences: machine.occurrenceCount(alarm),
    cause: groups.causeOf(alarm),
    consequences: consequences.get(alarm) ?? 0,
    hidden: notes.join('; '),
    consequence,
    action,
  };
}

/** Where an alarm is, with what it is about where several things are in one place: "chamber 12: PT-0012-4". */
export function placeWords(system: AlarmSystem, alarm: number): string {
  const detail = system.detail(alarm);
  return `${placeText(system.table.place(alarm))}${detail === '' ? '' : `: ${detail}`}`;
}

const COLUMNS = [
  'alarm',
  'kind',
  'label',
  'priority',
  'place',
  'state',
  'condition',
  'since_s',
  'onset_s',
  'occurrences',
  'cause',
  'consequences',
  'hidden',
  'consequence',
  'action',
] as const satisfies readonly (keyof AlarmRow)[];

export const alarmsCsv = (rows: readonly AlarmRow[]): string =>
  csvText(
    COLUMNS,
    rows.map((row) => COLUMNS.map((column) => row[column] ?? '')),
  );

export const alarmsJson = (rows: readonly AlarmRow[]): string => JSON.stringify({ alarms: rows }, null, 2);

/** The journal of all alarm events: a log with a cap. */
export const alarmJournal = (capacity = 100_000): CappedLog<AlarmEvent> => new CappedLog(capacity);

/** The journal with names. Dropped events are told in the last line. */
export function journalCsv(table: AlarmTable, journal: CappedLog<AlarmEvent>): string {
  const rows: (string | number | boolean)[][] = journal.entries().map((event) => {
    const { label } = ALARM_TABLE_ROWS[table.kindOf[event.alarm]];
    const place = placeText(table.place(event.alarm));
    return [event.time_s, event.alarm, label, place, event.from, event.to, event.condition, event.who, event.why];
  });
  if (journal.dropped > 0) rows.push(['', '', droppedText(journal.dropped), '', '', '', '', '', '']);
  return csvText(['time_s', 'alarm', 'label', 'place', 'from', 'to', 'condition', 'who', 'why'], rows);
}

export const journalJson = (table: AlarmTable, journal: CappedLog<AlarmEvent>): string =>
  JSON.stringify(
    {
      dropped: journal.dropped,
      events: journal
        .entries()
        .map((event) => ({ ...event, kind: table.kind(event.alarm), place: placeText(table.place(event.alarm)) })),
    },
    null,
    2,
  );
