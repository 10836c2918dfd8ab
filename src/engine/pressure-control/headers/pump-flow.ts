// Flow through a bank of pumps from the return to the supply header at the speeds they have, and how it changes with the pressures at
// both ends: each delivers where its curve meets the headers' pressure difference and its own discharge loss; a check valve holds
// what would flow back. Not here: speeds (pump-control.ts), work (staged-compression.ts).

import { GAS_CONSTANT as R } from '../../constants.ts';
import type { PumpBank } from '../actuators/pump.ts';

/** Share of the shut-off pressure within which the flow goes to zero by a parabola instead of a root, whose slope has no end there. */
const SOFT_SHARE = 1e-3;

export class PumpFlow {
  /** mol/s. */
  flow = 0;
  /** ∂flow/∂p of the return (at constant entropy) and −∂flow/∂p of the supply, mol/(s·Pa), ≥ 0. */
  slope = 0;
  backSlope = 0;
  /** Inlet volume flow squared, weighted by flow: for the mean discharge loss, m⁶/s². */
  squareFlow = 0;

  /** @param resistance of each pump's discharge, Pa·s²/m⁶ */
  constructor(
    private readonly bank: PumpBank,
    private readonly resistance: number,
  ) {}

  /** @param back, supply Pa @param T K and @param gamma of the return header's gas */
  evaluate(back: number, supply: number, T: number, gamma: number): void {
    const { speed } = this.bank;
    this.flow = 0;
    this.slope = 0;
    this.backSlope = 0;
    this.squareFlow = 0;
    const density = back / (R * T);
    if (!(density > 0)) return;
    for (let i = 0; i < speed.length; i++) if (speed[i] > 0) this.add(speed[i], supply - back, density, back * gamma);
    if (this.flow > 0) this.squareFlow /= this.flow;
  }

  private add(speed: number, head: number, density: number, stiffness: number): void {
    const { shutOffPressure, curvature } = this.bank.curve;
    const drive = shutOffPressure * speed * speed - head;
    if (!(drive > 0)) return;
    const q = this.volumeFlow(drive);
    const largest = speed * Math.sqrt(shutOffPressure / curvature);
    const moles = density * Math.min(q, largest);
    this.flow += moles;
    this.squareFlow += moles * Math.min(q, largest) * Math.min(q, largest);
    const byHead = q < largest ? density * this.byHead(drive) : 0;
    this.slope += moles / stiffness + byHead;
    this.backSlope += byHead;
  }

  /** m³/s at a drive a₀s² − Δp, Pa. */
  private volumeFlow(drive: number): number {
    const { shutOffPressure, curvature } = this.bank.curve;
    const soft = SOFT_SHARE * shutOffPressure;
    const k = curvature + this.resistance;
    if (drive >= soft) return Math.sqrt(drive / k);
    const share = drive / soft;
    return 0.5 * Math.sqrt(soft / k) * share * (3 - share);
  }

  private byHead(drive: number): number {
    const { shutOffPressure, curvature } = this.bank.curve;
    const soft = SOFT_SHARE * shutOffPressure;
    const k = curvature + this.resistance;
    if (drive >= soft) return 0.5 / Math.sqrt(drive * k);
    return (0.5 * Math.sqrt(soft / k) * (3 - (2 * drive) / soft)) / soft;
  }

  /** Inlet volume flow of one pump, m³/s. @param head supply less return, Pa */
  of(i: number, head: number): number {
    const { shutOffPressure, curvature } = this.bank.curve;
    const speed = this.bank.speed[i];
    const drive = shutOffPressure * speed * speed - head;
    if (!(speed > 0) || !(drive > 0)) return 0;
    return Math.min(this.volumeFlow(drive), speed * Math.sqrt(shutOffPressure / curvature));
  }
}
