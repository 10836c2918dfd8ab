// A leapfrog step sees every frequency a little too low, and the more so the higher it is. Each duct therefore carries, in series
// with its inertance, a lossless parallel resonator (a trap: L₂ beside C₂) whose reactance makes up for it: the network is exact
// at the drive's frequency and at twice that, and of fourth order in the time step elsewhere. The trap holds energy and gives
// it back; the balance counts it. Why twice: the second harmonic drives the steady circulation of gas through the ducts.

import { PI, sin } from '../numerics/elementary.ts';
import type { StepCoefficients } from './coefficients.ts';
import type { FarmState } from './state.ts';

/** What the trap is for one length of step; the same for every duct. With x = ωΔt/2 frequencies count as s = sin² x. */
export interface DispersionTrap {
  /** Share of the true inertance that the duct keeps to itself. */
  readonly own: number;
  /** Inertance in the trap at low frequency, of the true one; 0: there is no trap. */
  readonly caught: number;
  /** The step's constants: trap flow += ease · trap pressure; trap pressure += push · (flow − trap flow). */
  readonly ease: number;
  readonly push: number;
  /** Flow in the trap over flow in the duct, and trap pressure over (Δt-independent) change of flow, of a steady wave. */
  readonly flowShare: number;
  readonly pressureShare: number;
}

/** Where the trap resonates: beyond twice the drive's frequency at 12 steps a cycle, well below the shortest wave a step can carry. */
const RESONANCE = 0.55;
/** Up to here in s both frequencies are met, as far as 11 steps a cycle; with longer steps only the drive's, then none. */
const LARGEST_S = 0.6 * RESONANCE;

/** (x/sin x)²: true reactance of an inertance over that of the step. */
const deficit = (x: number): number => (x === 0 ? 1 : (x / sin(x)) * (x / sin(x)));
const square = (x: number): number => sin(x) * sin(x);
const swell = (s: number): number => 1 / (1 - s / RESONANCE);

/** The trap's inertance that meets x and 2x. */
function caughtFor(x: number): number {
  const sum = square(x) + square(2 * x);
  // Differences of nearly equal numbers: their series.
  if (sum < 1e-3) return ((RESONANCE / 3) * (1 + (8 / 15) * sum)) / (1 + sum / RESONANCE);
  return (deficit(2 * x) - deficit(x)) / (swell(square(2 * x)) - swell(square(x)));
}

/** x at which sin² 2x reaches LARGEST_S. */
const LARGEST_X = 0.3057;

/** @param frequency of the drive, Hz; 0 without one @param timeStep s */
export function dispersionTrap(frequency: number, timeStep: number): DispersionTrap {
  const x = PI * frequency * timeStep;
  const s = square(x);
  const warped = x < 1 ? deficit(x) : 1;
  if (!(x < 1) || s > LARGEST_S) {
    return { own: warped, caught: 0, ease: 0, push: 0, flowShare: 1, pressureShare: 0 };
  }
  const caught = caughtFor(Math.min(x, LARGEST_X));
  const own = warped - caught * swell(s);
  return {
    own,
    caught,
    ease: (2 * own) / caught,
    push: (2 * caught * RESONANCE) / own,
    flowShare: swell(s),
    pressureShare: ((0.5 * timeStep * caught) / own) * swell(s) * (x > 0 ? sin(x) / x : 1),
  };
}

/** True inertance as the step sees it at s = sin² x, of the true one. */
export const inertanceFactor = ({ own, caught }: DispersionTrap, s: number): number =>
  caught === 0 ? own : own + caught * swell(s);

/**
 * Share of the plain leapfrog's longest stable step that is stable with the trap: the trap's upper branch must not reach the
 * shortest wave a step can carry.
 */
export const stableShare = ({ own, caught }: DispersionTrap): number =>
  Math.sqrt(caught === 0 ? own : own + caught * swell(1));

/** Takes out of the traps what the steady wave explains, before the step's length changes. `setTraps` puts it in again. */
export function releaseTraps(s: FarmState, { trap }: StepCoefficients): void {
  if (trap.caught === 0) return;
  for (let e = 0; e < s.ducts; e++) {
    s.trapFlow[e] -= trap.flowShare * s.flow[e];
    s.trapPressure[e] /= trap.pressureShare;
  }
}

export function setTraps(s: FarmState, { trap }: StepCoefficients): void {
  for (let e = 0; e < s.ducts; e++) {
    s.trapFlow[e] = trap.caught === 0 ? 0 : s.trapFlow[e] + trap.flowShare * s.flow[e];
    s.trapPressure[e] *= trap.pressureShare;
  }
}

/** Traps of gas that begins to move from rest under the present pressures: their share of the pressure difference is there at once. */
export function beginTraps(s: FarmState, { trap, inertial }: StepCoefficients, edges: Uint32Array): void {
  const whole = trap.own + trap.caught;
  for (let e = 0; e < s.ducts; e++) {
    const difference = s.pressure[edges[2 * e]] - s.pressure[edges[2 * e + 1]];
    s.trapPressure[e] = ((trap.caught / whole) * difference) / inertial[e];
    s.trapFlow[e] = trap.caught > 0 ? s.flow[e] : 0;
  }
}

/** Kinetic energy of a duct's flow and what its trap holds, with the leapfrog's cross terms, J. */
export function ductEnergy(s: FarmState, c: StepCoefficients, e: number, pressureDifference: number): number {
  const { ease, push, caught } = c.trap;
  const q = s.flow[e];
  let held = 0.5 * q * q;
  if (caught > 0) {
    const w = s.trapPressure[e];
    const y = s.trapFlow[e];
    held += w * (w / push + y - q) + (y * y) / ease;
  }
  return 0.5 * c.timeStep * (c.inertial[e] * held + q * pressureDifference);
}
