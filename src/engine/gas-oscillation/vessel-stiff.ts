// The implicit sub-step of vessels: ROS2 (Verwer, Spee, Blom & Hundsdorfer 1999), a two-stage Rosenbrock method that keeps
// order 2 with any approximate Jacobian. Ours knows only how pressures drive flows; its corrections are flows through the
// orifices themselves, so gas and energy stay conserved to round-off. Dense: meant for up to a few hundred vessels.

import { GAS_CONSTANT as R } from '../constants.ts';
import { SPECIES_COUNT } from '../gas/species.ts';
import type { RateFunction } from '../numerics/dormand-prince.ts';
import type { VesselNetwork } from './vessel.ts';
import { ENERGY, VESSEL_STRIDE } from './vessel-gas.ts';

/** 1 + 1/√2: L-stable, and damped even where our Jacobian is off by half (1 − 1/√2 is not: it chatters about equilibrium). */
const GAMMA = 1.7071067811865475;
/** Amounts and enthalpy that one mole carries through an orifice. */
const LOAD = SPECIES_COUNT + 1;

export class RosenbrockStep {
  private readonly network: VesselNetwork;
  private readonly k1: Float64Array;
  private readonly k2: Float64Array;
  private readonly rate: Float64Array;
  /** Upstream and downstream place of each orifice, and what a mole brings from one to the other. */
  private readonly up: Uint32Array;
  private readonly down: Uint32Array;
  private readonly load: Float64Array;
  /** ∂flow/∂p upstream and −∂flow/∂p downstream, mol/(s·Pa). */
  private readonly slope: Float64Array;
  private readonly backSlope: Float64Array;
  /** Per vessel: T, n c_v and n. */
  private readonly temperature: Float64Array;
  private readonly heatCapacity: Float64Array;
  private readonly amount: Float64Array;
  private readonly matrix: Float64Array;
  private readonly change: Float64Array;
  private readonly pressure: Float64Array;

  constructor(network: VesselNetwork) {
    this.network = network;
    const size = network.y.length;
    const orifices = network.orifices.length;
    const { count } = network;
    this.k1 = new Float64Array(size);
    this.k2 = new Float64Array(size);
    this.rate = new Float64Array(size);
    this.change = new Float64Array(size);
    this.up = new Uint32Array(orifices);
    this.down = new Uint32Array(orifices);
    this.load = new Float64Array(orifices * LOAD);
    this.slope = new Float64Array(orifices);
    this.backSlope = new Float64Array(orifices);
    this.temperature = new Float64Array(count);
    this.heatCapacity = new Float64Array(count);
    this.amount = new Float64Array(count);
    this.matrix = new Float64Array(count * count);
    // Reservoirs keep their place with pressure change 0.
    this.pressure = new Float64Array(network.sides.length);
  }

  /**
   * y + 3/2 k₁ + 1/2 k₂ into `next`, its difference from the first-order y + k₁ into `error`; false outside the domain.
   * The network must have been evaluated last at y, giving `rateAtY`: its flows and sides are the Jacobian of both stages.
   */
  step(
    y: Float64Array,
    rateAtY: Float64Array,
    h: number,
    f: RateFunction,
    next: Float64Array,
    error: Float64Array,
  ): boolean {
    const { k1, k2, rate } = this;
    this.freeze(y, GAMMA * h);
    for (let i = 0; i < y.length; i++) k1[i] = h * rateAtY[i];
    this.solve(k1, GAMMA * h);
    for (let i = 0; i < y.length; i++) next[i] = y[i] + k1[i];
    if (!f(next, rate)) return false;
    for (let i = 0; i < y.length; i++) k2[i] = h * rate[i] - 2 * k1[i];
    this.solve(k2, GAMMA * h);
    for (let i = 0; i < y.length; i++) {
      next[i] = y[i] + 1.5 * k1[i] + 0.5 * k2[i];
      error[i] = 0.5 * (k1[i] + k2[i]);
    }
    return true;
  }

  /** Forms and factorises the matrix of p = P k − γh P T G p, T the orifices' transfers, G their slopes, P ∂p/∂y. */
  private freeze(y: Float64Array, gammaH: number): void {
    const { network, matrix, up, down, slope, backSlope } = this;
    const { count } = network;
    for (let i = 0; i < count; i++) {
      const { amount, gamma, temperature } = network.sides[i];
      this.temperature[i] = temperature;
      this.amount[i] = amount;
      this.heatCapacity[i] = (amount * R) / (gamma - 1);
    }
    matrix.fill(0);
    for (let i = 0; i < count; i++) matrix[i * count + i] = 1;
    for (let e = 0; e < slope.length; e++) {
      const a = network.place(network.orifices[e].from);
      const b = network.place(network.orifices[e].to);
      const forward = network.sides[a].pressure >= network.sides[b].pressure;
      up[e] = forward ? a : b;
      down[e] = forward ? b : a;
      slope[e] = network.flowSlope[e];
      backSlope[e] = network.backSlope[e];
      if (!(slope[e] > 0)) continue;
      network.composition(up[e], y, this.load, e * LOAD);
      for (const v of [up[e], down[e]]) {
        if (v >= count) continue;
        const inward = v === down[e] ? this.riseByInflow(e, v) : -network.stiffness(v);
        if (up[e] < count) matrix[v * count + up[e]] -= gammaH * inward * slope[e];
        if (down[e] < count) matrix[v * count + down[e]] += gammaH * inward * backSlope[e];
      }
    }
    factorise(matrix, count);
  }

  /** Rise of the pressure of vessel v by one mole let in through orifice e, Pa/mol. */
  private riseByInflow(e: number, v: number): number {
    this.change.fill(0);
    for (let k = 0; k < LOAD; k++) this.change[v * VESSEL_STRIDE + k] = this.load[e * LOAD + k];
    return this.pressureChange(this.change, v);
  }

  /** Change of the pressure of vessel i for a change of its amounts and energy, Pa. */
  private pressureChange(change: Float64Array, i: number): number {
    const at = i * VESSEL_STRIDE;
    const T = this.temperature[i];
    let moles = 0;
    let energy = change[at + ENERGY];
    for (let k = 0; k < SPECIES_COUNT; k++) {
      if (change[at + k] === 0) continue;
      moles += change[at + k];
      energy -= change[at + k] * this.network.law.partialEnergy(k, T);
    }
    const warming = this.heatCapacity[i] > 0 ? energy / this.heatCapacity[i] : 0;
    return (R / this.network.volumes[i]) * (T * moles + this.amount[i] * warming);
  }

  /** Replaces k by (1 − γhA)⁻¹ k: finds the pressures of the linearised network, then passes their flows through the orifices. */
  private solve(k: Float64Array, gammaH: number): void {
    const { pressure, up, down, load } = this;
    const { count } = this.network;
    for (let i = 0; i < count; i++) pressure[i] = this.pressureChange(k, i);
    substitute(this.matrix, count, pressure);
    for (let e = 0; e < up.length; e++) {
      const moles = gammaH * (this.slope[e] * pressure[up[e]] - this.backSlope[e] * pressure[down[e]]);
      if (moles === 0) continue;
      for (let j = 0; j < LOAD; j++) {
        const passed = moles * load[e * LOAD + j];
        k[up[e] * VESSEL_STRIDE + j] -= passed;
        k[down[e] * VESSEL_STRIDE + j] += passed;
      }
    }
  }
}

/** LU in place without pivoting: the matrix is diagonally dominant by rows. */
function factorise(m: Float64Array, n: number): void {
  for (let c = 0; c < n; c++) {
    for (let r = c + 1; r < n; r++) {
      const f = m[r * n + c] / m[c * n + c];
      if (f === 0) continue;
      m[r * n + c] = f;
      for (let k = c + 1; k < n; k++) m[r * n + k] -= f * m[c * n + k];
    }
  }
}

function substitute(m: Float64Array, n: number, x: Float64Array): void {
  for (let r = 1; r < n; r++) for (let k = 0; k < r; k++) x[r] -= m[r * n + k] * x[k];
  for (let r = n - 1; r >= 0; r--) {
    for (let k = r + 1; k < n; k++) x[r] -= m[r * n + k] * x[k];
    x[r] /= m[r * n + r];
  }
}
