import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmDefinition } from '../monitoring/alarms/alarm-definitions.ts';
import { createRandom } from '../numerics/random.ts';
import { unitOf } from '../parameters/units.ts';
import { SensorNumbers } from '../pressure-control/plant/sensor-numbers.ts';
import { SensorPlacement } from '../pressure-control/sensors/placement.ts';
import { pairedFaults, randomFault, singleFaults } from './campaign.ts';
import { FAULT_KIND_NAMES, type FaultSpec, faultKind } from './fault-kinds.ts';
import { faultText, parseFault } from './parse.ts';

const COUNTS = { chamber: 20, duct: 30, valve: 60, pump: 2, fan: 1, header: 2, sensor: 100 };

function good(text: string): FaultSpec {
  const parsed = parseFault(text, COUNTS);
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  return parsed.fault;
}

function wrong(text: string): { message: string; remedy: string; column: number } {
  const parsed = parseFault(text, COUNTS);
  if (parsed.ok) throw new Error(`"${text}" was accepted`);
  const [{ message, remedy, column = 0 }] = parsed.problems;
  return { message, remedy, column };
}

describe('a fault as it is typed', () => {
  it('has kind, target and start; the rest by default', () => {
    expect(good('leak@12:0.1')).toEqual({ kind: 'leak', targets: [12], magnitudes: [2e-3], start_s: 0.1, end_s: null });
  });

  it('has an end, a magnitude, and units', () => {
    expect(good('leak=3mm@12:100ms:2')).toEqual({
      kind: 'leak',
      targets: [12],
      magnitudes: [3e-3],
      start_s: 0.1,
      end_s: 2,
    });
    expect(good('power-dip=40%@farm:1').magnitudes).toEqual([0.4]);
    expect(good('clock-failure=1e-5,1e-9@farm:1').magnitudes).toEqual([1e-5, 1e-9]);
    expect(good('clock-failure=1e-5@*:1').magnitudes).toEqual([1e-5, 0]);
  });

  it('has lists, ranges and all', () => {
    expect(good('stuck-valve=0.5@9,3,7-9:1').targets).toEqual([3, 7, 8, 9]);
    expect(good('pump-trip@*:1').targets).toEqual([0, 1]);
    expect(good('network-loss@0:1').targets).toEqual([0]);
  });

  it.each([
    ['leek@12:0', 1, 'There is no fault "leek".', 'Did you mean "leak"?'],
    ['sensor_stuck@1:0', 1, 'There is no fault "sensor_stuck".', 'Did you mean "sensor-stuck"?'],
    ['leak 12', 8, 'The fault names no target: "@" is missing.', /^Write kind/],
    ['leak@12', 8, 'The fault has no start: ":" is missing.', /^Write kind/],
    ['leak@20:0', 6, 'There is no chamber 20.', 'Give chamber 0 to 19, a list 3,7,9-12, or *.'],
    ['leak@3,x:0', 8, '"x" is no chamber.', /Give chamber 0 to 19/],
    ['leak@9-3:0', 6, 'The range 9-3 runs backwards.', 'Write 3-9.'],
    ['leak@0-999999999:0', 6, 'There is no chamber 999999999.', /0 to 19/],
    ['leak=1@1:0', 6, 'Bore: 1 is out of range.', 'Bore: give 0.0001 to 0.05 m'],
    ['leak=2K@1:0', 6, /^Bore: "2K": unit "K" does not fit here/, /^Bore: give/],
    ['leak=NaN@1:0', 6, /^Bore: "NaN": not a number/, /^Bore: give/],
    ['pump-trip=1@1:0', 11, 'The fault pump-trip has no magnitude.', 'Write pump-trip@… without "=".'],
    ['leak=1mm,2mm@1:0', 6, 'The fault leak has 1 magnitude(s), not 2.', /^Bore/],
    ['leak@1:2:1', 10, 'The end, 1 s, is not after the start, 2 s.', 'Give a later end, or none.'],
    ['leak@1:-1', 8, 'The start is before the beginning.', 'Give 0 or more seconds.'],
    ['leak@1:', 8, /^The start "": not a number/, 'Give seconds of simulated time.'],
    ['leak@1:0:1:2', 10, /^The end "1:2": /, 'Give seconds of simulated time.'],
    ['__proto__@1:0', 1, 'There is no fault "__proto__".', /^Known kinds: leak, /],
    ['constructor@1:0', 1, 'There is no fault "constructor".', /^Known kinds: leak, /],
  ])('"%s" is refused at column %i', (text, column, message, remedy) => {
    const problem = wrong(text);
    expect(problem.column).toBe(column);
    expect(problem.message).toMatch(message);
    expect(problem.remedy).toMatch(remedy);
  });

  it('of what the farm does not have is refused', () => {
    const parsed = parseFault('fan-failure@*:0', { ...COUNTS, fan: 0 });
    expect(parsed).toMatchObject({ ok: false, problems: [{ remedy: 'This farm has no fan.' }] });
  });

  it('written out is read back the same', () => {
    const random = createRandom(7);
    for (let k = 0; k < 2000; k++) {
      const kind = FAULT_KIND_NAMES[k % FAULT_KIND_NAMES.length];
      const one = randomFault(random, kind, COUNTS, 100);
      const targets =
        faultKind(kind).target === 'farm' ? [0] : [...new Set([...one.targets, 0, 1])].sort((a, b) => a - b);
      const fits = faultKind(kind).target === 'fan' ? [0] : targets;
      expect(good(faultText({ ...one, targets: fits }))).toEqual({ ...one, targets: fits });
    }
  });

  it('whatever is typed gives a fault or a placed problem of one line', () => {
    const token = fc.constantFrom(
      'leak',
      'pump-trip',
      '@',
      '=',
      ':',
      ',',
      '-',
      '*',
      '1',
      '12',
      '0.5',
      'e9',
      'mm',
      '\n',
      '%',
      'farm',
    );
    const text = fc.oneof(
      fc.array(token, { maxLength: 14 }).map((t) => t.join('')),
      fc.string({ unit: 'binary', maxLength: 60 }),
    );
    let accepted = 0;
    fc.assert(
      fc.property(text, (typed) => {
        const parsed = parseFault(typed, COUNTS);
        if (parsed.ok) {
          accepted++;
          expect(good(faultText(parsed.fault))).toEqual(parsed.fault);
          return;
        }
        for (const { message, remedy, column = 0 } of parsed.problems) {
          expect(message).toMatch(/^[^\n]{5,400}$/);
          expect(remedy).toMatch(/^[^\n]{5,400}$/);
          expect(column >= 1 && column <= typed.length + 1).toBe(true);
        }
      }),
      { numRuns: 20_000, seed: 20261123, examples: [['leak@1:0'], ['leak=@1:0'], ['a'.repeat(100_000)]] },
    );
    expect(accepted).toBeGreaterThan(0);
  });
});

describe('sensors by tag', () => {
  const sensors = new SensorNumbers(new SensorPlacement(20));
  const counts = { ...COUNTS, sensor: sensors.count };
  const targets = (text: string): readonly number[] => {
    const parsed = parseFault(text, counts, sensors);
    if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
    return parsed.fault.targets;
  };
  const tags = (text: string): string[] => targets(text).map((k) => sensors.tag(k));

  it('are named singly, by slots, by chamber, with numbers beside them', () => {
    expect(tags('sensor-bias=0.1@PT-0003-4:0.2')).toEqual(['PT-0003-4']);
    expect(tags('sensor-stuck@xt-7-99-100,PT-0-1:0')).toEqual(['PT-0000-1', 'XT-0007-99', 'XT-0007-100']);
    expect(targets('sensor-dropout@13,TT-*-4:0').length).toBe(21);
    expect(tags('sensor-dropout@13:0')).toEqual(['PT-0002-2']);
  });

  it('"*" goes on meaning those that vote', () => {
    expect(targets('sensor-dropout@*:0')).toEqual(Array.from({ length: 120 }, (_, k) => k));
  });

  it.each([
    ['sensor-bias@PT-20-1:0', 13, 'There is no sensor PT-20-1.'],
    ['sensor-bias@PT-0-1,XT-0-101:0', 20, 'There is no sensor XT-0-101.'],
    ['sensor-bias@ZZ-0-1:0', 13, 'There is no sensor ZZ-0-1.'],
    ['sensor-bias@2360:0', 13, 'There is no sensor 2360.'],
  ])('"%s" is refused at column %i, with how sensors are named', (text, column, message) => {
    const parsed = parseFault(text, counts, sensors);
    if (parsed.ok) throw new Error('accepted');
    expect(parsed.problems[0]).toMatchObject({ column, message });
    expect(parsed.problems[0]?.remedy).toContain('Give a tag such as PT-0000-1 (chambers 0 to 19; TT 1 to 10');
  });

  it('are written by tag where they do not vote, and read back the same', () => {
    const text = 'sensor-dropout@3-5,PT-0003-4-5,XT-0007-1-100:1';
    const parsed = parseFault(text, counts, sensors);
    if (!parsed.ok) throw new Error('refused');
    expect(faultText(parsed.fault, sensors)).toBe(text);
    const random = createRandom(3);
    for (let k = 0; k < 300; k++) {
      const one = randomFault(random, 'sensor-noise', counts, 10, sensors);
      const more = [...new Set([...one.targets, 119, 120, 121, 900 + k])].sort((a, b) => a - b);
      const said = faultText({ ...one, targets: more }, sensors);
      expect(targets(said)).toEqual(more);
    }
  });

  it('a campaign draws those that vote and every kind of the others', () => {
    const random = createRandom(5);
    const drawn = Array.from({ length: 400 }, () => randomFault(random, 'sensor-bias', counts, 10, sensors).targets[0]);
    const letters = drawn.map((k = 0) => (k < sensors.voting ? 'vote' : sensors.tag(k).slice(0, 2)));
    for (const word of ['TT', 'PT', 'AT', 'XT', 'FT'])
      expect(letters.filter((one) => one === word).length).toBeGreaterThan(20);
    expect(letters.filter((one) => one === 'vote').length).toBeGreaterThan(150);
  });
});

describe('the kinds of fault', () => {
  it.each(FAULT_KIND_NAMES)('%s can be understood and has sound magnitudes', (kind) => {
    const row = faultKind(kind);
    expect(row.help).toMatch(/^[A-Z].{10,}\.$/);
    expect(alarmDefinition(row.firstAlarm).label).not.toBe('');
    for (const { unit, min, max, default: standard, logarithmic } of row.magnitudes) {
      expect(unitOf(unit)).toBeDefined();
      expect(min <= standard && standard <= max && min < max).toBe(true);
      if (logarithmic) expect(min).toBeGreaterThan(0);
    }
  });
});

describe('a campaign', () => {
  it('has every kind alone equally often, and every pair', () => {
    const single = singleFaults(1, COUNTS, 10, 5);
    for (const kind of FAULT_KIND_NAMES) expect(single.filter(([fault]) => fault.kind === kind).length).toBe(5);
    const n = FAULT_KIND_NAMES.length;
    const pairs = pairedFaults(1, COUNTS, 10, 1);
    expect(new Set(pairs.map((pair) => pair.map((f) => f.kind).join(' '))).size).toBe((n * (n - 1)) / 2);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(singleFaults(3, COUNTS, 10, 2)).toEqual(singleFaults(3, COUNTS, 10, 2));
    expect(singleFaults(3, COUNTS, 10, 2)).not.toEqual(singleFaults(4, COUNTS, 10, 2));
  });

  it('asks only for what could be typed', () => {
    for (const [fault] of singleFaults(5, COUNTS, 60, 50)) expect(good(faultText(fault))).toEqual(fault);
  });

  it('leaves out what the farm lacks', () => {
    const kinds = singleFaults(1, { ...COUNTS, fan: 0 }, 10, 1).map(([fault]) => fault.kind);
    expect(kinds).not.toContain('fan-failure');
    expect(kinds.length).toBe(FAULT_KIND_NAMES.length - 1);
  });
});
