// The selected chambers as the engine sees them: asked at most four times a second, only while something is selected,
// the page is visible and time goes on (once when it stands still).

import { useEffect, useState } from 'react';
import type { ChamberDetail } from '../../worker/protocol.ts';
import { beats } from '../state/beats.ts';
import { client } from '../state/farm-client.ts';
import { repeatAtPanelPace } from '../state/panel-pace.ts';
import { useTwin } from '../state/store.ts';

const INTERVAL_MS = 250;

export function useInspection(): readonly ChamberDetail[] {
  const selection = useTwin((s) => s.selection);
  const [details, setDetails] = useState<readonly ChamberDetail[]>([]);
  useEffect(() => {
    if (selection.length === 0) {
      setDetails([]);
      return;
    }
    let alive = true;
    let asking = false;
    let shownAt = '';
    const owner = {};
    const ask = async () => {
      const { phase, status, valuesKey } = snapshot();
      const at = `${status}/${valuesKey}`;
      if (asking || document.hidden || phase !== 'ready' || at === shownAt) return;
      asking = true;
      try {
        // The first answer to a new selection is awaited by idle(); the regular questions after it are not.
        const reply = await (shownAt === '' ? client.farm.inspect() : client.poll((farm) => farm.inspect()));
        if (alive && shownAt === '') setDetails(reply);
        else if (alive) beats.show(owner, () => setDetails(reply));
        shownAt = at;
      } catch {
        // A lost engine is told elsewhere.
      }
      asking = false;
    };
    void ask();
    const stop = repeatAtPanelPace(() => void ask(), INTERVAL_MS);
    return () => {
      alive = false;
      beats.forget(owner);
      stop();
    };
  }, [selection]);
  return details;
}

function snapshot() {
  const { phase, status } = useTwin.getState();
  return { phase, status: status?.steps ?? -1, valuesKey: `${status?.valuesVersion}/${status?.layoutVersion}` };
}
