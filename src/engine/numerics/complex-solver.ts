// Solves A x = b for a complex symmetric (not Hermitian) sparse matrix given as a graph: a diagonal and one value per edge.
// A factor, kept while the matrix changes little, preconditions conjugate residuals; so a solve with a nearby matrix or to a
// modest tolerance costs a few triangular solves. Where a full factor would be too large an incomplete one stands in.

import { IncompleteFactor } from './complex-incomplete.ts';
import { ConjugateResiduals, type Factor, type KrylovOutcome } from './complex-krylov.ts';
import { ComplexFactor, type SymbolicFactor, symbolicFactor } from './complex-ldl.ts';
import { cbrt } from './elementary.ts';
import { nestedDissection } from './sparse-ordering.ts';

export interface ComplexSymmetricSystem {
  readonly n: number;
  /** 2 × edges, i < j. */
  readonly edges: Uint32Array;
  readonly diagonalRe: Float64Array;
  readonly diagonalIm: Float64Array;
  readonly offRe: Float64Array;
  readonly offIm: Float64Array;
  readonly rightRe: Float64Array;
  readonly rightIm: Float64Array;
}

export interface ComplexVector {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * Multiply-adds of a full factorisation beyond which the incomplete factor takes over (about 10 000 hcp chambers, 1.5 s, 30 MB). At
 * 8000 a balance takes two thirds of the time it takes with the incomplete one.
 */
export const DIRECT_LIMIT = 4e8;
/** Iterations a kept factor may need before it is renewed. */
const KEPT_ITERATIONS = 8;
/** Iterations of a fresh full factor (two refine rounding errors), and of an incomplete one. */
const FRESH_ITERATIONS = 12;
const INCOMPLETE_ITERATIONS = 4000;
const TOLERANCE = 1e-10;
const SINGLE_TOLERANCE = 1e-12;
/** A fresh full factor that stalls above the tolerance is still taken at this residual: near an undamped resonance. */
const LARGEST_RESIDUAL = 1e-6;
/** |a_ii| over Σ|a_ij| from which a matrix counts as diagonally dominant. */
const DOMINANCE = 1.1;
/**
 * Damping of the incomplete factor, as a share of each row's off-diagonal magnitudes. Measured on hcp farms at 1000 Hz and its
 * double: 0.18 … 0.35 take a third to a sixth of the iterations that the diagonal alone takes; below 0.1 it fails.
 */
const DAMPING = 0.28;

export interface SolveOptions {
  /** Stop once the residual has fallen by this factor from that of the guess; 0: not for that reason. */
  readonly reduction?: number;
  /** Stop at this |b − A x| / |b|; 1e-10 if left out. */
  readonly tolerance?: number;
}

/** The structure of one graph: what all factors on it share. */
export class NetworkStructure {
  readonly n: number;
  readonly edges: Uint32Array;
  /** Null where a full factor would be too dear. */
  readonly symbolic: SymbolicFactor | null;

  /**
   * @param edges 2e vertex numbers below n; kept, not to be changed
   * @param limit multiply-adds a full factorisation may take
   */
  constructor(n: number, edges: Uint32Array, limit = DIRECT_LIMIT) {
    this.n = n;
    this.edges = edges;
    // A separator of s vertices is a dense block of s³/6 multiply-adds, and of a lattice's whole cost about a twentieth.
    const dissection = nestedDissection(n, edges, cbrt(limit));
    const symbolic = dissection && symbolicFactor(n, edges, dissection);
    this.symbolic = symbolic && symbolic.cost <= limit ? symbolic : null;
  }
}

/** Solves a series of related systems on one graph; keeps factor and scratch. */
export class ComplexNetworkSolver {
  /** Factorisations and iterations so far, for benches and tests. */
  factorisations = 0;
  iterations = 0;
  private readonly structure: NetworkStructure;
  private readonly krylov: ConjugateResiduals;
  private full: ComplexFactor | null = null;
  private incomplete: IncompleteFactor | null = null;
  /** Whether a factor is there to be used. */
  private kept = false;

  /** @param krylov scratch of the same size, to be shared among solvers that do not run at the same time */
  constructor(structure: NetworkStructure, krylov = new ConjugateResiduals(structure.n)) {
    this.structure = structure;
    this.krylov = krylov;
  }

  /** The factor kept will be renewed at the next solve. */
  forget(): void {
    this.kept = false;
  }

  /**
   * Overwrites the guess x with the solution.
   * @returns false when a pivot vanishes or the iteration does not converge: x is then of no use
   */
  solve(system: ComplexSymmetricSystem, x: ComplexVector, options: SolveOptions = {}): boolean {
    if (!system.rightRe.some((b) => b !== 0) && !system.rightIm.some((b) => b !== 0)) {
      clear(x);
      return true;
    }
    const goal = { reduction: options.reduction ?? 0, tolerance: options.tolerance ?? TOLERANCE };
    const dominant = diagonallyDominant(system);
    if (!this.structure.symbolic || dominant) return this.solveIncomplete(system, x, goal, dominant ? 0 : DAMPING);
    if (this.kept && this.full && this.iterate(system, x, this.full, goal, KEPT_ITERATIONS).converged) return true;
    this.full ??= new ComplexFactor(this.structure.symbolic);
    this.factorisations++;
    this.kept = this.full.factorise(system);
    if (!this.kept) return false;
    const { converged, residual } = this.iterate(system, x, this.full, goal, FRESH_ITERATIONS);
    return converged || residual <= LARGEST_RESIDUAL;
  }

  private solveIncomplete(
    system: ComplexSymmetricSystem,
    x: ComplexVector,
    goal: Required<SolveOptions>,
    damping: number,
  ): boolean {
    this.incomplete ??= new IncompleteFactor(system.n, system.edges);
    if (!this.kept) {
      this.factorisations++;
      this.kept = this.incomplete.factorise(system, damping);
      if (!this.kept) return false;
    }
    return this.iterate(system, x, this.incomplete, goal, INCOMPLETE_ITERATIONS).converged;
  }

  private iterate(
    system: ComplexSymmetricSystem,
    x: ComplexVector,
    factor: Factor,
    goal: Required<SolveOptions>,
    limit: number,
  ): KrylovOutcome {
    const outcome = this.krylov.solve(system, x, factor, goal, limit);
    this.iterations += outcome.iterations;
    if (!(outcome.residual < Number.POSITIVE_INFINITY)) clear(x);
    return outcome;
  }
}

function clear(x: ComplexVector): void {
  x.re.fill(0);
  x.im.fill(0);
}

/** Every diagonal outweighs its row: the iteration converges in a few steps without a full factor. */
function diagonallyDominant({ n, edges, diagonalRe, diagonalIm, offRe, offIm }: ComplexSymmetricSystem): boolean {
  const sum = new Float64Array(n);
  for (let e = 0; e < offRe.length; e++) {
    const size = Math.sqrt(offRe[e] * offRe[e] + offIm[e] * offIm[e]);
    sum[edges[2 * e]] += size;
    sum[edges[2 * e + 1]] += size;
  }
  for (let i = 0; i < n; i++) {
    const square = diagonalRe[i] * diagonalRe[i] + diagonalIm[i] * diagonalIm[i];
    if (!(square > DOMINANCE * DOMINANCE * sum[i] * sum[i])) return false;
  }
  return true;
}

/**
 * One system by itself, to a relative residual of 1e-12 (1e-10 without a full factor). For a series on one graph keep a ComplexNetworkSolver.
 * @returns the solution, or null when a pivot vanishes or the iteration does not converge
 */
export function solveComplexSymmetric(system: ComplexSymmetricSystem): ComplexVector | null {
  const x = { re: new Float64Array(system.n), im: new Float64Array(system.n) };
  const structure = new NetworkStructure(system.n, system.edges);
  const solver = new ComplexNetworkSolver(structure);
  return solver.solve(system, x, { tolerance: structure.symbolic ? SINGLE_TOLERANCE : TOLERANCE }) ? x : null;
}
