// Lock-in detectors: amplitude, phase and frequency of every chamber at the drive frequency, and means of its flows,
// once per window of whole cycles. Hann-weighted, so that other frequencies leak little. Not here: coherence, metrics.

import { atan2, cos, TWO_PI } from '../numerics/elementary.ts';
import type { StepCoefficients } from './coefficients.ts';
import type { WindowSums } from './step.ts';

/** Results of the last whole window, per chamber unless said. */
export interface WindowReadings {
  /** Number of windows completed; 0 means the arrays are not yet meaningful. */
  count: number;
  /** Simulated seconds of the window and its end. */
  duration_s: number;
  end_s: number;
  /** Cosine and sine part of p′ = c·cos φ + s·sin φ, Pa. */
  readonly cosine: Float64Array;
  readonly sine: Float64Array;
  /** Phase of the window before, rad; NaN before the second window. */
  readonly previousPhase: Float64Array;
  readonly pressure: Float64Array;
  /** T − 300 K. */
  readonly temperature: Float64Array;
  readonly drivePower: Float64Array;
  readonly wallHeat: Float64Array;
  readonly friction: Float64Array;
  readonly minorLoss: Float64Array;
  /** Largest |q| of each duct over the window, m³/s. */
  readonly peakFlow: Float64Array;
}

export class OscillationDetector {
  readonly sums: WindowSums;
  readonly readings: WindowReadings;
  /** [steps in the window, steps done in it, windows completed, duration, end]. */
  readonly progress = new Float64Array(5);

  constructor(chambers: number, ducts: number) {
    const perChamber = () => new Float64Array(chambers);
    this.sums = {
      weight: 0,
      pressureCos: perChamber(),
      pressureSin: perChamber(),
      offset: perChamber(),
      pressure: perChamber(),
      temperature: perChamber(),
      driveWork: perChamber(),
      wallHeat: perChamber(),
      friction: perChamber(),
      minorLoss: perChamber(),
      peakFlow: new Float64Array(ducts),
    };
    this.readings = {
      count: 0,
      duration_s: 0,
      end_s: 0,
      cosine: perChamber(),
      sine: perChamber(),
      previousPhase: perChamber().fill(Number.NaN),
      pressure: perChamber(),
      temperature: perChamber(),
      drivePower: perChamber(),
      wallHeat: perChamber(),
      friction: perChamber(),
      minorLoss: perChamber(),
      peakFlow: new Float64Array(ducts),
    };
  }

  /** Starts a new window of `steps` steps; `offset` (Pa) is subtracted before the lock-in. */
  begin(steps: number, offset: Float64Array): void {
    const { sums } = this;
    for (const sum of sumArrays(sums)) sum.fill(0);
    sums.offset.set(offset);
    this.progress[0] = steps;
    this.progress[1] = 0;
    this.weigh();
  }

  /** Counts one step. @returns whether the window is complete */
  advance(): boolean {
    this.progress[1] += 1;
    this.weigh();
    return this.progress[1] >= this.progress[0];
  }

  /** Weight of the step to come: Hann over the window, mean 1. */
  private weigh(): void {
    this.sums.weight = 1 - cos((TWO_PI * (this.progress[1] + 1)) / this.progress[0]);
  }

  /** Turns the sums of a complete window into readings. */
  finish({ timeStep, meanOfStep }: Pick<StepCoefficients, 'timeStep' | 'meanOfStep'>, endS: number): void {
    const { sums, readings } = this;
    const steps = this.progress[0];
    const duration = steps * timeStep;
    for (let i = 0; i < sums.pressure.length; i++) {
      readings.previousPhase[i] = readings.count > 0 ? phaseOf(readings, i) : Number.NaN;
      readings.cosine[i] = (2 * sums.pressureCos[i]) / steps;
      readings.sine[i] = (2 * sums.pressureSin[i]) / steps;
      readings.pressure[i] = sums.pressure[i] / steps;
      readings.temperature[i] = sums.temperature[i] / steps;
      readings.drivePower[i] = sums.driveWork[i] / duration;
      readings.wallHeat[i] = sums.wallHeat[i] / duration;
      readings.friction[i] = sums.friction[i] / duration;
      readings.minorLoss[i] = sums.minorLoss[i] / duration;
    }
    for (let e = 0; e < sums.peakFlow.length; e++) readings.peakFlow[e] = sums.peakFlow[e] / meanOfStep;
    readings.duration_s = duration;
    readings.end_s = endS;
    readings.count += 1;
  }

  /** Forgets the readings (after a change that makes them meaningless). */
  forget(): void {
    this.readings.count = 0;
    this.readings.previousPhase.fill(Number.NaN);
  }

  /** Everything a snapshot must keep so that a continued run is the same run. */
  arrays(): Float64Array[] {
    this.progress[2] = this.readings.count;
    this.progress[3] = this.readings.duration_s;
    this.progress[4] = this.readings.end_s;
    const r = this.readings;
    return [
      this.progress,
      this.sums.offset,
      ...sumArrays(this.sums),
      r.cosine,
      r.sine,
      r.previousPhase,
      r.pressure,
      r.temperature,
      r.drivePower,
      r.wallHeat,
      r.friction,
      r.minorLoss,
      r.peakFlow,
    ];
  }

  /** After arrays() have been overwritten from a snapshot. */
  restored(): void {
    this.readings.count = this.progress[2];
    this.readings.duration_s = this.progress[3];
    this.readings.end_s = this.progress[4];
    this.weigh();
  }
}

const sumArrays = (s: WindowSums): Float64Array[] => [
  s.pressureCos,
  s.pressureSin,
  s.pressure,
  s.temperature,
  s.driveWork,
  s.wallHeat,
  s.friction,
  s.minorLoss,
  s.peakFlow,
];

/** Phase of the phasor P, p′ = Re[P e^{iφ}]: P = c − i s. */
export const phaseOf = (r: WindowReadings, i: number): number => atan2(-r.sine[i], r.cosine[i]);
export const amplitudeOf = (r: WindowReadings, i: number): number =>
  Math.sqrt(r.cosine[i] * r.cosine[i] + r.sine[i] * r.sine[i]);
