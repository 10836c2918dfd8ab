// What a network of vessels is made of: volumes, walls, orifices and the places of fixed state around them.

import type { GasLaw } from './vessel-gas.ts';

/** A place whose state does not change: a supply line, a header, the room. */
export interface Reservoir {
  /** Pa. */
  readonly pressure: number;
  /** K. */
  readonly temperature: number;
  /** Mole fractions of the six gases. */
  readonly fractions: ArrayLike<number>;
}

export interface Orifice {
  /** Vessel number, or −1 − r for reservoir r. */
  readonly from: number;
  readonly to: number;
  /** C_d·A, m²; 0 is shut. May be changed with `setArea`. */
  readonly effectiveArea: number;
}

export interface VesselWall {
  /** Gas to wall, W/K. */
  readonly conductance: number;
  /** J/K; Infinity keeps the wall at its temperature. */
  readonly heatCapacity: number;
  /** K, at the start. */
  readonly temperature: number;
}

export interface VesselSettings {
  /** m³, one per vessel. A header is a vessel with a large volume, or a reservoir. */
  readonly volumes: ArrayLike<number>;
  readonly reservoirs: readonly Reservoir[];
  readonly orifices: readonly Orifice[];
  /** One per vessel; none: adiabatic. */
  readonly walls?: readonly VesselWall[];
  readonly law?: GasLaw;
  /** Relative error per sub-step, default 1e-8. */
  readonly tolerance?: number;
}

export interface Advance {
  /** Sub-steps accepted and refused, and how many of the accepted were implicit. */
  readonly accepted: number;
  readonly refused: number;
  readonly implicit: number;
}
