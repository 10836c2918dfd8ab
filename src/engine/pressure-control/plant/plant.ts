// The plant around the gas: sensors, relief valves, interlocks, sequence, alarms, faults and the log, put together in one order:
//   faults due → measure → relief → bypasses, interlocks → sequence → effects on farm and headers → (slower) vote, alarms
// Scans at its own rate while every cycle is resolved, at every step when averaged. The farm owns it and obeys its effects.

import type { Problem } from '../../config/problem.ts';
import { ATM, GAS_CONSTANT } from '../../constants.ts';
import { type FaultSpec, faultKind } from '../../faults/fault-kinds.ts';
import { faultText } from '../../faults/parse.ts';
import { FaultSchedule, type FaultScheduleSnapshot } from '../../faults/schedule.ts';
import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { alarmDefinition } from '../../monitoring/alarms/alarm-definitions.ts';
import { alarmJournal, placeWords } from '../../monitoring/alarms/alarm-list.ts';
import type { AlarmEvent } from '../../monitoring/alarms/alarm-states.ts';
import { AlarmSystem, type AlarmSystemSnapshot } from '../../monitoring/alarms/alarm-system.ts';
import { type TargetCounts, targetCount } from '../../monitoring/alarms/places.ts';
import type { CappedLogSnapshot } from '../../monitoring/capped-log.ts';
import { type LogEntry, OperatorsLog } from '../../monitoring/operators-log.ts';
import { PI } from '../../numerics/elementary.ts';
import { WearBank } from '../actuators/wear.ts';
import { SUPPLY, SUPPLY_LINK } from '../headers/header-rates.ts';
import type { HeaderSettings } from '../headers/settings.ts';
import { Bypasses, type BypassSnapshot } from '../safety/bypass.ts';
import { FARM, Interlocks } from '../safety/interlocks.ts';
import { pressureRung, type SafetyLimits, temperatureRung } from '../safety/ladder.ts';
import { DISCHARGE_COEFFICIENT, RELIEF_DEFAULTS, ReliefBank } from '../safety/relief.ts';
import type { PlantReadings } from '../safety/sequence-phases.ts';
import { Sequence } from '../safety/shutdown.ts';
import { TRIP_CAUSES } from '../safety/trip-table.ts';
import type { SensorCounts } from '../sensors/placement.ts';
import { cycleRemark } from './cycle-reach.ts';
import { type Acting, coolingShare, needsHeaders, powerShare, renewControls, renewEffects } from './effects.ts';
import { instrumentsOf, observeInstruments, tellInstruments } from './instrument-alarms.ts';
import { InstrumentWatch } from './instrument-watch.ts';
import { testOutcome } from './loop-tuning.ts';
import { ManualCommands, type ManualSnapshot } from './manual-commands.ts';
import { type ManualOrder, orderManually, staysManual } from './manual-control.ts';
import { Measurement, SAMPLES_PER_CYCLE } from './measurement.ts';
import { Observation } from './observation.ts';
import { OpeningStems } from './opening-stems.ts';
import { plantPlaces, VALVES } from './plant-topology.ts';
import { type PlantEffects, type PlantView, restingEffects } from './plant-view.ts';
import { type LoopSettings, PressureLoops } from './pressure-loops.ts';
import { applySensorFaults, carrySensorFaults, isOpen, renumbered } from './sensor-faults.ts';
import { isVoter } from './sensor-numbers.ts';

/** Time between scans while every cycle is resolved, s. */
const SCAN_S = 0.01;
/** Scans between votes and alarms. */
const ALARM_SCANS = 5;
/** Share of the set pressure above which relief valves are looked after. */
const RELIEF_NEAR = 0.8;
/** Characters of a fault in the log at most. */
const LONGEST_SAID = 500;
/** Why manual commands end with an edit. */
const ENDED = 'their devices are gone, or their settings were changed';
/** Oxygen of fresh air, mole fraction. */
const FRESH_OXYGEN = 0.2095;
/** Time after which a sensor that stays bad counts as a vote to trip, s. */
const LOST_AFTER_S = 5;
/** The emergency stop: one let go is felt once more, so that a press between two scans is not missed. */
const PRESSED = 1;
const LET_GO = 2;

export interface PlantSettings {
  readonly limits: SafetyLimits;
  readonly sensors: SensorCounts;
  /** For 1000 chambers. */
  readonly pumps: number;
  readonly fans: number;
  readonly seed: number;
  /** Bore of each chamber's relief valve, m. */
  readonly reliefBore: number;
  /** Whether interlocks act; they are watched and alarmed all the same. */
  readonly interlocks: boolean;
  /** Chip temperature that is alarmed, K. */
  readonly chipAlert_K: number;
  /** The pressure controller; null while it is off. */
  readonly loops: LoopSettings | null;
  /** Response time of valves that neither controller nor cycle moves, s; null where it is not felt, or something moves them. */
  readonly valveResponse: number | null;
}

export interface PlantSnapshot {
  readonly faults: FaultScheduleSnapshot;
  readonly bypasses: BypassSnapshot;
  readonly alarms: AlarmSystemSnapshot;
  readonly log: CappedLogSnapshot<LogEntry>;
  readonly journal: CappedLogSnapshot<AlarmEvent>;
  readonly sensorFaults: readonly number[];
  readonly instruments: ReturnType<InstrumentWatch['save']>;
  readonly manual: ManualSnapshot;
  /** Share of the fans' flow that is there. */
  readonly cooling: number;
}

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
  private readonly observation: Observation;
  readonly acting: Acting;
  /** [steps since the last sample, samples since the last scan, scans, time of the last scan, oxygen of the room, mol vented before, emergency stop pressed]. */
  private readonly progress = new Float64Array(7);
  private faultVersion = -1;
  /** Settings of the headers whose cycle has been judged. */
  private judged: HeaderSettings | null = null;
  /** An interlock or the sequence has changed what it asks for since the effects were last renewed. */
  private protectionChanged = true;
  /** Fresh gas through each chamber since purging began, in its contents. */
  private readonly purged: Float64Array;
  private readonly three = new Float64Array(3);
  private readonly power = new Float64Array(3);
  private readonly good = new Float64Array(3).fill(1);

  constructor(
    private readonly settings: PlantSettings,
    private readonly view: PlantView,
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
      (e) => this.log.add('event', e.who, `Fault ${e.id} ${e.what}: ${readable(e.fault)}`, e.why, e.time_s),
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
        const causes = e.causes.map((id) => TRIP_CAUSES.find((cause) => cause.id === id)?.label ?? id).join(', ');
        const place = e.group === FARM ? 'farm' : `chamber ${e.group}`;
        this.log.add('event', e.who, `Interlock ${e.what}, ${place}: ${causes}`, e.why, e.time_s);
      },
    );
    this.bypasses = new Bypasses(this.interlocks, (e) =>
      this.log.add('act', e.who, `Bypass ${e.bypass.id} of ${e.bypass.cause} ${e.what}`, e.why, e.time_s),
    );
    this.sequence = new Sequence((e) => {
      this.protectionChanged = true;
      if (e.to === 'purging') this.purged.fill(0);
      this.log.add('event', e.who, `Sequence: ${e.from} → ${e.to}`, e.why, e.time_s);
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
    this.progress[3] = now();
    this.progress[4] = FRESH_OXYGEN;
  }

  /** After each resolved step of dt (s). @returns whether it has scanned: the farm then looks at the effects */
  collect(dt: number): boolean {
    const { progress, view } = this;
    const every = Math.max(1, Math.floor(1 / (SAMPLES_PER_CYCLE * view.frequency * dt) + 1e-9));
    progress[0] += 1;
    if (progress[0] < every) return false;
    progress[0] = 0;
    this.measurement.sample(view.state);
    progress[1] += 1;
    if (progress[1] < Math.round(SCAN_S / (every * dt))) return false;
    this.scan();
    return true;
  }

  /** One scan now. */
  scan(): void {
    const { progress, view, settings } = this;
    progress[1] = 0;
    const t = view.time_s;
    const dt = t - progress[3];
    if (dt <= 0) return;
    if (!Number.isFinite(dt)) {
      this.hold('The time since the last scan is not known.');
      if (Number.isFinite(t)) progress[3] = t;
      return;
    }
    progress[3] = t;
    progress[2] += 1;
    this.judgeCycle();
    this.faults.step(t);
    const faultsChanged = this.faults.version !== this.faultVersion;
    if (faultsChanged) this.followFaults(t);
    this.measurement.scan(settings.limits, dt);
    const wasRelieving = this.relief.anyOpen;
    const relieving = this.relieve(dt);
    this.airTheRoom(dt);
    this.bypasses.step(t);
    this.protect(t);
    const tripped = this.protectionChanged;
    this.purge(dt);
    const { drive } = this.sequence.demand;
    this.sequence.step(this.plantReadings(), t);
    if (faultsChanged || relieving || this.protectionChanged || drive !== this.sequence.demand.drive) this.renew();
    this.regulate(dt);
    this.moveStems(dt);
    this.wearValves(dt);
    // What trips or opens a relief valve may be gone before the alarms' next turn.
    if (progress[2] >= ALARM_SCANS || dt > 5 * SCAN_S || tripped || (relieving && !wasRelieving)) {
      this.measurement.vote(Math.max(dt, progress[2] * SCAN_S));
      progress[2] = 0;
      this.observe();
    }
  }

  /** Holds everything, whatever the sensors say, until it is reset: numbers are lost. */
  hold(why: string): void {
    const { time_s } = this.view;
    const known = [time_s, this.progress[3], 0].find(Number.isFinite) as number;
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

  /**
   * Goes on where the plant before stood: an edit resets no trip, no emergency stop, no alarm and no sequence. Of a farm with other
   * chambers only what is the whole farm's goes over, and faults whose places there still are.
   */
  inherit(from: Plant): void {
    this.log.restore(from.log.snapshot());
    this.journal.restore(from.journal.snapshot());
    this.inheritFaults(from);
    this.progress.set(from.progress.subarray(4), 4);
    takeArrays(from.sequence, this.sequence);
    this.sequence.restored();
    if (takeArrays(from.interlocks, this.interlocks)) {
      this.interlocks.restored();
      this.bypasses.restore(from.bypasses.snapshot());
    }
    takeArrays(from.relief, this.relief);
    takeArrays(from.valveWear, this.valveWear);
    if (takeArrays(from.measurement, this.measurement)) this.progress.set(from.progress.subarray(0, 4));
    if (sameTargets(from.alarms.table.targets, this.alarms.table.targets) && takeArrays(from.alarms, this.alarms)) {
      this.alarms.restore(from.alarms.snapshot());
      this.observation.restored();
    }
    if (from.loops) this.inheritLoops(from.loops);
    this.inheritStems(from);
    this.inheritManual(from);
    this.followFaults(this.view.time_s);
    renewEffects(this.effects, this.acting);
  }

  private inheritFaults(from: Plant): void {
    const [own, old] = [this.measurement, from.measurement];
    const kept = from.faults.snapshot();
    const faults = renumbered(kept.faults, own.numbers, old.numbers);
    const gone = faults.some(({ state }, k) => state !== kept.faults[k].state);
    const fits = faults.every(
      (fault) =>
        !isOpen(fault) || fault.targets.every((k) => k < targetCount(this.targets, faultKind(fault.kind).target)),
    );
    if (fits) this.faults.restore({ ...kept, faults });
    if (gone || (!fits && from.faults.all.some(isOpen)))
      this.log.add('event', 'plant', 'Faults ended: the farm has other parts now', '', this.view.time_s);
    carrySensorFaults(old, own);
    if (own.numbers.isLike(old.numbers)) this.instruments.restore(from.instruments.save());
  }

  private inheritLoops(from: PressureLoops): void {
    const t = this.view.time_s;
    const { tuning } = from;
    if (this.loops?.count === from.count) {
      const changed = this.loops.inherit(from);
      if (changed.length > 0) this.log.add('event', 'settings', this.loops.gainsChanged(changed), '', t);
    }
    if (tuning.isTesting)
      this.log.add(
        'event',
        'controller',
        `Step test of ${from.nameOf(tuning.test?.loop ?? 0)} ended`,
        'an edit of the plant',
        t,
      );
  }

  private inheritStems(from: Plant): void {
    const { present, hasHeaders } = this.view.headers;
    if (from.stems) this.stems?.inherit(from.stems);
    else if (this.stems && present && hasHeaders)
      this.stems.beginAt(this.valvePositions.map((_, k) => present.opening(Math.floor(k / VALVES), k % VALVES)));
  }

  private inheritManual(from: Plant): void {
    const kept = from.manual.list().filter((command) => staysManual(command, from, this));
    if (kept.length < from.manual.count)
      this.log.add(
        'event',
        'plant',
        `Manual commands ended: ${from.manual.count - kept.length}`,
        ENDED,
        this.view.time_s,
      );
    this.manual.restore(kept);
    this.loops?.follow(this.manual);
  }

  /** Holds a device by hand, or releases it. @returns why it is refused, with nothing changed; undefined: it is done */
  order(order: ManualOrder, who: string): Problem | undefined {
    const refused = orderManually(
      {
        acting: this.acting,
        interlocks: this.interlocks,
        sequence: this.sequence,
        loops: this.loops,
        targets: this.targets,
        limits: this.settings.limits,
        log: this.log,
        hasHeaders: this.view.headers.hasHeaders,
        time_s: this.view.time_s,
      },
      order,
      who,
    );
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
    if (pressed) this.progress[6] = PRESSED;
    else if (this.isStopped) this.progress[6] = LET_GO;
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
    const { view, interlocks, effects, measurement } = this;
    const { state } = view;
    let hottest = Number.NEGATIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    let lowest = Number.POSITIVE_INFINITY;
    let drive = 0;
    for (let i = 0; i < state.chambers; i++) {
      hottest = Math.max(hottest, measurement.temperature[3 * i], REFERENCE_TEMPERATURE + state.wall[i]);
      highest = Math.max(highest, measurement.pressure[3 * i]);
      lowest = Math.min(lowest, measurement.pressure[3 * i]);
      drive = Math.max(drive, effects.drive[i]);
    }
    const present = view.headers.present;
    const supplies = present?.controls.supplyHigh;
    return {
      drive,
      isolated: !supplies || supplies.every((high) => high === 0),
      hottest_K: hottest,
      highestPressure_Pa: highest,
      lowestPressure_Pa: lowest,
      purgedVolumes: this.purged.reduce((least, n) => Math.min(least, n), Number.POSITIVE_INFINITY),
      supplyReady:
        present !== null && view.headers.hasHeaders && present.pressure(SUPPLY) > 0.9 * present.settings.supplyPressure,
      roomOxygen: this.progress[4],
      coolingFlow: coolingShare(this.acting),
      farmTripped: interlocks.latchedCauses(FARM).length > 0,
      anyTripped: interlocks.tripped,
      anyCause: this.anyCause(),
    };
  }

  /** Rung of the safety ladder on which a chamber stands by what is measured: index into RUNGS. */
  rung(chamber: number): number {
    const { limits } = this.settings;
    return Math.max(
      pressureRung(this.measurement.pressureVote.value[chamber], limits),
      temperatureRung(this.measurement.temperatureVote.value[chamber], limits),
    );
  }

  private anyCause(): boolean {
    for (let g = FARM; g < this.interlocks.groups; g++) if (this.interlocks.presentCauses(g).length > 0) return true;
    return false;
  }

  /** Counts the fresh gas of a purge. */
  private purge(dt: number): void {
    if (!this.sequence.demand.purge) return;
    const { present } = this.view.headers;
    const { amount } = this.view.state;
    if (!present) return;
    for (let i = 0; i < amount.length; i++)
      this.purged[i] += (Math.max(0, present.flowInto(i, SUPPLY_LINK)) * dt) / amount[i];
  }

  /** Whether the emergency stop is pressed. */
  get isStopped(): boolean {
    return this.progress[6] === PRESSED;
  }

  /** Nothing is broken, tripped or being shut down, nor will be by a fault that waits. */
  get isCalm(): boolean {
    const noFault = this.faults.all.every(({ state }) => state === 'ended' || state === 'cleared');
    return noFault && !this.interlocks.tripped && this.sequence.phase === 'running';
  }

  get roomOxygen(): number {
    return this.progress[4];
  }

  /** "Chamber pressure high, chamber 12". */
  alarmText(alarm: number): string {
    return `${alarmDefinition(this.alarms.table.kind(alarm)).label}, ${placeWords(this.alarms, alarm)}`;
  }

  private protect(t: number): void {
    const { measurement, three, power, good, progress } = this;
    three.fill(progress[4]);
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
        manualStop: progress[6] !== 0,
      },
      t,
    );
    if (progress[6] === LET_GO) progress[6] = 0;
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

  /** Oxygen of the room: gas from the chambers displaces air, the fans bring fresh. */
  private airTheRoom(dt: number): void {
    const { view, progress } = this;
    const vented = view.headers.vented;
    const escaped = ((vented - progress[5]) * GAS_CONSTANT * REFERENCE_TEMPERATURE) / ATM;
    progress[5] = vented;
    const fresh = view.ventilation * coolingShare(this.acting) * dt;
    // Backward Euler: any step is stable.
    const { roomVolume } = view;
    progress[4] = (roomVolume * progress[4] + FRESH_OXYGEN * fresh) / (roomVolume + fresh + Math.max(0, escaped));
  }

  /** Faults of sensors, relief valves and stems into these. */
  private followFaults(t: number): void {
    this.faultVersion = this.faults.version;
    const { sensors } = this.measurement;
    applySensorFaults(this.faults.active, this.measurement, t);
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
      roomOxygen: this.progress[4],
      bypassed: this.bypasses.active.length > 0,
    });
    tellInstruments(alarms, instruments, this.measurement.placement, (text) =>
      this.log.add('event', 'instruments', text, '', view.time_s),
    );
  }

  arrays(): Float64Array[] {
    return [
      this.progress,
      this.purged,
      ...this.measurement.arrays(),
      ...this.relief.arrays(),
      ...this.interlocks.arrays(),
      ...this.sequence.arrays(),
      ...this.alarms.arrays(),
      ...this.valveWear.arrays(),
      ...(this.loops?.arrays() ?? []),
      ...(this.stems?.arrays() ?? []),
    ];
  }

  snapshot(): PlantSnapshot {
    return {
      faults: this.faults.snapshot(),
      bypasses: this.bypasses.snapshot(),
      alarms: this.alarms.snapshot(),
      log: this.log.snapshot(),
      journal: this.journal.snapshot(),
      sensorFaults: [...this.measurement.sensors.saveFaults()],
      instruments: this.instruments.save(),
      manual: this.manual.snapshot(),
      cooling: this.effects.cooling,
    };
  }

  /** Before the arrays are filled: what other systems are built with. */
  prepare(kept: PlantSnapshot): void {
    this.faults.restore(kept.faults);
    this.effects.cooling = kept.cooling;
  }

  /** After the arrays have been filled. */
  restored(kept: PlantSnapshot): void {
    this.faults.restore(kept.faults);
    this.bypasses.restore(kept.bypasses);
    this.alarms.restore(kept.alarms);
    this.observation.restored();
    this.log.restore(kept.log);
    this.journal.restore(kept.journal);
    this.measurement.sensors.restoreFaults(Float64Array.from(kept.sensorFaults));
    this.measurement.followFaults();
    this.instruments.restore(kept.instruments);
    this.faultVersion = this.faults.version;
    this.interlocks.restored();
    this.manual.restore(kept.manual);
    this.loops?.follow(this.manual);
    this.loops?.restored();
    this.sequence.restored();
    this.renew();
  }
}

/** A fault as typed, without digits that nobody reads. */
function readable(fault: string): string {
  const short = fault.replace(/\d+\.\d{7,}/g, (number) => String(Number(Number(number).toPrecision(6))));
  return short.length > LONGEST_SAID ? `${short.slice(0, LONGEST_SAID)}…` : short;
}

/** Copies a part's state to one of the same shape. @returns whether it is of the same shape */
function takeArrays(from: { arrays(): Float64Array[] }, to: { arrays(): Float64Array[] }): boolean {
  const [old, own] = [from.arrays(), to.arrays()];
  if (old.length !== own.length || old.some((array, m) => array.length !== own[m].length)) return false;
  own.forEach((array, m) => {
    array.set(old[m]);
  });
  return true;
}

const sameTargets = (a: TargetCounts, b: TargetCounts): boolean => JSON.stringify(a) === JSON.stringify(b);
