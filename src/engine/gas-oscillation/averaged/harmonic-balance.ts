// The oscillation of the farm about given means, as a harmonic balance of the very step the waveform mode runs: same
// coefficients, the step's own frequency symbols. Fixed point by alternating frequency–time; docs/model.md, scheme.md §3.

import { chamberTerms } from './chamber-terms.ts';
import {
  ductImpedance,
  type HarmonicSymbols,
  harmonicSymbols,
  highestHarmonic,
  layerHeatCapacity,
} from './discrete-symbols.ts';
import { ductTerms } from './duct-terms.ts';
import {
  createSolution,
  type HarmonicFailure,
  type HarmonicInput,
  type HarmonicOptions,
  type HarmonicResult,
  type HarmonicSolution,
} from './harmonic-types.ts';
import { createHarmonicWorkspace, fits, followClosed, type HarmonicWorkspace } from './harmonic-workspace.ts';
import { fillCompliances, solveHarmonic, solveMean } from './network-solve.ts';
import { crossingTerms } from './nonlinear-terms.ts';
import { phaseSamples } from './phase-samples.ts';
import { fillPowers, fillRates } from './powers.ts';

const DEFAULT_HARMONICS = 3;
const DEFAULT_TOLERANCE = 1e-9;
const DEFAULT_PASSES = 80;
/** Oscillations this far below the mean state are rest. */
const STILL = 1e-6;
/** Crossing gas and mean rates enter from the second pass on; from the first when the guess is a solution. */
const LEAST_PASSES = 3;
const LEAST_WARM_PASSES = 2;

/**
 * Periodic state of the farm's gas about the means of `input`: phasors, mean flows and volumes, and every mean power.
 * Never returns a value that is not finite: what cannot be solved is answered with the reason.
 */
export function solveHarmonicBalance(input: HarmonicInput, options: HarmonicOptions = {}): HarmonicResult {
  const n = input.amount.length;
  const { coefficients: c, frequency } = input;
  const harmonics = Math.max(
    1,
    Math.min(options.harmonics ?? DEFAULT_HARMONICS, highestHarmonic(frequency, c.timeStep)),
  );
  const tolerance = options.tolerance ?? DEFAULT_TOLERANCE;
  const symbols = harmonicSymbols(frequency, c.timeStep, harmonics);
  const samples = phaseSamples(frequency, c.timeStep, harmonics);
  const w = workspaceFor(input, harmonics, options);
  const { terms, before } = w;
  followClosed(w, c.closed);
  fillCoefficients(input, symbols, w);
  const s = createSolution(n, c.inertance.length, harmonics);
  const warm = begin(s, input, options.warm ?? null);
  terms.mixingRe.fill(0);
  terms.mixingIm.fill(0);
  for (const solver of w.solvers) solver.forget();
  const failure = (reason: HarmonicFailure['reason'], iterations: number, change: number): HarmonicResult => ({
    ok: false,
    reason,
    iterations,
    change,
  });
  // Flows far below what moves a millionth of a chamber per radian are still: relative to them nothing need converge.
  const stillFlow = (STILL * symbols[1].midpoint * input.restVolume.reduce((a, b) => a + b, 0)) / n;
  const passes = options.passes ?? DEFAULT_PASSES;
  let change = Number.POSITIVE_INFINITY;
  for (let pass = 1; pass <= passes; pass++) {
    copyCarried(s, before);
    ductTerms(input, s, samples, terms);
    if (!chamberTerms(input, s, samples, symbols, w.layers, terms)) return failure('volume', pass, change);
    if (pass > 1 || warm) {
      crossingTerms(input, s, samples, symbols, terms);
      fillPowers(input, symbols, terms, s);
      fillRates(input, w.parts, s);
    }
    if (!solveMean(input, symbols[1], w, s)) return failure('singular', pass, change);
    fillCompliances(input, s, w.layers, w.compliance);
    for (let h = 1; h <= harmonics; h++) {
      if (!solveHarmonic(h, input, symbols[h], w, s)) return failure('singular', pass, change);
    }
    change = relativeChange(s, before, stillFlow, n);
    if (!Number.isFinite(change)) return failure('diverged', pass, change);
    if (pass >= (warm ? LEAST_WARM_PASSES : LEAST_PASSES) && change <= tolerance) {
      fillPowers(input, symbols, terms, s);
      return { ok: true, solution: { ...s, iterations: pass, change, workspace: w } };
    }
  }
  return failure('diverged', passes, change);
}

function workspaceFor(input: HarmonicInput, harmonics: number, options: HarmonicOptions): HarmonicWorkspace {
  const n = input.amount.length;
  const given = options.workspace ?? options.warm?.workspace;
  return given && fits(given, n, input.edges, harmonics) ? given : createHarmonicWorkspace(n, input.edges, harmonics);
}

/** Impedances and layer capacities of every harmonic, which no pass changes. */
function fillCoefficients(input: HarmonicInput, symbols: readonly HarmonicSymbols[], w: HarmonicWorkspace): void {
  const { coefficients: c } = input;
  const n = w.chambers;
  const ducts = c.inertance.length;
  for (let h = 1; h <= w.harmonics; h++) {
    for (let i = 0; i < n; i++) {
      [w.layers.re[h * n + i], w.layers.im[h * n + i]] = layerHeatCapacity(c, i, symbols[h]);
    }
    for (let e = 0; e < ducts; e++) {
      [w.impedance.re[h * ducts + e], w.impedance.im[h * ducts + e]] = ductImpedance(c, e, symbols[h]);
    }
  }
}

/** First guess: the given solution if it fits, otherwise gas at rest. @returns whether it was taken */
function begin(s: HarmonicSolution, input: HarmonicInput, warm: HarmonicSolution | null): boolean {
  s.volumeRe.set(input.restVolume);
  if (!warm || warm.flowRe.length !== s.flowRe.length || warm.pressureRe.length !== s.pressureRe.length) return false;
  copyCarried(warm, s);
  return true;
}

/** What a pass reads from the one before. */
const CARRIED = [
  'pressureRe',
  'pressureIm',
  'warmthRe',
  'warmthIm',
  'volumeRe',
  'volumeIm',
  'flowRe',
  'flowIm',
  'volumeRate',
] as const;

function copyCarried(from: HarmonicSolution, to: HarmonicSolution): void {
  for (const key of CARRIED) to[key].set(from[key]);
}

/** Largest change of a flow or pressure since the last pass, each against the largest of its kind; NaN when one is not finite. */
function relativeChange(s: HarmonicSolution, before: HarmonicSolution, stillFlow: number, chambers: number): number {
  const flow = largestChange(s.flowRe, s.flowIm, before.flowRe, before.flowIm, 0, stillFlow);
  // Harmonic 0 of the pressures is the mean, many times the rest: left out.
  const pressure = largestChange(
    s.pressureRe,
    s.pressureIm,
    before.pressureRe,
    before.pressureIm,
    chambers,
    STILL * s.pressureRe[0],
  );
  return flow + pressure < Number.POSITIVE_INFINITY ? Math.max(flow, pressure) : Number.NaN;
}

function largestChange(
  re: Float64Array,
  im: Float64Array,
  beforeRe: Float64Array,
  beforeIm: Float64Array,
  from: number,
  still: number,
): number {
  let largest = 0;
  let scale = still * still;
  for (let at = from; at < re.length; at++) {
    const dRe = re[at] - beforeRe[at];
    const dIm = im[at] - beforeIm[at];
    const square = re[at] * re[at] + im[at] * im[at];
    // Not Math.max: a NaN must not be lost.
    if (!(square < Number.POSITIVE_INFINITY)) return Number.NaN;
    largest = Math.max(largest, dRe * dRe + dIm * dIm);
    scale = Math.max(scale, square);
  }
  return Math.sqrt(largest / scale);
}
