// Who acts: the name under which commands stand in the log. Asked once, kept in the browser.

import { create } from 'zustand';
import { keep, OPERATOR_KEY, recall } from '../state/storage.ts';

export const STANDARD_OPERATOR = 'Operator';
export const LONGEST_NAME = 60;

export const operatorFrom = (kept: unknown): string =>
  typeof kept === 'string' ? kept.trim().slice(0, LONGEST_NAME) : '';

/** '' until somebody gives a name. */
export const useOperator = create<{ readonly name: string }>(() => ({ name: operatorFrom(recall(OPERATOR_KEY)) }));

export function setOperator(name: string): void {
  useOperator.setState({ name: operatorFrom(name) });
  keep(OPERATOR_KEY, operatorFrom(name));
}

/** The name that signs a command. */
export const operatorName = (): string => useOperator.getState().name || STANDARD_OPERATOR;
