// How often and how finely the lattice is drawn. A graphics card draws as the screen asks, one picture ahead at most. Where
// the processor draws, pictures take the engine's cores: they are spaced so that drawing takes a stated share of the time,
// lose resolution when ten a second would not fit into it, and come faster while a person moves the view. Pure: times come
// in, decisions go out.

/** Share of the time in which the device may be busy with pictures. The browser's own compositing of a picture costs about
 * as much again, and the panels as much: together they take about a third of two cores (docs/performance.md). */
const SHARE = 0.2;
/** Between pictures while the engine runs, ms: never sooner, usually no later, and latest at the lowest resolution. */
const SHORTEST_MS = 66;
const USUAL_MS = 100;
const LONGEST_MS = 200;
/** While the engine lags: no sooner than LONGEST_MS, and later where pictures would take more than this share of the time. */
const LAGGING_SHARE = 0.3;
const LATEST_MS = 500;
/** Between pictures while a person moves the view. */
const MOVING_MS = 30;
/** Pixels drawn per pixel of the screen along one side; coarser ones are ugly and hardly cheaper. */
export const RESOLUTIONS = [1, 0.75] as const;
/** How long a picture costs too much or little before the resolution follows: changing it costs a pause. */
const PATIENCE_MS = 3000;
/** Costs kept. Waiting for a core makes a picture look dear, so that a low one of them is taken, not their mean. */
const KEPT = 16;
const RANK = 0.2;

export class DrawPace {
  /** What a picture costs without waiting, ms from handing over to finished; NaN before the first. */
  costMs = Number.NaN;
  private costs: number[] = [];
  private level = 0;
  private unfitSince: number | null = null;

  constructor(
    /** The processor draws. */
    readonly software: boolean,
  ) {}

  /** Takes the cost of a finished picture. */
  finished(nowMs: number, costMs: number): void {
    this.costs = [...this.costs.slice(1 - KEPT), costMs];
    this.costMs = this.costs.toSorted((a, b) => a - b)[Math.floor(RANK * this.costs.length)] as number;
    if (this.software) this.chooseResolution(nowMs);
  }

  /** Least time between two pictures, ms; 0: as the screen asks. @param lagging the engine does not keep its pace */
  intervalMs(moving: boolean, lagging = false): number {
    if (!this.software) return 0;
    if (moving) return MOVING_MS;
    const cost = Number.isNaN(this.costMs) ? 0 : this.costMs;
    if (lagging) return Math.min(LATEST_MS, Math.max(LONGEST_MS, cost / LAGGING_SHARE));
    const wanted = cost / SHARE;
    const latest = this.level === RESOLUTIONS.length - 1 ? LONGEST_MS : USUAL_MS;
    return Math.min(latest, Math.max(SHORTEST_MS, wanted));
  }

  /** Pixels drawn per pixel of the screen along one side. */
  get resolution(): number {
    return RESOLUTIONS[this.level] as number;
  }

  private chooseResolution(nowMs: number): void {
    const finer = RESOLUTIONS[this.level - 1];
    const tooDear = this.costMs / SHARE > 1.1 * USUAL_MS && this.level < RESOLUTIONS.length - 1;
    // As if all of the cost went with the pixels: the finer picture then fits for certain.
    const fits = finer !== undefined && (this.costMs * (finer / this.resolution) ** 2) / SHARE < 0.9 * USUAL_MS;
    if (!tooDear && !fits) {
      this.unfitSince = null;
      return;
    }
    this.unfitSince ??= nowMs;
    if (nowMs - this.unfitSince < PATIENCE_MS) return;
    this.level += tooDear ? 1 : -1;
    this.unfitSince = null;
    this.costs = [];
  }
}
