import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numerics/random.ts';
import { StepTest, type StepTestOptions } from './autotune.ts';
import { PidBank } from './pid.ts';
import { standardTuning } from './tuning.ts';

const options: StepTestOptions = {
  stepSize: 0.1,
  steadyTolerance: 0.02,
  steadyWindow: 4,
  longestWait: 60,
  longestRecord: 60,
  lowest: -100,
  highest: 100,
  smallestResponse: 0.1,
  largestResponse: 10,
};

/** A first-order (or, with τ infinite, integrating) process with delay on loop 0 of a bank, and a test on it. */
class Bench {
  readonly bank = new PidBank(1);
  readonly test: StepTest;
  private y: number;
  private readonly random = createRandom(11);
  private readonly line: number[];
  readonly outputs: number[] = [];
  noise = 0.01;
  time = 0;
  readonly dt = 0.05;

  constructor(
    private readonly gain: number,
    private readonly timeConstant: number,
    delay: number,
    changes: Partial<StepTestOptions> = {},
    start = 0.5,
  ) {
    this.test = new StepTest(this.bank, 0, { ...options, ...changes });
    this.y = timeConstant === Number.POSITIVE_INFINITY ? 3 : gain * start;
    this.line = new Array<number>(Math.round(delay / this.dt)).fill(start);
    this.bank.tune(0, standardTuning(0.05, 10));
    this.bank.setLimits(0, 0, 1);
    this.bank.setManual(0, start);
    this.start = start;
  }
  private readonly start: number;

  run(seconds: number, until: () => boolean = () => false): void {
    const end = this.time + seconds;
    while (this.time < end && !until()) {
      this.bank.measurement[0] = this.y + this.noise * (this.random.next() + this.random.next() - 1);
      this.test.step(this.dt);
      this.bank.step(this.dt);
      this.outputs.push(this.bank.output[0]);
      this.line.push(this.bank.output[0]);
      const u = this.line.shift() ?? 0;
      if (this.timeConstant === Number.POSITIVE_INFINITY) this.y += this.gain * (u - this.start) * this.dt;
      else this.y += (this.gain * u - this.y) * (1 - Math.exp(-this.dt / this.timeConstant));
      this.time += this.dt;
    }
  }
}

describe('step test', () => {
  it('finds a process through noise, proposes its SIMC tuning, and predicts what the loop then does', () => {
    const bench = new Bench(20, 5, 1);
    bench.bank.setpoint[0] = 10;
    bench.bank.setAutomatic(0);
    bench.run(5);
    bench.test.start();
    expect(bench.bank.mode(0)).toBe('manual');
    const seen = new Set<string>();
    let last = 0;
    bench.run(200, () => {
      seen.add(bench.test.phase);
      expect(bench.test.progress).toBeGreaterThanOrEqual(last);
      last = bench.test.progress;
      return !bench.test.isRunning;
    });
    expect([...seen]).toEqual(['settling', 'baseline', 'recording', 'done']);
    expect(bench.test.progress).toBe(1);
    const { proposal } = bench.test;
    if (!proposal) throw new Error(bench.test.failure?.words);
    const { model } = proposal.identification;
    expect(model.gain / 20).toBeCloseTo(1, 1);
    expect(model.delay).toBeGreaterThan(0.85);
    expect(model.delay).toBeLessThan(1.2);
    expect(model.kind === 'first-order' && model.timeConstant / 5).toBeCloseTo(1, 1);
    expect(proposal.tuning.gain / (5 / (20 * 2))).toBeCloseTo(1, 0);

    // The proposal, put to work without a bump, does what was predicted.
    expect(bench.bank.mode(0)).toBe('automatic');
    bench.bank.tune(0, proposal.tuning.pid);
    bench.run(60);
    bench.noise = 0;
    bench.bank.setpoint[0] = 11;
    let highest = 0;
    bench.run(30, () => {
      highest = Math.max(highest, bench.bank.measurement[0]);
      return false;
    });
    expect(bench.bank.measurement[0]).toBeCloseTo(11, 2);
    expect(highest - 11).toBeLessThan(proposal.predicted.setpoint.overshoot + 0.05);
  });

  it('neither start nor end makes the output jump by more than its step', () => {
    for (const automatic of [true, false]) {
      const bench = new Bench(20, 5, 1);
      bench.noise = 0;
      bench.bank.setpoint[0] = 10;
      if (automatic) bench.bank.setAutomatic(0);
      bench.run(2);
      bench.test.start();
      bench.run(300, () => !bench.test.isRunning);
      bench.run(5);
      expect(bench.test.phase).toBe('done');
      const jumps = bench.outputs
        .map((u, k) => (k === 0 ? 0 : Math.abs(u - bench.outputs[k - 1])))
        .filter((j) => j > 0.01);
      expect(jumps).toHaveLength(1);
      expect(jumps[0]).toBeCloseTo(0.1, 6);
      if (!automatic) {
        expect(bench.bank.mode(0)).toBe('manual');
        expect(bench.outputs.at(-1)).toBeCloseTo(0.5, 12);
      }
    }
  });

  it('ends the record of an integrating process at the largest answer allowed', () => {
    const bench = new Bench(2, Number.POSITIVE_INFINITY, 1, { largestResponse: 2 });
    bench.test.start();
    bench.run(200, () => !bench.test.isRunning);
    const model = bench.test.proposal?.identification.model;
    expect(model?.kind).toBe('integrating');
    expect((model?.gain ?? 0) / 2).toBeCloseTo(1, 1);
  });

  it('steps the other way when the limits leave no room, and gives up when neither does', () => {
    const high = new Bench(20, 5, 1, {}, 0.95);
    high.test.start();
    high.run(200, () => !high.test.isRunning);
    expect(high.test.phase).toBe('done');
    expect(Math.min(...high.outputs)).toBeCloseTo(0.85, 9);
    const narrow = new Bench(20, 5, 1, { stepSize: 0.7 });
    narrow.test.start();
    narrow.run(200, () => !narrow.test.isRunning);
    expect(narrow.test.failure?.kind).toBe('no-room');
    expect(narrow.bank.output[0]).toBe(0.5);
  });

  it('names its failures and hands the loop back', () => {
    const failureOf = (bench: Bench, meddle: (bench: Bench) => void = () => {}): string | undefined => {
      bench.test.start();
      bench.run(12);
      meddle(bench);
      bench.run(200, () => !bench.test.isRunning);
      expect(bench.bank.mode(0)).toBe('manual');
      expect(bench.bank.output[0]).toBe(0.5);
      expect(bench.test.proposal).toBeNull();
      expect(bench.test.failure?.words).toMatch(/\.$/);
      return bench.test.failure?.kind;
    };
    expect(failureOf(new Bench(0.01, 5, 1))).toBe('no-response');
    expect(failureOf(new Bench(20, 5, 1, { highest: 11 }))).toBe('out-of-range');
    expect(failureOf(new Bench(20, 5, 1), (b) => b.test.cancel())).toBe('cancelled');
    expect(
      failureOf(new Bench(20, 5, 1), (b) => {
        b.noise = Number.NaN;
      }),
    ).toBe('bad-signal');
    const drifting = new Bench(0.5, Number.POSITIVE_INFINITY, 1, { longestWait: 20 });
    const settle = drifting.bank;
    settle.setManual(0, 0.8);
    drifting.test.start();
    drifting.run(60, () => !drifting.test.isRunning);
    expect(drifting.test.failure?.kind).toBe('not-steady');
    const loud = new Bench(2, 5, 1, { steadyTolerance: 10, smallestResponse: 0 });
    loud.noise = 3;
    expect(failureOf(loud)).toBe('poor-fit');
  });

  it('continues from its saved arrays', () => {
    const bench = new Bench(20, 5, 1);
    bench.test.start();
    bench.run(20);
    const copy = new StepTest(bench.bank, 0, options);
    bench.test.arrays().forEach((a, k) => {
      copy.arrays()[k].set(a);
    });
    expect(copy.phase).toBe(bench.test.phase);
    expect(copy.record()).toEqual(bench.test.record());
  });
});
