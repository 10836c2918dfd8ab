// What lies over a chart and moves with the pointer: the cursor shared by all charts, the zoom being drawn, the flags of
// events. Drag zooms, Shift-drag pans, the wheel zooms at the pointer, double-click follows again; keys do the same.

import { type KeyboardEvent, type PointerEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { FarmEvent } from '../../worker/protocol.ts';
import { quantityText, simulatedTime, withUnit } from '../shell/format.ts';
import { setCharts, useTwin } from '../state/store.ts';
import classes from './Charts.module.css';
import type { Insets } from './canvas-plot.ts';
import { PLOT } from './plot-area.ts';
import { within, zoomed } from './series.ts';

interface Props {
  readonly title: string;
  readonly valueText: string;
  readonly span: readonly [number, number];
  readonly recorded: readonly [number, number];
  readonly events: readonly FarmEvent[];
  readonly width: number;
  /** Where the plot lies within the chart, px from its edges. */
  readonly insets?: Insets;
}

const LEAST_DRAG_PX = 5;
const FLAG_REACH_PX = 5;
const FLAGS_SHOWN = 60;
/** Flags of the same deed closer than this are one: a drag sends ten edits a second. */
const SAME_DEED_PX = 14;
const WHEEL_SENSITIVITY = 0.0015;
const KEY_STEPS = 50;

type Drag = { readonly kind: 'zoom' | 'pan'; readonly from: number; readonly span: readonly [number, number] };

export function ChartOverlay({ title, valueText, span, recorded, events, width, insets = PLOT }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | null>(null);
  const [selection, setSelection] = useState<readonly [number, number] | null>(null);
  const [pointed, setPointed] = useState(false);
  const cursor = useTwin((s) => s.charts.cursorS);
  const plotWidth = Math.max(1, width - insets.left - insets.right);
  const [from, to] = span;
  const toPx = (time: number) => ((time - from) / (to - from)) * plotWidth;
  const toTime = (px: number) => from + (Math.min(plotWidth, Math.max(0, px)) / plotWidth) * (to - from);
  const pxOf = (event: { clientX: number }) => event.clientX - (element.current?.getBoundingClientRect().left ?? 0);

  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    const next = zoomed(span, toTime(pxOf(event)), Math.exp(event.deltaY * WHEEL_SENSITIVITY), recorded);
    const everything = next[1] - next[0] >= (recorded[1] - recorded[0]) * 0.999;
    setCharts({ zoom: everything ? null : next, ...(everything ? { followS: null } : {}) });
  });
  useEffect(() => {
    // React's wheel listener is passive and could not keep the panel from scrolling.
    const target = element.current;
    const listen = (event: WheelEvent) => onWheel(event);
    target?.addEventListener('wheel', listen, { passive: false });
    return () => target?.removeEventListener('wheel', listen);
  }, []);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { kind: event.shiftKey ? 'pan' : 'zoom', from: pxOf(event), span };
  };
  const onPointerMove = (event: PointerEvent) => {
    const px = pxOf(event);
    setCharts({ cursorS: toTime(px) });
    const current = drag.current;
    if (!current) return;
    if (current.kind === 'zoom') return setSelection([toTime(current.from), toTime(px)]);
    const shift = ((current.from - px) / plotWidth) * (current.span[1] - current.span[0]);
    setCharts({ zoom: within([current.span[0] + shift, current.span[1] + shift], recorded) });
  };
  const onPointerUp = (event: PointerEvent) => {
    const current = drag.current;
    drag.current = null;
    setSelection(null);
    if (current?.kind !== 'zoom' || Math.abs(pxOf(event) - current.from) < LEAST_DRAG_PX) return;
    const ends = [toTime(current.from), toTime(pxOf(event))].sort((a, b) => a - b) as [number, number];
    setCharts({ zoom: ends });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = cursor ?? to;
    const step = (to - from) / KEY_STEPS;
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      const moved = at + (event.key === 'ArrowRight' ? step : -step);
      setCharts({ cursorS: Math.min(to, Math.max(from, moved)) });
    } else if (event.key === 'Home' || event.key === 'End') setCharts({ cursorS: event.key === 'Home' ? from : to });
    else if (event.key === '+' || event.key === '-')
      setCharts({ zoom: zoomed(span, at, event.key === '+' ? 0.5 : 2, recorded) });
    else if (event.key === '0') setCharts({ zoom: null });
    else if (event.key === 'Escape' && (drag.current || cursor !== null)) {
      drag.current = null;
      setSelection(null);
      setCharts({ cursorS: null });
    } else return;
    event.preventDefault();
  };

  const inView = events
    .filter((e) => e.time_s >= from && e.time_s <= to)
    .filter((e, i, all) => {
      const next = all[i + 1];
      return next?.message !== e.message || toPx(next.time_s) - toPx(e.time_s) > SAME_DEED_PX;
    })
    .slice(-FLAGS_SHOWN);
  const shownCursor = cursor !== null && cursor >= from && cursor <= to ? cursor : null;
  const flag =
    shownCursor === null
      ? undefined
      : inView.findLast((e) => Math.abs(toPx(e.time_s) - toPx(shownCursor)) < FLAG_REACH_PX);
  return (
    <div
      ref={element}
      role="slider"
      tabIndex={0}
      aria-label={`${title} against time. Arrows move the cursor, plus and minus zoom, zero follows again`}
      aria-valuemin={plain(from)}
      aria-valuemax={plain(to)}
      aria-valuenow={plain(shownCursor ?? to)}
      aria-valuetext={`${quantityText(shownCursor ?? to, 's', 's', 4)}, ${valueText}`}
      className={classes.overlay}
      style={{ left: insets.left, right: insets.right, top: insets.top, bottom: insets.bottom }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerLeave={() => {
        setPointed(false);
        if (!drag.current) setCharts({ cursorS: null });
      }}
      onPointerEnter={() => setPointed(true)}
      onFocus={() => setPointed(true)}
      onBlur={() => setPointed(false)}
      onDoubleClick={() => setCharts({ zoom: null })}
      onKeyDown={onKeyDown}
    >
      {inView.map((event) => (
        <span key={event.id} className={classes.flag} style={{ left: toPx(event.time_s) }} />
      ))}
      {selection && (
        <span
          className={classes.selection}
          style={{
            left: toPx(Math.min(...selection)),
            width: Math.abs(toPx(selection[1]) - toPx(selection[0])),
          }}
        />
      )}
      {shownCursor !== null && <span className={classes.cursor} style={{ left: toPx(shownCursor) }} />}
      {flag && pointed && shownCursor !== null && (
        <span
          className={classes.flagText}
          style={
            toPx(shownCursor) < plotWidth / 2
              ? { left: toPx(shownCursor) + 6 }
              : { right: plotWidth - toPx(shownCursor) + 6 }
          }
        >
          {withUnit(simulatedTime(flag.time_s).value, simulatedTime(flag.time_s).unit)} {flag.message}
        </span>
      )}
    </div>
  );
}

/** Microseconds, so that it is written without an exponent, which a slider's value may not have. */
const plain = (seconds: number): number => Number(seconds.toFixed(6));
