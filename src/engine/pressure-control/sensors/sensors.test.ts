import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aliasFrequency, samplingOf, samplingWarning } from './aliasing.ts';
import { quantisationRms, SENSOR_KINDS, SENSORS } from './catalogue.ts';
import { hashNormal } from './counter-noise.ts';
import { LagHoldBank, sampleIndex } from './lag-hold.ts';
import { SensorPlacement } from './placement.ts';
import { SensorBank, type SensorFault, type SensorTruth } from './sensor-bank.ts';
import { type Suspicion, suspectWords, VotingBank } from './voting.ts';

const placement = new SensorPlacement(1000);
const constant = (value: number): SensorTruth => ({ lagged: () => value });
const ideal = {
  ...SENSORS,
  pressure: { ...SENSORS.pressure, noise: 0, biasSpread: 0, driftPerYear: 0, dropout: 0 },
};
const pressureId = placement.id('pressure', 123, 1);

describe('placement', () => {
  it('has the founding document’s hardware for 1000 chambers, and the same per chamber in other farms', () => {
    expect(placement.count).toBe(118_000);
    expect(new SensorPlacement(10).perChamber).toEqual({
      temperature: 10,
      pressure: 5,
      composition: 1,
      oscillation: 100,
      flow: 2,
    });
    expect(() => new SensorPlacement(10, { ...placement.perChamber, flow: -1 })).toThrow(/flow/);
  });

  it('gives every sensor one id, one tag, and finds it by the tag', () => {
    const small = new SensorPlacement(37);
    const tags = new Set<string>();
    for (let id = 0; id < small.count; id++) {
      const place = small.describe(id);
      expect(small.id(place.kind, place.chamber, place.slot)).toBe(id);
      expect(small.find(place.tag)).toBe(id);
      tags.add(place.tag);
    }
    expect(tags.size).toBe(small.count);
    expect(placement.tag(pressureId)).toBe('PT-0123-2');
    expect(placement.find('pt-123-2')).toBe(pressureId);
    for (const wrong of ['PT-1000-1', 'PT-0001-6', 'PT-0001-0', 'QQ-0001-1', 'PT', 'PT-0001-1x'])
      expect(placement.find(wrong)).toBeNull();
    expect(() => placement.id('pressure', 0, 5)).toThrow(/5 each/);
    expect(() => placement.describe(118_000)).toThrow(RangeError);
    expect(new SensorPlacement(100_000).tag(0)).toBe('TT-00000-1');
  });

  it('three pressures of each chamber measure the same gas, to be voted on', () => {
    expect([0, 1, 2, 3, 4].map((slot) => placement.pointOf(placement.id('pressure', 7, slot)).kind)).toEqual([
      'gas',
      'gas',
      'gas',
      'valve',
      'valve',
    ]);
  });
});

describe('counter-based chance', () => {
  it('is normal: mean, variance, kurtosis, tails, no correlation between samples or sensors', () => {
    const n = 200_000;
    let mean = 0;
    let square = 0;
    let fourth = 0;
    let lagOne = 0;
    let beside = 0;
    let beyond = 0;
    for (let k = 0; k < n; k++) {
      const x = hashNormal(5, 77, k, 0);
      mean += x / n;
      square += (x * x) / n;
      fourth += (x * x * x * x) / n;
      lagOne += (x * hashNormal(5, 77, k + 1, 0)) / n;
      beside += (x * hashNormal(5, 78, k, 0)) / n;
      if (Math.abs(x) > 3) beyond++;
    }
    const error = 4 / Math.sqrt(n);
    expect(Math.abs(mean)).toBeLessThan(error);
    expect(Math.abs(square - 1)).toBeLessThan(error * Math.SQRT2);
    expect(Math.abs(fourth - 3)).toBeLessThan(error * Math.sqrt(96));
    expect(Math.abs(lagOne)).toBeLessThan(error);
    expect(Math.abs(beside)).toBeLessThan(error);
    expect(beyond / n).toBeCloseTo(0.0027, 3);
  });

  it('samples beyond 2³² are other samples', () => {
    expect(hashNormal(1, 2, 5, 0)).not.toBe(hashNormal(1, 2, 5 + 4294967296, 0));
  });
});

describe('sensor bank', () => {
  it('P08: 16 bits over 15 atm round with 6.6948 Pa rms, as formula and as measured over many pressures', () => {
    expect(quantisationRms(15 * 101325, 16) / 6.6948).toBeCloseTo(1, 4);
    const spec = { ...ideal, pressure: { ...ideal.pressure, high: 15 * 101325 } };
    let square = 0;
    const n = 20_000;
    for (let k = 0; k < n; k++) {
      const p = 1e5 + 61.803398875 * k;
      const error = new SensorBank(placement, constant(p), 1, spec).read(pressureId, 0) - p;
      square += (error * error) / n;
    }
    expect(Math.sqrt(square) / 6.6948).toBeCloseTo(1, 2);
  });

  it('reads the same however often and in whatever order it is asked', () => {
    const bank = new SensorBank(placement, constant(5e5), 42);
    const times = Array.from({ length: 50 }, (_, k) => 0.0137 * k);
    const forward = times.map((t) => bank.read(pressureId, t));
    const backward = [...times].reverse().map((t) => new SensorBank(placement, constant(5e5), 42).read(pressureId, t));
    expect(backward.reverse()).toEqual(forward);
    expect(new Set(forward).size).toBeGreaterThan(5);
    expect(new SensorBank(placement, constant(5e5), 43).read(pressureId, 1)).not.toBe(bank.read(pressureId, 1));
  });

  it('holds a sample until the next', () => {
    const bank = new SensorBank(placement, constant(300), 1);
    const id = placement.id('temperature', 0, 0);
    expect(bank.read(id, 7.4999)).toBe(bank.read(id, 7.41));
    const different = Array.from({ length: 20 }, (_, k) => bank.read(id, k / 10));
    expect(new Set(different).size).toBeGreaterThan(2);
    // k dt with rounding below the instant still counts as reached.
    expect(sampleIndex(0.1 * 3 - 1e-12, 10)).toBe(3);
    expect(sampleIndex(0.2999, 10)).toBe(2);
  });

  it('noise, offset and drift have the spread of the catalogue', () => {
    const s = SENSORS.pressure;
    const bank = new SensorBank(placement, constant(5e5), 3);
    let bias = 0;
    let drift = 0;
    for (let chamber = 0; chamber < 1000; chamber++) {
      const id = placement.id('pressure', chamber, 0);
      bias += (bank.bias(id) * bank.bias(id)) / 1000;
      drift += (bank.driftRate(id) * bank.driftRate(id)) / 1000;
    }
    expect(Math.sqrt(bias) / s.biasSpread).toBeCloseTo(1, 1);
    expect((Math.sqrt(drift) * 31_557_600) / s.driftPerYear).toBeCloseTo(1, 1);
    const readings = Array.from({ length: 4000 }, (_, k) => bank.read(pressureId, k / 1000));
    const mean = readings.reduce((sum, y) => sum + y, 0) / readings.length;
    const sigma = Math.sqrt(readings.reduce((sum, y) => sum + (y - mean) * (y - mean), 0) / readings.length);
    expect(sigma / s.noise).toBeCloseTo(1, 1);
    expect(Math.abs(mean - 5e5 - bank.bias(pressureId))).toBeLessThan((5 * s.noise) / Math.sqrt(4000) + 2);
  });

  it('clips at its range and loses samples at its rate', () => {
    expect(new SensorBank(placement, constant(-5e4), 1, ideal).read(pressureId, 0)).toBe(0);
    const top = new SensorBank(placement, constant(9e9), 1, ideal).read(pressureId, 0);
    expect(top).toBeLessThan(SENSORS.pressure.high);
    expect(top).toBeGreaterThan(0.9999 * SENSORS.pressure.high);
    const lossy = { ...ideal, pressure: { ...ideal.pressure, dropout: 0.1 } };
    const bank = new SensorBank(placement, constant(1e5), 1, lossy);
    let lost = 0;
    for (let k = 0; k < 10_000; k++) if (Number.isNaN(bank.read(pressureId, k / 1000))) lost++;
    expect(lost / 10_000).toBeCloseTo(0.1, 1);
  });

  it('faults act as they are called, and are saved', () => {
    const bank = new SensorBank(placement, constant(5e5), 1, ideal);
    const at = (fault: SensorFault | null, time = 10): number => {
      bank.setFault(pressureId, fault);
      return bank.read(pressureId, time);
    };
    const bit = (20 * 101325) / 65536;
    expect(Math.abs(at(null) - 5e5)).toBeLessThan(bit);
    expect(Math.abs(at({ kind: 'stuck', values: [2e5] }) - 2e5)).toBeLessThan(bit);
    expect(Math.abs(at({ kind: 'bias', offset: 3e4 }) - 5.3e5)).toBeLessThan(bit);
    expect(Math.abs(at({ kind: 'drift', rate: 1e3, since: 4 }) - 5.06e5)).toBeLessThan(bit);
    expect(at({ kind: 'dropped' })).toBeNaN();
    expect(bank.read(pressureId + 1, 10)).not.toBeNaN();
    const noisy = new SensorBank(placement, constant(5e5), 1);
    noisy.setFault(pressureId, { kind: 'noisy', factor: 50 });
    const spread = Array.from({ length: 500 }, (_, k) => noisy.read(pressureId, k / 1000) - 5e5);
    expect(Math.sqrt(spread.reduce((s, x) => s + x * x, 0) / 500) / 5000).toBeCloseTo(1, 0);

    bank.setFault(3, { kind: 'drift', rate: 2, since: 5 });
    const other = new SensorBank(placement, constant(5e5), 1, ideal);
    other.restoreFaults(bank.saveFaults());
    expect(other.faulty()).toEqual([3, pressureId]);
    expect(other.fault(3)).toEqual({ kind: 'drift', rate: 2, since: 5 });
    expect(other.fault(pressureId)).toEqual({ kind: 'dropped' });
    expect(() => bank.setFault(-1, null)).toThrow(/no sensor/);
    expect(() => bank.setFault(1, { kind: 'bias', offset: Number.NaN })).toThrow(/finite/);
  });

  it('every kind can be read', () => {
    for (const kind of SENSOR_KINDS) {
      const s = SENSORS[kind];
      const middle = 0.5 * (s.low + s.high);
      const bank = new SensorBank(placement, constant(middle), 1);
      const value = bank.read(placement.id(kind, 1, 0), 12.3);
      expect(Math.abs(value - middle)).toBeLessThan(6 * (s.noise + s.biasSpread) + (s.high - s.low) / 2 ** s.bits);
    }
  });
});

describe('lag and hold', () => {
  it('is exact for a constant input, whatever the steps', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-4, max: 3, noNaN: true }), { minLength: 1, maxLength: 20 }), (steps) => {
        const bank = new LagHoldBank(1, 0.7, 1000);
        bank.step([1], 0, 0.1);
        let t = 0;
        for (const dt of steps) {
          t += dt;
          bank.step([3], t, dt);
        }
        expect(bank.lagged[0]).toBeCloseTo(3 - 2 * Math.exp(-t / 0.7), 11);
      }),
    );
  });

  it('takes over the lagged value at its sample instants only', () => {
    const bank = new LagHoldBank(1, 0, 10);
    const held: number[] = [];
    for (let k = 0; k <= 40; k++) {
      bank.step([k], k * 0.025, 0.025);
      held.push(bank.held[0]);
    }
    expect(held.slice(0, 9)).toEqual([0, 0, 0, 0, 4, 4, 4, 4, 8]);
    expect(held[40]).toBe(40);
  });
});

const limits = { deviation: 10, low: 0, high: 1000, fastest: 1000, frozenAfter: 1 };
const wobble = (k: number, j: number): number => 0.01 * ((k * 7 + j * 3) % 5);

function voted(readings: (k: number) => readonly number[], steps = 30): VotingBank {
  const bank = new VotingBank(1, limits);
  for (let k = 0; k < steps; k++) {
    bank.readings.set(readings(k));
    bank.step(0.1);
  }
  return bank;
}

/** What makes one of three sensors odd at vote k. */
const ODD: readonly (readonly [Suspicion, (k: number) => number])[] = [
  ['lost', () => Number.NaN],
  ['range', (k) => 1001 + wobble(k, 1)],
  ['frozen', () => 501],
  ['deviation', (k) => 600 + wobble(k, 1)],
  ['rate', (k) => (k === 29 ? 650 : 500 + wobble(k, 1))],
];

describe('voting', () => {
  it('three that agree: the median, good', () => {
    const bank = voted((k) => [500 + wobble(k, 0), 503 + wobble(k, 1), 501 + wobble(k, 2)]);
    expect(bank.value[0]).toBeCloseTo(501, 1);
    expect([bank.quality(0), bank.voters[0], bank.suspect[0], bank.reason(0)]).toEqual(['good', 3, -1, null]);
  });

  it.each(ODD)('one bad by %s: the mean of the others, good, and its name', (reason, odd) => {
    const bank = voted((k) => [500 + wobble(k, 0), odd(k), 502 + wobble(k, 2)]);
    expect(bank.value[0]).toBeCloseTo(501, 1);
    expect([bank.quality(0), bank.voters[0], bank.suspect[0], bank.reason(0)]).toEqual(['good', 2, 1, reason]);
    expect(suspectWords('PT-0123-2', reason)).toMatch(/^PT-0123-2 .*\.$/);
  });

  it('two that differ: the nearer to before, uncertain; one alone; none: held, bad', () => {
    const two = voted((k) => [500 + wobble(k, 0), Number.NaN, (k < 20 ? 500 : 530) + wobble(k, 2)]);
    expect(two.value[0]).toBeCloseTo(500, 1);
    expect([two.quality(0), two.suspect[0], two.reason(0)]).toEqual(['uncertain', 2, 'deviation']);
    const one = voted((k) => [Number.NaN, 480 + wobble(k, 1), Number.NaN]);
    expect([one.value[0] > 479, one.quality(0), one.voters[0]]).toEqual([true, 'uncertain', 1]);
    const none = voted((k) => (k < 20 ? [500, 500.01, 500.02].map((y) => y + wobble(k, 1)) : [Number.NaN, -5, 2000]));
    expect(none.value[0]).toBeCloseTo(500, 1);
    expect([none.quality(0), none.voters[0]]).toEqual(['bad', 0]);
  });

  it('what all three do is the process: a jump, or standing still', () => {
    const jump = voted((k) => [0, 1, 2].map((j) => (k < 29 ? 100 : 700) + wobble(k, j)));
    expect(jump.value[0]).toBeCloseTo(700, 1);
    expect([jump.quality(0), jump.voters[0], jump.suspect[0]]).toEqual(['uncertain', 3, -1]);
    const still = voted(() => [500, 501, 502]);
    expect(still.value[0]).toBe(501);
    expect([still.quality(0), still.suspect[0]]).toEqual(['uncertain', -1]);
  });

  it('lies always between the readings that were plausible, and one wild sensor moves it no further than the others differ', () => {
    const reading = fc.double({ min: 400, max: 405, noNaN: true });
    fc.assert(
      fc.property(reading, reading, fc.double({ min: -1e6, max: 1e6 }), fc.nat({ max: 2 }), (a, b, wild, place) => {
        const bank = new VotingBank(1, limits);
        const three = [a, b];
        three.splice(place, 0, wild);
        bank.readings.set(three);
        bank.step(0.1);
        expect(bank.value[0]).toBeGreaterThanOrEqual(Math.min(a, b) - 1e-9);
        expect(bank.value[0]).toBeLessThanOrEqual(Math.max(a, b) + 1e-9);
      }),
    );
  });
});

describe('aliasing', () => {
  it('L21: 1000 Hz on a cycle of 1000 Hz shows a constant', () => {
    expect(aliasFrequency(1000, 1000)).toBe(0);
    expect(samplingWarning(1000, 1000)).toBe(
      '1000 Hz shows an oscillation of 1000 Hz as a constant offset. Sample at 10000 Hz or more, or use the lock-in detectors.',
    );
    expect(samplingOf(1000, 1000, true)).toBe('resolved');
    expect(samplingWarning(1000, 10_000)).toBeNull();
    expect(samplingWarning(342, 1000)).toMatch(/2\.9 samples per period/);
    expect(samplingWarning(700, 1000)).toMatch(/as 300 Hz/);
  });

  it('a sampled sine cannot be told from its alias', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 5000, noNaN: true }),
        fc.double({ min: 10, max: 3000, noNaN: true }),
        (f, fs) => {
          const alias = aliasFrequency(f, fs);
          expect(alias).toBeLessThanOrEqual(fs / 2 + 1e-9);
          for (let k = 0; k < 20; k++)
            expect(Math.cos((2 * Math.PI * f * k) / fs)).toBeCloseTo(Math.cos((2 * Math.PI * alias * k) / fs), 6);
        },
      ),
    );
  });
});
