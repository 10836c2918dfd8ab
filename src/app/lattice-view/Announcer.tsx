// Says the selection and its values to those who listen instead of look.

import { useEffect, useState } from 'react';
import { useTwin } from '../state/store.ts';
import classes from './LatticeView.module.css';
import { layerText, readings } from './readout.ts';
import type { Stage } from './stage.ts';

export function Announcer({ stage }: { stage: Stage }) {
  const selection = useTwin((s) => s.selection);
  const [text, setText] = useState('');
  useEffect(() => {
    setText(spoken(stage, selection));
  }, [stage, selection]);
  return (
    <p className={classes.spoken} aria-live="polite">
      {text}
    </p>
  );
}

function spoken(stage: Stage, selection: readonly number[]): string {
  const newest = selection.at(-1);
  const { layout } = useTwin.getState();
  if (newest === undefined || !layout || newest >= layout.chambers) return '';
  const values = readings(stage, newest).map(({ label, text }) => `${label} ${text}`);
  const chamber = [`Chamber ${newest}`, `layer ${layerText(layout, newest)}`, ...values].join(', ');
  return selection.length > 1 ? `${selection.length} chambers selected. Last ${chamber}` : chamber;
}
