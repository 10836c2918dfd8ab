// Cases of the area chamber.

import type { Farm } from '../farm.ts';
import { ATM, fractions, gasProperties } from '../gas/mixture.ts';
import type { SpeciesSymbol } from '../gas/species.ts';
import {
  acousticGas,
  exactDuctImpedance,
  radialModeQuality,
  sphereModeFrequency,
  thermalDepth,
  thermoviscous,
  wallDissipation,
  wavenumberRadius,
} from '../gas-oscillation/acoustics.ts';
import { networkModes } from '../gas-oscillation/modes.ts';
import { helmholtzFrequency } from '../gas-oscillation/resonance.ts';
import { ringDown } from '../gas-oscillation/ring-down.ts';
import { sphereRadius } from '../lattice/sphere.ts';
import { PI } from '../numerics/elementary.ts';
import { sphericalBesselDerivativeZero } from '../numerics/special.ts';
import { farmWith } from '../testing.ts';
import { rows, type ValidationCase } from './case.ts';

const gas = (symbol: SpeciesSymbol) => acousticGas(gasProperties(fractions({ [symbol]: 1 }), 300, ATM, 'ideal'), ATM);
const LITRE_RADIUS = sphereRadius(1e-3);

/** Ten chambers of 1 L nitrogen in a chain, ducts 10 × 60 mm, without losses and duct volume: cases C04 and C05. */
const CHAIN: Readonly<Record<string, unknown>> = {
  'layout.kind': 'custom',
  'layout.positions_m': Array.from({ length: 10 }, (_, i) => [0.3 * i, 0, 0]),
  'layout.edges': Array.from({ length: 9 }, (_, i) => [i, i + 1]),
  'duct.diameter_m': 0.01,
  'duct.length_m': 0.06,
  'duct.minor_loss': 0,
  'duct.include_volume': false,
  'gas.mixture': { N2: 1 },
  'initial.pressure_Pa': ATM,
  'drive.enabled': false,
  'chips.power_W': 0,
  'simulation.losses': 'none',
  'simulation.gas_model': 'ideal',
};
/** Sound speed that those cases assume, m/s; ours is 6e-5 less, and frequencies scale by the ratio. */
const CASE_SOUND_SPEED = 353.029;
const ourSoundSpeed = (farm: Farm): number => farm.coefficients.gas[0].idealSoundSpeed_m_per_s;

/** Pressures of chambers 1, 5 and 10 at 0.5 s after 100 Pa in the first, from a thousandth of it so that the gas stays linear. */
function steppedRingDown(timeStep: number): number[] {
  const small = 0.1;
  const farm = farmWith({
    ...CHAIN,
    'duct.resistance_Pa_s_per_m3': 4989.39,
    'initial.pressure_Pa': [ATM + small, ...Array.from({ length: 9 }, () => ATM)],
    'simulation.time_step_s': timeStep,
  });
  const end = 0.5 * (CASE_SOUND_SPEED / ourSoundSpeed(farm));
  const steps = Math.floor(end / timeStep);
  const share = end / timeStep - steps;
  const at = (): number[] => [0, 4, 9].map((i) => ((farm.state.pressure[i] - ATM) * 100) / small);
  farm.step(steps);
  const first = at();
  farm.step(1);
  return at().map((p, m) => first[m] * (1 - share) + p * share);
}

export const CHAMBER_CASES: readonly ValidationCase[] = [
  {
    id: 'C01',
    area: 'chamber',
    description: 'Helmholtz resonance, 1 L N₂ (a = 353.029 m/s), duct 10 × 60 mm, flanged, Hz',
    source: '(a/2π)√(A/(V l_eff))',
    tolerance: { relative: 1e-5 },
    compute: () => rows([['f', 60.1631, helmholtzFrequency(CASE_SOUND_SPEED, 1e-3, 0.01, 0.06, 0.85)]]),
  },
  {
    id: 'C02',
    area: 'chamber',
    description: 'Helmholtz resonance, He (a = 1019.133 m/s), duct 50 × 30 mm, Hz',
    source: 'as C01; ngspice 844.12',
    tolerance: { relative: 1e-5 },
    compute: () => rows([['f', 844.106, helmholtzFrequency(1019.133, 1e-3, 0.05, 0.03, 0.85)]]),
  },
  {
    id: 'C04',
    area: 'chamber',
    description: 'modes of a free chain of ten chambers in the engine’s network (scaled to a = 353.029 m/s), Hz',
    source: '2 f₀ sin(kπ/20); ngspice',
    tolerance: { relative: 1e-5 },
    compute: () => {
      const farm = farmWith(CHAIN);
      const scale = CASE_SOUND_SPEED / ourSoundSpeed(farm);
      const expected = [18.8232, 37.1829, 54.627, 70.726, 85.0835, 97.346, 107.2115, 114.4371, 118.8449];
      const { frequencies_Hz } = networkModes(farm, 9);
      return rows(expected.map((f, k) => [`mode ${k + 1}`, f, frequencies_Hz[k] * scale]));
    },
  },
  {
    id: 'C05',
    area: 'chamber',
    description:
      'ring-down of that chain at 0.5 s with R = 4989.39 Pa·s/m³, Pa: exact modes, and the engine’s time step',
    source: 'matrix exponential, C = 7.051013e-9 m³/Pa, L = 992.4938 kg/m⁴, R = 4989.39 Pa·s/m³',
    tolerance: { absolute: 1e-4 },
    compute: () => {
      const network = {
        chambers: 10,
        edges: Uint32Array.from({ length: 18 }, (_, k) => (k + 1) >> 1),
        compliance: 7.051013e-9,
        inertance: 992.4938,
        resistance: 4989.39,
      };
      const exact = ringDown(network, [100, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0.5);
      const coarse = steppedRingDown(50e-6);
      const fine = steppedRingDown(25e-6);
      const limit = fine.map((p, k) => p + (p - coarse[k]) / 3);
      return [
        ...rows([
          ['chamber 1, modes', -7.7127, exact[0]],
          ['chamber 5, modes', 11.4347, exact[4]],
          ['chamber 10, modes', 12.5352, exact[9]],
        ]),
        // Extrapolated from steps of 50 and 25 µs. Our gas is 6e-5 slower, which the time is scaled for but the damping is not.
        ...rows(
          [
            ['chamber 1, time step', -7.7127, limit[0]],
            ['chamber 5, time step', 11.4347, limit[1]],
            ['chamber 10, time step', 12.5352, limit[2]],
          ],
          { absolute: 2e-3 },
        ),
      ];
    },
  },
  {
    id: 'C06',
    area: 'chamber',
    description: 'eigenvalues ka of a sphere, and its modes with 1 L N₂ at 300 K, Hz',
    source: 'zeros of j_n′ (Rayleigh 1877)',
    tolerance: { relative: 1e-4 },
    compute: () =>
      rows(
        (
          [
            [1, 2.081576, 1885.2],
            [2, 3.342094, 3026.8],
            [0, 4.493409, 4069.5],
          ] as const
        ).flatMap(([degree, ka, f]) => [
          [`ka (${degree},1)`, ka, sphericalBesselDerivativeZero(degree, 1)] as const,
          [`f (${degree},1)`, f, sphereModeFrequency(gas('N2').soundSpeed, LITRE_RADIUS, degree, 1)] as const,
        ]),
      ),
  },
  {
    id: 'C08',
    area: 'chamber',
    description: 'ka of a 1 L sphere at 1 kHz, 300 K',
    source: '2πfa/c',
    tolerance: { relative: 1e-3 },
    compute: () =>
      rows(
        (
          [
            ['N2', 1.1042],
            ['Ne', 0.8587],
            ['Ar', 1.2083],
            ['He', 0.3825],
          ] as const
        ).map(([symbol, ka]) => [symbol, ka, wavenumberRadius(gas(symbol).soundSpeed, 1000, LITRE_RADIUS)]),
      ),
  },
  {
    id: 'C09',
    area: 'chamber',
    description: 'thermal function of a 1 L sphere, N₂ 1 atm 60 Hz, and its wall loss at 1 kPa, mW',
    source: '(3/z²)(z coth z − 1)',
    tolerance: { relative: 5e-3 },
    compute: () => {
      const { f } = thermoviscous('sphere', LITRE_RADIUS / thermalDepth(gas('N2'), 60));
      return rows([
        ['Re f', 0.0082458, f[0]],
        ['Im f', -0.0082005, f[1]],
        ['loss', 4.3563, wallDissipation(gas('N2'), 60, LITRE_RADIUS, 1000) * 1e3],
      ]);
    },
  },
  {
    id: 'C11',
    area: 'chamber',
    description: 'impedance of a duct 20 × 50 mm, N₂ 1 atm 300 K 121.7 Hz: R Pa·s/m³, L kg/m⁴',
    source: 'iωρl/[A(1 − f_ν)]',
    tolerance: { relative: 1e-3 },
    compute: () => {
      const z = exactDuctImpedance(gas('N2'), 121.7, 0.01, 0.05);
      return rows([
        ['R', 2893.7, z.resistance],
        ['L', 184.782, z.inertance],
      ]);
    },
  },
  {
    id: 'C12',
    area: 'chamber',
    description: 'low-frequency limit of a duct 2 × 50 mm in N₂: R over 8μl/πr⁴, L over ρl/A',
    source: 'models.md 2.2',
    tolerance: { relative: 1e-6 },
    compute: () => {
      const g = gas('N2');
      const z = exactDuctImpedance(g, 1e-3, 1e-3, 0.05);
      const area = PI * 1e-6;
      return rows([
        ['R ratio', 1, (z.resistance * area * area) / (8 * PI * g.viscosity * 0.05)],
        ['L ratio', 4 / 3, (z.inertance * area) / (g.density * 0.05)],
      ]);
    },
  },
  {
    id: 'C13',
    area: 'chamber',
    description: 'quality of the radial mode of a 1 L Ar sphere, 300 K 1 atm, thermal layer only',
    source: 'Moldover, Mehl & Greenspan 1986',
    tolerance: { relative: 0.01 },
    compute: () => {
      const argon = gas('Ar');
      const f = sphereModeFrequency(argon.soundSpeed, LITRE_RADIUS, 0, 1);
      return rows([['Q', 2190, radialModeQuality(argon, f, LITRE_RADIUS)]]);
    },
  },
];
