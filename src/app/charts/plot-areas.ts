// What is filled in a plot: limits as bands across it, and the spread about a line.

import type { Colours, Curve, Frame, PlotSpec, Scale } from './canvas-plot.ts';

/** Least height of a band that has room for its label, px. */
const LABEL_HEIGHT = 13;

/** Limits behind everything, with their edges as fine lines and a label where there is room. */
export function drawBands(c: CanvasRenderingContext2D, frame: Frame, spec: PlotSpec, y: Scale, colour: Colours): void {
  c.textAlign = 'right';
  c.textBaseline = 'middle';
  for (const band of spec.bands ?? []) {
    const top = Math.max(frame.top, y.at(Math.min(band.to, y.max)));
    const bottom = Math.min(frame.bottom, y.at(Math.max(band.from, y.min)));
    if (!(bottom - top > 0.5)) continue;
    c.fillStyle = colour(band.colour);
    c.globalAlpha = 0.14;
    c.fillRect(frame.left, top, frame.right - frame.left, bottom - top);
    c.globalAlpha = 1;
    // Its edge towards the middle is the limit itself.
    for (const edge of [band.from, band.to])
      if (edge > y.min && edge < y.max) c.fillRect(frame.left, Math.round(y.at(edge)), frame.right - frame.left, 1);
    if (bottom - top < LABEL_HEIGHT) continue;
    c.fillStyle = colour('--text-muted');
    c.fillText(band.label, frame.right - 4, (top + bottom) / 2);
  }
}

/** The area between smallest and largest values, a piece for each run of numbers. */
export function fillSpread(
  c: CanvasRenderingContext2D,
  at: ArrayLike<number>,
  { low, high }: NonNullable<Curve['spread']>,
  x: Scale,
  y: Scale,
  colour: string,
): void {
  c.fillStyle = colour;
  c.globalAlpha = 0.22;
  for (let from = 0; from < at.length; from++) {
    let to = from;
    while (to < at.length && Number.isFinite(low[to]) && Number.isFinite(high[to])) to++;
    if (to - from < 2) {
      from = Math.max(from, to);
      continue;
    }
    c.beginPath();
    for (let i = from; i < to; i++) c.lineTo(x.at(at[i] as number), y.at(high[i] as number));
    for (let i = to - 1; i >= from; i--) c.lineTo(x.at(at[i] as number), y.at(low[i] as number));
    c.fill();
    from = to;
  }
  c.globalAlpha = 1;
}
