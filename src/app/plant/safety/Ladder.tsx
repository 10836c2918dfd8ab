// The ladder of limits, the most urgent rung at the top, and how many chambers stand on each.

import { useMemo } from 'react';
import type { Priority } from '../../../engine/monitoring/alarms/definition-row.ts';
import { RUNGS, type Rung } from '../../../engine/pressure-control/safety/ladder.ts';
import type { FarmCalls } from '../../../worker/protocol.ts';
import type { Remote } from '../../../worker/rpc.ts';
import { count } from '../../shell/format.ts';
import { useTwin } from '../../state/store.ts';
import classes from '../Plant.module.css';
import { usePlantAnswer } from '../plant-store.ts';
import { PriorityMark } from '../priorities.tsx';
import { ladderRows, rungCounts } from './ladder-rows.ts';
import { limitsOf } from './limits.ts';
import safety from './Safety.module.css';

const INTERVAL_MS = 1000;
const ask = (farm: Remote<FarmCalls>): Promise<Float32Array> => farm.frame('safetyRung');

/** How urgent a rung is; operation is not. */
const URGENCY: Readonly<Record<Rung, Priority | null>> = {
  operation: null,
  caution: 'low',
  alert: 'high',
  trip: 'critical',
  'beyond-rating': 'critical',
  unknown: 'medium',
};

export function Ladder() {
  const values = useTwin((s) => s.values);
  const rows = useMemo(() => ladderRows(limitsOf(values)), [values]);
  const rungs = usePlantAnswer(ask, INTERVAL_MS);
  const counts = useMemo(() => (rungs ? rungCounts(rungs) : null), [rungs]);
  const all = rungs?.length ?? 0;
  return (
    <section className={safety.part} aria-label="Ladder of limits">
      <table className={`${classes.table} ${safety.ladder}`}>
        <thead>
          <tr>
            <th scope="col">Limits</th>
            <th scope="col" className={safety.number}>
              Pressure <span className={classes.unitHead}>atm</span>
            </th>
            <th scope="col" className={safety.number}>
              Temp. <span className={classes.unitHead}>K</span>
            </th>
            <th scope="col" className={safety.number}>
              Chambers
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ rung, label, pressure, temperature }) => {
            const n = counts?.[RUNGS.indexOf(rung)] ?? 0;
            const urgency = URGENCY[rung];
            return (
              <tr key={rung} data-empty={n === 0 || undefined}>
                <th scope="row">
                  <span className={classes.priority}>
                    <span className={safety.mark}>
                      {urgency && n > 0 && <PriorityMark priority={urgency} filled={false} />}
                    </span>
                    {label}
                  </span>
                </th>
                <td className={safety.number}>{pressure}</td>
                <td className={safety.number}>{temperature}</td>
                <td className={safety.number}>
                  <span
                    className={safety.bar}
                    style={{ width: `${all > 0 ? (100 * n) / all : 0}%` }}
                    aria-hidden="true"
                  />
                  <span className={safety.count}>{counts ? count(n) : '–'}</span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
