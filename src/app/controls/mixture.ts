// Arithmetic of the gas mixture editor: shares always sum to 1; when one changes the others scale together.

import type { MixtureValue } from '../../engine/parameters/types.ts';

/** Shares are kept to this many decimals, so that files stay readable. */
const DECIMALS = 6;
const round = (share: number): number => Number(share.toFixed(DECIMALS));

export const mixtureSum = (mixture: MixtureValue): number => Object.values(mixture).reduce((sum, x) => sum + x, 0);

/**
 * The mixture with one share set and the others scaled so that all sum to 1.
 * @param base the mixture whose proportions the others keep: that at the start of a drag, so that dragging a gas to
 *   100 % and back restores what was there
 */
export function withShare(
  base: MixtureValue,
  species: string,
  share: number,
  all: readonly string[],
): Record<string, number> {
  const value = round(Math.min(1, Math.max(0, share)));
  const others = all.filter((s) => s !== species);
  const rest = others.reduce((sum, s) => sum + (base[s] ?? 0), 0);
  const result: Record<string, number> = {};
  for (const s of others) {
    // From a pure gas there are no proportions to keep: the others get equal shares.
    result[s] = round(rest > 0 ? ((base[s] ?? 0) / rest) * (1 - value) : (1 - value) / others.length);
  }
  result[species] = value;
  return balanced(result, species);
}

/** Lets the largest share other than `fixed` take up what rounding left over. */
function balanced(mixture: Record<string, number>, fixed: string): Record<string, number> {
  const largest = Object.keys(mixture)
    .filter((s) => s !== fixed)
    .reduce<string | null>((best, s) => (best === null || (mixture[s] ?? 0) > (mixture[best] ?? 0) ? s : best), null);
  const holder = largest ?? fixed;
  const others = Object.entries(mixture).reduce((sum, [s, x]) => (s === holder ? sum : sum + x), 0);
  return { ...mixture, [holder]: Math.max(0, round(1 - others)) };
}

export interface MixturePreset {
  readonly label: string;
  readonly mixture: MixtureValue;
}

/** Mixtures of docs/model.md and of the shipped scenarios. */
export const MIXTURE_PRESETS: readonly MixturePreset[] = [
  { label: 'He–Ar', mixture: { He: 0.62, Ar: 0.38 } },
  { label: 'Air', mixture: { N2: 0.7808, O2: 0.2095, Ar: 0.0097 } },
];

/** N2 → N₂. */
export const speciesLabel = (symbol: string): string => symbol.replace(/\d/g, (d) => '₀₁₂₃₄₅₆₇₈₉'[Number(d)] ?? d);
