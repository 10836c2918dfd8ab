// Whether valves can make the cycle that is asked of them at all: they need at least the time in which they fill and empty a
// chamber while they stand wide open.

import { ATM, GAS_CONSTANT } from '../../constants.ts';
import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { molarMass } from '../../gas/ideal.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import type { FarmState } from '../../gas-oscillation/state.ts';
import { log } from '../../numerics/elementary.ts';
import type { HeaderSettings } from '../headers/settings.ts';
import { chokingConstant } from '../valves.ts';

/** Largest γ of a gas: with it the times are the least there are. */
const MONATOMIC = 5 / 3;

/**
 * Least time (s) from the cycle's low pressure to its high one and back, choked all the way: filled at γΨ·C_dA·p_s√(RT/M)/V, emptied
 * as e^{−t/τ}, τ = V/(γΨ·C_dA√(RT/M)). @param volume m³ @param speed √(RT/M) of the fastest gas, m/s
 */
export function leastSwing(
  { valveArea, supplyPressure }: HeaderSettings,
  low: number,
  high: number,
  volume: number,
  speed: number,
): number {
  const time = volume / (MONATOMIC * chokingConstant(MONATOMIC) * valveArea * speed);
  return time * ((high - low) / supplyPressure + log(high / low));
}

/** What the log says where the valves cannot follow, and why; null where they may. */
export function cycleRemark(settings: HeaderSettings, state: FarmState): readonly [what: string, why: string] | null {
  const { cycle } = settings;
  if (!cycle || !(cycle.high > cycle.low)) return null;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < state.chambers; i++) {
    const x = state.amounts.subarray(i * SPECIES_COUNT, (i + 1) * SPECIES_COUNT).map((n) => n / state.amount[i]);
    const speed = Math.sqrt((GAS_CONSTANT * (REFERENCE_TEMPERATURE + state.temperature[i])) / molarMass(x));
    least = Math.min(least, leastSwing(settings, cycle.low, cycle.high, state.volume[i], speed));
  }
  if (!(least > cycle.period)) return null;
  const wanted = `${figure(cycle.low / ATM)} to ${figure(cycle.high / ATM)} atm and back in ${figure(cycle.period)} s`;
  return [`Valves at their stops: the cycle asks for ${wanted}`, `wide open they need ${figure(least)} s`];
}

const figure = (x: number): string => String(Number(x.toPrecision(3)));
