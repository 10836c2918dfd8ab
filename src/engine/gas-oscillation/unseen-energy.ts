// A long step gives a steady wave its amplitudes exactly, and its mean powers too small by one factor for all of them (2x/sin 2x,
// coefficients.ts powerFactor). Heats and the drive's work are booked times this factor. What the drive so gives beyond what the
// discrete sums of the field take in, and the field has not yet given as heat, is energy of the field that its discrete sums do
// not see. It is kept here and counts as stored: zero on average once the wave is steady.

import { type FarmState, TOTAL } from './state.ts';

const BASE = 0;
const SHARE = 1;
const FROM = 2;

/** Work given to the field less heat it has given, J, as booked. */
const given = ({ totals }: FarmState): number =>
  totals[TOTAL.driveWork] - totals[TOTAL.friction] - totals[TOTAL.minorLoss] - totals[TOTAL.thermalLoss];

/** J. */
export const unseenEnergy = (s: FarmState): number => s.unseen[BASE] + s.unseen[SHARE] * (given(s) - s.unseen[FROM]);

/** Goes on with another factor: steps of another length. @param powerFactor 1: all is seen */
export function restateUnseen(s: FarmState, powerFactor: number): void {
  s.unseen[BASE] = unseenEnergy(s);
  s.unseen[SHARE] = 1 - 1 / powerFactor;
  s.unseen[FROM] = given(s);
}

/** Forgets it: totals begin anew, or nothing oscillates any more. */
export function forgetUnseen(s: FarmState): void {
  s.unseen[BASE] = 0;
  s.unseen[FROM] = given(s);
}
