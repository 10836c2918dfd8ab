import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AlarmMachine } from './alarm-machine.ts';
import { ReferenceAlarm } from './alarm-reference.testing.ts';
import {
  ALARM_COMMANDS,
  ALARM_STATES,
  type AlarmCommand,
  type AlarmCommandKind,
  type AlarmEvent,
  type AlarmState,
} from './alarm-states.ts';

const KINDS = [
  { latching: false, longestShelving_s: 100 },
  { latching: true, longestShelving_s: 50 },
  { latching: true, longestShelving_s: 0 },
];

function machineOf(kindOf: readonly number[]): { machine: AlarmMachine; events: AlarmEvent[] } {
  const events: AlarmEvent[] = [];
  return { machine: new AlarmMachine(KINDS, kindOf, (event) => events.push(event)), events };
}

const command = (kind: AlarmCommandKind, alarm = 0, more: Partial<AlarmCommand> = {}): AlarmCommand => ({
  kind,
  alarm,
  who: 'Ada',
  why: 'test',
  ...more,
});

/** Runs a script of "in", "out" and command names on one alarm, one second apart; states after each. */
function script(kind: number, steps: readonly string[]): AlarmState[] {
  const { machine } = machineOf([kind]);
  return steps.map((step, t) => {
    machine.step(t);
    if (step === 'in' || step === 'out') machine.setCondition(0, step === 'in', t);
    else machine.command(command(step as AlarmCommandKind, 0, { duration_s: 10 }), t);
    return machine.state(0);
  });
}

describe('the life of an alarm (ISA-18.2)', () => {
  it('comes, is acknowledged, goes', () => {
    expect(script(0, ['in', 'acknowledge', 'out'])).toEqual(['unacknowledged', 'acknowledged', 'normal']);
  });

  it('gone before it is acknowledged, it waits for that', () => {
    expect(script(0, ['in', 'out', 'acknowledge'])).toEqual(['unacknowledged', 'returned-unacknowledged', 'normal']);
  });

  it('comes again while it waits', () => {
    expect(script(0, ['in', 'out', 'in'])[2]).toBe('unacknowledged');
  });

  it('latching: stays until it is acknowledged and reset, in that order', () => {
    expect(script(1, ['in', 'out', 'reset', 'acknowledge', 'reset'])).toEqual([
      'unacknowledged',
      'latched-unacknowledged',
      'latched-unacknowledged',
      'latched-acknowledged',
      'normal',
    ]);
  });

  it('latching: a reset while the condition lasts is refused, and a new occurrence is a new alarm', () => {
    expect(script(1, ['in', 'acknowledge', 'reset', 'out', 'in'])).toEqual([
      'unacknowledged',
      'acknowledged',
      'acknowledged',
      'latched-acknowledged',
      'unacknowledged',
    ]);
  });

  it('hidden with its condition present, it comes back unacknowledged, acknowledged before or not', () => {
    expect(script(0, ['in', 'acknowledge', 'shelve', 'unshelve'])[3]).toBe('unacknowledged');
    expect(script(0, ['in', 'acknowledge', 'suppress', 'unsuppress'])[3]).toBe('unacknowledged');
    expect(script(0, ['shelve', 'in', 'unshelve'])).toEqual(['shelved', 'shelved', 'unacknowledged']);
  });

  it('hidden while it comes and goes: normal again, or latched', () => {
    expect(script(0, ['suppress', 'in', 'out', 'unsuppress'])[3]).toBe('normal');
    expect(script(1, ['suppress', 'in', 'out', 'unsuppress'])[3]).toBe('latched-unacknowledged');
  });

  it('unacknowledged when it was hidden, it still asks for it afterwards', () => {
    expect(script(0, ['in', 'suppress', 'out', 'unsuppress'])[3]).toBe('returned-unacknowledged');
    expect(script(0, ['in', 'suppress', 'out', 'in', 'out', 'unsuppress'])[5]).toBe('returned-unacknowledged');
  });

  it('what hides it most is shown, and each ends by itself', () => {
    expect(
      script(0, ['in', 'shelve', 'suppress', 'take-out-of-service', 'unsuppress', 'return-to-service', 'unshelve']),
    ).toEqual([
      'unacknowledged',
      'shelved',
      'suppressed-by-design',
      'out-of-service',
      'out-of-service',
      'shelved',
      'unacknowledged',
    ]);
  });
});

describe('shelving', () => {
  it('ends when its time is over, with an event by the timer', () => {
    const { machine, events } = machineOf([0, 0]);
    machine.setCondition(1, true, 1);
    machine.command(command('shelve', 1, { duration_s: 5 }), 2);
    machine.step(6.9);
    expect(machine.state(1)).toBe('shelved');
    expect(machine.shelvedUntil_s(1)).toBe(7);
    machine.step(7);
    expect(machine.state(1)).toBe('unacknowledged');
    expect(events.at(-1)).toMatchObject({ time_s: 7, alarm: 1, from: 'shelved', to: 'unacknowledged', who: 'timer' });
  });

  it('of several each ends at its own time, in whatever order they began', () => {
    const { machine } = machineOf([0, 0, 0]);
    [5, 60, 20].forEach((duration_s, alarm) => {
      machine.command(command('shelve', alarm, { duration_s }), 0);
    });
    const shelved = [4, 5, 19, 20, 59, 60].map((t) => {
      machine.step(t);
      return [0, 1, 2].filter((alarm) => machine.state(alarm) === 'shelved');
    });
    expect(shelved).toEqual([[0, 1, 2], [1, 2], [1, 2], [1], [1], []]);
  });

  it.each([
    [0, 0],
    [0, -1],
    [0, Number.NaN],
    [0, Number.POSITIVE_INFINITY],
    [0, 100.1],
    [2, 1],
  ])('kind %i for %d s is refused and changes nothing', (kind, duration_s) => {
    const { machine, events } = machineOf([kind]);
    const reply = machine.command(command('shelve', 0, { duration_s }), 0);
    expect(reply.ok).toBe(false);
    expect(machine.state(0)).toBe('normal');
    expect(events).toEqual([]);
  });
});

describe('commands', () => {
  it.each(ALARM_COMMANDS)('%s without a name is refused', (kind) => {
    const { machine } = machineOf([1]);
    machine.setCondition(0, true, 0);
    expect(machine.command(command(kind, 0, { who: ' ', duration_s: 5 }), 0)).toMatchObject({
      ok: false,
      problem: { remedy: 'Say who acts.' },
    });
  });

  it.each(['shelve', 'suppress', 'take-out-of-service'] as const)('%s without a reason is refused', (kind) => {
    const { machine } = machineOf([0]);
    expect(machine.command(command(kind, 0, { why: '', duration_s: 5 }), 0)).toMatchObject({
      ok: false,
      problem: { remedy: 'Say why.' },
    });
  });

  it('on an alarm that does not exist is refused; a condition of one is a programmer’s error', () => {
    const { machine } = machineOf([0]);
    for (const alarm of [-1, 1, 0.5, Number.NaN]) {
      expect(machine.command(command('acknowledge', alarm), 0).ok).toBe(false);
      expect(() => machine.setCondition(alarm, true, 0)).toThrow(RangeError);
    }
  });

  it('time does not run backwards', () => {
    const { machine } = machineOf([0]);
    machine.step(5);
    expect(() => machine.step(4)).toThrow(RangeError);
    expect(() => machine.setCondition(0, true, Number.NaN)).toThrow(RangeError);
  });

  it('says who hid an alarm and why', () => {
    const { machine } = machineOf([0]);
    machine.command(command('suppress', 0, { who: 'logic', why: 'pump 3 tripped' }), 0);
    machine.command(command('take-out-of-service', 0, { who: 'Grace', why: 'sensor replaced' }), 1);
    expect(machine.hiding(0)).toEqual([
      { alarm: 0, state: 'out-of-service', who: 'Grace', why: 'sensor replaced' },
      { alarm: 0, state: 'suppressed-by-design', who: 'logic', why: 'pump 3 tripped' },
    ]);
  });
});

type Act =
  | { do: 'condition'; alarm: number; present: boolean }
  | { do: 'command'; command: AlarmCommand }
  | { do: 'wait'; seconds: number };

const ALARMS = 6;
const KIND_OF = [0, 1, 2, 0, 1, 2];
const alarmIndex = fc.integer({ min: 0, max: ALARMS - 1 });
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ do: fc.constant('condition' as const), alarm: alarmIndex, present: fc.boolean() }),
  fc.record({
    do: fc.constant('command' as const),
    command: fc.record({
      kind: fc.constantFrom(...ALARM_COMMANDS, 'shelve', 'shelve', 'unsuppress', 'return-to-service'),
      alarm: alarmIndex,
      who: fc.constantFrom('Ada', 'Ada', 'Ada', 'Grace', 'Grace', ''),
      why: fc.constantFrom('because', 'because', 'because', ''),
      duration_s: fc.constantFrom(1, 5, 20, 40, 40, 60, 200, 0, -1, Number.NaN),
    }),
  }),
  fc.record({ do: fc.constant('wait' as const), seconds: fc.constantFrom(0, 0.5, 0.5, 2, 5, 40) }),
);

describe('100,000 random events', () => {
  it('agree with the reference, reach only known states, and lose nothing', () => {
    let total = 0;
    const reached = new Set<AlarmState>();
    fc.assert(
      fc.property(fc.array(act, { minLength: 500, maxLength: 500 }), (acts) => {
        total += acts.length;
        const { machine, events } = machineOf(KIND_OF);
        const reference = KIND_OF.map((k) => new ReferenceAlarm(KINDS[k].latching, KINDS[k].longestShelving_s));
        let now = 0;
        let conditions = 0;
        for (const one of acts) {
          if (one.do === 'wait') {
            now += one.seconds;
            machine.step(now);
            for (const alarm of reference) alarm.time(now);
          } else if (one.do === 'condition') {
            if (reference[one.alarm].present !== one.present) conditions++;
            reference[one.alarm].condition(one.present);
            machine.setCondition(one.alarm, one.present, now);
          } else {
            const lawful = reference[one.command.alarm].command(one.command, now);
            const before = events.length;
            const reply = machine.command(one.command, now);
            expect(reply.ok).toBe(lawful);
            expect(events.length - before).toBe(lawful ? 1 : 0);
            if (!reply.ok) expect(reply.problem.message !== '' && reply.problem.remedy !== '').toBe(true);
          }
          for (let i = 0; i < ALARMS; i++) {
            if (machine.state(i) !== reference[i].state) expect(machine.state(i)).toBe(reference[i].state);
            reached.add(machine.state(i));
          }
        }
        checkEvents(events, machine, conditions);
      }),
      { numRuns: 200, seed: 18_02_2016 },
    );
    expect(total).toBe(100_000);
    expect([...reached].sort()).toEqual([...ALARM_STATES].sort());
  });
});

/** The events alone tell the whole story: they chain without a gap, and every coming and going is among them. */
function checkEvents(events: readonly AlarmEvent[], machine: AlarmMachine, conditions: number): void {
  const last: AlarmState[] = KIND_OF.map(() => 'normal');
  const present = KIND_OF.map(() => false);
  let changes = 0;
  let time = 0;
  for (const event of events) {
    expect(event.from).toBe(last[event.alarm]);
    expect(event.time_s).toBeGreaterThanOrEqual(time);
    if (event.condition !== present[event.alarm]) changes++;
    present[event.alarm] = event.condition;
    last[event.alarm] = event.to;
    time = event.time_s;
  }
  expect(changes).toBe(conditions);
  for (let i = 0; i < ALARMS; i++) {
    expect(machine.state(i)).toBe(last[i]);
    expect(machine.condition(i)).toBe(present[i]);
  }
}

describe('a snapshot', () => {
  it('goes on as the original does', () => {
    const first = machineOf(KIND_OF);
    first.machine.setCondition(1, true, 1);
    first.machine.command(command('shelve', 0, { duration_s: 9 }), 2);
    first.machine.command(command('suppress', 1), 3);
    const second = machineOf(KIND_OF);
    second.machine.arrays().forEach((array, k) => {
      array.set(first.machine.arrays()[k]);
    });
    second.machine.restoreNotes(first.machine.snapshotNotes());
    first.events.length = 0;
    for (const { machine } of [first, second]) {
      machine.setCondition(1, false, 4);
      machine.step(11);
      machine.command(command('unsuppress', 1), 12);
    }
    expect(second.events).toEqual(first.events);
    expect(second.events.length).toBe(3);
    expect(second.machine.hiding(0)).toEqual([]);
  });
});
