// The operators' log: what people did, what happened, what they noted; the latest first.

import { Button } from '@mantine/core';
import { type FormEvent, useCallback, useMemo, useState } from 'react';
import { droppedText } from '../../../engine/monitoring/capped-log.ts';
import { LOG_KINDS, type LogEntry, type LogFilter, type LogPage } from '../../../engine/monitoring/operators-log.ts';
import type { FarmCalls } from '../../../worker/protocol.ts';
import type { Remote } from '../../../worker/rpc.ts';
import { simulatedTime } from '../../shell/format.ts';
import { FilterField } from '../FilterField.tsx';
import { operatorName } from '../operator.ts';
import { Pager } from '../Pager.tsx';
import classes from '../Plant.module.css';
import { usePlantAnswer } from '../plant-store.ts';
import { Refusals } from '../Refusals.tsx';
import { SaveButtons } from '../SaveButtons.tsx';
import { useCommand } from '../use-command.ts';
import own from './Log.module.css';

const INTERVAL_MS = 1000;
const PAGE = 200;
const NOTHING: LogPage = { entries: [], total: 0, dropped: 0 };
type LogKind = LogEntry['kind'];

const KINDS: Readonly<Record<LogKind, { readonly word: string; readonly plural: string }>> = {
  act: { word: 'Act', plural: 'Acts' },
  event: { word: 'Event', plural: 'Events' },
  note: { word: 'Note', plural: 'Notes' },
};

interface View {
  readonly kinds: readonly LogKind[];
  readonly text: string;
  /** Entries left out before the first shown. */
  readonly offset: number;
}

export function LogTab() {
  const [view, setView] = useState<View>({ kinds: [], text: '', offset: 0 });
  const { kinds, text, offset } = view;
  // Another filter begins with its latest entries.
  const narrow = (change: Partial<View>) => setView({ ...view, ...change, offset: 0 });
  const filter = useMemo<LogFilter>(
    () => ({ ...(kinds.length > 0 ? { kinds } : {}), text: text.trim() }),
    [kinds, text],
  );
  const ask = useCallback((farm: Remote<FarmCalls>) => farm.log(filter, offset, PAGE), [filter, offset]);
  const page = usePlantAnswer(ask, INTERVAL_MS) ?? NOTHING;
  const toggle = (kind: LogKind) =>
    narrow({ kinds: kinds.includes(kind) ? kinds.filter((other) => other !== kind) : [...kinds, kind] });
  return (
    <div className={classes.main}>
      <div className={classes.toolbar} role="toolbar" aria-label="Operators’ log">
        {LOG_KINDS.map((kind) => (
          <button
            key={kind}
            type="button"
            className={classes.chip}
            aria-pressed={kinds.includes(kind)}
            onClick={() => toggle(kind)}
          >
            {KINDS[kind].plural}
          </button>
        ))}
        <FilterField value={text} onChange={(next) => narrow({ text: next })} />
        <NoteForm />
        <span className={classes.end}>
          <SaveButtons what="log" make={(farm, format) => farm.logFile(filter, format)} />
        </span>
      </div>
      <LogTable entries={page.entries} filtered={kinds.length > 0 || text.trim() !== ''} />
      <Pager
        nouns={['entry', 'entries']}
        words={['Newer', 'Older']}
        offset={offset}
        shown={page.entries.length}
        total={page.total}
        page={PAGE}
        onOffset={(next) => setView({ ...view, offset: next })}
      >
        {page.dropped > 0 && droppedText(page.dropped)}
      </Pager>
    </div>
  );
}

function NoteForm() {
  const [text, setText] = useState('');
  const desk = useCommand();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await desk.give((farm) => farm.note(operatorName(), text))) setText('');
  };
  return (
    <form className={own.note} onSubmit={(event) => void submit(event)}>
      <input
        type="text"
        className={`${classes.field} ${classes.grow}`}
        placeholder="Write a note"
        aria-label="Note"
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default">
        Add note
      </Button>
      {desk.problems.length > 0 && <Refusals problems={desk.problems} />}
    </form>
  );
}

function LogTable({ entries, filtered }: { entries: readonly LogEntry[]; filtered: boolean }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling list must be reachable by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label="Log entries">
      <table className={`${classes.table} ${own.log}`}>
        <thead>
          <tr>
            <th scope="col" className={own.colTime}>
              Time
            </th>
            <th scope="col" className={own.colKind}>
              Kind
            </th>
            <th scope="col" className={own.colWho}>
              Who
            </th>
            <th scope="col">What</th>
            <th scope="col" className={own.colWhy}>
              Why
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Entry key={entry.number} entry={entry} />
          ))}
        </tbody>
      </table>
      {entries.length === 0 && (
        <p className={classes.empty}>
          {filtered ? 'No entry fits the filter.' : 'Nothing is logged yet. Inject a fault, or write a note above.'}
        </p>
      )}
    </section>
  );
}

function Entry({ entry: { time_s, kind, who, what, why } }: { entry: LogEntry }) {
  const { value, unit } = simulatedTime(time_s);
  return (
    <tr>
      <td className={own.colTime}>
        {value}
        <span className={classes.unit}>{unit}</span>
      </td>
      <td className={own.colKind}>{KINDS[kind].word}</td>
      <td className={own.colWho} title={who}>
        {who}
      </td>
      <td title={what}>{what}</td>
      <td className={own.colWhy} title={why}>
        {why}
      </td>
    </tr>
  );
}
