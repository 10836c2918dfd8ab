import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orificeMassFlow } from '../valves.ts';
import { type Characteristic, characteristicGain, relativeCoefficient, travelFor } from './valve-characteristic.ts';
import {
  effectiveArea,
  expansion,
  type GasService,
  iteratedCoefficient,
  pipingFactors,
  requiredCoefficient,
  valveFlow,
  valveMolarFlow,
} from './valve-sizing.ts';
import { type StemSettings, ValveStemBank } from './valve-stem.ts';

/** IEC 60534-2-1:2011, annex, example 3: carbon dioxide. */
const example: GasService = {
  temperature: 433,
  molarMass: 0.04401,
  gamma: 1.3,
  compressibility: 0.988,
  inletPressure: 680e3,
  outletPressure: 310e3,
};
const FLOW = 38 / 36;

describe('valve sizing, IEC 60534-2-1', () => {
  const reducers = { valveDiameter: 0.05, inletDiameter: 0.08, outletDiameter: 0.1 };
  it('P01: K_v = 72.58665 with the fittings of example 3, by the annex’s iteration', () => {
    // The independent program (fluids 1.3.1) also reports F_P = 0.8914670, x_TP = 0.6207395 of its first pass.
    expect((iteratedCoefficient(FLOW, example, 0.6, reducers) ?? 0) / 72.5866454539105).toBeCloseTo(1, 9);
    const p = pipingFactors(62.65206386995215, 0.6, reducers);
    expect(p.pipingFactor).toBeCloseTo(0.8914669750597, 9);
    expect(p.ratioFactor).toBeCloseTo(0.6207395033964, 9);
  });

  it('the exact solution of the 2011 equations is a little smaller: Y sees the fittings too', () => {
    const exact = requiredCoefficient(FLOW, example, 0.6, reducers) ?? 0;
    expect(valveFlow(exact, example, 0.6, reducers)).toBeCloseTo(FLOW, 12);
    expect(exact / 72.58665).toBeGreaterThan(0.97);
    expect(exact / 72.58665).toBeLessThan(0.98);
  });

  it('P02: without fittings', () => {
    const e = expansion(example, 0.6);
    expect(requiredCoefficient(FLOW, example, 0.6)).toBeCloseTo(62.65206386995215, 8);
    expect(e.expansionFactor).toBeCloseTo(0.67446, 6);
    expect(e.pressureDropRatio).toBeCloseTo(0.544118, 6);
    expect(e.chokedRatio).toBeCloseTo(0.557143, 6);
    expect(e.choked).toBe(false);
  });

  it('P03: choked nitrogen and subcritical helium with fittings, against the independent program', () => {
    const nitrogen = { ...example, temperature: 300, molarMass: 0.0280134, gamma: 1.4, compressibility: 1 };
    const choked = { ...nitrogen, inletPressure: 1e6, outletPressure: 1e5 };
    const wide = { valveDiameter: 0.025, inletDiameter: 0.04, outletDiameter: 0.05 };
    expect((iteratedCoefficient(0.05, choked, 0.72, wide) ?? 0) / 1.1866665649717791).toBeCloseTo(1, 9);
    const helium = { ...nitrogen, molarMass: 0.0040026, gamma: 1.667, inletPressure: 6e5, outletPressure: 5e5 };
    const small = { valveDiameter: 0.015, inletDiameter: 0.02, outletDiameter: 0.02 };
    expect((iteratedCoefficient(0.02, helium, 0.72, small) ?? 0) / 0.44289489284582695).toBeCloseTo(1, 9);
  });

  it('flow and coefficient are inverse to each other; a valve too small for its fittings is refused', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 40, noNaN: true }),
        fc.double({ min: 1e5, max: 6.7e5, noNaN: true }),
        (kv, outletPressure) => {
          const service = { ...example, outletPressure };
          const fittings = { valveDiameter: 0.05, inletDiameter: 0.08, outletDiameter: 0.08 };
          const flow = valveFlow(kv, service, 0.7, fittings);
          expect((requiredCoefficient(flow, service, 0.7, fittings) ?? 0) / kv).toBeCloseTo(1, 9);
        },
      ),
    );
    expect(
      requiredCoefficient(50, example, 0.6, { valveDiameter: 0.02, inletDiameter: 0.08, outletDiameter: 0.1 }),
    ).toBeNull();
  });

  it('its choked flow is that of the orifice law through the effective area', () => {
    for (const gamma of [1.3, 1.4, 5 / 3]) {
      const service = { ...example, gamma, compressibility: 1, outletPressure: 1e4 };
      const area = effectiveArea(10, 0.7, gamma);
      const orifice = orificeMassFlow({ pressure: 680e3, temperature: 433, molarMass: 0.04401, gamma }, 1e4, area);
      expect((valveMolarFlow(10, service, 0.7) * 0.04401) / orifice).toBeCloseTo(1, 12);
    }
    // K_v 1 is about 0.2 cm² of effective area: a 5 mm hole.
    expect(effectiveArea(1, 0.72, 1.4)).toBeGreaterThan(1.5e-5);
    expect(effectiveArea(1, 0.72, 1.4)).toBeLessThan(2.5e-5);
  });
});

describe('characteristics', () => {
  const kinds: Characteristic[] = ['linear', 'equal-percentage', 'quick-opening'];
  it('go from shut to open, ascend, and are inverted', () => {
    for (const kind of kinds) {
      expect(relativeCoefficient(kind, -1)).toBe(0);
      expect(relativeCoefficient(kind, 0)).toBe(0);
      expect(relativeCoefficient(kind, 2)).toBe(1);
      let last = -1;
      for (let k = 0; k <= 1000; k++) {
        const c = relativeCoefficient(kind, k / 1000);
        expect(c).toBeGreaterThan(last);
        expect(travelFor(kind, c)).toBeCloseTo(k / 1000, 10);
        last = c;
      }
    }
  });

  it('equal percentage: equal steps of travel multiply the flow equally, 50 over the whole', () => {
    const at = (x: number) => relativeCoefficient('equal-percentage', x);
    expect(at(0.5)).toBeCloseTo(1 / Math.sqrt(50), 14);
    expect(at(0.6) / at(0.5)).toBeCloseTo(at(0.9) / at(0.8), 12);
    expect(at(1) / at(0.05)).toBeCloseTo(50 ** 0.95, 10);
  });

  it('the gain is the slope', () => {
    for (const kind of kinds) {
      for (const x of [0.02, 0.3, 0.7, 0.98]) {
        const slope = (relativeCoefficient(kind, x + 1e-6) - relativeCoefficient(kind, x - 1e-6)) / 2e-6;
        expect(characteristicGain(kind, x) / slope).toBeCloseTo(1, 6);
      }
    }
  });
});

const ideal: StemSettings = {
  naturalFrequency: 2 * Math.PI * 50,
  damping: 0.7,
  rateLimit: Number.POSITIVE_INFINITY,
  deadband: 0,
  stiction: 0,
};

describe('valve stem', () => {
  it('P07: 50 Hz, ζ = 0.7: overshoot 4.5988 %, peak after 14.003 ms', () => {
    const bank = new ValveStemBank(1, ideal, 0.2);
    bank.command[0] = 0.7;
    let peak = 0;
    let peakTime = 0;
    for (let k = 1; k <= 30_000; k++) {
      bank.step(1e-6);
      if (bank.position[0] > peak) {
        peak = bank.position[0];
        peakTime = k * 1e-6;
      }
    }
    expect((peak - 0.7) / 0.5 / 0.045988).toBeCloseTo(1, 4);
    expect(peakTime / 14.003e-3).toBeCloseTo(1, 4);
  });

  it('gives the same motion whatever the step, for any damping', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constant(1), fc.double({ min: 0.05, max: 20, noNaN: true })),
        fc.integer({ min: 2, max: 200 }),
        (damping, parts) => {
          const whole = new ValveStemBank(1, { ...ideal, damping }, 0.5);
          const cut = new ValveStemBank(1, { ...ideal, damping }, 0.5);
          whole.command[0] = 0.6;
          cut.command[0] = 0.6;
          whole.step(0.01);
          for (let k = 0; k < parts; k++) cut.step(0.01 / parts);
          expect(cut.position[0]).toBeCloseTo(whole.position[0], 10);
          expect(cut.velocity[0]).toBeCloseTo(whole.velocity[0], 7);
        },
      ),
    );
  });

  it('agrees with a fine integration of ẍ = ω²(u − x) − 2ζωẋ', () => {
    for (const damping of [0.3, 1, 2.5]) {
      const bank = new ValveStemBank(1, { ...ideal, damping }, 0.5);
      let x = 0.5;
      let v = 0;
      const h = 1e-7;
      const w = ideal.naturalFrequency;
      for (let k = 0; k < 50; k++) {
        const u = 0.5 + 0.1 * Math.sin(k);
        bank.command[0] = u;
        bank.step(2e-4);
        for (let s = 0; s < 2000; s++) {
          v += h * (w * w * (u - x) - 2 * damping * w * v);
          x += h * v;
        }
      }
      expect(bank.position[0]).toBeCloseTo(x, 5);
    }
  });

  it('a stem of a microsecond has arrived after any longer step', () => {
    const bank = new ValveStemBank(1, { ...ideal, naturalFrequency: 1e7 });
    bank.command[0] = 0.37;
    bank.step(1e-3);
    expect(bank.position[0]).toBe(0.37);
  });

  it('keeps its rate limit and its end stops', () => {
    const bank = new ValveStemBank(1, { ...ideal, damping: 0.2, rateLimit: 2 });
    bank.command[0] = 5;
    let last = 0;
    for (let k = 0; k < 2000; k++) {
      bank.step(1e-3);
      expect(bank.position[0] - last).toBeLessThanOrEqual(2e-3 * (1 + 1e-12));
      expect(bank.position[0]).toBeLessThanOrEqual(1);
      last = bank.position[0];
      if (k === 249) expect(last).toBeCloseTo(0.5, 9);
    }
    expect(last).toBe(1);
    bank.command[0] = 0.5;
    bank.step(1e-3);
    expect(bank.position[0]).toBeLessThan(1);
  });

  it('deadband: small changes of the command are ignored; stiction: a stem at rest needs a larger one', () => {
    const dead = new ValveStemBank(1, { ...ideal, deadband: 0.02 }, 0.5);
    dead.command[0] = 0.515;
    for (let k = 0; k < 200; k++) dead.step(1e-3);
    expect(dead.position[0]).toBe(0.5);
    dead.command[0] = 0.53;
    for (let k = 0; k < 400; k++) dead.step(1e-3);
    expect(dead.position[0]).toBeCloseTo(0.53, 9);
    dead.command[0] = 0;
    for (let k = 0; k < 400; k++) dead.step(1e-3);
    dead.command[0] = 0.01;
    dead.step(1e-3);
    dead.command[0] = 0;
    for (let k = 0; k < 400; k++) dead.step(1e-3);
    expect(dead.position[0]).toBe(0);

    const sticky = new ValveStemBank(1, { ...ideal, damping: 1, stiction: 0.05 }, 0.5);
    const positions: number[] = [];
    // A ramp of the command: the stem follows in jumps.
    for (let k = 0; k < 4000; k++) {
      sticky.command[0] = 0.5 + (0.3 * k) / 4000;
      sticky.step(1e-3);
      positions.push(sticky.position[0]);
    }
    const still = positions.filter((p, k) => k > 0 && p === positions[k - 1]).length;
    expect(still).toBeGreaterThan(400);
    expect(Math.max(...positions.map((p, k) => Math.abs(0.5 + (0.3 * k) / 4000 - p)))).toBeLessThan(0.052);
    expect(new Set(positions.map((p) => p.toFixed(3))).size).toBeGreaterThan(20);
  });

  it('faults: seized, slow, mended', () => {
    const bank = new ValveStemBank(3, { ...ideal, rateLimit: 10 });
    bank.setFault(0, { kind: 'stuck' });
    bank.setFault(1, { kind: 'slow', factor: 100 });
    bank.command.fill(0.8);
    for (let k = 0; k < 150; k++) bank.step(1e-3);
    expect(bank.position[0]).toBe(0);
    expect(bank.position[1]).toBeLessThan(0.1);
    expect(bank.position[2]).toBeCloseTo(0.8, 2);
    bank.setFault(0, null);
    for (let k = 0; k < 200; k++) bank.step(1e-3);
    expect(bank.position[0]).toBeCloseTo(0.8, 6);
    expect(() => bank.setFault(0, { kind: 'slow', factor: 0.5 })).toThrow(RangeError);
    expect(() => new ValveStemBank(1, { ...ideal, damping: 0 })).toThrow(/damping/);
  });

  it('continues from its saved arrays', () => {
    const a = new ValveStemBank(2, { ...ideal, stiction: 0.01, deadband: 0.01, rateLimit: 3 });
    a.command.set([0.4, 0.9]);
    for (let k = 0; k < 30; k++) a.step(1e-3);
    const b = new ValveStemBank(2, ideal);
    a.arrays().forEach((x, k) => {
      b.arrays()[k].set(x);
    });
    for (let k = 0; k < 30; k++) {
      a.step(1e-3);
      b.step(1e-3);
    }
    expect(b.position).toEqual(a.position);
  });
});

it('a stem that has lost its number starts anew where it is told to be, shut if it is told nothing', () => {
  const stem = { naturalFrequency: 300, damping: 0.7, rateLimit: 10, stiction: 0.002, deadband: 0.001 };
  for (const lost of ['position', 'accepted', 'velocity'] as const) {
    const bank = new ValveStemBank(2, stem, 0.3);
    bank.command.set([0.6, Number.NaN]);
    bank.step(0.01);
    bank[lost].fill(Number.NaN);
    for (let k = 0; k < 100; k++) bank.step(0.01);
    expect(bank.position[0]).toBeCloseTo(0.6, 2);
    expect(bank.position[1]).toBe(0);
  }
});
