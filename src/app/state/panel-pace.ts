// How often panels ask and draw: where the processor draws the page, each change of text or line costs the engine a part of
// its cores (docs/performance.md), so panels change half as often there.

import { graphics } from '../lattice-view/graphics.ts';

const SOFTWARE_FACTOR = 2;

/** @param usualMs interval on a machine with a graphics card */
export const panelInterval = (usualMs: number): number => (graphics().software ? SOFTWARE_FACTOR : 1) * usualMs;
