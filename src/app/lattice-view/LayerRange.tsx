// Two handles on one rail: the first and the last layer shown. Dragging the part between moves both.

import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import classes from './ViewTools.module.css';

type Layers = readonly [number, number];

interface Props {
  readonly count: number;
  /** First and last layer, 0-based; null is all. */
  readonly shown: Layers | null;
  readonly onChange: (layers: Layers | null) => void;
}

export function LayerRange({ count, shown, onChange }: Props) {
  const rail = useRef<HTMLDivElement>(null);
  const drag = useRef<{ part: 'first' | 'last' | 'both'; from: number; start: Layers } | null>(null);
  const top = count - 1;
  const first = Math.min(shown?.[0] ?? 0, top);
  const last = Math.min(shown?.[1] ?? top, top);

  const set = (a: number, b: number): void => {
    const low = Math.max(0, Math.min(a, b, top));
    const high = Math.min(top, Math.max(a, b, 0));
    onChange(low === 0 && high === top ? null : [low, high]);
  };
  const layerAt = (event: PointerEvent): number => {
    const box = rail.current?.getBoundingClientRect();
    return box ? ((event.clientX - box.left) / box.width) * top : 0;
  };
  const start = (part: 'first' | 'last' | 'both') => (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { part, from: layerAt(event), start: [first, last] };
  };
  const move = (event: PointerEvent): void => {
    if (!drag.current) return;
    const { part, from, start: at } = drag.current;
    const here = layerAt(event);
    if (part === 'first') set(Math.min(Math.round(here), last), last);
    else if (part === 'last') set(first, Math.max(Math.round(here), first));
    else {
      const shift = Math.max(-at[0], Math.min(top - at[1], Math.round(here - from)));
      set(at[0] + shift, at[1] + shift);
    }
  };
  const end = (): void => {
    drag.current = null;
  };
  const onKey = (part: 'first' | 'last') => (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, Home: -top, End: top }[event.key];
    if (!step) return;
    event.preventDefault();
    if (part === 'first') set(Math.min(first + step, last), last);
    else set(first, Math.max(last + step, first));
  };
  const handlers = { onPointerMove: move, onPointerUp: end, onPointerCancel: end };
  const percent = (layer: number): string => `${(100 * layer) / top}%`;

  return (
    <fieldset className={classes.row} aria-label="Layers">
      <span>Layers</span>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the pointer; the handles have the keys */}
      <div ref={rail} className={classes.rail} onDoubleClick={() => onChange(null)}>
        <div
          className={classes.between}
          style={{ left: percent(first), width: percent(last - first) }}
          onPointerDown={start('both')}
          {...handlers}
        />
        {(
          [
            ['first', 'First layer shown', first, 0, last],
            ['last', 'Last layer shown', last, first, top],
          ] as const
        ).map(([part, label, at, low, high]) => (
          <div
            key={part}
            className={classes.handle}
            style={{ left: percent(at) }}
            role="slider"
            tabIndex={0}
            aria-label={label}
            aria-valuemin={low + 1}
            aria-valuemax={high + 1}
            aria-valuenow={at + 1}
            onPointerDown={start(part)}
            onKeyDown={onKey(part)}
            {...handlers}
          />
        ))}
      </div>
      <output>{shown ? `${first + 1}–${last + 1}` : `all ${count}`}</output>
    </fieldset>
  );
}
