// Molar flows through the valves between bodies of gas, and how they change with the pressures at both ends: the flow law of
// pressure-control/valves.ts, choked or not, in either direction, with one slope through zero. Allocates nothing once made.

import { flowFunctionInto, REGULARISED_BAND } from '../valves.ts';
import type { GasNodes } from './gas-nodes.ts';

const psi = new Float64Array(2);

export class ValveLinks {
  /** Body upstream and downstream now. */
  readonly up: Int32Array;
  readonly down: Int32Array;
  /** mol/s from up to down, ≥ 0. */
  readonly flow: Float64Array;
  /** ∂flow/∂p upstream (at constant entropy) and −∂flow/∂p downstream, mol/(s·Pa), ≥ 0. */
  readonly slope: Float64Array;
  readonly backSlope: Float64Array;
  /** ∂flow/∂t of a valve whose wanted pressure moves, mol/s². */
  readonly timeSlope: Float64Array;

  constructor(count: number) {
    this.up = new Int32Array(count);
    this.down = new Int32Array(count);
    this.flow = new Float64Array(count);
    this.slope = new Float64Array(count);
    this.backSlope = new Float64Array(count);
    this.timeSlope = new Float64Array(count);
  }

  /** Flow of link e between bodies a and b through an effective area (m²). */
  evaluate(e: number, nodes: GasNodes, a: number, b: number, area: number): void {
    const forward = nodes.pressure[a] >= nodes.pressure[b];
    const up = forward ? a : b;
    const down = forward ? b : a;
    this.up[e] = up;
    this.down[e] = down;
    const p = nodes.pressure[up];
    if (!(area > 0 && p > 0)) {
      this.flow[e] = 0;
      this.slope[e] = 0;
      this.backSlope[e] = 0;
      return;
    }
    const ratio = nodes.pressure[down] / p;
    flowFunctionInto(nodes.gamma[up], ratio, psi);
    const own = area * nodes.conductance[up];
    let perPascal = own;
    let change = psi[1] * own;
    const share = (1 - ratio) / REGULARISED_BAND;
    if (share < 1 && nodes.amount[down] > 0) {
      // Towards zero flow the law takes the mean of both gases' coefficients, so that it has one slope through zero.
      const other = area * nodes.conductance[down];
      change += (psi[0] * (1 - share) * (other - own)) / REGULARISED_BAND;
      perPascal += 0.5 * (1 - share) * (1 - share) * (other - own);
      change += psi[1] * (perPascal - own);
    }
    this.flow[e] = psi[0] * perPascal * p;
    // Upstream gas that expands cools, (γ−1)T/γp per pascal, and flows as 1/√T: the slope along its isentrope.
    const cooling = (0.5 * (nodes.gamma[up] - 1)) / nodes.gamma[up];
    this.slope[e] = Math.max(0, psi[0] * perPascal * (1 - cooling) - ratio * change);
    this.backSlope[e] = Math.max(0, -change);
  }
}
