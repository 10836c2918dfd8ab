// Feed-forward of amplitude and phase at the drive's frequency, adapted once per detector window: complex LMS of each chamber's
// piston command (Widrow, McCool & Ball 1975; Elliott 2001). A PID could not follow a cycle. Not here: detection
// (oscillation-detector.ts), pistons.

import { cos } from '../../numerics/elementary.ts';

export interface FeedforwardSettings {
  /** μ: share of the error that one window removes when the plant is estimated rightly, 0–1. */
  readonly stepSize: number;
  /** Share of the command that is given up per window: keeps commands small that do nothing, at the price of an error λ/(λ + μ). */
  readonly leak: number;
  /** Largest magnitude of a command. */
  readonly limit: number;
  /** Changes of a command below this share of the limit teach nothing about the plant. */
  readonly excitation: number;
  /** Whether a plant estimate that makes the error grow is replaced by the one identified meanwhile. */
  readonly guard: boolean;
}

export const FEEDFORWARD_DEFAULTS: FeedforwardSettings = {
  stepSize: 0.3,
  leak: 0,
  limit: Number.POSITIVE_INFINITY,
  excitation: 0,
  guard: true,
};

/** Windows over which the present and the usual squared error are averaged (exponentially). */
const PRESENT = 4;
const USUAL = 64;
/**
 * The estimate is not believed when the present squared error is this many times the usual one, or twice what it was when the
 * target changed: for errors that are noise the first happens about once in 3e5 windows (gamma distribution), so a converged
 * loop keeps its plant.
 */
const SUDDEN = 5;
const NO_BETTER = 2;
/** Windows to wait after a change of target, and ratios Δp/Δu to have seen, before judging. */
const PATIENCE = 4;
/** Share of the old evidence that is kept in the identified plant. */
const MEMORY = 0.7;

/**
 * Largest μ that converges when the true plant is g e^{iφ} times its estimate: the error is multiplied by 1 − μ g e^{iφ} per
 * window, so that μ < 2 cos φ/g; nothing converges from 90° on. The windows must be longer than the network's ring-up, else its
 * memory counts as phase.
 * @returns 0 when no step size converges
 */
export const stabilityLimit = (gainRatio: number, phaseError: number): number =>
  Math.max(0, (2 * cos(phaseError)) / gainRatio);

/**
 * Complex numbers are pairs of arrays. The caller writes `target` and, after each window, `measured`, then calls `update` and
 * applies `command` for the next window. Chambers are adapted on their own: what they do to each other appears as a
 * disturbance, so coupled lattices need a small step size. A measurement that is not finite leaves its chamber as it is.
 */
export class AdaptiveFeedforward {
  readonly targetRe: Float64Array;
  readonly targetIm: Float64Array;
  readonly measuredRe: Float64Array;
  readonly measuredIm: Float64Array;
  readonly commandRe: Float64Array;
  readonly commandIm: Float64Array;
  /** Estimate of measured/command that the adaptation uses, and the one identified online. */
  readonly plantRe: Float64Array;
  readonly plantIm: Float64Array;
  readonly identifiedRe: Float64Array;
  readonly identifiedIm: Float64Array;
  /** Times the guard has replaced the estimate. */
  readonly replacements: Float64Array;
  /** Σ Δp conj Δu and Σ |Δu|², forgetting. */
  private readonly crossRe: Float64Array;
  private readonly crossIm: Float64Array;
  private readonly evidence: Float64Array;
  /** Windows since the target changed; squared errors: present, usual, at that change. */
  private readonly windows: Float64Array;
  private readonly present: Float64Array;
  private readonly usual: Float64Array;
  private readonly atStart: Float64Array;
  private readonly lastTargetRe: Float64Array;
  private readonly lastTargetIm: Float64Array;
  private readonly lastMeasuredRe: Float64Array;
  private readonly lastMeasuredIm: Float64Array;
  private readonly lastCommandRe: Float64Array;
  private readonly lastCommandIm: Float64Array;

  /** @throws RangeError for impossible settings */
  constructor(
    readonly count: number,
    readonly settings: FeedforwardSettings = FEEDFORWARD_DEFAULTS,
  ) {
    const { stepSize, leak, limit } = settings;
    if (!(stepSize > 0 && stepSize < 2) || !(leak >= 0 && leak < 1) || !(limit > 0))
      throw new RangeError('The step size must lie between 0 and 2, the leak between 0 and 1, the limit above 0.');
    const perChamber = (value = 0): Float64Array => new Float64Array(count).fill(value);
    this.targetRe = perChamber();
    this.targetIm = perChamber();
    this.measuredRe = perChamber();
    this.measuredIm = perChamber();
    this.commandRe = perChamber();
    this.commandIm = perChamber();
    this.plantRe = perChamber(1);
    this.plantIm = perChamber();
    this.identifiedRe = perChamber();
    this.identifiedIm = perChamber();
    this.replacements = perChamber();
    this.crossRe = perChamber();
    this.crossIm = perChamber();
    this.evidence = perChamber();
    this.windows = perChamber();
    this.present = perChamber();
    this.usual = perChamber();
    this.atStart = perChamber();
    this.lastTargetRe = perChamber();
    this.lastTargetIm = perChamber();
    this.lastMeasuredRe = perChamber(Number.NaN);
    this.lastMeasuredIm = perChamber(Number.NaN);
    this.lastCommandRe = perChamber();
    this.lastCommandIm = perChamber();
  }

  /** The plant as estimated beforehand, measured per command. @throws RangeError when it is zero */
  setPlant(i: number, re: number, im: number): void {
    if (!(re * re + im * im > 0)) throw new RangeError('A plant estimate of zero would ask for infinite commands.');
    this.plantRe[i] = re;
    this.plantIm[i] = im;
  }

  /** One window has passed. */
  update(): void {
    for (let i = 0; i < this.count; i++) {
      if (Number.isFinite(this.measuredRe[i]) && Number.isFinite(this.measuredIm[i])) this.adapt(i);
    }
  }

  private adapt(i: number): void {
    this.identify(i);
    const errorRe = this.targetRe[i] - this.measuredRe[i];
    const errorIm = this.targetIm[i] - this.measuredIm[i];
    if (this.settings.guard) this.watch(i, errorRe * errorRe + errorIm * errorIm);
    this.lastMeasuredRe[i] = this.measuredRe[i];
    this.lastMeasuredIm[i] = this.measuredIm[i];
    this.lastCommandRe[i] = this.commandRe[i];
    this.lastCommandIm[i] = this.commandIm[i];
    const pr = this.plantRe[i];
    const pi = this.plantIm[i];
    const { stepSize, leak, limit } = this.settings;
    const step = stepSize / (pr * pr + pi * pi);
    let re = (1 - leak) * this.commandRe[i] + step * (pr * errorRe + pi * errorIm);
    let im = (1 - leak) * this.commandIm[i] + step * (pr * errorIm - pi * errorRe);
    const size = Math.sqrt(re * re + im * im);
    // Too large a command keeps its phase.
    if (size > limit) {
      re *= limit / size;
      im *= limit / size;
    }
    this.commandRe[i] = re;
    this.commandIm[i] = im;
  }

  /** Least squares of the changes of two windows, forgetting: constant disturbances cancel. */
  private identify(i: number): void {
    const ur = this.commandRe[i] - this.lastCommandRe[i];
    const ui = this.commandIm[i] - this.lastCommandIm[i];
    const square = ur * ur + ui * ui;
    const { excitation, limit } = this.settings;
    const least = limit === Number.POSITIVE_INFINITY ? 0 : excitation * limit;
    if (!(square > least * least) || Number.isNaN(this.lastMeasuredRe[i])) return;
    const pr = this.measuredRe[i] - this.lastMeasuredRe[i];
    const pi = this.measuredIm[i] - this.lastMeasuredIm[i];
    this.crossRe[i] = MEMORY * this.crossRe[i] + pr * ur + pi * ui;
    this.crossIm[i] = MEMORY * this.crossIm[i] + pi * ur - pr * ui;
    this.evidence[i] = MEMORY * this.evidence[i] + square;
    this.identifiedRe[i] = this.crossRe[i] / this.evidence[i];
    this.identifiedIm[i] = this.crossIm[i] / this.evidence[i];
  }

  /** Replaces an estimate under which the error grows. */
  private watch(i: number, error: number): void {
    const sameTarget = this.targetRe[i] === this.lastTargetRe[i] && this.targetIm[i] === this.lastTargetIm[i];
    this.lastTargetRe[i] = this.targetRe[i];
    this.lastTargetIm[i] = this.targetIm[i];
    if (!sameTarget || this.windows[i] === 0) {
      this.windows[i] = 0;
      // A small change of target on a noisy background is judged by the background.
      this.usual[i] = Math.max(error, this.usual[i]);
      this.atStart[i] = this.usual[i];
      this.present[i] = error;
    }
    this.windows[i] += 1;
    this.present[i] += (error - this.present[i]) / PRESENT;
    this.usual[i] += (error - this.usual[i]) / USUAL;
    const grows = this.present[i] > SUDDEN * this.usual[i] || this.present[i] > NO_BETTER * this.atStart[i];
    const known = this.identifiedRe[i] * this.identifiedRe[i] + this.identifiedIm[i] * this.identifiedIm[i];
    if (!grows || this.windows[i] < PATIENCE || known === 0) return;
    this.plantRe[i] = this.identifiedRe[i];
    this.plantIm[i] = this.identifiedIm[i];
    this.replacements[i] += 1;
    this.windows[i] = 0;
    this.usual[i] = error;
  }

  /** The whole state, for snapshots. */
  arrays(): Float64Array[] {
    return [
      this.targetRe,
      this.targetIm,
      this.measuredRe,
      this.measuredIm,
      this.commandRe,
      this.commandIm,
      this.plantRe,
      this.plantIm,
      this.identifiedRe,
      this.identifiedIm,
      this.replacements,
      this.crossRe,
      this.crossIm,
      this.evidence,
      this.windows,
      this.present,
      this.usual,
      this.atStart,
      this.lastTargetRe,
      this.lastTargetIm,
      this.lastMeasuredRe,
      this.lastMeasuredIm,
      this.lastCommandRe,
      this.lastCommandIm,
    ];
  }
}
