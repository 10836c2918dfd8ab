// Where the farm's power goes and which mechanism produces entropy: the engine's closing table, drawn and listed.

import type { FarmCalls } from '../../worker/protocol.ts';
import type { Remote } from '../../worker/rpc.ts';
import { quantityText } from '../shell/format.ts';
import classes from './FarmFlows.module.css';
import { type Band, flowDiagram, linksOf } from './flow-diagram.ts';
import inspector from './Inspector.module.css';
import { useAnswer } from './use-answer.ts';

const INTERVAL_MS = 500;
const WIDTH = 300;
const HEIGHT = 150;
const NODE_WIDTH = 6;
const ask = (farm: Remote<FarmCalls>) => farm.flows();

const ENTROPY_LABELS = {
  minorLoss: 'Minor loss',
  wallLayers: 'Wall layers and conduction',
  ductFriction: 'Duct friction',
  wallToRoom: 'Wall to room',
  chipToWall: 'Chips to walls',
  mixing: 'Mixing',
  condensation: 'Condensation',
  wallConduction: 'Conduction along ducts',
} as const;

export function FarmFlows() {
  const flows = useAnswer(ask, INTERVAL_MS);
  if (!flows?.ready) {
    return (
      <section className={inspector.block} aria-label="Energy flows">
        <h3 className={inspector.heading}>Energy flows</h3>
        <p className={inspector.muted}>After the first detector window.</p>
      </section>
    );
  }
  const { bands, nodes } = flowDiagram(flows);
  const x = (column: number): number => (column * (WIDTH - NODE_WIDTH)) / 3;
  const entropy = Object.entries(flows.entropy_W_per_K) as [keyof typeof ENTROPY_LABELS, number][];
  const produced = entropy.reduce((sum, [, value]) => sum + value, 0);
  return (
    <>
      <section className={inspector.block} aria-label="Energy flows">
        <h3 className={inspector.heading}>Energy flows, last window</h3>
        <svg className={classes.diagram} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={inWords(bands)}>
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
          {nodes.map(({ name, column, top, height }) => (
            <g key={name}>
              <rect
                className={classes.node}
                x={x(column)}
                y={top * HEIGHT}
                width={NODE_WIDTH}
                height={height * HEIGHT}
              />
              <text
                className={classes.name}
                x={column === 3 ? x(3) - 3 : x(column) + NODE_WIDTH + 3}
                y={(top + height / 2) * HEIGHT}
                textAnchor={column === 3 ? 'end' : 'start'}
                dominantBaseline="middle"
              >
                {name}
              </text>
            </g>
          ))}
        </svg>
        <dl className={inspector.figures}>
          {linksOf(flows).map(({ label, power }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{quantityText(power, 'W')}</dd>
            </div>
          ))}
          <div>
            <dt>In − out − stored</dt>
            <dd>{quantityText(flows.residual_W, 'W')}</dd>
          </div>
        </dl>
      </section>
      <section className={inspector.block} aria-label="Entropy production">
        <h3 className={inspector.heading}>
          Entropy production <span className={inspector.muted}>{quantityText(produced, 'W_per_K')}</span>
        </h3>
        <dl className={classes.bars}>
          {entropy.map(([key, value]) => (
            <div key={key}>
              <dt>{ENTROPY_LABELS[key]}</dt>
              <dd className={classes.track} aria-hidden="true">
                <span style={{ width: `${produced > 0 ? (100 * value) / produced : 0}%` }} />
              </dd>
              <dd className={classes.value}>{quantityText(value, 'W_per_K')}</dd>
            </div>
          ))}
        </dl>
        <p className={inspector.muted}>
          Exergy destroyed at room temperature {quantityText(flows.exergyDestroyed_W, 'W')}
        </p>
      </section>
    </>
  );
}

const curve = (x0: number, y0: number, x1: number, y1: number): string => {
  const middle = (x0 + x1) / 2;
  return `M${x0} ${y0}C${middle} ${y0} ${middle} ${y1} ${x1} ${y1}`;
};

const inWords = (bands: readonly Band[]): string =>
  `Energy flows of the farm: ${bands.map(({ label, power }) => `${label} ${quantityText(power, 'W')}`).join(', ')}`;
