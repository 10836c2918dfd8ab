// The pressure of the farm and what holds it: trends, the controller's loops, valves and machines, sensors, tuning. One switch for all:
// what the sensors say, or what is so.

import type { ReactNode } from 'react';
import { TREND_INTERVAL_S } from '../../../worker/pressure-trends.ts';
import { SpanTools } from '../../charts/SpanTools.tsx';
import classes from '../Plant.module.css';
import { ControlOff } from './ControlOff.tsx';
import { LoopsView } from './LoopsView.tsx';
import { MachinesView } from './MachinesView.tsx';
import own from './Pressure.module.css';
import { PRESSURE_VIEWS, type PressureViewName, type Seen, setPressureView, usePressureView } from './pressure-view.ts';
import { SensorsView } from './SensorsView.tsx';
import { TrendsView } from './TrendsView.tsx';
import { TuningView } from './TuningView.tsx';

const VIEWS: Readonly<Record<PressureViewName, { readonly title: string; readonly Body: () => ReactNode }>> = {
  trends: { title: 'Trends', Body: TrendsView },
  loops: { title: 'Loops', Body: LoopsView },
  machines: { title: 'Valves and machines', Body: MachinesView },
  sensors: { title: 'Sensors', Body: SensorsView },
  tuning: { title: 'Tuning', Body: TuningView },
};

const SEEN: Readonly<Record<Seen, { readonly word: string; readonly title: string }>> = {
  sensed: { word: 'Sensed', title: 'What the sensors say, three a chamber, voted: all that an operator knows' },
  truth: { word: 'Truth', title: 'What is so: known to the twin alone' },
};

/** Views that show one or the other; the rest show both, or have no pressures. */
const BOTH_SEEN: ReadonlySet<PressureViewName> = new Set<PressureViewName>(['trends', 'loops']);

export function PressureTab() {
  const view = usePressureView((s) => s.view);
  const { Body } = VIEWS[view];
  return (
    <div className={classes.main}>
      <div className={classes.toolbar} role="toolbar" aria-label="Pressure">
        {PRESSURE_VIEWS.map((name) => (
          <button
            key={name}
            type="button"
            className={classes.chip}
            aria-pressed={name === view}
            onClick={() => setPressureView({ view: name })}
          >
            {VIEWS[name].title}
          </button>
        ))}
        <span className={classes.end}>
          {view === 'trends' && (
            <>
              <span className={own.rate}>A sample every {TREND_INTERVAL_S * 1000}&#8239;ms, peaks kept</span>
              <SpanTools />
            </>
          )}
          {BOTH_SEEN.has(view) && <SeenSwitch />}
        </span>
      </div>
      <ControlOff />
      <Body />
    </div>
  );
}

function SeenSwitch() {
  const seen = usePressureView((s) => s.seen);
  return (
    <fieldset className={own.seen} aria-label="Pressures shown">
      {(['sensed', 'truth'] as const).map((name) => (
        <button
          key={name}
          type="button"
          className={classes.chip}
          aria-pressed={seen === name}
          title={SEEN[name].title}
          onClick={() => setPressureView({ seen: name })}
        >
          {SEEN[name].word}
        </button>
      ))}
    </fieldset>
  );
}
