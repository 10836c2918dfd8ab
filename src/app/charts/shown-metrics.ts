// Which metrics have a chart: added, changed, removed, and kept by the browser.

import { METRIC_NAMES, type MetricName } from '../../engine/metrics.ts';
import { CHARTS_KEY, keep, recall } from '../state/storage.ts';
import { setCharts, useTwin } from '../state/store.ts';

export const CHARTS_MAX = 12;

function show(metrics: readonly MetricName[]): void {
  setCharts({ metrics });
  keep(CHARTS_KEY, metrics);
}
const present = (): readonly MetricName[] => useTwin.getState().charts.metrics;

export const addMetric = (metric: MetricName): void => {
  if (!present().includes(metric) && present().length < CHARTS_MAX) show([...present(), metric]);
};
export const removeMetric = (metric: MetricName): void => show(present().filter((m) => m !== metric));
export const changeMetric = (from: MetricName, to: MetricName): void => {
  if (!present().includes(to)) show(present().map((m) => (m === from ? to : m)));
};

/** Shows what the browser kept, if it is a list of metrics. */
export function restoreMetrics(): void {
  const kept = recall(CHARTS_KEY);
  if (!Array.isArray(kept)) return;
  const known = METRIC_NAMES.filter((name) => kept.includes(name));
  const inOrder = (kept as unknown[]).filter((name): name is MetricName => known.includes(name as MetricName));
  setCharts({ metrics: [...new Set(inOrder)].slice(0, CHARTS_MAX) });
}
