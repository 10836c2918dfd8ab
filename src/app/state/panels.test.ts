// Kept panel sizes are clamped, and damaged ones fall back to the standard.

import { describe, expect, it } from 'vitest';
import { whyNotScenario } from './files.ts';
import { clampSize, PANEL_LIMITS, panelsFrom, standardPanels } from './panels.ts';

describe('panels', () => {
  it('survive whatever the browser kept', () => {
    for (const kept of [
      null,
      7,
      'x',
      [],
      { controls: null },
      { controls: { size: 'wide' } },
      { charts: { size: Number.NaN } },
    ]) {
      expect(panelsFrom(kept)).toEqual(standardPanels());
    }
  });
  it('keep size and closed state', () => {
    const panels = panelsFrom({ inspector: { open: false, size: 400 } });
    expect(panels.inspector).toEqual({ open: false, size: 400 });
  });
  it('stay within their limits', () => {
    expect(clampSize('controls', 10_000)).toBe(PANEL_LIMITS.controls.max);
    expect(clampSize('charts', -5)).toBe(PANEL_LIMITS.charts.min);
  });
});

describe('files', () => {
  it('are refused with a reason when they cannot be scenarios', () => {
    expect(whyNotScenario('farm.toml', 1000)).toBeNull();
    expect(whyNotScenario('gas_oscillation.conf', 1000)).toBeNull();
    expect(whyNotScenario('photo.png', 1000)?.remedy).toContain('.toml');
    expect(whyNotScenario('big.toml', 300 * 1024)?.message).toContain('300 kB');
  });
});
