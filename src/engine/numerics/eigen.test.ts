import { describe, expect, it } from 'vitest';
import { lowestModes } from './eigen.ts';
import { algebraicConnectivity, largestEigenvalue } from './lanczos.ts';
import { createRandom } from './random.ts';
import { conjugateGradients, dot, multiply, type SparseMatrix, weightedLaplacian } from './sparse.ts';

/** Edges of a grid nx × ny × nz with its straight neighbours. */
function gridEdges(nx: number, ny: number, nz: number): Uint32Array {
  const pairs: [number, number][] = [];
  const id = (i: number, j: number, k: number): number => i + nx * (j + ny * k);
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++) {
        if (i + 1 < nx) pairs.push([id(i, j, k), id(i + 1, j, k)]);
        if (j + 1 < ny) pairs.push([id(i, j, k), id(i, j + 1, k)]);
        if (k + 1 < nz) pairs.push([id(i, j, k), id(i, j, k + 1)]);
      }
    }
  }
  return Uint32Array.from(pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]).flat());
}

/** Eigenvalues of a path of n nodes: 2 − 2 cos(πm/n). A grid's are sums of three of them. */
const pathValue = (m: number, n: number): number => 4 * Math.sin((Math.PI * m) / (2 * n)) ** 2;
function gridValues(nx: number, ny: number, nz: number): number[] {
  const values: number[] = [];
  for (let i = 0; i < nx; i++) {
    for (let j = 0; j < ny; j++) {
      for (let k = 0; k < nz; k++) values.push(pathValue(i, nx) + pathValue(j, ny) + pathValue(k, nz));
    }
  }
  return values.sort((a, b) => a - b);
}

const ones = (n: number): Float64Array => new Float64Array(n).fill(1);
const worst = (found: ArrayLike<number>, exact: readonly number[]): number =>
  Array.from(found).reduce((most, value, n) => Math.max(most, Math.abs(value - exact[n]) / (exact[n] || 1)), 0);

/** |K φ − λ M φ| relative to λ_max |M φ|, and how far the modes are from M-orthonormal. */
function defects(matrix: SparseMatrix, mass: Float64Array, modes: ReturnType<typeof lowestModes>) {
  const image = new Float64Array(matrix.size);
  const top = largestEigenvalue(matrix, mass);
  let residual = 0;
  let overlap = 0;
  modes.vectors.forEach((vector, n) => {
    multiply(matrix, vector, image);
    const weighted = vector.map((x, row) => x * mass[row]);
    const left = image.map((x, row) => x - modes.values[n] * weighted[row]);
    residual = Math.max(residual, Math.sqrt(dot(left, left) / dot(weighted, weighted)) / top);
    modes.vectors.forEach((other, m) => {
      overlap = Math.max(overlap, Math.abs(dot(other, weighted) - (n === m ? 1 : 0)));
    });
  });
  return { residual, overlap };
}

describe('sparse matrices', () => {
  it('builds the weighted Laplacian: rows ascending, symmetric, sums 0', () => {
    const laplacian = weightedLaplacian(4, Uint32Array.of(0, 1, 0, 3, 1, 2, 1, 3), Float64Array.of(1, 2, 3, 4));
    expect([...laplacian.columns]).toEqual([0, 1, 3, 0, 1, 2, 3, 1, 2, 0, 1, 3]);
    expect([...laplacian.values]).toEqual([3, -1, -2, -1, 8, -3, -4, -3, 3, -2, -4, 6]);
  });

  it('solves by conjugate gradients', () => {
    const matrix = weightedLaplacian(60, gridEdges(5, 4, 3));
    const grounded = { ...matrix, values: matrix.values.slice() };
    for (let row = 0; row < 60; row++) {
      for (let n = matrix.rowStart[row]; n < matrix.rowStart[row + 1]; n++) {
        if (matrix.columns[n] === row) grounded.values[n] += 0.1;
      }
    }
    const random = createRandom(4);
    const exact = Float64Array.from({ length: 60 }, random.next);
    const b = new Float64Array(60);
    multiply(grounded, exact, b);
    const { x, relativeResidual } = conjugateGradients(grounded, b, { tolerance: 1e-13 });
    expect(relativeResidual).toBeLessThan(1e-13);
    expect(Math.max(...x.map((value, n) => Math.abs(value - exact[n])))).toBeLessThan(1e-11);
  });
});

describe('lowest modes', () => {
  it('agrees with the closed form on a small cube (dense), threefold degeneracies included', () => {
    const modes = lowestModes(weightedLaplacian(125, gridEdges(5, 5, 5)), ones(125), 125);
    expect(worst(modes.values, gridValues(5, 5, 5))).toBeLessThan(1e-12);
  });

  it('agrees with the closed form on a 10 × 10 × 10 cube (iterative), degeneracies up to sixfold', () => {
    const matrix = weightedLaplacian(1000, gridEdges(10, 10, 10));
    const modes = lowestModes(matrix, ones(1000), 20);
    expect(worst(modes.values, gridValues(10, 10, 10))).toBeLessThan(1e-11);
    const { residual, overlap } = defects(matrix, ones(1000), modes);
    expect(residual).toBeLessThan(1e-10);
    expect(overlap).toBeLessThan(1e-10);
  });

  it('solves a long chain, the worst conditioned of networks', () => {
    const modes = lowestModes(weightedLaplacian(1000, gridEdges(1000, 1, 1)), ones(1000), 6);
    const exact = [0, 1, 2, 3, 4, 5].map((m) => pathValue(m, 1000));
    expect(worst(modes.values, exact)).toBeLessThan(1e-9);
  });

  it('gives each separate part its zero and keeps equal parts equal', () => {
    const block = gridEdges(8, 8, 8);
    const twice = Uint32Array.from([...block, ...block.map((node) => node + 512)]);
    const modes = lowestModes(weightedLaplacian(1026, twice), ones(1026), 10);
    const part = gridValues(8, 8, 8);
    const exact = [...part, ...part, 0, 0].sort((a, b) => a - b);
    expect([...modes.values.slice(0, 4)]).toEqual([0, 0, 0, 0]);
    expect(worst(modes.values, exact)).toBeLessThan(1e-11);
  });

  it('solves the generalised problem with unequal masses and weights', () => {
    const random = createRandom(9);
    const edges = gridEdges(9, 7, 6);
    const weights = Float64Array.from({ length: edges.length / 2 }, () => 0.5 + random.next());
    const mass = Float64Array.from({ length: 378 }, () => 1e-9 * (1 + random.next()));
    const matrix = weightedLaplacian(378, edges, weights);
    const iterative = lowestModes(matrix, mass, 12);
    const { residual, overlap } = defects(matrix, mass, iterative);
    expect(residual).toBeLessThan(1e-10);
    expect(overlap).toBeLessThan(1e-9);
    const dense = lowestModes(matrix, mass, 200);
    expect(worst(iterative.values.slice(1), [...dense.values.slice(1)])).toBeLessThan(1e-11);
    expect(new Set(iterative.vectors[0].map((x) => Number((x / iterative.vectors[0][0]).toFixed(12)))).size).toBe(1);
  });

  it('refuses counts it cannot give', () => {
    const matrix = weightedLaplacian(4, gridEdges(4, 1, 1));
    expect(() => lowestModes(matrix, ones(4), 5)).toThrow(/4 modes/);
    expect(() => lowestModes(matrix, ones(4), 0)).toThrow(RangeError);
  });
});

describe('extreme eigenvalues', () => {
  it('agree with the closed form', () => {
    const matrix = weightedLaplacian(1000, gridEdges(20, 10, 5));
    expect(largestEigenvalue(matrix)).toBeCloseTo(gridValues(20, 10, 5)[999], 10);
    expect(algebraicConnectivity(matrix) / pathValue(1, 20)).toBeCloseTo(1, 10);
  });

  it('scale with the masses', () => {
    const matrix = weightedLaplacian(60, gridEdges(5, 4, 3));
    const half = largestEigenvalue(matrix, ones(60).fill(2));
    expect(half / largestEigenvalue(matrix)).toBeCloseTo(0.5, 12);
  });

  it('handle two nodes', () => {
    const matrix = weightedLaplacian(2, Uint32Array.of(0, 1));
    expect(largestEigenvalue(matrix)).toBeCloseTo(2, 12);
    expect(algebraicConnectivity(matrix)).toBeCloseTo(2, 12);
  });
});
