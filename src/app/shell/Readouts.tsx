// The top bar's live figures: simulated time, speed against what was asked, and the two balances.
// Each reads one narrow slice of the status, so ten updates a second stay cheap.

import { Tooltip } from '@mantine/core';
import type { CSSProperties, ReactNode } from 'react';
import { METRICS } from '../../engine/metrics.ts';
import { togglePerformance, usePerformanceShown } from '../performance/performance-shown.ts';
import { type TwinState, useTwin } from '../state/store.ts';
import { count, factor, powerOfTen, quantityText, simulatedTime, timeScale } from './format.ts';
import { CautionMark, InfoMark } from './icons.tsx';
import classes from './TopBar.module.css';

const ENERGY_LIMIT = 1e-9;
const MASS_LIMIT = 1e-12;
/** Below this share of the speed asked for, the farm counts as slower than asked. */
const SLOW_SHARE = 0.9;

interface ReadoutProps {
  readonly label: string;
  readonly value: string;
  readonly unit?: string | undefined;
  /** Width of the figure in digits, so that it does not jitter. */
  readonly digits: number;
  readonly tip: ReactNode;
  readonly mark?: { readonly icon: ReactNode; readonly colour: string; readonly word: string } | undefined;
  /** What a click opens or closes, and whether it is open. */
  readonly toggle?: { readonly open: boolean; readonly act: () => void } | undefined;
}

export function Readout({ label, value, unit, digits, tip, mark, toggle }: ReadoutProps) {
  return (
    <Tooltip label={tip} events={{ hover: true, focus: true, touch: true }}>
      <button
        type="button"
        className={classes.readout}
        data-menu={toggle ? true : undefined}
        aria-pressed={toggle?.open}
        onClick={toggle?.act}
      >
        <span className={classes.label}>{label}</span>
        <span className={classes.figure} style={{ minWidth: `${digits}ch` }}>
          {mark && (
            <span
              className={classes.mark}
              role="img"
              aria-label={mark.word}
              style={{ '--mark-colour': mark.colour } as CSSProperties}
            >
              {mark.icon}
            </span>
          )}
          {value}
          {unit !== undefined && unit !== '' && <span className={classes.unit}>{unit}</span>}
        </span>
      </button>
    </Tooltip>
  );
}

export function SimulatedTime() {
  const seconds = useTwin((s) => s.status?.simulated_s ?? 0);
  const steps = useTwin((s) => s.status?.steps ?? 0);
  const step = useTwin((s) => s.status?.timeStep_s ?? 0);
  const averaged = useTwin((s) => s.status?.fidelity === 'averaged');
  const { value, unit } = simulatedTime(seconds);
  return (
    <Readout
      label="Simulated time"
      value={value}
      unit={unit}
      digits={9}
      tip={`Time of the farm since it was loaded: ${seconds.toFixed(averaged ? 2 : 6)} s in ${count(steps)} steps; now ${averaged ? 'averaged steps' : 'steps'} of ${quantityText(step, 's')}.`}
    />
  );
}

export function SpeedReadout() {
  const running = useTwin((s) => s.status?.running ?? false);
  const speed = useTwin((s) => s.status?.realTimeFactor ?? 0);
  const asked = useTwin((s) => s.status?.timeScale ?? 1);
  const cost = useTwin(costText);
  const open = usePerformanceShown((s) => s.shown);
  const slow = running && speed > 0 && speed < SLOW_SHARE * asked;
  const tip = !running
    ? 'The farm is paused.'
    : slow
      ? `Slower than asked: ${factor(speed)} of real time instead of ${timeScale(asked)}. The results are the same; only the pace is lower. ${cost}`
      : `Simulated seconds per second of the clock. Asked ${timeScale(asked)}.`;
  return (
    <Readout
      label="Real time"
      value={running ? factor(speed) : 'Paused'}
      unit={slow ? `of ${timeScale(asked)}` : undefined}
      digits={15}
      tip={`${tip} Click or press H for the performance figures.`}
      toggle={{ open, act: togglePerformance }}
      mark={slow ? { icon: <InfoMark />, colour: 'var(--low)', word: 'Slower than asked' } : undefined}
    />
  );
}

/** A step of every cycle costs each chamber alike; an averaged step is solved for the farm as a whole. */
function costText({ status }: TwinState): string {
  const ns = status?.nsPerChamberStep ?? 0;
  if (status?.fidelity !== 'averaged') return `One step of one chamber costs ${ns.toFixed(0)} ns.`;
  return `One averaged step of the farm costs ${quantityText(ns * 1e-9 * status.chambers, 's', 's', 2)}.`;
}

export function BalanceReadouts() {
  const energy = useTwin((s) => s.status?.residuals.energy ?? 0);
  const mass = useTwin((s) => s.status?.residuals.mass ?? 0);
  const species = useTwin((s) => s.status?.residuals.species ?? 0);
  return (
    <>
      <Readout
        label="Energy residual"
        value={powerOfTen(energy)}
        digits={8}
        mark={residualMark(energy, ENERGY_LIMIT)}
        tip={`Energy ledger. ${METRICS.energyResidual.help} Marked above ${powerOfTen(ENERGY_LIMIT, 1)}.`}
      />
      <Readout
        label="Mass residual"
        value={powerOfTen(mass)}
        digits={8}
        mark={residualMark(mass, MASS_LIMIT)}
        tip={`Mass ledger. ${METRICS.massResidual.help} Largest of any gas ${powerOfTen(species)}. Marked above ${powerOfTen(MASS_LIMIT, 1)}.`}
      />
    </>
  );
}

const residualMark = (residual: number, limit: number): ReadoutProps['mark'] =>
  Math.abs(residual) > limit ? { icon: <CautionMark />, colour: 'var(--medium)', word: 'Above its limit' } : undefined;
