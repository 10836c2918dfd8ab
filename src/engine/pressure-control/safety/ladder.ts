// The ladder of limits of a chamber, from operation over alert and trip to its rating, and on which rung each chamber stands.
// The seed's figures: pressure_range, temperature_range, alert_thresholds, safety_limits, pressure_rating, temperature_rating.

import type { Problem } from '../../config/problem.ts';
import { ATM } from '../../constants.ts';

/** Pa and K, each ladder rising. */
export interface SafetyLimits {
  readonly vacuum_Pa: number;
  readonly operateLow_Pa: number;
  readonly operateHigh_Pa: number;
  readonly alert_Pa: number;
  readonly trip_Pa: number;
  readonly rated_Pa: number;
  readonly operateLow_K: number;
  readonly operateHigh_K: number;
  readonly alert_K: number;
  /** Trip and rating are one: at it the chamber has tripped. */
  readonly trip_K: number;
}

export const SEED_LIMITS: SafetyLimits = {
  vacuum_Pa: 0.05 * ATM,
  operateLow_Pa: 0.1 * ATM,
  operateHigh_Pa: 10 * ATM,
  alert_Pa: 12 * ATM,
  trip_Pa: 15 * ATM,
  rated_Pa: 20 * ATM,
  operateLow_K: 200,
  operateHigh_K: 400,
  alert_K: 450,
  trip_K: 500,
};

/** Rungs by urgency: a chamber stands on the most urgent of its pressure's and its temperature's. */
export const RUNGS = ['operation', 'caution', 'alert', 'trip', 'beyond-rating', 'unknown'] as const;
export type Rung = (typeof RUNGS)[number];

const OPERATION = 0;
const CAUTION = 1;
const ALERT = 2;
const TRIP = 3;
const BEYOND = 4;
const UNKNOWN = 5;

/** Number of the rung (index into RUNGS) of a pressure, Pa. A limit belongs to the rung it opens; no number is unknown. */
export function pressureRung(pressure: number, limits: SafetyLimits): number {
  if (!Number.isFinite(pressure)) return UNKNOWN;
  if (pressure >= limits.rated_Pa) return BEYOND;
  if (pressure >= limits.trip_Pa || pressure <= limits.vacuum_Pa) return TRIP;
  if (pressure >= limits.alert_Pa) return ALERT;
  return pressure > limits.operateHigh_Pa || pressure < limits.operateLow_Pa ? CAUTION : OPERATION;
}

/** Number of the rung of a temperature, K. */
export function temperatureRung(temperature: number, limits: SafetyLimits): number {
  if (!Number.isFinite(temperature)) return UNKNOWN;
  if (temperature > limits.trip_K) return BEYOND;
  if (temperature >= limits.trip_K) return TRIP;
  if (temperature >= limits.alert_K) return ALERT;
  return temperature > limits.operateHigh_K || temperature < limits.operateLow_K ? CAUTION : OPERATION;
}

/**
 * Each chamber's rung, into `rungs`.
 * @param pressure Pa, a chamber @param temperature K, a chamber
 * @returns the most urgent rung of all
 */
export function classifyChambers(
  pressure: ArrayLike<number>,
  temperature: ArrayLike<number>,
  limits: SafetyLimits,
  rungs: Uint8Array,
): number {
  let worst = OPERATION;
  for (let i = 0; i < rungs.length; i++) {
    const rung = Math.max(pressureRung(pressure[i], limits), temperatureRung(temperature[i], limits));
    rungs[i] = rung;
    if (rung > worst) worst = rung;
  }
  return worst;
}

const PRESSURE_ORDER = ['vacuum_Pa', 'operateLow_Pa', 'operateHigh_Pa', 'alert_Pa', 'trip_Pa', 'rated_Pa'] as const;
const TEMPERATURE_ORDER = ['operateLow_K', 'operateHigh_K', 'alert_K', 'trip_K'] as const;

/** What is wrong with a set of limits: each must be finite, above 0 and above the one below it. Empty if all is right. */
export function limitProblems(limits: SafetyLimits): Problem[] {
  const problems: Problem[] = [];
  for (const order of [PRESSURE_ORDER, TEMPERATURE_ORDER]) {
    order.forEach((key, k) => {
      const below = k === 0 ? 0 : limits[order[k - 1]];
      if (Number.isFinite(limits[key]) && limits[key] > below) return;
      problems.push({
        key,
        message: `The limit ${key} is ${limits[key]}, not above ${k === 0 ? '0' : `${order[k - 1]} (${below})`}.`,
        remedy: `Keep the order ${order.join(' < ')}.`,
        severity: 'error',
      });
    });
  }
  return problems;
}
