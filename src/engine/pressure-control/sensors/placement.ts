// Which sensors there are, where, and how they are called: ids and tags are computed, no sensor is an object. An id counts
// through the kinds in their order, through the chambers, through the slots of a chamber.

import { SENSOR_KINDS, SENSORS, type SensorKind } from './catalogue.ts';

/** The founding document's hardware list is for a farm of this many chambers; other farms have the same number per chamber. */
export const HARDWARE_CHAMBERS = 1000;

export type PointKind = 'gas' | 'wall' | 'chip' | 'port' | 'valve';
/**
 * What a sensor is in touch with; the index counts ports (ducts in the order of the graph), valves (0 supply, 1 return), wall
 * places.
 */
export interface Point {
  readonly kind: PointKind;
  readonly index: number;
}

export interface SensorPlace {
  readonly id: number;
  readonly kind: SensorKind;
  readonly chamber: number;
  /** Among the sensors of its kind in its chamber, from 0. */
  readonly slot: number;
  readonly point: Point;
  readonly tag: string;
}

const repeat = (kind: PointKind, count: number, from = 0): Point[] =>
  Array.from({ length: count }, (_, k) => ({ kind, index: from + k }));

/**
 * Points of the slots of a chamber in order; a chamber with more sensors starts again. The first three of a kind measure the
 * same: a vote.
 */
const POINTS: Readonly<Record<SensorKind, readonly Point[]>> = {
  temperature: [...repeat('gas', 3), ...repeat('wall', 3), ...repeat('chip', 2), ...repeat('valve', 2)],
  pressure: [...repeat('gas', 3), ...repeat('valve', 2)],
  composition: repeat('gas', 1),
  oscillation: [...repeat('gas', 88), ...repeat('port', 12)],
  flow: repeat('valve', 2),
};

export type SensorCounts = Readonly<Record<SensorKind, number>>;

/** The founding document's sensors for 1000 chambers. */
export const HARDWARE_SENSORS: SensorCounts = {
  temperature: 10_000,
  pressure: 5_000,
  composition: 1_000,
  oscillation: 100_000,
  flow: 2_000,
};

export class SensorPlacement {
  /** Sensors of each kind in one chamber. */
  readonly perChamber: SensorCounts;
  /** Id of the first sensor of each kind, and the number of all. */
  private readonly first: readonly number[];
  readonly count: number;
  private readonly digits: number;

  /**
   * @param hardware counts for 1000 chambers; rounded to whole sensors per chamber, at least one unless zero
   * @throws RangeError for a negative or broken count
   */
  constructor(
    readonly chambers: number,
    hardware: SensorCounts = HARDWARE_SENSORS,
  ) {
    const share = (kind: SensorKind): number => {
      const n = hardware[kind];
      if (!(n >= 0) || !Number.isFinite(n)) throw new RangeError(`The number of ${kind} sensors must be zero or more.`);
      return n === 0 ? 0 : Math.max(1, Math.round(n / HARDWARE_CHAMBERS));
    };
    this.perChamber = {
      temperature: share('temperature'),
      pressure: share('pressure'),
      composition: share('composition'),
      oscillation: share('oscillation'),
      flow: share('flow'),
    };
    const first = [0];
    for (const kind of SENSOR_KINDS) first.push(first[first.length - 1] + this.perChamber[kind] * chambers);
    this.first = first;
    this.count = first[first.length - 1];
    this.digits = Math.max(4, String(Math.max(0, chambers - 1)).length);
  }

  /** Id of a sensor. @throws RangeError when there is none */
  id(kind: SensorKind, chamber: number, slot: number): number {
    const per = this.perChamber[kind];
    if (
      !(Number.isInteger(chamber) && chamber >= 0 && chamber < this.chambers) ||
      !(Number.isInteger(slot) && slot >= 0 && slot < per)
    )
      throw new RangeError(
        `There is no ${kind} sensor ${slot + 1} in chamber ${chamber}: ${this.chambers} chambers have ${per} each.`,
      );
    return this.first[SENSOR_KINDS.indexOf(kind)] + chamber * per + slot;
  }

  kindOf(id: number): SensorKind {
    let k = 0;
    while (id >= this.first[k + 1]) k++;
    return SENSOR_KINDS[k];
  }

  chamberOf(id: number): number {
    const kind = this.kindOf(id);
    return Math.floor((id - this.first[SENSOR_KINDS.indexOf(kind)]) / this.perChamber[kind]);
  }

  slotOf(id: number): number {
    const kind = this.kindOf(id);
    return (id - this.first[SENSOR_KINDS.indexOf(kind)]) % this.perChamber[kind];
  }

  /** The point of a slot; shared, not made anew. */
  pointOf(id: number): Point {
    const points = POINTS[this.kindOf(id)];
    return points[this.slotOf(id) % points.length];
  }

  /** "PT-0123-2": letters, chamber, slot from 1. */
  tag(id: number): string {
    const chamber = String(this.chamberOf(id)).padStart(this.digits, '0');
    return `${SENSORS[this.kindOf(id)].letters}-${chamber}-${this.slotOf(id) + 1}`;
  }

  /** Id of a tag, in either case and with or without leading zeros; null when no sensor is called so. */
  find(tag: string): number | null {
    const match = /^([a-z]{2})-(\d{1,9})-(\d{1,9})$/i.exec(tag.trim());
    if (!match) return null;
    const kind = SENSOR_KINDS.find((k) => SENSORS[k].letters === match[1].toUpperCase());
    if (!kind) return null;
    const chamber = Number(match[2]);
    const slot = Number(match[3]) - 1;
    if (chamber >= this.chambers || slot < 0 || slot >= this.perChamber[kind]) return null;
    return this.id(kind, chamber, slot);
  }

  /** All that is known of a sensor. @throws RangeError for an id that is none */
  describe(id: number): SensorPlace {
    if (!(Number.isInteger(id) && id >= 0 && id < this.count)) throw new RangeError(`There is no sensor ${id}.`);
    return {
      id,
      kind: this.kindOf(id),
      chamber: this.chamberOf(id),
      slot: this.slotOf(id),
      point: this.pointOf(id),
      tag: this.tag(id),
    };
  }
}
