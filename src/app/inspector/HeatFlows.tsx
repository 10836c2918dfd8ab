// Where the power of one chamber goes: signed bars about zero, means over the last detector window.

import type { ChamberDetail } from '../../worker/protocol.ts';
import { quantity } from '../shell/format.ts';
import classes from './Inspector.module.css';

const FLOWS: readonly { readonly key: keyof ChamberDetail['flows']; readonly label: string }[] = [
  { key: 'driveToGas_W', label: 'Drive → gas' },
  { key: 'minorLossToGas_W', label: 'Minor loss → gas' },
  { key: 'gasToWall_W', label: 'Gas → wall' },
  { key: 'frictionToWall_W', label: 'Friction → wall' },
  { key: 'chipToWall_W', label: 'Chip → wall' },
  { key: 'wallToRoom_W', label: 'Wall → room' },
];

export function HeatFlows({ detail }: { detail: ChamberDetail }) {
  const { flows } = detail;
  const most = Math.max(...FLOWS.map(({ key }) => Math.abs(flows[key])), 1e-12);
  return (
    <section className={classes.block} aria-label="Heat flows">
      <h3 className={classes.heading}>
        Heat flows of chamber {detail.id}
        <span className={classes.muted}> chips {quantityWithUnit(flows.chipPower_W)}</span>
      </h3>
      <dl className={classes.flows}>
        {FLOWS.map(({ key, label }) => {
          const watts = flows[key];
          const { value, unit } = quantity(watts, 'W');
          const share = Math.abs(watts) / most;
          return (
            <div key={key}>
              <dt>{label}</dt>
              <dd className={classes.bar} aria-hidden="true">
                <span
                  style={{ left: watts < 0 ? `${50 - 50 * share}%` : '50%', width: `${50 * share}%` }}
                  data-negative={watts < 0 || undefined}
                />
              </dd>
              <dd className={classes.flowValue}>
                {value}
                <span className={classes.flowUnit}>{unit}</span>
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

function quantityWithUnit(watts: number): string {
  const { value, unit } = quantity(watts, 'W');
  return `${value}\u202f${unit}`;
}
