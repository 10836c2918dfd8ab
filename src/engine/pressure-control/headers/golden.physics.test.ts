import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fractions } from '../../gas/mixture.ts';
import { VesselNetwork } from '../../gas-oscillation/vessel.ts';
import { IdealChambers } from './chamber-gas.ts';
import { HeaderSystem } from './header-system.ts';
import { headerSettings } from './testing.ts';

// Golden values: SciPy's LSODA on an implementation of its own (e2e/golden/vessels.py).
interface Fill {
  readonly p: number;
  readonly T: number;
  readonly x: readonly number[];
}
interface Blowdown {
  readonly volume_m3: number;
  readonly effectiveArea_m2: number;
  readonly backPressure_Pa: number;
  readonly start: Fill;
  readonly wall: { readonly G: number; readonly C: number } | null;
  readonly time_s: readonly number[];
  readonly pressure_Pa: readonly number[];
  readonly temperature_K: readonly number[];
  readonly wall_K: readonly number[];
}
interface Tanks {
  readonly volumes_m3: readonly [number, number];
  readonly effectiveArea_m2: number;
  readonly starts: readonly [Fill, Fill];
  readonly time_s: readonly number[];
  readonly pressure_Pa: readonly [readonly number[], readonly number[]];
  readonly temperature_K: readonly [readonly number[], readonly number[]];
  readonly heliumFraction: readonly number[];
}
const { cases } = JSON.parse(readFileSync(new URL('../../../../e2e/golden/vessels.json', import.meta.url), 'utf8')) as {
  cases: { blowdown: Blowdown; blowdownWithWall: Blowdown; twoTanks: Tanks };
};
const mixture = ({ x }: Fill) => fractions({ N2: x[0] as number, He: x[1] as number });
const error = (value: number, expected: number | undefined) => Math.abs(value / (expected ?? Number.NaN) - 1);
const RETURN = 1;

for (const [name, golden] of [
  ['adiabatic', cases.blowdown],
  ['with a wall', cases.blowdownWithWall],
] as const) {
  test(`vessel network: blowdown ${name} as SciPy has it, 1e-8`, () => {
    const { wall, start } = golden;
    const net = new VesselNetwork({
      volumes: [golden.volume_m3],
      reservoirs: [{ pressure: golden.backPressure_Pa, temperature: 300, fractions: mixture(start) }],
      orifices: [{ from: 0, to: -1, effectiveArea: golden.effectiveArea_m2 }],
      ...(wall ? { walls: [{ conductance: wall.G, heatCapacity: wall.C, temperature: 300 }] } : {}),
      tolerance: 1e-10,
    });
    net.fill(0, start.p, start.T, mixture(start));
    let worst = 0;
    let time = 0;
    golden.time_s.forEach((t, k) => {
      net.advance(t - time);
      time = t;
      worst = Math.max(worst, error(net.pressure(0), golden.pressure_Pa[k]));
      worst = Math.max(worst, error(net.temperature(0), golden.temperature_K[k]));
      if (wall) worst = Math.max(worst, error(300 + net.wallHeat(0) / wall.C, golden.wall_K[k]));
    });
    expect(worst).toBeLessThan(1e-8);
  });

  test(`headers: blowdown ${name} through the return valve as SciPy has it, in steps of 1 ms, 1e-7 (2e-5 with a wall)`, () => {
    const { wall, start } = golden;
    const system = new HeaderSystem(
      headerSettings(1, {
        returnVolume: 1e6,
        returnPressure: golden.backPressure_Pa,
        valveArea: golden.effectiveArea_m2,
        returnOpening: 1,
      }),
      1,
    );
    const gas = new IdealChambers([golden.volume_m3]);
    gas.fill(0, start.p, start.T, mixture(start));
    const dt = 1e-3;
    let wallTemperature = 300;
    let worst = 0;
    let step = 0;
    // Heat to the wall between exchanges, half before and half after, as the farm's own step would take it.
    const warm = (h: number) => {
      if (!wall) return;
      const heat = h * wall.G * (300 + (gas.temperature[0] as number) - wallTemperature);
      gas.heat(0, -heat);
      wallTemperature += heat / wall.C;
    };
    golden.time_s.forEach((t, k) => {
      for (; step < Math.round(t / dt); step++) {
        warm(0.5 * dt);
        system.exchange(gas, dt);
        warm(0.5 * dt);
      }
      worst = Math.max(worst, error(gas.pressure[0] as number, golden.pressure_Pa[k]));
      worst = Math.max(worst, error(300 + (gas.temperature[0] as number), golden.temperature_K[k]));
      if (wall) worst = Math.max(worst, error(wallTemperature, golden.wall_K[k]));
    });
    expect(worst).toBeLessThan(wall ? 2e-5 : 1e-7);
  });
}

test('vessel network and headers: nitrogen at 350 K meets helium at 280 K as SciPy has it', () => {
  const { volumes_m3: volumes, starts, effectiveArea_m2: area, ...golden } = cases.twoTanks;
  const net = new VesselNetwork({
    volumes,
    reservoirs: [],
    orifices: [{ from: 0, to: 1, effectiveArea: area }],
    tolerance: 1e-10,
  });
  starts.forEach((s, i) => {
    net.fill(i, s.p, s.T, mixture(s));
  });
  const runs = [1e-3, 0.1].map((dt) => {
    const system = new HeaderSystem(
      headerSettings(1, { returnVolume: volumes[1], valveArea: area, returnOpening: 1, tolerance: 1e-5 }),
      1,
    );
    system.fillHeader(RETURN, starts[1].p, starts[1].T, mixture(starts[1]));
    const gas = new IdealChambers([volumes[0]]);
    gas.fill(0, starts[0].p, starts[0].T, mixture(starts[0]));
    return { dt, system, gas, step: 0, worst: 0 };
  });
  let worst = 0;
  let time = 0;
  golden.time_s.forEach((t, k) => {
    net.advance(t - time);
    time = t;
    for (const m of [0, 1] as const) {
      worst = Math.max(worst, error(net.pressure(m), golden.pressure_Pa[m][k]));
      worst = Math.max(worst, error(net.temperature(m), golden.temperature_K[m][k]));
    }
    worst = Math.max(worst, error(net.amountOf(1, 3) / net.amount(1), golden.heliumFraction[k]));
    for (const run of runs) {
      for (; run.step < Math.round(t / run.dt); run.step++) run.system.exchange(run.gas, run.dt);
      run.worst = Math.max(
        run.worst,
        error(run.gas.pressure[0] as number, golden.pressure_Pa[0][k]),
        error(300 + (run.gas.temperature[0] as number), golden.temperature_K[0][k]),
        error(run.system.pressure(RETURN), golden.pressure_Pa[1][k]),
        error(run.system.temperature(RETURN), golden.temperature_K[1][k]),
      );
    }
  });
  expect(worst).toBeLessThan(1e-8);
  for (const run of runs) expect(run.worst).toBeLessThan(2e-5);
});
