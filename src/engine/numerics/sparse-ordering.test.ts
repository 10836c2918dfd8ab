import { expect, test } from 'vitest';
import { buildLayout } from '../lattice/layout.ts';
import { valuesWith } from '../testing.ts';
import { symbolicFactor } from './complex-ldl.ts';
import { nestedDissection } from './sparse-ordering.ts';

function lattice(edits: Readonly<Record<string, unknown>>) {
  const built = buildLayout(valuesWith(edits));
  if (!built.ok) throw new Error(JSON.stringify(built.problems));
  return built.layout;
}

/** Multiply-adds of a factorisation in the given numbering, by its skyline. */
function naturalCost(n: number, edges: Uint32Array): number {
  const first = Uint32Array.from({ length: n }, (_, i) => i);
  for (let e = 0; e < edges.length; e += 2) {
    const [i, j] = [edges[e] as number, edges[e + 1] as number];
    first[j] = Math.min(first[j] as number, i);
  }
  return first.reduce((sum, from, i) => sum + (i - from) ** 2 / 2, 0);
}

test.each([
  ['hcp', { 'layout.kind': 'hcp', 'layout.size': [12, 12, 12] }, 2],
  ['random', { 'layout.kind': 'random', 'gas_oscillation.chamber_count': 1000 }, 4],
])('every vertex is eliminated once and the factor costs less than in the given numbering: %s', (_, edits, gain) => {
  const { count, edges } = lattice(edits);
  const dissection = nestedDissection(count, edges);
  expect([...dissection.order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
  expect(symbolicFactor(count, edges, dissection).cost * gain).toBeLessThan(naturalCost(count, edges));
  expect(nestedDissection(count, edges)).toEqual(dissection);
});

test('fill stays in a block and its ancestors: no edge joins two sides of a separator', () => {
  const { count, edges } = lattice({ 'layout.size': [8, 8, 8] });
  const { order, blockStart, parent } = nestedDissection(count, edges);
  const block = new Int32Array(count);
  parent.forEach((_, b) => {
    for (let k = blockStart[b] as number; k < (blockStart[b + 1] as number); k++) block[order[k] as number] = b;
  });
  const above = (b: number, a: number): boolean => b === a || (b >= 0 && above(parent[b] as number, a));
  for (let e = 0; e < edges.length; e += 2) {
    const [i, j] = [block[edges[e] as number] as number, block[edges[e + 1] as number] as number];
    expect(above(i, j) || above(j, i)).toBe(true);
  }
});

test('many unconnected vertices do not deepen the tree; too large a separator is told', () => {
  const dissection = nestedDissection(20_000, new Uint32Array(0));
  expect(dissection.order).toHaveLength(20_000);
  const { count, edges } = lattice({ 'layout.size': [8, 8, 8] });
  expect(nestedDissection(count, edges, 20)).toBeNull();
});
