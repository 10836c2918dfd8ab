// The fields of the farm: one number per chamber, for the lattice, scripts and the inspector. Reads the farm, changes nothing;
// names and units are in fields.ts, metrics of the whole in readings.ts.

import type { Farm } from './farm.ts';
import type { FieldName } from './fields.ts';
import { REFERENCE_TEMPERATURE } from './gas/caloric.ts';
import { frequencyOffset } from './gas-oscillation/frequency-calculator.ts';
import { amplitudeOf, phaseOf } from './gas-oscillation/oscillation-detector.ts';
import { CLOCK } from './gas-oscillation/state.ts';
import { cos, sin, TWO_PI } from './numerics/elementary.ts';
import { localCoherence } from './oscillation-readings.ts';

/** Writes a field of all chambers into `target` (fieldComponents numbers each). */
export function writeField(farm: Farm, field: FieldName, target: Float32Array): void {
  if (field === 'strobe') {
    const { cosine, sine } = farm.detector.readings;
    for (let i = 0; i < cosine.length; i++) {
      target[2 * i] = cosine[i];
      target[2 * i + 1] = sine[i];
    }
    return;
  }
  const read = fieldReader(farm, field);
  for (let i = 0; i < farm.state.chambers; i++) target[i] = read(i);
}

/** Temperature of the room's air at chamber i, K. */
export const airTemperature = (farm: Farm, i: number): number =>
  REFERENCE_TEMPERATURE + (farm.room.isSolved ? farm.room.airTemperature[i] : farm.surroundings.roomTemperature);

/** The value of a one-component field at chamber i. */
function fieldReader(farm: Farm, field: Exclude<FieldName, 'strobe'>): (i: number) => number {
  const { state, detector } = farm;
  const r = detector.readings;
  switch (field) {
    case 'pressure_Pa':
      return (i) => state.pressure[i];
    case 'pressureDeviation_Pa':
      // Averaged: the oscillation of the means at the drive's present phase.
      if (farm.mode === 'averaged') {
        const c = cos(TWO_PI * state.clock[CLOCK.turns]);
        const s = sin(TWO_PI * state.clock[CLOCK.turns]);
        return (i) => r.cosine[i] * c + r.sine[i] * s;
      }
      return (i) => state.pressure[i] - detector.sums.offset[i];
    case 'amplitude_Pa':
      return (i) => amplitudeOf(r, i);
    case 'phase_rad':
      return (i) => phaseOf(r, i);
    case 'temperature_K': {
      const temperature = r.count > 0 ? r.temperature : state.temperature;
      return (i) => REFERENCE_TEMPERATURE + temperature[i];
    }
    case 'wallTemperature_K':
      return (i) => REFERENCE_TEMPERATURE + state.wall[i];
    case 'chipTemperature_K':
      return (i) => REFERENCE_TEMPERATURE + state.chip[i];
    case 'airTemperature_K':
      return (i) => airTemperature(farm, i);
    case 'drivePower_W':
      return (i) => r.drivePower[i];
    case 'wallHeat_W':
      return (i) => r.wallHeat[i] + r.friction[i];
    case 'frequencyOffset_Hz':
      return (i) => frequencyOffset(r, i);
    case 'safetyRung':
      return (i) => farm.plant.rung(i);
    case 'condensate_mol':
      return (i) => state.film[i];
    case 'localCoherence': {
      const coherence = localCoherence(farm);
      return (i) => coherence[i];
    }
  }
}
