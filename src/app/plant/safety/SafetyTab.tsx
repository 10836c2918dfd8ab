// Safety at a glance: the emergency stop, where the farm is in its sequence, the interlocks, and the ladder of limits.

import { Button } from '@mantine/core';
import { useState } from 'react';
import { PHASES, type PhaseName } from '../../../engine/pressure-control/safety/sequence-phases.ts';
import { shownDuration, significant, simulatedTime, THIN, withUnit } from '../../shell/format.ts';
import { useTwin } from '../../state/store.ts';
import { operatorName } from '../operator.ts';
import classes from '../Plant.module.css';
import { usePlant } from '../plant-store.ts';
import { PriorityMark } from '../priorities.tsx';
import { Refusals } from '../Refusals.tsx';
import { answered, useCommand } from '../use-command.ts';
import { Ladder } from './Ladder.tsx';
import safety from './Safety.module.css';

export function SafetyTab() {
  const known = usePlant((s) => s.overview !== null);
  if (!known) return <p className={classes.empty}>Asking the plant</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={safety.grid} aria-label="Safety" tabIndex={0}>
      <EmergencyStop />
      <SequencePart />
      <Interlocks />
      <Ladder />
    </section>
  );
}

function EmergencyStop() {
  const pressed = usePlant((s) => s.overview?.emergencyStop ?? false);
  const desk = useCommand();
  const press = (on: boolean) =>
    void desk.give(answered((farm) => farm.emergencyStop(on, operatorName(), 'at the plant panel')));
  return (
    <section className={safety.stop} aria-label="Emergency stop">
      <button
        type="button"
        className={safety.stopButton}
        aria-pressed={pressed}
        title="Stops drive and chips, closes the supply, opens the vents: at once and without a question"
        onClick={() => press(true)}
      >
        <StopShape />
        Emergency stop
      </button>
      <p className={classes.muted} role="status">
        {pressed ? 'Pressed. Everything stays stopped.' : 'Stops all at once; no question is asked.'}
      </p>
      <Button variant="default" fullWidth disabled={!pressed} onClick={() => press(false)}>
        Release
      </Button>
      <Refusals problems={desk.problems} />
    </section>
  );
}

function StopShape() {
  return (
    <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true" focusable="false">
      <path
        d="M8.8 1.5h10.4l7.3 7.3v10.4l-7.3 7.3H8.8l-7.3-7.3V8.8z"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
      />
      <path d="M9 9h10v10H9z" fill="currentColor" />
    </svg>
  );
}

/** Down and up again: the phases in the order in which they follow when all goes well. */
const PATH: readonly PhaseName[] = [
  'running',
  'ramping-down',
  'isolating',
  'cooling',
  'depressurising',
  'safe',
  'purging',
  'pressurising',
  'ramping-up',
];
const SHORT: Readonly<Record<PhaseName, string>> = {
  running: 'Running',
  'ramping-down': 'Ramp down',
  isolating: 'Isolate',
  cooling: 'Cool',
  depressurising: 'Depressurise',
  safe: 'Safe',
  emergency: 'Emergency',
  purging: 'Purge',
  pressurising: 'Fill',
  'ramping-up': 'Ramp up',
};

function SequencePart() {
  const sequence = usePlant((s) => s.overview?.sequence);
  const now = usePlant((s) => s.overview?.time_s ?? 0);
  const [why, setWhy] = useState('');
  const desk = useCommand();
  if (!sequence) return null;
  const { phase, label, since_s, waitingFor, timeLeft_s } = sequence;
  const since = simulatedTime(since_s);
  const emergency = phase === 'emergency';
  return (
    <section className={safety.part} aria-label="Sequence">
      <h3 className={safety.title}>
        {emergency && <PriorityMark priority="critical" filled label="Emergency" />}
        The farm is {label}
      </h3>
      <p className={classes.muted}>
        since {withUnit(since.value, since.unit)}, for {shownDuration(Math.max(0, now - since_s))}
        {timeLeft_s !== null && `; ${shownDuration(timeLeft_s)} left for this`}
      </p>
      <ol className={safety.path} aria-label="Phases">
        {PATH.map((name) => (
          <li key={name} aria-current={name === phase ? 'step' : undefined} title={`The farm is ${PHASES[name].label}`}>
            {SHORT[name]}
          </li>
        ))}
      </ol>
      <ul className={safety.waits} aria-label="Waits for">
        {waitingFor.map((text) => (
          <li key={text}>Waits for: {text}</li>
        ))}
      </ul>
      <div className={safety.acts}>
        <input
          type="text"
          className={classes.field}
          placeholder="Reason, for the log"
          aria-label="Reason, for the log"
          maxLength={200}
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
        <Button variant="default" onClick={() => void desk.give((farm) => farm.shutDown(operatorName(), why))}>
          Shut down
        </Button>
        <Button variant="default" onClick={() => void desk.give((farm) => farm.restart(operatorName(), why))}>
          Restart
        </Button>
      </div>
      <Refusals problems={desk.problems} />
    </section>
  );
}

function Interlocks() {
  const trips = usePlant((s) => s.overview?.trips);
  const oxygen = usePlant((s) => s.overview?.roomOxygen ?? Number.NaN);
  const relief = usePlant((s) => s.overview?.reliefOpen ?? 0);
  const act = useTwin((s) => s.values['safety.interlocks_enabled']);
  const desk = useCommand();
  if (!trips) return null;
  const more = trips.count - trips.first.length;
  return (
    <section className={safety.part} aria-label="Interlocks">
      <h3 className={safety.title}>
        {trips.count > 0 && <PriorityMark priority="critical" filled label="Tripped" />}
        {trips.count === 0
          ? 'No interlock is latched'
          : `${trips.count} latched ${trips.count === 1 ? 'trip' : 'trips'}`}
      </h3>
      {!act && <p className={classes.muted}>Interlocks are set not to act: alarms and relief valves only.</p>}
      <ul className={safety.trips}>
        {trips.first.map((text) => (
          <li key={text}>{text}</li>
        ))}
        {more > 0 && <li className={classes.muted}>and {more} more</li>}
      </ul>
      <dl className={safety.figures}>
        <div>
          <dt>Room oxygen</dt>
          <dd>
            {significant(100 * oxygen, 4)}
            {THIN}%
          </dd>
        </div>
        <div>
          <dt>Reliefs open</dt>
          <dd>{relief}</dd>
        </div>
      </dl>
      <Button
        variant="default"
        disabled={trips.count === 0}
        onClick={() => void desk.give((farm) => farm.resetInterlocks(operatorName(), ''))}
      >
        Reset interlocks
      </Button>
      <Refusals problems={desk.problems} />
    </section>
  );
}
