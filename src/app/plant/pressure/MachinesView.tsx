// Headers, compressor and what is open to the room as figures; the valves as a list, the worst first.

import { useCallback, useState } from 'react';
import type { Machines } from '../../../worker/pressure-calls.ts';
import type { FarmCalls } from '../../../worker/protocol.ts';
import type { Remote } from '../../../worker/rpc.ts';
import type { ValvePage, ValveQuery, ValveRow, ValveState } from '../../../worker/valve-list.ts';
import { count, quantityText, significant, withUnit } from '../../shell/format.ts';
import { selectChambers } from '../../state/actions.ts';
import { useTwin } from '../../state/store.ts';
import { Pager } from '../Pager.tsx';
import classes from '../Plant.module.css';
import { usePlantAnswer } from '../plant-store.ts';
import { atm, percent, signedKilopascal } from './figures.ts';
import { type Column, Heads } from './Heads.tsx';
import own from './Pressure.module.css';

const INTERVAL_MS = 700;
const PAGE = 50;
type Sort = ValveQuery['sort'];
const askMachines = (farm: Remote<FarmCalls>): Promise<Machines> => farm.machines();

export function MachinesView() {
  return (
    <div className={own.columns}>
      <MachineFigures />
      <Valves />
    </div>
  );
}

function MachineFigures() {
  const machines = usePlantAnswer(askMachines, INTERVAL_MS);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={own.figures} aria-label="Machines" tabIndex={0}>
      {machines && <Figures machines={machines} />}
    </section>
  );
}

const flow = (molPerS: number): string => withUnit(significant(molPerS, 3), 'mol/s');

function Figures({ machines }: { machines: Machines }) {
  const { headers, compressor, flows, open, reliefOpen, reliefOpenings, chambers } = machines;
  return (
    <dl>
      {headers.map(({ name, pressure_Pa, setpoint_Pa, temperature_K }) => (
        <Figure
          key={name}
          label={name === 'supply' ? 'Supply header' : 'Return header'}
          value={withUnit(atm(pressure_Pa), 'atm')}
          note={`set ${atm(setpoint_Pa)}, ${signedKilopascal(pressure_Pa - setpoint_Pa)} kPa; ${temperature_K.toFixed(1)} K`}
        />
      ))}
      {compressor && (
        <>
          <Figure
            label="Compressor"
            value={quantityText(compressor.power_W, 'W', 'W', 4)}
            note={`${flow(compressor.flow)}, ${percent(compressor.flow / (compressor.capacity * compressor.running), 1)} % of what runs`}
          />
          <Figure
            label="Machines running"
            value={`${percent(compressor.running, 0)}\u202f%`}
            note={`of ${count(compressor.machines)}; ${flow(compressor.capacity)} in all`}
          />
          <Figure label="Make-up" value={flow(flows.makeUp)} note="from the store" />
          <Figure label="Header relief" value={flow(flows.headerRelief)} note="back to the store" />
          <Figure label="Injectors" value={flow(flows.injectors)} />
        </>
      )}
      <Figure
        label="Open to the room"
        value={count(open)}
        note={open > 0 ? `of ${count(chambers)} chambers, ${flow(flows.vents)} out` : `of ${count(chambers)} chambers`}
      />
      <Figure
        label="Relief valves open"
        value={count(reliefOpen)}
        note={`of ${count(chambers)}; opened ${count(reliefOpenings)} times so far`}
      />
      {headers.length === 0 && <p className={classes.muted}>The headers are off: no valves, no compressor.</p>}
    </dl>
  );
}

function Figure({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {value}
        {note !== undefined && <span className={classes.muted}>{note}</span>}
      </dd>
    </div>
  );
}

const COLUMNS: readonly Column<Sort>[] = [
  { title: 'Chamber', sort: 'chamber', width: 70, help: 'In order of their numbers' },
  { title: 'Valve', width: 52 },
  { title: 'Command', unit: '%', number: true, width: 80, help: 'Travel of the stem that is asked for' },
  { title: 'Stem', unit: '%', number: true, width: 60, help: 'Travel of the stem' },
  { title: 'Off by', unit: '%', sort: 'deviation', number: true, width: 74, help: 'Stem from command; largest first' },
  { title: 'Open', unit: '%', sort: 'opening', number: true, width: 62, help: 'Share of the full flow coefficient' },
  { title: 'State', width: 90 },
  { title: 'Strokes', number: true, width: 58, help: 'Travel up and down since it was new, in full strokes' },
  { title: 'Turns', number: true, width: 48, help: 'Reversals of its direction' },
  { title: 'Openings', number: true, width: 64, help: 'Openings from shut' },
  { title: 'Life', unit: '%', sort: 'wear', number: true, width: 68, help: 'Largest share of rated life used' },
];
const WIDTH = COLUMNS.reduce((sum, { width = 0 }) => sum + width, 0);

const STATES: Readonly<Record<ValveState, string>> = {
  free: 'Follows',
  stuck: 'Stuck',
  slow: 'Slow',
  shut: 'Shut by trip',
  'by-hand': 'By hand',
};

function Valves() {
  const [sort, setSort] = useState<Sort>('deviation');
  const [selectedOnly, setSelectedOnly] = useState(false);
  const [offset, setOffset] = useState(0);
  const selection = useTwin((s) => s.selection);
  const ask = useCallback(
    (farm: Remote<FarmCalls>): Promise<ValvePage> =>
      farm.valves({ sort, offset, limit: PAGE, ...(selectedOnly ? { chambers: selection } : {}) }),
    [sort, offset, selectedOnly, selection],
  );
  const page = usePlantAnswer(ask, INTERVAL_MS);
  const states = page ? (['stuck', 'slow', 'shut', 'by-hand'] as const).filter((state) => page.states[state] > 0) : [];
  return (
    <div className={classes.main}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling list must be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label="Valves">
        <table className={`${classes.table} ${own.list}`} style={{ minWidth: WIDTH }}>
          <Heads
            columns={COLUMNS}
            sort={sort}
            onSort={(next) => {
              setSort(next);
              setOffset(0);
            }}
          />
          <tbody>
            {page?.rows.map((row) => (
              <Valve key={row.valve} row={row} />
            ))}
          </tbody>
        </table>
        {page?.total === 0 && (
          <p className={classes.empty}>
            {selectedOnly ? 'Select chambers to see their valves.' : 'There are no valves.'}
          </p>
        )}
      </section>
      <Pager
        nouns={['valve', 'valves']}
        words={['Back', 'On']}
        offset={offset}
        shown={page?.rows.length ?? 0}
        total={page?.total ?? 0}
        page={PAGE}
        onOffset={setOffset}
      >
        furthest off {percent(page?.worst ?? 0, 2)}
        {'\u202f'}%{states.map((state) => `, ${count(page?.states[state] ?? 0)} ${STATES[state].toLowerCase()}`)}{' '}
        <button
          type="button"
          className={classes.link}
          aria-pressed={selectedOnly}
          onClick={() => {
            setSelectedOnly(!selectedOnly);
            setOffset(0);
          }}
        >
          {selectedOnly ? 'Show all' : 'Of selected chambers only'}
        </button>
      </Pager>
    </div>
  );
}

/** Of a rated life, in per cent: below a thousandth nobody counts. */
const lifeText = (percentUsed: number): string =>
  percentUsed > 0 && percentUsed < 0.001 ? '< 0.001' : significant(percentUsed, 2);

function Valve({ row }: { row: ValveRow }) {
  const { chamber, which, command, position, opening, state, wear } = row;
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
      <td>{which === 'supply' ? 'Supply' : 'Return'}</td>
      <td className={own.number}>{percent(command, 2)}</td>
      <td className={own.number}>{percent(position, 2)}</td>
      <td className={own.number}>{percent(Math.abs(command - position), 2)}</td>
      <td className={own.number}>{percent(opening, 2)}</td>
      <td data-abnormal={state !== 'free' || undefined}>{STATES[state]}</td>
      <td className={own.number}>{significant(wear.strokes, 3)}</td>
      <td className={own.number}>{count(wear.reversals)}</td>
      <td className={own.number}>{count(wear.openings)}</td>
      <td className={own.number} title={`By ${wear.limit}; ${significant(wear.hours, 3)} h in use`}>
        {lifeText(100 * wear.lifeUsed)}
      </td>
    </tr>
  );
}
