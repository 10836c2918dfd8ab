import { expect, test } from 'vitest';
import type { ChamberFlows } from '../../engine/thermodynamics/chamber-ledger.ts';
import type { EnergyFlows } from '../../engine/thermodynamics/energy-flows.ts';
import { CHAMBER_COLUMNS, chamberLinks } from './chamber-links.ts';
import { FARM_COLUMNS, farmLinks } from './farm-links.ts';
import { flowDiagram, type Link } from './flow-diagram.ts';

const flows: EnergyFlows = {
  ready: true,
  driveToGas_W: 750,
  gasToWall_W: 600,
  frictionToWall_W: 70,
  minorLossInGas_W: 460,
  chipPower_W: 20_000,
  chipToWall_W: 500,
  wallToRoom_W: 50,
  headersToGas_W: 0,
  compressor_W: 0,
  fans_W: 300,
  storedInGas_W: 80,
  storedInDucts_W: 0,
  storedInWalls_W: 1120,
  storedInChips_W: 19_500,
  residual_W: 0,
  entropy_W_per_K: {
    wallLayers: 1,
    ductFriction: 0.2,
    minorLoss: 1.5,
    wallToRoom: 0,
    chipToWall: 0,
    mixing: 0,
    condensation: 0,
    wallConduction: 0,
    headers: 0,
  },
  exergyDestroyed_W: 810,
  potentials: null,
};

const chamber: ChamberFlows = {
  driveToGas_W: -14,
  gasToWall_W: 0.6,
  frictionToWall_W: 0.07,
  minorLossToGas_W: 0.4,
  chipToWall_W: 5,
  wallToRoom_W: 3,
  chipPower_W: 20,
  gasToNeighbours_W: -14.2,
};

function expectBalance(links: readonly Link[], nodes: readonly string[]): void {
  for (const node of nodes) {
    const into = links.filter((l) => l.to === node).reduce((s, l) => s + l.power, 0);
    const out = links.filter((l) => l.from === node).reduce((s, l) => s + l.power, 0);
    expect(into, node).toBeCloseTo(out, 6);
  }
}

test('the farm’s links balance at every inner node', () => {
  expectBalance(farmLinks(flows), ['Gas', 'Chip mass', 'Walls']);
});

test('a chamber’s links balance at every inner node, also where its piston absorbs', () => {
  expectBalance(chamberLinks(chamber), ['Gas', 'Chip mass', 'Walls']);
});

test('every link has its nodes in the columns, from left to right', () => {
  for (const [columns, links] of [
    [FARM_COLUMNS, farmLinks(flows)],
    [CHAMBER_COLUMNS, chamberLinks(chamber)],
  ] as const) {
    for (const { from, to } of links) {
      const [at, end] = [from, to].map((name) => columns.findIndex((column) => column.includes(name)));
      expect(at).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThan(at as number);
    }
  }
});

test.each([
  ['farm', FARM_COLUMNS, farmLinks(flows)],
  ['chamber', CHAMBER_COLUMNS, chamberLinks(chamber)],
])(
  'bands of the %s are as wide as their power, inside the picture, and do not overlap at their nodes',
  (_, columns, links) => {
    const { bands, nodes } = flowDiagram(columns, links);
    const [first, second] = bands;
    if (!first || !second) throw new Error('no bands');
    expect(first.width / second.width).toBeCloseTo(Math.abs(first.power / second.power), 6);
    for (const { y0, y1, width } of bands) {
      expect(Math.min(y0, y1) - width / 2).toBeGreaterThanOrEqual(-1e-9);
      expect(Math.max(y0, y1) + width / 2).toBeLessThanOrEqual(1 + 1e-9);
    }
    for (const { name, height, top } of nodes) {
      const out = bands.filter((b) => b.from === name).reduce((s, b) => s + b.width, 0);
      expect(out).toBeLessThanOrEqual(height + 1e-9);
      expect(top).toBeGreaterThanOrEqual(-1e-9);
      expect(top + height).toBeLessThanOrEqual(1 + 1e-9);
    }
  },
);

test('nothing flows: nothing is drawn', () => {
  expect(flowDiagram(FARM_COLUMNS, [{ from: 'Pistons', to: 'Gas', label: 'Drive', power: 0 }]).bands).toEqual([]);
});
