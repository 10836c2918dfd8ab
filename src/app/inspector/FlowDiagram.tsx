// An energy-flow diagram with its figures: bands as wide as their power, dashed where power goes against the drawn direction,
// and the same numbers as a list.

import { quantityText } from '../shell/format.ts';
import classes from './FlowDiagram.module.css';
import { type Columns, flowDiagram, type Link } from './flow-diagram.ts';
import inspector from './Inspector.module.css';

const WIDTH = 300;
const HEIGHT = 150;
const NODE_WIDTH = 6;
const NAME_GAP = 3;
/** Names of nodes nearer than this would run into each other, in the picture's units. */
const NAME_HEIGHT = 12;

interface Props {
  /** Whose flows, for those who listen. */
  readonly name: string;
  readonly columns: Columns;
  readonly links: readonly Link[];
}

export function FlowDiagram({ name, columns, links }: Props) {
  const { bands, nodes } = flowDiagram(columns, links);
  const last = columns.length - 1;
  const x = (column: number): number => (column * (WIDTH - NODE_WIDTH)) / last;
  const inWords = bands.map(({ label, power }) => `${label} ${quantityText(power, 'W')}`).join(', ');
  if (bands.length === 0) return <p className={inspector.muted}>Nothing flows.</p>;
  return (
    <>
      <svg className={classes.diagram} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${name}: ${inWords}`}>
        {bands.map((band) => (
          <path
            key={band.label}
            className={classes.band}
            data-to={band.to}
            data-negative={band.power < 0 || undefined}
            d={curve(x(band.x0) + NODE_WIDTH, band.y0 * HEIGHT, x(band.x1), band.y1 * HEIGHT)}
            strokeWidth={Math.max(0.75, band.width * HEIGHT)}
          >
            <title>{`${band.label}: ${quantityText(band.power, 'W')}`}</title>
          </path>
        ))}
        {nodes.map(({ name: node, column, top, height }) => (
          <g key={node}>
            <rect className={classes.node} x={x(column)} y={top * HEIGHT} width={NODE_WIDTH} height={height * HEIGHT} />
            <text
              className={classes.name}
              x={column === last ? x(last) - NAME_GAP : x(column) + NODE_WIDTH + NAME_GAP}
              y={Math.min(HEIGHT - NAME_HEIGHT / 2, Math.max(NAME_HEIGHT / 2, (top + height / 2) * HEIGHT))}
              textAnchor={column === last ? 'end' : 'start'}
              dominantBaseline="middle"
            >
              {node}
            </text>
          </g>
        ))}
      </svg>
      {bands.some(({ power }) => power < 0) && (
        <p className={inspector.muted}>Dashed: power goes from right to left.</p>
      )}
    </>
  );
}

const curve = (x0: number, y0: number, x1: number, y1: number): string => {
  const middle = (x0 + x1) / 2;
  return `M${x0} ${y0}C${middle} ${y0} ${middle} ${y1} ${x1} ${y1}`;
};

/** The same numbers as a list. */
export function FlowList({ links, balance }: { links: readonly Link[]; balance?: number }) {
  return (
    <dl className={inspector.figures}>
      {links.map(({ label, power }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{quantityText(power, 'W')}</dd>
        </div>
      ))}
      {balance !== undefined && (
        <div>
          <dt>In − out − stored</dt>
          <dd>{quantityText(balance, 'W')}</dd>
        </div>
      )}
    </dl>
  );
}
