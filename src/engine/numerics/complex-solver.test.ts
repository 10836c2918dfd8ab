import { expect, test } from 'vitest';
import { solveComplexSymmetric } from './complex-solver.ts';
import { createRandom } from './random.ts';

/** A random lossy grid network; `long` adds far edges so that the skyline is too dear and the iteration runs. */
function system(n: number, far: boolean) {
  const random = createRandom(7);
  const edges: number[] = [];
  for (let i = 0; i + 1 < n; i++) edges.push(i, i + 1);
  if (far) for (let i = 0; i < n / 2; i++) edges.push(i, n - 1 - i);
  const count = edges.length / 2;
  const numbers = (length: number, scale: number, shift: number) =>
    Float64Array.from({ length }, () => shift + scale * random.next());
  return {
    n,
    edges: Uint32Array.from(edges),
    diagonalRe: numbers(n, 1, 3.5),
    diagonalIm: numbers(n, 1, 0.5),
    offRe: numbers(count, -1, 0),
    offIm: numbers(count, 0.3, 0),
    rightRe: numbers(n, 2, -1),
    rightIm: numbers(n, 2, -1),
  };
}

for (const [n, far] of [
  [40, true],
  [1200, true],
  [4000, true],
  [500, false],
] as const) {
  test(`A x = b holds for ${n} unknowns${far ? ' with far couplings' : ''}`, () => {
    const s = system(n, far);
    const x = solveComplexSymmetric(s);
    if (!x) throw new Error('not solved');
    const re = Float64Array.from(
      s.rightRe,
      (b, i) =>
        b - ((s.diagonalRe[i] as number) * (x.re[i] as number) - (s.diagonalIm[i] as number) * (x.im[i] as number)),
    );
    const im = Float64Array.from(
      s.rightIm,
      (b, i) =>
        b - ((s.diagonalRe[i] as number) * (x.im[i] as number) + (s.diagonalIm[i] as number) * (x.re[i] as number)),
    );
    for (let e = 0; e < s.offRe.length; e++) {
      const [a, b] = [s.edges[2 * e] as number, s.edges[2 * e + 1] as number];
      for (const [i, j] of [
        [a, b],
        [b, a],
      ] as const) {
        re[i] =
          (re[i] as number) -
          ((s.offRe[e] as number) * (x.re[j] as number) - (s.offIm[e] as number) * (x.im[j] as number));
        im[i] =
          (im[i] as number) -
          ((s.offRe[e] as number) * (x.im[j] as number) + (s.offIm[e] as number) * (x.re[j] as number));
      }
    }
    expect(Math.max(...re.map(Math.abs), ...im.map(Math.abs))).toBeLessThan(1e-8);
  });
}

test('a singular matrix is not solved', () => {
  const zero = new Float64Array(2);
  const one = Float64Array.of(1);
  const s = {
    n: 2,
    edges: Uint32Array.of(0, 1),
    diagonalRe: zero,
    diagonalIm: zero,
    offRe: one,
    offIm: Float64Array.of(0),
    rightRe: Float64Array.of(1, 1),
    rightIm: zero,
  };
  expect(solveComplexSymmetric(s)).toBeNull();
});
