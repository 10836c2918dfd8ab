// What drawing the lattice costs, told by its driver: time between pictures, main-thread time of each, and the time the
// graphics device took; and by which rule pictures are held back.

import type { DrawPace } from '../lattice-view/draw-pace.ts';
import { SampleWindow, type Spread } from './sample-window.ts';

const SPAN_MS = 5000;
/** A longer gap is a pause, not a slow picture. */
const PAUSE_MS = 2000;

/** What holds the pictures back, as the driver last saw it. */
export interface DrawRule {
  readonly pace: DrawPace;
  /** A person moves the view, or the picture stays: it comes as soon as it can, in full resolution. */
  readonly moving: boolean;
}

class DrawingMeter {
  rule: DrawRule | null = null;
  private readonly intervals = new SampleWindow(SPAN_MS);
  private readonly work = new SampleWindow(SPAN_MS);
  private readonly device = new SampleWindow(SPAN_MS);
  private last = Number.NaN;

  /** A picture was handed over at a time, after so much work on the main thread. */
  drawn(nowMs: number, workMs: number): void {
    const interval = nowMs - this.last;
    if (interval < PAUSE_MS) this.intervals.add(nowMs, interval);
    this.last = nowMs;
    this.work.add(nowMs, workMs);
  }

  /** The device has finished a picture so long after it was handed over. */
  finished(nowMs: number, costMs: number): void {
    this.device.add(nowMs, costMs);
  }

  read(nowMs: number): { interval: Spread | null; work: Spread | null; device: Spread | null } {
    return { interval: this.intervals.spread(nowMs), work: this.work.spread(nowMs), device: this.device.spread(nowMs) };
  }
}

export const drawingMeter = new DrawingMeter();
