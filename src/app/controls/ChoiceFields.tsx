// Fields for what is not a number: switch, choice, several choices, text, vectors and ranges, and what only a file sets.

import { Select, Switch } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import type { ParameterKind } from '../../engine/parameters/types.ts';
import { count } from '../shell/format.ts';
import classes from './fields.module.css';
import { speciesLabel } from './mixture.ts';
import type { FieldProps } from './NumberFields.tsx';
import { QuantityInput } from './QuantityInput.tsx';

const AXES = ['x', 'y', 'z'];

export function BooleanField({ control }: FieldProps) {
  return (
    <Switch
      size="xs"
      aria-label={control.row.label}
      checked={control.value === true}
      onChange={(event) => control.commit(event.currentTarget.checked)}
    />
  );
}

export function ChoiceField({ control }: FieldProps) {
  const { row, value } = control;
  return (
    <Select
      size="xs"
      className={classes.select ?? ''}
      aria-label={row.label}
      allowDeselect={false}
      comboboxProps={{ width: 'max-content', position: 'bottom-end' }}
      data={(row.choices ?? []).map((choice) => ({ value: choice, label: row.choiceLabels?.[choice] ?? choice }))}
      value={String(value)}
      onChange={(choice) => {
        if (choice !== null) control.commit(choice);
      }}
    />
  );
}

export function ChoicesField({ control }: FieldProps) {
  const { row, value } = control;
  const chosen = value as readonly string[];
  const toggle = (choice: string) => {
    const next = (row.choices ?? []).filter((c) => (c === choice) !== chosen.includes(c));
    if (next.length > 0) control.commit(next);
    else control.refuse('At least one is needed.');
  };
  return (
    <span className={classes.chips}>
      {(row.choices ?? []).map((choice) => (
        <button
          key={choice}
          type="button"
          className={classes.chip}
          aria-pressed={chosen.includes(choice)}
          onClick={() => toggle(choice)}
        >
          {row.group === 'gas_oscillation' ? speciesLabel(choice) : choice}
        </button>
      ))}
    </span>
  );
}

export function TextField({ control }: FieldProps) {
  const { row, value } = control;
  const [text, setText] = useState<string | null>(null);
  const commit = () => {
    if (text !== null && text !== value) control.commit(text);
    setText(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') commit();
    else if (event.key === 'Escape') setText(null);
  };
  return (
    <input
      type="text"
      className={classes.text}
      aria-label={row.label}
      maxLength={200}
      spellCheck={false}
      value={text ?? String(value)}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
}

/** Vectors: a field for each axis. Ranges: from and to. */
export function VectorField({ control }: FieldProps) {
  const { row, value } = control;
  const numbers = value as readonly number[];
  const isRange = row.kind === 'range';
  return (
    <span className={classes.vector}>
      {numbers.map((number, i) => {
        const part = isRange ? (i === 0 ? 'from' : 'to') : (AXES[i] ?? String(i + 1));
        const isLast = i === numbers.length - 1;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place in the vector is the identity
          <span key={i} className={classes.component}>
            {isRange
              ? i === 1 && <span className={classes.between}>–</span>
              : i > 0 && <span className={classes.between}>×</span>}
            <QuantityInput
              label={`${row.label}, ${part}`}
              row={row}
              value={number}
              showUnit={isLast && row.unit !== ''}
              invalid={control.message?.tone === 'error'}
              onCommit={(next) => control.commit(numbers.map((n, j) => (j === i ? next : n)))}
              onRefuse={control.refuse}
            />
          </span>
        );
      })}
    </span>
  );
}

const LISTED: Partial<Record<ParameterKind, string>> = { edges: 'ducts', points: 'points', positions: 'positions' };

/** Positions and ducts of a custom layout and points of a curve come from a file only. */
export function ListSummary({ control }: FieldProps) {
  const { length } = control.value as readonly unknown[];
  const thing = LISTED[control.row.kind] ?? 'values';
  const text = isDefault(control) ? `${count(length)} ${thing}` : `${count(length)} ${thing} from file`;
  return <span className={classes.summary}>{length === 0 ? 'none' : text}</span>;
}

const isDefault = ({ row, value }: FieldProps['control']): boolean =>
  JSON.stringify(value) === JSON.stringify(row.default);
