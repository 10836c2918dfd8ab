import { describe, expect, it } from 'vitest';
import { AlarmMachine } from './alarm-machine.ts';
import { ConditionFilter, type ConditionRule } from './condition-filter.ts';

const LIFE = { latching: false, longestShelving_s: 0 };

function filterOf(rule: Partial<ConditionRule>): { machine: AlarmMachine; filter: ConditionFilter } {
  const machine = new AlarmMachine([LIFE], [0], () => {});
  const whole = { limit: 10, direction: 'above', deadband: 0, onDelay_s: 0, offDelay_s: 0, ...rule } as const;
  return { machine, filter: new ConditionFilter(machine, [whole], [0]) };
}

/** Values one second apart; the condition after each. */
function course(rule: Partial<ConditionRule>, values: readonly number[]): boolean[] {
  const { machine, filter } = filterOf(rule);
  return values.map((value, t) => {
    filter.observe(0, value, t);
    return machine.condition(0);
  });
}

describe('conditions from values', () => {
  it('come at the limit and go beyond the deadband', () => {
    expect(course({ deadband: 2 }, [9.9, 10, 9, 8, 7.9, 9.9])).toEqual([false, true, true, true, false, false]);
    expect(course({ direction: 'below', deadband: 2 }, [10.1, 10, 11, 12, 12.1])).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('come after the on delay only if the value stays over', () => {
    expect(course({ onDelay_s: 2 }, [11, 11, 9, 11, 11, 11])).toEqual([false, false, false, false, false, true]);
  });

  it('go after the off delay only if the value stays back', () => {
    expect(course({ offDelay_s: 2 }, [11, 9, 9, 11, 9, 9, 9])).toEqual([true, true, true, true, true, true, false]);
  });

  it('a value that is no number changes nothing, neither raises nor clears', () => {
    expect(course({}, [Number.NaN, 11, Number.NaN, 9, Number.NaN])).toEqual([false, true, true, false, false]);
  });

  it('infinity is over the limit', () => {
    expect(course({}, [Number.POSITIVE_INFINITY])).toEqual([true]);
    expect(course({ direction: 'below' }, [Number.NEGATIVE_INFINITY])).toEqual([true]);
  });

  it('a value swinging inside the deadband does not chatter', () => {
    const values = Array.from({ length: 200 }, (_, t) => 10 + (t % 2 === 0 ? 0.5 : -0.5));
    const { machine, filter } = filterOf({ deadband: 1 });
    values.forEach((value, t) => {
      filter.observe(0, value, t);
    });
    expect(machine.occurrenceCount(0)).toBe(1);
  });

  it('takes a limit of the moment instead of the rule’s', () => {
    const { machine, filter } = filterOf({});
    filter.observe(0, 5, 0, 4);
    expect(machine.condition(0)).toBe(true);
  });
});
