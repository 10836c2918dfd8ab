// What a controller's gains are and how the forms found in books convert to them. Nothing here steps.

/**
 * Gains of a parallel PID: u = u_ff + k_p (b r − y) + k_i ∫(r − y)dt − k_d dy_f/dt + bias. Units follow the loop: with output
 * unit U and measurement unit M, k_p is in U/M, k_i in U/(M·s), k_d in U·s/M. All three bear the sign of the process gain.
 */
export interface PidTuning {
  readonly proportional: number;
  readonly integral: number;
  readonly derivative: number;
  /** The derivative's filter has the time constant k_d/(k_p N); 8–20 (Åström & Hägglund 1995, chapter 3). */
  readonly filter: number;
  /** b, 0–1: share of the setpoint that the proportional part sees. */
  readonly setpointWeight: number;
}

export const DEFAULT_FILTER = 10;

/**
 * Parallel gains from the standard form K_c (1 + 1/(T_i s) + T_d s). @param integralTime s, Infinity for no integral part
 * @param derivativeTime s, 0 for none @throws RangeError when a time is negative or the integral time is zero
 */
export function standardTuning(
  gain: number,
  integralTime: number,
  derivativeTime = 0,
  setpointWeight = 1,
  filter = DEFAULT_FILTER,
): PidTuning {
  if (!(integralTime > 0) || !(derivativeTime >= 0))
    throw new RangeError(
      `Integral time ${integralTime} s must be positive, derivative time ${derivativeTime} s not negative.`,
    );
  return {
    proportional: gain,
    integral: gain / integralTime,
    derivative: gain * derivativeTime,
    filter,
    setpointWeight,
  };
}

/** Time constant of the derivative's filter, s; 0 without a derivative part. */
export const filterTime = (t: PidTuning): number =>
  t.derivative === 0 || t.proportional === 0 ? 0 : t.derivative / (t.proportional * t.filter);

/**
 * Time in which back-calculation empties the integral of a saturated loop, s: √(T_i T_d), or T_i without derivative (Åström & Hägglund
 * 1995 §3.5). Infinity without integral part.
 */
export function trackingTime(t: PidTuning): number {
  if (t.integral === 0) return Number.POSITIVE_INFINITY;
  const integralTime = t.proportional === 0 ? 1 : t.proportional / t.integral;
  const derivativeTime = t.proportional === 0 ? 0 : t.derivative / t.proportional;
  return derivativeTime > 0 ? Math.sqrt(integralTime * derivativeTime) : integralTime;
}

/** What is wrong with a tuning, for people; null when nothing is. */
export function tuningProblem(t: PidTuning): string | null {
  const all = [t.proportional, t.integral, t.derivative, t.filter, t.setpointWeight];
  if (!all.every(Number.isFinite)) return 'Every gain must be a finite number.';
  if (t.proportional * t.integral < 0 || t.proportional * t.derivative < 0)
    return 'Proportional, integral and derivative gain must have the same sign.';
  if (t.derivative !== 0 && t.proportional === 0) return 'A derivative gain needs a proportional gain.';
  if (t.derivative !== 0 && !(t.filter > 0)) return 'The derivative’s filter N must be positive (8 to 20 is usual).';
  if (t.setpointWeight < 0 || t.setpointWeight > 1) return 'The setpoint weight must lie between 0 and 1.';
  return null;
}
