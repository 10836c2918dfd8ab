// The console itself: what was said and answered as a log, and the line being typed with history and completion.

import { Button } from '@mantine/core';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { ProcPage } from '../../../engine/drivers/proc.ts';
import type { FarmCalls, Problem } from '../../../worker/protocol.ts';
import type { Remote } from '../../../worker/rpc.ts';
import { simulatedTime, withUnit } from '../../shell/format.ts';
import { client } from '../../state/farm-client.ts';
import { notify } from '../../state/notices.ts';
import classes from '../Plant.module.css';
import { usePlantAnswer } from '../plant-store.ts';
import own from './Console.module.css';
import { clearConsole, consoleText, type Entry, openFile, submitLine, useConsole } from './console-store.ts';
import { completed, type Recall, recalled } from './terminal-line.ts';

/** Distance from the end, px, within which the log follows what is added. */
const NEAR_END = 40;
const HELD_MS = 1000;

export function Terminal() {
  const entries = useConsole((s) => s.entries);
  const [line, setLine] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const take = (text: string) => {
    setLine(text);
    input.current?.focus();
  };
  return (
    <section className={own.terminal} aria-label="Console">
      <Tools />
      <Log entries={entries} onTake={take} />
      <Prompt line={line} setLine={setLine} input={input} />
    </section>
  );
}

function Tools() {
  const entries = useConsole((s) => s.entries);
  const none = entries.length === 0;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(consoleText(entries));
      notify('info', 'Copied the console’s log');
    } catch (error) {
      const remedy = 'Select the text and copy it by hand.';
      notify('error', 'The log was not copied', [{ message: String(error), remedy, severity: 'error' }]);
    }
  };
  return (
    <div className={own.head}>
      <h3 className={own.title}>Console</h3>
      <span className={classes.end}>
        <Held />
        <Button variant="default" disabled={none} onClick={() => void copy()}>
          Copy
        </Button>
        <Button variant="default" disabled={none} onClick={clearConsole}>
          Clear
        </Button>
      </span>
    </div>
  );
}

const askHeld = (farm: Remote<FarmCalls>): Promise<ProcPage> => farm.procRead('manual', 0, 1);

/** How many devices are held by hand; opens their list. */
function Held() {
  const page = usePlantAnswer(askHeld, HELD_MS);
  if (!page?.ok || page.total === 0) return null;
  return (
    <button
      type="button"
      className={classes.link}
      title="Held until they are released or the farm is reset; saved scenarios do not have them"
      onClick={() => openFile('manual')}
    >
      {page.total} held by hand
    </button>
  );
}

function Log({ entries, onTake }: { entries: readonly Entry[]; onTake: (line: string) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new entries move the end
  useEffect(() => {
    const log = box.current;
    if (log && follows.current) log.scrollTop = log.scrollHeight;
  }, [entries]);
  return (
    <div
      ref={box}
      role="log"
      aria-label="Console output"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      className={own.log}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
      }}
    >
      {entries.length === 0 ? <Help onTake={onTake} /> : entries.map((entry) => <Said key={entry.id} entry={entry} />)}
    </div>
  );
}

function Said({ entry: { line, reply, time_s } }: { entry: Entry }) {
  const time = simulatedTime(time_s);
  return (
    <div className={own.said}>
      <p className={own.typed} title={`At ${withUnit(time.value, time.unit)}`}>
        <span aria-hidden="true">› </span>
        {line}
      </p>
      {reply?.ok && reply.lines.length > 0 && <pre className={own.answer}>{reply.lines.join('\n')}</pre>}
      {reply?.ok && reply.more !== undefined && (
        <button type="button" className={classes.link} onClick={() => void submitLine(reply.more ?? '')}>
          Next page
        </button>
      )}
      {reply && !reply.ok && (
        <p className={own.refused}>
          <strong>Refused</strong> {namesPlace(reply.problem) ? '' : `${reply.problem.key}: `}
          {reply.problem.message} <span className={classes.muted}>{reply.problem.remedy}</span>
        </p>
      )}
    </div>
  );
}

const namesPlace = ({ key, message }: Problem): boolean => key === undefined || message.includes(key);

const EXAMPLES: readonly { readonly line: string; readonly does: string }[] = [
  { line: 'cat status', does: 'the farm in a few lines' },
  { line: 'ls actuators', does: 'what a directory holds' },
  { line: 'read pressure-sensor/0/pressure', does: 'a register, by device, number and name, or by 0xADDRESS' },
  { line: 'write vent-valve/0/command 0.1', does: 'holds a device by hand until released or reset; the log says who' },
  { line: 'release vent-valve/0', does: 'back to automatic' },
  { line: 'help', does: 'all commands' },
];

function Help({ onTake }: { onTake: (line: string) => void }) {
  return (
    <div className={own.help}>
      <p>
        Registers and files of the running farm. Tab completes, the arrows up and down bring back what was typed.
        Interlocks stand above every command. What is held by hand is of this run: a reset or another scenario ends it.
      </p>
      <ul>
        {EXAMPLES.map(({ line, does }) => (
          <li key={line}>
            <button type="button" className={own.example} onClick={() => onTake(line)}>
              {line}
            </button>
            <span className={classes.muted}>{does}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface PromptProps {
  readonly line: string;
  readonly setLine: (line: string) => void;
  readonly input: RefObject<HTMLInputElement | null>;
}

function Prompt({ line, setLine, input }: PromptProps) {
  const history = useConsole((s) => s.history);
  const [recall, setRecall] = useState<Recall | null>(null);
  const [candidates, setCandidates] = useState<readonly string[]>([]);
  const change = (text: string) => {
    setLine(text);
    setCandidates([]);
  };
  const complete = async () => {
    const found = await client.farm.driverCompletions(line).catch(() => []);
    // Typed on while the engine answered: the answer is to another line.
    if (input.current?.value !== line) return;
    setLine(completed(line, found));
    setCandidates(found.length > 1 ? found : []);
  };
  const goBy = (step: -1 | 1) => {
    const moved = recalled(history, recall ?? { at: history.length, draft: line }, line, step);
    setRecall(moved.recall);
    change(moved.line);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      void submitLine(line);
      setRecall(null);
      change('');
    } else if (event.key === 'ArrowUp') goBy(-1);
    else if (event.key === 'ArrowDown') goBy(1);
    // With nothing typed Tab goes on through the page, and Shift Tab always does.
    else if (event.key === 'Tab' && !event.shiftKey && line.trim() !== '') void complete();
    else if (event.key === 'Escape' && (line !== '' || candidates.length > 0)) change('');
    else return;
    event.preventDefault();
  };
  return (
    <div className={own.prompt}>
      {candidates.length > 0 && (
        <ul className={own.candidates} aria-label="Completions">
          {candidates.map((word) => (
            <li key={word}>
              <button
                type="button"
                onClick={() => {
                  change(completed(line, [word]));
                  input.current?.focus();
                }}
              >
                {word.split('/').filter(Boolean).at(-1)}
                {word.endsWith('/') ? '/' : ''}
              </button>
            </li>
          ))}
        </ul>
      )}
      <label className={own.line}>
        <span aria-hidden="true">›</span>
        <input
          ref={input}
          type="text"
          aria-label="Command"
          placeholder="Type a command; help lists them"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={4096}
          value={line}
          onChange={(event) => {
            setRecall(null);
            change(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
        />
      </label>
    </div>
  );
}
