// Whether the performance figures are shown; kept in the browser.

import { create } from 'zustand';
import { keep, PERFORMANCE_KEY, recall } from '../state/storage.ts';

export const usePerformanceShown = create<{ readonly shown: boolean }>(() => ({
  shown: recall(PERFORMANCE_KEY) === true,
}));

export function togglePerformance(): void {
  const shown = !usePerformanceShown.getState().shown;
  usePerformanceShown.setState({ shown });
  keep(PERFORMANCE_KEY, shown);
}
