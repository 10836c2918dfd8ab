// What goes into and comes out of a harmonic balance. Harmonic-major arrays: x[h * count + i]; phasors are peak amplitudes,
// x(t) = x̄ + Re Σ X_h e^{ihφ}, φ the drive clock. Harmonic 0 holds the mean in its real part.

import type { StepCoefficients } from '../coefficients.ts';
import type { HarmonicWorkspace } from './harmonic-workspace.ts';

/** The slow state about which the farm oscillates; arrays per chamber. */
export interface HarmonicInput {
  readonly edges: Uint32Array;
  /** The coefficients the step multiplies with, at its Δt. */
  readonly coefficients: StepCoefficients;
  /** Drive frequency, Hz. */
  readonly frequency: number;
  /** Volume of the control mass with every displacement and piston at zero, m³. */
  readonly restVolume: Float64Array;
  /** mol. */
  readonly amount: Float64Array;
  /** Mean T − 300 K of gas and wall. */
  readonly temperature: Float64Array;
  readonly wall: Float64Array;
  /** Heat capacity at constant volume of the gas at T̄, J/K, and its slope, J/K². */
  readonly heatCapacity: Float64Array;
  readonly heatCapacitySlope: Float64Array;
  /** Energy of the gas at T̄ above 300 K, J. */
  readonly energy: Float64Array;
  /** Complex piston amplitude, m³, outward positive. */
  readonly pistonRe: Float64Array;
  readonly pistonIm: Float64Array;
}

export interface HarmonicOptions {
  /** Harmonics carried, 1…; fewer when the step cannot carry them. */
  readonly harmonics?: number;
  /** Largest change of a flow between passes, relative to the largest flow amplitude. */
  readonly tolerance?: number;
  readonly passes?: number;
  /** A solution of the same network nearby, as the first guess. */
  readonly warm?: HarmonicSolution | null;
  /** Scratch of an earlier balance of the same network; that of `warm` if left out. Changes no result. */
  readonly workspace?: HarmonicWorkspace;
}

/** Mean powers, W. Per chamber unless said. */
export interface HarmonicPowers {
  /** Work of the piston on the gas. */
  readonly drive: Float64Array;
  /** Oscillating work the gas does on its ducts, Σ ½ Re(P Q̃). */
  readonly flowWork: Float64Array;
  /** Work of the mean pressure on the mean flow, p̄ Σ±q̄. */
  readonly slowWork: Float64Array;
  /** Minor-loss heat, in the chamber downstream. */
  readonly minorHeat: Float64Array;
  /** Half of each duct's wall friction, to the chamber's wall. */
  readonly friction: Float64Array;
  /** Second-order wall heat D, gas to wall. */
  readonly thermal: Float64Array;
  /** Slow conduction, gas to wall. */
  readonly conduction: Float64Array;
  /** Energy that exchanged gas brings. */
  readonly exchange: Float64Array;
  /** Sum of what heats the gas of the chamber and its layers, without the slow work. */
  readonly gas: Float64Array;
  /** Per duct. */
  readonly ductFriction: Float64Array;
  readonly ductMinor: Float64Array;
  /** Energy above 300 K that crosses with exchanged gas, forwards less backwards. */
  readonly ductCross: Float64Array;
}

export interface HarmonicSolution {
  readonly harmonics: number;
  readonly iterations: number;
  /** Last relative change of the flows. */
  readonly change: number;
  /** Pa; harmonic 0: mean pressure. */
  readonly pressureRe: Float64Array;
  readonly pressureIm: Float64Array;
  /** T_h/T̄; harmonic 0 is zero. */
  readonly warmthRe: Float64Array;
  readonly warmthIm: Float64Array;
  /** m³; harmonic 0: mean volume of the control mass. */
  readonly volumeRe: Float64Array;
  readonly volumeIm: Float64Array;
  /** Mid-step flow q̂, m³/s, per duct; harmonic 0: mean flow. */
  readonly flowRe: Float64Array;
  readonly flowIm: Float64Array;
  /** Rate at which mean flow changes each volume at the present powers, Σ±q̄, m³/s. */
  readonly volumeRate: Float64Array;
  /** Gas that changes chamber, forwards less backwards, mol/s per duct. */
  readonly exchangeAmount: Float64Array;
  /** Volume that changes chamber forwards and backwards, m³/s, per duct. */
  readonly exchangeForward: Float64Array;
  readonly exchangeBackward: Float64Array;
  readonly powers: HarmonicPowers;
  /** Scratch for the next balance of this network; not part of the result. */
  readonly workspace?: HarmonicWorkspace;
}

export type HarmonicFailure = {
  readonly ok: false;
  /** singular: a network had no solution; volume: a chamber's volume vanished in the cycle; diverged: no fixed point found. */
  readonly reason: 'singular' | 'volume' | 'diverged';
  readonly iterations: number;
  readonly change: number;
};
export type HarmonicResult = { readonly ok: true; readonly solution: HarmonicSolution } | HarmonicFailure;

export function createSolution(chambers: number, ducts: number, harmonics: number): HarmonicSolution {
  const perChamber = () => new Float64Array(chambers);
  const perDuct = () => new Float64Array(ducts);
  const chamberPhasors = () => new Float64Array(chambers * (harmonics + 1));
  const ductPhasors = () => new Float64Array(ducts * (harmonics + 1));
  return {
    harmonics,
    iterations: 0,
    change: Number.POSITIVE_INFINITY,
    pressureRe: chamberPhasors(),
    pressureIm: chamberPhasors(),
    warmthRe: chamberPhasors(),
    warmthIm: chamberPhasors(),
    volumeRe: chamberPhasors(),
    volumeIm: chamberPhasors(),
    flowRe: ductPhasors(),
    flowIm: ductPhasors(),
    volumeRate: perChamber(),
    exchangeAmount: perDuct(),
    exchangeForward: perDuct(),
    exchangeBackward: perDuct(),
    powers: {
      drive: perChamber(),
      flowWork: perChamber(),
      slowWork: perChamber(),
      minorHeat: perChamber(),
      friction: perChamber(),
      thermal: perChamber(),
      conduction: perChamber(),
      exchange: perChamber(),
      gas: perChamber(),
      ductFriction: perDuct(),
      ductMinor: perDuct(),
      ductCross: perDuct(),
    },
  };
}
