// What a set of edits does to the values: linked parameters follow each other here and nowhere else.

import { type ParameterKey, type ParameterValues, parameterRow, SPECIES_SYMBOLS } from './table.ts';
import type { MixtureValue, ParameterValue } from './types.ts';

export type ParameterEdits = Readonly<Partial<Record<ParameterKey, ParameterValue>>>;

/**
 * Applies edits (already checked against the table, see validate.ts) and lets linked parameters follow:
 * the chamber count and the size, the list of gases and their shares, a target and what it releases to automatic.
 * @returns new values; the given ones are untouched
 */
export function withEdits(values: ParameterValues, edits: ParameterEdits): ParameterValues {
  const next: Record<string, ParameterValue> = { ...values };
  for (const [key, value] of Object.entries(edits)) {
    next[key] = value as ParameterValue;
    const { yieldsTo } = parameterRow(key as ParameterKey);
    if (yieldsTo && !(yieldsTo in edits)) next[yieldsTo] = 'auto';
  }
  const result = next as unknown as { -readonly [K in ParameterKey]: ParameterValues[K] };
  if ('layout.positions_m' in edits && result['layout.positions_m'].length > 0 && !('layout.kind' in edits)) {
    result['layout.kind'] = 'custom';
  }
  if (result['layout.kind'] === 'custom') {
    result['gas_oscillation.chamber_count'] = Math.max(1, result['layout.positions_m'].length);
  } else if ('layout.size' in edits && !('gas_oscillation.chamber_count' in edits)) {
    result['gas_oscillation.chamber_count'] = product(result['layout.size']);
  } else if ('gas_oscillation.chamber_count' in edits && !('layout.size' in edits)) {
    result['layout.size'] = mostCubicSize(result['gas_oscillation.chamber_count']);
  } else if (
    product(result['layout.size']) < result['gas_oscillation.chamber_count'] ||
    // Back from a custom layout, whose count was that of its positions: fill the size again.
    (values['layout.kind'] === 'custom' && !('gas_oscillation.chamber_count' in edits))
  ) {
    result['gas_oscillation.chamber_count'] = product(result['layout.size']);
  }
  if ('gas_oscillation.gas_mixture' in edits && !('gas.mixture' in edits)) {
    result['gas.mixture'] = restrictedMixture(result['gas.mixture'], result['gas_oscillation.gas_mixture']);
  } else if ('gas.mixture' in edits && !('gas_oscillation.gas_mixture' in edits)) {
    const allowed = result['gas_oscillation.gas_mixture'];
    const used = SPECIES_SYMBOLS.filter((s) => (result['gas.mixture'][s] ?? 0) > 0 || allowed.includes(s));
    result['gas_oscillation.gas_mixture'] = used;
  }
  return result;
}

const product = (size: readonly number[]): number => (size[0] as number) * (size[1] as number) * (size[2] as number);

/** The size nx × ny × nz ≥ count that is most cubic: exact if one with sides within a factor 4 exists. */
export function mostCubicSize(count: number): [number, number, number] {
  let best: [number, number, number] | undefined;
  for (let a = 1; a * a * a <= count; a++) {
    if (count % a !== 0) continue;
    for (let b = a; a * b * b <= count; b++) {
      const c = count / a / b;
      if (Number.isInteger(c) && c <= 100 && c <= 4 * a && (!best || c < best[0])) best = [c, b, a];
    }
  }
  if (best) return best;
  let side = 1;
  while (side * side * side < count) side++;
  const layers = Math.ceil(count / (side * side));
  return [side, side, layers];
}

/** The given mixture with only the listed species, shares scaled to sum to 1; equal shares if none is left. */
function restrictedMixture(mixture: MixtureValue, species: readonly string[]): MixtureValue {
  const total = species.reduce((sum, s) => sum + (mixture[s] ?? 0), 0);
  return Object.fromEntries(species.map((s) => [s, total > 0 ? (mixture[s] ?? 0) / total : 1 / species.length]));
}
