// Heat that crossing gas carries in a slow step: as the implicit solve sees it, and as it is booked at the new temperatures.

import { type AveragedState, scratch } from './averaged-state.ts';
import type { Crossing } from './crossing.ts';

/**
 * Heat that incoming gas brings relative to the gas it joins: adds its known part to `heat`, its stiffness to `stiffness`.
 * @returns the weights (J/K per duct) with which a donor's temperature change enters the receiver
 */
export function incomingHeat(
  s: AveragedState,
  edges: Uint32Array,
  crossed: Crossing,
  stiffness: Float64Array,
  heat: Float64Array,
): { forward: Float64Array; backward: Float64Array } {
  const forward = scratch(s, 'heat forward', s.ducts);
  const backward = scratch(s, 'heat backward', s.ducts);
  const { amountForward, amountBackward, extraEnergy, ducts } = crossed;
  const molar = scratch(s, 'molar', s.chambers);
  const capacity = scratch(s, 'capacity', s.chambers);
  for (let i = 0; i < s.chambers; i++) {
    molar[i] = s.gasEnergy[i] / s.amount[i];
    capacity[i] = s.heatCapacity[i] / s.amount[i];
  }
  for (let m = 0; m < ducts.length; m++) {
    const e = ducts[m];
    const i = edges[2 * e];
    const j = edges[2 * e + 1];
    const ahead = amountForward[e];
    const back = amountBackward[e];
    forward[e] = ahead * capacity[i];
    backward[e] = back * capacity[j];
    heat[j] += ahead * (molar[i] - molar[j]) + extraEnergy[e];
    heat[i] += back * (molar[j] - molar[i]) - extraEnergy[e];
    stiffness[j] += ahead * capacity[j];
    stiffness[i] += back * capacity[i];
  }
  return { forward, backward };
}

/** J that crossing gas adds to each chamber at the new temperatures: equal and opposite at the ends of a duct. */
export function carriedEnergy(
  s: AveragedState,
  edges: Uint32Array,
  crossed: Crossing,
  change: Float64Array,
): Float64Array {
  const out = scratch(s, 'carried', s.chambers);
  const { amountForward, amountBackward, extraEnergy, ducts } = crossed;
  const molar = scratch(s, 'molar', s.chambers);
  for (let i = 0; i < s.chambers; i++) molar[i] = (s.gasEnergy[i] + s.heatCapacity[i] * change[i]) / s.amount[i];
  for (let m = 0; m < ducts.length; m++) {
    const e = ducts[m];
    const i = edges[2 * e];
    const j = edges[2 * e + 1];
    const energy = amountForward[e] * molar[i] - amountBackward[e] * molar[j] + extraEnergy[e];
    out[i] -= energy;
    out[j] += energy;
  }
  return out;
}
