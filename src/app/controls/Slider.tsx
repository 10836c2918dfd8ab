// A slider of one parameter: drags act at once, Esc puts back, arrows move by a step; a tick marks the default.
// The browser's own range input, so keyboard, touch and screen readers need nothing from us.

import { type CSSProperties, type KeyboardEvent, type PointerEvent, useRef } from 'react';
import classes from './fields.module.css';
import type { SliderScale } from './slider-scale.ts';

const POSITIONS = 1000;
const NOTCHES: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};

interface Props {
  readonly label: string;
  readonly scale: SliderScale;
  readonly value: number;
  /** Where the default's tick stands; none when undefined. */
  readonly standard?: number | undefined;
  readonly valueText: string;
  onChange(value: number): void;
  onFinish(): void;
  onCancel(): void;
}

export function Slider({ label, scale, value, standard, valueText, onChange, onFinish, onCancel }: Props) {
  const cancelled = useRef(false);
  const dragging = useRef(false);
  const position = scale.toPosition(value);
  const style = {
    '--position': position,
    '--standard': standard === undefined ? -1 : scale.toPosition(standard),
  } as CSSProperties;

  const onPointerDown = (event: PointerEvent<HTMLInputElement>) => {
    cancelled.current = false;
    dragging.current = true;
    event.currentTarget.focus();
  };
  const end = () => {
    if (!dragging.current && !cancelled.current) return;
    dragging.current = false;
    cancelled.current = false;
    onFinish();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && dragging.current) {
      cancelled.current = true;
      dragging.current = false;
      onCancel();
    } else if (event.key in NOTCHES) {
      onChange(scale.nudge(value, NOTCHES[event.key] as number));
    } else if (event.key === 'Home' || event.key === 'End') {
      onChange(event.key === 'Home' ? scale.min : scale.max);
    } else return;
    event.preventDefault();
  };
  return (
    <span className={classes.slider} style={style} data-standard={standard !== undefined || undefined}>
      <input
        type="range"
        min={0}
        max={POSITIONS}
        step="any"
        value={position * POSITIONS}
        aria-label={`${label}, slider`}
        aria-valuetext={valueText}
        onChange={(event) => {
          if (!cancelled.current) onChange(scale.toValue(Number(event.currentTarget.value) / POSITIONS));
        }}
        onPointerDown={onPointerDown}
        onPointerUp={end}
        onPointerCancel={end}
        onKeyDown={onKeyDown}
        onKeyUp={onFinish}
        onBlur={onFinish}
      />
    </span>
  );
}
