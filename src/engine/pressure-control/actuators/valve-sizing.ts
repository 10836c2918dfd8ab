// Control valves by IEC 60534-2-1:2011, compressible fluids, turbulent flow: flow of a given K_v, K_v for a given flow, with
// and without fittings, and the orifice area that passes the same choked flow (valves.ts). Liquids and laminar flow are not
// here.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { chokingConstant } from '../valves.ts';

/** Gas and pressures at a valve. */
export interface GasService {
  /** Inlet, K. */
  readonly temperature: number;
  /** kg/mol. */
  readonly molarMass: number;
  /** c_p/c_v. */
  readonly gamma: number;
  /** Z at the inlet. */
  readonly compressibility: number;
  /** Absolute, Pa. */
  readonly inletPressure: number;
  readonly outletPressure: number;
}

/** The valve's nominal size and its pipes' inner diameters, m. */
export interface Fittings {
  readonly valveDiameter: number;
  readonly inletDiameter: number;
  readonly outletDiameter: number;
}

/** What the standard calls the numerical constants, for K_v (m³/h), kPa, mm, kg/kmol and gas flow in m³/h at 0 °C, 101.325 kPa. */
const N2 = 1.6e-3;
const N5 = 1.8e-3;
const N9 = 24.6;
/** mol in a cubic metre at 0 °C and 101 325 Pa. */
export const NORMAL_CUBIC_METRE = 101325 / (R * 273.15);
const SECONDS_PER_HOUR = 3600;

export interface Expansion {
  /** x = (p₁ − p₂)/p₁. */
  readonly pressureDropRatio: number;
  /** F_γ = γ/1.4. */
  readonly heatRatioFactor: number;
  /** F_γ x_T: the ratio from which the flow is choked. */
  readonly chokedRatio: number;
  readonly choked: boolean;
  /** x_s = min(x, F_γ x_T). */
  readonly sizingRatio: number;
  /** Y = 1 − x_s/(3 F_γ x_T), from 1 down to 2/3. */
  readonly expansionFactor: number;
}

/** Expansion of the gas in a valve with pressure drop ratio factor x_T (with fittings x_TP) (IEC 60534-2-1:2011). */
export function expansion(service: GasService, ratioFactor: number): Expansion {
  const pressureDropRatio = Math.max(0, 1 - service.outletPressure / service.inletPressure);
  const heatRatioFactor = service.gamma / 1.4;
  const chokedRatio = heatRatioFactor * ratioFactor;
  const sizingRatio = Math.min(pressureDropRatio, chokedRatio);
  return {
    pressureDropRatio,
    heatRatioFactor,
    chokedRatio,
    choked: pressureDropRatio >= chokedRatio,
    sizingRatio,
    expansionFactor: 1 - sizingRatio / (3 * chokedRatio),
  };
}

/** Flow per K_v through a valve whose piping factor is F_P, m³/h at normal conditions. */
function normalFlowPerCoefficient(service: GasService, ratioFactor: number, pipingFactor: number): number {
  const { sizingRatio, expansionFactor } = expansion(service, ratioFactor);
  const molarMass = service.molarMass * 1000;
  return (
    N9 *
    pipingFactor *
    (service.inletPressure / 1000) *
    expansionFactor *
    Math.sqrt(sizingRatio / (molarMass * service.temperature * service.compressibility))
  );
}

export interface PipingFactors {
  /** F_P ≤ 1. */
  readonly pipingFactor: number;
  /** x_TP. */
  readonly ratioFactor: number;
}

/**
 * Reducers on both sides: Σζ = ζ₁ + ζ₂ + ζ_B1 − ζ_B2 (IEC 60534-2-1), x_TP = x_T/F_P²/(1 + x_T ζ_i (C/d²)²/N₅).
 * @param coefficient K_v, m³/h
 */
export function pipingFactors(coefficient: number, ratioFactor: number, fittings: Fittings): PipingFactors {
  const d = fittings.valveDiameter * 1000;
  const area = (pipe: number): number => (fittings.valveDiameter / pipe) * (fittings.valveDiameter / pipe);
  const inlet = area(fittings.inletDiameter);
  const outlet = area(fittings.outletDiameter);
  const inletLoss = 0.5 * (1 - inlet) * (1 - inlet);
  const outletLoss = (1 - outlet) * (1 - outlet);
  const inletBernoulli = 1 - inlet * inlet;
  const outletBernoulli = 1 - outlet * outlet;
  const load = (coefficient / (d * d)) * (coefficient / (d * d));
  const sum = inletLoss + outletLoss + inletBernoulli - outletBernoulli;
  const pipingFactor = 1 / Math.sqrt(Math.max(1e-6, 1 + (sum / N2) * load));
  return {
    pipingFactor,
    ratioFactor:
      ratioFactor / (pipingFactor * pipingFactor * (1 + (ratioFactor * (inletLoss + inletBernoulli) * load) / N5)),
  };
}

/**
 * Flow of a valve, m³/s at 0 °C and 101 325 Pa: Q = N₉ F_P C p₁ Y √(x_s/(M T₁ Z)) (IEC 60534-2-1).
 * @param coefficient K_v, m³/h @param ratioFactor x_T of the valve
 */
export function valveFlow(coefficient: number, service: GasService, ratioFactor: number, fittings?: Fittings): number {
  const piping = fittings ? pipingFactors(coefficient, ratioFactor, fittings) : { pipingFactor: 1, ratioFactor };
  return (coefficient * normalFlowPerCoefficient(service, piping.ratioFactor, piping.pipingFactor)) / SECONDS_PER_HOUR;
}

/** The same in mol/s. */
export const valveMolarFlow = (k: number, service: GasService, ratioFactor: number, fittings?: Fittings): number =>
  valveFlow(k, service, ratioFactor, fittings) * NORMAL_CUBIC_METRE;

/**
 * K_v (m³/h) that passes a flow (m³/s at 0 °C, 101 325 Pa). With fittings the piping factor depends on the result: solved by
 * bisection on the flow, which grows with K_v until the fittings alone limit it. @returns null when no valve of this size
 * passes the flow
 */
export function requiredCoefficient(
  flow: number,
  service: GasService,
  ratioFactor: number,
  fittings?: Fittings,
): number | null {
  const plain = (flow * SECONDS_PER_HOUR) / normalFlowPerCoefficient(service, ratioFactor, 1);
  if (!Number.isFinite(plain)) return null;
  if (!fittings) return plain;
  let low = plain * 0.5;
  let high = plain;
  // A valve that would need ten times the K_v because of its fittings has none that fits.
  while (valveFlow(high, service, ratioFactor, fittings) < flow) {
    low = high;
    high *= 1.1;
    if (high > 10 * plain) return null;
  }
  for (let k = 0; k < 60; k++) {
    const middle = 0.5 * (low + high);
    if (valveFlow(middle, service, ratioFactor, fittings) < flow) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

/** The standard's worked iteration stops when two coefficients differ by less than this share. */
const ITERATION_SHARE = 0.99;

/**
 * K_v (m³/h) by the hand iteration of the standard's annex (2005 edition, example 3): expansion factor from the valve's own
 * x_T, piping factors from the coefficient before, until two differ by less than 1 %. Kept beside requiredCoefficient, which is
 * the exact solution of the 2011 equations and some 2 % smaller there, because published figures come from it. null when the
 * iteration runs away.
 */
export function iteratedCoefficient(
  flow: number,
  service: GasService,
  ratioFactor: number,
  fittings: Fittings,
): number | null {
  const { pressureDropRatio, heatRatioFactor, expansionFactor } = expansion(service, ratioFactor);
  const plain = requiredCoefficient(flow, service, ratioFactor);
  let coefficient = plain;
  for (let k = 0; k < 20 && coefficient !== null && Number.isFinite(coefficient); k++) {
    const piping = pipingFactors(coefficient, ratioFactor, fittings);
    const share = Math.min(pressureDropRatio, heatRatioFactor * piping.ratioFactor);
    const perCoefficient =
      (N9 * piping.pipingFactor * service.inletPressure * expansionFactor) /
      1000 /
      Math.sqrt((service.molarMass * 1000 * service.temperature * service.compressibility) / share);
    const next: number = (flow * SECONDS_PER_HOUR) / perCoefficient;
    if (coefficient / next >= ITERATION_SHARE) return next;
    coefficient = next;
  }
  return null;
}

/**
 * Effective area C_d A (m²) of the orifice that passes the same choked flow of any gas with this γ as a valve of a given K_v
 * (m³/h): equates N₉ C p₁ ⅔ √(F_γ x_T/(M T Z)) with Ψ* C_d A p₁/√(RT/M).
 */
export function effectiveArea(coefficient: number, ratioFactor: number, gamma: number): number {
  const service = {
    temperature: 300,
    molarMass: 0.02,
    gamma,
    compressibility: 1,
    inletPressure: 1e6,
    outletPressure: 0,
  };
  const massFlow = valveMolarFlow(coefficient, service, ratioFactor) * service.molarMass;
  return (massFlow * Math.sqrt((R * 300) / 0.02)) / (chokingConstant(gamma) * 1e6);
}
