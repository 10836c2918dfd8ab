// The virtual files of the sensors: one a sensor, by number or by its tag; each is read when it is looked at and never otherwise.

import type { Farm } from '../farm.ts';
import { SPECIES } from '../gas/species.ts';
import { SENSOR_KINDS, type SensorKind } from '../pressure-control/sensors/catalogue.ts';
import { suspectWords } from '../pressure-control/sensors/voting.ts';
import { row } from './lines.ts';
import type { SensorSource } from './proc.ts';
import { NO_VALUE, SUSPECTED, sensorByTag, sensorCount, sensorState, sensorUnit } from './sensor-states.ts';

function sensorLines(farm: Farm, kind: SensorKind, index: number): readonly string[] {
  const { tag, chamber, point, value, fractions, quality, sampled_s, suspicion } = sensorState(farm, kind, index);
  const values =
    fractions.length > 0
      ? fractions.map((fraction, k) => row(`value_${SPECIES[k].symbol}`, fraction))
      : [row('value', value)];
  const words = suspicion ? `: ${suspectWords(tag, suspicion)}` : '';
  return [
    row('tag', tag),
    row('chamber', chamber),
    row('point', `${point.kind} ${point.index}`),
    ...values,
    row('unit', sensorUnit(kind)),
    row('quality', quality === NO_VALUE ? 'bad: no value' : quality === SUSPECTED ? `suspected${words}` : 'good'),
    row('sampled_s', sampled_s),
    row('age_s', farm.time_s - sampled_s),
  ];
}

/** The sensors by kind. */
export const sensorSources = (farm: Farm): Readonly<Record<string, SensorSource>> =>
  Object.fromEntries(
    SENSOR_KINDS.map((kind) => [
      kind,
      {
        count: () => sensorCount(farm, kind),
        lines: (index: number) => sensorLines(farm, kind, index),
        find: (tag: string) => sensorByTag(farm, kind, tag),
      },
    ]),
  );
