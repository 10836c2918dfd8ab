// Where the farm is in its shutdown and restart: the phases in order, what the present one waits for and how long it may, and what a
// restart needs.

import { Button } from '@mantine/core';
import { useState } from 'react';
import { PHASES, type PhaseName } from '../../../engine/pressure-control/safety/sequence-phases.ts';
import type { PermissiveStatus } from '../../../engine/pressure-control/safety/shutdown.ts';
import { shownDuration, simulatedTime, withUnit } from '../../shell/format.ts';
import { operatorName } from '../operator.ts';
import classes from '../Plant.module.css';
import { usePlant } from '../plant-store.ts';
import { PriorityMark } from '../priorities.tsx';
import { Refusals } from '../Refusals.tsx';
import { useCommand } from '../use-command.ts';
import safety from './Safety.module.css';

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

export function SequencePart() {
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
        <li aria-current={emergency ? 'step' : undefined} data-beside title={`The farm is ${PHASES.emergency.label}`}>
          {SHORT.emergency}
        </li>
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
      <Permissives stopped={phase !== 'running'} />
    </section>
  );
}

const NONE: readonly PermissiveStatus[] = [];

/** What a restart needs; open by itself while the farm does not run. */
function Permissives({ stopped }: { stopped: boolean }) {
  const permissives = usePlant((s) => s.overview?.permissives) ?? NONE;
  const [chosen, setChosen] = useState<boolean | null>(null);
  const met = permissives.filter((one) => one.met).length;
  return (
    <details
      className={safety.permissives}
      open={chosen ?? stopped}
      onToggle={({ currentTarget: { open } }) => {
        if (open !== (chosen ?? stopped)) setChosen(open);
      }}
    >
      <summary>
        Restart: {met} of {permissives.length} conditions met
      </summary>
      <ul aria-label="Conditions of a restart">
        {permissives.map(({ label, met: isMet, reading, remedy }) => (
          <li key={label} data-met={isMet}>
            <span className={safety.verdict} role="img" aria-label={isMet ? 'Met' : 'Not met'}>
              {isMet ? '✓' : '✕'}
            </span>
            <span>
              {label}
              {reading !== '' && <span className={classes.muted}> {reading}</span>}
              {!isMet && <span className={safety.remedy}> {remedy}</span>}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
