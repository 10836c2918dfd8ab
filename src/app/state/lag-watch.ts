// Whether the engine lags behind the pace asked for. Drawing then gives way to it where the processor draws. Stays until the
// pace, the farm or running changes: otherwise what the engine gains by it would end it again, and so on in turn.

/** What is looked at of the engine's status. */
export interface Pace {
  readonly running: boolean;
  readonly fidelity: string;
  readonly realTimeFactor: number;
  readonly timeScale: number;
  readonly layoutVersion: number;
}

/** Share of the pace asked for below which the engine lags. */
const ENOUGH = 0.97;
/** So many reports in turn: the first seconds of a run and a moment of other work do not count. */
const PATIENCE = 12;

export class LagWatch {
  lags = false;
  private key = '';
  private late = 0;

  /** Takes a report of the engine, a few a second. */
  follow({ running, fidelity, realTimeFactor, timeScale, layoutVersion }: Pace): void {
    const key = `${running} ${fidelity} ${timeScale} ${layoutVersion}`;
    if (key !== this.key) {
      this.key = key;
      this.late = 0;
      this.lags = false;
    }
    const isLate = running && realTimeFactor > 0 && realTimeFactor < ENOUGH * timeScale;
    this.late = isLate ? this.late + 1 : 0;
    if (this.late >= PATIENCE) this.lags = true;
  }
}
