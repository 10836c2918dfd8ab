// A bank of PID controllers over typed arrays: parallel form, derivative of the measurement, back-calculation, bumpless between manual
// and automatic and between tunings (Åström & Hägglund 1995, chapter 3). Not here: which gains (simc.ts), what the output moves.

import { exp } from '../../numerics/elementary.ts';
import { filterTime, type PidTuning, trackingTime, tuningProblem } from './tuning.ts';

/** Off: the output stands where it is and nothing is computed. Manual: the output is what was set by hand, and the integral follows. */
export type PidMode = 'off' | 'manual' | 'automatic';
const MODES: readonly PidMode[] = ['off', 'manual', 'automatic'];
const OFF = 0;
const MANUAL = 1;
const AUTOMATIC = 2;
const NOTHING = 0;
const OUTPUT = 1;
const STALE = 2;

/**
 * The caller writes `setpoint`, `measurement` and `feedForward` and reads `output` after each step. Between steps the
 * measurement is taken as linear and the setpoint as constant, for which integral and filtered derivative are exact. A
 * measurement that is not finite freezes its loop; it takes over bumplessly when the measurement is back.
 */
export class PidBank {
  readonly setpoint: Float64Array;
  readonly measurement: Float64Array;
  /** Added to the output, in its unit. */
  readonly feedForward: Float64Array;
  readonly output: Float64Array;
  /** What the output would be without its limits. */
  readonly unlimited: Float64Array;
  /**
   * What the actuator really did with the output. A step sets it to the output; a caller whose actuator saturates or lags elsewhere
   * overwrites it before the next step, and back-calculation then unwinds against that.
   */
  readonly applied: Float64Array;

  private readonly modes: Float64Array;
  /** What the next step must start from: NOTHING new, the present OUTPUT, or that and a measurement without a STALE predecessor. */
  private readonly transfer: Float64Array;
  private readonly proportional: Float64Array;
  private readonly integralGain: Float64Array;
  private readonly derivativeGain: Float64Array;
  private readonly filter: Float64Array;
  private readonly weight: Float64Array;
  private readonly low: Float64Array;
  private readonly high: Float64Array;
  private readonly integral: Float64Array;
  private readonly derivative: Float64Array;
  private readonly lastSetpoint: Float64Array;
  private readonly lastMeasurement: Float64Array;
  /** Time constants, and the decays over a step that follow from them. */
  private readonly filterTimes: Float64Array;
  private readonly trackingTimes: Float64Array;
  private readonly filterDecay: Float64Array;
  private readonly trackingShare: Float64Array;
  /** The step (s) for which the decays hold. */
  private readonly decayStep = new Float64Array(1);

  constructor(readonly count: number) {
    const perLoop = (): Float64Array => new Float64Array(count);
    this.setpoint = perLoop();
    this.measurement = perLoop();
    this.feedForward = perLoop();
    this.output = perLoop();
    this.applied = perLoop();
    this.modes = perLoop();
    this.transfer = perLoop().fill(STALE);
    this.proportional = perLoop();
    this.integralGain = perLoop();
    this.derivativeGain = perLoop();
    this.filter = perLoop().fill(1);
    this.weight = perLoop().fill(1);
    this.low = perLoop().fill(Number.NEGATIVE_INFINITY);
    this.high = perLoop().fill(Number.POSITIVE_INFINITY);
    this.integral = perLoop();
    this.derivative = perLoop();
    this.unlimited = perLoop();
    this.lastSetpoint = perLoop();
    this.lastMeasurement = perLoop();
    this.filterTimes = perLoop();
    this.trackingTimes = perLoop().fill(Number.POSITIVE_INFINITY);
    this.filterDecay = perLoop();
    this.trackingShare = perLoop();
  }

  mode(loop: number): PidMode {
    return MODES[this.modes[loop]];
  }

  /** The gains in force. */
  tuning(loop: number): PidTuning {
    return {
      proportional: this.proportional[loop],
      integral: this.integralGain[loop],
      derivative: this.derivativeGain[loop],
      filter: this.filter[loop],
      setpointWeight: this.weight[loop],
    };
  }

  /**
   * New gains. The integral takes up what the other parts lose, so that the output does not jump. @throws RangeError when the tuning is
   * not one (tuningProblem)
   */
  tune(loop: number, tuning: PidTuning): void {
    const problem = tuningProblem(tuning);
    if (problem) throw new RangeError(problem);
    const before = this.partsWithoutIntegral(loop);
    const oldGain = this.derivativeGain[loop];
    this.derivative[loop] = oldGain === 0 ? 0 : (this.derivative[loop] * tuning.derivative) / oldGain;
    this.proportional[loop] = tuning.proportional;
    this.integralGain[loop] = tuning.integral;
    this.derivativeGain[loop] = tuning.derivative;
    this.filter[loop] = tuning.filter;
    this.weight[loop] = tuning.setpointWeight;
    this.filterTimes[loop] = filterTime(tuning);
    this.trackingTimes[loop] = trackingTime(tuning);
    if (this.decayStep[0] > 0) this.setDecays(loop, this.decayStep[0]);
    this.integral[loop] += before - this.partsWithoutIntegral(loop);
  }

  /** Limits of the output. @throws RangeError when they are in the wrong order */
  setLimits(loop: number, low: number, high: number): void {
    if (!(low <= high)) throw new RangeError(`The lower limit ${low} must not exceed the upper limit ${high}.`);
    this.low[loop] = low;
    this.high[loop] = high;
    this.output[loop] = this.limited(loop, this.output[loop]);
    this.applied[loop] = this.output[loop];
  }

  /** Holds the output by hand at a value, within the limits; without one, where it is. */
  setManual(loop: number, value = this.output[loop]): void {
    this.modes[loop] = MANUAL;
    this.output[loop] = this.limited(loop, value);
    this.applied[loop] = this.output[loop];
  }

  /** Hands over to the controller, which starts from the present output. */
  setAutomatic(loop: number): void {
    if (this.modes[loop] !== AUTOMATIC) this.transfer[loop] = Math.max(this.transfer[loop], OUTPUT);
    this.modes[loop] = AUTOMATIC;
  }

  /** Switches a loop off; its output stands. */
  disable(loop: number): void {
    this.modes[loop] = OFF;
    this.transfer[loop] = STALE;
  }

  /** Advances all loops by dt (s, > 0). */
  step(dt: number): void {
    if (dt !== this.decayStep[0]) {
      this.decayStep[0] = dt;
      for (let i = 0; i < this.count; i++) this.setDecays(i, dt);
    }
    for (let i = 0; i < this.count; i++) {
      if (this.modes[i] !== OFF) this.stepLoop(i, dt);
    }
  }

  private stepLoop(i: number, dt: number): void {
    const y = this.measurement[i];
    const r = this.setpoint[i];
    if (!Number.isFinite(y) || !Number.isFinite(r)) {
      this.transfer[i] = STALE;
      return;
    }
    const automatic = this.modes[i] === AUTOMATIC;
    const continues = automatic && this.transfer[i] === NOTHING;
    if (this.transfer[i] === STALE) {
      this.derivative[i] = 0;
    } else {
      const last = this.lastMeasurement[i];
      const decay = this.filterDecay[i];
      this.derivative[i] = decay * this.derivative[i] - (this.derivativeGain[i] * (1 - decay) * (y - last)) / dt;
      if (continues) {
        this.integral[i] += this.integralGain[i] * dt * (this.lastSetpoint[i] - 0.5 * (y + last));
        this.integral[i] += this.trackingShare[i] * (this.applied[i] - this.unlimited[i]);
      }
    }
    this.lastMeasurement[i] = y;
    this.lastSetpoint[i] = r;
    const parts = this.partsWithoutIntegral(i);
    if (!continues) this.integral[i] = this.output[i] - parts;
    this.unlimited[i] = parts + this.integral[i];
    // parts + (output − parts) may differ from the output in the last bit: a loop that does not continue leaves it alone.
    if (continues) this.output[i] = this.limited(i, this.unlimited[i]);
    this.applied[i] = this.output[i];
    this.transfer[i] = NOTHING;
  }

  /** Feed-forward, proportional and derivative part at the last step's setpoint and measurement. */
  private partsWithoutIntegral(i: number): number {
    return (
      this.feedForward[i] +
      this.proportional[i] * (this.weight[i] * this.lastSetpoint[i] - this.lastMeasurement[i]) +
      this.derivative[i]
    );
  }

  private setDecays(i: number, dt: number): void {
    // exp(−dt/0) = 0: without a filter the derivative is the plain difference.
    this.filterDecay[i] = this.filterTimes[i] > 0 ? exp(-dt / this.filterTimes[i]) : 0;
    this.trackingShare[i] = 1 - exp(-dt / this.trackingTimes[i]);
  }

  private limited(i: number, value: number): number {
    return Math.min(this.high[i], Math.max(this.low[i], value));
  }

  /** The whole state, for snapshots. */
  arrays(): Float64Array[] {
    return [
      this.setpoint,
      this.measurement,
      this.feedForward,
      this.output,
      this.applied,
      this.modes,
      this.transfer,
      this.proportional,
      this.integralGain,
      this.derivativeGain,
      this.filter,
      this.weight,
      this.low,
      this.high,
      this.integral,
      this.derivative,
      this.unlimited,
      this.lastSetpoint,
      this.lastMeasurement,
      this.filterTimes,
      this.trackingTimes,
      this.filterDecay,
      this.trackingShare,
      this.decayStep,
    ];
  }
}
