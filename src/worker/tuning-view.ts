// The step test as the page shows it: its record against the fitted model, gains for a wanted closed-loop time, what they promise, and
// what a setpoint step then really did. Predictions are kept until what they rest on changes.

import type { Farm } from '../engine/farm.ts';
import { exp } from '../engine/numerics/elementary.ts';
import type { StepTest, StepTestPhase, TuningProposal } from '../engine/pressure-control/controller/autotune.ts';
import type { GainSource, GainsBefore } from '../engine/pressure-control/controller/kept-gains.ts';
import type { ProcessModel } from '../engine/pressure-control/controller/process-model.ts';
import { type PredictedResponse, predictResponse } from '../engine/pressure-control/controller/response.ts';
import { type SimcTuning, simcTuning } from '../engine/pressure-control/controller/simc.ts';
import type { PidTuning } from '../engine/pressure-control/controller/tuning.ts';
import type { PressureLoops } from '../engine/pressure-control/plant/pressure-loops.ts';

const CURVE_POINTS = 400;
/** Bands about the setpoint in which a step counts as settled, shares of the step. */
export const SETTLED = [0.02, 0.05] as const;

export interface CurveData {
  /** s. */
  readonly time: Float64Array;
  /** Pa. */
  readonly pressure: Float64Array;
}

/** How a setpoint step went or will go. */
export interface StepFigures {
  /** Share of the step. */
  readonly overshoot: number;
  /** s to stay within each band of SETTLED; null: not by the end. */
  readonly settling: readonly (number | null)[];
}

export interface TestView {
  readonly loop: number;
  readonly phase: StepTestPhase;
  readonly isRunning: boolean;
  /** 0–1. */
  readonly progress: number;
  readonly failure: string | null;
  readonly record: CurveData;
  /** s since the test began, and share of the output; null before the step. */
  readonly step: { readonly time: number; readonly size: number } | null;
}

export interface FoundView {
  readonly model: ProcessModel;
  /** Share of the record's variance that the model explains; rms of the rest, Pa. */
  readonly rSquared: number;
  readonly residual_Pa: number;
  /** Standard errors of gain (Pa per full output), time constant and delay (s). */
  readonly errors: { readonly gain: number; readonly timeConstant: number; readonly delay: number };
  readonly fitted: CurveData;
  readonly tuning: SimcTuning;
  readonly predicted: StepFigures & { readonly diverges: boolean; readonly curve: CurveData };
  /** These are the gains in use. */
  readonly inUse: boolean;
}

export interface ComparisonView {
  readonly loop: number;
  readonly from_Pa: number;
  readonly to_Pa: number;
  readonly measured: StepFigures & { readonly curve: CurveData };
  readonly predicted: StepFigures & { readonly curve: CurveData };
}

export interface TuningView {
  readonly loops: number;
  readonly test: TestView | null;
  /** null until a test has found a process. */
  readonly found: FoundView | null;
  /** Gains of the tested loop, and those before they were last changed. */
  readonly gains: { readonly now: PidTuning; readonly source: GainSource; readonly before: GainsBefore | null } | null;
  /** The last setpoint step of the tested loop, once there is one. */
  readonly comparison: ComparisonView | null;
}

/** Remembers the last few predictions. */
export class TuningViews {
  private readonly kept = new Map<string, PredictedResponse>();

  /** @param closedLoopTime τ_c of the gains shown, s; null: that of the settings. @returns null while the controller is off */
  view({ plant }: Farm, closedLoopTime: number | null): TuningView | null {
    const { loops } = plant;
    if (!loops) return null;
    const { test } = loops.tuning;
    if (!test) return { loops: loops.count, test: null, found: null, gains: null, comparison: null };
    const { proposal } = test;
    const { gains } = loops.tuning;
    return {
      loops: loops.count,
      test: testView(test),
      found: proposal && this.found(test, proposal, loops, closedLoopTime),
      gains: {
        now: loops.tuningOf(test.loop) ?? loops.bank.tuning(test.loop),
        source: gains.source(test.loop),
        before: gains.before(test.loop),
      },
      comparison: proposal && this.comparison(loops, proposal),
    };
  }

  private found(
    test: StepTest,
    proposal: TuningProposal,
    loops: PressureLoops,
    closedLoopTime: number | null,
  ): FoundView {
    const { identification, model } = proposal;
    const tuning = closedLoopTime === null ? proposal.tuning : simcTuning(model, closedLoopTime);
    const { curve, diverges } = this.predict(model, tuning.pid, 1);
    return {
      model: identification.model,
      rSquared: identification.rSquared,
      residual_Pa: identification.residual,
      errors: {
        gain: identification.gainError,
        timeConstant: identification.timeConstantError,
        delay: identification.delayError,
      },
      fitted: fitted(test, proposal),
      tuning,
      predicted: {
        ...stepFigures(curve.time, curve.measurement, 0, 1),
        diverges,
        curve: { time: curve.time, pressure: curve.measurement },
      },
      inUse: sameGains(loops.tuningOf(test.loop), tuning.pid),
    };
  }

  private comparison(loops: PressureLoops, { model }: TuningProposal): ComparisonView | null {
    const step = loops.tuning.record.recorded();
    if (!step || loops.tuning.test?.loop !== step.loop || step.from === step.to) return null;
    const { curve } = this.predict(model, loops.bank.tuning(step.loop), step.to - step.from);
    const pressure = curve.measurement.map((y) => step.from + y);
    return {
      loop: step.loop,
      from_Pa: step.from,
      to_Pa: step.to,
      measured: {
        ...stepFigures(step.time, step.measurement, step.from, step.to),
        curve: { time: step.time, pressure: step.measurement },
      },
      predicted: {
        ...stepFigures(curve.time, pressure, step.from, step.to),
        curve: { time: curve.time, pressure },
      },
    };
  }

  private predict(model: ProcessModel, tuning: PidTuning, setpointStep: number): PredictedResponse {
    const key = JSON.stringify([model, tuning, setpointStep]);
    let known = this.kept.get(key);
    if (!known) {
      known = predictResponse(model, tuning, { setpointStep }).setpoint;
      if (this.kept.size >= 4) this.kept.clear();
      this.kept.set(key, known);
    }
    return known;
  }
}

function testView(test: StepTest): TestView {
  const { time, measurement } = test.record();
  return {
    loop: test.loop,
    phase: test.phase,
    isRunning: test.isRunning,
    progress: test.progress,
    failure: test.failure?.words ?? null,
    record: thinned(time, measurement),
    step: test.stepMade,
  };
}

/** The model's answer to the step that was made, at the times of the record. */
function fitted(test: StepTest, { identification }: TuningProposal): CurveData {
  const { time } = test.record();
  const { model, start } = identification;
  const step = test.stepMade ?? { time: 0, size: 0 };
  const pressure = time.map((t) => {
    const s = t - step.time - model.delay;
    if (s <= 0) return start;
    return start + step.size * model.gain * (model.kind === 'integrating' ? s : 1 - exp(-s / model.timeConstant));
  });
  return thinned(time, pressure);
}

function thinned(time: Float64Array, pressure: Float64Array): CurveData {
  const every = Math.max(1, Math.ceil(time.length / CURVE_POINTS));
  const pick = (a: Float64Array): Float64Array => a.filter((_, k) => k % every === 0);
  return { time: pick(time), pressure: pick(pressure) };
}

/** Overshoot and settling of a step, read off a curve. */
export function stepFigures(time: ArrayLike<number>, y: ArrayLike<number>, from: number, to: number): StepFigures {
  const step = to - from;
  let beyond = 0;
  const last = SETTLED.map(() => -1);
  for (let k = 0; k < time.length; k++) {
    const away = (y[k] - to) / step;
    beyond = Math.max(beyond, away);
    SETTLED.forEach((band, b) => {
      if (Math.abs(away) > band) last[b] = k;
    });
  }
  const settling = last.map((k) => (k === time.length - 1 ? null : k < 0 ? 0 : time[k + 1]));
  return { overshoot: beyond, settling };
}

const sameGains = (a: PidTuning | null, b: PidTuning): boolean =>
  a?.proportional === b.proportional && a.integral === b.integral && a.derivative === b.derivative;
