// The parameter table: every knob of the twin and every key of the seed's configuration files, stated once (rows/).
// Keys are "section.name" of the scenario TOML. Not here: rules that need the gas (validity.ts), reading (config/).

import { coolingRows } from './rows/cooling.ts';
import { oscillationRows } from './rows/gas-oscillation.ts';
import { layoutRows } from './rows/lattice.ts';
import { machineRows } from './rows/machines.ts';
import { hardwareRows, otherRows } from './rows/planned.ts';
import { headerRows } from './rows/pressure-control.ts';
import { controlRows, safetyRows } from './rows/safety.ts';
import { simulationRows } from './rows/simulation.ts';
import type { ParameterRow, ValueByKind } from './types.ts';

export { SPECIES_SYMBOLS } from './rows/row.ts';

/** Every parameter of the twin by key, in the order of the control panel. */
export const PARAMETERS = {
  ...oscillationRows,
  ...layoutRows,
  ...coolingRows,
  ...simulationRows,
  ...headerRows,
  ...machineRows,
  ...controlRows,
  ...safetyRows,
  ...otherRows,
  ...hardwareRows,
};

export type ParameterKey = keyof typeof PARAMETERS;
export const PARAMETER_KEYS = Object.keys(PARAMETERS) as ParameterKey[];

/** A complete set of parameter values, each in the unit of its row. */
export type ParameterValues = {
  readonly [K in ParameterKey]: (typeof PARAMETERS)[K] extends ParameterRow<infer Kind> ? ValueByKind[Kind] : never;
};

/** The row of a key, typed loosely for code that walks the table. */
export const parameterRow = (key: ParameterKey): ParameterRow => PARAMETERS[key] as ParameterRow;
export const isParameterKey = (key: string): key is ParameterKey => Object.hasOwn(PARAMETERS, key);

/** Every parameter at its default. */
export function defaultValues(): ParameterValues {
  return Object.fromEntries(PARAMETER_KEYS.map((key) => [key, PARAMETERS[key].default])) as unknown as ParameterValues;
}
