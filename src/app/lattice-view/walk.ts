// Steps from a chamber to a neighbour, for the keyboard. Pure, on the layout's ducts.

import type { LayoutData } from '../../worker/protocol.ts';
import type { LatticeView } from '../state/store.ts';

interface Adjacency {
  /** Start of each chamber's neighbours; one longer than the chambers. */
  readonly start: Uint32Array;
  readonly neighbours: Uint32Array;
}

const built = new WeakMap<LayoutData, Adjacency>();

/** Neighbours of all chambers, worked out once per layout. */
export function adjacencyOf(layout: LayoutData): Adjacency {
  const known = built.get(layout);
  if (known) return known;
  const { chambers, edges } = layout;
  const start = new Uint32Array(chambers + 1);
  for (const chamber of edges) start[chamber + 1] = (start[chamber + 1] as number) + 1;
  for (let i = 0; i < chambers; i++) start[i + 1] = (start[i + 1] as number) + (start[i] as number);
  const next = start.slice();
  const neighbours = new Uint32Array(edges.length);
  for (let i = 0; i < edges.length; i++) {
    const chamber = edges[i] as number;
    neighbours[next[chamber] as number] = edges[i ^ 1] as number;
    next[chamber] = (next[chamber] as number) + 1;
  }
  const made = { start, neighbours };
  built.set(layout, made);
  return made;
}

export const neighboursOf = (layout: LayoutData, chamber: number): Uint32Array => {
  const { start, neighbours } = adjacencyOf(layout);
  return neighbours.subarray(start[chamber], start[chamber + 1]);
};

export const layerShown = (layer: number, layers: LatticeView['layers']): boolean =>
  layers === null || (layer >= layers[0] && layer <= layers[1]);

/** Least cosine between the wanted direction and the duct taken. */
const AHEAD = 0.3;

/** The shown neighbour that lies most in a direction (world axes, any length), or null at the block's edge. */
export function stepTowards(
  layout: LayoutData,
  from: number,
  direction: readonly [number, number, number],
  layers: LatticeView['layers'],
): number | null {
  const { positions } = layout;
  let best: number | null = null;
  let bestCosine = AHEAD * Math.hypot(...direction);
  for (const to of neighboursOf(layout, from)) {
    if (!layerShown(layout.layers[to] as number, layers)) continue;
    let along = 0;
    let length2 = 0;
    for (let axis = 0; axis < 3; axis++) {
      const delta = (positions[3 * to + axis] as number) - (positions[3 * from + axis] as number);
      along += delta * (direction[axis] as number);
      length2 += delta * delta;
    }
    const cosine = along / Math.sqrt(length2);
    if (cosine > bestCosine) {
      best = to;
      bestCosine = cosine;
    }
  }
  return best;
}

/** The next shown chamber by number, going round. */
export function stepByNumber(layout: LayoutData, from: number, step: 1 | -1, layers: LatticeView['layers']): number {
  const { chambers } = layout;
  for (let i = 1; i <= chambers; i++) {
    const to = (((from + i * step) % chambers) + chambers) % chambers;
    if (layerShown(layout.layers[to] as number, layers)) return to;
  }
  return from;
}
