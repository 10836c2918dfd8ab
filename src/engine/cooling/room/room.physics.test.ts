// The room's air against closed forms, the reference case H07 and the hand correlations of the default scenario.

import { expect, test } from 'vitest';
import { GRAVITY } from '../../constants.ts';
import { buildLayout } from '../../lattice/layout.ts';
import { valuesWith } from '../../testing.ts';
import { blockAround, blockOfLayout, ergun, type PorousBlock } from './block.ts';
import { airChangesPerHour, streamRise } from './figures.ts';
import { roomAirProperties } from './film.ts';
import { divergence } from './flow.ts';
import { cellIndices } from './grid.ts';
import { implicitWall, RoomAir, type RoomAirSettings } from './room-air.ts';

const NONE = new Float64Array(0);
const air = roomAirProperties(300);
const roomWith = (settings: Partial<RoomAirSettings>): RoomAir =>
  new RoomAir({
    size: [10, 10, 3],
    block: null,
    positions: NONE,
    supplyFlow: 10,
    supplyTemperature: 300,
    emissivity: 0.2,
    ...settings,
  });
const relative = (value: number, expected: number): number => Math.abs(value / expected - 1);

function fastest(room: RoomAir): number {
  let speed = 0;
  for (const u of room.flow.velocity) for (const value of u) speed = Math.max(speed, Math.abs(value));
  return speed;
}

/** Walls of 360 J/K (shell and chip) with 20 W each, stepped with the room for `seconds`. */
function runFarm(room: RoomAir, seconds: number, dt: number): { film: number; heat: number; hottest: number } {
  const n = room.chambers;
  const [wall, G, wallSeen, GSeen, heat, local] = Array.from({ length: 6 }, () => new Float64Array(n));
  for (let t = 0; t < seconds; t += dt) {
    room.conductances(wall, G);
    for (let i = 0; i < n; i++) {
      const seen = implicitWall(wall[i], 20, 360, G[i], dt);
      wallSeen[i] = seen.wall;
      GSeen[i] = seen.conductance;
    }
    room.exchange(wallSeen, GSeen, dt, heat);
    for (let i = 0; i < n; i++) wall[i] += (20 * dt - heat[i]) / 360;
  }
  room.airTemperature(local);
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / n;
  return { film: mean(wall) - mean(local), heat: mean(heat) / dt, hottest: wall.reduce((a, b) => Math.max(a, b)) };
}

function defaultFarm(settings: Partial<RoomAirSettings>): RoomAir {
  const values = valuesWith({});
  const built = buildLayout(values);
  if (!built.ok) throw new Error('The default layout must build.');
  const block = blockOfLayout(built.layout, values['gas_chambers.wall_thickness_m']);
  return roomWith({ block, positions: built.layout.roomPositions, ...settings });
}

test('H07 seed circulation: 12000 air changes per hour, 33.3 m/s, 8.44 K for 100 kW in 10 m³/s', () => {
  const figures = roomWith({ supplyFlow: 1000 }).figures();
  expect(figures.airChanges).toBeCloseTo(12000, 6);
  expect(airChangesPerHour(1000, 300)).toBe(12000);
  expect(relative(figures.faceSpeed, 33.3)).toBeLessThan(0.01);
  expect(relative(streamRise(1e5, 10, air.volumetric), 8.44)).toBeLessThan(0.01);
});

test('an empty room carries a uniform plug flow against its wall friction', () => {
  const room = roomWith({ supplyFlow: 30, openResistance: 0.01 });
  for (let n = 0; n < 60; n++) room.settle(1);
  const [u, v, w] = room.flow.velocity;
  for (const c of room.flow.grid.interior) {
    expect(Math.abs(u[c] - 1)).toBeLessThan(1e-7);
    expect(Math.abs(v[c]) + Math.abs(w[c])).toBeLessThan(1e-7);
  }
  expect(relative(room.figures().pressureDrop, air.density * 0.01 * 10)).toBeLessThan(1e-6);
});

test('a block that fills the section has the pressure drop of Ergun’s equation', () => {
  const block: PorousBlock = { low: [1, 0, 0], high: [3, 2, 1], voidFraction: 0.5, diameter: 0.1 };
  for (const speed of [0.02, 0.5, 5]) {
    const room = roomWith({ size: [4, 2, 1], block, supplyFlow: 2 * speed, openResistance: 0 });
    const { viscous, quadratic } = ergun(0.5, 0.1);
    const drop = air.density * 2 * (viscous * air.kinematic * speed + quadratic * speed * speed);
    expect(relative(room.figures().pressureDrop, drop)).toBeLessThan(1e-3);
  }
  // Ergun's own terms: 150 (1−ε)²/ε³ and 1.75 (1−ε)/ε³ at ε = 1/2.
  expect(relative(ergun(0.5, 0.1).viscous, 300 / 0.01)).toBeLessThan(1e-12);
  expect(relative(ergun(0.5, 0.1).quadratic, 7 / 0.1)).toBeLessThan(1e-12);
});

test('a block along half of a duct shares the air as parallel channels of equal pressure gradient', () => {
  const block: PorousBlock = { low: [0, 0, 0], high: [60, 2, 1], voidFraction: 0.6, diameter: 0.1 };
  const open = 8;
  const room = roomWith({ size: [60, 4, 1], block, supplyFlow: 8, openResistance: open });
  const { viscous, quadratic } = ergun(0.6, 0.1);
  // c_b u² + ν u/K = c_o (4 − u)² for a mean of 2 m/s over two equal channels, by bisection.
  let [low, high] = [0, 4];
  for (let n = 0; n < 60; n++) {
    const u = 0.5 * (low + high);
    if (quadratic * u * u + viscous * air.kinematic * u > open * (4 - u) * (4 - u)) high = u;
    else low = u;
  }
  expect(relative(room.figures().acrossFlow / 2, low)).toBeLessThan(0.03);
});

test('air at rest stays at rest when warm throughout or warmer above', () => {
  const block = blockAround(Float64Array.of(1, 1, 1, 1.2, 1, 1, 1, 1.2, 1), 0.1);
  const room = roomWith({ size: [2, 2, 2], block, supplyFlow: 0 });
  room.heat.temperature.fill(20);
  room.settle(20);
  expect(fastest(room)).toBeLessThan(1e-8);
  for (const c of room.flow.grid.interior) room.heat.temperature[c] = 5 * Math.floor(c / room.flow.grid.strides[2]);
  room.settle(60);
  expect(fastest(room)).toBeLessThan(1e-4);
});

test('a heated block in a closed room drives air up through itself and down beside', () => {
  const positions = Float64Array.of(1, 1, 0.5, 1.2, 1, 0.5, 1, 1.2, 0.5, 1.2, 1.2, 0.5);
  const room = roomWith({ size: [2.2, 2.2, 2], block: blockAround(positions, 0.1), positions, supplyFlow: 0 });
  const heat = new Float64Array(4).fill(50);
  for (let n = 0; n < 30; n++) room.deposit(heat, 2);
  const { grid, velocity, inBlock } = room.flow;
  let inside = 0;
  let corners = 0;
  for (const c of grid.interior) {
    if (inBlock[c]) inside += velocity[2][c];
    const n = cellIndices(grid, c);
    if (n[0] === 1 && n[1] === 1) corners += velocity[2][c];
  }
  expect(inside).toBeGreaterThan(0);
  expect(corners).toBeLessThan(0);
  // No net volume rises through any horizontal plane of a closed room.
  for (let k = 2; k <= grid.cells[2]; k++) {
    let net = 0;
    let gross = 0;
    for (const c of grid.interior) {
      if (Math.floor(c / grid.strides[2]) !== k) continue;
      net += velocity[2][c] * grid.area[2][c];
      gross += Math.abs(velocity[2][c]) * grid.area[2][c];
    }
    expect(gross).toBeGreaterThan(1e-4);
    expect(Math.abs(net) / gross).toBeLessThan(1e-9);
  }
});

test('the default farm at 1000 m³/s: most air bypasses, the film is of the estimated size, the heat balance closes', () => {
  const room = defaultFarm({ supplyFlow: 1000 });
  const start = performance.now();
  const { film, heat } = runFarm(room, 3600, 20);
  process.stdout.write(
    `an hour of the room at 1000 m³/s in 20 s steps: ${((performance.now() - start) / 1e3).toFixed(1)} s\n`,
  );
  const figures = room.figures();
  expect(figures.blockShare).toBeLessThan(0.03);
  // Default scenario §3: 3.1 m/s, 4.3 K (hand correlations, ±30 %).
  expect(relative(figures.blockSpeed, 3.1)).toBeLessThan(0.3);
  expect(relative(film, 4.3)).toBeLessThan(0.3);
  expect(relative(heat, 20)).toBeLessThan(1e-3);
  const carried = 1000 * room.air.volumetric * figures.outletTemperature;
  expect(relative(carried, 20_000)).toBeLessThan(1e-3);
  expect(Math.abs(room.balanceResidual())).toBeLessThan(1e-12);
});

test('the default farm at 10 m³/s is cooled by its own plume of about 0.13 m/s', () => {
  const room = defaultFarm({ supplyFlow: 10 });
  const { film, heat } = runFarm(room, 5400, 100);
  const figures = room.figures();
  expect(relative(figures.blockSpeed, 0.13)).toBeLessThan(0.3);
  expect(relative(film, 25)).toBeLessThan(0.3);
  expect(relative(heat, 20)).toBeLessThan(0.01);
  // Buoyancy against the quadratic drag over the block: u² c ≈ g β ΔT/2.
  const drag = ergun(defaultVoid(room), 0.128).quadratic;
  const estimate = Math.sqrt((GRAVITY * air.expansion * 0.5 * figures.acrossRise) / drag);
  expect(relative(figures.blockSpeed, estimate)).toBeLessThan(0.6);
  expect(figures.highestTemperature).toBeLessThan(90);
});

const defaultVoid = (room: RoomAir): number => {
  const c = room.flow.inBlock.indexOf(1);
  return room.heat.capacity[c] / (room.air.volumetric * room.flow.grid.volume[c]);
};

test('the default farm shrouded at 2 m³/s: all air crosses; Ergun’s pressure, film and rise', () => {
  const room = defaultFarm({ supplyFlow: 2, shrouded: true });
  const { film, heat } = runFarm(room, 3600, 60);
  const figures = room.figures();
  expect(relative(figures.acrossFlow, 2)).toBeLessThan(1e-6);
  expect(relative(figures.blockSpeed, 1.25)).toBeLessThan(0.05);
  expect(relative(figures.pressureDrop, 132)).toBeLessThan(0.3);
  expect(relative(film, 7.2)).toBeLessThan(0.3);
  expect(relative(figures.acrossRise, 8.4)).toBeLessThan(0.02);
  expect(relative(heat, 20)).toBeLessThan(1e-3);
  expect(relative(figures.fanPower, (figures.pressureDrop * 2) / 0.7)).toBeLessThan(1e-12);
});

test('the flow conserves air in every cell to 1e-10 of the largest flow', () => {
  for (const settings of [{ supplyFlow: 1000 }, { supplyFlow: 2, shrouded: true }, { supplyFlow: 0 }]) {
    const room = defaultFarm(settings);
    const net = new Float64Array(room.flow.grid.total);
    runFarm(room, 100, 50);
    const scale = divergence(room.flow, net);
    expect(net.reduce((worst, value) => Math.max(worst, Math.abs(value)), 0)).toBeLessThan(1e-10 * scale);
  }
});
