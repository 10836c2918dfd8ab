// What a parameter row is. One table (table.ts) of such rows is the single source for controls, TOML reading and
// writing, the CLI's --set and the reference page in docs/. Values are stored in the unit of the scenario file
// (`unit`), which is SI except where the seed's own files say atm or mm; the engine converts where it uses them.

/** Mole fractions by species symbol; they sum to 1. */
export type MixtureValue = Readonly<Record<string, number>>;

/** The JavaScript type of a value for each kind of row. */
export interface ValueByKind {
  number: number;
  integer: number;
  /** A number, or "auto": the engine computes it from the other parameters. */
  auto: number | 'auto';
  boolean: boolean;
  /** One of `choices`. */
  choice: string;
  /** A list of distinct items of `choices`. */
  choices: readonly string[];
  text: string;
  /** Fixed number of numbers (`length`), each within the range. */
  vector: readonly number[];
  /** As `vector`, but first ≤ second. */
  range: readonly number[];
  mixture: MixtureValue;
  /** One number for all chambers, or one for each. */
  perChamber: number | readonly number[];
  /** n × 3 coordinates. */
  positions: readonly (readonly [number, number, number])[];
  /** n × 2 chamber numbers. */
  edges: readonly (readonly [number, number])[];
  /** n × 2 numbers: places on a curve. */
  points: readonly (readonly [number, number])[];
}
export type ParameterKind = keyof ValueByKind;
export type ParameterValue = ValueByKind[ParameterKind];

/** The sections of the control panel: one per system of the seed, and the twin's own run settings. */
export const GROUPS = {
  lattice: 'Lattice and room',
  gas_oscillation: 'Gas oscillation',
  cooling: 'Cooling and heat',
  simulation: 'Simulation',
  pressure_control: 'Pressure control',
  thermodynamics: 'Thermodynamics',
  consciousness: 'Coordination substrate',
  virtual_foundry: 'Virtual foundry',
  atomic_clock: 'Atomic clock',
  monitoring: 'Monitoring',
  sensors: 'Sensors',
  actuators: 'Actuators',
  networking: 'Networking',
  tests: 'Test profile',
} as const;
export type GroupId = keyof typeof GROUPS;

export interface ParameterRow<K extends ParameterKind = ParameterKind> {
  readonly kind: K;
  readonly group: GroupId;
  readonly label: string;
  /** One or two sentences: what it is and what it does. */
  readonly help: string;
  readonly default: ValueByKind[K];
  /** Unit of the stored value, as in the scenario file; '' when it has none. See units.ts. */
  readonly unit: string;
  /** Unit shown to people; default: the same. */
  readonly displayUnit?: string;
  /** Inclusive limits of each number, in `unit`. */
  readonly min?: number;
  readonly max?: number;
  /** Slider step, in `unit`. */
  readonly step?: number;
  /** The slider moves by factors rather than by differences. */
  readonly logarithmic?: boolean;
  /** Number of components of a vector or range. */
  readonly length?: number;
  readonly choices?: readonly string[];
  readonly choiceLabels?: Readonly<Record<string, string>>;
  /** Section and key in the seed's own files, when they name the same thing differently. Read, never written. */
  readonly aliases?: readonly string[];
  /** Values of the seed's files → ours. */
  readonly aliasValues?: Readonly<Record<string, string>>;
  /** Which of the seed's files has this key (under this name or an alias). */
  readonly seed?: 'gas_oscillation.conf' | 'hardware/gas-oscillation.conf' | 'test_config.toml';
  /** What it changes in the farm, in a few words. */
  readonly affects: string;
  readonly advanced: boolean;
  /**
   * live: takes effect at the next step. rebuild: the lattice itself changes; state is carried over where it can be.
   * planned: read, kept and written back, but its system is not modelled yet.
   */
  readonly effect: 'live' | 'rebuild' | 'planned';
  /** While that key is given rather than "auto", this one has no effect; setting this one sets that one back to "auto". */
  readonly yieldsTo?: string;
}
