// The palette as a bar with two handles for its range, the colours of values beyond, and a histogram of present values.
// The histogram is painted on a canvas, at most ten times a second, past React.

import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { FieldInfo } from '../../engine/fields.ts';
import { setView, useTwin } from '../state/store.ts';
import { barDomain, type End, moveEnd, settle } from './colour-range.ts';
import { formatIn } from './format.ts';
import { countInto } from './histogram.ts';
import classes from './Legend.module.css';
import { cssColour, cssGradient, type Palette } from './palettes.ts';
import { type Range, SAMPLE } from './ranges.ts';
import type { Stage } from './stage.ts';

const BINS = 72;
const HISTOGRAM_MS = 100;
const KEY_STEP = 0.02;

interface Props {
  readonly stage: Stage;
  readonly colours: Palette;
  /** The range in force; null before there are data. */
  readonly range: Range | null;
  readonly automatic: Range;
  readonly scale: FieldInfo['scale'];
  readonly unit: string;
  readonly shownUnit: string;
}

export function ColourBar({ stage, colours, range, automatic, scale, unit, shownUnit }: Props) {
  const bar = useRef<HTMLDivElement>(null);
  // While dragging the bar keeps its domain; before holds what Escape brings back.
  const [drag, setDrag] = useState<{ end: End; domain: Range; before: Range | null } | null>(null);
  const domain = range ? (drag?.domain ?? barDomain(range, automatic, scale)) : null;
  const place = (value: number): number =>
    domain ? Math.min(100, Math.max(0, (100 * (value - domain[0])) / (domain[1] - domain[0]))) : 0;

  const start = (end: End) => (event: PointerEvent<HTMLElement>) => {
    if (!domain) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ end, domain, before: useTwin.getState().view.range });
  };
  const move = (event: PointerEvent): void => {
    const box = bar.current?.getBoundingClientRect();
    if (!drag || !range || !box) return;
    const value = drag.domain[0] + ((event.clientX - box.left) / box.width) * (drag.domain[1] - drag.domain[0]);
    setView({ range: moveEnd(range, drag.end, settle(value, drag.domain), scale) });
  };
  const stop = (): void => setDrag(null);
  const onKey = (end: End) => (event: KeyboardEvent) => {
    if (event.key === 'Escape' && drag) {
      event.preventDefault();
      setView({ range: drag.before });
      setDrag(null);
    }
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5 }[event.key];
    if (!step || !range) return;
    event.preventDefault();
    const value = range[end === 'low' ? 0 : 1] + step * KEY_STEP * (range[1] - range[0]);
    setView({ range: moveEnd(range, end, settle(value, range), scale) });
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut; the button "Auto" does the same
    <div
      className={classes.chart}
      title={scale === 'cyclic' ? undefined : 'Drag the handles; double-click for an automatic range'}
      onDoubleClick={() => setView({ range: null })}
    >
      <Histogram stage={stage} domain={domain} />
      <div ref={bar} className={classes.bar}>
        {range && (
          <>
            <div
              className={classes.beyond}
              style={{ left: 0, width: `${place(range[0])}%`, background: cssColour(colours.below) }}
            />
            <div
              className={classes.within}
              style={{
                left: `${place(range[0])}%`,
                width: `${place(range[1]) - place(range[0])}%`,
                background: cssGradient(colours),
              }}
            />
            <div
              className={classes.beyond}
              style={{ left: `${place(range[1])}%`, right: 0, background: cssColour(colours.above) }}
            />
          </>
        )}
        {range &&
          scale !== 'cyclic' &&
          (
            [
              ['low', 'Lower end of the colours', range[0]],
              ['high', 'Upper end of the colours', range[1]],
            ] as const
          ).map(([end, label, value]) => (
            <div
              key={end}
              className={classes.handle}
              style={{ left: `${place(value)}%` }}
              role="slider"
              tabIndex={0}
              aria-label={label}
              aria-valuemin={domain ? domain[0] : 0}
              aria-valuemax={domain ? domain[1] : 0}
              aria-valuenow={value}
              aria-valuetext={formatIn(value, unit, shownUnit, range[1] - range[0])}
              onPointerDown={start(end)}
              onPointerMove={move}
              onPointerUp={stop}
              onPointerCancel={stop}
              onKeyDown={onKey(end)}
            />
          ))}
      </div>
    </div>
  );
}

function Histogram({ stage, domain }: { stage: Stage; domain: Range | null }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const low = domain?.[0] ?? Number.NaN;
  const high = domain?.[1] ?? Number.NaN;
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || !(high > low)) return;
    const bins = new Uint32Array(BINS);
    const sample = new Float32Array(SAMPLE);
    // Asked for while a picture is drawn, the size would have the page laid out once more.
    const size = { width: element.clientWidth, height: element.clientHeight };
    let last = Number.NEGATIVE_INFINITY;
    const observer = new ResizeObserver(() => {
      Object.assign(size, { width: element.clientWidth, height: element.clientHeight });
      last = Number.NEGATIVE_INFINITY;
      stage.redraw();
    });
    observer.observe(element);
    const paint = (): void => {
      const now = performance.now();
      if (now - last < HISTOGRAM_MS) return;
      last = now;
      const largest = countInto(bins, sample.subarray(0, stage.sample(sample)), low, high);
      paintBins(context, size, bins, largest);
    };
    const end = stage.onDrawn(paint);
    stage.redraw();
    return () => {
      observer.disconnect();
      end();
    };
  }, [stage, low, high]);
  return (
    <div className={classes.histogram} aria-hidden="true">
      <canvas ref={canvas} />
    </div>
  );
}

function paintBins(
  context: CanvasRenderingContext2D,
  size: { readonly width: number; readonly height: number },
  bins: Uint32Array,
  largest: number,
): void {
  const ratio = Math.min(2, window.devicePixelRatio);
  const { canvas } = context;
  const width = Math.round(size.width * ratio);
  const height = Math.round(size.height * ratio);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  context.clearRect(0, 0, width, height);
  if (largest === 0) return;
  context.fillStyle = getComputedStyle(canvas).color;
  for (let i = 0; i < bins.length; i++) {
    const count = bins[i] as number;
    if (count === 0) continue;
    // Square root: a few chambers apart from the rest stay visible.
    const bar = Math.max(ratio, Math.round(Math.sqrt(count / largest) * height));
    const left = Math.round((i * width) / bins.length);
    const right = Math.round(((i + 1) * width) / bins.length);
    context.fillRect(left, height - bar, Math.max(1, right - left - (right - left > 2 ? 1 : 0)), bar);
  }
}
