// Whether every number of a farm still is one. Looked for once a scan of the plant: what is lost spreads from chamber to chamber, and
// nothing that reads it can be trusted.

import type { FarmState } from './gas-oscillation/state.ts';

/** 0 · x is 0 for every number, and no number for NaN and the infinities. Four sums, as each addition waits for the one before. */
function isWhole(array: Float64Array): boolean {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let k = 0;
  for (; k < array.length - 3; k += 4) {
    a += 0 * array[k];
    b += 0 * array[k + 1];
    c += 0 * array[k + 2];
    d += 0 * array[k + 3];
  }
  for (; k < array.length; k++) a += 0 * array[k];
  return a + b + c + d === 0;
}

/**
 * Where a number was lost, for people: "wall of chamber 3"; null when none is.
 * @param parts what else must hold numbers alone, by name
 */
export function lostNumber(state: FarmState, parts: Readonly<Record<string, readonly Float64Array[]>>): string | null {
  for (const name in state) {
    const array = state[name as keyof FarmState];
    if (!(array instanceof Float64Array) || isWhole(array)) continue;
    const at = array.findIndex((x) => !Number.isFinite(x));
    return array.length === state.chambers ? `${name} of chamber ${at}` : `${name}, number ${at}`;
  }
  for (const name in parts) if (!parts[name].every(isWhole)) return name;
  return null;
}
