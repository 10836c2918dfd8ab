// Instruments outside the votes that have a fault: what each reads, what is wrong with it, and whether the plant can know.

import type { SensorPage } from '../../../worker/sensor-list.ts';
import { count, quantityText } from '../../shell/format.ts';
import { selectChambers } from '../../state/actions.ts';
import classes from '../Plant.module.css';
import { PriorityMark } from '../priorities.tsx';
import own from './Pressure.module.css';

type Row = SensorPage['instruments']['rows'][number];

const FAULTS: Readonly<Record<Row['fault'], string>> = {
  stuck: 'stuck',
  bias: 'biased',
  drift: 'drifting',
  dropped: 'dropped out',
  noisy: 'noisy',
};
const SEEN: Readonly<Record<NonNullable<Row['reason']>, string>> = {
  lost: 'gives no reading',
  range: 'out of range',
  rate: 'changes too fast',
  frozen: 'frozen',
  deviation: 'deviates',
  scatter: 'scatters',
};

export function FaultyInstruments({ rows, total }: SensorPage['instruments']) {
  if (total === 0) return null;
  return (
    <>
      <h3 className={own.title}>
        {count(total)} other {total === 1 ? 'instrument' : 'instruments'} with a fault
      </h3>
      <ul className={own.instruments} aria-label="Instruments with a fault">
        {rows.map(({ tag, chamber, value, unit, fault, reason }) => (
          <li key={tag} className={own.sampling}>
            <p>
              <PriorityMark priority="low" filled={reason !== null} label={reason ? 'Alarm' : 'Not noticed'} />
              <button
                type="button"
                className={own.loopName}
                title={`Select chamber ${chamber}`}
                onClick={() => selectChambers([chamber])}
              >
                {tag}
              </button>{' '}
              {Number.isFinite(value) ? quantityText(value, unit) : 'no reading'}
            </p>
            <p className={classes.muted}>
              Fault: {FAULTS[fault]}. {reason ? `Seen: ${SEEN[reason]}.` : 'Not noticed by the plant.'}
            </p>
          </li>
        ))}
      </ul>
      {total > rows.length && (
        <p className={classes.muted}>
          The first {rows.length} of {count(total)}.
        </p>
      )}
    </>
  );
}
