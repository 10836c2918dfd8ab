// How the discrete step answers e^{ihω₀t}: the frequency symbols of its differences and means, and with them the impedance
// of a duct and the compliance of a chamber. Exact for the step at any Δt; built from the stepping (prewarped) coefficients.

import { cos, PI, sin } from '../../numerics/elementary.ts';
import type { StepCoefficients } from '../coefficients.ts';
import { inertanceFactor } from '../dispersion-trap.ts';

/** Symbols of harmonic h, x = hω₀Δt/2. All in rad/s. */
export interface HarmonicSymbols {
  /** (2/Δt) tan x: difference over mean of the two ends; inertance and relaxation states. */
  readonly midpoint: number;
  /** (2/Δt) sin x cos x: d/dt of a volume against the mid-step flow q̂ and the mid-step pressure. */
  readonly work: number;
  /** (2/Δt) sin x: plain difference of neighbouring values. */
  readonly difference: number;
  /** sin² x. */
  readonly square: number;
}

/** Harmonics 0…count of the drive at `frequency` (Hz) for steps of `timeStep` (s); harmonic 0 is zero throughout. */
export function harmonicSymbols(frequency: number, timeStep: number, count: number): HarmonicSymbols[] {
  return Array.from({ length: count + 1 }, (_, h) => {
    const x = PI * frequency * timeStep * h;
    const difference = (2 / timeStep) * sin(x);
    return { midpoint: difference / cos(x), work: difference * cos(x), difference, square: sin(x) * sin(x) };
  });
}

/** Highest harmonic the step can carry: x stays below 1.2, well clear of tan's pole at π/2. */
export const highestHarmonic = (frequency: number, timeStep: number): number =>
  Math.floor(1.2 / (PI * frequency * timeStep));

/** Heat capacity of the boundary layers and the slow conduction as chamber i's temperature feels them, J/K: [re, im]. */
export function layerHeatCapacity(c: StepCoefficients, i: number, s: HarmonicSymbols): [number, number] {
  const chambers = c.instantCapacity.length;
  let re = c.instantCapacity[i];
  let im = -c.wallConductance[i] / s.midpoint;
  for (let k = 0; k < c.poleTime.length; k++) {
    const x = s.midpoint * c.poleTime[k];
    const capacity = c.layerCapacity[k * chambers + i] / (1 + x * x);
    re += capacity;
    im -= capacity * x;
  }
  return [re, im];
}

/** Second-order wall heat of chamber i per squared temperature amplitude (K²) over T̄, W/K: D = this · |T_h|²/T̄. */
export function secondOrderWeight(c: StepCoefficients, i: number, s: HarmonicSymbols): number {
  const chambers = c.instantCapacity.length;
  let sum = 0;
  for (let k = 0; k < c.poleTime.length; k++) {
    const x = s.midpoint * c.poleTime[k];
    sum += (c.layerCapacity[k * chambers + i] * c.poleTime[k]) / (1 + x * x);
  }
  return 0.5 * s.difference * s.difference * sum;
}

/** Series impedance of duct e against the mid-step flow q̂, without the minor loss, Pa·s/m³: [re, im]. */
export function ductImpedance(c: StepCoefficients, e: number, s: HarmonicSymbols): [number, number] {
  const ducts = c.inertance.length;
  let re = c.resistance[e];
  let im = 0.5 * c.timeStep * s.midpoint * c.inertial[e] * (inertanceFactor(c.trap, s.square) / c.trap.own);
  for (let k = 0; k < c.poleTime.length; k++) {
    const x = s.midpoint * c.poleTime[k];
    const resistance = c.layerResistance[k * ducts + e] / (1 + x * x);
    re += resistance * x * x;
    im += resistance * x;
  }
  return [re, im];
}
