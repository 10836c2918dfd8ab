import { expect, test } from 'vitest';
import type { LayoutData } from '../../worker/protocol.ts';
import { drawnDucts } from './ducts.ts';

test('all ducts are drawn, or those between chambers in the two outermost shells', () => {
  // A chain of five chambers from the skin inwards.
  const layout = { ducts: 4, edges: Uint32Array.of(0, 1, 1, 2, 2, 3, 3, 4) } as LayoutData;
  expect([...drawnDucts(layout, null)]).toEqual([0, 1, 2, 3]);
  const shells = Uint8Array.from([0, 1, 2, 1, 0].flatMap((shell) => [255, shell]));
  expect([...drawnDucts(layout, shells)]).toEqual([0, 3]);
});
