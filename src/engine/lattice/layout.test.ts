import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ParameterEdits, withEdits } from '../parameters/edit.ts';
import { defaultValues } from '../parameters/table.ts';
import { buildLayout, type Layout } from './layout.ts';
import { closestPair, connectedParts, degrees, distance, pairsWithin } from './neighbours.ts';
import { FULL_NEIGHBOURS, type RegularKind } from './packings.ts';
import { automaticDuctLength, sphereRadius } from './sphere.ts';

const result = (edits: ParameterEdits) => buildLayout(withEdits(defaultValues(), edits));
function layoutOf(edits: ParameterEdits): Layout {
  const built = result(edits);
  if (!built.ok) throw new Error(JSON.stringify(built.problems));
  return built.layout;
}
function problemOf(edits: ParameterEdits) {
  const built = result(edits);
  if (built.ok) throw new Error('It should have been refused.');
  for (const { key, message, remedy, severity } of built.problems) {
    expect([key, message, remedy].every((text) => text !== undefined && text.length > 3)).toBe(true);
    expect(severity).toBe('error');
  }
  return built.problems[0];
}
function expectSorted(edges: Uint32Array, count: number): void {
  for (let e = 0; e < edges.length; e += 2) {
    expect(edges[e] < edges[e + 1] && edges[e + 1] < count).toBe(true);
    if (e > 0) expect(edges[e] > edges[e - 2] || (edges[e] === edges[e - 2] && edges[e + 1] > edges[e - 1])).toBe(true);
  }
}

const REGULAR: RegularKind[] = ['hcp', 'fcc', 'bcc', 'sc', 'hexagonal_prism'];

describe('regular layouts', () => {
  it.each(REGULAR)('%s: inner chambers have all their neighbours, exactly one spacing away', (kind) => {
    const layout = layoutOf({ 'layout.kind': kind, 'layout.size': [7, 7, 7], 'layout.spacing_m': 0.15 });
    const degree = degrees(layout.count, layout.edges);
    expect(Math.max(...degree)).toBe(FULL_NEIGHBOURS[kind]);
    if (kind !== 'hexagonal_prism') expect(degree[3 + 7 * (3 + 7 * 3)]).toBe(FULL_NEIGHBOURS[kind]);
    expectSorted(layout.edges, layout.count);
    expect(layout.components).toBe(1);
    expect(layout.layerCount).toBe(7);
    expect(layout.edgeLengths.every((length) => length === 0.15)).toBe(true);
    for (let e = 0; e < layout.edges.length; e += 2) {
      expect(distance(layout.positions, layout.edges[e], layout.edges[e + 1])).toBeCloseTo(0.15, 12);
    }
    expect(closestPair(layout.positions)?.distanceM).toBeCloseTo(0.15, 12);
  });

  it('states the extent with the spheres: the default block is 1.52 × 1.32 × 1.21 m', () => {
    const { extent_m, sphereRadius_m } = layoutOf({});
    expect(extent_m.map((x) => Number(x.toFixed(2)))).toEqual([1.52, 1.32, 1.21]);
    expect(sphereRadius_m).toBeCloseTo(0.0620350490899, 12);
  });

  it('leaves the top layer incomplete when the count asks for fewer', () => {
    const layout = layoutOf({ 'layout.size': [4, 4, 3], 'gas_oscillation.chamber_count': 35 });
    expect(layout.count).toBe(35);
    expect(layout.layerCount).toBe(3);
    expect(layout.layers.filter((layer) => layer === 2)).toHaveLength(3);
  });

  it('builds a single chamber, which has no ducts', () => {
    const layout = layoutOf({ 'layout.size': [1, 1, 1] });
    expect([layout.count, layout.edges.length, layout.layerCount, layout.components]).toEqual([1, 0, 1, 1]);
    expect(layout.warnings).toEqual([]);
  });

  it('fills the hexagonal prism ring by ring: 19 sites are a full hexagon', () => {
    const layout = layoutOf({ 'layout.kind': 'hexagonal_prism', 'layout.size': [19, 1, 2], 'layout.spacing_m': 0.2 });
    const degree = degrees(layout.count, layout.edges);
    // Centre and inner ring 6 + 1, corners 3 + 1, edge middles 4 + 1.
    expect([...degree.slice(0, 19)].sort()).toEqual([...Array(6).fill(4), ...Array(6).fill(5), ...Array(7).fill(7)]);
    const [x, y] = [layout.extent_m[0] - 2 * layout.sphereRadius_m, layout.extent_m[1] - 2 * layout.sphereRadius_m];
    expect(x / 0.2).toBeCloseTo(4, 12);
    expect(y / 0.2).toBeCloseTo(2 * Math.sqrt(3), 12);
  });

  it('handles 100 000 chambers', () => {
    const layout = layoutOf({ 'gas_oscillation.chamber_count': 100_000 });
    expect(layout.count).toBe(100_000);
    expect(layout.components).toBe(1);
  });
});

describe('random layout', () => {
  const edits = (seed: number): ParameterEdits => ({
    'layout.kind': 'random',
    'layout.size': [6, 5, 4],
    'simulation.seed': seed,
  });

  it('respects the smallest distance and joins all within reach', () => {
    const layout = layoutOf({ ...edits(3), 'layout.reach': 1.5 });
    expect(layout.count).toBe(120);
    expect(closestPair(layout.positions)?.distanceM).toBeGreaterThanOrEqual(0.1474 * (1 - 1e-12));
    let within = 0;
    for (let i = 0; i < 120; i++) {
      for (let j = i + 1; j < 120; j++) within += distance(layout.positions, i, j) <= 1.5 * 0.1474 ? 1 : 0;
    }
    expect(layout.edges.length / 2).toBe(within);
    expectSorted(layout.edges, 120);
    expect(Math.max(...layout.edgeLengths)).toBeLessThanOrEqual(1.5 * 0.1474);
  });

  it('is the same for the same seed and another for another', () => {
    expect(layoutOf(edits(3)).positions).toEqual(layoutOf(edits(3)).positions);
    expect(layoutOf(edits(3)).positions).not.toEqual(layoutOf(edits(4)).positions);
  });

  it('says how many chambers stand alone', () => {
    const layout = layoutOf({ ...edits(3), 'layout.reach': 1 });
    expect(layout.components).toBeGreaterThan(1);
    expect(layout.warnings[0]).toMatchObject({ key: 'layout.reach', severity: 'warning' });
    expect(layout.warnings[0].message).toContain(`${layout.components} parts`);
  });

  it('finds room even in very thin boxes', () => {
    expect(layoutOf({ 'layout.kind': 'random', 'layout.size': [40, 1, 1] }).count).toBe(40);
    const sparse = layoutOf({
      'layout.kind': 'random',
      'layout.size': [50, 50, 40],
      'gas_oscillation.chamber_count': 7,
    });
    expect(sparse.count).toBe(7);
  });
});

describe('custom layout', () => {
  const row: ParameterEdits = {
    'layout.positions_m': [
      [5, 5, 5],
      [5.2, 5, 5],
      [5.4, 5, 5],
      [5.4, 5, 5.3],
    ],
  };

  it('joins neighbours by distance, or as told', () => {
    const near = layoutOf(row);
    expect([...near.edges]).toEqual([0, 1, 1, 2]);
    expect(near.components).toBe(2);
    expect(near.warnings[0].key).toBe('layout.edges');
    const told = layoutOf({
      ...row,
      'layout.edges': [
        [3, 2],
        [1, 0],
        [0, 3],
      ],
    });
    expect([...told.edges]).toEqual([0, 1, 0, 3, 2, 3]);
    expect(told.edgeLengths[1]).toBeCloseTo(0.5, 12);
    expect([...told.layers]).toEqual([0, 0, 0, 1]);
    expect(told.positions.slice(0, 3)).toEqual(Float64Array.of(0, 0, 0));
  });

  it.each([
    ['layout.positions_m', 'no chambers', { 'layout.kind': 'custom' }],
    [
      'layout.positions_m',
      'same place',
      {
        'layout.positions_m': [
          [0, 0, 0],
          [1, 0, 0],
          [0, 0, 0],
        ],
      },
    ],
    ['layout.edges', 'names chamber 4, but there are 4', { ...row, 'layout.edges': [[0, 4]] }],
    ['layout.edges', 'to itself', { ...row, 'layout.edges': [[1, 1]] }],
    [
      'layout.edges',
      'same as duct 0',
      {
        ...row,
        'layout.edges': [
          [0, 1],
          [1, 0],
        ],
      },
    ],
    [
      'layout.positions_m',
      '10.0 mm apart',
      {
        'layout.positions_m': [
          [0, 0, 0],
          [0.01, 0, 0],
        ],
      },
    ],
  ] as [string, string, ParameterEdits][])('refuses %s: %s', (key, message, edits) => {
    const problem = problemOf(edits);
    expect(problem.key).toBe(key);
    expect(problem.message).toContain(message);
  });
});

describe('limits', () => {
  it('refuses spheres that overlap; the spacing it names works', () => {
    const problem = problemOf({ 'layout.spacing_m': 0.12 });
    expect(problem.key).toBe('layout.spacing_m');
    expect(problem.message).toContain('124.1 mm');
    const named = Number(/at least ([\d.]+) m/.exec(problem.remedy)?.[1]);
    expect(result({ 'layout.spacing_m': named }).ok).toBe(true);
  });

  it('refuses thin ducts that would have no length; the spacing it names works', () => {
    const thin: ParameterEdits = { 'duct.diameter_m': 0.001 };
    const problem = problemOf({ ...thin, 'layout.spacing_m': 0.1241 });
    const named = Number(/at least ([\d.]+) m/.exec(problem.remedy)?.[1]);
    expect(result({ ...thin, 'layout.spacing_m': named }).ok).toBe(true);
    expect(automaticDuctLength(named, sphereRadius(0.001), 0.0005)).toBeGreaterThanOrEqual(1e-4);
  });

  it('only warns of overlap when the duct length is given', () => {
    const layout = layoutOf({ 'layout.spacing_m': 0.1, 'duct.length_m': 0.05 });
    expect(layout.warnings[0]).toMatchObject({ key: 'layout.spacing_m', severity: 'warning' });
  });

  it('refuses ducts wider than chambers, too many chambers, and a count above the size', () => {
    expect(problemOf({ 'duct.diameter_m': 0.13 }).key).toBe('duct.diameter_m');
    expect(problemOf({ 'layout.size': [100, 100, 100] }).message).toContain('1000000');
    const values = { ...defaultValues(), 'gas_oscillation.chamber_count': 1001 };
    expect(buildLayout(values)).toMatchObject({ ok: false, problems: [{ key: 'layout.size' }] });
  });
});

describe('the room', () => {
  it('holds the default block, centred on its plinth', () => {
    const { roomPositions, roomProblem, sphereRadius_m } = layoutOf({});
    expect(roomProblem).toBeNull();
    const axis = (a: number): number[] => [...roomPositions].filter((_, n) => n % 3 === a);
    expect(Math.min(...axis(0)) + Math.max(...axis(0))).toBeCloseTo(10, 12);
    expect(Math.min(...axis(1)) + Math.max(...axis(1))).toBeCloseTo(10, 12);
    expect(Math.min(...axis(2)) - sphereRadius_m).toBeCloseTo(0.3, 12);
  });

  it('says which axis is too short and by how much', () => {
    const { roomProblem, roomPositions } = layoutOf({ 'physical_infrastructure.room_dimensions': [10, 1, 1] });
    expect(roomProblem).toBe(
      'The farm does not fit the room: along y it needs 1.32 m and has 1.00 m (0.32 m too little); along z it needs 1.21 m and has 1.00 m (0.21 m too little).',
    );
    expect(Math.min(...roomPositions.filter((_, n) => n % 3 === 2))).toBeGreaterThan(0);
  });
});

describe('neighbours', () => {
  it('finds the same pairs as comparing all', () => {
    const points = fc.array(fc.tuple(...Array(3).fill(fc.integer({ min: -40, max: 40 }))), { maxLength: 60 });
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 30 }), (list, cutoff) => {
        const positions = Float64Array.from(list.flat() as number[]);
        const all: number[] = [];
        for (let i = 0; i < list.length; i++) {
          for (let j = i + 1; j < list.length; j++) {
            if (distance(positions, i, j) <= cutoff) all.push(i, j);
          }
        }
        expect([...pairsWithin(positions, cutoff)]).toEqual(all);
        let nearest = Number.POSITIVE_INFINITY;
        for (let i = 0; i < list.length; i++) {
          for (let j = i + 1; j < list.length; j++) nearest = Math.min(nearest, distance(positions, i, j));
        }
        expect(closestPair(positions)?.distanceM ?? Number.POSITIVE_INFINITY).toBe(nearest);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('finds connected parts', () => {
    const { parts, partOf } = connectedParts(6, Uint32Array.of(0, 4, 1, 2, 2, 3));
    expect(parts).toBe(3);
    expect([...partOf]).toEqual([0, 1, 1, 1, 0, 2]);
  });
});
