// Cases of the areas thermal and ledger.

import {
  airChangesPerHour,
  airTemperatureRise,
  faceSpeed,
  sphereForcedNusselt,
  sphereFreeNusselt,
  verticalPlateNusselt,
} from '../cooling/convection.ts';
import { freeSphereNusselt } from '../cooling/wall-room.ts';
import { AIR, ATM, gasProperties } from '../gas/mixture.ts';
import { pairAt, pairEquilibrium, pairTimeConstant } from '../thermodynamics/entropy-calculator.ts';
import {
  carnotEfficiency,
  curzonAhlbornEfficiency,
  hotTemperatureFor,
  landauerLimit,
} from '../thermodynamics/free-energy.ts';
import { rows, type ValidationCase } from './case.ts';

export const HEAT_CASES: readonly ValidationCase[] = [
  {
    id: 'H01',
    area: 'thermal',
    description: 'two bodies, 100 and 300 J/K, 2 W/K, 400 and 300 K',
    source: 'closed form',
    tolerance: { relative: 1e-6 },
    compute: () => {
      const pair = { C1: 100, C2: 300, conductance: 2, T1: 400, T2: 300 };
      return rows([
        ['T end K', 325, pairEquilibrium(pair)],
        ['τ s', 37.5, pairTimeConstant(pair)],
        ['T₁(50 s) K', 344.76979, pairAt(pair, 50).T1],
        ['entropy J/K', 3.248876, pairAt(pair, Number.POSITIVE_INFINITY).entropy],
      ]);
    },
  },
  {
    id: 'H03',
    area: 'thermal',
    description: 'free convection of a vertical plate, Pr 0.69, Gr 2.63e9',
    source: 'Churchill & Chu 1975 (value of CalebBell/ht)',
    tolerance: { relative: 1e-4 },
    compute: () => rows([['Nu', 147.1619, verticalPlateNusselt(0.69 * 2.63e9, 0.69)]]),
  },
  {
    id: 'H05',
    area: 'thermal',
    description: 'free convection of a sphere, Pr 0.7, Gr 1e6 and 1e8',
    source: 'Churchill 1983, full form (values of CalebBell/ht)',
    tolerance: { relative: 1e-4 },
    compute: () => [
      ...rows([
        ['Gr 1e6', 15.1455, sphereFreeNusselt(0.7e6, 0.7)],
        ['Gr 1e8', 47.2718, sphereFreeNusselt(0.7e8, 0.7)],
      ]),
      ...rows([['Gr 1e6, simple form', 15.1455, freeSphereNusselt(0.7e6, 0.7)]], { relative: 0.01 }),
    ],
  },
  {
    id: 'H06',
    area: 'thermal',
    description: 'sphere in a stream, Re 1e4, Pr 0.707',
    source: 'Whitaker 1972',
    tolerance: { relative: 1e-4 },
    compute: () => rows([['Nu', 61.0629, sphereForcedNusselt(1e4, 707e-3)]]),
  },
  {
    id: 'H07',
    area: 'thermal',
    description: 'room of 300 m³ at 1000 m³/s; warming of 10 m³/s of air by 100 kW',
    source: 'Q/(ρc_pV̇)',
    tolerance: { relative: 0.01 },
    compute: () => {
      const air = gasProperties(AIR, 300, ATM, 'ideal');
      return rows([
        ['air changes 1/h', 12000, airChangesPerHour(1000, 300)],
        ['speed over 10 × 3 m, m/s', 33.3, faceSpeed(1000, 30)],
        ['warming K', 8.44, airTemperatureRise(1e5, air.density_kg_per_m3, air.cp_J_per_kgK, 10)],
      ]);
    },
  },
  {
    id: 'H08',
    area: 'ledger',
    description: 'Landauer limit kT ln 2, 1e-21 J',
    source: 'CODATA; Landauer 1961',
    tolerance: { relative: 1e-6 },
    compute: () =>
      rows([
        ['300 K', 2.870979, landauerLimit(300) * 1e21],
        ['77 K', 0.7368846, landauerLimit(77) * 1e21],
      ]),
  },
  {
    id: 'H09',
    area: 'ledger',
    description: 'Carnot and Curzon–Ahlborn at 400/300 K; hot side for η = 0.85 at 300 K, K',
    source: 'Carnot 1824; Curzon & Ahlborn 1975',
    // The table gives 0.133975 for 1 − √0.75 = 0.1339746: its own last digit is the tolerance.
    tolerance: { relative: 1e-6 },
    compute: () => [
      ...rows([['Carnot', 0.25, carnotEfficiency(400, 300)]]),
      ...rows([['Curzon–Ahlborn', 0.133975, curzonAhlbornEfficiency(400, 300)]], { absolute: 1e-6 }),
      ...rows([['T_h K', 2000, hotTemperatureFor(0.85, 300)]]),
    ],
  },
];
