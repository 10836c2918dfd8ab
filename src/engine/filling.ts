// Filling the chambers: at the start, after an edit of gas, pressure or temperature, and from another farm whose lattice
// was changed. Writes the state only; the farm books what it added.

import { REFERENCE_TEMPERATURE } from './gas/caloric.ts';
import { amountAt, type FarmGasModel, pressureOf, residualEnergy, virialAt } from './gas/equation-of-state.ts';
import { fractions } from './gas/mixture.ts';
import { SPECIES_COUNT } from './gas/species.ts';
import { mixtureVirial } from './gas/virial.ts';
import { recentre } from './gas-oscillation/relabel.ts';
import { createState, type FarmState } from './gas-oscillation/state.ts';
import type { Layout } from './lattice/layout.ts';
import type { ParameterKey, ParameterValues } from './parameters/table.ts';
import { perChamber } from './settings.ts';

/** Puts gas of composition x at T (K) and p (Pa) into the present volume of chamber i. */
function fillChamber(s: FarmState, i: number, x: ArrayLike<number>, T: number, p: number): void {
  const B = s.gasModel === 'virial' ? mixtureVirial(x, T).B : 0;
  const amount = amountAt(p, T, s.volume[i], B);
  let total = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) {
    s.amounts[i * SPECIES_COUNT + k] = amount * x[k];
    total += s.amounts[i * SPECIES_COUNT + k];
  }
  s.amount[i] = total;
  s.temperature[i] = T - REFERENCE_TEMPERATURE;
  settleEnergy(s, i);
}

/** Pressure and energy that belong to the present amount, temperature and volume. */
function settleEnergy(s: FarmState, i: number): void {
  const T = REFERENCE_TEMPERATURE + s.temperature[i];
  recentre(s, i, s.temperature[i]);
  const [b, db] = virialAt(s.virial, i, 0);
  s.pressure[i] = pressureOf(s.amount[i], T, s.volume[i], b, db).p;
  s.energy[i] = s.caloric[4 * i] + residualEnergy(s.amount[i], T, s.volume[i], db);
}

/** Another equation of state for the same gas: amounts, temperatures and volumes stay, pressures and energies follow. */
export function changeGasModel(s: FarmState, model: FarmGasModel): void {
  s.gasModel = model;
  s.virial.fill(0);
  for (let i = 0; i < s.chambers; i++) settleEnergy(s, i);
}

function settleSolids(s: FarmState, i: number, temperature: number): void {
  for (let k = 0; k < s.poles; k++) s.layer[k * s.chambers + i] = temperature;
  s.instantLayer[i] = temperature;
  s.wall[i] = temperature;
  s.chip[i] = temperature;
}

/** Everything at rest at the initial pressure and temperature. */
export function fillState(s: FarmState, v: ParameterValues, restVolume: Float64Array): void {
  const x = fractions(v['gas.mixture']);
  s.volume.set(restVolume);
  for (let i = 0; i < s.chambers; i++) {
    fillChamber(s, i, x, perChamber(v['initial.temperature_K'], i), perChamber(v['initial.pressure_Pa'], i));
    settleSolids(s, i, s.temperature[i]);
  }
}

/** What edits of the mixture, pressure or temperature do to a running farm: the oscillation goes on where it can. */
export function refill(
  s: FarmState,
  before: ParameterValues,
  after: ParameterValues,
  changed: readonly ParameterKey[],
): void {
  const mixture = changed.includes('gas.mixture');
  const pressure = changed.includes('initial.pressure_Pa');
  const temperature = changed.includes('initial.temperature_K');
  if (!mixture && !pressure && !temperature) return;
  const x = fractions(after['gas.mixture']);
  const share = new Float64Array(SPECIES_COUNT);
  for (let i = 0; i < s.chambers; i++) {
    const factor = pressure
      ? perChamber(after['initial.pressure_Pa'], i) / perChamber(before['initial.pressure_Pa'], i)
      : 1;
    const T = temperature ? perChamber(after['initial.temperature_K'], i) : REFERENCE_TEMPERATURE + s.temperature[i];
    for (let k = 0; k < SPECIES_COUNT; k++) share[k] = mixture ? x[k] : s.amounts[i * SPECIES_COUNT + k] / s.amount[i];
    fillChamber(s, i, share, T, s.pressure[i] * factor);
    if (temperature) settleSolids(s, i, s.temperature[i]);
  }
}

/** The same state with another number of boundary-layer states, each at rest with its gas. */
export function resizeLayers(from: FarmState, poles: number): FarmState {
  const to = createState(from.chambers, from.ducts, poles, from.gasModel);
  for (const key of Object.keys(to) as (keyof FarmState)[]) {
    const source = from[key];
    const target = to[key];
    if (source instanceof Float64Array && target instanceof Float64Array && source.length === target.length)
      target.set(source);
  }
  for (let k = 0; k < poles; k++) {
    for (let i = 0; i < to.chambers; i++) to.layer[k * to.chambers + i] = from.temperature[i];
    for (let e = 0; e < to.ducts; e++) to.viscous[k * to.ducts + e] = from.flow[e];
  }
  return to;
}

/**
 * Carries gas and temperatures from a farm to its successor: chamber by chamber when the lattice has the same chambers,
 * otherwise from the old chamber at the nearest relative place in the block. Duct flows go on only when the ducts are the same.
 */
export function carryState(from: FarmState, fromLayout: Layout, to: FarmState, toLayout: Layout): void {
  const same =
    from.chambers === to.chambers && fromLayout.kind === toLayout.kind && sameNumbers(fromLayout.edges, toLayout.edges);
  const source = same ? null : nearestRelative(fromLayout, toLayout);
  for (let i = 0; i < to.chambers; i++) {
    const j = source ? source[i] : i;
    const share = new Float64Array(SPECIES_COUNT);
    for (let k = 0; k < SPECIES_COUNT; k++) share[k] = from.amounts[j * SPECIES_COUNT + k] / from.amount[j];
    fillChamber(to, i, share, REFERENCE_TEMPERATURE + from.temperature[j], from.pressure[j]);
    to.wall[i] = from.wall[j];
    to.chip[i] = from.chip[j];
    if (same) {
      to.film[i] = from.film[i];
      to.filmEnergy[i] = from.filmEnergy[i];
    }
    to.instantLayer[i] = to.temperature[i];
    for (let k = 0; k < to.poles; k++) {
      to.layer[k * to.chambers + i] = same && k < from.poles ? from.layer[k * from.chambers + j] : to.temperature[i];
    }
    if (same) {
      to.piston[i] = from.piston[i];
      to.pistonRe[i] = from.pistonRe[i];
      to.pistonIm[i] = from.pistonIm[i];
    }
  }
  if (same) {
    to.flow.set(from.flow);
    for (let k = 0; k < to.poles; k++) for (let e = 0; e < to.ducts; e++) to.viscous[k * to.ducts + e] = from.flow[e];
  }
  to.clock.set(from.clock);
}

const sameNumbers = (a: Uint32Array, b: Uint32Array): boolean =>
  a.length === b.length && a.every((value, m) => value === b[m]);

/** For each chamber of `to`, the chamber of `from` nearest in coordinates relative to the block. */
function nearestRelative(from: Layout, to: Layout): Uint32Array {
  const cells = 8;
  const bins = new Map<number, number[]>();
  const relative = (layout: Layout, i: number, a: number): number =>
    layout.positions[3 * i + a] / Math.max(1e-9, largest(layout)[a]);
  const cell = (u: number): number => Math.min(cells - 1, Math.floor(u * cells));
  for (let j = 0; j < from.count; j++) {
    const key = (cell(relative(from, j, 0)) * cells + cell(relative(from, j, 1))) * cells + cell(relative(from, j, 2));
    const list = bins.get(key);
    if (list) list.push(j);
    else bins.set(key, [j]);
  }
  const all = Array.from({ length: from.count }, (_, j) => j);
  return Uint32Array.from({ length: to.count }, (_, i) => {
    const u = [relative(to, i, 0), relative(to, i, 1), relative(to, i, 2)];
    const key = (cell(u[0]) * cells + cell(u[1])) * cells + cell(u[2]);
    const candidates = bins.get(key) ?? (from.count < 5000 ? all : [0]);
    let best = candidates[0];
    let bestSquare = Number.POSITIVE_INFINITY;
    for (const j of candidates) {
      let square = 0;
      for (let a = 0; a < 3; a++) square += (relative(from, j, a) - u[a]) * (relative(from, j, a) - u[a]);
      if (square < bestSquare) {
        bestSquare = square;
        best = j;
      }
    }
    return best;
  });
}

const extents = new WeakMap<Layout, [number, number, number]>();
function largest(layout: Layout): [number, number, number] {
  let result = extents.get(layout);
  if (!result) {
    result = [0, 0, 0];
    for (let i = 0; i < layout.count; i++)
      for (let a = 0; a < 3; a++) result[a] = Math.max(result[a], layout.positions[3 * i + a]);
    extents.set(layout, result);
  }
  return result;
}
