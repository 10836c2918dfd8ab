// Within one part of the lattice the ducts equalise the chambers at once compared with an averaged step: after a sub-step, gas of
// chambers above the common pressure flows, with its enthalpy, through one pool into those below it. Amounts and energy stay.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import { heatPart, mixingPart } from './entropy.ts';
import { ENERGY, GasNodes, STRIDE } from './gas-nodes.ts';
import type { SubStepContext } from './header-rates.ts';
import { HEADER_TOTAL } from './settings.ts';

/** Share of a chamber's gas that may leave it in one pass. */
const LARGEST_SHARE = 0.1;

export class PartMixing {
  private readonly weight: Float64Array;
  private readonly level: Float64Array;
  private readonly given: Float64Array;
  private readonly wanted: Float64Array;
  private readonly scale: Float64Array;
  /** What left its chamber, per part; body per first slot. */
  private readonly pool: GasNodes;

  constructor(private readonly context: SubStepContext) {
    const { capacity } = context;
    this.weight = new Float64Array(capacity);
    this.level = new Float64Array(capacity);
    this.given = new Float64Array(capacity);
    this.wanted = new Float64Array(capacity);
    this.scale = new Float64Array(capacity);
    this.pool = new GasNodes(capacity);
  }

  /**
   * Moves gas between the chambers of each part in `delta`; `nodes` are the chambers as described at it.
   * @param volume of each slot's chamber, m³
   * @returns whether a part is still far from one pressure: then once more, at the new state
   */
  mix(delta: Float64Array, nodes: GasNodes, volume: Float64Array, totals: Float64Array): boolean {
    const { context: c, weight, level, given, wanted, pool } = this;
    weight.fill(0, 0, c.slots);
    level.fill(0, 0, c.slots);
    given.fill(0, 0, c.slots);
    wanted.fill(0, 0, c.slots);
    pool.y.fill(0, 0, c.slots * STRIDE);
    for (let a = 0; a < c.slots; a++) {
      const w = volume[a] / (nodes.gamma[a] * R * nodes.temperature[a]);
      weight[c.part[a]] += w;
      level[c.part[a]] += w * this.own(nodes, volume, a);
    }
    for (let a = 0; a < c.slots; a++) if (c.part[a] === a) level[a] /= weight[a];
    const far = this.limit(nodes, volume);
    for (let a = 0; a < c.slots; a++) {
      const moles = this.excess(nodes, volume, a);
      if (moles <= 0) {
        wanted[c.part[a]] -= moles;
        continue;
      }
      given[c.part[a]] += moles;
      this.carry(delta, a, pool.y, c.part[a], nodes, moles);
    }
    for (let a = 0; a < c.slots; a++) if (c.part[a] === a && given[a] > 0) this.describePool(a, nodes.temperature[a]);
    for (let a = 0; a < c.slots; a++) {
      const g = c.part[a];
      const moles = this.excess(nodes, volume, a);
      if (!(moles < 0 && given[g] > 0)) continue;
      const share = -moles / wanted[g];
      for (let k = 0; k < STRIDE; k++) delta[a * STRIDE + k] += share * pool.y[g * STRIDE + k];
      const amount = share * given[g];
      totals[HEADER_TOTAL.entropyHeat] +=
        amount * heatPart(nodes.heatCapacity[a] + R, pool.temperature[g], nodes.temperature[a]);
      totals[HEADER_TOTAL.entropyMixing] += amount * mixingPart(pool, g, nodes.y, a * STRIDE, nodes.amount[a]);
    }
    return far;
  }

  /** Lets no chamber give more than LARGEST_SHARE of its gas in one pass. @returns whether that held a part back */
  private limit(nodes: GasNodes, volume: Float64Array): boolean {
    const { context: c, scale } = this;
    scale.fill(1, 0, c.slots);
    let far = false;
    for (let a = 0; a < c.slots; a++) {
      const share = this.excess(nodes, volume, a) / (scale[c.part[a]] * nodes.amount[a]);
      if (!(share * scale[c.part[a]] > LARGEST_SHARE)) continue;
      scale[c.part[a]] = LARGEST_SHARE / share;
      far = true;
    }
    return far;
  }

  private own(nodes: GasNodes, volume: Float64Array, a: number): number {
    return (nodes.amount[a] * R * nodes.temperature[a]) / volume[a];
  }

  /** mol that chamber a has above the common pressure of its part. */
  private excess(nodes: GasNodes, volume: Float64Array, a: number): number {
    const w = volume[a] / (nodes.gamma[a] * R * nodes.temperature[a]);
    const part = this.context.part[a];
    return this.scale[part] * w * (this.own(nodes, volume, a) - this.level[part]);
  }

  private carry(
    delta: Float64Array,
    a: number,
    target: Float64Array,
    to: number,
    nodes: GasNodes,
    moles: number,
  ): void {
    const share = moles / nodes.amount[a];
    for (let k = 0; k < SPECIES_COUNT; k++) {
      const n = share * nodes.y[a * STRIDE + k];
      delta[a * STRIDE + k] -= n;
      target[to * STRIDE + k] += n;
    }
    const energy = moles * nodes.enthalpy[a];
    delta[a * STRIDE + ENERGY] -= energy;
    target[to * STRIDE + ENERGY] += energy;
  }

  /** Temperature of the pool, whose energy is the enthalpy of what it holds: u(T) + RT. */
  private describePool(g: number, guess: number): void {
    const { pool } = this;
    const at = g * STRIDE + ENERGY;
    const enthalpy = pool.y[at];
    pool.y[at] -= this.given[g] * R * guess;
    pool.describe(g, guess);
    pool.y[at] = enthalpy;
    const cv = pool.heatCapacity[g];
    pool.temperature[g] = (cv * pool.temperature[g] + R * guess) / (cv + R);
  }
}
