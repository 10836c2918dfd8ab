// Saturation pressure of water: over liquid (Wagner & Pruß 2002, auxiliary equation), over ice (IAPWS R14-08).

import { exp, log, pow } from '../numerics/elementary.ts';

const TRIPLE_POINT = 273.16;
const LIQUID: readonly (readonly [number, number])[] = [
  [-7.85951783, 1],
  [1.84408259, 1.5],
  [-11.7866497, 3],
  [22.6807411, 3.5],
  [-15.9618719, 4],
  [1.80122502, 7.5],
];
const ICE: readonly (readonly [number, number])[] = [
  [-21.2144006, 0.00333333333],
  [27.3203819, 1.20666667],
  [-6.1059813, 1.70333333],
];

/** Pa at T in K: over liquid from 273.16 to 647.096 K (above: the critical pressure), over ice from 50 K. */
export function saturationPressure(T: number): number {
  if (T >= TRIPLE_POINT) {
    const critical = 647.096;
    const tau = T < critical ? 1 - T / critical : 0;
    let sum = 0;
    for (const [a, e] of LIQUID) sum += a * pow(tau, e);
    return 22.064e6 * exp((critical / Math.min(T, critical)) * sum);
  }
  const theta = T / TRIPLE_POINT;
  let sum = 0;
  for (const [b, c] of ICE) sum += b * exp(c * log(theta));
  return 611.657 * exp(sum / theta);
}

/** leastSaturationPressure by parts of a kelvin, filled as asked for. */
const PER_KELVIN = 16;
const FLOORS = new Float64Array(400 * PER_KELVIN);

/** A lower bound of saturationPressure(T) within 1 % that takes no time: the pressure a little below T, which is less. */
export function leastSaturationPressure(T: number): number {
  const part = Math.floor(PER_KELVIN * T);
  if (!(part >= 200 * PER_KELVIN && part < FLOORS.length)) return 0;
  // Rounding must not lift the bound above the pressure at T itself.
  if (FLOORS[part] === 0) FLOORS[part] = (1 - 1e-9) * saturationPressure(part / PER_KELVIN);
  return FLOORS[part];
}
