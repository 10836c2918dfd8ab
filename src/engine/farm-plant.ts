// The farm as its plant sees it (pressure-control/plant/plant-view.ts), and how the plant's shares enter the surroundings.

import type { FarmNetwork } from './farm-network.ts';
import type { OscillationDetector } from './gas-oscillation/oscillation-detector.ts';
import type { FarmState } from './gas-oscillation/state.ts';
import type { Surroundings } from './gas-oscillation/step.ts';
import type { Layout } from './lattice/layout.ts';
import type { ParameterValues } from './parameters/table.ts';
import type { FarmHeaders } from './pressure-control/headers/farm-headers.ts';
import { closure } from './pressure-control/plant/duct-closure.ts';
import type { PlantEffects, PlantView } from './pressure-control/plant/plant-view.ts';

/** What of a farm the view needs; its members may be replaced as the farm goes on. */
export interface PlantHost {
  readonly time_s: number;
  readonly state: FarmState;
  readonly detector: OscillationDetector;
  readonly headers: FarmHeaders;
  readonly layout: Layout;
  readonly values: ParameterValues;
  readonly surroundings: Surroundings;
  readonly network: FarmNetwork;
}

export function plantViewOf(farm: PlantHost): PlantView {
  const [x, y, z] = farm.values['physical_infrastructure.room_dimensions'];
  return {
    get time_s() {
      return farm.time_s;
    },
    get state() {
      return farm.state;
    },
    readings: farm.detector.readings,
    headers: farm.headers,
    edges: farm.layout.edges,
    get inertance() {
      return openInertance(farm.network);
    },
    get frequency() {
      return farm.surroundings.frequency;
    },
    roomVolume: x * y * z,
    get ventilation() {
      return farm.values['cooling.circulation_rate'];
    },
  };
}

/** Inertance of the ducts as built, whatever closes them now. */
function openInertance({ coefficients, openDucts }: FarmNetwork): Float64Array {
  const { inertance } = coefficients;
  return openDucts.every((open) => open === 1) ? inertance : inertance.map((L, e) => L / closure(openDucts[e]));
}

/** Chip power and frequency as set, with the plant's shares of them. */
export function takeShares(effects: PlantEffects, around: Surroundings): void {
  for (let i = 0; i < effects.chips.length; i++) around.chipPower[i] *= effects.chips[i];
  around.frequency *= effects.frequency;
}
