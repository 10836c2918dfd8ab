// A step test that a person starts and watches: waits until the loop is at rest, steps its output, records the answer,
// identifies the process and proposes a tuning. It takes nothing over by itself; whatever happens, the loop gets its mode and
// output back without a jump.

import { type Identification, identifyStep } from './identification.ts';
import type { PidBank } from './pid.ts';
import type { ProcessModel } from './process-model.ts';
import { type PredictedResponse, predictResponse } from './response.ts';
import { type SimcTuning, simcTuning } from './simc.ts';
import { FAILURES, type StepTestFailure } from './step-test-failures.ts';

export interface StepTestOptions {
  /** Output units; the other direction is taken when the limits leave no room. */
  readonly stepSize: number;
  /** At rest: the means of two neighbouring halves of the window differ by less than the tolerance (measurement units, s). */
  readonly steadyTolerance: number;
  readonly steadyWindow: number;
  /** Longest times to wait for rest and to record, s. */
  readonly longestWait: number;
  readonly longestRecord: number;
  /** The measurement must stay between these, or the test is broken off. */
  readonly lowest: number;
  readonly highest: number;
  /** A change of the measurement below this is no answer; one above ends the record (integrating processes). */
  readonly smallestResponse: number;
  readonly largestResponse: number;
  /** τ_c of the proposal, s; by default the identified delay. */
  readonly closedLoopTime?: number;
}

export type StepTestPhase = 'idle' | 'settling' | 'baseline' | 'recording' | 'restoring' | 'done' | 'failed';
const PHASES: readonly StepTestPhase[] = ['idle', 'settling', 'baseline', 'recording', 'restoring', 'done', 'failed'];
const IDLE = 0;
const SETTLING = 1;
const BASELINE = 2;
const RECORDING = 3;
const RESTORING = 4;
const DONE = 5;
const FAILED = 6;

/** Samples kept; the record is thinned by taking every second when it is full. */
const CAPACITY = 1024;
const LEAST_R_SQUARED = 0.85;
/** Windows after the step before rest can end the record. */
const FEWEST_WINDOWS = 4;

export interface TuningProposal {
  readonly identification: Identification;
  /** The model for tuning and prediction: as identified, its delay no shorter than the samples resolve. */
  readonly model: ProcessModel;
  readonly tuning: SimcTuning;
  readonly predicted: { readonly setpoint: PredictedResponse; readonly load: PredictedResponse };
}

/** Indices into the state's numbers. */
const N = {
  phase: 0,
  failure: 1,
  clock: 2,
  phaseStart: 3,
  wasAutomatic: 4,
  baseOutput: 5,
  stepTime: 6,
  stepSize: 7,
  samples: 8,
  stride: 9,
  sinceSample: 10,
  blockSum: 11,
  blockCount: 12,
  blockStart: 13,
  lastMean: 14,
  baseMean: 15,
} as const;

/** Where a test keeps its numbers and its record; handed over, a test goes on or stays to be read with another bank. */
export interface StepTestMemory {
  readonly n: Float64Array;
  readonly time: Float64Array;
  readonly measurement: Float64Array;
}

export const stepTestMemory = (): StepTestMemory => ({
  n: new Float64Array(16),
  time: new Float64Array(CAPACITY),
  measurement: new Float64Array(CAPACITY),
});

export class StepTest {
  private readonly n: Float64Array;
  private readonly time: Float64Array;
  private readonly measurement: Float64Array;
  private cached: TuningProposal | null = null;

  constructor(
    private readonly bank: PidBank,
    readonly loop: number,
    readonly options: StepTestOptions,
    memory: StepTestMemory = stepTestMemory(),
  ) {
    this.n = memory.n;
    this.time = memory.time;
    this.measurement = memory.measurement;
  }

  get phase(): StepTestPhase {
    return PHASES[this.n[N.phase]];
  }

  /** Why the test failed, with words for people; null unless it has. */
  get failure(): { readonly kind: StepTestFailure; readonly words: string } | null {
    return this.n[N.phase] === FAILED ? FAILURES[this.n[N.failure]] : null;
  }

  /** 0–1, never falling. */
  get progress(): number {
    const { n, options } = this;
    const share = (longest: number): number => Math.min(1, (n[N.clock] - n[N.phaseStart]) / longest);
    switch (n[N.phase]) {
      case IDLE:
        return 0;
      case SETTLING:
        return 0.2 * share(options.longestWait);
      case BASELINE:
        return 0.2 + 0.1 * share(options.steadyWindow);
      case RECORDING:
        return 0.3 + 0.6 * share(options.longestRecord);
      case RESTORING:
        return 0.9 + 0.1 * share(options.steadyWindow);
      default:
        return 1;
    }
  }

  /** The record so far: s since the start, measurement. */
  record(): { readonly time: Float64Array; readonly measurement: Float64Array } {
    const samples = this.n[N.samples];
    return { time: this.time.slice(0, samples), measurement: this.measurement.slice(0, samples) };
  }

  /** The step made, output units, and when, s since the start; null before it. */
  get stepMade(): { readonly size: number; readonly time: number } | null {
    const { n } = this;
    return n[N.stepSize] === 0 ? null : { size: n[N.stepSize], time: n[N.stepTime] };
  }

  /** What was found; null unless the test is done. */
  get proposal(): TuningProposal | null {
    if (this.n[N.phase] !== DONE) return null;
    this.cached ??= this.identify();
    return this.cached;
  }

  /** Starts or restarts; the loop goes to manual where it is. A running test is cancelled first. */
  start(): void {
    if (this.isRunning) this.cancel();
    this.cached = null;
    this.n.fill(0);
    this.n[N.phase] = SETTLING;
    this.n[N.stride] = 1;
    this.n[N.lastMean] = Number.NaN;
    this.n[N.wasAutomatic] = this.bank.mode(this.loop) === 'automatic' ? 1 : 0;
    this.n[N.baseOutput] = this.bank.output[this.loop];
    this.bank.setManual(this.loop);
  }

  get isRunning(): boolean {
    const phase = this.n[N.phase];
    return phase >= SETTLING && phase <= RESTORING;
  }

  /** Ends a running test; the loop gets its mode back. */
  cancel(why: 'cancelled' | 'edited' = 'cancelled'): void {
    if (this.isRunning) this.fail(why);
  }

  /** Call at each control step, after the measurements are written and before the bank steps by the same dt (s). */
  step(dt: number): void {
    if (!this.isRunning) return;
    const y = this.bank.measurement[this.loop];
    if (!Number.isFinite(y)) this.fail('bad-signal');
    else if (y < this.options.lowest || y > this.options.highest) this.fail('out-of-range');
    else this.advance(y, dt);
    this.n[N.clock] += dt;
  }

  private advance(y: number, dt: number): void {
    const { n, options } = this;
    const isSteady = this.rest(y);
    const elapsed = n[N.clock] - n[N.phaseStart];
    if (n[N.phase] === SETTLING) {
      if (isSteady) this.enter(BASELINE);
      else if (elapsed > options.longestWait) this.fail('not-steady');
    }
    if (n[N.phase] === BASELINE || n[N.phase] === RECORDING) this.sample(y, dt);
    if (n[N.phase] === BASELINE && n[N.clock] - n[N.phaseStart] >= options.steadyWindow) this.makeStep();
    else if (n[N.phase] === RECORDING) this.watchRecord(y, elapsed, isSteady);
    if (n[N.phase] === RESTORING) this.restore(dt);
  }

  private enter(phase: number): void {
    this.n[N.phase] = phase;
    this.n[N.phaseStart] = this.n[N.clock];
  }

  /** Means over half windows. @returns whether the last two agree, once at the end of each */
  private rest(y: number): boolean {
    const { n, options } = this;
    n[N.blockSum] += y;
    n[N.blockCount] += 1;
    if (n[N.clock] - n[N.blockStart] < 0.5 * options.steadyWindow) return false;
    const mean = n[N.blockSum] / n[N.blockCount];
    const agrees = Math.abs(mean - n[N.lastMean]) < options.steadyTolerance;
    n[N.lastMean] = mean;
    n[N.blockSum] = 0;
    n[N.blockCount] = 0;
    n[N.blockStart] = n[N.clock];
    return agrees;
  }

  private sample(y: number, dt: number): void {
    const { n } = this;
    n[N.sinceSample] += 1;
    // No finer than the record can hold without thinning more than needed.
    const wanted = Math.max(1, Math.floor((this.options.longestRecord + this.options.steadyWindow) / dt / CAPACITY));
    if (n[N.sinceSample] < Math.max(wanted, n[N.stride]) && n[N.samples] > 0) return;
    n[N.sinceSample] = 0;
    if (n[N.samples] === CAPACITY) {
      for (let k = 0; k < CAPACITY / 2; k++) {
        this.time[k] = this.time[2 * k];
        this.measurement[k] = this.measurement[2 * k];
      }
      n[N.samples] = CAPACITY / 2;
      n[N.stride] = 2 * Math.max(wanted, n[N.stride]);
    }
    this.time[n[N.samples]] = n[N.clock];
    this.measurement[n[N.samples]] = y;
    n[N.samples] += 1;
  }

  private makeStep(): void {
    const { n, bank, loop, options } = this;
    n[N.baseMean] = n[N.lastMean];
    for (const size of [options.stepSize, -options.stepSize]) {
      const wanted = n[N.baseOutput] + size;
      bank.setManual(loop, wanted);
      if (bank.output[loop] === wanted) {
        n[N.stepTime] = n[N.clock];
        n[N.stepSize] = size;
        this.enter(RECORDING);
        return;
      }
    }
    this.fail('no-room');
  }

  private watchRecord(y: number, elapsed: number, isSteady: boolean): void {
    const { n, options } = this;
    const moved = Math.abs(y - n[N.baseMean]);
    const finished = isSteady && elapsed >= FEWEST_WINDOWS * options.steadyWindow && moved > options.smallestResponse;
    if (!finished && moved <= options.largestResponse && elapsed < options.longestRecord) return;
    if (moved < options.smallestResponse) this.fail('no-response');
    else if (this.identify() === null) this.fail('poor-fit');
    else this.enter(RESTORING);
  }

  private identify(): TuningProposal | null {
    const { n, options } = this;
    const found = identifyStep({ ...this.record(), stepTime: n[N.stepTime], stepSize: n[N.stepSize] });
    if ('failure' in found || found.rSquared < LEAST_R_SQUARED) return null;
    // A delay below what the samples resolve would ask for a gain without bound.
    const record = this.record().time;
    const resolved = (record[record.length - 1] - record[0]) / (record.length - 1);
    const delay = Math.max(found.model.delay, resolved);
    const model: ProcessModel = { ...found.model, delay };
    const tuning = simcTuning(model, options.closedLoopTime);
    return { identification: found, model, tuning, predicted: predictResponse(model, tuning.pid) };
  }

  /** A loop that was automatic takes over from the present output; one in manual gets its output back along a ramp. */
  private restore(dt: number): void {
    const { n, bank, loop, options } = this;
    if (n[N.wasAutomatic] === 1) {
      bank.setAutomatic(loop);
      this.enter(DONE);
      return;
    }
    const left = n[N.phaseStart] + options.steadyWindow - n[N.clock];
    if (left <= dt) {
      bank.setManual(loop, n[N.baseOutput]);
      this.enter(DONE);
    } else {
      bank.setManual(loop, bank.output[loop] + ((n[N.baseOutput] - bank.output[loop]) * dt) / left);
    }
  }

  private fail(kind: StepTestFailure): void {
    const { n, bank, loop } = this;
    n[N.failure] = FAILURES.findIndex((f) => f.kind === kind);
    // By hand the old output is the safe one, and the ramp's time is not to be had when the signal is lost.
    if (n[N.wasAutomatic] === 1) bank.setAutomatic(loop);
    else bank.setManual(loop, n[N.baseOutput]);
    this.enter(FAILED);
  }

  /** The whole state, for snapshots; the bank's is its own. */
  arrays(): Float64Array[] {
    return [this.n, this.time, this.measurement];
  }
}
