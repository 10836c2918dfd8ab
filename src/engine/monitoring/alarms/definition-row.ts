// What a definition of an alarm says, and what many definitions share.

import type { AlarmLife } from './alarm-machine.ts';
import type { ConditionRule } from './condition-filter.ts';
import type { TargetKind } from './places.ts';

/** Most urgent first. Of the alarms configured, critical are at most 5 %, high at most 15 % (EEMUA 191, ISA-18.2). */
export const PRIORITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

export interface AlarmDefinition extends AlarmLife, ConditionRule {
  readonly label: string;
  readonly priority: Priority;
  readonly target: TargetKind;
  /** Unit of limit and deadband; '' for a state. */
  readonly unit: string;
  /** What happens if nobody acts. */
  readonly consequence: string;
  /** What the operator does. */
  readonly action: string;
}

export const SHIFT_S = 8 * 3600;
export const HOUR_S = 3600;

export const STATE = { limit: 0, direction: 'state', deadband: 0, unit: '', latching: false } as const;
/** Trips act at once, stay until reset, and cannot be shelved. */
export const TRIP = { onDelay_s: 0, offDelay_s: 1, latching: true, longestShelving_s: 0 } as const;
