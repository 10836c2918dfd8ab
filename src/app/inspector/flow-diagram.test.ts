import { expect, test } from 'vitest';
import type { EnergyFlows } from '../../engine/thermodynamics/energy-flows.ts';
import { flowDiagram, linksOf } from './flow-diagram.ts';

const flows: EnergyFlows = {
  ready: true,
  driveToGas_W: 750,
  gasToWall_W: 600,
  frictionToWall_W: 70,
  minorLossInGas_W: 460,
  chipPower_W: 20_000,
  chipToWall_W: 500,
  wallToRoom_W: 50,
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
  },
  exergyDestroyed_W: 810,
};

test('the links balance at every inner node', () => {
  const links = linksOf(flows);
  for (const node of ['Gas', 'Chip mass', 'Walls']) {
    const into = links.filter((l) => l.to === node).reduce((s, l) => s + l.power, 0);
    const out = links.filter((l) => l.from === node).reduce((s, l) => s + l.power, 0);
    expect(into).toBeCloseTo(out, 6);
  }
});

test('bands are as wide as their power, inside the picture, and do not overlap at their nodes', () => {
  const { bands, nodes } = flowDiagram(flows);
  const drive = bands.find((b) => b.label === 'Drive');
  const chips = bands.find((b) => b.label === 'Chips');
  expect((chips?.width ?? 0) / (drive?.width ?? 1)).toBeCloseTo(20_000 / 750, 6);
  for (const { y0, y1, width } of bands) {
    expect(Math.min(y0, y1) - width / 2).toBeGreaterThanOrEqual(-1e-9);
    expect(Math.max(y0, y1) + width / 2).toBeLessThanOrEqual(1 + 1e-9);
  }
  for (const node of nodes) {
    const out = bands.filter((b) => b.from === node.name).reduce((s, b) => s + b.width, 0);
    expect(out).toBeLessThanOrEqual(node.height + 1e-9);
  }
});

test('nothing flows: nothing is drawn', () => {
  const zero = {
    ...flows,
    driveToGas_W: 0,
    gasToWall_W: 0,
    frictionToWall_W: 0,
    chipPower_W: 0,
    chipToWall_W: 0,
    wallToRoom_W: 0,
    storedInGas_W: 0,
    storedInWalls_W: 0,
    storedInChips_W: 0,
  };
  expect(flowDiagram(zero).bands).toEqual([]);
});
