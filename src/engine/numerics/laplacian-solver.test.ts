import { expect, test } from 'vitest';
import { LaplacianSolver } from './laplacian-solver.ts';
import { createRandom } from './random.ts';

test('currents of a ladder and of a separate chain are conserved at every vertex; a lone vertex stays as it is', () => {
  const random = createRandom(4);
  const edges: number[] = [];
  for (let i = 0; i < 38; i++) edges.push(i, i + 2, i, i + 1);
  for (let i = 40; i < 59; i++) edges.push(i, i + 1);
  const weights = Float64Array.from({ length: edges.length / 2 }, () => 0.01 + random.next());
  const b = Float64Array.from({ length: 61 }, () => random.next() - 0.5);
  // No net source in either part.
  b[0] -= b.slice(0, 40).reduce((x, y) => x + y, 0);
  b[40] -= b.slice(40, 60).reduce((x, y) => x + y, 0);
  b[60] = 0;
  const x = new Float64Array(61);
  x[60] = 7;
  const solver = new LaplacianSolver(61, Uint32Array.from(edges));
  expect(solver.solve(weights, b, x, 0, 1e-12)).toBe(true);
  const left = b.slice();
  weights.forEach((weight, e) => {
    const [i, j] = [edges[2 * e] as number, edges[2 * e + 1] as number];
    const flow = weight * ((x[i] as number) - (x[j] as number));
    left[i] -= flow;
    left[j] += flow;
  });
  expect(Math.max(...left.map(Math.abs))).toBeLessThan(1e-11);
  expect(x[60]).toBe(7);

  // From the solution itself nothing is left to do; what is not finite is refused.
  const before = solver.iterations;
  expect(solver.solve(weights, b, x, 0, 1e-10)).toBe(true);
  expect(solver.iterations).toBe(before);
  weights[3] = Number.NaN;
  expect(solver.solve(weights, b, new Float64Array(61), 0, 1e-10)).toBe(false);
});

test('sources that cancel but for rounding have a solution: at rest', () => {
  const x = new Float64Array(2);
  const rounding = Float64Array.from([-2e-25, -2e-25]);
  expect(new LaplacianSolver(2, Uint32Array.from([0, 1])).solve(Float64Array.of(0.1), rounding, x, 1e-3, 1e-14)).toBe(
    true,
  );
  expect([...x]).toEqual([0, 0]);
});
