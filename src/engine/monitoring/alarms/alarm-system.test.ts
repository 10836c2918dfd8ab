import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATM } from '../../constants.ts';
import { ALARM_KINDS, type AlarmKind } from './alarm-definitions.ts';
import type { AlarmEvent } from './alarm-states.ts';
import { AlarmSystem } from './alarm-system.ts';
import type { PlantTopology } from './cause.ts';
import { type FloodEvent, FloodMonitor, isAnnouncement, staleAlarms, standingAlarms } from './flood.ts';
import { RECOVERY_S, SERIES_S, SERIES_SHOWN } from './group-suppression.ts';

const CHAMBERS = 1000;
const TARGETS = {
  chamber: CHAMBERS,
  duct: CHAMBERS,
  valve: 2 * CHAMBERS,
  pump: 4,
  fan: 4,
  header: 2,
  sensor: 3 * CHAMBERS,
};
const ROW: PlantTopology = {
  neighbours: (c) => [Math.max(0, c - 1), Math.min(CHAMBERS - 1, c + 1)],
  ductsOf: (c) => [c],
  valvesOf: (c) => [2 * c, 2 * c + 1],
  sensorsOf: (c) => [3 * c, 3 * c + 1, 3 * c + 2],
};

function system() {
  const events: AlarmEvent[] = [];
  const floods: FloodEvent[] = [];
  const alarms = new AlarmSystem({
    targets: TARGETS,
    topology: ROW,
    onEvent: (event) => events.push(event),
    onFlood: (event) => floods.push(event),
  });
  const set = (kind: AlarmKind, index: number, wrong: boolean, time: number): void =>
    alarms.machine.condition(alarms.table.instance(kind, index)) === wrong
      ? undefined
      : alarms.observeState(alarms.table.instance(kind, index), wrong, time);
  return { alarms, events, floods, set };
}

/** What follows from a failed fan where nobody acts: a thousand chambers warm, and trip, over ten minutes. */
function fanFailure(plant: ReturnType<typeof system>): void {
  const { alarms, set } = plant;
  const raised = alarms.first('chamber-temperature-raised');
  const high = alarms.first('chamber-temperature-high');
  const trip = alarms.first('chamber-temperature-trip');
  for (let t = 0; t <= 600; t++) {
    set('fan-failed', 1, true, t);
    if (t >= 3) alarms.observe(alarms.first('cooling-flow-low'), 0.2, t);
    for (let c = 0; c < CHAMBERS; c++) {
      const kelvin = 340 + t * 0.35 + (c % 100) * 0.1;
      alarms.observe(raised + c, kelvin, t);
      alarms.observe(high + c, kelvin, t);
      alarms.observe(trip + c, kelvin, t);
      if (kelvin >= 500) set('drive-stopped', c, true, t);
      if (kelvin >= 500) set('safety-trip', 0, true, t);
    }
    alarms.step(t);
  }
}

describe('an upset the plant was designed for', () => {
  const plant = system();
  fanFailure(plant);
  const { alarms, events, floods } = plant;
  const announced = events.filter(isAnnouncement);

  it('asks at most ten things of the operator in ten minutes, the cause first', () => {
    const kinds = announced.map((event) => alarms.table.kind(event.alarm));
    expect(kinds[0]).toBe('fan-failed');
    expect(announced.length).toBeLessThanOrEqual(10);
    expect(kinds).toContain('chamber-temperature-trip');
    expect(kinds).toContain('safety-trip');
    expect(floods).toEqual([]);
  });

  it('loses none: every chamber’s alarms are in the journal and under their cause', () => {
    const trips = events.filter((e) => alarms.table.kind(e.alarm) === 'chamber-temperature-trip' && e.condition);
    expect(new Set(trips.map((e) => e.alarm)).size).toBe(CHAMBERS);
    const fan = alarms.table.instance('fan-failed', 1);
    expect(alarms.groups.consequencesOf(fan).length + announced.length).toBe(
      [...Array(alarms.table.count).keys()].filter((a) => alarms.machine.condition(a)).length,
    );
    expect(alarms.machine.hiding(alarms.table.instance('drive-stopped', 500))[0].why).toBe(
      'follows from Fan failed (fan 1)',
    );
  });

  it('names the fan for every one of them', () => {
    for (const kind of ['chamber-temperature-trip', 'drive-stopped', 'safety-trip'] as const) {
      const { root } = alarms.explain(alarms.table.instance(kind, 0)) ?? { root: null };
      expect(root).toMatchObject({ kind: 'fan-failed', place: { index: 1 } });
    }
  });
});

describe('when the cause is over', () => {
  function pumpTrip() {
    const plant = system();
    const { alarms, set } = plant;
    set('pump-tripped', 2, true, 0);
    alarms.step(0);
    for (const t of [1, 2]) {
      alarms.observe(alarms.first('header-pressure-low'), 0.5, t);
      alarms.step(t);
    }
    return { ...plant, header: alarms.first('header-pressure-low') };
  }

  it('a consequence that goes too asks for nothing', () => {
    const { alarms, set, header } = pumpTrip();
    expect(alarms.machine.state(header)).toBe('suppressed-by-design');
    for (let t = 3; t < 20; t++) {
      set('pump-tripped', 2, false, t);
      alarms.observe(header, 1, t);
      alarms.step(t);
    }
    expect(alarms.machine.state(header)).toBe('normal');
    expect(alarms.groups.causeOf(header)).toBeUndefined();
  });

  it('one that stays is announced when the time of recovery is over', () => {
    const { alarms, set, header } = pumpTrip();
    for (let t = 3; t < 10; t++) {
      set('pump-tripped', 2, false, t);
      alarms.step(t);
    }
    alarms.step(RECOVERY_S - 1);
    expect(alarms.machine.state(header)).toBe('suppressed-by-design');
    alarms.step(RECOVERY_S + 10);
    expect(alarms.machine.state(header)).toBe('unacknowledged');
  });

  it('one that has another cause by then stays under that', () => {
    const { alarms, set, header } = pumpTrip();
    set('pump-tripped', 3, true, 1.5);
    alarms.step(2);
    for (let t = 3; t < 10; t++) {
      set('pump-tripped', 2, false, t);
      alarms.step(t);
    }
    alarms.step(RECOVERY_S + 10);
    expect(alarms.machine.state(header)).toBe('suppressed-by-design');
    expect(alarms.groups.causeOf(header)).toBe(alarms.table.instance('pump-tripped', 3));
  });

  it('nothing is hidden under a cause the operator does not see', () => {
    const plant = system();
    const { alarms, set } = plant;
    const pump = alarms.table.instance('pump-tripped', 2);
    alarms.command({ kind: 'take-out-of-service', alarm: pump, who: 'Ada', why: 'maintenance' }, 0);
    set('pump-tripped', 2, true, 0);
    alarms.step(0);
    for (const t of [1, 2]) {
      alarms.observe(alarms.first('header-pressure-low'), 0.5, t);
      alarms.step(t);
    }
    expect(alarms.machine.state(alarms.first('header-pressure-low'))).toBe('unacknowledged');
  });
});

describe('many alarms of one kind one after another', () => {
  const trips = (plant: ReturnType<typeof system>, times: readonly number[]): void => {
    times.forEach((t, k) => {
      plant.set('pump-tripped', k, true, t);
      plant.alarms.step(t);
    });
  };
  const states = ({ alarms }: ReturnType<typeof system>): string[] =>
    [0, 1, 2, 3].map((k) => alarms.machine.state(alarms.table.instance('pump-tripped', k)));

  it('beyond three are listed under the first, and told so', () => {
    const plant = system();
    trips(plant, [0, 10, 20, 30]);
    expect(states(plant)).toEqual(['unacknowledged', 'unacknowledged', 'unacknowledged', 'suppressed-by-design']);
    const [first, , , last] = [0, 1, 2, 3].map((k) => plant.alarms.table.instance('pump-tripped', k));
    expect(plant.alarms.groups.causeOf(last as number)).toBe(first);
    expect(plant.alarms.machine.hiding(last as number)[0]?.why).toBe('one of several, with Pump tripped (pump 0)');
  });

  it('are all shown when they come slowly', () => {
    const plant = system();
    trips(plant, [0, 10, 20, 21 + SERIES_S]);
    expect(new Set(states(plant))).toEqual(new Set(['unacknowledged']));
  });

  it('what follows from a listed one is listed under the one that is shown', () => {
    const plant = system();
    const { alarms } = plant;
    trips(plant, [0, 1, 2, 3]);
    for (const t of [3.5, 5]) {
      alarms.observe(alarms.first('header-pressure-low'), 0.5, t);
      alarms.step(t);
    }
    expect(alarms.groups.causeOf(alarms.first('header-pressure-low'))).toBe(alarms.first('pump-tripped'));
  });

  it('that stand on when the first is long over: one is announced for all', () => {
    const plant = system();
    const { alarms, set, events } = plant;
    for (let c = 0; c < 20; c++) set('relief-open', 2 * c, true, 1);
    alarms.step(1);
    for (const t of [1.5, 2.5]) {
      set('relief-open', 0, false, t);
      alarms.step(t);
    }
    events.length = 0;
    alarms.step(3 + RECOVERY_S);
    const announced = events.filter(isAnnouncement).map(({ alarm }) => alarms.table.place(alarm).index);
    expect(announced).toEqual([6]);
    const heir = alarms.table.instance('relief-open', 6);
    expect(alarms.groups.consequencesOf(heir).length).toBe(16);
  });
});

describe('a consequence more urgent than its cause', () => {
  it('is shown once for each kind: chips at too much power do not hide that their chamber gets hot', () => {
    const { alarms, set } = system();
    for (const t of [0, 3]) {
      set('chip-power-high', 7, true, t);
      alarms.step(t);
    }
    for (const t of [10, 11, 12]) {
      for (const kind of ['chamber-temperature-raised', 'chamber-temperature-high'] as const)
        alarms.observe(alarms.first(kind) + 7, 460, t);
      alarms.step(t);
    }
    const state = (kind: AlarmKind): string => alarms.machine.state(alarms.table.instance(kind, 7));
    expect(state('chip-power-high')).toBe('unacknowledged');
    expect(state('chamber-temperature-raised')).toBe('suppressed-by-design');
    expect(state('chamber-temperature-high')).toBe('unacknowledged');
  });
});

describe('a burst of a thousand unconnected alarms', () => {
  it('loses none, in one order whatever order they are noticed in, and is called a flood', () => {
    const orders = [0, 1].map((turn) => {
      const { alarms, events, floods } = system();
      const first = alarms.first('chamber-pressure-trip');
      for (let k = 0; k < CHAMBERS; k++) {
        const c = turn === 0 ? k : (k * 389) % CHAMBERS;
        // Every second one, so that none has a neighbour to blame.
        if (c % 2 === 0) alarms.observe(first + c, 16 * ATM, 1);
        alarms.observeState(alarms.first('relief-open') + c, c % 2 === 1, 1);
      }
      alarms.step(1);
      expect(new Set(events.map((e) => e.alarm)).size).toBe(CHAMBERS);
      expect(floods).toEqual([{ time_s: 1, operator: 0, what: 'flood begins', inWindow: 11 }]);
      // Every critical one, and of the others the first three for all: they stand listed under the first.
      expect(alarms.flood.inWindow(0, 1)).toBe(CHAMBERS / 2 + SERIES_SHOWN);
      const leader = alarms.table.instance('relief-open', 1);
      expect(alarms.groups.consequencesOf(leader).length).toBe(CHAMBERS / 2 - SERIES_SHOWN);
      for (let t = 2; t < 700; t++) alarms.step(t);
      expect(floods.at(-1)).toEqual({ time_s: 601, operator: 0, what: 'flood ends', inWindow: 0 });
      return events.filter(({ why }) => why === 'condition in').map((event) => event.alarm);
    });
    expect(orders[0]).toEqual(orders[1]);
    expect([...orders[0]].sort((a, b) => a - b)).toEqual(orders[0]);
  });
});

describe('flood figures', () => {
  const announce = (alarm: number, time_s: number): AlarmEvent => ({
    time_s,
    alarm,
    from: 'normal',
    to: 'unacknowledged',
    condition: true,
    who: 'process',
    why: '',
  });

  function monitor(operators = 1) {
    const floods: FloodEvent[] = [];
    return {
      floods,
      flood: new FloodMonitor(
        20,
        operators,
        (a) => a % operators,
        (e) => floods.push(e),
      ),
    };
  }

  it('a flood begins above ten in ten minutes and ends below five', () => {
    const { flood, floods } = monitor();
    for (let k = 0; k < 10; k++) flood.onEvent(announce(k, k));
    expect(flood.isFlooded(0)).toBe(false);
    flood.onEvent(announce(10, 10));
    expect(flood.isFlooded(0)).toBe(true);
    flood.step(605.9);
    expect(flood.inWindow(0, 605.9)).toBe(5);
    expect(flood.isFlooded(0)).toBe(true);
    flood.step(606);
    expect(floods.map((e) => [e.what, e.time_s, e.inWindow])).toEqual([
      ['flood begins', 10, 11],
      ['flood ends', 606, 4],
    ]);
  });

  it('counts by operator', () => {
    const { flood } = monitor(2);
    for (let k = 0; k < 20; k++) flood.onEvent(announce(2 * (k % 10), k));
    expect([flood.isFlooded(0), flood.isFlooded(1)]).toEqual([true, false]);
  });

  it('counts announcements only', () => {
    const { flood } = monitor();
    flood.onEvent({ ...announce(1, 1), from: 'unacknowledged', to: 'acknowledged' });
    flood.onEvent({ ...announce(1, 2), from: 'shelved', to: 'shelved' });
    expect(flood.inWindow(0, 2)).toBe(0);
  });

  it('an alarm chatters from the third announcement in a minute on, until a minute has passed', () => {
    const { flood } = monitor();
    for (const t of [0, 30]) flood.onEvent(announce(4, t));
    expect(flood.chattering(30)).toEqual([]);
    flood.onEvent(announce(4, 59));
    expect(flood.chattering(59)).toEqual([4]);
    expect(flood.chattering(60)).toEqual([]);
    flood.onEvent(announce(4, 100));
    expect(flood.chattering(100)).toEqual([]);
  });

  it('tells who comes most', () => {
    const { flood } = monitor();
    for (const alarm of [3, 7, 7, 5, 3, 7]) flood.onEvent(announce(alarm, 0));
    expect(flood.topOffenders(2)).toEqual([
      { alarm: 7, announcements: 3, share: 0.5 },
      { alarm: 3, announcements: 2, share: 2 / 6 },
    ]);
  });

  it('long floods do not grow the memory of the window', () => {
    const { flood } = monitor();
    for (let t = 0; t < 50_000; t++) flood.onEvent(announce(0, t));
    expect(flood.inWindow(0, 50_000)).toBe(599);
    expect(flood.snapshot().operators[0].times.length).toBe(599);
  });

  it('tells what stands, and what has stood for a day', () => {
    const { alarms, set } = system();
    set('pump-tripped', 1, true, 5);
    alarms.step(5);
    set('pump-tripped', 0, true, 10);
    alarms.step(10);
    const [zero, one] = [0, 1].map((k) => alarms.table.instance('pump-tripped', k));
    expect(standingAlarms(alarms.machine)).toEqual([one, zero]);
    expect(staleAlarms(alarms.machine, 86_400)).toEqual([]);
    expect(staleAlarms(alarms.machine, 86_406)).toEqual([one]);
  });
});

describe('a run cut by a snapshot is the same run', () => {
  const act = fc.record({
    kind: fc.constantFrom(...ALARM_KINDS),
    index: fc.integer({ min: 0, max: 3 }),
    wrong: fc.boolean(),
    wait: fc.constantFrom(0, 1, 20, 400),
  });
  it('with groups, floods and shelvings', () => {
    const small = { chamber: 4, duct: 4, valve: 4, pump: 4, fan: 4, header: 4, sensor: 4 };
    const make = () => {
      const log: (AlarmEvent | FloodEvent)[] = [];
      const say = (event: AlarmEvent | FloodEvent): void => void log.push(event);
      return { log, alarms: new AlarmSystem({ targets: small, topology: ROW4, onEvent: say, onFlood: say }) };
    };
    fc.assert(
      fc.property(fc.array(act, { minLength: 20, maxLength: 60 }), fc.nat(40), (acts, cut) => {
        const first = make();
        let second = first;
        let time = 0;
        acts.forEach(({ kind, index, wrong, wait }, k) => {
          if (k === cut) {
            second = make();
            second.alarms.arrays().forEach((array, a) => {
              array.set(first.alarms.arrays()[a]);
            });
            second.alarms.restore(JSON.parse(JSON.stringify(first.alarms.snapshot())));
            first.log.length = 0;
          }
          time += wait;
          const single = first.alarms.table.place(first.alarms.first(kind)).target;
          const alarm = first.alarms.table.instance(kind, single === 'room' || single === 'farm' ? 0 : index);
          for (const { alarms } of new Set([first, second])) {
            alarms.observeState(alarm, wrong, time);
            if (k % 7 === 0) alarms.command({ kind: 'shelve', alarm, who: 'Ada', why: 'test', duration_s: 30 }, time);
            if (k % 5 === 0) alarms.command({ kind: 'acknowledge', alarm, who: 'Ada', why: '' }, time);
            alarms.step(time);
          }
        });
        expect(second.log).toEqual(first.log);
        expect(second.alarms.snapshot().groups.parents).toEqual(first.alarms.snapshot().groups.parents);
      }),
      { numRuns: 150, seed: 191 },
    );
  });
});

const ROW4: PlantTopology = {
  neighbours: (c) => [Math.max(0, c - 1), Math.min(3, c + 1)],
  ductsOf: (c) => [c],
  valvesOf: (c) => [c],
  sensorsOf: (c) => [c],
};
