// Line plots as plain SVG: panels side by side with axes, units and a legend, readable on light and dark ground.

export interface Point {
  readonly x: number;
  readonly y: number;
  /** Written beside the point. */
  readonly label?: string;
}

export interface Series {
  readonly label: string;
  readonly points: readonly Point[];
}

export interface Axis {
  /** Quantity and unit. */
  readonly label: string;
  readonly scale: 'linear' | 'log';
}

export interface Panel {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
}

export interface Figure {
  readonly title: string;
  readonly panels: readonly Panel[];
}

const PANEL = { width: 430, left: 64, right: 32, top: 62, height: 300, bottom: 52 };
const LEGEND = 24;

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #57606a; }
  .title { font-weight: 600; }
  .grid { stroke: #8b949e; stroke-opacity: 0.28; }
  .axis { stroke: #8b949e; }
  .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
  .s0 { stroke: #1f6fb2; } .f0 { fill: #1f6fb2; }
  .s1 { stroke: #b35a1f; stroke-dasharray: 7 3; } .f1 { fill: #b35a1f; }
  .s2 { stroke: #2f7d4f; stroke-dasharray: 2 3; } .f2 { fill: #2f7d4f; }
  @media (prefers-color-scheme: dark) {
    text { fill: #a8b0b9; }
    .s0 { stroke: #6cb2ee; } .f0 { fill: #6cb2ee; }
    .s1 { stroke: #f0a165; } .f1 { fill: #f0a165; }
    .s2 { stroke: #7fd0a0; } .f2 { fill: #7fd0a0; }
  }`;

const COLOURS = 3;
const TICKS = 5;
const HEADROOM = 1.15;

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const place = (value: number): string => String(Math.round(10 * value) / 10);

function text(x: number, y: number, words: string, options: { anchor?: string; kind?: string; turn?: boolean } = {}) {
  const { anchor = 'start', kind, turn } = options;
  const attributes = [
    `x="${place(x)}" y="${place(y)}" text-anchor="${anchor}"`,
    kind ? ` class="${kind}"` : '',
    turn ? ` transform="rotate(-90 ${place(x)} ${place(y)})"` : '',
  ].join('');
  return `<text ${attributes}>${escaped(words)}</text>`;
}

const line = (x1: number, y1: number, x2: number, y2: number, kind: string): string =>
  `<line x1="${place(x1)}" y1="${place(y1)}" x2="${place(x2)}" y2="${place(y2)}" class="${kind}"/>`;

interface Scale {
  readonly ticks: readonly number[];
  /** 0 at the axis' beginning, 1 at its end. */
  readonly at: (value: number) => number;
}

/** An axis that spans the values between round numbers. */
export function scaleFor(axis: Axis, values: readonly number[]): Scale {
  const finite = values.filter((v) => Number.isFinite(v) && (axis.scale === 'linear' || v > 0));
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  if (finite.length === 0) return { ticks: [], at: () => 0 };
  return axis.scale === 'log' ? logScale(low, high) : linearScale(high);
}

function logScale(low: number, high: number): Scale {
  const decades = Math.log10(high / low);
  const mantissas = decades > 2.5 ? [1] : [1, 2, 5];
  const candidates: number[] = [];
  for (let d = Math.floor(Math.log10(low)) - 1; d <= Math.ceil(Math.log10(high)) + 1; d++)
    for (const m of mantissas) candidates.push(Number(`${m}e${d}`));
  const from = candidates.filter((t) => t <= low * (1 + 1e-9)).at(-1) ?? low;
  const end = candidates.find((t) => t >= high * (1 - 1e-9) && t > from) ?? high;
  const span = Math.log(end / from);
  return {
    ticks: candidates.filter((t) => t >= from && t <= end),
    at: (value) => Math.log(value / from) / span,
  };
}

function linearScale(high: number): Scale {
  const rough = (high || 1) / TICKS;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((m) => m * unit >= rough) ?? 10) * unit;
  const count = Math.max(1, Math.ceil(high / step - 1e-9));
  return {
    ticks: Array.from({ length: count + 1 }, (_, k) => Number((k * step).toPrecision(12))),
    at: (value) => value / (count * step),
  };
}

/** 10 000, 0.01. */
const tickText = (value: number): string =>
  Math.abs(value) >= 10_000 ? value.toLocaleString('en').replaceAll(',', ' ') : String(value);

function drawPanel(panel: Panel, offset: number): string[] {
  const all = panel.series.flatMap((s) => s.points);
  const x = scaleFor(
    panel.x,
    all.map((p) => p.x),
  );
  // Room for the points' labels.
  const y = scaleFor(
    panel.y,
    all.flatMap((p) => [p.y / HEADROOM, p.y * HEADROOM]),
  );
  const left = offset + PANEL.left;
  const width = PANEL.width - PANEL.left - PANEL.right;
  const bottom = PANEL.top + PANEL.height;
  const atX = (value: number): number => left + width * x.at(value);
  const atY = (value: number): number => bottom - PANEL.height * y.at(value);
  return [
    text(left, PANEL.top - 12, panel.title, { kind: 'title' }),
    ...x.ticks.map((t) => line(atX(t), PANEL.top, atX(t), bottom, 'grid')),
    ...y.ticks.map((t) => line(left, atY(t), left + width, atY(t), 'grid')),
    line(left, bottom, left + width, bottom, 'axis'),
    line(left, PANEL.top, left, bottom, 'axis'),
    ...x.ticks.map((t) => text(atX(t), bottom + 17, tickText(t), { anchor: 'middle' })),
    ...y.ticks.map((t) => text(left - 7, atY(t) + 4, tickText(t), { anchor: 'end' })),
    text(left + width / 2, bottom + 38, panel.x.label, { anchor: 'middle' }),
    text(offset + 14, PANEL.top + PANEL.height / 2, panel.y.label, { anchor: 'middle', turn: true }),
    ...panel.series.flatMap((s, m) => drawSeries(s, m % COLOURS, atX, atY)),
  ];
}

function drawSeries(
  series: Series,
  colour: number,
  atX: (value: number) => number,
  atY: (value: number) => number,
): string[] {
  const path = series.points.map((p, k) => `${k === 0 ? 'M' : 'L'}${place(atX(p.x))} ${place(atY(p.y))}`).join('');
  return [
    `<path d="${path}" class="line s${colour}"/>`,
    ...series.points.map((p) => `<circle cx="${place(atX(p.x))}" cy="${place(atY(p.y))}" r="3" class="f${colour}"/>`),
    ...series.points.flatMap((p) => {
      if (p.label === undefined) return [];
      const above = colour % 2 === 0;
      return [text(atX(p.x), atY(p.y) + (above ? -8 : 17), p.label, { anchor: 'middle' })];
    }),
  ];
}

/** One legend for all panels: series of the same place have the same colour. */
function drawLegend(panels: readonly Panel[], top: number): string[] {
  const labels = panels.reduce<readonly string[]>((longest, panel) => {
    const own = panel.series.map((s) => s.label);
    return own.length > longest.length ? own : longest;
  }, []);
  let x = PANEL.left;
  return labels.flatMap((label, m) => {
    const start = x;
    x += 56 + 7 * label.length;
    return [
      line(start, top - 4, start + 26, top - 4, `line s${m % COLOURS}`),
      `<circle cx="${place(start + 13)}" cy="${place(top - 4)}" r="3" class="f${m % COLOURS}"/>`,
      text(start + 33, top, label),
    ];
  });
}

export function drawFigure({ title, panels }: Figure): string {
  const width = PANEL.width * panels.length;
  const legend = PANEL.top + PANEL.height + PANEL.bottom + 12;
  const height = legend + LEGEND - 8;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}\n</style>`,
    text(PANEL.left, 20, title, { kind: 'title' }),
    ...panels.flatMap((panel, m) => drawPanel(panel, m * PANEL.width)),
    ...drawLegend(panels, legend),
    '</svg>',
    '',
  ].join('\n');
}
