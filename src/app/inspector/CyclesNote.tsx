// In place of scopes and spectra while no cycles are resolved: says so, and how to see them.

import { chooseFidelity } from '../state/actions.ts';
import { noCycles } from '../state/fidelity.ts';
import { useTwin } from '../state/store.ts';
import classes from './Inspector.module.css';

export function CyclesNote({ what }: { what: string }) {
  const message = useTwin((s) => noCycles(s.status, s.values['simulation.fidelity'])?.message ?? '');
  const choosable = useTwin((s) => noCycles(s.status, s.values['simulation.fidelity'])?.choosable ?? false);
  return (
    <section className={classes.block} aria-label={what}>
      <h3 className={classes.heading}>{what}</h3>
      <p className={classes.muted}>{message}</p>
      {choosable && (
        <button type="button" className={classes.chip} onClick={() => chooseFidelity('waveform')}>
          Select Waveform
        </button>
      )}
    </section>
  );
}
