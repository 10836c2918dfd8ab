// Cases of the areas gas-dyn, envelope and network.

import { GAS_CONSTANT as R } from '../constants.ts';
import { ATM, fractions } from '../gas/mixture.ts';
import { SPECIES, type SpeciesSymbol } from '../gas/species.ts';
import { swingEnvelope } from '../gas-oscillation/envelope.ts';
import { VesselNetwork } from '../gas-oscillation/vessel.ts';
import { constantGammaLaw } from '../gas-oscillation/vessel-gas.ts';
import { graphFigures } from '../lattice/graph.ts';
import { buildLayout } from '../lattice/layout.ts';
import { PI } from '../numerics/elementary.ts';
import { describingFunction } from '../numerics/special.ts';
import { defaultValues } from '../parameters/table.ts';
import {
  blowdown,
  blowdownTime,
  chokingConstant,
  criticalPressureRatio,
  orificeMassFlow,
} from '../pressure-control/valves.ts';
import { type Measurement, rows, type ValidationCase } from './case.ts';

const mass = (symbol: SpeciesSymbol): number => SPECIES[SPECIES.findIndex((s) => s.symbol === symbol)].molarMass;
function blowdownMeasurements(): Measurement[] {
  const effective = 0.85 * PI * 0.0005 * 0.0005;
  const gamma = 5 / 3;
  const tau = blowdownTime(1e-3, effective, Math.sqrt((gamma * R * 300) / mass('He')), gamma);
  const exact = blowdown(tau, tau, gamma);
  const helium = fractions({ He: 1 });
  const net = new VesselNetwork({
    volumes: [1e-3],
    reservoirs: [{ pressure: 1e5, temperature: 300, fractions: helium }],
    orifices: [{ from: 0, to: -1, effectiveArea: effective }],
  });
  net.fill(0, 1e6, 300, helium);
  net.advance(tau);
  return rows([
    ['τ s', 2.61299, tau],
    ['p/p₀ closed form', 0.2373047, exact.pressure],
    ['p/p₀ in the vessel', 0.2373047, net.pressure(0) / 1e6],
    ['T K in the vessel', 168.75, net.temperature(0)],
  ]);
}

function equalisationMeasurements(): Measurement[] {
  const nitrogen = fractions({ N2: 1 });
  const net = new VesselNetwork({
    volumes: [1e-3, 1e-3],
    reservoirs: [],
    orifices: [{ from: 0, to: 1, effectiveArea: 1e-6 }],
    law: constantGammaLaw(1.4),
  });
  net.fill(0, 10 * ATM, 300, nitrogen);
  net.fill(1, ATM, 300, nitrogen);
  const energy = net.totalEnergy();
  net.advance(30);
  return [
    ...rows([
      ['p atm', 5.5, net.pressure(0) / ATM],
      ['T₁ K', 252.894, net.temperature(0)],
      ['T₂ K', 368.671, net.temperature(1)],
    ]),
    ...rows([['energy residual', 0, net.totalEnergy() / energy - 1]], { absolute: 1e-12 }),
  ];
}

/** Temperature at which a vessel filled from vacuum by a 300 K line ends. */
function filledTemperature(symbol: SpeciesSymbol, gamma: number): number {
  const x = fractions({ [symbol]: 1 });
  const net = new VesselNetwork({
    volumes: [1e-3],
    reservoirs: [{ pressure: 5 * ATM, temperature: 300, fractions: x }],
    orifices: [{ from: -1, to: 0, effectiveArea: 5e-6 }],
    law: constantGammaLaw(gamma),
  });
  net.fill(0, 0, 300, x);
  net.advance(2);
  return net.temperature(0);
}

export const GAS_DYNAMICS_CASES: readonly ValidationCase[] = [
  {
    id: 'C15',
    area: 'gas-dyn',
    description: 'critical pressure ratio and choking constant',
    source: 'isentropic nozzle (Shapiro 1953)',
    tolerance: { relative: 1e-6 },
    compute: () =>
      rows([
        ['r_c γ 1.4', 0.528282, criticalPressureRatio(1.4)],
        ['Ψ* γ 1.4', 0.684731, chokingConstant(1.4)],
        ['r_c γ 5/3', 0.487139, criticalPressureRatio(5 / 3)],
        ['Ψ* γ 5/3', 0.726184, chokingConstant(5 / 3)],
      ]),
  },
  {
    id: 'C16',
    area: 'gas-dyn',
    description: 'orifice mass flow, g/s: N₂ 10 to 1 atm through 1 mm²; He 2 to 1.5 bar through 0.8 · 10 mm²',
    source: 'isentropic nozzle',
    tolerance: { relative: 1e-5 },
    compute: () => {
      const nitrogen = { pressure: 10 * ATM, temperature: 300, molarMass: mass('N2'), gamma: 1.4 };
      const helium = { pressure: 2e5, temperature: 300, molarMass: mass('He'), gamma: 5 / 3 };
      return rows([
        ['N2 choked', 2.325102, orificeMassFlow(nitrogen, ATM, 1e-6) * 1e3],
        ['He unchoked', 1.257325, orificeMassFlow(helium, 1.5e5, 8e-6) * 1e3],
      ]);
    },
  },
  {
    id: 'C18',
    area: 'gas-dyn',
    description: 'choked adiabatic blowdown, He 10 bar 300 K 1 L, d = 1 mm, C_d = 0.85, at t = τ',
    source: 'm/m₀ = [1 + (γ−1)t/2τ]^(−2/(γ−1))',
    tolerance: { relative: 1e-5 },
    compute: blowdownMeasurements,
  },
  {
    id: 'C20',
    area: 'gas-dyn',
    description: 'two 1 L N₂ tanks, 10 and 1 atm, 300 K, equalise adiabatically (γ = 1.4)',
    source: 'energy conserved, tank 1 isentropic',
    tolerance: { relative: 1e-5 },
    compute: equalisationMeasurements,
  },
  {
    id: 'C22',
    area: 'gas-dyn',
    description: 'filling an evacuated adiabatic vessel from a 300 K line, constant γ, K',
    source: 'γT₀ (with NASA-9: u(T) = h(300 K), see the vessel’s tests)',
    tolerance: { relative: 1e-6 },
    compute: () =>
      rows([
        ['N2', 420, filledTemperature('N2', 1.4)],
        ['He', 500, filledTemperature('He', 5 / 3)],
      ]),
  },
  {
    id: 'C23',
    area: 'envelope',
    description: 'founding request: 0.1 to 10 atm at 1 kHz in 1 L of N₂, valve choked at 20 atm',
    source: 'VΔp/(γ−1); mean flow in half a cycle',
    tolerance: { relative: 0.01 },
    compute: () => {
      const e = swingEnvelope({
        volume: 1e-3,
        lowPressure: 0.1 * ATM,
        highPressure: 10 * ATM,
        frequency: 1000,
        temperature: 300,
        molarMass: mass('N2'),
        gamma: 1.4,
        supplyPressure: 20 * ATM,
      });
      return rows([
        ['energy J', 2507.8, e.energySwing],
        ['power MW', 2.51, e.power / 1e6],
        ['mass flow kg/s', 22.5, e.massFlow],
        ['valve area cm²', 48.5, e.valveArea * 1e4],
      ]);
    },
  },
  {
    id: 'C24',
    area: 'network',
    description: 'hcp 10 × 10 × 10 unit-weight graph',
    source: 'construction rule of models.md 2.6',
    tolerance: { relative: 1e-5 },
    compute: () => {
      const built = buildLayout(defaultValues());
      if (!built.ok) return rows([['layout', 1, Number.NaN]]);
      const figures = graphFigures(built.layout);
      return rows([
        ['edges', 5130, figures.edges],
        ['nodes with 12 neighbours', 512, figures.neighbourHistogram[12]],
        ['λ₂', 0.186261, figures.lambda2],
        ['λ_max', 15.870822, figures.lambdaMax],
      ]);
    },
  },
  {
    id: 'C26',
    area: 'network',
    description: 'describing function of the minor loss |u|u',
    source: '8/3π (Krylov & Bogoliubov 1937)',
    tolerance: { relative: 1e-6 },
    compute: () => rows([['gain', 0.848826, describingFunction((u) => Math.abs(u) * u, 1)]]),
  },
];
