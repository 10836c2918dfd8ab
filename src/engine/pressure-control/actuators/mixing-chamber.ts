// Mixing chambers: ideally stirred vessels in which the composition follows the inlet's with a lag. Pressure and temperature
// stand, so that as much leaves as enters (Levenspiel 1999 ch. 5). Not here: where the gas comes from.

import { exp } from '../../numerics/elementary.ts';

export class MixingBank {
  /** vessels × species mole fractions: inlet (written by the caller), contents, and mean of what left during the last step. */
  readonly inlet: Float64Array;
  readonly content: Float64Array;
  readonly outlet: Float64Array;
  /** mol/s through each vessel, written by the caller. */
  readonly flow: Float64Array;
  /** mol in each vessel. */
  readonly amount: Float64Array;

  /** @param amount mol in each vessel, pV/RT @throws RangeError unless positive */
  constructor(
    readonly count: number,
    readonly species: number,
    amount: number,
  ) {
    if (!(amount > 0)) throw new RangeError('A mixing chamber must hold some gas.');
    this.inlet = new Float64Array(count * species);
    this.content = new Float64Array(count * species);
    this.outlet = new Float64Array(count * species);
    this.flow = new Float64Array(count);
    this.amount = new Float64Array(count).fill(amount);
  }

  /** Time constant, s; Infinity without flow. */
  residenceTime(i: number): number {
    return this.flow[i] > 0 ? this.amount[i] / this.flow[i] : Number.POSITIVE_INFINITY;
  }

  /**
   * Advances all vessels by dt (s, > 0): x⁺ = x_in + (x − x_in)e^{−h}, h = Fdt/n, and the outlet's mean x_in + (x − x_in)(1 −
   * e^{−h})/h, both exact for an inlet that stands: what enters is what stays and leaves, to rounding.
   */
  step(dt: number): void {
    const { species } = this;
    for (let i = 0; i < this.count; i++) {
      const h = (Math.max(0, this.flow[i]) * dt) / this.amount[i];
      const left = exp(-h);
      // (1 − e^{−h})/h loses its digits for small h: its series there.
      const mean = h > 1e-4 ? (1 - left) / h : 1 - h / 2 + (h * h) / 6;
      for (let k = i * species; k < (i + 1) * species; k++) {
        const away = this.content[k] - this.inlet[k];
        this.content[k] = this.inlet[k] + away * left;
        this.outlet[k] = this.inlet[k] + away * mean;
      }
    }
  }

  /** The whole state, for snapshots. */
  arrays(): Float64Array[] {
    return [this.inlet, this.content, this.outlet, this.flow, this.amount];
  }
}
