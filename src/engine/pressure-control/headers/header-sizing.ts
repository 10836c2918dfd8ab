// Sizes of compressor, pumps and headers that follow from the farm where the scenario says "auto": what its valves can ask for as they
// are set. Equipment that is given is taken as it is, too small or not. Docs: docs/model.md §9, "Sizes".

import { GAS_CONSTANT as R } from '../../constants.ts';
import { molarMass } from '../../gas/ideal.ts';
import { fractions } from '../../gas/mixture.ts';
import { PI } from '../../numerics/elementary.ts';
import type { ParameterValues } from '../../parameters/table.ts';
import { chokingConstant } from '../valves.ts';
import { RETURN_TIME_S } from './pump-control.ts';
import type { HeaderSettings } from './settings.ts';

/** Of a monatomic gas: the largest there is. */
const GAMMA = 5 / 3;
/** Least share of the valves' full flow that compressor and headers are made for. */
const LEAST_SHARE = 0.1;
/** Capacity over the flow at rest, and over the peak of a sine's flow: proportional valves in a narrow band open both ways. */
const RESERVE = 2;
const CYCLE_RESERVE = 3;
/** Shares of its set pressure by which the return stands above it at the full flow. */
const DROOP = 0.05;
/** Time in which the headers' regulators act, s: stiff against cycles, soft against sound. */
export const REGULATOR_TIME_S = 0.02;
/** Largest sizes, as the parameters have them. */
const LARGEST_FLOW = 1e6;
const SMALLEST_VOLUME = 0.001;
const LARGEST_VOLUME = 1e6;

/** C_d·A of each chamber's valve to either header, fully open, m². */
export function valveAreaOf(v: ParameterValues): number {
  const d = v['headers.valve_diameter_m'];
  return v['headers.discharge_coefficient'] * 0.25 * PI * d * d * (v['actuators.pressure_valves'] / VALVES_OF_1000);
}

/** Valves of 1000 chambers with one of each kind. */
const VALVES_OF_1000 = 2000;

/** What all supply valves would pass wide open and choked, Ψ C_dA p/√(RTM) each, mol/s. */
export function fullFlow(v: ParameterValues): number {
  const each = chokingConstant(GAMMA) * valveAreaOf(v) * v['headers.supply_pressure_Pa'];
  const M = molarMass(fractions(v['gas.mixture']));
  return (v['gas_oscillation.chamber_count'] * each) / Math.sqrt(R * v['cooling.room_temperature_K'] * M);
}

/**
 * Flow that the valves as they are set can ask of the compressor, mol/s. Controlled: twice the flow at rest with the chambers at the
 * supply's pressure. Cycling: three times the peak of a sine; where the valves are faster than the sound, the half of the full flow at the
 * high pressure that they pass when they open at every crest; where chambers are not all in phase, the whole of it: gas then passes
 * through ducts from those that are filled to those that are emptied. Standing: what the narrower of both passes.
 */
export function designFlow(v: ParameterValues): number {
  const full = fullFlow(v);
  const least = LEAST_SHARE * full;
  if (v['pressure_control.cycling_enabled']) return Math.min(full, Math.max(least, cycleFlow(v), openFlow(v, full)));
  const opening = v['control.enabled']
    ? RESERVE * v['control.valve_bias']
    : Math.min(v['headers.supply_opening'], v['headers.return_opening']);
  return Math.min(full, Math.max(least, opening * full));
}

function cycleFlow(v: ParameterValues): number {
  const gas = v['gas_oscillation.chamber_count'] * v['gas_chambers.chamber_volume'];
  const swing = v['headers.high_pressure_Pa'] - v['headers.low_pressure_Pa'];
  const moved = (gas * Math.max(0, swing)) / (R * v['cooling.room_temperature_K']);
  return (CYCLE_RESERVE * PI * moved) / v['headers.cycle_period_s'];
}

/** What open return valves pass at the high pressure, mol/s: none, half or all of them stand open by themselves. */
function openFlow(v: ParameterValues, full: number): number {
  const isHeard = v['drive.enabled'] && v['pressure_control.valve_response_time'] * v['drive.frequency_Hz'] < 1;
  const share = v['headers.phase_pattern'] !== 'uniform' ? 1 : isHeard ? 0.5 : 0;
  return share * full * Math.min(1, v['headers.high_pressure_Pa'] / v['headers.supply_pressure_Pa']);
}

/** Capacity of the compressor as a stiff regulator, mol/s. */
export function compressorLimitOf(v: ParameterValues): number {
  const given = v['headers.compressor_flow_mol_per_s'];
  return given === 'auto' ? Math.min(LARGEST_FLOW, designFlow(v)) : given;
}

/** Volume of either header, m³. */
export function headerVolumeOf(v: ParameterValues): number {
  const given = v['headers.volume_m3'];
  if (given !== 'auto') return given;
  // The excess is drawn off in proportion: within a time T at a flow q it stands at q·T.
  const time = v['headers.compressor_model'] === 'curve' ? RETURN_TIME_S : REGULATOR_TIME_S;
  const volume = (time / DROOP) * inletFlow(v);
  return Math.min(LARGEST_VOLUME, Math.max(SMALLEST_VOLUME, volume));
}

/** Inlet volume flow of one pump at its best point, m³/s. @param pumps how many there are */
export function pumpFlowOf(v: ParameterValues, pumps: number): number {
  const given = v['headers.pump_flow_m3_per_s'];
  return given === 'auto' ? inletFlow(v) / pumps : given;
}

/** The design flow at the return's set pressure, m³/s. */
const inletFlow = (v: ParameterValues): number =>
  (designFlow(v) * R * v['cooling.room_temperature_K']) / v['headers.return_pressure_Pa'];

/** What all machines together are made for, mol/s: the regulator's limit, or the pumps' best points at the return's set pressure. */
export function compressorCapacity(s: HeaderSettings): number {
  if (!s.machines) return s.compressorLimit;
  return (s.machines.pumps * s.machines.curve.bestFlow * s.returnPressure) / (R * s.roomTemperature);
}
