// Departure of every chamber from its linear compliance over one cycle, and its temperature phasors. A third of a pass's time is
// spent here, so the usual case of up to three harmonics takes two samples half a cycle apart from the same products.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { log } from '../../numerics/elementary.ts';
import type { HarmonicSymbols } from './discrete-symbols.ts';
import type { HarmonicInput, HarmonicSolution } from './harmonic-types.ts';
import type { NonlinearTerms } from './nonlinear-terms.ts';
import { type PhaseSamples, toPhasors, toSamples } from './phase-samples.ts';

/** x − ln(1 + x), by its series where the difference would lose its digits. */
function logDeficit(x: number): number {
  if (x > SERIES || x < -SERIES) return x - log(1 + x);
  let sum = 0;
  for (let k = 11; k >= 2; k--) sum = RECIPROCAL[k] - x * sum;
  return x * x * sum;
}
const SERIES = 0.03;
const RECIPROCAL = Float64Array.from({ length: 12 }, (_, k) => 1 / k);

/**
 * Departure of every chamber from linearity. With T = T̄(1 + τ), v = v̄(1 + x) and C = c + c′T̄τ the entropy balance
 *   c τ + nR x = f + s,  f = (c − c′T̄)(τ − ln(1+τ)) + nR(x − ln(1+x)),  s = −(heat to the layers)/T̄ with 1/(1+τ)
 * and p = nRT̄/v̄ · (1 + τ − x + m), m = x(x − τ)/(1+x). Updates the temperature phasors of `s`.
 * @param layers heat capacity of the boundary layer per harmonic and chamber, J/K (layerHeatCapacity)
 * @returns false when a volume or temperature vanishes in the cycle
 */
export function chamberTerms(
  input: HarmonicInput,
  s: HarmonicSolution,
  samples: PhaseSamples,
  symbols: readonly HarmonicSymbols[],
  layers: { readonly re: Float64Array; readonly im: Float64Array },
  out: NonlinearTerms,
): boolean {
  const n = input.amount.length;
  const cycle = createCycle(samples.count, s.harmonics);
  const few = s.harmonics <= 3 && samples.count % 2 === 0;
  for (let i = 0; i < n; i++) {
    const T = REFERENCE_TEMPERATURE + input.temperature[i];
    const nR = input.amount[i] * R;
    const bent = input.heatCapacity[i] - input.heatCapacitySlope[i] * T;
    phasorsOfChamber(s, symbols, layers, n, i, cycle);
    if (!(few ? fewHarmonics(samples, bent, nR, cycle) : anyHarmonics(samples, bent, nR, s.harmonics, cycle))) {
      return false;
    }
    const { departure: f, heat, mixed } = cycle;
    for (let h = 1; h <= s.harmonics; h++) {
      f[2 * h] += heat[2 * h + 1] / symbols[h].midpoint;
      f[2 * h + 1] -= heat[2 * h] / symbols[h].midpoint;
      // Heat of the step that begins where q̂ is taken: e^{−ix}/(iω), cos x and sin x from the symbols.
      const { midpoint, difference } = symbols[h];
      const turnRe = difference / midpoint;
      const turnIm = -0.5 * input.coefficients.timeStep * difference;
      const warmRe = out.heatRe[h * n + i] / (T * difference);
      const warmIm = out.heatIm[h * n + i] / (T * difference);
      f[2 * h] += warmRe * turnIm + warmIm * turnRe;
      f[2 * h + 1] -= warmRe * turnRe - warmIm * turnIm;
    }
    out.excessRe[i] = 1 + mixed[0];
    writeChamber(input, s, layers, n, i, f, mixed, out);
  }
  return true;
}

/** One chamber's cycle: phasors of x = v/v̄ − 1, τ and the layers' heat flow over T̄ by harmonic [re, im], and what comes of them. */
interface Cycle {
  readonly x: Float64Array;
  readonly tau: Float64Array;
  readonly flow: Float64Array;
  /** Phasors of (c − c′T̄)(τ − ln(1+τ)) + nR(x − ln(1+x)), of the heat flow times τ/(1+τ), and of m. */
  readonly departure: Float64Array;
  readonly heat: Float64Array;
  readonly mixed: Float64Array;
  /** Samples, where they are taken one by one. */
  readonly samples: readonly [Float64Array, Float64Array, Float64Array];
}

function createCycle(count: number, harmonics: number): Cycle {
  // At least three harmonics: what is not carried stays zero.
  const phasors = () => new Float64Array(2 * (Math.max(3, harmonics) + 1));
  return {
    x: phasors(),
    tau: phasors(),
    flow: phasors(),
    departure: phasors(),
    heat: phasors(),
    mixed: phasors(),
    samples: [new Float64Array(count), new Float64Array(count), new Float64Array(count)],
  };
}

function phasorsOfChamber(
  s: HarmonicSolution,
  symbols: readonly HarmonicSymbols[],
  layers: { readonly re: Float64Array; readonly im: Float64Array },
  n: number,
  i: number,
  { x, tau, flow }: Cycle,
): void {
  const mean = s.volumeRe[i];
  for (let h = 1; h <= s.harmonics; h++) {
    const at = h * n + i;
    const re = s.warmthRe[at];
    const im = s.warmthIm[at];
    x[2 * h] = s.volumeRe[at] / mean;
    x[2 * h + 1] = s.volumeIm[at] / mean;
    tau[2 * h] = re;
    tau[2 * h + 1] = im;
    // Heat flow to the layers over T̄: d/dt of g·τ_h.
    const w = symbols[h].midpoint;
    flow[2 * h] = -w * (layers.re[at] * im + layers.im[at] * re);
    flow[2 * h + 1] = w * (layers.re[at] * re - layers.im[at] * im);
  }
}

/** Fills departure, heat and mixed. @returns false when a volume or temperature vanishes in the cycle */
function anyHarmonics(samples: PhaseSamples, bent: number, nR: number, harmonics: number, cycle: Cycle): boolean {
  const [x, tau, heat] = cycle.samples;
  fromPairs(samples, cycle.x, harmonics, x);
  fromPairs(samples, cycle.tau, harmonics, tau);
  fromPairs(samples, cycle.flow, harmonics, heat);
  for (let m = 0; m < samples.count; m++) {
    const grown = 1 + x[m];
    const warm = 1 + tau[m];
    if (!(grown > LEAST && warm > LEAST)) return false;
    heat[m] *= tau[m] / warm;
    const departure = bent * logDeficit(tau[m]) + nR * logDeficit(x[m]);
    // m, in place of x.
    x[m] = (x[m] * (x[m] - tau[m])) / grown;
    tau[m] = departure;
  }
  toPhasors(samples, tau, harmonics, cycle.departure);
  toPhasors(samples, heat, harmonics, cycle.heat);
  toPhasors(samples, x, harmonics, cycle.mixed);
  return true;
}

/** Samples of phasors given as [re, im] by harmonic, the mean left out. */
function fromPairs(samples: PhaseSamples, pairs: Float64Array, harmonics: number, target: Float64Array): void {
  const re = Float64Array.from({ length: harmonics + 1 }, (_, h) => pairs[2 * h]);
  const im = Float64Array.from({ length: harmonics + 1 }, (_, h) => pairs[2 * h + 1]);
  toSamples(samples, re, im, 1, 0, 1, harmonics, target);
}

/** Share of itself that volume and temperature keep at least. */
const LEAST = 0.05;

/** The same for up to three harmonics and an even count. */
function fewHarmonics({ half, count, three }: PhaseSamples, bent: number, nR: number, cycle: Cycle): boolean {
  const { x, tau, flow, departure, heat, mixed } = cycle;
  departure.fill(0);
  heat.fill(0);
  mixed.fill(0);
  for (let m = 0, at = 0; m < half; m++, at += 6) {
    const c1 = three[at];
    const s1 = three[at + 1];
    const c2 = three[at + 2];
    const s2 = three[at + 3];
    const c3 = three[at + 4];
    const s3 = three[at + 5];
    const xEven = x[4] * c2 - x[5] * s2;
    const xOdd = x[2] * c1 - x[3] * s1 + x[6] * c3 - x[7] * s3;
    const tEven = tau[4] * c2 - tau[5] * s2;
    const tOdd = tau[2] * c1 - tau[3] * s1 + tau[6] * c3 - tau[7] * s3;
    const qEven = flow[4] * c2 - flow[5] * s2;
    const qOdd = flow[2] * c1 - flow[3] * s1 + flow[6] * c3 - flow[7] * s3;
    const xa = xEven + xOdd;
    const xb = xEven - xOdd;
    const ta = tEven + tOdd;
    const tb = tEven - tOdd;
    if (!(1 + xa > LEAST && 1 + xb > LEAST && 1 + ta > LEAST && 1 + tb > LEAST)) return false;
    gather(
      departure,
      bent * logDeficit(ta) + nR * logDeficit(xa),
      bent * logDeficit(tb) + nR * logDeficit(xb),
      three,
      at,
    );
    gather(heat, ((qEven + qOdd) * ta) / (1 + ta), ((qEven - qOdd) * tb) / (1 + tb), three, at);
    gather(mixed, (xa * (xa - ta)) / (1 + xa), (xb * (xb - tb)) / (1 + xb), three, at);
  }
  for (const phasors of [departure, heat, mixed]) {
    phasors[0] /= count;
    for (let k = 2; k < 8; k++) phasors[k] *= 2 / count;
  }
  return true;
}

/** Adds a sample and the one half a cycle later to the sums of mean and three harmonics. */
function gather(sums: Float64Array, now: number, later: number, three: Float64Array, at: number): void {
  const even = now + later;
  const odd = now - later;
  sums[0] += even;
  sums[2] += odd * three[at];
  sums[3] -= odd * three[at + 1];
  sums[4] += even * three[at + 2];
  sums[5] -= even * three[at + 3];
  sums[6] += odd * three[at + 4];
  sums[7] -= odd * three[at + 5];
}

/** Excess pressure of harmonics 1… from the phasors of f + s and m, and the temperature phasors they make. */
function writeChamber(
  input: HarmonicInput,
  s: HarmonicSolution,
  layers: { readonly re: Float64Array; readonly im: Float64Array },
  n: number,
  i: number,
  f: Float64Array,
  mixed: Float64Array,
  out: NonlinearTerms,
): void {
  const mean = s.volumeRe[i];
  const nR = input.amount[i] * R;
  const isothermal = (nR * (REFERENCE_TEMPERATURE + input.temperature[i])) / mean;
  for (let h = 1; h <= s.harmonics; h++) {
    const at = h * n + i;
    const dRe = input.heatCapacity[i] + layers.re[at];
    const dIm = layers.im[at];
    const square = dRe * dRe + dIm * dIm;
    const aRe = (f[2 * h] * dRe + f[2 * h + 1] * dIm) / square;
    const aIm = (f[2 * h + 1] * dRe - f[2 * h] * dIm) / square;
    out.excessRe[at] = isothermal * (aRe + mixed[2 * h]);
    out.excessIm[at] = isothermal * (aIm + mixed[2 * h + 1]);
    const vRe = (-nR * s.volumeRe[at]) / mean;
    const vIm = (-nR * s.volumeIm[at]) / mean;
    s.warmthRe[at] = aRe + (vRe * dRe + vIm * dIm) / square;
    s.warmthIm[at] = aIm + (vIm * dRe - vRe * dIm) / square;
  }
}
