// The registers of a running farm: what each holds, and what writing it does. The counts are those of the farm's hardware; a kind
// that is there and not in service (headers off) says so when it is asked.

import type { Problem } from '../config/problem.ts';
import type { Farm } from '../farm.ts';
import { REFERENCE_TEMPERATURE } from '../gas/caloric.ts';
import { OXYGEN } from '../gas/species.ts';
import { frequencyOffset } from '../gas-oscillation/frequency-calculator.ts';
import { amplitudeOf, phaseOf } from '../gas-oscillation/oscillation-detector.ts';
import type { ManualDevice } from '../pressure-control/plant/manual-commands.ts';
import type { ManualOrder } from '../pressure-control/plant/manual-control.ts';
import { VALVES } from '../pressure-control/plant/plant-topology.ts';
import type { SensorKind } from '../pressure-control/sensors/catalogue.ts';
import {
  type ActuatorState,
  compressorState,
  fanState,
  injectorState,
  pumpState,
  servingHeaders,
  valveState,
  ventState,
} from './device-states.ts';
import { MOST_DEVICES } from './device-tree.ts';
import { DEVICE_KIND_NAMES, type DeviceCounts, type DeviceKind } from './devices.ts';
import type { RegisterAccess } from './registers.ts';
import { GOOD, NO_VALUE, SUSPECTED, sensorCount, sensorState } from './sensor-states.ts';

/** Codes of the mode registers. */
export const MODE_OFF = 0;
export const MODE_MANUAL = 1;
export const MODE_AUTOMATIC = 2;

/** Kinds that are in service only with headers. */
export const NEED_HEADERS: readonly DeviceKind[] = [
  'pressure-controller',
  'flow-meter',
  'gas-injector',
  'pressure-valve',
  'circulation-pump',
  'compressor',
];

const SENSOR_OF: Readonly<Partial<Record<DeviceKind, SensorKind>>> = {
  'temperature-sensor': 'temperature',
  'pressure-sensor': 'pressure',
  'composition-analyzer': 'composition',
  'flow-meter': 'flow',
};

/** How many of each kind a farm has, as far as addresses reach. */
export function deviceCounts(farm: Farm): DeviceCounts {
  const { chamber, pump, fan } = farm.plant.targets;
  const counts: Record<DeviceKind, number> = {
    'pressure-controller': chamber,
    'temperature-sensor': sensorCount(farm, 'temperature'),
    'pressure-sensor': sensorCount(farm, 'pressure'),
    'composition-analyzer': sensorCount(farm, 'composition'),
    'flow-meter': sensorCount(farm, 'flow'),
    'gas-injector': chamber,
    'oscillation-analyzer': chamber,
    'cooling-system': fan,
    'pressure-valve': VALVES * chamber,
    'circulation-pump': pump,
    'vent-valve': chamber,
    'relief-valve': farm.plant.relief.settings.effectiveArea > 0 ? chamber : 0,
    compressor: 1,
  };
  for (const kind of DEVICE_KIND_NAMES) counts[kind] = Math.min(counts[kind], MOST_DEVICES);
  return counts;
}

/** Kinds that the farm has and that are not in service now. */
export function idleDevices(farm: Farm): ReadonlySet<DeviceKind> {
  if (!farm.headers.hasHeaders) return new Set(NEED_HEADERS);
  return new Set(farm.plant.loops ? [] : (['pressure-controller'] as const));
}

/** Registers of the farm. @param who signs what is written */
export const deviceAccess = (farm: Farm, who: string): RegisterAccess => ({
  read: (kind, index, register) => readDevice(farm, kind, index, register),
  write: (kind, index, register, value) => {
    const refused = writeDevice(farm, kind, index, register, value, who);
    return refused && { ...refused, key: `${kind}/${index}/${register}` };
  },
  missing: (kind) => missingDevice(farm, kind),
});

function missingDevice(farm: Farm, kind: DeviceKind): Problem | undefined {
  const problem = (message: string, remedy: string): Problem => ({ message, remedy, severity: 'error' });
  if (!farm.headers.hasHeaders && NEED_HEADERS.includes(kind))
    return problem(`The ${kind} is not in service: the headers are off.`, 'Set headers.enabled to true.');
  if (kind === 'pressure-controller' && !farm.plant.loops)
    return problem(
      'The pressure controller is off.',
      'Set control.enabled to true and pressure_control.cycling_enabled to false.',
    );
  if (kind === 'oscillation-analyzer' && farm.detector.readings.count === 0)
    return problem('The first detector window is not complete.', 'Let the farm run a little.');
  return undefined;
}

/** @returns undefined: there is no value now */
function readDevice(farm: Farm, kind: DeviceKind, index: number, register: string): number | undefined {
  const sensor = SENSOR_OF[kind];
  if (sensor) {
    if (kind === 'flow-meter' && !servingHeaders(farm)) return register === 'quality' ? NO_VALUE : undefined;
    const { value, quality } = sensorState(farm, sensor, index, sensor === 'composition' ? OXYGEN : 0);
    return register === 'quality' ? quality : value;
  }
  switch (kind) {
    case 'pressure-controller':
      return readController(farm, index, register);
    case 'oscillation-analyzer':
      return readAnalyzer(farm, index, register);
    case 'relief-valve':
      return readRelief(farm, index, register);
    case 'compressor':
      return readCompressor(farm, register);
    default:
      return readActuator(farm, kind, index, register);
  }
}

function readController(farm: Farm, chamber: number, register: string): number | undefined {
  const { loops, measurement, acting } = farm.plant;
  const { pressureVote } = measurement;
  if (register === 'measured') return pressureVote.value[chamber];
  if (register === 'quality') {
    if (Number.isNaN(pressureVote.value[chamber])) return NO_VALUE;
    return pressureVote.quality(chamber) === 'good' ? GOOD : SUSPECTED;
  }
  if (register === 'trip') return acting.actions[chamber];
  if (!loops || !servingHeaders(farm)) return undefined;
  const loop = loops.settings.loopOf[chamber];
  if (register === 'setpoint') return loops.target(loop);
  if (register === 'output') return loops.output(loop);
  return controllerMode(farm, loop);
}

/** Mode code of a loop. */
export function controllerMode(farm: Farm, loop: number): number {
  const held = farm.plant.manual.command('loop-output', loop);
  if (held === undefined) return MODE_AUTOMATIC;
  return held.off ? MODE_OFF : MODE_MANUAL;
}

function readAnalyzer(farm: Farm, chamber: number, register: string): number | undefined {
  const { readings } = farm.detector;
  const ready = readings.count > 0;
  if (register === 'quality') return ready ? GOOD : NO_VALUE;
  if (!ready) return undefined;
  if (register === 'amplitude') return amplitudeOf(readings, chamber);
  if (register === 'phase') return phaseOf(readings, chamber);
  return farm.surroundings.frequency + frequencyOffset(readings, chamber);
}

function readRelief(farm: Farm, chamber: number, register: string): number {
  const { relief } = farm.plant;
  if (register === 'lift') return relief.lift[chamber];
  return register === 'openings' ? relief.openings[chamber] : GOOD;
}

function readCompressor(farm: Farm, register: string): number | undefined {
  const { flow, power, suction, discharge } = compressorState(farm);
  const values: Readonly<Record<string, number>> = { flow, power, suction, discharge };
  if (register === 'quality') return Number.isNaN(flow) ? NO_VALUE : GOOD;
  return values[register];
}

/** Valves, vents, injectors, fans and pumps: all have position, command and mode under one name or another. */
function readActuator(farm: Farm, kind: DeviceKind, index: number, register: string): number | undefined {
  const state = actuatorState(farm, kind, index);
  if (register === 'quality') {
    if (Number.isNaN(state.position)) return NO_VALUE;
    return state.hindrance === 'stuck' || state.hindrance === 'failed' || state.hindrance === 'tripped'
      ? SUSPECTED
      : GOOD;
  }
  if (register === 'mode') return state.manual ? MODE_MANUAL : MODE_AUTOMATIC;
  if (register === 'command') return state.command;
  if (register === 'outlet') return REFERENCE_TEMPERATURE + farm.surroundings.roomTemperature;
  if (kind === 'cooling-system') return register === 'speed' ? state.command : fanState(farm, index).output;
  if (register === 'power') return pumpState(farm, index).output;
  if (register === 'flow' && kind === 'pressure-valve')
    return valveState(farm, Math.floor(index / VALVES), index % VALVES).flow;
  if (register === 'flow' && kind === 'vent-valve') return ventState(farm, index).flow;
  return state.position;
}

function actuatorState(farm: Farm, kind: DeviceKind, index: number): ActuatorState {
  if (kind === 'pressure-valve') return valveState(farm, Math.floor(index / VALVES), index % VALVES);
  if (kind === 'vent-valve') return ventState(farm, index);
  if (kind === 'gas-injector') return injectorState(farm, index);
  return kind === 'circulation-pump' ? pumpState(farm, index) : fanState(farm, index);
}

/** The device of the plant behind a register's. */
function manualDevice(kind: DeviceKind, index: number): readonly [device: ManualDevice, index: number] {
  if (kind === 'pressure-valve')
    return [index % VALVES === 0 ? 'supply-valve' : 'return-valve', Math.floor(index / VALVES)];
  if (kind === 'vent-valve') return ['vent', index];
  if (kind === 'gas-injector') return ['injector', index];
  return [kind === 'circulation-pump' ? 'pump' : 'fan', index];
}

function writeDevice(
  farm: Farm,
  kind: DeviceKind,
  index: number,
  register: string,
  value: number,
  who: string,
): Problem | undefined {
  if (kind === 'pressure-controller') return writeController(farm, index, register, value, who);
  if (register === 'clear') return clearTrip(farm, index, who);
  const [device, at] = manualDevice(kind, index);
  if (register !== 'mode') return farm.order({ device, index: at, value }, who);
  if (value === MODE_AUTOMATIC) return farm.order({ device, index: at, value: null }, who);
  const { manual, position } = actuatorState(farm, kind, index);
  if (manual) return undefined;
  // Held where it is; whatever is not in service has no place, and is refused for that.
  return farm.order({ device, index: at, value: Number.isNaN(position) ? 0 : position }, who);
}

function writeController(
  farm: Farm,
  chamber: number,
  register: string,
  value: number,
  who: string,
): Problem | undefined {
  const { loops } = farm.plant;
  const loop = loops?.settings.loopOf[chamber] ?? 0;
  const order = (rest: Pick<ManualOrder, 'device'> & { value: number | null; off?: boolean }): Problem | undefined =>
    farm.order({ index: loop, ...rest } as ManualOrder, who);
  if (register === 'setpoint') return order({ device: 'loop-setpoint', value });
  const present = loops?.output(loop) ?? 0;
  if (register === 'mode') {
    if (value === MODE_AUTOMATIC) return order({ device: 'loop-output', value: null });
    return order({ device: 'loop-output', value: present, off: value === MODE_OFF });
  }
  if (loops && controllerMode(farm, loop) !== MODE_MANUAL)
    return {
      message: `The output of ${loops.nameOf(loop)} is moved by its controller.`,
      remedy: `Write 1 to pressure-controller/${chamber}/mode first.`,
      severity: 'error',
    };
  return order({ device: 'loop-output', value });
}

/** Clears the trip of a pump: a fault that trips this one alone. */
function clearTrip(farm: Farm, pump: number, who: string): Problem | undefined {
  const { faults } = farm.plant;
  const trips = faults.active.filter(({ kind, targets }) => kind === 'pump-trip' && targets.includes(pump));
  if (trips.length === 0)
    return { message: `Pump ${pump} has not tripped.`, remedy: 'Nothing is to be done.', severity: 'error' };
  const shared = trips.find(({ targets }) => targets.length > 1);
  if (shared)
    return {
      message: `Fault ${shared.id} trips pump ${pump} together with others.`,
      remedy: `Clear fault ${shared.id}.`,
      severity: 'error',
    };
  for (const { id } of trips) faults.clear(id, who, 'trip cleared at the pump', farm.time_s);
  return undefined;
}
