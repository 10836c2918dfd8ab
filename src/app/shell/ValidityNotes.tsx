// Where results are outside the model's validity: how many notes, and the list with quantity, reason and knobs.

import { Popover } from '@mantine/core';
import { type CSSProperties, useState } from 'react';
import { parameterRow } from '../../engine/parameters/table.ts';
import { revealParameter } from '../state/parameter-search.ts';
import { useTwin } from '../state/store.ts';
import { CautionMark, OutsideMark } from './icons.tsx';
import classes from './TopBar.module.css';

export const LEVELS = {
  caution: { Mark: CautionMark, colour: 'var(--medium)', word: 'Near the limit' },
  outside: { Mark: OutsideMark, colour: 'var(--high)', word: 'Outside validity' },
} as const;

export function ValidityNotes() {
  const count = useTwin((s) => s.status?.validity.length ?? 0);
  const [opened, setOpened] = useState(false);
  const outside = useTwin((s) => s.status?.validity.some((n) => n.level === 'outside') ?? false);
  const { Mark, colour, word } = LEVELS[outside ? 'outside' : 'caution'];
  return (
    <Popover position="bottom-start" withinPortal opened={opened} onChange={setOpened} returnFocus={false}>
      <Popover.Target>
        <button type="button" className={classes.readout} data-menu onClick={() => setOpened(!opened)}>
          <span className={classes.label}>Validity</span>
          <span className={classes.figure} style={{ minWidth: '7ch' }}>
            {count === 0 ? (
              'Within'
            ) : (
              <>
                <span
                  className={classes.mark}
                  role="img"
                  aria-label={word}
                  style={{ '--mark-colour': colour } as CSSProperties}
                >
                  <Mark />
                </span>
                {count} {count === 1 ? 'note' : 'notes'}
              </>
            )}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <NoteList onReveal={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function NoteList({ onReveal }: { onReveal: () => void }) {
  const notes = useTwin((s) => s.status?.validity);
  if (!notes || notes.length === 0) {
    return <p className={classes.muted}>Every result is within the validity of its model.</p>;
  }
  return (
    <ul className={classes.notes}>
      {notes.map(({ level, quantity, message, keys }) => {
        const { Mark, colour, word } = LEVELS[level];
        return (
          <li key={quantity + message}>
            <span
              className={classes.mark}
              role="img"
              aria-label={word}
              style={{ '--mark-colour': colour } as CSSProperties}
            >
              <Mark />
            </span>
            <div>
              <p>
                <strong>{quantity}</strong> <span className={classes.muted}>{word.toLowerCase()}</span>
              </p>
              <p>{message}</p>
              {keys.length > 0 && (
                <p className={classes.muted}>
                  Set by{' '}
                  {keys.map((key, i) => (
                    <span key={key}>
                      {i > 0 && ', '}
                      <button
                        type="button"
                        className={classes.knob}
                        title={`Show ${key} in the controls`}
                        onClick={() => {
                          onReveal();
                          revealParameter(key);
                        }}
                      >
                        {parameterRow(key).label.toLowerCase()}
                      </button>
                    </span>
                  ))}
                </p>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
