// The three pictures of the selected chambers: waveform, p–V loop, spectrum; each drawn on a canvas, all overlaid.

import { useMemo } from 'react';
import type { ChamberDetail } from '../../worker/protocol.ts';
import { Plot } from '../charts/Plot.tsx';
import { quantityText } from '../shell/format.ts';
import { noCycles } from '../state/fidelity.ts';
import { useTwin } from '../state/store.ts';
import { CyclesNote } from './CyclesNote.tsx';
import classes from './Inspector.module.css';
import { loopSpec, spectrumSpec, waveformSpec } from './scope-data.ts';

const HEIGHT = 158;

export function Scopes({ details, frequencyHz }: { details: readonly ChamberDetail[]; frequencyHz: number }) {
  const waveform = useMemo(() => waveformSpec(details, frequencyHz), [details, frequencyHz]);
  const loop = useMemo(() => loopSpec(details, frequencyHz), [details, frequencyHz]);
  const spectrum = useMemo(() => spectrumSpec(details, frequencyHz), [details, frequencyHz]);
  const cycles = useTwin((s) => noCycles(s.status, s.values['simulation.fidelity']) === null);
  if (!cycles) return <CyclesNote what="Waveform, p–V loop and spectrum" />;
  const who = details.length === 1 ? `chamber ${details[0]?.id}` : `chambers ${details.map((d) => d.id).join(', ')}`;
  const amplitude = quantityText(details[0]?.amplitude_Pa ?? 0, 'Pa');
  const frequency = quantityText(frequencyHz, 'Hz');
  return (
    <>
      <section className={classes.block} aria-label="Waveform">
        <h3 className={classes.heading}>Waveform, last cycles</h3>
        <Plot
          spec={waveform}
          height={HEIGHT}
          label={`Pressure deviation over the last cycles of ${who}: amplitude ${amplitude} at ${frequency}`}
        />
      </section>
      <section className={classes.block} aria-label="p–V loop">
        <h3 className={classes.heading}>p–V loop, last cycle</h3>
        <Plot
          spec={loop}
          height={HEIGHT}
          label={`Pressure against volume over the last cycle of ${who}; the area is the work of one cycle, mean drive power ${quantityText(details[0]?.ledger.flows.driveToGas_W ?? 0, 'W')}`}
        />
      </section>
      <section className={classes.block} aria-label="Spectrum">
        <h3 className={classes.heading}>Spectrum, harmonics marked</h3>
        <Plot
          spec={spectrum}
          height={HEIGHT}
          label={`Amplitude spectrum of the pressure of ${who}, logarithmic, with the harmonics of ${frequency} marked`}
        />
      </section>
    </>
  );
}
