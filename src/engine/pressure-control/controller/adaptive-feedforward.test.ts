import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numerics/random.ts';
import {
  AdaptiveFeedforward,
  FEEDFORWARD_DEFAULTS,
  type FeedforwardSettings,
  stabilityLimit,
} from './adaptive-feedforward.ts';

/** A plant p = H u + d with noise; runs a bank of one on it. @returns |error| per window */
function run(
  options: {
    phaseError?: number;
    gainRatio?: number;
    settings?: Partial<FeedforwardSettings>;
    noise?: number;
    windows?: number;
  } = {},
): { errors: number[]; bank: AdaptiveFeedforward } {
  const { phaseError = 0, gainRatio = 1, noise = 0, windows = 200 } = options;
  const bank = new AdaptiveFeedforward(1, { ...FEEDFORWARD_DEFAULTS, ...options.settings });
  const h = { re: 800 * Math.cos(0.7), im: 800 * Math.sin(0.7) };
  const angle = 0.7 - phaseError;
  bank.setPlant(0, (800 / gainRatio) * Math.cos(angle), (800 / gainRatio) * Math.sin(angle));
  bank.targetRe[0] = 5000;
  bank.targetIm[0] = -2000;
  const random = createRandom(4);
  const wobble = (): number => noise * (2 * random.next() - 1);
  const errors: number[] = [];
  for (let k = 0; k < windows; k++) {
    const [u, v] = [bank.commandRe[0], bank.commandIm[0]];
    bank.measuredRe[0] = h.re * u - h.im * v + 300 + wobble();
    bank.measuredIm[0] = h.re * v + h.im * u - 700 + wobble();
    errors.push(Math.hypot(5000 - bank.measuredRe[0], -2000 - bank.measuredIm[0]));
    bank.update();
  }
  return { errors, bank };
}
const degrees = (x: number): number => (x * Math.PI) / 180;

describe('adaptive feed-forward', () => {
  it('removes the share μ of the error per window when the plant is known', () => {
    const { errors } = run();
    for (let k = 1; k < 20; k++) expect(errors[k] / errors[k - 1]).toBeCloseTo(0.7, 9);
    expect(errors[199]).toBeLessThan(1e-8);
  });

  it('converges with a phase wrong by 60° either way, at the predicted pace', () => {
    for (const wrong of [60, -60]) {
      const { errors, bank } = run({ phaseError: degrees(wrong) });
      // |1 − μ e^{iφ}|
      expect(errors[5] / errors[4]).toBeCloseTo(Math.hypot(1 - 0.3 * 0.5, 0.3 * Math.sin(degrees(60))), 9);
      expect(errors[199]).toBeLessThan(1e-3 * errors[0]);
      expect(bank.replacements[0]).toBe(0);
    }
  });

  it('its stability limit is the boundary, for any gain ratio and phase', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 3, noNaN: true }),
        fc.double({ min: -85, max: 85, noNaN: true }),
        (gainRatio, wrong) => {
          const limit = stabilityLimit(gainRatio, degrees(wrong));
          const grows = (stepSize: number): boolean => {
            const { errors } = run({
              phaseError: degrees(wrong),
              gainRatio,
              settings: { stepSize, guard: false },
              windows: 12,
            });
            return errors[11] > errors[10];
          };
          if (0.98 * limit < 2) expect(grows(0.98 * limit)).toBe(false);
          if (1.02 * limit < 2) expect(grows(1.02 * limit)).toBe(true);
        },
      ),
    );
    expect(stabilityLimit(1, degrees(91))).toBe(0);
  });

  it('beyond 90° it diverges, unless the guard is on: that finds the plant and converges', () => {
    for (const wrong of [100, 135, 180, -120]) {
      expect(run({ phaseError: degrees(wrong), settings: { guard: false } }).errors[199]).toBeGreaterThan(1e4);
      const { errors, bank } = run({ phaseError: degrees(wrong) });
      expect(errors[199]).toBeLessThan(1e-6);
      expect(bank.replacements[0]).toBe(1);
      expect(bank.plantRe[0]).toBeCloseTo(800 * Math.cos(0.7), 6);
      expect(bank.plantIm[0]).toBeCloseTo(800 * Math.sin(0.7), 6);
      expect(Math.max(...errors)).toBeLessThan(3 * errors[0]);
    }
  });

  it('under noise it stays near the target and does not lose its plant', () => {
    for (const wrong of [0, 150]) {
      const { errors, bank } = run({
        phaseError: degrees(wrong),
        noise: 50,
        windows: 2000,
        settings: { limit: 20, excitation: 0.02 },
      });
      const late = errors.slice(1000);
      // Excess of LMS: the noise is amplified by 1/(1 − μ/2).
      expect(Math.sqrt(late.reduce((s, e) => s + e * e, 0) / 1000)).toBeLessThan(2 * 50);
      expect(bank.replacements[0]).toBe(wrong === 0 ? 0 : 1);
    }
  });

  it('a plant that turns round after convergence is found again', () => {
    const bank = new AdaptiveFeedforward(1);
    bank.targetRe[0] = 100;
    let worst = 0;
    for (let k = 0; k < 300; k++) {
      const sign = k < 150 ? 1 : -1;
      bank.measuredRe[0] = sign * 3 * bank.commandRe[0] + 20;
      bank.measuredIm[0] = sign * 3 * bank.commandIm[0];
      if (k === 0) bank.setPlant(0, 3, 0);
      if (k > 150) worst = Math.max(worst, Math.abs(100 - bank.measuredRe[0]));
      bank.update();
    }
    // The window in which it turned spoils the first identification.
    expect(bank.replacements[0]).toBeGreaterThanOrEqual(1);
    expect(bank.replacements[0]).toBeLessThanOrEqual(3);
    expect(bank.measuredRe[0]).toBeCloseTo(100, 6);
    expect(worst).toBeLessThan(1000);
  });

  it('keeps its limit, with the phase of what was asked', () => {
    const { bank, errors } = run({ settings: { limit: 2 } });
    expect(Math.hypot(bank.commandRe[0], bank.commandIm[0])).toBeCloseTo(2, 12);
    const ideal = Math.atan2(-2000 + 700, 5000 - 300) - 0.7;
    expect(Math.atan2(bank.commandIm[0], bank.commandRe[0])).toBeCloseTo(ideal, 3);
    expect(errors[199]).toBeGreaterThan(1000);
  });

  it('the leak leaves λ/(λ + μ) of what would have to be made', () => {
    const { errors } = run({ settings: { leak: 0.03 } });
    expect(errors[199] / Math.hypot(4700, -1300)).toBeCloseTo(0.03 / 0.33, 6);
  });

  it('a lost measurement leaves its chamber alone; chambers are independent; impossible settings are refused', () => {
    const bank = new AdaptiveFeedforward(2);
    bank.targetRe.set([1, 1]);
    bank.measuredRe.set([Number.NaN, 0]);
    bank.update();
    expect([bank.commandRe[0], bank.commandRe[1]]).toEqual([0, 0.3]);
    expect(() => bank.setPlant(0, 0, 0)).toThrow(/zero/);
    expect(() => new AdaptiveFeedforward(1, { ...FEEDFORWARD_DEFAULTS, stepSize: 2 })).toThrow(RangeError);
  });
});
