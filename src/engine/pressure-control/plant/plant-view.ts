// What the plant (sensors, safety, actuators, faults) sees of a farm, and what it may do to it. The farm implements it; the plant
// knows no more of the farm than this.

import type { WindowReadings } from '../../gas-oscillation/oscillation-detector.ts';
import type { FarmState } from '../../gas-oscillation/state.ts';
import type { FarmHeaders } from '../headers/farm-headers.ts';

export interface PlantView {
  /** Simulated s. */
  readonly time_s: number;
  readonly state: FarmState;
  /** Oscillation of the last window. */
  readonly readings: WindowReadings;
  readonly headers: FarmHeaders;
  /** Two chambers per duct. */
  readonly edges: Uint32Array;
  /** kg/m⁴ of each duct as built. */
  readonly inertance: Float64Array;
  /** Hz of the drive. */
  readonly frequency: number;
  /** m³ of air in the room, and m³/s that the fans move when nothing fails. */
  readonly roomVolume: number;
  readonly ventilation: number;
}

/** What actuators, interlocks and faults make of the farm at present: shares of what is set, 1 where nothing acts. */
export interface PlantEffects {
  /** Of each chamber's chip power and of its drive's stroke. */
  readonly chips: Float64Array;
  readonly drive: Float64Array;
  /** Open share of each duct's bore. */
  readonly ducts: Float64Array;
  /** Of the fans' flow, and of the drive's frequency. */
  cooling: number;
  frequency: number;
  /** Grows when any of these has changed. */
  version: number;
}

export const restingEffects = (chambers: number, ducts: number): PlantEffects => ({
  chips: new Float64Array(chambers).fill(1),
  drive: new Float64Array(chambers).fill(1),
  ducts: new Float64Array(ducts).fill(1),
  cooling: 1,
  frequency: 1,
  version: 0,
});
