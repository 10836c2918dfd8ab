// The canvas of a plot: draws again when the data, the size, the theme or the pixel ratio changes.

import { useEffect, useRef } from 'react';
import { useTwin } from '../state/store.ts';
import { drawPlot, type PlotSpec } from './canvas-plot.ts';
import classes from './Plot.module.css';

interface Props {
  readonly spec: PlotSpec;
  /** What the picture shows, in words. */
  readonly label: string;
  readonly height: number;
}

export function Plot({ spec, label, height }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(spec);
  const theme = useTwin((s) => s.theme);

  useEffect(() => {
    latest.current = spec;
    // The theme's variables are read while drawing.
    if (canvas.current && theme) drawPlot(canvas.current, spec);
  }, [spec, theme]);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const observer = new ResizeObserver(() => drawPlot(element, latest.current));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return <canvas ref={canvas} role="img" aria-label={label} className={classes.plot} style={{ height }} />;
}
