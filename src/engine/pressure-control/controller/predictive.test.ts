import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numerics/random.ts';
import { MOVES, MoveProblem } from './constrained-moves.ts';
import { PredictiveBank, type PredictiveSettings } from './predictive.ts';

const settings: PredictiveSettings = {
  model: { kind: 'first-order', gain: 2, timeConstant: 5, delay: 1 },
  closedLoopTime: 2,
  observerTime: 1,
  low: -10,
  high: 10,
  rateLimit: 1000,
  moveSuppression: 0,
};
const DT = 0.1;

/** The loop on a true process (not necessarily the model). */
function loop(
  changes: Partial<PredictiveSettings>,
  truth: { gain: number; timeConstant: number; delay: number; integrating?: boolean },
  drive: (k: number, bank: PredictiveBank) => number,
  steps: number,
): { y: number[]; u: number[]; bank: PredictiveBank } {
  const bank = new PredictiveBank(1, DT, 40);
  bank.configure(0, { ...settings, ...changes });
  bank.enable(0, 0, 0);
  const line = new Array<number>(Math.round(truth.delay / DT)).fill(0);
  let y = 0;
  const ys: number[] = [];
  const us: number[] = [];
  for (let k = 0; k < steps; k++) {
    const load = drive(k, bank);
    bank.measurement[0] = y;
    bank.step();
    ys.push(y);
    us.push(bank.output[0]);
    line.push(bank.output[0]);
    const u = (line.shift() ?? 0) + load;
    if (truth.integrating) y += truth.gain * u * DT;
    else y += (truth.gain * u - y) * (1 - Math.exp(-DT / truth.timeConstant));
  }
  return { y: ys, u: us, bank };
}
const matching = { gain: 2, timeConstant: 5, delay: 1 };

describe('predictive mode', () => {
  it('a right model: exactly the wanted exponential after the delay', () => {
    const { y } = loop(
      {},
      matching,
      (_k, bank) => {
        bank.setpoint[0] = 3;
        return 0;
      },
      150,
    );
    for (let k = 0; k < 150; k++) {
      const t = (k - 10) * DT;
      expect(y[k]).toBeCloseTo(t <= 0 ? 0 : 3 * (1 - Math.exp(-t / 2)), 9);
    }
  });

  it('leaves no offset under loads and with a wrong model, lag or integrator', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.7, max: 1.4, noNaN: true }),
        fc.double({ min: 0.7, max: 1.4, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.boolean(),
        (gainError, lagError, load, integrating) => {
          const truth = { gain: 2 * gainError, timeConstant: 5 * lagError, delay: 1, integrating };
          const model = integrating ? ({ kind: 'integrating', gain: 2, delay: 1 } as const) : settings.model;
          const { y } = loop(
            { model, closedLoopTime: 3, observerTime: 4 },
            truth,
            (k, bank) => {
              bank.setpoint[0] = 3;
              return k > 200 ? load : 0;
            },
            1500,
          );
          expect(y[1499]).toBeCloseTo(3, 3);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('estimates the load it works against', () => {
    const { bank } = loop({}, matching, () => 0.7, 400);
    expect(bank.load[0]).toBeCloseTo(0.7, 6);
    expect(bank.output[0]).toBeCloseTo(-0.7, 6);
  });

  it('keeps range and rate always, and still arrives without overshoot', () => {
    const { y, u } = loop(
      { low: -0.5, high: 2, rateLimit: 0.5, closedLoopTime: 0.5 },
      matching,
      (_k, bank) => {
        bank.setpoint[0] = 3.5;
        return 0;
      },
      600,
    );
    for (let k = 0; k < 600; k++) {
      expect(u[k]).toBeLessThanOrEqual(2);
      expect(u[k]).toBeGreaterThanOrEqual(-0.5);
      expect(Math.abs(u[k] - (u[k - 1] ?? 0))).toBeLessThanOrEqual(0.05 * (1 + 1e-9));
    }
    expect(y[599]).toBeCloseTo(3.5, 4);
    expect(Math.max(...y)).toBeLessThan(3.6);
    expect(Math.max(...u)).toBe(2);
  });

  it('an unreachable setpoint winds nothing up', () => {
    const { y } = loop(
      { high: 1 },
      matching,
      (k, bank) => {
        bank.setpoint[0] = k < 300 ? 50 : 1;
        return 0;
      },
      400,
    );
    expect(y[299]).toBeCloseTo(2, 1);
    // The fall begins one delay after the change, at the wanted pace.
    expect(y[310]).toBeCloseTo(y[299], 2);
    expect(y[330] - 1).toBeCloseTo(Math.exp(-1), 1);
  });

  it('a lost measurement is bridged by the model; noise is not amplified without bound', () => {
    const random = createRandom(2);
    const bank = new PredictiveBank(1, DT, 10);
    bank.configure(0, { ...settings, observerTime: 3, moveSuppression: 0.1 });
    bank.enable(0, 0, 0);
    bank.setpoint[0] = 3;
    const line = new Array<number>(10).fill(0);
    let y = 0;
    const late: number[] = [];
    for (let k = 0; k < 2000; k++) {
      bank.measurement[0] = k > 30 && k < 60 ? Number.NaN : y + 0.2 * (random.next() - 0.5);
      bank.step();
      line.push(bank.output[0]);
      y += (2 * (line.shift() ?? 0) - y) * (1 - Math.exp(-DT / 5));
      if (k > 1000) late.push(y);
    }
    expect(Math.max(...late.map((x) => Math.abs(x - 3)))).toBeLessThan(0.2);
  });

  it('takes over at rest without moving', () => {
    const bank = new PredictiveBank(1, DT, 10);
    bank.configure(0, settings);
    bank.enable(0, 1.2, 4.4);
    bank.setpoint[0] = 4.4;
    for (let k = 0; k < 20; k++) {
      bank.measurement[0] = 4.4;
      bank.step();
      expect(bank.output[0]).toBeCloseTo(1.2, 12);
    }
  });

  it('continues from its saved arrays; refuses impossible settings', () => {
    const a = loop(
      {},
      matching,
      (_k, bank) => {
        bank.setpoint[0] = 1;
        return 0;
      },
      30,
    ).bank;
    const b = new PredictiveBank(1, DT, 40);
    a.arrays().forEach((x, k) => {
      b.arrays()[k].set(x);
    });
    b.restored();
    for (let k = 0; k < 20; k++) {
      a.step();
      b.step();
    }
    expect(b.output[0]).toBe(a.output[0]);
    expect(() => b.configure(0, { ...settings, model: { ...settings.model, delay: 9 } })).toThrow(/exceeds 40 samples/);
    expect(() => b.configure(0, { ...settings, low: 1, high: 0 })).toThrow(/order/);
    expect(() => new PredictiveBank(1, 1, 1).enable(0, 0, 0)).toThrow(/configure/);
  });
});

describe('constrained moves', () => {
  it('no feasible plan is better than the one found', () => {
    const steps = [0.4, 0.7, 0.9, 1.05, 1.15];
    const value = fc.double({ min: -3, max: 3, noNaN: true });
    const bound = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: MOVES, maxLength: MOVES }),
        bound,
        bound,
        bound,
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: MOVES, maxLength: MOVES }),
        (errors, rate, above, below, trial) => {
          const problem = new MoveProblem();
          problem.setModel(steps, 0.05);
          problem.solve(errors, rate, above, below);
          const found = [...problem.moves];
          const weight = 0.05 * steps.reduce((s, x) => s + x * x, 0);
          const cost = (moves: readonly number[]): number => {
            let sum = 0;
            for (let i = 0; i < MOVES; i++) {
              let e = errors[i];
              for (let j = 0; j <= i; j++) e -= steps[i - j] * moves[j];
              sum += e * e + weight * moves[i] * moves[i];
            }
            return sum;
          };
          let level = 0;
          for (const move of found) {
            level += move;
            expect(Math.abs(move)).toBeLessThan(rate + 1e-9);
            expect(level).toBeLessThan(above + 1e-9);
            expect(level).toBeGreaterThan(-below - 1e-9);
          }
          // Another plan within the same bounds.
          let at = 0;
          const other = trial.map((share) => {
            const next = Math.max(-below, Math.min(above, at + share * rate));
            const move = next - at;
            at = next;
            return move;
          });
          expect(cost(found)).toBeLessThanOrEqual(cost(other) + 1e-9);
        },
      ),
    );
  });
});
