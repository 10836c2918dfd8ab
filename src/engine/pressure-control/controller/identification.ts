// Gain, time constant and delay of a process from a recorded step test, by least squares on the whole record. The two linear
// unknowns (start value, gain) are solved in closed form for each trial of the others (variable projection, Golub & Pereyra
// 1973), so that noise is averaged and no point is read off a curve. Not here: making the step (autotune.ts).

import { exp, log } from '../../numerics/elementary.ts';
import type { FirstOrderModel, IntegratingModel } from './process-model.ts';

/** A record of a process at rest until its input stepped. */
export interface StepRecord {
  /** s, ascending; a part before the step fixes the start value. */
  readonly time: ArrayLike<number>;
  readonly measurement: ArrayLike<number>;
  /** When the input stepped, s, and by how much. */
  readonly stepTime: number;
  readonly stepSize: number;
}

export interface Identification {
  readonly model: FirstOrderModel | IntegratingModel;
  /** Measurement before the step. */
  readonly start: number;
  /** Share of the record's variance that the model explains, ≤ 1. */
  readonly rSquared: number;
  /** rms of what it leaves, measurement units. */
  readonly residual: number;
  /** Standard errors of gain, time constant (0 when integrating) and delay, for residuals that are white noise. */
  readonly gainError: number;
  readonly timeConstantError: number;
  readonly delayError: number;
}

export type IdentificationResult = Identification | { readonly failure: string };

/** Fewer samples than this say nothing about three unknowns and their errors. */
const FEWEST_SAMPLES = 12;
/** A time constant this many times the record's length after the step cannot be told from an integrator. */
const LONGEST_TIME_CONSTANT = 6;
const GRID = 24;

interface Fit {
  readonly squares: number;
  readonly start: number;
  /** Per unit of step. */
  readonly gain: number;
}

/** Response of the process to a unit step, per unit of gain, s after the delay; negative times give 0. */
type Shape = (s: number, timeConstant: number) => number;
const lagShape: Shape = (s, timeConstant) => (s <= 0 ? 0 : 1 - exp(-s / timeConstant));
const rampShape: Shape = (s) => (s <= 0 ? 0 : s);

/**
 * Identifies the process of a step record. @param kind 'auto' takes the integrator when a first-order lag explains the record no better
 * than its third unknown is worth (Bayesian information criterion, Schwarz 1978)
 */
export function identifyStep(
  record: StepRecord,
  kind: 'auto' | 'first-order' | 'integrating' = 'auto',
): IdentificationResult {
  const problem = recordProblem(record);
  if (problem) return { failure: problem };
  const lag = kind === 'integrating' ? null : identifyLag(record);
  const ramp = kind === 'first-order' ? null : identifyRamp(record);
  if (!lag || !ramp) return (lag ?? ramp)?.result ?? { failure: 'Nothing was asked for.' };
  const n = record.time.length;
  const criterion = (squares: number, unknowns: number): number =>
    n * log(Math.max(squares, 1e-300)) + unknowns * log(n);
  return criterion(ramp.squares, 3) <= criterion(lag.squares, 4) ? ramp.result : lag.result;
}

function recordProblem({ time, measurement, stepTime, stepSize }: StepRecord): string | null {
  const n = time.length;
  if (measurement.length !== n) return 'Times and measurements differ in number.';
  if (n < FEWEST_SAMPLES) return `Only ${n} samples: at least ${FEWEST_SAMPLES} are needed.`;
  if (!Number.isFinite(stepSize) || stepSize === 0) return 'The input did not step.';
  let after = 0;
  for (let k = 0; k < n; k++) {
    if (!Number.isFinite(measurement[k]) || !Number.isFinite(time[k])) return `Sample ${k + 1} is not a number.`;
    if (k > 0 && !(time[k] > time[k - 1])) return `The time of sample ${k + 1} is not later than the one before.`;
    if (time[k] > stepTime) after++;
  }
  if (after < FEWEST_SAMPLES / 2 || after === n) return 'The record must hold samples before and after the step.';
  return null;
}

/** Start value and gain that fit best for a shape with given time constant and delay. */
function fitLinear(record: StepRecord, shape: Shape, timeConstant: number, delay: number): Fit {
  const { time, measurement, stepTime, stepSize } = record;
  const n = time.length;
  const origin = measurement[0];
  let sp = 0;
  let spp = 0;
  let sy = 0;
  let spy = 0;
  let syy = 0;
  for (let k = 0; k < n; k++) {
    const p = stepSize * shape(time[k] - stepTime - delay, timeConstant);
    const y = measurement[k] - origin;
    sp += p;
    spp += p * p;
    sy += y;
    spy += p * y;
    syy += y * y;
  }
  const determinant = n * spp - sp * sp;
  const gain = determinant > 1e-12 * n * spp ? (n * spy - sp * sy) / determinant : 0;
  const offset = (sy - gain * sp) / n;
  return { squares: Math.max(0, syy - gain * spy - offset * sy), start: origin + offset, gain };
}

function identifyLag(record: StepRecord): { result: IdentificationResult; squares: number } {
  const { time, stepTime } = record;
  const n = time.length;
  const duration = time[n - 1] - stepTime;
  const shortest = duration / n / 4;
  const longest = LONGEST_TIME_CONSTANT * duration;
  const cost = (point: readonly number[]): number => {
    const timeConstant = exp(point[0]);
    const delay = point[1];
    if (delay < 0 || delay > 0.9 * duration || timeConstant < shortest || timeConstant > longest)
      return Number.POSITIVE_INFINITY;
    return fitLinear(record, lagShape, timeConstant, delay).squares;
  };
  let best: readonly number[] = [log(duration / 4), 0];
  let least = Number.POSITIVE_INFINITY;
  for (let a = 0; a < GRID; a++) {
    for (let b = 0; b < GRID; b++) {
      const point = [log(shortest) + ((a + 0.5) / GRID) * log(longest / shortest), (0.9 * duration * b) / GRID];
      const squares = cost(point);
      if (squares < least) {
        least = squares;
        best = point;
      }
    }
  }
  const [logTime, delay] = simplexMinimum(cost, best, [log(longest / shortest) / GRID, (0.9 * duration) / GRID]);
  const timeConstant = exp(logTime);
  const fit = fitLinear(record, lagShape, timeConstant, delay);
  if (fit.gain === 0) return { result: { failure: 'The measurement does not answer the step.' }, squares: fit.squares };
  const model: FirstOrderModel = { kind: 'first-order', gain: fit.gain, timeConstant, delay };
  return { result: withQuality(record, model, fit), squares: fit.squares };
}

function identifyRamp(record: StepRecord): { result: IdentificationResult; squares: number } {
  const { time, stepTime } = record;
  const duration = time[time.length - 1] - stepTime;
  const cost = (point: readonly number[]): number =>
    point[0] < 0 || point[0] > 0.9 * duration
      ? Number.POSITIVE_INFINITY
      : fitLinear(record, rampShape, 0, point[0]).squares;
  let best = 0;
  for (let b = 1; b < 4 * GRID; b++) {
    const delay = (0.9 * duration * b) / (4 * GRID);
    if (cost([delay]) < cost([best])) best = delay;
  }
  const [delay] = simplexMinimum(cost, [best], [(0.9 * duration) / (4 * GRID)]);
  const fit = fitLinear(record, rampShape, 0, delay);
  if (fit.gain === 0) return { result: { failure: 'The measurement does not answer the step.' }, squares: fit.squares };
  return { result: withQuality(record, { kind: 'integrating', gain: fit.gain, delay }, fit), squares: fit.squares };
}

/**
 * The simplex can collapse against a bound or across the kinks that the samples give the delay: it is set up again, smaller,
 * this often.
 */
const RESTARTS = 4;

function simplexMinimum(
  cost: (point: readonly number[]) => number,
  start: readonly number[],
  edges: readonly number[],
): readonly number[] {
  let best = start;
  let size = 1;
  for (let round = 0; round <= RESTARTS; round++) {
    best = simplexSearch(
      cost,
      best,
      edges.map((edge) => edge * size),
    );
    size *= -0.2;
  }
  return best;
}

/** Simplex search (Nelder & Mead 1965) from a point with given edges; deterministic. */
function simplexSearch(
  cost: (point: readonly number[]) => number,
  start: readonly number[],
  edges: readonly number[],
): readonly number[] {
  let corners = [start, ...edges.map((edge, a) => start.map((x, b) => (a === b ? x + edge : x)))].map((point) => ({
    point,
    value: cost(point),
  }));
  const last = start.length;
  const along = (from: readonly number[], to: readonly number[], share: number) => {
    const point = from.map((x, a) => x + share * (to[a] - x));
    return { point, value: cost(point) };
  };
  for (let round = 0; round < 300; round++) {
    corners.sort((a, b) => a.value - b.value);
    const worst = corners[last];
    const size = Math.max(...edges.map((edge, a) => Math.abs((worst.point[a] - corners[0].point[a]) / edge)));
    if (size < 1e-9) break;
    const middle = start.map((_, a) => corners.slice(0, last).reduce((sum, c) => sum + c.point[a], 0) / last);
    const mirrored = along(middle, worst.point, -1);
    if (mirrored.value < corners[0].value) {
      const further = along(middle, worst.point, -2);
      corners[last] = further.value < mirrored.value ? further : mirrored;
    } else if (mirrored.value < corners[last - 1].value || (last === 1 && mirrored.value < worst.value)) {
      corners[last] = mirrored;
    } else {
      const nearer = along(middle, mirrored.value < worst.value ? mirrored.point : worst.point, 0.5);
      if (nearer.value < Math.min(mirrored.value, worst.value)) corners[last] = nearer;
      else corners = corners.map((c, a) => (a === 0 ? c : along(corners[0].point, c.point, 0.5)));
    }
  }
  corners.sort((a, b) => a.value - b.value);
  return corners[0].point;
}

/** Slopes of the model's response to start value, gain, delay and (lag only) time constant, at a time after the step. */
function slopes(model: FirstOrderModel | IntegratingModel, after: number, stepSize: number, row: number[]): void {
  const s = after - model.delay;
  row[0] = 1;
  if (model.kind === 'integrating') {
    row[1] = stepSize * rampShape(s, 0);
    row[2] = s > 0 ? -stepSize * model.gain : 0;
    return;
  }
  const { timeConstant: tau, gain } = model;
  row[1] = stepSize * lagShape(s, tau);
  const decay = s > 0 ? exp(-s / tau) : 0;
  row[2] = (-stepSize * gain * decay) / tau;
  row[3] = (-stepSize * gain * decay * s) / (tau * tau);
}

function withQuality(record: StepRecord, model: FirstOrderModel | IntegratingModel, fit: Fit): Identification {
  const { time, measurement, stepTime, stepSize } = record;
  const n = time.length;
  const unknowns = model.kind === 'integrating' ? 3 : 4;
  const normal = Array.from({ length: unknowns }, () => new Array<number>(unknowns).fill(0));
  const row: number[] = [];
  let mean = 0;
  for (let k = 0; k < n; k++) mean += measurement[k] / n;
  let variance = 0;
  for (let k = 0; k < n; k++) {
    variance += (measurement[k] - mean) * (measurement[k] - mean);
    slopes(model, time[k] - stepTime, stepSize, row);
    for (let a = 0; a < unknowns; a++) for (let b = 0; b < unknowns; b++) normal[a][b] += row[a] * row[b];
  }
  const noise = fit.squares / (n - unknowns);
  const spread = inverseDiagonal(normal).map((x) => Math.sqrt(Math.max(0, x) * noise));
  return {
    model,
    start: fit.start,
    rSquared: variance > 0 ? 1 - fit.squares / variance : 0,
    residual: Math.sqrt(fit.squares / n),
    gainError: spread[1],
    delayError: spread[2],
    timeConstantError: unknowns === 4 ? spread[3] : 0,
  };
}

/** Diagonal of the inverse of a small symmetric matrix, by Gauss–Jordan with pivots; Infinity where it is singular. */
function inverseDiagonal(matrix: readonly (readonly number[])[]): number[] {
  const n = matrix.length;
  // Scaled to unit diagonal first: the unknowns differ by many powers of ten.
  const scale = matrix.map((r, a) => (r[a] > 0 ? 1 / Math.sqrt(r[a]) : 0));
  const work = matrix.map((r, a) => [
    ...r.map((x, b) => x * scale[a] * scale[b]),
    ...r.map((_, b) => (a === b ? 1 : 0)),
  ]);
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let a = c + 1; a < n; a++) if (Math.abs(work[a][c]) > Math.abs(work[pivot][c])) pivot = a;
    if (Math.abs(work[pivot][c]) < 1e-14) return new Array<number>(n).fill(Number.POSITIVE_INFINITY);
    [work[c], work[pivot]] = [work[pivot], work[c]];
    const by = work[c][c];
    work[c] = work[c].map((x) => x / by);
    for (let a = 0; a < n; a++) {
      const factor = work[a][c];
      if (a !== c && factor !== 0) work[a] = work[a].map((x, b) => x - factor * work[c][b]);
    }
  }
  return work.map((r, a) => r[n + a] * scale[a] * scale[a]);
}
