// The alarm list without its picture: which states a view asks for, their words, and the order in which consequences stand under
// their causes.

import type { AlarmQuery, AlarmRow } from '../../../engine/monitoring/alarms/alarm-list.ts';
import { ALARM_STATES, type AlarmState } from '../../../engine/monitoring/alarms/alarm-states.ts';
import { PRIORITIES, type Priority } from '../../../engine/monitoring/alarms/definition-row.ts';

export const STATE_WORDS: Readonly<Record<AlarmState, string>> = {
  normal: 'Normal',
  unacknowledged: 'Unacknowledged',
  acknowledged: 'Acknowledged',
  'returned-unacknowledged': 'Returned, unacknowledged',
  'latched-unacknowledged': 'Latched, unacknowledged',
  'latched-acknowledged': 'Latched, acknowledged',
  shelved: 'Shelved',
  'suppressed-by-design': 'Suppressed by design',
  'out-of-service': 'Out of service',
};

const IN_VIEW: readonly AlarmState[] = [
  'unacknowledged',
  'acknowledged',
  'returned-unacknowledged',
  'latched-unacknowledged',
  'latched-acknowledged',
];

/** States of which nobody has acknowledged. */
export const isOwed = (state: AlarmState): boolean => state.endsWith('unacknowledged');

export const VIEWS = {
  'in-view': { label: 'In view', states: IN_VIEW },
  owed: { label: 'Not acknowledged', states: IN_VIEW.filter(isOwed) },
  latched: { label: 'Latched', states: ['latched-unacknowledged', 'latched-acknowledged'] },
  shelved: { label: 'Shelved', states: ['shelved'] },
  suppressed: { label: 'Suppressed by design', states: ['suppressed-by-design'] },
  'out-of-service': { label: 'Out of service', states: ['out-of-service'] },
  all: { label: 'All but normal', states: ALARM_STATES.filter((state) => state !== 'normal') },
} as const satisfies Record<string, { label: string; states: readonly AlarmState[] }>;

export type ViewName = keyof typeof VIEWS;
export const VIEW_NAMES = Object.keys(VIEWS) as readonly ViewName[];
export const isViewName = (name: string): name is ViewName => Object.hasOwn(VIEWS, name);

export type SortColumn = NonNullable<AlarmQuery['sort']>;

export interface ListView {
  readonly view: ViewName;
  /** Empty: all. */
  readonly priorities: readonly Priority[];
  readonly text: string;
  readonly sort: SortColumn;
  readonly descending: boolean;
}

export const FIRST_VIEW: ListView = {
  view: 'in-view',
  priorities: [],
  text: '',
  sort: 'priority',
  descending: false,
};

/** What a view asks of the engine. */
export function queryOf({ view, priorities, text, sort, descending }: ListView): AlarmQuery {
  return {
    states: VIEWS[view].states,
    priorities: priorities.length === 0 ? PRIORITIES : priorities,
    text: text.trim(),
    sort,
    descending,
  };
}

/** A click on a heading: sorts by it, or turns the order round. Times begin with the latest. */
export function sortedBy(list: ListView, sort: SortColumn): ListView {
  return { ...list, sort, descending: list.sort === sort ? !list.descending : sort === 'time' };
}

export interface ShownRow {
  readonly row: AlarmRow;
  /** 1: stands for itself; 2: under its cause. */
  readonly level: 1 | 2;
  readonly open: boolean;
}

/**
 * Rows in the order shown: each, and under those that are unfolded their consequences. A consequence stands under its cause
 * only, not in its own right as well.
 */
export function unfolded(
  rows: readonly AlarmRow[],
  consequences: readonly AlarmRow[],
  open: ReadonlySet<number>,
): ShownRow[] {
  const present = new Set(rows.map((row) => row.alarm));
  const under = new Map<number, AlarmRow[]>();
  for (const row of consequences) {
    if (row.cause === undefined || !present.has(row.cause)) continue;
    const those = under.get(row.cause);
    if (those) those.push(row);
    else under.set(row.cause, [row]);
  }
  return rows.flatMap((row): ShownRow[] => {
    if (row.cause !== undefined && present.has(row.cause) && open.has(row.cause)) return [];
    const isOpen = open.has(row.alarm);
    const children = isOpen ? (under.get(row.alarm) ?? []) : [];
    return [
      { row, level: 1, open: isOpen },
      ...children.map((child): ShownRow => ({ row: child, level: 2, open: false })),
    ];
  });
}

/** The row a key leads to; the same when there is none. */
export function rowAfterKey(shown: readonly ShownRow[], present: number | null, key: string): number | null {
  const at = shown.findIndex(({ row }) => row.alarm === present);
  const last = shown.length - 1;
  const next = {
    ArrowDown: Math.min(last, at + 1),
    ArrowUp: Math.max(0, at - 1),
    Home: 0,
    End: last,
    PageDown: Math.min(last, at + 8),
    PageUp: Math.max(0, at - 8),
  }[key];
  return next === undefined ? present : (shown[next]?.row.alarm ?? present);
}
