// Gains by Skogestad's rule for the process that was found and a wanted closed-loop time, what they promise, and taking them over and
// back: edits of the scenario, with undo.

import { Button } from '@mantine/core';
import type { GainsBefore, PiGains } from '../../../engine/pressure-control/controller/kept-gains.ts';
import { type LoopScope, loopName } from '../../../engine/pressure-control/plant/loop-name.ts';
import type { EditReply } from '../../../worker/protocol.ts';
import type { TuningView } from '../../../worker/tuning-view.ts';
import { QuantityInput } from '../../controls/QuantityInput.tsx';
import { significant } from '../../shell/format.ts';
import { edit } from '../../state/actions.ts';
import { useTwin } from '../../state/store.ts';
import classes from '../Plant.module.css';
import { quantityRow } from '../quantity-row.ts';
import { Refusals } from '../Refusals.tsx';
import { useCommand } from '../use-command.ts';
import { perAtm, percent, seconds } from './figures.ts';
import { gainsEdit } from './loop-edit.ts';
import own from './Pressure.module.css';

const SHORTEST_S = 0.05;
const LONGEST_S = 3600;
const TIME = quantityRow({
  label: 'Closed-loop time',
  unit: 's',
  min: SHORTEST_S,
  max: LONGEST_S,
  default: 0.5,
  logarithmic: true,
});

interface Props {
  readonly view: TuningView;
  readonly scope: LoopScope;
  readonly closedLoopTime: number;
  onClosedLoopTime(time: number): void;
}

/** Gives a loop gains, or with null those from the valves' sizes. */
async function giveGains(scope: LoopScope, loop: number, gains: PiGains | null): Promise<EditReply> {
  const { values, layout } = useTwin.getState();
  const present = { gain: values['control.gain_per_Pa'], integralTime: values['control.integral_time_s'] };
  const edits = gainsEdit(present, { scope, loop, layers: layout?.layers ?? [] }, gains);
  return edit(edits, `Gains, ${loopName(scope, loop).toLowerCase()}`);
}

const given = (before: GainsBefore): PiGains | null => (before.source === 'given' ? before : null);

export function FoundGains({ view, scope, closedLoopTime, onClosedLoopTime }: Props) {
  const { found, gains, test } = view;
  const desk = useCommand();
  if (!test || !gains) return null;
  const give = (to: PiGains | null) => desk.give(() => giveGains(scope, test.loop, to));
  const tested = loopName(scope, test.loop);
  return (
    <section className={own.gains} aria-label="Gains">
      <h3 className={own.title}>Gains, {tested.toLowerCase()}</h3>
      <table className={own.legend}>
        <thead>
          <tr>
            <th scope="col" />
            <th scope="col">%/atm</th>
            <th scope="col">Tᵢ s</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">
              In use{' '}
              <span className={classes.muted}>{gains.source === 'sizes' ? 'from sizes' : 'of the scenario'}</span>
            </th>
            <td>{perAtm(gains.now.proportional)}</td>
            <td>{significant(gains.now.proportional / gains.now.integral, 3)}</td>
          </tr>
          {found && (
            <tr>
              <th scope="row">
                Proposed <span className={classes.muted}>SIMC</span>
              </th>
              <td>{perAtm(found.tuning.pid.proportional)}</td>
              <td>{significant(found.tuning.integralTime, 3)}</td>
            </tr>
          )}
          {gains.before && (
            <tr>
              <th scope="row">
                Before <span className={classes.muted}>{gains.before.source === 'sizes' ? 'from sizes' : 'given'}</span>
              </th>
              <td>{gains.before.gain > 0 ? perAtm(gains.before.gain) : '–'}</td>
              <td>{significant(gains.before.integralTime, 3)}</td>
            </tr>
          )}
        </tbody>
      </table>
      {found && (
        <>
          <div className={own.field}>
            <span title="τc of Skogestad’s rule: shorter is faster and moves the valves more">Closed loop</span>
            <QuantityInput
              label={TIME.label}
              row={TIME}
              value={closedLoopTime}
              onCommit={(time) => {
                if (time >= SHORTEST_S && time <= LONGEST_S) onClosedLoopTime(time);
                else desk.refuse(`${time} s is out of range.`, `Give ${SHORTEST_S} to ${LONGEST_S} s.`);
              }}
              onRefuse={(reason) => desk.refuse(reason, 'Type for example 0.5 s.')}
            />
          </div>
          <p className={own.promise}>
            Promises {percent(found.predicted.overshoot)}&#8239;% overshoot; within 5&#8239;% in{' '}
            {seconds(found.predicted.settling[1] ?? null)}&#8239;s, 2&#8239;% in{' '}
            {seconds(found.predicted.settling[0] ?? null)}
            &#8239;s.{found.predicted.diverges && ' It would not settle: take a longer time.'}
          </p>
        </>
      )}
      <div className={own.acts}>
        {found && (
          <Button
            variant="light"
            disabled={found.inUse || found.predicted.diverges}
            title="An edit of the scenario: saved with it, kept over a reset, undone like any other"
            onClick={() => void give(found.tuning)}
          >
            {found.inUse ? 'In use' : 'Use these gains'}
          </Button>
        )}
        {gains.before && (
          <Button variant="default" onClick={() => void give(gains.before && given(gains.before))}>
            Take back
          </Button>
        )}
      </div>
      {desk.problems.length > 0 && <Refusals problems={desk.problems} />}
    </section>
  );
}
