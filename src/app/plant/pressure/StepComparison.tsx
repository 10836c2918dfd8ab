// What the tested loop made of the last step of its setpoint, against what its process and gains promise.

import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { ATM } from '../../../engine/constants.ts';
import { type LoopScope, loopName } from '../../../engine/pressure-control/plant/loop-name.ts';
import type { Problem } from '../../../worker/protocol.ts';
import type { ComparisonView, StepFigures, TuningView } from '../../../worker/tuning-view.ts';
import type { PlotSpec } from '../../charts/canvas-plot.ts';
import { withUnit } from '../../shell/format.ts';
import { edit } from '../../state/actions.ts';
import { useTwin } from '../../state/store.ts';
import classes from '../Plant.module.css';
import { Refusals } from '../Refusals.tsx';
import { atm, percent, seconds } from './figures.ts';
import { setpointEdit } from './loop-edit.ts';
import own from './Pressure.module.css';
import { inAtm, SizedPlot } from './StepTestRecord.tsx';

/** The plot is so many times as long as the settling that is predicted. */
const LENGTH = 4;
/** The step offered, Pa. */
const STEP_PA = 0.2 * ATM;

export function StepComparison({ view, scope }: { view: TuningView; scope: LoopScope }) {
  const { comparison, found, test } = view;
  if (!found || !test) return null;
  return (
    <section className={own.result} aria-label="Predicted and measured setpoint step">
      <h3 className={own.title}>
        Setpoint step
        {comparison && (
          <span className={own.key}>
            <span className={own.swatch} style={{ background: 'var(--data-2)' }} /> measured
            <span className={own.swatch} style={{ background: 'var(--data-1)' }} /> predicted
          </span>
        )}
      </h3>
      {comparison ? (
        <Comparison comparison={comparison} />
      ) : (
        <p className={classes.muted}>Change the setpoint of this loop to see whether it does what the gains promise.</p>
      )}
      <StepButtons loop={test.loop} scope={scope} />
    </section>
  );
}

function Comparison({ comparison }: { comparison: ComparisonView }) {
  const { measured, predicted, from_Pa, to_Pa } = comparison;
  const spec = useMemo<PlotSpec>(() => {
    // Until well after it should have settled.
    const [settled] = predicted.settling;
    const told = predicted.curve.time.at(-1) ?? 1;
    const end = settled === null || settled === undefined ? told : Math.min(told, Math.max(2, LENGTH * settled));
    return {
      x: { title: 'Time since the step (s)', min: 0, max: end },
      y: { title: 'Pressure (atm)', ticks: 4 },
      curves: [
        inAtm(measured.curve, '--data-2'),
        inAtm(predicted.curve, '--data-1'),
        { x: [0, end], y: [to_Pa / ATM, to_Pa / ATM], colour: '--text', dashed: true },
      ],
    };
  }, [measured, predicted, to_Pa]);
  return (
    <>
      <SizedPlot
        spec={spec}
        label={`Setpoint step from ${atm(from_Pa)} to ${atm(to_Pa)} atm, measured and predicted`}
      />
      <table className={own.legend}>
        <thead>
          <tr>
            <th scope="col" />
            <th scope="col">Overshoot</th>
            <th scope="col">to 5&#8239;%</th>
            <th scope="col">to 2&#8239;%</th>
          </tr>
        </thead>
        <tbody>
          <Figures label="Measured" figures={measured} />
          <Figures label="Predicted" figures={predicted} />
        </tbody>
      </table>
    </>
  );
}

const inSeconds = (time: number | null): string => (time === null ? seconds(null) : withUnit(seconds(time), 's'));

function Figures({ label, figures: { overshoot, settling } }: { label: string; figures: StepFigures }) {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{percent(overshoot)}&#8239;%</td>
      <td>{inSeconds(settling[1] ?? null)}</td>
      <td>{inSeconds(settling[0] ?? null)}</td>
    </tr>
  );
}

function StepButtons({ loop, scope }: { loop: number; scope: LoopScope }) {
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const step = async (by: number) => {
    const { values, layout } = useTwin.getState();
    const present = values['control.setpoint_Pa'];
    const layers = layout?.layers ?? new Uint16Array(0);
    const chamber = scope === 'farm' ? 0 : scope === 'chamber' ? loop : layers.indexOf(loop);
    const now = typeof present === 'number' ? present : (present[chamber] ?? Number.NaN);
    const edits = setpointEdit(present, { scope, layers, loop }, now + by);
    const reply = await edit(edits, `Setpoint, ${loopName(scope, loop).toLowerCase()}`);
    setProblems(reply.ok ? [] : reply.problems);
  };
  return (
    <div className={own.acts}>
      <Button variant="default" onClick={() => void step(STEP_PA)}>
        Step +0.2 atm
      </Button>
      <Button variant="default" onClick={() => void step(-STEP_PA)}>
        Step −0.2 atm
      </Button>
      {problems.length > 0 && <Refusals problems={problems} />}
    </div>
  );
}
