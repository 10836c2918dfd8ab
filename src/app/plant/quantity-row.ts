// Numbers with units that are no parameters of the farm, for the number fields of the controls.

import type { ParameterRow } from '../../engine/parameters/types.ts';

interface Quantity {
  readonly label: string;
  readonly unit: string;
  readonly displayUnit?: string;
  readonly min: number;
  readonly max: number;
  readonly default: number;
  readonly logarithmic?: boolean;
}

export const quantityRow = (quantity: Quantity): ParameterRow => ({
  ...quantity,
  kind: 'number',
  group: 'monitoring',
  help: '',
  affects: '',
  advanced: false,
  effect: 'live',
});
