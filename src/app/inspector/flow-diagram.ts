// Geometry of an energy-flow diagram: nodes in columns, bands between them as wide as their power, in a unit square. Pure; what
// flows is in farm-links.ts and chamber-links.ts, drawn by FlowDiagram.tsx.

export interface Link {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** W, positive from → to. */
  readonly power: number;
}
/** Names of the nodes of each column, from left to right, top to bottom. */
export type Columns = readonly (readonly string[])[];

export interface Band extends Link {
  /** Column of each end, and centre and width of the band, in units of the diagram's height. */
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  readonly width: number;
}
export interface FlowNode {
  readonly name: string;
  readonly column: number;
  readonly top: number;
  readonly height: number;
}
export interface FlowDiagram {
  readonly bands: readonly Band[];
  readonly nodes: readonly FlowNode[];
  readonly columns: number;
}

/** Share of the height left between the nodes of a column, and the least height of a node. */
const GAP = 0.1;
const LEAST = 0.012;
/** Links below this share of the largest are left out of the picture. */
const NEGLIGIBLE = 1e-3;

export function flowDiagram(columns: Columns, links: readonly Link[]): FlowDiagram {
  const largest = Math.max(0, ...links.map(({ power }) => Math.abs(power)));
  if (!(largest > 0)) return { bands: [], nodes: [], columns: columns.length };
  const shown = links.filter(({ power }) => Math.abs(power) > NEGLIGIBLE * largest);
  const through = new Map<string, number>();
  const side = (name: string, end: 'from' | 'to') =>
    shown.filter((l) => l[end] === name).reduce((s, l) => s + Math.abs(l.power), 0);
  for (const name of columns.flat()) through.set(name, Math.max(side(name, 'from'), side(name, 'to')));
  const present = columns.map((column) => column.filter((name) => (through.get(name) ?? 0) > 0));
  const total = Math.max(...present.map((column) => column.reduce((s, name) => s + (through.get(name) ?? 0), 0)));
  const most = Math.max(...present.map((column) => column.length));
  const scale = (1 - GAP * (most - 1) - most * LEAST) / total;
  const heightOf = (name: string): number => Math.max(LEAST, (through.get(name) ?? 0) * scale);
  const nodes: FlowNode[] = present.flatMap((column, index) => {
    const used = column.reduce((sum, name) => sum + heightOf(name), 0) + GAP * (column.length - 1);
    let top = (1 - used) / 2;
    return column.map((name) => {
      const height = heightOf(name);
      const node = { name, column: index, top, height };
      top += height + GAP;
      return node;
    });
  });
  const offset = new Map<string, number>();
  const place = (name: string, end: string, width: number): number => {
    const node = nodes.find((n) => n.name === name);
    const key = `${name} ${end}`;
    const y = (node?.top ?? 0) + (offset.get(key) ?? 0) + width / 2;
    offset.set(key, (offset.get(key) ?? 0) + width);
    return y;
  };
  const columnOf = (name: string): number => columns.findIndex((column) => column.includes(name));
  const bands = shown.map((link) => {
    const width = Math.abs(link.power) * scale;
    return {
      ...link,
      width,
      x0: columnOf(link.from),
      x1: columnOf(link.to),
      y0: place(link.from, 'from', width),
      y1: place(link.to, 'to', width),
    };
  });
  return { bands, nodes, columns: columns.length };
}
