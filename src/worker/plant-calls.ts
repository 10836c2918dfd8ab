// What the page asks of the plant: alarms, interlocks, sequence, faults, log. Answers are plain data; what is refused is
// refused with the reason and the remedy.

import type { Problem } from '../engine/config/problem.ts';
import type { Farm } from '../engine/farm.ts';
import { parseFault } from '../engine/faults/parse.ts';
import type { ScheduledFault } from '../engine/faults/schedule.ts';
import { ALARM_TABLE_ROWS, PRIORITIES, type Priority } from '../engine/monitoring/alarms/alarm-definitions.ts';
import {
  type AlarmPage,
  type AlarmQuery,
  alarmsCsv,
  alarmsJson,
  queryAlarms,
} from '../engine/monitoring/alarms/alarm-list.ts';
import {
  type AlarmCommand,
  LATCHED_UNACKNOWLEDGED,
  RETURNED,
  SHELVED,
  UNACKNOWLEDGED,
} from '../engine/monitoring/alarms/alarm-states.ts';
import type { Explanation } from '../engine/monitoring/alarms/cause.ts';
import type { TargetCounts } from '../engine/monitoring/alarms/places.ts';
import type { LogFilter, LogPage } from '../engine/monitoring/operators-log.ts';
import { faultyChambers } from '../engine/pressure-control/plant/fault-chambers.ts';
import type { Bypass, BypassReply, BypassRequest } from '../engine/pressure-control/safety/bypass.ts';
import type { PermissiveStatus, SequenceStatus } from '../engine/pressure-control/safety/shutdown.ts';
import { TRIP_CAUSES } from '../engine/pressure-control/safety/trip-table.ts';
import type { SensorCounts } from '../engine/pressure-control/sensors/placement.ts';

/** How the plant stands, in one glance. */
export interface PlantOverview {
  readonly time_s: number;
  /**
   * Alarms in view by priority, as the list has them: all (present, returned but not acknowledged, latched), and those of them that
   * nobody has acknowledged, present or not.
   */
  readonly alarms: Readonly<Record<Priority, { readonly standing: number; readonly unacknowledged: number }>>;
  /** The most urgent unacknowledged alarm; null when there is none. */
  readonly foremost: { readonly alarm: number; readonly text: string; readonly priority: Priority } | null;
  readonly shelved: number;
  /** Announcements of the last ten minutes, and whether that is a flood. */
  readonly announced: number;
  readonly flood: boolean;
  readonly sequence: SequenceStatus;
  /** What a restart needs, met or not. */
  readonly permissives: readonly PermissiveStatus[];
  /** Bypasses that act, and requests that wait for their second act; by number. */
  readonly bypasses: readonly Bypass[];
  readonly emergencyStop: boolean;
  /** Places with latched interlocks, the first few with their causes. */
  readonly trips: { readonly count: number; readonly first: readonly string[] };
  readonly roomOxygen: number;
  readonly reliefOpen: number;
  readonly faults: readonly ScheduledFault[];
  /** Chambers that acting faults strike, for the lattice: ascending, the first MOST_MARKED. */
  readonly faultyChambers: readonly number[];
  /** Places that faults can name, and places of alarms: of sensors only those that vote have alarms of their own. */
  readonly targets: TargetCounts;
  readonly alarmTargets: TargetCounts;
  /** Of each kind in one chamber. */
  readonly sensors: SensorCounts;
}

export type PlantReply = { readonly ok: true } | { readonly ok: false; readonly problems: readonly Problem[] };

export interface PlantCalls {
  plant(): PlantOverview;
  alarms(query: AlarmQuery): AlarmPage;
  /** Alarms that fit a query, all pages, as a file. */
  alarmsFile(query: AlarmQuery, format: 'csv' | 'json'): string;
  /** Why an alarm is there; null when its condition is not present. */
  explainAlarm(alarm: number): Explanation | null;
  alarmCommand(command: AlarmCommand): PlantReply;
  /** Acknowledges every alarm that asks for it. @returns how many */
  acknowledgeAll(who: string): number;
  /** As on the command line: kind[=magnitude]@targets:start[:end], start and end in s from now. */
  injectFault(text: string, who: string): PlantReply;
  clearFault(id: number, who: string): PlantReply;
  clearFaults(who: string): void;
  emergencyStop(pressed: boolean, who: string, why: string): void;
  shutDown(who: string, why: string): PlantReply;
  restart(who: string, why: string): PlantReply;
  resetInterlocks(who: string, why: string): PlantReply;
  /** First act of a bypass; nothing is bypassed yet. */
  requestBypass(request: BypassRequest): PlantReply;
  /** Second act: the bypass begins. */
  confirmBypass(id: number, who: string, why: string): PlantReply;
  /** Ends a bypass or withdraws a request. */
  endBypass(id: number, who: string, why: string): PlantReply;
  /** Entries that fit, the latest first, a page at a time. */
  log(filter: LogFilter, offset: number, limit: number): LogPage;
  logFile(filter: LogFilter, format: 'csv' | 'json'): string;
  note(who: string, text: string): PlantReply;
}

const MOST_TRIPS = 5;
/** Chambers with faults told to the lattice, as many as it draws rings. */
const MOST_MARKED = 2048;
const LONGEST_LOG_PAGE = 500;
const fine: PlantReply = { ok: true };
const no = (message: string, remedy: string): PlantReply => ({
  ok: false,
  problems: [{ message, remedy, severity: 'error' }],
});

export function plantCalls(farm: () => Farm): PlantCalls {
  const plant = () => farm().plant;
  const now = () => farm().time_s;
  return {
    plant: () => overview(farm()),
    alarms: (query) => queryAlarms(plant().alarms, query),
    alarmsFile(query, format) {
      const { rows } = queryAlarms(plant().alarms, { ...query, offset: 0, limit: Number.MAX_SAFE_INTEGER });
      return format === 'csv' ? alarmsCsv(rows) : alarmsJson(rows);
    },
    explainAlarm: (alarm) => plant().alarms.explain(alarm) ?? null,
    alarmCommand(command) {
      const reply = plant().alarms.command(command, now());
      if (!reply.ok) return { ok: false, problems: [reply.problem] };
      plant().log.add('act', command.who, `${command.kind}: ${plant().alarmText(command.alarm)}`, command.why, now());
      return fine;
    },
    acknowledgeAll(who) {
      const { alarms, log } = plant();
      let done = 0;
      for (let alarm = 0; alarm < alarms.table.count; alarm++) {
        if (alarms.machine.stateNumber(alarm) === 0) continue;
        if (alarms.command({ kind: 'acknowledge', alarm, who, why: 'all' }, now()).ok) done++;
      }
      if (done > 0) log.add('act', who, `Acknowledged ${done} ${done === 1 ? 'alarm' : 'alarms'}`, '', now());
      return done;
    },
    injectFault(text, who) {
      const parsed = parseFault(text, plant().targets, plant().measurement.numbers);
      if (!parsed.ok) return { ok: false, problems: parsed.problems };
      const { fault } = parsed;
      const end_s = fault.end_s === null ? null : now() + fault.end_s;
      plant().addFault({ ...fault, start_s: now() + fault.start_s, end_s }, who);
      return fine;
    },
    clearFault: (id, who) =>
      plant().faults.clear(id, who, '', now())
        ? fine
        : no(`There is no fault ${id} that waits or acts.`, 'Look at the list of faults.'),
    clearFaults: (who) => plant().faults.clearAll(who, '', now()),
    emergencyStop: (pressed, who, why) => farm().emergencyStop(pressed, who, why),
    shutDown: (who, why) => plant().sequence.shutDown(who, why, now()),
    restart: (who, why) => plant().sequence.restart(plant().plantReadings(), who, why, now()),
    resetInterlocks(who, why) {
      const refused = plant().resetInterlocks(who, why);
      return refused.length === 0 ? fine : no(refused.slice(0, MOST_TRIPS).join(' '), 'Remove the causes first.');
    },
    requestBypass: (request) => replyOf(plant().bypasses.request(request, now())),
    confirmBypass: (id, who, why) => replyOf(plant().bypasses.confirm(id, who, why, now())),
    endBypass: (id, who, why) => replyOf(plant().bypasses.end(id, who, why, now())),
    log: (filter, offset, limit) => plant().log.page(filter, offset, Math.min(LONGEST_LOG_PAGE, limit)),
    logFile: (filter, format) => (format === 'csv' ? plant().log.csv(filter) : plant().log.json(filter)),
    note: (who, text) =>
      plant().log.note(who, text, now()) ? fine : no('The note is empty or not signed.', 'Write something and a name.'),
  };
}

const replyOf = (reply: BypassReply): PlantReply => (reply.ok ? fine : { ok: false, problems: [reply.problem] });

/** States in view of which nobody has acknowledged: present, gone, gone and latched. */
const isOwed = (state: number): boolean =>
  state === UNACKNOWLEDGED || state === RETURNED || state === LATCHED_UNACKNOWLEDGED;

function overview({ plant, time_s, layout }: Farm): PlantOverview {
  const { alarms, interlocks, sequence } = plant;
  const readings = plant.plantReadings();
  const counts = Object.fromEntries(
    PRIORITIES.map((priority) => [priority, { standing: 0, unacknowledged: 0 }]),
  ) as Record<Priority, { standing: number; unacknowledged: number }>;
  let shelved = 0;
  let foremost: PlantOverview['foremost'] = null;
  for (let alarm = 0; alarm < alarms.table.count; alarm++) {
    const state = alarms.machine.stateNumber(alarm);
    if (state === 0) continue;
    if (state === SHELVED) shelved++;
    if (state >= SHELVED) continue;
    const { priority } = ALARM_TABLE_ROWS[alarms.table.kindOf[alarm]];
    counts[priority].standing++;
    if (!isOwed(state)) continue;
    counts[priority].unacknowledged++;
    if (!foremost || PRIORITIES.indexOf(priority) < PRIORITIES.indexOf(foremost.priority))
      foremost = { alarm, text: plant.alarmText(alarm), priority };
  }
  const trips: string[] = [];
  let tripped = 0;
  for (let group = -1; group < interlocks.groups; group++) {
    const causes = interlocks.latchedCauses(group);
    if (causes.length === 0) continue;
    tripped++;
    const labels = causes.map((id) => TRIP_CAUSES.find((cause) => cause.id === id)?.label ?? id);
    if (trips.length < MOST_TRIPS) trips.push(`${group < 0 ? 'Farm' : `Chamber ${group}`}: ${labels.join(', ')}`);
  }
  return {
    time_s,
    alarms: counts,
    foremost,
    shelved,
    announced: alarms.flood.inWindow(0, time_s),
    flood: alarms.flood.isFlooded(0),
    sequence: sequence.status(readings, time_s),
    permissives: sequence.permissives(readings),
    bypasses: [...plant.bypasses.active, ...plant.bypasses.requested].sort((a, b) => a.id - b.id),
    emergencyStop: plant.isStopped,
    trips: { count: tripped, first: trips },
    roomOxygen: plant.roomOxygen,
    reliefOpen: plant.relief.lift.reduce((n, lift) => n + (lift > 0 ? 1 : 0), 0),
    faults: plant.faults.all,
    faultyChambers: faultyChambers(plant.faults.active, layout.edges, plant.measurement.numbers, MOST_MARKED),
    targets: plant.targets,
    alarmTargets: alarms.table.targets,
    sensors: plant.measurement.placement.perChamber,
  };
}
