// How the plant says in the log what its faults, interlocks, bypasses and sequence do. Not here: alarms, which have a journal.

import type { FaultEvent } from '../../faults/schedule.ts';
import type { OperatorsLog } from '../../monitoring/operators-log.ts';
import type { BypassEvent } from '../safety/bypass.ts';
import { FARM, type InterlockEvent } from '../safety/interlocks.ts';
import type { SequenceEvent } from '../safety/shutdown.ts';
import { TRIP_CAUSES } from '../safety/trip-table.ts';

/** Characters of a fault in the log at most. */
const LONGEST_SAID = 500;

export function logFault(log: OperatorsLog, e: FaultEvent): void {
  log.add('event', e.who, `Fault ${e.id} ${e.what}: ${readable(e.fault)}`, e.why, e.time_s);
}

export function logInterlock(log: OperatorsLog, e: InterlockEvent): void {
  const causes = e.causes.map((id) => TRIP_CAUSES.find((cause) => cause.id === id)?.label ?? id).join(', ');
  const place = e.group === FARM ? 'farm' : `chamber ${e.group}`;
  log.add('event', e.who, `Interlock ${e.what}, ${place}: ${causes}`, e.why, e.time_s);
}

export function logBypass(log: OperatorsLog, e: BypassEvent): void {
  log.add('act', e.who, `Bypass ${e.bypass.id} of ${e.bypass.cause} ${e.what}`, e.why, e.time_s);
}

export function logSequence(log: OperatorsLog, e: SequenceEvent): void {
  log.add('event', e.who, `Sequence: ${e.from} → ${e.to}`, e.why, e.time_s);
}

/** A fault as typed, without digits that nobody reads. */
function readable(fault: string): string {
  const short = fault.replace(/\d+\.\d{7,}/g, (number) => String(Number(Number(number).toPrecision(6))));
  return short.length > LONGEST_SAID ? `${short.slice(0, LONGEST_SAID)}…` : short;
}
