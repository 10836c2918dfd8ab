// A bank of valve stems with positioners: second-order motion towards the command, deadband, stiction, rate limit, end stops, faults.
// Travel is a share, 0 shut to 1 open. Not here: what flows (valve-characteristic.ts, valve-sizing.ts, the headers), wear (wear.ts).

import { cos, exp, sin } from '../../numerics/elementary.ts';

export interface StemSettings {
  /** Undamped natural frequency, rad/s. */
  readonly naturalFrequency: number;
  /** ζ. */
  readonly damping: number;
  /** Largest speed, travel per second; Infinity for none. */
  readonly rateLimit: number;
  /** Changes of the command up to this are ignored by the positioner. */
  readonly deadband: number;
  /** A stem at rest stays there until the command is further away than this. */
  readonly stiction: number;
}

/** A seized stem stays where it is; a slow one has its frequency and its speed divided by the factor. */
export type StemFault = { readonly kind: 'stuck' } | { readonly kind: 'slow'; readonly factor: number };

/** Speeds below this (travel/s) count as rest where stiction is concerned. */
const REST = 1e-6;

/** Elements of e^{At} for the oscillator ẍ = −ω²x − 2ζωẋ, into [a, b, c, d] at an index: x⁺ = a x + b ẋ, ẋ⁺ = c x + d ẋ. */
function transition(target: Float64Array, at: number, omega: number, zeta: number, dt: number): void {
  const sigma = zeta * omega;
  let even: number;
  let odd: number;
  if (zeta < 1) {
    const damped = omega * Math.sqrt(1 - zeta * zeta);
    const envelope = exp(-sigma * dt);
    even = envelope === 0 ? 0 : envelope * cos(damped * dt);
    odd = envelope === 0 ? 0 : (envelope * sin(damped * dt)) / damped;
  } else if (zeta === 1) {
    even = exp(-sigma * dt);
    odd = even * dt;
  } else {
    // cosh and sinh inside the envelope, each as a difference of decaying exponentials: neither overflows.
    const beta = omega * Math.sqrt(zeta * zeta - 1);
    // σ − β without cancellation: (σ² − β²)/(σ + β).
    const slow = exp((-(omega * omega) / (sigma + beta)) * dt);
    const fast = exp(-(sigma + beta) * dt);
    even = 0.5 * (slow + fast);
    odd = (0.5 * (slow - fast)) / beta;
  }
  target[at] = even + sigma * odd;
  target[at + 1] = odd;
  target[at + 2] = -omega * omega * odd;
  target[at + 3] = even - sigma * odd;
}

/**
 * The caller writes `command` and reads `position`, which is also what the position feedback reports. Free motion is exact for
 * a command held over the step, however long (a stem of 1 µs simply arrives); the rate limit acts on the mean speed of the
 * step.
 */
export class ValveStemBank {
  readonly command: Float64Array;
  readonly position: Float64Array;
  /** Travel per second. */
  readonly velocity: Float64Array;
  /** The command that the positioner has accepted past its deadband. */
  readonly accepted: Float64Array;
  private readonly naturalFrequency: Float64Array;
  private readonly damping: Float64Array;
  private readonly rateLimit: Float64Array;
  private readonly deadband: Float64Array;
  private readonly stiction: Float64Array;
  /** 0: the stem is held by stiction. */
  private readonly moving: Float64Array;
  /** 0: seized; 1: sound; above: slower by the factor. */
  private readonly fault: Float64Array;
  private readonly transitions: Float64Array;
  private readonly preparedStep = new Float64Array(1);

  /** @param position initial travel of every stem @throws RangeError for impossible settings */
  constructor(
    readonly count: number,
    settings: StemSettings,
    position = 0,
  ) {
    const perValve = (value: number): Float64Array => new Float64Array(count).fill(value);
    this.command = perValve(position);
    this.position = perValve(position);
    this.velocity = perValve(0);
    this.accepted = perValve(position);
    this.naturalFrequency = perValve(1);
    this.damping = perValve(1);
    this.rateLimit = perValve(0);
    this.deadband = perValve(0);
    this.stiction = perValve(0);
    this.moving = perValve(0);
    this.fault = perValve(1);
    this.transitions = new Float64Array(4 * count);
    for (let i = 0; i < count; i++) this.set(i, settings);
  }

  /** New settings of one stem; its position stays. @throws RangeError for impossible settings */
  set(i: number, s: StemSettings): void {
    if (!(s.naturalFrequency > 0) || !(s.damping > 0))
      throw new RangeError('A stem’s natural frequency and damping must be positive.');
    if (!(s.rateLimit > 0) || !(s.deadband >= 0) || !(s.stiction >= 0))
      throw new RangeError('A stem’s rate limit must be positive, its deadband and stiction not negative.');
    this.naturalFrequency[i] = s.naturalFrequency;
    this.damping[i] = s.damping;
    this.rateLimit[i] = s.rateLimit;
    this.deadband[i] = s.deadband;
    this.stiction[i] = s.stiction;
    this.prepare(i);
  }

  /** Sets or, with null, mends a fault. @throws RangeError for a factor below 1 */
  setFault(i: number, fault: StemFault | null): void {
    if (fault?.kind === 'slow' && !(fault.factor >= 1)) throw new RangeError('A slow stem’s factor must be 1 or more.');
    this.fault[i] = fault === null ? 1 : fault.kind === 'stuck' ? 0 : fault.factor;
    if (fault?.kind === 'stuck') {
      this.velocity[i] = 0;
      this.moving[i] = 0;
    }
    this.prepare(i);
  }

  /** Sluggish stems, the others sound. @param factor by stem: times the normal travel time, 1 or more */
  slow(factor: (stem: number) => number): void {
    for (let i = 0; i < this.count; i++) {
      const slow = factor(i);
      this.setFault(i, slow > 1 ? { kind: 'slow', factor: slow } : null);
    }
  }

  private prepare(i: number): void {
    const dt = this.preparedStep[0];
    if (dt > 0 && this.fault[i] > 0)
      transition(this.transitions, 4 * i, this.naturalFrequency[i] / this.fault[i], this.damping[i], dt);
  }

  /** Advances all stems by dt (s, > 0). */
  step(dt: number): void {
    if (dt !== this.preparedStep[0]) {
      this.preparedStep[0] = dt;
      for (let i = 0; i < this.count; i++) this.prepare(i);
    }
    for (let i = 0; i < this.count; i++) {
      if (this.fault[i] > 0) this.stepStem(i, dt);
    }
  }

  private stepStem(i: number, dt: number): void {
    const wanted = Math.min(1, Math.max(0, this.command[i]));
    if (!Number.isFinite(this.accepted[i] + this.position[i] + this.velocity[i])) {
      // A positioner that has lost its number starts anew where it is told to be, shut if it is told nothing.
      this.accepted[i] = this.position[i] = Number.isFinite(wanted) ? wanted : 0;
      this.velocity[i] = this.moving[i] = 0;
      return;
    }
    // The end stops are always reached: a positioner shuts tight whatever its deadband.
    if (Math.abs(wanted - this.accepted[i]) > this.deadband[i] || wanted === 0 || wanted === 1)
      this.accepted[i] = wanted;
    const target = this.accepted[i];
    const x = this.position[i];
    const distance = Math.abs(target - x);
    if (this.moving[i] === 0) {
      if (distance <= this.stiction[i]) return;
      this.moving[i] = 1;
    }
    const before = this.velocity[i];
    const at = 4 * i;
    const t = this.transitions;
    let next = target + t[at] * (x - target) + t[at + 1] * before;
    let velocity = t[at + 2] * (x - target) + t[at + 3] * before;
    const furthest = (this.rateLimit[i] / this.fault[i]) * dt;
    if (Math.abs(next - x) > furthest) {
      const direction = next > x ? 1 : -1;
      next = x + direction * furthest;
      velocity = direction * (furthest / dt);
    }
    if (next <= 0 || next >= 1) {
      next = next <= 0 ? 0 : 1;
      if ((next === 0) === velocity < 0) velocity = 0;
    }
    this.position[i] = next;
    this.velocity[i] = velocity;
    // A stem that turns or stops within reach of its stiction is held by it.
    const turned = before * velocity < 0 || Math.abs(velocity) < REST;
    if (this.stiction[i] > 0 && turned && Math.abs(target - next) <= this.stiction[i]) {
      this.velocity[i] = 0;
      this.moving[i] = 0;
    }
  }

  /** The whole state, for snapshots. */
  arrays(): Float64Array[] {
    return [
      this.command,
      this.position,
      this.velocity,
      this.accepted,
      this.naturalFrequency,
      this.damping,
      this.rateLimit,
      this.deadband,
      this.stiction,
      this.moving,
      this.fault,
      this.transitions,
      this.preparedStep,
    ];
  }
}
