// What a sensor of the farm tells now: value, quality, time of its sample. Read off the plant's instruments, changing nothing.

import type { Farm } from '../farm.ts';
import { SPECIES_COUNT } from '../gas/species.ts';
import { SENSORS, type SensorKind } from '../pressure-control/sensors/catalogue.ts';
import type { Point } from '../pressure-control/sensors/placement.ts';
import type { Suspicion, VotingBank } from '../pressure-control/sensors/voting.ts';

/** Codes of the quality registers. */
export const GOOD = 1;
export const NO_VALUE = 0;
export const SUSPECTED = 2;

/** Sensors of a chamber that vote, of pressure and of temperature. */
const VOTERS = 3;

export interface SensorState {
  readonly tag: string;
  readonly chamber: number;
  readonly point: Point;
  /** In the kind's unit; NaN: the sample was lost, or there was none yet. */
  readonly value: number;
  /** Mole fraction of each gas, for an analyser; empty for the others. */
  readonly fractions: readonly number[];
  readonly quality: typeof GOOD | typeof NO_VALUE | typeof SUSPECTED;
  /** Time of the last sample, simulated s; NaN before the first. */
  readonly sampled_s: number;
  /** Why it is suspected. */
  readonly suspicion: Suspicion | null;
}

/** Number of sensors of a kind. */
export const sensorCount = ({ plant, layout }: Farm, kind: SensorKind): number =>
  plant.measurement.placement.perChamber[kind] * layout.count;

/** Vote in which a sensor takes part; undefined: none. */
function voteOf({ plant }: Farm, kind: SensorKind, slot: number): VotingBank | undefined {
  if (slot >= VOTERS) return undefined;
  if (kind === 'pressure') return plant.measurement.pressureVote;
  return kind === 'temperature' ? plant.measurement.temperatureVote : undefined;
}

/** Sensor `index` of a kind, in the order of its ids. @param channel gas of an analyser */
export function sensorState(farm: Farm, kind: SensorKind, index: number, channel = 0): SensorState {
  const { measurement } = farm.plant;
  const { placement, sensors } = measurement;
  const per = placement.perChamber[kind];
  const chamber = Math.floor(index / per);
  const slot = index % per;
  const id = placement.id(kind, chamber, slot);
  const now = farm.time_s;
  const sampled_s = measurement.sampled(id, now);
  const read = (gas: number): number => (Number.isNaN(sampled_s) ? Number.NaN : sensors.read(id, now, gas));
  const value = read(channel);
  const vote = voteOf(farm, kind, slot);
  const voted = vote?.suspect[chamber] === slot ? vote.reason(chamber) : null;
  const suspicion = vote ? voted : farm.plant.instruments.suspicion(id);
  return {
    tag: placement.tag(id),
    chamber,
    point: placement.pointOf(id),
    value,
    fractions: kind === 'composition' ? Array.from({ length: SPECIES_COUNT }, (_, k) => read(k)) : [],
    quality: Number.isFinite(value) ? (suspicion === null ? GOOD : SUSPECTED) : NO_VALUE,
    sampled_s,
    suspicion,
  };
}

/** Number of the sensor of a tag among its kind; undefined: no sensor of the kind is called so. */
export function sensorByTag({ plant }: Farm, kind: SensorKind, tag: string): number | undefined {
  const { placement } = plant.measurement;
  const id = placement.find(tag);
  if (id === null || placement.kindOf(id) !== kind) return undefined;
  return placement.chamberOf(id) * placement.perChamber[kind] + placement.slotOf(id);
}

/** Unit of a kind as people write it: "mol/s". */
export const sensorUnit = (kind: SensorKind): string => SENSORS[kind].unit.replace('_per_', '/');
