// Whatever one does to a share, the mixture sums to 1, nothing is negative, and the others keep their proportions.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPECIES_SYMBOLS } from '../../engine/parameters/table.ts';
import { MIXTURE_PRESETS, mixtureSum, speciesLabel, withShare } from './mixture.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('mixture shares', () => {
  it('always sum to 1', () => {
    fc.assert(
      fc.property(fc.array(share, { minLength: 6, maxLength: 6 }), fc.nat(5), share, (raw, index, value) => {
        const total = raw.reduce((a, b) => a + b, 0);
        if (total < 1e-3) return;
        const base = Object.fromEntries(SPECIES_SYMBOLS.map((s, i) => [s, (raw[i] as number) / total]));
        const species = SPECIES_SYMBOLS[index] as string;
        const result = withShare(base, species, value, SPECIES_SYMBOLS);
        expect(mixtureSum(result)).toBeCloseTo(1, 12);
        expect(result[species]).toBeCloseTo(value, 5);
        for (const x of Object.values(result)) expect(x).toBeGreaterThanOrEqual(0);
      }),
    );
  });
  it('keep the proportions of the others', () => {
    const result = withShare({ He: 0.5, Ar: 0.3, Ne: 0.2 }, 'He', 0, ['He', 'Ar', 'Ne']);
    expect(result).toEqual({ He: 0, Ar: 0.6, Ne: 0.4 });
  });
  it('come back when a drag goes to the end and returns', () => {
    const base = { He: 0.62, Ar: 0.28, Ne: 0.1 };
    withShare(base, 'He', 1, ['He', 'Ar', 'Ne']);
    expect(withShare(base, 'He', 0.62, ['He', 'Ar', 'Ne'])).toEqual(base);
  });
  it('leave a pure gas in equal parts', () => {
    expect(withShare({ He: 1 }, 'He', 0.8, ['He', 'Ar', 'Ne'])).toEqual({ He: 0.8, Ar: 0.1, Ne: 0.1 });
  });
  it('are right in the presets', () => {
    for (const { mixture } of MIXTURE_PRESETS) expect(mixtureSum(mixture)).toBeCloseTo(1, 12);
    expect(speciesLabel('H2O')).toBe('H₂O');
  });
});
