// The two ends of the colour range as numbers one can type, and the way back to an automatic range.

import { type KeyboardEvent, useState } from 'react';
import type { FieldInfo } from '../../engine/fields.ts';
import { setView } from '../state/store.ts';
import { type End, moveEnd } from './colour-range.ts';
import { formatEnd, parseEnd } from './format.ts';
import classes from './Legend.module.css';
import type { Range } from './ranges.ts';

interface Props {
  readonly range: Range | null;
  /** The range was set by a person. */
  readonly chosen: boolean;
  readonly scale: FieldInfo['scale'];
  readonly unit: string;
  readonly shownUnit: string;
}

export function RangeEnds({ range, chosen, scale, unit, shownUnit }: Props) {
  const write = (value: number | undefined): string => (value === undefined ? '–' : formatEnd(value, unit, shownUnit));
  if (scale === 'cyclic') {
    return (
      <div className={classes.ends}>
        <span>{write(range?.[0])}</span>
        <span className={classes.middle}>0</span>
        <span>{write(range?.[1])}</span>
      </div>
    );
  }
  const commit = (end: End) => (text: string) => {
    const value = parseEnd(text, unit, shownUnit);
    if (value === null || !range) return false;
    setView({ range: moveEnd(range, end, value, scale) });
    return true;
  };
  return (
    <div className={classes.ends}>
      <EndField label="Lower end of the colour range" text={write(range?.[0])} commit={commit('low')} />
      <button
        type="button"
        className={classes.auto}
        aria-pressed={!chosen}
        title="The range follows the data"
        onClick={() => setView({ range: chosen || !range ? null : range })}
      >
        Auto
      </button>
      <EndField label="Upper end of the colour range" text={write(range?.[1])} commit={commit('high')} />
    </div>
  );
}

interface EndProps {
  readonly label: string;
  readonly text: string;
  /** Takes what was typed; false if it is no such quantity. */
  readonly commit: (text: string) => boolean;
}

function EndField({ label, text, commit }: EndProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [refused, setRefused] = useState(false);
  const leave = (): void => {
    setDraft(null);
    setRefused(false);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Escape') {
      leave();
      event.currentTarget.blur();
    } else if (event.key === 'Enter' && draft !== null) {
      if (commit(draft)) leave();
      else setRefused(true);
    }
  };
  return (
    <input
      className={classes.end}
      aria-label={label}
      aria-invalid={refused}
      title={refused ? 'Not a value of this field; type for example 2.5' : undefined}
      spellCheck={false}
      autoComplete="off"
      value={draft ?? text}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={() => {
        if (draft !== null) commit(draft);
        leave();
      }}
    />
  );
}
