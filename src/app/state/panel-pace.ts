// How often panels ask and draw: where the processor draws the page, each change of text or line costs the engine a part of
// its cores (docs/performance.md), so panels change half as often there, and again half as often while the engine lags.

import { graphics } from '../lattice-view/graphics.ts';
import { LagWatch } from './lag-watch.ts';
import { useTwin } from './store.ts';

const SOFTWARE_FACTOR = 2;
const LAGGING_FACTOR = 4;

const watch = new LagWatch();
useTwin.subscribe(({ status }, before) => {
  if (status && status !== before.status) watch.follow(status);
});

/** Whether drawing should give way to the engine. */
export const engineLags = (): boolean => watch.lags;

/** Does `task` again and again until the function returned is called. @param usualMs interval on a machine with a graphics card */
export function repeatAtPanelPace(task: () => void, usualMs: number): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const wait = (): void => {
    const factor = graphics().software ? (watch.lags ? LAGGING_FACTOR : SOFTWARE_FACTOR) : 1;
    timer = setTimeout(() => {
      task();
      wait();
    }, factor * usualMs);
  };
  wait();
  return () => clearTimeout(timer);
}
