// When the session's farm steps: turns within the pace that is asked, steps on call, the fast-forward, how long averaged steps
// are. Does not choose or replace the farm, and tells the page nothing but through its host.

import type { Problem } from '../engine/config/problem.ts';
import type { Farm } from '../engine/farm.ts';
import { Pacing } from '../engine/schedule.ts';
import { FAST_FORWARD_STEP_S, FastForward } from './fast-forward.ts';
import type { FarmEvent, Status } from './protocol.ts';
import { RateMeter } from './rate-meter.ts';
import type { SessionReadings } from './session-readings.ts';

/** Between two statuses of a running farm, ms of wall time. */
export const STATUS_MS = 100;
const BURST_MS = 10;
/** Below this time scale one watches the cycles. */
const SLOW_MOTION = 0.5;
/** Averaged steps per wall second at most while their length is free, and the shortest, s. */
const AVERAGED_RATE = 2;
const SHORTEST_AVERAGED_S = 0.5;

/** What of a session its runner needs; the farm may be replaced as the session goes on. */
export interface RunnerHost {
  farm(): Farm;
  readonly readings: SessionReadings;
  /** Wall clock, ms. */
  now(): number;
  record(kind: FarmEvent['kind'], message: string): void;
  /** Offers the streamed field if it has changed. */
  offerFrame(): void;
  /** The next frame counts as changed. */
  renewFrame(): void;
  sendStatus(): void;
  /** Sends a status unless the last one is young. */
  sendDueStatus(): void;
}

/** The part of the status that tells how the farm is run. */
export type Pace = Pick<Status, 'running' | 'realTimeFactor' | 'timeScale' | 'nsPerChamberStep' | 'fastForward'>;

export class Runner {
  private readonly pacing = new Pacing(1);
  private readonly rate = new RateMeter();
  private running = false;
  private fastForward: FastForward | null = null;
  /** Whether the farm goes on running after the fast-forward. */
  private runningAfter = false;

  constructor(private readonly host: RunnerHost) {}

  get isRunning(): boolean {
    return this.running;
  }

  pace(): Pace {
    return {
      running: this.running,
      realTimeFactor: this.running ? this.rate.realTime : 0,
      timeScale: this.pacing.timeScale,
      nsPerChamberStep: this.rate.nsPerChamberStep,
      fastForward: this.fastForward?.progress() ?? null,
    };
  }

  /**
   * One turn of the engine: steps that are due, for at most a short burst of wall time; then frame and status.
   * @returns ms until it wants the next turn; null while paused
   */
  turn(): number | null {
    if (!this.running) return null;
    const { host, pacing } = this;
    const farm = host.farm();
    const started = host.now();
    if (this.fastForward) return this.turnForward(this.fastForward, started);
    const modeBefore = farm.mode;
    farm.chooseMode(this.isLooking);
    // Scopes draw smooth curves through long steps; slow motion shows the steps themselves.
    farm.isWatched = pacing.timeScale < SLOW_MOTION;
    if (farm.mode !== modeBefore) this.changedMode();
    const timeStep = farm.stepLength_s;
    const due = pacing.due(started / 1000, timeStep);
    let done = 0;
    let elapsed = 0;
    while (done < due && elapsed < BURST_MS && farm.intact && farm.stepLength_s === timeStep) {
      // One step at a time: a step of a large farm takes longer than a burst, one of a small farm costs no more for it.
      done += farm.step(1);
      host.readings.collect(farm);
      elapsed = host.now() - started;
    }
    pacing.spend(done, timeStep);
    this.count(elapsed, done);
    if (!farm.intact) this.broke();
    host.offerFrame();
    host.sendDueStatus();
    if (done < due) return 0;
    return Math.min(STATUS_MS, 1000 * pacing.wait(timeStep));
  }

  /** A turn of the fast-forward: as many slow steps as fit into a burst. */
  private turnForward(forward: FastForward, started: number): number {
    const { host } = this;
    const farm = host.farm();
    let elapsed = 0;
    let done = 0;
    let outcome: ReturnType<FastForward['follow']> = 'on';
    while (outcome === 'on' && elapsed < BURST_MS && farm.mode === 'averaged') {
      done += farm.step(1);
      host.readings.collect(farm);
      outcome = forward.follow(host.readings.metrics);
      elapsed = host.now() - started;
    }
    this.count(elapsed, done);
    if (outcome === 'done') this.stopFastForward(`In thermal balance after ${hours(forward.progress().elapsed_s)}`);
    else if (outcome === 'given up')
      this.stopFastForward(`No thermal balance within ${hours(forward.progress().elapsed_s)}`);
    else if (farm.mode !== 'averaged')
      this.stopFastForward(farm.modeRemark ?? 'The farm cannot be averaged any longer.');
    host.offerFrame();
    host.sendDueStatus();
    return 0;
  }

  /** @throws Error when asked to run a farm that has left what can be computed */
  setRunning(running: boolean): void {
    const { host } = this;
    if (running && !host.farm().intact)
      throw new Error('The farm has left what can be computed: reset it or load a scenario.');
    this.running = running;
    this.restart();
    host.offerFrame();
    host.sendStatus();
  }

  pause(): void {
    this.endFastForward();
    this.setRunning(false);
  }

  /** Pauses and does n steps, as far as the farm stays intact. @throws Error unless n is a whole number from 1 to 1000000 */
  step(n: number): void {
    if (!(Number.isInteger(n) && n >= 1 && n <= 1_000_000))
      throw new Error(`Cannot step ${n} times: give a whole number from 1 to 1000000.`);
    const { readings } = this.host;
    const farm = this.host.farm();
    this.endFastForward();
    this.running = false;
    for (let m = 0; m < n && farm.intact; m++) {
      farm.step(1);
      readings.collect(farm);
    }
    if (!farm.intact) this.broke();
  }

  /** @param scale simulated over wall time @throws Error outside 1e-6 to 1e6 */
  setTimeScale(scale: number): void {
    if (!(scale >= 1e-6 && scale <= 1e6)) throw new Error(`A time scale of ${scale} is outside 1e-6 to 1e6.`);
    this.pacing.timeScale = scale;
    this.pacing.stop();
    // A fast-forward goes as fast as it can, whatever the scale.
    if (!this.fastForward) this.lengthenSteps();
    this.host.sendStatus();
  }

  /** Runs forward to thermal balance. @returns why the farm cannot; null: it does */
  startFastForward(): Problem | null {
    const farm = this.host.farm();
    const problem = farm.modes.average();
    if (problem) return problem;
    if (!this.fastForward) this.runningAfter = this.running;
    this.fastForward = new FastForward(farm);
    this.host.record('note', 'Fast-forward to thermal balance');
    this.setRunning(true);
    return null;
  }

  cancelFastForward(): void {
    if (this.fastForward) this.stopFastForward('Fast-forward cancelled');
  }

  private stopFastForward(message: string): void {
    this.endFastForward();
    this.host.record('note', message);
    this.setRunning(this.runningAfter);
  }

  private endFastForward(): void {
    if (!this.fastForward) return;
    const { readings } = this.host;
    const farm = this.host.farm();
    this.fastForward = null;
    farm.modes.resumeFidelity();
    this.lengthenSteps();
    readings.refresh(farm);
  }

  /** After an edit of the farm, which may have ended the averaged mode. */
  edited(): void {
    if (this.fastForward) this.goOnForward();
    if (!this.fastForward) this.lengthenSteps();
  }

  private goOnForward(): void {
    const { modes } = this.host.farm();
    const problem = modes.average();
    if (problem) this.stopFastForward(problem.message);
    else modes.averagedStep_s = FAST_FORWARD_STEP_S;
  }

  /** After the host's farm was replaced; ends the fast-forward. */
  replaced(): void {
    if (this.fastForward) this.running = this.runningAfter;
    this.fastForward = null;
    this.lengthenSteps();
    this.restart();
  }

  /** Forgets the clock and begins to measure. */
  private restart(): void {
    this.pacing.stop();
    this.rate.start(this.host.now(), this.host.farm().time_s);
  }

  /** Somebody watches single cycles: a chamber is selected, or time runs slowly. */
  private get isLooking(): boolean {
    return this.host.farm().recorder.selected.length > 0 || this.pacing.timeScale < SLOW_MOTION;
  }

  /** Averaged steps as long as the pace wants, within what the farm allows. */
  private lengthenSteps(): void {
    const { timeScale } = this.pacing;
    const { modes, values } = this.host.farm();
    const longest = values['simulation.averaged_step_s'];
    modes.averagedStep_s = Math.min(longest, Math.max(SHORTEST_AVERAGED_S, timeScale / AVERAGED_RATE));
  }

  private changedMode(): void {
    this.pacing.stop();
    this.lengthenSteps();
    this.host.renewFrame();
  }

  private broke(): void {
    const { host } = this;
    this.running = false;
    host.record(
      'limit',
      `${host.farm().stopReason ?? 'A limit was reached.'} The farm stopped here. Reset it, or undo the last edit and reset.`,
    );
    host.sendStatus();
  }

  private count(elapsedMs: number, steps: number): void {
    const farm = this.host.farm();
    this.rate.count(this.host.now(), farm.time_s, elapsedMs, steps * farm.layout.count);
  }
}

/** Simulated time for people. */
const hours = (seconds: number): string =>
  seconds < 3600 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
