import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AIR, fractions } from '../../gas/mixture.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import { gasEntropy } from '../../thermodynamics/entropy-calculator.ts';
import { blowdown, blowdownTime } from '../valves.ts';
import { IdealChambers } from './chamber-gas.ts';
import { HeaderSystem } from './header-system.ts';
import { HEADER_TOTAL, headerEntropy } from './settings.ts';
import { ATM, contents, fullSwing, headerSettings, unbalance } from './testing.ts';

const R = 8.314462618;
const He = fractions({ He: 1 });
const N2 = fractions({ N2: 1 });
const SUPPLY = 0;
const RETURN = 1;
const within = (value: number, expected: number, relative: number) =>
  expect(Math.abs(value / expected - 1), `${value} against ${expected}`).toBeLessThan(relative);
const kelvin = (gas: IdealChambers, i: number) => 300 + (gas.temperature[i] as number);
const at = (a: ArrayLike<number>, i: number) => a[i] as number;

test('C18 blowdown of helium through the return valve: p and T at t = tau, whole or in acoustic steps', () => {
  const effective = 0.85 * Math.PI * 0.0005 ** 2;
  const tau = blowdownTime(1e-3, effective, Math.sqrt(((5 / 3) * R * 300) / 0.004002602), 5 / 3);
  const exact = blowdown(tau, tau, 5 / 3);
  for (const [pieces, tolerance] of [
    [1, 2e-5],
    [1000, 2e-7],
  ] as const) {
    const system = new HeaderSystem(
      headerSettings(1, {
        returnVolume: 1e6,
        returnPressure: 1e4,
        valveArea: effective,
        returnOpening: 1,
        fractions: He,
        tolerance: 1e-5,
      }),
      1,
    );
    const gas = new IdealChambers([1e-3]);
    gas.fill(0, 1e6, 300, He);
    for (let m = 0; m < pieces; m++) system.exchange(gas, tau / pieces);
    within(at(gas.pressure, 0) / 1e6, exact.pressure, tolerance);
    within(kelvin(gas, 0), 300 * exact.temperature, tolerance);
  }
});

test('C20 with helium: chamber at 10 atm and a header of the same size at 1 atm meet at 5.5 atm, in one exchange or many', () => {
  for (const [area, dt, count] of [
    [1e-6, 30, 1],
    [1e-6, 1e-2, 1000],
    [1e-1, 25e-6, 40],
    [1e2, 60, 1],
  ] as const) {
    const system = new HeaderSystem(headerSettings(1, { returnVolume: 1e-3, valveArea: area, returnOpening: 1 }), 1);
    system.fillHeader(RETURN, ATM, 300, He);
    const gas = new IdealChambers([1e-3]);
    gas.fill(0, 10 * ATM, 300, He);
    const before = contents(system, gas);
    for (let m = 0; m < count; m++) system.exchange(gas, dt);
    within(at(gas.pressure, 0), 5.5 * ATM, 1e-5);
    within(system.pressure(RETURN), 5.5 * ATM, 1e-5);
    within(kelvin(gas, 0), 300 * 0.55 ** 0.4, 5e-4);
    expect(unbalance(system, gas, before).energy).toBeLessThan(1e-14);
  }
});

test('C22 an evacuated chamber filled from the supply ends at γT₀ = 500 K with helium', () => {
  const system = new HeaderSystem(headerSettings(1, { supplyVolume: 1e6, supplyOpening: 1, fractions: He }), 1);
  const gas = new IdealChambers([1e-3]);
  for (let m = 0; m < 20; m++) {
    system.exchange(gas, 0.05);
    within(kelvin(gas, 0), 500, 1e-4);
  }
  within(at(gas.pressure, 0), 10 * ATM, 1e-5);
});

test('never past the point of equalisation: huge areas, ratios 0.01 to 100, any step', () => {
  for (const ratio of [0.01, 0.1, 0.9, 0.9999, 1.0001, 2, 100]) {
    for (const area of [1e-9, 1e-4, 1, 1e4]) {
      for (const dt of [1e-6, 25e-6, 1e-2, 60]) {
        const system = new HeaderSystem(
          headerSettings(1, { returnVolume: 2e-3, valveArea: area, returnOpening: 1 }),
          1,
        );
        system.fillHeader(RETURN, ATM / ratio, 320, He);
        const gas = new IdealChambers([1e-3]);
        gas.fill(0, ATM, 280, N2);
        const sign = Math.sign(ratio - 1);
        for (let m = 0; m < 4; m++) {
          system.exchange(gas, dt);
          const drop = (at(gas.pressure, 0) - system.pressure(RETURN)) / ATM;
          expect(drop * sign, `${ratio} ${area} ${dt}`).toBeGreaterThan(-1e-5);
          expect(at(gas.amounts, 0)).toBeGreaterThanOrEqual(0);
        }
      }
    }
  }
});

test('full swing 0.1 to 10 atm: acoustic steps and long ones have the same cycle means', () => {
  const means = (dt: number, chambers: number, seconds: number, tolerance = 1e-3, period = 0.25) => {
    const cycle = fullSwing(chambers, {
      period,
      phase: Float64Array.from({ length: chambers }, (_, i) => (i % 4) / 4),
    });
    const system = new HeaderSystem(
      headerSettings(chambers, {
        cycle,
        regulatorTime: 0.02,
        valveArea: 4e-4,
        supplyPressure: 12 * ATM,
        returnPressure: 0.05 * ATM,
        tolerance,
      }),
      chambers,
    );
    const gas = new IdealChambers(new Float64Array(chambers).fill(1e-3));
    for (let i = 0; i < chambers; i++) gas.fill(i, ATM, 300, N2);
    const before = contents(system, gas);
    let low = Number.POSITIVE_INFINITY;
    let high = 0;
    // The first part settles, the second is measured.
    let start = Float64Array.from(system.totals);
    for (let m = 0; m < Math.round((2 * seconds) / dt); m++) {
      if (m === Math.round(seconds / dt)) start = Float64Array.from(system.totals);
      system.exchange(gas, dt);
      low = Math.min(low, at(gas.pressure, 0));
      high = Math.max(high, at(gas.pressure, 0));
    }
    const { species, energy } = unbalance(system, gas, before);
    expect(species).toBeLessThan(1e-12);
    expect(energy).toBeLessThan(1e-12);
    const mean = (index: number) => (at(system.totals, index) - at(start, index)) / seconds / chambers;
    return {
      low,
      high,
      work: mean(HEADER_TOTAL.compressorWork),
      compressed: mean(HEADER_TOTAL.compressed),
      entropy: headerEntropy(system.totals) - headerEntropy(start),
    };
  };
  const acoustic = means(25e-6, 1, 0.5);
  const coarse = means(0.5, 1, 0.5, 1e-4);
  const long = means(10, 1, 10);
  expect(acoustic.high).toBeGreaterThan(9.99 * ATM);
  expect(acoustic.low).toBeLessThan(0.13 * ATM);
  within(coarse.work, acoustic.work, 2e-3);
  within(coarse.compressed, acoustic.compressed, 2e-3);
  within(coarse.entropy, acoustic.entropy, 1e-2);
  // The header warms for some seconds: long steps are held against short ones over the same time.
  const settled = means(0.5, 1, 10);
  within(long.work, settled.work, 2e-3);
  within(long.compressed, settled.compressed, 2e-3);
  const hundredAcoustic = means(25e-6, 100, 0.02);
  const hundredShort = means(0.02, 100, 0.02);
  const hundredLong = means(10, 100, 10, 1e-3, 5);
  within(hundredShort.work, hundredAcoustic.work, 1e-2);
  within(hundredShort.compressed, hundredAcoustic.compressed, 1e-2);
  expect(hundredLong.high).toBeLessThan(12 * ATM);
  expect(hundredLong.compressed).toBeGreaterThan(0);
});

test('random states: gas and energy balance to 1e-12, entropy is only produced, nothing becomes negative', () => {
  const mixture = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }).map((shares) => {
    const sum = shares.reduce((a, b) => a + b, 1e-3);
    return Float64Array.from(shares, (s, k) => (s + (k === 0 ? 1e-3 : 0)) / sum);
  });
  const power = (low: number, high: number) => fc.double({ min: low, max: high, noNaN: true }).map((e) => 10 ** e);
  const chamber = fc.record({
    volume: power(-4, -1),
    pressure: power(3, 6.1),
    temperature: fc.double({ min: 200, max: 600, noNaN: true }),
    mixture,
    vent: fc.double({ min: 0, max: 1, noNaN: true }),
    injector: fc.oneof(fc.constant(0), power(-6, -2)),
    part: fc.nat(2),
  });
  fc.assert(
    fc.property(
      fc.array(chamber, { minLength: 1, maxLength: 6 }),
      fc.record({
        // Wide valves in long steps only where gas does not run through: residence times of microseconds cost sub-steps.
        wide: fc.boolean(),
        area: power(-9, -5),
        dt: power(-6, 1),
        volume: power(-3, 2),
        regulated: fc.boolean(),
        cycled: fc.boolean(),
        grouped: fc.boolean(),
        line: mixture,
      }),
      (list, c) => {
        const count = list.length;
        const system = new HeaderSystem(
          headerSettings(count, {
            supplyVolume: c.volume,
            returnVolume: c.volume,
            fractions: c.line,
            valveArea: c.wide ? 1e5 * c.area : c.area,
            ventArea: c.area,
            ventOpening: list.map((v) => (c.wide ? 0 : v.vent)),
            supplyOpening: c.wide ? 0 : 0.5,
            returnOpening: 1,
            regulatorTime: c.regulated ? 0.02 : Number.POSITIVE_INFINITY,
            cycle: c.cycled ? fullSwing(count, { period: 10 * c.dt, responseTime: c.dt / 20 }) : null,
            injectorFlow: list.map((v) => v.injector),
            tolerance: 1e-3,
          }),
          count,
        );
        const gas = new IdealChambers(list.map((v) => v.volume));
        list.forEach((v, i) => {
          gas.fill(i, v.pressure, v.temperature, v.mixture);
        });
        if (c.grouped) {
          // Part of a chamber: its number in a list of parts, named by the lowest chamber.
          gas.parts = Uint32Array.from(list, (v) => list.findIndex((other) => other.part === v.part));
        }
        const before = contents(system, gas);
        let entropy = 0;
        for (let m = 0; m < 3; m++) {
          system.exchange(gas, c.dt);
          for (const index of [
            HEADER_TOTAL.entropyThrottling,
            HEADER_TOTAL.entropyHeat,
            HEADER_TOTAL.entropyMixing,
            HEADER_TOTAL.entropyCompressor,
          ])
            expect(at(system.totals, index)).toBeGreaterThanOrEqual(0);
          expect(headerEntropy(system.totals)).toBeGreaterThanOrEqual(entropy);
          entropy = headerEntropy(system.totals);
        }
        const { species, energy } = unbalance(system, gas, before);
        expect(species).toBeLessThan(1e-12);
        expect(energy).toBeLessThan(1e-12);
        for (let i = 0; i < count; i++) {
          for (let k = 0; k < SPECIES_COUNT; k++) expect(at(gas.amounts, 6 * i + k)).toBeGreaterThanOrEqual(0);
          expect(at(gas.pressure, i)).toBeGreaterThan(0);
          expect(kelvin(gas, i)).toBeGreaterThan(5);
          expect(kelvin(gas, i)).toBeLessThan(5000);
        }
      },
    ),
    { numRuns: 80, seed: 11 },
  );
});

test('the entropy booked is that of the states: throttling, heat and mixing of helium and nitrogen, 0.5 %', () => {
  const system = new HeaderSystem(headerSettings(1, { returnVolume: 1e-3, valveArea: 1e-6, returnOpening: 1 }), 1);
  system.fillHeader(RETURN, ATM, 300, N2);
  const gas = new IdealChambers([1e-3]);
  gas.fill(0, 10 * ATM, 350, He);
  const entropy = () =>
    gasEntropy(gas.amounts, kelvin(gas, 0), at(gas.pressure, 0)) +
    gasEntropy(system.headers.subarray(7, 13), system.temperature(RETURN), system.pressure(RETURN));
  const before = entropy();
  system.exchange(gas, 20);
  within(headerEntropy(system.totals), entropy() - before, 5e-3);
});

test('vacuum and vents: air runs into a chamber at 0.01 atm, gas runs out of one at 2 atm', () => {
  const system = new HeaderSystem(headerSettings(2, { ventOpening: [1, 1] }), 2);
  const gas = new IdealChambers([1e-3, 1e-3]);
  gas.fill(0, 0.01 * ATM, 300, He);
  gas.fill(1, 2 * ATM, 300, He);
  system.exchange(gas, 10);
  within(at(gas.pressure, 0), ATM, 1e-3);
  within(at(gas.pressure, 1), ATM, 1e-3);
  within(at(gas.amounts, 0) / at(gas.amounts, 1), at(AIR, 0) / at(AIR, 1), 1e-9);
  expect(at(gas.amounts, 6 + 0)).toBeLessThan(1e-15);
  expect(at(system.totals, HEADER_TOTAL.vented)).toBeLessThan(0);
  expect(at(system.totals, HEADER_TOTAL.vented + 3)).toBeGreaterThan(0);
});

test('reverse flow: a chamber above the supply fills it, and the relief takes it away', () => {
  const system = new HeaderSystem(headerSettings(1, { supplyOpening: 1, regulatorTime: 0.02, valveArea: 1e-4 }), 1);
  const gas = new IdealChambers([0.1]);
  gas.fill(0, 20 * ATM, 300, He);
  system.exchange(gas, 1000);
  within(at(gas.pressure, 0), 10 * ATM, 1e-3);
  within(system.pressure(SUPPLY), 10 * ATM, 1e-3);
  expect(at(system.totals, HEADER_TOTAL.relief)).toBeGreaterThan(0);
});

test('the compressor: work of the isentropic ratio over its efficiency, heat to the room, both booked', () => {
  const system = new HeaderSystem(
    headerSettings(1, { supplyOpening: 0.001, returnOpening: 1, regulatorTime: 0.02, valveArea: 1e-5, fractions: He }),
    1,
  );
  const gas = new IdealChambers([1e-3]);
  gas.fill(0, ATM, 300, He);
  system.exchange(gas, 5000);
  const start = Float64Array.from(system.totals);
  const T = system.temperature(RETURN);
  const ratio = system.pressure(SUPPLY) / system.pressure(RETURN);
  system.exchange(gas, 10);
  const moles = at(system.totals, HEADER_TOTAL.compressed) - at(start, HEADER_TOTAL.compressed);
  const work = at(system.totals, HEADER_TOTAL.compressorWork) - at(start, HEADER_TOTAL.compressorWork);
  within(work, (moles * 2.5 * R * T * (ratio ** 0.4 - 1)) / 0.7, 1e-4);
  // Throttling keeps the enthalpy: in the steady state all of the work leaves as heat.
  within(at(system.totals, HEADER_TOTAL.coolerHeat) - at(start, HEADER_TOTAL.coolerHeat), work, 1e-3);
});

test('injectors meter what they are told, and shut chambers are not touched', () => {
  const system = new HeaderSystem(
    headerSettings(2, { injectorFlow: [0.02, 0], injectorFractions: He, injectorTemperature: 350 }),
    2,
  );
  const gas = new IdealChambers([1e-3, 1e-3]);
  gas.fill(0, ATM, 300, N2);
  gas.fill(1, ATM, 300, N2);
  const untouched = Float64Array.from(gas.amounts.subarray(6));
  for (let m = 0; m < 100; m++) system.exchange(gas, 0.01);
  within(at(gas.amounts, 3), 0.02, 1e-12);
  within(at(gas.energy, 0), 0.02 * (1.5 * R * 50 + R * 350), 1e-12);
  expect(gas.amounts.subarray(6)).toEqual(untouched);
});

test('chambers joined by ducts share the pressure: one valve fills the part, many valves fill it as many times as fast', () => {
  const run = (count: number, parts: boolean, dt: number, times: number) => {
    const system = new HeaderSystem(
      headerSettings(count, { supplyVolume: 1e6, supplyOpening: 1, fractions: He }),
      count,
    );
    const gas = new IdealChambers(new Float64Array(count).fill(1e-3));
    for (let i = 0; i < count; i++) gas.fill(i, ATM, 300, He);
    if (parts) gas.parts = new Uint32Array(count);
    for (let m = 0; m < times; m++) system.exchange(gas, dt);
    return gas.pressure;
  };
  const alone = at(run(1, false, 0.05, 1), 0);
  const together = run(50, true, 0.05, 1);
  for (let i = 0; i < 50; i++) within(at(together, i), alone, 1e-4);
  // One of four chambers has a vent: all four blow down together.
  const system = new HeaderSystem(headerSettings(4, { ventOpening: [0, 0, 1, 0] }), 4);
  const gas = new IdealChambers([1e-3, 1e-3, 1e-3, 1e-3]);
  for (let i = 0; i < 4; i++) gas.fill(i, 5 * ATM, 300 + 20 * i, i < 2 ? He : N2);
  gas.parts = new Uint32Array(4);
  const before = contents(system, gas);
  system.exchange(gas, 30);
  for (let i = 0; i < 4; i++) within(at(gas.pressure, i), ATM, 2e-3);
  const { species, energy } = unbalance(system, gas, before);
  expect(species).toBeLessThan(1e-13);
  expect(energy).toBeLessThan(1e-13);
});

test('a snapshot goes on as the run it was taken from', () => {
  const make = () =>
    new HeaderSystem(headerSettings(2, { cycle: fullSwing(2, { responseTime: 0.01 }), regulatorTime: 0.02 }), 2);
  const fill = () => {
    const gas = new IdealChambers([1e-3, 2e-3]);
    gas.fill(0, ATM, 300, N2);
    gas.fill(1, ATM, 300, He);
    return gas;
  };
  const [whole, wholeGas] = [make(), fill()];
  for (let m = 0; m < 40; m++) whole.exchange(wholeGas, 0.01);
  const copy = make();
  const copyGas = fill();
  whole.stateArrays().forEach((a, m) => {
    (copy.stateArrays()[m] as Float64Array).set(a);
  });
  for (const key of ['amounts', 'energy', 'temperature', 'pressure'] as const) copyGas[key].set(wholeGas[key]);
  for (let m = 0; m < 40; m++) {
    whole.exchange(wholeGas, 0.01);
    copy.exchange(copyGas, 0.01);
  }
  expect(copyGas.amounts).toEqual(wholeGas.amounts);
  expect(copy.totals).toEqual(whole.totals);
});

test('after an edit the headers’ gas keeps its state; what a larger header brings and new pressures take is booked', () => {
  const old = new HeaderSystem(headerSettings(1, { regulatorTime: 0.02 }), 1);
  const system = new HeaderSystem(
    headerSettings(1, { regulatorTime: 0.02, supplyVolume: 3, supplyPressure: 8 * ATM }),
    1,
  );
  const gas = new IdealChambers([1e-3]);
  gas.fill(0, ATM, 300, N2);
  const before = contents(old, gas);
  system.carryFrom(old);
  for (const header of [SUPPLY, RETURN]) {
    within(system.pressure(header), old.pressure(header), 1e-14);
    expect(system.temperature(header)).toBe(old.temperature(header));
  }
  within(at(system.totals, HEADER_TOTAL.makeUp), (2 * 10 * ATM) / (8.314462618 * 300), 1e-9);
  for (let m = 0; m < 20; m++) system.exchange(gas, 1);
  within(system.pressure(SUPPLY), 8 * ATM, 1e-3);
  expect(at(system.totals, HEADER_TOTAL.relief)).toBeGreaterThan(100);
  const left = unbalance(system, gas, before);
  expect(left.energy).toBeLessThan(1e-13);
  expect(left.species).toBeLessThan(1e-13);
});
