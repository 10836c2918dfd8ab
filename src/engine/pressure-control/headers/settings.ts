// What the headers, valves, vents and injectors are made of, in SI, and the names of their totals. Nothing here computes.

import { SPECIES_COUNT } from '../../gas/species.ts';
import type { PumpCurve } from '../actuators/pump.ts';
import type { Cycle } from '../cycling/cycle-program.ts';
import type { HeaderWall } from './header-walls.ts';

/** How the wanted pressure of a chamber goes, and how its valves follow. */
export interface PressureCycle extends Cycle {
  /** Pressure error at which a valve is fully open, Pa. */
  readonly band: number;
  /** Lag of the valves behind the chamber's pressure, s. */
  readonly responseTime: number;
  /** Whether the opening that lets the wanted pressure's own change pass is given in advance. */
  readonly feedForward: boolean;
}

/** What compresses, cools and mixes, by its data sheet. */
export interface MachineSettings {
  readonly pumps: number;
  /** Pressure rise against inlet volume flow of one pump. */
  readonly curve: PumpCurve;
  /** Share of the rated speed per second, up and down. */
  readonly ramp: number;
  /** Of each pump's discharge up to the supply header, Pa·s²/m⁶ of inlet flow. */
  readonly resistance: number;
  /** Equal stages of compression, a cooler after each. */
  readonly stages: number;
  /** Temperature after a stage above which the flow is held back, K. */
  readonly dischargeLimit: number;
  /** Share of the supply's set pressure below which make-up acts, and above which relief does. */
  readonly band: number;
  /** Of the supply's pressure controller, s; null: the caller commands the speeds. */
  readonly closedLoopTime: number | null;
  /** UA and coolant ṁc_p of all coolers together, W/K. */
  readonly coolerConductance: number;
  readonly coolant: number;
  /** m³ of all mixing chambers together, between the store and the supply header; they stand at the supply's set pressure. */
  readonly mixerVolume: number;
}

export interface HeaderSettings {
  /** m³, each header. The larger, the stiffer: a reservoir in the limit. */
  readonly supplyVolume: number;
  readonly returnVolume: number;
  /** Set pressures, Pa. */
  readonly supplyPressure: number;
  readonly returnPressure: number;
  /** Mole fractions of what fills the headers and makes them up. */
  readonly fractions: ArrayLike<number>;
  /** C_d·A of each chamber's valve to either header, fully open, m². */
  readonly valveArea: number;
  /** C_d·A of each chamber's vent to the room, fully open, m². */
  readonly ventArea: number;
  /** Openings of each chamber's vent, 0–1. */
  readonly ventOpening: ArrayLike<number>;
  /** The valves follow this cycle; null: they stand at the openings given. */
  readonly cycle: PressureCycle | null;
  readonly supplyOpening: number;
  readonly returnOpening: number;
  /** Time in which make-up, relief and compressor bring a header back to its set pressure, s; Infinity: none of them acts. */
  readonly regulatorTime: number;
  /** Isentropic efficiency of the compressor from return to supply, 0–1. */
  readonly compressorEfficiency: number;
  /** mol/s. */
  readonly compressorLimit: number;
  /** Walls of supply and return, through which their gas exchanges heat with the room; null: adiabatic. */
  readonly walls: readonly [HeaderWall, HeaderWall] | null;
  /** Pumps by curve with coolers and mixing chambers; null: a stiff regulator up to the limit, whose gas comes back at room temperature. */
  readonly machines: MachineSettings | null;
  /** mol/s into each chamber, of what composition, at what temperature (K). */
  readonly injectorFlow: ArrayLike<number>;
  readonly injectorFractions: ArrayLike<number>;
  readonly injectorTemperature: number;
  /** Air of the room: Pa, K. Gas of the headers' make-up and after the compressor's cooler has its temperature. */
  readonly roomPressure: number;
  readonly roomTemperature: number;
  /** Error allowed per sub-step, relative to a chamber's content. */
  readonly tolerance: number;
}

/**
 * Totals since the start; indices into `totals`. Energies in J above 300 K (gas: the enthalpy it carries), amounts in mol of each
 * gas from the index on. The boundary closes: chambers + headers gained = makeUp − relief − vented + injected, and in energy
 * the same plus compressorWork − coolerHeat − wallHeat (the walls' energy counts as the headers').
 */
export const HEADER_TOTAL = {
  /** Enthalpy of what came from the store, left to relief, left to the room (negative: came in), came from injectors. */
  makeUpEnergy: 0,
  reliefEnergy: 1,
  ventEnergy: 2,
  injectedEnergy: 3,
  compressorWork: 4,
  coolerHeat: 5,
  /** Given to the chambers, by headers, vents and injectors. */
  chamberEnergy: 6,
  /** J/K: pressure drop in valves, vents and regulators; unequal temperatures; unequal compositions; compressor and cooler. */
  entropyThrottling: 7,
  entropyHeat: 8,
  entropyMixing: 9,
  entropyCompressor: 10,
  /** mol through the compressor. */
  compressed: 11,
  /** Sub-steps taken. */
  subSteps: 12,
  makeUp: 13,
  relief: 13 + SPECIES_COUNT,
  vented: 13 + 2 * SPECIES_COUNT,
  injected: 13 + 3 * SPECIES_COUNT,
  chambers: 13 + 4 * SPECIES_COUNT,
  /** J from the headers' walls to the room, and entropy made on the way there from their gas, J/K. */
  wallHeat: 13 + 5 * SPECIES_COUNT,
  entropyWall: 14 + 5 * SPECIES_COUNT,
} as const;
export const HEADER_TOTAL_COUNT = 15 + 5 * SPECIES_COUNT;

/** Entropy produced in a set of totals, J/K. */
export const headerEntropy = (t: Float64Array): number =>
  t[HEADER_TOTAL.entropyThrottling] +
  t[HEADER_TOTAL.entropyHeat] +
  t[HEADER_TOTAL.entropyMixing] +
  t[HEADER_TOTAL.entropyCompressor] +
  t[HEADER_TOTAL.entropyWall];
