// Which chambers faults strike: dashed rings in the lattice, counted in the legend, which leads to the list of faults.

import { useEffect, useMemo } from 'react';
import { showPlant } from '../plant/plant-dock.ts';
import { usePlant } from '../plant/plant-store.ts';
import { FaultMark } from '../shell/icons.tsx';
import { formatCount } from './format.ts';
import classes from './Legend.module.css';
import type { Stage } from './stage.ts';

/** The legend's entry for faults; nothing while none acts. */
export function FaultMarks({ stage }: { stage: Stage }) {
  // Texts, so that an answer that says the same draws nothing.
  const listed = usePlant((s) => s.overview?.faultyChambers.join(' ') ?? '');
  const acting = usePlant((s) => s.overview?.faults.filter(({ state }) => state === 'active').length ?? 0);
  const chambers = useMemo(() => (listed === '' ? [] : listed.split(' ').map(Number)), [listed]);
  useEffect(() => {
    stage.setFaulty(chambers);
  }, [stage, chambers]);
  useEffect(() => () => stage.setFaulty([]), [stage]);
  if (acting === 0) return null;
  const faults = `${formatCount(acting)} ${acting === 1 ? 'fault' : 'faults'}`;
  const where =
    chambers.length === 0
      ? ' outside the chambers'
      : `, ${formatCount(chambers.length)} ${chambers.length === 1 ? 'chamber' : 'chambers'} struck`;
  return (
    <p className={classes.marks} data-testid="fault-note">
      <span className={classes.faultMark}>
        <FaultMark />
      </span>
      <button
        type="button"
        className={classes.link}
        title="Show the list of faults"
        onClick={() => showPlant('faults')}
      >
        {faults}
        {where}
      </button>
    </p>
  );
}
