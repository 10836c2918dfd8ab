// Which places a fault strikes: what belongs to the selected chambers, all, or numbers as typed, with what they mean.

import { useState } from 'react';
import type { FaultTarget } from '../../../engine/faults/fault-kinds.ts';
import { useTwin } from '../../state/store.ts';
import classes from '../Plant.module.css';
import { usePlant } from '../plant-store.ts';
import own from './Faults.module.css';
import { numbering, placesHint, placesOf, rangesText } from './fault-command.ts';
import { useSensorNumbers } from './use-sensors.ts';

export interface Targets {
  /** As the command says it. */
  readonly text: string;
  readonly follows: boolean;
  /** Whether the selection has such places. */
  readonly canFollow: boolean;
  type(text: string): void;
  follow(): void;
}

const NO_EDGES = new Uint32Array(0);

/** Follows the selection until somebody types. */
export function useTargets(target: FaultTarget): Targets {
  const selection = useTwin((s) => s.selection);
  const edges = useTwin((s) => s.layout?.edges) ?? NO_EDGES;
  const [typed, setTyped] = useState<string | null>(null);
  const places = placesOf(target, selection, edges);
  const canFollow = places.length > 0;
  const follows = typed === null && canFollow;
  return {
    text: follows ? rangesText(places) : (typed ?? '0'),
    follows,
    canFollow,
    type: setTyped,
    follow: () => setTyped(null),
  };
}

const SELECTED: Readonly<Partial<Record<FaultTarget, string>>> = {
  chamber: 'selected',
  duct: 'of the selected',
  valve: 'supply of the selected',
  sensor: 'pressure of the selected',
};

const TITLES: Readonly<Record<FaultTarget, string>> = {
  chamber: 'Chambers',
  duct: 'Ducts',
  valve: 'Valves',
  pump: 'Pumps',
  fan: 'Fans',
  header: 'Headers',
  sensor: 'Sensors',
  farm: 'Place',
};

interface Props {
  readonly target: FaultTarget;
  readonly targets: Targets;
  /** What the text means; empty while it means nothing. */
  readonly places: readonly number[];
}

export function TargetPicker({ target, targets, places }: Props) {
  const counts = usePlant((s) => s.overview?.targets);
  const edges = useTwin((s) => s.layout?.edges) ?? NO_EDGES;
  const sensors = useSensorNumbers();
  const hint = placesHint(target, places, edges, sensors);
  const title = TITLES[target];
  if (target === 'farm') {
    return (
      <div className={own.fieldRow}>
        <span>{title}</span>
        <span>{hint === '' ? 'The whole farm' : hint}</span>
      </div>
    );
  }
  const words = SELECTED[target];
  const numbers = counts ? numbering(target, counts) : '';
  return (
    <>
      <div className={own.fieldRow}>
        <span>{title}</span>
        <span className={classes.inline}>
          {words !== undefined && (
            <button
              type="button"
              className={classes.chip}
              aria-pressed={targets.follows}
              disabled={!targets.canFollow}
              title="Those of the chambers selected in the lattice"
              onClick={targets.follow}
            >
              {words}
            </button>
          )}
          <button
            type="button"
            className={classes.chip}
            aria-pressed={targets.text === '*'}
            onClick={() => targets.type('*')}
          >
            {target === 'sensor' ? 'all that vote' : 'all'}
          </button>
          <input
            type="text"
            className={`${classes.field} ${classes.grow}`}
            aria-label={`${title}, by number${target === 'sensor' ? ' or tag' : ''}`}
            spellCheck={false}
            autoComplete="off"
            maxLength={2000}
            value={targets.text}
            onChange={(event) => targets.type(event.currentTarget.value)}
          />
        </span>
      </div>
      <p className={own.hintRow}>
        {hint !== '' && <span>{hint}. </span>}
        <span className={classes.muted}>{numbers}</span>
      </p>
    </>
  );
}
