// Cases of the area transport.

import { ATM, fractions, gasProperties } from '../gas/mixture.ts';
import { SPECIES, type SpeciesSymbol } from '../gas/species.ts';
import {
  binaryDiffusion,
  collisionIntegral,
  mixtureTransport,
  pureConductivity,
  pureViscosity,
} from '../gas/transport.ts';
import { wilkeViscosity } from '../gas/wilke.ts';
import { acousticGas, thermalDepth, viscousDepth } from '../gas-oscillation/acoustics.ts';
import { rows, type ValidationCase } from './case.ts';

const index = (symbol: SpeciesSymbol): number => SPECIES.findIndex((s) => s.symbol === symbol);
const LEMMON_JACOBSEN = 'Lemmon & Jacobsen 2004';
const AIR_OF_TABLE = { N2: 0.78084, O2: 0.20946, Ar: 0.0097 };

export const TRANSPORT_CASES: readonly ValidationCase[] = [
  {
    id: 'X01',
    area: 'transport',
    description: 'dilute viscosity (µPa·s) and conductivity (mW/(m·K)) at 300 K',
    source: LEMMON_JACOBSEN,
    tolerance: { relative: 1e-3 },
    compute: () => {
      // The table's air is a fit of its own; ours is a mixture, to the tolerance of X14.
      const air = mixtureTransport(fractions(AIR_OF_TABLE), 300);
      return [
        ...rows([
          ['N2 η', 17.8771, pureViscosity(index('N2'), 300) * 1e6],
          ['N2 λ', 25.9361, pureConductivity(index('N2'), 300) * 1e3],
          ['Ar η', 22.7241, pureViscosity(index('Ar'), 300) * 1e6],
          ['Ar λ', 17.8042, pureConductivity(index('Ar'), 300) * 1e3],
        ]),
        ...rows([['air η', 18.523, air.viscosity * 1e6]], { relative: 0.005 }),
        ...rows([['air λ', 26.3529, air.conductivity * 1e3]], { relative: 0.02 }),
      ];
    },
  },
  {
    id: 'X03',
    area: 'transport',
    description: 'He conductivity at 300 K (W/(m·K)) and viscosity at 400 K (µPa·s)',
    source: 'Hands & Arp 1981; Arp et al. 1998',
    tolerance: { relative: 0.01 },
    compute: () =>
      rows([
        ['λ', 0.156, pureConductivity(index('He'), 300)],
        ['η', 24.29, pureViscosity(index('He'), 400) * 1e6],
      ]),
  },
  {
    id: 'X05',
    area: 'transport',
    description: 'dilute viscosity of N₂ and He, µPa·s',
    source: 'reference correlations',
    tolerance: { relative: 2e-3 },
    compute: () =>
      rows(
        (
          [
            [200, 12.889, 15.135],
            [250, 15.483, 17.597],
            [350, 20.107, 22.151],
            [400, 22.2, 24.29],
          ] as const
        ).flatMap(([T, n2, he]) => [
          [`N2 ${T} K`, n2, pureViscosity(index('N2'), T) * 1e6] as const,
          [`He ${T} K`, he, pureViscosity(index('He'), T) * 1e6] as const,
        ]),
      ),
  },
  {
    id: 'X07',
    area: 'transport',
    description: 'Lennard-Jones collision integrals',
    source: 'Kim & Monroe 2014',
    tolerance: { relative: 1e-4 },
    compute: () =>
      rows([
        ['Ω(1,1) T* = 0.3', 2.65, collisionIntegral('1,1', 0.3)],
        ['Ω(2,2) T* = 0.3', 2.8436, collisionIntegral('2,2', 0.3)],
        ['Ω(1,1) T* = 400', 0.41418, collisionIntegral('1,1', 400)],
        ['Ω(2,2) T* = 400', 0.47103, collisionIntegral('2,2', 400)],
      ]),
  },
  {
    id: 'X08',
    area: 'transport',
    description: 'Wilke’s rule, x 0.05/0.95, η 1.34e-5/9.5029e-6 Pa·s, M 64.06/46.07',
    source: 'Wilke 1950 (value of CalebBell/chemicals)',
    tolerance: { relative: 1e-10 },
    compute: () =>
      rows([['η', 9.701614885866193e-6, wilkeViscosity([0.05, 0.95], [1.34e-5, 9.5029e-6], [64.06, 46.07])]]),
  },
  {
    id: 'X09',
    area: 'transport',
    description: 'binary diffusion He–Ar at 298.15 K, 1 atm, cm²/s',
    source: 'two-bulb measurements, log D = 1.684 log T − 4.2902',
    tolerance: { relative: 0.02 },
    compute: () => rows([['D', 0.7529, binaryDiffusion(index('He'), index('Ar'), 298.15, ATM) * 1e4]]),
  },
  {
    id: 'X11',
    area: 'transport',
    description: 'smallest Prandtl number of He–Ar at 300 K',
    source: 'first-order Chapman–Enskog',
    tolerance: { relative: 0.01 },
    compute: () => {
      let best = { prandtl: 1, helium: 0 };
      for (let helium = 0.5; helium < 0.75; helium += 0.001) {
        const { prandtl } = gasProperties(fractions({ He: helium, Ar: 1 - helium }), 300, ATM, 'ideal');
        if (prandtl < best.prandtl) best = { prandtl, helium };
      }
      return rows([
        ['Pr', 0.412, best.prandtl],
        ['x He', 0.618, best.helium],
      ]);
    },
  },
  {
    id: 'X12',
    area: 'transport',
    description: 'six gases (N₂ .60 O₂ .15 H₂O .01 He .15 Ne .02 Ar .07) at 300 K',
    source: 'mixture_cases.json',
    tolerance: { relative: 0.01 },
    compute: () => {
      const x = fractions({ N2: 0.6, O2: 0.15, H2O: 0.01, He: 0.15, Ne: 0.02, Ar: 0.07 });
      const g = gasProperties(x, 300, ATM, 'ideal');
      return [
        ...rows(
          [
            ['M g/mol', 25.5884, g.molarMass_kg_per_mol * 1e3],
            ['c_p J/(mol·K)', 27.2077, g.cp_J_per_molK],
            ['γ', 1.44007, g.gamma],
            ['a m/s', 374.67, g.idealSoundSpeed_m_per_s],
          ],
          { relative: 5e-4 },
        ),
        ...rows([
          ['η µPa·s', 19.355, g.viscosity_Pa_s * 1e6],
          ['λ mW/(m·K)', 33.07, g.conductivity_W_per_mK * 1e3],
          ['Pr', 0.6223, g.prandtl],
        ]),
      ];
    },
  },
  {
    id: 'X14',
    area: 'transport',
    description: 'dry air from its components at 300 K',
    source: LEMMON_JACOBSEN,
    tolerance: { relative: 0.02 },
    compute: () => {
      const air = mixtureTransport(fractions(AIR_OF_TABLE), 300);
      return [
        ...rows([['η µPa·s', 18.523, air.viscosity * 1e6]], { relative: 0.005 }),
        ...rows([['λ mW/(m·K)', 26.353, air.conductivity * 1e3]]),
      ];
    },
  },
  {
    id: 'X15',
    area: 'transport',
    description: 'penetration depths in N₂ at 300 K, 1 atm, 1 kHz, µm',
    source: '√(2ν/ω), √(2α/ω)',
    tolerance: { relative: 2e-3 },
    compute: () => {
      const gas = acousticGas(gasProperties(fractions({ N2: 1 }), 300, ATM, 'ideal'), ATM);
      return rows([
        ['δ_ν', 70.715, viscousDepth(gas, 1000) * 1e6],
        ['δ_κ', 83.532, thermalDepth(gas, 1000) * 1e6],
      ]);
    },
  },
];
