// What a full pressure swing at a frequency asks of gas, drive and valves: arithmetic of the founding request, so that any
// scenario can be held against it. No dynamics here.

import { GAS_CONSTANT as R } from '../constants.ts';
import { adiabaticTemperatureRatio } from '../gas/mixture.ts';
import { log } from '../numerics/elementary.ts';
import { chokedArea } from '../pressure-control/valves.ts';

export interface SwingRequest {
  /** m³. */
  readonly volume: number;
  /** Pa. */
  readonly lowPressure: number;
  readonly highPressure: number;
  /** Full swings up and down per second, Hz. */
  readonly frequency: number;
  /** Gas temperature, K. */
  readonly temperature: number;
  /** kg/mol. */
  readonly molarMass: number;
  readonly gamma: number;
  /** Pressure before the filling valve, Pa. */
  readonly supplyPressure: number;
}

export interface SwingEnvelope {
  /** Internal energy between the two pressures at fixed volume, VΔp/(γ − 1), J. */
  readonly energySwing: number;
  /** That energy once per cycle, W. */
  readonly power: number;
  /** Work to compress the filling isothermally from low to high pressure, p_high V ln(p_high/p_low), J. */
  readonly isothermalWork: number;
  /** Gas let in per cycle at the given temperature, kg. */
  readonly massPerCycle: number;
  /** Mean flow while filling, which takes half a cycle, kg/s. */
  readonly massFlow: number;
  /** Valve area C_d·A for that flow, choked at the supply pressure and temperature, m². */
  readonly valveArea: number;
  /** T ratio if the same swing is done by adiabatic compression. */
  readonly adiabaticTemperatureRatio: number;
  /** High over supply pressure: above the critical ratio the valve does not stay choked to the end, and needs more area. */
  readonly highToSupply: number;
}

/** Figures of a swing: ideal gas of constant γ. */
export function swingEnvelope(s: SwingRequest): SwingEnvelope {
  const swing = s.highPressure - s.lowPressure;
  const energySwing = (s.volume * swing) / (s.gamma - 1);
  const massPerCycle = (s.volume * swing * s.molarMass) / (R * s.temperature);
  const massFlow = massPerCycle * 2 * s.frequency;
  const supply = { pressure: s.supplyPressure, temperature: s.temperature, molarMass: s.molarMass, gamma: s.gamma };
  return {
    energySwing,
    power: energySwing * s.frequency,
    isothermalWork: s.highPressure * s.volume * log(s.highPressure / s.lowPressure),
    massPerCycle,
    massFlow,
    valveArea: chokedArea(supply, massFlow),
    adiabaticTemperatureRatio: adiabaticTemperatureRatio(s.highPressure / s.lowPressure, s.gamma),
    highToSupply: s.highPressure / s.supplyPressure,
  };
}
