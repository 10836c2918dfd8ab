// Gas that crosses ducts during one slow step of the averaged mode: mean compositions and energies move with the volumes the
// harmonic balance found, and what correlates within the cycle (second order) is held from it.

import { SPECIES_COUNT } from '../../gas/species.ts';
import type { AveragedState } from './averaged-state.ts';
import type { HarmonicSolution } from './harmonic-types.ts';

/** What one step adds to each chamber. */
export interface Crossing {
  /** mol, chamber-major, and the sum over gases. */
  readonly species: Float64Array;
  readonly amount: Float64Array;
  /** J above 300 K; and less what the added gas needs to be at the chamber's temperature. */
  readonly energy: Float64Array;
  readonly heat: Float64Array;
  /** m³ relabelled. */
  readonly volume: Float64Array;
}

/** Exchange of one step of `dt` seconds; conserves every gas and the energy exactly (equal and opposite at both ends). */
export function cross(s: AveragedState, hb: HarmonicSolution, edges: Uint32Array, dt: number): Crossing {
  const n = s.chambers;
  const out: Crossing = {
    species: new Float64Array(n * SPECIES_COUNT),
    amount: new Float64Array(n),
    energy: new Float64Array(n),
    heat: new Float64Array(n),
    volume: new Float64Array(n),
  };
  for (let e = 0; e < s.ducts; e++) {
    const forward = hb.exchangeForward[e];
    const backward = hb.exchangeBackward[e];
    if (forward === 0 && backward === 0) continue;
    const i = edges[2 * e];
    const j = edges[2 * e + 1];
    const shareOut = forward / s.volume[i];
    const shareIn = backward / s.volume[j];
    // Within the cycle the density and energy of what crosses are not the means; the balance holds the difference.
    const meanAmount = forward * s.solved.amountDensity[i] - backward * s.solved.amountDensity[j];
    const meanEnergy = forward * s.solved.energyDensity[i] - backward * s.solved.energyDensity[j];
    const extraAmount = hb.exchangeAmount[e] - meanAmount;
    const extraEnergy = hb.powers.ductCross[e] - meanEnergy;
    const donor = extraAmount > 0 ? i : j;
    const extraShare = extraAmount / s.amount[donor];
    for (let k = 0; k < SPECIES_COUNT; k++) {
      const moved =
        dt *
        (shareOut * s.amounts[i * SPECIES_COUNT + k] -
          shareIn * s.amounts[j * SPECIES_COUNT + k] +
          extraShare * s.amounts[donor * SPECIES_COUNT + k]);
      out.species[i * SPECIES_COUNT + k] -= moved;
      out.species[j * SPECIES_COUNT + k] += moved;
    }
    const energy = dt * (shareOut * s.gasEnergy[i] - shareIn * s.gasEnergy[j] + extraEnergy);
    out.energy[i] -= energy;
    out.energy[j] += energy;
    const volume = dt * (forward - backward);
    out.volume[i] -= volume;
    out.volume[j] += volume;
    s.totals.exchangedVolume += dt * (forward + backward);
  }
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let k = 0; k < SPECIES_COUNT; k++) sum += out.species[i * SPECIES_COUNT + k];
    out.amount[i] = sum;
    out.heat[i] = out.energy[i] - (s.gasEnergy[i] / s.amount[i]) * sum;
  }
  return out;
}
