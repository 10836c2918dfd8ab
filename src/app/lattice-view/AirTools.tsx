// The section through the room's air: which way and where it cuts, what colours it, and its legend. Asks the engine for the
// field while it is shown, never otherwise.

import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { RoomField } from '../../engine/cooling/room/field.ts';
import type { FarmCalls, LayoutData } from '../../worker/protocol.ts';
import type { Remote } from '../../worker/rpc.ts';
import { edit } from '../state/actions.ts';
import { type AirSliceView, type Axis, setSlice, useTwin } from '../state/store.ts';
import { useAnswer } from '../state/use-answer.ts';
import classes from './AirTools.module.css';
import { type AirPicture, airPalette } from './air-layer.ts';
import { axisIndex, slicePlace } from './air-slice.ts';
import { decimalsFor, formatNumber } from './format.ts';
import { extentOf } from './geometry.ts';
import { cssGradient } from './palettes.ts';
import type { DrawnView, Stage } from './stage.ts';
import tools from './ViewTools.module.css';

const INTERVAL_MS = 1000;
const AXES: readonly Axis[] = ['x', 'y', 'z'];
const QUANTITIES = { temperature: 'Temperature', speed: 'Speed' } as const;
const UNITS = { temperature: 'K', speed: 'm/s' } as const;

/** Null while there is no answer yet; a null field is uniform air. */
const ask = async (farm: Remote<FarmCalls>): Promise<{ field: RoomField | null }> => ({ field: await farm.room() });

export function AirTools({ stage, layout }: { stage: Stage; layout: LayoutData }) {
  const answer = useAnswer(ask, INTERVAL_MS);
  const view = useTwin((s) => s.view.slice);
  const { axis, quantity } = view;
  useEffect(() => {
    stage.setAir(answer?.field ?? null);
  }, [stage, answer]);
  useEffect(() => () => stage.setAir(null), [stage]);
  const length = layout.roomM[axisIndex(axis)];
  const middle = useMemo(() => {
    const { min, max } = extentOf(layout);
    return min.lerp(max, 0.5);
  }, [layout]);
  const place = slicePlace(view, length, middle.getComponent(axisIndex(axis)));
  if (answer && !answer.field) return <UniformAir />;
  return (
    <div className={classes.air} data-testid="air-slice">
      <Choice
        label="Across"
        choices={AXES.map((name) => [name, name.toUpperCase(), `Section across ${name}`])}
        value={axis}
        onChoose={(value) => setSlice({ axis: value, share: null })}
      />
      <label className={tools.row}>
        <span>At</span>
        <input
          type="range"
          min={0}
          max={1}
          step={0.01}
          value={place / length}
          title="Double-click for the middle of the lattice"
          aria-label="Place of the section"
          aria-valuetext={`${axis} = ${place.toFixed(2)} m`}
          onChange={(event) => setSlice({ share: Number(event.currentTarget.value) })}
          onDoubleClick={() => setSlice({ share: null })}
        />
        <output>
          {place.toFixed(2)}
          {'\u202f'}m
        </output>
      </label>
      <Choice
        label="Colour"
        choices={(Object.keys(QUANTITIES) as AirSliceView['quantity'][]).map((name) => [
          name,
          QUANTITIES[name],
          `Colour by ${QUANTITIES[name].toLowerCase()}`,
        ])}
        value={quantity}
        onChoose={(value) => setSlice({ quantity: value })}
      />
      <AirLegend stage={stage} />
    </div>
  );
}

function Choice<T extends string>(props: {
  label: string;
  choices: readonly (readonly [value: T, text: string, label: string])[];
  value: T;
  onChoose: (value: T) => void;
}) {
  const { label, choices, value, onChoose } = props;
  return (
    <fieldset className={classes.choice} aria-label={label}>
      <span aria-hidden="true">{label}</span>
      {choices.map(([choice, text, spoken]) => (
        <button
          key={choice}
          type="button"
          aria-label={spoken}
          aria-pressed={choice === value}
          onClick={() => onChoose(choice)}
        >
          {text}
        </button>
      ))}
    </fieldset>
  );
}

function UniformAir() {
  return (
    <div className={classes.air} data-testid="air-slice">
      <p className={classes.note}>
        The room’s air is uniform: one temperature and speed everywhere (cooling.room_model).{' '}
        <button type="button" onClick={() => void edit({ 'cooling.room_model': 'field' }, 'Room air')}>
          Solve the room’s air
        </button>
      </p>
    </div>
  );
}

function AirLegend({ stage }: { stage: Stage }) {
  const picture = useStore(stage.state, (s) => s.air);
  const dark = useStore(stage.state, (s) => s.dark);
  if (!picture) return <p className={classes.note}>Reading the room’s air</p>;
  const { quantity, range, present } = picture;
  const decimals = Math.max(0, decimalsFor(range[1] - range[0]) - 1);
  const shown = (value: number): string => formatNumber(value, decimals);
  return (
    <div className={classes.legend}>
      <div className={classes.bar} style={{ background: cssGradient(airPalette(quantity, dark)) }} />
      <div className={classes.ends}>
        <span>{shown(range[0])}</span>
        <span>{UNITS[quantity]}</span>
        <span>{shown(range[1])}</span>
      </div>
      <p className={classes.present} data-testid="air-present">
        Slice {shown(present[0])} to {shown(present[1])}
        {'\u202f'}
        {UNITS[quantity]}
      </p>
      <ArrowScale stage={stage} picture={picture} />
    </div>
  );
}

const LONGEST_PX = 90;

/** An arrow as long as it is drawn at the distance one turns about, with its speed. */
function ArrowScale({ stage, picture }: { stage: Stage; picture: AirPicture }) {
  const arrow = useRef<HTMLSpanElement>(null);
  const label = useRef<HTMLSpanElement>(null);
  const { reference, arrow_m } = picture;
  useEffect(() => {
    const measure = ({ camera, height, distance }: DrawnView): void => {
      if (!arrow.current || !label.current) return;
      const perMetre = (0.5 * height) / Math.tan((camera.fov * Math.PI) / 360) / distance;
      const part = [1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01].find((f) => f * arrow_m * perMetre <= LONGEST_PX) ?? 0.01;
      const width = `${Math.round(part * arrow_m * perMetre)}px`;
      if (arrow.current.style.width !== width) arrow.current.style.width = width;
      const text = `${Number((part * reference).toPrecision(3))}\u202fm/s`;
      if (label.current.textContent !== text) label.current.textContent = text;
    };
    const end = stage.onDrawn(measure);
    stage.redraw();
    return end;
  }, [stage, reference, arrow_m]);
  if (!(reference > 0)) return <p className={classes.present}>Still air</p>;
  return (
    <p className={classes.scale} title="Length of an arrow of this speed at the middle of the picture">
      <span ref={arrow} className={classes.arrow} aria-hidden="true" />
      <span ref={label} />
    </p>
  );
}
