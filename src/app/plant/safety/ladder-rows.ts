// The ladder of limits as rows for people, the most urgent first, and how many chambers stand on each.

import { ATM } from '../../../engine/constants.ts';
import { RUNGS, type Rung, type SafetyLimits } from '../../../engine/pressure-control/safety/ladder.ts';
import { typed } from '../../shell/format.ts';

export interface LadderRow {
  readonly rung: Rung;
  readonly label: string;
  /** In atm and in K; '' where there is none. */
  readonly pressure: string;
  readonly temperature: string;
}

export function ladderRows(limits: SafetyLimits): LadderRow[] {
  const atm = (pascal: number): string => typed(Number((pascal / ATM).toPrecision(4)));
  const { operateLow_K, operateHigh_K, alert_K, trip_K } = limits;
  const vacuum = atm(limits.vacuum_Pa);
  const [low, high, alert] = [atm(limits.operateLow_Pa), atm(limits.operateHigh_Pa), atm(limits.alert_Pa)];
  return [
    { rung: 'unknown', label: 'Not known', pressure: '', temperature: '' },
    {
      rung: 'beyond-rating',
      label: 'Beyond rating',
      pressure: `≥ ${atm(limits.rated_Pa)}`,
      temperature: `> ${trip_K}`,
    },
    { rung: 'trip', label: 'Trip', pressure: `≥ ${atm(limits.trip_Pa)} or ≤ ${vacuum}`, temperature: `≥ ${trip_K}` },
    { rung: 'alert', label: 'Alert', pressure: `≥ ${alert}`, temperature: `≥ ${alert_K}` },
    {
      rung: 'caution',
      label: 'Caution',
      pressure: `> ${high} or < ${low}`,
      temperature: `> ${operateHigh_K} or < ${operateLow_K}`,
    },
    {
      rung: 'operation',
      label: 'Operation',
      pressure: `${low} to ${high}`,
      temperature: `${operateLow_K} to ${operateHigh_K}`,
    },
  ];
}

/** Chambers on each rung, by the index of RUNGS; what is no rung counts as not known. */
export function rungCounts(rungs: ArrayLike<number>): number[] {
  const counts = RUNGS.map(() => 0);
  const unknown = RUNGS.length - 1;
  for (let i = 0; i < rungs.length; i++) {
    const rung = rungs[i] as number;
    const at = Number.isInteger(rung) && rung >= 0 && rung < unknown ? rung : unknown;
    counts[at] = (counts[at] as number) + 1;
  }
  return counts;
}
