// How the farm is computed: the mode it is in now, and the choice between waveform, averaged and automatic. Says why a farm
// cannot be averaged.

import { Menu } from '@mantine/core';
import type { CSSProperties } from 'react';
import { chooseFidelity } from '../state/actions.ts';
import { FIDELITIES, type Fidelity, isFidelity, MODE_NAMES } from '../state/fidelity.ts';
import { useTwin } from '../state/store.ts';
import { CautionMark } from './icons.tsx';
import menu from './ScenarioMenu.module.css';
import classes from './TopBar.module.css';

const CHOICES: Readonly<Record<Fidelity, { readonly title: string; readonly about: string }>> = {
  waveform: { title: 'Waveform', about: 'Every cycle is resolved: scopes, spectra, transients.' },
  averaged: { title: 'Averaged', about: 'Amplitudes, phases and means only: hours in seconds.' },
  auto: {
    title: 'Automatic',
    about: 'Waveform while the oscillation settles, a chamber is selected or time runs below 1/2×; averaged otherwise.',
  },
};

export function FidelityMenu() {
  const mode = useTwin((s) => s.status?.fidelity ?? 'waveform');
  const remark = useTwin((s) => s.status?.fidelityRemark ?? null);
  const chosen = useTwin((s) => s.values['simulation.fidelity']);
  const ready = useTwin((s) => s.phase === 'ready');
  const automatic = chosen === 'auto';
  return (
    <Menu width={300} position="bottom-start" withinPortal>
      <Menu.Target>
        <button type="button" className={classes.readout} data-menu disabled={!ready}>
          <span className={classes.label}>Fidelity</span>
          <span className={classes.figure} style={{ minWidth: '12ch' }}>
            {remark !== null && <CannotAverage />}
            {MODE_NAMES[mode]}
            {automatic && <span className={classes.unit}>auto</span>}
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label="Fidelity">
        <Menu.RadioGroup value={chosen} onChange={(value) => isFidelity(value) && chooseFidelity(value)}>
          {FIDELITIES.map((fidelity) => (
            <Menu.RadioItem key={fidelity} value={fidelity} closeMenuOnClick>
              <span className={menu.title}>{CHOICES[fidelity].title}</span>
              <span className={menu.about}>{CHOICES[fidelity].about}</span>
              {fidelity === 'averaged' && remark !== null && (
                <span className={classes.remark}>
                  <CannotAverage /> {remark}
                </span>
              )}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

function CannotAverage() {
  return (
    <span
      className={classes.mark}
      role="img"
      aria-label="Cannot be averaged as it is set"
      style={{ '--mark-colour': 'var(--medium)' } as CSSProperties}
    >
      <CautionMark />
    </span>
  );
}
