// The programme of the valves: the pressure wanted of each chamber at a time, and when it jumps. A valve opens in proportion to
// the error, seen with the valves' lag. Not here: flows.

import { exp, sin, TWO_PI } from '../../numerics/elementary.ts';
import type { PressureCycle } from './settings.ts';

/** Sub-steps per period at least. */
const PARTS_OF_PERIOD = 64;
/** With more different phases than this, sub-steps no longer end on every jump. */
const LARGEST_JUMPS = 32;

export class ValveProgram {
  /** Jumps of the wanted pressures, shares of the period, ascending; empty when there are none or too many. */
  private readonly jumps: Float64Array;

  constructor(readonly cycle: PressureCycle) {
    const times = new Set<number>();
    if (cycle.shape === 'square') {
      for (let i = 0; i < cycle.phase.length && times.size <= LARGEST_JUMPS; i++) {
        times.add(fraction(cycle.phase[i]));
        times.add(fraction(cycle.phase[i] + cycle.duty));
      }
    }
    this.jumps = Float64Array.from(times.size <= LARGEST_JUMPS ? times : []).sort();
  }

  /** Wanted pressure of chamber i at time t (s), Pa. */
  target(i: number, t: number): number {
    const { shape, period, duty, low, high, phase } = this.cycle;
    const turn = fraction(t / period - phase[i]);
    if (shape === 'square') return turn < duty ? high : low;
    return 0.5 * (low + high) + 0.5 * (high - low) * sin(TWO_PI * turn);
  }

  /** Longest sub-step from time t, s: up to the next jump, and a small part of the period. */
  longestStep(t: number): number {
    const { period } = this.cycle;
    let longest = period / PARTS_OF_PERIOD;
    const turn = fraction(t / period);
    for (let m = 0; m < this.jumps.length; m++) {
      const jump = this.jumps[m];
      const ahead = (jump > turn ? jump - turn : 1 + jump - turn) * period;
      // A jump a rounding error ahead has been reached.
      if (ahead > 1e-9 * period) longest = Math.min(longest, ahead);
    }
    return longest;
  }

  /** Share of the pressure's change that the valves have followed after h seconds. */
  followed(h: number): number {
    const { responseTime } = this.cycle;
    return responseTime > 0 ? 1 - exp(-h / responseTime) : 1;
  }
}

const fraction = (x: number): number => x - Math.floor(x);

/** Start of each chamber's cycle in turns, by pattern: all at once, layer after layer, or every second layer half a cycle late. */
export function cyclePhases(pattern: string, layers: ArrayLike<number>): Float64Array {
  const phases = new Float64Array(layers.length);
  let last = 0;
  for (let i = 0; i < layers.length; i++) last = Math.max(last, layers[i]);
  for (let i = 0; i < layers.length; i++) {
    if (pattern === 'layers') phases[i] = layers[i] / (last + 1);
    else if (pattern === 'checker') phases[i] = layers[i] % 2 === 0 ? 0 : 0.5;
  }
  return phases;
}
