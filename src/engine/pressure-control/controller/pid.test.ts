import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PidBank } from './pid.ts';
import { filterTime, type PidTuning, standardTuning, trackingTime, tuningProblem } from './tuning.ts';

const one = (tuning: PidTuning): PidBank => {
  const bank = new PidBank(1);
  bank.tune(0, tuning);
  bank.setAutomatic(0);
  return bank;
};
const gains: PidTuning = { proportional: 2, integral: 0.5, derivative: 1.2, filter: 10, setpointWeight: 0.7 };

describe('PidBank', () => {
  it('follows the closed form for a ramp of the measurement: proportional, integral, filtered derivative', () => {
    const bank = one(gains);
    const dt = 0.013;
    const slope = 0.3;
    const tf = filterTime(gains);
    expect(tf).toBeCloseTo(1.2 / 20, 15);
    bank.setpoint[0] = 1;
    bank.step(dt); // takes over from output 0
    const bias = 0 - 2 * 0.7;
    for (let k = 1; k <= 400; k++) {
      const t = k * dt;
      bank.measurement[0] = slope * t;
      bank.step(dt);
      const exact =
        bias + 2 * (0.7 - slope * t) + 0.5 * (t - 0.5 * slope * t * t) - 1.2 * slope * (1 - Math.exp(-t / tf));
      expect(bank.output[0]).toBeCloseTo(exact, 10);
    }
  });

  it('converges with the square of the step to an independent fine integration of the same controller', () => {
    const y = (t: number) => Math.sin(1.7 * t) + 0.2 * t;
    const tf = filterTime(gains);
    const end = 3;
    let integral = 2 * y(0);
    let filtered = y(0);
    const h = 1e-6;
    for (let k = 0; k < end / h; k++) {
      const now = y((k + 0.5) * h);
      integral -= 0.5 * now * h;
      filtered += ((now - filtered) * h) / tf;
    }
    const exact = -2 * y(end) - (1.2 * (y(end) - filtered)) / tf + integral;
    const error = (steps: number): number => {
      const bank = one(gains);
      for (let k = 0; k <= steps; k++) {
        bank.measurement[0] = y((k * end) / steps);
        bank.step(end / steps);
      }
      return Math.abs(bank.output[0] - exact);
    };
    expect(error(300)).toBeLessThan(5e-4);
    expect(error(600) / error(300)).toBeCloseTo(0.25, 1);
  });

  it('leaves saturation within the tracking time, where a plain integral would need the whole excess', () => {
    const tuning = standardTuning(1, 2);
    const bank = one(tuning);
    bank.setLimits(0, 0, 1);
    bank.setpoint[0] = 10;
    bank.step(0.01);
    for (let k = 0; k < 5000; k++) bank.step(0.01);
    expect(bank.output[0]).toBe(1);
    // Steady back-calculation: raw = high + k_i e T_t. Here T_t = T_i, so the excess is K_c e.
    bank.setpoint[0] = -0.1;
    let steps = 0;
    while (bank.output[0] > 0.999 && steps < 10_000) {
      bank.step(0.01);
      steps++;
    }
    // With windup the integral would be 250 and need 500 s at e = −0.1 …
    expect(steps * 0.01).toBeLessThan(2 * trackingTime(tuning));
  });

  it('the excess of a saturated loop settles at k_i e T_t', () => {
    const bank = one({ ...standardTuning(3, 4), setpointWeight: 0 });
    bank.setLimits(0, -1, 1);
    bank.setpoint[0] = 2;
    for (let k = 0; k < 20_000; k++) bank.step(0.005);
    const raw = bank.unlimited[0];
    // Discretised: exact share of the excess per step.
    expect(raw).toBeCloseTo(1 + (0.75 * 2 * 0.005) / (1 - Math.exp(-0.005 / 4)), 6);
  });

  it('back-calculation follows what the actuator really did', () => {
    const bank = one(standardTuning(1, 1));
    bank.setpoint[0] = 1;
    for (let k = 0; k < 4000; k++) {
      bank.applied[0] = Math.min(bank.output[0], 0.2);
      bank.step(0.01);
    }
    expect(bank.output[0]).toBeLessThan(0.2 + 1.1);
  });

  it('neither jumps from manual to automatic nor back', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (manual, setpoint, y) => {
          const bank = one(gains);
          bank.setLimits(0, -4, 4);
          for (let k = 0; k < 7; k++) {
            bank.measurement[0] = y + 0.01 * k;
            bank.step(0.02);
          }
          bank.setManual(0, manual);
          const held = bank.output[0];
          for (let k = 0; k < 5; k++) {
            bank.measurement[0] = y - 0.03 * k;
            bank.feedForward[0] = k;
            bank.step(0.02);
            expect(bank.output[0]).toBe(held);
          }
          bank.setpoint[0] = setpoint;
          bank.setAutomatic(0);
          bank.step(0.02);
          expect(bank.output[0]).toBe(held);
          bank.setManual(0);
          bank.step(0.02);
          expect(bank.output[0]).toBe(held);
        },
      ),
    );
  });

  it('a new tuning does not move the output, whatever the gains', () => {
    const gain = fc.double({ min: 0.01, max: 50, noNaN: true });
    fc.assert(
      fc.property(gain, gain, gain, fc.double({ min: 0, max: 1, noNaN: true }), (kp, ki, kd, b) => {
        const bank = one(gains);
        bank.setpoint[0] = 1.5;
        for (let k = 0; k < 9; k++) {
          bank.measurement[0] = Math.sin(k);
          bank.step(0.05);
        }
        const before = bank.output[0];
        bank.tune(0, { proportional: kp, integral: ki, derivative: kd, filter: 12, setpointWeight: b });
        // The same measurement and an infinitely short step: nothing but the gains has changed.
        bank.step(1e-12);
        expect(Math.abs(bank.output[0] - before)).toBeLessThan(1e-6 * (1 + kp + kd));
      }),
    );
  });

  it('feed-forward passes straight through, and the setpoint does not excite the derivative', () => {
    const bank = one({ ...gains, setpointWeight: 0, integral: 0 });
    bank.step(0.01);
    bank.setpoint[0] = 100;
    bank.step(0.01);
    expect(bank.output[0]).toBe(0);
    bank.feedForward[0] = 0.4;
    bank.step(0.01);
    expect(bank.output[0]).toBeCloseTo(0.4, 14);
  });

  it('a lost measurement freezes its loop only, and it comes back without a jump', () => {
    const bank = new PidBank(2);
    for (const i of [0, 1]) {
      bank.tune(i, gains);
      bank.setAutomatic(i);
      bank.setpoint[i] = 1;
    }
    for (let k = 0; k < 10; k++) bank.step(0.01);
    const before = bank.output[0];
    bank.measurement[0] = Number.NaN;
    for (let k = 0; k < 10; k++) bank.step(0.01);
    expect(bank.output[0]).toBe(before);
    expect(bank.output[1]).toBeGreaterThan(before);
    bank.measurement[0] = 55;
    bank.step(0.01);
    expect(bank.output[0]).toBe(before);
  });

  it('a disabled loop stands; the rest runs', () => {
    const bank = one(gains);
    bank.setpoint[0] = 1;
    bank.step(0.1);
    bank.step(0.1);
    const stands = bank.output[0];
    bank.disable(0);
    bank.step(0.1);
    expect(bank.mode(0)).toBe('off');
    expect(bank.output[0]).toBe(stands);
    bank.setAutomatic(0);
    bank.step(0.1);
    expect(bank.output[0]).toBe(stands);
  });

  it('continues from its saved arrays with the same bits', () => {
    const run = (bank: PidBank, from: number, to: number): void => {
      for (let k = from; k < to; k++) {
        bank.measurement[0] = Math.sin(0.3 * k);
        bank.setpoint[0] = k > 30 ? 2 : 1;
        bank.step(0.01);
      }
    };
    const whole = one(gains);
    run(whole, 0, 60);
    const first = one(gains);
    run(first, 0, 25);
    const second = new PidBank(1);
    first.arrays().forEach((a, k) => {
      second.arrays()[k].set(a);
    });
    run(second, 25, 60);
    expect(second.output[0]).toBe(whole.output[0]);
  });

  it('refuses what is not a tuning or not a range', () => {
    const bank = new PidBank(1);
    expect(() => bank.tune(0, { ...gains, integral: -1 })).toThrow(/same sign/);
    expect(() => bank.tune(0, { ...gains, filter: 0 })).toThrow(/filter/);
    expect(() => bank.setLimits(0, 2, 1)).toThrow(/lower limit/);
    expect(() => standardTuning(1, 0)).toThrow(RangeError);
    expect(tuningProblem({ ...gains, proportional: 0 })).toMatch(/derivative/i);
    expect(tuningProblem({ ...gains, proportional: -2, integral: -1, derivative: -0.1 })).toBeNull();
  });
});
