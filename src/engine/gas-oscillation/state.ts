// The state of the farm in preallocated typed arrays (structure of arrays), and nothing that computes.
// Temperatures are deviations from REFERENCE_TEMPERATURE; energies are above it. Everything a step reads or writes is here.

import { type FarmGasModel, VIRIAL_LENGTH } from '../gas/equation-of-state.ts';
import { SPECIES_COUNT } from '../gas/species.ts';

/** Totals since the start (or the last rebase), J or J/K; indices into `totals`. */
export const TOTAL = {
  driveWork: 0,
  chipHeat: 1,
  roomHeat: 2,
  friction: 3,
  minorLoss: 4,
  thermalLoss: 5,
  entropyThermal: 6,
  entropyViscous: 7,
  entropyMinor: 8,
  entropyWallRoom: 9,
  entropyChipWall: 10,
  entropyMixing: 11,
  exchangedVolume: 12,
  driveWorkMagnitude: 13,
  /** mol from vapour to film, net. */
  condensed: 14,
  entropyCondensation: 15,
  entropyConduction: 16,
} as const;
export const TOTAL_COUNT = 17;

export interface FarmState {
  /** Equation of state; follows the parameter simulation.gas_model. */
  gasModel: FarmGasModel;
  readonly chambers: number;
  readonly ducts: number;
  readonly poles: number;

  // Gas, per chamber, at step n.
  /** mol, chamber-major: amounts[i * 6 + k]. */
  readonly amounts: Float64Array;
  /** mol, sum over gases. */
  readonly amount: Float64Array;
  /** Internal energy, J. */
  readonly energy: Float64Array;
  /** T − 300 K. */
  readonly temperature: Float64Array;
  /** Volume of the control mass: chamber, half of each duct, tidal displacement, piston; m³. */
  readonly volume: Float64Array;
  /** Pa. */
  readonly pressure: Float64Array;
  /** Centre (T_c − 300 K) and coefficients of the caloric expansion, CALORIC_LENGTH per chamber. */
  readonly centre: Float64Array;
  readonly caloric: Float64Array;
  /** Second virial coefficient times amount, VIRIAL_LENGTH per chamber; zero for the ideal gas. */
  readonly virial: Float64Array;

  // Thermal boundary layer and solids, per chamber.
  /** T of each relaxation state − 300 K, pole-major: layer[k * chambers + i]. */
  readonly layer: Float64Array;
  /** T of the instant part − 300 K. */
  readonly instantLayer: Float64Array;
  /** Second-order wall heat of the last step, J, posted in the next. */
  readonly pendingHeat: Float64Array;
  /** Condensed water, mol, and its energy, J. */
  readonly film: Float64Array;
  readonly filmEnergy: Float64Array;
  readonly wall: Float64Array;
  readonly chip: Float64Array;

  // Ducts: flow at n − ½ (m³/s, from the first to the second chamber), displacement (m³), viscous states (m³/s).
  readonly flow: Float64Array;
  readonly displacement: Float64Array;
  readonly viscous: Float64Array;
  /** Of the dispersion trap: flow at n − ½, and pressure at n over 2L/Δt; both m³/s. */
  readonly trapFlow: Float64Array;
  readonly trapPressure: Float64Array;
  /** Gas that has left the half duct of its chamber and not yet changed chamber, m³, by end of duct: 2e from its first chamber, 2e + 1 from its second. */
  readonly crossed: Float64Array;

  // Drive, per chamber.
  /** Complex piston amplitude, m³: x = re·cos − im·sin of the drive clock. */
  readonly pistonRe: Float64Array;
  readonly pistonIm: Float64Array;
  /** Displaced volume, m³, outward positive. */
  readonly piston: Float64Array;

  /** See TOTAL. */
  readonly totals: Float64Array;
  /** See unseen-energy.ts: [J at the last change of the step's length, share of what is given since, given by then]. */
  readonly unseen: Float64Array;
  /** See CLOCK: [simulated time base s, steps since base, drive clock in turns, total steps, step of the next exchange of gas, half cycles between the last two]. */
  readonly clock: Float64Array;
}

export const CLOCK = { timeBase: 0, stepsSinceBase: 1, turns: 2, steps: 3, nextExchange: 4, exchangeSpan: 5 } as const;

export function createState(
  chambers: number,
  ducts: number,
  poles: number,
  gasModel: FarmGasModel = 'ideal',
): FarmState {
  const perChamber = () => new Float64Array(chambers);
  const perDuct = () => new Float64Array(ducts);
  return {
    gasModel,
    chambers,
    ducts,
    poles,
    amounts: new Float64Array(chambers * SPECIES_COUNT),
    amount: perChamber(),
    energy: perChamber(),
    temperature: perChamber(),
    volume: perChamber(),
    pressure: perChamber(),
    centre: perChamber(),
    caloric: new Float64Array(chambers * 4),
    virial: new Float64Array(chambers * VIRIAL_LENGTH),
    layer: new Float64Array(chambers * poles),
    instantLayer: perChamber(),
    pendingHeat: perChamber(),
    film: perChamber(),
    filmEnergy: perChamber(),
    wall: perChamber(),
    chip: perChamber(),
    flow: perDuct(),
    displacement: perDuct(),
    viscous: new Float64Array(ducts * poles),
    trapFlow: perDuct(),
    trapPressure: perDuct(),
    crossed: new Float64Array(2 * ducts),
    pistonRe: perChamber(),
    pistonIm: perChamber(),
    piston: perChamber(),
    totals: new Float64Array(TOTAL_COUNT),
    unseen: new Float64Array(3),
    clock: new Float64Array(6),
  };
}

/** All arrays in a fixed order: what a snapshot stores and the state hash reads. */
export function stateArrays(s: FarmState): Float64Array[] {
  return [
    s.clock,
    s.amounts,
    s.amount,
    s.energy,
    s.temperature,
    s.volume,
    s.pressure,
    s.centre,
    s.caloric,
    s.virial,
    s.layer,
    s.instantLayer,
    s.pendingHeat,
    s.film,
    s.filmEnergy,
    s.wall,
    s.chip,
    s.flow,
    s.displacement,
    s.viscous,
    s.trapFlow,
    s.trapPressure,
    s.crossed,
    s.pistonRe,
    s.pistonIm,
    s.piston,
    s.totals,
    s.unseen,
  ];
}
