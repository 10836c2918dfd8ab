// Running forward in averaged mode until what goes into the farm leaves it again. Knows the farm and how far it has come;
// its owner gives it turns.

import type { Farm } from '../engine/farm.ts';
import { METRIC_NAMES } from '../engine/metrics.ts';
import type { FastForwardProgress } from './protocol.ts';

/** |in − out| over in at which the farm counts as in balance. */
const TARGET = 1e-3;
/** Length of a step, s: a fraction of the minutes in which walls and chips settle. */
export const FAST_FORWARD_STEP_S = 30;
/** Given up after this long, s: a farm that oscillates or whose room never settles. */
const LONGEST_S = 30 * 86_400;

const IMBALANCE = METRIC_NAMES.indexOf('thermalImbalance');

export class FastForward {
  private readonly began: number;
  private first: number | null = null;
  private imbalance = Number.NaN;

  constructor(private readonly farm: Farm) {
    this.began = farm.time_s;
    farm.modes.averagedStep_s = FAST_FORWARD_STEP_S;
  }

  /** Takes the metrics of a step. @returns 'done' in balance, 'given up' after too long, otherwise 'on' */
  follow(metrics: Float64Array): 'on' | 'done' | 'given up' {
    this.imbalance = Math.abs(metrics[IMBALANCE] as number);
    // Nothing goes in: at rest when nothing comes out either, which NaN says too.
    if (Number.isNaN(this.imbalance)) this.imbalance = 0;
    this.first ??= this.imbalance;
    if (this.imbalance <= TARGET) return 'done';
    return this.farm.time_s - this.began >= LONGEST_S ? 'given up' : 'on';
  }

  progress(): FastForwardProgress {
    const first = this.first ?? 1;
    const share = first > TARGET ? Math.log(first / Math.max(this.imbalance, TARGET)) / Math.log(first / TARGET) : 0;
    return {
      progress: Number.isNaN(share) ? 0 : Math.min(1, Math.max(0, share)),
      imbalance: this.imbalance,
      target: TARGET,
      elapsed_s: this.farm.time_s - this.began,
    };
  }
}
