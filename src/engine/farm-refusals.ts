// What a farm refuses although every value is fit by itself, in words; and which edits leave its oscillation as it is.

import type { Problem } from './config/problem.ts';
import type { HarmonicFailure } from './gas-oscillation/averaged/harmonic-types.ts';
import { type ParameterKey, type ParameterValues, parameterRow } from './parameters/table.ts';
import { cycleProblem, pumpProblem } from './pressure-control/headers/header-parameters.ts';
import { isPlantKey, limitsProblem } from './pressure-control/plant/plant-parameters.ts';

export function refusedProblem(key: ParameterKey, message: string, remedy: string): Problem {
  return { key, message, remedy, severity: 'error' };
}

/** Edits of these leave the oscillation as it is. */
export const isSlow = (key: ParameterKey): boolean =>
  parameterRow(key).group === 'cooling' ||
  isPlantKey(key) ||
  key === 'simulation.fidelity' ||
  key === 'simulation.averaged_step_s';

export const virialRefused = refusedProblem(
  'simulation.fidelity',
  'The averaged mode takes the gas as ideal; this farm has second virial coefficients.',
  'Set simulation.gas_model to "ideal", or fidelity to "waveform".',
);

/** Values that are fit by themselves and not together. */
export function contradiction(v: ParameterValues): Problem | null {
  if (v['simulation.fidelity'] === 'averaged' && v['simulation.gas_model'] !== 'ideal') return virialRefused;
  return cycleProblem(v) ?? pumpProblem(v) ?? limitsProblem(v);
}

export const noOscillation = (failure: HarmonicFailure): string =>
  `The averaged mode found no periodic oscillation (${failure.reason} after ${failure.iterations} passes): every cycle is resolved instead.`;

export function changedKeys(before: ParameterValues, after: ParameterValues): ParameterKey[] {
  return (Object.keys(after) as ParameterKey[]).filter(
    (key) => before[key] !== after[key] && JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
}
