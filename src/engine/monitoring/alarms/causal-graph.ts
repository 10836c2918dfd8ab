// Which kind of alarm can bring about which, where, and how soon: the plant's physics and wiring as a list of edges. Equipment
// comes before the process, the process before the interlocks. No kind can cause itself by way of others; neighbours can hand
// one and the same deviation on, later to the later.

import { ALARM_KINDS, type AlarmKind } from './alarm-definitions.ts';

/**
 * Where the cause is, seen from its effect. same: at the same place. part: a valve, sensor or duct of the effect's chamber.
 * any: anywhere. neighbour: a chamber joined to it by a duct.
 */
export type Whereabouts = 'same' | 'part' | 'any' | 'neighbour';

export interface CausalEdge {
  readonly cause: AlarmKind;
  readonly effect: AlarmKind;
  readonly where: Whereabouts;
  /** The effect follows the cause within this time, s. */
  readonly within_s: number;
}

const SOON = 120;
/** Heat takes minutes to hours. */
const SLOW = 4 * 3600;

type Row = readonly [cause: AlarmKind, where: Whereabouts, within_s: number, ...effects: AlarmKind[]];

const WALL = ['wall-temperature-raised', 'wall-temperature-high', 'wall-temperature-rating'] as const;
const GAS = ['chamber-temperature-raised', 'chamber-temperature-high', 'chamber-temperature-trip'] as const;

const ROWS: readonly Row[] = [
  ['supply-power-low', 'any', SOON, 'pump-tripped', 'fan-failed', 'network-lost', 'cooling-flow-low', 'safety-trip'],
  ['network-lost', 'any', SOON, 'network-late', 'sensor-bad', 'valve-mismatch'],
  ['network-late', 'any', SOON, 'valve-mismatch', 'valve-slow'],
  ['sensor-bad', 'part', SOON, 'chamber-pressure-high', 'chamber-pressure-low', 'drive-stopped'],
  ['sensor-bad', 'any', SOON, 'safety-trip'],
  [
    'sensor-deviation',
    'part',
    SOON,
    'chamber-pressure-high',
    'chamber-pressure-low',
    'leak-suspected',
    'chamber-pressure-trip',
  ],
  ['valve-slow', 'same', SOON, 'valve-mismatch'],
  [
    'valve-mismatch',
    'part',
    SOON,
    'chamber-pressure-high',
    'chamber-pressure-low',
    'chamber-pressure-trip',
    'leak-suspected',
  ],
  ['valve-mismatch', 'any', SOON, 'header-pressure-low', 'header-pressure-high'],
  ['pump-tripped', 'any', SOON, 'header-pressure-low', 'header-pressure-high'],
  ['header-pressure-low', 'any', SLOW, 'chamber-pressure-low'],
  ['header-pressure-high', 'any', SLOW, 'chamber-pressure-high'],
  ['leak-suspected', 'same', SLOW, 'chamber-pressure-low'],
  ['leak-suspected', 'any', SLOW, 'header-pressure-low', 'room-oxygen-low'],
  ['duct-blocked', 'part', SOON, 'chamber-pressure-high', 'chamber-pressure-low'],
  ['fan-failed', 'any', SOON, 'cooling-flow-low'],
  ['cooling-flow-low', 'any', SLOW, ...WALL, 'chip-temperature-high'],
  ['chip-power-high', 'same', SLOW, ...WALL, 'chip-temperature-high'],
  // Of two thermometers the higher counts: a wrong one can raise it.
  ['instrument-deviation', 'same', SOON, 'chip-temperature-high'],
  ['chip-temperature-high', 'same', SLOW, ...WALL, ...GAS],
  ['wall-temperature-raised', 'same', SLOW, 'wall-temperature-high', 'wall-temperature-rating', ...GAS],
  ['wall-temperature-high', 'same', SLOW, 'wall-temperature-rating', ...GAS],
  ['wall-temperature-rating', 'same', SLOW, ...GAS],
  [
    'cooling-flow-low',
    'any',
    SLOW,
    'chamber-temperature-raised',
    'chamber-temperature-high',
    'chamber-temperature-trip',
  ],
  [
    'chip-power-high',
    'same',
    SLOW,
    'chamber-temperature-raised',
    'chamber-temperature-high',
    'chamber-temperature-trip',
  ],
  ['chamber-temperature-raised', 'neighbour', SLOW, 'chamber-temperature-raised'],
  [
    'chamber-temperature-raised',
    'same',
    SLOW,
    'chamber-temperature-high',
    'chamber-temperature-trip',
    'chamber-pressure-high',
  ],
  ['chamber-temperature-high', 'same', SLOW, 'chamber-temperature-trip', 'chamber-pressure-high'],
  ['chamber-temperature-trip', 'same', SOON, 'drive-stopped'],
  ['chamber-temperature-trip', 'any', SOON, 'safety-trip'],
  ['chamber-pressure-high', 'neighbour', SOON, 'chamber-pressure-high'],
  ['chamber-pressure-high', 'same', SLOW, 'oxygen-enrichment', 'chamber-pressure-trip', 'relief-open'],
  ['chamber-pressure-trip', 'neighbour', SOON, 'chamber-pressure-trip'],
  ['chamber-pressure-trip', 'same', SOON, 'relief-open', 'drive-stopped'],
  ['chamber-pressure-trip', 'any', SOON, 'safety-trip'],
  ['chamber-pressure-low', 'neighbour', SOON, 'chamber-pressure-low'],
  ['chamber-pressure-low', 'same', SOON, 'drive-stopped'],
  ['chamber-pressure-low', 'any', SOON, 'safety-trip'],
  ['relief-failed', 'same', SOON, 'relief-open', 'chamber-pressure-low'],
  ['relief-failed', 'any', SLOW, 'header-pressure-low', 'room-oxygen-low'],
  ['relief-open', 'any', SLOW, 'room-oxygen-low'],
  ['room-oxygen-low', 'any', SOON, 'safety-trip'],
  ['safety-trip', 'any', SOON, 'drive-stopped'],
];

export const CAUSAL_EDGES: readonly CausalEdge[] = ROWS.flatMap(([cause, where, within_s, ...effects]) =>
  effects.map((effect) => ({ cause, effect, where, within_s })),
);

/** How long after its effect an alarm may still come and be its cause: detectors that need time to be sure. s. */
export const lateness_s = (kind: AlarmKind): number => LATENESS[kind] ?? 1;
const LATENESS: Partial<Record<AlarmKind, number>> = {
  'leak-suspected': 10,
  'duct-blocked': 10,
  'sensor-deviation': 10,
  'valve-mismatch': 10,
  'valve-slow': 60,
  'network-lost': 3,
  'fan-failed': 5,
  'chip-power-high': 10,
  // Polled in turn.
  'chip-temperature-high': 6,
  'wall-temperature-raised': 6,
  'wall-temperature-high': 6,
  'wall-temperature-rating': 6,
  'instrument-deviation': 10,
};

/** Edges into each kind. */
export const CAUSES_OF: ReadonlyMap<AlarmKind, readonly CausalEdge[]> = new Map(
  ALARM_KINDS.map((kind) => [kind, CAUSAL_EDGES.filter((edge) => edge.effect === kind)]),
);

/**
 * Kinds in an order in which every cause stands before its effects.
 * @throws if a kind can cause itself by way of others
 */
export function causalOrder(edges: readonly CausalEdge[]): AlarmKind[] {
  const order: AlarmKind[] = [];
  const open = new Set<AlarmKind>();
  const visit = (kind: AlarmKind): void => {
    if (order.includes(kind)) return;
    if (open.has(kind)) throw new Error(`The causal graph goes in a circle through ${kind}.`);
    open.add(kind);
    for (const { cause, effect } of edges) if (effect === kind && cause !== kind) visit(cause);
    open.delete(kind);
    order.push(kind);
  };
  ALARM_KINDS.forEach(visit);
  return order;
}

const RANKS: ReadonlyMap<AlarmKind, number> = new Map(causalOrder(CAUSAL_EDGES).map((kind, rank) => [kind, rank]));

/** Place of a kind in the causal order; a cause has a smaller one than its effects. */
export const causalRank = (kind: AlarmKind): number => RANKS.get(kind) ?? 0;
