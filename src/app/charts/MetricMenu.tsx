// The menu of all metrics, by group; those already shown are ticked off.

import { Menu, Tooltip } from '@mantine/core';
import { Fragment, type ReactElement, type ReactNode } from 'react';
import { METRIC_NAMES, type MetricInfo, type MetricName } from '../../engine/metrics.ts';
import { useTwin } from '../state/store.ts';
import classes from './Charts.module.css';
import { metricInfo } from './series.ts';

const TITLES: Readonly<Record<MetricInfo['group'], string>> = {
  oscillation: 'Oscillation',
  energy: 'Power in the gas',
  heat: 'Heat and temperature',
  balance: 'Balances',
  validity: 'Validity',
};

interface Props {
  readonly target: ReactElement;
  readonly extra?: ReactNode;
  onChoose(metric: MetricName): void;
}

export function MetricMenu({ target, extra, onChoose }: Props) {
  return (
    <Menu withinPortal position="top-start" width={260}>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown className={classes.menu ?? ''}>
        {extra}
        <Items onChoose={onChoose} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Only made when the menu opens. */
function Items({ onChoose }: { onChoose: (metric: MetricName) => void }) {
  const shown = useTwin((s) => s.charts.metrics);
  return (Object.keys(TITLES) as MetricInfo['group'][]).map((group) => (
    <Fragment key={group}>
      <Menu.Label>{TITLES[group]}</Menu.Label>
      {METRIC_NAMES.filter((name) => metricInfo(name).group === group).map((name) => (
        <Tooltip key={name} label={metricInfo(name).help} position="right" openDelay={500}>
          <Menu.Item
            disabled={shown.includes(name)}
            onClick={() => onChoose(name)}
            rightSection={shown.includes(name) ? <span className={classes.muted}>shown</span> : undefined}
          >
            {metricInfo(name).label}
          </Menu.Item>
        </Tooltip>
      ))}
    </Fragment>
  ));
}
