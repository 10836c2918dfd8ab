// How a loop of the pressure controller is named to people, on the page, in the log and in refusals alike.

/** What the chambers of a loop have in common. */
export const LOOP_SCOPES = ['farm', 'layer', 'chamber'] as const;
export type LoopScope = (typeof LOOP_SCOPES)[number];

/** Layers are counted from 1, as the lattice shows them. */
export const layerName = (layer: number): string => `Layer ${layer + 1}`;

/** As a heading: "Whole farm", "Layer 3", "Chamber 12". @param loop from 0 */
export function loopName(scope: LoopScope, loop: number): string {
  if (scope === 'farm') return 'Whole farm';
  return scope === 'layer' ? layerName(loop) : `Chamber ${loop}`;
}

/** In a sentence: "the whole farm", "layer 3", "chamber 12". @param loop from 0 */
export const loopText = (scope: LoopScope, loop: number): string =>
  scope === 'farm' ? 'the whole farm' : loopName(scope, loop).toLowerCase();
