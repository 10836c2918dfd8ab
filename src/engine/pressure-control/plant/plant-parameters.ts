// From parameter values to the plant's settings (SI).

import type { Problem } from '../../config/problem.ts';
import { ATM } from '../../constants.ts';
import type { ParameterKey, ParameterValues } from '../../parameters/table.ts';
import { limitProblems, type SafetyLimits, SEED_LIMITS } from '../safety/ladder.ts';
import type { SensorCounts } from '../sensors/placement.ts';
import type { LoopScope } from './loop-name.ts';
import { OpeningStems } from './opening-stems.ts';
import type { LoopSettings } from './pressure-loops.ts';

export interface PlantSettings {
  readonly limits: SafetyLimits;
  readonly sensors: SensorCounts;
  /** For 1000 chambers. */
  readonly pumps: number;
  readonly fans: number;
  readonly seed: number;
  /** Bore of each chamber's relief valve, m. */
  readonly reliefBore: number;
  /** Whether interlocks act; they are watched and alarmed all the same. */
  readonly interlocks: boolean;
  /** Chip temperature that is alarmed, K. */
  readonly chipAlert_K: number;
  /** The pressure controller; null while it is off. */
  readonly loops: LoopSettings | null;
  /** Response time of valves that neither controller nor cycle moves, s; null where it is not felt, or something moves them. */
  readonly valveResponse: number | null;
}

/** Whether a change of this parameter asks for a new plant. */
export const isPlantKey = (key: ParameterKey): boolean =>
  key.startsWith('safety.') ||
  key.startsWith('control.') ||
  key === 'pressure_control.control_mode' ||
  key === 'pressure_control.cycling_enabled' ||
  key === 'pressure_control.valve_response_time' ||
  key.startsWith('sensors.') ||
  key === 'pressure_control.safety_limits' ||
  key === 'monitoring.alert_thresholds.pressure' ||
  key === 'monitoring.alert_thresholds.temperature' ||
  key === 'monitoring.chip_temperature_alert_K' ||
  key === 'actuators.circulation_pumps' ||
  key === 'actuators.cooling_systems' ||
  key === 'gas_chambers.pressure_rating' ||
  key === 'gas_chambers.temperature_rating';

function limitsOf(v: ParameterValues): SafetyLimits {
  const [low, high] = v['pressure_control.safety_limits'];
  return {
    ...SEED_LIMITS,
    vacuum_Pa: low * ATM,
    operateLow_Pa: Math.max(SEED_LIMITS.operateLow_Pa, 1.5 * low * ATM),
    operateHigh_Pa: Math.min(SEED_LIMITS.operateHigh_Pa, 0.95 * v['monitoring.alert_thresholds.pressure'] * ATM),
    alert_Pa: v['monitoring.alert_thresholds.pressure'] * ATM,
    trip_Pa: high * ATM,
    rated_Pa: Math.max(SEED_LIMITS.rated_Pa, 1.05 * high * ATM),
    operateHigh_K: Math.min(SEED_LIMITS.operateHigh_K, v['monitoring.alert_thresholds.temperature'] - 5),
    alert_K: v['monitoring.alert_thresholds.temperature'],
  };
}

/** What is wrong with the limits together; null when nothing is. */
export function limitsProblem(v: ParameterValues): Problem | null {
  const [problem] = limitProblems(limitsOf(v));
  if (!problem) return null;
  return {
    ...problem,
    key: 'pressure_control.safety_limits',
    message: `Safety limits and alert thresholds contradict each other: ${problem.message}`,
    remedy:
      'Keep the lower safety limit below 0.1 atm, the pressure alert below the upper safety limit, the temperature alert below 500 K.',
  };
}

/** @param layers number of each chamber's layer */
export function plantSettingsOf(v: ParameterValues, layers: ArrayLike<number>): PlantSettings {
  return {
    limits: limitsOf(v),
    sensors: {
      temperature: Math.max(3000, v['sensors.temperature_sensors']),
      pressure: Math.max(3000, v['sensors.pressure_sensors']),
      composition: v['sensors.composition_analyzers'],
      oscillation: v['sensors.oscillation_detectors'],
      flow: v['sensors.flow_meters'],
    },
    pumps: v['actuators.circulation_pumps'],
    fans: v['actuators.cooling_systems'],
    seed: v['simulation.seed'],
    reliefBore: v['safety.relief_bore_m'],
    interlocks: v['safety.interlocks_enabled'],
    chipAlert_K: v['monitoring.chip_temperature_alert_K'],
    loops: loopsOf(v, layers),
    valveResponse: valveResponseOf(v),
  };
}

/** Of valves that stand as they are set or held. */
function valveResponseOf(v: ParameterValues): number | null {
  if (v['pressure_control.cycling_enabled'] || v['control.enabled']) return null;
  const time = v['pressure_control.valve_response_time'];
  return OpeningStems.areFelt(time) ? time : null;
}

function loopsOf(v: ParameterValues, layers: ArrayLike<number>): LoopSettings | null {
  // The cycle's own proportional valves and the controller would move the same valves.
  if (!v['control.enabled'] || v['pressure_control.cycling_enabled']) return null;
  const scope = v['control.scope'] as LoopScope;
  const chambers = layers.length;
  const perChamber = (value: number | readonly number[]): ArrayLike<number> =>
    typeof value === 'number' ? new Float64Array(chambers).fill(value) : value;
  return {
    mode: v['pressure_control.control_mode'] as LoopSettings['mode'],
    scope,
    loopOf: Uint32Array.from({ length: chambers }, (_, i) =>
      scope === 'chamber' ? i : scope === 'layer' ? layers[i] : 0,
    ),
    setpoint: perChamber(v['control.setpoint_Pa']),
    gain: perChamber(v['control.gain_per_Pa']),
    integralTime: perChamber(v['control.integral_time_s']),
    bias: v['control.valve_bias'],
    closedLoopTime: v['control.closed_loop_s'],
    feedForward: v['control.feed_forward'],
    stemFrequency: v['control.stem_frequency_Hz'],
  };
}
