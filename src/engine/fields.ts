// The scalar fields of the farm: one number per chamber, streamed to the lattice and read by scripts.

export interface FieldInfo {
  readonly label: string;
  readonly unit: string;
  /** Colour map family: diverging maps are centred on zero, cyclic ones wrap at ±π. */
  readonly scale: 'sequential' | 'diverging' | 'cyclic' | 'heat';
  readonly help: string;
}

export const FIELDS = {
  pressureDeviation_Pa: {
    label: 'Pressure deviation',
    unit: 'Pa',
    scale: 'diverging',
    help: 'Pressure now minus the chamber’s mean over the last detector window.',
  },
  pressure_Pa: { label: 'Pressure', unit: 'Pa', scale: 'sequential', help: 'Pressure of the chamber now.' },
  amplitude_Pa: {
    label: 'Amplitude',
    unit: 'Pa',
    scale: 'sequential',
    help: 'Pressure amplitude at the drive frequency, by lock-in over the last detector window.',
  },
  phase_rad: {
    label: 'Phase',
    unit: 'rad',
    scale: 'cyclic',
    help: 'Phase of the pressure against the drive clock, by lock-in over the last detector window.',
  },
  localCoherence: {
    label: 'Local coherence',
    unit: '',
    scale: 'sequential',
    help: 'Order parameter of a chamber and its neighbours with the drive pattern removed: 1 is in step.',
  },
  temperature_K: {
    label: 'Gas temperature',
    unit: 'K',
    scale: 'heat',
    help: 'Mean temperature of the gas over the last detector window.',
  },
  wallTemperature_K: { label: 'Wall temperature', unit: 'K', scale: 'heat', help: 'Temperature of the chamber wall.' },
  chipTemperature_K: {
    label: 'Chip temperature',
    unit: 'K',
    scale: 'heat',
    help: 'Temperature of the chips on the wall.',
  },
  airTemperature_K: {
    label: 'Room air temperature',
    unit: 'K',
    scale: 'heat',
    help: 'Temperature of the room’s air at the chamber.',
  },
  drivePower_W: {
    label: 'Drive power',
    unit: 'W',
    scale: 'diverging',
    help: 'Mean power the piston gives to the gas; negative where it absorbs.',
  },
  wallHeat_W: {
    label: 'Gas–wall heat',
    unit: 'W',
    scale: 'diverging',
    help: 'Mean heat flow from the gas (and the duct friction) to the wall.',
  },
  condensate_mol: {
    label: 'Condensed water',
    unit: 'mol',
    scale: 'sequential',
    help: 'Water on the chamber’s wall.',
  },
  frequencyOffset_Hz: {
    label: 'Frequency offset',
    unit: 'Hz',
    scale: 'diverging',
    help: 'Rate of change of the phase between the last two windows: frequency minus drive frequency.',
  },
  safetyRung: {
    label: 'Safety ladder',
    unit: '',
    scale: 'sequential',
    help: 'Where the chamber stands by its measured pressure and temperature: 0 operation, 1 caution, 2 alert, 3 trip, 4 beyond its rating, 5 unknown.',
  },
  strobe: {
    label: 'Stroboscope',
    unit: 'Pa',
    scale: 'diverging',
    help: 'Two values per chamber: cosine and sine part of the pressure at the drive frequency.',
  },
} as const satisfies Record<string, FieldInfo>;

export type FieldName = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];
export const isFieldName = (name: string): name is FieldName => Object.hasOwn(FIELDS, name);
/** Numbers per chamber in a frame of this field. */
export const fieldComponents = (name: FieldName): number => (name === 'strobe' ? 2 : 1);
