import { describe, expect, it } from 'vitest';
import { TrackingBank } from './tracking.ts';

describe('tracking', () => {
  it('has the closed forms of an exponential approach: E τ, E²τ/2, E τ², 3.912 τ to 2 %', () => {
    const bank = new TrackingBank(2);
    const tau = 1.3;
    const dt = 1e-3;
    bank.step(dt, [10, 0], [10, 0]);
    for (let k = 0; k <= 30_000; k++) bank.step(dt, [14, 0], [14 - 4 * Math.exp((-k * dt) / tau), 0.5]);
    const f = bank.figures(0);
    expect(f.time).toBeCloseTo(30, 9);
    expect(f.integralAbsolute).toBeCloseTo(4 * tau, 5);
    expect(f.integralSquare).toBeCloseTo((16 * tau) / 2, 5);
    expect(f.integralTimeAbsolute).toBeCloseTo(4 * tau * tau, 5);
    expect(f.largest).toBe(4);
    expect(f.rms).toBeCloseTo(Math.sqrt((8 * tau) / 30), 6);
    expect(f.settlingTime).toBeCloseTo(tau * Math.log(50), 2);
    // The other loop never changed its setpoint.
    expect(bank.figures(1).settlingTime).toBeNull();
    expect(bank.figures(1).overshoot).toBeNull();
    expect(f.overshoot).toBe(0);
    expect(bank.figures(1).integralAbsolute).toBeCloseTo(15, 2);
  });

  it('a change of setpoint starts it anew; lost measurements are left out; what leaves the band has not settled', () => {
    const bank = new TrackingBank(1);
    for (let k = 0; k < 10; k++) bank.step(0.1, [1], [0]);
    expect(bank.figures(0).integralAbsolute).toBeCloseTo(0.9, 12);
    bank.step(0.1, [2], [0]);
    expect(bank.figures(0)).toMatchObject({ time: 0, integralAbsolute: 0, largest: 2, settlingTime: null });
    bank.step(0.1, [2], [2]);
    expect(bank.figures(0).settlingTime).toBe(0);
    bank.step(0.1, [2], [Number.NaN]);
    expect(bank.figures(0).time).toBeCloseTo(0.1, 12);
    bank.step(0.1, [2], [1.9]);
    expect(bank.figures(0).settlingTime).toBeNull();
  });

  it('counts what goes beyond the setpoint in the direction of its change, whichever that is', () => {
    const bank = new TrackingBank(2);
    bank.step(0.1, [10, 10], [10, 10]);
    // Up by 4 to 14.5, down by 4 to 5: shares 0.125 and 0.25.
    for (const [a, b] of [
      [10, 10],
      [14.5, 5],
      [13, 7],
      [14, 6],
    ])
      bank.step(0.1, [14, 6], [a, b]);
    expect(bank.figures(0).overshoot).toBeCloseTo(0.125, 12);
    expect(bank.figures(1).overshoot).toBeCloseTo(0.25, 12);
    expect(bank.figures(0).settlingTime).toBeCloseTo(0.2, 12);
  });
});
