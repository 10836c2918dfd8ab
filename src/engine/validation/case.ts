// A validation case: a number of the literature (or of a closed form) held against a function of the engine. The test suite and
// the report run the same registry (cases.ts).

/** Either the relative or the absolute error allowed; absolute in the unit of the values. */
export type Tolerance = { readonly relative: number } | { readonly absolute: number };

export interface Measurement {
  readonly label: string;
  readonly expected: number;
  readonly measured: number;
  /** In place of the case's own. */
  readonly tolerance?: Tolerance;
}

export type CaseArea =
  | 'thermo'
  | 'stat-mech'
  | 'transport'
  | 'chamber'
  | 'gas-dyn'
  | 'envelope'
  | 'network'
  | 'thermal'
  | 'control'
  | 'ledger';

export interface ValidationCase {
  readonly id: string;
  readonly area: CaseArea;
  readonly description: string;
  readonly source: string;
  readonly tolerance: Tolerance;
  compute(): Measurement[];
}

export interface CheckedMeasurement extends Measurement {
  readonly tolerance: Tolerance;
  /** Relative or absolute, as the tolerance is. */
  readonly error: number;
  readonly pass: boolean;
}

/** Runs a case; a result that is not a number does not pass. */
export function checkCase(c: ValidationCase): CheckedMeasurement[] {
  return c.compute().map((m) => {
    const tolerance = m.tolerance ?? c.tolerance;
    const difference = Math.abs(m.measured - m.expected);
    const error = 'relative' in tolerance ? difference / Math.abs(m.expected) : difference;
    const allowed = 'relative' in tolerance ? tolerance.relative : tolerance.absolute;
    return { ...m, tolerance, error, pass: error <= allowed };
  });
}

/** Measurements from rows of [label, expected, measured]. */
export const rows = (
  list: readonly (readonly [label: string, expected: number, measured: number])[],
  tolerance?: Tolerance,
): Measurement[] =>
  list.map(([label, expected, measured]) => ({ label, expected, measured, ...(tolerance ? { tolerance } : {}) }));
