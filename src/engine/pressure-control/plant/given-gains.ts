// Gains that the scenario gives, from values per chamber to loops; and how they are told.

import { ATM } from '../../constants.ts';
import type { PiGains } from '../controller/kept-gains.ts';

/**
 * Per loop the mean of its chambers'; null for a loop of which a chamber has none.
 * @param gain per chamber, output per Pa; 0: none @param integralTime per chamber, s
 */
export function givenGains(
  loopOf: ArrayLike<number>,
  loops: number,
  gain: ArrayLike<number>,
  integralTime: ArrayLike<number>,
): (PiGains | null)[] {
  const gains = meanOf(loopOf, loops, gain);
  const times = meanOf(loopOf, loops, integralTime);
  for (let i = 0; i < loopOf.length; i++) if (gain[i] === 0) gains[loopOf[i]] = 0;
  return Array.from(gains, (k, g) => (k > 0 ? { gain: k, integralTime: times[g] } : null));
}

/** Equal values keep their bits. */
function meanOf(loopOf: ArrayLike<number>, loops: number, values: ArrayLike<number>): Float64Array {
  const first = new Float64Array(loops).fill(Number.NaN);
  const more = new Float64Array(loops);
  const size = new Float64Array(loops);
  for (let i = 0; i < loopOf.length; i++) {
    const g = loopOf[i];
    if (size[g] === 0) first[g] = values[i];
    more[g] += values[i] - first[g];
    size[g] += 1;
  }
  return first.map((value, g) => value + more[g] / size[g]);
}

/** "1.15 %/atm, integral time 1.4 s". */
export const gainsText = ({ gain, integralTime }: PiGains): string =>
  `${Number((100 * ATM * gain).toPrecision(3))} %/atm, integral time ${Number(integralTime.toPrecision(3))} s`;
