// The linear system of an implicit sub-step: pressures of the chambers (or their parts), which meet only in the two headers. An
// arrow: the chambers are eliminated one by one, two headers remain, so that the work is linear in the number of chambers.

import { HEADER_LINKS, type HeaderRates, LINKS, type SubStepContext } from './header-rates.ts';

export class StiffSolve {
  private readonly diagonal: Float64Array;
  /** Coefficients of supply and return in each chamber's row, and of each chamber in the headers' rows. */
  private readonly toSupply: Float64Array;
  private readonly toReturn: Float64Array;
  private readonly fromSupply: Float64Array;
  private readonly fromReturn: Float64Array;
  /** Rows of the headers among themselves. */
  private readonly corner = new Float64Array(4);
  /** Pressure changes found, as `push` of the rates. */
  readonly pressure: Float64Array;
  /** mol that the last solve added to each link, from the upstream at the frozen state. */
  readonly extra: Float64Array;
  private reach = 0;

  constructor(
    private readonly rates: HeaderRates,
    private readonly context: SubStepContext,
  ) {
    const { capacity } = context;
    this.diagonal = new Float64Array(capacity);
    this.toSupply = new Float64Array(capacity);
    this.toReturn = new Float64Array(capacity);
    this.fromSupply = new Float64Array(capacity);
    this.fromReturn = new Float64Array(capacity);
    this.pressure = new Float64Array(capacity + 2);
    this.extra = new Float64Array(LINKS * capacity + HEADER_LINKS);
  }

  /** Takes the slopes of the rates as last evaluated; `reach` = γh, s. */
  freeze(reach: number): void {
    const { context: c, corner } = this;
    this.reach = reach;
    this.diagonal.fill(1, 0, c.slots);
    this.toSupply.fill(0, 0, c.slots);
    this.toReturn.fill(0, 0, c.slots);
    this.fromSupply.fill(0, 0, c.slots);
    this.fromReturn.fill(0, 0, c.slots);
    corner[0] = 1;
    corner[1] = 0;
    corner[2] = 0;
    corner[3] = 1;
    for (let e = 0; e < LINKS * c.slots; e++) this.freezeLink(e);
    for (let e = LINKS * c.capacity; e < LINKS * c.capacity + HEADER_LINKS; e++) this.freezeLink(e);
    // Chambers eliminated: what is left for the headers.
    for (let a = 0; a < c.slots; a++) {
      if (c.grouped && c.part[a] !== a) continue;
      const s = this.fromSupply[a] / this.diagonal[a];
      const r = this.fromReturn[a] / this.diagonal[a];
      corner[0] -= s * this.toSupply[a];
      corner[1] -= s * this.toReturn[a];
      corner[2] -= r * this.toSupply[a];
      corner[3] -= r * this.toReturn[a];
    }
  }

  private freezeLink(e: number): void {
    const { links } = this.rates;
    const slope = links.slope[e];
    const backSlope = links.backSlope[e];
    if (slope === 0 && backSlope === 0) return;
    const up = links.up[e];
    const down = links.down[e];
    const fall = this.reach * this.rates.fall(up);
    const rise = this.reach * this.rates.riseThrough(e);
    this.add(up, up, fall * slope);
    this.add(up, down, -fall * backSlope);
    this.add(down, up, -rise * slope);
    this.add(down, down, rise * backSlope);
  }

  private add(row: number, column: number, value: number): void {
    const { capacity, grouped, part } = this.context;
    if (value === 0 || row >= capacity + 2 || column >= capacity + 2) return;
    if (row >= capacity) {
      if (column >= capacity) this.corner[2 * (row - capacity) + column - capacity] += value;
      else (row === capacity ? this.fromSupply : this.fromReturn)[grouped ? part[column] : column] += value;
      return;
    }
    const g = grouped ? part[row] : row;
    if (column === capacity) this.toSupply[g] += value;
    else if (column === capacity + 1) this.toReturn[g] += value;
    else this.diagonal[g] += value;
  }

  /**
   * Replaces k by (1 − γhA)⁻¹ k. On entry `pressure` holds the pressure changes that belong to k; on return those of the result.
   * k changes only by flows through the links, so that what it conserves stays conserved.
   */
  solve(k: Float64Array): void {
    const { context: c, corner, pressure, rates } = this;
    const supply = c.capacity;
    const back = c.capacity + 1;
    for (let a = 0; a < c.slots; a++) {
      if (c.grouped && c.part[a] !== a) continue;
      pressure[supply] -= (this.fromSupply[a] / this.diagonal[a]) * pressure[a];
      pressure[back] -= (this.fromReturn[a] / this.diagonal[a]) * pressure[a];
    }
    const determinant = corner[0] * corner[3] - corner[1] * corner[2];
    const s = (corner[3] * pressure[supply] - corner[1] * pressure[back]) / determinant;
    const r = (corner[0] * pressure[back] - corner[2] * pressure[supply]) / determinant;
    pressure[supply] = s;
    pressure[back] = r;
    for (let a = 0; a < c.slots; a++) {
      if (c.grouped && c.part[a] !== a) pressure[a] = pressure[c.part[a]];
      else pressure[a] = (pressure[a] - this.toSupply[a] * s - this.toReturn[a] * r) / this.diagonal[a];
    }
    for (let e = 0; e < LINKS * c.slots; e++) this.passExtra(e, k, rates);
    for (let e = LINKS * c.capacity; e < LINKS * c.capacity + HEADER_LINKS; e++) this.passExtra(e, k, rates);
  }

  private passExtra(e: number, k: Float64Array, rates: HeaderRates): void {
    const { links } = rates;
    const slope = links.slope[e];
    const backSlope = links.backSlope[e];
    if (slope === 0 && backSlope === 0) {
      this.extra[e] = 0;
      return;
    }
    const last = this.context.capacity + 2;
    const up = links.up[e] < last ? this.pressure[links.up[e]] : 0;
    const down = links.down[e] < last ? this.pressure[links.down[e]] : 0;
    const moles = this.reach * (slope * up - backSlope * down);
    this.extra[e] = moles;
    if (moles !== 0) rates.pass(k, e, moles);
  }
}
