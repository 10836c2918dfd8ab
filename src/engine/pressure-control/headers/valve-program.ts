// The programme of the valves: the pressure wanted of each chamber in a sub-step (cycling/cycle-program.ts) and how far the valves
// follow the chamber's pressure. A valve opens in proportion to the error, seen with the valves' lag. Not here: flows.

import { exp } from '../../numerics/elementary.ts';
import { CycleProgram } from '../cycling/cycle-program.ts';
import type { PressureCycle } from './settings.ts';

export class ValveProgram {
  private readonly program: CycleProgram;
  /** Straight between jumps and bends. */
  private readonly isStraight: boolean;

  /** @throws RangeError for an impossible cycle */
  constructor(readonly cycle: PressureCycle) {
    this.program = new CycleProgram(cycle);
    this.isStraight = cycle.shape.kind !== 'sine';
  }

  /** Wanted pressure of chamber i at time t (s), Pa. */
  target(i: number, t: number): number {
    return this.program.target(i, t);
  }

  /**
   * Rate of the wanted pressure of chamber i in a sub-step of h seconds from time t, Pa/s. Straight shapes are taken in the middle:
   * jumps and bends end sub-steps where they can.
   */
  rate(i: number, t: number, h: number): number {
    if (this.isStraight) return this.program.rate(i, t + 0.5 * h);
    return (this.program.target(i, t + h) - this.program.target(i, t)) / h;
  }

  /** Wanted pressure at the start of that sub-step, Pa; `rate` its rate. */
  startOf(i: number, t: number, h: number, rate: number): number {
    return this.isStraight ? this.program.target(i, t + 0.5 * h) - 0.5 * h * rate : this.program.target(i, t);
  }

  /** Longest sub-step from time t, s: up to the next jump or bend, and a small part of the period. */
  longestStep(t: number): number {
    return this.program.longestStep(t);
  }

  /** Share of the pressure's change that the valves have followed after h seconds. */
  followed(h: number): number {
    const { responseTime } = this.cycle;
    return responseTime > 0 ? 1 - exp(-h / responseTime) : 1;
  }
}
