// Faults of sensors: from the schedule into the sensors, and over edits to the sensors of the same tags.

import { type FaultKind, faultKind } from '../../faults/fault-kinds.ts';
import type { ScheduledFault } from '../../faults/schedule.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import { SENSORS } from '../sensors/catalogue.ts';
import type { SensorBank, SensorFault } from '../sensors/sensor-bank.ts';
import type { Measurement } from './measurement.ts';
import type { SensorNumbers } from './sensor-numbers.ts';

const KINDS = ['sensor-stuck', 'sensor-bias', 'sensor-drift', 'sensor-dropout', 'sensor-noise'] as const;
type SensorFaultKind = (typeof KINDS)[number];

const isOfSensor = (kind: FaultKind): kind is SensorFaultKind => KINDS.some((one) => one === kind);

/** Whether a fault waits or acts. */
export const isOpen = ({ state }: ScheduledFault): boolean => state === 'waiting' || state === 'active';

/** Makes the sensors fail as the acting faults say, and mends the others. @param t simulated s */
export function applySensorFaults(
  acting: readonly ScheduledFault[],
  { sensors, numbers }: Measurement,
  t: number,
): void {
  const before = new Set(sensors.faulty());
  for (const { kind, targets, magnitudes, start_s } of acting) {
    if (!isOfSensor(kind)) continue;
    for (const target of targets) {
      const id = numbers.idOf(target);
      const known = before.delete(id) ? sensors.fault(id) : null;
      // It sticks at what it read when it failed.
      if (kind === 'sensor-stuck' && known?.kind === 'stuck') continue;
      sensors.setFault(id, faultOf(sensors, kind, id, magnitudes[0], Math.max(start_s, 0), t));
    }
  }
  for (const id of before) sensors.setFault(id, null);
}

function faultOf(
  sensors: SensorBank,
  name: SensorFaultKind,
  id: number,
  magnitude: number,
  since: number,
  t: number,
): SensorFault {
  const kind = sensors.placement.kindOf(id);
  const { low, high } = SENSORS[kind];
  if (name === 'sensor-stuck') {
    const channels = kind === 'composition' ? SPECIES_COUNT : 1;
    const read = Array.from({ length: channels }, (_, channel) => sensors.read(id, t, channel));
    return { kind: 'stuck', values: read.map((value) => (Number.isFinite(value) ? value : low)) };
  }
  if (name === 'sensor-bias') return { kind: 'bias', offset: magnitude * (high - low) };
  if (name === 'sensor-drift') return { kind: 'drift', rate: magnitude * (high - low), since };
  return name === 'sensor-noise' ? { kind: 'noisy', factor: magnitude } : { kind: 'dropped' };
}

/** Faults after an edit: those of sensors go with the sensor of the same tag, whatever number it has now, and end with it. */
export function renumbered(
  faults: readonly ScheduledFault[],
  own: SensorNumbers,
  old: SensorNumbers,
): ScheduledFault[] {
  return faults.map((fault) => {
    if (faultKind(fault.kind).target !== 'sensor') return fault;
    const targets = fault.targets.flatMap((k) => own.follow(k, old) ?? []).sort((a, b) => a - b);
    return targets.length === 0 && isOpen(fault) ? { ...fault, state: 'ended' } : { ...fault, targets };
  });
}

/** What failed sensors do goes with them, too: stuck ones keep what they stick at. */
export function carrySensorFaults(from: Measurement, to: Measurement): void {
  for (const id of from.sensors.faulty()) {
    const number = to.numbers.follow(from.numbers.numberOf(id), from.numbers);
    if (number !== null) to.sensors.setFault(to.numbers.idOf(number), from.sensors.fault(id));
  }
}
