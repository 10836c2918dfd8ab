// The drive's control of amplitude and phase: after each window of the detector the pistons of the driven chambers are corrected so
// that their pressures become the wanted pattern, ratio · pₘ · e^{iφ}. Complex LMS (adaptive-feedforward.ts) acts on the pressures
// that the pistons are meant to make; the linear network read backwards (network-inverse.ts) turns these into displacements, which
// takes apart what chambers do to each other. Not here: pistons, detection, the shares of interlocks and sequence.

import type { WindowReadings } from '../../gas-oscillation/oscillation-detector.ts';
import type { DrivePattern } from '../../gas-oscillation/phase-controller.ts';
import { cos, sin } from '../../numerics/elementary.ts';
import { AdaptiveFeedforward, FEEDFORWARD_DEFAULTS } from './adaptive-feedforward.ts';
import { NetworkInverse, type NetworkState } from './network-inverse.ts';

export interface DriveWish {
  /** Wanted p₁/pₘ of each driven chamber. */
  readonly ratio: number;
  /** μ, 0–1: share of the error that one correction takes away. */
  readonly stepSize: number;
  /** Largest displacement amplitude, m³. */
  readonly limit: number;
}

/** A correction waits until the pressures move from window to window by less than this share of the error, or for so many windows. */
const STILL_SHARE = 0.25;
const MOST_WAITS = 16;
/** Passes of the network's inverse where not every chamber is driven: at a new aim, and at a correction. */
const RETUNE_PASSES = 40;
const PASSES = 4;
/** Growth of the error over its least at which what was learnt is dropped; errors below LEAST_GROWN count as that. */
const GROWN = 2;
const LEAST_GROWN = 0.1;
/** Relative error that is left alone. */
const DEADBAND = 2e-4;

export class DriveFeedforward {
  /** What the pistons are to do, m³; as Surroundings.pistonTargetRe, before the plant's shares. */
  readonly pistonRe: Float64Array;
  readonly pistonIm: Float64Array;
  private readonly inverse: NetworkInverse;
  private readonly lms: AdaptiveFeedforward;
  private readonly lastRe: Float64Array;
  private readonly lastIm: Float64Array;
  /**
   * [started, windows waited, rms error, largest error, share of the wish that the strokes allow, corrections made, least error since what
   * was learnt was dropped, times it was].
   */
  private readonly figures = new Float64Array([0, 0, Number.NaN, Number.NaN, 1, 0, Number.POSITIVE_INFINITY, 0]);

  constructor(
    readonly chambers: number,
    edges: Uint32Array,
    private readonly wish: DriveWish,
    private readonly pattern: DrivePattern,
  ) {
    this.pistonRe = new Float64Array(chambers);
    this.pistonIm = new Float64Array(chambers);
    this.lastRe = new Float64Array(chambers).fill(Number.NaN);
    this.lastIm = new Float64Array(chambers).fill(Number.NaN);
    this.inverse = new NetworkInverse(chambers, edges);
    this.lms = new AdaptiveFeedforward(chambers, {
      ...FEEDFORWARD_DEFAULTS,
      stepSize: wish.stepSize,
      // The network's model follows the gas; a plant learnt chamber by chamber would hold the neighbours' doing for its own.
      guard: false,
    });
  }

  /** rms over the driven chambers of |P − P*| over that of |P*| in the last window, and the largest |P − P*|/|P*|; NaN before. */
  get error(): number {
    return this.figures[2];
  }

  get largestError(): number {
    return this.figures[3];
  }

  /** Largest displacement amplitude of any piston, m³. */
  get largestDisplacement(): number {
    let largest = 0;
    for (let i = 0; i < this.chambers; i++) largest = Math.max(largest, square(this.pistonRe[i], this.pistonIm[i]));
    return Math.sqrt(largest);
  }

  /** Share of the wanted amplitudes that the pistons' largest stroke allows; 1: all. */
  get reached(): number {
    return this.figures[4];
  }

  get corrections(): number {
    return this.figures[5];
  }

  /** Times that corrections made the error larger and were dropped. */
  get drops(): number {
    return this.figures[7];
  }

  /** What was wanted and cannot be, for people; null: nothing. */
  get remark(): string | null {
    if (this.reached === 1) return null;
    return `The pistons’ largest stroke allows ${(100 * this.reached).toPrecision(3)} % of the wanted pressure pattern.`;
  }

  /** Aims at the pattern from what the linear network says, keeping what was learnt. @param mean pressure per chamber, Pa */
  retune(state: NetworkState, mean: ArrayLike<number>): void {
    this.figures[6] = Number.POSITIVE_INFINITY;
    this.retarget(mean);
    this.displace(state, RETUNE_PASSES);
  }

  /**
   * After a window. @param state is asked for only where it is needed @param shares of each chamber's stroke that interlocks, sequence and power leave: while one is held, nothing is learnt
   * @param settled the oscillation is the steady one (averaged mode)
   * @returns whether the pistons have new aims
   */
  adapt(state: () => NetworkState, readings: WindowReadings, shares: ArrayLike<number>, settled = false): boolean {
    const { figures, pattern, lms, lastRe, lastIm } = this;
    this.retarget(readings.pressure);
    let held = false;
    let errors = 0;
    let moves = 0;
    let size = 0;
    figures[3] = 0;
    for (let i = 0; i < this.chambers; i++) {
      if (pattern.driven[i] === 0) continue;
      const re = readings.cosine[i];
      const im = -readings.sine[i];
      const error = square(lms.targetRe[i] - re, lms.targetIm[i] - im);
      const target = square(lms.targetRe[i], lms.targetIm[i]);
      errors += error;
      size += target;
      moves += square(re - lastRe[i], im - lastIm[i]);
      if (target > 0) figures[3] = Math.max(figures[3], Math.sqrt(error / target));
      lms.measuredRe[i] = re;
      lms.measuredIm[i] = im;
      lastRe[i] = re;
      lastIm[i] = im;
      held ||= shares[i] !== 1;
    }
    figures[2] = size > 0 ? Math.sqrt(errors / size) : Number.NaN;
    if (held) {
      figures[1] = 0;
      return false;
    }
    figures[1] += 1;
    const isStill = settled || moves <= STILL_SHARE * STILL_SHARE * errors;
    if (!(errors > DEADBAND * DEADBAND * size) || (!isStill && figures[1] < MOST_WAITS)) return false;
    figures[1] = 0;
    figures[5] += 1;
    if (this.grows()) this.drop();
    else lms.update();
    this.displace(state(), PASSES);
    return true;
  }

  /** Whether corrections make the error larger: the network is another than its model, by a resonance on the drive's other side. */
  private grows(): boolean {
    const { figures } = this;
    figures[6] = Math.min(figures[6], figures[2]);
    return figures[2] > GROWN * Math.max(figures[6], LEAST_GROWN);
  }

  /** Back to what the linear network says by itself. */
  private drop(): void {
    const { lms, figures } = this;
    lms.commandRe.set(lms.targetRe);
    lms.commandIm.set(lms.targetIm);
    figures[6] = Number.POSITIVE_INFINITY;
    figures[7] += 1;
  }

  /** The wanted pattern at these mean pressures; what moves the target moves the command at once. */
  private retarget(mean: ArrayLike<number>): void {
    const { lms, pattern, wish, figures } = this;
    for (let i = 0; i < this.chambers; i++) {
      const amplitude = pattern.driven[i] ? figures[4] * wish.ratio * mean[i] : 0;
      const re = amplitude * cos(pattern.phase[i]);
      const im = amplitude * sin(pattern.phase[i]);
      lms.commandRe[i] += re - lms.targetRe[i];
      lms.commandIm[i] += im - lms.targetIm[i];
      lms.targetRe[i] = re;
      lms.targetIm[i] = im;
      // Left alone by the adaptation.
      if (!pattern.driven[i]) lms.measuredRe[i] = Number.NaN;
    }
    figures[0] = 1;
  }

  /** Displacements for the commands; where one is too large all are made smaller, so that the pattern stays. */
  private displace(state: NetworkState, passes: number): void {
    const { inverse, lms, pattern, wish, pistonRe, pistonIm } = this;
    if (!inverse.solve(state, pattern.driven, lms.commandRe, lms.commandIm, passes)) return;
    let largest = 0;
    for (let i = 0; i < this.chambers; i++)
      largest = Math.max(largest, square(inverse.pistonRe[i], inverse.pistonIm[i]));
    const scale = Math.min(1, wish.limit / Math.sqrt(largest));
    for (let i = 0; i < this.chambers; i++) {
      pistonRe[i] = largest > 0 ? scale * inverse.pistonRe[i] : 0;
      pistonIm[i] = largest > 0 ? scale * inverse.pistonIm[i] : 0;
    }
    if (scale < 1) this.shrink(scale);
  }

  /** The wish itself becomes smaller, so that the adaptation does not run against the stops. */
  private shrink(scale: number): void {
    const { lms, figures } = this;
    figures[4] *= scale;
    for (const array of [lms.targetRe, lms.targetIm, lms.commandRe, lms.commandIm])
      for (let i = 0; i < array.length; i++) array[i] *= scale;
  }

  /** Goes on where one with another wish, or another pattern of the same chambers, stood: what was learnt beyond the wish stays. */
  inherit(from: DriveFeedforward): void {
    if (from.chambers !== this.chambers || from.figures[0] === 0) return;
    const own = this.lms;
    const old = from.lms;
    for (const [to, source] of [
      [own.commandRe, old.commandRe],
      [own.commandIm, old.commandIm],
      [own.targetRe, old.targetRe],
      [own.targetIm, old.targetIm],
    ])
      to.set(source);
  }

  /** The whole state, for snapshots. */
  arrays(): Float64Array[] {
    return [
      this.figures,
      this.pistonRe,
      this.pistonIm,
      this.lastRe,
      this.lastIm,
      this.inverse.pressureRe,
      this.inverse.pressureIm,
      ...this.lms.arrays(),
    ];
  }
}

const square = (re: number, im: number): number => re * re + im * im;
