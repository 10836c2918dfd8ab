// The walls' surroundings in a slow step: air, and heat along the ducts' metal and struts from wall to wall.

import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { type AveragedContext, type AveragedState, scratch } from './averaged-state.ts';

/** W/K from wall i to the air, and the air's T − 300 K. */
export const airConductance = (context: AveragedContext, i: number): number =>
  context.air ? context.air.conductance[i] : context.surroundings.roomConductance;
export const airTemperature = (context: AveragedContext, i: number): number =>
  context.air ? context.air.temperature[i] : context.surroundings.roomTemperature;

/**
 * Heat along ducts and struts at the present walls: W into each, the entropy it produces, W/K, and the longest step for which
 * explicit conduction beside implicit air is stable, s.
 * @param longest step wanted at most, s
 */
export function heatAlongDucts(
  s: AveragedState,
  context: AveragedContext,
  longest: number,
): { power: Float64Array; entropy: number; longestStep: number } {
  const { edges, wallLinks } = context;
  const power = scratch(s, 'along ducts', s.chambers);
  if (!wallLinks) return { power, entropy: 0, longestStep: longest };
  const links = scratch(s, 'links', s.chambers);
  let entropy = 0;
  for (let e = 0; e < s.ducts; e++) {
    const i = edges[2 * e];
    const j = edges[2 * e + 1];
    const difference = s.wall[i] - s.wall[j];
    const heat = wallLinks[e] * difference;
    power[i] -= heat;
    power[j] += heat;
    links[i] += wallLinks[e];
    links[j] += wallLinks[e];
    entropy += (heat * difference) / ((REFERENCE_TEMPERATURE + s.wall[i]) * (REFERENCE_TEMPERATURE + s.wall[j]));
  }
  let longestStep = longest;
  for (let i = 0; i < s.chambers; i++) {
    const beyond = 2 * links[i] - airConductance(context, i);
    if (beyond > 0) longestStep = Math.min(longestStep, (0.8 * context.surroundings.wallCapacity) / beyond);
  }
  return { power, entropy, longestStep };
}
