// Rates of change of chambers, headers and the boundary's books at one state: valves, vents, injectors, make-up, relief,
// compressor. Every flow leaves one body and enters another, so that sums over all bodies stay. Allocates nothing once made.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import { molarEnthalpy } from './compressor.ts';
import { ENERGY, GasNodes, STRIDE } from './gas-nodes.ts';
import type { HeaderControls } from './header-controls.ts';
import type { Machines } from './machines.ts';
import type { PumpFlow } from './pump-flow.ts';
import type { HeaderSettings, PressureCycle } from './settings.ts';
import { ValveLinks } from './valve-links.ts';

/** Links of each chamber, and after those of all chambers the headers' own. */
export const LINKS = 3;
export const SUPPLY_LINK = 0;
export const RETURN_LINK = 1;
export const VENT_LINK = 2;
export const MAKE_UP_SUPPLY = 0;
export const MAKE_UP_RETURN = 1;
export const RELIEF_LINK = 2;
export const COMPRESSOR = 3;
export const HEADER_LINKS = 4;

/** Bodies after the chambers; those without a volume keep their state and books what they received. */
export const SUPPLY = 0;
export const RETURN = 1;
export const ROOM = 2;
export const STORE = 3;
export const RELIEF = 4;
export const INJECTORS = 5;
/** What comes out of the mixing chambers, where there are any. */
export const MIXER = 6;
export const EXTRA_BODIES = 7;

/** What does not change within a sub-step; slots are the chambers that take part. */
export interface SubStepContext {
  /** Chambers that take part, and the most there can be. */
  slots: number;
  readonly capacity: number;
  /** Amounts and energy at the start of the exchange, STRIDE per body. */
  readonly base: Float64Array;
  /** Chamber of a slot; first slot of its part; its temperature as last known, K. */
  readonly chamber: Int32Array;
  readonly part: Int32Array;
  readonly guess: Float64Array;
  /** C_v of the chamber's gas as loaded, J/K. */
  readonly capacityAtGuess: Float64Array;
  /** m³: of the chamber, and of the whole part at its first slot. */
  readonly partVolume: Float64Array;
  grouped: boolean;
  /** Wanted pressure and the pressure the valves have seen so far, Pa, per slot; share they follow in this sub-step. */
  readonly target: Float64Array;
  readonly seen: Float64Array;
  /** Rate of the wanted pressure, Pa/s. */
  readonly targetRate: Float64Array;
  followed: number;
  /** By how much the pressure seen trails one that moves steadily, s. */
  lag: number;
  /** Work per mole of the compressor, J/mol; temperature of the gas after its cooler, K, and each gas's molar enthalpy there, J/mol. */
  work: number;
  outlet: number;
  readonly outletEnthalpy: Float64Array;
  /** Heat that supply and return give to their walls while gas flows, W. */
  readonly wallHeat: Float64Array;
}

export class HeaderRates {
  readonly nodes: GasNodes;
  readonly links: ValveLinks;
  /** Per body STRIDE entries, then work and heat of the compressor. */
  readonly rate: Float64Array;
  /** Pressure rate of each slot (parts: of their first), and of the headers behind, Pa/s. */
  readonly push: Float64Array;
  private readonly first: number;
  /** Flow of the pumps by curve; null: the compressor is a regulator. */
  private readonly pumps: PumpFlow | null;
  private readonly injected = new Float64Array(STRIDE);
  private readonly injectedHeatCapacity: number;
  private readonly gain: readonly [supply: number, back: number];
  private readonly partSum: Float64Array;
  /** Opening given in advance to each slot's supply valve, negative: to its return valve. */
  readonly advance: Float64Array;

  constructor(
    private readonly settings: HeaderSettings,
    private readonly context: SubStepContext,
    private readonly controls: HeaderControls,
    machines: Machines | null,
  ) {
    const { capacity } = context;
    this.first = capacity;
    this.pumps = machines?.flowLaw() ?? null;
    this.nodes = new GasNodes(capacity + EXTRA_BODIES);
    this.links = new ValveLinks(LINKS * capacity + HEADER_LINKS);
    this.rate = new Float64Array((capacity + EXTRA_BODIES) * STRIDE + 2);
    this.push = new Float64Array(capacity + 2);
    this.partSum = new Float64Array(capacity);
    this.advance = new Float64Array(capacity);
    const s = settings;
    const { nodes } = this;
    nodes.fix(capacity + STORE, s.supplyPressure, s.roomTemperature, s.fractions);
    nodes.fix(capacity + RELIEF, 0, s.roomTemperature, s.fractions);
    nodes.fix(capacity + MIXER, s.supplyPressure, s.roomTemperature, s.fractions);
    nodes.volume[capacity + SUPPLY] = s.supplyVolume;
    nodes.volume[capacity + RETURN] = s.returnVolume;
    // The injected gas, described once in the body that keeps its book.
    nodes.fix(capacity + INJECTORS, 0, s.injectorTemperature, s.injectorFractions);
    for (let k = 0; k < SPECIES_COUNT; k++) {
      this.injected[k] = s.injectorFractions[k];
      this.injected[ENERGY] += s.injectorFractions[k] * molarEnthalpy(k, s.injectorTemperature);
    }
    this.injectedHeatCapacity = nodes.heatCapacity[capacity + INJECTORS];
    const perPascal = 1 / (R * s.roomTemperature * s.regulatorTime);
    this.gain = [s.supplyVolume * perPascal, s.returnVolume * perPascal];
  }

  /** The room's air: dry air at the room's pressure and temperature. */
  setRoom(fractions: ArrayLike<number>): void {
    const { roomPressure, roomTemperature } = this.settings;
    this.nodes.fix(this.first + ROOM, roomPressure, roomTemperature, fractions);
  }

  /** What comes out of the mixing chambers, mole fractions. */
  setMixed(fractions: ArrayLike<number>): void {
    const { supplyPressure, roomTemperature } = this.settings;
    this.nodes.fix(this.first + MIXER, supplyPressure, roomTemperature, fractions);
  }

  /**
   * Rates at base + delta. @returns false when that is not a state of a gas
   * @param fresh the chambers are as loaded: at the temperature of their guess
   * @param ahead seconds after the start of the sub-step
   */
  evaluate(delta: Float64Array, fresh = false, ahead = 0): boolean {
    const { context: c, rate, push, first } = this;
    for (let a = 0; a < c.slots; a++) {
      if (!this.describe(a, delta, c.guess[a], fresh ? c.capacityAtGuess[a] : 0)) return false;
    }
    if (!this.describeHeaders(delta)) return false;
    if (c.grouped) this.levelParts();
    rate.fill(0, 0, c.slots * STRIDE);
    rate.fill(0, first * STRIDE);
    push.fill(0, 0, c.slots);
    push[first + SUPPLY] = 0;
    push[first + RETURN] = 0;
    for (let a = 0; a < c.slots; a++) {
      this.openValves(a, ahead);
      for (let m = 0; m < LINKS; m++) {
        const e = LINKS * a + m;
        if (this.links.flow[e] > 0) this.flowThrough(e);
      }
      this.inject(a);
    }
    this.regulate();
    this.cool(SUPPLY);
    this.cool(RETURN);
    return true;
  }

  /** The heat a header gives to its wall. */
  private cool(header: number): void {
    const heat = this.context.wallHeat[header];
    if (heat === 0) return;
    const { nodes, rate, push } = this;
    const v = this.first + header;
    rate[v * STRIDE + ENERGY] -= heat;
    push[v] -= (R * heat) / (nodes.heatCapacity[v] * nodes.volume[v]);
  }

  describeHeaders(delta: Float64Array): boolean {
    const { first, nodes } = this;
    for (let h = first; h < first + 2; h++) if (!this.describe(h, delta, nodes.temperature[h])) return false;
    return true;
  }

  private describe(v: number, delta: Float64Array, guess: number, capacity = 0): boolean {
    const { nodes, context } = this;
    for (let at = v * STRIDE, end = at + STRIDE; at < end; at++) nodes.y[at] = context.base[at] + delta[at];
    return nodes.describe(v, guess, capacity);
  }

  /** Chambers of one part share the pressure of all their gas in all their volume. */
  private levelParts(): void {
    const { context: c, nodes, partSum } = this;
    partSum.fill(0, 0, c.slots);
    for (let a = 0; a < c.slots; a++) partSum[c.part[a]] += nodes.amount[a] * R * nodes.temperature[a];
    for (let a = 0; a < c.slots; a++) nodes.pressure[a] = partSum[c.part[a]] / c.partVolume[c.part[a]];
  }

  private openValves(a: number, ahead: number): void {
    const { settings: s, context: c, controls, nodes, links, first } = this;
    const e = LINKS * a;
    const i = c.chamber[a];
    let supply = controls.supply[i];
    let back = controls.back[i];
    let perPascal = 0;
    if (s.cycle) {
      const seen = c.seen[a] + c.followed * (nodes.pressure[a] - c.seen[a]);
      let error = (c.target[a] + ahead * c.targetRate[a] - seen) / s.cycle.band;
      if (s.cycle.feedForward) {
        this.advance[a] = this.inAdvance(a);
        error += this.advance[a];
      }
      supply = Math.min(1, Math.max(0, error));
      back = Math.min(1, Math.max(0, -error));
      perPascal = Math.abs(error) < 1 ? c.followed / s.cycle.band : 0;
    }
    const asked = supply - back;
    supply = Math.min(controls.supplyHigh[i], Math.max(controls.supplyLow[i], supply));
    back = Math.min(controls.backHigh[i], Math.max(controls.backLow[i], back));
    // A valve that is held does not follow the pressure.
    if (supply - back !== asked) perPascal = 0;
    links.evaluate(e + SUPPLY_LINK, nodes, first + SUPPLY, a, s.valveArea * supply);
    links.evaluate(e + RETURN_LINK, nodes, a, first + RETURN, s.valveArea * back);
    links.evaluate(e + VENT_LINK, nodes, a, first + ROOM, controls.roomArea[i]);
    links.timeSlope[e + SUPPLY_LINK] = 0;
    links.timeSlope[e + RETURN_LINK] = 0;
    if (perPascal > 0) this.followTarget(a, supply, back, perPascal);
  }

  /**
   * Share of the valve that lets the wanted pressure's own change pass, less what the valve's lag makes of that change; negative: of
   * the return valve.
   */
  private inAdvance(a: number): number {
    const { settings: s, context: c, nodes, links, first } = this;
    const rate = c.targetRate[a];
    if (rate === 0) return 0;
    const e = LINKS * a + (rate > 0 ? SUPPLY_LINK : RETURN_LINK);
    if (rate > 0) links.evaluate(e, nodes, first + SUPPLY, a, s.valveArea);
    else links.evaluate(e, nodes, a, first + RETURN, s.valveArea);
    const { band } = s.cycle as PressureCycle;
    if (!(links.flow[e] > 0)) return 0;
    const up = links.up[e];
    // Of the chamber's own volume: each chamber of a part lets its own share pass.
    const perMole =
      rate > 0
        ? nodes.rise(a, nodes.volume[a], nodes.temperature[up], nodes.heatCapacity[up])
        : nodes.fall(a, nodes.volume[a]);
    return rate / (perMole * links.flow[e]) - (rate * c.lag) / band;
  }

  /** What the valves' proportional law adds to the slopes by pressure and time, `perPascal` opening per pascal seen. */
  private followTarget(a: number, supply: number, back: number, perPascal: number): void {
    const { links, context: c } = this;
    const perSecond = c.targetRate[a] * (perPascal / c.followed);
    const s = LINKS * a + SUPPLY_LINK;
    const r = LINKS * a + RETURN_LINK;
    // A valve that closes as the chamber's pressure comes near the wanted one adds to the slope; one that opens is left out.
    if (supply > 0) {
      if (links.down[s] === a) links.backSlope[s] += (links.flow[s] / supply) * perPascal;
      links.timeSlope[s] = (links.flow[s] / supply) * perSecond;
    }
    if (back > 0) {
      if (links.up[r] === a) links.slope[r] += (links.flow[r] / back) * perPascal;
      links.timeSlope[r] = -(links.flow[r] / back) * perSecond;
    }
  }

  private flowThrough(e: number): void {
    const { links } = this;
    this.pass(this.rate, e, links.flow[e]);
    this.pressurise(links.up[e], -links.flow[e] * this.fall(links.up[e]));
    this.pressurise(links.down[e], links.flow[e] * this.riseThrough(e));
  }

  private inject(a: number): void {
    const { settings: s, context: c, rate, first, injected } = this;
    const flow = this.controls.injector[c.chamber[a]];
    if (!(flow > 0)) return;
    for (let k = 0; k < STRIDE; k++) {
      rate[a * STRIDE + k] += flow * injected[k];
      rate[(first + INJECTORS) * STRIDE + k] -= flow * injected[k];
    }
    this.pressurise(a, flow * this.nodes.rise(a, this.volumeOf(a), s.injectorTemperature, this.injectedHeatCapacity));
  }

  /** Make-up, relief and compressor: proportional to the headers' distance from their set pressures. */
  private regulate(): void {
    const { settings: s, nodes, links, first, gain } = this;
    const e = LINKS * first;
    const [supplyShare, returnShare] = this.controls.pressureShare;
    if (this.pumps) {
      this.pump(this.pumps, supplyShare * s.supplyPressure, returnShare * s.returnPressure);
      return;
    }
    const limit = s.compressorLimit * this.controls.compressorShare;
    const supplyHigh = nodes.pressure[first + SUPPLY] - supplyShare * s.supplyPressure;
    const returnHigh = nodes.pressure[first + RETURN] - returnShare * s.returnPressure;
    const wanted = gain[1] * Math.max(0, returnHigh);
    this.setLink(
      e + MAKE_UP_SUPPLY,
      STORE,
      SUPPLY,
      -gain[0] * Math.min(0, supplyHigh),
      0,
      supplyHigh < 0 ? gain[0] : 0,
    );
    this.setLink(
      e + MAKE_UP_RETURN,
      STORE,
      RETURN,
      -gain[1] * Math.min(0, returnHigh),
      0,
      returnHigh < 0 ? gain[1] : 0,
    );
    this.setLink(e + RELIEF_LINK, SUPPLY, RELIEF, gain[0] * Math.max(0, supplyHigh), supplyHigh > 0 ? gain[0] : 0, 0);
    this.setLink(
      e + COMPRESSOR,
      RETURN,
      SUPPLY,
      Math.min(limit, wanted),
      returnHigh > 0 && wanted < limit ? gain[1] : 0,
      0,
    );
    for (let m = 0; m < HEADER_LINKS; m++) if (links.flow[e + m] > 0) this.flowThrough(e + m);
  }

  /** Pumps by curve; make-up and relief stand off the set pressure, so that the pumps have it to themselves. */
  private pump(pumps: PumpFlow, supplySet: number, returnSet: number): void {
    const { nodes, links, first, gain } = this;
    const e = LINKS * first;
    const band = this.settings.machines?.band ?? 0;
    const low = (1 - band) * supplySet - nodes.pressure[first + SUPPLY];
    const high = nodes.pressure[first + SUPPLY] - (1 + band) * supplySet;
    const returnLow = returnSet - nodes.pressure[first + RETURN];
    this.setLink(e + MAKE_UP_SUPPLY, MIXER, SUPPLY, gain[0] * Math.max(0, low), 0, low > 0 ? gain[0] : 0);
    this.setLink(e + MAKE_UP_RETURN, STORE, RETURN, gain[1] * Math.max(0, returnLow), 0, returnLow > 0 ? gain[1] : 0);
    this.setLink(e + RELIEF_LINK, SUPPLY, RELIEF, gain[0] * Math.max(0, high), high > 0 ? gain[0] : 0, 0);
    const back = first + RETURN;
    pumps.evaluate(nodes.pressure[back], nodes.pressure[first + SUPPLY], nodes.temperature[back], nodes.gamma[back]);
    this.setLink(e + COMPRESSOR, RETURN, SUPPLY, pumps.flow, pumps.slope, pumps.backSlope);
    for (let m = 0; m < HEADER_LINKS; m++) if (links.flow[e + m] > 0) this.flowThrough(e + m);
  }

  private setLink(e: number, up: number, down: number, flow: number, slope: number, backSlope: number): void {
    const { links, first } = this;
    links.up[e] = first + up;
    links.down[e] = first + down;
    links.flow[e] = flow;
    links.slope[e] = slope;
    links.backSlope[e] = backSlope;
  }

  /** Lets `moles` more pass link e: into the bodies' changes, and into the pressure changes that belong to them. */
  passWithPressure(target: Float64Array, pressure: Float64Array, e: number, moles: number): void {
    const { links } = this;
    this.pass(target, e, moles);
    this.addTo(pressure, links.up[e], -moles * this.fall(links.up[e]));
    this.addTo(pressure, links.down[e], moles * this.riseThrough(e));
  }

  private pressurise(body: number, rate: number): void {
    this.addTo(this.push, body, rate);
  }

  private addTo(pressure: Float64Array, body: number, value: number): void {
    const { first, context } = this;
    if (body < first) pressure[context.grouped ? context.part[body] : body] += value;
    else if (body < first + 2) pressure[body] += value;
  }

  /** Volume whose pressure a body's gas makes, m³; 0 for a fixed state. */
  volumeOf(body: number): number {
    const { context, first, nodes } = this;
    return body < first && context.grouped ? context.partVolume[context.part[body]] : nodes.volume[body];
  }

  /** Fall of the upstream pressure per mole out, and rise downstream per mole in through link e, Pa/mol. */
  fall(body: number): number {
    return this.nodes.fall(body, this.volumeOf(body));
  }

  riseThrough(e: number): number {
    const { links, nodes, first, context } = this;
    const up = links.up[e];
    const T = e === LINKS * first + COMPRESSOR ? context.outlet : nodes.temperature[up];
    return nodes.rise(links.down[e], this.volumeOf(links.down[e]), T, nodes.heatCapacity[up]);
  }

  /** Adds to `target` the passage of `moles` (negative: back) of link e's upstream gas with its enthalpy. */
  pass(target: Float64Array, e: number, moles: number): void {
    const { nodes, links, first } = this;
    const from = links.up[e] * STRIDE;
    const to = links.down[e] * STRIDE;
    const compressed = e === LINKS * first + COMPRESSOR;
    const perMole = moles / nodes.amount[links.up[e]];
    const carried = moles * nodes.enthalpy[links.up[e]];
    let cooled = 0;
    for (let k = 0; k < SPECIES_COUNT; k++) {
      const passed = perMole * nodes.y[from + k];
      if (passed === 0) continue;
      target[from + k] -= passed;
      target[to + k] += passed;
      if (compressed) cooled += passed * this.context.outletEnthalpy[k];
    }
    target[from + ENERGY] -= carried;
    target[to + ENERGY] += compressed ? cooled : carried;
    if (!compressed) return;
    const work = moles * this.context.work;
    target[target.length - 2] += work;
    target[target.length - 1] += carried + work - cooled;
  }
}
