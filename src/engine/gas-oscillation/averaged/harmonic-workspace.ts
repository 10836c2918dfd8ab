// What a harmonic balance keeps from call to call so that it allocates little and orders its network once: structure, solvers
// and scratch. It holds no result: with or without it a balance gives the same bits.

import { ConjugateResiduals } from '../../numerics/complex-krylov.ts';
import { ComplexNetworkSolver, type ComplexVector, NetworkStructure } from '../../numerics/complex-solver.ts';
import { LaplacianSolver } from '../../numerics/laplacian-solver.ts';
import { createSolution, type HarmonicSolution } from './harmonic-types.ts';
import { graphParts } from './network-solve.ts';
import { createTerms, type NonlinearTerms } from './nonlinear-terms.ts';

/** Complex values per harmonic and chamber or duct (harmonic-major). */
export interface Phasors {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export interface HarmonicWorkspace {
  readonly chambers: number;
  readonly edges: Uint32Array;
  readonly harmonics: number;
  /** Connected part of each chamber, with the ducts that are shut as of the last followClosed(). */
  readonly parts: Uint32Array;
  /** Per harmonic; index 0 is not used. */
  readonly solvers: readonly ComplexNetworkSolver[];
  readonly mean: LaplacianSolver;
  /** Share of a network's residual that a pass leaves to the next. */
  readonly share: number;
  /** The matrix and right side in hand, and its solution. */
  readonly system: {
    readonly n: number;
    readonly edges: Uint32Array;
    readonly diagonalRe: Float64Array;
    readonly diagonalIm: Float64Array;
    readonly offRe: Float64Array;
    readonly offIm: Float64Array;
    readonly rightRe: Float64Array;
    readonly rightIm: Float64Array;
  };
  readonly potential: ComplexVector;
  readonly driftRe: Float64Array;
  readonly driftIm: Float64Array;
  /** Impedance of each duct without minor loss, Pa·s/m³. */
  readonly impedance: Phasors;
  /** Compliance, m³/Pa, and heat capacity of the layers, J/K, of each chamber. */
  readonly compliance: Phasors;
  readonly layers: Phasors;
  readonly terms: NonlinearTerms;
  readonly before: HarmonicSolution;
}

/**
 * A pass gains a factor of two to ten on the fixed point: more accurate solves are lost work. With a full factor the next digits
 * are nearly free.
 */
const SHARE = 0.03;
const ITERATIVE_SHARE = 0.1;

/** @param edges 2 × ducts chamber numbers; kept, not to be changed */
export function createHarmonicWorkspace(chambers: number, edges: Uint32Array, harmonics: number): HarmonicWorkspace {
  const ducts = edges.length / 2;
  const structure = new NetworkStructure(chambers, edges);
  const scratch = new ConjugateResiduals(chambers);
  const phasors = (count: number): Phasors => ({
    re: new Float64Array(count * (harmonics + 1)),
    im: new Float64Array(count * (harmonics + 1)),
  });
  return {
    chambers,
    edges,
    harmonics,
    parts: graphParts(chambers, edges),
    solvers: Array.from({ length: harmonics + 1 }, () => new ComplexNetworkSolver(structure, scratch)),
    mean: new LaplacianSolver(chambers, edges),
    share: structure.symbolic ? SHARE : ITERATIVE_SHARE,
    system: {
      n: chambers,
      edges,
      diagonalRe: new Float64Array(chambers),
      diagonalIm: new Float64Array(chambers),
      offRe: new Float64Array(ducts),
      offIm: new Float64Array(ducts),
      rightRe: new Float64Array(chambers),
      rightIm: new Float64Array(chambers),
    },
    potential: { re: new Float64Array(chambers), im: new Float64Array(chambers) },
    driftRe: new Float64Array(ducts),
    driftIm: new Float64Array(ducts),
    impedance: phasors(ducts),
    compliance: phasors(chambers),
    layers: phasors(chambers),
    terms: createTerms(chambers, ducts, harmonics),
    before: createSolution(chambers, ducts, harmonics),
  };
}

/** Ducts may have been shut or opened since the last balance: renews the parts. */
export function followClosed(w: HarmonicWorkspace, closed: Uint8Array | undefined): void {
  w.parts.set(graphParts(w.chambers, w.edges, closed));
}

/** Whether a workspace serves this network; its edges are compared by value only when they are not the same array. */
export function fits(w: HarmonicWorkspace, chambers: number, edges: Uint32Array, harmonics: number): boolean {
  if (w.chambers !== chambers || w.harmonics !== harmonics || w.edges.length !== edges.length) return false;
  return w.edges === edges || w.edges.every((node, at) => node === edges[at]);
}
