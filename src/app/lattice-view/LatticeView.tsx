// The lattice: the 3-D picture of every chamber, and around it legend, tools, labels and messages.
// What is drawn belongs to driver.ts; this file only says what stands where and in which state.

import { type KeyboardEvent, useCallback, useState } from 'react';
import { useStore } from 'zustand';
import { tellFirstPicture } from '../state/first-picture.ts';
import { useTwin } from '../state/store.ts';
import { AirReadout } from './AirReadout.tsx';
import { Announcer } from './Announcer.tsx';
import { CanvasContents } from './CanvasContents.tsx';
import { ChamberLabels } from './ChamberLabels.tsx';
import { graphics } from './graphics.ts';
import { HoverReadout } from './HoverReadout.tsx';
import { act } from './keyboard.ts';
import { LatticeCanvas } from './LatticeCanvas.tsx';
import classes from './LatticeView.module.css';
import { Legend } from './Legend.tsx';
import { ScaleBar } from './ScaleBar.tsx';
import { Stage } from './stage.ts';
import { SidePresets, ViewTools } from './ViewTools.tsx';

const { available } = graphics();
if (!available) tellFirstPicture();

export function LatticeView({ onSelect }: { onSelect: (ids: number[]) => void }) {
  const [stage] = useState(() => new Stage());
  const [element, setElement] = useState<HTMLElement | null>(null);
  const contextLost = useStore(stage.state, (s) => s.contextLost);
  const layout = useTwin((s) => s.layout);
  const sliced = useTwin((s) => s.view.slice.shown);
  const phase = useTwin((s) => s.phase);

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      if (stage.driver && act(stage.driver, event)) event.preventDefault();
    },
    [stage],
  );

  if (!available) return <NoGraphics />;
  const empty = layout !== null && layout.chambers === 0;
  return (
    <div className={classes.view}>
      <section
        ref={setElement}
        className={classes.canvas}
        data-testid="lattice-canvas"
        data-frames="0"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application region takes the keyboard
        tabIndex={0}
        role="application"
        aria-label="Chamber lattice in three dimensions"
        aria-describedby="lattice-keys"
        onKeyDown={onKeyDown}
      >
        {element && (
          <LatticeCanvas>
            <CanvasContents stage={stage} element={element} onSelect={onSelect} />
          </LatticeCanvas>
        )}
      </section>
      <p id="lattice-keys" className={classes.spoken}>
        Arrow keys turn, plus and minus zoom, F frames the selection, Home shows the room, N and P step to the next and
        previous chamber, Shift with arrow keys walks to a neighbour, Escape clears the selection.
      </p>
      {layout && !empty && (
        <>
          <ChamberLabels stage={stage} />
          <ScaleBar stage={stage} />
          <ViewTools stage={stage} layout={layout} />
          <SidePresets stage={stage} />
          <Legend stage={stage} />
          {sliced && <AirReadout stage={stage} />}
          <HoverReadout stage={stage} layout={layout} />
        </>
      )}
      <Announcer stage={stage} />
      {layout?.roomProblem && (
        <p className={classes.warning} role="status">
          <WarningMark />
          {layout.roomProblem}
        </p>
      )}
      {!layout && phase === 'loading' && (
        <p className={classes.message} role="status">
          Building the lattice…
        </p>
      )}
      {empty && (
        <p className={classes.message} role="status">
          The layout has no chambers. Raise the number of chambers or choose another layout.
        </p>
      )}
      {contextLost && (
        <p className={classes.message} role="alert">
          The graphics device was lost. The farm goes on; the picture returns as soon as the device does.
        </p>
      )}
    </div>
  );
}

function NoGraphics() {
  return (
    <div className={classes.view}>
      <div className={classes.message} role="alert">
        <p className={classes.messageTitle}>The lattice needs WebGL 2, which this browser does not offer</p>
        <p>
          Switch on hardware acceleration or use another browser. The farm runs all the same: charts, inspector and
          table show every value.
        </p>
      </div>
    </div>
  );
}

function WarningMark() {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      <path d="M7 1.5 13 12.5H1z" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" />
      <path d="M7 5.6v3.2M7 10.4v.6" stroke="currentColor" strokeWidth="1.4" />
    </svg>
  );
}
