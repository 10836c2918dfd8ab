// An answer of the engine that is asked again and again while the page is visible and time goes on.

import { useEffect, useState } from 'react';
import type { FarmCalls } from '../../worker/protocol.ts';
import type { Remote } from '../../worker/rpc.ts';
import { beats } from './beats.ts';
import { client } from './farm-client.ts';
import { repeatAtPanelPace } from './panel-pace.ts';
import { useTwin } from './store.ts';

/** @param ask must be stable: a function of the module or memoised */
export function useAnswer<T>(ask: (farm: Remote<FarmCalls>) => Promise<T>, intervalMs: number): T | null {
  const [answer, setAnswer] = useState<T | null>(null);
  useEffect(() => {
    let alive = true;
    let asking = false;
    let shownAt = '';
    const owner = {};
    const turn = async () => {
      const { phase, status } = useTwin.getState();
      const at = `${status?.steps}/${status?.valuesVersion}/${status?.layoutVersion}`;
      if (asking || document.hidden || phase !== 'ready' || at === shownAt) return;
      asking = true;
      try {
        const reply = await client.poll(ask);
        if (shownAt === '') setAnswer(() => reply);
        else if (alive) beats.show(owner, () => setAnswer(() => reply));
        shownAt = at;
      } catch {
        // A lost engine is told elsewhere.
      }
      asking = false;
    };
    void turn();
    const stop = repeatAtPanelPace(() => void turn(), intervalMs);
    return () => {
      alive = false;
      beats.forget(owner);
      stop();
    };
  }, [ask, intervalMs]);
  return answer;
}
