// The books of one chamber over the last window: heat flows drawn and listed, entropy by mechanism, free energies of its gas.

import type { ChamberDetail } from '../../worker/protocol.ts';
import { CHAMBER_COLUMNS, chamberLinks } from './chamber-links.ts';
import { EntropyBars } from './EntropyBars.tsx';
import { FlowDiagram, FlowList } from './FlowDiagram.tsx';
import { GasEnergies } from './GasEnergies.tsx';
import classes from './Inspector.module.css';

const FARM_ONLY = 'Mixing, condensation and conduction along ducts are known for the whole farm only.';

export function ChamberLedger({ detail }: { detail: ChamberDetail }) {
  const { flows, entropy_W_per_K, exergyDestroyed_W, potentials } = detail.ledger;
  const links = chamberLinks(flows);
  return (
    <>
      <section className={classes.block} aria-label="Heat flows">
        <h3 className={classes.heading}>Heat flows of chamber {detail.id}, last window</h3>
        <FlowDiagram name={`Heat flows of chamber ${detail.id}`} columns={CHAMBER_COLUMNS} links={links} />
        <FlowList links={links} />
        <p className={classes.muted}>To neighbours: by oscillation and crossing gas, what the first law leaves over.</p>
      </section>
      <EntropyBars
        title={`Entropy production of chamber ${detail.id}`}
        entropy={entropy_W_per_K}
        exergyDestroyed={exergyDestroyed_W}
        note={FARM_ONLY}
      />
      <GasEnergies title="Energies of its gas" potentials={potentials} />
    </>
  );
}
