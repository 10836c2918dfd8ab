// Edits from the page, the CLI or a link: each value checked, then the farm they would make. Never throws.

import type { Problem } from '../config/problem.ts';
import { type ParameterEdits, withEdits } from './edit.ts';
import { isParameterKey, type ParameterKey, type ParameterValues } from './table.ts';
import type { ParameterValue } from './types.ts';
import { checkTogether, checkValue } from './validate.ts';

export type CheckedEdits =
  | { ok: true; edits: ParameterEdits; values: ParameterValues; warnings: Problem[] }
  | { ok: false; problems: Problem[] };

/**
 * @param values the present values
 * @param edits anything, by parameter key
 * @returns the checked edits and the values with them, or everything that is wrong
 */
export function checkEdits(values: ParameterValues, edits: Readonly<Record<string, unknown>>): CheckedEdits {
  const checked: Partial<Record<ParameterKey, ParameterValue>> = {};
  const problems: Problem[] = [];
  for (const [key, value] of Object.entries(edits)) {
    const result = checkValue(key, value);
    if (result.ok && isParameterKey(key)) checked[key] = result.value;
    else if (!result.ok) problems.push({ key, message: result.message, remedy: result.remedy, severity: 'error' });
  }
  const next = withEdits(values, checked);
  const together = [...checkSize(checked), ...checkTogether(next)];
  problems.push(...together.filter((problem) => problem.severity === 'error'));
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, edits: checked, values: next, warnings: together };
}

/** Where count and size are both asked for, withEdits lets the count give way; say so instead. */
export function checkSize(edits: ParameterEdits): Problem[] {
  const size = edits['layout.size'];
  const count = edits['gas_oscillation.chamber_count'];
  if (!Array.isArray(size) || edits['layout.kind'] === 'custom') return [];
  const sites = (size as readonly number[]).reduce((product, side) => product * side, 1);
  if (typeof count === 'number' && count > sites) {
    const message = `${count} chambers do not fit a size of ${size.join(' × ')} (${sites}).`;
    const remedy = `Write at most ${sites}, or a larger layout.size.`;
    return [{ key: 'gas_oscillation.chamber_count', message, remedy, severity: 'error' }];
  }
  if (typeof count !== 'number' && sites > 100_000) {
    const message = `A size of ${size.join(' × ')} makes ${sites} chambers.`;
    const remedy = 'Choose a size of at most 100000 chambers, for example 46 × 46 × 46.';
    return [{ key: 'layout.size', message, remedy, severity: 'error' }];
  }
  return [];
}
