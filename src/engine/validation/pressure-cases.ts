// Cases of the area control: valves, relief, tuning, stems and converters of the pressure system.

import { ATM } from '../constants.ts';
import { TWO_PI } from '../numerics/elementary.ts';
import {
  expansion,
  type GasService,
  iteratedCoefficient,
  requiredCoefficient,
} from '../pressure-control/actuators/valve-sizing.ts';
import { ValveStemBank } from '../pressure-control/actuators/valve-stem.ts';
import { predictResponse } from '../pressure-control/controller/response.ts';
import { simcTuning } from '../pressure-control/controller/simc.ts';
import { reliefArea } from '../pressure-control/safety/relief.ts';
import { quantisationRms } from '../pressure-control/sensors/catalogue.ts';
import { orificeMassFlow } from '../pressure-control/valves.ts';
import { type Measurement, rows, type ValidationCase } from './case.ts';

/** IEC 60534-2-1 annex, example 3: carbon dioxide through a rotary valve with reducers. */
const IEC_EXAMPLE: GasService = {
  temperature: 433,
  molarMass: 0.04401,
  gamma: 1.3,
  compressibility: 0.988,
  inletPressure: 680e3,
  outletPressure: 310e3,
};
const IEC_FLOW = 38 / 36;
const IEC_PIPES = { valveDiameter: 0.05, inletDiameter: 0.08, outletDiameter: 0.1 };
const NOT_FOUND = Number.NaN;

function fittedMeasurements(): Measurement[] {
  const nitrogen = { ...IEC_EXAMPLE, temperature: 300, molarMass: 0.0280134, gamma: 1.4, compressibility: 1 };
  const choked = { ...nitrogen, inletPressure: 1e6, outletPressure: 1e5 };
  const helium = { ...nitrogen, molarMass: 0.0040026, gamma: 1.667, inletPressure: 6e5, outletPressure: 5e5 };
  const wide = { valveDiameter: 0.025, inletDiameter: 0.04, outletDiameter: 0.05 };
  const small = { valveDiameter: 0.015, inletDiameter: 0.02, outletDiameter: 0.02 };
  return rows([
    ['K_v N₂ choked', 1.18666656, iteratedCoefficient(0.05, choked, 0.72, wide) ?? NOT_FOUND],
    ['K_v He', 0.44289489, iteratedCoefficient(0.02, helium, 0.72, small) ?? NOT_FOUND],
  ]);
}

/** A 50 Hz stem, ζ 0.7, stepped from 0.2 to 0.7: overshoot (%) and time of its peak (ms). */
function stemPeak(): { readonly overshoot: number; readonly time: number } {
  const bank = new ValveStemBank(
    1,
    {
      naturalFrequency: TWO_PI * 50,
      damping: 0.7,
      rateLimit: Number.POSITIVE_INFINITY,
      deadband: 0,
      stiction: 0,
    },
    0.2,
  );
  bank.command[0] = 0.7;
  let peak = 0;
  let time = 0;
  for (let k = 1; k <= 20_000; k++) {
    bank.step(1e-6);
    if (bank.position[0] > peak) {
      peak = bank.position[0];
      time = k * 1e-3;
    }
  }
  return { overshoot: ((peak - 0.7) / 0.5) * 100, time };
}

function idealNozzleMeasurements(): Measurement[] {
  return [1.11, 1.4, 5 / 3].map((gamma) => {
    const gas = { pressure: 670e3, temperature: 348, molarMass: 0.051, gamma };
    const area = reliefArea(2, { ...gas, compressibility: 1 }, 1e5, 0.9);
    return { label: `kg/s at γ ${gamma.toFixed(3)}`, expected: 2, measured: orificeMassFlow(gas, 1e5, 0.9 * area) };
  });
}

export const PRESSURE_CASES: readonly ValidationCase[] = [
  {
    id: 'P01',
    area: 'control',
    description: 'control valve with fittings, K_v, m³/h: CO₂, 680 to 310 kPa, 433 K',
    source: 'IEC 60534-2-1 example 3 by the annex’s iteration (fluids 1.3.1)',
    tolerance: { relative: 1e-4 },
    compute: () => rows([['K_v', 72.58665, iteratedCoefficient(IEC_FLOW, IEC_EXAMPLE, 0.6, IEC_PIPES) ?? NOT_FOUND]]),
  },
  {
    id: 'P02',
    area: 'control',
    description: 'the same valve without fittings',
    source: 'Q = N₉CP₁Y√(x/MTZ), N₉ = 24.6',
    tolerance: { relative: 1e-5 },
    compute: () => {
      const e = expansion(IEC_EXAMPLE, 0.6);
      return rows([
        ['K_v', 62.6521, requiredCoefficient(IEC_FLOW, IEC_EXAMPLE, 0.6) ?? NOT_FOUND],
        ['Y', 0.67446, e.expansionFactor],
        ['x', 0.544118, e.pressureDropRatio],
        ['F_γ x_T', 0.557143, e.chokedRatio],
      ]);
    },
  },
  {
    id: 'P03',
    area: 'control',
    description: 'control valves with fittings: choked nitrogen 10 to 1 bar, helium 6 to 5 bar',
    source: 'IEC 60534-2-1, independent program fluids 1.3.1',
    tolerance: { relative: 1e-6 },
    compute: fittedMeasurements,
  },
  {
    id: 'P04',
    area: 'control',
    description: 'relief orifice, m²: 24 270 kg/h, 670 kPa, 348 K, M 51, γ 1.11, critical and at 532 kPa behind',
    source: 'API 520 Part I examples',
    tolerance: { relative: 1e-5 },
    compute: () => {
      const service = { pressure: 670e3, temperature: 348, molarMass: 0.051, gamma: 1.11, compressibility: 0.9 };
      return rows([
        ['critical', 3.699046e-3, reliefArea(24270 / 3600, service, 0)],
        ['subcritical', 4.248359e-3, reliefArea(24270 / 3600, service, 532e3)],
      ]);
    },
  },
  {
    id: 'P05',
    area: 'control',
    description: 'API 520’s area passes the flow of the ideal nozzle',
    source: 'isentropic nozzle; 0.03948 is rounded',
    tolerance: { relative: 1e-4 },
    compute: idealNozzleMeasurements,
  },
  {
    id: 'P06',
    area: 'control',
    description: 'SIMC PI for k = 1, τ = 10 s, θ = 1 s, τ_c = θ, and the loop’s response',
    source: 'Skogestad 2003; response by RK4 with history, 0.1 ms',
    tolerance: { absolute: 0 },
    compute: () => {
      const model = { kind: 'first-order', gain: 1, timeConstant: 10, delay: 1 } as const;
      const tuning = simcTuning(model);
      const { setpoint, load } = predictResponse(model, tuning.pid, { horizon: 80 });
      return [
        ...rows([
          ['K_c', 5, tuning.gain],
          ['τ_I s', 8, tuning.integralTime],
        ]),
        ...rows(
          [
            ['overshoot', 0.081174, setpoint.overshoot],
            ['IAE setpoint s', 2.499489, setpoint.integralAbsoluteError],
            ['IAE load s', 1.6, load.integralAbsoluteError],
          ],
          { relative: 5e-4 },
        ),
      ];
    },
  },
  {
    id: 'P07',
    area: 'control',
    description: 'valve stem of second order, 50 Hz, ζ = 0.7: overshoot, time of the peak',
    source: 'closed form exp(−πζ/√(1−ζ²)), π/(ω√(1−ζ²))',
    tolerance: { relative: 1e-4 },
    compute: () => {
      const { overshoot, time } = stemPeak();
      return rows([
        ['overshoot %', 4.5988, overshoot],
        ['peak ms', 14.003, time],
      ]);
    },
  },
  {
    id: 'P08',
    area: 'control',
    description: 'rounding of a 16-bit converter over 15 atm, rms, Pa',
    source: 'LSB/√12 (Bennett 1948)',
    tolerance: { relative: 1e-4 },
    compute: () => rows([['rms Pa', 6.6948, quantisationRms(15 * ATM, 16)]]),
  },
];
