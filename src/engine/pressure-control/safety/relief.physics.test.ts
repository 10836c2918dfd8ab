import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATM } from '../../constants.ts';
import { orificeMassFlow } from '../valves.ts';
import { apiCoefficient, hoopStress, RELIEF_DEFAULTS, ReliefBank, type ReliefService, reliefArea } from './relief.ts';

const crude: ReliefService = {
  pressure: 670e3,
  temperature: 348,
  molarMass: 0.051,
  gamma: 1.11,
  compressibility: 0.9,
};
const flow = 24270 / 3600;

describe('API 520 gas sizing', () => {
  it('P04: the standard’s example, critical and (fluids 1.3.1) subcritical', () => {
    expect(reliefArea(flow, crude, 0) / 3.699046e-3).toBeCloseTo(1, 6);
    expect(reliefArea(flow, crude, 532e3) / 0.004248358775943481).toBeCloseTo(1, 9);
    expect(reliefArea(flow, crude, 600e3) / 0.005494743407933325).toBeCloseTo(1, 9);
    expect(apiCoefficient(1.35) / 0.02669419967057233).toBeCloseTo(1, 12);
  });

  it('P05: it is the ideal nozzle, but for the rounding of 0.03948', () => {
    for (const gamma of [1.11, 1.3, 1.4, 5 / 3]) {
      const area = reliefArea(2, { ...crude, gamma, compressibility: 1 }, 1e5, 0.9);
      const passes = orificeMassFlow({ pressure: 670e3, temperature: 348, molarMass: 0.051, gamma }, 1e5, 0.9 * area);
      expect(Math.abs(passes / 2 - 1)).toBeLessThan(1e-4);
    }
  });

  it('critical and subcritical formula meet at the critical ratio within the rounding of their constants', () => {
    fc.assert(
      fc.property(fc.double({ min: 1.1, max: 1.66, noNaN: true }), (gamma) => {
        const service = { ...crude, gamma };
        const ratio = (2 / (gamma + 1)) ** (gamma / (gamma - 1));
        const below = reliefArea(1, service, 670e3 * ratio * (1 - 1e-9));
        const above = reliefArea(1, service, 670e3 * ratio * (1 + 1e-9));
        expect(Math.abs(above / below - 1)).toBeLessThan(2e-3);
      }),
    );
  });

  it('L25: 31 MPa in the wall of a litre at 20 atm and 2 mm', () => {
    const radius = (3e-3 / (4 * Math.PI)) ** (1 / 3);
    expect(hoopStress(20 * ATM, radius, 2e-3) / 1e6).toBeCloseTo(31.4, 1);
  });
});

const make = (liftTime = 0): ReliefBank => new ReliefBank(1, { ...RELIEF_DEFAULTS, effectiveArea: 1e-5, liftTime });
const at = (bank: ReliefBank, atmospheres: number): number => {
  bank.pressure[0] = atmospheres * ATM;
  bank.step(1e-3);
  return bank.lift[0];
};

describe('relief valve', () => {
  it('pops at 15 atm, is fully open at 16.5, and reseats at 13.95', () => {
    const bank = make();
    expect(at(bank, 14.999)).toBe(0);
    expect(at(bank, 15)).toBeCloseTo(0.07 / 0.17, 12);
    expect(at(bank, 16.5)).toBeCloseTo(1, 12);
    expect(bank.openArea[0]).toBeCloseTo(1e-5, 15);
    expect(at(bank, 18)).toBe(1);
    expect(at(bank, 14.5)).toBeCloseTo(0.55 / 2.55, 12);
    expect(at(bank, 13.94)).toBe(0);
    expect(at(bank, 14.5)).toBe(0);
    expect(bank.openings[0]).toBe(1);
    expect(bank.openTime[0]).toBeCloseTo(4e-3, 12);
  });

  it('its lift lags exactly', () => {
    const bank = make(2e-3);
    for (let k = 0; k < 3; k++) at(bank, 17);
    expect(bank.lift[0]).toBeCloseTo(1 - Math.exp(-1.5), 12);
  });

  it('a failed one does not open; one that stands open does not shut; mended ones work again', () => {
    const bank = make();
    bank.setStuck(0, 0);
    expect(at(bank, 19)).toBe(0);
    bank.setStuck(0, null);
    expect(at(bank, 19)).toBe(1);
    bank.setStuck(0, 1);
    expect(at(bank, 1)).toBe(1);
    bank.setStuck(0, 0.3);
    expect(at(bank, 18)).toBeCloseTo(0.3, 14);
    bank.setStuck(0, null);
    expect(at(bank, 1)).toBe(0);
    expect(() => new ReliefBank(1, { ...RELIEF_DEFAULTS, effectiveArea: 1, blowdown: 0 })).toThrow(RangeError);
  });

  it('contradicts its pressure when it is open well below its reseat pressure, or shut well above its set pressure', () => {
    const bank = make();
    expect(bank.contradicts(0, 10 * ATM)).toBe(false);
    expect(bank.contradicts(0, 15.2 * ATM)).toBe(false);
    expect(bank.contradicts(0, 15.4 * ATM)).toBe(true);
    at(bank, 16);
    expect(bank.contradicts(0, 15.4 * ATM)).toBe(false);
    expect(bank.contradicts(0, 13.8 * ATM)).toBe(false);
    expect(bank.contradicts(0, 13.5 * ATM)).toBe(true);
  });

  it('keeps a vessel below 10 % accumulation when sized for the inflow', () => {
    // 1 L of nitrogen at 300 K, isothermal, fed with 20 g/s.
    const inflow = 0.02;
    const gas = { temperature: 300, molarMass: 0.0280134, gamma: 1.4 };
    const area = reliefArea(inflow, { ...gas, compressibility: 1, pressure: 16.5 * ATM }, ATM);
    const bank = new ReliefBank(1, { ...RELIEF_DEFAULTS, effectiveArea: 0.975 * area });
    const pressurePerMass = (8.314462618 * 300) / gas.molarMass / 1e-3;
    let pressure = 10 * ATM;
    let highest = 0;
    for (let k = 0; k < 20_000; k++) {
      bank.pressure[0] = pressure;
      bank.step(1e-4);
      pressure += 1e-4 * pressurePerMass * (inflow - orificeMassFlow({ ...gas, pressure }, ATM, bank.openArea[0]));
      highest = Math.max(highest, pressure);
    }
    expect(highest).toBeGreaterThan(15 * ATM);
    expect(highest).toBeLessThan(16.5 * ATM * 1.001);
  });
});
