// What the engine says while time goes on is shown together, at beats, where the processor draws the page: each change there has
// the page composed anew, which costs the engine its cores whether one number changed or all of them and the lattice.

import { graphics } from '../lattice-view/graphics.ts';
import { useTwin } from './store.ts';

const USUAL_MS = 100;

/** Gathers updates until the next beat; lets them through at once while it is stopped. */
export class Beats {
  /** Time between beats, asked anew for each. */
  intervalMs: () => number = () => USUAL_MS;
  private readonly waiting = new Map<object, () => void>();
  private readonly dear = new Map<object, () => void>();
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | null = null;

  get isBeating(): boolean {
    return this.timer !== null;
  }

  start(): void {
    this.timer ??= setTimeout(this.beat, this.intervalMs());
  }

  /** What waits is shown at once. */
  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const dear = [...this.dear.values()];
    this.dear.clear();
    this.flush();
    for (const update of dear) update();
  }

  /** Shows something with the next beat. @param owner of what is shown: of its updates the newest counts */
  show(owner: object, update: () => void): void {
    if (this.isBeating) this.waiting.set(owner, update);
    else update();
  }

  /** The same for what takes long to draw: one a beat, in turn, so that none waits for all. */
  showInTurn(owner: object, update: () => void): void {
    if (this.isBeating) this.dear.set(owner, update);
    else update();
  }

  /** An update that waits is not wanted any more. */
  forget(owner: object): void {
    this.waiting.delete(owner);
    this.dear.delete(owner);
  }

  /** Calls `listener` after the updates of each beat until the function returned is called. */
  each(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private readonly beat = (): void => {
    this.timer = setTimeout(this.beat, this.intervalMs());
    const [first] = this.dear;
    this.flush();
    if (first) {
      const [owner, update] = first;
      this.dear.delete(owner);
      update();
    }
    for (const listener of this.listeners) listener();
  };

  private flush(): void {
    const updates = [...this.waiting.values()];
    this.waiting.clear();
    for (const update of updates) update();
  }
}

export const beats = new Beats();
useTwin.subscribe(({ status, phase }, before) => {
  if (status?.running === before.status?.running && phase === before.phase) return;
  if (status?.running && phase === 'ready' && graphics().software) beats.start();
  else beats.stop();
});
