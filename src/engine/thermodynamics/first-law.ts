// The balance of the farm: stored energy, what crossed its boundary, and the residuals. Checked, not enforced.

import { SPECIES_COUNT } from '../gas/species.ts';
import type { StepCoefficients } from '../gas-oscillation/coefficients.ts';
import { WATER } from '../gas-oscillation/condensation.ts';
import { ductEnergy } from '../gas-oscillation/dispersion-trap.ts';
import { type FarmState, TOTAL } from '../gas-oscillation/state.ts';
import type { Surroundings } from '../gas-oscillation/step.ts';
import { unseenEnergy } from '../gas-oscillation/unseen-energy.ts';

/** Stored energy by place, J, above 300 K and rest. */
export interface StoredEnergy {
  readonly gas: number;
  readonly layers: number;
  readonly solids: number;
  /** Kinetic energy of duct flow, dispersion traps and viscous layers, with the leapfrog's cross term so that it balances at whole steps, and the field's unseen energy. */
  readonly ducts: number;
}

export function storedEnergy(
  s: FarmState,
  c: StepCoefficients,
  edges: Uint32Array,
  around: Surroundings,
): StoredEnergy {
  let gas = 0;
  let layers = 0;
  let solids = 0;
  for (let i = 0; i < s.chambers; i++) {
    gas += s.energy[i] + s.filmEnergy[i];
    layers += c.instantCapacity[i] * s.instantLayer[i];
    solids += around.wallCapacity * s.wall[i] + around.chipCapacity * s.chip[i];
    for (let k = 0; k < s.poles; k++) layers += c.layerCapacity[k * s.chambers + i] * s.layer[k * s.chambers + i];
  }
  let ducts = unseenEnergy(s);
  for (let e = 0; e < s.ducts; e++) {
    ducts += ductEnergy(s, c, e, s.pressure[edges[2 * e]] - s.pressure[edges[2 * e + 1]]);
    for (let k = 0; k < s.poles; k++) {
      const y = s.viscous[k * s.ducts + e];
      ducts += 0.5 * c.layerResistance[k * s.ducts + e] * c.poleTime[k] * y * y;
    }
  }
  return { gas, layers, solids, ducts };
}

export const totalStored = (e: StoredEnergy): number => e.gas + e.layers + e.solids + e.ducts;

/** Amount of each gas in the farm, condensed water included, mol. */
export function speciesTotals(s: FarmState): Float64Array {
  const totals = new Float64Array(SPECIES_COUNT);
  for (let i = 0; i < s.chambers; i++) {
    totals[WATER] += s.film[i];
    for (let k = 0; k < SPECIES_COUNT; k++) totals[k] += s.amounts[i * SPECIES_COUNT + k];
  }
  return totals;
}

/** What the balance is measured from: set at the start and moved by edits, which add or remove energy and gas openly. */
export interface BalanceOrigin {
  /** Stored energy at the start plus what edits added since, J. */
  energy: StoredEnergy;
  editEnergy: number;
  readonly species: Float64Array;
}

export interface Balance {
  readonly mass: number;
  readonly species: number;
  readonly energy: number;
  /** Stored since the start, edits not counted, J. */
  readonly stored: number;
  /** Σ|terms| the energy residual is relative to, J. */
  readonly scale: number;
}

/** Gas and its energy that came in through valves, vents and injectors. */
export interface GivenGas {
  /** J. */
  readonly energyGiven: number;
  /** mol of gas k. */
  amountGiven(k: number): number;
}

/** Residuals: mass and species relative to their totals, energy relative to the sum of the magnitudes of its terms. */
export function balance(
  s: FarmState,
  c: StepCoefficients,
  edges: Uint32Array,
  around: Surroundings,
  origin: BalanceOrigin,
  given: GivenGas,
): Balance {
  const now = storedEnergy(s, c, edges, around);
  const start = origin.energy;
  const stored = totalStored(now) - totalStored(start) - origin.editEnergy;
  const drive = s.totals[TOTAL.driveWork];
  const chips = s.totals[TOTAL.chipHeat];
  const room = s.totals[TOTAL.roomHeat];
  const scale =
    Math.abs(now.gas - start.gas) +
    Math.abs(now.layers - start.layers) +
    Math.abs(now.solids - start.solids) +
    Math.abs(now.ducts - start.ducts) +
    Math.abs(origin.editEnergy) +
    Math.abs(drive) +
    chips +
    Math.abs(room) +
    Math.abs(given.energyGiven);
  const totals = speciesTotals(s);
  let species = 0;
  let sum = 0;
  let sumStart = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) {
    sum += totals[k];
    const expected = origin.species[k] + given.amountGiven(k);
    sumStart += expected;
    // A gas that has all but left is measured against what was there.
    const size = Math.max(expected, origin.species[k]);
    if (size > 0) species = Math.max(species, Math.abs(totals[k] - expected) / size);
  }
  return {
    mass: Math.abs(sum / sumStart - 1),
    species,
    energy: scale > 0 ? Math.abs(stored - drive - chips + room - given.energyGiven) / scale : 0,
    stored,
    scale,
  };
}

/** Entropy produced since the start, J/K. */
export const entropyProduced = (s: FarmState): number => entropyIn(s.totals);

/** Entropy produced in a set of totals, whole or of a window, J/K. */
export function entropyIn(t: Float64Array): number {
  return (
    t[TOTAL.entropyThermal] +
    t[TOTAL.entropyViscous] +
    t[TOTAL.entropyMinor] +
    t[TOTAL.entropyWallRoom] +
    t[TOTAL.entropyChipWall] +
    t[TOTAL.entropyMixing] +
    t[TOTAL.entropyCondensation] +
    t[TOTAL.entropyConduction]
  );
}
