// One plot of the trends with its legend: the cursor, the zoom and the flags of events lie over it and are shared with the charts.

import { type ReactNode, useRef } from 'react';
import { ChartOverlay } from '../../charts/ChartOverlay.tsx';
import type { PlotSpec } from '../../charts/canvas-plot.ts';
import { Plot } from '../../charts/Plot.tsx';
import { useSize } from '../../charts/use-size.ts';
import { useTwin } from '../../state/store.ts';
import own from './Pressure.module.css';
import type { ShownTrends } from './use-trends.ts';

interface Props {
  readonly title: string;
  readonly spec: PlotSpec;
  readonly shown: ShownTrends;
  readonly valueText: string;
  readonly className: string | undefined;
  readonly legend: ReactNode;
}

export function TrendRow({ title, spec, shown, valueText, className, legend }: Props) {
  const body = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(body);
  const events = useTwin((s) => s.events);
  return (
    <article className={`${own.row} ${className ?? ''}`} aria-label={title}>
      <div ref={body} className={own.plot}>
        {height > 0 && <Plot spec={spec} label={`${title} against simulated time: ${valueText}`} height={height} />}
        {spec.insets && (
          <ChartOverlay
            title={title}
            valueText={valueText}
            span={[shown.from, Math.max(shown.to, shown.from + 1e-9)]}
            recorded={shown.trends.reply.span}
            events={events}
            width={width}
            insets={spec.insets}
          />
        )}
      </div>
      <div className={own.legendBox}>{legend}</div>
    </article>
  );
}
