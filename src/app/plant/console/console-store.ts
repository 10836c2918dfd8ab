// What was said to the console and what it answered, and the file that is open beside it: kept while the page lives, so that a look at
// another tab loses nothing.

import { create } from 'zustand';
import type { ConsoleReply } from '../../../engine/drivers/console.ts';
import { client } from '../../state/farm-client.ts';
import { useTwin } from '../../state/store.ts';
import { operatorName } from '../operator.ts';
import { usePlant } from '../plant-store.ts';
import { remembered } from './terminal-line.ts';

export interface Entry {
  readonly id: number;
  /** Simulated s at which it was typed. */
  readonly time_s: number;
  readonly line: string;
  /** null: not answered yet. */
  readonly reply: ConsoleReply | null;
}

interface ConsoleState {
  readonly entries: readonly Entry[];
  readonly history: readonly string[];
  /** Path of the file that is shown beside the console, below /proc/gas_oscillation; null: none. */
  readonly file: string | null;
}

const MOST_ENTRIES = 300;

export const useConsole = create<ConsoleState>(() => ({ entries: [], history: [], file: null }));

let next = 0;

export const openFile = (file: string | null): void => useConsole.setState({ file });
export const clearConsole = (): void => useConsole.setState({ entries: [] });

/** Sends a line and shows it with its answer. Blank lines do nothing. */
export async function submitLine(line: string): Promise<void> {
  const typed = line.trim();
  if (typed === '') return;
  const id = next++;
  const time_s = useTwin.getState().status?.simulated_s ?? 0;
  useConsole.setState((s) => ({
    entries: [...s.entries, { id, time_s, line: typed, reply: null }].slice(-MOST_ENTRIES),
    history: remembered(s.history, typed),
  }));
  let reply: ConsoleReply;
  try {
    reply = await client.farm.driverCommand(typed, operatorName());
  } catch (error) {
    reply = {
      ok: false,
      problem: { message: `The engine did not answer: ${String(error)}`, remedy: 'Try again.', severity: 'error' },
    };
  }
  useConsole.setState((s) => ({ entries: s.entries.map((one) => (one.id === id ? { ...one, reply } : one)) }));
  // What was written shows at once wherever the plant is shown, also while the farm is paused.
  usePlant.setState((s) => ({ revision: s.revision + 1 }));
}

/** The log as text, to be copied. */
export const consoleText = (entries: readonly Entry[]): string =>
  entries
    .map(({ line, reply }) => {
      const lines = reply === null ? [] : reply.ok ? reply.lines : [`${reply.problem.message} ${reply.problem.remedy}`];
      return [`> ${line}`, ...lines].join('\n');
    })
    .join('\n');
