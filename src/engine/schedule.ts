// Wall time becomes simulated time here and nowhere else. The caller brings the clock; this file only counts.

/** Longest stretch of wall time that is caught up after a pause of the machine, s. */
const CATCH_UP_S = 0.5;

export class Pacing {
  private credit = 0;
  private last: number | null = null;

  constructor(public timeScale: number) {}

  /** Steps due at wall time `nowS` for a step of `timeStep` simulated seconds. Unused credit beyond the catch-up is lost. */
  due(nowS: number, timeStep: number): number {
    if (this.last !== null) this.credit += Math.min(nowS - this.last, CATCH_UP_S) * this.timeScale;
    this.last = nowS;
    this.credit = Math.min(this.credit, CATCH_UP_S * this.timeScale + timeStep);
    return Math.floor(this.credit / timeStep);
  }

  /** Takes the credit of steps that were done. */
  spend(steps: number, timeStep: number): void {
    this.credit -= steps * timeStep;
  }

  /** Wall seconds until the next step is due. */
  wait(timeStep: number): number {
    return Math.max(0, (timeStep - this.credit) / this.timeScale);
  }

  /** Forgets the clock (after a pause). */
  stop(): void {
    this.last = null;
    this.credit = 0;
  }
}
