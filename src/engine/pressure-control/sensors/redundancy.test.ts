// Sound instruments agree with what they are held against, over farms: so only faulty ones need to be watched.

import { describe, expect, it } from 'vitest';
import { APART, FROZEN_SAMPLES, InstrumentWatch, SCATTERING } from '../plant/instrument-watch.ts';
import { isVoter } from '../plant/sensor-numbers.ts';
import { SENSOR_KINDS, type SensorKind } from './catalogue.ts';
import { SensorPlacement } from './placement.ts';
import { companions, spreads } from './redundancy.ts';
import { SensorBank, type SensorFault, type SensorTruth } from './sensor-bank.ts';

/** An oscillation, pressures and temperatures that move, air. */
const AIR = [0, 0, 0.78, 0.21, 0.01, 0, 0];
const truth: SensorTruth = {
  lagged(kind, chamber, point, time, channel) {
    if (kind === 'pressure') return 5e5 + 5e4 * Math.sin(time + chamber);
    if (kind === 'temperature') return 310 + (point.kind === 'chip' ? 20 : point.kind === 'wall' ? 5 : 0) + time;
    if (kind === 'composition') return AIR[channel] as number;
    return kind === 'oscillation' ? 8e4 * Math.sin(6283 * time) : 0;
  },
};

const SCAN_S = 0.05;
const bankOf = (seed: number, chambers = 4): SensorBank => new SensorBank(new SensorPlacement(chambers), truth, seed);

/** Judges sensors for a time; the suspicion of each. */
function watched(bank: SensorBank, ids: readonly number[], duration_s: number, isStill = true) {
  const watch = new InstrumentWatch(bank);
  watch.follow(ids);
  const everSuspected = new Set<number>();
  for (let n = 0; n * SCAN_S < duration_s; n++) {
    watch.step(n * SCAN_S, isStill);
    // One sample in a million is lost of sound ones too; the alarm waits longer than that.
    for (const id of ids) if ((watch.suspicion(id) ?? 'lost') !== 'lost') everSuspected.add(id);
  }
  return { watch, everSuspected };
}

const idsOf = (bank: SensorBank, kind: SensorKind): number[] =>
  Array.from({ length: bank.placement.count }, (_, id) => id).filter(
    (id) => bank.placement.kindOf(id) === kind && !isVoter(bank.placement, id),
  );

describe('what instruments are held against', () => {
  it('is what feels the same in the same chamber', () => {
    const { placement } = bankOf(1);
    const tags = (tag: string): string[] =>
      companions(placement, placement.find(tag) as number).map((id) => placement.tag(id));
    expect(tags('PT-1-4')).toEqual(['PT-0001-4', 'PT-0001-5', 'PT-0001-1', 'PT-0001-2', 'PT-0001-3']);
    expect(tags('TT-1-5')).toEqual(['TT-0001-5', 'TT-0001-6', 'TT-0001-4']);
    expect(tags('TT-1-8')).toEqual(['TT-0001-8', 'TT-0001-7']);
    expect(tags('TT-1-10')).toEqual(['TT-0001-10', 'TT-0001-1', 'TT-0001-2', 'TT-0001-3', 'TT-0001-9']);
    expect(tags('XT-1-99').length).toBe(5);
    expect(tags('FT-1-1')).toEqual(['FT-0001-1']);
  });

  it.each(SENSOR_KINDS)('%s: sound ones never come near the limits, over seeds', (kind) => {
    const largest: number[] = [];
    for (let seed = 1; seed <= 12; seed++) {
      const bank = bankOf(seed);
      const ids = idsOf(bank, kind);
      const { watch, everSuspected } = watched(bank, ids, 12);
      expect([...everSuspected]).toEqual([]);
      const { watched: saved } = watch.save();
      for (let k = 0; k < saved.length; k += 8) {
        expect(saved[k + 3]).toBeLessThan(FROZEN_SAMPLES / 2);
        largest.push(Math.sqrt(saved[k + 5] as number) / APART, Math.sqrt(saved[k + 6] as number) / SCATTERING);
      }
    }
    expect(Math.max(...largest)).toBeLessThan(0.8);
    // And they are held against something: an exact agreement would say that nothing is compared.
    expect(Math.max(...largest)).toBeGreaterThan(0.1);
  });
});

describe('what the watch finds', () => {
  const cases: readonly (readonly [string, SensorFault, string | null])[] = [
    ['PT-1-4', { kind: 'dropped' }, 'lost'],
    ['PT-1-4', { kind: 'bias', offset: 5e4 }, 'deviation'],
    ['PT-1-5', { kind: 'bias', offset: 3e6 }, 'range'],
    ['PT-1-5', { kind: 'drift', rate: 2e3, since: 0 }, 'deviation'],
    ['PT-1-4', { kind: 'noisy', factor: 20 }, 'scatter'],
    ['PT-1-4', { kind: 'stuck', values: [5e5] }, 'frozen'],
    ['TT-2-5', { kind: 'bias', offset: 5 }, 'deviation'],
    ['TT-2-7', { kind: 'bias', offset: -5 }, 'deviation'],
    ['TT-2-9', { kind: 'noisy', factor: 20 }, 'scatter'],
    ['XT-0-77', { kind: 'bias', offset: 500 }, 'deviation'],
    ['XT-0-1', { kind: 'noisy', factor: 10 }, 'scatter'],
    ['XT-0-1', { kind: 'dropped' }, 'lost'],
    ['AT-3-1', { kind: 'bias', offset: 0.05 }, 'deviation'],
    ['AT-3-1', { kind: 'stuck', values: AIR }, 'frozen'],
    ['AT-3-1', { kind: 'dropped' }, 'lost'],
    ['FT-3-2', { kind: 'bias', offset: 0.5 }, 'deviation'],
    ['FT-3-2', { kind: 'stuck', values: [0.02] }, 'frozen'],
    // Far below the spread of its calibration: nothing tells.
    ['PT-1-4', { kind: 'bias', offset: 500 }, null],
  ];

  it.each(cases)('%s with %o: %s', (tag, fault, reason) => {
    const bank = bankOf(3);
    const id = bank.placement.find(tag) as number;
    bank.setFault(id, fault);
    const { watch } = watched(bank, [id], 40);
    expect(watch.suspicion(id)).toBe(reason);
  });

  it('a flow meter while gas can flow is known by loss, range and standstill only', () => {
    const bank = bankOf(3);
    const id = bank.placement.find('FT-3-2') as number;
    bank.setFault(id, { kind: 'bias', offset: 0.5 });
    expect(watched(bank, [id], 5, false).watch.suspicion(id)).toBeNull();
    bank.setFault(id, { kind: 'bias', offset: 4 });
    expect(watched(bank, [id], 5, false).watch.suspicion(id)).toBe('range');
  });

  it('a sound third tells which of three is wrong, and the loss of all but one leaves nothing to compare', () => {
    const bank = bankOf(3);
    const [a, b, c] = ['TT-0-4', 'TT-0-5', 'TT-0-6'].map((tag) => bank.placement.find(tag) as number) as [
      number,
      number,
      number,
    ];
    bank.setFault(a, { kind: 'bias', offset: 10 });
    const both = watched(bank, [a, b], 10);
    expect([both.watch.suspicion(a), both.watch.suspicion(b)]).toEqual(['deviation', null]);
    for (const id of [b, c]) bank.setFault(id, { kind: 'dropped' });
    expect(watched(bank, [a, b, c], 10).watch.suspicion(a)).toBeNull();
  });

  it('more than are judged at once take turns, and none is forgotten', () => {
    const bank = bankOf(3, 12);
    const ids = idsOf(bank, 'oscillation');
    for (const id of ids) bank.setFault(id, { kind: 'dropped' });
    const { watch } = watched(bank, ids, 0.2);
    expect(ids.length).toBe(1200);
    expect(ids.filter((id) => watch.suspicion(id) !== 'lost')).toEqual([]);
    expect(watch.suspects(7, true).length).toBe(100);
  });

  it('goes on from what it saved as if it had not been cut', () => {
    const bank = bankOf(5);
    const ids = ['PT-0-4', 'TT-1-7', 'AT-2-1', 'XT-3-50']
      .map((tag) => bank.placement.find(tag) as number)
      .sort((a, b) => a - b);
    for (const id of ids) bank.setFault(id, { kind: 'noisy', factor: 4 });
    const whole = new InstrumentWatch(bank);
    whole.follow(ids);
    const run = (watch: InstrumentWatch, from: number, to: number): void => {
      for (let n = from; n < to; n++) watch.step(n * SCAN_S, true);
    };
    run(whole, 0, 60);
    whole.alarmed.add(3);
    const second = new InstrumentWatch(bank);
    second.restore(JSON.parse(JSON.stringify(whole.save())));
    run(whole, 60, 200);
    run(second, 60, 200);
    expect(second.save()).toEqual(whole.save());
    expect(whole.save().watched.some((x) => x > 20)).toBe(true);
  });
});

it('spreads hold calibration and noise', () => {
  for (const kind of SENSOR_KINDS) expect(spreads(kind).whole).toBeGreaterThan(spreads(kind).noise);
});
