// Gas injectors: orifices that meter by being choked, so that the flow depends on the supply and the opening alone. Not here:
// what the gas does in the chamber (headers/).

import { GAS_CONSTANT as R } from '../../constants.ts';
import { criticalPressureRatio, flowFunctionInto, type Upstream } from '../valves.ts';

/** blocked: nothing passes. worn: this factor more than metered. */
export type InjectorFault = { readonly kind: 'blocked' } | { readonly kind: 'worn'; readonly factor: number };

/**
 * The caller writes `wanted` (mol/s) and the chambers' pressures; a step sets opening and flow. Metering assumes choked flow;
 * above the critical ratio the injector passes less than it was told to, and says so.
 */
export class InjectorBank {
  /** mol/s. */
  readonly wanted: Float64Array;
  /** Behind each injector, Pa. */
  readonly chamberPressure: Float64Array;
  /** 0–1. */
  readonly opening: Float64Array;
  /** mol/s. */
  readonly flow: Float64Array;
  /** 1 while the chamber's pressure disturbs the metering. */
  readonly unchoked: Float64Array;
  /** mol since the start. */
  readonly injected: Float64Array;
  private readonly factor: Float64Array;
  private readonly psi = new Float64Array(2);

  /** @param effectiveArea C_d A fully open, m² @throws RangeError for an impossible supply or area */
  constructor(
    readonly count: number,
    readonly supply: Upstream,
    readonly effectiveArea: number,
  ) {
    if (!(supply.pressure > 0) || !(supply.temperature > 0) || !(supply.gamma > 1) || !(effectiveArea > 0))
      throw new RangeError('Supply pressure, temperature and area must be positive, γ above 1.');
    this.wanted = new Float64Array(count);
    this.chamberPressure = new Float64Array(count);
    this.opening = new Float64Array(count);
    this.flow = new Float64Array(count);
    this.unchoked = new Float64Array(count);
    this.injected = new Float64Array(count);
    this.factor = new Float64Array(count).fill(1);
  }

  /** Flow fully open and choked, mol/s. */
  get largestFlow(): number {
    return this.molarFlow(0);
  }

  /** Chamber pressure from which metering fails, Pa. */
  get criticalPressure(): number {
    return this.supply.pressure * criticalPressureRatio(this.supply.gamma);
  }

  /** Fully open, mol/s: ṅ = Ψ C_dA p₀/√(RT₀M). */
  private molarFlow(chamberPressure: number): number {
    const { pressure, temperature, molarMass, gamma } = this.supply;
    if (chamberPressure >= pressure) return 0;
    flowFunctionInto(gamma, Math.max(0, chamberPressure) / pressure, this.psi);
    return (this.psi[0] * this.effectiveArea * pressure) / Math.sqrt(R * temperature * molarMass);
  }

  /** Sets or, with null, mends a fault. @throws RangeError for a negative factor */
  setFault(i: number, fault: InjectorFault | null): void {
    if (fault?.kind === 'worn' && !(fault.factor >= 0)) throw new RangeError('The factor must not be negative.');
    this.factor[i] = fault === null ? 1 : fault.kind === 'blocked' ? 0 : fault.factor;
  }

  /** Advances all injectors by dt (s, > 0). */
  step(dt: number): void {
    const largest = this.largestFlow;
    const critical = this.criticalPressure;
    for (let i = 0; i < this.count; i++) {
      this.opening[i] = Math.min(1, Math.max(0, this.wanted[i] / largest));
      this.unchoked[i] = this.opening[i] > 0 && this.chamberPressure[i] > critical ? 1 : 0;
      const full = this.unchoked[i] === 1 ? this.molarFlow(this.chamberPressure[i]) : largest;
      this.flow[i] = this.factor[i] * this.opening[i] * full;
      this.injected[i] += this.flow[i] * dt;
    }
  }

  /** The whole state, for snapshots. */
  arrays(): Float64Array[] {
    return [this.wanted, this.chamberPressure, this.opening, this.flow, this.unchoked, this.injected, this.factor];
  }
}
