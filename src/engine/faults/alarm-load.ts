// How much an upset within the design asks of the operator (row D4 of the reliability figures, after EEMUA 191 and ISA-18.2): alarms
// announced in ten minutes, chatter, first cause, order, nothing lost. Seeded: the same seed gives the same upsets.

import type { Farm } from '../farm.ts';
import type { AlarmKind } from '../monitoring/alarms/alarm-definitions.ts';
import { ALARM_STATES, type AlarmEvent, SHELVED } from '../monitoring/alarms/alarm-states.ts';
import { CHATTER_COUNT, CHATTER_WINDOW_S, FLOOD_WINDOW_S, isAnnouncement } from '../monitoring/alarms/flood.ts';
import { type TargetCounts, targetCount } from '../monitoring/alarms/places.ts';
import { createRandom } from '../numerics/random.ts';
import { VOTING_SENSORS } from '../pressure-control/plant/plant-topology.ts';
import { loadSnapshot, saveSnapshot } from '../snapshot.ts';
import { FAULT_KIND_NAMES, type FaultKind, type FaultSpec, faultKind } from './fault-kinds.ts';

/** Announcements in ten minutes at most: in an upset within the design, and in steady state. */
const MOST_ANNOUNCED = 10;
const MOST_STEADY = 1;
/** Time before an upset, s, and how long after its start it lasts: what it brings back is counted too. */
export const UPSET_AT_S = 60;
const LASTS_S = 240;
/** Time that is looked at after the start. */
export const LOOKED_AT_S = FLOOD_WINDOW_S;

export interface DesignUpset {
  readonly name: string;
  readonly faults: readonly FaultSpec[];
  /** What an operator does, once each, from its time (s) on; false: it could not be done yet and is tried again. */
  readonly acts: readonly { readonly at_s: number; readonly act: (farm: Farm) => boolean }[];
  /** What may be named as the first cause. */
  readonly causes: readonly Cause[];
}

interface Cause {
  readonly kind: AlarmKind;
  readonly index: number;
}

/** The first sensor that does not vote is of chamber 0. */
const FIRST_INSTRUMENT: Cause = { kind: 'instrument-bad', index: 0 };

export interface AlarmLoad {
  readonly stopped: string | null;
  /** After the start: what, and when (s after it). */
  readonly announced: readonly { readonly alarm: number; readonly text: string; readonly after_s: number }[];
  /** Alarms announced three times or more within a minute. */
  readonly chattering: readonly string[];
  /** Conditions that came and are neither in the journal nor, while present, in view or listed under one that is. */
  readonly lost: readonly string[];
  /** Events came in order of time, those of one step in order of the alarms' numbers. */
  readonly ordered: boolean;
  /** Whether the first announced was put down to the upset; null: nothing was announced, or nothing was done. */
  readonly firstOut: boolean | null;
  readonly named: string;
  /** Fingerprint of the journal, to compare runs by. */
  readonly journal: string;
}

/**
 * Each kind of fault alone as designed for, losses of a header and of the compressor, emergency stop, shutdown and restart, and calm.
 * @param lasts_s how long each acts, s
 */
export function designUpsets(seed: number, counts: TargetCounts, lasts_s = LASTS_S): DesignUpset[] {
  const random = createRandom(seed);
  const single = (kind: FaultKind): DesignUpset => {
    const { target } = faultKind(kind);
    // Of sensors one that votes.
    const count = target === 'sensor' ? VOTING_SENSORS * counts.chamber : targetCount(counts, target);
    return upsetOf(kind, kind, [Math.floor(random.next() * count)]);
  };
  const upsetOf = (name: string, kind: FaultKind, targets: readonly number[]): DesignUpset =>
    faultUpset(name, kind, targets, UPSET_AT_S + lasts_s);
  const all = (n: number): number[] => Array.from({ length: n }, (_, k) => k);
  return [
    { name: 'steady', faults: [], acts: [], causes: [] },
    ...FAULT_KIND_NAMES.filter((kind) => targetCount(counts, faultKind(kind).target) > 0).map(single),
    {
      ...upsetOf('instrument dropout', 'sensor-dropout', [VOTING_SENSORS * counts.chamber]),
      causes: [FIRST_INSTRUMENT],
    },
    upsetOf('supply header lost', 'header-loss', [0]),
    upsetOf('return header lost', 'header-loss', [1]),
    upsetOf('compressor trip', 'pump-trip', all(counts.pump)),
    upsetOf('all fans failed', 'fan-failure', all(counts.fan)),
    {
      name: 'emergency stop',
      faults: [],
      acts: [
        { at_s: UPSET_AT_S, act: (farm) => press(farm, true) },
        { at_s: UPSET_AT_S + lasts_s, act: (farm) => press(farm, false) },
        { at_s: UPSET_AT_S + lasts_s + 10, act: reset },
        { at_s: UPSET_AT_S + lasts_s + 11, act: restart },
      ],
      causes: [{ kind: 'safety-trip', index: 0 }],
    },
    {
      name: 'shutdown and restart',
      faults: [],
      acts: [
        { at_s: UPSET_AT_S, act: (farm) => farm.plant.sequence.shutDown('operator', 'design upset', farm.time_s).ok },
        { at_s: UPSET_AT_S + lasts_s, act: restart },
      ],
      causes: [],
    },
  ];
}

function faultUpset(name: string, kind: FaultKind, targets: readonly number[], end_s: number): DesignUpset {
  const row = faultKind(kind);
  const magnitudes = row.magnitudes.map((one) => one.default);
  const fault: FaultSpec = { kind, targets, magnitudes, start_s: UPSET_AT_S, end_s };
  const kinds: readonly AlarmKind[] = row.target === 'sensor' ? ['sensor-bad', 'sensor-deviation'] : [row.firstAlarm];
  const places = row.target === 'farm' ? [0] : targets;
  return {
    name,
    faults: [fault],
    acts: [],
    causes: kinds.flatMap((alarm) => places.map((index) => ({ kind: alarm, index }))),
  };
}

function press({ plant }: Farm, pressed: boolean): boolean {
  plant.emergencyStop(pressed, 'operator', 'design upset');
  return true;
}
const reset = ({ plant }: Farm): boolean => plant.resetInterlocks('operator', 'design upset').length === 0;
const restart = ({ plant, time_s }: Farm): boolean =>
  plant.sequence.restart(plant.plantReadings(), 'operator', 'design upset', time_s).ok;

export interface LoadOptions {
  /** Time looked at after the upset's start, s. */
  readonly window_s?: number;
  /** Time at which the run is cut: it goes on from a snapshot, s. */
  readonly cut_s?: number;
}

/** Lets a farm at time zero run through an upset, step by step. */
export function measureAlarmLoad(start: Farm, upset: DesignUpset, options: LoadOptions = {}): AlarmLoad {
  const { window_s = LOOKED_AT_S, cut_s = Number.POSITIVE_INFINITY } = options;
  let farm = start;
  for (const fault of upset.faults) farm.plant.addFault(fault, 'design upset');
  const waiting = [...upset.acts];
  const end = UPSET_AT_S + window_s;
  let named: Cause | null = null;
  while (farm.intact && farm.time_s < end) {
    while (waiting.length > 0 && farm.time_s >= waiting[0].at_s && waiting[0].act(farm)) waiting.shift();
    farm.modes.horizon_s = Math.min(end, ...waiting.map(({ at_s }) => (at_s > farm.time_s ? at_s : end)));
    // A step that found no oscillation to average is made again, every cycle resolved.
    farm.step(1);
    named ??= firstCause(farm);
    if (farm === start && farm.time_s >= cut_s) farm = resumed(farm);
  }
  return loadOf(farm, upset, named);
}

function resumed(farm: Farm): Farm {
  const loaded = loadSnapshot(saveSnapshot(farm));
  if (!loaded.ok) throw new Error(loaded.message);
  return loaded.farm;
}

/** What is wrong with a load by the figures of row D4; empty: nothing. */
export function excess(upset: DesignUpset, load: AlarmLoad): string[] {
  const most = upset.name === 'steady' ? MOST_STEADY : MOST_ANNOUNCED;
  return [
    load.announced.length > most ? `${load.announced.length} announced in ten minutes, ${most} at most` : '',
    load.chattering.length > 0 ? `chatter: ${load.chattering.join(', ')}` : '',
    load.lost.length > 0 ? `lost: ${load.lost.join(', ')}` : '',
    load.ordered ? '' : 'not in order',
    load.firstOut === false ? `first cause named: ${load.named}` : '',
    load.stopped ?? '',
  ].filter((text) => text !== '');
}

/** The root of the first alarm announced after the start. */
function firstCause({ plant }: Farm): Cause | null {
  const first = plant.journal.entries().find((event) => event.time_s >= UPSET_AT_S && isAnnouncement(event));
  if (!first) return null;
  const root = plant.alarms.explain(first.alarm)?.root;
  const place = root?.place ?? plant.alarms.table.place(first.alarm);
  return { kind: root?.kind ?? plant.alarms.table.kind(first.alarm), index: place.index };
}

function loadOf({ plant, stopReason }: Farm, upset: DesignUpset, named: Cause | null): AlarmLoad {
  const events = plant.journal.entries();
  const announcements = events.filter((event) => event.time_s >= UPSET_AT_S && isAnnouncement(event));
  const isCause = upset.causes.some(({ kind, index }) => kind === named?.kind && index === named.index);
  return {
    stopped: stopReason,
    announced: announcements.map(({ alarm, time_s }) => ({
      alarm,
      text: plant.alarmText(alarm),
      after_s: time_s - UPSET_AT_S,
    })),
    chattering: chattering(announcements).map((alarm) => plant.alarmText(alarm)),
    lost: lostAlarms(plant, events),
    ordered: events.every((event, k) => k === 0 || inOrder(events[k - 1], event)),
    // Of what comes while nothing is done there is no first cause to be right about.
    firstOut: named && (upset.faults.length > 0 || upset.acts.length > 0) ? isCause : null,
    named: named ? `${named.kind}@${named.index}` : 'nothing',
    journal: events.map(({ time_s, alarm, from, to }) => `${time_s} ${alarm} ${from} ${to}`).join('\n'),
  };
}

function chattering(announcements: readonly AlarmEvent[]): number[] {
  const times = new Map<number, number[]>();
  for (const { alarm, time_s } of announcements) times.set(alarm, [...(times.get(alarm) ?? []), time_s]);
  const isFast = (at: readonly number[]): boolean =>
    at.some((t, k) => (at[k + CHATTER_COUNT - 1] ?? Number.POSITIVE_INFINITY) - t < CHATTER_WINDOW_S);
  return [...times].flatMap(([alarm, at]) => (isFast(at) ? [alarm] : []));
}

function lostAlarms({ alarms }: Farm['plant'], events: readonly AlarmEvent[]): string[] {
  const { machine, groups } = alarms;
  const onsets = new Map<number, number>();
  for (const { alarm, why } of events) if (why === 'condition in') onsets.set(alarm, (onsets.get(alarm) ?? 0) + 1);
  const lost: string[] = [];
  for (let alarm = 0; alarm < machine.count; alarm++) {
    const isKept = (onsets.get(alarm) ?? 0) === machine.occurrenceCount(alarm);
    const state = machine.stateNumber(alarm);
    const cause = groups.causeOf(alarm);
    const isShown =
      !machine.condition(alarm) || state < SHELVED || (cause !== undefined && machine.stateNumber(cause) < SHELVED);
    if (!isKept || !isShown) lost.push(`${alarm} ${ALARM_STATES[state]}`);
  }
  return lost;
}

/** Onsets of one step come by number; what follows from them may stand between. */
const inOrder = (a: AlarmEvent, b: AlarmEvent): boolean =>
  a.time_s < b.time_s ||
  (a.time_s === b.time_s && !(a.why === 'condition in' && b.why === 'condition in' && b.alarm <= a.alarm));
