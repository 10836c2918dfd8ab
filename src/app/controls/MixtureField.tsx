// The gas mixture: a share for each gas, always 1 together; presets; the sum stands below.

import { useRef } from 'react';
import type { MixtureValue, ParameterRow } from '../../engine/parameters/types.ts';
import { typed, withUnit } from '../shell/format.ts';
import classes from './fields.module.css';
import { MIXTURE_PRESETS, mixtureSum, speciesLabel, withShare } from './mixture.ts';
import type { FieldProps } from './NumberFields.tsx';
import { QuantityInput } from './QuantityInput.tsx';
import { Slider } from './Slider.tsx';
import { sliderScale } from './slider-scale.ts';

export function MixtureField({ control }: FieldProps) {
  const { row } = control;
  const mixture = control.value as MixtureValue;
  const species = row.choices ?? Object.keys(mixture);
  const standard = row.default as MixtureValue;
  /** The mixture when a drag began: its proportions are kept while one share moves. */
  const base = useRef<MixtureValue | null>(null);
  const shareRow: ParameterRow = { ...row, kind: 'number', default: 0.5, step: 0.001 };
  const scale = sliderScale(shareRow);
  const finish = () => {
    base.current = null;
    control.finish();
  };
  const sum = mixtureSum(mixture);
  return (
    <div className={classes.mixture}>
      {species.map((symbol) => {
        const share = mixture[symbol] ?? 0;
        const name = `Share of ${symbol}`;
        return (
          <div key={symbol} className={classes.share}>
            <span className={classes.species}>{speciesLabel(symbol)}</span>
            {scale && (
              <Slider
                label={name}
                scale={scale}
                value={share}
                standard={standard[symbol] ?? 0}
                valueText={withUnit(typed(share * 100), '%')}
                onChange={(next) => {
                  base.current ??= mixture;
                  control.change(withShare(base.current, symbol, next, species));
                }}
                onFinish={finish}
                onCancel={() => {
                  base.current = null;
                  control.cancel();
                }}
              />
            )}
            <QuantityInput
              label={name}
              row={shareRow}
              value={share}
              onCommit={(next) => {
                if (next < 0 || next > 1) control.refuse('A share lies between 0 and 100 %.');
                else control.commit(withShare(mixture, symbol, next, species));
              }}
              onRefuse={control.refuse}
            />
          </div>
        );
      })}
      <div className={classes.presets}>
        {[...MIXTURE_PRESETS, { label: 'Default', mixture: standard }].map((preset) => (
          <button
            key={preset.label}
            type="button"
            className={classes.chip}
            onClick={() => control.commit(preset.mixture)}
          >
            {preset.label}
          </button>
        ))}
        <span className={classes.sum}>sum {withUnit((sum * 100).toFixed(2), '%')}</span>
      </div>
    </div>
  );
}
