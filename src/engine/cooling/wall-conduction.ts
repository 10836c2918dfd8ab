// Conduction from wall to wall along the metal of the ducts and the struts beside them, once a detector window: slow against everything acoustic
// (minutes). Exchanged pairwise, so energy is conserved; temperatures before the exchange decide, so order does not matter.

import { REFERENCE_TEMPERATURE } from '../gas/caloric.ts';
import { type FarmState, TOTAL } from '../gas-oscillation/state.ts';
import { PI } from '../numerics/elementary.ts';

/** Largest share of a wall's heat capacity exchanged per sub-step: below ½ for stability. */
const LARGEST_SHARE = 0.2;

/** Conductance of each duct's wall, W/K: k·π((r+t)² − r²)/l. */
export function ductWallConductance(
  conductivity: number,
  radius: number,
  thickness: number,
  lengths: Float64Array,
): Float64Array {
  const area = PI * thickness * (2 * radius + thickness);
  return lengths.map((length) => (conductivity * area) / length);
}

/** Conductance of a solid round strut beside each duct, W/K: k·πd²/4l. */
export const strutConductance = (conductivity: number, diameter: number, lengths: Float64Array): Float64Array =>
  lengths.map((length) => (0.25 * PI * conductivity * diameter * diameter) / length);

/** Lets heat flow along the ducts for `dt` seconds. `work` is scratch, one number per chamber. */
export function conductAlongDucts(
  s: FarmState,
  edges: Uint32Array,
  conductance: Float64Array,
  wallCapacity: number,
  dt: number,
  work: Float64Array,
): void {
  let largest = 0;
  work.fill(0);
  for (let e = 0; e < conductance.length; e++) {
    work[edges[2 * e]] += conductance[e];
    work[edges[2 * e + 1]] += conductance[e];
  }
  for (let i = 0; i < s.chambers; i++) largest = Math.max(largest, work[i]);
  const steps = Math.max(1, Math.ceil((largest * dt) / (LARGEST_SHARE * wallCapacity)));
  const share = dt / steps;
  for (let step = 0; step < steps; step++) {
    work.fill(0);
    let entropy = 0;
    for (let e = 0; e < conductance.length; e++) {
      const i = edges[2 * e];
      const j = edges[2 * e + 1];
      const difference = s.wall[i] - s.wall[j];
      if (difference === 0) continue;
      const heat = share * conductance[e] * difference;
      work[i] -= heat;
      work[j] += heat;
      entropy += (heat * difference) / ((REFERENCE_TEMPERATURE + s.wall[i]) * (REFERENCE_TEMPERATURE + s.wall[j]));
    }
    for (let i = 0; i < s.chambers; i++) s.wall[i] += work[i] / wallCapacity;
    s.totals[TOTAL.entropyConduction] += entropy;
  }
}
