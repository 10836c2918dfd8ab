// Every parameter has one place in the panel; the search finds it by what a person would type.

import { describe, expect, it } from 'vitest';
import { PARAMETER_KEYS } from '../../engine/parameters/table.ts';
import { controlGroups, matchingKeys } from './groups.ts';

describe('sections', () => {
  const groups = controlGroups();
  it('hold every parameter once', () => {
    const all = groups.flatMap((g) => [...g.essentials, ...g.advanced]);
    expect([...all].sort()).toEqual([...PARAMETER_KEYS].sort());
  });
  it('put what is not modelled last', () => {
    const firstPlanned = groups.findIndex((g) => g.planned);
    expect(groups.slice(firstPlanned).every((g) => g.planned)).toBe(true);
    expect(groups[0]?.id).toBe('gas_oscillation');
    expect(groups[0]?.essentials[0]).toBe('gas.mixture');
  });
});

describe('search', () => {
  it('reads label, key and help', () => {
    expect(matchingKeys('drive freq')).toContain('drive.frequency_Hz');
    expect(matchingKeys('frequency_hz')).toContain('drive.frequency_Hz');
    expect(matchingKeys('clausius')).toEqual(['cooling.enable_zero_cost']);
    expect(matchingKeys('no such thing')).toEqual([]);
    expect(matchingKeys('  ')).toHaveLength(PARAMETER_KEYS.length);
  });
});
