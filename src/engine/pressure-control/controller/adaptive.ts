// The adaptive mode: gain and time constant of each loop's process by recursive least squares with forgetting, delay as known,
// and new SIMC gains for its PID when they have changed (Åström & Wittenmark 1995). Learns only while the output
// moves the process. Not here: the PID.

import { exp, log } from '../../numerics/elementary.ts';
import type { PidBank } from './pid.ts';
import { type FirstOrderModel, modelProblem } from './process-model.ts';
import { simcTuning } from './simc.ts';

export interface AdaptiveSettings {
  /** λ, 0.9–1: weight of the evidence of one sample before. */
  readonly forgetting: number;
  /** Sum of the covariance's diagonal above which nothing is forgotten: without excitation it would grow without bound. */
  readonly covarianceLimit: number;
  /** Least change of the output between samples, output units, and of the measurement as that share of gain, that is learnt from. */
  readonly excitation: number;
  /** Change of gain or time constant, as a share, that is worth new gains. */
  readonly worthRetuning: number;
  /** Learnt samples between two retunings at least. */
  readonly patience: number;
  /** Largest factor away from the model it started with that is believed. */
  readonly trust: number;
}

export const ADAPTIVE_DEFAULTS: AdaptiveSettings = {
  forgetting: 0.98,
  covarianceLimit: 1000,
  excitation: 0.002,
  worthRetuning: 0.1,
  patience: 20,
  trust: 5,
};

/** Samples per time constant of the model at the start. */
const SAMPLES_PER_TIME_CONSTANT = 5;
/** Covariance at the start: the model is known to some tens of per cent. */
const START_COVARIANCE = 0.1;

/** Offsets in a loop's row of numbers. */
const F = {
  active: 0,
  gain: 1,
  timeConstant: 2,
  delay: 3,
  closedLoopTime: 4,
  sampleTime: 5,
  clock: 6,
  outputSum: 7,
  steps: 8,
  lastMeasurement: 9,
  lastOutput: 10,
  measurementOrigin: 11,
  outputOrigin: 12,
  /** a, b, c of y⁺ = a y + b u + c, with y in units of the gain at the start. */
  parameters: 13,
  covariance: 16,
  learnt: 25,
  sinceRetuning: 26,
  tunedGain: 27,
  tunedTimeConstant: 28,
  retunings: 29,
  startGain: 30,
  startTimeConstant: 31,
} as const;
const ROW = 32;

/**
 * Works on the loops of a bank of PIDs that are started here. `step` is called after the measurements are written and before
 * the bank steps. The samples are a fifth of the starting time constant apart; noise makes the process look faster than it is,
 * the more so the smaller its answer.
 */
export class AdaptiveTuner {
  private readonly n: Float64Array;
  /** Outputs sent, a ring per loop, for the delay. */
  private readonly sent: Float64Array;
  private readonly place: Float64Array;
  private readonly regressor = new Float64Array(3);
  private readonly product = new Float64Array(3);

  /** @param dt control step, s @param longestDelay in steps */
  constructor(
    private readonly bank: PidBank,
    readonly dt: number,
    readonly longestDelay: number,
    readonly settings: AdaptiveSettings = ADAPTIVE_DEFAULTS,
  ) {
    this.n = new Float64Array(ROW * bank.count);
    this.sent = new Float64Array(Math.max(1, longestDelay) * bank.count);
    this.place = new Float64Array(bank.count);
  }

  /**
   * Starts with a model (from a step test); the PID gets its SIMC gains now. @param closedLoopTime τ_c, s
   * @throws RangeError for an impossible model or too long a delay
   */
  start(loop: number, model: FirstOrderModel, closedLoopTime: number): void {
    const problem = modelProblem(model);
    if (problem) throw new RangeError(problem);
    const delay = Math.round(model.delay / this.dt);
    if (delay > this.longestDelay)
      throw new RangeError(`The delay of ${model.delay} s exceeds ${this.longestDelay} steps of ${this.dt} s.`);
    const at = ROW * loop;
    const { n } = this;
    n.fill(0, at, at + ROW);
    n[at + F.active] = 1;
    n[at + F.gain] = model.gain;
    n[at + F.timeConstant] = model.timeConstant;
    n[at + F.startGain] = model.gain;
    n[at + F.startTimeConstant] = model.timeConstant;
    n[at + F.delay] = delay;
    n[at + F.closedLoopTime] = closedLoopTime;
    n[at + F.sampleTime] = Math.max(1, Math.round(model.timeConstant / SAMPLES_PER_TIME_CONSTANT / this.dt)) * this.dt;
    n[at + F.lastMeasurement] = Number.NaN;
    n[at + F.outputOrigin] = this.bank.output[loop];
    n[at + F.measurementOrigin] = Number.NaN;
    const a = exp(-n[at + F.sampleTime] / model.timeConstant);
    n[at + F.parameters] = a;
    n[at + F.parameters + 1] = 1 - a;
    for (let k = 0; k < 3; k++) n[at + F.covariance + 4 * k] = START_COVARIANCE;
    const ring = Math.max(1, this.longestDelay);
    this.sent.fill(this.bank.output[loop], loop * ring, (loop + 1) * ring);
    this.retune(loop);
    n[at + F.retunings] = 0;
  }

  stop(loop: number): void {
    this.n[ROW * loop + F.active] = 0;
  }

  /** The model as learnt. */
  model(loop: number): FirstOrderModel {
    const at = ROW * loop;
    return {
      kind: 'first-order',
      gain: this.n[at + F.gain],
      timeConstant: this.n[at + F.timeConstant],
      delay: this.n[at + F.delay] * this.dt,
    };
  }

  /** Samples learnt from, and times the PID was given new gains. */
  progress(loop: number): { readonly learnt: number; readonly retunings: number } {
    return { learnt: this.n[ROW * loop + F.learnt], retunings: this.n[ROW * loop + F.retunings] };
  }

  /** Advances all started loops by the control step. */
  step(): void {
    for (let i = 0; i < this.bank.count; i++) {
      if (this.n[ROW * i + F.active] === 1) this.stepLoop(i);
    }
  }

  private stepLoop(i: number): void {
    const { n } = this;
    const at = ROW * i;
    const ring = Math.max(1, this.longestDelay);
    const delay = n[at + F.delay];
    // Before the bank's step its output is the one that acted over the last dt.
    const sent = this.bank.applied[i];
    const reached = delay === 0 ? sent : this.sent[i * ring + ((this.place[i] + ring - delay) % ring)];
    this.sent[i * ring + this.place[i]] = sent;
    this.place[i] = (this.place[i] + 1) % ring;
    n[at + F.outputSum] += reached;
    n[at + F.steps] += 1;
    n[at + F.clock] += this.dt;
    if (n[at + F.clock] < n[at + F.sampleTime] - 0.5 * this.dt) return;
    const mean = n[at + F.outputSum] / n[at + F.steps] - n[at + F.outputOrigin];
    n[at + F.outputSum] = 0;
    n[at + F.steps] = 0;
    n[at + F.clock] = 0;
    const y = this.bank.measurement[i];
    if (Number.isNaN(n[at + F.measurementOrigin]) && Number.isFinite(y)) n[at + F.measurementOrigin] = y;
    const scaled = (y - n[at + F.measurementOrigin]) / n[at + F.startGain];
    this.sample(i, scaled, mean);
    n[at + F.lastMeasurement] = scaled;
    n[at + F.lastOutput] = mean;
  }

  private sample(i: number, y: number, output: number): void {
    const { n, settings } = this;
    const at = ROW * i;
    const before = n[at + F.lastMeasurement];
    if (!Number.isFinite(y) || !Number.isFinite(before)) return;
    const moved = Math.max(Math.abs(output - n[at + F.lastOutput]), Math.abs(y - before));
    if (moved < settings.excitation) return;
    this.learn(at, before, output, y);
    n[at + F.learnt] += 1;
    n[at + F.sinceRetuning] += 1;
    this.believe(i);
  }

  /** One update of recursive least squares: K = Pφ/(λ + φᵀPφ), P⁺ = (P − KφᵀP)/λ. */
  private learn(at: number, before: number, output: number, y: number): void {
    const { n, regressor, product, settings } = this;
    regressor[0] = before;
    regressor[1] = output;
    regressor[2] = 1;
    let trace = 0;
    for (let a = 0; a < 3; a++) {
      let sum = 0;
      for (let b = 0; b < 3; b++) sum += n[at + F.covariance + 3 * a + b] * regressor[b];
      product[a] = sum;
      trace += n[at + F.covariance + 4 * a];
    }
    const lambda = trace < settings.covarianceLimit ? settings.forgetting : 1;
    let scale = lambda;
    let error = y;
    for (let a = 0; a < 3; a++) {
      scale += regressor[a] * product[a];
      error -= regressor[a] * n[at + F.parameters + a];
    }
    for (let a = 0; a < 3; a++) {
      n[at + F.parameters + a] += (product[a] / scale) * error;
      for (let b = 0; b < 3; b++) {
        const at9 = at + F.covariance + 3 * a + b;
        n[at9] = (n[at9] - (product[a] * product[b]) / scale) / lambda;
      }
    }
  }

  /** Takes the parameters over as a model when they make one, and retunes when it is worth it. */
  private believe(i: number): void {
    const { n, settings } = this;
    const at = ROW * i;
    const a = n[at + F.parameters];
    if (!(a > 0.01 && a < 0.9999)) return;
    const gain = (n[at + F.startGain] * n[at + F.parameters + 1]) / (1 - a);
    const timeConstant = -n[at + F.sampleTime] / log(a);
    const near = (ratio: number): boolean => ratio > 1 / settings.trust && ratio < settings.trust;
    if (!near(gain / n[at + F.startGain]) || !near(timeConstant / n[at + F.startTimeConstant])) return;
    n[at + F.gain] = gain;
    n[at + F.timeConstant] = timeConstant;
    const change = Math.max(
      Math.abs(gain / n[at + F.tunedGain] - 1),
      Math.abs(timeConstant / n[at + F.tunedTimeConstant] - 1),
    );
    if (n[at + F.sinceRetuning] >= settings.patience && change > settings.worthRetuning) this.retune(i);
  }

  private retune(i: number): void {
    const { n } = this;
    const at = ROW * i;
    const present = this.bank.tuning(i);
    const { pid } = simcTuning(this.model(i), n[at + F.closedLoopTime]);
    this.bank.tune(i, { ...pid, setpointWeight: present.setpointWeight });
    n[at + F.tunedGain] = n[at + F.gain];
    n[at + F.tunedTimeConstant] = n[at + F.timeConstant];
    n[at + F.sinceRetuning] = 0;
    n[at + F.retunings] += 1;
  }

  /** The whole state, for snapshots; the bank's is its own. */
  arrays(): Float64Array[] {
    return [this.n, this.sent, this.place];
  }
}
