import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATM } from '../../constants.ts';
import { PERMISSIVES } from './permissives.ts';
import { PHASE_NAMES, PHASES, type PlantReadings, STANDARD_SEQUENCE } from './sequence-phases.ts';
import { Sequence, type SequenceEvent } from './shutdown.ts';

const RUNNING: PlantReadings = {
  drive: 1,
  isolated: false,
  hottest_K: 350,
  highestPressure_Pa: 5.2 * ATM,
  lowestPressure_Pa: 4.9 * ATM,
  purgedVolumes: 0,
  supplyReady: true,
  roomOxygen: 0.209,
  coolingFlow: 1,
  farmTripped: false,
  anyTripped: false,
  anyCause: false,
};
const STOPPED: PlantReadings = { ...RUNNING, drive: 0, isolated: true, hottest_K: 300, highestPressure_Pa: ATM };

function farm(time = 0) {
  const events: SequenceEvent[] = [];
  return { events, sequence: new Sequence((event) => events.push(event), time) };
}

/** A plant that does what is demanded, each a little at a time. */
function obedient(sequence: Sequence) {
  const plant = { ...RUNNING } as { -readonly [K in keyof PlantReadings]: PlantReadings[K] };
  let time = 0;
  return {
    plant,
    run: (seconds: number): void => {
      for (let k = 0; k < seconds; k++) {
        time++;
        sequence.step(plant, time);
        const { demand } = sequence;
        plant.drive = demand.drive;
        plant.isolated = !demand.supply;
        plant.hottest_K += demand.chips ? (350 - plant.hottest_K) * 0.1 : (295 - plant.hottest_K) * 0.05;
        const target = demand.vents ? ATM : demand.supply ? 5 * ATM : plant.highestPressure_Pa;
        plant.highestPressure_Pa += (target - plant.highestPressure_Pa) * 0.1;
        plant.lowestPressure_Pa = plant.highestPressure_Pa;
        plant.purgedVolumes = demand.purge ? plant.purgedVolumes + 0.1 : plant.purgedVolumes;
      }
    },
    now: () => time,
  };
}

describe('an orderly shutdown and a restart', () => {
  it('go through their phases in order, and the farm runs again', () => {
    const { sequence, events } = farm();
    const { run, plant, now } = obedient(sequence);
    run(5);
    expect(sequence.shutDown('Ada', 'maintenance', now())).toEqual({ ok: true });
    run(600);
    expect(sequence.phase).toBe('safe');
    expect(sequence.demand).toEqual({
      drive: 0,
      chips: false,
      supply: false,
      vents: true,
      purge: false,
      fullCooling: false,
    });
    expect(sequence.restart(plant, 'Grace', 'maintenance done', now())).toEqual({ ok: true });
    run(600);
    expect(events.map((event) => event.to)).toEqual([
      'ramping-down',
      'isolating',
      'cooling',
      'depressurising',
      'safe',
      'purging',
      'pressurising',
      'ramping-up',
      'running',
    ]);
    expect(events[0]).toMatchObject({ who: 'Ada', why: 'maintenance', from: 'running' });
    expect(sequence.demand.drive).toBe(1);
  });

  it('ramp the drive instead of switching it', () => {
    const { sequence } = farm();
    sequence.shutDown('Ada', '', 0);
    const shares = [1, 2, 5, 10, 11].map((t) => {
      sequence.step(RUNNING, t);
      return sequence.demand.drive;
    });
    expect(shares).toEqual([0.9, 0.8, 0.5, 0, 0].map((x) => expect.closeTo(x, 12)));
  });

  it('show what a phase waits for, and how long it still may', () => {
    const { sequence } = farm();
    sequence.shutDown('Ada', '', 0);
    sequence.step({ ...RUNNING, drive: 0 }, 10);
    expect(sequence.status({ ...RUNNING, drive: 0 }, 15)).toEqual({
      phase: 'isolating',
      label: 'closing its supply',
      since_s: 10,
      waitingFor: ['supply valves or injectors not confirmed closed'],
      timeLeft_s: 25,
    });
  });
});

describe('the emergency stop', () => {
  it('acts at once, from every phase, named or not', () => {
    for (let k = 0; k < PHASE_NAMES.length; k++) {
      const { sequence } = farm();
      sequence.arrays()[0][0] = k;
      sequence.restored();
      sequence.emergencyStop('', 'smoke', 1);
      expect(sequence.phase).toBe('emergency');
      expect(sequence.demand).toEqual({
        drive: 0,
        chips: false,
        supply: false,
        vents: true,
        purge: false,
        fullCooling: true,
      });
    }
  });

  it('is what a trip of the farm becomes, unless the farm is safe', () => {
    for (const name of PHASE_NAMES) {
      const { sequence } = farm();
      sequence.arrays()[0][0] = PHASE_NAMES.indexOf(name);
      sequence.step({ ...RUNNING, farmTripped: true }, 1);
      expect(sequence.phase).toBe(name === 'safe' ? 'safe' : 'emergency');
    }
  });

  it('ends in safe only when drive, supply and pressure are gone', () => {
    const { sequence } = farm();
    sequence.emergencyStop('Ada', 'smoke', 0);
    for (const wrong of [{ drive: 0.5 }, { isolated: false }, { highestPressure_Pa: 2 * ATM }]) {
      sequence.step({ ...STOPPED, ...wrong }, 1e6);
      expect(sequence.phase).toBe('emergency');
      expect(sequence.status({ ...STOPPED, ...wrong }, 1e6).waitingFor.length).toBe(1);
    }
    sequence.step(STOPPED, 1e6);
    expect(sequence.phase).toBe('safe');
  });
});

describe('a shutdown that will not go on', () => {
  it.each([
    ['the drive does not stop', { drive: 0.5 }, 'emergency', /drive at 50 %/],
    ['the drive is not known', { drive: Number.NaN }, 'emergency', /drive at not known/],
    ['a valve does not close', { drive: 0, isolated: false }, 'emergency', /not confirmed closed/],
    [
      'it does not cool',
      { drive: 0, isolated: true, hottest_K: 400 },
      'depressurising',
      /hottest at 400\.0 K, wanted 320 K/,
    ],
    [
      'the pressure stays',
      { drive: 0, isolated: true, hottest_K: 300, highestPressure_Pa: 5 * ATM },
      'emergency',
      /highest pressure 5\.00 atm, wanted 1\.10 atm/,
    ],
  ] as const)('because %s goes on all the same, with the reason', (_, wrong, to, reason) => {
    const { sequence, events } = farm();
    const readings = { ...RUNNING, ...wrong };
    sequence.shutDown('Ada', '', 0);
    for (let t = 1; t < 6000 && !events.some((event) => event.why.includes('too long')); t++)
      sequence.step(readings, t);
    expect(events.at(-1)).toMatchObject({ to, why: expect.stringMatching(reason) });
  });

  it('never calls safe what is not', () => {
    const { sequence } = farm();
    sequence.shutDown('Ada', '', 0);
    for (let t = 1; t < 10_000; t++) sequence.step({ ...STOPPED, highestPressure_Pa: 3 * ATM }, t);
    expect(sequence.phase).toBe('emergency');
  });

  it('reaches its end in a bounded time, whatever the readings: no row of phases runs in a circle', () => {
    for (const start of ['ramping-down', 'isolating', 'cooling', 'depressurising'] as const) {
      let phase: (typeof PHASE_NAMES)[number] | null = start;
      let hops = 0;
      while (phase !== null && phase !== 'emergency' && phase !== 'safe') {
        expect(STANDARD_SEQUENCE.timeouts_s[phase]).toBeLessThan(Number.POSITIVE_INFINITY);
        phase = PHASES[phase].onTimeout;
        hops++;
      }
      expect(phase).toBe('emergency');
      expect(hops).toBeLessThan(5);
    }
  });
});

describe('a restart', () => {
  const safe = () => {
    const plant = farm();
    plant.sequence.emergencyStop('Ada', '', 0);
    plant.sequence.step(STOPPED, 1);
    return plant;
  };

  it.each([
    [{ anyCause: true }, /cause of a trip/],
    [{ anyTripped: true }, /latched/],
    [{ farmTripped: true }, /latched/],
    [{ hottest_K: 330 }, /not cool/],
    [{ hottest_K: Number.NaN }, /not cool/],
    [{ supplyReady: false }, /no supply header/],
    [{ roomOxygen: 0.19 }, /too little oxygen/],
    [{ roomOxygen: Number.NaN }, /too little oxygen/],
    [{ coolingFlow: 0.5 }, /cooling flow/],
  ])('is refused with %o, and says what to do', (wrong, message) => {
    const { sequence } = safe();
    const reply = sequence.restart({ ...STOPPED, ...wrong }, 'Ada', '', 2);
    expect(reply).toMatchObject({ ok: false, problems: [{ message: expect.stringMatching(message) }] });
    expect(sequence.phase).toBe('safe');
  });

  it('tells how each of its conditions stands, and refuses exactly when one is not met', () => {
    const { sequence } = safe();
    for (const readings of [
      STOPPED,
      { ...STOPPED, hottest_K: 330.25, roomOxygen: 0.19 },
      { ...STOPPED, coolingFlow: Number.NaN },
    ]) {
      const unmet = sequence.permissives(readings).filter(({ met }) => !met);
      const reply = farm().sequence.restart(readings, 'Ada', '', 2);
      const remedies = reply.ok ? [] : reply.problems.slice(1).map(({ remedy }) => remedy);
      expect(unmet.map(({ remedy }) => remedy)).toEqual(remedies);
    }
    expect(sequence.permissives({ ...STOPPED, hottest_K: 330.25 })[2]).toEqual({
      label: 'Farm cool',
      met: false,
      reading: 'hottest 330.3 K, wanted 320 K or less',
      remedy: 'Let it cool.',
    });
  });

  it('tells everything that is missing at once', () => {
    const { sequence } = farm();
    const nothing = { ...RUNNING, supplyReady: false, anyCause: true, anyTripped: true, roomOxygen: 0, coolingFlow: 0 };
    const reply = sequence.restart(nothing, '', '', 0);
    expect(reply.ok === false && reply.problems.length).toBe(PERMISSIVES.length + 2);
  });

  it.each([
    ['purging', 'isolating'],
    ['pressurising', 'isolating'],
    ['ramping-up', 'ramping-down'],
  ] as const)('that does not get on in %s shuts down', (phase, to) => {
    const { sequence } = safe();
    sequence.arrays()[0][0] = PHASE_NAMES.indexOf(phase);
    // The drive's share stays down: its ramp takes longer than it may.
    sequence.arrays()[0][2] = -1e9;
    sequence.step({ ...STOPPED, lowestPressure_Pa: 0 }, 4000);
    expect(sequence.phase).toBe(to);
  });

  it('drives nothing before the chambers are filled', () => {
    for (const name of ['safe', 'purging', 'pressurising'] as const)
      expect(PHASES[name]).toMatchObject({ drive: 0, ramped: false });
  });
});

describe('any sequence of commands and readings', () => {
  it('keeps its promises', () => {
    // Mostly the first value, which lets the sequence go on; sometimes another, or none.
    const some = (...values: number[]) =>
      fc.oneof(
        { weight: 12, arbitrary: fc.constant(values[0]) },
        { weight: 2, arbitrary: fc.constantFrom(...values) },
        { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY) },
      );
    const seldom = fc.integer({ min: 0, max: 15 }).map((x) => x === 0);
    const readings: fc.Arbitrary<PlantReadings> = fc.record({
      drive: some(0, 0.5, 1),
      isolated: seldom.map((x) => !x),
      hottest_K: some(300, 400),
      highestPressure_Pa: some(ATM, 5 * ATM),
      lowestPressure_Pa: some(5 * ATM, ATM),
      purgedVolumes: some(4, 0),
      supplyReady: fc.boolean(),
      roomOxygen: some(0.209, 0.1),
      coolingFlow: some(1, 0),
      farmTripped: seldom,
      anyTripped: seldom,
      anyCause: seldom,
    });
    const act = fc.record({
      do: fc.constantFrom('step', 'step', 'step', 'step', 'shutDown', 'restart', 'stop'),
      readings,
      wait: fc.constantFrom(0, 1, 50, 4000),
    });
    const entered = new Set<string>();
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const { sequence, events } = farm();
        let time = 0;
        for (const one of acts) {
          const before = events.length;
          time += one.wait;
          const restart = one.do === 'restart' ? sequence.restart(one.readings, 'Ada', '', time) : null;
          if (restart?.ok)
            expect(one.readings.anyTripped || one.readings.anyCause || one.readings.farmTripped).toBe(false);
          if (one.do === 'shutDown') sequence.shutDown('Ada', '', time);
          if (one.do === 'stop') sequence.emergencyStop('Ada', '', time);
          if (one.do === 'step') sequence.step(one.readings, time);
          if (one.do === 'step' && one.readings.farmTripped) expect(['emergency', 'safe']).toContain(sequence.phase);
          if (one.do === 'stop') expect(sequence.phase).toBe('emergency');
          const entry = events.at(-1);
          if (events.length > before && entry?.to === 'safe') {
            expect([one.readings.isolated, one.readings.highestPressure_Pa]).toEqual([true, ATM]);
          }
          expect(sequence.demand.drive >= 0 && sequence.demand.drive <= 1).toBe(true);
          if (!['running', 'ramping-up', 'ramping-down'].includes(sequence.phase))
            expect(sequence.demand.drive).toBe(0);
          if (sequence.demand.vents && !sequence.demand.purge) expect(sequence.demand.supply).toBe(false);
          entered.add(sequence.phase);
        }
      }),
      { numRuns: 3000, seed: 1511 },
    );
    expect([...entered].sort()).toEqual([...PHASE_NAMES].sort());
  });
});

describe('a damaged state', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, 99, -1, 0.5])('phase %d is an emergency', (phase) => {
    const { sequence } = farm();
    sequence.arrays()[0][0] = phase;
    sequence.step(RUNNING, 1);
    expect(sequence.phase).toBe('emergency');
    expect(sequence.demand).toMatchObject({ drive: 0, supply: false, chips: false });
  });

  it('a drive share or a time that is no number drives nothing', () => {
    for (const [k, poison] of [
      [2, Number.NaN],
      [2, Number.POSITIVE_INFINITY],
      [3, Number.NaN],
    ] as const) {
      const { sequence } = farm();
      sequence.arrays()[0][k] = poison;
      sequence.shutDown('Ada', '', 1);
      sequence.step(RUNNING, 1);
      sequence.step(RUNNING, 20);
      expect(sequence.demand.drive).toBe(0);
    }
  });
});
