// Time scale: from slow motion 1/10 000 to fast forward 10 000, in the steps 1, 2, 5. What was asked; what is reached
// stands beside it.

import { ActionIcon, Popover, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { setTimeScale } from '../state/actions.ts';
import { useTwin } from '../state/store.ts';
import { timeScale } from './format.ts';
import { MinusIcon, PlusIcon } from './icons.tsx';
import classes from './TopBar.module.css';

const DECADES = [-4, -3, -2, -1, 0, 1, 2, 3];
const SCALES: readonly number[] = [...DECADES.flatMap((e) => [1, 2, 5].map((m) => Number(`${m}e${e}`))), 1e4];
const PRESETS = [1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1000, 1e4];

const nearest = (scale: number): number =>
  SCALES.reduce(
    (best, s, i) => (Math.abs(Math.log(s / scale)) < Math.abs(Math.log((SCALES[best] as number) / scale)) ? i : best),
    0,
  );

export function TimeScaleControl() {
  const scale = useTwin((s) => s.status?.timeScale ?? 1);
  const ready = useTwin((s) => s.phase === 'ready');
  const [wanted, setWanted] = useState<number | null>(null);
  // What was asked for shows at once; the status confirms it a tenth of a second later.
  const shown = wanted !== null && wanted !== scale ? wanted : scale;
  const index = nearest(shown);
  const choose = (value: number | undefined) => {
    if (value === undefined) return;
    setWanted(value);
    setTimeScale(value);
  };
  return (
    <>
      <Tooltip label="Slower">
        <ActionIcon size={24} aria-label="Slower" disabled={!ready} onClick={() => choose(SCALES[index - 1])}>
          <MinusIcon />
        </ActionIcon>
      </Tooltip>
      <Popover position="bottom-start" withinPortal trapFocus>
        <Popover.Target>
          <button type="button" className={classes.readout} data-menu>
            <span className={classes.label}>Time scale</span>
            <span className={classes.figure} style={{ minWidth: '8ch' }}>
              {timeScale(shown)}
            </span>
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <div className={classes.scales}>
            <input
              type="range"
              className={classes.scaleSlider}
              min={0}
              max={SCALES.length - 1}
              step={1}
              value={index}
              aria-label="Time scale"
              aria-valuetext={timeScale(shown)}
              onChange={(event) => choose(SCALES[Number(event.currentTarget.value)])}
            />
            <div className={classes.ends}>
              <span>slow motion</span>
              <span>real time</span>
              <span>fast forward</span>
            </div>
            <div className={classes.presets}>
              {PRESETS.map((preset) => (
                <button key={preset} type="button" aria-pressed={preset === shown} onClick={() => choose(preset)}>
                  {timeScale(preset)}
                </button>
              ))}
            </div>
          </div>
        </Popover.Dropdown>
      </Popover>
      <Tooltip label="Faster">
        <ActionIcon size={24} aria-label="Faster" disabled={!ready} onClick={() => choose(SCALES[index + 1])}>
          <PlusIcon />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
