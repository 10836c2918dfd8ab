// The operators' log: what people did, what happened, what they noted; the latest first.

import { Button } from '@mantine/core';
import { type FormEvent, useCallback, useMemo, useState } from 'react';
import { csvText } from '../../../engine/monitoring/csv.ts';
import { LOG_KINDS, type LogEntry, type LogFilter } from '../../../engine/monitoring/operators-log.ts';
import type { FarmCalls } from '../../../worker/protocol.ts';
import type { Remote } from '../../../worker/rpc.ts';
import { count, simulatedTime } from '../../shell/format.ts';
import { operatorName } from '../operator.ts';
import classes from '../Plant.module.css';
import { usePlantAnswer } from '../plant-store.ts';
import { Refusals } from '../Refusals.tsx';
import { type FileFormat, SaveButtons } from '../SaveButtons.tsx';
import { useCommand } from '../use-command.ts';
import own from './Log.module.css';

const INTERVAL_MS = 1000;
const SHOWN = 300;
const NONE: readonly LogEntry[] = [];
type LogKind = LogEntry['kind'];

const KINDS: Readonly<Record<LogKind, { readonly word: string; readonly plural: string }>> = {
  act: { word: 'Act', plural: 'Acts' },
  event: { word: 'Event', plural: 'Events' },
  note: { word: 'Note', plural: 'Notes' },
};

export function LogTab() {
  const [kinds, setKinds] = useState<readonly LogKind[]>([]);
  const [text, setText] = useState('');
  const filter = useMemo<LogFilter>(
    () => ({ ...(kinds.length > 0 ? { kinds } : {}), text: text.trim() }),
    [kinds, text],
  );
  const ask = useCallback((farm: Remote<FarmCalls>) => farm.log(filter), [filter]);
  const entries = usePlantAnswer(ask, INTERVAL_MS) ?? NONE;
  const filtered = kinds.length > 0 || text.trim() !== '';
  const toggle = (kind: LogKind) =>
    setKinds(kinds.includes(kind) ? kinds.filter((other) => other !== kind) : [...kinds, kind]);
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
        <input
          type="search"
          className={`${classes.field} ${classes.search}`}
          placeholder="Filter"
          aria-label="Filter by text"
          maxLength={80}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <NoteForm />
        <span className={classes.end}>
          <SaveButtons what="log" make={(farm, format) => logFile(farm, format, filtered ? filter : null)} />
        </span>
      </div>
      <LogTable entries={entries} filtered={filtered} />
    </div>
  );
}

/** All of it as the engine writes it, which tells of dropped entries too; filtered, what is shown. */
async function logFile(farm: Remote<FarmCalls>, format: FileFormat, filter: LogFilter | null): Promise<string> {
  if (filter === null) return farm.logFile(format);
  const entries = await farm.log(filter);
  if (format === 'json') return JSON.stringify({ entries }, null, 2);
  return csvText(
    ['number', 'time_s', 'kind', 'who', 'what', 'why'],
    entries.map((e) => [e.number, e.time_s, e.kind, e.who, e.what, e.why]),
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
  const shown = entries.slice(-SHOWN).reverse();
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
          {shown.map((entry) => (
            <Entry key={entry.number} entry={entry} />
          ))}
        </tbody>
      </table>
      {entries.length === 0 && (
        <p className={classes.empty}>
          {filtered ? 'No entry fits the filter.' : 'Nothing is logged yet. Inject a fault, or write a note above.'}
        </p>
      )}
      {entries.length > SHOWN && (
        <p className={classes.empty}>
          The latest {SHOWN} of {count(entries.length)} entries; save the log for all.
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
