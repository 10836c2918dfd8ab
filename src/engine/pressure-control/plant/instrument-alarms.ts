// Alarms of instruments that do not vote, one of each kind for a chamber, which name the instruments: so the alarm table does not
// grow with the sensors.

import type { AlarmKind } from '../../monitoring/alarms/alarm-definitions.ts';
import type { AlarmSystem } from '../../monitoring/alarms/alarm-system.ts';
import type { SensorPlacement } from '../sensors/placement.ts';
import { companions } from '../sensors/redundancy.ts';
import { suspectWords } from '../sensors/voting.ts';
import type { InstrumentWatch } from './instrument-watch.ts';

const KINDS = ['instrument-bad', 'instrument-deviation'] as const satisfies readonly AlarmKind[];
/** Instruments named in an alarm at most. */
const MOST_NAMED = 3;

/** Tells the alarm system, before its step, how each chamber's instruments stand, and once more when they are mended. @param time s */
export function observeInstruments(alarms: AlarmSystem, watch: InstrumentWatch, time: number): void {
  const { alarmed } = watch;
  if (watch.isEmpty && alarmed.size === 0) return;
  const chambers = new Set(watch.chambers);
  for (const chamber of alarmed) chambers.add(chamber);
  alarmed.clear();
  for (const chamber of chambers) {
    for (const kind of KINDS) {
      const alarm = alarms.first(kind) + chamber;
      const wrong = watch.has(chamber, kind === 'instrument-bad');
      alarms.observeState(alarm, wrong, time);
      if (wrong || alarms.machine.condition(alarm)) alarmed.add(chamber);
    }
  }
}

/** Notes, after the alarms' step, which instruments an alarm that stands is about. */
export function tellInstruments(
  alarms: AlarmSystem,
  watch: InstrumentWatch,
  placement: SensorPlacement,
  note: (text: string) => void,
): void {
  for (const chamber of watch.alarmed) {
    for (const kind of KINDS) {
      if (!alarms.machine.condition(alarms.first(kind) + chamber)) continue;
      const ids = watch.untold(chamber, kind === 'instrument-bad');
      const [first] = ids;
      const reason = first === undefined ? null : watch.suspicion(first);
      if (first === undefined || !reason) continue;
      const more = ids.length > 1 ? ` Also suspected: ${named(watch, placement, ids.slice(1))}.` : '';
      note(`${suspectWords(nameOf(watch, placement, first), reason)}${more}`);
    }
  }
}

/** The instruments that an alarm is about now, for people; '' for other alarms. */
export function instrumentsOf(
  alarms: AlarmSystem,
  watch: InstrumentWatch,
  placement: SensorPlacement,
  alarm: number,
): string {
  const kind = alarms.table.kind(alarm);
  if (kind !== 'instrument-bad' && kind !== 'instrument-deviation') return '';
  return named(watch, placement, watch.suspects(alarms.table.place(alarm).index, kind === 'instrument-bad'));
}

/** Its tag; of two that contradict each other nothing tells which is wrong. */
function nameOf(watch: InstrumentWatch, placement: SensorPlacement, id: number): string {
  const [, other, third] = companions(placement, id);
  const isEither = other !== undefined && third === undefined && watch.suspicion(id) === 'deviation';
  return isEither ? `${placement.tag(id)} or ${placement.tag(other)}` : placement.tag(id);
}

const named = (watch: InstrumentWatch, placement: SensorPlacement, ids: readonly number[]): string => {
  const tags = ids.slice(0, MOST_NAMED).map((id) => nameOf(watch, placement, id));
  return `${tags.join(', ')}${ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : ''}`;
};
