// Undo and redo by interaction: a drag is one step, a loaded file is one step. Pure: it keeps the steps and says what to
// send; sending is the business of actions.ts.

import type { ParameterEdits } from '../../engine/parameters/edit.ts';
import {
  PARAMETER_KEYS,
  type ParameterKey,
  type ParameterValues,
  parameterRow,
} from '../../engine/parameters/table.ts';
import type { ParameterValue } from '../../engine/parameters/types.ts';

export interface ScenarioText {
  readonly text: string;
  readonly name: string;
}
export type Step =
  | {
      readonly kind: 'edit';
      readonly label: string;
      readonly interaction: number;
      readonly before: ParameterEdits;
      readonly after: ParameterEdits;
    }
  | { readonly kind: 'load'; readonly label: string; readonly before: ScenarioText; readonly after: ScenarioText };

const STEPS_KEPT = 500;

/** Keys that follow each other in the engine (see edit.ts there): to restore one, all are sent. */
const LINKED: readonly (readonly ParameterKey[])[] = [
  ['layout.kind', 'layout.size', 'gas_oscillation.chamber_count'],
  ['gas.mixture', 'gas_oscillation.gas_mixture'],
];

export class History {
  private past: Step[] = [];
  private future: Step[] = [];
  /** The values before the interaction that is the newest step, while it may still grow. */
  private openBefore: ParameterValues | null = null;

  get undoStep(): Step | null {
    return this.past.at(-1) ?? null;
  }
  get redoStep(): Step | null {
    return this.future.at(-1) ?? null;
  }

  /** Notes an edit that took effect. Edits of one interaction in a row are one step. */
  recordEdit(interaction: number, label: string, before: ParameterValues, after: ParameterValues): void {
    const top = this.past.at(-1);
    const continues = top?.kind === 'edit' && top.interaction === interaction && this.openBefore !== null;
    const start = continues && this.openBefore ? this.openBefore : before;
    if (continues) this.past.pop();
    this.future = [];
    this.openBefore = start;
    const difference = changedKeys(start, after);
    if (difference.length === 0) return;
    this.push({ kind: 'edit', label, interaction, before: pick(start, difference), after: pick(after, difference) });
  }

  recordLoad(before: ScenarioText, after: ScenarioText): void {
    this.future = [];
    this.openBefore = null;
    this.push({ kind: 'load', label: `open ${after.name}`, before, after });
  }

  /** Call when the newest step has been undone. */
  movedBack(): void {
    const step = this.past.pop();
    if (step) this.future.push(step);
    this.openBefore = null;
  }

  /** Call when the newest undone step has been done again. */
  movedForward(): void {
    const step = this.future.pop();
    if (step) this.past.push(step);
    this.openBefore = null;
  }

  private push(step: Step): void {
    this.past.push(step);
    if (this.past.length > STEPS_KEPT) this.past.shift();
  }
}

/** Structural equality of two parameter values. */
export function sameValue(a: ParameterValue, b: ParameterValue): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => sameValue(item as ParameterValue, b[i] as ParameterValue));
  }
  if (isRecord(a) && isRecord(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => (a[key] ?? 0) === (b[key] ?? 0));
  }
  return false;
}
const isRecord = (v: ParameterValue): v is Readonly<Record<string, number>> =>
  typeof v === 'object' && v !== null && !Array.isArray(v);

/** Keys whose values differ, with those that must be sent along to restore either side. */
export function changedKeys(a: ParameterValues, b: ParameterValues): ParameterKey[] {
  const changed = new Set(PARAMETER_KEYS.filter((key) => !sameValue(a[key], b[key])));
  for (const group of LINKED) {
    if (!group.some((key) => changed.has(key))) continue;
    // A custom layout is set by its positions; its count and size follow and cannot be restored by themselves.
    for (const key of group) changed.add(key);
  }
  for (const key of [...changed]) {
    const { yieldsTo } = parameterRow(key);
    if (yieldsTo) changed.add(yieldsTo as ParameterKey);
  }
  return PARAMETER_KEYS.filter((key) => changed.has(key));
}

const pick = (values: ParameterValues, keys: readonly ParameterKey[]): ParameterEdits =>
  Object.fromEntries(keys.map((key) => [key, values[key]])) as ParameterEdits;
