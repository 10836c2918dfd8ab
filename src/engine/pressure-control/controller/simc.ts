// Gains from a process model by the SIMC rules: Skogestad, Simple analytic rules for model reduction and PID controller tuning,
// J. Process Control 13 (2003) 291–309. Not here: where the model comes from (identification.ts), what the loop then does
// (response.ts).

import { modelProblem, type ProcessModel } from './process-model.ts';
import { type PidTuning, standardTuning } from './tuning.ts';

/** The rule's result as the paper writes it, and as the bank takes it. */
export interface SimcTuning {
  /** K_c of the series form, output per measurement. */
  readonly gain: number;
  /** τ_I, s. */
  readonly integralTime: number;
  /** τ_D of the series form, s; 0 for PI. */
  readonly derivativeTime: number;
  /** The closed-loop time constant that was used, s. */
  readonly closedLoopTime: number;
  /** The same as parallel gains. */
  readonly pid: PidTuning;
}

/** Without a delay the rule has no time scale of its own: the closed loop is then this many times faster than the process. */
const SPEED_WITHOUT_DELAY = 5;

/** τ_c = θ, “tight control”; for a process without delay a fifth of its time constant (1 s for a pure integrator). */
export const defaultClosedLoopTime = (m: ProcessModel): number =>
  m.delay > 0 ? m.delay : m.kind === 'integrating' ? 1 : m.timeConstant / SPEED_WITHOUT_DELAY;

/**
 * SIMC tuning: K_c = τ/(k(τ_c + θ)), τ_I = min(τ, 4(τ_c + θ)) (eqs 23, 24); integrating: K_c = 1/(k′(τ_c + θ)), τ_I = 4(τ_c + θ);
 * second order: series PID with τ_D = τ₂, converted to parallel by eq. 36. @param closedLoopTime τ_c, s
 * @throws RangeError for an impossible model, or τ_c + θ not positive
 */
export function simcTuning(model: ProcessModel, closedLoopTime = defaultClosedLoopTime(model)): SimcTuning {
  const problem = modelProblem(model);
  if (problem) throw new RangeError(problem);
  const horizon = closedLoopTime + model.delay;
  if (!(horizon > 0)) throw new RangeError('The closed-loop time and the delay must not both be zero.');
  if (model.kind === 'integrating') return series(1 / (model.gain * horizon), 4 * horizon, 0, closedLoopTime);
  const derivative = model.kind === 'second-order' ? model.secondTimeConstant : 0;
  const gain = model.timeConstant / (model.gain * horizon);
  return series(gain, Math.min(model.timeConstant, 4 * horizon), derivative, closedLoopTime);
}

/** Series PID K_c (1 + 1/(τ_I s))(τ_D s + 1) as parallel gains (Skogestad 2003 eq. 36). */
function series(gain: number, integralTime: number, derivativeTime: number, closedLoopTime: number): SimcTuning {
  const share = 1 + derivativeTime / integralTime;
  const pid = standardTuning(gain * share, integralTime * share, derivativeTime / share);
  return { gain, integralTime, derivativeTime, closedLoopTime, pid };
}

/**
 * Half rule (Skogestad 2003 eqs 10, 11): first-order model of a second-order one; the smaller time constant is shared between
 * the larger and the delay.
 */
export function halfRule(m: ProcessModel): ProcessModel {
  if (m.kind !== 'second-order') return m;
  const half = m.secondTimeConstant / 2;
  return { kind: 'first-order', gain: m.gain, timeConstant: m.timeConstant + half, delay: m.delay + half };
}
