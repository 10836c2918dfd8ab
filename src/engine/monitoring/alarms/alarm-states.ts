// The life cycle of an alarm after ISA-18.2-2016 (figure of the alarm state transitions) as tables: its states, what takes it
// from one to another, and why a command is refused. The instances live in alarm-machine.ts.

import type { Problem } from '../../config/problem.ts';

/** ISA-18.2's states A–I, in that order. */
export const ALARM_STATES = [
  'normal',
  'unacknowledged',
  'acknowledged',
  'returned-unacknowledged',
  'latched-unacknowledged',
  'latched-acknowledged',
  'shelved',
  'suppressed-by-design',
  'out-of-service',
] as const;

export type AlarmState = (typeof ALARM_STATES)[number];

/** Numbers of the states in typed arrays: indices into ALARM_STATES. Below SHELVED an alarm is in view. */
export const NORMAL = 0;
export const UNACKNOWLEDGED = 1;
export const ACKNOWLEDGED = 2;
export const RETURNED = 3;
export const LATCHED_UNACKNOWLEDGED = 4;
export const LATCHED_ACKNOWLEDGED = 5;
export const SHELVED = 6;
export const SUPPRESSED = 7;
export const OUT_OF_SERVICE = 8;

/** Next state when the condition comes; indexed by the state in view. A latched alarm that comes again is a new alarm. */
export const ON_CONDITION_IN = [
  UNACKNOWLEDGED,
  UNACKNOWLEDGED,
  ACKNOWLEDGED,
  UNACKNOWLEDGED,
  UNACKNOWLEDGED,
  UNACKNOWLEDGED,
] as const;

/** Next state when the condition goes: not latching, latching. */
export const ON_CONDITION_OUT = [
  [NORMAL, RETURNED, NORMAL, RETURNED, LATCHED_UNACKNOWLEDGED, LATCHED_ACKNOWLEDGED],
  [NORMAL, LATCHED_UNACKNOWLEDGED, LATCHED_ACKNOWLEDGED, RETURNED, LATCHED_UNACKNOWLEDGED, LATCHED_ACKNOWLEDGED],
] as const;

/** Next state, or why not and what would be right. */
export type Lawful = number | readonly [message: string, remedy: string];

export const ON_ACKNOWLEDGE: readonly Lawful[] = [
  ['there is nothing to acknowledge: it is normal', 'Acknowledge an alarm that is unacknowledged.'],
  ACKNOWLEDGED,
  ['it is acknowledged already', 'Nothing is to be done until its condition clears.'],
  NORMAL,
  LATCHED_ACKNOWLEDGED,
  ['it is acknowledged already', 'Reset it: its condition has cleared.'],
];

/** For a latching alarm; others have nothing to reset. */
export const ON_RESET: readonly Lawful[] = [
  ['there is nothing to reset: it is normal', 'Reset a latched alarm whose condition has cleared.'],
  ['its condition is still present', 'Remove the cause, acknowledge, then reset.'],
  ['its condition is still present', 'Remove the cause, then reset.'],
  ['it is not latched', 'Acknowledge it.'],
  ['it is not acknowledged', 'Acknowledge it first, then reset.'],
  NORMAL,
];

/** Commands of a person or, for suppress and unsuppress, of the plant's logic. */
export const ALARM_COMMANDS = [
  'acknowledge',
  'reset',
  'shelve',
  'unshelve',
  'suppress',
  'unsuppress',
  'take-out-of-service',
  'return-to-service',
] as const;

export type AlarmCommandKind = (typeof ALARM_COMMANDS)[number];

export interface AlarmCommand {
  readonly kind: AlarmCommandKind;
  /** Index of the instance. */
  readonly alarm: number;
  /** Who gives it; never empty. */
  readonly who: string;
  /** Reason; never empty for commands that hide an alarm. */
  readonly why: string;
  /** s; shelving only. */
  readonly duration_s?: number;
}

/** Commands that hide an alarm say why. */
export const NEEDS_REASON: ReadonlySet<AlarmCommandKind> = new Set<AlarmCommandKind>([
  'shelve',
  'suppress',
  'take-out-of-service',
]);

/** One step of one alarm's life. `from` equals `to` where a condition came or went, or a shelving ended, out of view. */
export interface AlarmEvent {
  /** Simulated s. */
  readonly time_s: number;
  readonly alarm: number;
  readonly from: AlarmState;
  readonly to: AlarmState;
  /** Whether the condition is present after it. */
  readonly condition: boolean;
  /** A person's name, 'process', 'timer', or the logic's name. */
  readonly who: string;
  readonly why: string;
}

export type AlarmReply = { readonly ok: true } | { readonly ok: false; readonly problem: Problem };

export const refusal = (message: string, remedy: string): AlarmReply => ({
  ok: false,
  problem: { message, remedy, severity: 'error' },
});
