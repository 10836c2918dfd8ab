import { expect, test } from 'vitest';
import { ComplexFactor, symbolicFactor } from './complex-ldl.ts';
import {
  ComplexNetworkSolver,
  type ComplexSymmetricSystem,
  type ComplexVector,
  DIRECT_LIMIT,
  NetworkStructure,
  solveComplexSymmetric,
} from './complex-solver.ts';
import { createRandom } from './random.ts';
import { nestedDissection } from './sparse-ordering.ts';

/** Edges of a cubic grid of k³ vertices, numbered by layers. */
function grid(k: number): Uint32Array {
  const edges: number[] = [];
  for (let i = 0; i < k * k * k; i++) {
    if (i % k < k - 1) edges.push(i, i + 1);
    if (Math.floor(i / k) % k < k - 1) edges.push(i, i + k);
    if (i < k * k * (k - 1)) edges.push(i, i + k * k);
  }
  return Uint32Array.from(edges);
}

/** Edges of a random graph that falls apart now and then. */
function scattered(n: number, count: number, seed: number): Uint32Array {
  const random = createRandom(seed);
  const found = new Set<number>();
  for (let e = 0; e < count; e++) {
    const i = Math.floor(n * random.next());
    const j = Math.floor(n * random.next());
    if (i !== j) found.add(Math.min(i, j) * n + Math.max(i, j));
  }
  return Uint32Array.from([...found].sort((a, b) => a - b).flatMap((key) => [Math.floor(key / n), key % n]));
}

/** A lossy network inside its band: i(λ − K) with damping and random spread. */
function network(n: number, edges: Uint32Array, seed: number): ComplexSymmetricSystem {
  const random = createRandom(seed);
  const count = edges.length / 2;
  const numbers = (length: number, scale: number, shift: number) =>
    Float64Array.from({ length }, () => shift + scale * random.next());
  const s = {
    n,
    edges,
    diagonalRe: numbers(n, 0.02, 0.03),
    diagonalIm: numbers(n, 0.2, 2.5),
    offRe: numbers(count, -0.01, -0.01),
    offIm: numbers(count, 0.3, 0.9),
    rightRe: numbers(n, 2, -1),
    rightIm: numbers(n, 2, -1),
  };
  for (let e = 0; e < count; e++) {
    for (const node of [edges[2 * e] as number, edges[2 * e + 1] as number]) {
      s.diagonalRe[node] -= s.offRe[e] as number;
      s.diagonalIm[node] -= s.offIm[e] as number;
    }
  }
  return s;
}

/** Gauss's elimination with row pivoting on the full matrix. */
function dense(s: ComplexSymmetricSystem): ComplexVector {
  const { n } = s;
  type Complex = [number, number];
  const A: Complex[][] = Array.from({ length: n }, () => Array.from({ length: n + 1 }, (): Complex => [0, 0]));
  const at = (i: number, j: number) => (A[i] as Complex[])[j] as Complex;
  for (let i = 0; i < n; i++) {
    (A[i] as Complex[])[i] = [s.diagonalRe[i] as number, s.diagonalIm[i] as number];
    (A[i] as Complex[])[n] = [s.rightRe[i] as number, s.rightIm[i] as number];
  }
  for (let e = 0; e < s.offRe.length; e++) {
    const [i, j] = [s.edges[2 * e] as number, s.edges[2 * e + 1] as number];
    (A[i] as Complex[])[j] = [s.offRe[e] as number, s.offIm[e] as number];
    (A[j] as Complex[])[i] = [s.offRe[e] as number, s.offIm[e] as number];
  }
  const divide = ([a, b]: Complex, [c, d]: Complex): Complex => {
    const square = c * c + d * d;
    return [(a * c + b * d) / square, (b * c - a * d) / square];
  };
  const subtract = (x: Complex, [a, b]: Complex, [c, d]: Complex): void => {
    x[0] -= a * c - b * d;
    x[1] -= a * d + b * c;
  };
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k; i < n; i++) if (Math.hypot(...at(i, k)) > Math.hypot(...at(pivot, k))) pivot = i;
    [A[k], A[pivot]] = [A[pivot] as Complex[], A[k] as Complex[]];
    for (let i = k + 1; i < n; i++) {
      const factor = divide(at(i, k), at(k, k));
      for (let j = k; j <= n; j++) subtract(at(i, j), factor, at(k, j));
    }
  }
  const x = { re: new Float64Array(n), im: new Float64Array(n) };
  for (let i = n - 1; i >= 0; i--) {
    const sum: Complex = [...at(i, n)];
    for (let j = i + 1; j < n; j++) subtract(sum, at(i, j), [x.re[j] as number, x.im[j] as number]);
    [x.re[i], x.im[i]] = divide(sum, at(i, i));
  }
  return x;
}

function distance(a: ComplexVector, b: ComplexVector): number {
  let worst = 0;
  let largest = 0;
  a.re.forEach((re, i) => {
    worst = Math.max(worst, Math.hypot(re - (b.re[i] as number), (a.im[i] as number) - (b.im[i] as number)));
    largest = Math.max(largest, Math.hypot(re, a.im[i] as number));
  });
  return worst / largest;
}
const zeros = (n: number): ComplexVector => ({ re: new Float64Array(n), im: new Float64Array(n) });

test.each([
  ['grid', 125, grid(5)],
  ['random, in several parts', 150, scattered(150, 170, 3)],
  ['random, dense', 90, scattered(90, 600, 5)],
  ['no edges', 40, new Uint32Array(0)],
  ['one vertex', 1, new Uint32Array(0)],
])('factor and iteration agree with dense elimination: %s', (_, n, edges) => {
  const s = network(n, edges, 11);
  const exact = dense(s);
  const single = solveComplexSymmetric(s);
  expect(single && distance(exact, single)).toBeLessThan(1e-9);

  const factor = new ComplexFactor(symbolicFactor(n, edges, nestedDissection(n, edges)));
  expect(factor.factorise(s)).toBe(true);
  const x = { re: s.rightRe.slice(), im: s.rightIm.slice() };
  factor.solve(x);
  expect(distance(exact, x)).toBeLessThan(1e-10);

  // Without a full factor: the incomplete one.
  const iterative = new ComplexNetworkSolver(new NetworkStructure(n, edges, 0));
  const y = zeros(n);
  expect(iterative.solve(s, y, { tolerance: 1e-12 })).toBe(true);
  expect(distance(exact, y)).toBeLessThan(1e-9);
});

test('a kept factor serves a matrix nearby, is renewed for one far away, and the answer is the same', () => {
  const edges = grid(7);
  const n = 343;
  const solver = new ComplexNetworkSolver(new NetworkStructure(n, edges));
  const x = zeros(n);
  const s = network(n, edges, 2);
  const solved = (system: ComplexSymmetricSystem): number => {
    expect(solver.solve(system, x)).toBe(true);
    return distance(solveComplexSymmetric(system) as ComplexVector, x);
  };
  expect(solved(s)).toBeLessThan(1e-8);
  expect(solver.factorisations).toBe(1);
  for (let i = 0; i < n; i++) s.diagonalRe[i] *= 1.001;
  expect(solved(s)).toBeLessThan(1e-8);
  expect(solver.factorisations).toBe(1);
  expect(solved(network(n, edges, 9))).toBeLessThan(1e-8);
  expect(solver.factorisations).toBe(2);
  solver.forget();
  expect(solved(s)).toBeLessThan(1e-8);
  expect(solver.factorisations).toBe(3);
});

test('a modest reduction stops early, and nothing asked is nothing answered', () => {
  const edges = grid(7);
  const s = network(343, edges, 2);
  const solver = new ComplexNetworkSolver(new NetworkStructure(343, edges, 0));
  solver.solve(s, zeros(343), { reduction: 0.1 });
  const modest = solver.iterations;
  solver.solve(s, zeros(343));
  expect(solver.iterations - modest).toBeGreaterThan(3 * modest);
  s.rightRe.fill(0);
  s.rightIm.fill(0);
  const x = { re: new Float64Array(343).fill(1), im: new Float64Array(343) };
  expect(solver.solve(s, x)).toBe(true);
  expect(x.re.every((value) => value === 0)).toBe(true);
});

test('what is singular or not finite is refused by every way', () => {
  const edges = grid(3);
  const lossless = network(27, edges, 1);
  lossless.diagonalRe.fill(0);
  lossless.diagonalIm.fill(0);
  lossless.offRe.fill(0);
  lossless.offIm.fill(0);
  const broken = network(27, edges, 1);
  broken.offRe[4] = Number.NaN;
  for (const s of [lossless, broken]) {
    for (const limit of [0, DIRECT_LIMIT]) {
      expect(new ComplexNetworkSolver(new NetworkStructure(27, edges, limit)).solve(s, zeros(27))).toBe(false);
    }
  }
});
