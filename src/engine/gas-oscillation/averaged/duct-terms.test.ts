import { expect, test } from 'vitest';
import { farmWith } from '../../testing.ts';
import { harmonicInput } from './averaged-state.ts';
import { ductTerms } from './duct-terms.ts';
import { createSolution } from './harmonic-types.ts';
import { createTerms } from './nonlinear-terms.ts';
import { phaseSamples } from './phase-samples.ts';
import { averagedFromWaveform } from './waveform-exchange.ts';

test('one loop for up to three harmonics gives what the tables of any number give', () => {
  const farm = farmWith({ 'layout.size': [2, 2, 2], 'drive.stroke_m3': 1e-6 });
  const context = {
    edges: farm.layout.edges,
    restVolume: farm.restVolume,
    coefficients: farm.stepping,
    surroundings: farm.surroundings,
  };
  const input = harmonicInput(averagedFromWaveform(farm.state, farm.state.temperature, context, 0), context);
  const n = farm.layout.count;
  const ducts = farm.layout.edges.length / 2;
  const termsOf = (harmonics: number, carried: number) => {
    const s = createSolution(n, ducts, carried);
    for (let at = 0; at < ducts * (harmonics + 1); at++) {
      s.flowRe[at] = 1e-3 * Math.sin(1 + at);
      s.flowIm[at] = at < ducts ? 0 : 1e-3 * Math.cos(3 * at);
    }
    const terms = createTerms(n, ducts, carried);
    ductTerms(input, s, phaseSamples(1000, 2.5e-5, carried), terms);
    return terms;
  };
  for (const harmonics of [1, 2, 3]) {
    const few = termsOf(harmonics, harmonics);
    const any = termsOf(harmonics, 4);
    for (const key of ['dragRe', 'dragIm', 'heatRe', 'heatIm', 'dragSlope', 'dragTurnRe', 'minorForward'] as const) {
      const largest = Math.max(...any[key].map(Math.abs));
      few[key].forEach((value, at) => {
        expect(Math.abs(value - (any[key][at] as number)), key).toBeLessThan(1e-12 * largest);
      });
    }
    // Every watt of the mean drag power falls somewhere.
    expect(few.minorForward.every((power, e) => power + (few.minorBackward[e] as number) > 0)).toBe(true);
  }
});
