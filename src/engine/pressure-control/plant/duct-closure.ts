// A duct whose bore is partly closed: narrower over its whole length, which only its coefficients feel. The gas in it moves
// on with the momentum it had: what the closure takes of its motion is booked where coefficients are renewed.

import type { Coefficients } from '../../gas-oscillation/coefficients.ts';
import type { FarmState } from '../../gas-oscillation/state.ts';

/** A closed duct still has a ten-thousandth of its bore: a step needs finite numbers. */
const LEAST_OPEN = 1e-4;

/** Factor by which the open share makes a duct's inertance larger; its resistances grow as the square. */
export const closure = (open: number): number => 1 / Math.max(LEAST_OPEN, open);

/** Whether a duct with this open share passes nothing in the mean. */
const isShut = (open: number): boolean => open <= LEAST_OPEN;

/** The ducts that are shut, by 1; undefined: none is. */
export const shutDucts = (open: Float64Array): Uint8Array | undefined =>
  open.some(isShut) ? Uint8Array.from(open, (share) => (isShut(share) ? 1 : 0)) : undefined;

/** Puts every duct's open share into the coefficients. @returns them, with the ducts that are shut */
export function closeDucts(c: Coefficients, open: Float64Array): Coefficients {
  const ducts = c.inertance.length;
  for (let e = 0; e < ducts; e++) {
    if (open[e] === 1) continue;
    const f = closure(open[e]);
    c.inertance[e] *= f;
    c.resistance[e] *= f * f;
    c.quadratic[e] *= f * f;
    for (let at = e; at < c.layerResistance.length; at += ducts) c.layerResistance[at] *= f * f;
  }
  const closed = shutDucts(open);
  return closed ? { ...c, closed } : c;
}

/**
 * Moves the ducts' flows and viscous states from one set of open shares to another: gas that is stopped keeps its momentum L·q,
 * not its flow. `from` holds `to` afterwards.
 */
export function moveDucts(s: FarmState, from: Float64Array, to: Float64Array): void {
  for (let e = 0; e < s.ducts; e++) {
    const factor = closure(from[e]) / closure(to[e]);
    if (factor === 1) continue;
    s.flow[e] *= factor;
    s.trapFlow[e] *= factor;
    s.trapPressure[e] *= factor;
    for (let at = e; at < s.viscous.length; at += s.ducts) s.viscous[at] *= factor;
  }
  from.set(to);
}
