// Entropy production by mechanism: each as a bar of the whole, and the exergy it destroys.

import { quantityText } from '../shell/format.ts';
import classes from './EntropyBars.module.css';
import inspector from './Inspector.module.css';

const LABELS = {
  minorLoss: 'Minor loss',
  wallLayers: 'Wall layers and conduction',
  ductFriction: 'Duct friction',
  wallToRoom: 'Wall to room air',
  chipToWall: 'Chips to walls',
  mixing: 'Mixing',
  condensation: 'Condensation',
  wallConduction: 'Conduction along ducts',
  headers: 'Valves and headers',
} as const;
export type Mechanism = keyof typeof LABELS;

interface Props {
  readonly title: string;
  readonly entropy: Readonly<Partial<Record<Mechanism, number>>>;
  readonly exergyDestroyed: number;
  /** What is not in these bars. */
  readonly note?: string;
}

export function EntropyBars({ title, entropy, exergyDestroyed, note }: Props) {
  const rows = (Object.keys(LABELS) as Mechanism[]).flatMap((key) => {
    const value = entropy[key];
    return value === undefined ? [] : [{ key, value }];
  });
  const produced = rows.reduce((sum, { value }) => sum + value, 0);
  // A long averaged step can leave one mechanism below zero: the bars then share what the others produce.
  const positive = rows.reduce((sum, { value }) => sum + Math.max(0, value), 0);
  const share = (value: number): number => (positive > 0 ? (100 * Math.max(0, value)) / positive : 0);
  return (
    <section className={inspector.block} aria-label="Entropy production">
      <h3 className={inspector.heading}>
        {title} <span className={inspector.muted}>{quantityText(produced, 'W_per_K')}</span>
      </h3>
      <dl className={classes.bars}>
        {rows.map(({ key, value }) => (
          <div key={key}>
            <dt>{LABELS[key]}</dt>
            <dd className={classes.track} aria-hidden="true">
              <span style={{ width: `${share(value)}%` }} />
            </dd>
            <dd className={classes.value}>{quantityText(value, 'W_per_K')}</dd>
          </div>
        ))}
      </dl>
      <p className={inspector.muted}>
        Exergy destroyed at the supply air’s temperature {quantityText(exergyDestroyed, 'W')}
      </p>
      {note !== undefined && <p className={inspector.muted}>{note}</p>}
    </section>
  );
}
