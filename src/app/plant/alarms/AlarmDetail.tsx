// The alarm under the operator's hand: what it means, what to do, why it is there, and every command of its life cycle.

import { useCallback } from 'react';
import { ALARM_DEFINITIONS } from '../../../engine/monitoring/alarms/alarm-definitions.ts';
import type { AlarmRow } from '../../../engine/monitoring/alarms/alarm-list.ts';
import { ALARM_STATES } from '../../../engine/monitoring/alarms/alarm-states.ts';
import { AlarmTable as Instances } from '../../../engine/monitoring/alarms/alarm-table.ts';
import type { Deviation, Explanation } from '../../../engine/monitoring/alarms/cause.ts';
import { placeText } from '../../../engine/monitoring/alarms/places.ts';
import type { FarmCalls } from '../../../worker/protocol.ts';
import type { Remote } from '../../../worker/rpc.ts';
import { quantityText, simulatedTime, withUnit } from '../../shell/format.ts';
import { selectChambers } from '../../state/actions.ts';
import classes from '../Plant.module.css';
import { usePlant, usePlantAnswer } from '../plant-store.ts';
import { PRIORITY_WORDS, PriorityMark } from '../priorities.tsx';
import { AlarmCommands } from './AlarmCommands.tsx';
import own from './Alarms.module.css';
import { isOwed, STATE_WORDS } from './alarm-rows.ts';

const INTERVAL_MS = 500;

export function AlarmDetail() {
  const alarm = usePlant((s) => s.alarm);
  const answer = useDetail(alarm);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={own.detail} aria-label="Alarm" tabIndex={0}>
      {alarm === null ? (
        <p className={classes.empty}>Select an alarm to see why it is there and what to do.</p>
      ) : (
        answer && answer.row.alarm === alarm && <Detail row={answer.row} explanation={answer.explanation} />
      )}
    </section>
  );
}

interface Answer {
  readonly row: AlarmRow;
  readonly explanation: Explanation | null;
}

/** The row of an alarm, normal or not, and why it is there. */
function useDetail(alarm: number | null): Answer | null {
  const ask = useCallback(
    async (farm: Remote<FarmCalls>): Promise<Answer | null> => {
      const targets = usePlant.getState().overview?.alarmTargets;
      if (alarm === null || !targets) return null;
      const place = new Instances(targets).place(alarm);
      const { rows } = await farm.alarms({ ...place, states: ALARM_STATES });
      const row = rows.find((one) => one.alarm === alarm);
      return row ? { row, explanation: await farm.explainAlarm(alarm) } : null;
    },
    [alarm],
  );
  return usePlantAnswer(ask, INTERVAL_MS);
}

function Detail({ row, explanation }: Answer) {
  const onset = simulatedTime(row.onset_s);
  return (
    <>
      <h3 className={classes.detailTitle}>
        <PriorityMark priority={row.priority} filled={isOwed(row.state)} />
        <span>{row.label}</span>
      </h3>
      <p className={classes.muted}>
        {PRIORITY_WORDS[row.priority]} ·{' '}
        {row.target === 'chamber' ? (
          <button type="button" className={classes.link} onClick={() => selectChambers([row.index])}>
            {row.place}
          </button>
        ) : (
          row.place
        )}{' '}
        · {STATE_WORDS[row.state].toLowerCase()}
      </p>
      <AlarmCommands key={row.alarm} row={row} />
      <dl className={own.facts}>
        <div>
          <dt>If nobody acts</dt>
          <dd>{row.consequence}</dd>
        </div>
        <div>
          <dt>What to do</dt>
          <dd>{row.action}</dd>
        </div>
        <div>
          <dt>Condition</dt>
          <dd>
            {row.condition ? 'present since ' : row.occurrences > 0 ? 'gone; it last came at ' : 'has not come yet'}
            {row.occurrences > 0 && withUnit(onset.value, onset.unit)}
          </dd>
        </div>
        {row.hidden !== '' && (
          <div>
            <dt>Hidden</dt>
            <dd>{row.hidden}</dd>
          </div>
        )}
      </dl>
      <h4 className={own.detailHeading}>Why this alarm?</h4>
      <Why explanation={explanation} />
    </>
  );
}

function Why({ explanation }: { explanation: Explanation | null }) {
  if (!explanation) return <p className={classes.muted}>Its condition is not present: there is nothing to explain.</p>;
  const { chain, root } = explanation;
  if (chain.length === 1) return <p className={classes.muted}>Nothing else that is present explains it.</p>;
  return (
    <ol className={own.chain} aria-label="Causes, the first at the top">
      {chain.map((deviation, k) => (
        <li key={`${deviation.kind}@${deviation.place.index}`}>
          <span>
            {ALARM_DEFINITIONS[deviation.kind].label}{' '}
            <span className={classes.muted}>{placeText(deviation.place)}</span>
          </span>
          <span className={own.chainTime}>{k === 0 ? at(root) : lag(deviation, root)}</span>
        </li>
      ))}
    </ol>
  );
}

function at({ onset_s }: Deviation): string {
  const { value, unit } = simulatedTime(onset_s);
  return withUnit(value, unit);
}

function lag({ onset_s }: Deviation, root: Deviation): string {
  const late = onset_s - root.onset_s;
  if (late === 0) return 'at once';
  return late < 0 ? `noticed ${quantityText(-late, 's')} before` : `${quantityText(late, 's')} later`;
}
