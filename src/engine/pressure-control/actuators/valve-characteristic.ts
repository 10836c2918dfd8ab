// How a valve's opening follows its travel: inherent characteristics, as shares of the full flow coefficient.

import { exp, log } from '../../numerics/elementary.ts';

export type Characteristic = 'linear' | 'equal-percentage' | 'quick-opening';

/** R: largest over smallest controllable flow coefficient of an equal-percentage valve (50 is usual). */
export const RANGEABILITY = 50;
/** Below this travel an equal-percentage plug closes in a straight line: R^{x−1} alone would leave 2 % open when shut. */
export const SEAT_TRAVEL = 0.05;

const LOG_R = log(RANGEABILITY);
const SEAT_SHARE = exp((SEAT_TRAVEL - 1) * LOG_R);

const clamp = (x: number): number => Math.min(1, Math.max(0, x));

/**
 * C/C_max at a travel of 0–1 (clamped): x; R^{x−1} with R = 50 above the seat; √x (Smith & Corripio 1997). 0 at 0 and 1 at 1,
 * ascending.
 */
export function relativeCoefficient(kind: Characteristic, travel: number): number {
  const x = clamp(travel);
  if (kind === 'linear') return x;
  if (kind === 'quick-opening') return Math.sqrt(x);
  return x < SEAT_TRAVEL ? (x / SEAT_TRAVEL) * SEAT_SHARE : exp((x - 1) * LOG_R);
}

/** The travel at which the valve has this share of its full coefficient: the inverse of relativeCoefficient. */
export function travelFor(kind: Characteristic, share: number): number {
  const c = clamp(share);
  if (kind === 'linear') return c;
  if (kind === 'quick-opening') return c * c;
  return c < SEAT_SHARE ? (c / SEAT_SHARE) * SEAT_TRAVEL : clamp(1 + log(c) / LOG_R);
}

/** d(C/C_max)/dx: the valve's share in the loop's gain. A quick-opening valve's is bounded at the seat, where √x has none. */
export function characteristicGain(kind: Characteristic, travel: number): number {
  const x = clamp(travel);
  if (kind === 'linear') return 1;
  if (kind === 'quick-opening') return 0.5 / Math.sqrt(Math.max(x, SEAT_TRAVEL * SEAT_TRAVEL));
  return x < SEAT_TRAVEL ? SEAT_SHARE / SEAT_TRAVEL : LOG_R * exp((x - 1) * LOG_R);
}
