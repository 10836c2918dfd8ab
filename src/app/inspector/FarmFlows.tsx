// Where the farm's power goes and which mechanism produces entropy: the engine's closing table, drawn and listed, and what
// the room's air takes along.

import type { FarmCalls } from '../../worker/protocol.ts';
import type { Remote } from '../../worker/rpc.ts';
import { quantityText, significant, withUnit } from '../shell/format.ts';
import { useTwin } from '../state/store.ts';
import { useAnswer } from '../state/use-answer.ts';
import { EntropyBars } from './EntropyBars.tsx';
import { FlowDiagram, FlowList } from './FlowDiagram.tsx';
import { FARM_COLUMNS, farmLinks } from './farm-links.ts';
import { GasEnergies } from './GasEnergies.tsx';
import inspector from './Inspector.module.css';

const INTERVAL_MS = 500;
const ask = (farm: Remote<FarmCalls>) => farm.flows();

export function FarmFlows() {
  const flows = useAnswer(ask, INTERVAL_MS);
  if (!flows?.ready) {
    return (
      <section className={inspector.block} aria-label="Energy flows">
        <h3 className={inspector.heading}>Energy flows</h3>
        <p className={inspector.muted}>After the first detector window.</p>
      </section>
    );
  }
  const links = farmLinks(flows);
  return (
    <>
      <section className={inspector.block} aria-label="Energy flows">
        <h3 className={inspector.heading}>Energy flows, last window</h3>
        <FlowDiagram name="Energy flows of the farm" columns={FARM_COLUMNS} links={links} />
        <FlowList links={links} balance={flows.residual_W} />
        {flows.fans_W > 0 && <RoomAir fans={flows.fans_W} />}
      </section>
      <EntropyBars
        title="Entropy production"
        entropy={flows.entropy_W_per_K}
        exergyDestroyed={flows.exergyDestroyed_W}
      />
      {flows.potentials && <GasEnergies title="Energies of all gas" potentials={flows.potentials} />}
    </>
  );
}

/** What leaves with the air besides the heat of the walls, and how warm it leaves. */
function RoomAir({ fans }: { fans: number }) {
  // As text, so that it renders only when a shown digit changes.
  const outlet = useTwin((s) => significant(s.status?.metrics.airOutletTemperature_K ?? Number.NaN, 5));
  const supply = useTwin((s) => significant(s.values['cooling.room_temperature_K'], 5));
  return (
    <>
      <dl className={inspector.figures}>
        <div>
          <dt>Fans, electrical</dt>
          <dd>{quantityText(fans, 'W')}</dd>
        </div>
        <div>
          <dt>Room air at the outlet</dt>
          <dd>{withUnit(outlet, 'K')}</dd>
        </div>
      </dl>
      <p className={inspector.muted}>
        Supplied at {withUnit(supply, 'K')}. The fans’ power leaves with the air; it is neither in the balance above nor
        in the outlet’s temperature.
      </p>
    </>
  );
}
