import { describe, expect, it } from 'vitest';
import { SensorPlacement } from '../sensors/placement.ts';
import { isVoter, SensorNumbers } from './sensor-numbers.ts';

const numbers = new SensorNumbers(new SensorPlacement(4));

describe('numbers of sensors', () => {
  it('are one for each sensor, those that vote first and as they always were', () => {
    const { placement } = numbers;
    expect([numbers.voting, numbers.count]).toEqual([24, 4 * 118]);
    const ids = new Set<number>();
    for (let k = 0; k < numbers.count; k++) {
      const id = numbers.idOf(k);
      ids.add(id);
      expect(numbers.numberOf(id)).toBe(k);
      expect(numbers.chamberOf(k)).toBe(placement.chamberOf(id));
      expect(isVoter(placement, id)).toBe(k < numbers.voting);
    }
    expect(ids.size).toBe(placement.count);
    expect([13, 16].map((k) => numbers.tag(k))).toEqual(['PT-0002-2', 'TT-0002-2']);
    expect(() => numbers.idOf(numbers.count)).toThrow(RangeError);
    expect(() => numbers.idOf(-1)).toThrow(RangeError);
  });

  it('are found by tags and patterns of tags', () => {
    const tags = (text: string): string[] | undefined => numbers.named(text)?.map((k) => numbers.tag(k));
    expect(tags('pt-3-4')).toEqual(['PT-0003-4']);
    expect(numbers.named('PT-0002-2')).toEqual([13]);
    expect(tags('TT-1-7-8')).toEqual(['TT-0001-7', 'TT-0001-8']);
    expect(tags('AT-*-1')).toEqual(['AT-0000-1', 'AT-0001-1', 'AT-0002-1', 'AT-0003-1']);
    expect(numbers.named('XT-2-*')?.length).toBe(100);
    expect(numbers.named('XT-*-*')?.length).toBe(400);
    for (const wrong of ['PT-4-1', 'PT-0-6', 'PT-0-0', 'ZZ-0-1', 'PT-0', 'PT-0-3-2', 'PT-0-1-9', 'PT-*', 'PT-0-1 '])
      expect([wrong, numbers.named(wrong)]).toEqual([wrong, null]);
  });

  it('follow the tag to a farm with other sensors or chambers', () => {
    const other = SensorNumbers.of(3, { temperature: 10, pressure: 5, composition: 0, oscillation: 50, flow: 2 });
    const follow = (tag: string): string | null => {
      const k = other.follow(numbers.named(tag)?.[0] as number, numbers);
      return k === null ? null : other.tag(k);
    };
    expect(['PT-0002-2', 'XT-0002-50', 'FT-0000-2'].map(follow)).toEqual(['PT-0002-2', 'XT-0002-50', 'FT-0000-2']);
    expect(['XT-0002-51', 'AT-0000-1', 'PT-0003-1'].map(follow)).toEqual([null, null, null]);
    expect(numbers.isLike(other)).toBe(false);
    expect(numbers.isLike(SensorNumbers.of(4, numbers.placement.perChamber))).toBe(true);
  });
});
