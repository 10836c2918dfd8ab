// Fast-forward to thermal balance: the button that starts it, and while it runs, in place of the time scale, how far it has
// come and the way to cancel it.

import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { cancelFastForward, fastForward, isFastForwarding } from '../state/actions.ts';
import { useTwin } from '../state/store.ts';
import classes from './FastForward.module.css';
import { shownDuration, significant } from './format.ts';
import { FastForwardIcon } from './icons.tsx';

export function FastForwardButton() {
  const ready = useTwin((s) => s.phase === 'ready');
  const under = useTwin(isFastForwarding);
  return (
    <Tooltip label="Run forward to thermal balance, averaged (B)">
      <ActionIcon
        aria-label="Fast-forward to thermal balance"
        aria-pressed={under}
        variant={under ? 'light' : 'subtle'}
        disabled={!ready}
        onClick={under ? cancelFastForward : fastForward}
      >
        <FastForwardIcon />
      </ActionIcon>
    </Tooltip>
  );
}

export function FastForwardProgress() {
  const percent = useTwin((s) => Math.floor(100 * (s.status?.fastForward?.progress ?? 0)));
  const gone = useTwin((s) => shownDuration(s.status?.fastForward?.elapsed_s ?? 0));
  const imbalance = useTwin((s) => shownShare(s.status?.fastForward?.imbalance ?? Number.NaN));
  const target = useTwin((s) => shownShare(s.status?.fastForward?.target ?? Number.NaN));
  const known = useTwin((s) => Number.isFinite(s.status?.fastForward?.imbalance ?? Number.NaN));
  const cancelling = useTwin((s) => s.forwardAsked === 'cancel');
  const text = cancelling ? 'Cancelling' : known ? `${gone} gone, imbalance ${imbalance}` : 'Solving the oscillation';
  return (
    <section className={classes.forward} aria-label="Fast-forward">
      <div className={classes.text}>
        <Tooltip label={`Simulated time since it began; |in − out| over in, until ${target}.`} disabled={!known}>
          <span className={classes.figures}>
            {text}
            {known && (
              <span>
                {percent}
                {'\u202f'}%
              </span>
            )}
          </span>
        </Tooltip>
        <progress
          className={classes.bar}
          max={100}
          {...(known ? { value: percent } : {})}
          aria-label="Progress to thermal balance"
        />
      </div>
      <Tooltip label="Cancel the fast-forward (Esc)">
        <Button variant="default" onClick={cancelFastForward}>
          Cancel
        </Button>
      </Tooltip>
    </section>
  );
}

const shownShare = (share: number): string => `${significant(100 * share, 2)}\u202f%`;
