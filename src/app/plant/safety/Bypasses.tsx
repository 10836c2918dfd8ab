// Bypasses of the interlocks: those that act and for how long, requests that wait for their second act, and the first act of a new one.

import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type Bypass, CONFIRM_WITHIN_S, LONGEST_BYPASS_S } from '../../../engine/pressure-control/safety/bypass.ts';
import { FARM } from '../../../engine/pressure-control/safety/interlocks.ts';
import { TRIP_CAUSES, type TripCauseId } from '../../../engine/pressure-control/safety/trip-table.ts';
import { QuantityInput } from '../../controls/QuantityInput.tsx';
import { shownDuration } from '../../shell/format.ts';
import { useTwin } from '../../state/store.ts';
import { operatorName } from '../operator.ts';
import classes from '../Plant.module.css';
import { usePlant } from '../plant-store.ts';
import { quantityRow } from '../quantity-row.ts';
import { Refusals } from '../Refusals.tsx';
import { type CommandDesk, useCommand } from '../use-command.ts';
import safety from './Safety.module.css';

const NONE: readonly Bypass[] = [];
const CAUSES = TRIP_CAUSES.filter(({ bypassable }) => bypassable);
const labelOf = (cause: TripCauseId): string => TRIP_CAUSES.find(({ id }) => id === cause)?.label ?? cause;
const placeOf = (group: number): string => (group === FARM ? 'farm' : `chamber ${group}`);

export function Bypasses() {
  const bypasses = usePlant((s) => s.overview?.bypasses) ?? NONE;
  const now = usePlant((s) => s.overview?.time_s ?? 0);
  const [asking, setAsking] = useState(false);
  const desk = useCommand();
  const active = bypasses.filter(({ until_s }) => until_s !== null).length;
  return (
    <section aria-label="Bypasses" className={safety.bypasses}>
      <h3 className={safety.title}>
        {active === 0 ? 'No bypass acts' : `${active} ${active === 1 ? 'bypass acts' : 'bypasses act'}`}
      </h3>
      <ul>
        {bypasses.map((bypass) => (
          <One key={bypass.id} bypass={bypass} now={now} desk={desk} />
        ))}
      </ul>
      {desk.problems.length > 0 && <Refusals problems={desk.problems} />}
      {asking ? (
        <RequestForm desk={desk} onDone={() => setAsking(false)} />
      ) : (
        <Button
          variant="default"
          onClick={() => {
            desk.clear();
            setAsking(true);
          }}
        >
          Bypass an interlock…
        </Button>
      )}
    </section>
  );
}

function One({ bypass, now, desk }: { bypass: Bypass; now: number; desk: CommandDesk }) {
  const { id, group, cause, until_s, requested_s, requestedBy, reason } = bypass;
  const [why, setWhy] = useState('');
  const begun = until_s !== null;
  const left = Math.max(0, (until_s ?? requested_s + CONFIRM_WITHIN_S) - now);
  return (
    <li className={safety.bypass} data-begun={begun || undefined}>
      <p>
        <strong>{labelOf(cause)}</strong>, {placeOf(group)}
      </p>
      <p className={classes.muted}>
        {begun ? `${shownDuration(left)} left` : `requested; lapses in ${shownDuration(left)}`}; {requestedBy}: {reason}
      </p>
      <div className={safety.bypassActs}>
        {!begun && (
          <>
            <input
              type="text"
              className={`${classes.field} ${classes.grow}`}
              placeholder="Why it is safe"
              aria-label={`Why bypass ${id} is safe`}
              maxLength={200}
              value={why}
              onChange={(event) => setWhy(event.currentTarget.value)}
            />
            <Button
              variant="light"
              aria-label={`Confirm bypass ${id}`}
              onClick={() => void desk.give((farm) => farm.confirmBypass(id, operatorName(), why))}
            >
              Confirm
            </Button>
          </>
        )}
        <Button
          variant="default"
          aria-label={`${begun ? 'End' : 'Withdraw'} bypass ${id}`}
          onClick={() => void desk.give((farm) => farm.endBypass(id, operatorName(), 'at the plant panel'))}
        >
          {begun ? 'End' : 'Withdraw'}
        </Button>
      </div>
    </li>
  );
}

const DURATION = quantityRow({
  label: 'Time of the bypass',
  unit: 's',
  displayUnit: 'min',
  min: 1,
  max: LONGEST_BYPASS_S,
  default: 1800,
});

function RequestForm({ desk, onDone }: { desk: CommandDesk; onDone: () => void }) {
  const selected = useTwin((s) => s.selection[0] ?? 0);
  const chambers = useTwin((s) => s.layout?.chambers ?? 1);
  const [cause, setCause] = useState<TripCauseId>('pressure-high');
  const [chamber, setChamber] = useState<number | null>(null);
  const [duration_s, setDuration] = useState(DURATION.default as number);
  const [why, setWhy] = useState('');
  const ofFarm = CAUSES.find(({ id }) => id === cause)?.reach === 'farm';
  const place = quantityRow({ label: 'Chamber', unit: '', min: 0, max: chambers - 1, default: 0 });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const group = ofFarm ? FARM : (chamber ?? selected);
    if (await desk.give((farm) => farm.requestBypass({ group, cause, duration_s, who: operatorName(), why }))) onDone();
  };
  return (
    <form className={safety.request} aria-label="New bypass" onSubmit={(event) => void submit(event)}>
      <select
        className={classes.field}
        aria-label="Cause that is not to trip"
        value={cause}
        onChange={(event) => setCause(event.currentTarget.value as TripCauseId)}
      >
        {CAUSES.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
      <span className={safety.requestLine}>
        {ofFarm ? (
          <span>Whole farm</span>
        ) : (
          <span className={classes.inline}>
            Chamber
            <QuantityInput
              label="Chamber"
              row={{ ...place, kind: 'integer' }}
              value={chamber ?? selected}
              showUnit={false}
              onCommit={setChamber}
              onRefuse={(reason) => desk.refuse(reason, `Give 0 to ${chambers - 1}.`)}
            />
          </span>
        )}
        <span className={classes.inline}>
          for
          <QuantityInput
            label={DURATION.label}
            row={DURATION}
            value={duration_s}
            onCommit={setDuration}
            onRefuse={(reason) => desk.refuse(reason, 'Type for example 30 min.')}
          />
        </span>
      </span>
      <input
        type="text"
        className={classes.field}
        placeholder="Reason"
        aria-label="Reason of the bypass"
        maxLength={200}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      <span className={safety.requestLine}>
        <Button type="submit" variant="light">
          Request
        </Button>
        <Button variant="subtle" onClick={onDone}>
          Cancel
        </Button>
        <span className={classes.muted}>at most {shownDuration(LONGEST_BYPASS_S)}; a second act confirms</span>
      </span>
    </form>
  );
}
