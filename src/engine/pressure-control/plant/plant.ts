// The plant around the gas: sensors, relief valves, interlocks, sequence, alarms, faults and the log, put together in one order:
//   faults due → measure → relief → bypasses, interlocks → sequence → effects on farm and headers → (slower) vote, alarms
// Scans at its own rate while every cycle is resolved, at every step when averaged. The farm owns it and obeys its effects. Not here:
// what snapshots keep (plant-snapshot.ts), what goes over after an edit (plant-inherit.ts).

import type { Problem } from '../../config/problem.ts';
import type { FaultSpec } from '../../faults/fault-kinds.ts';
import { faultText } from '../../faults/parse.ts';
import { FaultSchedule } from '../../faults/schedule.ts';
import { alarmDefinition } from '../../monitoring/alarms/alarm-definitions.ts';
import { alarmJournal, placeWords } from '../../monitoring/alarms/alarm-list.ts';
import { AlarmSystem } from '../../monitoring/alarms/alarm-system.ts';
import type { TargetCounts } from '../../monitoring/alarms/places.ts';
import { OperatorsLog } from '../../monitoring/operators-log.ts';
import { PI } from '../../numerics/elementary.ts';
import { WearBank } from '../actuators/wear.ts';
import type { HeaderSettings } from '../headers/settings.ts';
import { Bypasses } from '../safety/bypass.ts';
import { FARM, Interlocks } from '../safety/interlocks.ts';
import { pressureRung, type SafetyLimits, temperatureRung } from '../safety/ladder.ts';
import { DISCHARGE_COEFFICIENT, RELIEF_DEFAULTS, ReliefBank } from '../safety/relief.ts';
import type { PlantReadings } from '../safety/sequence-phases.ts';
import { Sequence } from '../safety/shutdown.ts';
import { cycleRemark } from './cycle-reach.ts';
import { type Acting, needsHeaders, powerShare, renewControls, renewEffects } from './effects.ts';
import { instrumentsOf, observeInstruments, tellInstruments } from './instrument-alarms.ts';
import { InstrumentWatch } from './instrument-watch.ts';
import { testOutcome } from './loop-tuning.ts';
import { ManualCommands } from './manual-commands.ts';
import { type ManualOrder, orderManually } from './manual-control.ts';
import { Measurement, SAMPLES_PER_CYCLE } from './measurement.ts';
import { Observation } from './observation.ts';
import { OpeningStems } from './opening-stems.ts';
import { inheritPlant } from './plant-inherit.ts';
import { logBypass, logFault, logInterlock, logSequence } from './plant-log.ts';
import type { PlantSettings } from './plant-parameters.ts';
import { LET_GO, PRESSED, PROGRESS, PROGRESS_COUNT } from './plant-progress.ts';
import { countPurge, readPlant } from './plant-readings.ts';
import { type PlantSnapshot, plantArrays, plantSnapshot, preparePlant, restorePlant } from './plant-snapshot.ts';
import { plantPlaces, VALVES } from './plant-topology.ts';
import { type PlantEffects, type PlantView, restingEffects } from './plant-view.ts';
import { PressureLoops } from './pressure-loops.ts';
import { airTheRoom, FRESH_OXYGEN } from './room-oxygen.ts';
import { applySensorFaults } from './sensor-faults.ts';
import { isVoter } from './sensor-numbers.ts';

/** Time between scans while every cycle is resolved, s. */
const SCAN_S = 0.01;
/** Scans between votes and alarms. */
const ALARM_SCANS = 5;
/** Share of the set pressure above which relief valves are looked after. */
const RELIEF_NEAR = 0.8;
/** Time after which a sensor that stays bad counts as a vote to trip, s. */
const LOST_AFTER_S = 5;

export class Plant {
  readonly effects: PlantEffects;
  readonly faults: FaultSchedule;
  readonly measurement: Measurement;
  /** Instruments outside the votes. */
  readonly instruments: InstrumentWatch;
  readonly relief: ReliefBank;
  readonly interlocks: Interlocks;
  readonly bypasses: Bypasses;
  readonly sequence: Sequence;
  readonly alarms: AlarmSystem;
  readonly journal = alarmJournal(20_000);
  readonly log = new OperatorsLog();
  /** What people hold by hand. */
  readonly manual = new ManualCommands();
  /** The pressure controller; null while it is off. */
  readonly loops: PressureLoops | null;
  /** Stems of valves that stand as they are set or held; null: the controller's, the cycle's, or none that is felt. */
  readonly stems: OpeningStems | null;
  /** Of the chambers' valves, VALVES each: of stems while the controller moves them, else of what cycle and settings open. */
  readonly valveWear: WearBank;
  private readonly valvePositions: Float64Array;
  /** Of faults, which can strike every sensor; those of alarms are the alarm table's. */
  readonly targets: TargetCounts;
  readonly observation: Observation;
  readonly acting: Acting;
  /** Places of plant-progress.ts. */
  readonly progress = new Float64Array(PROGRESS_COUNT);
  private faultVersion = -1;
  /** Settings of the headers whose cycle has been judged. */
  private judged: HeaderSettings | null = null;
  /** An interlock or the sequence has changed what it asks for since the effects were last renewed. */
  private protectionChanged = true;
  /** An interlock has tripped in the present scan. */
  private tripped = false;
  /** Fresh gas through each chamber since purging began, in its contents. */
  readonly purged: Float64Array;
  private readonly three = new Float64Array(3);
  private readonly power = new Float64Array(3);
  private readonly good = new Float64Array(3).fill(1);

  constructor(
    private readonly settings: PlantSettings,
    readonly view: PlantView,
  ) {
    const chambers = view.state.chambers;
    const places = plantPlaces(chambers, view.edges, settings);
    this.purged = new Float64Array(chambers);
    this.effects = restingEffects(chambers, view.edges.length / 2);
    const now = (): number => view.time_s;
    this.measurement = new Measurement(chambers, settings.sensors, settings.seed, () => view);
    const { numbers, sensors } = this.measurement;
    this.targets = { ...places.targets, sensor: numbers.count };
    this.instruments = new InstrumentWatch(sensors);
    this.faults = new FaultSchedule(
      (e) => logFault(this.log, e),
      (fault) => faultText(fault, numbers),
    );
    this.relief = new ReliefBank(chambers, {
      ...RELIEF_DEFAULTS,
      setPressure: settings.limits.trip_Pa,
      effectiveArea: DISCHARGE_COEFFICIENT * 0.25 * PI * settings.reliefBore * settings.reliefBore,
    });
    this.interlocks = new Interlocks(
      {
        groupOf: Uint32Array.from({ length: chambers }, (_, i) => i),
        limits: settings.limits,
        lostAfter_s: LOST_AFTER_S,
      },
      (e) => {
        this.protectionChanged = true;
        this.tripped ||= e.what === 'trip';
        logInterlock(this.log, e);
      },
    );
    this.bypasses = new Bypasses(this.interlocks, (e) => logBypass(this.log, e));
    this.sequence = new Sequence((e) => {
      this.protectionChanged = true;
      if (e.to === 'purging') this.purged.fill(0);
      logSequence(this.log, e);
    }, now());
    this.alarms = new AlarmSystem({
      ...places,
      onEvent: (e) => this.journal.push(e),
      onFlood: (e) => this.log.add('event', 'alarms', `Alarms: ${e.what}`, '', e.time_s),
      detail: (alarm) => instrumentsOf(this.alarms, this.instruments, this.measurement.placement, alarm),
    });
    this.observation = new Observation(this.alarms);
    this.valveWear = new WearBank(VALVES * chambers);
    this.valvePositions = new Float64Array(VALVES * chambers);
    this.loops = settings.loops && new PressureLoops(settings.loops, chambers, this.valveWear);
    this.stems = settings.valveResponse === null ? null : new OpeningStems(chambers, settings.valveResponse);
    this.acting = {
      faults: this.faults,
      actions: settings.interlocks ? this.interlocks.actions : new Uint8Array(chambers),
      demand: this.sequence.demand,
      pumps: this.targets.pump,
      fans: this.targets.fan,
      relief: this.relief.openArea,
      reliefFailed: (chamber, pressure) => this.relief.contradicts(chamber, pressure),
      manual: this.manual,
    };
    this.progress[PROGRESS.scanned] = now();
    // The first scan looks for alarms at once.
    this.progress[PROGRESS.scans] = ALARM_SCANS;
    this.progress[PROGRESS.roomOxygen] = FRESH_OXYGEN;
  }

  /** After each resolved step of dt (s). @returns whether it has scanned: the farm then looks at the effects */
  collect(dt: number): boolean {
    const { progress, view } = this;
    const every = Math.max(1, Math.floor(1 / (SAMPLES_PER_CYCLE * view.frequency * dt) + 1e-9));
    progress[PROGRESS.steps] += 1;
    if (progress[PROGRESS.steps] < every) return false;
    progress[PROGRESS.steps] = 0;
    this.measurement.sample(view.state);
    progress[PROGRESS.samples] += 1;
    if (progress[PROGRESS.samples] < Math.round(SCAN_S / (every * dt))) return false;
    this.scan();
    return true;
  }

  /** One scan now. */
  scan(): void {
    const { progress, view, settings } = this;
    progress[PROGRESS.samples] = 0;
    const t = view.time_s;
    const dt = t - progress[PROGRESS.scanned];
    if (dt <= 0) return;
    if (!Number.isFinite(dt)) {
      this.hold('The time since the last scan is not known.');
      if (Number.isFinite(t)) progress[PROGRESS.scanned] = t;
      return;
    }
    progress[PROGRESS.scanned] = t;
    progress[PROGRESS.scans] += 1;
    this.judgeCycle();
    this.faults.step(t);
    const faultsChanged = this.faults.version !== this.faultVersion;
    if (faultsChanged) this.followFaults();
    this.measurement.scan(settings.limits, dt);
    const wasRelieving = this.relief.anyOpen;
    const relieving = this.relieve(dt);
    airTheRoom(progress, view, this.acting, dt);
    this.bypasses.step(t);
    this.tripped = false;
    this.protect(t);
    countPurge(this, dt);
    const { drive } = this.sequence.demand;
    this.sequence.step(this.plantReadings(), t);
    if (faultsChanged || relieving || this.protectionChanged || drive !== this.sequence.demand.drive) this.renew();
    this.regulate(dt);
    this.moveStems(dt);
    this.wearValves(dt);
    // What trips or opens a relief valve may be gone before the alarms' next turn.
    if (progress[PROGRESS.scans] >= ALARM_SCANS || dt > 5 * SCAN_S || this.tripped || (relieving && !wasRelieving)) {
      this.measurement.vote(Math.max(dt, progress[PROGRESS.scans] * SCAN_S));
      progress[PROGRESS.scans] = 0;
      this.observe();
    }
  }

  /** Holds everything, whatever the sensors say, until it is reset: numbers are lost. */
  hold(why: string): void {
    const { time_s } = this.view;
    const known = [time_s, this.progress[PROGRESS.scanned], 0].find(Number.isFinite) as number;
    this.log.add('event', 'plant', 'Everything is held', why, known);
    this.interlocks.hold(known);
    this.renew();
  }

  /** The pressure controller, from the three sensors of each chamber. */
  private regulate(dt: number): void {
    const { loops, view, measurement, faults } = this;
    const { present, hasHeaders } = view.headers;
    if (!loops || !present || !hasHeaders) return;
    const t = view.time_s;
    const lost = faults.at('network-loss', 0) !== undefined;
    const network = lost ? Number.POSITIVE_INFINITY : (faults.at('network-delay', 0)?.[0] ?? 0);
    const { tuning } = loops;
    const wasTesting = tuning.isTesting;
    loops.step(dt, (i) => measurement.controlled(i, t), present, view, network);
    if (wasTesting && !tuning.isTesting)
      this.log.add('event', 'controller', testOutcome(tuning.test, loops.nameOf(tuning.test?.loop ?? 0)), '', t);
  }

  /** Valves that nothing regulates, on their way to where they are told. */
  private moveStems(dt: number): void {
    const { present, hasHeaders } = this.view.headers;
    if (present && hasHeaders) this.stems?.step(dt, present, this.manual);
  }

  /** Of the pumps by curve; null: there are none. */
  get pumpWear(): WearBank | null {
    return this.view.headers.present?.machines?.wear ?? null;
  }

  /** Valves without stems stand where they are asked to. */
  private wearValves(dt: number): void {
    const { present, hasHeaders } = this.view.headers;
    if (this.loops || !present || !hasHeaders) return;
    const { valvePositions: at } = this;
    for (let k = 0; k < at.length; k++) at[k] = present.opening(Math.floor(k / VALVES), k % VALVES);
    this.valveWear.step(dt, at);
  }

  /** Brings headers and effects up to date with what acts; also after new settings of the headers. */
  renew(): void {
    this.protectionChanged = false;
    renewEffects(this.effects, this.acting);
    this.controlHeaders();
  }

  /** Notes, once for each cycle that is set, that the valves cannot follow it. */
  private judgeCycle(): void {
    const { headers, state, time_s } = this.view;
    const settings = headers.present?.settings ?? null;
    if (settings === this.judged) return;
    this.judged = settings;
    const remark = settings && headers.hasHeaders ? cycleRemark(settings, state) : null;
    if (remark && this.log.entries({ text: remark[0] }).length === 0)
      this.log.add('event', 'headers', remark[0], remark[1], time_s);
  }

  controlHeaders(): void {
    const { headers } = this.view;
    headers.need(needsHeaders(this.acting));
    const { present } = headers;
    if (!present) return;
    const stems = headers.hasHeaders && (this.loops !== null || this.stems !== null);
    renewControls(present.controls, present.settings, this.acting, headers.hasHeaders, stems);
    if (stems) (this.loops ?? this.stems)?.tell(present);
  }

  /** Goes on where the plant before stood; of a farm with other chambers only as far as it fits. */
  inherit(from: Plant): void {
    inheritPlant(this, from);
  }

  /** Holds a device by hand, or releases it. @returns why it is refused, with nothing changed; undefined: it is done */
  order(order: ManualOrder, who: string): Problem | undefined {
    const refused = orderManually(this, order, who);
    if (!refused) this.renew();
    return refused;
  }

  get limits(): SafetyLimits {
    return this.settings.limits;
  }

  /** A fault now or later. @returns its id */
  addFault(spec: FaultSpec, who: string): number {
    return this.faults.add(spec, who, this.view.time_s);
  }

  /** Presses or releases the emergency stop. */
  emergencyStop(pressed: boolean, who: string, why: string): void {
    if (pressed) this.progress[PROGRESS.stop] = PRESSED;
    else if (this.isStopped) this.progress[PROGRESS.stop] = LET_GO;
    this.log.add('act', who, pressed ? 'Emergency stop pressed' : 'Emergency stop released', why, this.view.time_s);
    if (!pressed) return;
    this.sequence.emergencyStop(who, why, this.view.time_s);
    this.renew();
  }

  /** Resets every interlock whose cause is gone. @returns what could not be reset, for people */
  resetInterlocks(who: string, why: string): string[] {
    const refused: string[] = [];
    const t = this.view.time_s;
    for (let g = FARM; g < this.interlocks.groups; g++) {
      if (this.interlocks.latchedCauses(g).length === 0) continue;
      const reply = this.interlocks.reset(g, who, why, t);
      if (!reply.ok) refused.push(`${g === FARM ? 'Farm' : `Chamber ${g}`}: ${reply.problem.message}`);
    }
    return refused;
  }

  /** What the sequence knows of the plant. */
  plantReadings(): PlantReadings {
    return readPlant(this);
  }

  /** Rung of the safety ladder on which a chamber stands by what is measured: index into RUNGS. */
  rung(chamber: number): number {
    const { limits } = this.settings;
    return Math.max(
      pressureRung(this.measurement.pressureVote.value[chamber], limits),
      temperatureRung(this.measurement.temperatureVote.value[chamber], limits),
    );
  }

  /** Whether the emergency stop is pressed. */
  get isStopped(): boolean {
    return this.progress[PROGRESS.stop] === PRESSED;
  }

  /** Nothing is broken, tripped or being shut down, nor will be by a fault that waits. */
  get isCalm(): boolean {
    const noFault = this.faults.all.every(({ state }) => state === 'ended' || state === 'cleared');
    return noFault && !this.interlocks.tripped && this.sequence.phase === 'running';
  }

  /** Mole fraction. */
  get roomOxygen(): number {
    return this.progress[PROGRESS.roomOxygen];
  }

  /** "Chamber pressure high, chamber 12". */
  alarmText(alarm: number): string {
    return `${alarmDefinition(this.alarms.table.kind(alarm)).label}, ${placeWords(this.alarms, alarm)}`;
  }

  private protect(t: number): void {
    const { measurement, three, power, good, progress } = this;
    three.fill(progress[PROGRESS.roomOxygen]);
    power.fill(powerShare(this.acting));
    this.interlocks.step(
      {
        pressure: measurement.pressure,
        pressureGood: measurement.pressureGood,
        temperature: measurement.temperature,
        temperatureGood: measurement.temperatureGood,
        roomOxygen: three,
        roomOxygenGood: good,
        supplyPower: power,
        supplyPowerGood: good,
        manualStop: progress[PROGRESS.stop] !== 0,
      },
      t,
    );
    if (progress[PROGRESS.stop] === LET_GO) progress[PROGRESS.stop] = 0;
  }

  /** Relief valves feel the gas itself: the mean of a cycle or two, which their lift takes to follow. @returns whether one is open or has just shut */
  private relieve(dt: number): boolean {
    const { relief } = this;
    const { recent } = this.measurement;
    let near = false;
    for (let i = 0; i < recent.length && !near; i++) near = recent[i] > RELIEF_NEAR * relief.settings.setPressure;
    const wasOpen = relief.anyOpen;
    if (!near && !wasOpen && !relief.anyStuck) return false;
    relief.pressure.set(recent);
    relief.step(dt);
    return wasOpen || relief.anyOpen;
  }

  /** Faults of sensors, relief valves and stems into these. */
  followFaults(): void {
    this.faultVersion = this.faults.version;
    const { sensors } = this.measurement;
    applySensorFaults(this.faults.active, this.measurement, this.view.time_s);
    for (let i = 0; i < this.relief.count; i++) this.relief.setStuck(i, this.faults.at('relief-stuck', i)?.[0] ?? null);
    const slow = (valve: number): number => this.faults.at('slow-valve', valve)?.[0] ?? 1;
    this.loops?.slowValves(slow);
    this.stems?.bank.slow(slow);
    this.measurement.followFaults();
    this.instruments.follow(sensors.faulty().filter((id) => !isVoter(sensors.placement, id)));
  }

  private observe(): void {
    const { alarms, instruments, view } = this;
    instruments.step(view.time_s, !view.headers.present);
    observeInstruments(alarms, instruments, view.time_s);
    this.observation.observe({
      alarms: this.alarms,
      measurement: this.measurement,
      interlocks: this.interlocks,
      effects: this.effects,
      acting: this.acting,
      limits: this.settings.limits,
      chipAlert_K: this.settings.chipAlert_K,
      view: this.view,
      roomOxygen: this.roomOxygen,
      bypassed: this.bypasses.active.length > 0,
    });
    tellInstruments(alarms, instruments, this.measurement.placement, (text) =>
      this.log.add('event', 'instruments', text, '', view.time_s),
    );
  }

  arrays(): Float64Array[] {
    return plantArrays(this);
  }

  snapshot(): PlantSnapshot {
    return plantSnapshot(this);
  }

  /** Before the arrays are filled: what other systems are built with. */
  prepare(kept: PlantSnapshot): void {
    preparePlant(this, kept);
  }

  /** After the arrays have been filled. */
  restored(kept: PlantSnapshot): void {
    restorePlant(this, kept);
    this.faultVersion = this.faults.version;
    this.renew();
  }
}
