// Moves the cycle means: temperatures of gas, layers, walls and chips (backward Euler), mean volumes at a common pressure, and
// gas that crosses ducts; the powers are those of the last harmonic balance, renewed when the means have moved. What is
// posted is booked: the ledger closes to round-off, at any step and however far the balance converged.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import { TOTAL } from '../state.ts';
import type { Surroundings } from '../step.ts';
import {
  type AveragedContext,
  type AveragedState,
  followEnergy,
  harmonicInput,
  layerCapacity,
  scratch,
  scratchCopy,
} from './averaged-state.ts';
import { carriedEnergy, incomingHeat } from './carried-heat.ts';
import { type Crossing, cross, relax, takeCrossing } from './crossing.ts';
import { solveHarmonicBalance } from './harmonic-balance.ts';
import type { HarmonicFailure, HarmonicOptions, HarmonicSolution } from './harmonic-types.ts';
import { meanFlow } from './mean-flow.ts';
import { graphParts } from './network-solve.ts';
import { airConductance, airTemperature, heatAlongDucts } from './wall-heat.ts';

export interface AveragedOptions extends HarmonicOptions {
  /** Mean temperature may move this far, K, before the harmonic balance is renewed; a step moves it by no more. */
  readonly resolveKelvin?: number;
  /** Multiple of the usual limits at which the balance is renewed; 1 unless given. */
  readonly patience?: number;
}

const RESOLVE_KELVIN = 1;
/** Share by which a chamber's gas may change beside what its temperature explains, before a renewal. */
const RESOLVE_AMOUNT = 5e-2;
/**
 * Convergence asked of a balance that becomes a wave, and of a renewal between steps: means that may move by a kelvin before the next
 * one cost more than the last digits. The ledger closes to round-off whatever it is.
 */
export const RESOLVE_TOLERANCE = 1e-5;
export const RENEW_TOLERANCE = 7e-4;
/** What a density that changes by all of itself in a step counts as, K: a hundredth is as much as half a kelvin. */
const THINNING_KELVIN = 50;
const LONGEST_STEP_S = 60;
const SHORTEST_STEP_S = 1e-3;

export type AveragedResult =
  | {
      readonly ok: true;
      readonly steps: number;
      readonly solves: number /** Of the means in the last step, K/s. */;
      readonly pace: number;
    }
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
  const patience = options.patience ?? 1;
  const tolerance = patience * (options.resolveKelvin ?? RESOLVE_KELVIN);
  const parts = s.solution?.workspace?.parts ?? graphParts(s.chambers, context.edges, context.coefficients.closed);
  const end = s.time_s + duration;
  let steps = 0;
  let solves = 0;
  let pace = 0;
  while (s.time_s < end - 1e-12 * Math.max(1, end)) {
    if (!s.solution || haveMoved(s, tolerance, patience)) {
      const result = renew(s, context, { tolerance: RENEW_TOLERANCE, ...options });
      solves++;
      if (!result.ok) return { ...result, steps, solves };
    }
    if (!s.solution) break;
    const alongDucts = heatAlongDucts(s, context, LONGEST_STEP_S);
    // A step that would move a temperature too far is taken in parts: nothing is kept from one step for the next.
    let dt = Math.min(end - s.time_s, LONGEST_STEP_S, alongDucts.longestStep);
    let planned = planStep(s, s.solution, context, parts, dt, alongDucts.power);
    while (planned.size > tolerance && dt > SHORTEST_STEP_S) {
      dt = Math.max(SHORTEST_STEP_S, dt * Math.max(0.1, (0.8 * tolerance) / planned.size));
      planned = planStep(s, s.solution, context, parts, dt, alongDucts.power);
    }
    takeStep(s, s.solution, context, parts, dt, planned, alongDucts.power);
    s.totals[TOTAL.entropyConduction] += dt * alongDucts.entropy;
    steps++;
    pace = planned.size / dt;
  }
  return { ok: true, steps, solves, pace };
}

/**
 * Solves the harmonic balance about the present means and takes over its mean volumes and pressures. Where the last oscillation is no
 * guess for this one (a duct has been shut, and its old flow would be a loss beyond measure), it begins at rest.
 */
export function renew(s: AveragedState, context: AveragedContext, options: HarmonicOptions = {}) {
  const input = harmonicInput(s, context);
  const warm = solveHarmonicBalance(input, { ...options, warm: s.solution });
  const result = warm.ok || !s.solution ? warm : solveHarmonicBalance(input, options);
  if (!result.ok) return result;
  s.solution = result.solution;
  s.solved.temperature.set(s.temperature);
  s.solved.amount.set(s.amount);
  for (let i = 0; i < s.chambers; i++) {
    s.volume[i] = result.solution.volumeRe[i];
    s.pressure[i] = result.solution.pressureRe[i];
    s.solved.amountDensity[i] = s.amount[i] / s.volume[i];
    s.solved.energyDensity[i] = s.gasEnergy[i] / s.volume[i];
  }
  return result;
}

/** Whether the means have moved from where the oscillation was solved, by more than usual. */
export function haveMoved(s: AveragedState, kelvin = RESOLVE_KELVIN, patience = 1): boolean {
  const share = patience * RESOLVE_AMOUNT + kelvin / REFERENCE_TEMPERATURE;
  for (let i = 0; i < s.chambers; i++) {
    if (Math.abs(s.temperature[i] - s.solved.temperature[i]) > kelvin) return true;
    if (Math.abs(s.amount[i] - s.solved.amount[i]) > share * s.amount[i]) return true;
  }
  return false;
}

/** A slow step worked out and not yet taken. */
interface PlannedStep {
  readonly crossed: Crossing;
  /** K per chamber. */
  readonly change: Float64Array;
  /** Largest change of a temperature or, weighed, of a density, K. */
  readonly size: number;
  /** Change of the common pressure per part, Pa. */
  readonly level: Float64Array;
}

function planStep(
  s: AveragedState,
  hb: HarmonicSolution,
  context: AveragedContext,
  parts: Uint32Array,
  dt: number,
  alongDucts: Float64Array,
): PlannedStep {
  const { coefficients: c } = context;
  const n = s.chambers;
  const crossed = cross(s, hb, c, context.edges, meanFlow(s, hb, context, parts, dt), dt);
  // Gas and layers of a chamber: (C + Λ + nR)ΔT + dt·G(ΔT − ΔT_w) = heat + vΔp + what gas from the neighbours brings, walls
  // and chips eliminated. Solved for the given heat and for one pascal of the common pressure's change: ΔT = own + push·Δp.
  const stiffness = scratch(s, 'stiffness', n);
  const heat = scratch(s, 'heat', n);
  for (let i = 0; i < n; i++) chamberHeat(s, hb, context, crossed, parts, i, dt, alongDucts[i], stiffness, heat);
  const mixed = incomingHeat(s, context.edges, crossed, stiffness, heat);
  const own = scratch(s, 'own', n);
  const push = scratch(s, 'push', n);
  for (let i = 0; i < n; i++) {
    own[i] = heat[i] / stiffness[i];
    push[i] = s.volume[i] / stiffness[i];
  }
  relax(s, context.edges, crossed.ducts, mixed.forward, mixed.backward, stiffness, heat, own);
  relax(s, context.edges, crossed.ducts, mixed.forward, mixed.backward, stiffness, s.volume, push);
  const sumPush = scratch(s, 'sumPush', n);
  const sumYield = scratch(s, 'sumYield', n);
  for (let i = 0; i < n; i++) {
    const nR = s.amount[i] * R;
    sumPush[parts[i]] += nR * own[i] + R * (REFERENCE_TEMPERATURE + s.temperature[i]) * crossed.amount[i];
    sumYield[parts[i]] += s.volume[i] - nR * push[i];
  }
  // In place of the sums.
  const level = sumPush;
  for (let part = 0; part < n; part++) level[part] = sumYield[part] > 0 ? sumPush[part] / sumYield[part] : 0;
  const change = own;
  for (let i = 0; i < n; i++) change[i] += push[i] * level[parts[i]];
  let size = 0;
  for (let i = 0; i < n; i++) {
    const thinning = crossed.amount[i] / s.amount[i];
    size = Math.max(size, Math.abs(change[i]), Math.abs(thinning) * THINNING_KELVIN);
  }
  return { crossed, change, size, level };
}

function takeStep(
  s: AveragedState,
  hb: HarmonicSolution,
  context: AveragedContext,
  parts: Uint32Array,
  dt: number,
  { crossed, change, level }: PlannedStep,
  alongDucts: Float64Array,
): void {
  takeCrossing(s, context.edges, crossed);
  const carried = carriedEnergy(s, context.edges, crossed, change);
  for (let i = 0; i < s.chambers; i++) {
    const T = REFERENCE_TEMPERATURE + s.temperature[i];
    const mean = s.pressure[parts[i]];
    // Work of the common pressure on the mean flow; its sum over a part is zero by the choice of the level.
    const slowWork =
      s.amount[i] * R * change[i] +
      R * T * crossed.amount[i] -
      s.volume[i] * level[parts[i]] -
      mean * crossed.volume[i];
    settleChamber(
      s,
      hb,
      context,
      i,
      dt,
      change[i],
      dt * heldHeat(hb, i, mean) - slowWork + carried[i],
      crossed,
      alongDucts[i],
    );
  }
  for (let e = 0; e < s.ducts; e++) {
    s.totals[TOTAL.friction] += dt * hb.powers.ductFriction[e];
    s.totals[TOTAL.minorLoss] += dt * hb.powers.ductMinor[e];
  }
  settlePressure(s, hb, context, parts);
  s.time_s += dt;
}

/** Writes heat (J) and stiffness (J/K) of chamber i's gas for one step, without what gas from the neighbours brings. */
function chamberHeat(
  s: AveragedState,
  hb: HarmonicSolution,
  context: AveragedContext,
  crossed: Crossing,
  parts: Uint32Array,
  i: number,
  dt: number,
  alongDucts: number,
  stiffness: Float64Array,
  heat: Float64Array,
): void {
  const { coefficients: c, surroundings: around } = context;
  const Gc = dt * around.chipConductance;
  const Gr = dt * airConductance(context, i);
  const chipShare = Gc / (around.chipCapacity + Gc);
  const G = dt * c.wallConductance[i];
  const T = REFERENCE_TEMPERATURE + s.temperature[i];
  const gap = s.temperature[i] - s.wall[i];
  const toChip = chipShare * (dt * around.chipPower[i] - Gc * (s.chip[i] - s.wall[i])) + Gc * (s.chip[i] - s.wall[i]);
  const toWall =
    dt * (hb.powers.thermal[i] + hb.powers.friction[i] + alongDucts) +
    G * gap +
    toChip -
    Gr * (s.wall[i] - airTemperature(context, i));
  const wallStiffness = around.wallCapacity + G + Gr + Gc * (1 - chipShare);
  const mean = s.pressure[parts[i]];
  stiffness[i] = s.heatCapacity[i] + layerCapacity(c, i) + s.amount[i] * R + G - (G * G) / wallStiffness;
  heat[i] =
    dt * heldHeat(hb, i, mean) -
    G * gap -
    R * T * crossed.amount[i] +
    mean * crossed.volume[i] +
    (G * toWall) / wallStiffness;
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
function settlePressure(s: AveragedState, hb: HarmonicSolution, context: AveragedContext, parts: Uint32Array): void {
  const { restVolume } = context;
  const n = s.chambers;
  const product = scratch(s, 'settle product', n);
  const room = scratch(s, 'settle room', n);
  const level = scratch(s, 'settle level', n);
  const sum = scratch(s, 'settle sum', n);
  for (let i = 0; i < n; i++) {
    const solved = s.solved.amount[i] * (REFERENCE_TEMPERATURE + s.solved.temperature[i]);
    const k = (hb.pressureRe[i] * hb.volumeRe[i]) / solved;
    product[i] = s.amount[i] * (REFERENCE_TEMPERATURE + s.temperature[i]) * k;
    room[parts[i]] += restVolume[i];
    level[i] = s.pressure[parts[i]];
  }
  const offset = scratchCopy(s, 'offset', hb.pressureRe.subarray(0, n));
  for (let i = 0; i < n; i++) offset[i] -= hb.pressureRe[parts[i]];
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
  alongDucts: number,
): void {
  const { coefficients: c, surroundings: around } = context;
  const p = hb.powers;
  const Gc = dt * around.chipConductance;
  const Gr = dt * airConductance(context, i);
  const G = dt * c.wallConductance[i];
  const chipShare = Gc / (around.chipCapacity + Gc);
  const chipGap = s.chip[i] - s.wall[i];
  const toWall = G * (s.temperature[i] + change - s.wall[i]);
  const chipHeat = dt * around.chipPower[i];
  const air = airTemperature(context, i);
  const received = dt * (p.thermal[i] + p.friction[i] + alongDucts);
  const wallStiffness = around.wallCapacity + G + Gr + Gc * (1 - chipShare);
  const wallChange =
    (received + toWall + Gc * chipGap + chipShare * (chipHeat - Gc * chipGap) - Gr * (s.wall[i] - air)) / wallStiffness;
  const conducted = toWall - G * wallChange;
  const chipToWall = Gc * chipGap + chipShare * (chipHeat - Gc * chipGap) - Gc * (1 - chipShare) * wallChange;
  const toRoom = Gr * (s.wall[i] + wallChange - air);
  s.roomHeat[i] += toRoom;
  bookEntropy(s, hb, around, i, dt, air, { change, wallChange, conducted, chipToWall, chipHeat, toRoom });
  s.wall[i] += (received + conducted + chipToWall - toRoom) / around.wallCapacity;
  s.chip[i] += (chipHeat - chipToWall) / around.chipCapacity;
  const energy = s.energy[i] + gasHeat - conducted;
  for (let k = 0; k < SPECIES_COUNT; k++) s.amounts[i * SPECIES_COUNT + k] += crossed.species[i * SPECIES_COUNT + k];
  s.amount[i] += crossed.amount[i];
  followEnergy(s, c, i, energy);
  s.totals[TOTAL.driveWork] += dt * p.drive[i];
  s.totals[TOTAL.driveWorkMagnitude] += Math.abs(dt * p.drive[i]);
  s.totals[TOTAL.chipHeat] += chipHeat;
  s.totals[TOTAL.roomHeat] += toRoom;
  s.totals[TOTAL.thermalLoss] += dt * p.thermal[i];
}

/** Heats of one step of chamber i, J, and the changes they were formed with, K. */
interface StepHeats {
  readonly change: number;
  readonly wallChange: number;
  readonly conducted: number;
  readonly chipToWall: number;
  readonly chipHeat: number;
  readonly toRoom: number;
}

/** Entropy of each heat at the temperatures the implicit step formed it with: every term has the sign of a square. */
function bookEntropy(
  s: AveragedState,
  hb: HarmonicSolution,
  around: Surroundings,
  i: number,
  dt: number,
  air: number,
  heats: StepHeats,
): void {
  const p = hb.powers;
  const gas = REFERENCE_TEMPERATURE + s.temperature[i] + heats.change;
  const wall = REFERENCE_TEMPERATURE + s.wall[i] + heats.wallChange;
  const chip = REFERENCE_TEMPERATURE + s.chip[i] + (heats.chipHeat - heats.chipToWall) / around.chipCapacity;
  const room = REFERENCE_TEMPERATURE + air;
  s.totals[TOTAL.entropyThermal] += (dt * p.thermal[i]) / wall + heats.conducted * (1 / wall - 1 / gas);
  s.totals[TOTAL.entropyViscous] += (dt * p.friction[i]) / wall;
  s.totals[TOTAL.entropyMinor] += (dt * p.minorHeat[i]) / gas;
  s.totals[TOTAL.entropyChipWall] += heats.chipToWall * (1 / wall - 1 / chip);
  s.totals[TOTAL.entropyWallRoom] += heats.toRoom * (1 / room - 1 / wall);
}
