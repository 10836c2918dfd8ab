import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orificeMassFlow } from '../valves.ts';
import { type CoolerArrangement, cooler, effectiveness } from './cooler.ts';
import { InjectorBank } from './injector.ts';
import { MixingBank } from './mixing-chamber.ts';
import { curveThrough, efficiencyAt, operatingPoint, PumpBank, pressureRise, shaftPower } from './pump.ts';
import { WearBank } from './wear.ts';

const curve = curveThrough(2e5, 0.02, 1.4e5, 0.75);
const share = fc.double({ min: 0.1, max: 1, noNaN: true });

describe('pump', () => {
  it('its operating point lies on both curves', () => {
    fc.assert(
      fc.property(
        share,
        fc.double({ min: 0, max: 1500, noNaN: true }),
        fc.double({ min: 1e6, max: 1e9, noNaN: true }),
        (speed, head, r) => {
          const p = operatingPoint(curve, speed, { staticPressure: head, resistance: r });
          expect(p.pressureRise).toBeCloseTo(head + r * p.flow * p.flow, 4);
          expect(p.pressureRise).toBeCloseTo(2e5 * speed * speed - (6e4 / 4e-4) * p.flow * p.flow, 4);
          expect(p.power * p.efficiency).toBeCloseTo(p.pressureRise * p.flow, 6);
        },
      ),
    );
  });

  it('affinity: Q ∝ n, Δp ∝ n², P ∝ n³, the efficiency unchanged, against a system without static pressure', () => {
    fc.assert(
      fc.property(share, fc.double({ min: 1e6, max: 1e9, noNaN: true }), (speed, resistance) => {
        const system = { staticPressure: 0, resistance };
        const full = operatingPoint(curve, 1, system);
        const slow = operatingPoint(curve, speed, system);
        expect(slow.flow / full.flow / speed).toBeCloseTo(1, 12);
        expect(slow.pressureRise / full.pressureRise / speed ** 2).toBeCloseTo(1, 12);
        expect(slow.power / full.power / speed ** 3).toBeCloseTo(1, 12);
        expect(slow.efficiency).toBeCloseTo(full.efficiency, 12);
      }),
    );
  });

  it('has its best efficiency where it was said, finite power at a shut valve, and no flow against too high a head', () => {
    expect(efficiencyAt(curve, 0.02, 1)).toBeCloseTo(0.75, 14);
    expect(efficiencyAt(curve, 0.019, 1)).toBeLessThan(0.75);
    expect(efficiencyAt(curve, 0.021, 1)).toBeLessThan(0.75);
    expect(shaftPower(curve, 0, 1)).toBeCloseTo((2e5 * 0.02) / 1.5, 9);
    expect(operatingPoint(curve, 0.5, { staticPressure: 6e4, resistance: 1e6 }).flow).toBe(0);
    expect(() => curveThrough(1e5, 0.02, 2e5, 0.7)).toThrow(/positive/);
    expect(() => curveThrough(2e5, 0.02, 1.99e5, 0.7)).toThrow(/half the flow/);
  });

  it('as a fan: pressure and power with the density, the flow against a system of the same gas unchanged', () => {
    const thin = operatingPoint(curve, 1, { staticPressure: 0, resistance: 0.8 * 1e8 }, 0.8);
    const dense = operatingPoint(curve, 1, { staticPressure: 0, resistance: 1e8 });
    expect(thin.flow).toBeCloseTo(dense.flow, 14);
    expect(thin.pressureRise / dense.pressureRise).toBeCloseTo(0.8, 12);
    expect(thin.power / dense.power).toBeCloseTo(0.8, 12);
    expect(pressureRise(curve, 0, 1, 0.8)).toBeCloseTo(1.6e5, 9);
  });

  it('bank: ramps up, trips, stays down until reset, restarts along its ramp', () => {
    const bank = new PumpBank(2, curve, { rampUp: 0.5, rampDown: 1 });
    bank.command.fill(1);
    bank.resistance.fill(1e8);
    const run = (steps: number): void => {
      for (let k = 0; k < steps; k++) bank.step(0.1);
    };
    run(10);
    expect(bank.speed[0]).toBeCloseTo(0.5, 12);
    run(20);
    expect(bank.speed[0]).toBe(1);
    expect(bank.flow[0]).toBeCloseTo(operatingPoint(curve, 1, { staticPressure: 0, resistance: 1e8 }).flow, 14);
    bank.trip(0);
    run(5);
    expect(bank.speed[0]).toBeCloseTo(0.5, 12);
    run(50);
    expect([bank.speed[0], bank.flow[0], bank.power[0], bank.isTripped(0)]).toEqual([0, 0, 0, true]);
    expect(bank.speed[1]).toBe(1);
    const work = bank.work[1];
    run(10);
    expect(bank.work[1] - work).toBeCloseTo(bank.power[1], 6);
    bank.reset(0);
    run(1);
    expect(bank.speed[0]).toBeCloseTo(0.05, 12);
  });
});

describe('injector', () => {
  const supply = { pressure: 2e6, temperature: 300, molarMass: 0.0280134, gamma: 1.4 };
  it('meters what is wanted while choked, and passes the orifice’s flow otherwise', () => {
    const bank = new InjectorBank(4, supply, 1e-7);
    expect(bank.largestFlow * supply.molarMass).toBeCloseTo(orificeMassFlow(supply, 0, 1e-7), 15);
    expect(bank.criticalPressure / 2e6).toBeCloseTo(0.528282, 6);
    bank.wanted.set([0.004, 0.004, 99, 0.004]);
    bank.chamberPressure.set([1e5, 1.8e6, 1e5, 3e6]);
    bank.step(2);
    expect(bank.flow[0]).toBeCloseTo(0.004, 15);
    expect(bank.injected[0]).toBeCloseTo(0.008, 15);
    expect(bank.flow[1]).toBeCloseTo((bank.opening[1] * orificeMassFlow(supply, 1.8e6, 1e-7)) / supply.molarMass, 15);
    expect(bank.flow[2]).toBe(bank.largestFlow);
    expect(bank.flow[3]).toBe(0);
    expect([...bank.unchoked]).toEqual([0, 1, 0, 1]);
  });

  it('blocked and worn', () => {
    const bank = new InjectorBank(2, supply, 1e-7);
    bank.wanted.fill(0.004);
    bank.setFault(0, { kind: 'blocked' });
    bank.setFault(1, { kind: 'worn', factor: 1.2 });
    bank.step(1);
    expect(bank.flow[0]).toBe(0);
    expect(bank.flow[1]).toBeCloseTo(0.0048, 15);
    bank.setFault(0, null);
    bank.step(1);
    expect(bank.flow[0]).toBeCloseTo(0.004, 15);
    expect(() => new InjectorBank(1, supply, 0)).toThrow(RangeError);
  });
});

describe('mixing chamber', () => {
  it('keeps every gas: what enters is what stays and leaves, whatever the steps, and fractions sum to one', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.double({ min: 1e-7, max: 50, noNaN: true }), fc.double({ min: 0, max: 3, noNaN: true }), share),
          {
            minLength: 1,
            maxLength: 15,
          },
        ),
        (steps) => {
          const bank = new MixingBank(1, 2, 4);
          bank.content.set([1, 0]);
          let balance = 4;
          for (const [dt, flow, x] of steps) {
            bank.inlet.set([x, 1 - x]);
            bank.flow[0] = flow;
            bank.step(dt);
            balance += flow * dt * (x - bank.outlet[0]);
            expect(bank.content[0] + bank.content[1]).toBeCloseTo(1, 12);
          }
          expect(balance).toBeCloseTo(4 * bank.content[0], 9);
        },
      ),
    );
  });

  it('63 % after one residence time', () => {
    const bank = new MixingBank(1, 1, 4);
    bank.inlet[0] = 1;
    bank.flow[0] = 0.5;
    expect(bank.residenceTime(0)).toBe(8);
    for (let k = 0; k < 80; k++) bank.step(0.1);
    expect(bank.content[0]).toBeCloseTo(1 - Math.exp(-1), 12);
    expect(new MixingBank(1, 1, 1).residenceTime(0)).toBe(Number.POSITIVE_INFINITY);
    expect(() => new MixingBank(1, 1, 0)).toThrow(RangeError);
  });
});

describe('cooler', () => {
  const positive = fc.double({ min: 0.1, max: 100, noNaN: true });
  it('UA times the logarithmic mean difference is the heat: the other classical method', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<CoolerArrangement>('counterflow', 'parallel'),
        positive,
        positive,
        share,
        (kind, ch, cc, n) => {
          const ua = 2 * n * Math.min(ch, cc);
          const s = cooler(kind, { temperature: 400, capacity: ch }, { temperature: 300, capacity: cc }, ua);
          const first = kind === 'counterflow' ? 400 - s.coldOutlet : 100;
          const last = kind === 'counterflow' ? s.hotOutlet - 300 : s.hotOutlet - s.coldOutlet;
          const ratio = first / last;
          const mean = Math.abs(ratio - 1) < 1e-6 ? first : (first - last) / Math.log(ratio);
          expect((ua * mean) / s.heat).toBeCloseTo(1, 6);
          expect(ch * (400 - s.hotOutlet)).toBeCloseTo(cc * (s.coldOutlet - 300), 8);
          expect(s.entropyRate).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('counterflow is best, parallel worst; crossflow between, and as tabulated (Kays & London: N = 2, C_r = 1: 0.614)', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 8, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (n, c) => {
        const counter = effectiveness('counterflow', n, c);
        const cross = effectiveness('crossflow', n, c);
        const parallel = effectiveness('parallel', n, c);
        expect(counter).toBeLessThanOrEqual(1);
        expect(counter).toBeGreaterThanOrEqual(cross - 0.01);
        expect(cross).toBeGreaterThanOrEqual(parallel - 0.01);
      }),
    );
    expect(effectiveness('crossflow', 2, 1)).toBeCloseTo(0.614, 2);
    expect(effectiveness('counterflow', 3, 1)).toBeCloseTo(0.75, 12);
    expect(effectiveness('counterflow', 3, 1 - 1e-6)).toBeCloseTo(0.75, 5);
  });

  it('without a stream or a surface it passes no heat; fouling lowers it', () => {
    const hot = { temperature: 400, capacity: 10 };
    const cold = { temperature: 300, capacity: 0 };
    expect(cooler('counterflow', hot, cold, 50)).toMatchObject({ heat: 0, hotOutlet: 400 });
    const some = { ...cold, capacity: 20 };
    expect(cooler('counterflow', hot, some, 0).heat).toBe(0);
    expect(cooler('counterflow', hot, some, 20, 0.05).heat).toBeCloseTo(cooler('counterflow', hot, some, 10).heat, 9);
    expect(() => cooler('parallel', hot, some, -1)).toThrow(RangeError);
  });
});

describe('wear', () => {
  it('counts travel, reversals, openings and hours of a known motion', () => {
    const bank = new WearBank(1, { travel: 100, reversals: 10, cycles: 1000, hours: 1 });
    const dt = 0.5;
    // Three swings 0 → 1 → 0 in steps of a tenth, with noise of the feedback far below the threshold.
    bank.step(dt, [0]);
    for (let k = 1; k <= 60; k++) {
      const phase = k % 20;
      bank.step(dt, [(phase <= 10 ? phase : 20 - phase) / 10]);
    }
    expect(bank.travel[0]).toBeCloseTo(6, 10);
    expect(bank.reversals[0]).toBe(5);
    expect(bank.cycles[0]).toBe(3);
    expect(bank.seconds[0]).toBeCloseTo(30, 12);
    expect(bank.lifeUsed(0)).toEqual({ share: 0.5, limit: 'reversals' });
    for (let k = 0; k < 100; k++) bank.step(dt, [0.5 + 0.001 * (k % 2)]);
    expect(bank.reversals[0]).toBeLessThanOrEqual(6);
    bank.replace(0);
    expect(bank.lifeUsed(0).share).toBe(0);
  });
});
