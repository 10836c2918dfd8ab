// The three process models that simple tuning rules know. Gains bear the units measurement per output.

/** k e^{−θs}/(τs + 1). */
export interface FirstOrderModel {
  readonly kind: 'first-order';
  readonly gain: number;
  /** τ, s. */
  readonly timeConstant: number;
  /** θ, s. */
  readonly delay: number;
}

/** k′ e^{−θs}/s: the gain is per second. */
export interface IntegratingModel {
  readonly kind: 'integrating';
  readonly gain: number;
  readonly delay: number;
}

/** k e^{−θs}/((τ₁s + 1)(τ₂s + 1)), τ₁ ≥ τ₂. */
export interface SecondOrderModel {
  readonly kind: 'second-order';
  readonly gain: number;
  readonly timeConstant: number;
  readonly secondTimeConstant: number;
  readonly delay: number;
}

export type ProcessModel = FirstOrderModel | IntegratingModel | SecondOrderModel;

/** What is wrong with a model, for people; null when nothing is. */
export function modelProblem(m: ProcessModel): string | null {
  if (!Number.isFinite(m.gain) || m.gain === 0) return 'The process gain must be a number other than zero.';
  if (!(m.delay >= 0) || !Number.isFinite(m.delay)) return 'The delay must be zero or more seconds.';
  if (m.kind !== 'integrating' && !(m.timeConstant > 0 && Number.isFinite(m.timeConstant)))
    return 'The time constant must be positive.';
  if (m.kind === 'second-order' && !(m.secondTimeConstant >= 0 && m.secondTimeConstant <= m.timeConstant))
    return 'The second time constant must lie between zero and the first.';
  return null;
}
