// One place where commands are given: what was refused there stays until the next command, with reason and remedy.

import { useState } from 'react';
import type { PlantReply } from '../../worker/plant-calls.ts';
import type { FarmCalls, Problem } from '../../worker/protocol.ts';
import type { Remote } from '../../worker/rpc.ts';
import { command } from './plant-store.ts';

export interface CommandDesk {
  readonly problems: readonly Problem[];
  /** @returns whether it was done */
  give(call: (farm: Remote<FarmCalls>) => Promise<PlantReply | number | undefined>): Promise<boolean>;
  refuse(message: string, remedy: string): void;
  clear(): void;
}

export function useCommand(): CommandDesk {
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  return {
    problems,
    give: async (call) => {
      const refused = await command(call);
      setProblems(refused);
      return refused.length === 0;
    },
    refuse: (message, remedy) => setProblems([{ message, remedy, severity: 'error' }]),
    clear: () => setProblems([]),
  };
}

/** A call that answers nothing, as a command. */
export const answered =
  (call: (farm: Remote<FarmCalls>) => Promise<unknown>) =>
  async (farm: Remote<FarmCalls>): Promise<undefined> => {
    await call(farm);
  };
