// The slow state of the farm in averaged mode: cycle means only, in typed arrays, and the harmonic balance it rests on.
// Temperatures are deviations from 300 K, energies are above it. Not here: how it moves (averaged-step.ts).

import { expandCaloric, REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import type { LaplacianSolver } from '../../numerics/laplacian-solver.ts';
import type { StepCoefficients } from '../coefficients.ts';
import { TOTAL_COUNT } from '../state.ts';
import type { Surroundings } from '../step.ts';
import type { HarmonicInput, HarmonicSolution } from './harmonic-types.ts';

export interface AveragedState {
  readonly chambers: number;
  readonly ducts: number;
  /** mol, chamber-major, and the sum over gases. */
  readonly amounts: Float64Array;
  readonly amount: Float64Array;
  /** Energy of the gas and of its boundary layers at T̄, J: the truth the temperature follows. */
  readonly energy: Float64Array;
  /** Energy of the gas alone, heat capacity J/K and its slope J/K² at T̄. */
  readonly gasEnergy: Float64Array;
  readonly heatCapacity: Float64Array;
  readonly heatCapacitySlope: Float64Array;
  readonly temperature: Float64Array;
  readonly volume: Float64Array;
  readonly pressure: Float64Array;
  readonly wall: Float64Array;
  readonly chip: Float64Array;
  time_s: number;
  /** Heat each wall gave to the air since the owner took it, J. */
  readonly roomHeat: Float64Array;
  /** Since the start or since the owner took them; indices TOTAL of state.ts. */
  readonly totals: Float64Array;
  /** The last harmonic balance, and the means for which it was solved; null before the first. */
  solution: HarmonicSolution | null;
  /** Scratch of the slow step: holds nothing from one to the next. */
  places?: LaplacianSolver;
  readonly scratch: Map<string, Float64Array>;
  readonly solved: {
    readonly temperature: Float64Array;
    readonly amount: Float64Array;
    /** mol/m³ and J/m³ of each chamber's gas. */
    readonly amountDensity: Float64Array;
    readonly energyDensity: Float64Array;
  };
}

/** What surrounds and drives the averaged farm; the owner replaces `coefficients` when properties are refreshed. */
export interface AveragedContext {
  readonly edges: Uint32Array;
  readonly restVolume: Float64Array;
  readonly coefficients: StepCoefficients;
  /** Solids, room, chips, drive frequency and piston amplitudes (the targets: ramps are not followed). */
  readonly surroundings: Surroundings;
  /** Air at each wall, held over a step: W/K and T − 300 K. Left out: the surroundings' one conductance and temperature. */
  readonly air?: { readonly conductance: Float64Array; readonly temperature: Float64Array };
  /** Conductance from wall to wall along each duct, W/K; none if left out. */
  readonly wallLinks?: Float64Array;
}

export function createAveragedState(chambers: number, ducts: number): AveragedState {
  const perChamber = () => new Float64Array(chambers);
  return {
    chambers,
    ducts,
    amounts: new Float64Array(chambers * SPECIES_COUNT),
    amount: perChamber(),
    energy: perChamber(),
    gasEnergy: perChamber(),
    heatCapacity: perChamber(),
    heatCapacitySlope: perChamber(),
    temperature: perChamber(),
    volume: perChamber(),
    pressure: perChamber(),
    wall: perChamber(),
    chip: perChamber(),
    time_s: 0,
    roomHeat: perChamber(),
    totals: new Float64Array(TOTAL_COUNT),
    solution: null,
    scratch: new Map(),
    solved: {
      temperature: perChamber(),
      amount: perChamber(),
      amountDensity: perChamber(),
      energyDensity: perChamber(),
    },
  };
}

/** Scratch of the slow step by its name, zeroed: one user at a time. */
export function scratch(s: AveragedState, name: string, length: number): Float64Array {
  const kept = s.scratch.get(name);
  if (kept?.length === length) {
    kept.fill(0);
    return kept;
  }
  const fresh = new Float64Array(length);
  s.scratch.set(name, fresh);
  return fresh;
}

/** The same, filled with a copy. */
export function scratchCopy(s: AveragedState, name: string, from: Float64Array): Float64Array {
  const copy = scratch(s, name, from.length);
  copy.set(from);
  return copy;
}

/** Heat capacity of the boundary layers of chamber i that follows the mean temperature, J/K. */
export function layerCapacity(c: StepCoefficients, i: number): number {
  const chambers = c.instantCapacity.length;
  let sum = c.instantCapacity[i];
  for (let k = 0; k < c.poleTime.length; k++) sum += c.layerCapacity[k * chambers + i];
  return sum;
}

const caloric = new Float64Array(4);

/** Sets T̄ (K above 300) of chamber i and what follows from it, energy included. */
export function setTemperature(s: AveragedState, c: StepCoefficients, i: number, temperature: number): void {
  s.temperature[i] = temperature;
  expandCaloric(s.amounts, i * SPECIES_COUNT, REFERENCE_TEMPERATURE + temperature, caloric, 0);
  s.gasEnergy[i] = caloric[0];
  s.heatCapacity[i] = caloric[1];
  s.heatCapacitySlope[i] = caloric[2];
  s.energy[i] = caloric[0] + layerCapacity(c, i) * temperature;
}

/** T̄ at which gas and layers of chamber i hold `energy`: Newton's method on NASA-9; the energy stays as given. */
export function followEnergy(s: AveragedState, c: StepCoefficients, i: number, energy: number): void {
  let T = s.temperature[i];
  for (let pass = 0; pass < 20; pass++) {
    setTemperature(s, c, i, T);
    const change = (energy - s.energy[i]) / (s.heatCapacity[i] + layerCapacity(c, i));
    if (Math.abs(change) < 1e-10) break;
    T += change;
  }
  s.energy[i] = energy;
}

/** Stored energy, J: gas and layers at their means, walls, chips. The energy of the oscillation itself is not counted. */
export function averagedStoredEnergy(s: AveragedState, around: Surroundings): number {
  let sum = 0;
  for (let i = 0; i < s.chambers; i++) {
    sum += s.energy[i] + around.wallCapacity * s.wall[i] + around.chipCapacity * s.chip[i];
  }
  return sum;
}

/** The harmonic balance's view of the state. */
export const harmonicInput = (s: AveragedState, context: AveragedContext): HarmonicInput => ({
  edges: context.edges,
  coefficients: context.coefficients,
  frequency: context.surroundings.frequency,
  restVolume: context.restVolume,
  amount: s.amount,
  temperature: s.temperature,
  wall: s.wall,
  heatCapacity: s.heatCapacity,
  heatCapacitySlope: s.heatCapacitySlope,
  energy: s.gasEnergy,
  pistonRe: context.surroundings.pistonTargetRe,
  pistonIm: context.surroundings.pistonTargetIm,
});
