// Farms to measure: the shipped scenario `default`, and what is set in it.

import type { Farm } from '../../engine/farm.ts';
import { scenarioFarm, scenarioValues } from '../scenario.ts';
import { stepsAtOnce } from '../start.ts';

/** The scenario `default` with these settings, each `key=value`. */
export const shippedFarm = (...sets: string[]): Farm => scenarioFarm(scenarioValues('default', sets), 'default');

/** Simulates about so many seconds, at least a step. @returns seconds simulated */
export function simulate(farm: Farm, duration_s: number): number {
  const start = farm.time_s;
  const end = start + duration_s;
  farm.modes.horizon_s = end;
  while (farm.intact) {
    const left = Math.round((end - farm.time_s) / farm.stepLength_s);
    if (left <= 0) break;
    farm.step(stepsAtOnce(farm, left));
  }
  if (!farm.intact) throw new Error(farm.stopReason ?? 'The farm stopped.');
  return farm.time_s - start;
}
