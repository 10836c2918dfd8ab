// The predictive mode: a bank of model-predictive controllers for first-order or integrating processes with delay. Each
// predicts past its delay with the outputs already sent (Smith 1957), estimates a constant load at the process's input so that
// no offset remains (Rawlings & Mayne 2009 §1.5), and chooses moves that keep range and rate (constrained-moves.ts). Not here:
// where the model comes from (identification.ts).

import { exp } from '../../numerics/elementary.ts';
import { MOVES, MoveProblem } from './constrained-moves.ts';
import { type FirstOrderModel, type IntegratingModel, modelProblem } from './process-model.ts';

export interface PredictiveSettings {
  readonly model: FirstOrderModel | IntegratingModel;
  /** Time constant with which the measurement is to approach the setpoint after the delay, s. */
  readonly closedLoopTime: number;
  /** Time constant with which loads and model errors are recognised, s; longer is calmer under noise. */
  readonly observerTime: number;
  /** Limits of the output, and of its change per second. */
  readonly low: number;
  readonly high: number;
  readonly rateLimit: number;
  /** ρ: weight of moves against deviations, 0.001–1. */
  readonly moveSuppression: number;
}

/** The caller writes setpoint and measurement; a step sets output. All loops share one sampling time. */
export class PredictiveBank {
  readonly setpoint: Float64Array;
  readonly measurement: Float64Array;
  readonly output: Float64Array;
  /** Estimated measurement without its delay's future, and load at the input, output units. */
  readonly state: Float64Array;
  readonly load: Float64Array;
  private readonly enabled: Float64Array;
  /** Per loop: a, b, delay in samples, observer gains, q, low, high, rate per sample, ρ. */
  private readonly decay: Float64Array;
  private readonly drive: Float64Array;
  private readonly delaySteps: Float64Array;
  private readonly stateGain: Float64Array;
  private readonly loadGain: Float64Array;
  private readonly approach: Float64Array;
  private readonly low: Float64Array;
  private readonly high: Float64Array;
  private readonly rate: Float64Array;
  private readonly suppression: Float64Array;
  /** Outputs sent, the last longestDelay of each loop, in a ring; the place of the next. */
  private readonly sent: Float64Array;
  private readonly place: Float64Array;
  private readonly problems: (MoveProblem | null)[];
  private readonly errors = new Float64Array(MOVES);

  /** @param dt sampling time, s @param longestDelay in samples: delays are rounded to samples and must not exceed it */
  constructor(
    readonly count: number,
    readonly dt: number,
    readonly longestDelay: number,
  ) {
    const perLoop = (): Float64Array => new Float64Array(count);
    this.setpoint = perLoop();
    this.measurement = perLoop();
    this.output = perLoop();
    this.state = perLoop();
    this.load = perLoop();
    this.enabled = perLoop();
    this.decay = perLoop();
    this.drive = perLoop();
    this.delaySteps = perLoop();
    this.stateGain = perLoop();
    this.loadGain = perLoop();
    this.approach = perLoop();
    this.low = perLoop();
    this.high = perLoop();
    this.rate = perLoop();
    this.suppression = perLoop();
    this.sent = new Float64Array(count * Math.max(1, longestDelay));
    this.place = perLoop();
    this.problems = new Array<MoveProblem | null>(count).fill(null);
  }

  /** New settings of a loop; estimates and output stay. @throws RangeError for impossible settings */
  configure(loop: number, s: PredictiveSettings): void {
    const problem = modelProblem(s.model);
    if (problem) throw new RangeError(problem);
    if (!(s.closedLoopTime > 0) || !(s.observerTime > 0) || !(s.moveSuppression >= 0))
      throw new RangeError('Closed-loop and observer time must be positive, the move suppression not negative.');
    if (!(s.low <= s.high) || !(s.rateLimit > 0))
      throw new RangeError('The limits must be in order and the rate limit positive.');
    const delay = Math.round(s.model.delay / this.dt);
    if (delay > this.longestDelay)
      throw new RangeError(`The delay of ${s.model.delay} s exceeds ${this.longestDelay} samples of ${this.dt} s.`);
    const a = s.model.kind === 'integrating' ? 1 : exp(-this.dt / s.model.timeConstant);
    const b = s.model.kind === 'integrating' ? s.model.gain * this.dt : s.model.gain * (1 - a);
    // Both poles of the observer at q: l₁ = a + 1 − 2q, b l₂ = (1 − q)².
    const q = exp(-this.dt / s.observerTime);
    this.decay[loop] = a;
    this.drive[loop] = b;
    this.delaySteps[loop] = delay;
    this.stateGain[loop] = a + 1 - 2 * q;
    this.loadGain[loop] = ((1 - q) * (1 - q)) / b;
    this.approach[loop] = exp(-this.dt / s.closedLoopTime);
    this.low[loop] = s.low;
    this.high[loop] = s.high;
    this.rate[loop] = s.rateLimit * this.dt;
    this.suppression[loop] = s.moveSuppression;
    this.rebuild(loop);
  }

  private rebuild(loop: number): void {
    const steps = new Float64Array(MOVES);
    let value = 0;
    for (let i = 0; i < MOVES; i++) {
      value = this.decay[loop] * value + this.drive[loop];
      steps[i] = value;
    }
    const moves = this.problems[loop] ?? new MoveProblem();
    moves.setModel(steps, this.suppression[loop]);
    this.problems[loop] = moves;
  }

  /** Takes over at rest: from a measurement that the given output holds. @throws Error when the loop has no settings yet */
  enable(loop: number, output: number, measurement: number): void {
    if (!this.problems[loop]) throw new Error(`Loop ${loop} has no model: configure it first.`);
    this.enabled[loop] = 1;
    this.output[loop] = Math.min(this.high[loop], Math.max(this.low[loop], output));
    this.measurement[loop] = measurement;
    this.state[loop] = measurement;
    const a = this.decay[loop];
    // At rest (1 − a) x = b (u + d).
    this.load[loop] = ((1 - a) * measurement) / this.drive[loop] - this.output[loop];
    const ring = Math.max(1, this.longestDelay);
    this.sent.fill(this.output[loop], loop * ring, (loop + 1) * ring);
  }

  disable(loop: number): void {
    this.enabled[loop] = 0;
  }

  isEnabled(loop: number): boolean {
    return this.enabled[loop] === 1;
  }

  /** One sampling time has passed. */
  step(): void {
    for (let i = 0; i < this.count; i++) {
      if (this.enabled[i] === 1) this.stepLoop(i);
    }
  }

  private stepLoop(i: number): void {
    const a = this.decay[i];
    const b = this.drive[i];
    const ring = Math.max(1, this.longestDelay);
    const base = i * ring;
    const delay = this.delaySteps[i];
    // A lost measurement: on with the model alone.
    const y = this.measurement[i];
    const innovation = Number.isFinite(y) ? y - this.state[i] : 0;
    const corrected = this.state[i];
    // Prediction to the end of the delay, with the outputs that are on their way.
    let ahead = corrected;
    const d = this.load[i];
    for (let k = 0; k < delay; k++) {
      const at = (this.place[i] + ring - delay + k) % ring;
      ahead = a * ahead + b * (this.sent[base + at] + d);
    }
    const before = this.output[i];
    let wanted = ahead - this.setpoint[i];
    let free = ahead;
    for (let k = 0; k < MOVES; k++) {
      wanted *= this.approach[i];
      free = a * free + b * (before + d);
      this.errors[k] = this.setpoint[i] + wanted - free;
    }
    const move = this.problems[i]?.solve(this.errors, this.rate[i], this.high[i] - before, before - this.low[i]) ?? 0;
    const output = Math.min(this.high[i], Math.max(this.low[i], before + move));
    this.output[i] = output;
    // The observer goes on by one sample with what reaches the process during it.
    const reaching = delay === 0 ? output : this.sent[base + ((this.place[i] + ring - delay) % ring)];
    this.state[i] = a * corrected + b * (reaching + d) + this.stateGain[i] * innovation;
    this.load[i] = d + this.loadGain[i] * innovation;
    this.sent[base + this.place[i]] = output;
    this.place[i] = (this.place[i] + 1) % ring;
  }

  /** The whole state with the settings, for snapshots; call `restored` after they have been filled. */
  arrays(): Float64Array[] {
    return [
      this.setpoint,
      this.measurement,
      this.output,
      this.state,
      this.load,
      this.enabled,
      this.sent,
      this.place,
      this.decay,
      this.drive,
      this.delaySteps,
      this.stateGain,
      this.loadGain,
      this.approach,
      this.low,
      this.high,
      this.rate,
      this.suppression,
    ];
  }

  /** After the arrays have been filled: what follows from the models. */
  restored(): void {
    for (let i = 0; i < this.count; i++) if (this.drive[i] !== 0) this.rebuild(i);
  }
}
