// Priorities for people: each has a shape, a word and a colour, so that none of them need stand alone. Filled while nobody has
// acknowledged, an outline afterwards.

import type { CSSProperties } from 'react';
import { PRIORITIES, type Priority } from '../../engine/monitoring/alarms/definition-row.ts';

export const PRIORITY_WORDS: Readonly<Record<Priority, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

export const PRIORITY_SHAPES: Readonly<Record<Priority, string>> = {
  critical: 'M2.5 2.5h11v11h-11z',
  high: 'M8 2 14.4 13.4H1.6z',
  medium: 'M8 1.6 14.4 8 8 14.4 1.6 8z',
  low: 'M8 2.4a5.6 5.6 0 1 1 0 11.2A5.6 5.6 0 0 1 8 2.4z',
};

/** @param label what a screen reader says; left out where the word stands beside it */
export function PriorityMark({ priority, filled, label }: { priority: Priority; filled: boolean; label?: string }) {
  const style: CSSProperties = { flex: 'none', color: `var(--${priority})` };
  const shape = (
    <svg
      width="14"
      height="14"
      viewBox="0 0 16 16"
      fill={filled ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinejoin="round"
      style={style}
      aria-hidden="true"
      focusable="false"
    >
      <path d={PRIORITY_SHAPES[priority]} />
    </svg>
  );
  if (label === undefined) return shape;
  return (
    <span role="img" aria-label={label} style={{ display: 'inline-flex' }}>
      {shape}
    </span>
  );
}

export type AlarmCounts = Readonly<Record<Priority, { readonly standing: number; readonly unacknowledged: number }>>;

/** "2 critical, 1 not acknowledged; 3 low": the counts in words; "no alarms" when there are none. */
export function countsText(counts: AlarmCounts): string {
  const parts = PRIORITIES.filter((priority) => counts[priority].standing > 0).map((priority) => {
    const { standing, unacknowledged } = counts[priority];
    const owed = unacknowledged > 0 ? `, ${unacknowledged} not acknowledged` : '';
    return `${standing} ${priority}${owed}`;
  });
  return parts.length === 0 ? 'no alarms' : parts.join('; ');
}

export const standingCount = (counts: AlarmCounts): number =>
  PRIORITIES.reduce((sum, priority) => sum + counts[priority].standing, 0);

/** The most urgent priority that has alarms; null when calm. */
export const worstPriority = (counts: AlarmCounts): Priority | null =>
  PRIORITIES.find((priority) => counts[priority].standing > 0) ?? null;

/** "Alarm flood: 12 in 10 min". */
export const floodText = (announced: number): string => `Alarm flood: ${announced} in 10 min`;
