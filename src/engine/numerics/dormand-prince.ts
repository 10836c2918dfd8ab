// One step of the embedded Runge–Kutta pair 5(4) of Dormand & Prince (1980), on preallocated arrays. Linear invariants of the
// equations (amounts, energy) are kept to round-off. Step-size control belongs to the caller.

/** dy/dt at (y), written to `rate`; false when y is outside the domain of the equations. */
export type RateFunction = (y: Float64Array, rate: Float64Array) => boolean;

const A: readonly (readonly number[])[] = [
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
const ERROR = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

/** Real negative λh beyond which the pair is unstable. */
export const DORMAND_PRINCE_STABILITY = 3.3;

export interface StepWorkspace {
  /** Seven stage rates; the first must hold f(y) before a step, the last holds f(next) after it. */
  readonly stages: readonly Float64Array[];
  readonly next: Float64Array;
  readonly error: Float64Array;
}

export const createWorkspace = (size: number): StepWorkspace => ({
  stages: Array.from({ length: 7 }, () => new Float64Array(size)),
  next: new Float64Array(size),
  error: new Float64Array(size),
});

/** Fills `next` and `error` of the workspace for a step h from y; false when a stage left the domain. */
export function dormandPrinceStep(f: RateFunction, y: Float64Array, h: number, work: StepWorkspace): boolean {
  const { stages, next, error } = work;
  for (let s = 1; s <= 6; s++) {
    const row = A[s - 1];
    for (let i = 0; i < y.length; i++) {
      let sum = 0;
      for (let j = 0; j < s; j++) sum += row[j] * stages[j][i];
      next[i] = y[i] + h * sum;
    }
    if (!f(next, stages[s])) return false;
  }
  for (let i = 0; i < y.length; i++) {
    let sum = 0;
    for (let j = 0; j < 7; j++) sum += ERROR[j] * stages[j][i];
    error[i] = h * sum;
  }
  return true;
}
