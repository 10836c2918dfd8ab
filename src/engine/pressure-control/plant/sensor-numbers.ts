// Numbers of the sensors as faults name them: first those that vote, VOTING_SENSORS a chamber, then the rest chamber by chamber, kind
// by kind. Also by tag: PT-0123-2, XT-0007-3-45 (slots 3 to 45), XT-0007-* (all of that chamber), FT-*-1.

import { SENSOR_KINDS, SENSORS, type SensorKind } from '../sensors/catalogue.ts';
import { type SensorCounts, SensorPlacement } from '../sensors/placement.ts';
import { VOTING_SENSORS } from './plant-topology.ts';

/** Sensors of a chamber that vote on one quantity. */
export const VOTERS = 3;

const TAG = /^([a-z]{2})-(\d{1,9}|\*)-(?:(\d{1,9})(?:-(\d{1,9}))?|\*)$/i;

/** Whether the sensors of a kind in the first slots vote. */
const votes = (kind: SensorKind): boolean => kind === 'pressure' || kind === 'temperature';

/** Whether a sensor takes part in a vote. */
export const isVoter = (placement: SensorPlacement, id: number): boolean =>
  placement.slotOf(id) < VOTERS && votes(placement.kindOf(id));

export class SensorNumbers {
  /** Numbers below are of sensors that vote. */
  readonly voting: number;
  /** Sensors in all. */
  readonly count: number;
  /** Sensors of a chamber that do not vote, in all and by kind. */
  private readonly others: number;
  private readonly othersOf: SensorCounts;

  constructor(readonly placement: SensorPlacement) {
    const { perChamber, chambers } = placement;
    const others = (kind: SensorKind): number => Math.max(0, perChamber[kind] - (votes(kind) ? VOTERS : 0));
    this.othersOf = {
      temperature: others('temperature'),
      pressure: others('pressure'),
      composition: others('composition'),
      oscillation: others('oscillation'),
      flow: others('flow'),
    };
    this.others = SENSOR_KINDS.reduce((sum, kind) => sum + this.othersOf[kind], 0);
    this.voting = VOTING_SENSORS * chambers;
    this.count = this.voting + this.others * chambers;
  }

  /** Those of a farm, from how many of each kind a chamber has. */
  static of(chambers: number, perChamber: SensorCounts): SensorNumbers {
    const hardware = Object.fromEntries(
      SENSOR_KINDS.map((kind) => [kind, 1000 * perChamber[kind]]),
    ) as unknown as SensorCounts;
    return new SensorNumbers(new SensorPlacement(chambers, hardware));
  }

  /** Id of a sensor. @throws RangeError when there is none of that number */
  idOf(number: number): number {
    if (!(Number.isInteger(number) && number >= 0 && number < this.count))
      throw new RangeError(`There is no sensor ${number}: give 0 to ${this.count - 1}.`);
    const { placement } = this;
    if (number < this.voting) {
      const slot = number % VOTING_SENSORS;
      const chamber = Math.floor(number / VOTING_SENSORS);
      return placement.id(slot < VOTERS ? 'pressure' : 'temperature', chamber, slot % VOTERS);
    }
    const chamber = this.chamberOf(number);
    let rest = (number - this.voting) % this.others;
    for (const kind of SENSOR_KINDS) {
      if (rest < this.othersOf[kind]) return placement.id(kind, chamber, rest + (votes(kind) ? VOTERS : 0));
      rest -= this.othersOf[kind];
    }
    throw new RangeError(`There is no sensor ${number}.`);
  }

  chamberOf(number: number): number {
    if (number < this.voting) return Math.floor(number / VOTING_SENSORS);
    return Math.floor((number - this.voting) / this.others);
  }

  /** The inverse of idOf. */
  numberOf(id: number): number {
    const { placement } = this;
    const [kind, chamber, slot] = [placement.kindOf(id), placement.chamberOf(id), placement.slotOf(id)];
    if (isVoter(placement, id)) return VOTING_SENSORS * chamber + (kind === 'pressure' ? 0 : VOTERS) + slot;
    let number = this.voting + this.others * chamber + slot - (votes(kind) ? VOTERS : 0);
    for (const before of SENSOR_KINDS) {
      if (before === kind) break;
      number += this.othersOf[before];
    }
    return number;
  }

  tag(number: number): string {
    return this.placement.tag(this.idOf(number));
  }

  /** Number of a sensor that does not vote. @param u place among those of its kind, 0 to below 1 @returns null: there is none of the kind */
  otherAt(kind: SensorKind, u: number): number | null {
    const per = this.othersOf[kind];
    if (per === 0) return null;
    const k = Math.floor(u * per * this.placement.chambers);
    return this.numberOf(this.placement.id(kind, Math.floor(k / per), (k % per) + (votes(kind) ? VOTERS : 0)));
  }

  /** Numbers of a tag, or of a pattern of tags, in either case; null when no sensor is called so. */
  named(text: string): number[] | null {
    const match = TAG.exec(text);
    if (!match) return null;
    const { placement } = this;
    const kind = SENSOR_KINDS.find((one) => SENSORS[one].letters === match[1].toUpperCase());
    if (!kind) return null;
    const per = placement.perChamber[kind];
    const first = match[3] === undefined ? 1 : Number(match[3]);
    const last = match[3] === undefined ? per : Number(match[4] ?? match[3]);
    if (first < 1 || last > per || last < first) return null;
    const every = match[2] === '*';
    if (!every && Number(match[2]) >= placement.chambers) return null;
    const [from, to] = every ? [0, placement.chambers - 1] : [Number(match[2]), Number(match[2])];
    const numbers: number[] = [];
    for (let chamber = from; chamber <= to; chamber++)
      for (let slot = first; slot <= last; slot++) numbers.push(this.numberOf(placement.id(kind, chamber, slot - 1)));
    return numbers;
  }

  /** A run of numbers as short as it can be said: tags for sensors that do not vote, numbers for those that do. */
  runText(first: number, last: number): string {
    if (first < this.voting || last >= this.count) return first === last ? `${first}` : `${first}-${last}`;
    if (first === last) return this.tag(first);
    const { placement } = this;
    const [a, b] = [this.idOf(first), this.idOf(last)];
    const isOne = placement.kindOf(a) === placement.kindOf(b) && placement.chamberOf(a) === placement.chamberOf(b);
    return isOne ? `${placement.tag(a)}-${placement.slotOf(b) + 1}` : `${first}-${last}`;
  }

  /** Whether another farm's sensors have the same numbers. */
  isLike(other: SensorNumbers): boolean {
    return this.voting === other.voting && SENSOR_KINDS.every((kind) => this.othersOf[kind] === other.othersOf[kind]);
  }

  /** The number here of a sensor of another farm: the one of the same tag; null when there is none. */
  follow(number: number, from: SensorNumbers): number | null {
    if (number >= from.count) return null;
    const id = from.idOf(number);
    const [kind, chamber, slot] = [from.placement.kindOf(id), from.placement.chamberOf(id), from.placement.slotOf(id)];
    const { perChamber, chambers } = this.placement;
    return chamber < chambers && slot < perChamber[kind] ? this.numberOf(this.placement.id(kind, chamber, slot)) : null;
  }
}
