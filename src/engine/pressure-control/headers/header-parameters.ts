// From parameter values to the header system's settings (SI). Belongs beside settings.ts of the engine, which knows both too.

import type { Problem } from '../../config/problem.ts';
import { ATM, fractions } from '../../gas/mixture.ts';
import { PI } from '../../numerics/elementary.ts';
import type { ParameterKey, ParameterValues } from '../../parameters/table.ts';
import { curveProblem, type PumpCurve } from '../actuators/pump.ts';
import { type CycleShape, shapeProblem } from '../cycling/cycle-program.ts';
import { type ChamberPlaces, type PhasePattern, patternPhases } from '../cycling/phases.ts';
import { shareOf } from '../plant/plant-topology.ts';
import { compressorLimitOf, headerVolumeOf, pumpFlowOf, REGULATOR_TIME_S, valveAreaOf } from './header-sizing.ts';
import { headerWallsOf } from './header-wall-sizing.ts';
import type { HeaderSettings, MachineSettings } from './settings.ts';

const TOLERANCE = 1e-4;

/** Whether a change of this parameter asks for a new header system. */
export const isHeaderKey = (key: ParameterKey): boolean =>
  key.startsWith('headers.') ||
  key.startsWith('vents.') ||
  key.startsWith('injectors.') ||
  key.startsWith('actuators.') ||
  key === 'pressure_control.cycling_enabled' ||
  key === 'pressure_control.valve_response_time' ||
  key === 'gas.mixture' ||
  key === 'cooling.room_temperature_K' ||
  // What automatic sizes follow.
  key === 'control.enabled' ||
  key === 'control.valve_bias' ||
  key === 'drive.enabled' ||
  key === 'drive.frequency_Hz';

/** Injectors of 1000 chambers with one each. */
const INJECTORS_OF_1000 = 1000;

function machinesOf(v: ParameterValues, chambers: number): MachineSettings {
  const pumps = shareOf(v['actuators.circulation_pumps'], chambers);
  const best = pumpFlowOf(v, pumps);
  const coolers = shareOf(v['actuators.cooling_systems'], chambers);
  return {
    pumps,
    curve: curveOf(v, best),
    ramp: 1 / v['headers.pump_ramp_s'],
    resistance: v['headers.pump_loss_Pa'] / (best * best),
    stages: v['headers.compressor_stages'],
    dischargeLimit: v['headers.discharge_limit_K'],
    band: v['headers.pressure_band'],
    closedLoopTime: v['headers.supply_control_s'],
    coolerConductance: coolers * v['headers.cooler_conductance_W_per_K'],
    coolant: coolers * v['headers.cooler_coolant_W_per_K'],
    mixerVolume: shareOf(v['actuators.mixing_chambers'], chambers) * v['headers.mixing_volume_m3'],
  };
}

function curveOf(v: ParameterValues, flow: number): PumpCurve {
  const shutOff = v['headers.pump_shut_off_Pa'];
  return {
    shutOffPressure: shutOff,
    curvature: (shutOff - v['headers.pump_pressure_Pa']) / (flow * flow),
    bestFlow: flow,
    bestEfficiency: v['headers.compressor_efficiency'],
  };
}

/** What is wrong with the pumps' values together; null when nothing is. */
export function pumpProblem(v: ParameterValues): Problem | null {
  if (v['headers.compressor_model'] !== 'curve') return null;
  const [shutOff, pressure] = [v['headers.pump_shut_off_Pa'], v['headers.pump_pressure_Pa']];
  const head = v['headers.supply_pressure_Pa'] - v['headers.return_pressure_Pa'];
  const refused = (message: string, remedy: string): Problem => ({
    key: 'headers.pump_shut_off_Pa',
    message,
    remedy,
    severity: 'error',
  });
  if (pressure >= shutOff)
    return refused(
      'The pump’s pressure at its best flow is not below that without flow: its curve does not fall.',
      'Raise headers.pump_shut_off_Pa or lower headers.pump_pressure_Pa.',
    );
  const problem = curveProblem(curveOf(v, pumpFlowOf(v, 1)));
  if (problem !== null)
    return refused(problem, `Lower headers.pump_pressure_Pa below ${(0.75 * shutOff).toPrecision(4)} Pa.`);
  if (shutOff <= head)
    return refused(
      `Pumps of ${shutOff} Pa without flow cannot lift gas by the ${head} Pa between the headers.`,
      'Raise headers.pump_shut_off_Pa, lower headers.supply_pressure_Pa, or choose the compressor model "ideal".',
    );
  return null;
}

function cycleShapeOf(v: ParameterValues): CycleShape {
  const [rise, hold, fall] = [v['headers.cycle_rise'], v['headers.cycle_hold'], v['headers.cycle_fall']];
  switch (v['headers.cycle'] as CycleShape['kind']) {
    case 'square':
      return { kind: 'square', duty: v['headers.cycle_duty'] };
    case 'sine':
      return { kind: 'sine' };
    case 'triangle':
      return { kind: 'triangle', rise: rise / (rise + fall) };
    case 'trapezoid':
      return { kind: 'trapezoid', rise, hold, fall };
    case 'custom':
      return { kind: 'custom', table: v['headers.cycle_table'] };
  }
}

/** What is wrong with the cycle's values together; null when nothing is. */
export function cycleProblem(v: ParameterValues): Problem | null {
  const refused = (key: ParameterKey, message: string, remedy: string): Problem => ({
    key,
    message,
    remedy,
    severity: 'error',
  });
  if (v['headers.low_pressure_Pa'] > v['headers.high_pressure_Pa'])
    return refused(
      'headers.low_pressure_Pa',
      'The low pressure of the cycle is above its high pressure.',
      'Lower headers.low_pressure_Pa or raise headers.high_pressure_Pa.',
    );
  const shape = cycleShapeOf(v);
  if (shape.kind === 'triangle' && v['headers.cycle_rise'] + v['headers.cycle_fall'] === 0)
    return refused(
      'headers.cycle_rise',
      'A triangle neither rises nor falls.',
      'Raise headers.cycle_rise or headers.cycle_fall.',
    );
  const problem = shapeProblem(shape);
  if (problem === null) return null;
  return shape.kind === 'custom'
    ? refused('headers.cycle_table', problem, 'Write for example [[0, 0], [0.1, 1], [0.4, 1], [0.8, 0]].')
    : refused('headers.cycle_rise', problem, 'Lower headers.cycle_rise, headers.cycle_hold or headers.cycle_fall.');
}

/** Settings of the headers, whether they are on or off. */
export function headerSettingsOf(v: ParameterValues, places: ChamberPlaces): HeaderSettings {
  const bore = (diameter: number): number => v['headers.discharge_coefficient'] * 0.25 * PI * diameter * diameter;
  const perChamber = (value: number | readonly number[]): ArrayLike<number> =>
    typeof value === 'number' ? new Float64Array(places.layers.length).fill(value) : value;
  const injected = perChamber(v['injectors.flow_mol_per_s']);
  return {
    supplyVolume: headerVolumeOf(v),
    returnVolume: headerVolumeOf(v),
    supplyPressure: v['headers.supply_pressure_Pa'],
    returnPressure: v['headers.return_pressure_Pa'],
    fractions: fractions(v['gas.mixture']),
    valveArea: valveAreaOf(v),
    ventArea: bore(v['vents.diameter_m']),
    ventOpening: perChamber(v['vents.opening']),
    cycle: v['pressure_control.cycling_enabled']
      ? {
          shape: cycleShapeOf(v),
          period: v['headers.cycle_period_s'],
          low: v['headers.low_pressure_Pa'],
          high: v['headers.high_pressure_Pa'],
          band: v['headers.band_Pa'],
          responseTime: v['pressure_control.valve_response_time'],
          feedForward: v['headers.cycle_feed_forward'],
          phase: patternPhases(
            v['headers.phase_pattern'] as PhasePattern,
            places,
            perChamber(v['headers.cycle_start']),
          ),
        }
      : null,
    supplyOpening: v['headers.supply_opening'],
    returnOpening: v['headers.return_opening'],
    regulatorTime: REGULATOR_TIME_S,
    compressorEfficiency: v['headers.compressor_efficiency'],
    compressorLimit: compressorLimitOf(v),
    walls: headerWallsOf(v),
    machines: v['headers.compressor_model'] === 'curve' ? machinesOf(v, places.layers.length) : null,
    injectorFlow: Float64Array.from(
      { length: places.layers.length },
      (_, i) => injected[i] * (v['actuators.gas_injectors'] / INJECTORS_OF_1000),
    ),
    injectorFractions: fractions(v['injectors.mixture']),
    injectorTemperature: v['injectors.temperature_K'],
    roomPressure: ATM,
    roomTemperature: v['cooling.room_temperature_K'],
    tolerance: TOLERANCE,
  };
}
