// The foot of a list that comes in pages: which of how many are shown, and the way to the others.

import type { ReactNode } from 'react';
import { count } from '../shell/format.ts';
import classes from './Plant.module.css';

interface Props {
  /** One and many: "loop", "loops". */
  readonly nouns: readonly [one: string, many: string];
  /** Towards the start and the end: "Newer", "Older". */
  readonly words: readonly [back: string, on: string];
  readonly offset: number;
  readonly shown: number;
  readonly total: number;
  readonly page: number;
  onOffset(offset: number): void;
  /** What else is to be said of the list. */
  readonly children?: ReactNode;
}

export function Pager({ nouns, words, offset, shown, total, page, onOffset, children }: Props) {
  const noun = total === 1 ? nouns[0] : nouns[1];
  const whole = offset === 0 && shown >= total;
  const range = shown === 0 ? '0' : `${count(offset + 1)}–${count(offset + shown)}`;
  return (
    <footer className={classes.footer}>
      <span>{whole ? `${count(total)} ${noun}` : `${range} of ${count(total)} ${noun}`}</span>
      {!whole && (
        <>
          <button
            type="button"
            className={classes.link}
            disabled={offset === 0}
            onClick={() => onOffset(Math.max(0, offset - page))}
          >
            {words[0]}
          </button>
          <button
            type="button"
            className={classes.link}
            disabled={offset + shown >= total}
            onClick={() => onOffset(offset + page)}
          >
            {words[1]}
          </button>
        </>
      )}
      {children !== undefined && children !== false && <span>{children}</span>}
    </footer>
  );
}
