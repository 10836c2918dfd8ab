// The registry of validation cases: run by cases.physics.test.ts and written to docs/validation.md by tools/validation-report.ts.

import type { ValidationCase } from './case.ts';
import { CHAMBER_CASES } from './chamber-cases.ts';
import { GAS_DYNAMICS_CASES } from './gas-dynamics-cases.ts';
import { HEAT_CASES } from './heat-cases.ts';
import { PRESSURE_CASES } from './pressure-cases.ts';
import { THERMO_CASES } from './thermo-cases.ts';
import { TRANSPORT_CASES } from './transport-cases.ts';

/** All cases, in the order of the report. */
export const CASES: readonly ValidationCase[] = [
  ...THERMO_CASES,
  ...TRANSPORT_CASES,
  ...CHAMBER_CASES,
  ...GAS_DYNAMICS_CASES,
  ...HEAT_CASES,
  ...PRESSURE_CASES,
];
