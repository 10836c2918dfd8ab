// Trends on one time axis: pressures with setpoints and limits, below them the valves' openings and the compressor. Values at the
// cursor, or the latest, stand beside the lines, with what the sensors are off by.

import { type ReactNode, useMemo } from 'react';
import type { LoopScope } from '../../../engine/pressure-control/plant/loop-name.ts';
import type { PlotSpec } from '../../charts/canvas-plot.ts';
import { significant, withUnit } from '../../shell/format.ts';
import { useTwin } from '../../state/store.ts';
import classes from '../Plant.module.css';
import { limitsOf } from '../safety/limits.ts';
import { useControlled } from './ControlOff.tsx';
import { atm, percent, signedKilopascal } from './figures.ts';
import own from './Pressure.module.css';
import { type Seen, setPressureView, usePressureView } from './pressure-view.ts';
import { TrendRow } from './TrendRow.tsx';
import { TrendSubjects } from './TrendSubjects.tsx';
import {
  compressorSpec,
  limitsOutside,
  pressureSpec,
  type TrendLine,
  type Trends,
  trendLines,
  trendNames,
  valveSpec,
} from './trend-lines.ts';
import { type ShownTrends, useTrends } from './use-trends.ts';

export function TrendsView() {
  const subject = usePressureView((s) => s.subject);
  const chosen = usePressureView((s) => s.loops);
  const selection = useTwin((s) => s.selection);
  const scope = useTwin((s) => s.values['control.scope']) as LoopScope;
  const count = useLoopCount(scope);
  const lines = useMemo(
    () =>
      trendLines(
        subject,
        scope,
        chosen.filter((loop) => loop < count),
        selection,
      ),
    [subject, scope, chosen, selection, count],
  );
  const names = useMemo(() => trendNames(lines), [lines]);
  const shown = useTrends(names);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={own.trends} aria-label="Pressure trends" tabIndex={0}>
      {shown ? (
        <>
          <PressureRow shown={shown} lines={lines} legend={<TrendSubjects count={count} scope={scope} />} />
          <ValveRow shown={shown} />
          <CompressorRow shown={shown} />
        </>
      ) : (
        <p className={classes.empty}>Asking for trends</p>
      )}
    </section>
  );
}

/** How many loops there are while the controller is on. */
function useLoopCount(scope: LoopScope): number {
  const layers = useTwin((s) => s.layout?.layerCount ?? 1);
  const chambers = useTwin((s) => s.layout?.chambers ?? 1);
  return scope === 'farm' ? 1 : scope === 'layer' ? layers : chambers;
}

interface RowProps {
  readonly shown: ShownTrends;
}

function PressureRow({ shown, lines, legend }: RowProps & { lines: readonly TrendLine[]; legend: ReactNode }) {
  const { trends, from, to } = shown;
  const seen = usePressureView((s) => s.seen);
  const reach = usePressureView((s) => s.limits);
  const values = useTwin((s) => s.values);
  const limits = useMemo(() => limitsOf(values), [values]);
  const spec = useMemo(
    () => pressureSpec(trends, lines, seen, limits, reach, { from, to, last: false }),
    [trends, lines, seen, limits, reach, from, to],
  );
  const outside = reach ? '' : outsideOf(spec, limits);
  const first = lines[0];
  return (
    <TrendRow
      title="Pressure"
      spec={spec}
      shown={shown}
      valueText={first ? `${first.label} ${withUnit(atm(trends.at(first[seen], null)), 'atm')}` : 'nothing chosen'}
      className={own.pressureRow}
      legend={
        <>
          {legend}
          <Legend trends={trends} lines={lines} seen={seen} />
          {outside !== '' && <p className={own.note}>{outside}</p>}
        </>
      }
    />
  );
}

/** The limits that the plot's own range leaves out. */
function outsideOf(spec: PlotSpec, limits: ReturnType<typeof limitsOf>): string {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { y } of spec.curves) {
    for (let k = 0; k < y.length; k++) {
      const value = y[k] as number;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? limitsOutside(limits, low, high) : '';
}

/** Each line's value at the cursor or now, its setpoint, and what the sensors are off by. */
function Legend({ trends, lines, seen }: { trends: Trends; lines: readonly TrendLine[]; seen: Seen }) {
  const cursor = useTwin((s) => s.charts.cursorS);
  const controlled = useControlled();
  if (lines.length === 0) return <p className={classes.muted}>Select chambers in the lattice to see theirs.</p>;
  return (
    <table className={own.legend}>
      <thead>
        <tr>
          <th scope="col">{seen === 'sensed' ? 'Sensed' : 'Truth'}</th>
          <th scope="col">atm</th>
          <th scope="col" title="What the sensors say less what is so">
            Δ kPa
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => {
          const sensed = trends.at(line.sensed, cursor);
          const truth = trends.at(line.truth, cursor);
          return (
            <tr key={line.label}>
              <th scope="row">
                <span className={own.swatch} style={{ background: `var(${line.colour})` }} />
                {line.label}
              </th>
              <td>{atm(seen === 'sensed' ? sensed : truth)}</td>
              <td>{signedKilopascal(sensed - truth)}</td>
            </tr>
          );
        })}
        {controlled && lines[0]?.setpoint && (
          <tr>
            <th scope="row">
              <span className={own.dash} />
              {lines.length === 1 ? 'Setpoint' : 'Setpoints'}
            </th>
            <td>{lines.length === 1 && atm(trends.at(lines[0].setpoint, cursor))}</td>
            <td />
          </tr>
        )}
      </tbody>
    </table>
  );
}

function ValveRow({ shown }: RowProps) {
  const { trends, from, to } = shown;
  const spec = useMemo(() => valveSpec(trends, { from, to, last: false }), [trends, from, to]);
  const cursor = useTwin((s) => s.charts.cursorS);
  const supply = trends.at('supplyOpening', cursor);
  const back = trends.at('returnOpening', cursor);
  return (
    <TrendRow
      title="Valve openings"
      spec={spec}
      shown={shown}
      valueText={`supply ${percent(supply, 2)} %, return ${percent(back, 2)} %`}
      className={own.smallRow}
      legend={
        <table className={own.legend}>
          <tbody title="Mean share of the full flow coefficient">
            <Quantity colour="--data-2" label="Supply valves open, %" value={percent(supply, 2)} />
            <Quantity colour="--data-1" label="Return valves open, %" value={percent(back, 2)} />
          </tbody>
        </table>
      }
    />
  );
}

function CompressorRow({ shown }: RowProps) {
  const { trends, from, to } = shown;
  const what = usePressureView((s) => s.compressor);
  const spec = useMemo(() => compressorSpec(trends, what, { from, to, last: true }), [trends, what, from, to]);
  const cursor = useTwin((s) => s.charts.cursorS);
  const power = significant(trends.at('compressorPower', cursor) / 1000, 4);
  const flow = significant(trends.at('compressorFlow', cursor), 3);
  return (
    <TrendRow
      title="Compressor"
      spec={spec}
      shown={shown}
      valueText={`${power} kW, ${flow} mol/s`}
      className={own.lastRow}
      legend={
        <>
          <fieldset className={own.subjects} aria-label="Compressor’s trend">
            {(['power', 'flow'] as const).map((name) => (
              <button
                key={name}
                type="button"
                className={classes.chip}
                aria-pressed={what === name}
                onClick={() => setPressureView({ compressor: name })}
              >
                {name === 'power' ? 'Power' : 'Flow'}
              </button>
            ))}
          </fieldset>
          <table className={own.legend}>
            <tbody>
              <Quantity colour={what === 'power' ? '--data-3' : null} label="Compressor, kW" value={power} />
              <Quantity colour={what === 'flow' ? '--data-3' : null} label="Compressor, mol/s" value={flow} />
            </tbody>
          </table>
        </>
      }
    />
  );
}

function Quantity({ colour, label, value }: { colour: string | null; label: string; value: string }) {
  return (
    <tr>
      <th scope="row">
        <span className={own.swatch} style={colour ? { background: `var(${colour})` } : undefined} />
        {label}
      </th>
      <td>{value}</td>
    </tr>
  );
}
