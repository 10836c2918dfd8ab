// The scenario as it stands, kept in the browser so that a reload goes on with it (from time zero). A damaged record is set
// aside, never opened twice, and told.

import { MAX_BYTES } from '../../engine/config/read.ts';
import { writeScenario } from '../../engine/config/write.ts';
import { keep, recall } from './storage.ts';
import { useTwin } from './store.ts';

const KEY = 'buhera.scenario';
const DAMAGED_KEY = 'buhera.scenario.damaged';
const DELAY_MS = 400;

export interface KeptScenario {
  readonly text: string;
  readonly name: string;
}

/** The scenario of the last visit, or null. */
export function recallScenario(): KeptScenario | null {
  const kept = recall(KEY, 2 * MAX_BYTES) as Partial<KeptScenario> | null;
  return typeof kept?.text === 'string' && typeof kept.name === 'string' ? { text: kept.text, name: kept.name } : null;
}

/** Puts a record that could not be opened out of the way, where it can still be found. */
export function setAsideScenario(kept: KeptScenario): void {
  keep(DAMAGED_KEY, kept);
  keep(KEY, null);
}

/** Keeps the scenario from now on: shortly after each change, and when the page goes. */
export function keepScenario(): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const write = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const { values, status } = useTwin.getState();
    const name = status?.fileName ?? 'scenario.toml';
    const text = writeScenario(values, { title: name });
    if (text.length <= MAX_BYTES) keep(KEY, { text, name } satisfies KeptScenario);
  };
  useTwin.subscribe((now, before) => {
    if (now.values !== before.values || now.status?.fileName !== before.status?.fileName)
      timer ??= setTimeout(write, DELAY_MS);
  });
  window.addEventListener('pagehide', () => {
    if (timer !== null) write();
  });
}
