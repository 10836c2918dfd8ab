// What the pressure sensors say against what is so: the three readings of each chamber, their vote, and the truth that only the twin
// knows; the furthest apart first, a page at a time. And which kinds of sensor see the oscillation wrongly.

import type { Farm } from '../engine/farm.ts';
import { isVoter } from '../engine/pressure-control/plant/sensor-numbers.ts';
import {
  aliasFrequency,
  SAMPLES_PER_PERIOD,
  type Sampling,
  samplingOf,
  samplingWarning,
} from '../engine/pressure-control/sensors/aliasing.ts';
import { SENSORS, type SensorKind } from '../engine/pressure-control/sensors/catalogue.ts';
import type { PointKind } from '../engine/pressure-control/sensors/placement.ts';
import type { SensorFault } from '../engine/pressure-control/sensors/sensor-bank.ts';
import type { Quality, Suspicion } from '../engine/pressure-control/sensors/voting.ts';
import { pageOf } from './top.ts';
import { LONGEST_PAGE } from './valve-list.ts';

export interface SensorQuery {
  /** These chambers only; left out: all, the furthest from the truth first. */
  readonly chambers?: readonly number[];
  readonly offset: number;
  readonly limit: number;
}

export interface SensorRow {
  readonly chamber: number;
  /** Last readings A–C, Pa; NaN: lost. */
  readonly readings: readonly number[];
  readonly voted_Pa: number;
  readonly quality: Quality;
  /** 0–2, or −1, and why. */
  readonly suspect: number;
  readonly reason: Suspicion | null;
  /** Mean over the last scan, Pa. */
  readonly truth_Pa: number;
}

export interface SensorPage {
  readonly rows: readonly SensorRow[];
  readonly total: number;
  /** Of all chambers: how many votes are of each quality, how many have a suspect; rms of voted − true, Pa. */
  readonly qualities: Readonly<Record<Quality, number>>;
  readonly suspects: number;
  readonly rmsDifference_Pa: number;
  readonly sampling: readonly SamplingRow[];
  /** Instruments outside the votes that have a fault: the first of them, and how many there are. */
  readonly instruments: { readonly rows: readonly InstrumentRow[]; readonly total: number };
}

/** An instrument outside the votes that has a fault, known to the operator or not. */
export interface InstrumentRow {
  readonly tag: string;
  readonly chamber: number;
  readonly kind: SensorKind;
  readonly point: PointKind;
  /** Reading, in `unit` (of an analyser its first gas); NaN: none. */
  readonly value: number;
  readonly unit: string;
  readonly fault: SensorFault['kind'];
  /** What the plant makes of it; null: it cannot tell. */
  readonly reason: Suspicion | null;
}

/** How a kind of sensor would see the drive's oscillation sample by sample. */
export interface SamplingRow {
  readonly kind: SensorKind;
  readonly label: string;
  /** Samples per second, and per cycle of the drive. */
  readonly rate_Hz: number;
  readonly perCycle: number;
  readonly sampling: Sampling;
  /** Frequency at which it would show, Hz; null where it shows as it is. */
  readonly alias_Hz: number | null;
  /** For people; null where ten samples a cycle are taken. */
  readonly warning: string | null;
}

/** Kinds that measure the pressure. */
const KINDS: readonly SensorKind[] = ['pressure', 'oscillation'];

export function samplingRows(frequency: number): SamplingRow[] {
  return KINDS.map((kind) => {
    const { rate, label } = SENSORS[kind];
    const sampling = samplingOf(frequency, rate);
    return {
      kind,
      label,
      rate_Hz: rate,
      perCycle: rate / frequency,
      sampling,
      alias_Hz: sampling === 'aliased' ? aliasFrequency(frequency, rate) : null,
      warning: rate < SAMPLES_PER_PERIOD * frequency ? samplingWarning(frequency, rate) : null,
    };
  });
}

/** Faulty instruments listed at most. */
const MOST_INSTRUMENTS = 50;

function faultyInstruments({ plant, time_s }: Farm): SensorPage['instruments'] {
  const { sensors, placement } = plant.measurement;
  const ids = sensors.faulty().filter((id) => !isVoter(placement, id));
  const rows = ids.slice(0, MOST_INSTRUMENTS).flatMap((id): InstrumentRow[] => {
    const fault = sensors.fault(id);
    if (!fault) return [];
    const { tag, chamber, kind, point } = placement.describe(id);
    const value = sensors.read(id, time_s);
    const reason = plant.instruments.suspicion(id);
    return [{ tag, chamber, kind, point: point.kind, value, unit: SENSORS[kind].unit, fault: fault.kind, reason }];
  });
  return { rows, total: ids.length };
}

export function listSensors(farm: Farm, query: SensorQuery): SensorPage {
  const { plant, surroundings, layout } = farm;
  const { measurement } = plant;
  const { pressureVote: vote, truth } = measurement;
  const among = query.chambers?.filter((i) => Number.isInteger(i) && i >= 0 && i < layout.count);
  const total = among?.length ?? layout.count;
  const chamberAt = (k: number): number => among?.[k] ?? k;
  const apart = (i: number): number => Math.abs(vote.value[i] - truth[i]);
  const limit = Math.min(LONGEST_PAGE, query.limit);
  const shown = pageOf(total, (k) => apart(chamberAt(k)), query.offset, limit).map(chamberAt);
  const qualities = { good: 0, uncertain: 0, bad: 0 };
  let suspects = 0;
  let squares = 0;
  let known = 0;
  for (let i = 0; i < layout.count; i++) {
    qualities[vote.quality(i)]++;
    if (vote.suspect[i] >= 0) suspects++;
    const d = apart(i);
    if (Number.isNaN(d)) continue;
    squares += d * d;
    known++;
  }
  return {
    rows: shown.map((i) => ({
      chamber: i,
      readings: [...measurement.pressure.subarray(3 * i, 3 * i + 3)],
      voted_Pa: vote.value[i],
      quality: vote.quality(i),
      suspect: vote.suspect[i],
      reason: vote.reason(i),
      truth_Pa: truth[i],
    })),
    total,
    qualities,
    suspects,
    rmsDifference_Pa: known > 0 ? Math.sqrt(squares / known) : Number.NaN,
    sampling: samplingRows(surroundings.frequency),
    instruments: faultyInstruments(farm),
  };
}
