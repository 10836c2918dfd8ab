// What the inspector shows of one selected chamber, read from the farm.

import type { Farm } from '../engine/farm.ts';
import { airTemperature } from '../engine/field-readings.ts';
import { REFERENCE_TEMPERATURE } from '../engine/gas/caloric.ts';
import { amplitudeSpectrum, frequencyOffset, wrapAngle } from '../engine/gas-oscillation/frequency-calculator.ts';
import { amplitudeOf, phaseOf } from '../engine/gas-oscillation/oscillation-detector.ts';
import { localCoherence } from '../engine/oscillation-readings.ts';
import { chamberLedger } from '../engine/thermodynamics/chamber-ledger.ts';
import type { ChamberDetail } from './protocol.ts';

const CYCLES_SHOWN = 5;

/** @param m index into the recorder's selection */
export function inspectChamber(farm: Farm, m: number): ChamberDetail {
  const { state, layout, recorder, values, coefficients } = farm;
  const r = farm.detector.readings;
  const i = recorder.selected[m];
  const frequency = values['drive.frequency_Hz'];
  const perCycle = 1 / (frequency * coefficients.timeStep);
  const recorded = recorder.waveform(m, Number.MAX_SAFE_INTEGER);
  const spectrum = amplitudeSpectrum(recorded.pressure_Pa, coefficients.timeStep);
  return {
    id: i,
    position_m: [layout.roomPositions[3 * i], layout.roomPositions[3 * i + 1], layout.roomPositions[3 * i + 2]],
    neighbours: neighboursOf(layout.edges, i),
    pressure_Pa: state.pressure[i],
    temperature_K: REFERENCE_TEMPERATURE + state.temperature[i],
    wallTemperature_K: REFERENCE_TEMPERATURE + state.wall[i],
    airTemperature_K: airTemperature(farm, i),
    chipTemperature_K: REFERENCE_TEMPERATURE + state.chip[i],
    volume_m3: state.volume[i],
    amount_mol: state.amount[i],
    amplitude_Pa: amplitudeOf(r, i),
    phase_rad: phaseOf(r, i),
    sourcePhase_rad: farm.pattern.driven[i] ? wrapAngle(farm.pattern.phase[i]) : null,
    frequency_Hz: frequency + frequencyOffset(r, i),
    localCoherence: localCoherence(farm)[i],
    meanPressure_Pa: r.count > 0 ? r.pressure[i] : state.pressure[i],
    waveform: recorder.waveform(m, Math.max(16, Math.round(CYCLES_SHOWN * perCycle) + 1)),
    spectrum: { frequency_Hz: spectrum.frequency_Hz, amplitude_Pa: spectrum.amplitude },
    ledger: chamberLedger(farm, i),
  };
}

/** Found once per chamber and layout: a large lattice has half a million ducts, and the inspector asks four times a second. */
const found = new WeakMap<Uint32Array, Map<number, readonly number[]>>();

function neighboursOf(edges: Uint32Array, chamber: number): readonly number[] {
  const known = found.get(edges) ?? new Map<number, readonly number[]>();
  found.set(edges, known);
  let neighbours = known.get(chamber);
  if (!neighbours) {
    const reached: number[] = [];
    for (let e = 0; e < edges.length; e += 2) {
      if (edges[e] === chamber) reached.push(edges[e + 1]);
      else if (edges[e + 1] === chamber) reached.push(edges[e]);
    }
    neighbours = reached;
    known.set(chamber, neighbours);
  }
  return neighbours;
}
