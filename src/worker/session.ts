// The engine as the page drives it: one farm, its pacing, history and log, behind the calls of protocol.ts. Knows no
// worker: messages go out through `Outlet`, time comes in through `now`, so that it runs in tests too.

import { readScenario } from '../engine/config/read.ts';
import { writeScenario } from '../engine/config/write.ts';
import { Farm } from '../engine/farm.ts';
import type { FieldName } from '../engine/fields.ts';
import { METRIC_NAMES, type MetricName } from '../engine/metrics.ts';
import { checkEdits } from '../engine/parameters/check-edits.ts';
import { withEdits } from '../engine/parameters/edit.ts';
import { defaultValues } from '../engine/parameters/table.ts';
import { computeMetrics, type ValidityNote, validityNotes, writeField } from '../engine/readings.ts';
import { Pacing } from '../engine/schedule.ts';
import { energyFlows } from '../engine/thermodynamics/energy-flows.ts';
import { driverCalls } from './driver-calls.ts';
import { engineInfo } from './engine-info.ts';
import { FAST_FORWARD_STEP_S, FastForward } from './fast-forward.ts';
import { gasTable } from './gas-table.ts';
import { inspectChamber } from './inspect.ts';
import { plantCalls } from './plant-calls.ts';
import { pressureCalls } from './pressure-calls.ts';
import { PressureTrends } from './pressure-trends.ts';
import type {
  ChamberDetail,
  EditReply,
  FarmCalls,
  FarmEvent,
  LayoutData,
  LoadReply,
  SeriesReply,
  Status,
  WorkerNotice,
} from './protocol.ts';
import { RateMeter } from './rate-meter.ts';
import { TelemetryHistory } from './telemetry.ts';

const BURST_MS = 10;
const STATUS_MS = 100;
const EVENTS_KEPT = 1000;
const MAX_SELECTED = 16;
/** Below this time scale one watches the cycles. */
const SLOW_MOTION = 0.5;
/** Averaged steps per wall second at most while their length is free, and the shortest, s. */
const AVERAGED_RATE = 2;
const SHORTEST_AVERAGED_S = 0.5;

export interface Outlet {
  notify(notice: WorkerNotice): void;
  /** The layout changed: frames of the old one are void. */
  layoutChanged(chambers: number): void;
  /** Offers the streamed field; the outlet decides whether there is room for it. */
  offerFrame(field: FieldName, layoutVersion: number, chambers: number, fill: (target: Float32Array) => void): void;
}

export class Session {
  private farm: Farm;
  private fileName = 'defaults';
  private readonly pacing = new Pacing(1);
  private readonly history = new TelemetryHistory();
  private readonly trends = new PressureTrends();
  private log: FarmEvent[] = [];
  private nextEvent = 1;
  private running = false;
  private fastForward: FastForward | null = null;
  /** Whether the farm goes on running after the fast-forward. */
  private runningAfter = false;
  private layoutVersion = 0;
  private valuesVersion = 0;
  private metrics: Float64Array;
  private validity: ValidityNote[] = [];
  private windowsSeen = -1;
  private streamed: FieldName | null = null;
  private frameKey = '';
  private lastStatus = Number.NEGATIVE_INFINITY;
  private hash: { steps: number; version: number; text: string } | null = null;
  private readonly rate = new RateMeter();

  constructor(
    private readonly outlet: Outlet,
    /** Wall clock, ms. */
    private readonly now: () => number,
  ) {
    // Replaced by the first load, and small: a page waits for it. A stroke is given, so that no network need be solved.
    const made = Farm.create(withEdits(defaultValues(), { 'layout.size': [1, 1, 1], 'drive.stroke_m3': 1.05e-5 }));
    if (!made.ok) throw new Error(`The default farm cannot be built: ${made.problems.map((p) => p.message).join(' ')}`);
    this.farm = made.farm;
    this.metrics = computeMetrics(this.farm);
  }

  /** The calls the page can make. */
  readonly calls: FarmCalls = {
    load: (text, name) => this.load(text, name),
    save: () => writeScenario(this.farm.values, { title: this.fileName }),
    edit: (edits, label) => this.edit(edits, label),
    values: () => this.farm.values,
    run: () => this.setRunning(true),
    pause: () => {
      this.endFastForward();
      this.setRunning(false);
    },
    step: (n) => this.stepOnCall(n),
    setTimeScale: (scale) => {
      if (!(scale >= 1e-6 && scale <= 1e6)) throw new Error(`A time scale of ${scale} is outside 1e-6 to 1e6.`);
      this.pacing.timeScale = scale;
      this.pacing.stop();
      this.lengthenSteps();
      this.sendStatus();
    },
    reset: () => this.reset(),
    select: (ids) => this.select(ids),
    inspect: () => this.inspect(),
    series: (metrics, from, to, points) => this.series(metrics, from, to, points),
    frame: (field) => {
      const target = new Float32Array(this.farm.layout.count * (field === 'strobe' ? 2 : 1));
      writeField(this.farm, field, target);
      return target;
    },
    stream: (field) => {
      this.streamed = field;
      this.frameKey = '';
      this.offerFrame();
    },
    status: () => this.status(true),
    flows: () => energyFlows(this.farm),
    room: () => this.farm.room.field(this.farm.state.wall),
    fastForward: () => this.startFastForward(),
    cancelFastForward: () => {
      if (this.fastForward) this.stopFastForward('Fast-forward cancelled');
    },
    gas: gasTable,
    layout: () => this.layout(),
    events: () => this.log,
    ...plantCalls(() => this.farm),
    ...driverCalls(() => this.farm),
    ...pressureCalls(() => this.farm, this.trends),
  };

  /**
   * One turn of the engine: steps that are due, for at most a short burst of wall time; then frame and status.
   * @returns ms until it wants the next turn; null while paused
   */
  turn(): number | null {
    if (!this.running) return null;
    const started = this.now();
    if (this.fastForward) return this.turnForward(this.fastForward, started);
    const modeBefore = this.farm.mode;
    this.farm.chooseMode(this.isLooking);
    // Scopes draw smooth curves through long steps; slow motion shows the steps themselves.
    this.farm.isWatched = this.pacing.timeScale < SLOW_MOTION;
    if (this.farm.mode !== modeBefore) this.changedMode();
    const timeStep = this.farm.stepLength_s;
    const due = this.pacing.due(started / 1000, timeStep);
    let done = 0;
    let elapsed = 0;
    while (done < due && elapsed < BURST_MS && this.farm.intact && this.farm.stepLength_s === timeStep) {
      // One step at a time: a step of a large farm takes longer than a burst, one of a small farm costs no more for it.
      done += this.farm.step(1);
      this.collectWindow();
      elapsed = this.now() - started;
    }
    this.pacing.spend(done, timeStep);
    this.count(elapsed, done);
    if (!this.farm.intact) this.broke();
    this.offerFrame();
    if (this.now() - this.lastStatus >= STATUS_MS) this.sendStatus();
    if (done < due) return 0;
    return Math.min(STATUS_MS, 1000 * this.pacing.wait(timeStep));
  }

  /** A turn of the fast-forward: as many slow steps as fit into a burst. */
  private turnForward(forward: FastForward, started: number): number {
    let elapsed = 0;
    let done = 0;
    let outcome: ReturnType<FastForward['follow']> = 'on';
    while (outcome === 'on' && elapsed < BURST_MS && this.farm.mode === 'averaged') {
      done += this.farm.step(1);
      this.collectWindow();
      outcome = forward.follow(this.metrics);
      elapsed = this.now() - started;
    }
    this.count(elapsed, done);
    if (outcome === 'done') this.stopFastForward(`In thermal balance after ${hours(forward.progress().elapsed_s)}`);
    else if (outcome === 'given up')
      this.stopFastForward(`No thermal balance within ${hours(forward.progress().elapsed_s)}`);
    else if (this.farm.mode !== 'averaged')
      this.stopFastForward(this.farm.modeRemark ?? 'The farm cannot be averaged any longer.');
    this.offerFrame();
    if (this.now() - this.lastStatus >= STATUS_MS) this.sendStatus();
    return 0;
  }

  /** After an edit that has ended the averaged mode. */
  private goOnForward(): void {
    const problem = this.farm.modes.average();
    if (problem) this.stopFastForward(problem.message);
    else this.farm.modes.averagedStep_s = FAST_FORWARD_STEP_S;
  }

  private startFastForward(): EditReply {
    const problem = this.farm.modes.average();
    if (problem) return { ok: false, problems: [problem] };
    if (!this.fastForward) this.runningAfter = this.running;
    this.fastForward = new FastForward(this.farm);
    this.record('note', 'Fast-forward to thermal balance');
    this.setRunning(true);
    return { ok: true, step: this.farm.steps, values: this.farm.values, warnings: [] };
  }

  private stopFastForward(message: string): void {
    this.endFastForward();
    this.record('note', message);
    this.setRunning(this.runningAfter);
  }

  private endFastForward(): void {
    if (!this.fastForward) return;
    this.fastForward = null;
    this.farm.modes.resumeFidelity();
    this.lengthenSteps();
    this.refreshReadings();
  }

  /** Somebody watches single cycles: a chamber is selected, or time runs slowly. */
  private get isLooking(): boolean {
    return this.farm.recorder.selected.length > 0 || this.pacing.timeScale < SLOW_MOTION;
  }

  /** Averaged steps as long as the pace wants, within what the farm allows. */
  private lengthenSteps(): void {
    const { timeScale } = this.pacing;
    const longest = this.farm.values['simulation.averaged_step_s'];
    this.farm.modes.averagedStep_s = Math.min(longest, Math.max(SHORTEST_AVERAGED_S, timeScale / AVERAGED_RATE));
  }

  private changedMode(): void {
    this.pacing.stop();
    this.lengthenSteps();
    this.frameKey = '';
  }

  /** Tells the page where things stand. */
  sendStatus(): void {
    this.lastStatus = this.now();
    this.outlet.notify({ type: 'status', status: this.status(false) });
  }

  announceLayout(): void {
    this.layoutVersion++;
    this.outlet.layoutChanged(this.farm.layout.count);
    this.outlet.notify({ type: 'layout', layout: this.layout() });
  }

  private load(text: string, name: string): LoadReply {
    const reading = readScenario(text, name);
    if (!reading.ok || !reading.values) return { ok: false, problems: reading.problems };
    const made = Farm.create(reading.values);
    if (!made.ok)
      return { ok: false, problems: [...reading.problems, ...made.problems.map((p) => ({ file: name, ...p }))] };
    this.fileName = name;
    this.replaceFarm(made.farm);
    this.history.clear();
    this.trends.clear();
    this.record('load', `Loaded ${name}`);
    return { ok: true, problems: [...reading.problems, ...made.farm.warnings], values: made.farm.values };
  }

  private edit(edits: Parameters<FarmCalls['edit']>[0], label: string): EditReply {
    const checked = checkEdits(this.farm.values, edits);
    if (!checked.ok) return { ok: false, problems: checked.problems };
    const result = this.farm.edit(checked.edits);
    if (!result.ok) return { ok: false, problems: result.problems };
    if (result.farm !== this.farm) this.replaceFarm(result.farm);
    else this.refreshReadings();
    if (this.fastForward) this.goOnForward();
    this.valuesVersion++;
    if (!this.fastForward) this.lengthenSteps();
    this.record('edit', label);
    this.sendStatus();
    return { ok: true, step: this.farm.steps, values: this.farm.values, warnings: checked.warnings };
  }

  private reset(): void {
    const made = Farm.create(this.farm.values);
    if (!made.ok) throw new Error(made.problems.map((p) => p.message).join(' '));
    const selected = [...this.farm.recorder.selected];
    const held = this.farm.plant.manual.count;
    if (held > 0)
      made.farm.plant.log.add(
        'event',
        'plant',
        `Manual commands ended: ${held}`,
        'the farm was reset',
        made.farm.time_s,
      );
    this.replaceFarm(made.farm);
    this.farm.recorder.select(selected);
    this.history.clear();
    this.trends.clear();
    this.record('reset', 'Reset to time zero');
  }

  private replaceFarm(farm: Farm): void {
    const selected = this.farm.recorder.selected.filter((id) => id < farm.layout.count);
    if (this.fastForward) this.running = this.runningAfter;
    this.fastForward = null;
    this.farm = farm;
    this.lengthenSteps();
    this.farm.recorder.select(selected);
    this.windowsSeen = -1;
    this.valuesVersion++;
    this.pacing.stop();
    this.resetRates();
    this.refreshReadings();
    this.announceLayout();
    this.frameKey = '';
    this.offerFrame();
    this.sendStatus();
  }

  private setRunning(running: boolean): void {
    if (running && !this.farm.intact)
      throw new Error('The farm has left what can be computed: reset it or load a scenario.');
    this.running = running;
    this.pacing.stop();
    this.resetRates();
    this.offerFrame();
    this.sendStatus();
  }

  get isRunning(): boolean {
    return this.running;
  }

  private stepOnCall(n: number): Status {
    if (!(Number.isInteger(n) && n >= 1 && n <= 1_000_000))
      throw new Error(`Cannot step ${n} times: give a whole number from 1 to 1000000.`);
    this.endFastForward();
    this.running = false;
    for (let m = 0; m < n && this.farm.intact; m++) {
      this.farm.step(1);
      this.collectWindow();
    }
    if (!this.farm.intact) this.broke();
    this.refreshReadings();
    this.frameKey = '';
    this.offerFrame();
    this.sendStatus();
    return this.status(true);
  }

  private select(ids: readonly number[]): void {
    const known = [...new Set(ids)].filter((id) => Number.isInteger(id) && id >= 0 && id < this.farm.layout.count);
    this.farm.recorder.select(known.slice(0, MAX_SELECTED));
    this.sendStatus();
  }

  private inspect(): ChamberDetail[] {
    return this.farm.recorder.selected.map((_, m) => inspectChamber(this.farm, m));
  }

  private series(metrics: readonly MetricName[], from: number, to: number, points: number): SeriesReply {
    const reply = this.history.query(metrics, from, to, points);
    const first = Number.isNaN(from) ? Number.NEGATIVE_INFINITY : from;
    const last = Number.isNaN(to) ? Number.POSITIVE_INFINITY : to;
    return { ...reply, events: this.log.filter((event) => event.time_s >= first && event.time_s <= last).slice(-50) };
  }

  /** After each step: trends, and metrics from a detector window just finished. */
  private collectWindow(): void {
    this.trends.collect(this.farm);
    const windows = this.farm.detector.readings.count;
    if (windows === this.windowsSeen || windows === 0) return;
    this.windowsSeen = windows;
    this.metrics = computeMetrics(this.farm);
    this.history.add(this.farm.detector.readings.end_s, this.metrics);
  }

  private refreshReadings(): void {
    this.metrics = computeMetrics(this.farm);
    this.hash = null;
  }

  private broke(): void {
    this.running = false;
    this.record(
      'limit',
      `${this.farm.stopReason ?? 'A limit was reached.'} The farm stopped here. Reset it, or undo the last edit and reset.`,
    );
    this.sendStatus();
  }

  private record(kind: FarmEvent['kind'], message: string): void {
    const event: FarmEvent = { id: this.nextEvent++, time_s: this.farm.time_s, kind, message };
    this.log = [...this.log.slice(-EVENTS_KEPT), event];
    this.outlet.notify({ type: 'event', event });
  }

  /** Offers the streamed field if it has changed since it was last taken. */
  offerFrame(): void {
    if (!this.streamed) return;
    const live =
      this.streamed === 'pressure_Pa' ||
      this.streamed === 'pressureDeviation_Pa' ||
      this.streamed.endsWith('Temperature_K');
    const key = `${this.streamed} ${this.layoutVersion} ${live ? this.farm.steps : this.farm.detector.readings.count}`;
    if (key === this.frameKey) return;
    const field = this.streamed;
    this.outlet.offerFrame(field, this.layoutVersion, this.farm.layout.count, (target) => {
      this.frameKey = key;
      writeField(this.farm, field, target);
    });
  }

  private layout(): LayoutData {
    const { layout, ducts } = this.farm;
    const room = this.farm.values['physical_infrastructure.room_dimensions'];
    return {
      version: this.layoutVersion,
      chambers: layout.count,
      ducts: layout.edges.length / 2,
      positions: Float32Array.from(layout.roomPositions),
      layers: layout.layers,
      layerCount: layout.layerCount,
      edges: layout.edges,
      chamberRadiusM: layout.sphereRadius_m,
      ductRadiusM: ducts.radius,
      roomM: [room[0], room[1], room[2]],
      roomProblem: layout.roomProblem,
    };
  }

  private status(withHash: boolean): Status {
    const { farm } = this;
    const metric = (name: MetricName): number => this.metrics[METRIC_NAMES.indexOf(name)];
    this.validity = validityNotes(farm, this.metrics);
    return {
      simulated_s: farm.time_s,
      steps: farm.steps,
      timeStep_s: farm.stepLength_s,
      realTimeFactor: this.running ? this.rate.realTime : 0,
      timeScale: this.pacing.timeScale,
      nsPerChamberStep: this.rate.nsPerChamberStep,
      engine: engineInfo(farm),
      chambers: farm.layout.count,
      ducts: farm.layout.edges.length / 2,
      running: this.running,
      fidelity: farm.mode,
      fidelityRemark: farm.modeRemark,
      fastForward: this.fastForward?.progress() ?? null,
      residuals: { mass: metric('massResidual'), species: metric('speciesResidual'), energy: metric('energyResidual') },
      stateHash: withHash || !this.running ? this.stateHash() : null,
      frequency_Hz: farm.values['drive.frequency_Hz'],
      meanPressure_Pa: Number.isNaN(metric('pressureMean_Pa'))
        ? farm.linearMean().pressure[0]
        : metric('pressureMean_Pa'),
      metrics: Object.fromEntries(METRIC_NAMES.map((name, m) => [name, this.metrics[m]])) as Status['metrics'],
      validity: this.validity,
      layoutVersion: this.layoutVersion,
      valuesVersion: this.valuesVersion,
      fileName: this.fileName,
      selected: farm.recorder.selected,
    };
  }

  private stateHash(): string {
    if (!this.hash || this.hash.steps !== this.farm.steps || this.hash.version !== this.valuesVersion) {
      this.hash = { steps: this.farm.steps, version: this.valuesVersion, text: this.farm.stateHash() };
    }
    return this.hash.text;
  }

  private resetRates(): void {
    this.rate.start(this.now(), this.farm.time_s);
  }

  private count(elapsedMs: number, steps: number): void {
    this.rate.count(this.now(), this.farm.time_s, elapsedMs, steps * this.farm.layout.count);
  }
}

/** Simulated time for people. */
const hours = (seconds: number): string =>
  seconds < 3600 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
