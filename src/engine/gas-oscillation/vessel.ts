// Rigid vessels joined by orifices to each other and to reservoirs (supply line, return header, room): the slow, full-swing
// exchange of gas. Six amounts and the internal energy per vessel; what leaves one place enters the other by the same
// number, so each gas and the energy are conserved to round-off. Acoustic inertia of the necks is not here.

import { GAS_CONSTANT as R } from '../constants.ts';
import { SPECIES, SPECIES_COUNT } from '../gas/species.ts';
import {
  createWorkspace,
  DORMAND_PRINCE_STABILITY,
  dormandPrinceStep,
  type RateFunction,
} from '../numerics/dormand-prince.ts';
import { pow } from '../numerics/elementary.ts';
import { flowFunction, REGULARISED_BAND } from '../pressure-control/valves.ts';
import {
  bodyEnergy,
  bodyHeatCapacity,
  bodyTemperature,
  ENERGY,
  type GasLaw,
  NASA9_LAW,
  VESSEL_STRIDE,
  WALL_HEAT,
} from './vessel-gas.ts';
import type { Advance, Orifice, Reservoir, VesselSettings, VesselWall } from './vessel-settings.ts';
import { RosenbrockStep } from './vessel-stiff.ts';

/** Pressure (Pa) below which a vessel's errors are no longer measured relative to its own content. */
const VACUUM = 10;
const STEP_LIMIT = 500_000;
const STIFF_AFTER = 15;
/** Longest explicit step in units of the fastest equalisation. */
const EXPLICIT_REACH = 0.75 * DORMAND_PRINCE_STABILITY;
const NO_AREA_TEMPERATURE = 300;

/** The state of one side of an orifice. */
interface Side {
  pressure: number;
  temperature: number;
  amount: number;
  gamma: number;
  molarMass: number;
  /** Molar enthalpy, J/mol. */
  enthalpy: number;
}
const emptySide = (): Side => ({
  pressure: 0,
  temperature: NO_AREA_TEMPERATURE,
  amount: 0,
  gamma: 1.4,
  molarMass: 0.03,
  enthalpy: 0,
});

export class VesselNetwork {
  readonly count: number;
  readonly law: GasLaw;
  readonly volumes: Float64Array;
  readonly orifices: readonly Orifice[];
  /** C_d·A of each orifice now, m². */
  readonly area: Float64Array;
  /** Vessels, then per reservoir the amounts and the energy it has received. */
  readonly y: Float64Array;
  /** Molar flow of each orifice at the last evaluation, from → to, mol/s. */
  readonly flow: Float64Array;
  /** Its size's derivative by the upstream pressure, and minus that by the downstream pressure, mol/(s·Pa). */
  readonly flowSlope: Float64Array;
  readonly backSlope: Float64Array;
  /** Vessels, then reservoirs, as last evaluated. */
  readonly sides: Side[];
  private readonly walls: readonly VesselWall[] | null;
  private readonly reservoirs: readonly Reservoir[];
  private readonly tolerance: number;
  private readonly work;
  private readonly rosenbrock: RosenbrockStep;
  private step_s = 0;
  private stiffCount = 0;
  private implicit = false;
  private readonly rate: RateFunction = (y, rate) => this.evaluate(y, rate);

  constructor(settings: VesselSettings) {
    this.count = settings.volumes.length;
    this.volumes = Float64Array.from(settings.volumes);
    this.reservoirs = settings.reservoirs;
    this.orifices = settings.orifices;
    this.area = Float64Array.from(settings.orifices, (o) => o.effectiveArea);
    this.walls = settings.walls ?? null;
    this.law = settings.law ?? NASA9_LAW;
    this.tolerance = settings.tolerance ?? 1e-8;
    const places = this.count + this.reservoirs.length;
    this.y = new Float64Array(VESSEL_STRIDE * places);
    this.flow = new Float64Array(this.area.length);
    this.flowSlope = new Float64Array(this.area.length);
    this.backSlope = new Float64Array(this.area.length);
    this.sides = Array.from({ length: places }, emptySide);
    this.work = createWorkspace(this.y.length);
    this.rosenbrock = new RosenbrockStep(this);
    this.reservoirs.forEach((r, k) => {
      this.describe(this.sides[this.count + k], r.fractions, 0, 1, r.temperature, r.pressure);
    });
  }

  /** Fills vessel i: p in Pa (0 for a vacuum), T in K, mole fractions. */
  fill(i: number, pressure: number, temperature: number, fractions: ArrayLike<number>): void {
    const at = i * VESSEL_STRIDE;
    const amount = (pressure * this.volumes[i]) / (R * temperature);
    for (let k = 0; k < SPECIES_COUNT; k++) this.y[at + k] = amount * fractions[k];
    this.y[at + ENERGY] = bodyEnergy(this.law, this.y, at, temperature);
    this.sides[i].temperature = temperature;
    this.restart();
    this.evaluate(this.y, this.work.stages[0]);
  }

  /** Opens or shuts an orifice, C_d·A in m². */
  setArea(orifice: number, effectiveArea: number): void {
    if (this.area[orifice] === effectiveArea) return;
    this.area[orifice] = effectiveArea;
    this.restart();
  }

  private restart(): void {
    this.step_s = 0;
    this.implicit = false;
    this.stiffCount = 0;
  }

  /** Pa. */
  pressure = (i: number): number => this.sides[i].pressure;
  /** K. */
  temperature = (i: number): number => this.sides[i].temperature;
  /** mol, all gases. */
  amount = (i: number): number => this.sides[i].amount;
  /** mol of gas k. */
  amountOf = (i: number, k: number): number => this.y[i * VESSEL_STRIDE + k];
  /** Internal energy, J, from the zero of the gas law. */
  energy = (i: number): number => this.y[i * VESSEL_STRIDE + ENERGY];
  /** Heat that the gas has given to the wall, J. */
  wallHeat = (i: number): number => this.y[i * VESSEL_STRIDE + WALL_HEAT];

  /** mol of gas k, and energy J, that reservoir r has received (negative: given). */
  receivedOf = (r: number, k: number): number => this.y[(this.count + r) * VESSEL_STRIDE + k];
  receivedEnergy = (r: number): number => this.y[(this.count + r) * VESSEL_STRIDE + ENERGY];

  /** mol of gas k in all vessels plus what the reservoirs have received: constant. */
  totalOf(k: number): number {
    let sum = 0;
    for (let at = k; at < this.y.length; at += VESSEL_STRIDE) sum += this.y[at];
    return sum;
  }

  /** J in all vessels, given to walls and received by reservoirs: constant. */
  totalEnergy(): number {
    let sum = 0;
    for (let at = 0; at < this.y.length; at += VESSEL_STRIDE) sum += this.y[at + ENERGY] + this.y[at + WALL_HEAT];
    return sum;
  }

  /**
   * Advances by a time (s) in sub-steps of the Dormand–Prince pair, and of a linearly implicit second-order pair
   * (Rosenbrock–W) while the orifices would equalise the vessels faster than the solution changes.
   * @throws when the error control cannot find a step (a programmer's error: all physical states have one)
   */
  advance(duration: number): Advance {
    let left = duration;
    let accepted = 0;
    let refused = 0;
    let implicit = 0;
    const { stages, next, error } = this.work;
    if (!this.evaluate(this.y, stages[0])) throw new Error('vessel state is not physical');
    if (!(this.step_s > 0)) this.step_s = Math.min(duration, 0.1 / (this.fastestRate() + 1 / duration));
    while (left > 0) {
      if (accepted + refused > STEP_LIMIT) throw new Error(`vessel step limit reached with ${left} s left`);
      // Beyond the stability limit the error control alone would let equal pressures chatter at the size of the tolerance.
      const limit = this.implicit ? this.step_s : Math.min(this.step_s, EXPLICIT_REACH / this.fastestRate());
      const last = limit >= left;
      const h = last ? left : limit;
      const order = this.implicit ? 2 : 5;
      const inside = this.implicit
        ? this.rosenbrock.step(this.y, stages[0], h, this.rate, next, error)
        : dormandPrinceStep(this.rate, this.y, h, this.work);
      const size = inside && this.isPositive(next) ? this.errorSize(error, next) : Number.POSITIVE_INFINITY;
      if (!(size <= 1)) {
        refused++;
        this.step_s = h * (Number.isFinite(size) ? Math.max(0.2, 0.9 * root(1 / size, order)) : 0.25);
        if (!(this.step_s > 1e-14 * duration)) throw new Error('vessel step size vanished');
        // The temperatures kept as guesses, and the first rate, belong to the refused state.
        this.evaluate(this.y, stages[0]);
        continue;
      }
      accepted++;
      if (this.implicit) implicit++;
      this.y.set(next);
      if (this.implicit) this.evaluate(this.y, stages[0]);
      else stages[0].set(stages[6]);
      left = last ? 0 : left - h;
      const grown = h * Math.min(5, size > 0 ? 0.9 * root(1 / size, order) : 5);
      if (!last || grown < this.step_s) this.step_s = grown;
      this.chooseMethod(h, left);
    }
    this.evaluate(this.y, stages[0]);
    return { accepted, refused, implicit };
  }

  /** Largest rate at which an orifice equalises pressures, 1/s (Gershgorin on the pressures' own equations). */
  fastestRate(): number {
    const sums = new Float64Array(this.sides.length);
    for (let e = 0; e < this.area.length; e++) {
      sums[this.place(this.orifices[e].from)] += this.flowSlope[e];
      sums[this.place(this.orifices[e].to)] += this.flowSlope[e];
    }
    let fastest = 0;
    for (let i = 0; i < this.count; i++) fastest = Math.max(fastest, 2 * sums[i] * this.stiffness(i));
    return fastest;
  }

  /** Index into `sides` and, times VESSEL_STRIDE, into `y` of an orifice's end. */
  place = (end: number): number => (end >= 0 ? end : this.count - 1 - end);
  /** Rise of pressure per mole let in at the vessel's own temperature, γRT/V, Pa/mol; 0 for a reservoir. */
  stiffness = (place: number): number =>
    place < this.count ? (this.sides[place].gamma * R * this.sides[place].temperature) / this.volumes[place] : 0;

  private chooseMethod(h: number, left: number): void {
    const fastest = this.fastestRate();
    if (this.implicit) {
      if (h * fastest < 0.5 * DORMAND_PRINCE_STABILITY && this.step_s * fastest < DORMAND_PRINCE_STABILITY) {
        this.implicit = false;
        this.stiffCount = 0;
      }
      return;
    }
    this.stiffCount = h * fastest > 0.9 * EXPLICIT_REACH ? this.stiffCount + 1 : 0;
    if (this.stiffCount >= STIFF_AFTER && left > STIFF_AFTER * h) this.implicit = true;
  }

  private isPositive(y: Float64Array): boolean {
    for (let i = 0; i < this.count; i++) {
      for (let k = 0; k < SPECIES_COUNT; k++) if (!(y[i * VESSEL_STRIDE + k] >= 0)) return false;
    }
    return true;
  }

  /** Largest error of amounts and energies in units of what is allowed. */
  private errorSize(error: Float64Array, y: Float64Array): number {
    let largest = 0;
    for (let i = 0; i < this.count; i++) {
      const at = i * VESSEL_STRIDE;
      let amount = (VACUUM * this.volumes[i]) / (R * NO_AREA_TEMPERATURE);
      for (let k = 0; k < SPECIES_COUNT; k++) amount += y[at + k];
      const allowed = this.tolerance * amount;
      for (let k = 0; k < SPECIES_COUNT; k++) largest = Math.max(largest, Math.abs(error[at + k]) / allowed);
      const energy = allowed * 2.5 * R * Math.max(this.sides[i].temperature, 100);
      largest = Math.max(largest, Math.abs(error[at + ENERGY]) / energy);
      if (Number.isNaN(error[at + ENERGY])) return Number.NaN;
    }
    return largest;
  }

  private describe(side: Side, amounts: ArrayLike<number>, at: number, total: number, T: number, p: number): void {
    side.pressure = p;
    side.temperature = T;
    side.amount = total;
    if (!(total > 0)) return;
    const capacity = bodyHeatCapacity(this.law, amounts, at, T) / total;
    side.gamma = 1 + R / capacity;
    side.enthalpy = bodyEnergy(this.law, amounts, at, T) / total + R * T;
    let mass = 0;
    for (let k = 0; k < SPECIES_COUNT; k++) mass += amounts[at + k] * SPECIES[k].molarMass;
    side.molarMass = mass / total;
  }

  /** Rates of change of the state y; also fills `sides`, `flow` and `flowSlope`. */
  private evaluate(y: Float64Array, rate: Float64Array): boolean {
    rate.fill(0);
    for (let i = 0; i < this.count; i++) if (!this.evaluateVessel(i, y, rate)) return false;
    for (let e = 0; e < this.area.length; e++) {
      const a = this.place(this.orifices[e].from);
      const b = this.place(this.orifices[e].to);
      const forward = this.sides[a].pressure >= this.sides[b].pressure;
      const up = forward ? a : b;
      const down = forward ? b : a;
      const { pressure, temperature, gamma, molarMass } = this.sides[up];
      if (!(pressure > 0) || this.area[e] === 0) {
        this.flow[e] = 0;
        this.flowSlope[e] = 0;
        this.backSlope[e] = 0;
        continue;
      }
      const ratio = this.sides[down].pressure / pressure;
      const psi = flowFunction(gamma, ratio);
      let perPascal = this.area[e] / Math.sqrt(R * temperature * molarMass);
      let change = psi.slope * perPascal;
      const share = (1 - ratio) / REGULARISED_BAND;
      if (share < 1) {
        // Towards zero flow the law takes the mean of both gases' coefficients, so that it has one slope through zero.
        const other = this.area[e] / Math.sqrt(R * this.sides[down].temperature * this.sides[down].molarMass);
        change += (psi.value * (1 - share) * (other - perPascal)) / REGULARISED_BAND;
        perPascal += 0.5 * (1 - share) * (1 - share) * (other - perPascal);
        change += psi.slope * (perPascal - this.area[e] / Math.sqrt(R * temperature * molarMass));
      }
      const flow = psi.value * perPascal * pressure;
      this.flow[e] = forward ? flow : -flow;
      this.flowSlope[e] = psi.value * perPascal - ratio * change;
      this.backSlope[e] = -change;
      this.transfer(rate, up, down, flow, y);
    }
    return true;
  }

  private evaluateVessel(i: number, y: Float64Array, rate: Float64Array): boolean {
    const at = i * VESSEL_STRIDE;
    let amount = 0;
    for (let k = 0; k < SPECIES_COUNT; k++) amount += y[at + k];
    const side = this.sides[i];
    if (!(amount > 0)) {
      side.pressure = 0;
      side.amount = 0;
      return amount === 0;
    }
    const T = bodyTemperature(this.law, y, at, y[at + ENERGY], side.temperature);
    if (!(T > 0)) return false;
    this.describe(side, y, at, amount, T, (amount * R * T) / this.volumes[i]);
    if (!this.walls) return true;
    const wall = this.walls[i];
    const heat = wall.conductance * (T - wall.temperature - y[at + WALL_HEAT] / wall.heatCapacity);
    rate[at + ENERGY] -= heat;
    rate[at + WALL_HEAT] += heat;
    return true;
  }

  /** What one mole from a place brings along: mole fractions and enthalpy J/mol, into `target` from `at`. */
  composition(place: number, y: Float64Array, target: Float64Array, at: number): void {
    const reservoir = place < this.count ? null : this.reservoirs[place - this.count].fractions;
    const { amount, enthalpy } = this.sides[place];
    for (let k = 0; k < SPECIES_COUNT; k++) {
      target[at + k] = reservoir ? reservoir[k] : y[place * VESSEL_STRIDE + k] / amount;
    }
    target[at + SPECIES_COUNT] = enthalpy;
  }

  /** Adds to `target` the passage of `moles` of the upstream gas, with its enthalpy, from place `up` to place `down`. */
  transfer(target: Float64Array, up: number, down: number, moles: number, y: Float64Array): void {
    const from = up * VESSEL_STRIDE;
    const to = down * VESSEL_STRIDE;
    const { amount, enthalpy } = this.sides[up];
    const reservoir = up < this.count ? null : this.reservoirs[up - this.count].fractions;
    for (let k = 0; k < SPECIES_COUNT; k++) {
      const passed = moles * (reservoir ? reservoir[k] : y[from + k] / amount);
      target[from + k] -= passed;
      target[to + k] += passed;
    }
    const carried = moles * enthalpy;
    target[from + ENERGY] -= carried;
    target[to + ENERGY] += carried;
  }
}

/** x^(1/order) for the step control, order 2 or 5. */
const root = (x: number, order: number): number => (order === 2 ? Math.sqrt(x) : pow(x, 1 / order));
