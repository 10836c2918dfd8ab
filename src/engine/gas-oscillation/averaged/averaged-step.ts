// Moves the cycle means: temperatures of gas, layers, walls and chips (backward Euler), mean volumes at a common pressure, and
// gas that crosses ducts; the powers are those of the last harmonic balance, renewed when the means have moved. What is
// posted is booked: the ledger closes to the convergence of the balance, at any step.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import {
  type AveragedContext,
  type AveragedState,
  followEnergy,
  harmonicInput,
  layerCapacity,
} from './averaged-state.ts';
import { type Crossing, cross } from './crossing.ts';
import { solveHarmonicBalance } from './harmonic-balance.ts';
import type { HarmonicFailure, HarmonicOptions, HarmonicSolution } from './harmonic-types.ts';
import { graphParts } from './network-solve.ts';

export interface AveragedOptions extends HarmonicOptions {
  /** Mean temperature may move this far, K, before the harmonic balance is renewed; a step moves it by no more. */
  readonly resolveKelvin?: number;
}

const RESOLVE_KELVIN = 0.1;
/** Share of a chamber's gas that may leave it, and of a half duct the tide may overshoot it, before a renewal. */
const RESOLVE_AMOUNT = 2e-3;
const RESOLVE_OVERSHOOT = 0.1;
/** Share of the ducts that may overshoot so before a renewal: in a large farm they do one after the other. */
const RESOLVE_DUCTS = 0.02;
/** Convergence asked of a renewal: the ledger closes far better than this (1e-11 measured). */
const RESOLVE_TOLERANCE = 1e-7;
/** Share of a chamber's volume that may cross its ducts in one step. */
const LARGEST_CROSSING = 0.1;
const LONGEST_STEP_S = 600;
const SHORTEST_STEP_S = 1e-3;

export type AveragedResult =
  | { readonly ok: true; readonly steps: number; readonly solves: number }
  | (HarmonicFailure & { readonly steps: number; readonly solves: number });

/**
 * Advances the means by `duration` seconds in as many steps as the tolerances ask for.
 * @returns how many steps and harmonic balances it took, or why the oscillation could not be solved (the state is then as of
 * the last step that could)
 */
export function advanceAveraged(
  s: AveragedState,
  context: AveragedContext,
  duration: number,
  options: AveragedOptions = {},
): AveragedResult {
  const tolerance = options.resolveKelvin ?? RESOLVE_KELVIN;
  const parts = graphParts(s.chambers, context.edges);
  const end = s.time_s + duration;
  let steps = 0;
  let solves = 0;
  while (s.time_s < end - 1e-12 * Math.max(1, end)) {
    if (!s.solution || moved(s, s.solution, context, tolerance)) {
      const result = renew(s, context, { tolerance: RESOLVE_TOLERANCE, ...options });
      solves++;
      if (!result.ok) return { ...result, steps, solves };
    }
    if (!s.solution) break;
    const dt = Math.min(end - s.time_s, stepLimit(s, s.solution, context, tolerance));
    slowStep(s, s.solution, context, parts, dt);
    steps++;
  }
  return { ok: true, steps, solves };
}

/** Solves the harmonic balance about the present means and takes over its mean volumes and pressures. */
export function renew(s: AveragedState, context: AveragedContext, options: HarmonicOptions = {}) {
  const result = solveHarmonicBalance(harmonicInput(s, context), { ...options, warm: s.solution });
  if (!result.ok) return result;
  s.solution = result.solution;
  s.solved.temperature.set(s.temperature);
  s.solved.amount.set(s.amount);
  s.displacement.set(result.solution.displacement);
  for (let i = 0; i < s.chambers; i++) {
    s.volume[i] = result.solution.volumeRe[i];
    s.pressure[i] = result.solution.pressureRe[i];
    s.solved.amountDensity[i] = s.amount[i] / s.volume[i];
    s.solved.energyDensity[i] = s.gasEnergy[i] / s.volume[i];
  }
  return result;
}

/** What a duct's tide has left before its gas crosses by more than the tolerance, m³; infinite where gas crosses already. */
function roomLeft(s: AveragedState, hb: HarmonicSolution, context: AveragedContext, e: number): number {
  const limit = context.coefficients.halfVolume[e];
  if (limit === 0 || hb.exchangeForward[e] + hb.exchangeBackward[e] > 0) return Number.POSITIVE_INFINITY;
  return (1 + RESOLVE_OVERSHOOT) * limit - hb.reach[e] - Math.abs(s.displacement[e]);
}

function moved(s: AveragedState, hb: HarmonicSolution, context: AveragedContext, kelvin: number): boolean {
  for (let i = 0; i < s.chambers; i++) {
    if (Math.abs(s.temperature[i] - s.solved.temperature[i]) > kelvin) return true;
    if (Math.abs(s.amount[i] - s.solved.amount[i]) > RESOLVE_AMOUNT * s.amount[i]) return true;
  }
  let over = 0;
  for (let e = 0; e < s.ducts; e++) if (roomLeft(s, hb, context, e) <= 0) over++;
  return over > RESOLVE_DUCTS * s.ducts;
}

/** Longest step that keeps temperatures and displacements within the tolerances and the exchange explicit and stable. */
function stepLimit(s: AveragedState, hb: HarmonicSolution, context: AveragedContext, kelvin: number): number {
  const { edges, coefficients: c } = context;
  const leaving = new Float64Array(s.chambers);
  let limit = LONGEST_STEP_S;
  const filling = new Float64Array(s.ducts);
  for (let e = 0; e < s.ducts; e++) {
    leaving[edges[2 * e]] += hb.exchangeForward[e];
    leaving[edges[2 * e + 1]] += hb.exchangeBackward[e];
    const drift = Math.abs(hb.flowRe[e] - hb.exchangeForward[e] + hb.exchangeBackward[e]);
    filling[e] = drift > 0 ? (1.01 * roomLeft(s, hb, context, e)) / drift : LONGEST_STEP_S;
  }
  if (s.ducts > 0) {
    filling.sort();
    limit = Math.min(limit, Math.max(SHORTEST_STEP_S, filling[Math.floor(RESOLVE_DUCTS * s.ducts)]));
  }
  for (let i = 0; i < s.chambers; i++) {
    if (leaving[i] > 0) limit = Math.min(limit, (LARGEST_CROSSING * s.volume[i]) / leaving[i]);
    const power = hb.powers.gas[i] + hb.powers.conduction[i] - c.wallConductance[i] * (s.temperature[i] - s.wall[i]);
    const rate = Math.abs(power) / (s.heatCapacity[i] + s.amount[i] * R + layerCapacity(c, i));
    if (rate > 0)
      limit = Math.min(limit, Math.max(SHORTEST_STEP_S, implicitLimit(kelvin / rate, c.wallConductance[i], s, i)));
  }
  return limit;
}

/** Backward Euler tends to the balance with the wall: a step far beyond the gas's own time constant moves it no further. */
function implicitLimit(explicit: number, conductance: number, s: AveragedState, i: number): number {
  const constant = conductance > 0 ? (s.heatCapacity[i] + s.amount[i] * R) / conductance : Number.POSITIVE_INFINITY;
  // ΔT = rate·dt/(1 + dt/τ) ≤ tolerance.
  return explicit >= constant ? LONGEST_STEP_S : explicit / (1 - explicit / constant);
}

function slowStep(
  s: AveragedState,
  hb: HarmonicSolution,
  context: AveragedContext,
  parts: Uint32Array,
  dt: number,
): void {
  const { coefficients: c, surroundings: around } = context;
  const n = s.chambers;
  const p = hb.powers;
  const crossed = cross(s, hb, context.edges, dt);
  // Gas and layers of a chamber: (C + Λ + nR)ΔT + dt·G(ΔT − ΔT_w) = heat + vΔp, walls and chips eliminated.
  const response = new Float64Array(n);
  const offset = new Float64Array(n);
  const sumPush = new Float64Array(n);
  const sumYield = new Float64Array(n);
  const Gc = dt * around.chipConductance;
  const Gr = dt * around.roomConductance;
  const chipShare = Gc / (around.chipCapacity + Gc);
  for (let i = 0; i < n; i++) {
    const G = dt * c.wallConductance[i];
    const T = REFERENCE_TEMPERATURE + s.temperature[i];
    const toChip = chipShare * (dt * around.chipPower[i] - Gc * (s.chip[i] - s.wall[i])) + Gc * (s.chip[i] - s.wall[i]);
    const wallHeat =
      dt * (p.thermal[i] + p.friction[i]) +
      G * (s.temperature[i] - s.wall[i]) +
      toChip -
      Gr * (s.wall[i] - around.roomTemperature);
    const wallStiffness = around.wallCapacity + G + Gr + Gc * (1 - chipShare);
    const mean = s.pressure[parts[i]];
    const heat = dt * heldHeat(hb, i, mean) - G * (s.temperature[i] - s.wall[i]) + crossed.heat[i];
    const stiffness = s.heatCapacity[i] + layerCapacity(c, i) + s.amount[i] * R + G - (G * G) / wallStiffness;
    response[i] = s.volume[i] / stiffness;
    offset[i] =
      (heat - R * T * crossed.amount[i] + mean * crossed.volume[i] + (G * wallHeat) / wallStiffness) / stiffness;
    const nR = s.amount[i] * R;
    sumPush[parts[i]] += nR * offset[i] + R * T * crossed.amount[i];
    sumYield[parts[i]] += s.volume[i] - nR * response[i];
  }
  for (let i = 0; i < n; i++) {
    const level = sumPush[parts[i]] / sumYield[parts[i]];
    const change = offset[i] + response[i] * level;
    const T = REFERENCE_TEMPERATURE + s.temperature[i];
    const mean = s.pressure[parts[i]];
    // Work of the common pressure on the mean flow; its sum over a part is zero by the choice of the level.
    const slowWork =
      s.amount[i] * R * change + R * T * crossed.amount[i] - s.volume[i] * level - mean * crossed.volume[i];
    settleChamber(s, hb, context, i, dt, change, dt * heldHeat(hb, i, mean) - slowWork, crossed);
  }
  for (let e = 0; e < s.ducts; e++) {
    s.displacement[e] += dt * (hb.flowRe[e] - hb.exchangeForward[e] + hb.exchangeBackward[e]);
    s.totals.friction += dt * p.ductFriction[e];
    s.totals.minorLoss += dt * p.ductMinor[e];
  }
  settlePressure(s, hb, parts, context.restVolume);
  s.time_s += dt;
}

/**
 * Held heating of gas and layers, W: all of the balance's powers but conduction, exchange, and the common pressure's work on
 * the mean flow, which the step takes at its own rates.
 */
function heldHeat(hb: HarmonicSolution, i: number, meanPressure: number): number {
  const p = hb.powers;
  const loops = p.slowWork[i] - meanPressure * hb.volumeRate[i];
  return p.drive[i] - p.flowWork[i] + p.minorHeat[i] - p.thermal[i] - loops;
}

/** Mean pressures and volumes after a step: offsets between chambers and their k = p̄v̄/nRT̄ held from the balance. */
function settlePressure(s: AveragedState, hb: HarmonicSolution, parts: Uint32Array, restVolume: Float64Array): void {
  const n = s.chambers;
  const product = new Float64Array(n);
  const room = new Float64Array(n);
  const level = new Float64Array(n);
  const sum = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const solved = s.solved.amount[i] * (REFERENCE_TEMPERATURE + s.solved.temperature[i]);
    const k = (hb.pressureRe[i] * hb.volumeRe[i]) / solved;
    product[i] = s.amount[i] * (REFERENCE_TEMPERATURE + s.temperature[i]) * k;
    room[parts[i]] += restVolume[i];
    level[i] = s.pressure[parts[i]];
  }
  const offset = hb.pressureRe.slice(0, n).map((p, i) => p - hb.pressureRe[parts[i]]);
  for (let pass = 0; pass < 6; pass++) {
    sum.fill(0);
    for (let i = 0; i < n; i++) sum[parts[i]] += product[i] / (level[parts[i]] + offset[i]);
    for (let i = 0; i < n; i++) if (parts[i] === i) level[i] *= sum[i] / room[i];
  }
  for (let i = 0; i < n; i++) {
    s.pressure[i] = level[parts[i]] + offset[i];
    s.volume[i] = product[i] / s.pressure[i];
  }
}

/** Posts one step of chamber i, its wall and its chip for the temperature change of the linear solve. */
function settleChamber(
  s: AveragedState,
  hb: HarmonicSolution,
  context: AveragedContext,
  i: number,
  dt: number,
  change: number,
  gasHeat: number,
  crossed: Crossing,
): void {
  const { coefficients: c, surroundings: around } = context;
  const p = hb.powers;
  const Gc = dt * around.chipConductance;
  const Gr = dt * around.roomConductance;
  const G = dt * c.wallConductance[i];
  const chipShare = Gc / (around.chipCapacity + Gc);
  const chipGap = s.chip[i] - s.wall[i];
  const toWall = G * (s.temperature[i] + change - s.wall[i]);
  const chipHeat = dt * around.chipPower[i];
  const received = dt * (p.thermal[i] + p.friction[i]);
  const wallStiffness = around.wallCapacity + G + Gr + Gc * (1 - chipShare);
  const wallChange =
    (received +
      toWall +
      Gc * chipGap +
      chipShare * (chipHeat - Gc * chipGap) -
      Gr * (s.wall[i] - around.roomTemperature)) /
    wallStiffness;
  const conducted = toWall - G * wallChange;
  const chipToWall = Gc * chipGap + chipShare * (chipHeat - Gc * chipGap) - Gc * (1 - chipShare) * wallChange;
  const toRoom = Gr * (s.wall[i] + wallChange - around.roomTemperature);
  s.wall[i] += (received + conducted + chipToWall - toRoom) / around.wallCapacity;
  s.chip[i] += (chipHeat - chipToWall) / around.chipCapacity;
  const energy = s.energy[i] + gasHeat - conducted + crossed.energy[i];
  for (let k = 0; k < SPECIES_COUNT; k++) s.amounts[i * SPECIES_COUNT + k] += crossed.species[i * SPECIES_COUNT + k];
  s.amount[i] += crossed.amount[i];
  followEnergy(s, c, i, energy);
  s.totals.driveWork += dt * p.drive[i];
  s.totals.chipHeat += chipHeat;
  s.totals.roomHeat += toRoom;
  s.totals.thermalLoss += dt * p.thermal[i];
}
