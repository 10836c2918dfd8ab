// The Pressure tab without its picture: which series are asked for and drawn, limits, setpoints as edits, figures for people.

import { describe, expect, it } from 'vitest';
import { ATM } from '../../../engine/constants.ts';
import { loopName, loopText } from '../../../engine/pressure-control/plant/loop-name.ts';
import { SEED_LIMITS } from '../../../engine/pressure-control/safety/ladder.ts';
import type { TrendName } from '../../../worker/pressure-trends.ts';
import { atm, perAtm, percent, seconds, signedKilopascal } from './figures.ts';
import { gainsEdit, type LoopPlace, setpointEdit } from './loop-edit.ts';
import {
  compressorSpec,
  limitBands,
  limitsOutside,
  MOST_LINES,
  pressureSpec,
  Trends,
  trendLines,
  trendNames,
  valveSpec,
} from './trend-lines.ts';

describe('figures', () => {
  it('have signs, units’ sizes and a mark for what is not there', () => {
    expect(atm(5 * ATM)).toBe('5.0000');
    expect([-1234, -2, 0, 3, 7, 1234].map(signedKilopascal)).toEqual([
      '−1.23',
      '0.00',
      '0.00',
      '0.00',
      '+0.01',
      '+1.23',
    ]);
    expect(percent(-0.0167, 2)).toBe('−1.67');
    expect(perAtm(1.15e-7)).toBe('1.17');
    expect([seconds(null), seconds(Number.NaN), seconds(1.5)]).toEqual(['–', '–', '1.50']);
    expect([loopName('farm', 0), loopName('layer', 2), loopName('chamber', 12)]).toEqual([
      'Whole farm',
      'Layer 3',
      'Chamber 12',
    ]);
    expect([loopText('farm', 0), loopText('layer', 2), loopText('chamber', 12)]).toEqual([
      'the whole farm',
      'layer 3',
      'chamber 12',
    ]);
  });
});

describe('of one loop', () => {
  const of = (scope: LoopPlace['scope'], loop: number): LoopPlace => ({ scope, loop, layers: [0, 0, 1, 1] });
  it('a setpoint is one value where all want the same, else a list', () => {
    expect(setpointEdit(5, of('farm', 0), 6)).toEqual({ 'control.setpoint_Pa': 6 });
    expect(setpointEdit([1, 2, 3, 4], of('farm', 0), 6)).toEqual({ 'control.setpoint_Pa': 6 });
    expect(setpointEdit(5, of('layer', 1), 6)).toEqual({ 'control.setpoint_Pa': [5, 5, 6, 6] });
    expect(setpointEdit([5, 5, 6, 6], of('layer', 1), 5)).toEqual({ 'control.setpoint_Pa': 5 });
    expect(setpointEdit([5, 5, 6, 6], of('chamber', 0), 7)).toEqual({ 'control.setpoint_Pa': [7, 5, 6, 6] });
  });

  it('gains are given beside those of other loops, and taken back to the valves’ sizes', () => {
    const none = { gain: 0, integralTime: 1 };
    const found = { gain: 1e-7, integralTime: 2 };
    expect(gainsEdit(none, of('farm', 0), found)).toEqual({
      'control.gain_per_Pa': 1e-7,
      'control.integral_time_s': 2,
    });
    const edits = gainsEdit(none, of('layer', 1), found);
    expect(edits).toEqual({ 'control.gain_per_Pa': [0, 0, 1e-7, 1e-7], 'control.integral_time_s': [1, 1, 2, 2] });
    const lists = { gain: [0, 0, 1e-7, 1e-7], integralTime: [1, 1, 2, 2] };
    expect(gainsEdit(lists, of('layer', 1), null)).toEqual({ 'control.gain_per_Pa': 0 });
  });
});

/** A reply in which every series is its place in the list, with a peak of a half about it. */
function trendsOf(names: readonly TrendName[], time = [1, 2, 3]): Trends {
  const series = names.map((_, m) => ({
    min: Float64Array.from(time, () => (m + 1) * ATM - 500),
    max: Float64Array.from(time, () => (m + 1) * ATM + 500),
  }));
  return new Trends(names, { time: Float64Array.from(time), series, span: [1, 3], interval_s: 0.05 });
}
const frame = { from: 1, to: 3, last: true };

describe('trends', () => {
  it('ask for sensors and truth, setpoints, valves and compressor, each once', () => {
    const names = trendNames(trendLines('loops', 'layer', [0, 3], []));
    expect(names.slice(0, 6)).toEqual([
      'loop 0 sensed',
      'loop 0 truth',
      'loop 0 setpoint',
      'loop 3 sensed',
      'loop 3 truth',
      'loop 3 setpoint',
    ]);
    expect(new Set(names).size).toBe(names.length);
    expect(names.slice(-4)).toEqual(['supplyOpening', 'returnOpening', 'compressorFlow', 'compressorPower']);
    expect(trendNames(trendLines('farm', 'farm', [0], [7]))).toContain('truthHigh');
    expect(trendLines('chambers', 'farm', [0], [7, 9]).map(({ label }) => label)).toEqual(['Chamber 7', 'Chamber 9']);
    const many = trendLines('loops', 'layer', [0, 1, 2, 3, 4, 5, 6, 7], []);
    expect(many.length).toBe(MOST_LINES);
    expect(new Set(many.map(({ colour }) => colour)).size).toBe(MOST_LINES);
  });

  it('draw what is seen, in atm, with the spread and the setpoint dashed', () => {
    const lines = trendLines('farm', 'farm', [0], []);
    const names = trendNames(lines);
    const spec = (seen: 'sensed' | 'truth') => pressureSpec(trendsOf(names), lines, seen, SEED_LIMITS, false, frame);
    const [line, wanted] = spec('truth').curves;
    expect(line?.y[0]).toBeCloseTo(names.indexOf('truthMean') + 1, 9);
    expect(line?.spread?.low[0]).toBeCloseTo(names.indexOf('truthLow') + 1 - 500 / ATM, 9);
    expect(line?.spread?.high[0]).toBeCloseTo(names.indexOf('truthHigh') + 1 + 500 / ATM, 9);
    expect(spec('sensed').curves[0]?.y[0]).toBeCloseTo(names.indexOf('sensedMean') + 1, 9);
    expect([line?.dashed, wanted?.dashed]).toEqual([undefined, true]);
    expect(wanted?.y[0]).toBeCloseTo(names.indexOf('setpoint') + 1, 9);
    const reach = pressureSpec(trendsOf(names), lines, 'sensed', SEED_LIMITS, true, frame);
    expect(reach.y.min).toBe(0);
    expect(reach.y.max).toBeCloseTo(1.08 * 15, 9);
  });

  it('show limits as bands, or say that they lie off the axis', () => {
    expect(limitBands(SEED_LIMITS).map(({ from, to }) => [from, to])).toEqual([
      [15, Number.POSITIVE_INFINITY],
      [12, 15],
      [Number.NEGATIVE_INFINITY, 0.05],
    ]);
    expect(limitsOutside(SEED_LIMITS, 4.9, 5.1)).toBe('Off axis: vacuum 0.05, alert 12, trip 15\u202fatm');
    expect(limitsOutside(SEED_LIMITS, 4.9, 12.5)).toBe('Off axis: vacuum 0.05, trip 15\u202fatm');
    expect(limitsOutside(SEED_LIMITS, 0, 16)).toBe('');
  });

  it('read values at the cursor, or the latest that there is', () => {
    const series = [{ min: Float64Array.of(1, 2, 3, Number.NaN), max: Float64Array.of(1, 4, 3, Number.NaN) }];
    const reply = { time: Float64Array.of(10, 20, 30, 40), series, span: [10, 40] as const, interval_s: 0.05 };
    const trends = new Trends(['setpoint'], reply);
    expect([null, 25, 10, 5, 40].map((t) => trends.at('setpoint', t))).toEqual([3, 3, 1, 1, Number.NaN]);
    expect(trends.at('sensedMean', null)).toBeNaN();
  });

  it('leave out what has no numbers, and write time in the unit that reads best', () => {
    const names: TrendName[] = ['supplyOpening', 'compressorPower'];
    const nothing = Float64Array.of(Number.NaN, Number.NaN);
    const series = names.map(() => ({ min: nothing, max: nothing }));
    const reply = { time: Float64Array.of(0, 7200), series, span: [0, 7200] as const, interval_s: 0.05 };
    const trends = new Trends(names, reply);
    const hour = { from: 0, to: 7200, last: true };
    expect(valveSpec(trends, hour).curves).toEqual([]);
    expect(compressorSpec(trends, 'power', hour)).toMatchObject({
      curves: [],
      x: { title: 'Simulated time (min)', max: 120 },
    });
    expect(compressorSpec(trendsOf(names), 'power', frame).curves[0]?.y[0]).toBeCloseTo((2 * ATM) / 1000, 9);
  });
});
