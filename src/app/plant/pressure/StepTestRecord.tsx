// The record of the step test against the process fitted to it, and how good the fit is.

import { useMemo, useRef } from 'react';
import { ATM } from '../../../engine/constants.ts';
import type { CurveData, FoundView, TuningView } from '../../../worker/tuning-view.ts';
import type { PlotSpec } from '../../charts/canvas-plot.ts';
import { Plot } from '../../charts/Plot.tsx';
import { useSize } from '../../charts/use-size.ts';
import { quantityText, significant, withUnit } from '../../shell/format.ts';
import classes from '../Plant.module.css';
import own from './Pressure.module.css';

/** A curve of Pa as the plots take it, atm. */
export const inAtm = ({ time, pressure }: CurveData, colour: string, dashed = false) => ({
  x: time,
  y: pressure.map((p) => p / ATM),
  colour,
  dashed,
});

export function StepTestRecord({ view, tested }: { view: TuningView; tested: string }) {
  const { test, found } = view;
  const spec = useMemo<PlotSpec>(
    () => ({
      x: { title: 'Time of the test (s)', min: 0 },
      y: { title: 'Pressure (atm)', ticks: 4 },
      curves: [...(found ? [inAtm(found.fitted, '--data-1')] : []), ...(test ? [inAtm(test.record, '--data-2')] : [])],
      marks: test?.step ? [{ x: test.step.time, label: `output ${signedPercent(test.step.size)}` }] : [],
      empty: 'No test yet: start one at the left',
    }),
    [test, found],
  );
  return (
    <section className={own.result} aria-label="Record and fitted process">
      <h3 className={own.title}>
        <span title={tested}>Answer</span>
        <span className={own.key}>
          <span className={own.swatch} style={{ background: 'var(--data-2)' }} /> measured
          {found && (
            <>
              <span className={own.swatch} style={{ background: 'var(--data-1)' }} /> fitted
            </>
          )}
        </span>
      </h3>
      <SizedPlot spec={spec} label={`Pressure of the step test${found ? ' against the fitted process' : ''}`} />
      {found && <Fit found={found} />}
    </section>
  );
}

const signedPercent = (share: number): string =>
  withUnit(`${share < 0 ? '−' : '+'}${significant(Math.abs(100 * share), 3)}`, '%');

/** A plot as large as its box. */
export function SizedPlot({ spec, label }: { spec: PlotSpec; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const { height } = useSize(box);
  return (
    <div ref={box} className={own.plotBox}>
      {height > 0 && <Plot spec={spec} label={label} height={height} />}
    </div>
  );
}

/** Gain, time constant and delay with their standard errors. */
function Fit({ found: { model, rSquared, residual_Pa, errors } }: { found: FoundView }) {
  const gain = model.gain / 100;
  const gainError = errors.gain / 100;
  const unit = model.kind === 'integrating' ? 'kPa/(s %)' : 'kPa/%';
  return (
    <dl className={own.facts}>
      <div>
        <dt>Gain</dt>
        <dd>
          {significant(gain / 1e3, 3)} ± {significant(gainError / 1e3, 2)} {unit}
        </dd>
      </div>
      {model.kind !== 'integrating' && (
        <div>
          <dt>Time constant</dt>
          <dd>
            {significant(model.timeConstant, 3)} ± {significant(errors.timeConstant, 2)} s
          </dd>
        </div>
      )}
      <div>
        <dt>Delay</dt>
        <dd>
          {model.delay < 1e-6 ? '0' : significant(model.delay, 2)} ± {significant(errors.delay, 2)} s
        </dd>
      </div>
      <div>
        <dt>R²</dt>
        <dd>
          {rSquared.toFixed(4)}
          <span className={classes.muted}> leaves {quantityText(residual_Pa, 'Pa', 'Pa', 2)} rms</span>
        </dd>
      </div>
    </dl>
  );
}
