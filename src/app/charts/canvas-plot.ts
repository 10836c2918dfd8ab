// A small line plot on a canvas: axes with titles and round ticks, curves, marks. Crisp on any screen, in the theme's
// colours. For what moves faster than React and recharts should (scopes, loops, spectra).

import { drawBands, fillSpread } from './plot-areas.ts';
import { linearTicks, logarithmicTicks, paddedRange, tickLabels } from './ticks.ts';

export interface Axis {
  readonly title: string;
  readonly logarithmic?: boolean;
  /** Fixed ends; each that is left out follows the data. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** About how many ticks. */
  readonly ticks?: number;
  /** Neither title nor labels: another plot below has them (x only). */
  readonly silent?: boolean;
}
export interface Curve {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Name of a colour token, for example "--data-1". */
  readonly colour: string;
  readonly dashed?: boolean;
  /** Smallest and largest value around each point: a band behind the line. */
  readonly spread?: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> };
}
/** A range of the vertical axis that means something: a limit. */
export interface Band {
  readonly from: number;
  readonly to: number;
  readonly colour: string;
  /** Stands inside at the right. */
  readonly label: string;
}
/** Room around the plot, px. */
export interface Insets {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
export interface PlotSpec {
  readonly x: Axis;
  readonly y: Axis;
  readonly curves: readonly Curve[];
  /** Said in the middle when there is nothing to draw. */
  readonly empty?: string;
  /** Faint vertical lines with a label at the top. */
  readonly marks?: readonly { readonly x: number; readonly label: string }[];
  readonly bands?: readonly Band[];
  /** Fixed room around the plot, so that plots and what lies over them line up; left out: as the labels need. */
  readonly insets?: Insets;
}

/** Edges of the plot, px. */
export type Frame = Insets;
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
  readonly labels: readonly string[];
  /** Data → pixel. */
  at(value: number): number;
}

const FONT_SIZE = 11;
const TOP = 8;
const RIGHT = 10;
const BOTTOM = 34;
const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Draws the plot over the whole canvas, whose CSS size and pixel ratio set the resolution. */
export function drawPlot(canvas: HTMLCanvasElement, spec: PlotSpec): void {
  const context = canvas.getContext('2d');
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!context || width < 40 || height < 40) return;
  const ratio = window.devicePixelRatio || 1;
  const [pixelsX, pixelsY] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== pixelsX || canvas.height !== pixelsY) {
    canvas.width = pixelsX;
    canvas.height = pixelsY;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const style = getComputedStyle(canvas);
  const colour = (token: string) => style.getPropertyValue(token).trim();
  context.font = `${FONT_SIZE}px ${style.fontFamily}`;

  const yTicks = axisTicks(spec.y, spec.curves, 'y');
  const labelWidth = Math.max(...yTicks.labels.map((label) => context.measureText(label).width), 8);
  const around = spec.insets ?? { left: 20 + Math.ceil(labelWidth), right: RIGHT, top: TOP, bottom: BOTTOM };
  const frame: Frame = { ...around, right: width - around.right, bottom: height - around.bottom };
  const y = toScale(yTicks, frame.bottom, frame.top, spec.y.logarithmic === true);
  const x = toScale(axisTicks(spec.x, spec.curves, 'x'), frame.left, frame.right, spec.x.logarithmic === true);

  drawBands(context, frame, spec, y, colour);
  drawGrid(context, frame, spec, x, y, colour);
  drawTitles(context, frame, spec, width, height, colour);
  drawMarks(context, frame, spec, x, colour);
  drawCurves(context, frame, spec, x, y, colour);
  if (spec.empty !== undefined && spec.curves.every((curve) => curve.x.length < 2)) {
    context.fillStyle = colour('--text-muted');
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(spec.empty, (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2);
  }
}

type Ticks = Omit<Scale, 'at'>;

function axisTicks(axis: Axis, curves: readonly Curve[], which: 'x' | 'y'): Ticks {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const curve of curves) {
    const spread = which === 'y' && curve.spread ? [curve.spread.low, curve.spread.high] : [];
    for (const data of [curve[which], ...spread]) {
      for (let i = 0; i < data.length; i++) {
        const value = data[i] as number;
        if (!Number.isFinite(value) || (axis.logarithmic && value <= 0)) continue;
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
  }
  const [dataLow, dataHigh] = low <= high ? [low, high] : [axis.logarithmic ? 0.1 : 0, 1];
  if (axis.logarithmic) {
    const min = axis.min ?? dataLow;
    const max = Math.max(axis.max ?? dataHigh * 2, min * 10);
    const ticks = logarithmicTicks(min, max, axis.ticks ?? 5);
    return { min, max, ticks, labels: ticks.map(powerLabel) };
  }
  const padded = which === 'y' ? paddedRange(dataLow, dataHigh) : ([dataLow, dataHigh] as const);
  const min = axis.min ?? padded[0];
  const max = Math.max(axis.max ?? padded[1], min + 1e-12);
  const ticks = linearTicks(min, max, axis.ticks ?? 5);
  return { min, max, ticks, labels: tickLabels(ticks) };
}

function toScale(ticks: Ticks, from: number, to: number, logarithmic: boolean): Scale {
  const forward = logarithmic ? Math.log : (v: number) => v;
  const [a, b] = [forward(ticks.min), forward(ticks.max)];
  return { ...ticks, at: (value) => from + ((forward(value) - a) / (b - a)) * (to - from) };
}

function powerLabel(value: number): string {
  const exponent = Math.round(Math.log10(value));
  if (exponent >= -2 && exponent <= 3) return String(Number(value.toPrecision(1)));
  return `10${exponent < 0 ? '⁻' : ''}${[...String(Math.abs(exponent))].map((d) => SUPERSCRIPT[Number(d)]).join('')}`;
}

export type Colours = (token: string) => string;

function drawGrid(
  c: CanvasRenderingContext2D,
  frame: Frame,
  spec: PlotSpec,
  x: Scale,
  y: Scale,
  colour: Colours,
): void {
  c.lineWidth = 1;
  c.strokeStyle = colour('--line');
  c.fillStyle = colour('--text-muted');
  c.beginPath();
  for (const tick of y.ticks) {
    const at = Math.round(y.at(tick)) + 0.5;
    c.moveTo(frame.left, at);
    c.lineTo(frame.right, at);
  }
  c.moveTo(frame.left, frame.bottom + 0.5);
  c.lineTo(frame.right, frame.bottom + 0.5);
  for (const tick of x.ticks) {
    const at = Math.round(x.at(tick)) + 0.5;
    c.moveTo(at, frame.bottom);
    c.lineTo(at, frame.bottom + 4);
  }
  c.stroke();
  c.textBaseline = 'middle';
  c.textAlign = 'right';
  for (const [i, tick] of y.ticks.entries()) c.fillText(y.labels[i] ?? '', frame.left - 4, y.at(tick));
  if (spec.x.silent) return;
  c.textBaseline = 'top';
  c.textAlign = 'center';
  for (const [i, tick] of x.ticks.entries()) {
    const label = x.labels[i] ?? '';
    const half = c.measureText(label).width / 2;
    c.fillText(label, Math.min(frame.right + RIGHT - half, x.at(tick)), frame.bottom + 6);
  }
}

function drawTitles(
  c: CanvasRenderingContext2D,
  frame: Frame,
  spec: PlotSpec,
  width: number,
  height: number,
  colour: Colours,
): void {
  c.fillStyle = colour('--text-muted');
  c.textAlign = 'center';
  c.textBaseline = 'alphabetic';
  if (!spec.x.silent) c.fillText(spec.x.title, (frame.left + frame.right) / 2, height - 3, width);
  c.save();
  c.translate(10, (frame.top + frame.bottom) / 2);
  c.rotate(-Math.PI / 2);
  c.fillText(spec.y.title, 0, 0, frame.bottom - frame.top + 20);
  c.restore();
}

function drawMarks(c: CanvasRenderingContext2D, frame: Frame, spec: PlotSpec, x: Scale, colour: Colours): void {
  c.strokeStyle = colour('--line-strong');
  c.fillStyle = colour('--text-muted');
  c.textAlign = 'left';
  c.textBaseline = 'top';
  for (const mark of spec.marks ?? []) {
    const at = Math.round(x.at(mark.x)) + 0.5;
    if (at < frame.left || at > frame.right) continue;
    c.setLineDash([2, 3]);
    c.beginPath();
    c.moveTo(at, frame.top);
    c.lineTo(at, frame.bottom);
    c.stroke();
    c.setLineDash([]);
    c.fillText(mark.label, at + 3, frame.top - 2);
  }
}

function drawCurves(
  c: CanvasRenderingContext2D,
  frame: Frame,
  spec: PlotSpec,
  x: Scale,
  y: Scale,
  colour: Colours,
): void {
  c.save();
  c.beginPath();
  c.rect(frame.left, frame.top - 2, frame.right - frame.left, frame.bottom - frame.top + 3);
  c.clip();
  c.lineWidth = 1.5;
  c.lineJoin = 'round';
  // The first curve is the one in question: it lies on top.
  for (const curve of [...spec.curves].reverse()) {
    c.strokeStyle = colour(curve.colour);
    if (curve.spread) fillSpread(c, curve.x, curve.spread, x, y, colour(curve.colour));
    c.setLineDash(curve.dashed ? [6, 4] : []);
    c.beginPath();
    let pen = false;
    for (let i = 0; i < curve.x.length; i++) {
      const value = curve.y[i] as number;
      const shown = spec.y.logarithmic ? Math.max(value, y.min * 1e-3) : value;
      if (!Number.isFinite(shown)) {
        pen = false;
        continue;
      }
      if (pen) c.lineTo(x.at(curve.x[i] as number), y.at(shown));
      else c.moveTo(x.at(curve.x[i] as number), y.at(shown));
      pen = true;
    }
    c.stroke();
  }
  c.restore();
}
