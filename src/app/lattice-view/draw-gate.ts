// Keeps the processor that draws from falling behind: a new picture waits until the last one is finished, so that picks
// and the engine do not queue behind pictures nobody will see. A graphics card needs no such care.

const LEAST_MS = 30;

export class DrawGate {
  private fence: WebGLSync | null = null;
  private last = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly software: boolean,
  ) {}

  /** Whether a new picture may be drawn now. */
  open(now: number): boolean {
    if (!this.software) return true;
    if (now - this.last < LEAST_MS) return false;
    if (this.fence) {
      if (this.gl.clientWaitSync(this.fence, 0, 0) === this.gl.TIMEOUT_EXPIRED) return false;
      this.gl.deleteSync(this.fence);
      this.fence = null;
    }
    return true;
  }

  /** Marks the end of a picture. */
  drawn(now: number): void {
    this.last = now;
    if (!this.software) return;
    this.fence = this.gl.fenceSync(this.gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    this.gl.flush();
  }

  /** The context was lost and its fences with it. */
  reset(): void {
    this.fence = null;
  }
}
