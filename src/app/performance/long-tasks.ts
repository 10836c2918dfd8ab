// Tasks that hold the main thread for more than 50 ms, where the browser tells of them.

import { SampleWindow } from './sample-window.ts';

const SPAN_MS = 60_000;

export class LongTasks {
  private readonly tasks = new SampleWindow(SPAN_MS);
  private observer: PerformanceObserver | null = null;

  /** Whether this browser tells of long tasks at all. */
  static readonly told: boolean =
    typeof PerformanceObserver !== 'undefined' && PerformanceObserver.supportedEntryTypes.includes('longtask');

  start(): void {
    if (!LongTasks.told || this.observer) return;
    this.observer = new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) this.tasks.add(startTime, duration);
    });
    this.observer.observe({ type: 'longtask', buffered: true });
  }

  stop(): void {
    this.observer?.disconnect();
    this.observer = null;
    this.tasks.forget();
  }

  /** The longest of the last minute, ms; 0 when there was none, null where the browser does not tell. */
  longest(nowMs: number): number | null {
    if (!LongTasks.told) return null;
    return this.tasks.recent(nowMs).reduce((most, ms) => Math.max(most, ms), 0);
  }
}
