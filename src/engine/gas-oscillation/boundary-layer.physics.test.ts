import { expect, test } from 'vitest';
import { POLE_SETS, poleWeights } from './boundary-layer.ts';

type Complex = readonly [number, number];
const mul = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const div = ([a, b]: Complex, [c, d]: Complex): Complex => [
  (a * c + b * d) / (c * c + d * d),
  (b * c - a * d) / (c * c + d * d),
];

/** Exact f_κ of a sphere: (3/z²)(z coth z − 1), z = (1 + i)a/δ, Ω = 2(a/δ)²; coth z = 1 for thin layers. */
function sphere(Omega: number): Complex {
  const x = Math.sqrt(Omega / 2);
  const z: Complex = [x, x];
  return div([3 * (z[0] - 1), 3 * z[1]], mul(z, z));
}

/** f recovered from the states and the slow conduction: g = 15/(iΩ) + Σ w_k/(1 + iω̂θ_k) + w_∞, f = g/(1 + g). */
function fitted(states: string, Omega0: number, ratio: number): Complex {
  const set = POLE_SETS[states] as (typeof POLE_SETS)[string];
  const weights = new Float64Array(set.theta.length + 1);
  poleWeights(set, 'sphere', Omega0, weights);
  let g: Complex = [weights.at(-1) as number, -15 / (Omega0 * ratio)];
  set.theta.forEach((theta, k) => {
    const x = ratio * theta;
    const w = (weights[k] as number) / (1 + x * x);
    g = [g[0] + w, g[1] - w * x];
  });
  return div(g, [1 + g[0], g[1]]);
}

for (const [states, tolerance] of [
  ['2', 0.006],
  ['3', 0.005],
  ['4', 0.005],
  ['1', 0.006],
] as const) {
  test(`${states} states hold the sphere’s thermal loss over their band within ${100 * tolerance} %`, () => {
    const [low, high] = (POLE_SETS[states] as (typeof POLE_SETS)[string]).band;
    for (const thickness of [150, 500, 620]) {
      for (let ratio = low; ratio <= high; ratio *= 1.05) {
        const exact = sphere(2 * thickness * thickness * ratio)[1];
        const loss = fitted(states, 2 * thickness * thickness, ratio)[1];
        expect(Math.abs(loss / exact - 1)).toBeLessThan(tolerance);
      }
    }
  });
}

test('two states are exact at the drive and its second harmonic, curvature included', () => {
  const set = POLE_SETS['2'] as (typeof POLE_SETS)[string];
  const response = (weights: readonly number[], ratio: number): Complex =>
    set.theta.reduce<Complex>(
      ([re, im], theta, k) => {
        const w = (weights[k] as number) / (1 + (ratio * theta) ** 2);
        return [re + w, im - w * ratio * theta];
      },
      [weights.at(-1) as number, 0],
    );
  for (const ratio of [1, 2]) {
    const [re, im] = response([...set.weight, set.instant], ratio);
    expect(re).toBeCloseTo(1 / Math.sqrt(2 * ratio), 13);
    expect(im).toBeCloseTo(-1 / Math.sqrt(2 * ratio), 13);
    expect(response(set.curvature, ratio)[1]).toBeCloseTo(-1 / ratio, 13);
  }
  expect(response(set.curvature, 1)[0]).toBeCloseTo(0, 13);
});

test('every weight is positive, so that each state only dissipates', () => {
  for (const set of Object.values(POLE_SETS)) {
    const weights = new Float64Array(set.theta.length + 1);
    for (let Omega = 1; Omega < 1e8; Omega *= 3) {
      for (const geometry of ['sphere', 'tube'] as const) {
        poleWeights(set, geometry, Omega, weights);
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
      }
    }
  }
});
