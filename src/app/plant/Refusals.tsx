// Why a command was refused, and what would be right.

import type { Problem } from '../../worker/protocol.ts';
import classes from './Plant.module.css';

export function Refusals({ problems }: { problems: readonly Problem[] }) {
  return (
    <div role="alert" className={classes.refusals}>
      {problems.map(({ message, remedy }) => (
        <p key={message}>
          {message} {remedy !== '' && <span className={classes.muted}>{remedy}</span>}
        </p>
      ))}
    </div>
  );
}
