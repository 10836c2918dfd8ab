import { describe, expect, it } from 'vitest';
import { ATM } from '../../constants.ts';
import { FARM, type InterlockEvent, Interlocks } from './interlocks.ts';
import { OPEN_VENTS, SAFE_HOLD, SAFE_VENT, sensorsOf } from './trip-table.ts';
import { calm } from './truth.testing.ts';

function farm(groupOf: readonly number[], lostAfter_s = 5) {
  const events: InterlockEvent[] = [];
  return { events, interlocks: new Interlocks({ groupOf, lostAfter_s }, (event) => events.push(event)) };
}

describe('a trip', () => {
  it('acts in the very step in which its input is true, on its chamber only', () => {
    const { interlocks, events } = farm([0, 1, 2]);
    const inputs = calm(3);
    interlocks.step(inputs, 1);
    expect([...interlocks.actions]).toEqual([0, 0, 0]);
    inputs.pressure[3] = inputs.pressure[5] = 15 * ATM;
    interlocks.step(inputs, 2);
    expect([...interlocks.actions]).toEqual([0, SAFE_VENT, 0]);
    expect(events).toEqual([
      { time_s: 2, what: 'trip', causes: ['pressure-high'], group: 1, chamber: 1, who: 'interlock', why: 'vote' },
    ]);
  });

  it('reaches the whole group where chambers trip by layer', () => {
    const { interlocks } = farm([0, 0, 1, 1]);
    const inputs = calm(4);
    inputs.temperature[3] = inputs.temperature[4] = 500;
    interlocks.step(inputs, 1);
    expect([...interlocks.actions]).toEqual([SAFE_VENT, SAFE_VENT, 0, 0]);
  });

  it('of the room reaches the farm, and does not vent into a room short of oxygen', () => {
    const { interlocks } = farm([0, 1]);
    const inputs = calm(2);
    inputs.roomOxygen[0] = inputs.roomOxygen[1] = 0.195;
    interlocks.step(inputs, 1);
    expect([...interlocks.actions]).toEqual([SAFE_HOLD, SAFE_HOLD]);
    expect(interlocks.actions[0] & OPEN_VENTS).toBe(0);
  });

  it('stays after its cause is gone, until it is reset', () => {
    const { interlocks } = farm([0]);
    const inputs = calm(1);
    inputs.manualStop = true;
    interlocks.step(inputs, 1);
    inputs.manualStop = false;
    interlocks.step(inputs, 2);
    expect(interlocks.actions[0]).toBe(SAFE_VENT);
    expect(interlocks.reset(FARM, 'Ada', 'tested', 2)).toEqual({ ok: true });
    expect(interlocks.actions[0]).toBe(0);
    expect(interlocks.tripped).toBe(false);
  });

  it('names what came first', () => {
    const { interlocks } = farm([0, 0]);
    const inputs = calm(2);
    inputs.temperature[3] = inputs.temperature[4] = 600;
    interlocks.step(inputs, 3);
    inputs.pressure[0] = inputs.pressure[1] = 16 * ATM;
    interlocks.step(inputs, 4);
    expect(interlocks.firstOut(0)).toEqual({ cause: 'temperature-high', chamber: 1, time_s: 3 });
    expect(interlocks.latchedCauses(0)).toEqual(['pressure-high', 'temperature-high']);
    expect(interlocks.firstOut(FARM)).toBeUndefined();
  });
});

describe('a reset is refused', () => {
  it('while the cause is there, and says which', () => {
    const { interlocks } = farm([0]);
    const inputs = calm(1);
    inputs.manualStop = true;
    interlocks.step(inputs, 1);
    expect(interlocks.reset(FARM, 'Ada', '', 1)).toMatchObject({
      ok: false,
      problem: { message: 'Reset: still present: manual-stop.' },
    });
    expect(interlocks.actions[0]).toBe(SAFE_VENT);
  });

  it('while the cause is there though bypassed', () => {
    const { interlocks } = farm([0]);
    const inputs = calm(1);
    inputs.pressure.fill(16 * ATM);
    interlocks.step(inputs, 1);
    interlocks.setBypass(0, 'pressure-high');
    interlocks.step(inputs, 2);
    expect(interlocks.reset(0, 'Ada', '', 2).ok).toBe(false);
  });

  it('without a name, where nothing is latched, and for a group that is none', () => {
    const { interlocks } = farm([0]);
    const inputs = calm(1);
    expect(interlocks.reset(0, 'Ada', '', 0).ok).toBe(false);
    inputs.pressure.fill(16 * ATM);
    interlocks.step(inputs, 1);
    interlocks.step(calm(1), 2);
    expect(interlocks.reset(0, ' ', '', 2).ok).toBe(false);
    expect(interlocks.reset(1, 'Ada', '', 2).ok).toBe(false);
    expect(interlocks.reset(0, 'Ada', '', 2).ok).toBe(true);
  });
});

describe('lost sensors', () => {
  it('one does not trip; two trip when they have been bad for the time', () => {
    const { interlocks } = farm([0], 5);
    const inputs = calm(1);
    inputs.pressureGood[0] = 0;
    for (const t of [0, 10, 20]) interlocks.step(inputs, t);
    expect(interlocks.actions[0]).toBe(0);
    inputs.pressureGood[2] = 0;
    interlocks.step(inputs, 30);
    interlocks.step(inputs, 34.9);
    expect(interlocks.actions[0]).toBe(0);
    interlocks.step(inputs, 35);
    expect(interlocks.latchedCauses(0)).toEqual(['pressure-lost']);
  });

  it('one lost and one over the limit are two votes', () => {
    const { interlocks } = farm([0], 0);
    const inputs = calm(1);
    inputs.pressureGood[0] = 0;
    inputs.pressure[1] = 15 * ATM;
    interlocks.step(inputs, 1);
    expect(interlocks.latchedCauses(0)).toEqual(['pressure-high']);
  });

  it('a sensor good again starts anew', () => {
    const { interlocks } = farm([0], 5);
    const inputs = calm(1);
    inputs.pressureGood[0] = inputs.pressureGood[1] = 0;
    interlocks.step(inputs, 0);
    interlocks.step(calm(1), 4);
    interlocks.step(inputs, 5);
    interlocks.step(inputs, 9.9);
    expect(interlocks.actions[0]).toBe(0);
  });

  it('fewer readings than sensors are lost sensors', () => {
    const { interlocks } = farm([0], 0);
    interlocks.step({ ...calm(1), roomOxygen: [], roomOxygenGood: [] }, 1);
    expect(interlocks.latchedCauses(FARM)).toEqual(['room-oxygen-lost']);
  });
});

describe('poison holds within the step', () => {
  const READINGS = ['pressure', 'temperature', 'roomOxygen', 'supplyPower'] as const;
  const POISONS = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  it.each(READINGS.flatMap((name) => POISONS.flatMap((x) => [0, 1, 2].map((k) => [name, x, k] as const))))(
    '%s reads %d at sensor %i',
    (name, x, k) => {
      const { interlocks } = farm([0, 1]);
      const inputs = calm(2);
      interlocks.step(inputs, 1);
      inputs[name][k] = x;
      interlocks.step(inputs, 2);
      expect(interlocks.actions[0] & SAFE_HOLD).toBe(SAFE_HOLD);
      expect([...interlocks.latchedCauses(0), ...interlocks.latchedCauses(FARM)]).toContain('invalid-input');
    },
  );

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1])('the time is %d', (time) => {
    const { interlocks } = farm([0]);
    interlocks.step(calm(1), 1);
    interlocks.step(calm(1), time);
    expect(interlocks.actions[0]).toBe(SAFE_HOLD);
    interlocks.step(calm(1), 2);
    expect(interlocks.reset(FARM, 'Ada', 'clock repaired', 2).ok).toBe(true);
  });

  it('the emergency stop reads nothing', () => {
    const { interlocks } = farm([0]);
    interlocks.step({ ...calm(1), manualStop: undefined as unknown as boolean }, 1);
    expect(interlocks.actions[0]).toBe(SAFE_VENT);
  });

  it('every number of its own state: never fewer actions than before, and a damaged latch holds', () => {
    const size = farm([0, 1])
      .interlocks.arrays()
      .map((array) => array.length);
    size.forEach((length, a) => {
      for (let k = 0; k < length; k++) {
        for (const poison of [Number.NaN, Number.POSITIVE_INFINITY]) {
          const { interlocks } = farm([0, 1]);
          const inputs = calm(2);
          inputs.temperature[0] = inputs.temperature[1] = 500;
          interlocks.step(inputs, 1);
          interlocks.arrays()[a][k] = poison;
          interlocks.step(calm(2), 2);
          expect(interlocks.actions[0] & SAFE_HOLD).toBe(SAFE_HOLD);
        }
      }
    });
  });
});

describe('a snapshot', () => {
  it('keeps what is latched', () => {
    const first = farm([0, 1]);
    const inputs = calm(2);
    inputs.pressure[0] = inputs.pressure[1] = 0;
    first.interlocks.step(inputs, 1);
    const second = farm([0, 1]);
    second.interlocks.arrays().forEach((array, k) => {
      array.set(first.interlocks.arrays()[k]);
    });
    second.interlocks.restored();
    expect([...second.interlocks.actions]).toEqual([SAFE_VENT, 0]);
    expect(second.interlocks.firstOut(0)).toEqual(first.interlocks.firstOut(0));
    expect(second.events).toEqual([]);
  });
});

describe('the settings', () => {
  it('are refused where they make no sense', () => {
    expect(() => farm([0, -1])).toThrow(RangeError);
    expect(() => farm([0.5])).toThrow(RangeError);
    expect(() => sensorsOf([0, 1, 1])).toThrow(RangeError);
    expect(() => farm([0]).interlocks.latchedCauses(4)).toThrow(RangeError);
  });
});
