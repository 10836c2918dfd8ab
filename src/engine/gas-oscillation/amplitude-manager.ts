// The amplitude of the pistons: as given, or whatever brings the linear network to the wanted pressure ratio; within what a
// piston can displace. Says when it could not do what was asked.

import { cos, PI, sin } from '../numerics/elementary.ts';
import type { ParameterValues } from '../parameters/table.ts';
import type { Coefficients } from './coefficients.ts';
import { amplitudeForRatio, isolatedAmplitude, type LinearMean } from './linear-network.ts';
import type { DrivePattern } from './phase-controller.ts';
import type { Surroundings } from './step.ts';

/** Largest amplitude as a share of the chamber's volume: a stroke of nine tenths of it. */
export const LARGEST_SHARE = 0.45;

export interface DriveAmplitude {
  /** Half the peak-to-peak stroke, m³. */
  readonly amplitude: number;
  /** What was asked and not done, for people; null when all was. */
  readonly remark: string | null;
}

/** @param mean is asked for only when the network must be solved */
export function driveAmplitude(
  values: ParameterValues,
  pattern: DrivePattern,
  mean: () => LinearMean,
  coefficients: Coefficients,
  edges: Uint32Array,
): DriveAmplitude {
  const largest = LARGEST_SHARE * values['gas_chambers.chamber_volume'];
  const stroke = values['drive.stroke_m3'];
  let amplitude = 0;
  let remark: string | null = null;
  if (stroke !== 'auto') {
    amplitude = stroke / 2;
  } else if (values['drive.pressure_ratio'] > 0) {
    const ratio = values['drive.pressure_ratio'];
    const { re, im } = pistonPhasors(pattern, 1);
    const about = mean();
    const omega = 2 * PI * values['drive.frequency_Hz'];
    const solved = amplitudeForRatio(about, coefficients, edges, omega, re, im, ratio);
    amplitude = solved ?? isolatedAmplitude(about, coefficients, ratio);
    if (solved === null)
      remark = 'The network could not be solved for the wanted ratio: the stroke is that of an isolated chamber.';
  }
  if (amplitude > largest) {
    amplitude = largest;
    remark = `The stroke asked for exceeds nine tenths of the chamber: ${(2e6 * largest).toPrecision(4)} mL is used.`;
  }
  return { amplitude, remark };
}

/** Displacement phasors −X e^{iφ} of the driven chambers, outward positive: an isolated chamber's pressure then has phase φ. */
function pistonPhasors({ driven, phase }: DrivePattern, amplitude: number): { re: Float64Array; im: Float64Array } {
  return {
    re: phase.map((angle, i) => (driven[i] ? -amplitude * cos(angle) : 0)),
    im: phase.map((angle, i) => (driven[i] ? -amplitude * sin(angle) : 0)),
  };
}

/** Sets the pistons' targets; amplitude 0 lets them come to rest. */
export function aimPistons(pattern: DrivePattern, amplitude: number, around: Surroundings): void {
  const { re, im } = pistonPhasors(pattern, amplitude);
  around.pistonTargetRe.set(re);
  around.pistonTargetIm.set(im);
}

/** Leaves a share of every piston's stroke. */
export function scaleStrokes(share: number, around: Surroundings): void {
  if (share === 1) return;
  for (let i = 0; i < around.pistonTargetRe.length; i++) {
    around.pistonTargetRe[i] *= share;
    around.pistonTargetIm[i] *= share;
  }
}
