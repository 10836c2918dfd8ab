import { describe, expect, it } from 'vitest';
import { barDomain, moveEnd, settle } from './colour-range.ts';

describe('ends of the colour range', () => {
  it('stay centred on zero for deviations', () => {
    expect(moveEnd([-8, 8], 'high', 5, 'diverging')).toEqual([-5, 5]);
    expect(moveEnd([-8, 8], 'low', -12, 'diverging')).toEqual([-12, 12]);
  });

  it('never cross', () => {
    const [low, high] = moveEnd([300, 310], 'low', 400, 'heat');
    expect(high).toBe(310);
    expect(low).toBeLessThan(310);
    const [negative, positive] = moveEnd([-8, 8], 'high', -3, 'diverging');
    expect(positive).toBeGreaterThan(0);
    expect(negative).toBe(-positive);
  });

  it('move one at a time for magnitudes', () => {
    expect(moveEnd([300, 310], 'high', 320, 'heat')).toEqual([300, 320]);
  });

  it('settle on round values', () => {
    expect(settle(5.2371, [-8, 8])).toBe(5.2);
    expect(settle(5237.1, [0, 8000])).toBe(5240);
  });
});

describe('the bar', () => {
  it('shows a little beyond the range and all that the data need', () => {
    const [low, high] = barDomain([0, 10], [0, 20], 'sequential');
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(20);
  });

  it('is exactly one turn for phase', () => {
    expect(barDomain([-Math.PI, Math.PI], [-Math.PI, Math.PI], 'cyclic')).toEqual([-Math.PI, Math.PI]);
  });
});
