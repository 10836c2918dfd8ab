// What a linear loop of a process with delay and a PID will do: after a step of the setpoint and after a step of load at the
// process's input. Limits, noise and dead bands are not in it.

import { exp } from '../../numerics/elementary.ts';
import { modelProblem, type ProcessModel } from './process-model.ts';
import { filterTime, type PidTuning } from './tuning.ts';

export interface ResponseCurve {
  /** s. */
  readonly time: Float64Array;
  readonly measurement: Float64Array;
  readonly output: Float64Array;
}

export interface PredictedResponse {
  /** Setpoint step: share of the step by which the measurement goes beyond it. Load step: largest deviation, measurement units. */
  readonly overshoot: number;
  /** Time after which the deviation stays within 2 % of the step (load: of the largest deviation), s; null if not by the end. */
  readonly settlingTime: number | null;
  /** ∫|r − y|dt, measurement·s. */
  readonly integralAbsoluteError: number;
  /** The deviation grows instead of dying away. */
  readonly diverges: boolean;
  readonly curve: ResponseCurve;
}

export interface ResponseOptions {
  /** Sizes of the steps, measurement and output units. */
  readonly setpointStep?: number;
  readonly loadStep?: number;
  /** s; by default long enough for a sensible tuning to settle. */
  readonly horizon?: number;
}

const SETTLING_BAND = 0.02;
/** Steps per shortest time of the loop, and most steps altogether. */
const RESOLUTION = 60;
const LARGEST_STEPS = 40_000;
const CURVE_POINTS = 400;

/** Both responses of the loop. @throws RangeError for an impossible model */
export function predictResponse(
  model: ProcessModel,
  tuning: PidTuning,
  options: ResponseOptions = {},
): { readonly setpoint: PredictedResponse; readonly load: PredictedResponse } {
  const problem = modelProblem(model);
  if (problem) throw new RangeError(problem);
  const { setpointStep = 1, loadStep = 1, horizon = defaultHorizon(model, tuning) } = options;
  return {
    setpoint: figures(simulate(model, tuning, setpointStep, 0, horizon), setpointStep),
    load: figures(simulate(model, tuning, 0, loadStep, horizon), 0),
  };
}

/** Several times the slowest time that a reasonably tuned loop shows. */
function defaultHorizon(model: ProcessModel, tuning: PidTuning): number {
  const integralTime = tuning.integral === 0 ? 0 : tuning.proportional / tuning.integral;
  const rate = Math.abs(tuning.proportional * model.gain);
  const own = model.kind === 'integrating' ? 1 / Math.max(rate, 1e-9) : model.timeConstant / (1 + rate);
  // Where the integral does the work, the loop's time is T_i/(k K_c).
  const integralAction = model.kind === 'integrating' ? 0 : integralTime / Math.max(rate, 1e-9);
  return 8 * (integralTime + model.delay + own + integralAction);
}

function stepLength(model: ProcessModel, tuning: PidTuning, horizon: number): { dt: number; delaySteps: number } {
  const times = [horizon / 400];
  if (model.delay > 0) times.push(model.delay / 2);
  if (model.kind !== 'integrating') times.push(model.timeConstant / (1 + Math.abs(tuning.proportional * model.gain)));
  if (model.kind === 'second-order' && model.secondTimeConstant > 0) times.push(model.secondTimeConstant);
  const filter = filterTime(tuning);
  if (filter > 0) times.push(4 * filter);
  const wanted = Math.max(Math.min(...times) / RESOLUTION, horizon / LARGEST_STEPS);
  // The delay is a whole number of steps.
  if (model.delay === 0) return { dt: wanted, delaySteps: 0 };
  const delaySteps = Math.max(1, Math.ceil(model.delay / wanted));
  return { dt: model.delay / delaySteps, delaySteps };
}

/**
 * First-order lag with linear input over the step, exactly: x⁺ = x e + (1 − e) v₀ + (1 − (1 − e)/h)(v₁ − v₀), e = exp(−h), h = dt/τ.
 */
class Lag {
  value = 0;
  private readonly decay: number;
  private readonly ramp: number;
  constructor(dt: number, timeConstant: number) {
    const h = timeConstant > 0 ? dt / timeConstant : 0;
    this.decay = timeConstant > 0 ? exp(-h) : 0;
    this.ramp = timeConstant > 0 ? 1 - (1 - this.decay) / h : 1;
  }
  after(v0: number, v1: number): number {
    return this.value * this.decay + (1 - this.decay) * v0 + this.ramp * (v1 - v0);
  }
}

/** The process without its delay. */
function createPlant(model: ProcessModel, dt: number): { after(v0: number, v1: number): number; accept(): number } {
  if (model.kind === 'integrating') {
    let value = 0;
    let next = 0;
    return {
      after: (v0, v1) => {
        next = value + 0.5 * model.gain * dt * (v0 + v1);
        return next;
      },
      accept: () => {
        value = next;
        return value;
      },
    };
  }
  const first = new Lag(dt, model.timeConstant);
  const second = new Lag(dt, model.kind === 'second-order' ? model.secondTimeConstant : 0);
  let inner = 0;
  let next = 0;
  return {
    after: (v0, v1) => {
      inner = first.after(model.gain * v0, model.gain * v1);
      next = second.after(first.value, inner);
      return next;
    },
    accept: () => {
      first.value = inner;
      second.value = next;
      return next;
    },
  };
}

function simulate(model: ProcessModel, tuning: PidTuning, r: number, load: number, horizon: number): ResponseCurve {
  const { dt, delaySteps } = stepLength(model, tuning, horizon);
  const steps = Math.ceil(horizon / dt);
  const time = new Float64Array(steps + 1);
  const measurement = new Float64Array(steps + 1);
  const output = new Float64Array(steps + 1);
  const plant = createPlant(model, dt);
  const filter = filterTime(tuning);
  const decay = filter > 0 ? exp(-dt / filter) : 0;
  let integral = 0;
  let derivative = 0;
  /** The controller's output at the end of a step over which y goes from y0 to y1; the state is kept only when asked. */
  const control = (y0: number, y1: number, keep: boolean): number => {
    const i = integral + tuning.integral * dt * (r - 0.5 * (y0 + y1));
    const d = decay * derivative - (tuning.derivative * (1 - decay) * (y1 - y0)) / dt;
    if (keep) {
      integral = i;
      derivative = d;
    }
    return tuning.proportional * (tuning.setpointWeight * r - y1) + i + d;
  };
  output[0] = tuning.proportional * tuning.setpointWeight * r;
  // Before its delay has passed the process has seen neither output nor load.
  const seen = (k: number): number => (k < 0 ? 0 : output[k] + load);
  for (let k = 0; k < steps; k++) {
    const from = k - delaySteps;
    const y0 = measurement[k];
    const v0 = seen(from);
    let v1 = from < 0 ? 0 : seen(from + 1);
    // Without delay the end of the step needs the output it leads to: predicted once, then corrected (Heun).
    if (delaySteps === 0) v1 = control(y0, plant.after(v0, v0), false) + load;
    plant.after(v0, v1);
    measurement[k + 1] = plant.accept();
    output[k + 1] = control(y0, measurement[k + 1], true);
    time[k + 1] = (k + 1) * dt;
  }
  return { time, measurement, output };
}

function figures(full: ResponseCurve, target: number): PredictedResponse {
  const { time, measurement: y } = full;
  const n = y.length;
  const dt = time[1];
  let largest = 0;
  let beyond = 0;
  let area = 0;
  for (let k = 0; k < n; k++) {
    const e = target - y[k];
    largest = Math.max(largest, Math.abs(e));
    if (target !== 0) beyond = Math.max(beyond, -e / target);
    if (k > 0) area += 0.5 * dt * (Math.abs(e) + Math.abs(target - y[k - 1]));
  }
  const band = SETTLING_BAND * (target === 0 ? largest : Math.abs(target));
  let last = n - 1;
  while (last >= 0 && Math.abs(target - y[last]) <= band) last--;
  return {
    overshoot: target === 0 ? largest : beyond,
    settlingTime: last === n - 1 ? null : last < 0 ? 0 : time[last + 1],
    integralAbsoluteError: area,
    diverges:
      largestIn(y, target, (3 * n) >> 2, n) > 1.05 * largestIn(y, target, n >> 1, (3 * n) >> 2) + 1e-9 * largest,
    curve: thinned(full),
  };
}

function largestIn(y: Float64Array, target: number, from: number, to: number): number {
  let largest = 0;
  for (let k = from; k < to; k++) largest = Math.max(largest, Math.abs(target - y[k]));
  return largest;
}

/** The curve with no more points than a chart draws. */
function thinned(full: ResponseCurve): ResponseCurve {
  const every = Math.max(1, Math.ceil(full.time.length / CURVE_POINTS));
  const pick = (a: Float64Array): Float64Array => a.filter((_, k) => k % every === 0);
  return { time: pick(full.time), measurement: pick(full.measurement), output: pick(full.output) };
}
