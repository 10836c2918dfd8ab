// Compression in equal stages with a cooler before the first and after each: work per mole, discharge and outlet temperature. Ideal gas with NASA-9 heat
// capacities, steady. Not here: how much flows (pump-flow.ts), losses beyond those of the best point (machines.ts).

import { GAS_CONSTANT as R } from '../../constants.ts';
import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { enthalpy, HIGHEST_TEMPERATURE, LOWEST_TEMPERATURE } from '../../gas/ideal.ts';
import { SPECIES, SPECIES_COUNT } from '../../gas/species.ts';
import { exp, log } from '../../numerics/elementary.ts';
import { effectiveness } from '../actuators/cooler.ts';

const PASSES = 12;
const CONVERGED = 1e-10;

export interface StageSettings {
  readonly stages: number;
  /** Isentropic efficiency, 0–1. */
  readonly efficiency: number;
  /** UA of all coolers together, W/K, and ṁc_p of their coolant, W/K; the cooler before the first stage and after each has its share. */
  readonly conductance: number;
  readonly coolant: number;
  /** Where the coolant comes in, K. */
  readonly coolantTemperature: number;
}

/** Results stay until the next `solve`; nothing is allocated. */
export class StagedCompression {
  /** J/mol, all stages. */
  work = 0;
  /** Hottest temperature after a stage, and that after the last cooler, K. */
  discharge: number;
  outlet: number;

  constructor(readonly settings: StageSettings) {
    this.discharge = settings.coolantTemperature;
    this.outlet = settings.coolantTemperature;
  }

  /**
   * Gas of amounts n_k (SPECIES_COUNT from `at`) at T (K) from p₁ to p₂ (Pa).
   * @param flow mol/s through the coolers @param coolantShare of the coolant that flows, 0–1
   */
  solve(
    amounts: Float64Array,
    at: number,
    T: number,
    p1: number,
    p2: number,
    flow: number,
    coolantShare: number,
  ): void {
    const { stages, efficiency, coolantTemperature } = this.settings;
    const perStage = p2 > p1 ? log(p2 / p1) / stages : 0;
    let total = 0;
    for (let k = 0; k < SPECIES_COUNT; k++) total += amounts[at + k];
    this.work = 0;
    this.discharge = T;
    this.outlet = T;
    if (!(total > 0)) return;
    describe(amounts, at, total, coolantTemperature);
    const cold = here[H];
    describe(amounts, at, total, T);
    let inlet = this.cooled(T, cold, flow, coolantShare);
    for (let stage = 0; stage < stages; stage++) {
      describe(amounts, at, total, inlet);
      const before = here[H];
      const wanted = here[S] + R * perStage;
      // Isentropic end: Newton's method in ln T. Then the real one: in h.
      let end = inlet * exp((R * perStage) / here[CP]);
      for (let pass = 0; pass < PASSES; pass++) {
        describe(amounts, at, total, end);
        const change = (wanted - here[S]) / here[CP];
        end *= exp(change);
        if (Math.abs(change) < CONVERGED) break;
      }
      describe(amounts, at, total, end);
      const work = (here[H] - before) / efficiency;
      end += (before + work - here[H]) / here[CP];
      for (let pass = 0; pass < PASSES; pass++) {
        describe(amounts, at, total, end);
        const change = (before + work - here[H]) / here[CP];
        end += change;
        if (Math.abs(change) < CONVERGED * end) break;
      }
      this.work += work;
      this.discharge = Math.max(this.discharge, end);
      describe(amounts, at, total, end);
      inlet = this.cooled(end, cold, flow, coolantShare);
    }
    this.outlet = inlet;
  }

  /** Temperature after one of the coolers, counterflow, of gas at `hot` (K) whose properties are in `here`. @param coldEnthalpy J/mol */
  private cooled(hot: number, coldEnthalpy: number, flow: number, coolantShare: number): number {
    const { stages, conductance, coolant, coolantTemperature: cold } = this.settings;
    const coolers = stages + 1;
    // Gas that hardly moves takes the coolant's temperature, if there is coolant.
    if (!(flow > 0) || hot === cold) return coolantShare > 0 ? cold : hot;
    const perKelvin = Math.abs(hot - cold) > 1e-3 ? (here[H] - coldEnthalpy) / (hot - cold) : here[CP];
    const capacity = flow * perKelvin;
    const available = (coolantShare * coolant) / coolers;
    const least = Math.min(capacity, available);
    if (!(least > 0)) return hot;
    const share = effectiveness('counterflow', conductance / coolers / least, least / Math.max(capacity, available));
    return hot - (share * least * (hot - cold)) / capacity;
  }
}

/** h above 300 K (J/mol), s° (J/(mol·K)) and c_p (J/(mol·K)) of the mixture that was asked for last. */
const here = new Float64Array(3);
const H = 0;
const S = 1;
const CP = 2;

/** Properties of ideal gas of amounts n_k, `total` mol, at T (K) into `here`: NASA-9 with one logarithm for all gases. */
function describe(amounts: Float64Array, at: number, total: number, temperature: number): void {
  const T = Math.min(HIGHEST_TEMPERATURE, Math.max(LOWEST_TEMPERATURE, temperature));
  const logT = log(T);
  here.fill(0);
  for (let k = 0; k < SPECIES_COUNT; k++) {
    const x = amounts[at + k] / total;
    if (!(x > 0)) continue;
    const a = T > 1000 ? SPECIES[k].nasa9.high : SPECIES[k].nasa9.low;
    const perRT =
      (-a[0] / T + a[1] * logT + a[7]) / T + a[2] + T * (a[3] / 2 + T * (a[4] / 3 + T * (a[5] / 4 + (T * a[6]) / 5)));
    const perR =
      (-a[0] / (2 * T) - a[1]) / T + a[2] * logT + T * (a[3] + T * (a[4] / 2 + T * (a[5] / 3 + (T * a[6]) / 4))) + a[8];
    here[H] += x * (R * T * perRT - ZERO[k]);
    here[S] += x * R * perR;
    here[CP] += x * R * ((a[0] / T + a[1]) / T + a[2] + T * (a[3] + T * (a[4] + T * (a[5] + T * a[6]))));
  }
  if (T === temperature) return;
  // Beyond the polynomials' range the heat capacity is constant.
  here[H] += here[CP] * (temperature - T);
  here[S] += here[CP] * log(temperature / T);
}

/** Enthalpies at which the engine's energies have their zero, J/mol: u = 0 at 300 K. */
const ZERO = SPECIES.map((_, k) => enthalpy(k, REFERENCE_TEMPERATURE) - R * REFERENCE_TEMPERATURE);
