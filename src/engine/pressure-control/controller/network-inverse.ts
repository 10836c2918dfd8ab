// From wanted pressures of the driven chambers to the pistons' displacements that make them: the linear network (gas-oscillation/
// linear-network.ts) read backwards. Where every chamber is driven that is local; else the pressures of the others are solved for.
//   iω C_i P_i + Σ_e ± Y_e (P_i − P_j) = −iω X_i

import type { Coefficients } from '../../gas-oscillation/coefficients.ts';
import { compliance, ductImpedance, type LinearMean } from '../../gas-oscillation/linear-network.ts';
import { ComplexNetworkSolver, NetworkStructure } from '../../numerics/complex-solver.ts';
import { PI } from '../../numerics/elementary.ts';

/** Change of the pressures, rms over rms, at which the minor loss's linearisation has followed the flows. */
const FOLLOWED = 1e-5;
const NEWTON_PASSES = 8;

export interface NetworkState {
  readonly mean: LinearMean;
  readonly coefficients: Coefficients;
  /** rad/s. */
  readonly omega: number;
}

export class NetworkInverse {
  /** Pressures, Pa: those wanted where driven, those that follow elsewhere. */
  readonly pressureRe: Float64Array;
  readonly pressureIm: Float64Array;
  /** Displacements, outward positive, m³; 0 where not driven. */
  readonly pistonRe: Float64Array;
  readonly pistonIm: Float64Array;
  private readonly complianceRe: Float64Array;
  private readonly complianceIm: Float64Array;
  private readonly admittanceRe: Float64Array;
  private readonly admittanceIm: Float64Array;
  private solver: ComplexNetworkSolver | null = null;

  constructor(
    readonly chambers: number,
    private readonly edges: Uint32Array,
  ) {
    const perChamber = (): Float64Array => new Float64Array(chambers);
    this.pressureRe = perChamber();
    this.pressureIm = perChamber();
    this.pistonRe = perChamber();
    this.pistonIm = perChamber();
    this.complianceRe = perChamber();
    this.complianceIm = perChamber();
    this.admittanceRe = new Float64Array(edges.length / 2);
    this.admittanceIm = new Float64Array(edges.length / 2);
  }

  /**
   * Displacements for wanted pressures (re, im; Pa) of the driven chambers.
   * @param passes at most, in which the others' pressures follow each other through the minor loss, from where they were
   * @returns false when the pressures of the others could not be found: displacements are then of no use
   */
  solve(state: NetworkState, driven: Uint8Array, re: Float64Array, im: Float64Array, passes: number): boolean {
    const { mean, coefficients, omega } = state;
    let all = true;
    for (let i = 0; i < this.chambers; i++) {
      const [a, b] = compliance(mean, coefficients, i, omega);
      this.complianceRe[i] = a;
      this.complianceIm[i] = b;
      all &&= driven[i] === 1;
      if (driven[i] === 0) continue;
      this.pressureRe[i] = re[i];
      this.pressureIm[i] = im[i];
    }
    for (let pass = 0; !all && pass < passes; pass++) {
      this.admit(coefficients, omega);
      const change = this.follow(driven, omega);
      if (Number.isNaN(change)) return false;
      if (change < FOLLOWED) break;
    }
    this.admit(coefficients, omega);
    this.displace(driven, omega);
    return true;
  }

  /** Admittance of every duct at the flow that the pressures drive through it. */
  private admit(c: Coefficients, omega: number): void {
    const { edges, pressureRe: re, pressureIm: im } = this;
    for (let e = 0; e < this.admittanceRe.length; e++) {
      const [i, j] = [edges[2 * e], edges[2 * e + 1]];
      const [resistance, reactance] = ductImpedance(c, e, omega);
      const dr = re[i] - re[j];
      const di = im[i] - im[j];
      const quadratic = (8 / (3 * PI)) * c.quadratic[e];
      const total = resistance + quadratic * flowFor(dr * dr + di * di, resistance, reactance, quadratic);
      const square = total * total + reactance * reactance;
      this.admittanceRe[e] = total / square;
      this.admittanceIm[e] = -reactance / square;
    }
  }

  /** Moves the pressures of the chambers that are not driven half the way to their solution. @returns the change, rms over rms; NaN: none */
  private follow(driven: Uint8Array, omega: number): number {
    const { chambers: n, edges, admittanceRe, admittanceIm, pressureRe: pRe, pressureIm: pIm } = this;
    const system = {
      n,
      edges,
      diagonalRe: new Float64Array(n),
      diagonalIm: new Float64Array(n),
      offRe: new Float64Array(admittanceRe.length),
      offIm: new Float64Array(admittanceRe.length),
      rightRe: new Float64Array(n),
      rightIm: new Float64Array(n),
    };
    for (let i = 0; i < n; i++) {
      // A driven chamber's pressure is given: its row says so, in the size of its neighbours'.
      system.diagonalRe[i] = driven[i] ? 0 : -omega * this.complianceIm[i];
      system.diagonalIm[i] = omega * this.complianceRe[i];
      if (!driven[i]) continue;
      system.rightRe[i] = -system.diagonalIm[i] * pIm[i];
      system.rightIm[i] = system.diagonalIm[i] * pRe[i];
    }
    for (let e = 0; e < admittanceRe.length; e++) {
      const [a, b] = [edges[2 * e], edges[2 * e + 1]];
      if (!driven[a] && !driven[b]) {
        system.offRe[e] = -admittanceRe[e];
        system.offIm[e] = -admittanceIm[e];
      }
      for (const [node, other] of [
        [a, b],
        [b, a],
      ]) {
        if (driven[node]) continue;
        system.diagonalRe[node] += admittanceRe[e];
        system.diagonalIm[node] += admittanceIm[e];
        if (!driven[other]) continue;
        system.rightRe[node] += admittanceRe[e] * pRe[other] - admittanceIm[e] * pIm[other];
        system.rightIm[node] += admittanceRe[e] * pIm[other] + admittanceIm[e] * pRe[other];
      }
    }
    this.solver ??= new ComplexNetworkSolver(new NetworkStructure(n, edges));
    // A factor of before would make the result depend on what was solved before.
    this.solver.forget();
    const x = { re: pRe.slice(), im: pIm.slice() };
    if (!this.solver.solve(system, x)) return Number.NaN;
    let moved = 0;
    let size = 0;
    for (let i = 0; i < n; i++) {
      if (driven[i]) continue;
      moved += square(x.re[i] - pRe[i], x.im[i] - pIm[i]);
      size += square(x.re[i], x.im[i]);
      // From nothing all the way: there was no flow to be right about.
      const share = pRe[i] === 0 && pIm[i] === 0 ? 1 : 0.5;
      pRe[i] += share * (x.re[i] - pRe[i]);
      pIm[i] += share * (x.im[i] - pIm[i]);
    }
    return size > 0 ? Math.sqrt(moved / size) : 0;
  }

  /** X = −C P − Σ ± Y (P_i − P_j)/(iω). */
  private displace(driven: Uint8Array, omega: number): void {
    const { chambers, edges, pistonRe, pistonIm, pressureRe: pRe, pressureIm: pIm } = this;
    for (let i = 0; i < chambers; i++) {
      pistonRe[i] = -(this.complianceRe[i] * pRe[i] - this.complianceIm[i] * pIm[i]);
      pistonIm[i] = -(this.complianceRe[i] * pIm[i] + this.complianceIm[i] * pRe[i]);
    }
    for (let e = 0; e < this.admittanceRe.length; e++) {
      const [i, j] = [edges[2 * e], edges[2 * e + 1]];
      const dr = pRe[i] - pRe[j];
      const di = pIm[i] - pIm[j];
      const flowRe = this.admittanceRe[e] * dr - this.admittanceIm[e] * di;
      const flowIm = this.admittanceRe[e] * di + this.admittanceIm[e] * dr;
      // Q/(iω) = (Q_im − i Q_re)/ω.
      pistonRe[i] -= flowIm / omega;
      pistonIm[i] += flowRe / omega;
      pistonRe[j] += flowIm / omega;
      pistonIm[j] -= flowRe / omega;
    }
    for (let i = 0; i < chambers; i++) {
      if (driven[i]) continue;
      pistonRe[i] = 0;
      pistonIm[i] = 0;
    }
  }
}

/** |Q| with |ΔP|² = |Q|²[(R + k|Q|)² + x²], by Newton's method from the flow without minor loss, which is above it. */
function flowFor(squarePressure: number, resistance: number, reactance: number, quadratic: number): number {
  let q = Math.sqrt(squarePressure / (resistance * resistance + reactance * reactance));
  if (!(quadratic > 0)) return q;
  for (let pass = 0; pass < NEWTON_PASSES; pass++) {
    const r = resistance + quadratic * q;
    const value = q * q * (r * r + reactance * reactance) - squarePressure;
    const slope = 2 * q * (r * r + reactance * reactance) + 2 * q * q * r * quadratic;
    if (!(slope > 0)) return q;
    const change = value / slope;
    q -= change;
    if (Math.abs(change) < 1e-12 * q) break;
  }
  return q;
}

const square = (re: number, im: number): number => re * re + im * im;
