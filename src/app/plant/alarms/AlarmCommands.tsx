// The commands of one alarm. All stand where they always stand; what cannot be done now is refused with reason and remedy.

import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { alarmDefinition } from '../../../engine/monitoring/alarms/alarm-definitions.ts';
import type { AlarmRow } from '../../../engine/monitoring/alarms/alarm-list.ts';
import type { AlarmCommandKind } from '../../../engine/monitoring/alarms/alarm-states.ts';
import { QuantityInput } from '../../controls/QuantityInput.tsx';
import { shownDuration } from '../../shell/format.ts';
import { operatorName } from '../operator.ts';
import classes from '../Plant.module.css';
import { quantityRow } from '../quantity-row.ts';
import { Refusals } from '../Refusals.tsx';
import { type CommandDesk, useCommand } from '../use-command.ts';
import own from './Alarms.module.css';

const SHELVE_FIRST_S = 1800;

type Hiding = 'shelve' | 'take-out-of-service';

export function AlarmCommands({ row }: { row: AlarmRow }) {
  const desk = useCommand();
  const [asking, setAsking] = useState<Hiding | null>(null);
  const { alarm, state } = row;
  const give = (kind: AlarmCommandKind, why = '', duration_s?: number) =>
    desk.give((farm) =>
      farm.alarmCommand({ kind, alarm, who: operatorName(), why, ...(duration_s === undefined ? {} : { duration_s }) }),
    );
  const ask = (kind: Hiding) => {
    desk.clear();
    setAsking(asking === kind ? null : kind);
  };
  // A kind that may not be shelved is refused before anything is asked for.
  const shelve = () => {
    if (alarmDefinition(row.kind).longestShelving_s > 0) ask('shelve');
    else void give('shelve', 'asked', SHELVE_FIRST_S);
  };
  const finish = async (kind: Hiding, why: string, duration_s?: number) => {
    if (await give(kind, why, duration_s)) setAsking(null);
  };
  return (
    <div className={own.commands}>
      <div className={own.buttons}>
        <Button variant="default" onClick={() => void give('acknowledge')}>
          Acknowledge
        </Button>
        <Button variant="default" onClick={() => void give('reset')}>
          Reset
        </Button>
        {state === 'shelved' ? (
          <Button variant="default" onClick={() => void give('unshelve')}>
            Unshelve
          </Button>
        ) : (
          <Button variant="default" aria-expanded={asking === 'shelve'} onClick={shelve}>
            Shelve…
          </Button>
        )}
        {state === 'out-of-service' ? (
          <Button variant="default" onClick={() => void give('return-to-service')}>
            Return to service
          </Button>
        ) : (
          <Button
            variant="default"
            aria-expanded={asking === 'take-out-of-service'}
            onClick={() => ask('take-out-of-service')}
          >
            Out of service…
          </Button>
        )}
      </div>
      {asking && (
        <HideForm
          key={asking}
          kind={asking}
          row={row}
          desk={desk}
          onDone={(why, duration_s) => void finish(asking, why, duration_s)}
          onCancel={() => setAsking(null)}
        />
      )}
      {desk.problems.length > 0 && <Refusals problems={desk.problems} />}
    </div>
  );
}

interface FormProps {
  readonly kind: Hiding;
  readonly row: AlarmRow;
  readonly desk: CommandDesk;
  onDone(why: string, duration_s?: number): void;
  onCancel(): void;
}

function HideForm({ kind, row, desk, onDone, onCancel }: FormProps) {
  const longest = alarmDefinition(row.kind).longestShelving_s;
  const [why, setWhy] = useState('');
  const [duration, setDuration] = useState(Math.min(SHELVE_FIRST_S, longest));
  const shelves = kind === 'shelve';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onDone(why, shelves ? duration : undefined);
  };
  const time = quantityRow({
    label: 'Time of shelving',
    unit: 's',
    displayUnit: 'min',
    min: 60,
    max: Math.max(60, longest),
    default: SHELVE_FIRST_S,
  });
  return (
    <form className={own.hide} onSubmit={submit}>
      {shelves && (
        <span className={classes.inline}>
          <QuantityInput
            label={time.label}
            row={time}
            value={duration}
            onCommit={setDuration}
            onRefuse={(reason) => desk.refuse(reason, 'Type for example 30 min.')}
          />
          <span className={classes.muted}>at most {shownDuration(longest)}</span>
        </span>
      )}
      <input
        type="text"
        className={`${classes.field} ${classes.grow}`}
        placeholder="Reason"
        aria-label="Reason"
        maxLength={200}
        // The form has just been asked for.
        // biome-ignore lint/a11y/noAutofocus: it opens by the person's own click
        autoFocus
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onCancel();
        }}
      />
      <Button type="submit" variant="light">
        {shelves ? 'Shelve' : 'Take out of service'}
      </Button>
      <Button variant="subtle" onClick={onCancel}>
        Cancel
      </Button>
    </form>
  );
}
