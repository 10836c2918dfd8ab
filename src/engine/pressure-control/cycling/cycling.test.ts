import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildLayout } from '../../lattice/layout.ts';
import { sin, TWO_PI } from '../../numerics/elementary.ts';
import { defaultValues } from '../../parameters/table.ts';
import { CycleProgram, type CycleShape, fraction, shapeProblem } from './cycle-program.ts';
import { PHASE_PATTERNS, patternPhases } from './phases.ts';

const program = (shape: CycleShape, phase: readonly number[] = [0]): CycleProgram =>
  new CycleProgram({ shape, period: 2, low: 1e5, high: 5e5, phase });
const level = (p: CycleProgram, turn: number, i = 0): number => (p.target(i, 2 * turn) - 1e5) / 4e5;

interface Plain {
  readonly kind: string;
  readonly period: number;
  readonly low: number;
  readonly high: number;
  readonly duty: number;
  readonly phase: readonly number[];
}

/** Square and sine written out. */
function plainProgram({ kind, period, low, high, duty, phase }: Plain) {
  const jumps = kind === 'square' ? phase.flatMap((start) => [fraction(start), fraction(start + duty)]) : [];
  const several = new Set(jumps).size <= 32 ? jumps : [];
  return {
    target: (i: number, t: number): number => {
      const turn = fraction(t / period - phase[i]);
      if (kind === 'square') return turn < duty ? high : low;
      return 0.5 * (low + high) + 0.5 * (high - low) * sin(TWO_PI * turn);
    },
    longestStep: (t: number): number => {
      const turn = fraction(t / period);
      const ahead = several.map((jump) => (jump > turn ? jump - turn : 1 + jump - turn) * period);
      return Math.min(period / 64, ...ahead.filter((s) => s > 1e-9 * period));
    },
  };
}

describe('cycle shapes', () => {
  it('square and sine are those of their formulas bit for bit, and end their steps on the jumps', () => {
    // Turns a rounding error from a whole one are another matter: 1 − 5e-324 is 1.
    const turn = fc.integer({ min: 0, max: 1_000_000 }).map((k) => k / 1_000_000);
    fc.assert(
      fc.property(
        fc.constantFrom('square', 'sine'),
        turn,
        fc.array(turn, { minLength: 1, maxLength: 20 }),
        (kind, duty, phase) => {
          const limits = { period: 0.7, low: 12345, high: 987654, phase };
          const plain = plainProgram({ ...limits, kind, duty });
          const now = new CycleProgram({ ...limits, shape: kind === 'square' ? { kind, duty } : { kind } });
          for (let k = 0; k < 60; k++) {
            const t = 0.0371 * k;
            for (let i = 0; i < phase.length; i++) expect(now.target(i, t)).toBe(plain.target(i, t));
            if (kind === 'sine' || (duty > 0 && duty < 1)) expect(now.longestStep(t)).toBe(plain.longestStep(t));
          }
        },
      ),
    );
  });

  it('triangle and trapezoid, point by point', () => {
    const triangle = program({ kind: 'triangle', rise: 0.25 });
    expect([0, 0.125, 0.25, 0.625, 1].map((x) => level(triangle, x))).toEqual([0, 0.5, 1, 0.5, 0]);
    const trapezoid = program({ kind: 'trapezoid', rise: 0.125, hold: 0.25, fall: 0.25 });
    expect([0, 0.0625, 0.125, 0.3, 0.375, 0.5, 0.625, 0.9].map((x) => level(trapezoid, x))).toEqual([
      0, 0.5, 1, 1, 1, 0.5, 0, 0,
    ]);
    const saw = program({ kind: 'triangle', rise: 0 });
    expect([0, 0.25, 0.75].map((x) => level(saw, x))).toEqual([1, 0.75, 0.25]);
    expect(saw.jumps).toEqual([0]);
    const ramp = program({ kind: 'triangle', rise: 1 });
    expect([0, 0.25, 0.75].map((x) => level(ramp, x))).toEqual([0, 0.25, 0.75]);
    expect(ramp.jumps).toEqual([0]);
    expect(program({ kind: 'trapezoid', rise: 0, hold: 0.25, fall: 0 }).jumps).toEqual([0, 0.25]);
    expect(level(program({ kind: 'trapezoid', rise: 0, hold: 0.25, fall: 0 }), 0)).toBe(1);
  });

  it('a custom table: straight lines around the turn, jumps where two points share a turn', () => {
    const p = program({
      kind: 'custom',
      table: [
        [0.1, 0.2],
        [0.3, 1],
        [0.3, 0.5],
        [0.6, 0.5],
      ],
    });
    expect([0.1, 0.2, 0.29999999, 0.3, 0.45, 0.6].map((x) => level(p, x))).toEqual([
      expect.closeTo(0.2, 12),
      expect.closeTo(0.6, 12),
      expect.closeTo(1, 6),
      0.5,
      0.5,
      0.5,
    ]);
    // From 0.6 over the end of the period to 1.1: down from 0.5 to 0.2.
    expect(level(p, 0.85)).toBeCloseTo(0.35, 12);
    expect(level(p, 0)).toBeCloseTo(0.26, 12);
    expect(p.jumps).toEqual([0.3]);
    expect(level(program({ kind: 'custom', table: [[0.4, 0.7]] }), 0.1)).toBeCloseTo(0.7, 12);
  });

  it('stays between low and high, repeats, has the mean and the rate of its own curve, for any shape', () => {
    const share = fc.double({ min: 0.01, max: 1, noNaN: true });
    const level01 = fc.double({ min: 0, max: 1, noNaN: true });
    const shape: fc.Arbitrary<CycleShape> = fc.oneof(
      share.map((duty): CycleShape => ({ kind: 'square', duty })),
      fc.constant<CycleShape>({ kind: 'sine' }),
      share.map((rise): CycleShape => ({ kind: 'triangle', rise })),
      fc
        .tuple(share, share, share)
        .map(([a, b, c]): CycleShape => ({ kind: 'trapezoid', rise: a / 3, hold: b / 3, fall: c / 3 })),
      fc
        .uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 6 })
        .chain((turns) =>
          fc.tuple(fc.constant([...turns].sort((a, b) => a - b)), fc.array(level01, { minLength: 6, maxLength: 6 })),
        )
        .map(([turns, levels]): CycleShape => ({ kind: 'custom', table: turns.map((x, k) => [x / 100, levels[k]]) })),
    );
    fc.assert(
      fc.property(shape, fc.double({ min: 0, max: 1, noNaN: true }), (s, phase) => {
        expect(shapeProblem(s)).toBeNull();
        const p = program(s, [phase]);
        const n = 2000;
        let sum = 0;
        for (let k = 0; k < n; k++) {
          const t = (2 * (k + 0.5)) / n;
          const y = p.target(0, t);
          sum += y / n;
          expect(y).toBeGreaterThanOrEqual(1e5);
          expect(y).toBeLessThanOrEqual(5e5);
        }
        expect(Math.abs(sum - p.mean())).toBeLessThan(5e-4 * 4e5);
        // Between two breaks the curve's slope is the rate.
        for (const t of [0.123, 0.777, 1.601]) {
          const h = 1e-7;
          if (p.longestStep(t - h) > 2 * h) {
            const slope = (p.target(0, t + h) - p.target(0, t - h)) / (2 * h);
            expect(Math.abs(slope - p.rate(0, t))).toBeLessThan(1e-3 * (4e5 + Math.abs(slope)));
          }
        }
      }),
    );
  });

  it('steps end on every jump and bend', () => {
    const p = program({ kind: 'trapezoid', rise: 0.1, hold: 0.2, fall: 0.3 }, [0, 0.25]);
    const ends: number[] = [];
    let t = 0;
    while (t < 2 - 1e-9) {
      t += p.longestStep(t);
      ends.push(t / 2);
    }
    for (const turn of [0.1, 0.3, 0.6, 0.25, 0.35, 0.55, 0.85, 1])
      expect(Math.min(...ends.map((e) => Math.abs(e - turn)))).toBeLessThan(1e-9);
  });

  it('refuses impossible shapes, with the place', () => {
    expect(shapeProblem({ kind: 'square', duty: 1.5 })).toMatch(/duty/);
    expect(shapeProblem({ kind: 'trapezoid', rise: 0.5, hold: 0.5, fall: 0.2 })).toMatch(/one period/);
    expect(shapeProblem({ kind: 'custom', table: [] })).toMatch(/at least one/);
    expect(
      shapeProblem({
        kind: 'custom',
        table: [
          [0, 0],
          [1, 0],
        ],
      }),
    ).toMatch(/Point 2: the turn/);
    expect(
      shapeProblem({
        kind: 'custom',
        table: [
          [0, 0],
          [0.5, 2],
        ],
      }),
    ).toMatch(/Point 2: the level/);
    expect(
      shapeProblem({
        kind: 'custom',
        table: [
          [0.5, 0],
          [0.2, 0],
        ],
      }),
    ).toMatch(/ascend/);
    expect(
      shapeProblem({
        kind: 'custom',
        table: [
          [0, 0],
          [0, 1],
          [0, 0],
        ],
      }),
    ).toMatch(/two points/);
    expect(() => new CycleProgram({ shape: { kind: 'sine' }, period: 0, low: 0, high: 1, phase: [0] })).toThrow(
      /period/,
    );
  });
});

describe('phase patterns', () => {
  const built = buildLayout(defaultValues());
  if (!built.ok) throw new Error('no layout');
  const { layout } = built;

  it('by layer: all at once, one after the other, every second opposite', () => {
    const { layers } = layout;
    const last = Math.max(...layers);
    const each = (phase: (layer: number) => number) => Float64Array.from(layers, phase);
    expect(patternPhases('uniform', layout)).toEqual(each(() => 0));
    expect(patternPhases('layers', layout)).toEqual(each((layer) => layer / (last + 1)));
    expect(patternPhases('checker', layout)).toEqual(each((layer) => (layer % 2) / 2));
  });

  it('all lie in [0, 1)', () => {
    for (const pattern of PHASE_PATTERNS) {
      const phases = patternPhases(pattern, layout, [0.1, -0.25, 7.5]);
      expect(Math.min(...phases)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...phases)).toBeLessThan(1);
    }
    expect([...patternPhases('custom', layout, [0.1, -0.25, 7.5]).slice(0, 4)]).toEqual([0.1, 0.75, 0.5, 0.1]);
    expect(() => patternPhases('custom', layout)).toThrow(/at least one/);
  });

  it('spiral: angle and layer; eight: eight sectors of comparable size', () => {
    const square = { positions: [1, 0, 0, 0, 1, 0, -1, 0, 0, 0, -1, 0, 1, 0, 1], layers: [0, 0, 0, 0, 1] };
    expect([...patternPhases('spiral', square)]).toEqual([0, 0.25, 0.5, 0.75, 0.5].map((x) => expect.closeTo(x, 12)));
    expect([...patternPhases('eight', square)]).toEqual([0, 0.25, 0.5, 0.75, 0]);
    const counts = new Map<number, number>();
    for (const phase of patternPhases('eight', layout)) counts.set(phase, (counts.get(phase) ?? 0) + 1);
    expect(counts.size).toBe(8);
    expect(Math.min(...counts.values())).toBeGreaterThan(70);
  });
});
