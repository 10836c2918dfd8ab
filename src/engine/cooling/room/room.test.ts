// Properties of the room's air that need no reference: balances, bounds, extremes, replay, what the page receives.

import { expect, test } from 'vitest';
import { pow } from '../../numerics/elementary.ts';
import { createRandom, type Random } from '../../numerics/random.ts';
import { blockAround, chamberCells } from './block.ts';
import { DEFAULT_GRID, roomGrid } from './grid.ts';
import { ROOM_TOTAL, storedHeat } from './heat.ts';
import { implicitWall, RoomAir, type RoomAirSettings } from './room-air.ts';

const between = (random: Random, low: number, high: number): number => low + (high - low) * random.next();

/** n³ chambers of radius 0.06 m, 0.15 m apart, from `corner`. */
function cube(n: number, corner: readonly [number, number, number]): Float64Array {
  const at: number[] = [];
  for (let k = 0; k < n; k++)
    for (let j = 0; j < n; j++)
      for (let i = 0; i < n; i++) at.push(corner[0] + 0.15 * i, corner[1] + 0.15 * j, corner[2] + 0.15 * k);
  return Float64Array.from(at);
}

const roomAround = (positions: Float64Array, settings: Partial<RoomAirSettings> = {}): RoomAir =>
  new RoomAir({
    size: [4, 3, 2.5],
    block: blockAround(positions, 0.06),
    positions,
    supplyFlow: 1,
    supplyTemperature: 295,
    emissivity: 0.2,
    acrossBlock: 3,
    ...settings,
  });

const hottest = (room: RoomAir): number => room.figures().highestTemperature;
const coldest = (room: RoomAir): number => {
  let lowest = Number.POSITIVE_INFINITY;
  for (const c of room.flow.grid.interior) lowest = Math.min(lowest, room.heat.temperature[c]);
  return lowest;
};

test('random rooms, flows and walls: what the walls lose the air gains, to 1e-9, and nothing leaves its bounds', () => {
  const random = createRandom(7);
  for (let run = 0; run < 12; run++) {
    const size = [between(random, 1.5, 8), between(random, 1.5, 8), between(random, 1.2, 4)] as const;
    const n = 1 + Math.floor(between(random, 0, 5));
    const room1 = (axis: number): number => between(random, 0.06, Math.max(0.07, size[axis] - 0.06 - 0.15 * n));
    const positions = cube(n, [room1(0), room1(1), room1(2)]);
    const supplyFlow = run % 4 === 0 ? 0 : 0.01 * pow(10, between(random, 0, 4));
    const room = roomAround(positions, { size, supplyFlow, shrouded: run % 3 === 1 });
    const [wall, G, heat] = Array.from({ length: 3 }, () => new Float64Array(room.chambers));
    for (let i = 0; i < wall.length; i++) wall[i] = between(random, -20, 60);
    let posted = 0;
    for (let step = 0; step < 8; step++) {
      room.conductances(wall, G);
      room.exchange(wall, G, pow(10, between(random, -1, 2)), heat);
      for (const value of heat) posted += value;
    }
    expect(Math.abs(room.balanceResidual())).toBeLessThan(1e-9);
    expect(Math.abs(posted - room.heat.totals[ROOM_TOTAL.fromChambers])).toBeLessThan(1e-9 * room.heat.totals[3]);
    expect(hottest(room)).toBeLessThan(Math.max(-5, ...wall) + 1e-6);
    expect(coldest(room)).toBeGreaterThan(Math.min(-5, ...wall) - 1e-6);
  }
});

test('a closed room warms by exactly the heat it is given', () => {
  const room = roomAround(cube(3, [1.5, 1.2, 0.4]), { supplyFlow: 0 });
  const before = storedHeat(room.heat);
  const heat = new Float64Array(27).fill(100);
  for (let n = 0; n < 60; n++) room.deposit(heat, 10);
  expect(Math.abs((storedHeat(room.heat) - before) / (27 * 100 * 60) - 1)).toBeLessThan(1e-9);
  const { meanTemperature } = room.figures();
  expect(meanTemperature).toBeGreaterThan(-5);
  // The plume stirs the room: no place is colder than the start, all are warmer by the end.
  expect(coldest(room)).toBeGreaterThan(-5 - 1e-9);
});

test('extremes: 5000 m³/s, one chamber, a block at the wall, steps of 100 s', () => {
  const cases: [Float64Array, Partial<RoomAirSettings>][] = [
    [cube(4, [1.5, 1.2, 0.4]), { supplyFlow: 5000 }],
    [Float64Array.of(2, 1.5, 1), {}],
    [Float64Array.of(2, 1.5, 1), { supplyFlow: 0 }],
    [cube(3, [0.06, 0.06, 0.06]), {}],
    [cube(3, [0.06, 0.06, 0.06]), { shrouded: true }],
    [cube(3, [4 - 0.36, 1, 0.5]), { shrouded: true }],
    [cube(8, [0.06, 0.06, 0.06]), { size: [1, 1, 1] }],
    [cube(4, [1.5, 1.2, 0.4]), { supplyFlow: 1e-3 }],
    [cube(4, [1.5, 1.2, 0.4]), { inlet: { y: [0.4, 0.6], z: [0, 0.2] }, outlet: { y: [0, 1], z: [0.8, 1] } }],
  ];
  for (const [positions, settings] of cases) {
    const room = roomAround(positions, settings);
    const n = room.chambers;
    const [wall, G, seen, seenG, heat] = Array.from({ length: 5 }, () => new Float64Array(n));
    for (let step = 0; step < 20; step++) {
      room.conductances(wall, G);
      for (let i = 0; i < n; i++) {
        const next = implicitWall(wall[i], 5, 300, G[i], 100);
        seen[i] = next.wall;
        seenG[i] = next.conductance;
      }
      room.exchange(seen, seenG, 100, heat);
      for (let i = 0; i < n; i++) wall[i] += (500 - heat[i]) / 300;
    }
    const top = Math.max(...wall);
    expect(Number.isFinite(top)).toBe(true);
    expect(hottest(room)).toBeLessThan(top + 1e-6);
    expect(coldest(room)).toBeGreaterThan(-5 - 1e-5);
    expect(Math.abs(room.balanceResidual())).toBeLessThan(1e-9);
  }
});

test('more supply cools better, and the outlet carries the heat', () => {
  const at = (supplyFlow: number): number => {
    const room = roomAround(cube(4, [1.5, 1.2, 0.4]), { supplyFlow });
    const heat = new Float64Array(64).fill(20 * 20);
    for (let n = 0; n < 60; n++) room.deposit(heat, 20);
    const out = room.figures().outletTemperature + 5;
    expect(Math.abs((supplyFlow * room.air.volumetric * out) / (64 * 20) - 1)).toBeLessThan(0.05);
    return hottest(room);
  };
  expect(at(5)).toBeLessThan(at(0.5));
});

test('a wall stepped through implicitWall obeys its own balance and the film’s law', () => {
  const { wall, conductance } = implicitWall(10, 20, 300, 4, 50);
  const airT = 3;
  const heat = 50 * conductance * (wall - airT);
  const after = 10 + (20 * 50 - heat) / 300;
  expect(heat).toBeCloseTo(50 * 4 * (after - airT), 9);
});

test('a change of supply is followed at once, and equal histories give equal bits', () => {
  const run = (): Float64Array => {
    const room = roomAround(cube(3, [1.5, 1.2, 0.4]));
    const heat = new Float64Array(27).fill(30);
    for (let n = 0; n < 5; n++) room.deposit(heat, 5);
    room.setSupply(3, 290);
    expect(room.figures().faceSpeed).toBeCloseTo(3 / 7.5, 12);
    for (let n = 0; n < 5; n++) room.deposit(heat, 5);
    expect(Math.abs(room.balanceResidual())).toBeLessThan(1e-12);
    return room.heat.temperature;
  };
  expect(run()).toEqual(run());
});

test('a restored room continues as the original', () => {
  const make = (): RoomAir => roomAround(cube(3, [1.5, 1.2, 0.4]));
  const heat = new Float64Array(27).fill(30);
  const one = make();
  for (let n = 0; n < 4; n++) one.deposit(heat, 5);
  const copies = one.stateArrays().map((array) => array.slice());
  const other = make();
  other.stateArrays().forEach((array, n) => {
    array.set(copies[n]);
  });
  other.restored(1, 295, one.lastChange);
  for (let n = 0; n < 4; n++) {
    one.deposit(heat, 5);
    other.deposit(heat, 5);
  }
  expect(other.heat.temperature).toEqual(one.heat.temperature);
  expect(other.flow.velocity[2]).toEqual(one.flow.velocity[2]);
});

test('the grid meets the block’s faces, fills the room, and grows gently', () => {
  const block = { low: [4.2, 4.3, 0.3], high: [5.8, 5.7, 1.5] } as const;
  const grid = roomGrid([10, 10, 3], block, { ...DEFAULT_GRID, finest: 0.13 });
  let volume = 0;
  for (const c of grid.interior) volume += grid.volume[c];
  expect(volume).toBeCloseTo(300, 9);
  for (let a = 0; a < 3; a++) {
    expect(grid.edges[a][grid.blockFirst[a] - 1]).toBe(block.low[a]);
    expect(grid.edges[a][grid.blockLast[a]]).toBe(block.high[a]);
    for (let n = 2; n < grid.edges[a].length; n++) {
      const ratio = (grid.edges[a][n] - grid.edges[a][n - 1]) / (grid.edges[a][n - 1] - grid.edges[a][n - 2]);
      expect(ratio).toBeGreaterThan(0.5);
      expect(ratio).toBeLessThan(2);
    }
  }
});

test('each chamber’s shares of cells sum to one, also outside the room', () => {
  const positions = Float64Array.of(1, 1, 1, -3, 9, 0, 0.02, 2.99, 2.5);
  const grid = roomGrid([4, 3, 2.5], null, { ...DEFAULT_GRID, finest: 0.1 });
  const { start, share } = chamberCells(grid, positions, 0.06);
  for (let i = 0; i < 3; i++) {
    let sum = 0;
    for (let n = start[i]; n < start[i + 1]; n++) sum += share[n];
    expect(sum).toBeCloseTo(1, 12);
  }
});

test('the page’s field is a copy on the room’s grid, in K and m/s', () => {
  const room = roomAround(cube(3, [1.5, 1.2, 0.4]));
  const field = room.field();
  const [nx, ny, nz] = field.cells;
  expect(field.temperature.length).toBe(nx * ny * nz);
  expect(field.velocity.length).toBe(3 * nx * ny * nz);
  expect(field.edges[0][nx]).toBe(4);
  expect(field.temperature[0]).toBeCloseTo(295, 4);
  room.deposit(new Float64Array(27).fill(1e4), 10);
  expect(field.temperature.every((T) => Math.abs(T - 295) < 1e-4)).toBe(true);
  expect(Math.max(...room.field().temperature)).toBeGreaterThan(296);
});
