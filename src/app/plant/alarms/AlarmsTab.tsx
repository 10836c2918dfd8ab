// The alarm list: what is shown of it at the top, the list, and beside it the alarm under the operator's hand.

import { Button } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import type { AlarmPage } from '../../../engine/monitoring/alarms/alarm-list.ts';
import { PRIORITIES, type Priority } from '../../../engine/monitoring/alarms/definition-row.ts';
import type { FarmCalls } from '../../../worker/protocol.ts';
import type { Remote } from '../../../worker/rpc.ts';
import { count } from '../../shell/format.ts';
import { FilterField } from '../FilterField.tsx';
import { operatorName } from '../operator.ts';
import classes from '../Plant.module.css';
import { showPlant } from '../plant-dock.ts';
import { usePlant, usePlantAnswer } from '../plant-store.ts';
import { floodText, PRIORITY_WORDS, PriorityMark } from '../priorities.tsx';
import { Refusals } from '../Refusals.tsx';
import { SaveButtons } from '../SaveButtons.tsx';
import { type CommandDesk, useCommand } from '../use-command.ts';
import { AlarmDetail } from './AlarmDetail.tsx';
import own from './Alarms.module.css';
import { AlarmTable } from './AlarmTable.tsx';
import { FIRST_VIEW, isViewName, type ListView, queryOf, unfolded, VIEW_NAMES, VIEWS } from './alarm-rows.ts';

const INTERVAL_MS = 400;
const PAGE = 200;
const CONSEQUENCES_MAX = 500;
const NOTHING: AlarmPage = { rows: [], total: 0 };

export function AlarmsTab() {
  const [view, setView] = useState<ListView>(FIRST_VIEW);
  const [limit, setLimit] = useState(PAGE);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const desk = useCommand();
  const pages = usePages(view, limit, open.size > 0);
  const shown = useMemo(() => unfolded(pages.list.rows, pages.under.rows, open), [pages, open]);
  const toggle = useCallback((alarm: number) => setOpen((before) => toggled(before, alarm)), []);
  return (
    <div className={own.split}>
      <div className={classes.main}>
        <Toolbar view={view} onView={setView} desk={desk} unfolds={open.size > 0} />
        {desk.problems.length > 0 && <Refusals problems={desk.problems} />}
        <AlarmTable shown={shown} view={view} onView={setView} onToggle={toggle} empty={<Empty view={view} />} />
        <footer className={classes.footer}>
          <Totals shown={pages.list.rows.length} total={pages.list.total} />
          {pages.list.total > pages.list.rows.length && (
            <button type="button" className={classes.link} onClick={() => setLimit(limit + PAGE)}>
              Show {PAGE} more
            </button>
          )}
        </footer>
      </div>
      <AlarmDetail />
    </div>
  );
}

function toggled(before: ReadonlySet<number>, alarm: number): ReadonlySet<number> {
  const after = new Set(before);
  if (!after.delete(alarm)) after.add(alarm);
  return after;
}

/** The alarms that fit, and the consequences to stand under them; one question for both. */
function usePages(view: ListView, limit: number, unfolds: boolean): { list: AlarmPage; under: AlarmPage } {
  const ask = useCallback(
    async (farm: Remote<FarmCalls>) => {
      const list = await farm.alarms({ ...queryOf(view), limit });
      const wanted = unfolds && list.rows.some((row) => row.consequences > 0);
      const under = wanted
        ? await farm.alarms({ states: ['suppressed-by-design'], sort: 'time', limit: CONSEQUENCES_MAX })
        : NOTHING;
      return { list, under };
    },
    [view, limit, unfolds],
  );
  return usePlantAnswer(ask, INTERVAL_MS) ?? { list: NOTHING, under: NOTHING };
}

interface ToolbarProps {
  readonly view: ListView;
  readonly desk: CommandDesk;
  /** Whether consequences are shown: then they are saved too. */
  readonly unfolds: boolean;
  onView(view: ListView): void;
}

function Toolbar({ view, onView, desk, unfolds }: ToolbarProps) {
  const any = usePlant((s) => PRIORITIES.some((p) => (s.overview?.alarms[p].standing ?? 0) > 0));
  const query = queryOf(view);
  const states = unfolds ? [...(query.states ?? []), 'suppressed-by-design' as const] : query.states;
  return (
    <div className={classes.toolbar} role="toolbar" aria-label="Alarm list">
      {PRIORITIES.map((priority) => (
        <PriorityFilter key={priority} priority={priority} view={view} onView={onView} />
      ))}
      <select
        className={classes.field}
        aria-label="State"
        value={view.view}
        onChange={({ currentTarget: { value } }) => isViewName(value) && onView({ ...view, view: value })}
      >
        {VIEW_NAMES.map((name) => (
          <option key={name} value={name}>
            {VIEWS[name].label}
          </option>
        ))}
      </select>
      <FilterField value={view.text} onChange={(text) => onView({ ...view, text })} />
      <span className={classes.end}>
        <Button
          variant="default"
          disabled={!any}
          onClick={() => void desk.give((farm) => farm.acknowledgeAll(operatorName()))}
        >
          Acknowledge all
        </Button>
        <SaveButtons
          what="alarms"
          make={(farm, format) => farm.alarmsFile({ ...query, ...(states ? { states } : {}) }, format)}
        />
      </span>
    </div>
  );
}

function PriorityFilter({ priority, view, onView }: { priority: Priority } & Pick<ToolbarProps, 'view' | 'onView'>) {
  const n = usePlant((s) => s.overview?.alarms[priority].standing ?? 0);
  const filled = usePlant((s) => (s.overview?.alarms[priority].unacknowledged ?? 0) > 0);
  const chosen = view.priorities.includes(priority);
  const others = view.priorities.filter((other) => other !== priority);
  return (
    <button
      type="button"
      className={classes.chip}
      aria-pressed={chosen}
      title={`Show ${chosen ? 'other priorities too' : `${priority} alarms only`}`}
      onClick={() => onView({ ...view, priorities: chosen ? others : [...others, priority] })}
    >
      <PriorityMark priority={priority} filled={filled} />
      <span className={own.chipWord}>{PRIORITY_WORDS[priority]}</span>
      <span className={classes.chipCount}>{n}</span>
    </button>
  );
}

function Totals({ shown, total }: { shown: number; total: number }) {
  const flood = usePlant(({ overview }) => (overview?.flood ? floodText(overview.announced) : null));
  const announced = usePlant((s) => s.overview?.announced ?? 0);
  const shelved = usePlant((s) => s.overview?.shelved ?? 0);
  return (
    <span>
      {shown < total
        ? `${count(shown)} of ${count(total)} alarms`
        : `${count(total)} ${total === 1 ? 'alarm' : 'alarms'}`}
      {shelved > 0 && `, ${count(shelved)} shelved`}
      {' · '}
      {flood ? <strong className={own.flood}>{flood}</strong> : `${announced} announced in 10 min`}
    </span>
  );
}

function Empty({ view }: { view: ListView }) {
  const filtered = view.text.trim() !== '' || view.priorities.length > 0 || view.view !== FIRST_VIEW.view;
  if (filtered) return <p className={classes.empty}>No alarm fits the filter.</p>;
  return (
    <p className={classes.empty}>
      No alarms.{' '}
      <button type="button" className={classes.link} onClick={() => showPlant('faults')}>
        Inject a fault
      </button>{' '}
      to see one.
    </p>
  );
}
