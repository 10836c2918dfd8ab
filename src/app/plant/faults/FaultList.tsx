// Faults asked for: those that wait or act first, then what is over, the latest first.

import { Button } from '@mantine/core';
import { faultKind } from '../../../engine/faults/fault-kinds.ts';
import { faultText } from '../../../engine/faults/parse.ts';
import type { ScheduledFault } from '../../../engine/faults/schedule.ts';
import { simulatedTime, withUnit } from '../../shell/format.ts';
import { useTwin } from '../../state/store.ts';
import { operatorName } from '../operator.ts';
import classes from '../Plant.module.css';
import { usePlant } from '../plant-store.ts';
import { Refusals } from '../Refusals.tsx';
import { answered, useCommand } from '../use-command.ts';
import own from './Faults.module.css';
import { placesHint } from './fault-command.ts';
import { useSensorNumbers } from './use-sensors.ts';

const PAST_SHOWN = 50;
const NONE: readonly ScheduledFault[] = [];
const WORDS: Readonly<Record<ScheduledFault['state'], string>> = {
  waiting: 'Waiting',
  active: 'Active',
  ended: 'Ended',
  cleared: 'Cleared',
};

const isOpen = ({ state }: ScheduledFault): boolean => state === 'waiting' || state === 'active';

export function FaultList() {
  const faults = usePlant((s) => s.overview?.faults) ?? NONE;
  const desk = useCommand();
  const open = faults.filter(isOpen);
  const past = faults.filter((fault) => !isOpen(fault));
  return (
    <section className={own.faultList} aria-label="Faults">
      <header className={classes.toolbar}>
        <h3 className={own.listTitle}>
          {open.length === 0 ? 'No fault waits or acts' : `${open.length} ${open.length === 1 ? 'fault' : 'faults'}`}
        </h3>
        <span className={classes.end}>
          <Button
            variant="default"
            disabled={open.length === 0}
            onClick={() => void desk.give(answered((farm) => farm.clearFaults(operatorName())))}
          >
            Clear all
          </Button>
        </span>
      </header>
      {desk.problems.length > 0 && <Refusals problems={desk.problems} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling list must be reachable by keyboard */}
      <ul className={classes.scroll} tabIndex={0} aria-label="Faults asked for">
        {[...open, ...past.reverse().slice(0, PAST_SHOWN)].map((fault) => (
          <OneFault
            key={fault.id}
            fault={fault}
            onClear={() => void desk.give((farm) => farm.clearFault(fault.id, operatorName()))}
          />
        ))}
        {faults.length === 0 && (
          <li className={classes.empty}>Nothing has failed yet. Choose a kind, then press Inject.</li>
        )}
      </ul>
    </section>
  );
}

const time = (seconds: number): string => {
  const { value, unit } = simulatedTime(seconds);
  return withUnit(value, unit);
};

/** Within a sentence: without a capital, but tags as they are. */
const plainly = (hint: string): string =>
  /^[A-Z]{2}-/.test(hint) ? hint : hint.charAt(0).toLowerCase() + hint.slice(1);

function OneFault({ fault, onClear }: { fault: ScheduledFault; onClear: () => void }) {
  const edges = useTwin((s) => s.layout?.edges) ?? [];
  const sensors = useSensorNumbers();
  const { id, kind, state, targets, start_s, end_s, who } = fault;
  const { label, target } = faultKind(kind);
  const until = end_s === null ? '' : ` until ${time(end_s)}`;
  return (
    <li className={own.fault} data-past={!isOpen(fault) || undefined}>
      <div className={own.faultWords}>
        <p>
          <strong>{label}</strong> {plainly(placesHint(target, targets, edges, sensors))}
        </p>
        <p className={classes.muted} title={`${faultText(fault, sensors ?? undefined)}, by ${who}`}>
          {WORDS[state]}, from {time(start_s)}
          {until}
        </p>
      </div>
      {isOpen(fault) && (
        <Button variant="default" aria-label={`Clear fault ${id}, ${label}`} onClick={onClear}>
          Clear
        </Button>
      )}
    </li>
  );
}
