// Two small buttons that save a list as CSV or JSON.

import { Button, Tooltip } from '@mantine/core';
import type { FarmCalls } from '../../worker/protocol.ts';
import type { Remote } from '../../worker/rpc.ts';
import { client } from '../state/farm-client.ts';
import { download } from '../state/files.ts';
import { notify } from '../state/notices.ts';
import { useTwin } from '../state/store.ts';
import { usePlant } from './plant-store.ts';

export type FileFormat = 'csv' | 'json';
const TYPES: Readonly<Record<FileFormat, string>> = { csv: 'text/csv', json: 'application/json' };

interface Props {
  readonly what: 'alarms' | 'log';
  make(farm: Remote<FarmCalls>, format: FileFormat): Promise<string>;
}

export function SaveButtons({ what, make }: Props) {
  const save = async (format: FileFormat) => {
    const farm = (useTwin.getState().status?.fileName || 'farm').replace(/\.toml$/, '');
    const time = (usePlant.getState().overview?.time_s ?? 0).toPrecision(4);
    try {
      download(await make(client.farm, format), `${farm}-${what}-${time}s.${format}`, TYPES[format]);
    } catch (error) {
      const problem = { message: String(error), remedy: 'Try again.', severity: 'error' } as const;
      notify('error', `The ${what} were not saved`, [problem]);
    }
  };
  return (['csv', 'json'] as const).map((format) => (
    <Tooltip key={format} label={`Save what is shown as ${format.toUpperCase()}`}>
      <Button
        variant="default"
        aria-label={`Save ${what} as ${format.toUpperCase()}`}
        onClick={() => void save(format)}
      >
        {format.toUpperCase()}
      </Button>
    </Tooltip>
  ));
}
