// How the chambers oscillate together: coherence with their neighbours, and the metrics of amplitude, phase and drive. Reads
// the last detector window, changes nothing; other metrics are in readings.ts.

import type { Farm } from './farm.ts';
import { frequencyOffset } from './gas-oscillation/frequency-calculator.ts';
import { amplitudeOf } from './gas-oscillation/oscillation-detector.ts';
import type { DrivePattern } from './gas-oscillation/phase-controller.ts';
import type { Layout } from './lattice/layout.ts';
import type { MetricName } from './metrics.ts';
import { cos, hypot, sin } from './numerics/elementary.ts';

/** Sets the metrics of the oscillation from the last whole window. */
export function oscillationMetrics(farm: Farm, set: (name: MetricName, value: number) => void): void {
  const r = farm.detector.readings;
  const n = farm.layout.count;
  const amplitudes = new Float64Array(n);
  const source = sourceDirections(farm.pattern);
  let square = 0;
  let largest = 0;
  let smallest = Number.POSITIVE_INFINITY;
  let re = 0;
  let im = 0;
  let patternRe = 0;
  let patternIm = 0;
  let standingRe = 0;
  let standingIm = 0;
  let energy = 0;
  let offset = 0;
  let pressure = 0;
  for (let i = 0; i < n; i++) {
    const amplitude = amplitudeOf(r, i);
    const ratio = amplitude / r.pressure[i];
    const x = amplitude > 0 ? r.cosine[i] / amplitude : 1;
    const y = amplitude > 0 ? -r.sine[i] / amplitude : 0;
    amplitudes[i] = amplitude;
    square += ratio * ratio;
    largest = Math.max(largest, ratio);
    smallest = Math.min(smallest, ratio);
    re += x;
    im += y;
    patternRe += x * source.re[i] + y * source.im[i];
    patternIm += y * source.re[i] - x * source.im[i];
    standingRe += r.cosine[i] * r.cosine[i] - r.sine[i] * r.sine[i];
    standingIm -= 2 * r.cosine[i] * r.sine[i];
    energy += amplitude * amplitude;
    offset += frequencyOffset(r, i);
    pressure += r.pressure[i];
  }
  amplitudes.sort();
  const percentile = (share: number): number => amplitudes[Math.min(n - 1, Math.floor(share * n))];
  set('pressureRatioRms', Math.sqrt(square / n));
  set('pressureRatioMax', largest);
  set('pressureRatioMin', smallest);
  set('amplitudeSpread', percentile(0.1) > 0 ? percentile(0.9) / percentile(0.1) : Number.NaN);
  set('orderParameter', hypot(re, im) / n);
  set('patternOrderParameter', hypot(patternRe, patternIm) / n);
  set('standingRatio', energy > 0 ? hypot(standingRe, standingIm) / energy : Number.NaN);
  set('frequencyMean_Hz', farm.values['drive.frequency_Hz'] + offset / n);
  set('pressureMean_Pa', pressure / n);
  if (farm.drive.control) {
    set('driveTrackingError', farm.drive.control.error);
    set('driveTrackingErrorMax', farm.drive.control.largestError);
    set('driveStrokeMax_m3', 2 * farm.drive.control.largestDisplacement);
  }
  const coherence = localCoherence(farm);
  set('localCoherenceMean', coherence.reduce((a, b) => a + b, 0) / n);
}

const directions = new WeakMap<DrivePattern, { readonly re: Float64Array; readonly im: Float64Array }>();

/** e^{iθ_source} per chamber, found once per pattern. */
function sourceDirections(pattern: DrivePattern): { readonly re: Float64Array; readonly im: Float64Array } {
  let known = directions.get(pattern);
  if (!known) {
    known = { re: pattern.phase.map(cos), im: pattern.phase.map(sin) };
    directions.set(pattern, known);
  }
  return known;
}

/** |mean of e^{i(θ − θ_source)}| over each chamber and its neighbours; valid until the next call. */
export function localCoherence(farm: Farm): Float64Array {
  const n = farm.layout.count;
  const { edges } = farm.layout;
  const { re, im, sumRe, sumIm, members } = coherenceSums(farm.layout);
  const source = sourceDirections(farm.pattern);
  const { cosine, sine } = farm.detector.readings;
  for (let i = 0; i < n; i++) {
    // e^{i(θ − θ_source)} with θ the phase of cosine − i·sine; of a chamber at rest 0.
    const amplitude = hypot(cosine[i], sine[i]);
    const x = amplitude > 0 ? cosine[i] / amplitude : 1;
    const y = amplitude > 0 ? -sine[i] / amplitude : 0;
    re[i] = x * source.re[i] + y * source.im[i];
    im[i] = y * source.re[i] - x * source.im[i];
  }
  sumRe.set(re);
  sumIm.set(im);
  for (let e = 0; e < edges.length / 2; e++) {
    const i = edges[2 * e];
    const j = edges[2 * e + 1];
    sumRe[i] += re[j];
    sumIm[i] += im[j];
    sumRe[j] += re[i];
    sumIm[j] += im[i];
  }
  for (let i = 0; i < n; i++) re[i] = hypot(sumRe[i], sumIm[i]) / members[i];
  return re;
}

interface CoherenceSums {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly sumRe: Float64Array;
  readonly sumIm: Float64Array;
  /** A chamber and its neighbours. */
  readonly members: Float64Array;
}

const coherenceKept = new WeakMap<Layout, CoherenceSums>();

function coherenceSums(layout: Layout): CoherenceSums {
  let kept = coherenceKept.get(layout);
  if (!kept) {
    const array = (): Float64Array => new Float64Array(layout.count);
    kept = { re: array(), im: array(), sumRe: array(), sumIm: array(), members: array().fill(1) };
    for (const i of layout.edges) kept.members[i]++;
    coherenceKept.set(layout, kept);
  }
  return kept;
}
