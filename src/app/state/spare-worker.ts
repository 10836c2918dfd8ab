// A second worker that has loaded and compiled the engine and holds no farm: it takes the place of one that is lost, so that
// a restart does not wait for code. It waits on its message port and costs memory only.

import type { WarmUp, WorkerNotice } from '../../worker/protocol.ts';

export const newFarmWorker = (): Worker =>
  new Worker(new URL('../../worker/farm.worker.ts', import.meta.url), { type: 'module', name: 'farm' });

export class SpareWorker {
  private worker: Worker | null = null;
  private listening = new AbortController();
  private state: 'loading' | 'ready' | 'warm' = 'loading';

  /** @param make a new worker; replaced in tests */
  constructor(private readonly make: () => Worker = newFarmWorker) {}

  /** Loads a spare unless there is one. A spare that cannot be loaded is none: the next start will tell why. */
  prepare(): void {
    if (this.worker) return;
    const worker = this.make();
    this.worker = worker;
    this.state = 'loading';
    this.listening = new AbortController();
    const { signal } = this.listening;
    worker.addEventListener(
      'message',
      (event: MessageEvent) => {
        const { type } = event.data as WorkerNotice;
        if (type === 'ready') this.state = 'ready';
        else if (type === 'warm') this.state = 'warm';
      },
      { signal },
    );
    worker.addEventListener(
      'error',
      (event) => {
        event.preventDefault();
        this.drop();
      },
      { signal },
    );
    worker.postMessage({ type: 'warmUp' } satisfies WarmUp);
  }

  /** Gives the spare away if it is loaded; null when there is none. */
  take(): Worker | null {
    if (!this.worker || this.state === 'loading') return null;
    const { worker } = this;
    this.listening.abort();
    this.worker = null;
    return worker;
  }

  private drop(): void {
    this.listening.abort();
    this.worker?.terminate();
    this.worker = null;
  }
}
