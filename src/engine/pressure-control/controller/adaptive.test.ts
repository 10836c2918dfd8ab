import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numerics/random.ts';
import { AdaptiveTuner } from './adaptive.ts';
import { PidBank } from './pid.ts';

const DT = 0.05;
const DELAY = 10;

/** A loop whose process changes half way; the setpoint is a square wave (or stands, for no excitation). */
function run(options: {
  steps: number;
  noise?: number;
  stands?: boolean;
  gain: (k: number) => number;
  tau: (k: number) => number;
}): {
  bank: PidBank;
  tuner: AdaptiveTuner;
  y: number[];
  u: number[];
} {
  const bank = new PidBank(1);
  bank.setLimits(0, -10, 10);
  bank.setAutomatic(0);
  const tuner = new AdaptiveTuner(bank, DT, 40);
  tuner.start(0, { kind: 'first-order', gain: 2, timeConstant: 4, delay: DELAY * DT }, 1);
  const random = createRandom(8);
  const line = new Array<number>(DELAY).fill(0);
  let y = 0;
  const ys: number[] = [];
  const us: number[] = [];
  for (let k = 0; k < options.steps; k++) {
    bank.setpoint[0] = options.stands ? 1 : Math.floor((k * DT) / 15) % 2;
    bank.measurement[0] = y + (options.noise ?? 0) * (random.next() - 0.5);
    tuner.step();
    bank.step(DT);
    ys.push(y);
    us.push(bank.output[0]);
    line.push(bank.output[0]);
    y += (options.gain(k) * (line.shift() ?? 0) + 0.3 - y) * (1 - Math.exp(-DT / options.tau(k)));
  }
  return { bank, tuner, y: ys, u: us };
}

describe('adaptive mode', () => {
  it('learns a process that is not what it started with, and tunes for it', () => {
    const { tuner, bank } = run({ steps: 8000, gain: () => 3.6, tau: () => 6 });
    const { gain, timeConstant } = tuner.model(0);
    expect(gain / 3.6).toBeCloseTo(1, 1);
    expect(timeConstant / 6).toBeCloseTo(1, 1);
    expect(tuner.progress(0).retunings).toBeGreaterThan(0);
    // SIMC of the true process: τ/(k (τ_c + θ)), τ_I = min(τ, 4(τ_c + θ)).
    expect(bank.tuning(0).proportional / (6 / (3.6 * 1.5))).toBeCloseTo(1, 0);
    expect(bank.tuning(0).proportional / bank.tuning(0).integral).toBeCloseTo(6, 0);
  });

  it('follows a process that changes while it runs', () => {
    const { tuner } = run({
      steps: 30_000,
      gain: (k) => (k < 10_000 ? 2 : 1),
      tau: (k) => (k < 10_000 ? 4 : 8),
      noise: 0.005,
    });
    const { gain, timeConstant } = tuner.model(0);
    expect(Math.abs(gain - 1)).toBeLessThan(0.15);
    expect(Math.abs(timeConstant / 8 - 1)).toBeLessThan(0.2);
  });

  it('does not learn from a loop at rest, however long, nor change its gains', () => {
    const { tuner, bank } = run({ steps: 60_000, gain: () => 2, tau: () => 4, stands: true, noise: 0.002 });
    const before = tuner.progress(0).learnt;
    expect(before).toBeLessThan(300);
    expect(bank.tuning(0).proportional / (4 / (2 * 1.5))).toBeCloseTo(1, 0);
  });

  it('the right model stays, and new gains do not move the output', () => {
    const { tuner, u } = run({ steps: 8000, gain: () => 2, tau: () => 4 });
    expect(tuner.model(0).gain / 2).toBeCloseTo(1, 1);
    expect(tuner.model(0).timeConstant / 4).toBeCloseTo(1, 1);
    const change = run({ steps: 8000, gain: () => 3.6, tau: () => 6 });
    // Only the square wave's own kicks: one per 15 s, of K_c each.
    const jumps = (list: number[]): number => list.filter((x, k) => k > 0 && Math.abs(x - list[k - 1]) > 0.4).length;
    expect(jumps(change.u)).toBeLessThanOrEqual(Math.ceil((8000 * DT) / 15));
    expect(jumps(u)).toBeLessThanOrEqual(Math.ceil((8000 * DT) / 15));
  });

  it('disbelieves what is far from the model it started with', () => {
    const { tuner } = run({ steps: 8000, gain: () => 2 * 30, tau: () => 4 * 30 });
    expect(tuner.model(0).gain).toBeLessThan(10.001);
    expect(tuner.model(0).timeConstant).toBeLessThan(20.001);
  });

  it('continues from its saved arrays; refuses too long a delay', () => {
    const bank = new PidBank(1);
    const tuner = new AdaptiveTuner(bank, DT, 4);
    expect(() => tuner.start(0, { kind: 'first-order', gain: 1, timeConstant: 1, delay: 1 }, 1)).toThrow(
      /exceeds 4 steps/,
    );
    const { tuner: done } = run({ steps: 3000, gain: () => 3, tau: () => 5 });
    const copy = new AdaptiveTuner(new PidBank(1), DT, 40);
    done.arrays().forEach((a, k) => {
      copy.arrays()[k].set(a);
    });
    expect(copy.model(0)).toEqual(done.model(0));
    expect(copy.progress(0)).toEqual(done.progress(0));
  });
});
