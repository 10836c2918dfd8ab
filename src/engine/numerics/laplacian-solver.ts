// Potentials of a network of conductances: K x = b with K the weighted graph Laplacian, by conjugate gradients with diagonal
// scaling, from a guess. K is singular (one constant per connected part): b must sum to zero in each part.

/** Iterations per solve; a network of n needs about the length of its longest path. */
const ITERATION_LIMIT = 20_000;

/** Solves a series of such systems on one graph; keeps its scratch. */
export class LaplacianSolver {
  /** Iterations so far, for benches and tests. */
  iterations = 0;
  private readonly edges: Uint32Array;
  private readonly scale: Float64Array;
  private readonly r: Float64Array;
  private readonly p: Float64Array;
  private readonly q: Float64Array;

  /** @param edges 2e vertex numbers below n */
  constructor(n: number, edges: Uint32Array) {
    this.edges = edges;
    this.scale = new Float64Array(n);
    this.r = new Float64Array(n);
    this.p = new Float64Array(n);
    this.q = new Float64Array(n);
  }

  /**
   * Overwrites the guess x; what constant each part ends with is left open.
   * @param weights conductance of each edge, positive
   * @param reduction, tolerance |b − K x| ≤ max(reduction · |b − K x₀|, tolerance · |b|) is to be reached
   * @returns false when it is not reached
   */
  solve(weights: Float64Array, b: Float64Array, x: Float64Array, reduction: number, tolerance: number): boolean {
    const { edges, scale, r, p, q } = this;
    const n = x.length;
    scale.fill(0);
    for (let e = 0; e < weights.length; e++) {
      scale[edges[2 * e]] += weights[e];
      scale[edges[2 * e + 1]] += weights[e];
    }
    this.multiply(weights, x, r);
    let size = 0;
    let goal = 0;
    let rho = 0;
    for (let i = 0; i < n; i++) {
      // The diagonal, then its inverse; a vertex without edges has none and needs none.
      const inverse = scale[i] > 0 ? 1 / scale[i] : 0;
      scale[i] = inverse;
      r[i] = inverse > 0 ? b[i] - r[i] : 0;
      p[i] = inverse * r[i];
      size += r[i] * r[i];
      goal += b[i] * b[i];
      rho += r[i] * p[i];
    }
    goal = Math.max(reduction * reduction * size, tolerance * tolerance * goal);
    for (let iteration = 0; iteration < ITERATION_LIMIT; iteration++) {
      if (size <= goal) return true;
      this.iterations++;
      this.multiply(weights, p, q);
      let curvature = 0;
      for (let i = 0; i < n; i++) curvature += p[i] * q[i];
      // What is left is one constant in each part: the rounding by which b does not sum to zero, which no x can give.
      if (curvature === 0) return true;
      if (!(curvature > 0)) return false;
      const step = rho / curvature;
      size = 0;
      let next = 0;
      for (let i = 0; i < n; i++) {
        x[i] += step * p[i];
        r[i] -= step * q[i];
        size += r[i] * r[i];
        next += scale[i] * r[i] * r[i];
      }
      const ratio = next / rho;
      rho = next;
      for (let i = 0; i < n; i++) p[i] = scale[i] * r[i] + ratio * p[i];
    }
    return false;
  }

  private multiply(weights: Float64Array, x: Float64Array, y: Float64Array): void {
    const { edges } = this;
    y.fill(0);
    for (let e = 0; e < weights.length; ) {
      const i = edges[2 * e];
      const own = x[i];
      let sum = 0;
      // Edges come in runs of one first vertex.
      for (; e < weights.length && edges[2 * e] === i; e++) {
        const j = edges[2 * e + 1];
        const flow = weights[e] * (own - x[j]);
        sum += flow;
        y[j] -= flow;
      }
      y[i] += sum;
    }
  }
}
