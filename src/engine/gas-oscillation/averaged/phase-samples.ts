// Phases of one drive cycle at which nonlinear terms are evaluated, with the tables to go from phasors to samples and back
// (alternating frequency–time). When the step divides the cycle the samples are the step's own instants. Half a cycle later
// even harmonics return and odd ones change sign: with an even count each table product serves two samples.

import { cos as cosine, sin as sine, TWO_PI } from '../../numerics/elementary.ts';

const LARGEST = 128;
const DEFAULT = 64;
const SMALLEST = 16;

export interface PhaseSamples {
  readonly count: number;
  /** Samples the tables are gone through for: half the count if that is even, otherwise all. */
  readonly half: number;
  /** cos and sin of hφ_m: table[h * count + m]. */
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  /** cos and sin of 2φ_m, whatever the harmonics carried. */
  readonly twiceCos: Float64Array;
  readonly twiceSin: Float64Array;
  /** cos and sin of φ_m, 2φ_m and 3φ_m by sample: six values each. */
  readonly three: Float64Array;
  /** Scratch of `half` values: the parts of the even and of the odd harmonics. */
  readonly even: Float64Array;
  readonly odd: Float64Array;
}

/** The tables made last, by what they were made for: most balances are of one drive and step. */
let last: { readonly count: number; readonly harmonics: number; readonly samples: PhaseSamples } | null = null;

export function phaseSamples(frequency: number, timeStep: number, harmonics: number): PhaseSamples {
  const steps = 1 / (frequency * timeStep);
  const whole = Math.round(steps);
  const own = Math.abs(steps - whole) < 1e-6 * steps && whole >= SMALLEST && whole <= LARGEST;
  const count = own ? whole : DEFAULT;
  if (last?.count === count && last.harmonics === harmonics) return last.samples;
  const samples = makeSamples(count, harmonics);
  last = { count, harmonics, samples };
  return samples;
}

function makeSamples(count: number, harmonics: number): PhaseSamples {
  const half = count % 2 === 0 ? count / 2 : count;
  const table = (f: (x: number) => number) =>
    Float64Array.from({ length: (harmonics + 1) * count }, (_, at) => {
      const h = Math.floor(at / count);
      return f((TWO_PI * ((h * (at % count)) % count)) / count);
    });
  const twice = (f: (x: number) => number) =>
    Float64Array.from({ length: count }, (_, m) => f((TWO_PI * ((2 * m) % count)) / count));
  return {
    count,
    half,
    cos: table(cosine),
    sin: table(sine),
    three: Float64Array.from({ length: 6 * count }, (_, at) => {
      const h = 1 + ((at % 6) >> 1);
      const angle = (TWO_PI * ((h * Math.floor(at / 6)) % count)) / count;
      return at % 2 === 0 ? cosine(angle) : sine(angle);
    }),
    twiceCos: twice(cosine),
    twiceSin: twice(sine),
    even: new Float64Array(half),
    odd: new Float64Array(half),
  };
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
  const { count, half, even, odd, cos, sin } = s;
  even.fill(from === 0 ? re[i] : 0);
  odd.fill(0);
  for (let h = Math.max(1, from); h <= to; h++) {
    const a = re[h * n + i];
    const b = im[h * n + i];
    if (a === 0 && b === 0) continue;
    const row = h * count;
    const part = h % 2 === 0 ? even : odd;
    for (let m = 0; m < half; m++) part[m] += a * cos[row + m] - b * sin[row + m];
  }
  for (let m = 0; m < half; m++) target[m] = even[m] + odd[m];
  for (let m = half; m < count; m++) target[m] = even[m - half] - odd[m - half];
}

/**
 * Phasor of harmonic h of the samples at `offset`; the mean for h = 0: [re, im] into `target` at 2h.
 */
export function toPhasors(
  s: PhaseSamples,
  samples: Float64Array,
  harmonics: number,
  target: Float64Array,
  offset = 0,
): void {
  const { count, half, even, odd, cos, sin } = s;
  let sum = 0;
  for (let m = 0; m < half; m++) {
    const a = samples[offset + m];
    const b = half < count ? samples[offset + half + m] : 0;
    even[m] = a + b;
    odd[m] = a - b;
    sum += a + b;
  }
  target[0] = sum / count;
  target[1] = 0;
  for (let h = 1; h <= harmonics; h++) {
    const row = h * count;
    const part = h % 2 === 0 ? even : odd;
    let re = 0;
    let im = 0;
    for (let m = 0; m < half; m++) {
      re += part[m] * cos[row + m];
      im -= part[m] * sin[row + m];
    }
    target[2 * h] = (re * 2) / count;
    target[2 * h + 1] = (im * 2) / count;
  }
}
