import { expect, it } from 'vitest';
import { lowestModes } from '../numerics/eigen.ts';
import { weightedLaplacian } from '../numerics/sparse.ts';
import { defaultValues } from '../parameters/table.ts';
import { graphFigures } from './graph.ts';
import { buildLayout } from './layout.ts';

// Source of the numbers: construction rule of docs/model.md §2, closed by an independent eigenvalue solver.
it('C24: the hcp 10 × 10 × 10 graph has 5130 edges, 512 nodes with 12 neighbours, λ₂ = 0.186261, λ_max = 15.870822', () => {
  const built = buildLayout(defaultValues());
  if (!built.ok) throw new Error(JSON.stringify(built.problems));
  const figures = graphFigures(built.layout);
  expect(figures.chambers).toBe(1000);
  expect(figures.edges).toBe(5130);
  expect(figures.neighbourHistogram[12]).toBe(512);
  expect(Math.abs(figures.lambda2 / 0.186261 - 1)).toBeLessThan(1e-5);
  expect(Math.abs(figures.lambdaMax / 15.870822 - 1)).toBeLessThan(1e-5);
  expect(figures.components).toBe(1);
  // The two independent methods agree far beyond the tolerance of the case.
  const laplacian = weightedLaplacian(1000, built.layout.edges);
  const modes = lowestModes(laplacian, new Float64Array(1000).fill(1), 2);
  expect(Math.abs(figures.lambda2 / modes.values[1] - 1)).toBeLessThan(1e-10);
});
