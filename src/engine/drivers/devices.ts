// The kinds of device a farm has, as its drivers see them: compatible string and register map. The seed's drivers are
// pressure-controller, temperature-sensor, gas-injector, oscillation-analyzer and cooling-system; sensors, valves and pumps of
// its hardware file stand beside them. Registers hold 32-bit words; value = word × scale.

export interface Register {
  readonly name: string;
  /** Bytes from the device's base; a multiple of 4. */
  readonly offset: number;
  /** SI; '' for codes and shares. */
  readonly unit: string;
  /** What one count of the word is worth, in that unit. */
  readonly scale: number;
  readonly access: 'r' | 'rw' | 'w';
  /** In the unit. Words of a register with a negative minimum are two's complement. */
  readonly min: number;
  readonly max: number;
  readonly help: string;
}

export interface DeviceKindRow {
  readonly compatible: string;
  readonly label: string;
  readonly registers: readonly Register[];
}

const register = (
  name: string,
  place: number,
  access: Register['access'],
  [unit, scale, min, max]: readonly [unit: string, scale: number, min: number, max: number],
  help: string,
): Register => ({ name, offset: 4 * place, unit, scale, access, min, max, help });

const PRESSURE = ['Pa', 1, 0, 4e6] as const;
const TEMPERATURE = ['K', 0.001, 0, 4000] as const;
const SHARE = ['', 1e-6, 0, 1] as const;
const FLOW = ['mol/s', 1e-6, -1000, 1000] as const;
const CODE = ['', 1, 0, 255] as const;
const QUALITY = register('quality', 1, 'r', CODE, '1: good. 0: there is no value. 2: suspected or failed.');
const mode = (place: number): Register =>
  register('mode', place, 'rw', ['', 1, 1, 2], '1: held by hand; writing it holds where it is. 2: automatic.');

export const DEVICE_KINDS = {
  'pressure-controller': {
    compatible: 'buhera,pressure-controller',
    label: 'Pressure controller of a chamber',
    registers: [
      register('measured', 0, 'r', PRESSURE, 'Pressure it controls, as voted.'),
      QUALITY,
      register('setpoint', 2, 'rw', PRESSURE, 'Wanted pressure of its loop.'),
      register('mode', 3, 'rw', ['', 1, 0, 2], '0: off, 1: manual, 2: automatic; of its loop.'),
      register('output', 4, 'rw', ['', 1e-6, -1, 1], 'Opening: supply above 0, return below. Written in manual mode.'),
      register('trip', 5, 'r', CODE, 'Interlock actions that bind it, as bits.'),
    ],
  },
  'temperature-sensor': {
    compatible: 'buhera,temperature-sensor',
    label: 'Temperature sensor',
    registers: [register('temperature', 0, 'r', TEMPERATURE, 'Reading.'), QUALITY],
  },
  'pressure-sensor': {
    compatible: 'buhera,pressure-sensor',
    label: 'Pressure sensor',
    registers: [register('pressure', 0, 'r', PRESSURE, 'Reading.'), QUALITY],
  },
  'composition-analyzer': {
    compatible: 'buhera,composition-analyzer',
    label: 'Composition analyser',
    registers: [register('oxygen', 0, 'r', SHARE, 'Mole fraction of oxygen.'), QUALITY],
  },
  'flow-meter': {
    compatible: 'buhera,flow-meter',
    label: 'Flow meter',
    registers: [register('flow', 0, 'r', FLOW, 'Molar flow.'), QUALITY],
  },
  'gas-injector': {
    compatible: 'buhera,gas-injector',
    label: 'Gas injector of a chamber',
    registers: [
      register('flow', 0, 'r', ['mol/s', 1e-9, 0, 4], 'Flow into the chamber.'),
      QUALITY,
      register('command', 2, 'rw', ['mol/s', 1e-9, 0, 4], 'Wanted flow; writing it holds the injector by hand.'),
      mode(3),
    ],
  },
  'oscillation-analyzer': {
    compatible: 'buhera,oscillation-analyzer',
    label: 'Oscillation analyser',
    registers: [
      register('amplitude', 0, 'r', ['Pa', 0.01, 0, 4e6], 'Amplitude at the analysed frequency.'),
      QUALITY,
      register('phase', 2, 'r', ['rad', 1e-8, -4, 4], 'Phase against the farm’s clock.'),
      register('frequency', 3, 'r', ['Hz', 1e-5, 0, 20_000], 'Frequency.'),
    ],
  },
  'cooling-system': {
    compatible: 'buhera,cooling-system',
    label: 'Cooling system',
    registers: [
      register('flow', 0, 'r', ['m3/s', 1e-6, 0, 2000], 'Flow it gives.'),
      QUALITY,
      register('speed', 2, 'rw', SHARE, 'Wanted speed; writing it holds the fan by hand.'),
      register('outlet', 3, 'r', TEMPERATURE, 'Temperature of the air it supplies.'),
      mode(4),
    ],
  },
  'pressure-valve': {
    compatible: 'buhera,pressure-valve',
    label: 'Valve',
    registers: [
      register('position', 0, 'r', SHARE, 'Where it is; 1 is open.'),
      QUALITY,
      register('command', 2, 'rw', SHARE, 'Where it should be; writing it holds the valve by hand.'),
      mode(3),
      register('flow', 4, 'r', FLOW, 'Flow through it into the chamber.'),
    ],
  },
  'circulation-pump': {
    compatible: 'buhera,circulation-pump',
    label: 'Pump',
    registers: [
      register('speed', 0, 'r', SHARE, 'Of its rated speed.'),
      QUALITY,
      register('command', 2, 'rw', SHARE, 'Wanted speed; writing it holds the pump by hand.'),
      register('power', 3, 'r', ['W', 0.001, 0, 4e6], 'Power it takes.'),
      register('clear', 4, 'w', ['', 1, 1, 1], 'Writing 1 clears its own trip.'),
      mode(5),
    ],
  },
  'vent-valve': {
    compatible: 'buhera,vent-valve',
    label: 'Vent of a chamber to the room',
    registers: [
      register('position', 0, 'r', SHARE, 'Where it is; 1 is open.'),
      QUALITY,
      register('command', 2, 'rw', SHARE, 'Where it should be; writing it holds the vent by hand.'),
      mode(3),
      register('flow', 4, 'r', FLOW, 'Flow through it into the chamber.'),
    ],
  },
  'relief-valve': {
    compatible: 'buhera,relief-valve',
    label: 'Spring-loaded relief valve of a chamber',
    registers: [
      register('lift', 0, 'r', SHARE, 'Lift of its disc; 1 is fully open.'),
      QUALITY,
      register('openings', 2, 'r', ['', 1, 0, 4e9], 'Times it has opened.'),
    ],
  },
  compressor: {
    compatible: 'buhera,compressor',
    label: 'Compressor from return to supply header',
    registers: [
      register('flow', 0, 'r', ['mol/s', 1e-4, 0, 2e5], 'Flow through it.'),
      QUALITY,
      register('power', 2, 'r', ['W', 1, 0, 4e9], 'Shaft power.'),
      register('suction', 3, 'r', PRESSURE, 'Pressure of the return header.'),
      register('discharge', 4, 'r', PRESSURE, 'Pressure of the supply header.'),
    ],
  },
} as const satisfies Record<string, DeviceKindRow>;

export type DeviceKind = keyof typeof DEVICE_KINDS;

export const DEVICE_KIND_NAMES = Object.keys(DEVICE_KINDS) as readonly DeviceKind[];

export const isDeviceKind = (name: string): name is DeviceKind => Object.hasOwn(DEVICE_KINDS, name);

/** The row of a kind, with its common type. */
export const deviceKind = (kind: DeviceKind): DeviceKindRow => DEVICE_KINDS[kind];

/** How many of each kind a farm has. */
export type DeviceCounts = Readonly<Record<DeviceKind, number>>;
