// Every slider of the table reaches its limits, finds its default again and stays within the limits.

import { describe, expect, it } from 'vitest';
import { PARAMETER_KEYS, parameterRow } from '../../engine/parameters/table.ts';
import { sliderScale } from './slider-scale.ts';

const sliders = PARAMETER_KEYS.flatMap((key) => {
  const row = parameterRow(key);
  const scale = ['number', 'integer', 'auto', 'perChamber'].includes(row.kind) ? sliderScale(row) : null;
  return scale ? [{ key, row, scale }] : [];
});

describe.each(sliders)('slider of $key', ({ row, scale }) => {
  it('reaches both limits', () => {
    expect(scale.toValue(0)).toBe(row.min);
    expect(scale.toValue(1)).toBe(row.max);
    expect(scale.toPosition(row.max as number)).toBe(1);
  });
  it('stays within the limits and rises', () => {
    let last = Number.NEGATIVE_INFINITY;
    for (let i = 0; i <= 200; i++) {
      const value = scale.toValue(i / 200);
      expect(value).toBeGreaterThanOrEqual(Math.max(last, row.min as number));
      expect(value).toBeLessThanOrEqual(row.max as number);
      last = value;
    }
  });
  it('goes from value to position and back', () => {
    if (typeof row.default !== 'number' || row.default === 0) return;
    const there = scale.toValue(scale.toPosition(row.default));
    expect(Math.abs(there / row.default - 1)).toBeLessThan(0.006);
  });
});

describe('the travel', () => {
  const scaleOf = (key: Parameters<typeof parameterRow>[0]) => sliderScale(parameterRow(key));
  it('is by factors where a linear slider could not reach the default', () => {
    expect(scaleOf('chips.power_W')?.logarithmic).toBe(true);
    expect(scaleOf('drive.frequency_Hz')?.logarithmic).toBe(true);
    expect(scaleOf('cooling.room_temperature_K')?.logarithmic).toBe(false);
  });
  it('snaps to round steps', () => {
    expect(scaleOf('cooling.room_temperature_K')?.nudge(300, 1)).toBe(300.5);
    expect(scaleOf('layout.spacing_m')?.nudge(0.147, 1)).toBe(0.148);
    expect(scaleOf('gas_oscillation.chamber_count')?.nudge(1, 1)).toBe(2);
  });
});
