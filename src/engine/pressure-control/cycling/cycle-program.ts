// Programmable pressure cycles: the pressure wanted of each chamber at a time, its rate of change, and where it jumps or bends.
// Not here: what the valves make of it (headers/), when each chamber starts (phases.ts).

import { cos, sin, TWO_PI } from '../../numerics/elementary.ts';

/** Shares of the period are turns; levels run from 0 (low) to 1 (high). */
export type CycleShape =
  /** High for the share `duty`, then low. */
  | { readonly kind: 'square'; readonly duty: number }
  /** ½ + ½ sin 2π·turn: starts in the middle, upwards. */
  | { readonly kind: 'sine' }
  /** From low up to high in the share `rise`, down again in the rest. */
  | { readonly kind: 'triangle'; readonly rise: number }
  /** Up in `rise`, high for `hold`, down in `fall`, low for the rest. */
  | { readonly kind: 'trapezoid'; readonly rise: number; readonly hold: number; readonly fall: number }
  /**
   * Straight lines between [turn, level], ascending turns from 0 up to but not including 1, closed around; two points with the
   * same turn are a jump.
   */
  | { readonly kind: 'custom'; readonly table: readonly (readonly [turn: number, level: number])[] };

export interface Cycle {
  readonly shape: CycleShape;
  /** s. */
  readonly period: number;
  /** Pa. */
  readonly low: number;
  readonly high: number;
  /** Start of each chamber's cycle, turns. */
  readonly phase: ArrayLike<number>;
}

export const fraction = (x: number): number => x - Math.floor(x);

const isShare = (x: number): boolean => Number.isFinite(x) && x >= 0 && x <= 1;

/** What is wrong with a shape, for people; null when nothing is. */
export function shapeProblem(shape: CycleShape): string | null {
  switch (shape.kind) {
    case 'square':
      return isShare(shape.duty) ? null : 'The duty must lie between 0 and 1.';
    case 'sine':
      return null;
    case 'triangle':
      return isShare(shape.rise) ? null : 'The rise must lie between 0 and 1.';
    case 'trapezoid': {
      const { rise, hold, fall } = shape;
      if (![rise, hold, fall].every(isShare)) return 'Rise, hold and fall must each lie between 0 and 1.';
      return rise + hold + fall <= 1 + 1e-12 ? null : 'Rise, hold and fall together must not exceed one period.';
    }
    case 'custom':
      return tableProblem(shape.table);
  }
}

function tableProblem(table: readonly (readonly [number, number])[]): string | null {
  if (table.length === 0) return 'A table needs at least one point.';
  for (let k = 0; k < table.length; k++) {
    const [turn, level] = table[k];
    if (!(turn >= 0 && turn < 1)) return `Point ${k + 1}: the turn must be 0 or more and less than 1.`;
    if (!isShare(level)) return `Point ${k + 1}: the level must lie between 0 and 1.`;
    if (k > 0 && turn < table[k - 1][0]) return `Point ${k + 1}: turns must ascend.`;
    if (k > 1 && turn === table[k - 2][0]) return `Point ${k + 1}: only two points may share a turn.`;
  }
  return null;
}

/** A shape as corners: every shape but the sine is straight between them. [turns, levels], the last corner one turn after the first. */
interface Corners {
  readonly turns: Float64Array;
  readonly levels: Float64Array;
}

function corners(shape: CycleShape): Corners | null {
  const points: [number, number][] = [];
  const add = (turn: number, level: number): void => {
    points.push([Math.min(1, turn), level]);
  };
  if (shape.kind === 'sine') return null;
  if (shape.kind === 'square') {
    if (shape.duty <= 0 || shape.duty >= 1) add(0, shape.duty <= 0 ? 0 : 1);
    else
      for (const [turn, level] of [
        [0, 1],
        [shape.duty, 1],
        [shape.duty, 0],
        [1, 0],
      ] as const)
        add(turn, level);
  } else if (shape.kind === 'triangle') {
    add(0, shape.rise === 0 ? 1 : 0);
    if (shape.rise > 0) add(shape.rise, 1);
    if (shape.rise < 1) add(1, 0);
  } else if (shape.kind === 'trapezoid') {
    const { rise, hold, fall } = shape;
    add(0, 0);
    add(rise, 1);
    add(rise + hold, 1);
    add(rise + hold + fall, 0);
    add(1, 0);
  } else {
    for (const [turn, level] of shape.table) add(turn, level);
  }
  const [firstTurn, firstLevel] = points[0];
  if (shape.kind === 'custom' || points.length === 1) points.push([firstTurn + 1, firstLevel]);
  return { turns: Float64Array.from(points, (p) => p[0]), levels: Float64Array.from(points, (p) => p[1]) };
}

/** Sub-steps per period at least. */
const PARTS_OF_PERIOD = 64;
/** With more different instants than this, sub-steps no longer end on every one. */
const LARGEST_INSTANTS = 32;

export class CycleProgram {
  private readonly corners: Corners | null;
  /**
   * Instants at which some chamber's wanted pressure jumps or bends, shares of the period, ascending; empty when there are too
   * many.
   */
  private readonly instants: Float64Array;
  /** The shape's own jumps, in turns after a chamber's start. */
  readonly jumps: readonly number[];

  /** @throws RangeError for an impossible cycle */
  constructor(readonly cycle: Cycle) {
    const problem = shapeProblem(cycle.shape) ?? (cycle.period > 0 ? null : 'The period must be positive.');
    if (problem) throw new RangeError(problem);
    this.corners = corners(cycle.shape);
    const bends = this.corners ? breaks(this.corners) : [];
    this.jumps = bends.filter((b) => b.isJump).map((b) => b.turn);
    const instants = new Set<number>();
    for (let i = 0; i < cycle.phase.length && instants.size <= LARGEST_INSTANTS; i++) {
      for (const { turn } of bends) instants.add(fraction(cycle.phase[i] + turn));
    }
    this.instants = Float64Array.from(instants.size <= LARGEST_INSTANTS ? instants : []).sort();
  }

  /** Wanted pressure of chamber i at time t (s), Pa. At a jump the new value. */
  target(i: number, t: number): number {
    const { period, low, high, phase } = this.cycle;
    const turn = fraction(t / period - phase[i]);
    if (!this.corners) return 0.5 * (low + high) + 0.5 * (high - low) * sin(TWO_PI * turn);
    const level = this.level(turn);
    // The ends exactly, not to rounding.
    return level === 1 ? high : level === 0 ? low : low + (high - low) * level;
  }

  /** Its rate of change, Pa/s, for feed-forward; jumps have none. */
  rate(i: number, t: number): number {
    const { period, low, high, phase } = this.cycle;
    const turn = fraction(t / period - phase[i]);
    if (!this.corners) return ((0.5 * (high - low) * TWO_PI) / period) * cos(TWO_PI * turn);
    const { turns, levels } = this.corners;
    const at = turn < turns[0] ? turn + 1 : turn;
    const k = segment(turns, at);
    const width = turns[k + 1] - turns[k];
    return width > 0 ? ((high - low) * (levels[k + 1] - levels[k])) / width / period : 0;
  }

  /** Level at a turn of 0–1. */
  private level(turn: number): number {
    const { turns, levels } = this.corners ?? NO_CORNERS;
    const at = turn < turns[0] ? turn + 1 : turn;
    const k = segment(turns, at);
    const width = turns[k + 1] - turns[k];
    if (width <= 0 || levels[k + 1] === levels[k]) return levels[k + 1];
    return levels[k] + ((levels[k + 1] - levels[k]) * (at - turns[k])) / width;
  }

  /** Longest sub-step from time t (s), s: up to the next jump or bend, and a small part of the period. */
  longestStep(t: number): number {
    const { period } = this.cycle;
    let longest = period / PARTS_OF_PERIOD;
    const turn = fraction(t / period);
    for (let m = 0; m < this.instants.length; m++) {
      const instant = this.instants[m];
      const ahead = (instant > turn ? instant - turn : 1 + instant - turn) * period;
      // An instant a rounding error ahead has been reached.
      if (ahead > 1e-9 * period) longest = Math.min(longest, ahead);
    }
    return longest;
  }

  /** Mean of the wanted pressure over a period, Pa. */
  mean(): number {
    const { low, high } = this.cycle;
    if (!this.corners) return 0.5 * (low + high);
    const { turns, levels } = this.corners;
    let area = 0;
    for (let k = 0; k + 1 < turns.length; k++) area += 0.5 * (turns[k + 1] - turns[k]) * (levels[k] + levels[k + 1]);
    return low + (high - low) * area;
  }
}

const NO_CORNERS: Corners = { turns: new Float64Array([0, 1]), levels: new Float64Array(2) };

/** Index of the last corner at or before a turn: at a jump the segment that begins there. */
function segment(turns: Float64Array, turn: number): number {
  let k = 0;
  while (k + 2 < turns.length && turn >= turns[k + 1]) k++;
  return k;
}

/** Turns at which the level jumps or its slope changes. */
function breaks({ turns, levels }: Corners): { readonly turn: number; readonly isJump: boolean }[] {
  const found: { turn: number; isJump: boolean }[] = [];
  const last = turns.length - 1;
  for (let k = 0; k < last; k++) {
    if (turns[k + 1] === turns[k] && levels[k + 1] !== levels[k])
      found.push({ turn: fraction(turns[k]), isJump: true });
    else if (k > 0 && bends(turns, levels, k - 1, k)) found.push({ turn: fraction(turns[k]), isJump: false });
  }
  if (levels[last] !== levels[0]) found.push({ turn: fraction(turns[0]), isJump: true });
  else if (bends(turns, levels, last - 1, 0)) found.push({ turn: fraction(turns[0]), isJump: false });
  return found;
}

/** Whether two segments, each with a width, have different slopes. */
function bends(turns: Float64Array, levels: Float64Array, before: number, after: number): boolean {
  const slope = (k: number): number => (levels[k + 1] - levels[k]) / (turns[k + 1] - turns[k]);
  const a = slope(before);
  const b = slope(after);
  return Number.isFinite(a) && Number.isFinite(b) && a !== b;
}
