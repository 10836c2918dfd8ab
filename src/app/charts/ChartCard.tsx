// One small multiple: the metric's name (a menu), its value now or at the cursor, its lines, and the overlay over them.

import { Menu } from '@mantine/core';
import { type ComponentType, memo, useMemo, useRef } from 'react';
import type { MetricName } from '../../engine/metrics.ts';
import { quantity, significant, withUnit } from '../shell/format.ts';
import { DownIcon } from '../shell/icons.tsx';
import { useTwin } from '../state/store.ts';
import type { ChartLines } from './ChartLines.tsx';
import { ChartOverlay } from './ChartOverlay.tsx';
import classes from './Charts.module.css';
import { MetricMenu } from './MetricMenu.tsx';
import { type Chart, metricInfo, nearestPoint, toChart } from './series.ts';
import { changeMetric, removeMetric } from './shown-metrics.ts';
import { useSeries } from './use-series.ts';
import { useSize } from './use-size.ts';

type Lines = ComponentType<Parameters<typeof ChartLines>[0]>;
interface Props {
  readonly metric: MetricName;
  readonly place: number;
  readonly count: number;
  /** Null while recharts is on its way. */
  readonly Lines: Lines | null;
}

export const ChartCard = memo(function ChartCard({ metric, place, count, Lines }: Props) {
  const body = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(body);
  const series = useSeries(metric, place, count, body);
  const chart = useMemo(() => series && toChart(metric, series.reply, series.from, series.to), [metric, series]);
  const { label } = metricInfo(metric);
  return (
    <article className={classes.card} aria-label={label}>
      <div className={classes.cardHead}>
        <MetricMenu
          onChoose={(next) => changeMetric(metric, next)}
          extra={
            <>
              <Menu.Item onClick={() => removeMetric(metric)}>Remove this chart</Menu.Item>
              <Menu.Divider />
              <Menu.Label>Show instead</Menu.Label>
            </>
          }
          target={
            <button type="button" className={classes.metric} aria-label={`${label}, change or remove`}>
              <span className={classes.metricName}>
                {label}
                {chart?.y.unit ? <span className={classes.muted}> ({chart.y.unit})</span> : null}
              </span>
              <DownIcon />
            </button>
          }
        />
        <ValueNow metric={metric} chart={chart} />
      </div>
      <div ref={body} className={classes.plot}>
        {Lines && chart && width > 0 && <Lines chart={chart} width={width} height={height} />}
        {chart && series && (
          <ChartOverlay
            title={label}
            valueText={lastText(chart)}
            span={chart.x.range}
            recorded={series.reply.span}
            events={series.reply.events}
            width={width}
          />
        )}
        {chart?.points.length === 0 && <p className={classes.noData}>No data in this span yet</p>}
      </div>
    </article>
  );
});

const lastText = (chart: Chart): string => {
  const last = chart.points.at(-1);
  return last ? withUnit(significant(last.mid, 3), chart.y.unit) : 'no data';
};

/** The latest value, or the one under the cursor. */
function ValueNow({ metric, chart }: { metric: MetricName; chart: Chart | null }) {
  const { unit, displayUnit } = metricInfo(metric);
  const digits = unit === 'K' ? 5 : 3;
  const cursor = useTwin((s) => s.charts.cursorS);
  const latest = useTwin((s) => {
    const now = s.status?.metrics[metric] ?? Number.NaN;
    if (chart && Number.isFinite(now)) return withUnit(significant(chart.shown(now), digits), chart.y.unit);
    const { value, unit: symbol } = quantity(now, unit, displayUnit, digits);
    return withUnit(value, symbol);
  });
  const point = cursor !== null && chart ? nearestPoint(chart.points, cursor) : null;
  if (!point || !chart) return <span className={classes.value}>{latest}</span>;
  const [low, high] = point.band;
  const spread = high - low > (chart.y.range[1] - chart.y.range[0]) * 0.01;
  const text = spread ? `${significant(low, digits)} to ${significant(high, digits)}` : significant(point.mid, digits);
  return (
    <span className={classes.value} data-cursor>
      {withUnit(text, chart.y.unit)}
    </span>
  );
}
