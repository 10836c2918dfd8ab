import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BOLTZMANN } from '../constants.ts';
import { heatCapacity, standardEntropy } from '../gas/ideal.ts';
import { ATM, fractions, gasProperties } from '../gas/mixture.ts';
import { SPECIES } from '../gas/species.ts';
import {
  frictionEntropy,
  gasEntropy,
  heatExchangeEntropy,
  heatFlowEntropy,
  mixingEntropy,
  pairAt,
  pairEquilibrium,
  pairTimeConstant,
  streamMixingEntropy,
  throttlingEntropy,
} from './entropy-calculator.ts';
import {
  carnotCooler,
  carnotEfficiency,
  curzonAhlbornEfficiency,
  exergyDestruction,
  flowExergy,
  hotTemperatureFor,
  landauerLimit,
  potentials,
  streamExergy,
} from './free-energy.ts';
import {
  collisionRate,
  flowRegime,
  knudsenNumber,
  meanFreePath,
  meanSpeed,
  mostProbableSpeed,
  rmsSpeed,
  speedDistribution,
  wallFlux,
} from './kinetic-theory.ts';
import {
  einsteinFunction,
  oscillatorEnergy,
  PLANCK,
  rigidRotorHarmonicOscillator,
  sackurTetrode,
} from './quantum-thermodynamics.ts';

const within = (value: number, expected: number, relative: number) =>
  expect(Math.abs(value / expected - 1), `${value} against ${expected}`).toBeLessThan(relative);
const index = (symbol: string) => SPECIES.findIndex((s) => s.symbol === symbol);
const mass = (symbol: string) => (SPECIES[index(symbol)] as (typeof SPECIES)[number]).molarMass;

test('T17 Sackur–Tetrode entropies of helium and neon at 298.15 K, 1 bar, 1e-4', () => {
  expect(Math.abs(sackurTetrode(mass('He'), 298.15, 1e5) - 126.1529)).toBeLessThan(1e-4);
  expect(Math.abs(sackurTetrode(mass('Ne'), 298.15, 1e5) - 146.3287)).toBeLessThan(1e-4);
  for (const symbol of ['He', 'Ne', 'Ar'])
    expect(Math.abs(sackurTetrode(mass(symbol), 298.15, 1e5) - standardEntropy(index(symbol), 298.15))).toBeLessThan(
      2e-3,
    );
});

test('T19 rigid rotors and harmonic vibrations: N2 and H2O at 298.15 K, 0.01; within 0.15 of NASA-9', () => {
  const nitrogen = rigidRotorHarmonicOscillator('N2', 298.15);
  expect(Math.abs(nitrogen.entropy - 191.6)).toBeLessThan(0.01);
  expect(Math.abs(nitrogen.cp - 29.113)).toBeLessThan(0.01);
  const water = rigidRotorHarmonicOscillator('H2O', 298.15);
  expect(Math.abs(water.entropy - 188.717)).toBeLessThan(0.01);
  expect(Math.abs(water.cp - 33.482)).toBeLessThan(0.01);
  for (const { symbol } of SPECIES) {
    for (const T of [200, 298.15, 400, 500]) {
      const figures = rigidRotorHarmonicOscillator(symbol, T);
      expect(Math.abs(figures.entropy - standardEntropy(index(symbol), T)), `S ${symbol} ${T}`).toBeLessThan(
        T < 300 ? 0.15 : 0.2,
      );
      expect(Math.abs(figures.cp - heatCapacity(index(symbol), T)), `cp ${symbol} ${T}`).toBeLessThan(0.25);
    }
  }
  // dS/dT = c_p/T: entropy and heat capacity come from one partition function.
  for (const symbol of ['N2', 'O2', 'H2O'] as const) {
    const slope =
      (rigidRotorHarmonicOscillator(symbol, 300.01).entropy - rigidRotorHarmonicOscillator(symbol, 299.99).entropy) /
      0.02;
    within(300 * slope, rigidRotorHarmonicOscillator(symbol, 300).cp, 1e-7);
  }
});

test('T21 Einstein function at x = 1 and ideal mixing entropy of an equimolar pair, 1e-6', () => {
  within(einsteinFunction(1), 0.920674, 1e-6);
  within(mixingEntropy([0.5, 0.5]), 5.763146, 1e-6);
  expect(einsteinFunction(0)).toBe(1);
  within(einsteinFunction(0.019999), einsteinFunction(0.020001), 1e-6);
});

test('T22 speeds, mean free path and collision rate of nitrogen at 300 K, 1 atm, 1e-4', () => {
  const M = mass('N2');
  within(meanSpeed(M, 300), 476.173, 1e-5);
  within(mostProbableSpeed(M, 300), 421.997, 1e-5);
  within(rmsSpeed(M, 300), 516.839, 1e-5);
  within(meanFreePath(3.798e-10, 300, ATM), 63.784e-9, 1e-4);
  within(collisionRate(M, 3.798e-10, 300, ATM), 7.4654e9, 1e-4);
  let total = 0;
  let mean = 0;
  for (let v = 0.5; v < 4000; v++) {
    total += speedDistribution(v, M, 300);
    mean += v * speedDistribution(v, M, 300);
  }
  within(total, 1, 1e-9);
  within(mean, meanSpeed(M, 300), 1e-6);
  within(wallFlux(M, 300, ATM), 2.914e27, 1e-3);
  expect(flowRegime(knudsenNumber(meanFreePath(3.798e-10, 300, ATM), 0.1e-3))).toBe('continuum');
  expect([0.05, 1, 20].map(flowRegime)).toEqual(['slip', 'transition', 'free_molecular']);
});

test('H01 lumped pair: 325 K, 37.5 s, 344.76979 K at 50 s, 3.248876 J/K, 1e-6', () => {
  const pair = { C1: 100, C2: 300, conductance: 2, T1: 400, T2: 300 };
  within(pairEquilibrium(pair), 325, 1e-12);
  within(pairTimeConstant(pair), 37.5, 1e-12);
  within(pairAt(pair, 50).T1, 344.76979, 1e-7);
  within(pairAt(pair, Number.POSITIVE_INFINITY).entropy, 3.248876, 1e-6);
  // The same entropy is what G(T1 − T2)²/T1T2 produces over time.
  let produced = 0;
  const dt = 0.005;
  for (let t = 0.5 * dt; t < 600; t += dt) {
    const { T1, T2 } = pairAt(pair, t);
    produced += heatExchangeEntropy(2, T1, T2) * dt;
  }
  within(produced, 3.248876, 1e-6);
});

test('H08 Landauer limit at 300 K and 77 K, 1e-6', () => {
  within(landauerLimit(300), 2.870979e-21, 1e-6);
  within(landauerLimit(77), 7.368846e-22, 1e-6);
});

test('H09 Carnot and Curzon–Ahlborn at 400/300 K; 2000 K for η = 0.85, 1e-6', () => {
  within(carnotEfficiency(400, 300), 0.25, 1e-12);
  within(curzonAhlbornEfficiency(400, 300), 0.1339746, 1e-6);
  within(hotTemperatureFor(0.85, 300), 2000, 1e-12);
  within(carnotEfficiency(400, 200), 0.5, 1e-12);
  within(carnotCooler(320, 240), 3, 1e-12);
});

test('a mode of 1 kHz holds kT; one of nitrogen’s holds its zero-point energy', () => {
  within(oscillatorEnergy(1000, 300), BOLTZMANN * 300, 1e-12);
  const molecular = 2358.57 * 29979245800;
  within(oscillatorEnergy(molecular, 300), 0.5 * PLANCK * molecular, 1e-4);
});

const shares = fc
  .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 })
  .map((a) => a.map((v) => v / a.reduce((s, w) => s + w, 0)));
const temperature = fc.double({ min: 210, max: 900, noNaN: true });
const pressure = fc.double({ min: 1e4, max: 1e6, noNaN: true });

test('G = Σ n μ, A = G − pV, S = −∂G/∂T, V = ∂G/∂p and μ = ∂G/∂n for random mixtures, ideal and virial', () => {
  fc.assert(
    fc.property(shares, fc.double({ min: 310, max: 440, noNaN: true }), pressure, (x, T, p) => {
      for (const model of ['ideal', 'virial'] as const) {
        const amounts = x.map((v) => 3 * v);
        const here = potentials(amounts, T, p, model);
        const scale = Math.abs(here.gibbs) + T * here.entropy;
        const sum = amounts.reduce((s, n, k) => s + n * (here.chemicalPotentials[k] as number), 0);
        expect(Math.abs(sum - here.gibbs) / scale).toBeLessThan(1e-12);
        expect(Math.abs(here.helmholtz - (here.internalEnergy - T * here.entropy)) / scale).toBeLessThan(1e-12);
        const G = (dT: number, dp: number, k = -1, dn = 0) =>
          potentials(
            amounts.map((n, j) => (j === k ? n + dn : n)),
            T + dT,
            p + dp,
            model,
          ).gibbs;
        within(-(G(0.01, 0) - G(-0.01, 0)) / 0.02, here.entropy, 1e-5);
        within((G(0, 1e-3 * p) - G(0, -1e-3 * p)) / (2e-3 * p), here.volume, 1e-5);
        within((G(0, 0, 2, 1e-4) - G(0, 0, 2, -1e-4)) / 2e-4, here.chemicalPotentials[2] as number, 1e-5);
      }
    }),
    { numRuns: 40, seed: 3 },
  );
  const alone = potentials(fractions({ He: 1 }), 300, ATM, 'virial');
  within(alone.entropy, gasProperties(fractions({ He: 1 }), 300, ATM, 'virial').entropy_J_per_molK, 1e-12);
  expect(alone.chemicalPotentials[0]).toBe(Number.NEGATIVE_INFINITY);
});

test('every mechanism produces entropy, for random states', () => {
  fc.assert(
    fc.property(shares, shares, temperature, temperature, pressure, pressure, (x, y, T1, T2, p1, p2) => {
      expect(heatExchangeEntropy(2, T1, T2)).toBeGreaterThanOrEqual(0);
      within(heatFlowEntropy(2 * (T1 - T2), T1, T2) + 1, heatExchangeEntropy(2, T1, T2) + 1, 1e-12);
      expect(throttlingEntropy(0.1, Math.max(p1, p2), Math.min(p1, p2))).toBeGreaterThanOrEqual(0);
      expect(frictionEntropy(3, T1)).toBeGreaterThan(0);
      const mixing = streamMixingEntropy(x, y);
      expect(mixing).toBeGreaterThanOrEqual(-1e-12);
      const together = x.map((v, k) => v + (y[k] as number));
      const change = gasEntropy(together, T1, p1) - gasEntropy(x, T1, p1) - gasEntropy(y, T1, p1);
      expect(Math.abs(change - mixing)).toBeLessThan(1e-10);
      expect(streamExergy(x, T1, p1, 300, p1)).toBeGreaterThanOrEqual(0);
      const throttled = gasEntropy(x, T1, Math.min(p1, p2)) - gasEntropy(x, T1, Math.max(p1, p2));
      expect(Math.abs(throttled - throttlingEntropy(1, Math.max(p1, p2), Math.min(p1, p2)))).toBeLessThan(1e-10);
      const before = streamExergy(x, T1, Math.max(p1, p2), 300, ATM);
      const after = streamExergy(x, T1, Math.min(p1, p2), 300, ATM);
      expect(Math.abs(before - after - exergyDestruction(300, throttled))).toBeLessThan(1e-7);
    }),
    { numRuns: 100, seed: 5 },
  );
  expect(flowExergy(100, 0.2, 0, 0, 300)).toBe(40);
});
