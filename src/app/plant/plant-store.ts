// The plant as last told by the engine, shared by bell, banner and panel: asked by one of them for all, and again at once after
// every command, so that a paused farm shows what was done.

import { useCallback, useEffect } from 'react';
import { create } from 'zustand';
import type { PlantOverview, PlantReply } from '../../worker/plant-calls.ts';
import type { FarmCalls, Problem } from '../../worker/protocol.ts';
import type { Remote } from '../../worker/rpc.ts';
import { client } from '../state/farm-client.ts';
import { useAnswer } from '../state/use-answer.ts';

interface PlantState {
  readonly overview: PlantOverview | null;
  /** Grows with every command: what was asked before it is out of date. */
  readonly revision: number;
  /** The alarm under the operator's hand. */
  readonly alarm: number | null;
}

export const usePlant = create<PlantState>(() => ({ overview: null, revision: 0, alarm: null }));

export const chooseAlarm = (alarm: number | null): void => usePlant.setState({ alarm });

/** An answer that is also asked anew after each command. @param ask must be stable */
export function usePlantAnswer<T>(ask: (farm: Remote<FarmCalls>) => Promise<T>, intervalMs: number): T | null {
  const revision = usePlant((s) => s.revision);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision must make a new question
  const question = useCallback((farm: Remote<FarmCalls>) => ask(farm), [ask, revision]);
  return useAnswer(question, intervalMs);
}

const askOverview = (farm: Remote<FarmCalls>): Promise<PlantOverview> => farm.plant();

/** Keeps the store's overview up to date while mounted. */
export function useWatchPlant(intervalMs: number): void {
  const overview = usePlantAnswer(askOverview, intervalMs);
  useEffect(() => {
    if (overview) usePlant.setState({ overview });
  }, [overview]);
}

/**
 * Carries out a command of the operator.
 * @returns why it was refused; empty when it was done
 */
export async function command(
  call: (farm: Remote<FarmCalls>) => Promise<PlantReply | number | undefined>,
): Promise<readonly Problem[]> {
  try {
    const reply = await call(client.farm);
    return typeof reply === 'object' && !reply.ok ? reply.problems : [];
  } catch (error) {
    return [{ message: `The engine did not answer: ${String(error)}`, remedy: 'Try again.', severity: 'error' }];
  } finally {
    usePlant.setState((s) => ({ revision: s.revision + 1 }));
  }
}
