// What of the pressure the operator looks at: which part of the tab, the sensors' word or the truth, which loops. Only the page knows it.

import { create } from 'zustand';

export const PRESSURE_VIEWS = ['trends', 'loops', 'machines', 'sensors', 'tuning'] as const;
export type PressureViewName = (typeof PRESSURE_VIEWS)[number];
/** What the sensors say after voting, or what is so. */
export type Seen = 'sensed' | 'truth';
export const TREND_SUBJECTS = ['farm', 'loops', 'chambers'] as const;
export type TrendSubject = (typeof TREND_SUBJECTS)[number];

interface PressureView {
  readonly view: PressureViewName;
  readonly seen: Seen;
  readonly subject: TrendSubject;
  /** Loops whose trends are drawn, at most as many as there are colours. */
  readonly loops: readonly number[];
  /** Whether the vertical axis reaches to the limits. */
  readonly limits: boolean;
  /** What of the compressor is drawn. */
  readonly compressor: 'power' | 'flow';
  /** Loop to be tested. */
  readonly tuned: number;
}

export const usePressureView = create<PressureView>(() => ({
  view: 'trends',
  seen: 'sensed',
  subject: 'farm',
  loops: [0, 1, 2, 3, 4, 5],
  limits: false,
  compressor: 'power',
  tuned: 0,
}));

export const setPressureView = (change: Partial<PressureView>): void => usePressureView.setState(change);
