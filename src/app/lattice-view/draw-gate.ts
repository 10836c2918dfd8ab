// Lets pictures through: one at a time, no sooner than the pace allows, and tells the pace what each one cost. A new picture
// waits until the last is finished, so that picks and the engine do not queue behind pictures nobody will see.

import type { WebGLRenderer } from 'three';
import { drawingMeter } from '../performance/drawing-meter.ts';
import { beats } from '../state/beats.ts';
import { engineLags } from '../state/panel-pace.ts';
import { DrawPace } from './draw-pace.ts';

/** How closely the end of a picture is looked for where the processor draws, ms. */
const LOOK_MS = 4;

export class DrawGate {
  readonly pace: DrawPace;
  private fence: WebGLSync | null = null;
  private last = Number.NEGATIVE_INFINITY;
  private timer = 0;
  private beatCame = false;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    software: boolean,
  ) {
    this.pace = new DrawPace(software);
    beats.intervalMs = () => this.pace.intervalMs(false, engineLags());
  }

  /** Milliseconds until a new picture may be drawn: 0 now, Infinity with the next beat, null when the last one is not finished. */
  wait(now: number, moving: boolean): number | null {
    if (!this.settled(now)) return null;
    if (beats.isBeating && !moving) return this.beatCame ? 0 : Number.POSITIVE_INFINITY;
    return Math.max(0, this.last + this.pace.intervalMs(moving, engineLags()) - now);
  }

  /** The picture may now be drawn with all else that changes in the page. */
  beat(): void {
    this.beatCame = true;
  }

  /** Marks the end of a picture's submission. */
  drawn(now: number): void {
    this.last = now;
    this.beatCame = false;
    this.fence = this.gl.fenceSync(this.gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    this.gl.flush();
    if (this.pace.software) this.timer = window.setTimeout(this.look, LOOK_MS);
  }

  /** The context was lost and its fences with it, or the view is gone. */
  reset(): void {
    window.clearTimeout(this.timer);
    this.fence = null;
  }

  private readonly look = (): void => {
    if (!this.settled(performance.now())) this.timer = window.setTimeout(this.look, LOOK_MS);
  };

  private settled(now: number): boolean {
    if (!this.fence) return true;
    // The state of a fence changes between tasks only; asking costs no round trip.
    if (this.gl.getSyncParameter(this.fence, this.gl.SYNC_STATUS) !== this.gl.SIGNALED) return false;
    this.gl.deleteSync(this.fence);
    this.fence = null;
    window.clearTimeout(this.timer);
    const cost = now - this.last;
    this.pace.finished(now, cost);
    drawingMeter.finished(now, cost);
    return true;
  }
}

/** Device pixels per CSS pixel; the renderer remakes its buffers when it changes. */
export function setResolution(gl: WebGLRenderer, ratio: number): void {
  if (gl.getPixelRatio() !== ratio) gl.setPixelRatio(ratio);
}
