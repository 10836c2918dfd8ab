// Shared by tests: farms from edits of the defaults. Not part of the product.

import { Farm } from './farm.ts';
import { checkEdits } from './parameters/check-edits.ts';
import { defaultValues, type ParameterValues } from './parameters/table.ts';

/** Checked values of the defaults with these edits; throws on a refusal. */
export function valuesWith(edits: Readonly<Record<string, unknown>>): ParameterValues {
  const checked = checkEdits(defaultValues(), edits);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.values;
}

/** The farm of the defaults with these edits; throws on a refusal. */
export function farmWith(edits: Readonly<Record<string, unknown>>): Farm {
  const made = Farm.create(valuesWith(edits));
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  return made.farm;
}
