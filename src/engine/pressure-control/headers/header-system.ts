// Supply and return headers, the valves between them and the chambers, vents to the room, injectors, and the compressor with
// make-up and relief that keep the headers at their pressures. Owns the headers' gas, the valves' lag, its clock and totals; the
// chambers' gas belongs to the caller (chamber-gas.ts). Deterministic; an exchange allocates nothing.
// Gas of the headers is ideal; a chamber of real gas takes part with the volume in which ideal gas has its pressure (Z held
// during one exchange). Docs: docs/model.md, "Headers".

import { GAS_CONSTANT as R } from '../../constants.ts';
import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { AIR } from '../../gas/mixture.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import type { ChamberGas } from './chamber-gas.ts';
import { compressorWork, molarEnthalpy } from './compressor.ts';
import { bookEntropy } from './entropy.ts';
import { ENERGY, idealEnergy, lastCapacity, STRIDE } from './gas-nodes.ts';
import { type HeaderControls, restingControls } from './header-controls.ts';
import {
  COMPRESSOR,
  EXTRA_BODIES,
  INJECTORS,
  LINKS,
  MIXER,
  RELIEF,
  RETURN,
  ROOM,
  STORE,
  SUPPLY,
  type SubStepContext,
} from './header-rates.ts';
import { HeaderWalls } from './header-walls.ts';
import { MachineCoupling } from './machine-coupling.ts';
import { Machines } from './machines.ts';
import { PartMixing } from './part-mixing.ts';
import { HEADER_TOTAL, HEADER_TOTAL_COUNT, type HeaderSettings } from './settings.ts';
import { SubStep } from './sub-step.ts';
import { ValveProgram } from './valve-program.ts';

/** Share of a body that may move in one exchange without error control. */
const GENTLE = 0.02;
/** First sub-step otherwise, as a share of the fastest body's time. */
const FIRST_SHARE = 0.1;
/** Passes in which a part that the caller left far from one pressure is levelled. */
const MIXING_PASSES = 200;
const SUB_STEP_LIMIT = 500_000;

export class HeaderSystem {
  /** See HEADER_TOTAL. */
  readonly totals = new Float64Array(HEADER_TOTAL_COUNT);
  /** Amounts (mol) and energy (J above 300 K) of supply and return, STRIDE each; then their temperatures, K. */
  readonly headers = new Float64Array(2 * STRIDE + 2);
  /** Time of the valves' programme, s. */
  readonly clock = new Float64Array(1);
  /** Pressure each chamber's valves have seen, Pa; NaN before the first exchange. */
  private readonly seen: Float64Array;
  /** What actuators and faults do at present. */
  readonly controls: HeaderControls;
  /** Pumps by curve, coolers and mixing chambers; null: the compressor is a stiff regulator. */
  readonly machines: Machines | null;
  /** Null: the headers are adiabatic. */
  readonly walls: HeaderWalls | null;
  private readonly coupling: MachineCoupling | null;
  private readonly context: SubStepContext;
  private readonly stepper: SubStep;
  private readonly mixing: PartMixing;
  private readonly program: ValveProgram | null;
  private readonly slotVolume: Float64Array;
  private readonly slotOf: Int32Array;
  /** Slot of each chamber in the last exchange; −1: it took no part. */
  private readonly slotOfChamber: Int32Array;
  private readonly sums: Float64Array;
  /** Seconds that the last sub-step took. */
  private done = 0;

  /** @param chambers how many; headers start full of `fractions` at their set pressures and the room's temperature */
  constructor(
    readonly settings: HeaderSettings,
    readonly chambers: number,
  ) {
    const capacity = chambers;
    this.context = {
      slots: 0,
      capacity,
      base: new Float64Array((capacity + EXTRA_BODIES) * STRIDE + 2),
      chamber: new Int32Array(capacity),
      part: new Int32Array(capacity),
      guess: new Float64Array(capacity),
      capacityAtGuess: new Float64Array(capacity),
      partVolume: new Float64Array(capacity),
      grouped: false,
      target: new Float64Array(capacity),
      seen: new Float64Array(capacity),
      targetRate: new Float64Array(capacity),
      followed: 1,
      lag: 0,
      work: 0,
      outlet: settings.roomTemperature,
      outletEnthalpy: Float64Array.from({ length: SPECIES_COUNT }, (_, k) =>
        molarEnthalpy(k, settings.roomTemperature),
      ),
      wallHeat: new Float64Array(2),
    };
    this.controls = restingControls(settings, chambers);
    this.machines = settings.machines && new Machines(settings, settings.machines);
    this.walls = settings.walls && new HeaderWalls(settings.walls, settings.roomTemperature);
    this.stepper = new SubStep(settings, this.context, this.controls, this.machines);
    this.coupling = this.machines && new MachineCoupling(this.machines, settings, this.context, this.stepper);
    this.mixing = new PartMixing(this.context);
    this.program = settings.cycle ? new ValveProgram(settings.cycle) : null;
    this.slotVolume = new Float64Array(capacity);
    this.slotOf = new Int32Array(capacity);
    this.slotOfChamber = new Int32Array(capacity).fill(-1);
    this.seen = new Float64Array(capacity).fill(Number.NaN);
    this.sums = new Float64Array(capacity + 2);
    for (const rates of [this.stepper.here, this.stepper.there]) rates.setRoom(AIR);
    this.fillHeader(SUPPLY, settings.supplyPressure, settings.roomTemperature, settings.fractions);
    this.fillHeader(RETURN, settings.returnPressure, settings.roomTemperature, settings.fractions);
  }

  /** Fills header 0 (supply) or 1 (return): p in Pa, T in K. */
  fillHeader(header: number, pressure: number, temperature: number, fractions: ArrayLike<number>): void {
    const at = header * STRIDE;
    const volume = header === SUPPLY ? this.settings.supplyVolume : this.settings.returnVolume;
    const amount = (pressure * volume) / (R * temperature);
    for (let k = 0; k < SPECIES_COUNT; k++) this.headers[at + k] = amount * fractions[k];
    this.headers[at + ENERGY] = idealEnergy(this.headers, at, temperature);
    this.headers[2 * STRIDE + header] = temperature;
  }

  /** Pa and K of header 0 (supply) or 1 (return). */
  pressure(header: number): number {
    let n = 0;
    for (let k = 0; k < SPECIES_COUNT; k++) n += this.headers[header * STRIDE + k];
    const volume = header === SUPPLY ? this.settings.supplyVolume : this.settings.returnVolume;
    return (n * R * this.temperature(header)) / volume;
  }

  temperature(header: number): number {
    return this.headers[2 * STRIDE + header];
  }

  /** Flow through one of a chamber's links (SUPPLY_LINK …) in the last sub-step, mol/s, positive into the chamber. */
  flowInto(chamber: number, link: number): number {
    const a = this.slotOfChamber[chamber];
    if (a < 0) return 0;
    const { links } = this.stepper.here;
    const e = LINKS * a + link;
    return links.down[e] === a ? links.flow[e] : -links.flow[e];
  }

  /** Pressure that the cycle wants of a chamber now, Pa; NaN without a cycle. */
  wantedPressure(chamber: number): number {
    return this.program?.target(chamber, this.clock[0]) ?? Number.NaN;
  }

  /** Flow through one of the headers' own links (MAKE_UP_SUPPLY …) in the last sub-step, mol/s, in its direction. */
  headerFlow(link: number): number {
    return this.done > 0 ? this.stepper.here.links.flow[LINKS * this.context.capacity + link] : 0;
  }

  /** Shaft power of the compressor in the last sub-step, W. */
  get compressorPower(): number {
    if (this.machines) return this.done > 0 ? this.machines.readings[3] : 0;
    return this.headerFlow(COMPRESSOR) * this.context.work;
  }

  /** Opening that a chamber's supply (0) or return valve (1) is asked for now, 0–1. */
  wantedOpening(chamber: number, which: number): number {
    const { cycle } = this.settings;
    if (!cycle || !this.program) return (which === 0 ? this.controls.supply : this.controls.back)[chamber];
    const slot = this.slotOfChamber[chamber];
    const advance = cycle.feedForward && slot >= 0 ? this.stepper.here.advance[slot] : 0;
    const error = (this.program.target(chamber, this.clock[0]) - this.seen[chamber]) / cycle.band + advance;
    return Math.min(1, Math.max(0, which === 0 ? error : -error));
  }

  /** Opening of a chamber's supply (0) or return valve (1) within what faults, interlocks and hands leave it; NaN before it has seen a pressure. */
  opening(chamber: number, which: number): number {
    const { supplyLow, supplyHigh, backLow, backHigh } = this.controls;
    const low = which === 0 ? supplyLow[chamber] : backLow[chamber];
    const high = which === 0 ? supplyHigh[chamber] : backHigh[chamber];
    return Math.min(high, Math.max(low, this.wantedOpening(chamber, which)));
  }

  /** Energy of both headers, their walls and the mixing chambers, J above 300 K, and amount of gas k in them, mol. */
  storedEnergy(): number {
    const rest = (this.machines?.storedEnergy() ?? 0) + (this.walls?.storedEnergy() ?? 0);
    return this.headers[ENERGY] + this.headers[STRIDE + ENERGY] + rest;
  }

  storedAmount(k: number): number {
    return this.headers[k] + this.headers[STRIDE + k] + (this.machines?.storedAmount(k) ?? 0);
  }

  /** What a snapshot stores. */
  stateArrays(): Float64Array[] {
    const walls = this.walls ? [this.walls.state] : [];
    return [this.headers, this.clock, this.seen, this.totals, ...walls, ...(this.machines?.arrays() ?? [])];
  }

  /**
   * Takes over the headers' gas, clock and totals of a system whose settings were changed. The gas keeps its state: make-up, relief
   * and compressor bring it to new set pressures, booked.
   */
  carryFrom(other: HeaderSystem): void {
    this.totals.set(other.totals);
    this.clock.set(other.clock);
    this.headers.set(other.headers);
    this.resize(SUPPLY, this.settings.supplyVolume / other.settings.supplyVolume);
    this.resize(RETURN, this.settings.returnVolume / other.settings.returnVolume);
    if (other.chambers === this.chambers) this.seen.set(other.seen);
    if (this.walls && other.walls) this.walls.state.set(other.walls.state);
    if (this.machines && other.machines) this.machines.carryFrom(other.machines);
    this.bookChange(other);
  }

  /** Another vessel comes full of gas in the same state. */
  private resize(header: number, ratio: number): void {
    for (let k = 0; k < STRIDE; k++) this.headers[header * STRIDE + k] *= ratio;
  }

  /** Headers and mixing chambers that come, go or change their size do so with the store: what that takes is booked as make-up. */
  private bookChange(other: HeaderSystem): void {
    const { totals } = this;
    for (let k = 0; k < SPECIES_COUNT; k++)
      totals[HEADER_TOTAL.makeUp + k] += this.storedAmount(k) - other.storedAmount(k);
    totals[HEADER_TOTAL.makeUpEnergy] += this.storedEnergy() - other.storedEnergy();
  }

  /**
   * Advances all flows by `dt` seconds (any positive time): changes headers and totals, and hands each chamber what it gained.
   * Chambers whose valves stay shut are not touched.
   * @returns sub-steps taken; 0 when nothing could flow
   * @throws when the gas is not in a physical state at the start (a programmer's error)
   */
  exchange(gas: ChamberGas, dt: number): number {
    const { stepper, context: c, program } = this;
    gas.refresh();
    this.collect(gas);
    if (c.slots === 0 && this.atRest()) {
      this.clock[0] += dt;
      this.done = 0;
      return 0;
    }
    this.load(gas);
    let left = dt;
    let h = 0;
    let taken = 0;
    let t = this.clock[0];
    while (left > 0) {
      let longest = program ? Math.min(left, program.longestStep(t)) : left;
      if (this.machines) longest = Math.min(longest, this.machines.longestStep());
      this.aim(t, h > 0 ? Math.min(h, longest) : longest);
      this.pressurise();
      if (this.walls) this.holdWalls(this.walls, h > 0 ? Math.min(h, longest) : longest);
      if (!stepper.begin(taken === 0)) throw new Error('gas of chambers or headers is not in a physical state');
      const activity = stepper.activity(this.sums);
      const gentle = longest * activity <= GENTLE;
      if (gentle) h = longest;
      else if (h === 0) h = Math.min(longest, FIRST_SHARE / activity);
      h = this.subStep(t, Math.min(h, longest), gentle);
      t += this.done;
      left = this.done >= left * (1 - 1e-14) ? 0 : left - this.done;
      if (++taken > SUB_STEP_LIMIT) throw new Error(`header system: ${taken} sub-steps and ${left} s left`);
    }
    this.clock[0] += dt;
    this.totals[HEADER_TOTAL.subSteps] += taken;
    this.unload(gas);
    return taken;
  }

  /** Lists the chambers that take part: with a valve, a vent or an injector open, or in one part with such a chamber. */
  private collect(gas: ChamberGas): void {
    const { settings: s, context: c, controls: k, slotOf } = this;
    c.slots = 0;
    c.grouped = gas.parts !== null;
    slotOf.fill(-1);
    this.slotOfChamber.fill(-1);
    for (let i = 0; i < this.chambers; i++) {
      const asked = s.cycle !== null || k.supply[i] > 0 || k.back[i] > 0;
      const free = asked && (k.supplyHigh[i] > 0 || k.backHigh[i] > 0);
      const valves = s.valveArea > 0 && (free || k.supplyLow[i] > 0 || k.backLow[i] > 0);
      if (!valves && !(k.roomArea[i] > 0) && !(k.injector[i] > 0)) continue;
      slotOf[gas.parts ? gas.parts[i] : i] = 0;
    }
    for (let i = 0; i < this.chambers; i++) {
      const part = gas.parts ? gas.parts[i] : i;
      if (slotOf[part] < 0) continue;
      const a = c.slots++;
      c.chamber[a] = i;
      this.slotOfChamber[i] = a;
      // The part's number is that of its lowest chamber, which comes first and so has its slot by now.
      if (part === i) slotOf[i] = a;
      c.part[a] = slotOf[part];
    }
  }

  /** Whether the headers need nothing. */
  private atRest(): boolean {
    const { settings: s } = this;
    if (s.machines || !this.isCool()) return false;
    if (s.regulatorTime === Number.POSITIVE_INFINITY) return true;
    const [supplyShare, returnShare] = this.controls.pressureShare;
    return (
      isNear(this.pressure(SUPPLY), supplyShare * s.supplyPressure) &&
      isNear(this.pressure(RETURN), returnShare * s.returnPressure)
    );
  }

  /** Whether headers and walls have the room's temperature, as far as they take part in it. */
  private isCool(): boolean {
    const { walls, settings: s } = this;
    if (!walls) return true;
    return HEADERS.every(
      (header) =>
        isNear(this.temperature(header), s.roomTemperature) && isNear(walls.temperature[header], s.roomTemperature),
    );
  }

  /** Takes the state of the gas into the bodies. */
  private load(gas: ChamberGas): void {
    const { context: c, stepper, seen, slotVolume } = this;
    const { base } = c;
    c.partVolume.fill(0, 0, c.slots);
    for (let a = 0; a < c.slots; a++) {
      const i = c.chamber[a];
      const at = a * STRIDE;
      let n = 0;
      for (let k = 0; k < SPECIES_COUNT; k++) {
        base[at + k] = gas.amounts[i * SPECIES_COUNT + k];
        n += base[at + k];
      }
      const T = REFERENCE_TEMPERATURE + gas.temperature[i];
      const p = gas.pressure[i];
      base[at + ENERGY] = idealEnergy(base, at, T);
      c.capacityAtGuess[a] = lastCapacity();
      c.guess[a] = T;
      slotVolume[a] = n > 0 && p > 0 ? (n * R * T) / p : gas.volume[i];
      stepper.here.nodes.volume[a] = slotVolume[a];
      stepper.there.nodes.volume[a] = slotVolume[a];
      c.partVolume[c.part[a]] += slotVolume[a];
      if (Number.isNaN(seen[i])) seen[i] = p;
      c.seen[a] = seen[i];
    }
    const first = c.capacity * STRIDE;
    for (let k = 0; k < 2 * STRIDE; k++) base[first + k] = this.headers[k];
    for (const header of HEADERS) {
      stepper.here.nodes.temperature[c.capacity + header] = this.temperature(header);
    }
    this.coupling?.load();
    stepper.delta.fill(0, 0, c.slots * STRIDE);
    stepper.delta.fill(0, first);
  }

  /** Sets what a sub-step of h seconds from time t needs to know of the programme: wanted pressures and lag. */
  private aim(t: number, h: number): void {
    const { context: c, program } = this;
    if (!program) return;
    c.followed = program.followed(h);
    c.lag = (h * (1 - c.followed)) / c.followed;
    for (let a = 0; a < c.slots; a++) {
      const i = c.chamber[a];
      c.targetRate[a] = program.rate(i, t, h);
      c.target[a] = program.startOf(i, t, h, c.targetRate[a]);
    }
  }

  /** Takes one sub-step of at most h seconds from time t. @returns the next one's length; `done` is what was taken */
  private subStep(t: number, h: number, gentle: boolean): number {
    const { stepper, settings: s } = this;
    let size = h;
    if (gentle && stepper.single(size)) {
      this.finish(size);
      return size;
    }
    for (;;) {
      const error = stepper.double(size, s.tolerance);
      if (error <= 1) {
        this.finish(size);
        return size * Math.min(5, error > 0 ? 0.9 / Math.sqrt(error) : 5);
      }
      size *= Number.isFinite(error) ? Math.max(0.1, 0.9 / Math.sqrt(error)) : 0.25;
      if (!(size > 1e-16)) throw new Error('header system: sub-step vanished');
      this.aim(t, size);
      stepper.begin(false);
    }
  }

  /** Work per mole of the compressor at the state reached; it must be known before the rates are. */
  private pressurise(): void {
    const { context: c, settings: s, stepper } = this;
    const from = c.capacity + RETURN;
    const { nodes } = stepper.here;
    if (this.coupling) {
      this.coupling.prepare(this.controls);
      return;
    }
    c.work = 0;
    if (s.regulatorTime === Number.POSITIVE_INFINITY || !(s.compressorLimit > 0)) return;
    if (!stepper.here.describeHeaders(stepper.delta)) return;
    const ratio = nodes.pressure[c.capacity + SUPPLY] / nodes.pressure[from];
    c.work = compressorWork(nodes.y, from * STRIDE, nodes.temperature[from], ratio, s.compressorEfficiency);
  }

  private finish(h: number): void {
    const { context: c, stepper, totals } = this;
    const { nodes } = stepper.here;
    this.done = h;
    this.coupling?.note();
    bookEntropy(this.settings, this.controls, c, stepper, h, totals);
    totals[HEADER_TOTAL.compressed] += stepper.moved[LINKS * c.capacity + COMPRESSOR];
    for (let a = 0; a < c.slots; a++) {
      c.seen[a] += c.followed * (nodes.pressure[a] + stepper.rise[a] - c.seen[a]);
      c.guess[a] = nodes.temperature[a];
    }
    stepper.accept();
    this.coupling?.finish(h, totals);
    if (this.walls) this.coolWalls(this.walls, h);
    if (!c.grouped) return;
    for (let pass = 0; pass < MIXING_PASSES && stepper.begin(false); pass++) {
      if (!this.mixing.mix(stepper.delta, nodes, this.slotVolume, totals)) return;
    }
  }

  /** Sets what the headers' gas gives to the walls while it flows in a sub-step of about h seconds. */
  private holdWalls(walls: HeaderWalls, h: number): void {
    const { context: c, stepper } = this;
    if (!stepper.here.describeHeaders(stepper.delta)) return;
    const { amount, temperature, heatCapacity } = stepper.here.nodes;
    for (const header of HEADERS) {
      const v = c.capacity + header;
      c.wallHeat[header] = walls.held(header, h, amount[v], temperature[v], heatCapacity[v]);
    }
  }

  /** Heat from the headers' gas through their walls in an accepted sub-step. */
  private coolWalls(walls: HeaderWalls, h: number): void {
    const { context: c, stepper, totals } = this;
    for (const header of HEADERS) {
      const v = c.capacity + header;
      walls.exchange(
        header,
        h,
        c.wallHeat[header],
        c.base,
        stepper.delta,
        v * STRIDE,
        stepper.here.nodes.temperature[v],
      );
      totals[HEADER_TOTAL.wallHeat] += walls.roomHeat;
      totals[HEADER_TOTAL.entropyWall] += walls.entropy;
    }
  }

  /** Gives the changes to chambers, headers and totals. */
  private unload(gas: ChamberGas): void {
    const { context: c, stepper, headers, totals, seen } = this;
    const { delta, here } = stepper;
    for (let a = 0; a < c.slots; a++) {
      const at = a * STRIDE;
      seen[c.chamber[a]] = c.seen[a];
      gas.receive(c.chamber[a], delta, at, delta[at + ENERGY]);
      totals[HEADER_TOTAL.chamberEnergy] += delta[at + ENERGY];
      for (let k = 0; k < SPECIES_COUNT; k++) totals[HEADER_TOTAL.chambers + k] += delta[at + k];
    }
    const first = c.capacity * STRIDE;
    for (let k = 0; k < 2 * STRIDE; k++) headers[k] += delta[first + k];
    here.describeHeaders(delta);
    for (const header of HEADERS) headers[2 * STRIDE + header] = here.nodes.temperature[c.capacity + header];
    this.book(STORE, HEADER_TOTAL.makeUp, HEADER_TOTAL.makeUpEnergy, -1);
    this.book(MIXER, HEADER_TOTAL.makeUp, HEADER_TOTAL.makeUpEnergy, -1);
    this.book(RELIEF, HEADER_TOTAL.relief, HEADER_TOTAL.reliefEnergy, 1);
    this.book(ROOM, HEADER_TOTAL.vented, HEADER_TOTAL.ventEnergy, 1);
    this.book(INJECTORS, HEADER_TOTAL.injected, HEADER_TOTAL.injectedEnergy, -1);
    totals[HEADER_TOTAL.compressorWork] += delta[delta.length - 2];
    totals[HEADER_TOTAL.coolerHeat] += delta[delta.length - 1];
  }

  private book(body: number, amounts: number, energy: number, sign: number): void {
    const { context: c, stepper, totals } = this;
    const at = (c.capacity + body) * STRIDE;
    for (let k = 0; k < SPECIES_COUNT; k++) totals[amounts + k] += sign * stepper.delta[at + k];
    totals[energy] += sign * stepper.delta[at + ENERGY];
  }
}

const isNear = (p: number, set: number): boolean => Math.abs(p - set) <= 1e-9 * set;
const HEADERS = [SUPPLY, RETURN] as const;
