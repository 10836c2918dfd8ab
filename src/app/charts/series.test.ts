// Charts show display units with peaks kept; zooming keeps the pointer's time in place and stays within the record.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SeriesReply } from '../../worker/protocol.ts';
import { nearestPoint, shownSpan, timeAxis, toChart, toCsv, within, zoomed } from './series.ts';

const reply: SeriesReply = {
  time: Float64Array.of(0, 1, 2, 3),
  series: {
    pressureRatioRms: {
      min: Float64Array.of(0.01, 0.01, Number.NaN, 0.02),
      max: Float64Array.of(0.01, 0.03, Number.NaN, 0.02),
    },
    drivePower_W: { min: Float64Array.of(1000, 1000, 2000, 2000), max: Float64Array.of(1000, 1000, 2000, 2000) },
  },
  span: [0, 3],
  events: [],
};

describe('a chart', () => {
  it('converts to the display unit and keeps peaks', () => {
    const chart = toChart('pressureRatioRms', reply, 0, 3);
    expect(chart.points).toHaveLength(3);
    expect(chart.points[1]?.band).toEqual([1, 3]);
    expect(chart.hasBand).toBe(true);
    expect(chart.y.unit).toBe('%');
  });
  it('chooses a prefix', () => {
    const chart = toChart('drivePower_W', reply, 0, 3);
    expect(chart.y.unit).toBe('kW');
    expect(chart.points[3]?.mid).toBe(2);
    expect(chart.hasBand).toBe(false);
  });
  it('is empty but whole without data', () => {
    const chart = toChart('machMax', reply, 0, 3);
    expect(chart.points).toEqual([]);
    expect(chart.y.ticks.length).toBeGreaterThan(1);
  });
});

describe('time', () => {
  it('reads in the unit of its size', () => {
    expect(timeAxis(0, 0.5).unit).toBe('ms');
    expect(timeAxis(0, 0.5).ticks[1]).toBeCloseTo(0.1);
    expect(timeAxis(0, 50).unit).toBe('s');
    expect(timeAxis(0, 5000).unit).toBe('min');
  });
  it('finds the nearest point', () => {
    const { points } = toChart('drivePower_W', reply, 0, 3);
    expect(nearestPoint(points, 1.4)?.t).toBe(1);
    expect(nearestPoint(points, 1.6)?.t).toBe(2);
    expect(nearestPoint(points, -5)?.t).toBe(0);
    expect(nearestPoint([], 1)).toBeNull();
  });
  it('follows, zooms or shows everything', () => {
    expect(shownSpan(null, 10, 25, 25e-6)).toEqual([15, 25]);
    expect(shownSpan(null, null, 25, 0.1)).toEqual([0, 25]);
    expect(shownSpan([1, 2], 10, 25, 30)).toEqual([1, 2]);
    // Steps of half a minute: ten seconds would show nothing.
    expect(shownSpan(null, 10, 3600, 30)).toEqual([2400, 3600]);
  });
  it('zooms about the pointer and stays within the record', () => {
    expect(zoomed([0, 10], 5, 0.5, [0, 100])).toEqual([2.5, 7.5]);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 90, noNaN: true }),
        fc.double({ min: 0.1, max: 5, noNaN: true }),
        (about, factor) => {
          const [from, to] = zoomed([0, 90], about, factor, [0, 100]);
          expect(from).toBeGreaterThanOrEqual(-1e-9);
          expect(to).toBeLessThanOrEqual(100 + 1e-9);
          expect(to).toBeGreaterThan(from);
        },
      ),
    );
    expect(within([-5, 5], [0, 100])).toEqual([0, 10]);
  });
});

describe('CSV', () => {
  it('has a row per bucket and empty cells where nothing was recorded', () => {
    expect(toCsv(['pressureRatioRms'], reply)).toBe(
      'time_s,pressureRatioRms_min,pressureRatioRms_max\n0,0.01,0.01\n1,0.01,0.03\n2,,\n3,0.02,0.02\n',
    );
  });
});
