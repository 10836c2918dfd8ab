// What the inspector shows with nothing selected: what to do, and the farm as a whole, by group of metrics.

import { Tooltip } from '@mantine/core';
import { METRIC_NAMES, METRICS, type MetricInfo, type MetricName } from '../../engine/metrics.ts';
import { count, quantity } from '../shell/format.ts';
import { useTwin } from '../state/store.ts';
import { FarmFlows } from './FarmFlows.tsx';
import { GasPanel } from './GasPanel.tsx';
import classes from './Inspector.module.css';

const GROUP_TITLES: Readonly<Record<MetricInfo['group'], string>> = {
  oscillation: 'Oscillation',
  energy: 'Power in the gas',
  heat: 'Heat and temperature',
  balance: 'Balances',
  validity: 'Validity',
};

const infoOf = (name: MetricName): MetricInfo => METRICS[name];

export function FarmFigures() {
  const groups = Object.keys(GROUP_TITLES) as MetricInfo['group'][];
  return (
    <>
      <p className={classes.hint}>
        Click a chamber in the lattice to inspect it; shift-click adds another. Waveform, p–V loop, spectrum and heat
        flows appear here.
      </p>
      <FarmSize />
      <FarmFlows />
      <GasPanel />
      {groups.map((group) => (
        <section key={group} className={classes.block} aria-label={GROUP_TITLES[group]}>
          <h3 className={classes.heading}>{GROUP_TITLES[group]}</h3>
          <dl className={classes.figures}>
            {METRIC_NAMES.filter((name) => infoOf(name).group === group).map((name) => (
              <Figure key={name} name={name} />
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}

function FarmSize() {
  const chambers = useTwin((s) => s.status?.chambers ?? 0);
  const ducts = useTwin((s) => s.status?.ducts ?? 0);
  const timeStep = useTwin((s) => s.status?.timeStep_s ?? 0);
  const averaged = useTwin((s) => s.status?.fidelity === 'averaged');
  const step = quantity(timeStep, 's');
  return (
    <p className={classes.size}>
      {count(chambers)} chambers, {count(ducts)} ducts, {averaged ? 'averaged step' : 'time step'} {step.value}
      {'\u202f'}
      {step.unit}
    </p>
  );
}

function Figure({ name }: { name: MetricName }) {
  const { label, unit, displayUnit, help } = infoOf(name);
  // As text, so that the row renders only when a shown digit changes.
  const text = useTwin((s) => {
    const { value, unit: symbol } = quantity(
      s.status?.metrics[name] ?? Number.NaN,
      unit,
      displayUnit,
      unit === 'K' ? 5 : 3,
    );
    return `${value}|${symbol}`;
  });
  const [value, symbol] = text.split('|');
  return (
    <div>
      <Tooltip label={help} position="left">
        <dt>{label}</dt>
      </Tooltip>
      <dd>
        {value}
        <span className={classes.flowUnit}>{symbol}</span>
      </dd>
    </div>
  );
}
