// The trip logic as tables: how sensors vote, what trips, and what each trip does. All of the logic that is a decision stands
// here as data, so that the tests can go through it exhaustively and prove that a single wrong entry is noticed.

/** What an interlock does; bits of a chamber's actions. */
export const CLOSE_INJECTORS = 1;
export const CLOSE_SUPPLY = 2;
export const OPEN_VENTS = 4;
export const STOP_DRIVE = 8;
export const CHIPS_OFF = 16;

/** Nothing more comes in, nothing works, the gas stays. */
export const SAFE_HOLD = CLOSE_INJECTORS | CLOSE_SUPPLY | STOP_DRIVE | CHIPS_OFF;
/** The same, and the gas goes. */
export const SAFE_VENT = SAFE_HOLD | OPEN_VENTS;

export interface TripCause {
  readonly id: string;
  readonly label: string;
  /** 'place': acts on the chamber concerned, or on its group; 'farm': on all. */
  readonly reach: 'place' | 'farm';
  readonly actions: number;
  readonly bypassable: boolean;
}

/** Order: most telling first, which names the first cause where several come in one step. */
export const TRIP_CAUSES = [
  { id: 'manual-stop', label: 'Emergency stop pressed', reach: 'farm', actions: SAFE_VENT, bypassable: false },
  { id: 'pressure-high', label: 'Pressure at the trip', reach: 'place', actions: SAFE_VENT, bypassable: true },
  { id: 'pressure-low', label: 'Pressure at vacuum', reach: 'place', actions: SAFE_VENT, bypassable: true },
  { id: 'temperature-high', label: 'Temperature at the trip', reach: 'place', actions: SAFE_VENT, bypassable: true },
  // Venting into a room short of oxygen would take the rest.
  { id: 'room-oxygen-low', label: 'Oxygen of the room low', reach: 'farm', actions: SAFE_HOLD, bypassable: true },
  { id: 'supply-power-low', label: 'Power supply low', reach: 'farm', actions: SAFE_HOLD, bypassable: true },
  { id: 'pressure-lost', label: 'Pressure not known', reach: 'place', actions: SAFE_VENT, bypassable: true },
  { id: 'temperature-lost', label: 'Temperature not known', reach: 'place', actions: SAFE_HOLD, bypassable: true },
  { id: 'room-oxygen-lost', label: 'Oxygen not known', reach: 'farm', actions: SAFE_HOLD, bypassable: true },
  { id: 'supply-power-lost', label: 'Supply power not known', reach: 'farm', actions: SAFE_HOLD, bypassable: true },
  { id: 'invalid-input', label: 'Input is no number', reach: 'place', actions: SAFE_HOLD, bypassable: false },
] as const satisfies readonly TripCause[];

export type TripCauseId = (typeof TRIP_CAUSES)[number]['id'];

/** The bit of a cause. @throws on an unknown cause (a programmer's error) */
export function causeBit(id: TripCauseId): number {
  const index = TRIP_CAUSES.findIndex((cause) => cause.id === id);
  if (index < 0) throw new RangeError(`Unknown trip cause "${id}".`);
  return 1 << index;
}

/** The causes of a set of bits, the most telling first. */
export const causesOf = (bits: number): TripCauseId[] =>
  TRIP_CAUSES.filter((_, k) => (bits >> k) % 2 === 1).map((cause) => cause.id);

/** Whether the sensors trip, by the bits of those that vote for it (first sensor: 1): two out of three. */
export const TWO_OF_THREE: readonly number[] = [0, 0, 0, 1, 0, 1, 1, 1];
/** One of two: with two, each alone trips. */
export const ONE_OF_TWO: readonly number[] = [0, 1, 1, 1];
export const ONE_OF_ONE: readonly number[] = [0, 1];

/** The whole logic. A test may hand in a wrong one. */
export interface TripTables {
  /** Votes of a chamber's pressure and temperature sensors; their length is 2 to the number of sensors. */
  readonly pressureVote: readonly number[];
  readonly temperatureVote: readonly number[];
  readonly oxygenVote: readonly number[];
  readonly powerVote: readonly number[];
  readonly causes: readonly TripCause[];
}

export const TRIP_TABLES: TripTables = {
  pressureVote: TWO_OF_THREE,
  temperatureVote: TWO_OF_THREE,
  oxygenVote: TWO_OF_THREE,
  powerVote: TWO_OF_THREE,
  causes: TRIP_CAUSES,
};

/** Number of sensors that a vote table is for. @throws if its length is no power of two from 2 to 256 */
export function sensorsOf(vote: readonly number[]): number {
  for (let n = 1; n <= 8; n++) if (vote.length === 1 << n) return n;
  throw new RangeError(`A vote table of ${vote.length} rows fits no number of sensors.`);
}

/** What each set of latched causes does: the actions of all of them together, by the set's bits. */
export function actionTable(causes: readonly TripCause[]): Uint8Array {
  const table = new Uint8Array(1 << causes.length);
  for (let bits = 1; bits < table.length; bits++) {
    const lowest = bits & -bits;
    table[bits] = table[bits ^ lowest] | causes[31 - Math.clz32(lowest)].actions;
  }
  return table;
}

/** All bits of causes that may be bypassed. */
export const bypassableBits = (causes: readonly TripCause[]): number =>
  causes.reduce((bits, cause, k) => (cause.bypassable ? bits | (1 << k) : bits), 0);
