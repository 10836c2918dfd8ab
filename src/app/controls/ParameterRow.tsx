// One row of the control panel, whatever its kind: changed mark, label, validity mark, field, slider, message.

import { Tooltip } from '@mantine/core';
import { type CSSProperties, memo, type ReactElement } from 'react';
import { type ParameterKey, parameterRow } from '../../engine/parameters/table.ts';
import type { ParameterKind, ParameterValue, ParameterRow as Row } from '../../engine/parameters/types.ts';
import { symbolOf, withUnit } from '../shell/format.ts';
import { LEVELS } from '../shell/ValidityNotes.tsx';
import { rowId } from '../state/parameter-search.ts';
import { useTwin } from '../state/store.ts';
import { BooleanField, ChoiceField, ChoicesField, ListSummary, TextField, VectorField } from './ChoiceFields.tsx';
import { useHelpCard } from './HelpCard.tsx';
import { MixtureField } from './MixtureField.tsx';
import { AutoField, type FieldProps, NumberField, PerChamberField, RowSlider } from './NumberFields.tsx';
import classes from './ParameterRow.module.css';
import { shownText } from './QuantityInput.tsx';
import { useParameter, useValidity } from './use-parameter.ts';

const FIELDS: Readonly<Record<ParameterKind, (props: FieldProps) => ReactElement>> = {
  number: NumberField,
  integer: NumberField,
  auto: AutoField,
  boolean: BooleanField,
  choice: ChoiceField,
  choices: ChoicesField,
  text: TextField,
  vector: VectorField,
  range: VectorField,
  perChamber: PerChamberField,
  mixture: MixtureField,
  positions: ListSummary,
  edges: ListSummary,
  points: ListSummary,
};
/** Kinds whose field stands below the label. */
const BELOW: ReadonlySet<ParameterKind> = new Set<ParameterKind>(['mixture', 'choices']);

export const ParameterRow = memo(function ParameterRow({ parameter }: { parameter: ParameterKey }) {
  const control = useParameter(parameter);
  const { level, text } = useValidity(parameter);
  const card = useHelpCard(parameter);
  const { row, message, changed } = control;
  const Field = FIELDS[row.kind];
  const planned = row.effect === 'planned';
  return (
    <fieldset
      id={rowId(parameter)}
      aria-label={row.label}
      className={classes.row}
      data-below={BELOW.has(row.kind) || undefined}
      onKeyUp={(event) => {
        if (event.key === 'Tab') card.show(event.currentTarget, 700);
      }}
      onBlur={card.hide}
    >
      <div className={classes.line}>
        {changed ? (
          <Tooltip label={`Changed; back to ${describe(control.loaded, row)}`}>
            <button
              type="button"
              className={classes.dot}
              aria-label={`${row.label}: back to the loaded value`}
              onClick={() => control.commit(control.loaded)}
            />
          </Tooltip>
        ) : (
          <span className={classes.gutter} />
        )}
        <span
          className={classes.label}
          onPointerEnter={(event) => card.show(event.currentTarget, 350)}
          onPointerLeave={card.hide}
        >
          {row.label}
        </span>
        {level && <ValidityMark level={level} text={text} />}
        {!BELOW.has(row.kind) && <Field control={control} />}
      </div>
      {BELOW.has(row.kind) ? <Field control={control} /> : <RowSlider control={control} />}
      {planned && <p className={classes.planned}>Not modelled yet: kept in the file</p>}
      {row.yieldsTo && <YieldNote to={row.yieldsTo as ParameterKey} />}
      {message && (
        <p role="alert" className={classes.message} data-tone={message.tone}>
          {message.text}
        </p>
      )}
    </fieldset>
  );
});

/** Says when another parameter, given rather than automatic, leaves this one without effect. */
function YieldNote({ to }: { to: ParameterKey }) {
  const given = useTwin((s) => s.values[to] !== 'auto');
  const { label } = parameterRow(to);
  return given ? <p className={classes.planned}>Not in effect: {label.toLowerCase()} is given</p> : null;
}

/** A value in a few words, for a tooltip. */
function describe(value: ParameterValue, row: Row): string {
  if (typeof value === 'number') return withUnit(shownText(value, row), symbolOf(row.displayUnit ?? row.unit));
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'string' ? (row.choiceLabels?.[value] ?? value) : 'the loaded value';
}

function ValidityMark({ level, text }: { level: 'caution' | 'outside'; text: string }) {
  const { Mark, colour, word } = LEVELS[level];
  return (
    <Tooltip label={text}>
      <span
        className={classes.mark}
        role="img"
        aria-label={`${word}. ${text}`}
        style={{ '--mark-colour': colour } as CSSProperties}
      >
        <Mark />
      </span>
    </Tooltip>
  );
}
