// What the pressure sensors say against what is so: votes and truth by chamber, the furthest apart first; and which kinds of sensor
// would show the drive's oscillation at a wrong frequency.

import { type ReactNode, useCallback, useState } from 'react';
import { suspectWords } from '../../../engine/pressure-control/sensors/voting.ts';
import type { FarmCalls } from '../../../worker/protocol.ts';
import type { Remote } from '../../../worker/rpc.ts';
import type { SamplingRow, SensorPage, SensorRow } from '../../../worker/sensor-list.ts';
import { count, quantityText, significant } from '../../shell/format.ts';
import { selectChambers } from '../../state/actions.ts';
import { useTwin } from '../../state/store.ts';
import { Pager } from '../Pager.tsx';
import classes from '../Plant.module.css';
import { usePlantAnswer } from '../plant-store.ts';
import { PriorityMark } from '../priorities.tsx';
import { FaultyInstruments } from './FaultyInstruments.tsx';
import { atm, signedKilopascal } from './figures.ts';
import own from './Pressure.module.css';

const INTERVAL_MS = 700;
const PAGE = 50;
const LETTERS = ['A', 'B', 'C'] as const;
const QUALITIES: Readonly<Record<SensorRow['quality'], string>> = { good: 'Good', uncertain: 'Uncertain', bad: 'Bad' };

export function SensorsView() {
  const [selectedOnly, setSelectedOnly] = useState(false);
  const [offset, setOffset] = useState(0);
  const selection = useTwin((s) => s.selection);
  const ask = useCallback(
    (farm: Remote<FarmCalls>): Promise<SensorPage> =>
      farm.pressureSensors({ offset, limit: PAGE, ...(selectedOnly ? { chambers: selection } : {}) }),
    [offset, selectedOnly, selection],
  );
  const page = usePlantAnswer(ask, INTERVAL_MS);
  return (
    <div className={own.columns}>
      <Sampling rows={page?.sampling ?? []}>{page && <FaultyInstruments {...page.instruments} />}</Sampling>
      <div className={classes.main}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling list must be reachable by keyboard */}
        <section className={classes.scroll} tabIndex={0} aria-label="Pressure sensors">
          <table className={`${classes.table} ${own.list} ${own.sensors}`}>
            <thead>
              <tr>
                <th scope="col">Chamber</th>
                {LETTERS.map((letter) => (
                  <th key={letter} scope="col" className={own.number}>
                    {letter} <span className={own.headUnit}>atm</span>
                  </th>
                ))}
                <th scope="col" className={own.number}>
                  Vote <span className={own.headUnit}>atm</span>
                </th>
                <th scope="col" className={own.number}>
                  Truth <span className={own.headUnit}>atm</span>
                </th>
                <th scope="col" className={own.number} title="Vote less truth; the furthest apart first">
                  Δ <span className={own.headUnit}>kPa ↓</span>
                </th>
                <th scope="col">Vote is</th>
              </tr>
            </thead>
            <tbody>
              {page?.rows.map((row) => (
                <Chamber key={row.chamber} row={row} />
              ))}
            </tbody>
          </table>
          {page?.total === 0 && <p className={classes.empty}>Select chambers to see their sensors.</p>}
        </section>
        <Pager
          nouns={['chamber', 'chambers']}
          words={['Back', 'On']}
          offset={offset}
          shown={page?.rows.length ?? 0}
          total={page?.total ?? 0}
          page={PAGE}
          onOffset={setOffset}
        >
          {page && `rms of vote − truth ${quantityText(page.rmsDifference_Pa, 'Pa')}`}
          {page && page.suspects > 0 && `, ${count(page.suspects)} with a suspected sensor`}{' '}
          <button
            type="button"
            className={classes.link}
            aria-pressed={selectedOnly}
            onClick={() => {
              setSelectedOnly(!selectedOnly);
              setOffset(0);
            }}
          >
            {selectedOnly ? 'Show all' : 'Selected chambers only'}
          </button>
        </Pager>
      </div>
    </div>
  );
}

function Chamber({ row }: { row: SensorRow }) {
  const { chamber, readings, voted_Pa, truth_Pa, quality, suspect, reason } = row;
  const words = suspect >= 0 && reason ? suspectWords(LETTERS[suspect] ?? '?', reason) : QUALITIES[quality];
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className={own.loopName}
          title={`Select chamber ${chamber}`}
          onClick={() => selectChambers([chamber])}
        >
          {chamber}
        </button>
      </th>
      {LETTERS.map((letter, k) => (
        <td key={letter} className={own.number} data-abnormal={k === suspect || undefined}>
          {atm(readings[k] ?? Number.NaN)}
        </td>
      ))}
      <td className={own.number}>{atm(voted_Pa)}</td>
      <td className={own.number}>{atm(truth_Pa)}</td>
      <td className={own.number}>{signedKilopascal(voted_Pa - truth_Pa)}</td>
      <td title={words} data-abnormal={quality !== 'good' || suspect >= 0 || undefined}>
        {words}
      </td>
    </tr>
  );
}

function Sampling({ rows, children }: { rows: readonly SamplingRow[]; children: ReactNode }) {
  const [first] = rows;
  const frequency = first ? first.rate_Hz / first.perCycle : Number.NaN;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={own.figures} aria-label="Sampling" tabIndex={0}>
      {children}
      <h3 className={own.title}>Sampling of the oscillation at {quantityText(frequency, 'Hz', 'Hz', 4)}</h3>
      {rows.map(({ kind, label, rate_Hz, perCycle, warning, alias_Hz }) => (
        <div key={kind} className={own.sampling}>
          <p>
            {warning !== null && <PriorityMark priority="low" filled={false} label="Note" />}
            <strong>{label} sensors</strong>
          </p>
          <p>
            {quantityText(rate_Hz, 'Hz', 'Hz', 3)}, {significant(perCycle, 3)} samples a cycle
            {alias_Hz !== null && `, alias ${alias_Hz < 0.01 ? '0 Hz' : quantityText(alias_Hz, 'Hz', 'Hz', 4)}`}
          </p>
          <p className={classes.muted}>{warning ?? 'Ten samples a cycle or more: the waveform can be read off.'}</p>
        </div>
      ))}
      <p className={classes.muted}>
        Trends and loops use the mean over each scan of 10 ms, which holds no oscillation; amplitude and phase come from
        the lock-in detectors.
      </p>
    </section>
  );
}
