import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FaultSpec } from './fault-kinds.ts';
import { type FaultEvent, FaultSchedule } from './schedule.ts';

const leak = (start_s: number, end_s: number | null, targets = [3], bore = 1e-3): FaultSpec => ({
  kind: 'leak',
  targets,
  magnitudes: [bore],
  start_s,
  end_s,
});

function schedule(): { faults: FaultSchedule; events: FaultEvent[] } {
  const events: FaultEvent[] = [];
  return { faults: new FaultSchedule((event) => events.push(event)), events };
}

describe('the schedule of faults', () => {
  it('starts and ends them at their time, the end not included', () => {
    const { faults, events } = schedule();
    faults.add(leak(1, 2), 'Ada', 0);
    const acting = [0.5, 1, 1.9, 2, 3].map((t) => {
      faults.step(t);
      return faults.at('leak', 3) !== undefined;
    });
    expect(acting).toEqual([false, true, true, false, false]);
    expect(events.map(({ what, time_s, who }) => [what, time_s, who])).toEqual([
      ['added', 0, 'Ada'],
      ['started', 1, 'Ada'],
      ['ended', 2, 'timer'],
    ]);
    expect(events[0].fault).toBe('leak=0.001@3:1:2');
  });

  it('acts at once when injected, until cleared', () => {
    const { faults, events } = schedule();
    const id = faults.inject({ kind: 'pump-trip', targets: [0], magnitudes: [] }, null, 'Ada', 5);
    expect(faults.at('pump-trip', 0)).toEqual([]);
    expect(faults.at('pump-trip', 1)).toBeUndefined();
    faults.step(1e9);
    expect(faults.active.length).toBe(1);
    expect(faults.clear(id, 'Grace', 'repaired', 1e9)).toBe(true);
    expect(faults.active).toEqual([]);
    expect(faults.clear(id, 'Grace', 'again', 1e9)).toBe(false);
    expect(events.at(-1)).toMatchObject({ what: 'cleared', who: 'Grace', why: 'repaired' });
  });

  it('one cleared before its start never acts', () => {
    const { faults } = schedule();
    const id = faults.add(leak(10, null), 'Ada', 0);
    faults.clear(id, 'Ada', 'mistyped', 1);
    faults.step(11);
    expect(faults.active).toEqual([]);
    expect(faults.all[0].state).toBe('cleared');
  });

  it('of two of a kind at a place the one added last acts; then the other again', () => {
    const { faults } = schedule();
    faults.add(leak(0, null, [1, 2], 1e-3), 'Ada', 0);
    const second = faults.add(leak(0, null, [2], 9e-3), 'Ada', 0);
    expect(faults.at('leak', 2)).toEqual([9e-3]);
    expect(faults.at('leak', 1)).toEqual([1e-3]);
    faults.clear(second, 'Ada', '', 1);
    expect(faults.at('leak', 2)).toEqual([1e-3]);
  });

  it('keeps its version and its list while nothing changes', () => {
    const { faults } = schedule();
    faults.add(leak(0, 100), 'Ada', 0);
    const { version, active } = faults;
    for (let t = 1; t < 100; t++) faults.step(t);
    expect(faults.version).toBe(version);
    expect(faults.active).toBe(active);
    faults.step(100);
    expect(faults.version).toBe(version + 1);
  });

  it('a run cut by a snapshot is the same run', () => {
    const time = fc.double({ min: 0, max: 20, noNaN: true });
    const spec = fc.tuple(time, fc.option(time)).map(([a, b]) => leak(a, b === null ? null : a + b + 0.01));
    fc.assert(
      fc.property(fc.array(spec, { maxLength: 8 }), time, (specs, cut) => {
        const whole = schedule();
        for (const one of specs) whole.faults.add(one, 'Ada', 0);
        whole.faults.step(cut);
        const saved = JSON.parse(JSON.stringify(whole.faults.snapshot()));
        const second = schedule();
        second.faults.restore(saved);
        whole.events.length = 0;
        for (let t = cut; t < 60; t += 0.7) {
          whole.faults.step(t);
          second.faults.step(t);
          expect(second.faults.active).toEqual(whole.faults.active);
        }
        expect(second.events).toEqual(whole.events);
        expect(second.faults.snapshot()).toEqual(whole.faults.snapshot());
      }),
      { numRuns: 200, seed: 4711 },
    );
  });

  it('every fault ends in the state its times say, whatever the step', () => {
    const { faults } = schedule();
    faults.add(leak(1, 1.5), 'Ada', 0);
    faults.step(9);
    expect(faults.all[0].state).toBe('ended');
    faults.add(leak(2, 3), 'Ada', 10);
    expect(faults.all[1].state).toBe('ended');
    expect(faults.active).toEqual([]);
  });
});
