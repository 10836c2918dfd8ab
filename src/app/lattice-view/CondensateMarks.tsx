// Which chambers have condensed water: asked while there is any, marked by drops in the lattice, counted in the legend.

import { useEffect } from 'react';
import type { FarmCalls } from '../../worker/protocol.ts';
import type { Remote } from '../../worker/rpc.ts';
import { DropMark } from '../shell/icons.tsx';
import { useTwin } from '../state/store.ts';
import { useAnswer } from '../state/use-answer.ts';
import { formatCount } from './format.ts';
import classes from './Legend.module.css';
import type { Stage } from './stage.ts';

const INTERVAL_MS = 2000;
const ask = (farm: Remote<FarmCalls>): Promise<Float32Array> => farm.frame('condensate_mol');

/** The legend's entry for the drops; nothing while no water has condensed. */
export function CondensateMarks({ stage }: { stage: Stage }) {
  const any = useTwin((s) => (s.status?.metrics.condensedWater_mol ?? 0) > 0);
  return any ? <Marks stage={stage} /> : null;
}

function Marks({ stage }: { stage: Stage }) {
  const amounts = useAnswer(ask, INTERVAL_MS);
  useEffect(() => {
    stage.setCondensate(amounts);
  }, [stage, amounts]);
  useEffect(() => () => stage.setCondensate(null), [stage]);
  const count = amounts?.reduce((n, mol) => n + (mol > 0 ? 1 : 0), 0) ?? 0;
  if (count === 0) return null;
  return (
    <p className={classes.marks} data-testid="condensate-note">
      <DropMark />
      {formatCount(count)} {count === 1 ? 'chamber' : 'chambers'} with condensed water
    </p>
  );
}
