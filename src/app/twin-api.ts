// window.twin: the running farm for scripts, notebooks and tests. Every call answers with a promise. Values are in the
// units of the scenario file. docs/ lists the same; nothing here has logic of its own.

import { FIELD_NAMES, type FieldName, isFieldName } from '../engine/fields.ts';
import type { MetricName } from '../engine/metrics.ts';
import { isParameterKey, type ParameterKey, parameterRow } from '../engine/parameters/table.ts';
import type { ParameterValue } from '../engine/parameters/types.ts';
import type { Problem, Residuals } from '../worker/protocol.ts';
import { edit, openText, pause, pendingDeeds, run, scenarioText, selectChambers } from './state/actions.ts';
import { client } from './state/farm-client.ts';
import { useTwin } from './state/store.ts';

export const TWIN_API_VERSION = 1;

export interface TwinStatus {
  readonly simulated_s: number;
  /** Simulated seconds per wall second; 0 when paused. */
  readonly realTimeFactor: number;
  readonly chambers: number;
  readonly ducts: number;
  readonly running: boolean;
  readonly fidelity: string;
  readonly residuals: Residuals;
  /** 16 hexadecimal digits; null while running. */
  readonly stateHash: string | null;
}

export interface TwinApi {
  readonly version: number;
  status(): Promise<TwinStatus>;
  /** Value of a parameter, for example get('drive.frequency_Hz'). */
  get(key: string): Promise<ParameterValue>;
  /** Sets a parameter; rejects with what is wrong and what would be right. */
  set(key: string, value: ParameterValue): Promise<void>;
  /** Replaces the farm by the one a scenario text describes; rejects with every problem and changes nothing. */
  load(tomlText: string): Promise<void>;
  /** Scenario text of the present parameters. */
  save(): Promise<string>;
  /** Selects chambers by number. */
  select(ids: readonly number[]): Promise<void>;
  /** A field now, one value a chamber (two for 'strobe'). */
  frame(field: FieldName): Promise<Float32Array>;
  /** Latest value of every farm metric. */
  metrics(): Promise<Readonly<Record<MetricName, number>>>;
  run(): Promise<void>;
  pause(): Promise<void>;
  /** Steps n times (pauses first) and answers when done. */
  step(n?: number): Promise<TwinStatus>;
  /** Resolves when no call is open, no edit waits and the farm is not loading; charts and inspector may go on asking. */
  idle(): Promise<void>;
  /** For tests of the recovery only: ends the engine as a crash would. */
  killWorker(): Promise<void>;
}

declare global {
  interface Window {
    twin: TwinApi;
  }
}

const IDLE_CHECK_MS = 16;
/** So many checks in a row: what one answer sets off on the page is waited for too. */
const IDLE_CHECKS = 4;

const describe = (problems: readonly Problem[]): string =>
  problems
    .map(({ line, key, message, remedy }) =>
      [line === undefined ? '' : `line ${line}`, key ?? '', `${message} ${remedy}`.trim()].filter(Boolean).join(': '),
    )
    .join('\n');

function knownKey(key: string): ParameterKey {
  if (!isParameterKey(key)) throw new Error(`No parameter "${key}"`);
  return key;
}

const toStatus = ({
  simulated_s,
  realTimeFactor,
  chambers,
  ducts,
  running,
  fidelity,
  residuals,
  stateHash,
}: TwinStatus): TwinStatus => ({
  simulated_s,
  realTimeFactor,
  chambers,
  ducts,
  running,
  fidelity,
  residuals,
  stateHash,
});

const busy = (): boolean => {
  const { phase } = useTwin.getState();
  return phase === 'loading' || (phase === 'ready' && client.pending() + pendingDeeds() > 0);
};

const api: TwinApi = {
  version: TWIN_API_VERSION,
  status: async () => toStatus(await client.farm.status()),
  get: async (key) => (await client.farm.values())[knownKey(key)],
  set: async (key, value) => {
    const known = knownKey(key);
    const reply = await edit({ [known]: value }, parameterRow(known).label);
    if (!reply.ok) throw new Error(describe(reply.problems));
  },
  load: async (tomlText) => {
    const reply = await openText(String(tomlText), 'script.toml');
    if (!reply.ok) throw new Error(describe(reply.problems));
  },
  save: scenarioText,
  select: async (ids) => selectChambers(ids),
  frame: async (field) => {
    if (!isFieldName(field)) throw new Error(`No field "${field}"; there are ${FIELD_NAMES.join(', ')}`);
    return client.farm.frame(field);
  },
  metrics: async () => (await client.farm.status()).metrics,
  run: () => run(),
  pause: () => pause(),
  step: async (n = 1) => {
    const status = await client.farm.step(n);
    useTwin.setState({ status });
    return toStatus(status);
  },
  idle: () =>
    new Promise((resolve) => {
      let quiet = 0;
      const check = () => {
        quiet = busy() ? 0 : quiet + 1;
        if (quiet >= IDLE_CHECKS) resolve();
        else setTimeout(check, IDLE_CHECK_MS);
      };
      check();
    }),
  killWorker: async () => client.kill(),
};

export function installTwinApi(): void {
  window.twin = Object.freeze(api);
}
