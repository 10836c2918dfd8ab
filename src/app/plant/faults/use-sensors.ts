// The farm's sensors as faults number and name them, from how many a chamber has.

import { useMemo } from 'react';
import { SensorNumbers } from '../../../engine/pressure-control/plant/sensor-numbers.ts';
import { usePlant } from '../plant-store.ts';

/** null until the plant has been seen. */
export function useSensorNumbers(): SensorNumbers | null {
  const chambers = usePlant((s) => s.overview?.targets.chamber);
  // A text, so that a new message with the same counts makes nothing anew.
  const counts = usePlant((s) => (s.overview ? JSON.stringify(s.overview.sensors) : null));
  return useMemo(
    () => (chambers === undefined || counts === null ? null : SensorNumbers.of(chambers, JSON.parse(counts))),
    [chambers, counts],
  );
}
