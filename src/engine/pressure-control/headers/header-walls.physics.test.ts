// The headers' walls: the linear pair exactly, energy and entropy exactly, from adiabatic to isothermal, in a farm, its snapshots and
// its edits.

import { expect, test } from 'vitest';
import { parseFault } from '../../faults/parse.ts';
import { fractions } from '../../gas/mixture.ts';
import { createRandom } from '../../numerics/random.ts';
import { loadSnapshot, saveSnapshot } from '../../snapshot.ts';
import { farmWith, valuesWith } from '../../testing.ts';
import { IdealChambers } from './chamber-gas.ts';
import { ENERGY, idealEnergy, STRIDE, solveTemperature } from './gas-nodes.ts';
import { HeaderSystem } from './header-system.ts';
import { headerWallsOf } from './header-wall-sizing.ts';
import { type HeaderWall, HeaderWalls } from './header-walls.ts';
import { HEADER_TOTAL, type HeaderSettings, headerEntropy } from './settings.ts';
import { ATM, contents, headerSettings, unbalance } from './testing.ts';

const SUPPLY = 0;
const ROOM = 300;
const WALL: HeaderWall = { inside: 40, amount: 100, outside: 15, capacity: 9000 };

/** 100 mol at T beside a wall at T_w after a time in so many steps: temperatures, heat to the room, entropy made. */
function pair(
  mixture: Readonly<Record<string, number>>,
  T: number,
  wall: number,
  time: number,
  steps: number,
  one = WALL,
) {
  const walls = new HeaderWalls([one, one], ROOM);
  walls.temperature[SUPPLY] = wall;
  const base = new Float64Array(STRIDE);
  base.set(Float64Array.from(fractions(mixture), (x) => 100 * x));
  base[ENERGY] = idealEnergy(base, 0, T);
  const delta = new Float64Array(STRIDE);
  let [heat, entropy, guess] = [0, 0, T];
  const gasAt = (): number => {
    const now = base.map((x, k) => x + (delta[k] as number));
    return solveTemperature(now, 0, now[ENERGY] as number, guess);
  };
  for (let k = 0; k < steps; k++) {
    walls.exchange(SUPPLY, time / steps, 0, base, delta, 0, guess);
    heat += walls.roomHeat;
    entropy += walls.entropy;
    guess = gasAt();
  }
  const wallChange = one.capacity * ((walls.temperature[SUPPLY] as number) - wall);
  return {
    T: guess,
    wall: walls.temperature[SUPPLY] as number,
    heat,
    entropy,
    left: delta[ENERGY] + wallChange + heat,
  };
}

test.each([1, 30, 300, 3000, 1e7])(
  'helium, %f s: in one step as in a thousand, as Runge and Kutta have it, energy and entropy exactly',
  (time) => {
    const c = 100 * 1.5 * 8.31446261815324;
    const whole = pair({ He: 1 }, 480, 310, time, 1);
    const parts = pair({ He: 1 }, 480, 310, time, 1000);
    for (const key of ['T', 'wall', 'heat', 'entropy'] as const) expect(whole[key] / parts[key]).toBeCloseTo(1, 9);
    expect(Math.abs(whole.left)).toBeLessThan(1e-9 * c * 180);
    const expected = c * Math.log(whole.T / 480) + WALL.capacity * Math.log(whole.wall / 310) + whole.heat / ROOM;
    expect(whole.entropy / expected).toBeCloseTo(1, 9);
    if (time > 300) return;
    let [x, y] = [480, 310];
    const h = time / 2000;
    const rate = (a: number, b: number): readonly [number, number] => [
      (-WALL.inside * (a - b)) / c,
      (WALL.inside * (a - b) - WALL.outside * (b - ROOM)) / WALL.capacity,
    ];
    for (let k = 0; k < 2000; k++) {
      const k1 = rate(x, y);
      const k2 = rate(x + 0.5 * h * k1[0], y + 0.5 * h * k1[1]);
      const k3 = rate(x + 0.5 * h * k2[0], y + 0.5 * h * k2[1]);
      const k4 = rate(x + h * k3[0], y + h * k3[1]);
      x += (h / 6) * (k1[0] + 2 * k2[0] + 2 * k3[0] + k4[0]);
      y += (h / 6) * (k1[1] + 2 * k2[1] + 2 * k3[1] + k4[1]);
    }
    expect([whole.T / x, whole.wall / y].map((r) => Math.abs(r - 1) < 1e-9)).toEqual([true, true]);
  },
);

test('a gas whose heat capacity changes: one long step ends at the room’s temperature, short ones agree within 0.1 % of the way', () => {
  const end = pair({ N2: 1 }, 900, 310, 1e7, 1);
  expect(Math.abs(end.T - ROOM)).toBeLessThan(1e-9);
  const [whole, parts] = [1, 1000].map((steps) => pair({ N2: 0.6, H2O: 0.4 }, 500, 310, 60, steps).T) as [
    number,
    number,
  ];
  expect(Math.abs(whole - parts) / (500 - parts)).toBeLessThan(0.03);
  const [fine, finer] = [100, 1000].map((steps) => pair({ N2: 0.6, H2O: 0.4 }, 500, 310, 60, steps).T) as [
    number,
    number,
  ];
  expect(Math.abs(fine - finer) / (500 - finer)).toBeLessThan(1e-3);
});

const systemOf = (walls: HeaderSettings['walls'], changes: Partial<HeaderSettings> = {}) => {
  const system = new HeaderSystem(headerSettings(2, { walls, supplyOpening: 0.3, returnOpening: 0.2, ...changes }), 2);
  const gas = new IdealChambers([0.004, 0.006]);
  gas.fill(0, 2 * ATM, 320, fractions({ N2: 0.5, He: 0.5 }));
  gas.fill(1, 5 * ATM, 290, fractions({ N2: 1 }));
  return { system, gas };
};

test('random walls, fillings and steps: gases and energy close, no entropy is lost', () => {
  const random = createRandom(5);
  for (let n = 0; n < 60; n++) {
    const some = (): number => 10 ** (6 * random.next() - 2);
    const wall = (): HeaderWall => ({ inside: some(), amount: some(), outside: some(), capacity: some() });
    const { system, gas } = systemOf([wall(), wall()], {
      regulatorTime: random.next() < 0.5 ? 0.02 : Number.POSITIVE_INFINITY,
      roomTemperature: 280 + 40 * random.next(),
    });
    system.fillHeader(SUPPLY, 10 * ATM * random.next(), 250 + 300 * random.next(), fractions({ He: 0.3, N2: 0.7 }));
    const before = contents(system, gas);
    let made = headerEntropy(system.totals);
    for (let k = 0; k < 10; k++) {
      system.exchange(gas, 10 ** (3 * random.next() - 3));
      const now = headerEntropy(system.totals);
      expect(now - made).toBeGreaterThan(-1e-12 * Math.abs(now));
      expect(system.totals[HEADER_TOTAL.entropyWall]).toBeGreaterThanOrEqual(0);
      made = now;
    }
    const { species, energy } = unbalance(system, gas, before);
    expect([species < 1e-12, energy < 1e-12]).toEqual([true, true]);
  }
});

test('from adiabatic to isothermal: a header that blows down', () => {
  const after = (walls: HeaderSettings['walls']): number => {
    const { system, gas } = systemOf(walls, {
      supplyVolume: 0.05,
      returnVolume: 1e3,
      supplyOpening: 1,
      returnOpening: 1,
      valveArea: 1e-4,
    });
    for (let k = 0; k < 400; k++) system.exchange(gas, 2.5e-3);
    return system.temperature(SUPPLY);
  };
  const wall = (G: number): HeaderSettings['walls'] => [
    { inside: 2 * G, amount: 10, outside: 2 * G, capacity: 100 },
    { inside: 2 * G, amount: 10, outside: 2 * G, capacity: 100 },
  ];
  const adiabatic = after(null);
  expect(adiabatic).toBeLessThan(240);
  expect(Math.abs(after(wall(1e-9)) - adiabatic)).toBeLessThan(1e-6);
  expect(after(wall(30))).toBeGreaterThan(adiabatic + 5);
  expect(after(wall(30))).toBeLessThan(ROOM - 5);
  expect(Math.abs(after(wall(1e7)) - ROOM)).toBeLessThan(0.05);
});

test('sizes: adiabatic at 0; what is given is both films in series; automatic from the volume; steel from the pressure', () => {
  const wallsWith = (edits: Readonly<Record<string, unknown>>) =>
    headerWallsOf(valuesWith({ 'headers.volume_m3': 1, 'gas.mixture': { N2: 1 }, ...edits }));
  expect(wallsWith({ 'headers.wall_conductance_W_per_K': 0 })).toBeNull();
  const given = wallsWith({ 'headers.wall_conductance_W_per_K': 25, 'headers.wall_heat_capacity_J_per_K': 777 });
  for (const wall of given ?? []) {
    expect(1 / (1 / wall.inside + 1 / wall.outside)).toBeCloseTo(25, 9);
    expect(wall.capacity).toBe(777);
  }
  const [supply, back] = wallsWith({}) as readonly [HeaderWall, HeaderWall];
  // A pipe of 0.503 m and 8.35 m²: 5.2 W/(m²·K) of free convection and 4.9 of radiation outside; 3 mm of steel, 0.197 m³·10⁻¹ of it.
  expect(supply.outside / 8.35).toBeGreaterThan(9);
  expect(supply.outside / 8.35).toBeLessThan(11);
  expect(supply.capacity / (8.35 * 0.003 * 7854 * 434)).toBeCloseTo(1, 2);
  // Denser gas convects more: as the 0.7th power of the pressure.
  expect(supply.inside / back.inside / 100 ** 0.704).toBeCloseTo(1, 2);
  expect(wallsWith({ 'headers.supply_pressure_Pa': 1e7 })?.[0].capacity).toBeGreaterThan(5 * supply.capacity);
});

test('in a farm: after a header was lost its gas cools on the wall; snapshots go on bit for bit, edits keep the wall warm', () => {
  const start = (conductance: number | 'auto') => {
    const farm = farmWith({
      'layout.size': [2, 2, 1],
      'simulation.fidelity': 'averaged',
      'simulation.averaged_step_s': 0.5,
      'headers.enabled': true,
      'pressure_control.cycling_enabled': false,
      'headers.supply_opening': 0.02,
      'headers.return_opening': 0.04,
      'headers.wall_conductance_W_per_K': conductance,
    });
    const lost = parseFault('header-loss@0:0.5:1.5', farm.plant.targets);
    if (!lost.ok) throw new Error(JSON.stringify(lost.problems));
    farm.plant.addFault(lost.fault, 'test');
    return farm;
  };
  const warmest = ({ headers }: ReturnType<typeof start>): number => headers.present?.temperature(SUPPLY) as number;
  const [adiabatic, walled] = [start(0), start('auto')];
  adiabatic.step(30);
  walled.step(20);
  const loaded = loadSnapshot(saveSnapshot(walled));
  if (!loaded.ok) throw new Error(loaded.message);
  for (const farm of [walled, loaded.farm]) farm.step(10);
  expect(loaded.farm.stateHash()).toBe(walled.stateHash());
  expect([...loaded.farm.headers.arrays()]).toEqual([...walled.headers.arrays()]);
  expect(warmest(adiabatic)).toBeGreaterThan(430);
  expect(warmest(walled)).toBeLessThan(350);
  const wall = walled.headers.present?.walls?.temperature[SUPPLY] as number;
  expect(wall).toBeGreaterThan(ROOM + 1);
  const edited = walled.edit({ 'headers.wall_heat_capacity_J_per_K': 5e4 });
  expect(edited.ok && edited.farm.headers.present?.walls?.temperature[SUPPLY]).toBe(wall);
  expect(walled.balance().mass).toBeLessThan(1e-12);
  expect(Math.abs(walled.balance().energy)).toBeLessThan(1e-9);
}, 60_000);
