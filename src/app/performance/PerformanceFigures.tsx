// The performance figures over the lattice: refreshed twice a second, measured only while they are shown.

import { ActionIcon, Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { graphics } from '../lattice-view/graphics.ts';
import { CloseIcon } from '../shell/icons.tsx';
import { engineLags } from '../state/panel-pace.ts';
import { useTwin } from '../state/store.ts';
import { drawingMeter } from './drawing-meter.ts';
import { type Group, groupsOf, holdNote } from './figures.ts';
import { LongTasks } from './long-tasks.ts';
import classes from './PerformanceFigures.module.css';
import { togglePerformance } from './performance-shown.ts';
import { trafficMeter } from './traffic-meter.ts';

const REFRESH_MS = 500;

interface Shown {
  readonly groups: readonly Group[];
  readonly hold: string | null;
}

export function PerformanceFigures() {
  const shown = useMeasured();
  const { device } = graphics();
  return (
    <section className={classes.box} aria-label="Performance" data-testid="performance">
      <header className={classes.head}>
        <h2>Performance</h2>
        <Tooltip label="Close (H)">
          <ActionIcon size={20} aria-label="Close performance figures" onClick={togglePerformance}>
            <CloseIcon />
          </ActionIcon>
        </Tooltip>
      </header>
      {shown?.groups.map((group) => (
        <Figures key={group.title} group={group} />
      ))}
      <p className={classes.note} title={device === '' ? undefined : `Graphics device: ${device}`}>
        {shown?.hold ?? 'As many pictures as the screen takes.'}
      </p>
    </section>
  );
}

function Figures({ group: { title, columns, rows } }: { group: Group }) {
  return (
    <table className={classes.group}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          {[0, 1].map((i) => (columns[i] === undefined ? <td key={i} /> : <th key={i}>{columns[i]}</th>))}
          <td />
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, values, unit, note }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two rows share a label, and their order never changes
          <tr key={place} title={note}>
            <th scope="row">{label}</th>
            {values.map((value, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: median and percentile keep their places
              <td key={i} colSpan={3 - values.length}>
                {value}
              </td>
            ))}
            <td>{unit}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function useMeasured(): Shown | null {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    const tasks = new LongTasks();
    tasks.start();
    trafficMeter.watch(performance.now());
    const look = (): void => setShown(measure(tasks));
    look();
    const timer = setInterval(look, REFRESH_MS);
    return () => {
      clearInterval(timer);
      trafficMeter.watch(null);
      tasks.stop();
    };
  }, []);
  return shown;
}

function measure(tasks: LongTasks): Shown {
  const now = performance.now();
  const { rule } = drawingMeter;
  const { memory } = performance as Performance & { memory?: { readonly usedJSHeapSize: number } };
  return {
    groups: groupsOf({
      ...drawingMeter.read(now),
      longestTask: tasks.longest(now),
      tasksTold: LongTasks.told,
      status: useTwin.getState().status,
      traffic: trafficMeter.read(now),
      heap: memory?.usedJSHeapSize ?? null,
    }),
    hold:
      rule &&
      holdNote(rule.pace.software, rule.pace.intervalMs(false, engineLags()), rule.pace.resolution, rule.moving),
  };
}
