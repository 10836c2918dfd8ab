// Run, pause, step, forward to thermal balance and back to time zero.

import { ActionIcon, Tooltip } from '@mantine/core';
import { reset, step, toggleRun } from '../state/actions.ts';
import { useTwin } from '../state/store.ts';
import { FastForwardButton } from './FastForward.tsx';
import { PauseIcon, ResetIcon, RunIcon, StepIcon } from './icons.tsx';

export function Transport() {
  const running = useTwin((s) => s.status?.running ?? false);
  const ready = useTwin((s) => s.phase === 'ready');
  const averaged = useTwin((s) => s.status?.fidelity === 'averaged');
  const word = running ? 'Pause' : 'Run';
  return (
    <>
      <Tooltip label={`${word} (Space)`}>
        <ActionIcon variant={running ? 'subtle' : 'filled'} aria-label={word} disabled={!ready} onClick={toggleRun}>
          {running ? <PauseIcon /> : <RunIcon />}
        </ActionIcon>
      </Tooltip>
      <Tooltip label={averaged ? 'One averaged step (.)' : 'One time step (.)'}>
        <ActionIcon aria-label="Step" disabled={!ready} onClick={() => step()}>
          <StepIcon />
        </ActionIcon>
      </Tooltip>
      <FastForwardButton />
      <Tooltip label="Back to time zero with the same settings">
        <ActionIcon aria-label="Reset time" disabled={!ready} onClick={reset}>
          <ResetIcon />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
