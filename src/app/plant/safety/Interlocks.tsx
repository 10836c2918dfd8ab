// The interlocks: what is latched, what they watch, and their reset.

import { Button } from '@mantine/core';
import { significant, THIN } from '../../shell/format.ts';
import { useTwin } from '../../state/store.ts';
import { operatorName } from '../operator.ts';
import classes from '../Plant.module.css';
import { usePlant } from '../plant-store.ts';
import { PriorityMark } from '../priorities.tsx';
import { Refusals } from '../Refusals.tsx';
import { useCommand } from '../use-command.ts';
import safety from './Safety.module.css';

export function Interlocks() {
  const trips = usePlant((s) => s.overview?.trips);
  const oxygen = usePlant((s) => s.overview?.roomOxygen ?? Number.NaN);
  const relief = usePlant((s) => s.overview?.reliefOpen ?? 0);
  const act = useTwin((s) => s.values['safety.interlocks_enabled']);
  const desk = useCommand();
  if (!trips) return null;
  const more = trips.count - trips.first.length;
  return (
    <section aria-label="Interlocks">
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
