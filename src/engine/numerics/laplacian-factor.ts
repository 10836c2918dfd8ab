// L D Lᵀ of a weighted graph Laplacian by the fronts of a nested dissection (as complex-ldl.ts, in reals). The Laplacian is
// singular by one constant in each connected part: one vertex of each is grounded, which changes no potential difference of a
// right side that sums to zero in the part. Not here: the ordering (sparse-ordering.ts), iteration (laplacian-solver.ts).

import type { SymbolicFactor } from './complex-ldl.ts';

/** The numbers of one factor. */
export class LaplacianFactor {
  private readonly symbolic: SymbolicFactor;
  private readonly children: readonly number[][];
  /** Where each edge and each vertex's diagonal goes. */
  private readonly edgePlace: Float64Array;
  private readonly diagonalPlace: Float64Array;
  /** One vertex of each connected part. */
  private readonly grounded: Uint32Array;
  private readonly edges: Uint32Array;
  /** Panels: L below the diagonal, 1/d on it. */
  private readonly values: Float64Array;
  /** Updates of the fronts, lower triangles by rows; each is used up by its parent. */
  private readonly updates: readonly Float64Array[];
  private readonly local: Int32Array;
  private readonly x: Float64Array;

  /** @param edges 2e vertex numbers; @param symbolic of the same graph */
  constructor(edges: Uint32Array, symbolic: SymbolicFactor) {
    const { dissection, panelStart, place, rows } = symbolic;
    const { parent } = dissection;
    this.symbolic = symbolic;
    this.edges = edges;
    this.children = Array.from(parent, () => []);
    parent.forEach((p, b) => {
      if (p >= 0) this.children[p].push(b);
    });
    this.values = new Float64Array(panelStart[panelStart.length - 1]);
    this.updates = rows.map((list) => new Float64Array((list.length * (list.length + 1)) / 2));
    this.local = new Int32Array(place.length);
    this.x = new Float64Array(place.length);
    this.diagonalPlace = Float64Array.from(place, (at) => this.entry(at, at));
    this.edgePlace = Float64Array.from({ length: edges.length / 2 }, (_, e) => {
      const a = place[edges[2 * e]];
      const b = place[edges[2 * e + 1]];
      return this.entry(Math.max(a, b), Math.min(a, b));
    });
    this.grounded = lastOfParts(edges, symbolic);
  }

  /** @param weights conductance of each edge, positive. @returns false at a pivot that is not positive and finite */
  factorise(weights: Float64Array): boolean {
    this.assemble(weights);
    const { dissection, rows, panelStart } = this.symbolic;
    const { blockStart, parent } = dissection;
    const { local, updates, children, values } = this;
    for (let b = 0; b < parent.length; b++) {
      const first = blockStart[b];
      const own = blockStart[b + 1] - first;
      const below = rows[b].length;
      for (let k = 0; k < own; k++) local[first + k] = k;
      for (let k = 0; k < below; k++) local[rows[b][k]] = own + k;
      updates[b].fill(0);
      for (const child of children[b]) {
        extendAdd(rows[child], updates[child], local, values, panelStart[b], own, updates[b]);
      }
      if (!eliminate(values, panelStart[b], own, below, updates[b])) return false;
    }
    return true;
  }

  /** target = M⁻¹ b. */
  solve(b: Float64Array, target: Float64Array): void {
    const { dissection, rows, panelStart } = this.symbolic;
    const { blockStart, order, parent } = dissection;
    const { values, x } = this;
    for (let k = 0; k < x.length; k++) x[k] = b[order[k]];
    for (let block = 0; block < parent.length; block++) {
      const first = blockStart[block];
      const own = blockStart[block + 1] - first;
      const list = rows[block];
      for (let i = 1; i < own + list.length; i++) {
        const row = panelStart[block] + i * own;
        const at = i < own ? first + i : list[i - own];
        const length = i < own ? i : own;
        let sum = x[at];
        for (let t = 0; t < length; t++) sum -= values[row + t] * x[first + t];
        x[at] = sum;
      }
    }
    for (let block = parent.length - 1; block >= 0; block--) {
      const first = blockStart[block];
      const own = blockStart[block + 1] - first;
      const list = rows[block];
      const panel = panelStart[block];
      for (let t = 0; t < own; t++) x[first + t] *= values[panel + t * own + t];
      for (let i = own + list.length - 1; i > 0; i--) {
        const row = panel + i * own;
        const v = x[i < own ? first + i : list[i - own]];
        const length = i < own ? i : own;
        for (let t = 0; t < length; t++) x[first + t] -= values[row + t] * v;
      }
    }
    for (let k = 0; k < x.length; k++) target[order[k]] = x[k];
  }

  private assemble(weights: Float64Array): void {
    const { values, edges, edgePlace, diagonalPlace, grounded } = this;
    values.fill(0);
    for (let e = 0; e < weights.length; e++) {
      values[edgePlace[e]] -= weights[e];
      values[diagonalPlace[edges[2 * e]]] += weights[e];
      values[diagonalPlace[edges[2 * e + 1]]] += weights[e];
    }
    for (const v of grounded) {
      const own = values[diagonalPlace[v]];
      values[diagonalPlace[v]] += own > 0 ? own : 1;
    }
  }

  /** Index in the panels of the entry at two places of the elimination order, row ≥ column. */
  private entry(row: number, column: number): number {
    const { blockOf, rows, panelStart, dissection } = this.symbolic;
    const b = blockOf[column];
    const first = dissection.blockStart[b];
    const end = dissection.blockStart[b + 1];
    const own = end - first;
    const i = row < end ? row - first : own + rows[b].indexOf(row);
    return panelStart[b] + i * own + column - first;
  }
}

/** The vertex of each connected part that is eliminated last. */
function lastOfParts(edges: Uint32Array, { place, dissection }: SymbolicFactor): Uint32Array {
  const above = Uint32Array.from(place, (_, k) => k);
  const top = (k: number): number => {
    let at = k;
    while (above[at] !== at) {
      above[at] = above[above[at]];
      at = above[at];
    }
    return at;
  };
  for (let e = 0; e < edges.length; e += 2) {
    const a = top(place[edges[e]]);
    const b = top(place[edges[e + 1]]);
    above[Math.min(a, b)] = Math.max(a, b);
  }
  return dissection.order.filter((_, k) => above[k] === k);
}

/** Adds a child's update to the panel and the update of its parent. */
function extendAdd(
  childRows: Uint32Array,
  from: Float64Array,
  local: Int32Array,
  values: Float64Array,
  panel: number,
  own: number,
  to: Float64Array,
): void {
  let at = 0;
  for (let i = 0; i < childRows.length; i++) {
    const row = local[childRows[i]];
    const line = ((row - own) * (row - own + 1)) / 2 - own;
    for (let j = 0; j <= i; j++, at++) {
      const column = local[childRows[j]];
      if (column < own) values[panel + row * own + column] += from[at];
      else to[line + column] += from[at];
    }
  }
}

/** Eliminates the own columns of one front: the panel becomes L with 1/d on its diagonal; −L D Lᵀ of the rest is added. */
function eliminate(values: Float64Array, panel: number, own: number, below: number, update: Float64Array): boolean {
  const w = new Float64Array(own);
  for (let i = 0; i < own + below; i++) {
    const row = panel + i * own;
    const length = i < own ? i : own;
    // u_ij = a_ij − Σ u_it l_jt first, then l_ij = u_ij / d_j.
    for (let j = 1; j < length; j++) {
      const other = panel + j * own;
      let sum = values[row + j];
      for (let t = 0; t < j; t++) sum -= values[row + t] * values[other + t];
      values[row + j] = sum;
    }
    let pivot = i < own ? values[row + i] : 0;
    for (let j = 0; j < length; j++) {
      const u = values[row + j];
      const l = u * values[panel + j * own + j];
      pivot -= l * u;
      w[j] = u;
      values[row + j] = l;
    }
    if (i < own) {
      if (!(pivot > 0 && pivot < Number.POSITIVE_INFINITY)) return false;
      values[row + i] = 1 / pivot;
    } else updateRow(values, panel, own, i - own, w, update);
  }
  return true;
}

/** Row i of the update by two columns at a time: u of the row in w, l of the columns in the panel. */
function updateRow(
  values: Float64Array,
  panel: number,
  own: number,
  i: number,
  w: Float64Array,
  update: Float64Array,
): void {
  const line = (i * (i + 1)) / 2;
  let j = 0;
  for (; j < i; j += 2) {
    const a = panel + (own + j) * own;
    const b = a + own;
    let first = 0;
    let second = 0;
    for (let t = 0; t < own; t++) {
      first += w[t] * values[a + t];
      second += w[t] * values[b + t];
    }
    update[line + j] -= first;
    update[line + j + 1] -= second;
  }
  if (j === i) {
    const a = panel + (own + j) * own;
    let sum = 0;
    for (let t = 0; t < own; t++) sum += w[t] * values[a + t];
    update[line + j] -= sum;
  }
}
