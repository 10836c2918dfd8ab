// What a person does with the gains of a loop: a step test that proposes some, those the scenario gives and those before, and the record
// of what the loop then made of a setpoint step. Carries over when the controller is built anew, as every edit of a setpoint does.

import { StepTest, type StepTestMemory, type StepTestOptions, stepTestMemory } from '../controller/autotune.ts';
import { KeptGains, type PiGains } from '../controller/kept-gains.ts';
import type { PidBank } from '../controller/pid.ts';
import { SetpointRecord } from '../controller/setpoint-record.ts';

/** At rest: within 200 Pa over a second, half a minute at most to find it; an answer is 2 kPa at least and ends at 500 kPa. */
const TEST = {
  steadyTolerance: 200,
  steadyWindow: 1,
  longestWait: 30,
  smallestResponse: 2000,
  largestResponse: 5e5,
} as const;
/** Shortest and longest record of a step test, s. */
export const RECORD_LIMITS_S: readonly [number, number] = [4, 600];
/** A setpoint step is recorded for so many closed-loop times, and at least so long, s. */
const RECORD_TIMES = 40;
const LEAST_RECORD_S = 20;

export interface StepTestRequest {
  readonly loop: number;
  /** Step of the output, 0–1; negative: downwards. */
  readonly size: number;
  /** Longest record, s. */
  readonly longestRecord: number;
  /** Bounds of the measurement during the test, Pa. */
  readonly lowest: number;
  readonly highest: number;
}

/** What is wrong with a request to one of `loops` loops: message and remedy; null: nothing. */
export function requestProblem(
  { loop, size, longestRecord }: StepTestRequest,
  loops: number,
): readonly [message: string, remedy: string] | null {
  const [least, most] = RECORD_LIMITS_S;
  if (!(Number.isInteger(loop) && loop >= 0 && loop < loops))
    return [`There is no loop ${loop} of ${loops}.`, `Loops are numbered 0 to ${loops - 1}.`];
  if (!(Math.abs(size) > 0 && Math.abs(size) < 1))
    return [`${size} is no step of the output.`, 'Give a step above 0 and below 1 (100 %).'];
  if (!(longestRecord >= least && longestRecord <= most))
    return [`A record of ${longestRecord} s is not possible.`, `Give ${least} to ${most} s.`];
  return null;
}

export class LoopTuning {
  readonly gains: KeptGains;
  readonly record = new SetpointRecord();
  private present: StepTest | null = null;
  /** [whether there is a test, loop, size, longest record, lowest, highest, closed-loop time]. */
  private readonly asked = new Float64Array(7);
  private readonly memory: StepTestMemory = stepTestMemory();

  /** @param given gains per loop, as the scenario gives them */
  constructor(
    private readonly bank: PidBank,
    given: readonly (PiGains | null)[],
  ) {
    this.gains = new KeptGains(given);
  }

  /** The step test that runs or ran last; null before the first. */
  get test(): StepTest | null {
    return this.present;
  }

  get isTesting(): boolean {
    return this.present?.isRunning ?? false;
  }

  /** Begins a step test. @param closedLoopTime τ_c of its proposal, s */
  start(request: StepTestRequest, closedLoopTime: number): void {
    const { loop, size, longestRecord, lowest, highest } = request;
    this.asked.set([1, loop, size, longestRecord, lowest, highest, closedLoopTime]);
    this.present = this.made();
    this.present.start();
    this.record.watch(loop);
  }

  private made(): StepTest {
    const [, loop, stepSize, longestRecord, lowest, highest, closedLoopTime] = this.asked;
    const options: StepTestOptions = { ...TEST, stepSize, longestRecord, lowest, highest, closedLoopTime };
    return new StepTest(this.bank, loop, options, this.memory);
  }

  /** One control step, before the bank's. */
  step(dt: number): void {
    this.present?.step(dt);
  }

  /** After the bank's step: notes what the watched loop does. @param closedLoopTime wanted, s */
  note(dt: number, closedLoopTime: number): void {
    const { loop } = this.record;
    if (loop >= this.bank.count) return;
    const longest = Math.max(LEAST_RECORD_S, RECORD_TIMES * closedLoopTime);
    this.record.step(dt, this.bank.setpoint[loop], this.bank.measurement[loop], longest);
  }

  /**
   * Takes over from the same loops of a controller before; a running test ends.
   * @param had gains that a loop used @returns loops whose gains are others now
   */
  inherit(from: LoopTuning, had: (loop: number) => PiGains): number[] {
    const changed = this.gains.inherit(from.gains, had);
    const old = from.ownArrays();
    this.ownArrays().forEach((array, m) => {
      array.set(old[m]);
    });
    this.restored();
    this.present?.cancel('edited');
    return changed;
  }

  /** The state, for snapshots. */
  arrays(): Float64Array[] {
    return [...this.ownArrays(), ...this.gains.arrays()];
  }

  private ownArrays(): Float64Array[] {
    const { n, time, measurement } = this.memory;
    return [this.asked, n, time, measurement, ...this.record.arrays()];
  }

  /** After the arrays have been filled. */
  restored(): void {
    this.present = this.asked[0] === 1 ? this.made() : null;
  }
}

/** How a step test of `place` ended, for the log. */
export function testOutcome(test: StepTest | null, place: string): string {
  if (!test) return 'Step test ended';
  const found = test.proposal?.identification;
  const how = test.failure
    ? test.failure.words
    : found
      ? `fits with R² ${found.rSquared.toFixed(3)}`
      : 'nothing was found';
  return `Step test of ${place} ended: ${how}`;
}
