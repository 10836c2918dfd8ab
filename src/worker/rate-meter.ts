// How fast the engine goes: simulated over wall time and time per chamber and step, each over about a second.

const WINDOW_MS = 1000;
/** After a start the first figure comes sooner. */
const FIRST_MS = WINDOW_MS / 5;

export class RateMeter {
  /** Simulated over wall time; 0: not known yet. */
  realTime = 0;
  nsPerChamberStep = 0;
  private wallMs = 0;
  private simulated_s = 0;
  private computeMs = 0;
  private work = 0;

  /** Begins a window. */
  start(wallMs: number, simulated_s: number): void {
    this.wallMs = wallMs;
    this.simulated_s = simulated_s;
    this.computeMs = 0;
    this.work = 0;
  }

  /** Takes a turn of the engine. @param wallMs its end @param computeMs its length @param chamberSteps done in it */
  count(wallMs: number, simulated_s: number, computeMs: number, chamberSteps: number): void {
    this.computeMs += computeMs;
    this.work += chamberSteps;
    const wall = wallMs - this.wallMs;
    if (wall < (this.realTime > 0 ? WINDOW_MS : FIRST_MS)) return;
    this.realTime = (1000 * (simulated_s - this.simulated_s)) / wall;
    if (this.work > 0) this.nsPerChamberStep = (1e6 * this.computeMs) / this.work;
    this.start(wallMs, simulated_s);
  }
}
