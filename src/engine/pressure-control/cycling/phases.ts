// When each chamber's pressure cycle starts: patterns over the lattice, in turns (shares of the period). Not here: the cycle itself.

import { atan2, TWO_PI } from '../../numerics/elementary.ts';
import { fraction } from './cycle-program.ts';

/**
 * uniform: all at once. layers: one wave from bottom to top. checker: every second layer half a cycle late. spiral: by the
 * angle about the block's vertical axis, plus the layer's share. eight: eight sectors of that angle, an eighth of a cycle
 * apart. custom: as listed.
 */
export type PhasePattern = 'uniform' | 'layers' | 'checker' | 'spiral' | 'eight' | 'custom';
export const PHASE_PATTERNS: readonly PhasePattern[] = ['uniform', 'layers', 'checker', 'spiral', 'eight', 'custom'];

export interface ChamberPlaces {
  /** 3 × chambers, m. */
  readonly positions: ArrayLike<number>;
  /** Layer of each chamber, 0 at the bottom. */
  readonly layers: ArrayLike<number>;
}

const SECTORS = 8;
/** Angles a rounding error below a sector's edge belong to the next one, so that mirror images fall into mirror sectors: turns. */
const EDGE = 1e-9;

/**
 * Start of each chamber's cycle, turns, 0 ≤ phase < 1. @param custom turns for the custom pattern; repeated when shorter than
 * the chambers
 * @throws RangeError for a custom pattern without numbers
 */
export function patternPhases(
  pattern: PhasePattern,
  places: ChamberPlaces,
  custom: ArrayLike<number> = [],
): Float64Array {
  const { layers } = places;
  const phases = new Float64Array(layers.length);
  if (pattern === 'custom') {
    if (custom.length === 0) throw new RangeError('A custom phase pattern needs at least one phase.');
    for (let i = 0; i < phases.length; i++) {
      const turn = custom[i % custom.length];
      if (!Number.isFinite(turn)) throw new RangeError(`Phase ${(i % custom.length) + 1} is not a number.`);
      phases[i] = fraction(turn);
    }
    return phases;
  }
  let last = 0;
  for (let i = 0; i < layers.length; i++) last = Math.max(last, layers[i]);
  const angles = pattern === 'spiral' || pattern === 'eight' ? axisTurns(places) : phases;
  for (let i = 0; i < phases.length; i++) {
    if (pattern === 'layers') phases[i] = layers[i] / (last + 1);
    else if (pattern === 'checker') phases[i] = layers[i] % 2 === 0 ? 0 : 0.5;
    else if (pattern === 'spiral') phases[i] = fraction(angles[i] + layers[i] / (last + 1));
    else if (pattern === 'eight') phases[i] = (Math.floor(SECTORS * angles[i] + EDGE) % SECTORS) / SECTORS;
  }
  return phases;
}

/** Angle of each chamber about the vertical through the middle of all, turns from 0 along +x; 0 on the axis itself. */
function axisTurns({ positions, layers }: ChamberPlaces): Float64Array {
  const n = layers.length;
  const middle = [0, 0];
  for (const axis of [0, 1]) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < n; i++) {
      low = Math.min(low, positions[3 * i + axis]);
      high = Math.max(high, positions[3 * i + axis]);
    }
    middle[axis] = 0.5 * (low + high);
  }
  return Float64Array.from({ length: n }, (_, i) => {
    const x = positions[3 * i] - middle[0];
    const y = positions[3 * i + 1] - middle[1];
    return fraction(atan2(y, x) / TWO_PI);
  });
}
