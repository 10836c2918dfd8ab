// The means for which the farm's coefficients hold: gas and layer properties are taken at them and renewed when a mean
// temperature has moved by half a bin or a mean pressure by a few hundredths. Not here: the coefficients themselves (coefficients.ts).

import { REFERENCE_TEMPERATURE } from '../gas/caloric.ts';
import { SPECIES_COUNT } from '../gas/species.ts';
import {
  allocateCoefficients,
  type Coefficients,
  computeCoefficients,
  type DuctGeometry,
  GasCache,
  type NetworkSettings,
} from './coefficients.ts';
import type { FarmState } from './state.ts';

/** A mean temperature that has moved this far, K, renews the properties. */
const REFRESH_KELVIN = 0.5;
/** So does a mean pressure that has changed by this share of itself: densities follow it. */
const REFRESH_PRESSURE_SHARE = 0.02;
/** Ratio of pressures, either way, beyond which properties do not wait for the end of the window. */
const LARGEST_JUMP = 1.5;

export class FarmProperties {
  /** T − 300 K and Pa per chamber. */
  readonly temperature: Float64Array;
  readonly pressure: Float64Array;
  /** mol, as of the last coefficients: gas that changes chamber since shows at the next refresh. */
  private readonly amounts: Float64Array;
  private readonly amount: Float64Array;
  private readonly cache = new GasCache();

  constructor(chambers: number) {
    this.temperature = new Float64Array(chambers);
    this.pressure = new Float64Array(chambers);
    this.amounts = new Float64Array(chambers * SPECIES_COUNT);
    this.amount = new Float64Array(chambers);
  }

  /** For snapshots: with these the same coefficients can be computed again. */
  arrays(): Float64Array[] {
    return [this.temperature, this.pressure, this.amounts, this.amount];
  }

  take(temperature: Float64Array, pressure: Float64Array): void {
    this.temperature.set(temperature);
    this.pressure.set(pressure);
  }

  /** @param limits multiple of the usual limits */
  hasMoved(temperature: Float64Array, pressure: Float64Array, limits: number): boolean {
    for (let i = 0; i < temperature.length; i++) {
      if (Math.abs(temperature[i] - this.temperature[i]) >= limits * REFRESH_KELVIN) return true;
      if (Math.abs(pressure[i] - this.pressure[i]) >= limits * REFRESH_PRESSURE_SHARE * this.pressure[i]) return true;
    }
    return false;
  }

  /** Whether a pressure has left the means so far behind that ducts and gas no longer fit together. */
  hasJumped(pressure: Float64Array): boolean {
    for (let i = 0; i < pressure.length; i++) {
      const ratio = pressure[i] / this.pressure[i];
      if (ratio > LARGEST_JUMP || ratio < 1 / LARGEST_JUMP) return true;
    }
    return false;
  }

  /**
   * Coefficients at these means for steps of `timeStep`.
   * @param state gives the composition; null: the one taken last, after a snapshot
   * @param radius of the chambers, m
   */
  coefficients(
    state: FarmState | null,
    radius: number,
    edges: Uint32Array,
    ducts: DuctGeometry,
    settings: NetworkSettings,
    timeStep: number,
  ): Coefficients {
    if (state) {
      this.amounts.set(state.amounts);
      this.amount.set(state.amount);
    }
    const made = allocateCoefficients(this.amount.length, edges.length / 2, settings, timeStep);
    const mean = {
      amounts: this.amounts,
      amount: this.amount,
      temperature: this.temperature,
      pressure: this.pressure,
    };
    computeCoefficients(made, mean, REFERENCE_TEMPERATURE, radius, edges, ducts, settings, this.cache);
    return made;
  }
}
