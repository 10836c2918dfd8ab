// Cases of the areas thermo and stat-mech.

import { heatCapacity, standardEntropy } from '../gas/ideal.ts';
import { ATM, adiabaticTemperatureRatio, fractions, gasProperties, maximumWaterFraction } from '../gas/mixture.ts';
import { SPECIES, type SpeciesSymbol } from '../gas/species.ts';
import { pureVirial } from '../gas/virial.ts';
import { saturationPressure } from '../gas/water.ts';
import { mixingEntropy } from '../thermodynamics/entropy-calculator.ts';
import {
  collisionRate,
  meanFreePath,
  meanSpeed,
  mostProbableSpeed,
  rmsSpeed,
} from '../thermodynamics/kinetic-theory.ts';
import {
  einsteinFunction,
  rigidRotorHarmonicOscillator,
  sackurTetrode,
} from '../thermodynamics/quantum-thermodynamics.ts';
import { rows, type ValidationCase } from './case.ts';

const index = (symbol: SpeciesSymbol): number => SPECIES.findIndex((s) => s.symbol === symbol);
const mass = (symbol: SpeciesSymbol): number => SPECIES[index(symbol)].molarMass;
const pure = (symbol: SpeciesSymbol, T: number, p: number) => gasProperties(fractions({ [symbol]: 1 }), T, p, 'virial');
const REFERENCE_STATES = 'reference equations of state (reference_pure_gas.csv)';

export const THERMO_CASES: readonly ValidationCase[] = [
  {
    id: 'T01',
    area: 'thermo',
    description: 'N₂ ideal-gas heat capacity, J/(mol·K)',
    source: 'McBride, Zehe & Gordon 2002 (NASA-9)',
    tolerance: { relative: 1e-4 },
    compute: () =>
      rows(
        (
          [
            [200, 29.1073],
            [298.15, 29.1242],
            [400, 29.2486],
            [1000, 32.6963],
          ] as const
        ).map(([T, cp]) => [`${T} K`, cp, heatCapacity(index('N2'), T)]),
      ),
  },
  {
    id: 'T02',
    area: 'thermo',
    description: 'H₂O vapour heat capacity, J/(mol·K)',
    source: 'JANAF 1998',
    tolerance: { relative: 1e-3 },
    compute: () =>
      rows(
        (
          [
            [200, 33.349],
            [298.15, 33.59],
            [400, 34.262],
            [500, 35.226],
            [1000, 41.268],
          ] as const
        ).map(([T, cp]) => [`${T} K`, cp, heatCapacity(index('H2O'), T)]),
      ),
  },
  {
    id: 'T03',
    area: 'thermo',
    description: 'standard entropy at 298.15 K, 1 bar, J/(mol·K)',
    source: 'CRC Handbook',
    tolerance: { absolute: 0.05 },
    compute: () =>
      rows(
        (
          [
            ['N2', 191.6],
            ['H2O', 188.8],
            ['He', 126.2],
          ] as const
        ).map(([symbol, s]) => [symbol, s, standardEntropy(index(symbol), 298.15)]),
      ),
  },
  {
    id: 'T06',
    area: 'thermo',
    description: 'sound speed of N₂ at 300 K, m/s',
    source: REFERENCE_STATES,
    tolerance: { relative: 1e-3 },
    compute: () => [
      ...rows([
        ['1 atm', 353.161, pure('N2', 300, ATM).soundSpeed_m_per_s],
        ['10 atm', 354.651, pure('N2', 300, 10 * ATM).soundSpeed_m_per_s],
      ]),
      ...rows([['ideal gas', 353.007, pure('N2', 300, ATM).idealSoundSpeed_m_per_s]], { relative: 5e-4 }),
    ],
  },
  {
    id: 'T07',
    area: 'thermo',
    description: 'sound speed of He and Ar at 300 K, m/s',
    source: REFERENCE_STATES,
    tolerance: { relative: 1e-3 },
    compute: () =>
      rows(
        (
          [
            ['He', 1, 1019.59],
            ['He', 10, 1023.65],
            ['Ar', 1, 322.672],
            ['Ar', 10, 323.449],
          ] as const
        ).map(([symbol, p, w]) => [`${symbol} ${p} atm`, w, pure(symbol, 300, p * ATM).soundSpeed_m_per_s]),
      ),
  },
  {
    id: 'T09',
    area: 'thermo',
    description: 'compressibility factor at 10 atm',
    source: REFERENCE_STATES,
    tolerance: { absolute: 1e-3 },
    compute: () =>
      rows([
        ['N2 200 K', 0.978488, pure('N2', 200, 10 * ATM).compressibility],
        ['Ar 300 K', 0.993973, pure('Ar', 300, 10 * ATM).compressibility],
      ]),
  },
  {
    id: 'T11',
    area: 'thermo',
    description: 'second virial coefficient at 298.15 K, cm³/mol',
    source: REFERENCE_STATES,
    tolerance: { absolute: 1 },
    compute: () => {
      const B = (symbol: SpeciesSymbol): number => pureVirial(index(symbol), 298.15).B * 1e6;
      return [
        ...rows([
          ['N2', -4.91, B('N2')],
          ['O2', -15.86, B('O2')],
          ['Ar', -15.55, B('Ar')],
          ['He', 11.84, B('He')],
          ['Ne', 11.53, B('Ne')],
        ]),
        ...rows([['H2O', -1241, B('H2O')]], { relative: 0.08 }),
      ];
    },
  },
  {
    id: 'T12',
    area: 'thermo',
    description: 'saturation pressure over water, Pa',
    source: 'Wagner & Pruß 2002',
    tolerance: { relative: 2e-4 },
    compute: () =>
      rows(
        (
          [
            [273.16, 611.657],
            [300, 3536.72],
            [320, 10546.4],
            [373.1243, 101325],
          ] as const
        ).map(([T, p]) => [`${T} K`, p, saturationPressure(T)]),
      ),
  },
  {
    id: 'T14',
    area: 'thermo',
    description: 'sublimation pressure over ice, Pa',
    source: 'IAPWS R14-08',
    tolerance: { relative: 5e-4 },
    compute: () =>
      rows(
        (
          [
            [200, 0.162604],
            [230, 8.94735],
            [250, 76.0127],
          ] as const
        ).map(([T, p]) => [`${T} K`, p, saturationPressure(T)]),
      ),
  },
  {
    id: 'T15',
    area: 'thermo',
    description: 'largest mole fraction of water vapour before condensation',
    source: 'p_sat/p',
    tolerance: { relative: 1e-3 },
    compute: () =>
      rows([
        ['300 K, 1 atm', 0.034905, maximumWaterFraction(300, ATM)],
        ['300 K, 10 atm', 0.0034905, maximumWaterFraction(300, 10 * ATM)],
        ['250 K, 1 atm (ice)', 7.502e-4, maximumWaterFraction(250, ATM)],
      ]),
  },
  {
    id: 'T16',
    area: 'thermo',
    description: 'temperature ratio of adiabatic compression 0.1 to 10 atm',
    source: '100^((γ−1)/γ)',
    tolerance: { relative: 1e-5 },
    compute: () =>
      rows([
        ['γ = 1.4', 3.72759, adiabaticTemperatureRatio(100, 1.4)],
        ['γ = 5/3', 6.30957, adiabaticTemperatureRatio(100, 5 / 3)],
      ]),
  },
  {
    id: 'T17',
    area: 'stat-mech',
    description: 'Sackur–Tetrode entropy at 298.15 K, 1 bar, J/(mol·K)',
    source: 'Sackur 1911, Tetrode 1912',
    tolerance: { absolute: 1e-4 },
    compute: () =>
      rows([
        ['He', 126.1529, sackurTetrode(mass('He'), 298.15, 1e5)],
        ['Ne', 146.3287, sackurTetrode(mass('Ne'), 298.15, 1e5)],
      ]),
  },
  {
    id: 'T19',
    area: 'stat-mech',
    description: 'rigid rotor and harmonic vibrations at 298.15 K, 1 bar, J/(mol·K)',
    source: 'constants of models.md 7.4',
    tolerance: { absolute: 0.01 },
    compute: () => {
      const nitrogen = rigidRotorHarmonicOscillator('N2', 298.15);
      const water = rigidRotorHarmonicOscillator('H2O', 298.15);
      return [
        ...rows([
          ['N2 S', 191.6, nitrogen.entropy],
          ['N2 c_p', 29.113, nitrogen.cp],
          ['H2O S', 188.717, water.entropy],
          ['H2O c_p', 33.482, water.cp],
        ]),
        ...rows(
          [
            ['N2 S against NASA-9', standardEntropy(index('N2'), 298.15), nitrogen.entropy],
            ['H2O S against NASA-9', standardEntropy(index('H2O'), 298.15), water.entropy],
          ],
          { absolute: 0.15 },
        ),
      ];
    },
  },
  {
    id: 'T21',
    area: 'stat-mech',
    description: 'Einstein function at x = 1; ideal mixing entropy of an equimolar pair, J/(mol·K)',
    source: 'Einstein 1907; R ln 2',
    tolerance: { relative: 1e-6 },
    compute: () =>
      rows([
        ['Einstein', 0.920674, einsteinFunction(1)],
        ['mixing', 5.763146, mixingEntropy([0.5, 0.5])],
      ]),
  },
  {
    id: 'T22',
    area: 'stat-mech',
    description: 'speeds (m/s), mean free path (nm) and collision rate (1/s) of N₂ at 300 K, 1 atm, d = 3.798 Å',
    source: 'Maxwell–Boltzmann; kT/(√2 π d² p)',
    tolerance: { relative: 1e-4 },
    compute: () =>
      rows([
        ['mean', 476.173, meanSpeed(mass('N2'), 300)],
        ['most probable', 421.997, mostProbableSpeed(mass('N2'), 300)],
        ['rms', 516.839, rmsSpeed(mass('N2'), 300)],
        ['mean free path', 63.784, meanFreePath(3.798e-10, 300, ATM) * 1e9],
        ['collision rate', 7.4654e9, collisionRate(mass('N2'), 3.798e-10, 300, ATM)],
      ]),
  },
];
