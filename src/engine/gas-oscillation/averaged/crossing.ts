// Gas that crosses ducts during one slow step of the averaged mode. Two causes: mean flow; and tides longer than the half duct, which
// cross both ways in every cycle (rates of the harmonic balance). Volumes are explicit, what they carry is implicit, so that any step is stable;
// what correlates within the cycle (second order) is held from the balance. What leaves one end enters the other.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import { log } from '../../numerics/elementary.ts';
import type { StepCoefficients } from '../coefficients.ts';
import { TOTAL } from '../state.ts';
import { type AveragedState, scratch, scratchCopy } from './averaged-state.ts';
import type { HarmonicSolution } from './harmonic-types.ts';

/** What one step moves. */
export interface Crossing {
  /** m³ per duct, from the first to the second chamber and back. */
  readonly forward: Float64Array;
  readonly backward: Float64Array;
  /** mol per duct that move with them at implicit concentrations, both ways. */
  readonly amountForward: Float64Array;
  readonly amountBackward: Float64Array;
  /** J per duct held from the balance beside what the means carry. */
  readonly extraEnergy: Float64Array;
  /** mol added per chamber, chamber-major, and the sum over gases. */
  readonly species: Float64Array;
  readonly amount: Float64Array;
  /** m³ relabelled per chamber. */
  readonly volume: Float64Array;
  /** The ducts through which something crosses. */
  readonly ducts: Uint32Array;
}

const SWEEPS = 400;
/** Convergence of what crossing gas carries: it enters neither amounts nor energies, which balance by construction. */
const CONVERGED = 1e-7;
/** Compositions that differ by less are one gas: no more than CONVERGED leaves. */
const SAME_GAS = 1e-7;

/**
 * Volumes and amounts of one step of `dt` seconds, nothing moved yet. Conserves every gas exactly.
 * @param flow mean flow per duct, m³/s
 */
export function cross(
  s: AveragedState,
  hb: HarmonicSolution,
  c: StepCoefficients,
  edges: Uint32Array,
  flow: Float64Array,
  dt: number,
): Crossing {
  const out = crossedVolumes(s, hb, c, edges, flow, dt);
  if (out.ducts.length === 0) return out;
  if (isOneGas(s)) moveTogether(s, hb, edges, dt, out);
  else moveEach(s, hb, edges, dt, out);
  for (let i = 0; i < s.chambers; i++) {
    for (let k = 0; k < SPECIES_COUNT; k++) out.amount[i] += out.species[i * SPECIES_COUNT + k];
  }
  return out;
}

/** Whether all chambers have the composition of the first. */
function isOneGas(s: AveragedState): boolean {
  const { amounts, amount } = s;
  for (let i = 1; i < s.chambers; i++) {
    const scale = amount[i] / amount[0];
    const most = SAME_GAS * amount[i];
    for (let k = 0; k < SPECIES_COUNT; k++) {
      if (Math.abs(amounts[i * SPECIES_COUNT + k] - amounts[k] * scale) > most) return false;
    }
  }
  return true;
}

/** One solve for the sum of all gases; each moves with its donor's share. */
function moveTogether(s: AveragedState, hb: HarmonicSolution, edges: Uint32Array, dt: number, out: Crossing): void {
  const { ducts, amountForward, amountBackward, species } = out;
  const source = scratchCopy(s, 'source', s.amount);
  const concentration = scratch(s, 'concentration', s.chambers);
  for (let i = 0; i < s.chambers; i++) concentration[i] = s.amount[i] / s.volume[i];
  const extras = scratch(s, 'extras', s.ducts);
  for (let m = 0; m < ducts.length; m++) {
    const e = ducts[m];
    const extra = extraAmount(s, hb, edges, e) * dt;
    extras[m] = extra;
    source[edges[2 * e]] -= extra;
    source[edges[2 * e + 1]] += extra;
  }
  implicitConcentrations(s, out, edges, source, concentration);
  const gases = presentGases(s);
  for (let m = 0; m < ducts.length; m++) {
    const e = ducts[m];
    const i = edges[2 * e];
    const j = edges[2 * e + 1];
    const extra = extras[m];
    const forward = out.forward[e] * concentration[i];
    const backward = out.backward[e] * concentration[j];
    amountForward[e] = forward;
    amountBackward[e] = backward;
    const leaving = (forward + Math.max(0, extra)) / s.amount[i];
    const coming = (backward + Math.max(0, -extra)) / s.amount[j];
    for (let g = 0; g < gases.length; g++) {
      const a = i * SPECIES_COUNT + gases[g];
      const b = j * SPECIES_COUNT + gases[g];
      const moved = leaving * s.amounts[a] - coming * s.amounts[b];
      species[a] -= moved;
      species[b] += moved;
    }
  }
}

/** Gases of which some chamber has any. */
function presentGases(s: AveragedState): Uint32Array {
  const present = new Uint8Array(SPECIES_COUNT);
  for (let at = 0; at < s.amounts.length; at++) if (s.amounts[at] !== 0) present[at % SPECIES_COUNT] = 1;
  return Uint32Array.from(present.keys()).filter((k) => present[k] === 1);
}

/** One solve for each gas. */
function moveEach(s: AveragedState, hb: HarmonicSolution, edges: Uint32Array, dt: number, out: Crossing): void {
  const concentration = scratch(s, 'concentration', s.chambers);
  const source = scratch(s, 'source', s.chambers);
  for (let k = 0; k < SPECIES_COUNT; k++) {
    let present = false;
    for (let i = 0; i < s.chambers; i++) {
      source[i] = s.amounts[i * SPECIES_COUNT + k];
      concentration[i] = source[i] / s.volume[i];
      present ||= source[i] > 0;
    }
    if (!present) continue;
    for (const e of out.ducts) {
      const extra = extraOf(s, hb, edges, e, k) * dt;
      source[edges[2 * e]] -= extra;
      source[edges[2 * e + 1]] += extra;
    }
    implicitConcentrations(s, out, edges, source, concentration);
    for (const e of out.ducts) {
      const i = edges[2 * e];
      const j = edges[2 * e + 1];
      const forward = out.forward[e] * concentration[i];
      const backward = out.backward[e] * concentration[j];
      const moved = forward - backward + extraOf(s, hb, edges, e, k) * dt;
      out.amountForward[e] += forward;
      out.amountBackward[e] += backward;
      out.species[i * SPECIES_COUNT + k] -= moved;
      out.species[j * SPECIES_COUNT + k] += moved;
    }
  }
}

/** Books what a step that is taken moves: exchanged volume, entropy of mixing. Amounts move with their chambers. */
export function takeCrossing(s: AveragedState, edges: Uint32Array, crossed: Crossing): void {
  const { forward, backward, ducts } = crossed;
  let volume = 0;
  let entropy = 0;
  for (let m = 0; m < ducts.length; m++) {
    const e = ducts[m];
    volume += forward[e] + backward[e];
    const both = Math.min(forward[e], backward[e]);
    entropy += mixing(s, edges[2 * e], edges[2 * e + 1], both);
    entropy += streaming(s, edges[2 * e], edges[2 * e + 1], forward[e] - both);
    entropy += streaming(s, edges[2 * e + 1], edges[2 * e], backward[e] - both);
  }
  s.totals[TOTAL.exchangedVolume] += volume;
  s.totals[TOTAL.entropyMixing] += entropy;
}

function crossedVolumes(
  s: AveragedState,
  hb: HarmonicSolution,
  c: StepCoefficients,
  edges: Uint32Array,
  flow: Float64Array,
  dt: number,
): Crossing {
  const forward = scratch(s, 'forward', s.ducts);
  const backward = scratch(s, 'backward', s.ducts);
  const extraEnergy = scratch(s, 'extraEnergy', s.ducts);
  const volume = scratch(s, 'volume', s.chambers);
  const ducts = new Uint32Array(s.ducts);
  let count = 0;
  for (let e = 0; e < s.ducts; e++) {
    if (c.halfVolume[e] === 0 || c.closed?.[e]) continue;
    const drift = dt * flow[e];
    const both = dt * Math.min(hb.exchangeForward[e], hb.exchangeBackward[e]);
    forward[e] = both + Math.max(0, drift);
    backward[e] = both + Math.max(0, -drift);
    if (forward[e] === 0 && backward[e] === 0) continue;
    ducts[count++] = e;
    const i = edges[2 * e];
    const j = edges[2 * e + 1];
    volume[i] -= forward[e] - backward[e];
    volume[j] += forward[e] - backward[e];
    extraEnergy[e] = dt * heldEnergy(s, hb, edges, e);
  }
  return {
    forward,
    backward,
    amountForward: scratch(s, 'amountForward', s.ducts),
    amountBackward: scratch(s, 'amountBackward', s.ducts),
    extraEnergy,
    species: scratch(s, 'species', s.chambers * SPECIES_COUNT),
    amount: scratch(s, 'amount', s.chambers),
    volume,
    ducts: ducts.subarray(0, count),
  };
}

/** mol/s that duct e moves beside what the mean densities carry: density and flow correlate within the cycle. */
function extraAmount(s: AveragedState, hb: HarmonicSolution, edges: Uint32Array, e: number): number {
  const i = edges[2 * e];
  const j = edges[2 * e + 1];
  const mean = hb.exchangeForward[e] * s.solved.amountDensity[i] - hb.exchangeBackward[e] * s.solved.amountDensity[j];
  return hb.exchangeAmount[e] - mean;
}

/** Gas k's part of extraAmount: of the chamber it comes from. */
function extraOf(s: AveragedState, hb: HarmonicSolution, edges: Uint32Array, e: number, k: number): number {
  const extra = extraAmount(s, hb, edges, e);
  const donor = extra > 0 ? edges[2 * e] : edges[2 * e + 1];
  return (extra * s.amounts[donor * SPECIES_COUNT + k]) / s.amount[donor];
}

/** W beside what the mean energy densities carry. */
function heldEnergy(s: AveragedState, hb: HarmonicSolution, edges: Uint32Array, e: number): number {
  const i = edges[2 * e];
  const j = edges[2 * e + 1];
  const mean = hb.exchangeForward[e] * s.solved.energyDensity[i] - hb.exchangeBackward[e] * s.solved.energyDensity[j];
  return hb.powers.ductCross[e] - mean;
}

/** (V_i + out_i) x_i − Σ in_ij x_j = source_i by Gauss–Seidel: the matrix is a column-dominant M-matrix. */
function implicitConcentrations(
  s: AveragedState,
  crossed: Crossing,
  edges: Uint32Array,
  source: Float64Array,
  x: Float64Array,
): void {
  const { ducts, forward, backward } = crossed;
  const diagonal = scratchCopy(s, 'diagonal', s.volume);
  for (let m = 0; m < ducts.length; m++) {
    const e = ducts[m];
    diagonal[edges[2 * e]] += forward[e];
    diagonal[edges[2 * e + 1]] += backward[e];
  }
  relax(s, edges, ducts, forward, backward, diagonal, source, x);
}

/**
 * Solves diagonal·x − Σ incoming·x_donor = source by Jacobi sweeps until no x changes by more than CONVERGED of the largest.
 * @param forward weight with which the first chamber's x enters the second; @param backward the other way
 */
export function relax(
  s: AveragedState,
  edges: Uint32Array,
  ducts: Uint32Array,
  forward: Float64Array,
  backward: Float64Array,
  diagonal: Float64Array,
  source: Float64Array,
  x: Float64Array,
): void {
  const n = x.length;
  const incoming = scratch(s, 'incoming', n);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    incoming.set(source);
    for (let m = 0; m < ducts.length; m++) {
      const e = ducts[m];
      const i = edges[2 * e];
      const j = edges[2 * e + 1];
      incoming[j] += forward[e] * x[i];
      incoming[i] += backward[e] * x[j];
    }
    let change = 0;
    let size = 0;
    for (let i = 0; i < n; i++) {
      const next = incoming[i] / diagonal[i];
      change = Math.max(change, Math.abs(next - x[i]));
      size = Math.max(size, Math.abs(next));
      x[i] = next;
    }
    if (change <= CONVERGED * size) return;
  }
}

/**
 * Entropy produced when chambers i and j exchange equal volumes (m³), J/K: heat c_v·n·(T_i − T_j) between the two temperatures
 * and Σ_k R Δn_k ln(c_ki/c_kj) of the gases, each a product of a difference with its own cause.
 */
function mixing(s: AveragedState, i: number, j: number, volume: number): number {
  if (volume === 0) return 0;
  const Ti = REFERENCE_TEMPERATURE + s.temperature[i];
  const Tj = REFERENCE_TEMPERATURE + s.temperature[j];
  const capacity = Math.min(s.heatCapacity[i] / s.volume[i], s.heatCapacity[j] / s.volume[j]);
  let sum = (volume * capacity * (Ti - Tj) * (Ti - Tj)) / (Ti * Tj);
  const moved = volume * Math.min(s.amount[i] / s.volume[i], s.amount[j] / s.volume[j]);
  for (let k = 0; k < SPECIES_COUNT; k++) {
    const a = s.amounts[i * SPECIES_COUNT + k] / s.amount[i];
    const b = s.amounts[j * SPECIES_COUNT + k] / s.amount[j];
    if (a > 0 && b > 0) sum += R * moved * (a - b) * log(a / b);
  }
  return sum;
}

/** Entropy produced when gas of chamber `from` (m³) comes to the temperature of the much larger `to`, J/K: C[x − 1 − ln x] ≥ 0. */
function streaming(s: AveragedState, from: number, to: number, volume: number): number {
  if (volume === 0) return 0;
  const ratio = (REFERENCE_TEMPERATURE + s.temperature[from]) / (REFERENCE_TEMPERATURE + s.temperature[to]);
  const capacity = ((s.heatCapacity[from] + s.amount[from] * R) * volume) / s.volume[from];
  return Math.max(0, capacity * (ratio - 1 - log(ratio)));
}
