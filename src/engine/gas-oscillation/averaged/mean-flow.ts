// Mean flow over a slow step: what keeps every control mass in its place, its chamber and its halves of the ducts.

import { LaplacianSolver } from '../../numerics/laplacian-solver.ts';
import { type AveragedContext, type AveragedState, scratch, scratchCopy } from './averaged-state.ts';
import type { HarmonicSolution } from './harmonic-types.ts';

/** Share of a swelling that a step may leave, and that no solve can remove. */
const PLACE_SHARE = 3e-2;
const ROUNDING = 1e-9;

/**
 * Mean flow of each duct over the step, m³/s: that of the balance, and what makes the control masses fill their places again.
 * Each swells at the common pressure; where it has swollen beyond its place, gas flows out.
 */
export function meanFlow(
  s: AveragedState,
  hb: HarmonicSolution,
  context: AveragedContext,
  parts: Uint32Array,
  dt: number,
): Float64Array {
  const { edges, restVolume } = context;
  const excess = scratchCopy(s, 'excess', s.volume);
  for (let i = 0; i < s.chambers; i++) excess[i] -= restVolume[i];
  // A part as a whole fills its room but for round-off.
  const sum = scratch(s, 'excess sum', s.chambers);
  const room = scratch(s, 'excess room', s.chambers);
  for (let i = 0; i < s.chambers; i++) {
    sum[parts[i]] += excess[i];
    room[parts[i]] += s.volume[i];
  }
  for (let i = 0; i < s.chambers; i++) excess[i] -= (s.volume[i] * sum[parts[i]]) / room[parts[i]];
  s.places ??= new LaplacianSolver(s.chambers, edges);
  const { closed } = context.coefficients;
  const even = scratch(s, 'flow', s.ducts).fill(1);
  if (closed) for (let e = 0; e < s.ducts; e++) if (closed[e]) even[e] = 0;
  const level = scratch(s, 'excess level', s.chambers);
  if (!s.places.solve(even, excess, level, PLACE_SHARE, ROUNDING)) return hb.flowRe.slice(0, s.ducts);
  const flow = even;
  for (let e = 0; e < s.ducts; e++) {
    flow[e] = closed?.[e] ? 0 : hb.flowRe[e] + (level[edges[2 * e]] - level[edges[2 * e + 1]]) / dt;
  }
  return flow;
}
