// Which pumps run and how fast: a PI controller of the supply header's pressure asks for a flow, the return header's excess for
// another; the larger is shared evenly among as many pumps as it needs, at the speed their curve gives. Scans at a fixed period.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { heatCapacity, molarAverage } from '../../gas/ideal.ts';
import { exp, log } from '../../numerics/elementary.ts';
import type { PumpBank } from '../actuators/pump.ts';
import type { WearBank } from '../actuators/wear.ts';
import { PidBank } from '../controller/pid.ts';
import { simcTuning } from '../controller/simc.ts';
import type { HeaderSettings, MachineSettings } from './settings.ts';

/** Time in which the return header's excess over its set pressure is to be drawn off, s. */
export const RETURN_TIME_S = 0.1;
/** Share of the best flow that a pump is loaded with before another starts, and below which (of one less) one stops. */
const LOAD = 0.9;
const UNLOAD = 0.6;
/** Share of one pump's load below which the first does not start, and the last stops. */
const FIRST_LOAD = 0.05;
const LAST_LOAD = 0.02;
/** Time between stops, s, and the share of what is too many that stops at once. */
const STOP_INTERVAL_S = 2;
const STOP_SHARE = 0.1;
/** Factors per scan by which too hot a discharge takes flow away, and a cool one gives it back. */
const HOLD_BACK = 0.9;
const GIVE_BACK = 1.02;
const COOL_BY_K = 10;

/** What the scan sees. */
export interface PumpReadings {
  /** Pa. */
  readonly supply: number;
  readonly back: number;
  /** K, of the return header, and after the hottest stage. */
  readonly temperature: number;
  readonly discharge: number;
  /** mol/s that flow now. */
  readonly flow: number;
  /** Set pressures, Pa. */
  readonly supplySet: number;
  readonly backSet: number;
  /** Share of the electrical power. */
  readonly power: number;
  /** Speeds at which pumps are held by hand, NaN for the others; left out: none is. */
  readonly held?: Float64Array;
}

export class PumpControl {
  readonly pid = new PidBank(1);
  /** 1 for each pump that is to run. */
  readonly isOn: Float64Array;
  /** [s since the last stop, share of the capacity that the discharge's temperature allows, started]. */
  private readonly progress = new Float64Array([0, 1, 0]);
  private held: Float64Array | null = null;

  constructor(
    private readonly settings: HeaderSettings,
    private readonly machines: MachineSettings,
    private readonly bank: PumpBank,
    private readonly wear: WearBank,
  ) {
    this.isOn = new Float64Array(bank.count);
  }

  /** Pumps that run or start. */
  get running(): number {
    let on = 0;
    for (let i = 0; i < this.isOn.length; i++) on += this.isOn[i];
    return on;
  }

  /** One scan, dt (s) after the last: writes the bank's commands. */
  step(dt: number, r: PumpReadings): void {
    if (this.progress[2] === 0) this.start(dt);
    const { bank, machines } = this;
    const head = r.supply - r.back;
    const density = r.back / (R * r.temperature);
    const fastest = r.power < 1 ? (r.power > 0 ? exp(log(r.power) / 3) : 0) : 1;
    let available = 0;
    this.held = r.held ?? null;
    for (let i = 0; i < bank.count; i++) if (!this.isOut(i)) available++;
    const largest = this.flowAt(fastest, head);
    const capacity = available * largest * density;
    const demand = this.demand(dt, r, capacity);
    const volume = density > 0 ? demand / density : 0;
    this.stage(dt, volume, Math.min(machines.curve.bestFlow, largest), available);
    const each = Math.min(largest, volume / Math.max(1, this.running));
    const speed = Math.min(fastest, this.speedFor(each, head));
    for (let i = 0; i < bank.count; i++)
      bank.command[i] = this.isHeld(i)
        ? Math.min(fastest, (this.held as Float64Array)[i])
        : this.isOn[i] === 1
          ? speed
          : 0;
  }

  private isHeld(pump: number): boolean {
    return this.held !== null && !Number.isNaN(this.held[pump]);
  }

  /** Whether a pump is not this control's to start. */
  private isOut(pump: number): boolean {
    return this.bank.isTripped(pump) || this.isHeld(pump);
  }

  /** mol/s wanted: for the supply's pressure or against the return's, within what is there and does not overheat. */
  private demand(dt: number, r: PumpReadings, capacity: number): number {
    const { pid, progress, machines } = this;
    pid.setLimits(0, 0, Math.max(0, capacity));
    pid.setpoint[0] = r.supplySet;
    pid.measurement[0] = r.supply;
    // Pumps that are still on their way up: what they do not deliver must not wind up.
    pid.applied[0] = Math.min(pid.applied[0], Math.max(0, r.flow));
    pid.step(dt);
    const perPascal = this.settings.returnVolume / (R * r.temperature * RETURN_TIME_S);
    const excess = Math.max(0, r.back - r.backSet) * perPascal;
    if (r.discharge > machines.dischargeLimit) progress[1] *= HOLD_BACK;
    else if (r.discharge < machines.dischargeLimit - COOL_BY_K)
      progress[1] = Math.min(1, progress[1] * GIVE_BACK + 1e-3);
    return Math.min(Math.max(pid.output[0], excess), progress[1] * capacity);
  }

  /** Starts and stops pumps for a volume flow, m³/s. @param unit what one can be loaded with, m³/s */
  private stage(dt: number, volume: number, unit: number, available: number): void {
    const { progress, bank, isOn } = this;
    progress[0] += dt;
    for (let i = 0; i < bank.count; i++) if (this.isOut(i)) isOn[i] = 0;
    let on = this.running;
    const load = LOAD * unit;
    if (!(load > 0)) return;
    const wanted = volume > FIRST_LOAD * load || on > 0 ? Math.min(available, Math.ceil(volume / load)) : 0;
    for (; on < wanted; on++) isOn[this.pick(false)] = 1;
    const few = on === 1 ? volume < LAST_LOAD * load : volume < UNLOAD * load * (on - 1);
    if (on === 0 || !few || progress[0] < STOP_INTERVAL_S) return;
    progress[0] = 0;
    const stops = Math.max(1, Math.floor(STOP_SHARE * (on - wanted)));
    for (let m = 0; m < stops; m++) isOn[this.pick(true)] = 0;
  }

  /** To stop: the one that has run longest; to start: the one that has run least. */
  private pick(running: boolean): number {
    const { bank, isOn, wear } = this;
    let best = -1;
    for (let i = 0; i < bank.count; i++) {
      if ((isOn[i] === 1) !== running || this.isOut(i)) continue;
      const more = best < 0 || (running ? wear.seconds[i] > wear.seconds[best] : wear.seconds[i] < wear.seconds[best]);
      if (more) best = i;
    }
    return best;
  }

  /** Speed (share of rated) at which a pump delivers a volume flow against a head, Pa. */
  private speedFor(flow: number, head: number): number {
    const { curve, resistance } = this.machines;
    const needed = (head + (curve.curvature + resistance) * flow * flow) / curve.shutOffPressure;
    return Math.max(Math.sqrt(Math.max(0, needed)), flow * Math.sqrt(curve.curvature / curve.shutOffPressure));
  }

  /** m³/s of one pump at a speed against a head, Pa. */
  private flowAt(speed: number, head: number): number {
    const { curve, resistance } = this.machines;
    const drive = curve.shutOffPressure * speed * speed - head;
    if (!(drive > 0)) return 0;
    return Math.min(
      Math.sqrt(drive / (curve.curvature + resistance)),
      speed * Math.sqrt(curve.shutOffPressure / curve.curvature),
    );
  }

  /** Gains: the supply header integrates, behind a scan and a tenth of a pump's way up. */
  private start(dt: number): void {
    const { settings: s, machines, pid } = this;
    const cp = molarAverage(s.fractions, (k) => heatCapacity(k, s.roomTemperature));
    const gain = ((cp / (cp - R)) * R * s.roomTemperature) / s.supplyVolume;
    const model = { kind: 'integrating', gain, delay: dt + 0.1 / machines.ramp } as const;
    pid.tune(0, simcTuning(model, machines.closedLoopTime ?? 1).pid);
    pid.setAutomatic(0);
    this.progress[2] = 1;
  }

  /** All pumps stand by at the speed at which they just do not deliver against a head (Pa). */
  standBy(head: number): void {
    const { bank } = this;
    const speed = Math.min(1, this.speedFor(0, head));
    bank.speed.fill(speed);
    bank.command.fill(speed);
    this.isOn.fill(1);
  }

  /** Goes on from the output of another, with the gains of its own settings. */
  carryFrom(other: PumpControl): void {
    this.progress.set(other.progress);
    this.pid.output.set(other.pid.output);
    this.progress[2] = 0;
  }

  /** The whole state, for snapshots. */
  arrays(): Float64Array[] {
    return [this.isOn, this.progress, ...this.pid.arrays()];
  }
}
