// Temperature of the room's air: ρc_p ∂T/∂t + ∇·(ρc_p u T) = ∇·(k_eff ∇T) + heat of the chambers, backward Euler with
// upwind advection, so any step is bounded. What leaves one cell enters the next: the balance closes to round-off.
// Room walls are adiabatic. Temperatures are T − 300 K.

import type { ChamberCells } from './block.ts';
import { type Flow, refreshCentres } from './flow.ts';
import { clear, createSevenPoint, factorise, residual, type SevenPoint, solveGeneral } from './seven-point.ts';

/** Turbulent Prandtl number (models.md 4.3). */
const TURBULENT_PRANDTL = 0.85;
/**
 * Residual at which the linear solver stops, relative to the right side; tighter where the cell that holds least would be moved
 * by more than LEFT_OVER_K, for what the solver leaves over is stored; no tighter than rounding.
 */
const RELATIVE_RESIDUAL = 1e-8;
const LEFT_OVER_K = 1e-4;
const ROUNDING = 1e-13;
const MOST_ITERATIONS = 400;

export const ROOM_TOTAL = { fromChambers: 0, inflow: 1, outflow: 2, magnitude: 3, start: 4 } as const;

export interface RoomHeat {
  /** Padded cell temperatures, T − 300 K. */
  readonly temperature: Float64Array;
  /** Padded: heat capacity of the air in each cell, J/K. */
  readonly capacity: Float64Array;
  /** That of the cell that holds least, J/K. */
  readonly leastCapacity: number;
  /** ρ c_p, J/(m³·K), and conductivity of still air, W/(m·K). */
  readonly volumetric: number;
  readonly conductivity: number;
  readonly kinematic: number;
  /** J since the start, and stored at the start, reckoned from 300 K: see ROOM_TOTAL. */
  readonly totals: Float64Array;
  readonly matrix: SevenPoint;
  readonly rightSide: Float64Array;
  readonly solved: Float64Array;
  readonly source: Float64Array;
  readonly film: Float64Array;
}

export interface AirHeatProperties {
  readonly volumetric: number;
  readonly conductivity: number;
  readonly kinematic: number;
  /** Share of air in the block's cells. */
  readonly voidFraction: number;
}

export function createRoomHeat(flow: Flow, air: AirHeatProperties, initial: number): RoomHeat {
  const { grid, inBlock } = flow;
  const zeros = (): Float64Array => new Float64Array(grid.total);
  const temperature = zeros();
  for (const c of grid.interior) temperature[c] = initial;
  const capacity = grid.volume.map((v, c) => v * air.volumetric * (inBlock[c] ? air.voidFraction : 1));
  return {
    temperature,
    capacity,
    leastCapacity: grid.interior.reduce((least, c) => Math.min(least, capacity[c]), Number.POSITIVE_INFINITY),
    volumetric: air.volumetric,
    conductivity: air.conductivity,
    kinematic: air.kinematic,
    totals: new Float64Array(5),
    matrix: createSevenPoint(grid),
    rightSide: zeros(),
    solved: zeros(),
    source: zeros(),
    film: zeros(),
  };
}

/** Heat stored in the air, J from 300 K. */
export function storedHeat(heat: RoomHeat): number {
  let sum = 0;
  for (let c = 0; c < heat.capacity.length; c++) sum += heat.capacity[c] * heat.temperature[c];
  return sum;
}

/**
 * Advances the air by `dt`. Cells receive `heat.source` (W) and exchange `heat.film` (W/K, times the wall temperature
 * already in `heat.source`). Afterwards `heat.solved` holds the temperatures at which all fluxes were taken.
 * @param supplyTemperature T − 300 K of the supplied air
 */
export function stepHeat(flow: Flow, heat: RoomHeat, supplyTemperature: number, dt: number): void {
  const { grid, velocity } = flow;
  const { temperature, capacity, volumetric, matrix, rightSide, solved, source, film, totals } = heat;
  const { interior, area } = grid;
  assemble(flow, heat);
  for (let n = 0; n < interior.length; n++) {
    const c = interior[n];
    matrix.diagonal[c] += capacity[c] / dt + film[c];
    rightSide[c] = (capacity[c] / dt) * temperature[c] + source[c];
  }
  const inflows = flow.inletFaces;
  for (let n = 0; n < inflows.length; n++) {
    const c = inflows[n];
    const carried = volumetric * velocity[0][c] * area[0][c];
    rightSide[c] += carried * supplyTemperature;
    totals[ROOM_TOTAL.inflow] += dt * carried * supplyTemperature;
    totals[ROOM_TOTAL.magnitude] += Math.abs(dt * carried * supplyTemperature);
  }
  const outflows = flow.outletFaces;
  for (let n = 0; n < outflows.length; n++) {
    const f = outflows[n];
    matrix.diagonal[f - 1] += volumetric * velocity[0][f] * area[0][f];
  }
  factorise(matrix, 0);
  let square = 0;
  for (let n = 0; n < interior.length; n++) square += rightSide[interior[n]] * rightSide[interior[n]];
  solved.set(temperature);
  const wanted = Math.min(RELATIVE_RESIDUAL * Math.sqrt(square), (LEFT_OVER_K * heat.leastCapacity) / dt);
  solveGeneral(matrix, rightSide, solved, Math.max(wanted, ROUNDING * Math.sqrt(square)), MOST_ITERATIONS);
  // What the solver left over goes to storage: stored heat then changes by exactly the fluxes taken at `solved`.
  residual(matrix, rightSide, solved, matrix.work[0]);
  for (let n = 0; n < interior.length; n++) {
    const c = interior[n];
    temperature[c] = solved[c] + (matrix.work[0][c] * dt) / capacity[c];
  }
  for (let n = 0; n < outflows.length; n++) {
    const f = outflows[n];
    const carried = dt * volumetric * velocity[0][f] * area[0][f] * solved[f - 1];
    totals[ROOM_TOTAL.outflow] += carried;
    totals[ROOM_TOTAL.magnitude] += Math.abs(carried);
  }
}

/** Advection and diffusion between cells, W/K: columns sum to zero, so nothing is lost between cells. */
function assemble(flow: Flow, heat: RoomHeat): void {
  const { grid, velocity, faces, viscosity } = flow;
  const { matrix, volumetric, conductivity, kinematic } = heat;
  const { strides, area, width } = grid;
  refreshCentres(flow);
  clear(matrix);
  const { diagonal } = matrix;
  for (let a = 0; a < 3; a++) {
    const low = matrix.lows[a];
    const high = matrix.highs[a];
    const d = width[a];
    const turbulent = volumetric / TURBULENT_PRANDTL;
    for (let n = 0; n < faces[a].length; n++) {
      const q = faces[a][n];
      const p = q - strides[a];
      const carried = volumetric * velocity[a][q] * area[a][q];
      const kp = conductivity + turbulent * (viscosity[p] - kinematic);
      const kq = conductivity + turbulent * (viscosity[q] - kinematic);
      const conductance = area[a][q] / ((0.5 * d[p]) / kp + (0.5 * d[q]) / kq);
      const forward = Math.max(0, carried) + conductance;
      const backward = Math.max(0, -carried) + conductance;
      low[q] = -forward;
      diagonal[p] += forward;
      high[p] = -backward;
      diagonal[q] += backward;
    }
  }
}

/**
 * Writes the chambers' film into the cells: G T_w as source and G as conductance, shared over each chamber's cells.
 * @param wall T − 300 K per chamber; @param conductance W/K per chamber
 */
export function setFilm(heat: RoomHeat, cells: ChamberCells, wall: Float64Array, conductance: Float64Array): void {
  const { source, film } = heat;
  source.fill(0);
  film.fill(0);
  for (let i = 0; i < wall.length; i++) {
    for (let n = cells.start[i]; n < cells.start[i + 1]; n++) {
      const G = cells.share[n] * conductance[i];
      film[cells.cell[n]] += G;
      source[cells.cell[n]] += G * wall[i];
    }
  }
}

/** Mean over each chamber's cells of a padded field. */
export function sampleAtChambers(field: Float64Array, cells: ChamberCells, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let n = cells.start[i]; n < cells.start[i + 1]; n++) sum += cells.share[n] * field[cells.cell[n]];
    out[i] = sum;
  }
}
