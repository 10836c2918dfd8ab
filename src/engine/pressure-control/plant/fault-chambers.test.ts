import { expect, test } from 'vitest';
import { parseFault } from '../../faults/parse.ts';
import { farmWith } from '../../testing.ts';
import { faultyChambers } from './fault-chambers.ts';

const farm = farmWith({ 'layout.size': [3, 2, 2], 'headers.enabled': true });
const { plant, layout } = farm;
const { numbers } = plant.measurement;

/** Chambers struck by faults as one types them, all acting at once. */
function struck(texts: readonly string[], most = 100): number[] {
  const faults = texts.map((text, k) => {
    const parsed = parseFault(text, plant.targets, numbers);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return { ...parsed.fault, id: k + 1, state: 'active', who: 'test' } as const;
  });
  return faultyChambers(faults, layout.edges, numbers, most);
}

test('chambers, both ends of a duct, the chamber of a valve and of a sensor, voting or not', () => {
  expect(struck(['leak=1mm@5:0'])).toEqual([5]);
  expect(struck(['blocked-duct=1@3:0'])).toEqual([layout.edges[6], layout.edges[7]].sort((a, b) => a - b));
  expect(struck(['stuck-valve=0.5@9:0'])).toEqual([4]);
  expect(struck(['sensor-bias=0.1@13:0'])).toEqual([2]);
  expect(struck(['sensor-dropout@XT-0007-45:0'])).toEqual([7]);
});

test('what is nowhere in the lattice strikes no chamber; of many faults each chamber counts once, and only so many', () => {
  expect(struck(['pump-trip@0:0', 'fan-failure=1@0:0', 'header-loss=1@0:0', 'power-dip=0.5@0:0'])).toEqual([]);
  expect(struck(['leak=1mm@7,1:0', 'chip-overload=2@1:0'])).toEqual([1, 7]);
  expect(struck(['leak=1mm@*:0'], 4)).toHaveLength(4);
});
