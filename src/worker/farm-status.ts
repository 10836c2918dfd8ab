// What the page is told of a farm as it stands: its status and its layout, as plain data. Reads the farm; pace, versions and
// file name are the session's.

import type { Farm } from '../engine/farm.ts';
import { METRIC_NAMES, type MetricName } from '../engine/metrics.ts';
import { validityNotes } from '../engine/validity.ts';
import { engineInfo } from './engine-info.ts';
import type { LayoutData, Status } from './protocol.ts';
import type { Pace } from './runner.ts';

/** The part of the status that the farm itself gives. */
export type FarmStatus = Omit<Status, keyof Pace | 'stateHash' | 'layoutVersion' | 'valuesVersion' | 'fileName'>;

/** @param metrics the farm's latest, in the order of METRIC_NAMES */
export function farmStatus(farm: Farm, metrics: Float64Array): FarmStatus {
  const metric = (name: MetricName): number => metrics[METRIC_NAMES.indexOf(name)];
  return {
    simulated_s: farm.time_s,
    steps: farm.steps,
    timeStep_s: farm.stepLength_s,
    engine: engineInfo(farm),
    chambers: farm.layout.count,
    ducts: farm.layout.edges.length / 2,
    fidelity: farm.mode,
    fidelityRemark: farm.modeRemark,
    residuals: { mass: metric('massResidual'), species: metric('speciesResidual'), energy: metric('energyResidual') },
    frequency_Hz: farm.values['drive.frequency_Hz'],
    meanPressure_Pa: Number.isNaN(metric('pressureMean_Pa'))
      ? farm.linearMean().pressure[0]
      : metric('pressureMean_Pa'),
    metrics: Object.fromEntries(METRIC_NAMES.map((name, m) => [name, metrics[m]])) as Status['metrics'],
    validity: validityNotes(farm, metrics),
    selected: farm.recorder.selected,
  };
}

/** @param version of the layout */
export function layoutData(farm: Farm, version: number): LayoutData {
  const { layout, ducts } = farm;
  const room = farm.values['physical_infrastructure.room_dimensions'];
  return {
    version,
    chambers: layout.count,
    ducts: layout.edges.length / 2,
    positions: Float32Array.from(layout.roomPositions),
    layers: layout.layers,
    layerCount: layout.layerCount,
    edges: layout.edges,
    chamberRadiusM: layout.sphereRadius_m,
    ductRadiusM: ducts.radius,
    roomM: [room[0], room[1], room[2]],
    roomProblem: layout.roomProblem,
  };
}
