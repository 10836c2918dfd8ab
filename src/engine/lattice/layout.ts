// From parameter values to the geometry of the farm: centres, ducts, layers and place in the room. States what is
// impossible, with the number and the remedy. Not here: the physics of ducts (gas-oscillation), graph figures (graph.ts).

import type { Problem } from '../config/problem.ts';
import type { ParameterKey, ParameterValues } from '../parameters/table.ts';
import { bounds, closestPair, connectedParts, degrees, distance, type Edges, pairsWithin } from './neighbours.ts';
import { type RegularKind, regularSites } from './packings.ts';
import { randomPositions } from './random-packing.ts';
import { blockExtent, placeInRoom, roomProblem } from './room.ts';
import { automaticDuctLength, sphereRadius } from './sphere.ts';

export const MAX_CHAMBERS = 100_000;
/** Pairs up to this many times the nearest distance are neighbours; the next shell of any packing is 1.15 or more away. */
const NEIGHBOUR_TOLERANCE = 1.05;
/** Points nearer than this coincide. */
const COINCIDENT_M = 1e-6;
/** A duct of automatic length shorter than this has no meaningful inertance (the lower limit of duct.length_m). */
const SHORTEST_DUCT_M = 1e-4;

export interface Layout {
  readonly kind: RegularKind | 'random' | 'custom';
  /** Chambers. */
  readonly count: number;
  /** 3 × count, m, block coordinates: the smallest x, y and z of the centres are 0. */
  readonly positions: Float64Array;
  /** 2 × ducts: i < j in each pair, sorted. */
  readonly edges: Edges;
  /** Distance of the two centres of each duct, m. */
  readonly edgeLengths: Float64Array;
  /** Layer of each chamber, 0 at the bottom. */
  readonly layers: Uint16Array;
  readonly layerCount: number;
  /** Inner radius of a chamber, m. */
  readonly sphereRadius_m: number;
  /** Outer size of the block, spheres included, m. */
  readonly extent_m: readonly [number, number, number];
  /** Connected parts of the network. */
  readonly components: number;
  /** 3 × count, m, room coordinates (from a corner of the floor, z up). */
  readonly roomPositions: Float64Array<ArrayBuffer>;
  /** Why the block does not fit the room; null if it does. Not an error. */
  readonly roomProblem: string | null;
  /** What is odd about the layout without being impossible. */
  readonly warnings: readonly Problem[];
}

export type LayoutResult = { ok: true; layout: Layout } | { ok: false; problems: Problem[] };

/** Geometry before it is checked against the chambers' size. */
interface Network {
  readonly positions: Float64Array;
  readonly edges: Edges;
  readonly layers: Uint16Array;
  /** Smallest distance of two centres, m; 0 for a single one. */
  readonly nearestM: number;
}
type NetworkResult = Network | { problems: Problem[] };

/** Builds the layout that the parameters describe (each value already valid by itself, see parameters/validate.ts). */
export function buildLayout(values: ParameterValues): LayoutResult {
  const kind = values['layout.kind'] as Layout['kind'];
  const network =
    kind === 'custom'
      ? customNetwork(values)
      : kind === 'random'
        ? randomNetwork(values)
        : regularNetwork(kind, values);
  if ('problems' in network) return { ok: false, problems: network.problems };
  const { positions, edges, layers } = network;
  const count = positions.length / 3;
  const radius = sphereRadius(values['gas_chambers.chamber_volume']);
  const size = checkChamberSize(network, values, radius);
  if (size.some((problem) => problem.severity === 'error')) return { ok: false, problems: size };

  const isRegular = kind !== 'custom' && kind !== 'random';
  const edgeLengths = new Float64Array(edges.length / 2);
  for (let e = 0; e < edgeLengths.length; e++) {
    // Regular packings: exactly the spacing, free of the coordinates' rounding, so that equal ducts are equal bit for bit.
    edgeLengths[e] = isRegular ? network.nearestM : distance(positions, edges[2 * e], edges[2 * e + 1]);
  }
  const { parts } = connectedParts(count, edges);
  const extent = blockExtent(positions, radius);
  const room = values['physical_infrastructure.room_dimensions'];
  const layout: Layout = {
    kind,
    count,
    positions,
    edges,
    edgeLengths,
    layers,
    layerCount: layers.reduce((top, layer) => Math.max(top, layer), 0) + 1,
    sphereRadius_m: radius,
    extent_m: extent,
    components: parts,
    roomPositions: placeInRoom(positions, radius, room),
    roomProblem: roomProblem(extent, room),
    warnings: [...size, ...connectionWarnings(kind, count, edges, parts)],
  };
  return { ok: true, layout };
}

const problem = (key: ParameterKey, message: string, remedy: string): Problem => ({
  key,
  message,
  remedy,
  severity: 'error',
});
const warning = (key: ParameterKey, message: string, remedy: string): Problem => ({
  ...problem(key, message, remedy),
  severity: 'warning',
});

function sizeOf(values: ParameterValues): [number, number, number] {
  const [x = 1, y = 1, z = 1] = values['layout.size'];
  return [x, y, z];
}

/** The size must hold the chambers, and they must not be too many. */
function checkCount(values: ParameterValues): Problem[] {
  const [nx, ny, nz] = sizeOf(values);
  const sites = nx * ny * nz;
  const count = values['gas_oscillation.chamber_count'];
  if (count > MAX_CHAMBERS) {
    const remedy = 'Choose a smaller size, for example 46 × 46 × 46 (97 336).';
    return [problem('layout.size', `${count} chambers are more than the twin builds (${MAX_CHAMBERS}).`, remedy)];
  }
  if (count > sites) {
    const message = `A size of ${nx} × ${ny} × ${nz} holds ${sites} chambers, not ${count}.`;
    return [
      problem('layout.size', message, `Set gas_oscillation.chamber_count to at most ${sites}, or a larger size.`),
    ];
  }
  return [];
}

function regularNetwork(kind: RegularKind, values: ParameterValues): NetworkResult {
  const problems = checkCount(values);
  if (problems.length > 0) return { problems };
  const spacingM = values['layout.spacing_m'];
  const { positions, layers } = regularSites(kind, sizeOf(values), spacingM, values['gas_oscillation.chamber_count']);
  moveToOrigin(positions);
  return { positions, layers, edges: pairsWithin(positions, NEIGHBOUR_TOLERANCE * spacingM), nearestM: spacingM };
}

function randomNetwork(values: ParameterValues): NetworkResult {
  const problems = checkCount(values);
  if (problems.length > 0) return { problems };
  const spacingM = values['layout.spacing_m'];
  const count = values['gas_oscillation.chamber_count'];
  const positions = randomPositions(count, sizeOf(values), spacingM, values['simulation.seed']);
  moveToOrigin(positions);
  const edges = pairsWithin(positions, values['layout.reach'] * spacingM);
  return { positions, edges, layers: slabs(positions, spacingM / 2), nearestM: spacingM };
}

function customNetwork(values: ParameterValues): NetworkResult {
  const points = values['layout.positions_m'];
  if (points.length === 0) {
    const remedy = 'Give one [x, y, z] per chamber in metres, or choose another layout.kind.';
    return { problems: [problem('layout.positions_m', 'The custom layout has no chambers.', remedy)] };
  }
  if (points.length > MAX_CHAMBERS) {
    const message = `${points.length} positions are more chambers than the twin builds (${MAX_CHAMBERS}).`;
    return { problems: [problem('layout.positions_m', message, `Give at most ${MAX_CHAMBERS} positions.`)] };
  }
  const positions = Float64Array.from(points.flat());
  moveToOrigin(positions);
  const closest = closestPair(positions);
  if (closest && closest.distanceM < COINCIDENT_M) {
    const message = `Chambers ${closest.i} and ${closest.j} are at the same place.`;
    return { problems: [problem('layout.positions_m', message, 'Remove one of them or move it.')] };
  }
  const given = values['layout.edges'];
  const problems = given.length > 0 ? checkEdges(given, points.length) : [];
  if (problems.length > 0) return { problems };
  const nearestM = closest?.distanceM ?? 0;
  const edges = given.length > 0 ? sortedEdges(given) : pairsWithin(positions, NEIGHBOUR_TOLERANCE * (nearestM || 1));
  return { positions, edges, layers: slabs(positions, (nearestM || 1) / 2), nearestM };
}

/** Pairs out of range, of a chamber with itself, or given twice: the first ten of them. */
function checkEdges(edges: ParameterValues['layout.edges'], count: number): Problem[] {
  const problems: Problem[] = [];
  const seen = new Map<number, number>();
  const add = (message: string, remedy: string): void => {
    if (problems.length < 10) problems.push(problem('layout.edges', message, remedy));
  };
  edges.forEach(([i, j], n) => {
    const duct = `Duct ${n} [${i}, ${j}]`;
    const largest = Math.max(i, j);
    if (largest >= count) {
      add(`${duct} names chamber ${largest}, but there are ${count}.`, `Number the chambers from 0 to ${count - 1}.`);
    } else if (i === j) {
      add(`${duct} joins chamber ${i} to itself.`, 'Remove it or name two different chambers.');
    } else {
      const id = Math.min(i, j) * count + largest;
      const first = seen.get(id);
      if (first === undefined) seen.set(id, n);
      else add(`${duct} is the same as duct ${first}.`, 'Give each pair of chambers once.');
    }
  });
  return problems;
}

function sortedEdges(pairs: ParameterValues['layout.edges']): Edges {
  const ordered = pairs.map(([i, j]) => (i < j ? [i, j] : [j, i]));
  return Uint32Array.from(ordered.sort((a, b) => a[0] - b[0] || a[1] - b[1]).flat());
}

function moveToOrigin(positions: Float64Array): void {
  for (let axis = 0; axis < 3; axis++) {
    const [low] = bounds(positions, axis);
    for (let n = axis; n < positions.length; n += 3) positions[n] -= low;
  }
}

/** Layers of a layout that has none of its own: slabs of at least `thicknessM`, counted from the bottom, empty ones left out. */
function slabs(positions: Float64Array, thicknessM: number): Uint16Array {
  const count = positions.length / 3;
  const [, top] = bounds(positions, 2);
  const thickness = Math.max(thicknessM, top / 60_000);
  const order = Uint32Array.from({ length: count }, (_, n) => n).sort(
    (a, b) => positions[3 * a + 2] - positions[3 * b + 2] || a - b,
  );
  const layers = new Uint16Array(count);
  let layer = 0;
  let start = 0;
  for (const n of order) {
    if (positions[3 * n + 2] - start >= thickness) {
      layer++;
      start = positions[3 * n + 2];
    }
    layers[n] = layer;
  }
  return layers;
}

const mm = (length: number): string => `${(length * 1000).toFixed(1)} mm`;

/** Spheres must not reach into each other, nor ducts be wider than spheres; a given duct length makes overlap a warning. */
function checkChamberSize(network: Network, values: ParameterValues, radius: number): Problem[] {
  const { edges, nearestM } = network;
  if (nearestM === 0) return [];
  const ductRadius = values['duct.diameter_m'] / 2;
  if (edges.length > 0 && ductRadius >= radius) {
    const message = `Ducts of ${mm(2 * ductRadius)} diameter are wider than the chambers (${mm(2 * radius)}).`;
    return [problem('duct.diameter_m', message, `Choose less than ${mm(2 * radius)}, or a larger chamber_volume.`)];
  }
  const automatic = values['duct.length_m'] === 'auto';
  const needed = Math.max(2 * radius, automatic ? SHORTEST_DUCT_M - automaticDuctLength(0, radius, ductRadius) : 0);
  if (nearestM > needed || (!automatic && nearestM >= 2 * radius)) return [];
  const custom = values['layout.kind'] === 'custom';
  const key = custom ? 'layout.positions_m' : 'layout.spacing_m';
  const message = `Neighbours are ${mm(nearestM)} apart, but chambers of ${litres(values)} are ${mm(2 * radius)} across${
    needed > 2 * radius ? ' and the ducts between them would vanish' : ''
  }.`;
  const apart = `${custom ? 'Move the chambers at least' : 'Set layout.spacing_m to at least'} ${(Math.ceil(needed * 1e4 + 1e-6) / 1e4).toFixed(4)} m${custom ? ' apart' : ''}`;
  if (!automatic) return [warning(key, `${message} They overlap.`, `${apart}.`)];
  return [problem(key, message, `${apart}, or choose a smaller gas_chambers.chamber_volume.`)];
}

const litres = (values: ParameterValues): string =>
  `${Number((values['gas_chambers.chamber_volume'] * 1000).toPrecision(4))} L`;

function connectionWarnings(kind: Layout['kind'], count: number, edges: Edges, parts: number): Problem[] {
  if (parts <= 1) return [];
  const isolated = degrees(count, edges).reduce((sum, degree) => sum + (degree === 0 ? 1 : 0), 0);
  const message = `The network falls into ${parts} parts; ${isolated} of ${count} chambers have no duct at all.`;
  if (kind === 'random') return [warning('layout.reach', message, 'Set a larger layout.reach, or another seed.')];
  return [warning('layout.edges', message, 'Add ducts if the parts should be joined.')];
}
