// Incomplete L D Lᵀ without fill of a damped complex symmetric network, as a preconditioner: for waves far inside the band the
// undamped matrix has no useful incomplete factor, the damped one has (Erlangga, Vuik & Oosterlee 2004: shifted Laplacian).

import type { ComplexSymmetricSystem, ComplexVector } from './complex-solver.ts';

export class IncompleteFactor {
  private readonly rowStart: Uint32Array;
  private readonly columns: Uint32Array;
  /** Edge of each entry. */
  private readonly edge: Uint32Array;
  private readonly re: Float64Array;
  private readonly im: Float64Array;
  /** 1/d. */
  private readonly pivotRe: Float64Array;
  private readonly pivotIm: Float64Array;

  /** @param edges 2e vertex numbers below n; the elimination goes by number */
  constructor(n: number, edges: Uint32Array) {
    const count = edges.length / 2;
    this.rowStart = new Uint32Array(n + 1);
    for (let e = 0; e < count; e++) this.rowStart[Math.max(edges[2 * e], edges[2 * e + 1]) + 1]++;
    for (let i = 0; i < n; i++) this.rowStart[i + 1] += this.rowStart[i];
    this.columns = new Uint32Array(count);
    this.edge = new Uint32Array(count);
    const next = this.rowStart.slice(0, n);
    for (let e = 0; e < count; e++) {
      const at = next[Math.max(edges[2 * e], edges[2 * e + 1])]++;
      this.columns[at] = Math.min(edges[2 * e], edges[2 * e + 1]);
      this.edge[at] = e;
    }
    this.re = new Float64Array(count);
    this.im = new Float64Array(count);
    this.pivotRe = new Float64Array(n);
    this.pivotIm = new Float64Array(n);
  }

  /**
   * @param share real part added to each diagonal, as a share of its row's off-diagonal magnitudes
   * @returns false when a pivot is zero or not finite
   */
  factorise({ n, diagonalRe, diagonalIm, offRe, offIm }: ComplexSymmetricSystem, share: number): boolean {
    const { rowStart, columns, edge, re, im, pivotRe, pivotIm } = this;
    const damping = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      for (let k = rowStart[i]; k < rowStart[i + 1]; k++) {
        const a = offRe[edge[k]];
        const b = offIm[edge[k]];
        const size = share * Math.sqrt(a * a + b * b);
        damping[i] += size;
        damping[columns[k]] += size;
        re[k] = a;
        im[k] = b;
      }
    }
    const at = new Int32Array(n).fill(-1);
    for (let i = 0; i < n; i++) {
      for (let k = rowStart[i]; k < rowStart[i + 1]; k++) at[columns[k]] = k;
      for (let k = rowStart[i]; k < rowStart[i + 1]; k++) {
        const j = columns[k];
        // u_ij = a_ij − Σ u_it l_jt over entries that exist in both rows; columns ascend only in sorted graphs, which does
        // no harm: what is not yet u is then left as it is.
        for (let m = rowStart[j]; m < rowStart[j + 1]; m++) {
          const q = at[columns[m]];
          if (q < 0) continue;
          re[k] -= re[q] * re[m] - im[q] * im[m];
          im[k] -= re[q] * im[m] + im[q] * re[m];
        }
      }
      let dRe = diagonalRe[i] + damping[i];
      let dIm = diagonalIm[i];
      for (let k = rowStart[i]; k < rowStart[i + 1]; k++) {
        const j = columns[k];
        at[j] = -1;
        const lRe = re[k] * pivotRe[j] - im[k] * pivotIm[j];
        const lIm = re[k] * pivotIm[j] + im[k] * pivotRe[j];
        dRe -= lRe * re[k] - lIm * im[k];
        dIm -= lRe * im[k] + lIm * re[k];
        re[k] = lRe;
        im[k] = lIm;
      }
      const square = dRe * dRe + dIm * dIm;
      if (!(square > 0 && square < Number.POSITIVE_INFINITY)) return false;
      pivotRe[i] = dRe / square;
      pivotIm[i] = -dIm / square;
    }
    return true;
  }

  /** Overwrites x = b with the solution of L D Lᵀ x = b. */
  solve(x: ComplexVector): void {
    const { rowStart, columns, re, im, pivotRe, pivotIm } = this;
    const xRe = x.re;
    const xIm = x.im;
    const n = pivotRe.length;
    for (let i = 0; i < n; i++) {
      let a = xRe[i];
      let b = xIm[i];
      for (let k = rowStart[i]; k < rowStart[i + 1]; k++) {
        const j = columns[k];
        a -= re[k] * xRe[j] - im[k] * xIm[j];
        b -= re[k] * xIm[j] + im[k] * xRe[j];
      }
      xRe[i] = a;
      xIm[i] = b;
    }
    // Row i of Lᵀ is complete once every row above it is done.
    for (let i = 0; i < n; i++) {
      const a = xRe[i];
      const b = xIm[i];
      xRe[i] = a * pivotRe[i] - b * pivotIm[i];
      xIm[i] = a * pivotIm[i] + b * pivotRe[i];
    }
    for (let i = n - 1; i >= 0; i--) {
      const a = xRe[i];
      const b = xIm[i];
      for (let k = rowStart[i]; k < rowStart[i + 1]; k++) {
        const j = columns[k];
        xRe[j] -= re[k] * a - im[k] * b;
        xIm[j] -= re[k] * b + im[k] * a;
      }
    }
  }
}
