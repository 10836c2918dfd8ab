// What can be made to fail: each kind's target, its magnitudes with unit and range, and the alarm expected first. What a fault
// does to the farm is done by the system concerned; this is the one list that forms, command line and tests read.

import type { AlarmKind } from '../monitoring/alarms/alarm-definitions.ts';
import type { TargetKind } from '../monitoring/alarms/places.ts';

export interface FaultMagnitude {
  readonly name: string;
  readonly label: string;
  /** A unit of parameters/units.ts. */
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly default: number;
  /** Its range spans decades. */
  readonly logarithmic: boolean;
}

export type FaultTarget = Exclude<TargetKind, 'room'>;

export interface FaultKindRow {
  readonly label: string;
  readonly target: FaultTarget;
  readonly magnitudes: readonly FaultMagnitude[];
  readonly help: string;
  /** The alarm that should come first. */
  readonly firstAlarm: AlarmKind;
}

const magnitude = (
  name: string,
  label: string,
  unit: string,
  [min, max, standard]: readonly [number, number, number],
  logarithmic = false,
): FaultMagnitude => ({ name, label, unit, min, max, default: standard, logarithmic });

export const FAULT_KINDS = {
  leak: {
    label: 'Leak',
    target: 'chamber',
    magnitudes: [magnitude('bore', 'Bore', 'm', [1e-4, 0.05, 2e-3], true)],
    help: 'A round hole from the chamber to the room; the gas flows as through an orifice.',
    firstAlarm: 'leak-suspected',
  },
  'blocked-duct': {
    label: 'Blocked duct',
    target: 'duct',
    magnitudes: [magnitude('share', 'Share of the bore that is closed', 'fraction', [0, 1, 1])],
    help: 'Closes part or all of a duct between two chambers.',
    firstAlarm: 'duct-blocked',
  },
  'stuck-valve': {
    label: 'Stuck valve',
    target: 'valve',
    magnitudes: [magnitude('position', 'Position it sticks at', 'fraction', [0, 1, 1])],
    help: 'The valve stays at this opening whatever it is told; 0 is closed.',
    firstAlarm: 'valve-mismatch',
  },
  'relief-stuck': {
    label: 'Relief valve stuck',
    target: 'chamber',
    magnitudes: [magnitude('lift', 'Lift it sticks at', 'fraction', [0, 1, 0])],
    help: 'The relief valve stays at this lift whatever the pressure; 0: it fails to open, 1: it stands open.',
    firstAlarm: 'relief-failed',
  },
  'slow-valve': {
    label: 'Slow valve',
    target: 'valve',
    magnitudes: [magnitude('factor', 'Times its normal travel time', 'fraction', [1, 1000, 10], true)],
    help: 'The valve follows its command more slowly.',
    firstAlarm: 'valve-slow',
  },
  'pump-trip': {
    label: 'Pump trip',
    target: 'pump',
    magnitudes: [],
    help: 'The pump stops.',
    firstAlarm: 'pump-tripped',
  },
  'fan-failure': {
    label: 'Fan failure',
    target: 'fan',
    magnitudes: [magnitude('share', 'Share of its speed that is lost', 'fraction', [0.2, 1, 1])],
    help: 'The fan slows down or stops.',
    firstAlarm: 'fan-failed',
  },
  'header-loss': {
    label: 'Header loss',
    target: 'header',
    magnitudes: [magnitude('share', 'Share of its set pressure that is lost', 'fraction', [0.1, 1, 1])],
    help: 'The header loses its pressure.',
    firstAlarm: 'header-pressure-low',
  },
  'sensor-stuck': {
    label: 'Sensor stuck',
    target: 'sensor',
    magnitudes: [],
    help: 'The sensor goes on telling what it read last.',
    firstAlarm: 'sensor-deviation',
  },
  'sensor-bias': {
    label: 'Sensor bias',
    target: 'sensor',
    magnitudes: [magnitude('share', 'Bias, of its range', 'fraction', [-1, 1, 0.05])],
    help: 'The sensor reads too much, or too little, by a constant. A flow meter shows it only where no gas can flow.',
    firstAlarm: 'sensor-deviation',
  },
  'sensor-drift': {
    label: 'Sensor drift',
    target: 'sensor',
    magnitudes: [magnitude('rate', 'Drift, of its range a second', 'fraction', [1e-7, 0.1, 1e-3], true)],
    help: 'The sensor’s error grows steadily. A flow meter shows it only where no gas can flow.',
    firstAlarm: 'sensor-deviation',
  },
  'sensor-dropout': {
    label: 'Sensor dropout',
    target: 'sensor',
    magnitudes: [],
    help: 'The sensor tells nothing; its quality is bad.',
    firstAlarm: 'sensor-bad',
  },
  'sensor-noise': {
    label: 'Sensor noise',
    target: 'sensor',
    magnitudes: [magnitude('factor', 'Times its normal noise', 'fraction', [1, 1000, 20], true)],
    help: 'The sensor’s reading scatters more; shown from some three times its normal noise on.',
    firstAlarm: 'sensor-deviation',
  },
  'chip-overload': {
    label: 'Chip overload',
    target: 'chamber',
    magnitudes: [magnitude('factor', 'Times its set power', 'fraction', [1, 20, 2], true)],
    help: 'The chips of the chamber give more heat than set.',
    firstAlarm: 'chip-power-high',
  },
  'cooling-loss': {
    label: 'Cooling loss',
    target: 'farm',
    magnitudes: [magnitude('share', 'Share of the flow that is lost', 'fraction', [0.35, 1, 1])],
    help: 'The cooling flow of the room falls.',
    firstAlarm: 'cooling-flow-low',
  },
  'power-dip': {
    label: 'Power dip',
    target: 'farm',
    magnitudes: [magnitude('share', 'Share of the supply that is lost', 'fraction', [0.12, 1, 0.3])],
    help: 'The supply gives less than rated.',
    firstAlarm: 'supply-power-low',
  },
  'network-delay': {
    label: 'Network delay',
    target: 'farm',
    magnitudes: [magnitude('delay', 'Delay', 's', [1e-3, 10, 0.5], true)],
    help: 'Readings and commands arrive late.',
    firstAlarm: 'network-late',
  },
  'network-loss': {
    label: 'Network loss',
    target: 'farm',
    magnitudes: [],
    help: 'Readings and commands no longer arrive; actuators hold.',
    firstAlarm: 'network-lost',
  },
  'clock-failure': {
    label: 'Clock failure',
    target: 'farm',
    magnitudes: [
      magnitude('frequency_error', 'Relative frequency error', 'fraction', [-1e-3, 1e-3, 1e-6]),
      magnitude('jitter', 'Jitter, rms', 's', [0, 1e-3, 0]),
    ],
    help: 'The clock runs fast or slow: the drive’s frequency follows. Jitter is alarmed; its phase noise does not reach the drive.',
    firstAlarm: 'clock-deviation',
  },
} as const satisfies Record<string, FaultKindRow>;

export type FaultKind = keyof typeof FAULT_KINDS;

export const FAULT_KIND_NAMES = Object.keys(FAULT_KINDS) as readonly FaultKind[];

export const isFaultKind = (name: string): name is FaultKind => Object.hasOwn(FAULT_KINDS, name);

/** The row of a kind, with its common type. */
export const faultKind = (kind: FaultKind): FaultKindRow => FAULT_KINDS[kind];

/** One fault as asked for. */
export interface FaultSpec {
  readonly kind: FaultKind;
  /** Places of the kind's target, rising, each once; of sensors their numbers (plant/sensor-numbers.ts). */
  readonly targets: readonly number[];
  /** One for each of the kind's magnitudes, SI. */
  readonly magnitudes: readonly number[];
  /** Simulated s. */
  readonly start_s: number;
  /** null: until it is cleared. */
  readonly end_s: number | null;
}
