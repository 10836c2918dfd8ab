// How a row of the parameter table is written: helpers that keep its kind exact, and the names the rows share.

import type { ParameterKind, ParameterRow } from '../types.ts';

export const SPECIES_SYMBOLS = ['N2', 'O2', 'H2O', 'He', 'Ne', 'Ar'] as const;

/** Files of the seed that a row's key comes from. */
export const OSCILLATION = 'gas_oscillation.conf';
export const HARDWARE = 'hardware/gas-oscillation.conf';
export const TEST = 'test_config.toml';

export const row = <const K extends ParameterKind>(r: ParameterRow<K>): ParameterRow<K> => r;

/** A key that is read, kept and written back; its system is still to come. */
export const planned = <const K extends ParameterKind>(
  r: Omit<ParameterRow<K>, 'effect' | 'affects' | 'advanced'>,
): ParameterRow<K> => ({ ...r, effect: 'planned', affects: 'nothing yet', advanced: true }) as ParameterRow<K>;
