// Tools of the picture: what is shown, which layers, how far they stand apart; and the sides to look from.

import { useStore } from 'zustand';
import type { LayoutData } from '../../worker/protocol.ts';
import { setSlice, setView, useTwin } from '../state/store.ts';
import { AirTools } from './AirTools.tsx';
import { DUCTS_SHOWN_UNASKED } from './ducts.ts';
import { formatCount } from './format.ts';
import { LayerRange } from './LayerRange.tsx';
import type { Stage } from './stage.ts';
import classes from './ViewTools.module.css';

const MOST_STRETCH = 2.5;

export function ViewTools({ stage, layout }: { stage: Stage; layout: LayoutData }) {
  const { ducts, room, layers, explode, slice } = useTwin((s) => s.view);
  const asked = useStore(stage.state, (s) => s.ductsAsked);
  const tooMany = ducts && layout.ducts > DUCTS_SHOWN_UNASKED;
  return (
    <fieldset className={classes.tools} aria-label="View">
      <div className={classes.toggles}>
        <button type="button" aria-pressed={ducts} onClick={() => setView({ ducts: !ducts })}>
          Ducts
        </button>
        <button type="button" aria-pressed={room} onClick={() => setView({ room: !room })}>
          Room
        </button>
        <button
          type="button"
          title="A slice through the room’s air"
          aria-label="Air slice"
          aria-pressed={slice.shown}
          onClick={() => setSlice({ shown: !slice.shown })}
        >
          Air
        </button>
      </div>
      {tooMany && (
        <p className={classes.note}>
          {asked ? 'Drawn at the surface only, of ' : 'Ducts hidden for speed, '}
          {formatCount(layout.ducts)}{' '}
          <button type="button" onClick={() => stage.state.setState({ ductsAsked: !asked })}>
            {asked ? 'Hide' : 'Show'}
          </button>
        </p>
      )}
      {layout.layerCount > 1 && (
        <LayerRange count={layout.layerCount} shown={layers} onChange={(next) => setView({ layers: next })} />
      )}
      <label className={classes.row}>
        <span>Stretch</span>
        <input
          type="range"
          min={1}
          max={MOST_STRETCH}
          step={0.05}
          value={explode}
          aria-valuetext={`${explode.toFixed(2)} times`}
          onChange={(event) => setView({ explode: Number(event.currentTarget.value) })}
          onDoubleClick={() => setView({ explode: 1 })}
        />
        <output>×{explode.toFixed(2)}</output>
      </label>
      {slice.shown && <AirTools stage={stage} layout={layout} />}
    </fieldset>
  );
}

const SIDES = [
  ['threeQuarter', '3/4', 'Three-quarter view of the lattice'],
  ['x', 'X', 'Along x'],
  ['y', 'Y', 'Along y'],
  ['top', 'Z', 'From above'],
] as const;

export function SidePresets({ stage }: { stage: Stage }) {
  return (
    <fieldset className={classes.sides} aria-label="Camera">
      {SIDES.map(([side, text, label]) => (
        <button key={side} type="button" title={label} aria-label={label} onClick={() => stage.driver?.look(side)}>
          {text}
        </button>
      ))}
      <button
        type="button"
        title="The whole room (Home)"
        aria-label="The whole room"
        onClick={() => stage.driver?.lookAtRoom()}
      >
        Room
      </button>
    </fieldset>
  );
}
