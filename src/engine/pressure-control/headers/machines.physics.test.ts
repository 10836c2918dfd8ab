// Pumps by curve, coolers and mixing chambers against an independent solution (e2e/golden/machines.py), and what must hold of them.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fractions } from '../../gas/mixture.ts';
import { curveThrough } from '../actuators/pump.ts';
import { IdealChambers } from './chamber-gas.ts';
import { HeaderSystem } from './header-system.ts';
import type { Machines } from './machines.ts';
import { HEADER_TOTAL, type HeaderSettings, type MachineSettings } from './settings.ts';
import { ATM, contents, fullSwing, headerSettings, unbalance } from './testing.ts';

interface Point {
  readonly pressure_Pa: readonly number[];
  readonly temperature_K: readonly number[];
  readonly flow_mol_per_s: number;
  readonly outlet_K: number;
  readonly discharge_K: number;
  readonly power_W: number;
}
interface PumpCase {
  readonly machines: Readonly<Record<string, number>> & { readonly speeds: readonly number[] };
  readonly volumes_m3: readonly number[];
  readonly effectiveAreas_m2: readonly number[];
  readonly x: readonly number[];
  readonly starts: readonly (readonly [number, number])[];
  readonly coolantShare: number;
  readonly time_s: readonly number[];
  readonly pressure_Pa: readonly (readonly number[])[];
  readonly temperature_K: readonly (readonly number[])[];
  readonly flow_mol_per_s: readonly number[];
  readonly outlet_K: readonly number[];
  readonly discharge_K: readonly number[];
  readonly power_W: readonly number[];
  readonly steady: Point;
}
interface MakeUpCase {
  readonly volume_m3: number;
  readonly effectiveArea_m2: number;
  readonly set_Pa: number;
  readonly band: number;
  readonly regulator_s: number;
  readonly mixerVolume_m3: number;
  readonly sink_Pa: number;
  readonly before: readonly number[];
  readonly store: readonly number[];
  readonly time_s: readonly number[];
  readonly pressure_Pa: readonly number[];
  readonly heliumSupply: readonly number[];
  readonly heliumMixer: readonly number[];
}
const { cases } = JSON.parse(
  readFileSync(new URL('../../../../e2e/golden/machines.json', import.meta.url), 'utf8'),
) as {
  cases: { pumps: PumpCase; halfCoolant: PumpCase; makeUp: MakeUpCase };
};
const R = 8.314462618;
const SUPPLY = 0;
const RETURN = 1;
const HELIUM = 3;
const mixture = (x: readonly number[]) => fractions({ N2: x[0] as number, He: x[1] as number });
const error = (value: number, expected: number | undefined) => Math.abs(value / (expected ?? Number.NaN) - 1);

const MACHINES: MachineSettings = {
  pumps: 4,
  curve: curveThrough(1.6e6, 0.02, 1.1e6, 0.7),
  ramp: 0.2,
  resistance: 3e4 / 0.02 ** 2,
  stages: 5,
  dischargeLimit: 600,
  band: 0.02,
  closedLoopTime: null,
  coolerConductance: 300,
  coolant: 400,
  mixerVolume: 0.05,
};
const machinesOf = (system: HeaderSystem): Machines => {
  if (!system.machines) throw new Error('no machines');
  return system.machines;
};

for (const [name, golden] of [
  ['with all the coolant', cases.pumps],
  ['with three tenths of it', cases.halfCoolant],
] as const) {
  test(`pumps at given speeds ${name} do as SciPy has it on the way and in the steady state`, () => {
    const [supplyVolume = 0, returnVolume = 0, chamber = 0] = golden.volumes_m3;
    const [toChamber = 0, toReturn = 0] = golden.effectiveAreas_m2;
    const system = new HeaderSystem(
      headerSettings(1, {
        supplyVolume,
        returnVolume,
        fractions: mixture(golden.x),
        valveArea: toReturn,
        supplyOpening: toChamber / toReturn,
        returnOpening: 1,
        tolerance: 1e-4,
        machines: MACHINES,
      }),
      1,
    );
    const machines = machinesOf(system);
    machines.pumps.command.set(golden.machines.speeds);
    machines.pumps.speed.set(golden.machines.speeds);
    system.controls.coolant = golden.coolantShare;
    const gas = new IdealChambers([chamber]);
    golden.starts.forEach(([p, T], k) => {
      if (k < 2) system.fillHeader(k, p, T, mixture(golden.x));
      else gas.fill(0, p, T, mixture(golden.x));
    });
    const before = contents(system, gas);
    let time = 0;
    let worst = 0;
    let ofMachine = 0;
    golden.time_s.forEach((t, k) => {
      if (t > 30) return;
      for (; time < t - 1e-9; time += 0.1) system.exchange(gas, 0.1);
      const state = [
        [system.pressure(SUPPLY), system.temperature(SUPPLY)],
        [system.pressure(RETURN), system.temperature(RETURN)],
        [gas.pressure[0] as number, 300 + (gas.temperature[0] as number)],
      ];
      state.forEach(([p = 0, T = 0], m) => {
        worst = Math.max(worst, error(p, golden.pressure_Pa[m]?.[k]), error(T, golden.temperature_K[m]?.[k]));
      });
      // The machines' readings are those of the last sub-step's start: told apart once little moves within one.
      if (t >= 15) ofMachine = Math.max(ofMachine, ...readingErrors(machines, golden, k));
    });
    const { species, energy } = unbalance(system, gas, before);
    expect(Math.max(species, energy)).toBeLessThan(1e-12);
    expect(worst).toBeLessThan(2e-4);
    expect(ofMachine).toBeLessThan(1e-3);
    // Put into SciPy's steady state, it stays there.
    const { steady } = golden;
    steady.pressure_Pa.forEach((p, k) => {
      const T = steady.temperature_K[k] as number;
      if (k < 2) system.fillHeader(k, p, T, mixture(golden.x));
      else gas.fill(0, p, T, mixture(golden.x));
    });
    const filled = contents(system, gas);
    const moved = Float64Array.from(system.totals);
    for (let k = 0; k < 40; k++) system.exchange(gas, 2);
    const errors = [
      error(system.pressure(SUPPLY), steady.pressure_Pa[0]),
      error(system.pressure(RETURN), steady.pressure_Pa[1]),
      error(gas.pressure[0] as number, steady.pressure_Pa[2]),
      error(system.temperature(SUPPLY), steady.temperature_K[0]),
      error(machines.readings[0] as number, steady.discharge_K),
      error(machines.readings[1] as number, steady.outlet_K),
      error(machines.readings[2] as number, steady.flow_mol_per_s),
      error(machines.readings[3] as number, steady.power_W),
    ];
    expect(Math.max(...errors)).toBeLessThan(1e-6);
    for (let m = 0; m < moved.length; m++) system.totals[m] = (system.totals[m] as number) - (moved[m] as number);
    const steadily = unbalance(system, gas, filled);
    expect(Math.max(steadily.species, steadily.energy)).toBeLessThan(1e-12);
  });
}

function readingErrors({ readings }: Machines, golden: PumpCase, k: number): number[] {
  return [golden.discharge_K, golden.outlet_K, golden.flow_mol_per_s, golden.power_W].map((list, m) =>
    error(readings[m] as number, list[k]),
  );
}

test('make-up of another gas comes through the mixing chambers as SciPy has it; every gas and the energy are accounted for', () => {
  const golden = cases.makeUp;
  const system = new HeaderSystem(
    headerSettings(1, {
      supplyVolume: golden.volume_m3,
      supplyPressure: golden.set_Pa,
      returnPressure: 100,
      fractions: mixture(golden.store),
      valveArea: golden.effectiveArea_m2,
      supplyOpening: 1,
      regulatorTime: golden.regulator_s,
      tolerance: 1e-5,
      machines: { ...MACHINES, band: golden.band, mixerVolume: golden.mixerVolume_m3 },
    }),
    1,
  );
  const machines = machinesOf(system);
  mixture(golden.before).forEach((x, k) => {
    machines.mixing.content[k] = x;
  });
  // So large a chamber that it stays at the sink's pressure.
  const gas = new IdealChambers([1e6]);
  gas.fill(0, golden.sink_Pa, 300, mixture([1, 0]));
  system.fillHeader(SUPPLY, (1 - golden.band) * golden.set_Pa, 300, mixture(golden.before));
  const before = contents(system, gas);
  let time = 0;
  let worst = 0;
  golden.time_s.forEach((t, k) => {
    for (; time < t - 1e-9; time += 0.1) system.exchange(gas, 0.1);
    const supply = [0, 1, 2, 3, 4, 5].reduce((sum, m) => sum + (system.headers[m] as number), 0);
    worst = Math.max(
      worst,
      error(system.pressure(SUPPLY), golden.pressure_Pa[k]),
      error((system.headers[HELIUM] as number) / supply, golden.heliumSupply[k]),
      error(machines.mixing.content[HELIUM] as number, golden.heliumMixer[k]),
    );
  });
  expect(worst).toBeLessThan(2e-4);
  const { species, energy } = unbalance(system, gas, before);
  expect(species).toBeLessThan(1e-12);
  expect(energy).toBeLessThan(1e-12);
  expect(system.totals[HEADER_TOTAL.entropyMixing]).toBeGreaterThan(0);
});

/** A cycling chamber between headers with four pumps that are controlled. */
function swing(changes: Partial<MachineSettings> = {}, others: Partial<HeaderSettings> = {}) {
  const system = new HeaderSystem(
    headerSettings(2, {
      fractions: mixture([0.4, 0.6]),
      regulatorTime: 0.02,
      valveArea: 2e-5,
      cycle: fullSwing(2, {
        shape: { kind: 'sine' },
        period: 4,
        low: 2 * ATM,
        high: 7 * ATM,
        band: 5000,
        phase: [0, 0.5],
      }),
      machines: { ...MACHINES, pumps: 6, closedLoopTime: 1, stages: 6, dischargeLimit: 500, ...changes },
      ...others,
    }),
    2,
  );
  const gas = new IdealChambers([5e-3, 5e-3]);
  for (const i of [0, 1]) gas.fill(i, 4.5 * ATM, 300, mixture([0.4, 0.6]));
  return { system, gas, machines: machinesOf(system), before: contents(system, gas) };
}

const run = (system: HeaderSystem, gas: IdealChambers, seconds: number, look?: () => void): void => {
  for (let k = 0; k < 10 * seconds; k++) {
    system.exchange(gas, 0.1);
    look?.();
  }
};

test('under control both headers stay within their bands, next to no gas is made up or lost, and without demand the pumps stop', () => {
  const { system, gas, machines, before } = swing();
  run(system, gas, 20);
  const start = Float64Array.from(system.totals);
  run(system, gas, 40, () => {
    expect(Math.abs(system.pressure(SUPPLY) / (10 * ATM) - 1)).toBeLessThan(0.025);
    expect(system.pressure(RETURN) / (0.1 * ATM)).toBeGreaterThan(0.98);
    expect(system.pressure(RETURN) / (0.1 * ATM)).toBeLessThan(1.1);
  });
  const through = (index: number) => (system.totals[index] as number) - (start[index] as number);
  const lost = amountOf(system, HEADER_TOTAL.relief) - amountIn(start, HEADER_TOTAL.relief);
  expect(through(HEADER_TOTAL.compressed)).toBeGreaterThan(10);
  expect(lost).toBeLessThan(0.02 * through(HEADER_TOTAL.compressed));
  // Work per mole lies between that of one isothermal and one adiabatic compression at the pumps' efficiencies.
  const perMole = through(HEADER_TOTAL.compressorWork) / through(HEADER_TOTAL.compressed);
  expect(perMole).toBeGreaterThan((R * 300 * Math.log(100)) / 0.7);
  expect(perMole).toBeLessThan((2.6 * R * 300 * (100 ** 0.385 - 1)) / 0.5);
  expect(machines.control.running).toBeGreaterThan(1);
  for (const high of [system.controls.supplyHigh, system.controls.backHigh]) high.fill(0);
  run(system, gas, 30);
  expect(machines.control.running).toBe(0);
  expect(Math.max(...machines.pumps.speed)).toBe(0);
  for (const high of [system.controls.supplyHigh, system.controls.backHigh]) high.fill(1);
  run(system, gas, 20);
  expect(machines.control.running).toBeGreaterThan(0);
  expect(Math.max(...machines.wear.cycles)).toBe(1);
  const { species, energy } = unbalance(system, gas, before);
  expect(species).toBeLessThan(1e-12);
  expect(energy).toBeLessThan(1e-12);
});

test('a pump that trips runs down alone; the others take its share; reset, it may run again', () => {
  const { system, gas, machines } = swing();
  run(system, gas, 20);
  const victim = machines.control.isOn.indexOf(1);
  const before = machines.pumps.flow.reduce((sum, q) => sum + q, 0) / machines.control.running;
  expect(before).toBeGreaterThan(0);
  system.controls.tripped[victim] = 1;
  run(system, gas, 8);
  expect(machines.pumps.speed[victim]).toBe(0);
  expect(machines.pumps.power[victim]).toBe(0);
  run(system, gas, 20, () => {
    expect(machines.control.isOn[victim]).toBe(0);
    expect(system.pressure(SUPPLY) / (10 * ATM)).toBeGreaterThan(0.97);
  });
  for (let i = 0; i < 6; i++) system.controls.tripped[i] = i === victim ? 0 : 1;
  run(system, gas, 10);
  expect(machines.control.isOn[victim]).toBe(1);
  expect(machines.control.running).toBe(1);
  // One is too few: the return rises, the supply falls to where make-up holds it.
  run(system, gas, 20);
  expect(system.pressure(RETURN) / (0.1 * ATM)).toBeGreaterThan(1.5);
  expect(machines.pumps.speed[victim]).toBeGreaterThan(0.95);
});

test('with little power pumps cannot reach the speed they need; with little coolant flow is held back at the discharge limit', () => {
  const weak = swing();
  run(weak.system, weak.gas, 15);
  expect(weak.machines.readings[2]).toBeGreaterThan(0);
  weak.system.controls.power = 0.3;
  run(weak.system, weak.gas, 5);
  // Speed goes with the cube root of the power: 0.67 of rated lifts 7.1 atm, not 9.9.
  expect(Math.max(...weak.machines.pumps.speed)).toBeCloseTo(Math.cbrt(0.3), 6);
  expect(weak.machines.readings[2]).toBe(0);
  const hot = swing();
  run(hot.system, hot.gas, 15);
  const flow = hot.system.totals[HEADER_TOTAL.compressed] as number;
  hot.system.controls.coolant = 0.03;
  run(hot.system, hot.gas, 15);
  let hottest = 0;
  const start = hot.system.totals[HEADER_TOTAL.compressed] as number;
  run(hot.system, hot.gas, 15, () => {
    hottest = Math.max(hottest, hot.machines.readings[0] as number);
  });
  expect(hottest).toBeGreaterThan(470);
  expect(hottest).toBeLessThan(530);
  expect((hot.system.totals[HEADER_TOTAL.compressed] as number) - start).toBeLessThan(0.9 * flow);
});

test('settings that change carry machines over; mixing chambers that come or go do so with the store', () => {
  const first = swing();
  run(first.system, first.gas, 10);
  const { settings } = first.system;
  for (const machines of [null, { ...(settings.machines as MachineSettings), mixerVolume: 0.2 }]) {
    const next = new HeaderSystem({ ...settings, machines, fractions: mixture([0.9, 0.1]) }, 2);
    next.carryFrom(first.system);
    const { species, energy } = unbalance(next, first.gas, first.before);
    expect(species).toBeLessThan(1e-12);
    expect(energy).toBeLessThan(1e-12);
    if (!next.machines) continue;
    expect([...next.machines.pumps.speed]).toEqual([...first.machines.pumps.speed]);
    expect(next.machines.mixing.content[HELIUM]).toBe(0.6);
    expect(next.machines.isMixing).toBe(true);
    const flow = first.machines.readings[2] as number;
    next.exchange(first.gas, 0.1);
    expect(Math.abs((next.machines.readings[2] as number) / flow - 1)).toBeLessThan(0.3);
  }
});

test('random machines and states: gas and energy balance to 1e-12, entropy is only produced', () => {
  const power = (low: number, high: number) => fc.double({ min: low, max: high, noNaN: true }).map((e) => 10 ** e);
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.record({
        best: power(-3, -0.5),
        shutOff: power(5, 6.5),
        low: fc.double({ min: 0.1, max: 0.7, noNaN: true }),
        loss: fc.double({ min: 0, max: 1e5, noNaN: true }),
        speeds: fc.array(share, { minLength: 4, maxLength: 4 }),
        supply: power(5, 6.3),
        back: power(3, 6.3),
        T: fc.double({ min: 220, max: 600, noNaN: true }),
        coolant: share,
        stages: fc.integer({ min: 1, max: 8 }),
        store: share,
        controlled: fc.boolean(),
        dt: power(-4, 1),
        volume: power(-1.5, 1),
      }),
      (c) => {
        const machines: MachineSettings = {
          ...MACHINES,
          curve: curveThrough(c.shutOff, c.best, c.low * c.shutOff, 0.6),
          resistance: c.loss / c.best ** 2,
          stages: c.stages,
          closedLoopTime: c.controlled ? 2 : null,
        };
        const system = new HeaderSystem(
          headerSettings(1, {
            supplyVolume: c.volume,
            returnVolume: c.volume,
            fractions: mixture([1 - c.store, c.store]),
            valveArea: 1e-5,
            supplyOpening: 0.7,
            returnOpening: 0.5,
            regulatorTime: 0.02,
            tolerance: 1e-3,
            machines,
          }),
          1,
        );
        const own = machinesOf(system);
        own.pumps.command.set(c.speeds);
        own.pumps.speed.set(c.speeds);
        own.mixing.content.set(mixture([0.5, 0.5]));
        system.controls.coolant = c.coolant;
        system.fillHeader(SUPPLY, c.supply, 300, mixture([0.3, 0.7]));
        system.fillHeader(RETURN, c.back, c.T, mixture([0.6, 0.4]));
        const gas = new IdealChambers([0.01]);
        gas.fill(0, 2e5, 300, mixture([1, 0]));
        const before = contents(system, gas);
        let entropy = 0;
        for (let m = 0; m < 4; m++) {
          system.exchange(gas, c.dt);
          const parts = [
            HEADER_TOTAL.entropyThrottling,
            HEADER_TOTAL.entropyHeat,
            HEADER_TOTAL.entropyMixing,
            HEADER_TOTAL.entropyCompressor,
          ].map((index) => system.totals[index] as number);
          for (const part of parts) expect(part).toBeGreaterThanOrEqual(0);
          const sum = parts.reduce((a, b) => a + b, 0);
          expect(sum).toBeGreaterThanOrEqual(entropy);
          entropy = sum;
        }
        const { species, energy } = unbalance(system, gas, before);
        expect(species).toBeLessThan(1e-12);
        expect(energy).toBeLessThan(1e-12);
      },
    ),
    { numRuns: 60, seed: 23 },
  );
});

const amountIn = (totals: ArrayLike<number>, index: number): number =>
  [0, 1, 2, 3, 4, 5].reduce((sum, k) => sum + (totals[index + k] as number), 0);
const amountOf = (system: HeaderSystem, index: number): number => amountIn(system.totals, index);
