// Potentials of a network of conductances: K x = b with K the weighted graph Laplacian, by conjugate gradients from a guess. K is
// singular (one constant per connected part): b must sum to zero in each part. Preconditioned by a factor of the first matrix
// where the graph allows one, kept while the weights change little; otherwise by the diagonal.

import type { SymbolicFactor } from './complex-ldl.ts';
import { LaplacianFactor } from './laplacian-factor.ts';

/** Iterations per solve; a network of n needs about the length of its longest path. */
const ITERATION_LIMIT = 20_000;
/** Iterations a kept factor may need before it is renewed. */
const KEPT_ITERATIONS = 6;

/** Solves a series of such systems on one graph; keeps its scratch. */
export class LaplacianSolver {
  /** Iterations so far, for benches and tests. */
  iterations = 0;
  private readonly edges: Uint32Array;
  private readonly scale: Float64Array;
  private readonly r: Float64Array;
  private readonly p: Float64Array;
  private readonly q: Float64Array;
  private readonly z: Float64Array;
  private readonly symbolic: SymbolicFactor | null;
  private factor: LaplacianFactor | null = null;
  /** Whether the factor is there to be used. */
  private kept = false;

  /**
   * @param edges 2e vertex numbers below n
   * @param symbolic of the same graph; null: no factor is made
   */
  constructor(n: number, edges: Uint32Array, symbolic: SymbolicFactor | null = null) {
    this.edges = edges;
    this.symbolic = symbolic;
    this.z = new Float64Array(n);
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
    const { edges, scale, r, p } = this;
    const n = x.length;
    scale.fill(0);
    for (let e = 0; e < weights.length; e++) {
      scale[edges[2 * e]] += weights[e];
      scale[edges[2 * e + 1]] += weights[e];
    }
    this.multiply(weights, x, r);
    let size = 0;
    let goal = 0;
    for (let i = 0; i < n; i++) {
      // The diagonal, then its inverse; a vertex without edges has none and needs none.
      const inverse = scale[i] > 0 ? 1 / scale[i] : 0;
      scale[i] = inverse;
      r[i] = inverse > 0 ? b[i] - r[i] : 0;
      size += r[i] * r[i];
      goal += b[i] * b[i];
    }
    goal = Math.max(reduction * reduction * size, tolerance * tolerance * goal);
    if (size <= goal) return true;
    if (this.symbolic && !this.kept) {
      this.factor ??= new LaplacianFactor(edges, this.symbolic);
      this.kept = this.factor.factorise(weights);
    }
    const factor = this.kept ? this.factor : null;
    let rho = this.precondition(factor);
    p.set(this.z);
    for (let iteration = 0; iteration < ITERATION_LIMIT; iteration++) {
      this.iterations++;
      if (iteration > KEPT_ITERATIONS) this.kept = false;
      const left = this.descend(weights, x, rho);
      if (!(left < Number.POSITIVE_INFINITY)) return false;
      if (left <= goal) return true;
      const next = this.precondition(factor);
      const ratio = next / rho;
      rho = next;
      for (let i = 0; i < n; i++) p[i] = this.z[i] + ratio * p[i];
    }
    return false;
  }

  /** The factor is renewed at the next solve. */
  forget(): void {
    this.kept = false;
  }

  /** z = M⁻¹ r. @returns r·z */
  private precondition(factor: LaplacianFactor | null): number {
    const { scale, r, z } = this;
    let rho = 0;
    if (factor) factor.solve(r, z);
    for (let i = 0; i < z.length; i++) {
      if (!factor) z[i] = scale[i] * r[i];
      rho += r[i] * z[i];
    }
    return rho;
  }

  /** x += αp, r −= αKp with the α that is best along p. @returns |r|², NaN when there is none */
  private descend(weights: Float64Array, x: Float64Array, rho: number): number {
    const { r, p, q } = this;
    this.multiply(weights, p, q);
    let curvature = 0;
    for (let i = 0; i < p.length; i++) curvature += p[i] * q[i];
    if (!(curvature > 0)) return Number.NaN;
    const step = rho / curvature;
    let size = 0;
    for (let i = 0; i < p.length; i++) {
      x[i] += step * p[i];
      r[i] -= step * q[i];
      size += r[i] * r[i];
    }
    return size;
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
