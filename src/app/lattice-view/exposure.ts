// How exposed each chamber is, from the shown neighbours it lacks: the ambient light of the picture, and which chambers
// lie too deep to be seen. Pure.

import type { LayoutData } from '../../worker/protocol.ts';
import type { LatticeView } from '../state/store.ts';
import { adjacencyOf, layerShown } from './walk.ts';

/**
 * Two bytes per chamber: the share of its neighbours it lacks (0 buried, 255 alone; the most connected chamber is the
 * measure), and its shell: ducts to the nearest chamber on the skin, at most 255.
 */
export function exposureOf(layout: LayoutData, shown: LatticeView['layers']): Uint8Array {
  const { chambers, layers } = layout;
  const { start, neighbours } = adjacencyOf(layout);
  const visible = Uint8Array.from(layers, (layer) => (layerShown(layer, shown) ? 1 : 0));
  const degree = new Uint16Array(chambers);
  let most = 1;
  for (let i = 0; i < chambers; i++) {
    if (visible[i] === 0) continue;
    let count = 0;
    for (let k = start[i] as number; k < (start[i + 1] as number); k++) {
      count += visible[neighbours[k] as number] as number;
    }
    degree[i] = count;
    most = Math.max(most, count);
  }
  const exposure = new Uint8Array(2 * chambers);
  const queue = new Uint32Array(chambers);
  let filled = 0;
  for (let i = 0; i < chambers; i++) {
    const open = 1 - (degree[i] as number) / most;
    exposure[2 * i] = Math.round(255 * open);
    if (open > 0) queue[filled++] = i;
    else exposure[2 * i + 1] = 255;
  }
  // Inwards from the skin, one shell after the other.
  for (let at = 0; at < filled; at++) {
    const i = queue[at] as number;
    const next = Math.min(254, (exposure[2 * i + 1] as number) + 1);
    for (let k = start[i] as number; k < (start[i + 1] as number); k++) {
      const neighbour = neighbours[k] as number;
      if (visible[neighbour] === 0 || exposure[2 * neighbour + 1] !== 255) continue;
      exposure[2 * neighbour + 1] = next;
      queue[filled++] = neighbour;
    }
  }
  return exposure;
}

/** The deepest shell worth drawing: packed balls hide what is behind them, the less so the more they are stretched. */
export function deepestShell(stretch: number): number {
  if (stretch <= 1.02) return 5;
  return stretch <= 1.25 ? 9 : 255;
}
