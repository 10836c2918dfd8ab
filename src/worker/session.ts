// The engine as the page drives it: one farm behind the calls of protocol.ts, and how it is loaded, edited and reset. Knows no
// worker: messages go out through `Outlet`, time comes in through `now`, so that it runs in tests too. When it steps: runner.ts.

import { readScenario } from '../engine/config/read.ts';
import { writeScenario } from '../engine/config/write.ts';
import { Farm } from '../engine/farm.ts';
import { writeField } from '../engine/field-readings.ts';
import { checkEdits } from '../engine/parameters/check-edits.ts';
import { withEdits } from '../engine/parameters/edit.ts';
import { defaultValues } from '../engine/parameters/table.ts';
import { energyFlows } from '../engine/thermodynamics/energy-flows.ts';
import { driverCalls } from './driver-calls.ts';
import { EventLog } from './event-log.ts';
import { farmStatus, layoutData } from './farm-status.ts';
import { FieldStream, type FrameOutlet } from './field-stream.ts';
import { gasTable } from './gas-table.ts';
import { inspectChamber } from './inspect.ts';
import { plantCalls } from './plant-calls.ts';
import { pressureCalls } from './pressure-calls.ts';
import type { EditReply, FarmCalls, FarmEvent, LoadReply, Status, WorkerNotice } from './protocol.ts';
import { Runner, STATUS_MS } from './runner.ts';
import { SessionReadings } from './session-readings.ts';

const MAX_SELECTED = 16;

export interface Outlet extends FrameOutlet {
  notify(notice: WorkerNotice): void;
  /** The layout changed: frames of the old one are void. */
  layoutChanged(chambers: number): void;
}

export class Session {
  private farm: Farm;
  private fileName = 'defaults';
  private readonly readings = new SessionReadings();
  private readonly log = new EventLog();
  private readonly frames: FieldStream;
  private readonly runner: Runner;
  private layoutVersion = 0;
  private valuesVersion = 0;
  private lastStatus = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly outlet: Outlet,
    /** Wall clock, ms. */
    private readonly now: () => number,
  ) {
    // Replaced by the first load, and small: a page waits for it. A stroke is given, so that no network need be solved.
    const made = Farm.create(withEdits(defaultValues(), { 'layout.size': [1, 1, 1], 'drive.stroke_m3': 1.05e-5 }));
    if (!made.ok) throw new Error(`The default farm cannot be built: ${made.problems.map((p) => p.message).join(' ')}`);
    this.farm = made.farm;
    this.readings.turnTo(this.farm);
    this.frames = new FieldStream(outlet);
    this.runner = new Runner({
      farm: () => this.farm,
      readings: this.readings,
      now,
      record: (kind, message) => this.record(kind, message),
      offerFrame: () => this.offerFrame(),
      renewFrame: () => this.frames.renew(),
      sendStatus: () => this.sendStatus(),
      sendDueStatus: () => {
        if (now() - this.lastStatus >= STATUS_MS) this.sendStatus();
      },
    });
  }

  /** The calls the page can make. */
  readonly calls: FarmCalls = {
    load: (text, name) => this.load(text, name),
    save: () => writeScenario(this.farm.values, { title: this.fileName }),
    edit: (edits, label) => this.edit(edits, label),
    values: () => this.farm.values,
    run: () => this.runner.setRunning(true),
    pause: () => this.runner.pause(),
    step: (n) => this.stepOnCall(n),
    setTimeScale: (scale) => this.runner.setTimeScale(scale),
    reset: () => this.reset(),
    select: (ids) => this.select(ids),
    inspect: () => this.farm.recorder.selected.map((_, m) => inspectChamber(this.farm, m)),
    series: (metrics, from, to, points) => ({
      ...this.readings.series(metrics, from, to, points),
      events: this.log.between(from, to),
    }),
    frame: (field) => {
      const target = new Float32Array(this.farm.layout.count * (field === 'strobe' ? 2 : 1));
      writeField(this.farm, field, target);
      return target;
    },
    stream: (field) => {
      this.frames.choose(field);
      this.offerFrame();
    },
    status: () => this.status(true),
    flows: () => energyFlows(this.farm),
    room: () => this.farm.room.field(this.farm.state.wall),
    fastForward: () => {
      const problem = this.runner.startFastForward();
      if (problem) return { ok: false, problems: [problem] };
      return { ok: true, step: this.farm.steps, values: this.farm.values, warnings: [] };
    },
    cancelFastForward: () => this.runner.cancelFastForward(),
    gas: gasTable,
    layout: () => layoutData(this.farm, this.layoutVersion),
    events: () => this.log.events,
    ...plantCalls(() => this.farm),
    ...driverCalls(() => this.farm),
    ...pressureCalls(() => this.farm, this.readings.trends),
  };

  /**
   * One turn of the engine: steps that are due, for at most a short burst of wall time; then frame and status.
   * @returns ms until it wants the next turn; null while paused
   */
  turn(): number | null {
    return this.runner.turn();
  }

  get isRunning(): boolean {
    return this.runner.isRunning;
  }

  /** Tells the page where things stand. */
  sendStatus(): void {
    this.lastStatus = this.now();
    this.outlet.notify({ type: 'status', status: this.status(false) });
  }

  announceLayout(): void {
    this.layoutVersion++;
    this.outlet.layoutChanged(this.farm.layout.count);
    this.outlet.notify({ type: 'layout', layout: layoutData(this.farm, this.layoutVersion) });
  }

  /** Offers the streamed field if it has changed since it was last taken. */
  offerFrame(): void {
    this.frames.offer(this.farm, this.layoutVersion);
  }

  private load(text: string, name: string): LoadReply {
    const reading = readScenario(text, name);
    if (!reading.ok || !reading.values) return { ok: false, problems: reading.problems };
    const made = Farm.create(reading.values);
    if (!made.ok)
      return { ok: false, problems: [...reading.problems, ...made.problems.map((p) => ({ file: name, ...p }))] };
    this.fileName = name;
    this.replaceFarm(made.farm);
    this.readings.clear();
    this.record('load', `Loaded ${name}`);
    return { ok: true, problems: [...reading.problems, ...made.farm.warnings], values: made.farm.values };
  }

  private edit(edits: Parameters<FarmCalls['edit']>[0], label: string): EditReply {
    const checked = checkEdits(this.farm.values, edits);
    if (!checked.ok) return { ok: false, problems: checked.problems };
    const result = this.farm.edit(checked.edits);
    if (!result.ok) return { ok: false, problems: result.problems };
    if (result.farm !== this.farm) this.replaceFarm(result.farm);
    else this.readings.refresh(this.farm);
    this.runner.edited();
    this.valuesVersion++;
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
    this.readings.clear();
    this.record('reset', 'Reset to time zero');
  }

  private replaceFarm(farm: Farm): void {
    const selected = this.farm.recorder.selected.filter((id) => id < farm.layout.count);
    this.farm = farm;
    this.farm.recorder.select(selected);
    this.valuesVersion++;
    this.runner.replaced();
    this.readings.turnTo(farm);
    this.announceLayout();
    this.frames.renew();
    this.offerFrame();
    this.sendStatus();
  }

  private stepOnCall(n: number): Status {
    this.runner.step(n);
    this.readings.refresh(this.farm);
    this.frames.renew();
    this.offerFrame();
    this.sendStatus();
    return this.status(true);
  }

  private select(ids: readonly number[]): void {
    const known = [...new Set(ids)].filter((id) => Number.isInteger(id) && id >= 0 && id < this.farm.layout.count);
    this.farm.recorder.select(known.slice(0, MAX_SELECTED));
    this.sendStatus();
  }

  private record(kind: FarmEvent['kind'], message: string): void {
    this.outlet.notify({ type: 'event', event: this.log.add(kind, message, this.farm.time_s) });
  }

  private status(withHash: boolean): Status {
    const { farm, readings, runner, layoutVersion, valuesVersion, fileName } = this;
    return {
      ...farmStatus(farm, readings.metrics),
      ...runner.pace(),
      stateHash: withHash || !runner.isRunning ? readings.stateHash(farm, valuesVersion) : null,
      layoutVersion,
      valuesVersion,
      fileName,
    };
  }
}
