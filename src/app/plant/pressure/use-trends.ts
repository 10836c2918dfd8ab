// The trends of some series over the span that charts show: asked again as time goes on, at once when the span changes.

import { useCallback, useMemo, useRef } from 'react';
import type { TrendName } from '../../../worker/pressure-trends.ts';
import type { FarmCalls } from '../../../worker/protocol.ts';
import type { Remote } from '../../../worker/rpc.ts';
import { shownSpan } from '../../charts/series.ts';
import { useTwin } from '../../state/store.ts';
import { usePlantAnswer } from '../plant-store.ts';
import { Trends } from './trend-lines.ts';

const INTERVAL_MS = 500;
const POINTS = 300;
const MARGIN = 0.02;

export interface ShownTrends {
  readonly trends: Trends;
  readonly from: number;
  readonly to: number;
}

/** @param names must be stable */
export function useTrends(names: readonly TrendName[]): ShownTrends | null {
  const zoom = useTwin((s) => s.charts.zoom);
  const followS = useTwin((s) => s.charts.followS);
  const frozen = useTwin((s) => s.charts.frozen);
  const last = useRef<{ readonly names: readonly TrendName[]; readonly shown: ShownTrends } | null>(null);
  const ask = useCallback(
    async (farm: Remote<FarmCalls>) => {
      if (frozen && last.current?.names === names) return last.current;
      const { status } = useTwin.getState();
      const [from, to] = shownSpan(zoom, followS, status?.simulated_s ?? 0, status?.timeStep_s ?? 0);
      // A little more than is shown, so that lines reach the edges.
      const margin = (to - from) * MARGIN;
      const reply = await farm.pressureTrends(names, from - margin, to + margin, POINTS);
      last.current = { names, shown: { trends: new Trends(names, reply), from, to } };
      return last.current;
    },
    [names, zoom, followS, frozen],
  );
  const answer = usePlantAnswer(ask, INTERVAL_MS);
  // What was asked before the lines changed is of other lines.
  return useMemo(() => (answer?.names === names ? answer.shown : null), [answer, names]);
}
