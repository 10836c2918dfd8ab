// Bodies of gas at the ends of the valves: chambers, two headers, the room and the make-up store. From amounts and energy the
// properties that the flow law and its slopes need. Ideal gas with NASA-9 heat capacities; allocates nothing once made.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { CALORIC_LENGTH, expandCaloric, RECENTRE_K } from '../../gas/caloric.ts';
import { SPECIES, SPECIES_COUNT } from '../../gas/species.ts';

/** Numbers per body: six amounts, mol, and the energy, J above 300 K. */
export const STRIDE = SPECIES_COUNT + 1;
export const ENERGY = SPECIES_COUNT;

const scratch = new Float64Array(CALORIC_LENGTH);

/** Energy above 300 K of ideal gas at T (K), J. */
export function idealEnergy(amounts: Float64Array, offset: number, T: number): number {
  expandCaloric(amounts, offset, T, scratch, 0);
  return scratch[0];
}

/** C_v, J/K, of the gas that idealEnergy was asked for last. */
export const lastCapacity = (): number => scratch[1];

/**
 * Temperature (K) of ideal gas with this energy (J above 300 K), NaN when none fits. Each pass inverts the cubic expansion of the
 * energy about the last temperature: within RECENTRE_K of it the error of T is below 1e-5 K. Leaves C_v of the centre in scratch.
 */
export function solveTemperature(amounts: Float64Array, offset: number, energy: number, guess: number): number {
  let T = guess;
  for (let pass = 0; pass < 30; pass++) {
    expandCaloric(amounts, offset, T, scratch, 0);
    const left = energy - scratch[0];
    const c = scratch[1];
    if (!(c > 0)) return Number.NaN;
    let d = left / c;
    if (Math.abs(d) > RECENTRE_K) {
      T = Math.max(T + d, 0.2 * T);
      if (!(T > 1e-3 && T < 1e6)) return Number.NaN;
      continue;
    }
    for (let m = 0; m < 3; m++) {
      const slope = c + d * (scratch[2] + 0.5 * d * scratch[3]);
      d += (left - d * (c + d * (0.5 * scratch[2] + (d * scratch[3]) / 6))) / slope;
    }
    return T + d > 0 ? T + d : Number.NaN;
  }
  return Number.NaN;
}

export class GasNodes {
  /** Amounts and energy of each body, STRIDE per body. */
  readonly y: Float64Array;
  /** m³; 0: a body whose state is fixed. */
  readonly volume: Float64Array;
  readonly pressure: Float64Array;
  /** K. */
  readonly temperature: Float64Array;
  /** mol. */
  readonly amount: Float64Array;
  /** Molar c_v, J/(mol·K), and γ. */
  readonly heatCapacity: Float64Array;
  readonly gamma: Float64Array;
  /** Molar enthalpy above 300 K, J/mol. */
  readonly enthalpy: Float64Array;
  /** 1/√(R T M): molar flow per effective area and Pa at Ψ = 1. */
  readonly conductance: Float64Array;

  constructor(count: number) {
    this.y = new Float64Array(count * STRIDE);
    this.volume = new Float64Array(count);
    this.pressure = new Float64Array(count);
    this.temperature = new Float64Array(count).fill(300);
    this.amount = new Float64Array(count);
    this.heatCapacity = new Float64Array(count);
    this.gamma = new Float64Array(count).fill(1.4);
    this.enthalpy = new Float64Array(count);
    this.conductance = new Float64Array(count);
  }

  /**
   * Properties of body v from its amounts and energy; `guess` K. @returns false when they are not those of a gas
   * @param capacity C_v at `guess`, J/K, where the guess is known to be the temperature; 0: to be found
   */
  describe(v: number, guess: number, capacity = 0): boolean {
    const { y } = this;
    const at = v * STRIDE;
    let n = 0;
    let mass = 0;
    for (let k = 0; k < SPECIES_COUNT; k++) {
      const part = y[at + k];
      if (!(part >= 0)) return false;
      n += part;
      mass += part * SPECIES[k].molarMass;
    }
    this.amount[v] = n;
    if (n === 0) {
      this.pressure[v] = 0;
      return true;
    }
    const T = capacity > 0 ? guess : solveTemperature(y, at, y[at + ENERGY], guess);
    if (!(T > 0)) return false;
    const cv = (capacity > 0 ? capacity : scratch[1]) / n;
    this.temperature[v] = T;
    this.heatCapacity[v] = cv;
    this.gamma[v] = 1 + R / cv;
    this.enthalpy[v] = y[at + ENERGY] / n + R * T;
    this.conductance[v] = Math.sqrt(n / (R * T * mass));
    if (this.volume[v] > 0) this.pressure[v] = (n * R * T) / this.volume[v];
    return true;
  }

  /** A body of fixed state: p in Pa, T in K, mole fractions. */
  fix(v: number, pressure: number, temperature: number, fractions: ArrayLike<number>): void {
    const at = v * STRIDE;
    for (let k = 0; k < SPECIES_COUNT; k++) this.y[at + k] = fractions[k];
    this.y[at + ENERGY] = idealEnergy(this.y, at, temperature);
    this.volume[v] = 0;
    this.describe(v, temperature);
    this.pressure[v] = pressure;
  }

  /** Rise of the pressure in `volume` at the state of body v per mole drawn from it, γRT/V, Pa/mol. */
  fall(v: number, volume: number): number {
    return volume > 0 ? (this.gamma[v] * R * this.temperature[v]) / volume : 0;
  }

  /**
   * Rise of the pressure in `volume` per mole that comes into body v from gas at T (K) of molar c_v, Pa/mol:
   * (R/V)[T_v + (h − u(T_v))/c_v]. An evacuated body: γRT of what comes.
   */
  rise(v: number, volume: number, T: number, heatCapacity: number): number {
    if (!(volume > 0)) return 0;
    const own = this.amount[v] > 0 ? this.temperature[v] : T;
    const cv = this.amount[v] > 0 ? this.heatCapacity[v] : heatCapacity;
    return (R / volume) * Math.max(0.1 * T, own + (R * T + heatCapacity * (T - own)) / cv);
  }
}
