// The engine died: what happened, what is kept, and the button that starts it again.

import { Button } from '@mantine/core';
import { useState } from 'react';
import { restartEngine } from '../state/actions.ts';
import { useTwin } from '../state/store.ts';
import { CriticalMark } from './icons.tsx';
import classes from './LostPanel.module.css';

export function LostPanel() {
  const lost = useTwin((s) => s.phase === 'lost');
  const reason = useTwin((s) => s.lostReason);
  const [restarting, setRestarting] = useState(false);
  if (!lost && !restarting) return null;
  const restart = async () => {
    setRestarting(true);
    // When it fails the phase is 'lost' again and this panel stays.
    await restartEngine().catch(() => undefined);
    setRestarting(false);
  };
  return (
    <div className={classes.cover}>
      <div
        role="alertdialog"
        aria-modal="true"
        aria-labelledby="lost-title"
        aria-describedby="lost-text"
        className={classes.panel}
      >
        <h2 id="lost-title" className={classes.title}>
          <span className={classes.mark}>
            <CriticalMark />
          </span>
          The engine stopped
        </h2>
        <p id="lost-text">
          The simulation ran in a worker that has ended. Your settings and edits are kept; after a restart the farm
          begins at time zero with them.
        </p>
        {reason !== '' && <pre className={classes.reason}>{reason}</pre>}
        <Button size="sm" loading={restarting} onClick={() => void restart()} data-autofocus autoFocus>
          Restart engine
        </Button>
      </div>
    </div>
  );
}
