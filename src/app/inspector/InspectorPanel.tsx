// The right panel: the selected chambers, overlaid; with none selected, what to do and the farm as a whole.

import { ActionIcon, Tooltip } from '@mantine/core';
import type { ChamberDetail } from '../../worker/protocol.ts';
import { CloseIcon } from '../shell/icons.tsx';
import { Panel } from '../shell/Panel.tsx';
import { INSPECTED_MAX, selectChambers } from '../state/actions.ts';
import { useTwin } from '../state/store.ts';
import { ChamberLedger } from './ChamberLedger.tsx';
import { FarmFigures } from './FarmFigures.tsx';
import classes from './Inspector.module.css';
import { Readings } from './Readings.tsx';
import { Scopes } from './Scopes.tsx';
import { chamberColour } from './scope-data.ts';
import { useInspection } from './use-inspection.ts';

export function InspectorPanel() {
  const selected = useTwin((s) => s.selection.length);
  const note = selected === 0 ? undefined : selected === 1 ? '1 chamber' : `${selected} chambers`;
  return (
    <Panel name="inspector" title="Inspector" note={note} tools={selected > 0 && <ClearButton />}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={classes.scroll} aria-label="Inspector contents" tabIndex={0}>
        {selected === 0 ? <FarmFigures /> : <Selected />}
      </section>
    </Panel>
  );
}

function ClearButton() {
  return (
    <Tooltip label="Clear the selection">
      <button type="button" className={classes.textButton} onClick={() => selectChambers([])}>
        Clear
      </button>
    </Tooltip>
  );
}

function Selected() {
  const details = useInspection();
  const selection = useTwin((s) => s.selection);
  const frequency = useTwin((s) => s.status?.frequency_Hz ?? 1);
  const shown = details.filter((d) => selection.includes(d.id)).slice(0, INSPECTED_MAX);
  const first = shown[0];
  if (!first) return <p className={classes.hint}>Reading the selected chambers</p>;
  return (
    <>
      <Legend details={shown} hidden={selection.length - shown.length} />
      <Readings details={shown} />
      <Scopes details={shown} frequencyHz={frequency} />
      <ChamberLedger detail={first} />
      <Neighbours detail={first} />
    </>
  );
}

function Legend({ details, hidden }: { details: readonly ChamberDetail[]; hidden: number }) {
  const selection = useTwin((s) => s.selection);
  return (
    <ul className={classes.legend} aria-label="Selected chambers">
      {details.map((d, i) => (
        <li key={d.id}>
          <span className={classes.swatch} style={{ background: `var(${chamberColour(i)})` }} />
          {details.length === 1 ? `Chamber ${d.id}` : d.id}
          {details.length > 1 && (
            <ActionIcon
              size={20}
              aria-label={`Deselect chamber ${d.id}`}
              onClick={() => selectChambers(selection.filter((id) => id !== d.id))}
            >
              <CloseIcon />
            </ActionIcon>
          )}
        </li>
      ))}
      {hidden > 0 && <li className={classes.muted}>and {hidden} more, not overlaid</li>}
    </ul>
  );
}

function Neighbours({ detail }: { detail: ChamberDetail }) {
  return (
    <section className={classes.block} aria-label="Neighbours">
      <h3 className={classes.heading}>Neighbours of chamber {detail.id}</h3>
      {detail.neighbours.length === 0 ? (
        <p className={classes.muted}>No duct leads to another chamber.</p>
      ) : (
        <ul className={classes.chips}>
          {detail.neighbours.map((id) => (
            <li key={id}>
              <button
                type="button"
                className={classes.chip}
                title={`Inspect chamber ${id}; with Shift, add it`}
                onClick={(event) => selectChambers(event.shiftKey ? [...useTwin.getState().selection, id] : [id])}
              >
                {id}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
