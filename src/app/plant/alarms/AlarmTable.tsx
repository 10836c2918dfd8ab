// The list itself: a tree grid, one row an alarm, consequences folded under their cause. Arrows walk it, left and right fold,
// A acknowledges. An alarm of a chamber selects the chamber.

import { type KeyboardEvent, memo, type ReactNode, useCallback, useMemo, useRef } from 'react';
import { ALARM_TABLE_ROWS } from '../../../engine/monitoring/alarms/alarm-definitions.ts';
import type { AlarmRow } from '../../../engine/monitoring/alarms/alarm-list.ts';
import { AlarmTable as Instances } from '../../../engine/monitoring/alarms/alarm-table.ts';
import { count, simulatedTime } from '../../shell/format.ts';
import { ChevronIcon } from '../../shell/icons.tsx';
import { selectChambers } from '../../state/actions.ts';
import { operatorName } from '../operator.ts';
import classes from '../Plant.module.css';
import { chooseAlarm, command, usePlant } from '../plant-store.ts';
import { PRIORITY_WORDS, PriorityMark } from '../priorities.tsx';
import own from './Alarms.module.css';
import {
  isOwed,
  type ListView,
  rowAfterKey,
  type ShownRow,
  type SortColumn,
  STATE_WORDS,
  sortedBy,
} from './alarm-rows.ts';

const COLUMNS: readonly { readonly sort: SortColumn | null; readonly title: string; readonly class: string }[] = [
  { sort: 'priority', title: 'Priority', class: 'colPriority' },
  { sort: 'label', title: 'Alarm', class: 'colLabel' },
  { sort: 'place', title: 'Place', class: 'colPlace' },
  { sort: 'state', title: 'State', class: 'colState' },
  { sort: 'time', title: 'Since', class: 'colSince' },
  { sort: null, title: 'Times', class: 'colCount' },
];

interface Props {
  readonly shown: readonly ShownRow[];
  readonly view: ListView;
  readonly empty: ReactNode;
  onView(view: ListView): void;
  onToggle(alarm: number): void;
}

export function choose(row: AlarmRow): void {
  chooseAlarm(row.alarm);
  if (row.target === 'chamber') selectChambers([row.index]);
}

export function AlarmTable({ shown, view, empty, onView, onToggle }: Props) {
  const chosen = usePlant((s) => s.alarm);
  const body = useRef<HTMLTableSectionElement>(null);
  const causeName = useCauseName();
  const tabbable = shown.some(({ row }) => row.alarm === chosen) ? chosen : (shown[0]?.row.alarm ?? null);

  const onKeyDown = (event: KeyboardEvent) => {
    const focused = event.target instanceof Element ? event.target.closest('[data-alarm]') : null;
    const at = shown.find(({ row }) => String(row.alarm) === focused?.getAttribute('data-alarm'));
    if (!at || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = rowAfterKey(shown, at.row.alarm, event.key);
    const folds = (event.key === 'ArrowRight' && !at.open) || (event.key === 'ArrowLeft' && at.open);
    if (folds && at.row.consequences > 0) onToggle(at.row.alarm);
    else if (event.key === 'a') void command((farm) => farm.alarmCommand(acknowledgement(at.row.alarm)));
    else if (event.key === 'Enter' || event.key === ' ') choose(at.row);
    else if (next !== null && next !== at.row.alarm) {
      const there = shown.find(({ row }) => row.alarm === next);
      if (there) choose(there.row);
      body.current?.querySelector<HTMLElement>(`[data-alarm="${next}"]`)?.focus();
    } else return;
    event.preventDefault();
  };
  return (
    <div className={classes.scroll}>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table of rows that fold is the tree grid of ARIA */}
      <table role="treegrid" aria-label="Alarms" className={`${classes.table} ${own.alarms}`}>
        <Head view={view} onView={onView} />
        <tbody ref={body} onKeyDown={onKeyDown}>
          {shown.map(({ row, level, open }) => (
            <Row
              key={row.alarm}
              row={row}
              level={level}
              open={open}
              chosen={row.alarm === chosen}
              tabbable={row.alarm === tabbable}
              cause={row.cause === undefined || level === 2 ? '' : causeName(row.cause)}
              onToggle={onToggle}
            />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && empty}
    </div>
  );
}

const acknowledgement = (alarm: number) => ({ kind: 'acknowledge', alarm, who: operatorName(), why: '' }) as const;

/** Label of an alarm by its number. */
function useCauseName(): (alarm: number) => string {
  const key = usePlant((s) => (s.overview ? JSON.stringify(s.overview.alarmTargets) : null));
  const instances = useMemo(() => (key === null ? null : new Instances(JSON.parse(key))), [key]);
  return useCallback(
    (alarm) => {
      const kind = instances?.kindOf[alarm];
      return kind === undefined ? '' : (ALARM_TABLE_ROWS[kind]?.label ?? '');
    },
    [instances],
  );
}

function Head({ view, onView }: Pick<Props, 'view' | 'onView'>) {
  return (
    <thead>
      <tr>
        {COLUMNS.map(({ sort, title, class: name }) => {
          const sorted = sort === view.sort;
          return (
            <th
              key={title}
              scope="col"
              className={own[name]}
              aria-sort={sorted ? (view.descending ? 'descending' : 'ascending') : undefined}
            >
              {sort === null ? (
                <span title="How often its condition has come">{title}</span>
              ) : (
                <button type="button" className={own.sort} onClick={() => onView(sortedBy(view, sort))}>
                  {title}
                  <span aria-hidden="true">{sorted ? (view.descending ? '↓' : '↑') : ''}</span>
                </button>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

interface RowProps extends ShownRow {
  readonly chosen: boolean;
  readonly tabbable: boolean;
  /** What it stands under, where that is not the row above. */
  readonly cause: string;
  onToggle(alarm: number): void;
}

const Row = memo(function Row({ row, level, open, chosen, tabbable, cause, onToggle }: RowProps) {
  const { alarm, label, priority, state, place, since_s, occurrences, consequences } = row;
  const since = simulatedTime(since_s);
  const owed = isOwed(state);
  return (
    <tr
      data-alarm={alarm}
      data-owed={owed || undefined}
      aria-selected={chosen}
      aria-level={level}
      aria-expanded={consequences > 0 ? open : undefined}
      tabIndex={tabbable ? 0 : -1}
      onClick={() => choose(row)}
    >
      <td className={own.colPriority}>
        <span className={classes.priority}>
          <PriorityMark priority={priority} filled={owed} />
          {PRIORITY_WORDS[priority]}
        </span>
      </td>
      <td className={own.colLabel} data-level={level}>
        <span className={own.labelCell}>
          {consequences > 0 && (
            <button
              type="button"
              tabIndex={-1}
              className={own.fold}
              aria-label={`${open ? 'Fold' : 'Unfold'} ${consequences} ${consequences === 1 ? 'consequence' : 'consequences'}`}
              onClick={(event) => {
                event.stopPropagation();
                onToggle(alarm);
              }}
            >
              <ChevronIcon />
              <span>+{count(consequences)}</span>
            </button>
          )}
          <span className={own.ellipsis} title={label}>
            {label}
          </span>
          {cause !== '' && <span className={own.under}>under: {cause}</span>}
        </span>
      </td>
      <td className={own.colPlace} title={place}>
        {place}
      </td>
      <td className={own.colState} title={row.hidden}>
        {STATE_WORDS[state]}
      </td>
      <td className={own.colSince}>
        {since.value}
        <span className={classes.unit}>{since.unit}</span>
      </td>
      <td className={own.colCount}>{count(occurrences)}</td>
    </tr>
  );
}, sameRow);

function sameRow(a: RowProps, b: RowProps): boolean {
  const same = (key: keyof AlarmRow) => a.row[key] === b.row[key];
  return (
    a.chosen === b.chosen &&
    a.tabbable === b.tabbable &&
    a.open === b.open &&
    a.level === b.level &&
    a.cause === b.cause &&
    (['alarm', 'state', 'since_s', 'occurrences', 'consequences', 'hidden', 'cause'] as const).every(same)
  );
}
