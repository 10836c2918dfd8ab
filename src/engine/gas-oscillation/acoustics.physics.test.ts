// biome-ignore-all lint/correctness/noPrecisionLoss: reference values stand as computed, to 17 digits.
import { expect, test } from 'vitest';
import { AIR, ATM, fractions, gasProperties } from '../gas/mixture.ts';
import { sphereRadius } from '../lattice/sphere.ts';
import { complexMultiply, describingFunction, sphericalBesselDerivativeZero } from '../numerics/special.ts';
import { farmWith } from '../testing.ts';
import {
  acousticGas,
  exactDuctImpedance,
  type PoreShape,
  radialModeQuality,
  sphereCompliance,
  sphereModeFrequency,
  thermalDepth,
  thermoviscous,
  viscousDepth,
  wallDissipation,
  wavenumberRadius,
} from './acoustics.ts';
import { POLE_SETS, poleWeights } from './boundary-layer.ts';
import { compliance, ductImpedance } from './linear-network.ts';

const within = (value: number, expected: number, relative: number) =>
  expect(Math.abs(value / expected - 1), `${value} against ${expected}`).toBeLessThan(relative);
const gas = (mixture: Record<string, number>, T = 300, p = ATM) =>
  acousticGas(gasProperties(fractions(mixture), T, p, 'ideal'), p);
const LITRE_RADIUS = sphereRadius(1e-3);

/** f and 1 − f by mpmath's besseli, 30 digits: shape, size/δ, Re f, Im f, Re(1−f), Im(1−f). */
const EXACT: readonly (readonly [PoreShape, number, number, number, number, number])[] = [
  ['plates', 0.01, 0.9999999946666667, -6.6666666234920641e-5, 5.3333332983421523e-9, 6.6666666234920641e-5],
  ['tube', 0.01, 0.99999999916666667, -2.4999999971354168e-5, 8.3333333234375007e-10, 2.4999999971354168e-5],
  ['sphere', 0.01, 0.99999999974603175, -1.3333333328253969e-5, 2.5396825386564055e-10, 1.3333333328253969e-5],
  ['plates', 1, 0.67783795632910313, -0.40608537100959141, 0.32216204367089687, 0.40608537100959141],
  ['tube', 1, 0.92550565362349931, -0.22441026592098063, 0.074494346376500687, 0.22441026592098063],
  ['sphere', 1, 0.9755888715622834, -0.12845355712549145, 0.024411128437716599, 0.12845355712549145],
  ['plates', 5, 0.10000267884551092, -0.10001255900632554, 0.89999732115448908, 0.10001255900632554],
  ['tube', 5, 0.20063715241736711, -0.17951722999070753, 0.79936284758263289, 0.17951722999070753],
  ['sphere', 5, 0.29999196221474653, -0.23996232624843165, 0.70000803778525347, 0.23996232624843165],
  ['tube', 23.3, 0.042923615035092317, -0.041992524857963694, 0.95707638496490768, 0.041992524857963694],
  ['tube', 24, 0.041671382269149526, -0.040794096680282257, 0.95832861773085047, 0.040794096680282257],
  ['tube', 50, 0.020000510156071678, -0.019799500162917258, 0.97999948984392832, 0.019799500162917258],
  ['plates', 7071.0678, 7.0710678237309507e-5, -7.0710678237309507e-5, 0.99992928932176269, 7.0710678237309507e-5],
  ['tube', 7071.0678, 0.00014142135665142071, -0.00014141135629780876, 0.99985857864334858, 0.00014141135629780876],
  ['sphere', 7071.0678, 0.00021213203471192852, -0.00021210203471182784, 0.99978786796528807, 0.00021210203471182784],
];

test('thermoviscous functions of plates, tube and sphere against 30-digit Bessel functions, |z| 0.014 to 1e4', () => {
  for (const [shape, x, fRe, fIm, cRe, cIm] of EXACT) {
    const { f, complement, quotient } = thermoviscous(shape, x);
    const scale = Math.hypot(fRe, fIm);
    expect(Math.hypot(f[0] - fRe, f[1] - fIm) / scale, `${shape} ${x}`).toBeLessThan(2e-15);
    expect(Math.hypot(complement[0] - cRe, complement[1] - cIm) / Math.hypot(cRe, cIm)).toBeLessThan(2e-14);
    const product = complexMultiply(quotient, complement);
    expect(Math.hypot(product[0] - f[0], product[1] - f[1]) / scale).toBeLessThan(1e-14);
  }
});

test('the continued fraction and the asymptotic series agree where one takes over from the other', () => {
  for (const shape of ['plates', 'tube', 'sphere'] as const) {
    for (let x = 22; x < 45; x += 0.01) {
      const here = thermoviscous(shape, x).f;
      const next = thermoviscous(shape, x + 1e-9).f;
      expect(Math.hypot(here[0] - next[0], here[1] - next[1])).toBeLessThan(2e-10 * Math.hypot(...here));
    }
  }
});

test('|f| ≤ 1, Im f < 0 and f → 1 for every shape and layer', () => {
  for (const shape of ['plates', 'tube', 'sphere'] as const) {
    for (let x = 1e-4; x < 1e6; x *= 1.7) {
      const { f } = thermoviscous(shape, x);
      expect(Math.hypot(...f)).toBeLessThanOrEqual(1 + 1e-15);
      expect(f[1]).toBeLessThan(0);
    }
    expect(thermoviscous(shape, 1e-4).f[0]).toBeCloseTo(1, 14);
  }
});

test('C06 sphere modes (1,1), (2,1), (0,1) and their frequencies in nitrogen, 1e-4', () => {
  const expected = [
    [1, 2.081576, 1885.2],
    [2, 3.342094, 3026.8],
    [0, 4.493409, 4069.5],
  ] as const;
  for (const [degree, zero, frequency] of expected) {
    within(sphericalBesselDerivativeZero(degree, 1), zero, 2e-7);
    within(sphereModeFrequency(gas({ N2: 1 }).soundSpeed, LITRE_RADIUS, degree, 1), frequency, 1e-4);
  }
  // Further zeros: 4.514100 (3,1), 5.646704 (4,1), 5.940370 (1,2), 7.725252 (0,2) (Ferris 1952).
  for (const [degree, order, zero] of [
    [3, 1, 4.5141],
    [4, 1, 5.646704],
    [1, 2, 5.94037],
    [0, 2, 7.725252],
  ] as const)
    within(sphericalBesselDerivativeZero(degree, order), zero, 1e-6);
});

test('C08 lumped-validity number ka at 1 kHz, 1e-3', () => {
  for (const [symbol, ka] of [
    ['N2', 1.1042],
    ['Ne', 0.8587],
    ['Ar', 1.2083],
    ['He', 0.3825],
  ] as const)
    within(wavenumberRadius(gas({ [symbol]: 1 }).soundSpeed, 1000, LITRE_RADIUS), ka, 1e-3);
});

test('C09 f_κ of the 1 L sphere in nitrogen at 60 Hz and its wall loss at 1 kPa, 0.5 %', () => {
  const nitrogen = gas({ N2: 1 });
  const { f } = thermoviscous('sphere', LITRE_RADIUS / thermalDepth(nitrogen, 60));
  within(f[0], 0.0082458, 0.005);
  within(f[1], -0.0082005, 0.005);
  within(wallDissipation(nitrogen, 60, LITRE_RADIUS, 1000), 4.3563e-3, 0.005);
  // A wall of finite effusivity takes less: 1/(1 + ε_s).
  within(
    wallDissipation(nitrogen, 60, LITRE_RADIUS, 1000, 0.01) / wallDissipation(nitrogen, 60, LITRE_RADIUS, 1000),
    1 / 1.01,
    1e-12,
  );
});

test('C11 impedance of a duct 20 × 50 mm in nitrogen at 121.7 Hz, 0.1 %', () => {
  const z = exactDuctImpedance(gas({ N2: 1 }), 121.7, 0.01, 0.05);
  within(z.resistance, 2893.7, 1e-3);
  within(z.inertance, 184.782, 1e-3);
});

test('C12 low frequency: R → 8μl/πr⁴, L → 4ρl/3A; high: R → ωρlδ/(rA), L → ρl/A', () => {
  for (const g of [gas({ N2: 1 }), gas({ He: 0.62, Ar: 0.38 }, 300, 5 * ATM)]) {
    const radius = 1e-3;
    const length = 0.05;
    const area = Math.PI * radius * radius;
    const low = exactDuctImpedance(g, 1e-3, radius, length);
    within(low.resistance, (8 * g.viscosity * length) / (Math.PI * radius ** 4), 1e-6);
    within(low.inertance, (4 * g.density * length) / (3 * area), 1e-6);
    const f = 1e9;
    const high = exactDuctImpedance(g, f, radius, length);
    within(high.resistance, (2 * Math.PI * f * g.density * length * viscousDepth(g, f)) / (radius * area), 1e-3);
    within(high.inertance, (g.density * length) / area, 1e-3);
  }
});

test('C13 quality of the radial mode of a 1 L argon sphere, 1 %', () => {
  const argon = gas({ Ar: 1 });
  const f = sphereModeFrequency(argon.soundSpeed, LITRE_RADIUS, 0, 1);
  within(radialModeQuality(argon, f, LITRE_RADIUS), 2190, 0.01);
});

test('C26 describing function of the minor loss is 8/3π', () => {
  within(
    describingFunction((u) => Math.abs(u) * u, 1),
    0.848826,
    1e-6,
  );
  within(
    describingFunction((u) => Math.abs(u) * u, 3),
    8 / Math.PI,
    1e-9,
  );
  within(
    describingFunction((u) => u ** 3, 2),
    3,
    1e-12,
  );
});

test('X15 penetration depths of nitrogen at 1 kHz, 0.2 %', () => {
  within(viscousDepth(gas({ N2: 1 }), 1000), 70.715e-6, 2e-3);
  within(thermalDepth(gas({ N2: 1 }), 1000), 83.532e-6, 2e-3);
});

for (const [shape, thicknesses] of [
  ['sphere', [100, 150, 500, 620]],
  ['tube', [30, 60, 125, 250]],
] as const) {
  const slow = { sphere: 15, tube: 8 }[shape];
  for (const states of ['1', '2', '3', '4']) {
    test(`few-state ${shape} (${states} states) agrees with the exact function over its band`, () => {
      const set = POLE_SETS[states] as (typeof POLE_SETS)[string];
      const weights = new Float64Array(set.theta.length + 1);
      const worst = { loss: 0, stored: 0 };
      for (const thickness of thicknesses) {
        const Omega = 2 * thickness * thickness;
        poleWeights(set, shape, Omega, weights);
        const [low, high] = set.band;
        for (let k = 0; k <= 200; k++) {
          const ratio = low * (high / low) ** (k / 200);
          let re = weights.at(-1) as number;
          let im = -slow / (Omega * ratio);
          set.theta.forEach((theta, j) => {
            const x = ratio * theta;
            re += (weights[j] as number) / (1 + x * x);
            im -= ((weights[j] as number) * x) / (1 + x * x);
          });
          const exact = thermoviscous(shape, thickness * Math.sqrt(ratio)).quotient;
          worst.loss = Math.max(worst.loss, Math.abs(im / exact[1] - 1));
          worst.stored = Math.max(worst.stored, Math.abs(re / exact[0] - 1));
        }
      }
      expect(worst.loss).toBeLessThan({ 1: 0.008, 2: 0.006, 3: 0.004, 4: 0.004 }[states] as number);
      expect(worst.stored).toBeLessThan(states === '1' ? 0.12 : 0.04);
    });
  }
}

test('C11-like: the network’s own duct impedance and compliance are the exact ones at the drive frequency', () => {
  for (const mixture of [{ He: 0.62, Ar: 0.38 }, { N2: 1 }, { Ne: 0.5, O2: 0.5 }]) {
    const farm = farmWith({
      'layout.kind': 'custom',
      'layout.positions_m': [
        [0, 0, 0],
        [0.3, 0, 0],
      ],
      'layout.edges': [[0, 1]],
      'duct.length_m': 0.03,
      'duct.end_correction': 0,
      'duct.include_volume': false,
      'gas.mixture': mixture,
      'simulation.gas_model': 'ideal',
    });
    const p = farm.state.pressure[0] as number;
    const frequency = farm.values['drive.frequency_Hz'];
    const omega = 2 * Math.PI * frequency;
    const exactGas = acousticGas(gasProperties(fractions(mixture), 300, p, 'ideal'), p);
    const exact = exactDuctImpedance(exactGas, frequency, farm.values['duct.diameter_m'] / 2, 0.03);
    const [re, im] = ductImpedance(farm.coefficients, 0, omega);
    within(re, exact.resistance, 0.004);
    within(im, omega * exact.inertance, 1e-3);
    const C = sphereCompliance(exactGas, frequency, LITRE_RADIUS);
    const [cRe, cIm] = compliance(farm.linearMean(), farm.coefficients, 0, omega);
    within(cRe, C[0], 1e-4);
    within(cIm, C[1], 0.006);
  }
});

test('the room’s air has the Prandtl number of air', () => {
  within(gasProperties(AIR, 300, ATM, 'ideal').prandtl, 0.71, 0.02);
});
