// The loops of the pressure controller as a list: what each wants, measures and does, its gains and how well it follows; worst first,
// a page at a time.

import type { Farm } from '../engine/farm.ts';
import type { GainSource } from '../engine/pressure-control/controller/kept-gains.ts';
import type { TrackingFigures } from '../engine/pressure-control/controller/tracking.ts';
import type { LoopScope } from '../engine/pressure-control/plant/loop-name.ts';
import type { ControlMode, LoopMode, PressureLoops } from '../engine/pressure-control/plant/pressure-loops.ts';
import { pageOf } from './top.ts';
import { LONGEST_PAGE } from './valve-list.ts';

/** error: its size. output: its size. area: ∫|e|dt. */
export const LOOP_SORTS = ['loop', 'error', 'output', 'area', 'rms'] as const;
export type LoopSort = (typeof LOOP_SORTS)[number];

export interface LoopQuery {
  readonly sort: LoopSort;
  /** These loops only; left out: all. */
  readonly loops?: readonly number[];
  readonly offset: number;
  readonly limit: number;
}

export interface LoopRow {
  readonly loop: number;
  readonly chambers: number;
  /** Pa: as it is set, as it holds (a person may hold another), measured by the sensors, as it is in truth. */
  readonly setpointAsSet_Pa: number;
  readonly setpoint_Pa: number;
  readonly measured_Pa: number;
  readonly truth_Pa: number;
  /** −1: return valves open, to 1: supply valves open. */
  readonly output: number;
  readonly mode: LoopMode;
  readonly saturated: 'supply' | 'return' | null;
  /** Output per Pa, and per Pa and s; null for predictive control, which has none. */
  readonly gains: { readonly proportional: number; readonly integral: number; readonly derivative: number } | null;
  readonly gainSource: GainSource | 'adapted';
  readonly tracking: TrackingFigures;
}

export interface LoopPage {
  readonly rows: readonly LoopRow[];
  readonly total: number;
  /** null while the controller is off. */
  readonly control: { readonly mode: ControlMode; readonly scope: LoopScope } | null;
  /** Of all loops: how many have a valve wide open, are not automatic; the largest error, Pa. */
  readonly saturated: number;
  readonly notAutomatic: number;
  readonly worstError_Pa: number;
}

const NOTHING: LoopPage = { rows: [], total: 0, control: null, saturated: 0, notAutomatic: 0, worstError_Pa: 0 };

const errorOf = (loops: PressureLoops, g: number): number => loops.target(g) - loops.bank.measurement[g];

/** A page of the loops; nothing while the controller is off. */
export function listLoops({ plant }: Farm, query: LoopQuery): LoopPage {
  const { loops } = plant;
  if (!loops) return NOTHING;
  const among = query.loops?.filter((g) => Number.isInteger(g) && g >= 0 && g < loops.count);
  const total = among?.length ?? loops.count;
  const loopAt = (k: number): number => among?.[k] ?? k;
  const keys: Readonly<Record<LoopSort, (loop: number) => number>> = {
    loop: (g) => -g,
    error: (g) => Math.abs(errorOf(loops, g)),
    output: (g) => Math.abs(loops.output(g)),
    area: (g) => loops.tracking.figures(g).integralAbsolute,
    rms: (g) => loops.tracking.figures(g).rms,
  };
  const key = keys[query.sort];
  const limit = Math.min(LONGEST_PAGE, query.limit);
  const shown = pageOf(total, (k) => key(loopAt(k)), query.offset, limit).map(loopAt);
  const truths = truthOf(loops, plant.measurement.truth, shown);
  let saturated = 0;
  let notAutomatic = 0;
  let worst = 0;
  for (let g = 0; g < loops.count; g++) {
    if (loops.saturated(g) !== null) saturated++;
    if (loops.mode(g) !== 'automatic') notAutomatic++;
    const error = Math.abs(errorOf(loops, g));
    if (error > worst) worst = error;
  }
  return {
    rows: shown.map((g, m) => rowOf(loops, g, truths[m])),
    total,
    control: { mode: loops.settings.mode, scope: loops.settings.scope },
    saturated,
    notAutomatic,
    worstError_Pa: worst,
  };
}

/** Mean of what the pressures of the loops' chambers really are, Pa, and of how many. */
function truthOf(
  loops: PressureLoops,
  truth: Float64Array,
  shown: readonly number[],
): { readonly pressure: number; readonly chambers: number }[] {
  const place = new Map(shown.map((g, m) => [g, m]));
  const sums = shown.map(() => ({ sum: 0, n: 0 }));
  const { loopOf } = loops.settings;
  for (let i = 0; i < truth.length; i++) {
    const m = place.get(loopOf[i]);
    if (m === undefined) continue;
    sums[m].sum += truth[i];
    sums[m].n++;
  }
  return sums.map(({ sum, n }) => ({ pressure: sum / n, chambers: n }));
}

function rowOf(loops: PressureLoops, g: number, truth: { pressure: number; chambers: number }): LoopRow {
  const { mode } = loops.settings;
  const { gains } = loops.tuning;
  const { proportional, integral, derivative } = loops.bank.tuning(g);
  return {
    loop: g,
    chambers: truth.chambers,
    setpointAsSet_Pa: loops.setpointAsSet(g),
    setpoint_Pa: loops.target(g),
    measured_Pa: loops.bank.measurement[g],
    truth_Pa: truth.pressure,
    output: loops.output(g),
    mode: loops.mode(g),
    saturated: loops.saturated(g),
    gains: mode === 'predictive' ? null : { proportional, integral, derivative },
    gainSource: mode === 'adaptive' ? 'adapted' : gains.source(g),
    tracking: loops.tracking.figures(g),
  };
}
