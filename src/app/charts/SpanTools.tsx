// Which span of simulated time charts and trends show: shared by all of them.

import { Button, Select } from '@mantine/core';
import { setCharts, useTwin } from '../state/store.ts';
import classes from './Charts.module.css';

const FOLLOW = [
  { value: '0.1', label: 'last 100 ms' },
  { value: '1', label: 'last 1 s' },
  { value: '10', label: 'last 10 s' },
  { value: '60', label: 'last 1 min' },
  { value: '600', label: 'last 10 min' },
  { value: 'all', label: 'everything' },
];

export function SpanTools() {
  const zoom = useTwin((s) => s.charts.zoom);
  const followS = useTwin((s) => s.charts.followS);
  return (
    <>
      {zoom && (
        <Button variant="default" onClick={() => setCharts({ zoom: null })}>
          Reset zoom
        </Button>
      )}
      <Select
        size="xs"
        className={classes.follow ?? ''}
        aria-label="Span shown"
        allowDeselect={false}
        data={FOLLOW}
        value={followS === null ? 'all' : String(followS)}
        onChange={(value) => setCharts({ followS: value === 'all' ? null : Number(value), zoom: null })}
      />
    </>
  );
}
