// Pressures, errors, gains and loops as the operator reads them. Pure.

import { ATM } from '../../../engine/constants.ts';
import { significant } from '../../shell/format.ts';

const NOTHING = '–';
const fixed = (value: number, digits: number): string =>
  Number.isFinite(value) ? value.toFixed(digits).replace('-', '−') : NOTHING;

/** Pa as atm, four decimals: a tenth of a per mille of an atmosphere is what a reading repeats to. */
export const atm = (pascal: number): string => fixed(pascal / ATM, 4);

/** Pa as kPa with its sign, two decimals. */
export function signedKilopascal(pascal: number): string {
  const text = fixed(pascal / 1000, 2);
  if (Math.abs(pascal) < 5) return '0.00';
  return pascal > 0 ? `+${text}` : text;
}

export const percent = (share: number, digits = 1): string => fixed(100 * share, digits);

/** Output per Pa as % per atm. */
export const perAtm = (gain: number): string => significant(100 * ATM * gain, 3);

/** s, or – where there is none. */
export const seconds = (value: number | null, digits = 2): string => (value === null ? NOTHING : fixed(value, digits));
