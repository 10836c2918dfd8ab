// The controller's loops: what each wants, measures and does, its gains, and how well it follows since its setpoint last changed. A
// setpoint typed here is an edit of the farm like any other, with undo.

import { memo, useCallback, useState } from 'react';
import { type LoopScope, loopName } from '../../../engine/pressure-control/plant/loop-name.ts';
import type { LoopPage, LoopQuery, LoopRow } from '../../../worker/loop-list.ts';
import type { FarmCalls, Problem } from '../../../worker/protocol.ts';
import type { Remote } from '../../../worker/rpc.ts';
import { QuantityInput } from '../../controls/QuantityInput.tsx';
import { count, quantityText, significant } from '../../shell/format.ts';
import { edit } from '../../state/actions.ts';
import { useTwin } from '../../state/store.ts';
import { Pager } from '../Pager.tsx';
import classes from '../Plant.module.css';
import { usePlantAnswer } from '../plant-store.ts';
import { quantityRow } from '../quantity-row.ts';
import { Refusals } from '../Refusals.tsx';
import { atm, perAtm, percent, seconds, signedKilopascal } from './figures.ts';
import { type Column, Heads } from './Heads.tsx';
import { setpointEdit } from './loop-edit.ts';
import own from './Pressure.module.css';
import { type Seen, setPressureView, usePressureView } from './pressure-view.ts';

const INTERVAL_MS = 500;
const PAGE = 50;
type Sort = LoopQuery['sort'];

const COLUMNS: readonly Column<Sort>[] = [
  { title: 'Loop', sort: 'loop', width: 98 },
  { title: 'Setpoint', unit: 'atm', width: 96 },
  { title: 'Pressure', unit: 'atm', number: true, width: 92 },
  {
    title: 'Error',
    unit: 'kPa',
    sort: 'error',
    number: true,
    width: 84,
    help: 'Setpoint less pressure; largest first',
  },
  { title: 'Δ', unit: 'kPa', number: true, width: 60, help: 'What the sensors say less what is so' },
  {
    title: 'Output',
    unit: '%',
    sort: 'output',
    number: true,
    width: 84,
    help: 'From −100, return valves open, to 100, supply valves open',
  },
  { title: 'State', width: 108 },
  { title: 'RMS', unit: 'kPa', sort: 'rms', number: true, width: 80, help: 'Of the error since the last setpoint' },
  { title: 'IAE', unit: 'kPa s', sort: 'area', number: true, width: 88, help: '∫|e| dt since the last setpoint' },
  { title: 'Overshoot', unit: '%', number: true, width: 88, help: 'Of the last change of the setpoint' },
  { title: 'Settled', unit: 's', number: true, width: 76, help: 'Until it stayed within 2 % of the change; – not yet' },
  { title: 'Gain', unit: '%/atm', number: true, width: 86, help: 'Proportional gain in use' },
  { title: 'Tᵢ', unit: 's', number: true, width: 62, help: 'Integral time: proportional over integral gain' },
  { title: 'Gains of', width: 84 },
  { title: 'ISE', unit: 'kPa² s', number: true, width: 88, help: '∫e² dt since the last setpoint' },
  { title: 'ITAE', unit: 'kPa s²', number: true, width: 92, help: '∫t|e| dt since the last setpoint' },
  { title: 'Largest', unit: 'kPa', number: true, width: 84, help: 'Largest error since the last setpoint' },
  { title: 'Since', unit: 's', number: true, width: 72, help: 'Since the last change of the setpoint' },
];
const WIDTH = COLUMNS.reduce((sum, { width = 0 }) => sum + width, 0);

export function LoopsView() {
  const [sort, setSort] = useState<Sort>('error');
  const [offset, setOffset] = useState(0);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const seen = usePressureView((s) => s.seen);
  const ask = useCallback(
    (farm: Remote<FarmCalls>): Promise<LoopPage> => farm.loops({ sort, offset, limit: PAGE }),
    [sort, offset],
  );
  const page = usePlantAnswer(ask, INTERVAL_MS);
  if (!page?.control)
    return (
      <p className={classes.empty}>{page ? 'There are no loops while the controller is off.' : 'Asking the plant'}</p>
    );
  const { scope } = page.control;
  const change = async (loop: number, pressure: number) => {
    const { values, layout } = useTwin.getState();
    const place = { scope, loop, layers: layout?.layers ?? [] };
    const edits = setpointEdit(values['control.setpoint_Pa'], place, pressure);
    const reply = await edit(edits, `Setpoint, ${loopName(scope, loop).toLowerCase()}`);
    setProblems(reply.ok ? [] : reply.problems);
  };
  const refuse = (reason: string) =>
    setProblems([{ message: reason, remedy: 'Type for example 5.2 atm.', severity: 'error' }]);
  return (
    <>
      {problems.length > 0 && <Refusals problems={problems} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling list must be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label="Loops">
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
            {page.rows.map((row) => (
              <Row
                key={row.loop}
                row={row}
                scope={scope}
                seen={seen}
                onSetpoint={(pressure) => void change(row.loop, pressure)}
                onRefuse={refuse}
              />
            ))}
          </tbody>
        </table>
      </section>
      <Pager
        nouns={['loop', 'loops']}
        words={['Back', 'On']}
        offset={offset}
        shown={page.rows.length}
        total={page.total}
        page={PAGE}
        onOffset={setOffset}
      >
        largest error {quantityText(page.worstError_Pa, 'Pa')}
        {page.saturated > 0 && `, ${count(page.saturated)} with a valve wide open`}
        {page.notAutomatic > 0 && `, ${count(page.notAutomatic)} not automatic`}
      </Pager>
    </>
  );
}

const SETPOINT = quantityRow({
  label: 'Setpoint',
  unit: 'Pa',
  displayUnit: 'atm',
  min: 1000,
  max: 5e6,
  default: 506_625,
});

const MODES: Readonly<Record<LoopRow['mode'], string>> = {
  automatic: 'Automatic',
  manual: 'Manual',
  tracking: 'Tracks held valves',
  held: 'Held: network lost',
  starting: 'Starting',
};
const SOURCES: Readonly<Record<LoopRow['gainSource'], string>> = {
  sizes: 'sizes',
  given: 'scenario',
  adapted: 'adapted',
};

function stateOf({ mode, saturated }: LoopRow): string {
  if (saturated !== null) return `${MODES[mode]}, ${saturated} wide open`;
  return MODES[mode];
}

interface RowProps {
  readonly row: LoopRow;
  readonly scope: LoopScope;
  readonly seen: Seen;
  onSetpoint(pressure: number): void;
  onRefuse(reason: string): void;
}

const Row = memo(function Row({ row, scope, seen, onSetpoint, onRefuse }: RowProps) {
  const { loop, gains, tracking, measured_Pa, truth_Pa, setpoint_Pa, setpointAsSet_Pa } = row;
  const name = loopName(scope, loop);
  const pressure = seen === 'sensed' ? measured_Pa : truth_Pa;
  const byHand = setpoint_Pa !== setpointAsSet_Pa;
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className={own.loopName}
          title={`Loop ${loop}, ${count(row.chambers)} ${row.chambers === 1 ? 'chamber' : 'chambers'}: tune it`}
          onClick={() => setPressureView({ view: 'tuning', tuned: loop })}
        >
          {name}
        </button>
      </th>
      <td>
        <QuantityInput
          label={`Setpoint, ${name.toLowerCase()}`}
          row={SETPOINT}
          value={setpointAsSet_Pa}
          showUnit={false}
          onCommit={onSetpoint}
          onRefuse={onRefuse}
        />
        {byHand && (
          <span
            className={classes.muted}
            title="Ordered by hand at the console; it holds until it is released or the farm is reset"
          >
            {' '}
            {atm(setpoint_Pa)}
          </span>
        )}
      </td>
      <td className={own.number}>{atm(pressure)}</td>
      <td className={own.number}>{signedKilopascal(setpoint_Pa - pressure)}</td>
      <td className={own.number}>{signedKilopascal(measured_Pa - truth_Pa)}</td>
      <td className={own.number}>{percent(row.output, 2)}</td>
      <td title={stateOf(row)} data-abnormal={row.mode !== 'automatic' || row.saturated !== null || undefined}>
        {stateOf(row)}
      </td>
      <td className={own.number}>{significant(tracking.rms / 1e3, 3)}</td>
      <td className={own.number}>{significant(tracking.integralAbsolute / 1e3, 3)}</td>
      <td className={own.number}>{tracking.overshoot === null ? '–' : percent(tracking.overshoot)}</td>
      <td className={own.number}>{seconds(tracking.settlingTime)}</td>
      <td className={own.number}>{gains ? perAtm(gains.proportional) : '–'}</td>
      <td className={own.number}>{gains ? significant(gains.proportional / gains.integral, 3) : '–'}</td>
      <td>{gains ? SOURCES[row.gainSource] : 'predicted'}</td>
      <td className={own.number}>{significant(tracking.integralSquare / 1e6, 3)}</td>
      <td className={own.number}>{significant(tracking.integralTimeAbsolute / 1e3, 3)}</td>
      <td className={own.number}>{significant(tracking.largest / 1e3, 3)}</td>
      <td className={own.number}>{seconds(tracking.time, 1)}</td>
    </tr>
  );
});
