// The coefficients of the acoustic step, computed from geometry and gas properties: refreshed when the composition or the
// mean temperature of a chamber moves to another bin, never per step. Symbols and equations: docs/model.md §3–§4.

import { GAS_CONSTANT as R } from '../constants.ts';
import type { FarmGasModel } from '../gas/equation-of-state.ts';
import { type GasProperties, gasProperties } from '../gas/mixture.ts';
import { SPECIES_COUNT } from '../gas/species.ts';
import { cos, exp, log, PI, sin } from '../numerics/elementary.ts';
import { POLE_SETS, type PoleSet, poleWeights } from './boundary-layer.ts';
import { type DispersionTrap, dispersionTrap, inertanceFactor } from './dispersion-trap.ts';

export interface DuctGeometry {
  /** Bore radius, m. */
  readonly radius: number;
  /** Length between the walls of its chambers, m, per duct. */
  readonly lengths: Float64Array;
  /** Added length per end, in radii. */
  readonly endCorrection: number;
  /** Whether half of each duct's volume belongs to each of its chambers. */
  readonly includeVolume: boolean;
}

export interface NetworkSettings {
  readonly losses: 'full' | 'viscous' | 'none';
  readonly poleSet: '1' | '2' | '3' | '4';
  /** Entry plus exit loss coefficient K. */
  readonly minorLoss: number;
  /** Given resistance in place of the computed one, Pa·s/m³. */
  readonly resistance: number | 'auto';
  readonly gasModel: FarmGasModel;
  /** Frequency about which the boundary-layer states are placed, Hz. */
  readonly frequency: number;
}

/** Everything the step multiplies with. Arrays per chamber or duct; poles as in the state. */
export interface Coefficients {
  readonly timeStep: number;
  /** Δt/2τ_k of the shared relaxation times, and what the step makes of them. */
  readonly poleRatio: Float64Array;
  /** τ_k, s. */
  readonly poleTime: Float64Array;
  /** Heat capacity of each thermal state, J/K: layerCapacity[k * chambers + i]. */
  readonly layerCapacity: Float64Array;
  readonly instantCapacity: Float64Array;
  /** Slow conduction to the wall, 20πλa (Nu = 10), W/K. The ducts' part is limited by what diffuses into them and left out. */
  readonly wallConductance: Float64Array;
  /** Inertance, kg/m⁴. */
  readonly inertance: Float64Array;
  /** Constant resistance, Pa·s/m³. */
  readonly resistance: Float64Array;
  /** Resistance of each viscous state: layerResistance[k * ducts + e]. */
  readonly layerResistance: Float64Array;
  /** K ρ/2A², Pa·s²/m⁶. */
  readonly quadratic: Float64Array;
  /** Half the duct volume, m³: gas changes chamber beyond this displacement. */
  readonly halfVolume: Float64Array;
  /** 1: the duct is shut and no mean flow passes it; none is if left out. */
  readonly closed?: Uint8Array;
  /** Gas of each chamber at its mean state, for validity and readings. */
  readonly gas: GasProperties[];
}

/** What the step multiplies with: the coefficients at the time step, and products of them formed once. */
export interface StepCoefficients extends Coefficients {
  readonly trap: DispersionTrap;
  /** Mean powers of a steady wave over what the discrete sums make of them: heats and the drive's work are booked times this. */
  readonly powerFactor: number;
  /** 2L/Δt, L being what the trap leaves of the inertance. */
  readonly inertial: Float64Array;
  /** The same + R₀ + Σ R_k/(1+b_k). */
  readonly denominator: Float64Array;
  /** R_k/(1+b_k), as layerResistance. */
  readonly damping: Float64Array;
  /** c_k·2a_k/(1+a_k), as layerCapacity. */
  readonly layerPull: Float64Array;
  /** ½ Σ_k of it per chamber. */
  readonly halfPull: Float64Array;
  /** Per pole: 1/(1+b), 2b and 2b/(1+b). */
  readonly inverse: Float64Array;
  readonly doubled: Float64Array;
  readonly approach: Float64Array;
  /** Mid-step flow of a steady wave over its flow. */
  readonly meanOfStep: number;
  /** Steps in half a cycle of the drive: exchanges of gas that crossed the middle of a duct are a number of these apart. */
  readonly halfCycle: number;
}

/**
 * Coefficients for stepping, prewarped at the drive frequency: with them the discrete network has at ω₀ exactly the
 * response of the continuous one, whatever the number of steps per cycle, and with the dispersion trap the reactances of twice
 * that. At frequency 0 (no drive) nothing is warped. With
 * x = ω₀Δt/2: L·(x/sin x)², R·x/(sin x cos x), K·(x/(sin x cos x))², τ·x/tan x. Balances close as before.
 */
export function stepCoefficients(c: Coefficients, frequency: number): StepCoefficients {
  const x = PI * frequency * c.timeStep;
  const warp = x > 0 && x < 1;
  const trap = dispersionTrap(frequency, c.timeStep);
  // The same factor by chance: of resistances, and of powers, 2x/sin 2x.
  const resistive = warp ? x / (sin(x) * cos(x)) : 1;
  const relaxation = warp ? (x * cos(x)) / sin(x) : 1;
  const poleTime = c.poleTime.map((tau) => tau * relaxation);
  const warped: Coefficients = {
    ...c,
    poleTime,
    poleRatio: poleTime.map((tau) => c.timeStep / (2 * tau)),
    inertance: c.inertance.map((L) => L * inertanceFactor(trap, sin(x) * sin(x))),
    resistance: c.resistance.map((r) => r * resistive),
    layerResistance: c.layerResistance.map((r) => r * resistive),
    quadratic: c.quadratic.map((K) => K * resistive * resistive),
  };
  return withProducts(warped, c.inertance, trap, resistive, frequency);
}

/** Of a slow drive, at most so many steps count as half a cycle. */
const LONGEST_HALF_CYCLE = 16;

/** Steps in half a cycle of the drive; 1 without a drive. */
const stepsPerHalfCycle = (timeStep: number, frequency: number): number =>
  frequency > 0 ? Math.max(1, Math.min(LONGEST_HALF_CYCLE, Math.floor(0.5 / (frequency * timeStep) + 1e-9))) : 1;

function withProducts(
  c: Coefficients,
  trueInertance: Float64Array,
  trap: DispersionTrap,
  powerFactor: number,
  frequency: number,
): StepCoefficients {
  const ducts = c.inertance.length;
  const chambers = c.instantCapacity.length;
  const inertial = trueInertance.map((L) => (2 / c.timeStep) * trap.own * L);
  const denominator = inertial.map((a, e) => a + c.resistance[e]);
  const damping = new Float64Array(c.layerResistance.length);
  const layerPull = new Float64Array(c.layerCapacity.length);
  const halfPull = new Float64Array(chambers);
  for (let k = 0; k < c.poleTime.length; k++) {
    const ratio = c.poleRatio[k];
    for (let e = 0; e < ducts; e++) {
      damping[k * ducts + e] = c.layerResistance[k * ducts + e] / (1 + ratio);
      denominator[e] += damping[k * ducts + e];
    }
    for (let i = 0; i < chambers; i++) {
      layerPull[k * chambers + i] = (c.layerCapacity[k * chambers + i] * 2 * ratio) / (1 + ratio);
      halfPull[i] += 0.5 * layerPull[k * chambers + i];
    }
  }
  return {
    ...c,
    inertial,
    denominator,
    damping,
    layerPull,
    halfPull,
    inverse: c.poleRatio.map((b) => 1 / (1 + b)),
    doubled: c.poleRatio.map((b) => 2 * b),
    approach: c.poleRatio.map((b) => (2 * b) / (1 + b)),
    trap,
    powerFactor,
    meanOfStep: cos(Math.min(1, PI * frequency * c.timeStep)),
    halfCycle: stepsPerHalfCycle(c.timeStep, frequency),
  };
}

const TEMPERATURE_BIN_K = 0.5;
const PRESSURE_REFERENCE = 101325;

const PRESSURE_BINS_PER_FACTOR = 100;

const FRACTION_BINS = 1e7;

/** Gas properties by composition, temperature and (real gas) pressure bin, so that equal chambers cost one evaluation. */
export class GasCache {
  private readonly entries = new Map<string, GasProperties>();

  /** Properties of the amounts at `offset` at the bin of T and `pressure`; density at T and pressure themselves. */
  at(amounts: Float64Array, offset: number, T: number, pressure: number, model: FarmGasModel): GasProperties {
    const binnedT = Math.round(T / TEMPERATURE_BIN_K) * TEMPERATURE_BIN_K;
    const bin = model === 'virial' ? Math.round(PRESSURE_BINS_PER_FACTOR * log(pressure / PRESSURE_REFERENCE)) : 0;
    const binnedP = PRESSURE_REFERENCE * exp(bin / PRESSURE_BINS_PER_FACTOR);
    let total = 0;
    for (let k = 0; k < SPECIES_COUNT; k++) total += amounts[offset + k];
    const x = new Float64Array(SPECIES_COUNT);
    let key = `${model}|${binnedT}|${bin}`;
    for (let k = 0; k < SPECIES_COUNT; k++) {
      // Rounded as in the key: what is cached does not depend on which chamber asked first.
      const bins = Math.round((amounts[offset + k] / total) * FRACTION_BINS);
      x[k] = bins / FRACTION_BINS;
      key += `|${bins}`;
    }
    let base = this.entries.get(key);
    if (!base) {
      if (this.entries.size > 20000) this.entries.clear();
      base = gasProperties(x, binnedT, binnedP, model);
      this.entries.set(key, base);
    }
    return {
      ...base,
      density_kg_per_m3: (pressure * base.molarMass_kg_per_mol) / (base.compressibility * R * T),
      meanFreePath_m: (base.meanFreePath_m * binnedP) / pressure,
    };
  }
}

export function allocateCoefficients(
  chambers: number,
  ducts: number,
  settings: NetworkSettings,
  timeStep: number,
): Coefficients {
  const set = POLE_SETS[settings.poleSet];
  const poles = set.theta.length;
  const omega0 = 2 * PI * settings.frequency;
  const poleTime = Float64Array.from(set.theta, (t) => t / omega0);
  return {
    timeStep,
    poleTime,
    poleRatio: poleTime.map((tau) => timeStep / (2 * tau)),
    layerCapacity: new Float64Array(chambers * poles),
    instantCapacity: new Float64Array(chambers),
    wallConductance: new Float64Array(chambers),
    inertance: new Float64Array(ducts),
    resistance: new Float64Array(ducts),
    layerResistance: new Float64Array(ducts * poles),
    quadratic: new Float64Array(ducts),
    halfVolume: new Float64Array(ducts),
    gas: [],
  };
}

export interface MeanState {
  readonly amounts: Float64Array;
  readonly amount: Float64Array;
  /** Mean T − 300 K per chamber. */
  readonly temperature: Float64Array;
  readonly pressure: Float64Array;
}

/** Fills the coefficients for the given mean state. Chamber radius in m; edges as in the layout. */
export function computeCoefficients(
  target: Coefficients,
  mean: MeanState,
  referenceTemperature: number,
  chamberRadius: number,
  edges: Uint32Array,
  ducts: DuctGeometry,
  settings: NetworkSettings,
  cache: GasCache,
): void {
  const set = POLE_SETS[settings.poleSet];
  const chambers = mean.amount.length;
  target.gas.length = chambers;
  for (let i = 0; i < chambers; i++) {
    target.gas[i] = cache.at(
      mean.amounts,
      i * SPECIES_COUNT,
      referenceTemperature + mean.temperature[i],
      mean.pressure[i],
      settings.gasModel,
    );
  }
  chamberCoefficients(target, mean, chamberRadius, edges, ducts, settings, set);
  ductCoefficients(target, edges, ducts, settings, set);
}

/** Thermal layers of the sphere and of the half ducts that belong to the chamber; both walls are the chamber's wall. */
function chamberCoefficients(
  c: Coefficients,
  mean: MeanState,
  radius: number,
  edges: Uint32Array,
  ducts: DuctGeometry,
  settings: NetworkSettings,
  set: PoleSet,
): void {
  const chambers = mean.amount.length;
  const poles = set.theta.length;
  const sphere = new Float64Array(poles + 1);
  const tube = new Float64Array(poles + 1);
  const adiabatic = settings.losses !== 'full';
  const area = PI * ducts.radius * ducts.radius;
  const ductLength = new Float64Array(chambers);
  if (ducts.includeVolume) {
    for (let e = 0; e < ducts.lengths.length; e++) {
      ductLength[edges[2 * e]] += 0.5 * ducts.lengths[e];
      ductLength[edges[2 * e + 1]] += 0.5 * ducts.lengths[e];
    }
  }
  const sphereVolume = (4 / 3) * PI * radius * radius * radius;
  for (let i = 0; i < chambers; i++) {
    const gas = c.gas[i];
    const diffusivity = gas.conductivity_W_per_mK / (gas.density_kg_per_m3 * gas.cp_J_per_kgK);
    const omega = 2 * PI * settings.frequency;
    poleWeights(set, 'sphere', (omega * radius * radius) / diffusivity, sphere);
    poleWeights(set, 'tube', (omega * ducts.radius * ducts.radius) / diffusivity, tube);
    const capacity = adiabatic ? 0 : mean.amount[i] * gas.cp_J_per_molK;
    const inDucts = (area * ductLength[i]) / (area * ductLength[i] + sphereVolume);
    for (let k = 0; k < poles; k++) {
      c.layerCapacity[k * chambers + i] = capacity * ((1 - inDucts) * sphere[k] + inDucts * tube[k]);
    }
    c.instantCapacity[i] = capacity * ((1 - inDucts) * sphere[poles] + inDucts * tube[poles]);
    c.wallConductance[i] = adiabatic ? 0 : 20 * PI * gas.conductivity_W_per_mK * radius;
  }
}

function ductCoefficients(
  c: Coefficients,
  edges: Uint32Array,
  ducts: DuctGeometry,
  settings: NetworkSettings,
  set: PoleSet,
): void {
  const count = edges.length / 2;
  const poles = set.theta.length;
  const weights = new Float64Array(poles + 1);
  const area = PI * ducts.radius * ducts.radius;
  const given = settings.resistance;
  const computed = given === 'auto' && settings.losses !== 'none';
  for (let e = 0; e < count; e++) {
    const a = c.gas[edges[2 * e]];
    const b = c.gas[edges[2 * e + 1]];
    const density = 0.5 * (a.density_kg_per_m3 + b.density_kg_per_m3);
    const viscosity = 0.5 * (a.viscosity_Pa_s + b.viscosity_Pa_s);
    const length = ducts.lengths[e];
    const bore = (density * length) / area;
    poleWeights(
      set,
      'tube',
      (2 * PI * settings.frequency * ducts.radius * ducts.radius * density) / viscosity,
      weights,
    );
    for (let k = 0; k < poles; k++) {
      c.layerResistance[k * count + e] = computed ? (bore * weights[k]) / c.poleTime[k] : 0;
    }
    const poiseuille = (8 * PI * viscosity * length) / (area * area);
    c.resistance[e] = given !== 'auto' ? given : computed ? poiseuille : 0;
    c.inertance[e] =
      (density * (length + 2 * ducts.endCorrection * ducts.radius)) / area + (computed ? bore * weights[poles] : 0);
    c.quadratic[e] = settings.losses === 'none' ? 0 : (settings.minorLoss * density) / (2 * area * area);
    c.halfVolume[e] = 0.5 * area * length;
  }
}

/** Largest stable step, s: 2/ω_max with a Gershgorin bound on ω² = λ(C⁻¹ B L⁻¹ Bᵀ). */
export function stableTimeStep(edges: Uint32Array, inertance: Float64Array, compliance: Float64Array): number {
  const diagonal = new Float64Array(compliance.length);
  for (let e = 0; e < inertance.length; e++) {
    diagonal[edges[2 * e]] += 1 / inertance[e];
    diagonal[edges[2 * e + 1]] += 1 / inertance[e];
  }
  let largest = 0;
  for (let i = 0; i < compliance.length; i++) largest = Math.max(largest, (2 * diagonal[i]) / compliance[i]);
  return largest > 0 ? 2 / Math.sqrt(largest) : Number.POSITIVE_INFINITY;
}
