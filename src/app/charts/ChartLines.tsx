// The lines of one chart, drawn by recharts. Loaded after the first frame. It only draws: pointer, cursor, zoom and
// events belong to ChartOverlay, so that moving the pointer never draws a chart again.

import { memo } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, XAxis, YAxis } from 'recharts';
import { PLOT } from './plot-area.ts';
import type { Chart } from './series.ts';

interface Props {
  readonly chart: Chart;
  readonly width: number;
  readonly height: number;
}

const TICK = { fill: 'var(--text-muted)', fontSize: 11 };
const MARGIN = { top: PLOT.top, right: PLOT.right, bottom: 0, left: 0 };

const labeller = (ticks: readonly number[], labels: readonly string[]) => (value: number) =>
  labels[ticks.indexOf(value)] ?? '';

export const ChartLines = memo(function ChartLines({ chart, width, height }: Props) {
  const { x, y, points, hasBand } = chart;
  return (
    <ComposedChart
      width={width}
      height={height}
      data={points as unknown as Record<string, unknown>[]}
      margin={MARGIN}
      accessibilityLayer={false}
      style={{ pointerEvents: 'none' }}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="t"
        type="number"
        domain={[x.range[0], x.range[1]]}
        ticks={[...x.ticks]}
        tickFormatter={labeller(x.ticks, x.labels)}
        height={PLOT.bottom}
        allowDataOverflow
        interval={0}
        tick={TICK}
        tickSize={4}
        stroke="var(--line)"
        label={{
          value: `Simulated time (${x.unit})`,
          position: 'insideBottom',
          offset: 4,
          fill: 'var(--text-muted)',
          fontSize: 11,
        }}
      />
      <YAxis
        type="number"
        domain={[y.range[0], y.range[1]]}
        ticks={[...y.ticks]}
        tickFormatter={labeller(y.ticks, y.labels)}
        width={PLOT.left}
        allowDataOverflow
        interval={0}
        tick={TICK}
        tickSize={4}
        axisLine={false}
        tickLine={false}
      />
      {hasBand && (
        <Area
          dataKey="band"
          type="linear"
          stroke="none"
          fill="var(--data-band)"
          fillOpacity={1}
          isAnimationActive={false}
          activeDot={false}
        />
      )}
      <Line
        dataKey="mid"
        type="linear"
        stroke="var(--data-line)"
        strokeWidth={1.5}
        dot={points.length === 1}
        activeDot={false}
        isAnimationActive={false}
      />
    </ComposedChart>
  );
});
