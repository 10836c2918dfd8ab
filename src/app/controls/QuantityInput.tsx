// A number field that reads units: "2.5 bar", "27 °C". Enter or leaving commits, Esc puts back, arrows move by a step.

import { type KeyboardEvent, useState } from 'react';
import type { ParameterRow } from '../../engine/parameters/types.ts';
import { convert, parseQuantity } from '../../engine/parameters/units.ts';
import { symbolOf, typed } from '../shell/format.ts';
import classes from './fields.module.css';
import { sliderScale } from './slider-scale.ts';

interface Props {
  readonly label: string;
  readonly row: ParameterRow;
  /** In the unit of the row; null shows the placeholder. */
  readonly value: number | null;
  readonly placeholder?: string;
  readonly showUnit?: boolean;
  readonly invalid?: boolean;
  /** Words that may be typed instead of a number. */
  readonly word?: string;
  onCommit(value: number): void;
  onWord?(): void;
  onRefuse(reason: string): void;
}

/** A value of a row as one would type it in the row's display unit. */
export const shownText = (value: number, row: ParameterRow): string =>
  typed(convert(value, row.unit, row.displayUnit ?? row.unit));

export function QuantityInput(props: Props) {
  const { label, row, value, placeholder, showUnit = true, invalid = false, word, onCommit, onWord, onRefuse } = props;
  const [text, setText] = useState<string | null>(null);
  const present = value === null ? '' : shownText(value, row);
  const unit = symbolOf(row.displayUnit ?? row.unit);

  const commit = () => {
    if (text === null || text.trim() === present || (text.trim() === '' && value === null)) return setText(null);
    if (word !== undefined && text.trim().toLowerCase() === word) {
      setText(null);
      return onWord?.();
    }
    const parsed = parseQuantity(text, row.displayUnit ?? row.unit, row.unit);
    if (!parsed.ok) return onRefuse(`“${text.trim().slice(0, 24)}” is ${describeRefusal(parsed.reason)}`);
    if (row.kind === 'integer' && !Number.isInteger(parsed.value)) return onRefuse('A whole number is needed.');
    setText(null);
    onCommit(parsed.value);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') commit();
    else if (event.key === 'Escape' && text !== null) setText(null);
    else if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && value !== null && text === null) {
      const scale = sliderScale(row);
      if (scale) onCommit(scale.nudge(value, event.key === 'ArrowUp' ? 1 : -1));
    } else return;
    event.preventDefault();
  };
  return (
    <span className={classes.quantity} data-unit={showUnit || undefined}>
      <input
        type="text"
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        maxLength={40}
        className={classes.input}
        aria-label={unit === '' ? label : `${label}, ${unit}`}
        aria-invalid={invalid || undefined}
        placeholder={placeholder}
        value={text ?? present}
        onChange={(event) => setText(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => {
          commit();
          // What could not be read does not stay: the reason stands below.
          setText(null);
        }}
        onKeyDown={onKeyDown}
      />
      {showUnit && <span className={classes.unit}>{unit}</span>}
    </span>
  );
}

const describeRefusal = (reason: string): string =>
  reason.startsWith('not a number') ? `${reason}.` : `refused: ${reason}.`;
