// The room's air flow: quasi-steady Reynolds-averaged momentum with upwind advection, Ergun drag in the block, wall
// friction as a small quadratic resistance, a zero-equation eddy viscosity and Boussinesq buoyancy; staggered faces.
// One iteration = momentum (momentum.ts) + pressure correction, after which no cell gains or loses air.

import { GRAVITY } from '../../constants.ts';
import type { Drag } from './block.ts';
import { mixingLengths, type Opening, openFaces, openingFaces, type Triple, triple } from './flow-geometry.ts';
import { blockMask, type RoomGrid } from './grid.ts';
import { assembleMomentum } from './momentum.ts';
import { clear, createSevenPoint, factorise, relax, type SevenPoint, solveSymmetric } from './seven-point.ts';

export interface FlowSettings {
  /** Kinematic viscosity of the air, m²/s. */
  readonly viscosity: number;
  /** Volume expansion coefficient, 1/K. */
  readonly expansion: number;
  /** Drag in the block; null without one. */
  readonly drag: Drag | null;
  /** Diameter of the chambers, m: sets the mixing length inside the block. */
  readonly diameter: number;
  /** Outside the block: −dp/dx = ρ c |u| u, 1/m. Wall friction as f/(2 D_h). */
  readonly openResistance: number;
  /** Bulkhead and side walls around the block, so that all air crosses it. */
  readonly shrouded: boolean;
  readonly inlet: Opening;
  readonly outlet: Opening;
}

export interface Flow {
  readonly grid: RoomGrid;
  readonly settings: FlowSettings;
  /** Velocity at the low face of each cell along each axis, m/s (superficial inside the block). Padded. */
  readonly velocity: Triple;
  /** p/ρ, m²/s², without the hydrostatic part at the room's mean temperature; its level is arbitrary. */
  readonly pressure: Float64Array;
  /** Padded: effective kinematic viscosity ν + ν_t, m²/s. */
  readonly viscosity: Float64Array;
  /** 1 at faces whose velocity is computed, 0 at walls, baffles and openings. */
  readonly open: Triple;
  /** Padded indices of the computed faces. */
  readonly faces: readonly [Uint32Array, Uint32Array, Uint32Array];
  readonly inletFaces: Uint32Array;
  readonly outletFaces: Uint32Array;
  readonly inletArea: number;
  readonly outletArea: number;
  readonly inBlock: Uint8Array;
  /** Share of the block in the path across each face, 0 to 1. */
  readonly blockShare: Triple;
  /** Mixing length of the zero-equation model, m. */
  readonly mixingLength: Float64Array;
  /** Velocity per pressure step, s: u = u* − D ∇p′. */
  readonly response: Triple;
  /** Cell-centred velocity components, m/s. */
  readonly centred: Triple;
  /** Supply, m³/s. */
  supply: number;
  readonly matrix: SevenPoint;
  readonly rightSide: Float64Array;
  readonly correction: Float64Array;
  /** Velocity before the present iteration. */
  readonly before: Triple;
}

/** ν_t = 0.03874 |u| l (Chen & Xu 1998, zero-equation model for rooms). */
const ZERO_EQUATION = 0.03874;
/** Pressure correction: reduction of the residual during iterations, and when the flow is to be used. */
const LOOSE = 1e-2;
const TIGHT = 2e-11;
/** Modification of the pressure system's incomplete factorisation. */
const FILL_SHARE = 0.97;
/** Pairs of Gauss–Seidel sweeps per momentum component. */
const MOMENTUM_SWEEPS = 2;
const MOST_ITERATIONS = 1500;

/** A room at rest. */
export function createFlow(grid: RoomGrid, settings: FlowSettings): Flow {
  const inBlock = settings.drag ? blockMask(grid) : new Uint8Array(grid.total);
  const shrouded = settings.shrouded && settings.drag !== null;
  const open = openFaces(grid, shrouded);
  const faces = open.map((o) => Uint32Array.from(grid.interior.filter((c) => o[c] === 1)));
  const blockShare = triple(grid.total);
  for (let a = 0; a < 3; a++) {
    for (const c of faces[a]) {
      const below = c - grid.strides[a];
      const inside = inBlock[below] * grid.width[a][below] + inBlock[c] * grid.width[a][c];
      blockShare[a][c] = (0.5 * inside) / grid.distance[a][c];
    }
  }
  const inletFaces = openingFaces(grid, settings.inlet, 'inlet', shrouded);
  const outletFaces = openingFaces(grid, settings.outlet, 'outlet', shrouded);
  const areaOf = (list: Uint32Array): number => list.reduce((sum, c) => sum + grid.area[0][c], 0);
  return {
    grid,
    settings,
    velocity: triple(grid.total),
    pressure: new Float64Array(grid.total),
    viscosity: new Float64Array(grid.total).fill(settings.viscosity),
    open,
    faces: [faces[0], faces[1], faces[2]],
    inletFaces,
    outletFaces,
    inletArea: areaOf(inletFaces),
    outletArea: areaOf(outletFaces),
    inBlock,
    blockShare,
    mixingLength: mixingLengths(grid, inBlock, settings.diameter),
    response: triple(grid.total),
    centred: triple(grid.total),
    supply: 0,
    matrix: createSevenPoint(grid),
    rightSide: new Float64Array(grid.total),
    correction: new Float64Array(grid.total),
    before: triple(grid.total),
  };
}

/** Sets the supply, m³/s. The flow present is scaled with it (quadratic drag makes it nearly self-similar). */
export function setSupply(flow: Flow, supply: number): void {
  const scale = flow.supply > 0 ? supply / flow.supply : 1;
  for (const u of flow.velocity) for (let c = 0; c < u.length; c++) u[c] *= scale;
  for (let c = 0; c < flow.pressure.length; c++) flow.pressure[c] *= scale * scale;
  const { grid, faces } = flow;
  // From rest (or a plume) the search starts with a plug flow.
  const plug = flow.supply > 0 ? 0 : supply / (grid.size[1] * grid.size[2]);
  for (const c of faces[0]) flow.velocity[0][c] += plug;
  for (const c of flow.inletFaces) flow.velocity[0][c] = supply / flow.inletArea;
  for (const c of flow.outletFaces) flow.velocity[0][c] = supply / flow.outletArea;
  flow.supply = supply;
}

/** Cell-centred velocity and the eddy viscosity from it. */
export function refreshCentres(flow: Flow): void {
  const { grid, velocity, centred, viscosity, mixingLength, settings } = flow;
  const [u, v, w] = velocity;
  const [uc, vc, wc] = centred;
  const [, sy, sz] = grid.strides;
  const { interior } = grid;
  for (let n = 0; n < interior.length; n++) {
    const c = interior[n];
    const x = 0.5 * (u[c] + u[c + 1]);
    const y = 0.5 * (v[c] + v[c + sy]);
    const z = 0.5 * (w[c] + w[c + sz]);
    uc[c] = x;
    vc[c] = y;
    wc[c] = z;
    viscosity[c] = settings.viscosity + ZERO_EQUATION * Math.sqrt(x * x + y * y + z * z) * mixingLength[c];
  }
}

/**
 * One iteration towards the steady flow for the given temperatures.
 * @param temperature padded cell temperatures, K above any reference
 * @param tight whether the result must conserve air to round-off
 * @returns largest change of a face velocity over the largest velocity
 */
export function iterateFlow(flow: Flow, temperature: Float64Array, tight: boolean): number {
  const { grid, settings, velocity, faces, matrix, rightSide, before } = flow;
  refreshCentres(flow);
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  let mean = 0;
  for (let n = 0; n < grid.interior.length; n++) {
    const c = grid.interior[n];
    lowest = Math.min(lowest, temperature[c]);
    highest = Math.max(highest, temperature[c]);
    mean += grid.volume[c] * temperature[c];
  }
  // Air at the room's mean temperature has no buoyancy: a room that warms throughout does not disturb the flow.
  mean /= grid.size[0] * grid.size[1] * grid.size[2];
  const buoyancy = settings.expansion * GRAVITY;
  for (let a = 0; a < 3; a++) {
    assembleMomentum(flow, a, temperature, mean, a === 2 ? buoyancy : 0, buoyancy * (highest - lowest));
    before[a].set(velocity[a]);
    relax(matrix, rightSide, velocity[a], MOMENTUM_SWEEPS);
  }
  correctPressure(flow, tight);
  let largest = Math.max(flow.supply / flow.inletArea, 1e-9);
  let change = 0;
  for (let a = 0; a < 3; a++) {
    for (let n = 0; n < faces[a].length; n++) {
      const c = faces[a][n];
      largest = Math.max(largest, Math.abs(velocity[a][c]));
      change = Math.max(change, Math.abs(velocity[a][c] - before[a][c]));
    }
  }
  return change / largest;
}

/** p′ with ∇·(D∇p′) = ∇·u*, then u −= D∇p′ and p += p′ (SIMPLEC, van Doormaal & Raithby 1984). */
function correctPressure(flow: Flow, tight: boolean): void {
  const { grid, velocity, faces, response, matrix, rightSide, correction, pressure } = flow;
  const { strides, area, distance, interior } = grid;
  clear(matrix);
  const { lows, highs } = matrix;
  for (let a = 0; a < 3; a++) {
    for (let n = 0; n < faces[a].length; n++) {
      const c = faces[a][n];
      const below = c - strides[a];
      const weight = (area[a][c] * response[a][c]) / distance[a][c];
      lows[a][c] = -weight;
      highs[a][below] = -weight;
      matrix.diagonal[c] += weight;
      matrix.diagonal[below] += weight;
    }
  }
  factorise(matrix, FILL_SHARE);
  const scale = divergence(flow, rightSide);
  let mean = 0;
  for (let n = 0; n < interior.length; n++) mean += rightSide[interior[n]];
  mean /= interior.length;
  let square = 0;
  for (let n = 0; n < interior.length; n++) {
    const c = interior[n];
    rightSide[c] = mean - rightSide[c];
    square += rightSide[c] * rightSide[c];
  }
  correction.fill(0);
  const goal = tight ? TIGHT * scale : Math.max(LOOSE * Math.sqrt(square), TIGHT * scale);
  solveSymmetric(matrix, rightSide, correction, goal, MOST_ITERATIONS);
  for (let a = 0; a < 3; a++) {
    const u = velocity[a];
    for (let n = 0; n < faces[a].length; n++) {
      const c = faces[a][n];
      u[c] -= (response[a][c] * (correction[c] - correction[c - strides[a]])) / distance[a][c];
    }
  }
  for (let n = 0; n < interior.length; n++) pressure[interior[n]] += correction[interior[n]];
}

/** Net outflow of every cell, m³/s. @returns the largest flow through a face, m³/s */
export function divergence(flow: Flow, out: Float64Array): number {
  const { grid, velocity } = flow;
  const { strides, area, interior } = grid;
  let largest = 0;
  for (let n = 0; n < interior.length; n++) {
    const c = interior[n];
    let sum = 0;
    for (let a = 0; a < 3; a++) {
      const up = c + strides[a];
      const inflow = velocity[a][c] * area[a][c];
      const outflow = velocity[a][up] * area[a][up];
      sum += outflow - inflow;
      largest = Math.max(largest, Math.abs(inflow), Math.abs(outflow));
    }
    out[c] = sum;
  }
  return largest;
}
