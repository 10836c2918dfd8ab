// The network of a layout as a graph: how many neighbours, how well connected, how high its spectrum reaches.

import { algebraicConnectivity, largestEigenvalue } from '../numerics/lanczos.ts';
import { weightedLaplacian } from '../numerics/sparse.ts';
import type { Layout } from './layout.ts';
import { degrees } from './neighbours.ts';

export interface GraphFigures {
  readonly chambers: number;
  /** Ducts. */
  readonly edges: number;
  /** Chambers by their number of ducts. */
  readonly neighbourHistogram: Readonly<Record<number, number>>;
  /** Second smallest eigenvalue of the Laplacian with unit weights; 0 if the network is not connected. */
  readonly lambda2: number;
  /** Its largest eigenvalue: with equal ducts the top of the band is √(λ_max / LC). */
  readonly lambdaMax: number;
  readonly extent_m: readonly [number, number, number];
  /** Connected parts. */
  readonly components: number;
}

/** Figures of the unit-weight graph (Fiedler 1973); eigenvalues to a relative 1e-10. */
export function graphFigures(layout: Layout): GraphFigures {
  const { count, edges, components, extent_m } = layout;
  const laplacian = weightedLaplacian(count, edges);
  const neighbourHistogram: Record<number, number> = {};
  for (const degree of degrees(count, edges)) neighbourHistogram[degree] = (neighbourHistogram[degree] ?? 0) + 1;
  const connected = components === 1 && count > 1;
  return {
    chambers: count,
    edges: edges.length / 2,
    neighbourHistogram,
    lambda2: connected ? algebraicConnectivity(laplacian) : 0,
    lambdaMax: edges.length > 0 ? largestEigenvalue(laplacian) : 0,
    extent_m,
    components,
  };
}
