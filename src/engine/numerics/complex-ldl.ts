// L D Lᵀ of a complex symmetric matrix on a graph, by fronts along a nested dissection (multifrontal: Duff & Reid 1983).
// No pivoting: a passive network's matrix has a positive real part. The symbolic half is kept and the numbers are renewed in
// place. Not here: the ordering (sparse-ordering.ts), refinement (complex-solver.ts).

import { eliminate, type Update } from './complex-front.ts';
import type { ComplexSymmetricSystem, ComplexVector } from './complex-solver.ts';
import { type Dissection, neighbourRows } from './sparse-ordering.ts';

/** Where the numbers of a factor go; for one graph. */
export interface SymbolicFactor {
  readonly dissection: Dissection;
  /** Place of each vertex in the elimination order. */
  readonly place: Uint32Array;
  /** Block of each place. */
  readonly blockOf: Uint32Array;
  /** Places below each block that its columns reach, ascending. */
  readonly rows: readonly Uint32Array[];
  /** blocks + 1: where the panel of each block starts, row-major (own + rows) × own. */
  readonly panelStart: Float64Array;
  /** Complex multiply-adds of a factorisation. */
  readonly cost: number;
}

/** @param edges 2e vertex numbers below n, as the dissection's */
export function symbolicFactor(n: number, edges: Uint32Array, dissection: Dissection): SymbolicFactor {
  const { order, blockStart, parent } = dissection;
  const blocks = parent.length;
  const place = new Uint32Array(n);
  for (let k = 0; k < n; k++) place[order[k]] = k;
  const blockOf = new Uint32Array(n);
  for (let b = 0; b < blocks; b++) blockOf.fill(b, blockStart[b], blockStart[b + 1]);
  const graph = neighbourRows(n, edges);
  const children = childrenOf(parent);
  const rows: Uint32Array[] = [];
  const seen = new Int32Array(n).fill(-1);
  const panelStart = new Float64Array(blocks + 1);
  let cost = 0;
  for (let b = 0; b < blocks; b++) {
    const end = blockStart[b + 1];
    const reached: number[] = [];
    const reach = (at: number): void => {
      if (at < end || seen[at] === b) return;
      seen[at] = b;
      reached.push(at);
    };
    for (let k = blockStart[b]; k < end; k++) {
      for (let m = graph.rowStart[order[k]]; m < graph.rowStart[order[k] + 1]; m++) reach(place[graph.neighbours[m]]);
    }
    for (const child of children[b]) for (const at of rows[child]) reach(at);
    rows.push(Uint32Array.from(reached).sort());
    const own = end - blockStart[b];
    const below = reached.length;
    panelStart[b + 1] = panelStart[b] + (own + below) * own;
    cost += own * ((own * own) / 6 + (own * below) / 2 + (below * below) / 2);
  }
  return { dissection, place, blockOf, rows, panelStart, cost };
}

function childrenOf(parent: Int32Array): number[][] {
  const children: number[][] = Array.from(parent, () => []);
  parent.forEach((p, b) => {
    if (p >= 0) children[p].push(b);
  });
  return children;
}

/** The numbers of one factor. */
export class ComplexFactor {
  private readonly symbolic: SymbolicFactor;
  private readonly children: number[][];
  /** Panels: L below the diagonal, 1/d on it. */
  private readonly re: Float64Array;
  private readonly im: Float64Array;
  /** Scratch of a solve, in elimination order. */
  private readonly xRe: Float64Array;
  private readonly xIm: Float64Array;

  constructor(symbolic: SymbolicFactor) {
    this.symbolic = symbolic;
    this.children = childrenOf(symbolic.dissection.parent);
    const { panelStart, place } = symbolic;
    this.re = new Float64Array(panelStart[panelStart.length - 1]);
    this.im = new Float64Array(this.re.length);
    this.xRe = new Float64Array(place.length);
    this.xIm = new Float64Array(place.length);
  }

  /** Factorises the matrix. @returns false when a pivot vanishes or is not finite: the factor is then not to be used */
  factorise(matrix: ComplexSymmetricSystem): boolean {
    this.assemble(matrix);
    const { dissection, rows, panelStart } = this.symbolic;
    const { blockStart, parent } = dissection;
    const updates: (Update | null)[] = Array.from(parent, () => null);
    const local = new Int32Array(matrix.n);
    for (let b = 0; b < parent.length; b++) {
      const first = blockStart[b];
      const own = blockStart[b + 1] - first;
      const below = rows[b].length;
      const update = below > 0 ? { re: triangle(below), im: triangle(below) } : null;
      for (let k = 0; k < own; k++) local[first + k] = k;
      for (let k = 0; k < below; k++) local[rows[b][k]] = own + k;
      for (const child of this.children[b]) {
        const from = updates[child];
        if (from) this.extendAdd(rows[child], from, local, panelStart[b], own, update);
        updates[child] = null;
      }
      if (!eliminate(this.re, this.im, panelStart[b], own, below, update)) return false;
      updates[b] = update;
    }
    return true;
  }

  /** Overwrites x = b with the solution of L D Lᵀ x = b. */
  solve(x: ComplexVector): void {
    const { dissection, place, rows, panelStart } = this.symbolic;
    const { blockStart, order, parent } = dissection;
    const { re, im, xRe, xIm } = this;
    const n = place.length;
    for (let k = 0; k < n; k++) {
      xRe[k] = x.re[order[k]];
      xIm[k] = x.im[order[k]];
    }
    for (let b = 0; b < parent.length; b++) {
      const first = blockStart[b];
      const own = blockStart[b + 1] - first;
      const list = rows[b];
      for (let i = 1; i < own + list.length; i++) {
        const row = panelStart[b] + i * own;
        const target = i < own ? first + i : list[i - own];
        const length = i < own ? i : own;
        let sumRe = xRe[target];
        let sumIm = xIm[target];
        for (let t = 0; t < length; t++) {
          const lRe = re[row + t];
          const lIm = im[row + t];
          const vRe = xRe[first + t];
          const vIm = xIm[first + t];
          sumRe -= lRe * vRe - lIm * vIm;
          sumIm -= lRe * vIm + lIm * vRe;
        }
        xRe[target] = sumRe;
        xIm[target] = sumIm;
      }
    }
    for (let b = parent.length - 1; b >= 0; b--) {
      const first = blockStart[b];
      const own = blockStart[b + 1] - first;
      const list = rows[b];
      for (let t = 0; t < own; t++) {
        const at = panelStart[b] + t * own + t;
        const vRe = xRe[first + t];
        const vIm = xIm[first + t];
        xRe[first + t] = vRe * re[at] - vIm * im[at];
        xIm[first + t] = vRe * im[at] + vIm * re[at];
      }
      for (let i = own + list.length - 1; i > 0; i--) {
        const row = panelStart[b] + i * own;
        const source = i < own ? first + i : list[i - own];
        const length = i < own ? i : own;
        const vRe = xRe[source];
        const vIm = xIm[source];
        for (let t = 0; t < length; t++) {
          const lRe = re[row + t];
          const lIm = im[row + t];
          xRe[first + t] -= lRe * vRe - lIm * vIm;
          xIm[first + t] -= lRe * vIm + lIm * vRe;
        }
      }
    }
    for (let k = 0; k < n; k++) {
      x.re[order[k]] = xRe[k];
      x.im[order[k]] = xIm[k];
    }
  }

  /** The matrix's own entries into the panels. */
  private assemble({ n, edges, diagonalRe, diagonalIm, offRe, offIm }: ComplexSymmetricSystem): void {
    const { dissection, place, blockOf, rows, panelStart } = this.symbolic;
    const { blockStart } = dissection;
    this.re.fill(0);
    this.im.fill(0);
    for (let i = 0; i < n; i++) {
      const b = blockOf[place[i]];
      const own = blockStart[b + 1] - blockStart[b];
      const k = place[i] - blockStart[b];
      this.re[panelStart[b] + k * own + k] = diagonalRe[i];
      this.im[panelStart[b] + k * own + k] = diagonalIm[i];
    }
    for (let e = 0; e < offRe.length; e++) {
      const a = place[edges[2 * e]];
      const c = place[edges[2 * e + 1]];
      const column = Math.min(a, c);
      const row = Math.max(a, c);
      const b = blockOf[column];
      const first = blockStart[b];
      const own = blockStart[b + 1] - first;
      const i = row < first + own ? row - first : own + indexOf(rows[b], row);
      const at = panelStart[b] + i * own + column - first;
      this.re[at] += offRe[e];
      this.im[at] += offIm[e];
    }
  }

  /** Adds a child's update to the panel and the update of its parent. */
  private extendAdd(
    childRows: Uint32Array,
    from: Update,
    local: Int32Array,
    panel: number,
    own: number,
    to: Update | null,
  ): void {
    let at = 0;
    for (let i = 0; i < childRows.length; i++) {
      const row = local[childRows[i]];
      if (row < own || !to) {
        for (let j = 0; j <= i; j++, at++) {
          const target = panel + row * own + local[childRows[j]];
          this.re[target] += from.re[at];
          this.im[target] += from.im[at];
        }
        continue;
      }
      const line = ((row - own) * (row - own + 1)) / 2 - own;
      for (let j = 0; j <= i; j++, at++) {
        const column = local[childRows[j]];
        if (column < own) {
          this.re[panel + row * own + column] += from.re[at];
          this.im[panel + row * own + column] += from.im[at];
        } else {
          to.re[line + column] += from.re[at];
          to.im[line + column] += from.im[at];
        }
      }
    }
  }
}

const triangle = (size: number): Float64Array => new Float64Array((size * (size + 1)) / 2);

/** Place of a value in an ascending list that holds it. */
function indexOf(list: Uint32Array, value: number): number {
  let low = 0;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
