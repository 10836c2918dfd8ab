// What a loop's process looks like before anything was measured: its first model from the valves' sizes, the output that holds a
// pressure, and the settings of predictive control that follow.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { molarMass } from '../../gas/ideal.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import type { FarmState } from '../../gas-oscillation/state.ts';
import type { PredictiveSettings } from '../controller/predictive.ts';
import type { FirstOrderModel } from '../controller/process-model.ts';
import type { HeaderSettings } from '../headers/settings.ts';
import { chokingConstant } from '../valves.ts';

/** Dead time of scan, sensor and stem, s. */
const DEAD_TIME_S = 0.03;
/** Heat capacity ratio for first gains. */
const GAMMA = 1.5;

/**
 * k = (p_supply + p)/b, τ = V/(γ b A Ψ √(RT/M)): one choked valve fills a chamber adiabatically, the other empties it.
 * @param i the chamber @param bias b, opening of both valves at rest @param pressure p, Pa
 */
export function fillingModel(
  { amounts, amount, temperature, volume }: FarmState,
  i: number,
  { supplyPressure, valveArea }: HeaderSettings,
  bias: number,
  pressure: number,
): FirstOrderModel {
  const x = amounts.subarray(i * SPECIES_COUNT, (i + 1) * SPECIES_COUNT).map((n) => n / amount[i]);
  const speed = Math.sqrt((R * (REFERENCE_TEMPERATURE + temperature[i])) / molarMass(x));
  const conductance = chokingConstant(GAMMA) * valveArea * speed;
  const open = Math.max(0.01, bias);
  return {
    kind: 'first-order',
    gain: (supplyPressure + pressure) / open,
    timeConstant: volume[i] / (GAMMA * open * conductance),
    delay: DEAD_TIME_S,
  };
}

/** Output at which as much flows in as out at a pressure (Pa), both valves choked. @param bias opening of both at rest */
export const balancedOutput = (pressure: number, supplyPressure: number, bias: number): number =>
  Number.isFinite(pressure) ? (-bias * (supplyPressure - pressure)) / (supplyPressure + pressure) : 0;

/** @param period s between its moves @param rateLimit of the output, 1/s */
export function predictiveSettings(
  model: FirstOrderModel,
  closedLoopTime: number,
  period: number,
  rateLimit: number,
): PredictiveSettings {
  const time = Math.max(closedLoopTime, 2 * period);
  return {
    model: { ...model, delay: Math.max(period, model.delay) },
    closedLoopTime: time,
    observerTime: time,
    low: -1,
    high: 1,
    rateLimit,
    moveSuppression: 0.1,
  };
}
