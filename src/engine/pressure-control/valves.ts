// The flow law of valves, orifices and leaks: isentropic compressible flow of an ideal gas from a stagnant vessel, choked or
// not. Stem dynamics and sizing coefficients are not here.

import { GAS_CONSTANT as R } from '../constants.ts';
import { exp, log } from '../numerics/elementary.ts';

/** Stagnation state of the gas that flows. */
export interface Upstream {
  /** Pa. */
  readonly pressure: number;
  /** K. */
  readonly temperature: number;
  /** kg/mol. */
  readonly molarMass: number;
  /** c_p/c_v at the stagnation state, > 1. */
  readonly gamma: number;
}

/** Pressure ratio p_b/p₀ at and below which the throat is sonic, (2/(γ+1))^{γ/(γ−1)} (Shapiro 1953 §4.5). */
export const criticalPressureRatio = (gamma: number): number => exp((gamma / (gamma - 1)) * log(2 / (gamma + 1)));

/** Ψ* of ṁ = Ψ* C_d A p₀/√(RT₀/M) in choked flow, √γ (2/(γ+1))^{(γ+1)/(2(γ−1))}. */
export const chokingConstant = (gamma: number): number =>
  Math.sqrt(gamma) * exp(((gamma + 1) / (2 * (gamma - 1))) * log(2 / (gamma + 1)));

/** Share of the pressure below which the law is a parabola through zero instead of a square root. */
export const REGULARISED_BAND = 1e-3;

/** Ψ and dΨ/dr. */
export interface FlowFunction {
  readonly value: number;
  readonly slope: number;
}

/**
 * Ψ(r) of ṁ = Ψ C_d A p₀/√(RT₀/M), r = p_b/p₀ from 0 to 1: √{2γ/(γ−1)·(r^{2/γ} − r^{(γ+1)/γ})} (Saint-Venant & Wantzel 1839),
 * constant below the critical ratio. Within REGULARISED_BAND of r = 1, where the exact slope is infinite, a parabola with the
 * same value and slope at the edge of the band: finite slope at zero flow, monotone, continuously differentiable.
 */
export function flowFunction(gamma: number, pressureRatio: number): FlowFunction {
  flowFunctionInto(gamma, pressureRatio, pair);
  return { value: pair[0], slope: pair[1] };
}

const pair = new Float64Array(2);
const LOG_EDGE = log(1 - REGULARISED_BAND);
/** Below this ratio the flow of every gas (γ ≤ 5/3) is choked. */
const ALWAYS_CHOKED = 0.487;

/** flowFunction into [Ψ, dΨ/dr], without allocation. */
export function flowFunctionInto(gamma: number, pressureRatio: number, target: Float64Array): void {
  const drop = 1 - pressureRatio;
  if (drop > REGULARISED_BAND) {
    if (pressureRatio >= ALWAYS_CHOKED || gamma > 5 / 3 + 1e-9) {
      const power = exp(log(pressureRatio) / gamma);
      // Sonic throat: r^{1/γ}/r = (γ+1)/2.
      if (2 * power < (gamma + 1) * pressureRatio) {
        exactFlowFunction(gamma, pressureRatio, power, target);
        return;
      }
    }
    target[0] = chokingConstant(gamma);
    target[1] = 0;
    return;
  }
  exactFlowFunction(gamma, 1 - REGULARISED_BAND, exp(LOG_EDGE / gamma), target);
  const value = target[0];
  const rise = -target[1] * REGULARISED_BAND;
  const share = Math.max(0, drop) / REGULARISED_BAND;
  target[0] = share * (2 * value - rise + share * (rise - value));
  target[1] = -(2 * value - rise + 2 * share * (rise - value)) / REGULARISED_BAND;
}

/** Ψ and dΨ/dr without regularisation, r between the critical ratio and 1, power = r^{1/γ}. */
function exactFlowFunction(gamma: number, r: number, power: number, target: Float64Array): void {
  const factor = (2 * gamma) / (gamma - 1);
  const value = Math.sqrt(factor * power * (power - r));
  target[0] = value;
  target[1] = (factor * power * ((2 * power) / (gamma * r) - (gamma + 1) / gamma)) / (2 * value);
}

/**
 * Mass flow from the stagnant upstream state to the back pressure (Pa) through an effective area C_d·A (m²), kg/s, ≥ 0; 0 when the
 * back pressure is higher. Ideal gas with constant γ along the nozzle (γ 1.05–1.67); density ratio of real gases ≤ 10 atm off by
 * up to 3 %, the flow by half of it.
 */
export function orificeMassFlow(upstream: Upstream, backPressure: number, effectiveArea: number): number {
  const { pressure, temperature, molarMass, gamma } = upstream;
  if (!(pressure > backPressure)) return 0;
  const psi = flowFunction(gamma, backPressure / pressure).value;
  return (psi * effectiveArea * pressure) / Math.sqrt((R * temperature) / molarMass);
}

/** Effective area C_d·A (m²) through which the upstream state passes a mass flow (kg/s) in choked flow. */
export const chokedArea = (upstream: Upstream, massFlow: number): number =>
  (massFlow * Math.sqrt((R * upstream.temperature) / upstream.molarMass)) /
  (chokingConstant(upstream.gamma) * upstream.pressure);

/**
 * Time constant of an adiabatic vessel that empties through a choked orifice, s:
 * τ = V/(C_dA a₀)·((γ+1)/2)^{(γ+1)/(2(γ−1))}, a₀ the sound speed at the start (Shapiro 1953 §4; Bird et al. 2002, 15B).
 */
export const blowdownTime = (volume: number, effectiveArea: number, soundSpeed: number, gamma: number): number =>
  (volume / (effectiveArea * soundSpeed)) * exp(((gamma + 1) / (2 * (gamma - 1))) * log((gamma + 1) / 2));

/** Ratios m/m₀, p/p₀ and T/T₀ at time t of that vessel while the orifice stays choked: m/m₀ = [1 + (γ−1)t/2τ]^{−2/(γ−1)}. */
export function blowdown(
  time: number,
  timeConstant: number,
  gamma: number,
): { readonly mass: number; readonly pressure: number; readonly temperature: number } {
  const base = log(1 + ((gamma - 1) * time) / (2 * timeConstant));
  return {
    mass: exp((-2 / (gamma - 1)) * base),
    pressure: exp(((-2 * gamma) / (gamma - 1)) * base),
    temperature: exp(-2 * base),
  };
}
