// Phases of one drive cycle at which nonlinear terms are evaluated, with the tables to go from phasors to samples and back
// (alternating frequency–time). When the step divides the cycle the samples are the step's own instants.

import { cos, sin, TWO_PI } from '../../numerics/elementary.ts';

const LARGEST = 128;
const DEFAULT = 64;
const SMALLEST = 16;

export interface PhaseSamples {
  readonly count: number;
  /** cos and sin of hφ_m: table[h * count + m]. */
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

export function phaseSamples(frequency: number, timeStep: number, harmonics: number): PhaseSamples {
  const steps = 1 / (frequency * timeStep);
  const whole = Math.round(steps);
  const own = Math.abs(steps - whole) < 1e-6 * steps && whole >= SMALLEST && whole <= LARGEST;
  const count = own ? whole : DEFAULT;
  const table = (f: (x: number) => number) =>
    Float64Array.from({ length: (harmonics + 1) * count }, (_, at) => {
      const h = Math.floor(at / count);
      return f((TWO_PI * ((h * (at % count)) % count)) / count);
    });
  return { count, cos: table(cos), sin: table(sin) };
}

/** Samples of the phasors X_h (harmonic-major, at offset i of stride n), harmonics `from`…`to`. */
export function toSamples(
  s: PhaseSamples,
  re: Float64Array,
  im: Float64Array,
  n: number,
  i: number,
  from: number,
  to: number,
  target: Float64Array,
): void {
  target.fill(0);
  for (let h = from; h <= to; h++) {
    const a = re[h * n + i];
    const b = h > 0 ? im[h * n + i] : 0;
    if (a === 0 && b === 0) continue;
    const row = h * s.count;
    for (let m = 0; m < s.count; m++) target[m] += a * s.cos[row + m] - b * s.sin[row + m];
  }
}

/** Phasor of harmonic h of the samples; the mean for h = 0: [re, im] into `target` at 2h. */
export function toPhasors(s: PhaseSamples, samples: Float64Array, harmonics: number, target: Float64Array): void {
  for (let h = 0; h <= harmonics; h++) {
    const row = h * s.count;
    let re = 0;
    let im = 0;
    for (let m = 0; m < s.count; m++) {
      re += samples[m] * s.cos[row + m];
      im -= samples[m] * s.sin[row + m];
    }
    const scale = (h === 0 ? 1 : 2) / s.count;
    target[2 * h] = re * scale;
    target[2 * h + 1] = h === 0 ? 0 : im * scale;
  }
}
