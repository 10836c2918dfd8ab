// The extremes of the chambers' gas at this moment, for metrics and validity notes. Reads the farm, judges nothing.

import type { Farm } from './farm.ts';
import { REFERENCE_TEMPERATURE } from './gas/caloric.ts';
import { maximumWaterFraction } from './gas/mixture.ts';
import { SPECIES, SPECIES_COUNT } from './gas/species.ts';
import { leastSaturationPressure } from './gas/water.ts';

/** Extremes of the chambers' gas: Pa, K, and the highest vapour pressure over saturation at the wall. */
export function gasRange(farm: Farm): { low: number; high: number; cold: number; hot: number; wettest: number } {
  const { state } = farm;
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  let cold = Number.POSITIVE_INFINITY;
  let hot = 0;
  let wettest = 0;
  const water = SPECIES.findIndex((s) => s.symbol === 'H2O');
  for (let i = 0; i < state.chambers; i++) {
    low = Math.min(low, state.pressure[i]);
    high = Math.max(high, state.pressure[i]);
    const T = REFERENCE_TEMPERATURE + state.temperature[i];
    cold = Math.min(cold, T);
    hot = Math.max(hot, T);
    const x = state.amounts[i * SPECIES_COUNT + water] / state.amount[i];
    const wall = REFERENCE_TEMPERATURE + state.wall[i];
    // The saturation pressure is dear: only of chambers that may be the wettest.
    if (x * state.pressure[i] > wettest * leastSaturationPressure(wall))
      wettest = Math.max(wettest, x / maximumWaterFraction(wall, state.pressure[i]));
  }
  return { low, high, cold, hot, wettest };
}
