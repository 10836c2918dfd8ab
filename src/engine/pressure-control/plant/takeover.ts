// What a controller that is built anew takes over at its first scan from the one before: outputs, setpoints, gains. Kept as numbers, so
// that several edits without a scan between them, and a snapshot among them, lose nothing.

import type { PidTuning } from '../controller/tuning.ts';

/** The settings with which gains stay right. */
export interface GainConditions {
  /** Number of the control mode. */
  readonly mode: number;
  readonly closedLoopTime: number;
  readonly bias: number;
}

/** Per loop: output, setpoint, five gains. */
const ROW = 7;

export class Takeover {
  /** [whether there is anything, mode, closed-loop time, bias]. */
  private readonly head = new Float64Array(4);
  private readonly n: Float64Array;

  constructor(loops: number) {
    this.n = new Float64Array(ROW * loops);
  }

  get isWaiting(): boolean {
    return this.head[0] === 1;
  }

  /** Whether the gains hold under these settings too. */
  suits({ mode, closedLoopTime, bias }: GainConditions): boolean {
    const [waiting, ...owned] = this.head;
    return waiting === 1 && owned[0] === mode && owned[1] === closedLoopTime && owned[2] === bias;
  }

  output(loop: number): number {
    return this.n[ROW * loop];
  }

  setpoint(loop: number): number {
    return this.n[ROW * loop + 1];
  }

  /** null: the loop had given gains, or there are none. */
  gains(loop: number): PidTuning | null {
    const [proportional, integral, derivative, filter, setpointWeight] = this.n.subarray(ROW * loop + 2);
    return proportional > 0 ? { proportional, integral, derivative, filter, setpointWeight } : null;
  }

  begin({ mode, closedLoopTime, bias }: GainConditions): void {
    this.head.set([1, mode, closedLoopTime, bias]);
  }

  /** @param t null: gains that the scenario gives are not taken over */
  put(loop: number, output: number, setpoint: number, t: PidTuning | null): void {
    const gains = t ? [t.proportional, t.integral, t.derivative, t.filter, t.setpointWeight] : [0, 0, 0, 0, 0];
    this.n.set([output, setpoint, ...gains], ROW * loop);
  }

  done(): void {
    this.head[0] = 0;
  }

  arrays(): Float64Array[] {
    return [this.head, this.n];
  }
}
