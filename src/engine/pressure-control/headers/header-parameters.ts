// From parameter values to the header system's settings (SI). Belongs beside settings.ts of the engine, which knows both too.

import { ATM, fractions } from '../../gas/mixture.ts';
import { PI } from '../../numerics/elementary.ts';
import type { ParameterKey, ParameterValues } from '../../parameters/table.ts';
import type { HeaderSettings } from './settings.ts';
import { cyclePhases } from './valve-program.ts';

/** Time in which the headers' regulators act, s: stiff against cycles, soft against sound. */
const REGULATOR_TIME = 0.02;
const TOLERANCE = 1e-4;

/** Whether a change of this parameter asks for a new header system. */
export const isHeaderKey = (key: ParameterKey): boolean =>
  key.startsWith('headers.') ||
  key.startsWith('vents.') ||
  key.startsWith('injectors.') ||
  key === 'pressure_control.cycling_enabled' ||
  key === 'pressure_control.valve_response_time' ||
  key === 'gas.mixture' ||
  key === 'cooling.room_temperature_K';

/** Settings of the headers, whether they are on or off. @param layers number of each chamber's layer */
export function headerSettingsOf(v: ParameterValues, layers: ArrayLike<number>): HeaderSettings {
  const bore = (diameter: number): number => v['headers.discharge_coefficient'] * 0.25 * PI * diameter * diameter;
  const perChamber = (value: number | readonly number[]): ArrayLike<number> =>
    typeof value === 'number' ? new Float64Array(layers.length).fill(value) : value;
  return {
    supplyVolume: v['headers.volume_m3'],
    returnVolume: v['headers.volume_m3'],
    supplyPressure: v['headers.supply_pressure_Pa'],
    returnPressure: v['headers.return_pressure_Pa'],
    fractions: fractions(v['gas.mixture']),
    valveArea: bore(v['headers.valve_diameter_m']),
    ventArea: bore(v['vents.diameter_m']),
    ventOpening: perChamber(v['vents.opening']),
    cycle: v['pressure_control.cycling_enabled']
      ? {
          shape: v['headers.cycle'] as 'square' | 'sine',
          period: v['headers.cycle_period_s'],
          duty: v['headers.cycle_duty'],
          low: v['headers.low_pressure_Pa'],
          high: v['headers.high_pressure_Pa'],
          band: v['headers.band_Pa'],
          responseTime: v['pressure_control.valve_response_time'],
          phase: cyclePhases(v['headers.phase_pattern'], layers),
        }
      : null,
    supplyOpening: v['headers.supply_opening'],
    returnOpening: v['headers.return_opening'],
    regulatorTime: REGULATOR_TIME,
    compressorEfficiency: v['headers.compressor_efficiency'],
    compressorLimit: v['headers.compressor_flow_mol_per_s'],
    injectorFlow: perChamber(v['injectors.flow_mol_per_s']),
    injectorFractions: fractions(v['injectors.mixture']),
    injectorTemperature: v['injectors.temperature_K'],
    roomPressure: ATM,
    roomTemperature: v['cooling.room_temperature_K'],
    tolerance: TOLERANCE,
  };
}
