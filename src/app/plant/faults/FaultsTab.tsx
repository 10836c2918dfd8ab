// The fault palette: what can fail, how badly, where, when; and the faults asked for so far. Clearing a fault is its undo.

import { useState } from 'react';
import { type FaultKind, faultKind } from '../../../engine/faults/fault-kinds.ts';
import { FaultForm } from './FaultForm.tsx';
import { FaultList } from './FaultList.tsx';
import own from './Faults.module.css';
import { faultGroups } from './fault-command.ts';

const GROUPS = faultGroups();

export function FaultsTab() {
  const [kind, setKind] = useState<FaultKind>('leak');
  return (
    <div className={own.faults}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={own.kinds} aria-label="Kinds of fault" tabIndex={0}>
        {GROUPS.map(({ title, kinds }) => (
          <div key={title}>
            <h3 className={own.kindGroup}>{title}</h3>
            {kinds.map((name) => (
              <button
                key={name}
                type="button"
                className={own.kind}
                aria-pressed={name === kind}
                title={faultKind(name).help}
                onClick={() => setKind(name)}
              >
                {faultKind(name).label}
              </button>
            ))}
          </div>
        ))}
      </section>
      <FaultForm key={kind} kind={kind} />
      <FaultList />
    </div>
  );
}
