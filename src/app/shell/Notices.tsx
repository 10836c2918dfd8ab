// Messages over the page: a refused file with every problem (line, key, reason, remedy), warnings, and done deeds.

import { ActionIcon } from '@mantine/core';
import type { Problem } from '../../worker/protocol.ts';
import { dismiss } from '../state/notices.ts';
import { type Notice, useTwin } from '../state/store.ts';
import { CautionMark, CloseIcon, CriticalMark, InfoMark } from './icons.tsx';
import classes from './Notices.module.css';

const MARKS = { error: CriticalMark, warning: CautionMark, info: InfoMark } as const;
const WORDS = { error: 'Error', warning: 'Warning', info: 'Information' } as const;

export function Notices() {
  const notices = useTwin((s) => s.notices);
  return (
    <section className={classes.stack} aria-label="Messages">
      {notices.map((notice) => (
        <OneNotice key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function OneNotice({ notice }: { notice: Notice }) {
  const { id, tone, title, problems } = notice;
  const Mark = MARKS[tone];
  return (
    <div role={tone === 'info' ? 'status' : 'alert'} className={classes.notice} data-tone={tone}>
      <div className={classes.head}>
        <span className={classes.mark} title={WORDS[tone]}>
          <Mark />
        </span>
        <p className={classes.title}>{title}</p>
        {problems.length > 1 && <span className={classes.count}>{problems.length} problems</span>}
        <ActionIcon size={24} aria-label="Dismiss message" onClick={() => dismiss(id)}>
          <CloseIcon />
        </ActionIcon>
      </div>
      {problems.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling list must be reachable by keyboard
        <ul className={classes.problems} tabIndex={0} aria-label={title}>
          {problems.map((problem, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list of one notice never changes
            <ProblemItem key={i} problem={problem} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** The key stands above the message already. */
const withoutKey = (message: string, key: string | undefined): string =>
  key !== undefined && message.startsWith(`${key}: `) ? message.slice(key.length + 2) : message;

function ProblemItem({ problem }: { problem: Problem }) {
  const { file, line, column, key, message, remedy } = problem;
  const place = [
    file ?? '',
    line === undefined ? '' : `line ${line}${column === undefined ? '' : `, column ${column}`}`,
  ].filter(Boolean);
  return (
    <li className={classes.problem}>
      {(place.length > 0 || key !== undefined) && (
        <p className={classes.place}>
          {place.join(', ')} {key !== undefined && <code>{key}</code>}
        </p>
      )}
      <p>{withoutKey(message, key)}</p>
      {remedy !== '' && <p className={classes.remedy}>{remedy}</p>}
    </li>
  );
}
