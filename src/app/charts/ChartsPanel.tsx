// The bottom panel: one small chart per metric, all over the same span of simulated time with one cursor.

import { ActionIcon, Tooltip } from '@mantine/core';
import { type ComponentType, useEffect, useState } from 'react';
import { ErrorBoundary } from '../shell/ErrorBoundary.tsx';
import { quantityText, shownDuration, simulatedTime, withUnit } from '../shell/format.ts';
import { FreezeIcon, PlusIcon, SaveIcon } from '../shell/icons.tsx';
import { Panel } from '../shell/Panel.tsx';
import { client } from '../state/farm-client.ts';
import { download } from '../state/files.ts';
import { firstPicture, whenIdle } from '../state/first-picture.ts';
import { notify } from '../state/notices.ts';
import { setCharts, useTwin } from '../state/store.ts';
import { ChartCard } from './ChartCard.tsx';
import type { ChartLines } from './ChartLines.tsx';
import classes from './Charts.module.css';
import { MetricMenu } from './MetricMenu.tsx';
import { SpanTools } from './SpanTools.tsx';
import { followedSpan, metricInfo, shownSpan, toCsv } from './series.ts';
import { addMetric } from './shown-metrics.ts';

const CSV_ROWS = 2000;
type Lines = ComponentType<Parameters<typeof ChartLines>[0]>;

export function ChartsPanel() {
  const metrics = useTwin((s) => s.charts.metrics);
  const Lines = useLines();
  return (
    <Panel name="charts" title="Charts" note={<SpanNote />} tools={<Tools />}>
      {metrics.length === 0 ? (
        <p className={classes.empty}>No chart is shown. Add one with the plus sign above.</p>
      ) : (
        <div className={classes.grid}>
          {metrics.map((metric, place) => (
            <ErrorBoundary key={metric} name={`chart “${metricInfo(metric).label}”`}>
              <ChartCard metric={metric} place={place} count={metrics.length} Lines={Lines} />
            </ErrorBoundary>
          ))}
        </div>
      )}
    </Panel>
  );
}

/** Charts wait for the page's first idle moment after the first frame no longer than this. */
const LATEST_MS = 600;

/** The drawing library, loaded after the first frame; no Suspense around recharts (it can loop there). */
function useLines(): Lines | null {
  const [lines, setLines] = useState<{ Lines: Lines } | null>(null);
  useEffect(() => {
    let alive = true;
    void firstPicture
      .then(() => whenIdle(LATEST_MS))
      .then(() => import('./ChartLines.tsx'))
      .then((module) => {
        if (alive) setLines({ Lines: module.ChartLines });
      });
    return () => {
      alive = false;
    };
  }, []);
  return lines?.Lines ?? null;
}

function SpanNote() {
  const zoom = useTwin((s) => s.charts.zoom);
  const frozen = useTwin((s) => s.charts.frozen);
  const cursor = useTwin((s) => s.charts.cursorS);
  const followS = useTwin((s) => s.charts.followS);
  const span = useTwin((s) => followedSpan(s.charts.followS ?? 0, s.status?.timeStep_s ?? 0));
  if (cursor !== null) {
    const { value, unit } = simulatedTime(cursor);
    return <>at {withUnit(value, unit)}</>;
  }
  if (zoom) return <>zoomed to {quantityText(zoom[1] - zoom[0], 's')}</>;
  if (frozen) return 'frozen; the engine goes on';
  return followS !== null && span > followS ? `last ${shownDuration(span)}: the steps are long` : null;
}

function Tools() {
  const frozen = useTwin((s) => s.charts.frozen);
  return (
    <>
      <SpanTools />
      <Tooltip label={frozen ? 'Follow again' : 'Freeze the charts; the engine goes on'}>
        <ActionIcon
          size={24}
          aria-label="Freeze charts"
          aria-pressed={frozen}
          variant={frozen ? 'light' : 'subtle'}
          onClick={() => setCharts({ frozen: !frozen })}
        >
          <FreezeIcon />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Save the visible window as CSV">
        <ActionIcon size={24} aria-label="Save as CSV" onClick={() => void saveCsv()}>
          <SaveIcon />
        </ActionIcon>
      </Tooltip>
      <MetricMenu
        onChoose={addMetric}
        target={
          <ActionIcon size={24} aria-label="Add a chart">
            <PlusIcon />
          </ActionIcon>
        }
      />
    </>
  );
}

async function saveCsv(): Promise<void> {
  const { charts, status } = useTwin.getState();
  const [from, to] = shownSpan(charts.zoom, charts.followS, status?.simulated_s ?? 0, status?.timeStep_s ?? 0);
  try {
    const reply = await client.farm.series(charts.metrics, from, to, CSV_ROWS);
    const name = (status?.fileName || 'farm').replace(/\.toml$/, '');
    download(toCsv(charts.metrics, reply), `${name}-${from.toPrecision(4)}-${to.toPrecision(4)}s.csv`, 'text/csv');
  } catch (error) {
    notify('error', 'The charts were not saved', [{ message: String(error), remedy: 'Try again.', severity: 'error' }]);
  }
}
