// The data of one chart: asked from the engine at most twice a second, less often with many charts (a redraw costs about
// 30 ms), only while the chart is in view; once when nothing moves.

import { type RefObject, useEffect, useState } from 'react';
import type { MetricName } from '../../engine/metrics.ts';
import type { SeriesReply } from '../../worker/protocol.ts';
import { beats } from '../state/beats.ts';
import { client } from '../state/farm-client.ts';
import { repeatAtPanelPace } from '../state/panel-pace.ts';
import { useTwin } from '../state/store.ts';
import { shownSpan } from './series.ts';

const POINTS = 200;
const MARGIN = 0.05;
const LEAST_INTERVAL_MS = 500;
/** Time given to each chart between redraws, so that all together keep under a quarter of the main thread. */
const MS_PER_CHART = 160;

export interface ShownSeries {
  readonly reply: SeriesReply;
  readonly from: number;
  readonly to: number;
}

/** @param place of the chart among all, which staggers the questions */
export function useSeries(
  metric: MetricName,
  place: number,
  count: number,
  element: RefObject<HTMLElement | null>,
): ShownSeries | null {
  const [shown, setShown] = useState<ShownSeries | null>(null);
  const zoom = useTwin((s) => s.charts.zoom);
  const followS = useTwin((s) => s.charts.followS);
  const frozen = useTwin((s) => s.charts.frozen);

  useEffect(() => {
    const interval = Math.max(LEAST_INTERVAL_MS, MS_PER_CHART * count);
    let alive = true;
    let asking = false;
    let visible = true;
    let asked = '';
    const owner = {};
    const observer = new IntersectionObserver((entries) => {
      visible = entries.at(-1)?.isIntersecting ?? true;
    });
    if (element.current) observer.observe(element.current);

    const ask = async () => {
      const { status, phase } = useTwin.getState();
      if (asking || !visible || document.hidden || phase !== 'ready' || !status) return;
      const [from, to] = shownSpan(zoom, followS, status.simulated_s, status.timeStep_s);
      // A zoom into the past and a frozen chart do not change with time.
      const still = frozen || (zoom !== null && zoom[1] < status.simulated_s);
      const question = still ? `${status.fileName}` : `${status.fileName}/${status.steps}`;
      if (question === asked) return;
      asking = true;
      try {
        // A little more than is shown, so that lines reach the edges.
        const margin = (to - from) * MARGIN;
        const reply = await client.poll((farm) => farm.series([metric], from - margin, to + margin, POINTS));
        if (alive) beats.showInTurn(owner, () => setShown({ reply, from, to }));
        asked = question;
      } catch {
        // A lost engine is told elsewhere.
      }
      asking = false;
    };
    let stop = (): void => undefined;
    const start = setTimeout(
      () => {
        void ask();
        stop = repeatAtPanelPace(() => void ask(), interval);
      },
      (interval * place) / Math.max(1, count),
    );
    return () => {
      alive = false;
      beats.forget(owner);
      clearTimeout(start);
      stop();
      observer.disconnect();
    };
  }, [metric, place, count, zoom, followS, frozen, element]);
  return shown;
}
