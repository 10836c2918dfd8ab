// Fields for single numbers: a slider and a number field; "auto" for what the engine can compute itself; and one value
// for all chambers where a file may give one for each.

import { parameterRow } from '../../engine/parameters/table.ts';
import { symbolOf, typed, withUnit } from '../shell/format.ts';
import classes from './fields.module.css';
import { QuantityInput, shownText } from './QuantityInput.tsx';
import { Slider } from './Slider.tsx';
import { sliderScale } from './slider-scale.ts';
import type { ParameterControl } from './use-parameter.ts';

export interface FieldProps {
  readonly control: ParameterControl;
}

/** The slider under a row, when the row has limits and its value is one number that acts. */
export function RowSlider({ control }: FieldProps) {
  const { row, value } = control;
  if (typeof value !== 'number' || row.effect === 'planned') return null;
  const scale = sliderScale(row);
  if (!scale) return null;
  return (
    <Slider
      label={row.label}
      scale={scale}
      value={value}
      standard={typeof row.default === 'number' ? row.default : undefined}
      valueText={withUnit(shownText(value, row), symbolOf(row.displayUnit ?? row.unit))}
      onChange={control.change}
      onFinish={control.finish}
      onCancel={control.cancel}
    />
  );
}

export function NumberField({ control }: FieldProps) {
  const { row, value } = control;
  return (
    <QuantityInput
      label={row.label}
      row={row}
      value={typeof value === 'number' ? value : null}
      invalid={control.message?.tone === 'error'}
      onCommit={control.commit}
      onRefuse={control.refuse}
    />
  );
}

export function AutoField({ control }: FieldProps) {
  const { row, value, key } = control;
  const automatic = value === 'auto';
  const focusField = (button: HTMLElement) => button.parentElement?.querySelector('input')?.focus();
  return (
    <span className={classes.auto}>
      <button
        type="button"
        className={classes.chip}
        aria-pressed={automatic}
        aria-label={`${parameterRow(key).label} automatic`}
        onClick={(event) => (automatic ? focusField(event.currentTarget) : control.commit('auto'))}
      >
        auto
      </button>
      <QuantityInput
        label={row.label}
        row={row}
        value={automatic ? null : (value as number)}
        placeholder="auto"
        word="auto"
        invalid={control.message?.tone === 'error'}
        onCommit={control.commit}
        onWord={() => control.commit('auto')}
        onRefuse={control.refuse}
      />
    </span>
  );
}

export function PerChamberField({ control }: FieldProps) {
  const { row, value } = control;
  if (typeof value === 'number') return <NumberField control={control} />;
  const list = value as readonly number[];
  const mean = list.reduce((sum, x) => sum + x, 0) / Math.max(1, list.length);
  const uniform = Number(typed(mean));
  return (
    <span className={classes.summary}>
      list from file ({list.length} values)
      <button
        type="button"
        className={classes.chip}
        title={`One value for all chambers: ${withUnit(shownText(uniform, row), symbolOf(row.displayUnit ?? row.unit))}`}
        onClick={() => control.commit(uniform)}
      >
        make uniform
      </button>
    </span>
  );
}
