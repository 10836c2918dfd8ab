// Gas coolers by effectiveness and transfer units (Kays & London 1984 §2). Steady; the wall's heat is not stored here.

import { exp, log, pow } from '../../numerics/elementary.ts';

export type CoolerArrangement = 'counterflow' | 'parallel' | 'crossflow';

/**
 * ε of an exchanger with N transfer units and C_r = C_min/C_max (0–1): counterflow, parallel flow, crossflow with both sides
 * unmixed (the usual approximation, within 1 %). One form for C_r = 0: 1 − e^{−N}.
 */
export function effectiveness(arrangement: CoolerArrangement, units: number, capacityRatio: number): number {
  if (units <= 0) return 0;
  const c = capacityRatio;
  if (c < 1e-9) return 1 - exp(-units);
  if (arrangement === 'parallel') return (1 - exp(-units * (1 + c))) / (1 + c);
  if (arrangement === 'crossflow') return 1 - exp((pow(units, 0.22) / c) * (exp(-c * pow(units, 0.78)) - 1));
  // Near C_r = 1 the formula is 0/0: its limit N/(1 + N).
  if (1 - c < 1e-7) return units / (1 + units);
  const e = exp(-units * (1 - c));
  return (1 - e) / (1 - c * e);
}

export interface CoolerState {
  readonly effectiveness: number;
  readonly units: number;
  /** From hot to cold, W. */
  readonly heat: number;
  /** K. */
  readonly hotOutlet: number;
  readonly coldOutlet: number;
  /** Entropy made, W/K: ≥ 0. */
  readonly entropyRate: number;
}

/**
 * A cooler between two streams. @param hotCapacity, coldCapacity ṁc_p, W/K; 0 passes no heat @param conductance UA, W/K, clean
 * @param fouling added resistance, K/W @throws RangeError for negative capacities, conductance or fouling
 */
export function cooler(
  arrangement: CoolerArrangement,
  hot: { readonly temperature: number; readonly capacity: number },
  cold: { readonly temperature: number; readonly capacity: number },
  conductance: number,
  fouling = 0,
): CoolerState {
  if (!(hot.capacity >= 0) || !(cold.capacity >= 0) || !(conductance >= 0) || !(fouling >= 0))
    throw new RangeError('Capacity rates, conductance and fouling must not be negative.');
  const least = Math.min(hot.capacity, cold.capacity);
  const most = Math.max(hot.capacity, cold.capacity);
  const ua = conductance > 0 ? 1 / (1 / conductance + fouling) : 0;
  const units = least > 0 ? ua / least : 0;
  const share = least > 0 ? effectiveness(arrangement, units, least / most) : 0;
  const heat = share * least * (hot.temperature - cold.temperature);
  const hotOutlet = hot.capacity > 0 ? hot.temperature - heat / hot.capacity : hot.temperature;
  const coldOutlet = cold.capacity > 0 ? cold.temperature + heat / cold.capacity : cold.temperature;
  const entropyRate =
    hot.capacity * log(hotOutlet / hot.temperature) + cold.capacity * log(coldOutlet / cold.temperature);
  return { effectiveness: share, units, heat, hotOutlet, coldOutlet, entropyRate };
}
