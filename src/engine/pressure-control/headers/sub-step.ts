// One sub-step of chambers and headers, linearly implicit in the pressures. Two methods share it: one stage with γ = ½ where the
// gas moves by a small share (second order), and ROS2 with γ = 1 + 1/√2 (Verwer, Spee, Blom & Hundsdorfer 1999; L-stable, no
// overshoot, order 2 with any Jacobian) with an error estimate elsewhere.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import { ENERGY, STRIDE } from './gas-nodes.ts';
import type { HeaderControls } from './header-controls.ts';
import { COMPRESSOR, EXTRA_BODIES, HEADER_LINKS, HeaderRates, LINKS, type SubStepContext } from './header-rates.ts';
import type { Machines } from './machines.ts';
import type { HeaderSettings } from './settings.ts';
import { StiffSolve } from './stiff-solve.ts';

const GAMMA = 1.7071067811865475;
/** Pressure (Pa) below which errors are no longer measured relative to a body's own content. */
const VACUUM = 10;

export class SubStep {
  /** Rates at the start of the sub-step, and at its second stage or its end. */
  readonly here: HeaderRates;
  readonly there: HeaderRates;
  /** Change of all bodies since the start of the exchange, and the one proposed. */
  readonly delta: Float64Array;
  readonly next: Float64Array;
  /** mol through each link in the proposed sub-step, from the upstream at its start. */
  readonly moved: Float64Array;
  /** Change of each body's pressure in it, Pa, as the linear system sees it; 0 for fixed states. */
  readonly rise: Float64Array;
  private readonly solver: StiffSolve;
  private readonly k1: Float64Array;
  private readonly k2: Float64Array;
  private readonly push1: Float64Array;

  constructor(
    settings: HeaderSettings,
    private readonly context: SubStepContext,
    controls: HeaderControls,
    machines: Machines | null,
  ) {
    this.here = new HeaderRates(settings, context, controls, machines);
    this.there = new HeaderRates(settings, context, controls, machines);
    this.solver = new StiffSolve(this.here, context);
    const size = this.here.rate.length;
    this.delta = new Float64Array(size);
    this.next = new Float64Array(size);
    this.k1 = new Float64Array(size);
    this.k2 = new Float64Array(size);
    this.rise = new Float64Array(context.capacity + EXTRA_BODIES);
    this.push1 = new Float64Array(context.capacity + 2);
    this.moved = new Float64Array(LINKS * context.capacity + HEADER_LINKS);
  }

  /** Largest rate at which a body's pressure or content changes, 1/s: of parts, and of headers with all their chambers together. */
  activity(sums: Float64Array): number {
    const { here, context: c } = this;
    const { links, nodes } = here;
    sums.fill(0);
    const last = c.capacity + 2;
    let largest = 0;
    for (let e = this.first(LINKS); e < links.flow.length; e = this.afterLink(e)) {
      const up = links.up[e];
      const down = links.down[e];
      if (links.flow[e] > 0) {
        const drained = up < last && nodes.amount[up] > 0 ? links.flow[e] / nodes.amount[up] : 0;
        const filled = down < last && nodes.amount[down] > 0 ? links.flow[e] / nodes.amount[down] : 0;
        largest = Math.max(largest, drained, filled);
      }
      if (links.slope[e] === 0 && links.backSlope[e] === 0) continue;
      if (up < last) sums[this.sumOf(up)] += here.fall(up) * links.slope[e];
      if (down < last) sums[this.sumOf(down)] += here.riseThrough(e) * links.backSlope[e];
    }
    for (let b = 0; b < last; b++) largest = Math.max(largest, sums[b]);
    return largest;
  }

  private sumOf(body: number): number {
    const { capacity, grouped, part } = this.context;
    return body < capacity && grouped ? part[body] : body;
  }

  /** Evaluates the state reached so far. @returns false outside the domain */
  begin(fresh: boolean): boolean {
    return this.here.evaluate(this.delta, fresh);
  }

  /** One stage, γ = ½. @returns whether `next` has no negative amount */
  single(h: number): boolean {
    const { here, k1, solver, context: c, moved } = this;
    solver.freeze(0.5 * h);
    for (let i = this.first(STRIDE); i < this.delta.length; i = this.after(i)) k1[i] = h * here.rate[i];
    for (let v = 0; v < c.capacity + 2; v++) solver.pressure[v] = h * here.push[v];
    this.passLater(k1, 0.5 * h * h);
    solver.solve(k1);
    for (let e = this.first(LINKS); e < moved.length; e = this.afterLink(e)) {
      moved[e] = h * here.links.flow[e] + 0.5 * h * h * here.links.timeSlope[e] + solver.extra[e];
    }
    for (let v = 0; v < solver.pressure.length; v++) this.rise[v] = solver.pressure[v];
    this.centreEnthalpies(h);
    for (let i = this.first(STRIDE); i < this.delta.length; i = this.after(i)) this.next[i] = this.delta[i] + k1[i];
    return this.isPositive();
  }

  /** Lets what passed carry the enthalpy of the middle of the step, to which the upstream's temperature has moved. */
  private centreEnthalpies(h: number): void {
    const { here, k1, moved, context: c } = this;
    const { links, nodes, rate } = here;
    for (let e = this.first(LINKS); e < moved.length; e = this.afterLink(e)) {
      const up = links.up[e];
      if (moved[e] === 0 || up >= c.capacity + 2) continue;
      const at = up * STRIDE;
      let inflow = 0;
      for (let k = 0; k < SPECIES_COUNT; k++) inflow += rate[at + k];
      const warming = rate[at + ENERGY] - inflow * (nodes.y[at + ENERGY] / nodes.amount[up]);
      const perKelvin = (nodes.heatCapacity[up] + R) / (nodes.heatCapacity[up] * nodes.amount[up]);
      const more = moved[e] * 0.5 * h * warming * perKelvin;
      k1[at + ENERGY] -= more;
      // The compressor's cooler takes it; elsewhere it arrives.
      if (e === LINKS * c.capacity + COMPRESSOR) k1[k1.length - 1] += more;
      else k1[links.down[e] * STRIDE + ENERGY] += more;
    }
  }

  /** ROS2. @returns error in units of what is allowed; Infinity outside the domain */
  double(h: number, tolerance: number): number {
    const { here, there, k1, k2, delta, next, push1, solver, context: c, moved } = this;
    const later = GAMMA * h * h;
    solver.freeze(GAMMA * h);
    for (let i = this.first(STRIDE); i < this.delta.length; i = this.after(i)) k1[i] = h * here.rate[i];
    for (let v = 0; v < push1.length; v++) solver.pressure[v] = h * here.push[v];
    this.passLater(k1, later);
    solver.solve(k1);
    push1.set(solver.pressure);
    for (let e = this.first(LINKS); e < moved.length; e = this.afterLink(e)) {
      moved[e] = h * here.links.flow[e] + later * here.links.timeSlope[e] + solver.extra[e];
    }
    for (let i = this.first(STRIDE); i < this.delta.length; i = this.after(i)) next[i] = delta[i] + k1[i];
    for (let v = 0; v < c.capacity + EXTRA_BODIES; v++) there.nodes.temperature[v] = here.nodes.temperature[v];
    if (!there.evaluate(next, false, h)) return Number.POSITIVE_INFINITY;
    for (let i = this.first(STRIDE); i < this.delta.length; i = this.after(i)) k2[i] = h * there.rate[i] - 2 * k1[i];
    for (let v = 0; v < push1.length; v++) solver.pressure[v] = h * there.push[v] - 2 * push1[v];
    this.passLater(k2, -later);
    solver.solve(k2);
    for (let i = this.first(STRIDE); i < this.delta.length; i = this.after(i))
      next[i] = delta[i] + 1.5 * k1[i] + 0.5 * k2[i];
    for (let e = this.first(LINKS); e < moved.length; e = this.afterLink(e)) {
      const same = there.links.up[e] === here.links.up[e];
      const second = h * (same ? there.links.flow[e] : -there.links.flow[e]);
      moved[e] = 1.5 * moved[e] + 0.5 * (second - 2 * moved[e] - later * here.links.timeSlope[e] + solver.extra[e]);
    }
    for (let v = 0; v < push1.length; v++) this.rise[v] = 1.5 * push1[v] + 0.5 * solver.pressure[v];
    return this.isPositive() ? this.errorSize(tolerance) : Number.POSITIVE_INFINITY;
  }

  /** What the movement of the wanted pressures lets pass, `factor` s² times ∂flow/∂t: the methods' own term for time. */
  private passLater(k: Float64Array, factor: number): void {
    const { here, solver, context: c } = this;
    const { timeSlope } = here.links;
    for (let e = 0; e < LINKS * c.slots; e++) {
      if (timeSlope[e] !== 0) here.passWithPressure(k, solver.pressure, e, factor * timeSlope[e]);
    }
  }

  /** Takes over the proposed state. */
  accept(): void {
    for (let i = this.first(STRIDE); i < this.delta.length; i = this.after(i)) this.delta[i] = this.next[i];
  }

  /** Number of the first entry or link in use. */
  private first(stride: number): number {
    return this.context.slots > 0 ? 0 : this.context.capacity * stride;
  }

  /** Next entry or link in use after one: those of chambers that take part, then of headers and books. */
  private after(i: number): number {
    const { slots, capacity } = this.context;
    return i + 1 === slots * STRIDE ? capacity * STRIDE : i + 1;
  }

  private afterLink(e: number): number {
    const { slots, capacity } = this.context;
    return e + 1 === LINKS * slots ? LINKS * capacity : e + 1;
  }

  private isPositive(): boolean {
    const { next, context: c } = this;
    for (let v = 0; v < c.capacity + 2; v++) {
      if (v === c.slots) v = c.capacity;
      const at = v * STRIDE;
      for (let k = 0; k < SPECIES_COUNT; k++) if (!(c.base[at + k] + next[at + k] >= 0)) return false;
      if (!Number.isFinite(next[at + ENERGY])) return false;
    }
    return true;
  }

  private errorSize(tolerance: number): number {
    const { k1, k2, here, context: c } = this;
    let largest = 0;
    for (let v = 0; v < c.capacity + 2; v++) {
      if (v === c.slots) v = c.capacity;
      const at = v * STRIDE;
      const T = here.nodes.temperature[v];
      const allowed = tolerance * (here.nodes.amount[v] + (VACUUM * here.nodes.volume[v]) / (R * 300));
      let amount = 0;
      for (let k = 0; k < SPECIES_COUNT; k++) {
        const error = 0.5 * Math.abs(k1[at + k] + k2[at + k]);
        amount = Math.max(amount, error);
      }
      const energy = (0.5 * Math.abs(k1[at + ENERGY] + k2[at + ENERGY])) / (2.5 * R * Math.max(T, 100));
      largest = Math.max(largest, amount / allowed, energy / allowed);
      if (Number.isNaN(amount + energy)) return Number.POSITIVE_INFINITY;
    }
    return largest;
  }
}
