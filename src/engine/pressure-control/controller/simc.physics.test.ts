import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numerics/random.ts';
import { type Identification, identifyStep, type StepRecord } from './identification.ts';
import type { ProcessModel } from './process-model.ts';
import { predictResponse } from './response.ts';
import { halfRule, simcTuning } from './simc.ts';
import { standardTuning } from './tuning.ts';

const lag: ProcessModel = { kind: 'first-order', gain: 1, timeConstant: 10, delay: 1 };

describe('SIMC rules (Skogestad 2003)', () => {
  it('P06: K_c = 5, τ_I = 8 for k = 1, τ = 10, θ = 1', () => {
    const t = simcTuning(lag);
    expect([t.gain, t.integralTime]).toEqual([5, 8]);
    expect(t.pid).toMatchObject({ proportional: 5, integral: 0.625, derivative: 0 });
  });

  it('integrating and second-order processes', () => {
    const i = simcTuning({ kind: 'integrating', gain: 0.5, delay: 1 });
    expect([i.gain, i.integralTime]).toEqual([1, 8]);
    const s = simcTuning({ kind: 'second-order', gain: 2, timeConstant: 20, secondTimeConstant: 3, delay: 1 }, 2);
    expect([s.gain, s.integralTime, s.derivativeTime]).toEqual([20 / 6, 12, 3]);
    // eq. 36: K_c(1 + τ_D/τ_I), τ_I + τ_D, τ_D/(1 + τ_D/τ_I)
    expect(s.pid.proportional).toBeCloseTo((20 / 6) * 1.25, 12);
    expect(s.pid.proportional / s.pid.integral).toBeCloseTo(15, 12);
    expect(s.pid.derivative / s.pid.proportional).toBeCloseTo(2.4, 12);
    expect(halfRule({ kind: 'second-order', gain: 2, timeConstant: 20, secondTimeConstant: 3, delay: 1 })).toEqual({
      kind: 'first-order',
      gain: 2,
      timeConstant: 21.5,
      delay: 2.5,
    });
  });

  it('refuses impossible models', () => {
    expect(() => simcTuning({ ...lag, gain: 0 })).toThrow(/gain/);
    expect(() => simcTuning({ kind: 'integrating', gain: 1, delay: 0 }, 0)).toThrow(/both/);
  });
});

describe('predicted response of the loop', () => {
  // Independent program: RK4 with the delay as history, dt = 1e-4 s (NumPy); [overshoot, 2 % time, IAE].
  it.each([
    [lag, standardTuning(5, 8), [0.081174, 10.0178, 2.499489], [0.168873, 33.283, 1.6]],
    [
      { kind: 'first-order', gain: 2, timeConstant: 3, delay: 1 } as const,
      standardTuning(0.75, 3),
      [0.04052, 6.0564, 2.16869],
      [0.828712, 15.113, 4],
    ],
    [
      { kind: 'integrating', gain: 0.5, delay: 1 } as const,
      standardTuning(1, 8),
      [0.277423, 19.569, 3.922266],
      [0.980567, 26.4761, 8],
    ],
  ])('of %o', (model, tuning, setpoint, load) => {
    const predicted = predictResponse(model, tuning, { horizon: 120 });
    for (const [p, e] of [
      [predicted.setpoint, setpoint],
      [predicted.load, load],
    ] as const) {
      expect(p.overshoot).toBeCloseTo(e[0], 4);
      expect(Math.abs((p.settlingTime ?? Number.NaN) - e[1])).toBeLessThan(0.03);
      expect(p.integralAbsoluteError).toBeCloseTo(e[2], 2);
      expect(p.diverges).toBe(false);
    }
  });

  it('IAE 2.17 θ for the setpoint when τ_I = τ (Skogestad 2003), and τ_I/K_c for the load', () => {
    const model = { kind: 'first-order', gain: 3, timeConstant: 2, delay: 1 } as const;
    const tuning = simcTuning(model);
    const { setpoint, load } = predictResponse(model, tuning.pid);
    expect(setpoint.integralAbsoluteError).toBeCloseTo(2.17, 2);
    expect(load.integralAbsoluteError).toBeCloseTo(tuning.integralTime / tuning.gain, 2);
  });

  it('the linear area under the deviation after a load is T_i/K for any stable loop', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.double({ min: 0.5, max: 30, noNaN: true }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        fc.double({ min: 1, max: 3, noNaN: true }),
        (gain, timeConstant, delay, slowness) => {
          const model = { kind: 'first-order', gain, timeConstant, delay } as const;
          const tuning = simcTuning(model, slowness * delay);
          const { load, setpoint } = predictResponse(model, tuning.pid);
          expect(load.diverges || setpoint.diverges).toBe(false);
          expect(load.settlingTime).not.toBeNull();
          // SIMC loops hardly cross zero after a load, so IAE is the integral error itself.
          expect(load.integralAbsoluteError / (tuning.integralTime / tuning.gain)).toBeGreaterThan(0.99);
          expect(load.integralAbsoluteError / (tuning.integralTime / tuning.gain)).toBeLessThan(1.1);
          expect(setpoint.overshoot).toBeLessThan(0.3);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('a process without delay under PI has the closed form of a second-order loop', () => {
    // k/(τs+1) with τ_I = τ: closed loop 1/(1 + s τ/(k K_c)), no overshoot.
    const model = { kind: 'first-order', gain: 2, timeConstant: 4, delay: 0 } as const;
    const { setpoint } = predictResponse(model, standardTuning(3, 4), { horizon: 10 });
    const { time, measurement } = setpoint.curve;
    for (let k = 0; k < time.length; k++) expect(measurement[k]).toBeCloseTo(1 - Math.exp((-time[k] * 6) / 4), 3);
    expect(setpoint.overshoot).toBeLessThan(1e-4);
  });

  it('says that a loop diverges', () => {
    // k K_c θ/τ far beyond the limit π/2 of an integrator with delay.
    const { setpoint } = predictResponse({ kind: 'integrating', gain: 1, delay: 1 }, standardTuning(2.2, 10), {
      horizon: 60,
    });
    expect(setpoint.diverges).toBe(true);
    expect(setpoint.settlingTime).toBeNull();
  });

  it('derivative action shortens a second-order loop', () => {
    const model = { kind: 'second-order', gain: 1, timeConstant: 10, secondTimeConstant: 4, delay: 0.5 } as const;
    const pid = predictResponse(model, simcTuning(model).pid);
    const pi = predictResponse(model, simcTuning(halfRule(model)).pid);
    expect(pid.load.integralAbsoluteError).toBeLessThan(0.5 * pi.load.integralAbsoluteError);
  });
});

function record(model: ProcessModel, noise: number, seed: number, end: number): StepRecord {
  const random = createRandom(seed);
  const n = 300;
  const time = Float64Array.from({ length: n }, (_, k) => (k * end) / n);
  const stepTime = 0.1 * end;
  const stepSize = 0.2;
  const measurement = time.map((t) => {
    const s = t - stepTime - model.delay;
    const shape =
      s <= 0
        ? 0
        : model.kind === 'integrating'
          ? s
          : 1 - Math.exp(-s / (model as { timeConstant: number }).timeConstant);
    const normal = random.next() + random.next() + random.next() + random.next() - 2;
    return 7 + model.gain * stepSize * shape + noise * normal * Math.sqrt(3);
  });
  return { time, measurement, stepTime, stepSize };
}
const identified = (r: StepRecord): Identification => {
  const result = identifyStep(r);
  if ('failure' in result) throw new Error(result.failure);
  return result;
};

describe('identification from a step', () => {
  it('finds a noiseless process again', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 20, noNaN: true }),
        fc.double({ min: 2, max: 15, noNaN: true }),
        fc.double({ min: 0, max: 10, noNaN: true }),
        fc.boolean(),
        (gain, timeConstant, delay, negative) => {
          const k = negative ? -gain : gain;
          const { model, rSquared, start } = identified(
            record({ kind: 'first-order', gain: k, timeConstant, delay }, 0, 1, 60),
          );
          if (model.kind !== 'first-order') throw new Error('taken for an integrator');
          expect(model.gain / k).toBeCloseTo(1, 4);
          expect(model.timeConstant / timeConstant).toBeCloseTo(1, 4);
          expect(model.delay).toBeCloseTo(delay, 3);
          expect(start).toBeCloseTo(7, 6);
          expect(rSquared).toBeGreaterThan(0.999999);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('its standard errors are those found over many noisy records', () => {
    const truth = { kind: 'first-order', gain: 5, timeConstant: 6, delay: 2 } as const;
    const found = Array.from({ length: 60 }, (_, seed) => identified(record(truth, 0.05, seed + 1, 40)));
    const z = (pick: (i: Identification) => number): number =>
      Math.sqrt(found.reduce((sum, i) => sum + pick(i) * pick(i), 0) / found.length);
    const scores = [
      z((i) => (i.model.gain - 5) / i.gainError),
      z((i) => (i.model.delay - 2) / i.delayError),
      z((i) => ((i.model.kind === 'first-order' ? i.model.timeConstant : 0) - 6) / i.timeConstantError),
    ];
    for (const score of scores) {
      expect(score).toBeGreaterThan(0.75);
      expect(score).toBeLessThan(1.3);
    }
    expect(z((i) => i.residual)).toBeCloseTo(0.05, 2);
  });

  it('recognises an integrating process, with its delay', () => {
    const { model, rSquared } = identified(record({ kind: 'integrating', gain: 0.4, delay: 3 }, 0.02, 9, 40));
    expect(model.kind).toBe('integrating');
    expect(model.gain / 0.4).toBeCloseTo(1, 1);
    expect(model.delay).toBeCloseTo(3, 0);
    expect(rSquared).toBeGreaterThan(0.99);
    // A lag of twice the record is still told apart from it.
    const slow = identified(record({ kind: 'first-order', gain: 8, timeConstant: 60, delay: 3 }, 0.002, 9, 40));
    expect(slow.model.kind).toBe('first-order');
  });

  it('explains next to nothing of pure noise', () => {
    const r = record({ kind: 'first-order', gain: 1e-9, timeConstant: 5, delay: 1 }, 0.1, 3, 40);
    const result = identifyStep(r);
    if (!('failure' in result)) expect(result.rSquared).toBeLessThan(0.2);
  });

  it('refuses records that say nothing, with the reason', () => {
    const r = record(lag, 0, 1, 60);
    const reason = (changes: Partial<StepRecord>): string => {
      const result = identifyStep({ ...r, ...changes });
      return 'failure' in result ? result.failure : '';
    };
    expect(reason({ stepSize: 0 })).toMatch(/did not step/);
    expect(reason({ time: [1, 2] })).toMatch(/number/);
    expect(reason({ time: [1, 2], measurement: [1, 2] })).toMatch(/Only 2/);
    expect(reason({ stepTime: -1 })).toMatch(/before and after/);
    expect(reason({ measurement: Array.from(r.measurement).fill(Number.NaN, 5, 6) })).toMatch(/Sample 6/);
    expect(reason({ measurement: new Float64Array(300) })).toMatch(/does not answer/);
  });
});
