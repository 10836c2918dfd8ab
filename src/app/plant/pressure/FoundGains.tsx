// Gains by Skogestad's rule for the process that was found and a wanted closed-loop time, what they promise, and taking them over and
// back.

import { Button } from '@mantine/core';
import type { TuningView } from '../../../worker/tuning-view.ts';
import { QuantityInput } from '../../controls/QuantityInput.tsx';
import { significant } from '../../shell/format.ts';
import { operatorName } from '../operator.ts';
import classes from '../Plant.module.css';
import { quantityRow } from '../quantity-row.ts';
import { Refusals } from '../Refusals.tsx';
import { useCommand } from '../use-command.ts';
import { perAtm, percent, seconds } from './figures.ts';
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
  readonly tested: string;
  readonly closedLoopTime: number;
  onClosedLoopTime(time: number): void;
}

export function FoundGains({ view, tested, closedLoopTime, onClosedLoopTime }: Props) {
  const { found, gains, test } = view;
  const desk = useCommand();
  if (!test || !gains) return null;
  const give = () => desk.give((farm) => farm.takeGains(closedLoopTime, operatorName()));
  const integralTime = (g: { proportional: number; integral: number }): string =>
    significant(g.proportional / g.integral, 3);
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
              In use <span className={classes.muted}>{gains.source === 'sizes' ? 'from sizes' : 'from a test'}</span>
            </th>
            <td>{perAtm(gains.now.proportional)}</td>
            <td>{integralTime(gains.now)}</td>
          </tr>
          {found && (
            <tr>
              <th scope="row">
                Proposed <span className={classes.muted}>SIMC</span>
              </th>
              <td>{perAtm(found.tuning.pid.proportional)}</td>
              <td>{integralTime(found.tuning.pid)}</td>
            </tr>
          )}
          {gains.before && (
            <tr>
              <th scope="row">Before</th>
              <td>{perAtm(gains.before.proportional)}</td>
              <td>{integralTime(gains.before)}</td>
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
          <Button variant="light" disabled={found.inUse || found.predicted.diverges} onClick={() => void give()}>
            {found.inUse ? 'In use' : 'Use these gains'}
          </Button>
        )}
        {gains.before && (
          <Button
            variant="default"
            onClick={() => void desk.give((farm) => farm.takeBackGains(test.loop, operatorName()))}
          >
            Take back
          </Button>
        )}
      </div>
      {desk.problems.length > 0 && <Refusals problems={desk.problems} />}
    </section>
  );
}
